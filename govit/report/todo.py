"""待办清单：one numbered line for each missing value or act, the gravest first, by who acts, and then the next step.

A value that several rules wait for is one line. What cannot be judged because of a fault stands with the fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.language import say
from govit.base.records import record
from govit.dossier.finding import Finding, Outcome, ToFill
from govit.report.consequent import Sorted, sorted_out
from govit.report.overview import GRAVEST, by_path, gravity, law_of, natural
from govit.report.text import DISCLAIMER, chosen_rules, consequence, label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from govit.judging.case import Case
    from govit.judging.judge import Judged, Report
    from govit.judging.stream import ReportHead
    from govit.report.overview import Totals

_SHOWN = (Outcome.VIOLATES, Outcome.UNDETERMINED)


@record
class Todo:
    """一项待办: what is to be done, and the findings that wait for it, the gravest first."""

    does: str
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The gravest."""
        return self.findings[0]


def render(
    report: Report, following: Mapping[tuple[str, str], Sequence[str]], *, quiet: bool = False, note: str = ""
) -> str:
    """The lists of all projects; `following` is the next step of each, by its path and its regulation."""
    stream = TodoStream(report, lambda place: following.get(place, ()), quiet=quiet, note=note)
    pieces = (stream.piece(told) for told in by_path(report.projects))
    return "".join([stream.first(), *pieces, *stream.last()])


class TodoStream:
    """The same, of one project after the other; `following` gives the lines of a project's next step."""

    at_once = True

    def __init__(
        self,
        head: Report | ReportHead,
        following: Callable[[tuple[str, str]], Sequence[str]] | None = None,
        *,
        steps: Callable[[Case], Iterable[str]] | None = None,
        quiet: bool = False,
        note: str = "",
    ) -> None:
        self._head = head
        self._following = following
        self._steps = steps
        self._quiet = quiet
        self._note = note

    def first(self) -> str:
        """What is to be done about the dossiers as such."""
        if not any(f.outcome in _SHOWN for f in self._head.general):
            return ""
        return _in_lines([f"■ {say('卷宗')}", *_listed(self._head.general, self._note)])

    def piece(self, told: Sequence[Judged], cases: Sequence[Case] = ()) -> str:
        """The lists of a project, and its next steps, under each of its regulations."""
        return "".join(self._piece(one, cases[n] if cases else None) for n, one in enumerate(told))

    def _piece(self, judged: Judged, case: Case | None) -> str:
        listed = list(_listed(judged.findings, self._note))
        if self._quiet and len(listed) == 1:
            return ""
        title = judged.name or judged.id or say("（未命名项目）")
        of = f"  {law_of(judged)}" if judged.shared else ""
        head = f"■ {title}  {judged.path}{of}  {say('阶段')} {judged.stage or say('未知')}"
        return _in_lines([head, *listed, *self._next(judged, case)])

    def _next(self, judged: Judged, case: Case | None) -> Iterable[str]:
        if self._steps is not None:
            return self._steps(case) if case is not None else ()
        place = (judged.path, judged.regulation.id if judged.regulation else "")
        return self._following(place) if self._following is not None else ()

    def add(self, piece: str) -> str:
        """A piece stands by itself."""
        return piece

    def last(self, _: Totals | None = None, __: Iterable[str] = ()) -> Iterator[str]:
        """The end."""
        yield _in_lines([*filter(None, (self._note, chosen_rules(self._head))), say(DISCLAIMER)])


def _in_lines(rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


def todos(findings: Sequence[Finding]) -> tuple[list[Todo], Sorted]:
    """Every missing value and act once, the gravest first, and what follows from which fault."""
    found = sorted_out(findings)
    by_act: dict[tuple[str, ...], list[Finding]] = {}
    for finding in found.own:
        if finding.outcome in _SHOWN:
            for key in _acts(finding):
                by_act.setdefault(key, []).append(finding)
    listed = [Todo(key[0], tuple(sorted(mine, key=gravity))) for key, mine in by_act.items()]
    return sorted(listed, key=lambda one: gravity(one.first)), found


def _acts(finding: Finding) -> Iterator[tuple[str, ...]]:
    """What is to be done, by what tells it apart: the same value or record is missing only once."""
    blanks = finding.missing or ((finding.unfilled,) if finding.unfilled and finding.unfilled.key else ())
    if blanks:
        for blank in blanks:
            yield _to_fill(blank, finding)
    elif finding.asks:
        yield say("回答 {}").format(f"“{finding.asks.name}”：{finding.asks.ask}"), finding.who
    else:
        said = say("核实 {}") if finding.outcome is Outcome.UNDETERMINED else say("处理 {}")
        yield said.format(finding.message), *finding.alike, str(finding.nth)


def _to_fill(blank: ToFill, finding: Finding) -> tuple[str, ...]:
    """A value to be filled in; one of an entry of a list is another one in the next entry."""
    if blank.whole:
        return say("填写 {}").format(blank.words), finding.who
    place = finding.place
    named = finding.subject in ("", blank.name)
    shown = blank.words if named else f"〔{finding.subject}〕{blank.words}"
    said = say("填写 {}") if blank.key else say("核实 {}")
    return said.format(shown), finding.who, place.file, str(place.line), str(place.column)


def _listed(findings: Sequence[Finding], note: str) -> Iterator[str]:
    listed, found = todos(findings)
    if not listed:
        yield "  " + (say("没有新出现的待办") if note else say("现在没有要补的内容"))
        return
    by_who: dict[str, list[Todo]] = {}
    for one in listed:
        by_who.setdefault(one.first.who, []).append(one)
    yield "  " + say("待办 {} 项：").format(len(listed)) + _counted(listed)
    number, told = 0, dict[str, int]()
    for who, mine in by_who.items():
        yield f"  {who}" + say("（{} 项）").format(len(mine)) + say("：")
        for one in mine:
            number += 1
            yield from _entry(number, one, found, told)


def _counted(listed: Iterable[Todo]) -> str:
    counts: dict[str, int] = {}
    for one in sorted(listed, key=lambda one: GRAVEST.index(one.first.counts_as)):
        counts[label_of(one.first)] = counts.get(label_of(one.first), 0) + 1
    return say("、").join(f"{say(label)} {count}" for label, count in counts.items())


def _entry(number: int, one: Todo, found: Sorted, told: dict[str, int]) -> Iterator[str]:
    """An item; `told` are the remedies that stand above, by the number of the item that tells each."""
    first = one.first
    rules = sorted(dict.fromkeys(f.rule for f in one.findings), key=natural)
    article = first.article if len({f.article for f in one.findings}) == 1 else None
    cite = say("，").join(filter(None, (say("、").join(rules), article)))
    yield f"  {number:>3}. {say(label_of(first))} {one.does}（{cite}）"
    if first.hint and len(rules) == 1:
        before = told.setdefault(first.hint, number)
        yield "       " + (first.hint if before == number else say("怎么办同第 {} 项").format(before))
    following = [f for each in one.findings for f in found.of(each)]
    if following:
        yield f"       {consequence(following)}"
