"""要求：what a rule of any kind demands, asked by general properties, so that nobody needs to know its kind.

A kind is a frozen class of its parameters. Whoever lists dates, walks a route or writes a document asks what starts
it, what it wants done, by which body, with which papers; a kind that knows no answer has the empty one.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from govit.base.records import MISSING, fields, named_record, record
from govit.law.conditions import record_ref, refs_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.calendar.periods import Period
    from govit.law.conditions import Condition, Literal, Operand, Ref, Test
    from govit.law.vocabulary import Question

Argument: TypeAlias = "Operand | tuple[Literal, ...] | tuple[Ref, ...] | Question | Period | Condition | None"
"""What a parameter may hold; None, an empty text or an empty list where the rule leaves it out."""


class Syntax(Enum):
    """How a parameter of a check is written in a pack."""

    REF = "引用"
    REFS = "引用列表"
    DAY = "日期的引用"
    DAYS = "日期的引用列表"
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
    RULES = "规则编号的列表"
    QUESTION = "问题"
    CHOICE = "固定的词"


@record
class Parameter:
    """参数：its key in a pack, its shape, the word list or the choices that it draws from."""

    name: str
    key: str
    shape: Syntax
    words: str
    choices: tuple[str, ...]
    required: bool


@record
class Point:
    """要点：something that a chapter should speak of, and the rule whose sentence asks for it, '' where it is merely usual."""

    names: tuple[str, ...]
    asked_by: str = ""


def written(shape: Syntax, words: str = "", *, choices: tuple[str, ...] = (), key: str = "") -> Mapping[str, object]:
    """How a parameter is written in a pack: the metadata of its field; `key` where Python forbids the word."""
    return {"shape": shape, "words": words, "choices": choices, "key": key}


class Clock(Enum):
    """时间：when it is judged."""

    STANDING = "从一个阶段起"
    ORDER = "一事先于另一事"
    PERIOD = "自一天起算的期限"


@named_record
class Demand:
    """要求. As such it demands nothing: a pack with a rule of no known kind is refused."""

    kind: ClassVar[str] = ""
    """What a pack calls it."""
    clock: ClassVar[Clock] = Clock.STANDING
    recurs: ClassVar[bool] = False
    """Whether it is wanted anew for each period."""
    is_scope: ClassVar[bool] = False
    """适用范围：it decides whether the regulation applies at all."""
    is_ban: ClassVar[bool] = False
    """不得：met by doing nothing."""
    goes_over: ClassVar[str] = ""
    """The list that a rule of this kind must go over with `each`."""
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Keys of which at least one must be written."""

    @property
    def in_words(self) -> str:
        """What it demands, as the end of a Chinese sentence."""
        return ""

    def over(self, _days: tuple[Ref, ...], /) -> Demand:
        """The demand of a rule that goes over records that happen again and again, none where it goes over nothing such."""
        return self

    def given(self) -> Iterator[tuple[Parameter, Argument]]:
        """Its parameters with what they hold, in the order of their declaration."""
        for parameter in parameters(type(self)):
            yield parameter, getattr(self, parameter.name)

    def refs(self) -> Iterator[Ref]:
        """Every ref that stands in them."""
        return refs_in(tuple(value for _, value in self.given()))

    # -- when --------------------------------------------------------------------------------------

    @property
    def trigger(self) -> Ref | None:
        """起算：what starts it."""
        return None

    @property
    def period(self) -> Period | None:
        """期限：how long there is from the trigger."""
        return None

    @property
    def length(self) -> Period | None:
        """时长：how long must run from the trigger before anything is done."""
        return None

    @property
    def every(self) -> str:
        """周期：how often it comes again."""
        return ""

    @property
    def guarded(self) -> Ref | None:
        """之前：the act or the day before which it must be done."""
        return None

    @property
    def pace(self) -> str:
        """When it is done, in words: …之后 6个月内办."""
        return ""

    # -- what --------------------------------------------------------------------------------------

    @property
    def with_or_without(self) -> Demand:
        """Of what holds something against a bound: the same with the bound itself let in or kept out."""
        return self

    @property
    def comparison(self) -> Test | None:
        """What it holds against a bound, as a condition would; None for what bounds nothing."""
        return None

    @property
    def tests(self) -> tuple[tuple[str, Test], ...]:
        """What it compares, each with the key under which the pack writes the right side."""
        return ()

    @property
    def banned(self) -> tuple[Test, ...]:
        """What must not hold, all of it together."""
        return ()

    @property
    def alike(self) -> tuple[Ref, ...]:
        """Two values that it wants to be the same."""
        return ()

    @property
    def acts(self) -> tuple[Ref, ...]:
        """What it wants done or written down."""
        return tuple(self.refs())

    @property
    def due_act(self) -> Ref | None:
        """The one act that ends its period."""
        return None

    @property
    def handed_in(self) -> Ref | None:
        """报送：the submission that it wants."""
        return record_ref("submissions", self.submission, self.receiver) if self.submission else None

    @property
    def act_word(self) -> str:
        """审批事项."""
        return ""

    @property
    def act_words(self) -> tuple[str, ...]:
        """审批事项，where there may be several."""
        return (self.act_word,) if self.act_word else ()

    @property
    def submission(self) -> str:
        """报送事项."""
        return ""

    @property
    def submissions(self) -> tuple[str, ...]:
        """报送事项，where there may be several."""
        return (self.submission,) if self.submission else ()

    @property
    def receiver(self) -> str:
        """报送对象，where it is one alone."""
        return ""

    @property
    def bodies(self) -> tuple[str, ...]:
        """机构：those it names, each for itself."""
        return ()

    @property
    def any_body(self) -> tuple[str, ...]:
        """机构，of which one suffices."""
        return ()

    @property
    def documents(self) -> tuple[str, ...]:
        """文件：the kinds that it wants, each."""
        return ()

    @property
    def any_of(self) -> tuple[str, ...]:
        """文件，of which one suffices."""
        return ()

    @property
    def papers(self) -> tuple[str, ...]:
        """Every kind of document that it asks for."""
        return (*self.documents, *self.any_of)

    @property
    def or_chapter(self) -> str:
        """The chapter of any document that serves instead of one of its own."""
        return ""

    @property
    def document(self) -> str:
        """The kind of document in which it wants headings; '' where its rule goes over documents."""
        return ""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that it wants there, by the first of their names."""
        return ()

    @property
    def also(self) -> tuple[str, ...]:
        """Other names of its heading."""
        return ()

    @property
    def content(self) -> tuple[Point, ...]:
        """要点：what its heading should speak of."""
        return ()

    @property
    def question(self) -> str:
        """问题：what a person must confirm."""
        return ""

    @property
    def effect(self) -> str:
        """What it does to the others when it does not hold: out, advisory, lower, or nothing."""
        return ""

    @property
    def spares(self) -> tuple[str, ...]:
        """除外：the rules to which it does nothing."""
        return ()


_PARAMETERS: dict[type[Demand], tuple[Parameter, ...]] = {}


def parameters(kind: type[Demand]) -> tuple[Parameter, ...]:
    """The parameters of a kind, as its fields declare them."""
    if kind not in _PARAMETERS:
        _PARAMETERS[kind] = tuple(
            Parameter(
                f.name,
                f.metadata["key"] or f.name,
                f.metadata["shape"],
                f.metadata["words"],
                f.metadata["choices"],
                f.default is MISSING,
            )
            for f in fields(kind)
        )
    return _PARAMETERS[kind]
