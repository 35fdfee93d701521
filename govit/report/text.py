"""文字报告：grouped by project, gravest first, with the line at fault and a summary that hides nothing."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from govit.finding import Finding, Outcome, Severity
from govit.gov import SECRET
from govit.regulation import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from govit.judge import Judged, Report

    Lines = Callable[[str], list[str] | None]

DISCLAIMER = "本结果供自查，不代替主管部门审查。"
_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_COLOURS = {"错误": "31", "警告": "33", "提示": "36", "待定": "35", "合规": "32", "不适用": "2", "已豁免": "34"}
_COUNTERS = {
    "error": "错误",
    "warning": "警告",
    "info": "提示",
    "undetermined": "无法判断",
    "waived": "已豁免",
    "advisory": "仅供参考",
}
_SHOWN = (Outcome.VIOLATES, Outcome.UNDETERMINED)


class Paint:
    """颜色：ANSI codes on a terminal, nothing elsewhere."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, code: str) -> str:
        """The text in a colour."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and code else text


def width(text: str) -> int:
    """Columns that a text takes on a terminal: full-width characters take two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def render(report: Report, lines: Lines, *, colour: bool = False, everything: bool = False) -> str:
    """The whole report. `lines` gives the lines of a file, None where it cannot be shown."""
    paint = Paint(colour=colour)
    blocks = [_head(report, paint)]
    blocks += [_finding(f, lines, paint) for f in report.general if everything or f.outcome in _SHOWN]
    for project in report.projects:
        blocks.append(_project(project, lines, paint, everything=everything))
    blocks.append(_summary(report, paint))
    return "\n".join(blocks) + "\n" + DISCLAIMER + "\n"


def _head(report: Report, paint: Paint) -> str:
    shown = [f"判断日 {report.as_of}"]
    for regulation in report.regulations:
        status = STATUS_WORDS[regulation.status_on(report.as_of)]
        shown.append(f"《{regulation.title}》{regulation.document_number}（{status}）")
    if report.assume_in_force:
        shown.append(paint("〔假定施行〕以下结论假定所列办法在判断日施行，不是现行效力", "1;33"))
    return "\n".join(shown) + "\n"


def _project(project: Judged, lines: Lines, paint: Paint, *, everything: bool) -> str:
    title = paint(project.name or project.id or "（未命名项目）", "1")
    stage = f"阶段 {project.stage}" if project.stage else "阶段未知"
    head = f"■ {title}  {project.path}  {stage}"
    listed = sorted((f for f in project.findings if everything or f.outcome in _SHOWN), key=_rank)
    body = [_finding(f, lines, paint) for f in listed]
    complied, aside = project.complies, project.not_applicable
    earlier = project.earlier_law
    old = f"（其中早于施行日、依原办法 {earlier}）" if earlier else ""
    tail = f"  {_tally(project.counts)}；合规 {complied}、不适用或未到 {aside}{old}"
    return "\n".join([head, *body, tail]) + "\n"


def _rank(finding: Finding) -> tuple[int, int, str, str]:
    order = {Outcome.VIOLATES: 0, Outcome.UNDETERMINED: 1, Outcome.COMPLIES: 2, Outcome.NOT_APPLICABLE: 3}
    return order[finding.outcome], -finding.severity, finding.rule, finding.subject


def label_of(finding: Finding) -> str:
    """The word that stands before a finding."""
    if finding.outcome is Outcome.UNDETERMINED:
        return "待定"
    if finding.outcome is Outcome.COMPLIES:
        return "合规"
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return "不适用"
    return "已豁免" if finding.waived else _WORDS[finding.severity]


def _finding(finding: Finding, lines: Lines, paint: Paint) -> str:
    label = label_of(finding)
    marked = paint(label, _COLOURS[label])
    if finding.advisory:
        marked += f"（仅供参考，施行时为{_WORDS[finding.nominal]}）"
    subject = f"  [{finding.subject}]" if finding.subject and finding.article else ""
    rows = [f"  {marked} {finding.rule}{subject}  {finding.message}"]
    if finding.outcome in (Outcome.COMPLIES, Outcome.NOT_APPLICABLE):
        return rows[0]
    rows += [f"      {row}" for row in _where(finding, lines, paint)]
    if finding.article:
        rows.append(f"      依据 {finding.article}“{finding.quote}”")
    if finding.nearest:
        rows.append(f"      最接近 {finding.nearest}")
    if finding.evidence:
        rows.append("      实情 " + "；".join(finding.evidence))
    if finding.waived:
        rows.append(f"      豁免 {finding.waived.number}，有效期至 {finding.waived.until}")
    if finding.hint:
        rows.append(f"      怎么办 {finding.hint}")
    return "\n".join(rows)


def _where(finding: Finding, lines: Lines, paint: Paint) -> list[str]:
    place = finding.place
    if place.heading or place.paragraph:
        paragraph = f" 第 {place.paragraph} 段" if place.paragraph else f":{place.line}"
        return [f"位置 {place.file}{paragraph} {place.heading or ''}".rstrip()]
    if place.line is None:
        return [f"位置 {place.file}"]
    shown = [f"位置 {place.file}:{place.line}:{place.column or 1}"]
    if place.key:
        return [f"位置 {place.file}:{place.line}（写在 {place.key}）"]
    if (place.line, place.column) == (1, 1):
        return [f"位置 {place.file}"]
    content = None if finding.rule in SECRET else lines(place.file)
    if content is None or not 0 < place.line <= len(content):
        return shown
    text = "".join(c if c.isprintable() else "·" for c in content[place.line - 1][:120])
    number = str(place.line)
    before = text[: (place.column or 1) - 1]
    caret = " " * width(before) + paint("^", "31")
    return [*shown, f"{number} | {text}", f"{' ' * len(number)} | {caret}"]


def _tally(counts: Mapping[str, int]) -> str:
    return "、".join(f"{word} {counts[key]}" for key, word in _COUNTERS.items())


def _summary(report: Report, paint: Paint) -> str:
    counts = report.counts
    verdict = "有错误，不能报送" if counts["error"] else "没有错误"
    if not counts["error"] and counts["undetermined"]:
        verdict += f"，但有 {counts['undetermined']} 项无法判断"
    complied = sum(p.complies for p in report.projects)
    code = "31" if counts["error"] else "33" if counts["undetermined"] else "32"
    return f"共 {len(report.projects)} 个项目：{_tally(counts)}；合规 {complied}。{paint(verdict, code)}。"


def render_todo(report: Report) -> str:
    """待办：what is open, by who must answer; violations are what the unit has to do."""
    blocks = []
    for project in report.projects:
        blocks.append(
            f"■ {project.name or project.id or '（未命名项目）'}  {project.path}  阶段 {project.stage or '未知'}"
        )
        blocks += list(_todo(f for f in project.findings if f.outcome in _SHOWN))
    general = [f for f in report.general if f.outcome in _SHOWN]
    if general:
        blocks = ["■ 卷宗", *_todo(general), *blocks]
    return "\n".join(blocks) + "\n" + DISCLAIMER + "\n"


def _todo(findings: Iterable[Finding]) -> Iterable[str]:
    by_who: dict[str, list[Finding]] = {}
    for finding in findings:
        by_who.setdefault(finding.who, []).append(finding)
    if not by_who:
        yield "  没有待办事项"
    for who in sorted(by_who):
        yield f"  {who}："
        for finding in sorted(by_who[who], key=_rank):
            what = "回答" if finding.place.file and finding.outcome is Outcome.UNDETERMINED else "办理"
            cite = f"（{finding.article}）" if finding.article else ""
            yield f"    □ {what} {finding.rule} {finding.message}{cite}"
            if finding.hint:
                yield f"      {finding.hint}"
