"""规则的种类：the closed set of check kinds as a pack writes them: parameters, shapes, and what must be given."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from govit.base.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    """规则种类：its parameters, and those of which one must be given (each tuple)."""

    params: Mapping[str, Param]
    needs: tuple[tuple[str, ...], ...]


_REF, _TEXTS, _FLAG = Param(Shape.REF), Param(Shape.TEXTS), Param(Shape.FLAG)
_DOCUMENTS, _BODY = Param(Shape.WORDS, "documents"), Param(Shape.WORD, "bodies")
_BODIES, _SUBMISSION = Param(Shape.WORDS, "bodies"), Param(Shape.WORD, "submissions")
_LIMITED = {"value": _REF, "limit": Param(Shape.OPERAND), "of": _REF, "strict": _FLAG}
EFFECTS = ("out", "advisory", "lower")

CHECKS: Mapping[str, Check] = {
    "given": Check({"field": _REF, "fields": Param(Shape.REFS)}, (("field", "fields"),)),
    "present": Check(
        {"documents": _DOCUMENTS, "any_of": _DOCUMENTS, "or_chapter": Param(Shape.TEXT), "also": _TEXTS},
        (("documents", "any_of"),),
    ),
    "chapter": Check({"chapter": Param(Shape.TEXT), "also": _TEXTS}, (("chapter",),)),
    "contains_all": Check(
        {"document": Param(Shape.WORD, "documents"), "topics": _TEXTS, "field": _REF, "values": Param(Shape.LITERALS)},
        (("document", "field"), ("topics", "values")),
    ),
    "approved": Check(
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
        {"submission": _SUBMISSION, "to": _BODY, "bodies": _BODIES, "before": _REF, "strict": _FLAG},
        (("submission",),),
    ),
    "answered": Check({"question": Param(Shape.QUESTION)}, (("question",),)),
    "equals": Check(
        {"field": _REF, "value": Param(Shape.LITERAL), "to": _REF},
        (("field",), ("value", "to")),
    ),
    "one_of": Check({"field": _REF, "values": Param(Shape.LITERALS)}, (("field",), ("values",))),
    "at_most": Check(_LIMITED, (("value",), ("limit",))),
    "at_least": Check(_LIMITED, (("value",), ("limit",))),
    "before": Check(
        {"first": _REF, "second": _REF, "strict": _FLAG, "apart": Param(Shape.PERIOD)},
        (("first",), ("second",)),
    ),
    "within": Check(
        {"from": _REF, "act": _REF, "period": Param(Shape.PERIOD), "roll": _FLAG, "bodies": _BODIES},
        (("from",), ("act",), ("period",)),
    ),
    "every": Check(
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
    "forbidden": Check({"forbidden": Param(Shape.CONDITION)}, (("forbidden",),)),
    "scope": Check(
        {"holds": Param(Shape.CONDITION), "effect": Param(Shape.CHOICE, choices=EFFECTS)},
        (("holds",), ("effect",)),
    ),
}
