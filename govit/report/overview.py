"""汇总：every project on one line, the worst first, and how many findings there are of which kind.

A table fits into 80 columns, where a Chinese character takes two: a long name loses its middle, a long title its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.language import is_english, say
from govit.base.money import format_money
from govit.base.patterns import regex
from govit.base.records import record
from govit.base.width import width
from govit.dossier.finding import COUNTERS, Finding, Outcome, count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from govit.judging.judge import Judged, Report

COLUMNS = 80
SHOWN = ("error", "warning", "undetermined")
WORDS = {"error": "错误", "warning": "警告", "undetermined": "待定"}
GRAVEST = ("error", "warning", "undetermined", "waived", "info", "advisory")
"""The counters, from what weighs most."""
STATISTICS = {"rule": "按规则", "unit": "按单位", "stage": "按阶段", "category": "按类别"}
_OPEN = (Outcome.VIOLATES, Outcome.UNDETERMINED)
_CUT = ".."
_UNIT, _RULE = 14, 22
"""The columns that a unit takes at most, and those that the gravest rule may take of the name."""
_DIGITS = regex(r"(\d+)")


# -- the order ---------------------------------------------------------------------------------------


@record
class Ranked:
    """一个项目在汇总表里: its counts, and of its findings the gravest."""

    project: Judged
    counts: Mapping[str, int]
    gravest: Finding | None


def ranked(report: Report) -> list[Ranked]:
    """The projects, the worst first: most errors, then most warnings, then what cannot be judged."""
    rows = [Ranked(p, p.counts, min(_open(p.findings), key=gravity, default=None)) for p in report.projects]
    return sorted(rows, key=lambda row: (*(-row.counts[counter] for counter in SHOWN), row.project.path))


def gravity(finding: Finding) -> tuple[int, tuple[tuple[int, str], ...], str]:
    """Where a finding stands among others: the gravest first, then by article, 13-2 before 13-10."""
    return GRAVEST.index(finding.counts_as), natural(finding.rule), finding.subject


def natural(rule: str) -> tuple[tuple[int, str], ...]:
    """An id by its numbers as numbers."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(rule))


def _open(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (f for f in findings if f.outcome in _OPEN)


def called(project: Judged) -> str:
    """What a project is called where its folder is not shown beside it, and by which law it is told of, where several apply."""
    return f"{project.name or project.id or project.path}{law_of(project)}"


def law_of(project: Judged) -> str:
    """By which regulation it is, where several apply to the project."""
    return f"《{project.regulation.title}》" if project.shared and project.regulation is not None else ""


def headed(finding: Finding | None) -> str:
    """A rule by its id and title."""
    if finding is None:
        return ""
    return f"{finding.rule} {(finding.title_en or finding.title) if is_english() else finding.title}"


# -- as text -----------------------------------------------------------------------------------------


def summary(report: Report) -> list[str]:
    """The ranked table."""
    head = ["", say("项目"), say("项目单位"), say("总投资"), *(say(WORDS[c]) for c in SHOWN), say("最重的一条")]
    rows = [
        [
            str(number),
            called(row.project),
            shortened(row.project.unit or "", _UNIT),
            money(row.project.total),
            *(str(row.counts[counter]) for counter in SHOWN),
            headed(row.gravest),
        ]
        for number, row in enumerate(ranked(report), 1)
    ]
    whole = [head, *rows]
    _give_way(whole, 1, min(max(width(row[-1]) for row in whole), _RULE))
    return [say("汇总（最需要处理的在前）"), *table(whole, right=(0, 3, 4, 5, 6))]


def _give_way(rows: Sequence[list[str]], column: int, last: int) -> None:
    """Shorten the names in a column until the table fits, its last column taking so much."""
    others = [max(width(row[n]) for row in rows) for n in range(len(rows[0]) - 1) if n != column]
    for row in rows:
        row[column] = shortened(row[column], COLUMNS - len(row) + 1 - sum(others) - last, middle=column > 0)


def statistics(report: Report) -> list[str]:
    """How many findings there are, by rule, unit, stage and category."""
    rows: list[str] = []
    for by, groups in grouped(report).items():
        head = [say(STATISTICS[by]), say("项目数"), say("总投资"), *(say(WORDS[c]) for c in SHOWN)]
        found = [
            [
                f"{group.name} {group.title}".strip() or say("（没有写）"),
                str(group.projects),
                money(group.total),
                *(str(group.counts[c]) for c in SHOWN),
            ]
            for group in groups
        ]
        whole = [head, *(found or [[say("（没有）"), *[""] * 5]])]
        _give_way(whole, 0, max(width(row[-1]) for row in whole))
        rows += ["", *table(whole, right=(1, 2, 3, 4, 5))]
    return rows[1:]


def table(rows: Sequence[Sequence[str]], right: Sequence[int]) -> list[str]:
    """Cells under one another, figures to the right; the last column gets the room that is left."""
    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    widths[-1] = min(widths[-1], max(COLUMNS - sum(widths[:-1]) - len(widths) + 1, width(rows[0][-1])))
    return [" ".join(_cells(row, widths, right)).rstrip() for row in rows]


def _cells(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> Iterator[str]:
    for n, (cell, wide) in enumerate(zip(row, widths, strict=True)):
        text = shortened(cell, wide, middle=False)
        gap = " " * (wide - width(text))
        yield gap + text if n in right else text + gap


def shortened(text: str, columns: int, *, middle: bool = True) -> str:
    """A text that takes so many columns at most; of names the middle goes, since they begin and end differently."""
    if width(text) <= columns:
        return text
    room = columns - len(_CUT)
    tail = _fitting(text[::-1], room // 2)[::-1] if middle else ""
    return _fitting(text, room - width(tail)) + _CUT + tail


def _fitting(text: str, columns: int) -> str:
    taken = 0
    for n, letter in enumerate(text):
        taken += width(letter)
        if taken > columns:
            return text[:n]
    return text


def money(amount: Decimal | None) -> str:
    """An amount for a column of a table."""
    return "" if amount is None else format_money(amount)


# -- statistics --------------------------------------------------------------------------------------


@record
class Group:
    """一组: the findings of a rule, or of the projects of a unit, a stage, a category. `total` is of its projects."""

    name: str
    title: str
    projects: int
    total: Decimal | None
    counts: Mapping[str, int]
    title_en: str = ""


def grouped(report: Report) -> dict[str, list[Group]]:
    """The groups of every kind, the worst first."""
    names: dict[str, Callable[[Judged], str | None]] = {
        "unit": lambda p: p.unit,
        "stage": lambda p: p.stage,
        "category": lambda p: p.category,
    }
    found = {"rule": _by_rule(report)} | {by: _by_project(report, name) for by, name in names.items()}
    return {by: sorted(groups, key=_worst) for by, groups in found.items()}


def _worst(group: Group) -> tuple[object, ...]:
    return (*(-group.counts[c] for c in GRAVEST), natural(group.name))


def _by_rule(report: Report) -> list[Group]:
    found: dict[str, list[Finding]] = {}
    for finding in _open(report.findings):
        found.setdefault(finding.rule, []).append(finding)
    totals = {project.path: project.total for project in report.projects}
    return [
        Group(
            rule,
            mine[0].title,
            len(at := {f.project for f in mine if f.project}),
            _sum(totals.get(p) for p in at),
            count(mine),
            mine[0].title_en,
        )
        for rule, mine in found.items()
    ]


def _by_project(report: Report, name: Callable[[Judged], str | None]) -> list[Group]:
    found: dict[str, list[Judged]] = {}
    for project in report.projects:
        found.setdefault(name(project) or "", []).append(project)
    return [
        Group(word, "", len(totals), _sum(totals.values()), _added([p.counts for p in mine]))
        for word, mine in found.items()
        for totals in ({p.path: p.total for p in mine},)
    ]


def _added(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {counter: sum(each[counter] for each in counts) for counter in COUNTERS}


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], known[0]) if known else None
