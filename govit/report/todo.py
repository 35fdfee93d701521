"""待办清单：one numbered line for each missing value or act, the gravest first, by who acts, and then the next step.

A value that several rules wait for is one line. What cannot be judged because of a fault stands with the fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.language import say
from govit.base.records import record
from govit.dossier.finding import Finding, Outcome, ToFill
from govit.report.consequent import Sorted, sorted_out
from govit.report.overview import GRAVEST, gravity, law_of, natural
from govit.report.text import DISCLAIMER, consequence, label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govit.judging.judge import Report

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


def render(report: Report, following: Mapping[tuple[str, str], Sequence[str]], *, quiet: bool = False, note: str = "") -> str:
    """The lists of all projects; `following` is the next step of each, by its path and its regulation."""
    blocks: list[str] = []
    if any(f.outcome in _SHOWN for f in report.general):
        blocks += [f"■ {say('卷宗')}", *_listed(report.general, note)]
    for project in report.projects:
        listed = list(_listed(project.findings, note))
        if quiet and len(listed) == 1:
            continue
        title = project.name or project.id or say("（未命名项目）")
        of = f"  {law_of(project)}" if project.shared else ""
        blocks += [f"■ {title}  {project.path}{of}  {say('阶段')} {project.stage or say('未知')}", *listed]
        blocks += following.get((project.path, project.regulation.id if project.regulation else ""), ())
    return "\n".join([*blocks, *filter(None, (note,)), say(DISCLAIMER)]) + "\n"


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
