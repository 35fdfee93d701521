"""规则的种类：the closed set of check kinds, written out. A kind more needs a good reason."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from govit.base.records import record
from govit.judging.checks import authority, presence, time, value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govit.judging.checks.verdict import Verdict
    from govit.judging.facts import Facts
    from govit.law.regulation import Rule


class Shape(Enum):
    """How a parameter of a check is written in a pack."""

    REF = "引用"
    REFS = "引用列表"
    WORD = "词"
    WORDS = "词的列表"
    TEXT = "文字"
    TEXTS = "文字列表"
    LITERAL = "值"
    LITERALS = "值的列表"
    OPERAND = "值或引用"
    PERIOD = "期间"
    FLAG = "true/false"
    CONDITION = "条件"
    QUESTION = "问题"
    CHOICE = "固定的词"


@record
class Param:
    """参数：its shape, the word list or the choices that it draws from."""

    shape: Shape
    words: str = ""
    choices: tuple[str, ...] = ()


@record
class Check:
    """规则种类：its parameters, those of which one must be given (each tuple), and what runs it."""

    run: Callable[[Rule, Facts, Any], list[Verdict]]
    params: Mapping[str, Param]
    needs: tuple[tuple[str, ...], ...]


_REF, _TEXTS, _FLAG = Param(Shape.REF), Param(Shape.TEXTS), Param(Shape.FLAG)
_DOCUMENTS, _BODY = Param(Shape.WORDS, "documents"), Param(Shape.WORD, "bodies")
_BODIES, _SUBMISSION = Param(Shape.WORDS, "bodies"), Param(Shape.WORD, "submissions")
_LIMITED = {"value": _REF, "limit": Param(Shape.OPERAND), "of": _REF, "strict": _FLAG}
EFFECTS = ("out", "advisory", "lower")

CHECKS: Mapping[str, Check] = {
    "given": Check(presence.given, {"field": _REF, "fields": Param(Shape.REFS)}, (("field", "fields"),)),
    "present": Check(
        presence.present,
        {"documents": _DOCUMENTS, "any_of": _DOCUMENTS, "or_chapter": Param(Shape.TEXT), "also": _TEXTS},
        (("documents", "any_of"),),
    ),
    "chapter": Check(presence.chapter, {"chapter": Param(Shape.TEXT), "also": _TEXTS}, (("chapter",),)),
    "contains_all": Check(
        presence.contains_all,
        {"document": Param(Shape.WORD, "documents"), "topics": _TEXTS, "field": _REF, "values": Param(Shape.LITERALS)},
        (("document", "field"), ("topics", "values")),
    ),
    "approved": Check(
        authority.approved,
        {
            "act": Param(Shape.WORD, "acts"),
            "body": _BODY,
            "bodies": _BODIES,
            "any_body": _BODIES,
            "before": _REF,
            "strict": _FLAG,
        },
        (("act",),),
    ),
    "submitted": Check(
        authority.submitted,
        {"submission": _SUBMISSION, "to": _BODY, "bodies": _BODIES, "before": _REF, "strict": _FLAG},
        (("submission",),),
    ),
    "answered": Check(presence.answered, {"question": Param(Shape.QUESTION)}, (("question",),)),
    "equals": Check(
        value.equals,
        {"field": _REF, "value": Param(Shape.LITERAL), "to": _REF},
        (("field",), ("value", "to")),
    ),
    "one_of": Check(value.one_of, {"field": _REF, "values": Param(Shape.LITERALS)}, (("field",), ("values",))),
    "at_most": Check(value.at_most, _LIMITED, (("value",), ("limit",))),
    "at_least": Check(value.at_least, _LIMITED, (("value",), ("limit",))),
    "before": Check(
        time.before,
        {"first": _REF, "second": _REF, "strict": _FLAG, "apart": Param(Shape.PERIOD)},
        (("first",), ("second",)),
    ),
    "within": Check(
        time.within,
        {"from": _REF, "act": _REF, "period": Param(Shape.PERIOD), "roll": _FLAG, "bodies": _BODIES},
        (("from",), ("act",), ("period",)),
    ),
    "every": Check(
        time.every,
        {
            "every": Param(Shape.CHOICE, choices=("季度", "年", "半年", "月")),
            "from": _REF,
            "until": _REF,
            "submission": _SUBMISSION,
            "to": _BODY,
            "roll": _FLAG,
            "whole": _FLAG,
        },
        (("every",), ("from",), ("submission",)),
    ),
    "forbidden": Check(value.forbidden, {"forbidden": Param(Shape.CONDITION)}, (("forbidden",),)),
    "scope": Check(
        value.scope,
        {"holds": Param(Shape.CONDITION), "effect": Param(Shape.CHOICE, choices=EFFECTS)},
        (("holds",), ("effect",)),
    ),
}
