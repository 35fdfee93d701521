"""Which bounds a regulation sets to changes, and in which of its words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from small_pack import PACK, project, regulation

from govit.calendar.workdays import published
from govit.change.limits import CUMULATIVE, ChangeLimit, limits
from govit.dossier.model import Index
from govit.judging.facts import Facts

ARTICLES = """
  - number: 第四条
    sentences:
      - text: 预备费不超过总投资的10%，另行核定。
        status: 不在本工具内办理
        why: 另行核定
  - number: 第五条
    sentences:
      - text: 有资金变动的应当报告，变动超过总投资的10%的，重新报批。
        rules:
          - {id: SM-5-1, title: 变动应报告, title_en: F, quote: 有资金变动的应当报告, check: answered, question: 问清楚,
             stage: 申报, each: {changes: all}, when: {item.amount: "> 0元"}, strength: must}
          - {id: SM-5-2, title: 超过的重新报批, title_en: G, quote: 变动超过总投资的10%的，重新报批, check: forbidden,
             stage: 申报, forbidden: {item.amount: "> 10% budget.total"}, each: {changes: all}, strength: must}
"""


def found() -> list[ChangeLimit]:
    pack = regulation(PACK.rstrip() + ARTICLES)
    known = Facts(project(pack), pack, Index(), dt.date(2024, 6, 3), published())
    return list(limits(pack, known, {"amount": Decimal(1), CUMULATIVE: Decimal(1)}))


def test_that_there_is_money_in_a_change_is_no_bound_and_a_share_is() -> None:
    assert [limit.text for limit in found()] == ["10%"]


def test_a_bound_is_quoted_from_its_own_article() -> None:
    """第四条 says 10% of something else."""
    (limit,) = found()
    assert limit.article.startswith("第五条")
    assert limit.clause == "变动超过总投资的10%的"
