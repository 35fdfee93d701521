"""键：what every mapping of a pack may hold, and how each value is written.

One declaration for the editor's schema, for the reference and for the loader, which refuses every other key.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from govit.base.records import record
from govit.dossier.finding import Outcome, Severity
from govit.dossier.model import ASKED_OF_REPORTS
from govit.law.derivations import FORMS
from govit.law.form_names import declared_forms
from govit.law.kinds.table import KINDS
from govit.law.regulation import STAGES, STATUSES, STRENGTHS
from govit.law.vocabulary import ESTIMATE

if TYPE_CHECKING:
    from collections.abc import Mapping


ITEM_SOURCES = ("approvals", "contracts", "events", "spent", "content")
"""Records that an item of a form may be told from."""


class Shape(Enum):
    """How the value of a key is written."""

    TEXT = "文字"
    TEXTS = "文字，几项写成列表"
    DATE = "日期，例如 2026-03-01"
    FLAG = "true 或 false"
    COUNT = "整数"
    CHOICE = "其中一个"
    SOME = "其中的几个，写成列表"
    OFFERED = "其中一个，或者自己的名称"
    ARTICLE = "条号，照原文"
    REF = "引用"
    REFS = "引用，几个写成列表"
    PERIOD = "期间，例如 3个月、5个工作日"
    CONDITION = "条件"
    CONDITIONS = "条件的列表"
    WORD = "词表里的词"
    WORDS = "词表里的词，几个写成列表"
    WORDS_OR = "词表里的词的列表，有一个即可的写成 甲/乙"
    STAGE = "本办法的阶段"
    STAGES = "本办法的阶段，几个写成列表"
    RULE = "规则编号"
    RULES = "规则编号，几个写成列表"
    FACT = "事实的名称"
    LIST = "记录列表的名称"
    PART = "一组键"
    PARTS = "列表，每项一组键"
    NAMED = "名称: 一组键"
    NAMED_PARTS = "名称: 列表，每项一组键"
    NAMED_TEXTS = "名称: 文字"
    EACH = "{列表: 种类}"
    VOCABULARY = "词表: [词, 词: 一组键]"
    PROJECT = "project.yaml 的写法"
    DOSSIER = "govit.yaml 的写法"
    PATCH = "键: 值，改样板项目的一处"


@record
class PackKey:
    """一个键：how its value is written, and whether it must be there."""

    shape: Shape = Shape.TEXT
    required: bool = False
    words: str = ""
    """The word list that it draws from."""
    choices: tuple[str, ...] = ()
    part: str = ""
    """The part that its value is, or that the entries of its value are."""


Keys: TypeAlias = "Mapping[str, PackKey]"
"""The keys of one mapping."""


def _must(shape: Shape = Shape.TEXT, *, choices: tuple[str, ...] = (), part: str = "") -> PackKey:
    return PackKey(shape, required=True, choices=choices, part=part)


def _parts(part: str) -> PackKey:
    return PackKey(Shape.PARTS, part=part)


def _words(words: str) -> PackKey:
    return PackKey(Shape.WORDS, words=words)


_TEXT, _TEXTS = PackKey(), PackKey(Shape.TEXTS)
_DATE, _FLAG = PackKey(Shape.DATE), PackKey(Shape.FLAG)
_ARTICLE, _STAGE, _RULE = PackKey(Shape.ARTICLE), PackKey(Shape.STAGE), PackKey(Shape.RULE)
_REF, _REFS = PackKey(Shape.REF), PackKey(Shape.REFS)
_CONDITION, _PERIOD = PackKey(Shape.CONDITION), PackKey(Shape.PERIOD)

_FORMS_OF_FACTS: Keys = {
    "any": PackKey(Shape.CONDITIONS),
    "later": _REFS,
    "earlier": _REFS,
    "first": _REFS,
    "sum": _REFS,
    "difference": _REFS,
    "shift": PackKey(Shape.PART, part="shift"),
    "last_before": PackKey(Shape.PART, part="at_day"),
    "first_after": PackKey(Shape.PART, part="at_day"),
    "year_start": PackKey(Shape.PART, part="year_start"),
    "only_if": PackKey(Shape.PART, part="only_if"),
    "exists": PackKey(Shape.PART, part="of_list"),
    "count": PackKey(Shape.PART, part="of_list"),
    "years": PackKey(Shape.PART, part="years"),
    "neighbours": PackKey(Shape.PART, part="neighbours"),
}

PARTS: Mapping[str, Keys] = {
    "top": {
        "id": _must(),
        "prefix": _must(),
        "title": _must(),
        "title_en": _TEXT,
        "document_number": _TEXT,
        "issuer": _TEXT,
        "issued": _DATE,
        "effective_from": _DATE,
        "effective_to": _DATE,
        "status": _must(Shape.CHOICE, choices=("in_force", "draft")),
        "repeals": _TEXTS,
        "superseded_by": _TEXT,
        "preceded_by": _TEXT,
        "checked": _DATE,
        "notes": _TEXTS,
        "defects": _parts("defect"),
        "mended": _parts("mended"),
        "words": PackKey(Shape.VOCABULARY),
        "stages": _parts("stage"),
        "facts": _parts("fact"),
        "base": PackKey(Shape.PART, part="base"),
        "chapters": PackKey(Shape.NAMED, part="chapter"),
        "articles": _must(Shape.PARTS, part="article"),
        "routes": _parts("route"),
        "off_route": _parts("off"),
        "forms": _parts("form"),
    },
    "word": {
        "also": _TEXTS,
        "article": _ARTICLE,
        "after": _REFS,
        "same": _REFS,
        "traits": _TEXTS,
        "ask": _TEXT,
        "money": _FLAG,
        "estimate": PackKey(Shape.CHOICE, choices=ESTIMATE),
        "by": _words("bodies"),
        "to": _words("bodies"),
        "either": _FLAG,
        "via": PackKey(Shape.WORD, words="bodies"),
        "materials": _words("documents"),
        "demands": PackKey(Shape.NAMED, part="paper"),
        "stage": PackKey(Shape.STAGES),
        "rule": _RULE,
        "submissions": _words("submissions"),
    },
    "question": {
        "ask": _must(),
        "who": _TEXT,
        "of": PackKey(Shape.CHOICE, choices=("project", "unit")),
        "article": _ARTICLE,
    },
    "paper": {"copies": _TEXT, "sealed": _FLAG, "format": _TEXT, "note": _TEXT},
    "stage": {
        "name": _must(Shape.OFFERED, choices=STAGES),
        "stands_for": PackKey(Shape.CHOICE, choices=STAGES),
        "passed": _REFS,
        "made": _REFS,
        "leaves": _parts("trace"),
    },
    "trace": {"record": _must(Shape.REFS), "when": _CONDITION},
    "fact": {
        "name": _must(),
        "article": _must(Shape.ARTICLE),
        "label": _TEXT,
        **{form.written: _FORMS_OF_FACTS[form.written] for form in FORMS},
    },
    "shift": {"from": _must(Shape.REF), "period": _must(Shape.PERIOD), "roll": _FLAG},
    "at_day": {"value": _must(Shape.REF), "day": _must(Shape.REF)},
    "year_start": {"year": _must(Shape.REF), "back": PackKey(Shape.COUNT)},
    "only_if": {"value": _must(Shape.REF), "when": _CONDITION},
    "of_list": {"list": _must(Shape.LIST), "where": _CONDITION},
    "years": {"same": _must(Shape.REFS), "back": PackKey(Shape.COUNT), "where": _must(Shape.CONDITION)},
    "neighbours": {"same": _REFS, "similar": _REF, "each": _CONDITION, "together": _CONDITION},
    "base": {
        "as_of": _must(Shape.DATE),
        "stage": _STAGE,
        "govit": PackKey(Shape.DOSSIER),
        "project": _must(Shape.PROJECT),
    },
    "chapter": {"when": _CONDITION},
    "article": {
        "number": _must(Shape.ARTICLE),
        "mark": PackKey(Shape.TEXT),
        "chapter": _TEXT,
        "stage": _STAGE,
        "when": _CONDITION,
        "sentences": _must(Shape.PARTS, part="sentence"),
    },
    "sentence": {
        "text": _must(),
        "cite": _TEXT,
        "rules": _parts("rule"),
        "status": PackKey(Shape.CHOICE, choices=STATUSES),
        "why": _TEXT,
        "by": PackKey(Shape.RULES),
    },
    "rule": {
        "id": _must(),
        "title": _must(),
        "title_en": _TEXT,
        "quote": _TEXT,
        "check": _must(Shape.CHOICE, choices=tuple(KINDS)),
        "each": PackKey(Shape.EACH),
        "stage": _STAGE,
        "when": _CONDITION,
        "strength": PackKey(Shape.CHOICE, choices=tuple(STRENGTHS)),
        "severity": PackKey(Shape.CHOICE, choices=tuple(severity.word for severity in Severity)),
        "why": _TEXT,
        "reading": _TEXT,
        "message": _TEXT,
        "hint": _TEXT,
        "law_of": _REF,
        "continuing": _FLAG,
        "wording": PackKey(Shape.SOME, choices=ASKED_OF_REPORTS),
        "held_until": _REF,
        "at_once": _CONDITION,
        "point": _REF,
        "own": _FLAG,
        "examples": _parts("example"),
    },
    "example": {
        "is": _must(Shape.CHOICE, choices=tuple(outcome.value for outcome in Outcome)),
        "set": PackKey(Shape.PATCH),
        "as_of": _DATE,
        "stage": _STAGE,
        "subject": _TEXT,
    },
    "examples": {
        "base": PackKey(Shape.PART, part="base"),
        "examples": PackKey(Shape.NAMED_PARTS, part="example"),
    },
    "english": {"title": _TEXT, "rules": PackKey(Shape.NAMED_TEXTS)},
    "override": {
        "basis": _must(),
        "status": PackKey(Shape.CHOICE, choices=("in_force", "draft")),
        "document_number": _TEXT,
        "effective_from": _DATE,
        "effective_to": _DATE,
        "checked": _DATE,
        "superseded_by": _TEXT,
        "articles": PackKey(Shape.NAMED_TEXTS),
    },
    "route": {
        "name": _must(),
        "article": _must(Shape.ARTICLE),
        "when": _CONDITION,
        "channel": _TEXT,
        "steps": _parts("step"),
    },
    "step": {
        "rule": _must(Shape.RULE),
        "body": _must(),
        "to": _TEXT,
        "does": _must(),
        "papers": PackKey(Shape.WORDS_OR, words="documents"),
        "choice": _parts("choice"),
    },
    "choice": {
        "papers": PackKey(Shape.WORDS_OR, required=True, words="documents"),
        "merged": _FLAG,
        "allowed": PackKey(Shape.FACT),
        "article": _ARTICLE,
    },
    "off": {"rules": PackKey(Shape.RULES), "why": _must()},
    "form": {
        "form": _must(Shape.OFFERED, choices=tuple(declared_forms())),
        "template": _TEXT,
        "title": _must(),
        "to": _TEXTS,
        "stage": _STAGE,
        "article": _ARTICLE,
        "opinions": _TEXTS,
        "documents": _words("documents"),
        "rule": _RULE,
        "submission": PackKey(Shape.WORD, words="submissions"),
        "acts": _words("acts"),
        "items": _parts("item"),
        "members": _parts("test"),
        "marks": _parts("test"),
        "approvals": PackKey(Shape.RULES),
        "within": _PERIOD,
    },
    "item": {
        "label": _must(),
        "from": PackKey(Shape.CHOICE, choices=ITEM_SOURCES),
        "required": _FLAG,
    },
    "test": {"name": _must(), "when": _must(Shape.CONDITION), "article": _ARTICLE},
    "defect": {"where": _TEXT, "defect": _TEXT, "handling": _TEXT},
    "mended": {"article": _ARTICLE, "printed": _TEXT, "reads": _TEXT},
}
"""The keys of every part of a pack by the name of the part; of a rule also the parameters of its kind of check."""
