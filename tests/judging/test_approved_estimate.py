"""Which approval of the estimate a change is measured against, and which changes are approved already."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from small_pack import PACK, project, regulation

from govit.calendar.workdays import published
from govit.dossier.model import Index
from govit.judging.facts import Facts
from govit.judging.values import ABSENT, UNKNOWN
from govit.law.conditions import parse_ref
from govit.law.packs.pack import PackError

MARKED = PACK.replace("acts: {甲审: {}, 乙审: {}}", "acts: {甲审: {estimate: 批准}, 乙审: {estimate: 重新批准}}")
FIRST, SECOND, THIRD = "2024-03-01", "2024-04-01", "2024-05-01"


def approval(act: str, date: str, amount: str | None = None, **more: Any) -> dict[str, Any]:
    money = {"amount": amount} if amount else {}
    return {"body": "甲局", "act": act, "result": "通过", "date": date, **money, **more}


OWN = approval("甲审", "2024-02-01", "100万元")


def worth(*approvals: dict[str, Any], changes: int = 3) -> list[tuple[object, object]]:
    """Of every change what is added up, in 万元, and the estimate, in 万元."""
    made = [{"on": day, "amount": f"{n}万元"} for n, day in ((1, FIRST), (10, SECOND), (100, THIRD))][:changes]
    pack = regulation(MARKED)
    read = project(pack, approvals=list(approvals), changes=made)
    facts = Facts(read, pack, Index(), dt.date(2024, 12, 31), published())
    refs = parse_ref("item.cumulative"), parse_ref("item.estimate")
    told = [tuple(facts.value(ref, change) for ref in refs) for change in read.changes]
    return [tuple(int(v / 10_000) if isinstance(v, Decimal) else v for v in pair) for pair in told]


@pytest.mark.parametrize(
    ("approvals", "expected"),
    [
        ([OWN], [(1, 100), (11, 100), (111, 100)]),
        ([OWN, approval("乙审", SECOND, "120万元", of=SECOND)], [(1, 100), (11, 100), (100, 120)]),
        ([OWN, approval("乙审", SECOND, "120万元")], [(1, 100), (11, 100), (100, 120)]),
        ([OWN, approval("乙审", "2024-03-20", "120万元", of=SECOND)], [(1, 100), (11, 100), (100, 120)]),
        ([OWN, approval("乙审", "2024-04-20", "120万元", of=SECOND)], [(1, 100), (11, 100), (100, 120)]),  # 补办
        (
            [OWN, approval("甲审", SECOND, "120万元", of=SECOND)],
            [(1, 100), (11, 100), (100, 120)],
        ),  # the same act again
        ([OWN, approval("乙审", SECOND, None, of=SECOND)], [(1, 100), (11, 100), (100, UNKNOWN)]),
        ([OWN, approval("乙审", SECOND, "120万元", of=SECOND, result="不通过")], [(1, 100), (11, 100), (111, 100)]),
        ([OWN, approval("乙审", "2024-06-01", "120万元", of="2024-06-01")], [(1, 100), (11, 100), (111, 100)]),
        ([], [(1, ABSENT), (11, ABSENT), (111, ABSENT)]),
    ],
)
def test_what_was_approved_anew_is_not_counted_again_and_its_amount_is_the_base(
    approvals: list[dict[str, Any]], expected: list[tuple[object, object]]
) -> None:
    assert worth(*approvals) == expected


def test_the_approval_of_the_only_change_is_not_its_own_base() -> None:
    assert worth(OWN, approval("乙审", FIRST, "120万元"), changes=1) == [(1, 100)]


def test_an_unknown_word_for_the_estimate_is_a_fault_of_the_pack() -> None:
    with pytest.raises(PackError) as caught:
        regulation(MARKED.replace("重新批准", "再批"))
    assert "批准" in caught.value.faults[0].message
