"""有没有：given, present, chapter, contains_all, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from govit.base.records import field, named_record
from govit.law.conditions import Literal, Ref, Test, describe_ref, record_ref, show
from govit.law.kinds.demand import Demand, Point, Syntax, written
from govit.law.kinds.order import After, Placed

if TYPE_CHECKING:
    from govit.law.vocabulary import Question


def names(refs: tuple[Ref, ...]) -> str:
    """Refs as a sentence names them."""
    return "、".join(describe_ref(ref) for ref in refs)


@named_record
class FieldsGiven(Placed):
    """应写明：fields or records whose being given is itself the duty; only of records it can say when."""

    kind: ClassVar[str] = "given"
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = (("field", "fields"),)
    field_: Ref | None = field(default=None, metadata=written(Syntax.REF, key="field"))
    fields: tuple[Ref, ...] = field(default=(), metadata=written(Syntax.REFS))

    @property
    def wanted(self) -> tuple[Ref, ...]:
        """The fields, however many there are."""
        return self.fields or ((self.field_,) if self.field_ else ())

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The fields."""
        return self.wanted

    @property
    def in_words(self) -> str:
        """写明."""
        return f"写明 {names(self.wanted)}{self.order_in_words}"


@named_record
class Present(Placed):
    """应有文件：every one of `documents`, or one of `any_of`, or a chapter that serves instead."""

    kind: ClassVar[str] = "present"
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = (("documents", "any_of"),)
    documents: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "documents"))
    any_of: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "documents"))
    or_chapter: str = field(default="", metadata=written(Syntax.TEXT))
    also: tuple[str, ...] = field(default=(), metadata=written(Syntax.TEXTS))

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The documents."""
        return tuple(record_ref("documents", kind) for kind in self.any_of or self.documents)

    @property
    def in_words(self) -> str:
        """有文件."""
        kinds = "、".join(self.documents) if self.documents else "或".join(self.any_of)
        instead = f"，或在其他文件里有“{self.or_chapter}”一节" if self.or_chapter else ""
        return f"有文件：{kinds}{instead}{self.order_in_words}"


def _point(text: str) -> Point:
    """A point as a pack writes it: 目录/数据目录, or AB-13-5 目录/数据目录."""
    rule, _, names = text.partition(" ") if " " in text else ("", "", text)
    return Point(tuple(name.strip() for name in names.split("/") if name.strip()), rule)


@named_record
class Chapter(Demand):
    """应有篇（章）：a heading of the two highest levels in use, with content below it."""

    kind: ClassVar[str] = "chapter"
    goes_over: ClassVar[str] = "documents"
    chapter: str = field(metadata=written(Syntax.TEXT))
    also: tuple[str, ...] = field(default=(), metadata=written(Syntax.TEXTS))
    points: tuple[str, ...] = field(default=(), metadata=written(Syntax.TEXTS))
    """要点：what such a chapter speaks of, each with its wordings parted by `/`, behind the id of the rule that asks for it if
    one does; one that is lacking is a hint."""
    if_any: bool = field(default=False, metadata=written(Syntax.FLAG))
    """Whether no rule needs to ask for the document itself."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The chapter."""
        return (self.chapter,)

    @property
    def content(self) -> tuple[Point, ...]:
        """The points, those first that a rule asks for."""
        return tuple(sorted(map(_point, self.points), key=lambda point: not point.asked_by))

    @property
    def in_words(self) -> str:
        """有篇（章）."""
        return f"有“{self.chapter}”篇（章），且有内容"


@named_record
class ContainsAll(Demand):
    """应包括：every topic as a heading with content, or every value in a list."""

    kind: ClassVar[str] = "contains_all"
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = (("document", "field"), ("topics", "values"))
    document: str = field(default="", metadata=written(Syntax.WORD, "documents"))
    topics: tuple[str, ...] = field(default=(), metadata=written(Syntax.TEXTS))
    if_any: bool = field(default=False, metadata=written(Syntax.FLAG))
    """Whether no rule needs to ask for the document itself."""
    field_: Ref | None = field(default=None, metadata=written(Syntax.REF, key="field"))
    values: tuple[Literal, ...] = field(default=(), metadata=written(Syntax.LITERALS))

    @property
    def tests(self) -> tuple[tuple[str, Test], ...]:
        """The field against each of the values."""
        return (("values", Test(self.field_, "in", self.values)),) if self.field_ is not None and self.values else ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The topics."""
        return tuple(topic.split("/", maxsplit=1)[0] for topic in self.topics)

    @property
    def in_words(self) -> str:
        """写明或包括."""
        if self.field_ is None:
            return f"在《{self.document}》中写明：{'、'.join(self.headings)}"
        return f"在 {describe_ref(self.field_)} 中包括：{'、'.join(show(v) for v in self.values)}"


@named_record
class Answered(After):
    """须人工确认：是 meets the duty, 否 does not, no answer leaves it open, nor does one given before `after`."""

    kind: ClassVar[str] = "answered"
    confirmed: Question = field(metadata=written(Syntax.QUESTION, key="question"))

    @property
    def question(self) -> str:
        """The name of the question."""
        return self.confirmed.name

    @property
    def acts(self) -> tuple[Ref, ...]:
        """No record."""
        return ()

    @property
    def in_words(self) -> str:
        """由谁确认什么."""
        return f"由{self.confirmed.who}确认“{self.confirmed.name}”：{self.confirmed.ask}{self.order_in_words}"


KINDS = (FieldsGiven, Present, Chapter, ContainsAll, Answered)
