"""Nothing becomes cleaner by what is left out: every record deleted alone, with its like, and with each other.

Cleaner is where a violation or a question that a missing record makes vanishes, and nothing open stands in its place: of
the same rule and subject, one that was not there before, or one that names the record or the rule.
"""

from __future__ import annotations

import datetime as dt
import functools
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from deleting import InMemory, by_kind, entries, faulty, kinds_of, records, without
from idle import EITHER, IDLE, JUDGED, excuse_of, name_of, names_of, places_of
from test_sample import AS_OF, IN_FORCE, PROJECTS

from govit.calendar.workdays import published
from govit.judging.engine import Options
from govit.law.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from deleting import Key, Open

    Opened = Mapping[Open, str]

NOT_HANDED_IN = "what was handed in is told or asked for; before it was, its paper is not wanted"
TOGETHER: dict[str, dict[tuple[str, str], str]] = {
    "laizhou/2023-fishing-port": {
        ("documents.项目绩效评价报告", "submissions.绩效评价报告报送"): NOT_HANDED_IN,
        ("documents.绩效自评价报告", "submissions.自评报告上传"): f"{NOT_HANDED_IN}, and its period still runs",
    },
    "qidong/2025-river-patrol": {
        ("documents.项目绩效评价报告", "submissions.绩效评价报告报送"): NOT_HANDED_IN,
        ("documents.绩效自评价报告", "submissions.自评价报告报送"): f"{NOT_HANDED_IN}, and its period still runs",
        ("submissions.内容调整备案", "approvals.初步设计审批"): (
            "without an approved estimate the change is one to be approved, and that is told"
        ),
    },
    "qidong/2027-flood-dispatch": {
        ("events.框架方案确定", "submissions.可行性研究报告报批"): "what is not handed in yet need not be prepared",
        (
            "events.框架方案确定",
            "documents.统一框架方案",
        ): "the framework is told to be missing; then its day is asked for",
        (
            "answers.建设内容无重复",
            "documents.统一框架方案",
        ): "the framework is told to be missing; then it is asked about",
    },
    "taizhou/2025-home-care": {
        ("approvals.资金申请确认", "approvals.资金下达"): "the two bureaus' own doing: no money, nothing to confirm",
        ("submissions.合同资料上传#2", "contracts.其他合同"): "no regulation says that there must be such a contract",
    },
}
"""Of two records: the one that is not missed any more when the other is deleted as well, and why."""

OF_A_LIST = {
    "approvals.结余资金收缴": "without any approved amount no surplus is known, and what gives these amounts is told to be missing",
}
"""What is not missed when all of its list are deleted, and why."""

SIGNED = "the day of the signature stands in both places; the other one tells it"
MAY_BE = "nothing in the law says that there must be one"
RUNS = "its period still runs"
APPROVED = (
    "the law asks for the approval, which is there; that it came before its request is said while both are on record"
)
VANISHES: dict[str, dict[str, str]] = {
    "lianyungang/2026-manhole-safety": {
        "contracts.建设合同": SIGNED,
        "events.签订建设合同": SIGNED,
        "events.试运行开始": f"{MAY_BE}: a project may be accepted as soon as it is built",
    },
    "lianyungang/2026-road-inspection": {
        "contracts.建设合同": SIGNED,
        "events.签订建设合同": SIGNED,
        "submissions.概算送审": APPROVED,
        "submissions.立项送审": APPROVED,
    },
    "qidong/2025-river-patrol": {
        "events.投入试运行": f"{MAY_BE}: a project may be accepted as soon as it is built",
        "approvals.项目档案验收": "the archive report, of a day before acceptance, shows it as well",
        "submissions.自评价报告报送": RUNS,
        "contracts.咨询合同": MAY_BE,
    },
    "qidong/2026-leakage-monitoring": {
        "events.项目开工": "at 实施 the work need not have begun; the contract, which is earlier, starts the reports",
        "contracts.咨询合同": MAY_BE,
    },
    "laizhou/2023-fishing-port": {
        "events.试运行开始": f"{MAY_BE}: a project may be accepted as soon as it is built",
        "approvals.预算批复": "the amount of 项目批准 stands in for it",
        "submissions.自评报告上传": RUNS,
        "documents.年度建设规划": "the bureau's own paper, which the project need not keep",
        "contracts.服务合同": MAY_BE,
    },
    "laizhou/2024-crew-registry-ops": {
        "documents.年度建设规划": "the bureau's own paper, which the project need not keep",
    },
    "taizhou/2025-home-care": {
        "approvals.资金下达": "the bureau's own doing, only told for information",
        "contracts.其他合同": MAY_BE,
    },
}
"""Records whose faults vanish with them, and why nothing needs to ask for them."""


@functools.cache
def library() -> Library:
    return Library(examples=False)


@functools.cache
def sample(folder: Path) -> InMemory:
    words = IN_FORCE.get(folder.parent.name, ("--as-of", AS_OF.isoformat()))
    as_of = dt.date.fromisoformat(words[1])
    return InMemory(folder, library(), Options(as_of=as_of, schedule=published(), assume_in_force=len(words) > 2))


@functools.cache
def open_without(folder: Path, keys: frozenset[Key]) -> Opened:
    """What is open when some records or answers are deleted, whichever of them is looked at."""
    mine = sample(folder)
    return mine.open(without(mine.data, keys))


@functools.cache
def alone(folder: Path) -> dict[Key, Opened]:
    """What is open when a record or an answer is deleted alone; but not of files, which go with what names them."""
    mine = sample(folder)
    keys = [*records(mine.data), *(("answers", question) for question in mine.data.get("answers", {}))]
    found = {key: open_without(folder, frozenset([key])) for key in keys}
    return {
        key: {one: message for one, message in open_.items() if not one.rule.startswith("GOV-2")}
        for key, open_ in found.items()
    }


@pytest.mark.parametrize("folder", PROJECTS, ids=name_of)
def test_whatever_is_deleted_is_missed(folder: Path) -> None:
    """Each entry alone changes the report; all that IDLE excuses, taken away together, change nothing."""
    mine = sample(folder)
    data = mine.data
    excuses = {key: excuse_of(folder, names_of(data, key)) for key in entries(data)}
    assert mine.open(data) == {}
    silent = {
        key for key, excuse in excuses.items() if excuse != "idle" and not mine.changes(without(data, [key]), [key])
    }
    assert {names_of(data, key)[0] for key in silent if excuses[key] != "either"} == set()
    assert {names_of(data, key)[0] for key in excuses if excuses[key] == "either" and key not in silent} == set()
    idle = [key for key in excuses if excuses[key] == "idle"]
    assert mine.said(without(data, idle)) == mine.whole


@pytest.mark.parametrize("folder", PROJECTS, ids=name_of)
def test_nothing_becomes_cleaner_when_more_is_deleted(folder: Path) -> None:
    mine, missed = sample(folder), alone(folder)
    assert mine.open(mine.data) == {}
    cleaner = {pair for pair in _pairs(mine, missed) if not _still_missed(folder, missed, *pair)}
    told = {(names_of(mine.data, one)[0], names_of(mine.data, other)[0]) for one, other in cleaner}
    assert told == set(TOGETHER.get(name_of(folder), {}))


@pytest.mark.parametrize("folder", PROJECTS, ids=name_of)
def test_a_record_is_missed_when_all_of_its_kind_are_deleted(folder: Path) -> None:
    mine, missed = sample(folder), alone(folder)
    excused = {*OF_A_LIST, *(one for one, _ in TOGETHER.get(name_of(folder), {}))}
    for name, keys in by_kind(mine.data).items():
        found = open_without(folder, frozenset(keys))
        for key in keys:
            others = {open_ for other in keys if other != key for open_ in missed[other]}
            if missed[key] and names_of(mine.data, key)[0] not in excused:
                assert _stands(mine, key, missed[key], found, others), (name, names_of(mine.data, key)[0])


@pytest.mark.parametrize("folder", PROJECTS, ids=name_of)
def test_a_fault_does_not_vanish_with_the_record_that_has_it(folder: Path) -> None:
    """A bad day, a bad amount, another body: where it is a fault, the record without which it would not be is asked for."""
    mine, missed = sample(folder), alone(folder)
    bodies = list(mine.regulation.words["bodies"])
    vanishing = set()
    for key in (key for key in missed if key[0] != "answers" and not missed[key]):
        some = mine.readers([key])
        if any(mine.open(data, some) for data in faulty(mine.data, key, mine.options.as_of, bodies)):
            vanishing.add(names_of(mine.data, key)[0])
    assert vanishing == set(VANISHES.get(name_of(folder), {}))


def test_the_tables_name_nothing_that_the_sample_lacks() -> None:
    used: dict[str, set[str]] = {}
    for folder in PROJECTS:
        data = sample(folder).data
        names = {name for key in entries(data) for name in names_of(data, key)}
        for where in places_of(folder):
            used.setdefault(where, set()).update(names)
    named = {
        where: {*IDLE.get(where, ()), *EITHER.get(where, ()), *JUDGED.get(where, ())}
        for where in (*IDLE, *EITHER, *JUDGED)
    }
    assert {where: keys - used[where] for where, keys in named.items() if keys - used[where]} == {}


def _pairs(mine: InMemory, missed: Mapping[Key, Opened]) -> Iterator[tuple[Key, Key]]:
    """A record that is missed, and another that a rule which misses it reads: no other can take anything away."""
    for pair in combinations(missed, 2):
        for one, other in (pair, pair[::-1]):
            rules = {open_.rule for open_ in missed[one]}
            if rules & mine.readers([other]) or any(rule.startswith("GOV") for rule in rules):
                yield one, other


def _still_missed(folder: Path, missed: Mapping[Key, Opened], one: Key, other: Key) -> bool:
    mine = sample(folder)
    data = without(mine.data, [one, other])
    rules = frozenset(open_.rule for open_ in missed[one])
    own = any(rule.startswith("GOV") for rule in rules)
    if mine.open(data, rules, own=own).keys() & missed[one].keys():
        return True
    return _stands(mine, one, missed[one], open_without(folder, frozenset([one, other])), set(missed[other]))


def _stands(mine: InMemory, key: Key, before: Opened, after: Opened, others: set[Open]) -> bool:
    """Whether something open stands in the place of what was said of a missing record."""
    names = {open_.rule for open_ in before}
    names.update(kinds_of(mine.data[key[0]][key[1]]) if key[0] != "answers" else [str(key[1])])
    return any(
        open_ in before or open_ not in others or any(name in message for name in names)
        for open_, message in after.items()
    )
