"""Two places that state the same amount or the same day: the table says of each pair how it is compared, or why not."""

from __future__ import annotations

import datetime as dt
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import pytest
from dating import pack
from places import TESTS
from ruamel.yaml import YAML
from small_pack import PACK, project, regulation

from govit.calendar.workdays import published
from govit.dossier.finding import Outcome
from govit.dossier.keys import Kind, Role, specs
from govit.dossier.lists import BY_KIND
from govit.dossier.model import Index, Project, Settings
from govit.judging.engine import Options, examine
from govit.judging.figures import contradicted
from govit.judging.own_sums import check
from govit.law.conditions import Ref, refs_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.dossier.keys import Declared
    from govit.dossier.model import Record
    from govit.law.regulation import Regulation, Rule

TABLE: dict[str, dict[str, Any]] = YAML(typ="safe").load(TESTS / "judging" / "two_places.yaml")
PACKS = {"LYG": "lianyungang-2025", "QD": "qidong-2022", "TZ": "taizhou-draft-2025", "LZ": "laizhou-2022"}
TOLD = {(a, b): how for part in ("money", "days") for a, row in TABLE[part].items() for b, how in row.items()}
OWN = {pair: how for pair, how in TOLD.items() if how.startswith("GOV-")}
LAW = {pair: how for pair, how in TOLD.items() if how.split("-")[0] in PACKS}
TODAY = dt.date(2024, 6, 3)


def places(kind: Kind) -> list[str]:
    """Every key of a project or of govit.yaml that holds such a value, in the order of the files."""
    return list(dict.fromkeys([*_below(Project, "", kind), *_below(Settings, "", kind)]))


def _below(cls: type[Declared], above: str, kind: Kind) -> Iterator[str]:
    for key, spec in specs(cls).items():
        if spec.kind is kind:
            yield f"{above}{key}"
        elif spec.of is not None and spec.kind in (Kind.RECORD, Kind.RECORDS, Kind.ANSWERS):
            yield from _below(spec.of, f"{above}{key}.", kind)


@pytest.mark.parametrize(("part", "kind"), [("money", Kind.MONEY), ("days", Kind.DATE)])
def test_the_table_speaks_of_every_two_places(part: str, kind: Kind) -> None:
    pairs = combinations_with_replacement(places(kind), 2)
    told = {frozenset((a, b)) for a, row in TABLE[part].items() for b in row}
    assert told == {frozenset(pair) for pair in pairs}
    assert sum(len(row) for row in TABLE[part].values()) == len(told)


def test_every_pair_is_compared_or_has_a_reason() -> None:
    strange = set(TOLD.values()) - set(OWN.values()) - set(LAW.values()) - set(TABLE["reasons"])
    assert strange == set()
    assert set(TABLE["reasons"]) <= set(TOLD.values())


# -- compared by govit itself --------------------------------------------------------------------------

SAME = (
    PACK.replace("  documents: {方案书: {}}", "  documents: {方案书: {}}\n  contracts: {合同: {}}\n  funding_sources: {甲: {}}")
    .replace("events: {完成建设: {}}", "events: {完成建设: {}, 动工: {}, 签约: {same: [contracts.合同]}}")
    .replace("乙审: {}", "乙审: {same: [contracts.合同.until]}, 丙审: {after: [events.动工]}")
    .replace("完成建设: {}", "完成建设: {after: [events.动工]}")
)
LINE = {"name": "甲", "amount": "60万元"}
APPROVAL = {"body": "甲局", "act": "甲审", "result": "通过", "number": "甲〔2024〕1号", "date": "2024-03-01"}
SECOND = {"body": "甲局", "act": "乙审", "result": "通过", "date": "2024-03-01", "until": "2025-03-02"}
CHANGED = {"on": "2024-03-03", "amount": "5万元", "total_after": "100万元"}


def _event(kind: str, on: str) -> Record | dict[str, str]:
    return {"kind": kind, "on": on}


WRONG: dict[tuple[str, str], dict[str, Any]] = {
    ("budget.total", "budget.single"): {"budget": {"total": "10万元", "single": "11万元"}},
    ("budget.total", "budget.lines.amount"): {"budget": {"total": "61万元", "lines": [LINE]}},
    ("budget.total", "budget.groups.amount"): {"budget": {"total": "9万元", "groups": [{"name": "一", "amount": "8万元"}]}},
    ("budget.total", "budget.years.amount"): {"budget": {"total": "9万元", "years": [{"year": "2024", "amount": "8万元"}]}},
    ("budget.total", "funding.amount"): {"budget": {"total": "9万元"}, "funding": [{"source": "甲", "amount": "8万元"}]},
    ("budget.lines.amount", "budget.groups.amount"): {
        "budget": {"lines": [{**LINE, "group": "一"}], "groups": [{"name": "一", "amount": "8万元"}]}
    },
    ("budget.lines.amount", "budget.years.amount"): {
        "budget": {"lines": [LINE], "years": [{"year": "2024", "amount": "8万元"}]}
    },
    ("budget.lines.amount", "funding.amount"): {"budget": {"lines": [LINE]}, "funding": [{"source": "甲", "amount": "8万元"}]},
    ("budget.groups.amount", "budget.years.amount"): {
        "budget": {"groups": [{"name": "一", "amount": "9万元"}], "years": [{"year": "2024", "amount": "8万元"}]}
    },
    ("budget.groups.amount", "funding.amount"): {
        "budget": {"groups": [{"name": "一", "amount": "9万元"}]}, "funding": [{"source": "甲", "amount": "8万元"}]
    },
    ("budget.years.amount", "funding.amount"): {
        "budget": {"years": [{"year": "2024", "amount": "9万元"}]},
        "funding": [{"source": "甲", "amount": "8万元", "year": "2024"}],
    },
    ("budget.lines.amount", "budget.lines.spent"): {"budget": {"lines": [{**LINE, "spent": "61万元"}]}},
    ("budget.spent", "budget.lines.spent"): {"budget": {"spent": "1万元", "lines": [{**LINE, "spent": "2万元"}]}},
    ("approvals.amount", "approvals.amount"): {
        "approvals": [{**APPROVAL, "amount": "5万元"}, {**APPROVAL, "amount": "6万元"}]
    },
    ("changes.amount", "changes.total_after"): {
        "changes": [CHANGED, {"on": "2024-05-06", "amount": "5万元", "total_after": "120万元"}]
    },
    ("changes.total_after", "changes.total_after"): {
        "changes": [CHANGED, {"on": "2024-05-06", "amount": "5万元", "total_after": "94万元"}]
    },
    ("schedule.start", "schedule.end"): {"schedule": {"start": "2024-03-02", "end": "2024-03-01"}},
    ("approvals.date", "approvals.until"): {"approvals": [{**APPROVAL, "until": "2024-02-29"}]},
    ("approvals.date", "approvals.date"): {"approvals": [APPROVAL, {**APPROVAL, "date": "2024-03-02"}]},
    ("events.on", "events.on"): {"events": [_event("动工", "2024-03-02"), _event("完成建设", "2024-03-01")]},
    ("events.on", "approvals.date"): {
        "events": [_event("动工", "2024-03-02")], "approvals": [{**APPROVAL, "act": "丙审"}]
    },
    ("events.on", "contracts.on"): {
        "events": [_event("签约", "2024-03-02")], "contracts": [{"kind": "合同", "on": "2024-03-01"}]
    },
    ("approvals.until", "contracts.until"): {
        "approvals": [SECOND], "contracts": [{"kind": "合同", "on": "2024-03-01", "until": "2025-03-01"}]
    },
}  # fmt: skip
"""For each pair that govit compares, a project in which the two disagree."""


def faults(given: Mapping[str, Any]) -> set[str]:
    """What govit says of the figures and days of a small project."""
    small = regulation(SAME)
    one = project(small, **{"budget": None, **given})
    return {fault.rule for fault in check(one, Index(), TODAY, small)}


@pytest.mark.parametrize("pair", OWN, ids=" ".join)
def test_two_places_that_disagree_are_told(pair: tuple[str, str]) -> None:
    assert OWN[pair] in faults(WRONG[pair])


def test_a_project_in_which_all_places_agree_is_told_nothing() -> None:
    agreed = {
        "budget": {
            "total": "60万元", "single": "60万元", "spent": "60万元", "lines": [{**LINE, "group": "一", "spent": "60万元"}],
            "groups": [{"name": "一", "amount": "60万元"}], "years": [{"year": "2024", "amount": "60万元"}],
        },
        "funding": [{"source": "甲", "amount": "60万元", "year": "2024"}],
        "approvals": [{**APPROVAL, "amount": "60万元"}, {**APPROVAL, "amount": "60万元"}, SECOND, {**APPROVAL, "act": "丙审"}],
        "events": [_event("动工", "2024-03-01"), _event("完成建设", "2024-03-01"), _event("签约", "2024-03-01")],
        "contracts": [{"kind": "合同", "on": "2024-03-01", "until": "2025-03-02"}],
        "changes": [CHANGED, {"on": "2024-05-06", "amount": "5万元", "total_after": "105万元"}],
        "schedule": {"start": "2024-03-01", "end": "2024-03-01"},
    }  # fmt: skip
    assert faults(agreed) == set()


@pytest.mark.parametrize(
    ("contracts", "wrong"),
    [
        (["2024-03-01"], True),
        (["2024-03-02"], False),
        (["2024-03-01", "2024-03-02"], False),  # several contracts: the day of one of them
        ([], False),
        (["2024-03-01", None], False),  # one of which the day is not told may be it
    ],
)
def test_what_is_recorded_twice_has_the_day_of_one_of_the_others(contracts: list[str | None], *, wrong: bool) -> None:
    signed = [{"kind": "合同", **({"on": day} if day else {})} for day in contracts]
    assert ("GOV-316" in faults({"events": [_event("签约", "2024-03-02")], "contracts": signed})) is wrong


def test_a_refusal_says_nothing_of_the_day() -> None:
    refused = {**SECOND, "result": "不通过"}
    assert "GOV-316" not in faults({**WRONG["approvals.until", "contracts.until"], "approvals": [refused]})


# -- what reads one of them waits ----------------------------------------------------------------------

PRESENT = "check: present, documents: [方案书],"


@pytest.mark.parametrize("day", ["events.签约", "events.签约.last", "contracts.合同", "任一之日"])
def test_a_rule_that_reads_one_of_two_days_that_disagree_is_undetermined_and_names_both(day: str) -> None:
    text = SAME.replace(PRESENT, f"{PRESENT} before: {day},").replace(
        "facts: []", "facts: [{name: 任一之日, article: 第三条, earlier: [events.签约, contracts.合同]}]"
    )
    small = regulation(text)
    one = project(
        small, **WRONG["events.on", "contracts.on"], documents=[{"kinds": ["方案书"], "date": "2024-02-01"}]
    )
    found = examine(one, small, Index(), Options(as_of=TODAY, schedule=published()), contradicted(one, small))
    said = next(j.verdict for j in found.each if j.rule.id == "SM-3-1")
    assert said.outcome is Outcome.UNDETERMINED
    assert "2024-03-02" in said.detail
    assert "2024-03-01" in said.detail


@pytest.mark.parametrize("wrong", ["方案书", "contracts.合同.amount", "contracts.合同@甲局", "notices.通知"])
def test_only_what_both_records_have_may_be_said_to_be_the_same(wrong: str) -> None:
    from govit.law.packs.pack_error import PackError

    with pytest.raises(PackError, match=r"same|引用"):
        regulation(SAME.replace("签约: {same: [contracts.合同]}", f"签约: {{same: [{wrong}]}}"))


# -- compared by a rule of the regulation --------------------------------------------------------------


def _spoken_of(rule: Rule, of: Regulation) -> set[str]:
    """The places that a rule reads, down through the facts of its pack."""
    todo = [*refs_in(rule.when), *rule.demand.refs()]
    seen: set[Ref] = set()
    found: set[str] = set()
    while todo:
        ref = todo.pop()
        if ref not in seen:
            seen.add(ref)
            found |= set(_places_of(ref, rule))
            fact = of.facts.get(ref.key) if ref.head == "name" else None
            if fact is not None:
                how = fact.derivation
                todo += how.mentioned()
                if how.listed and how.where is not None:
                    listed = [f"{how.listed}.{r.key}" for r in refs_in(how.where) if r.head == "item"]
                    found |= set(listed)
    return found


def _places_of(ref: Ref, rule: Rule) -> Iterator[str]:
    if ref.head == "field":
        yield ref.key
    elif ref.head == "item" and rule.each is not None:
        head = ref.key.partition(".")[0]
        yield {"cumulative": "changes.amount", "estimate": "approvals.amount"}.get(head, f"{rule.each.list}.{ref.key}")
    elif ref.head in BY_KIND:
        key = ref.key if ref.key in ("amount", "until") else ref.attr
        yield f"{ref.head}.{key if key in ('amount', 'until') else BY_KIND[ref.head].key(Role.DAY)}"


@pytest.mark.parametrize("pair", LAW, ids=" ".join)
def test_a_rule_that_compares_two_places_reads_both(pair: tuple[str, str]) -> None:
    of = pack(PACKS[LAW[pair].split("-")[0]])
    rule = next(rule for rule in of.rules if rule.id == LAW[pair])
    assert set(pair) <= _spoken_of(rule, of)
