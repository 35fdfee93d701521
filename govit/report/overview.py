"""汇总：every project on one line, the worst first, and how many findings there are of which kind.

A table fits into 80 columns, where a Chinese character takes two: a long name loses its middle, a long title its end.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from govit.base.language import is_english, say
from govit.base.money import format_money
from govit.base.patterns import regex
from govit.base.records import record, replace
from govit.base.width import width
from govit.dossier.finding import COUNTERS, Finding, Outcome, count
from govit.judging.judge import Judged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from govit.judging.judge import Report
    from govit.judging.stream import ReportHead
    from govit.law.regulation import Regulation

RuleRow: TypeAlias = "tuple[str, str, str, Sequence[int]]"
"""Of a rule its id and titles, and how many of its findings are counted as what."""
Row: TypeAlias = "tuple[Any, ...]"
"""What the overview knows of a project: plain values, which pass between processes."""

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


class Headline(NamedTuple):
    """A rule by its id and its titles."""

    rule: str
    title: str
    title_en: str


@record
class Ranked:
    """一个项目在汇总表里: its counts, and of its findings the gravest. `project` is without its findings."""

    project: Judged
    counts: Mapping[str, int]
    gravest: Headline | None


class Totals:
    """合计: of a run only what its overview says, added up one project after the other."""

    def __init__(self, report: Report | ReportHead, regulations: Mapping[str, Regulation] | None = None) -> None:
        self.as_of = report.as_of
        self.assume_in_force = report.assume_in_force
        self.chosen = report.chosen
        self.regulations = report.regulations
        self.rows: list[Ranked] = []
        self.rules: dict[str, Group] = {}
        self.counts: Mapping[str, int] = dict.fromkeys(COUNTERS, 0)
        self._by_id = {one.id: one for one in report.regulations} | dict(regulations or {})
        self._count(_by_rule(report.general), None)

    @property
    def projects(self) -> list[Judged]:
        """The projects, without their findings."""
        return [row.project for row in self.rows]

    @property
    def size(self) -> int:
        """How many projects there are, each once however many regulations apply to it."""
        return len({row.project.path for row in self.rows})

    def add(self, row: Row) -> None:
        """Add a project, under each of its regulations."""
        told, rules = row
        for one in told:
            *texts, total, complies, not_applicable, earlier_law, shared, counts, gravest = one
            path, id_, name, law, stage, unit, category = texts
            project = Judged(
                path=path,
                id=id_,
                name=name,
                regulation=self._by_id.get(law),
                stage=stage,
                findings=(),
                unit=unit,
                category=category,
                total=None if total is None else Decimal(total),
                complies=complies,
                not_applicable=not_applicable,
                earlier_law=earlier_law,
                shared=shared,
            )
            headline = Headline(*gravest) if gravest else None
            self.rows.append(Ranked(project, dict(zip(COUNTERS, counts, strict=True)), headline))
        self._count(rules, self.rows[-1].project)

    def _count(self, rules: Sequence[RuleRow], project: Judged | None) -> None:
        for rule, title, title_en, counts in rules:
            held = self.rules.get(rule) or Group(rule, title, 0, None, {}, title_en)
            self.rules[rule] = replace(
                held,
                projects=held.projects + (project is not None),
                total=_sum((held.total, project.total if project is not None else None)),
                counts=_added([held.counts, dict(zip(COUNTERS, counts, strict=True))]),
            )
            self.counts = _added([self.counts, dict(zip(COUNTERS, counts, strict=True))])


def by_path(projects: Iterable[Judged]) -> Iterator[list[Judged]]:
    """The projects, each under all of its regulations."""
    return (list(same) for _, same in groupby(projects, key=lambda project: project.path))


def row_of(told: Sequence[Judged]) -> Row:
    """What the overview needs to know of a project under each of its regulations, in plain values."""
    return [_of_one(judged) for judged in told], _by_rule(f for judged in told for f in judged.findings)


def _of_one(judged: Judged) -> tuple[object, ...]:
    gravest = min(_open(judged.findings), key=gravity, default=None)
    return (
        judged.path,
        judged.id,
        judged.name,
        judged.regulation.id if judged.regulation else None,
        judged.stage,
        judged.unit,
        judged.category,
        None if judged.total is None else str(judged.total),
        judged.complies,
        judged.not_applicable,
        judged.earlier_law,
        judged.shared,
        tuple(judged.counts[counter] for counter in COUNTERS),
        (gravest.rule, str(gravest.title), str(gravest.title_en)) if gravest else None,
    )


def _by_rule(findings: Iterable[Finding]) -> list[RuleRow]:
    found: dict[str, list[Finding]] = {}
    for finding in _open(findings):
        found.setdefault(finding.rule, []).append(finding)
    return [
        (rule, str(mine[0].title), str(mine[0].title_en), tuple(count(mine)[counter] for counter in COUNTERS))
        for rule, mine in found.items()
    ]


def totals(report: Report | Totals) -> Totals:
    """The totals of a whole report, or those that were added up already."""
    if isinstance(report, Totals):
        return report
    found = Totals(report, {p.regulation.id: p.regulation for p in report.projects if p.regulation})
    for told in by_path(report.projects):
        found.add(row_of(told))
    return found


def ranked(report: Report | Totals) -> list[Ranked]:
    """The projects, the worst first: most errors, then most warnings, then what cannot be judged."""
    return sorted(
        totals(report).rows, key=lambda row: (*(-row.counts[counter] for counter in SHOWN), row.project.path)
    )


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


def headed(finding: Headline | Finding | None) -> str:
    """A rule by its id and title."""
    if finding is None:
        return ""
    return f"{finding.rule} {(finding.title_en or finding.title) if is_english() else finding.title}"


# -- as text -----------------------------------------------------------------------------------------


def summary(report: Report | Totals) -> list[str]:
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


def statistics(report: Report | Totals) -> list[str]:
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


def grouped(report: Report | Totals) -> dict[str, list[Group]]:
    """The groups of every kind, the worst first."""
    names: dict[str, Callable[[Judged], str | None]] = {
        "unit": lambda p: p.unit,
        "stage": lambda p: p.stage,
        "category": lambda p: p.category,
    }
    whole = totals(report)
    found = {"rule": list(whole.rules.values())} | {by: _by_project(whole, name) for by, name in names.items()}
    return {by: sorted(groups, key=_worst) for by, groups in found.items()}


def _worst(group: Group) -> tuple[object, ...]:
    return (*(-group.counts[c] for c in GRAVEST), natural(group.name))


def _by_project(whole: Totals, name: Callable[[Judged], str | None]) -> list[Group]:
    found: dict[str, list[Ranked]] = {}
    for row in whole.rows:
        found.setdefault(name(row.project) or "", []).append(row)
    return [
        Group(word, "", len(sums), _sum(sums.values()), _added([row.counts for row in mine]))
        for word, mine in found.items()
        for sums in ({row.project.path: row.project.total for row in mine},)
    ]


def _added(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {counter: sum(each.get(counter, 0) for each in counts) for counter in COUNTERS}


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known[1:], known[0]) if known else None
