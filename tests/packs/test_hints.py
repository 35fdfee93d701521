"""The hints of the packs: a clerk who does what they say has done it, and records it as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packs import hint_checks as checks
from packs.pack_checks import loaded

from govit.law.library import built_in_packs

if TYPE_CHECKING:
    from pathlib import Path

PACKS = [pytest.param(path, id=path.stem) for path in built_in_packs()]


@pytest.mark.parametrize("path", PACKS)
def test_every_hint_says_first_what_to_do_and_then_how_it_is_recorded(path: Path) -> None:
    checks.hints_say_what_to_do(loaded(path))


@pytest.mark.parametrize("path", PACKS)
def test_every_hint_of_an_order_says_what_to_do_when_it_is_truly_reversed(path: Path) -> None:
    checks.hints_of_orders_say_the_reversed_case(loaded(path))


@pytest.mark.parametrize("path", PACKS)
def test_every_hint_of_a_question_says_when_it_may_be_answered_yes(path: Path) -> None:
    checks.hints_of_questions_say_when_to_answer(loaded(path))


@pytest.mark.parametrize(
    "hint",
    [
        "在 approvals 记一条调整审核，日期不晚于调整日期。",
        "把报送的绩效评价报告放进 documents/。",
        "最好在 catalogue 列出产生的数据。",
        "核对后在 answers.标准规范相符 记录确认。",
        "applicant（申报单位）与 lead（牵头部门）应写同一个部门的全称。",
        "提交后在 submissions 记一条年度计划申报，to 写市数据局。",
        "延期验收申请的 to 应当写指挥中心。",
    ],
)
def test_a_hint_that_only_tells_what_to_write_is_found(hint: str) -> None:
    assert checks.without_an_act(hint)


@pytest.mark.parametrize(
    "hint",
    [
        "编制项目档案目录，编成后放进 documents/。",
        "把结余资金按原渠道退回，退回后再在 approvals 记结余资金退回。",
        "报市政府批准，批准后再在 approvals 记增补批准。",
    ],
)
def test_a_hint_that_tells_first_what_to_do_is_not_found(hint: str) -> None:
    assert not checks.without_an_act(hint)
