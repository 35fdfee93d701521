"""评审提示：what a reviewer should know of each project of a plan, as rows of its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.finding import Outcome, Severity
from govit.forms.excel.layout import SheetRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govit.dossier.finding import Finding, Place
    from govit.forms.data.plan import Reviewed

MOST_LINES = 12
"""Lines of one cell: a taller row would not fit on a page."""
_COUNTED = (
    ("waived", "已豁免"),
    ("error", "错误"),
    ("warning", "警告"),
    ("undetermined", "待定"),
    ("info", "提示"),
    ("advisory", "仅供参考"),
)
_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
WAIVED, OPEN, CLAIMED = "已豁免", "待定", "无佐证"


def reviewed_rows(projects: Iterable[Reviewed]) -> Iterator[SheetRow]:
    """Each project with what its self-check found."""
    for number, one in enumerate(projects, 1):
        project, counts = one.case.project, one.judged.counts
        shown = [f"{word} {counts[name]}" for name, word in _COUNTED if counts[name]]
        shown += [f"{CLAIMED} {len(one.claims)}"] if one.claims else []
        yield SheetRow(
            "project",
            {
                "n": number,
                "name": project.name or project.id or "（未命名项目）",
                "unit.name": (project.unit.name if project.unit else None) or "单位未写",
                "stage": one.judged.stage or "未知",
                "summary": "　".join(shown) or "没有发现问题",
            },
        )
        yield from (SheetRow("finding", values) for values in _findings(one))


def _findings(one: Reviewed) -> Iterator[dict[str, str]]:
    """The waived first, then errors and warnings one by one; what is undetermined or a hint in one row each."""
    for finding in one.waived:
        if (waiver := finding.waived) is not None:  # that is what `waived` gives
            yield {**_shown(finding, WAIVED), "waiver": f"{waiver.number}\n有效期至 {waiver.until}"}
    rest = [f for f in one.open if not f.waived]
    violated = [f for f in rest if f.outcome is Outcome.VIOLATES]
    for severity in (Severity.ERROR, Severity.WARNING):
        for finding in violated:
            if finding.severity is severity and not finding.advisory:
                yield _shown(finding, _WORDS[severity])
    yield from _together(OPEN, [f for f in rest if f.outcome is Outcome.UNDETERMINED])
    yield from _together("仅供参考", [f for f in violated if f.advisory])
    yield from _together("提示", [f for f in violated if f.severity is Severity.INFO and not f.advisory])
    hint = "在记录里写明 file，或向申报单位索取原件核对"
    yield from _listed(CLAIMED, [f"没有登记佐证文件　{claim}" for claim in one.claims], hint)


def _shown(finding: Finding, kind: str) -> dict[str, str]:
    return {
        "kind": kind,
        "rule": finding.rule,
        "article": finding.article or "",
        "message": finding.message,
        "hint": finding.hint,
        "place": _where(finding.place),
    }


def _together(kind: str, findings: list[Finding]) -> Iterator[dict[str, str]]:
    """Many findings of one kind, a line each."""
    listed = [f"{f.rule} {f.title}" + (f"（{f.subject}）" if f.subject and f.article else "") for f in findings]
    yield from _listed(kind, listed)


def _listed(kind: str, texts: list[str], hint: str = "") -> Iterator[dict[str, str]]:
    for start in range(0, len(texts), MOST_LINES):
        head = {"kind": f"{kind} {len(texts)}", "hint": hint} if start == 0 else {}
        yield {**head, "message": "\n".join(texts[start : start + MOST_LINES])}


def _where(place: Place) -> str:
    line = f":{place.line}" if place.line else ""
    key = f"\n{place.key}" if place.key else ""
    heading = f"\n{place.heading}" if place.heading else ""
    return f"{place.file}{line}{heading}{key}"
