"""重复建设比对表：the pairs of projects, and of projects and existing systems, that are to have the same, as a sheet to look at.

The layout is a real Excel file in templates/. Who has looked at a pair says so in `confirmed` of one of its projects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.forms.excel.one_list import filled, template_of
from govit.forms.job import FormRefusedError, Made, Reason
from govit.judging.reports import profile
from govit.report.text import DISCLAIMER
from govit.statements.disagreements import DUPLICATE
from govit.statements.duplicates import MOST_HOLDERS, MOST_PAIRS, pairs
from govit.statements.profiles import systems_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.dossier.model import Confirmation
    from govit.forms.excel.one_list import Row
    from govit.forms.job import Job
    from govit.judging.case import Case
    from govit.statements.duplicates import SharedFeature, SuspectedPair
    from govit.statements.profiles import Profile

TEMPLATE = "重复比对表.xlsx"
MOST_SHOWN = 12
"""Of what two projects have alike; of more it is said how many."""
_NOTE = (
    "同名或者名称很近的功能、数据资源，共有多的在前；每个系统都有的（登录、日志等）和多于 {} 个项目都有的不算，"
    "续建、运维、分期与原来的系统不比。"
)
_CONFIRM = (
    "依名称查出，供核对，不是审查结论。核对后确实不重复的，在其中一个项目的 project.yaml 的 confirmed 里记一条："
    "rule 写 {}，file 写 project.yaml，subject 写另一个的名称，照实写 by、on、note，下次写在“核对情况”里。"
)


def make(job: Job) -> list[Made]:
    """The projects that were given, each with every other, and with the existing systems of their units."""
    found = pairs(_profiles(job.cases))
    if not found:
        message = "没有查出疑似重复的项目，没有写出"
        raise FormRefusedError(message, [Reason("比的是 budget.lines、catalogue 和报告里的功能、子系统、数据资源，以及 govit.yaml 的 systems")])
    more = f"只列前 {MOST_PAIRS} 对。" if len(found) == MOST_PAIRS else ""
    data = filled(
        template_of(job, TEMPLATE),
        f"判断日：{job.as_of}　　{_NOTE.format(MOST_HOLDERS)}{more}",
        list(_rows(found, {case.path: case.project.confirmed for case in job.cases})),
        [_CONFIRM.format(DUPLICATE), DISCLAIMER],
    )
    return [Made(data=data, parts=(str(job.as_of), None, job.title), suffix=".xlsx")]


def _profiles(cases: Sequence[Case]) -> list[Profile]:
    """The projects that may be compared, and the systems of their units, each once."""
    found: dict[tuple[str, str, str], Profile] = {}
    for case in cases:
        if case.project.classified:
            continue
        own = profile(case.project, case.path)
        for one in (own, *systems_of(case.project.settings.systems, own.unit)):
            found.setdefault((one.path, one.id, one.name), one)
    return [*found.values()]


def _rows(
    found: Sequence[SuspectedPair], confirmed: dict[str, tuple[Confirmation, ...]]
) -> Iterator[Row]:
    for number, pair in enumerate(found, 1):
        sides = [cell for one in (pair.one, pair.other) for cell in _side(one)]
        yield (number, *sides, len(pair.alike), pair.share, _in_words(pair.alike), _looked_at(pair, confirmed))


def _side(one: Profile) -> tuple[str, str, str | int]:
    return f"已有系统：{one.name}" if one.is_system else one.name or one.path, one.unit, one.year or ""


def _in_words(alike: Sequence[SharedFeature]) -> str:
    """What is alike, a line each with both places."""
    shown = [
        f"{one.one.kind} {one.one.name}（{one.one.place}）＝ {one.other.name}（{one.other.place}）" for one in alike[:MOST_SHOWN]
    ]
    rest = [f"另有 {len(alike) - MOST_SHOWN} 项"] if len(alike) > MOST_SHOWN else []
    return "\n".join([*shown, *rest])


def _looked_at(pair: SuspectedPair, confirmed: dict[str, tuple[Confirmation, ...]]) -> str:
    for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
        for said in confirmed.get(one.path, ()):
            whole = None not in (said.by, said.on, said.note)
            if whole and said.rule == DUPLICATE and said.subject in (other.name, other.id, f"已有系统 {other.name}"):
                return f"已核对（{said.by}，{said.on}）：{said.note}"
    return "未核对"
