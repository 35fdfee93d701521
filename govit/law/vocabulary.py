"""词汇：the words of a pack with what it says of each, its questions, and the names that refs may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import field, named_record, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.law.conditions import Ref


ANEW = "重新批准"
ESTIMATE = ("批准", ANEW)
"""What an act can be to the estimate."""


@record
class PaperDemand:
    """对材料的要求：in what shape one paper of a submission is handed in."""

    copies: str = ""
    sealed: bool = False
    format: str = ""
    note: str = ""


@named_record
class Word:
    """词：a word of a pack with its traits, other spellings and whatever else a pack says of it."""

    name: str
    traits: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    ask: str = ""
    """Of a trait or a figure: the question that it answers."""
    money: bool = False
    """Of a figure: whether it is an amount, not a number of people, days or things."""
    article: str = ""
    """The article that sets it, where no rule asks for it."""
    after: tuple[Ref, ...] = ()
    """Records that cannot be later than this one: no law needs to say so."""
    to: tuple[str, ...] = ()
    """Of a submission: the bodies that it goes to."""
    either: bool = False
    """Whether one of them suffices."""
    via: str = ""
    """Through whom it goes."""
    materials: tuple[str, ...] = ()
    demands: Mapping[str, PaperDemand] = field(default_factory=dict)
    """What is asked of single materials."""
    stages: tuple[str, ...] = ()
    """The steps at which it is made."""
    rule: str = ""
    """The rule that demands it."""
    submissions: tuple[str, ...] = ()
    """Of a notice: the submissions that it is about."""
    estimate: str = ""
    """Of an act: whether it approves the estimate (批准), or approves it anew for a change (重新批准)."""
    by: tuple[str, ...] = ()
    """Of such an act: the bodies whose approval it is; of no other body it counts."""


@record
class Question:
    """问题：worded so that 是 means the duty is met."""

    name: str
    ask: str
    who: str
    of: str


@named_record
class Vocabulary:
    """词汇：everything that a ref, a condition or a rule of a pack may name."""

    words: Mapping[str, Mapping[str, Word]]
    questions: Mapping[str, Question]
    stages: tuple[str, ...]
    facts: frozenset[str]
    names: frozenset[str]
    """The bare names that refs may use: facts, traits, and traits of categories."""
