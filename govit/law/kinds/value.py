"""取值：equals, one_of, at_most, at_least, forbidden, scope."""

from __future__ import annotations

from typing import ClassVar

from govit.base.records import field, named_record, replace
from govit.law.conditions import (
    Condition,
    Literal,
    Operand,
    Percent,
    Ref,
    Test,
    describe_condition,
    describe_ref,
    relation,
    show,
)
from govit.law.kinds.demand import Demand, Syntax, written


@named_record
class Equals(Demand):
    """应当是：the value of a field, or the same as another field."""

    kind: ClassVar[str] = "equals"
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = (("value", "to"),)
    field_: Ref = field(metadata=written(Syntax.REF, key="field"))
    value: Literal | None = field(default=None, metadata=written(Syntax.LITERAL))
    to: Ref | None = field(default=None, metadata=written(Syntax.REF))

    @property
    def wanted(self) -> Operand:
        """What the field must be: the other field if one is named."""
        if self.to is not None:
            return self.to
        assert self.value is not None  # noqa: S101 - the reader wants one of the two
        return self.value

    @property
    def tests(self) -> tuple[tuple[str, Test], ...]:
        """The field against what it must be."""
        return (("value" if self.to is None else "to", Test(self.field_, "=", self.wanted)),)

    @property
    def alike(self) -> tuple[Ref, ...]:
        """The field and the other one."""
        return () if self.to is None else (self.field_, self.to)

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The field."""
        return (self.field_,)

    @property
    def in_words(self) -> str:
        """为何值."""
        return f"{describe_ref(self.field_)}为{show(self.wanted)}"


@named_record
class OneOf(Demand):
    """应当是其中之一；a list must have at least one in common."""

    kind: ClassVar[str] = "one_of"
    field_: Ref = field(metadata=written(Syntax.REF, key="field"))
    values: tuple[Literal, ...] = field(metadata=written(Syntax.LITERALS))

    @property
    def tests(self) -> tuple[tuple[str, Test], ...]:
        """The field against each of them."""
        return (("values", Test(self.field_, "in", self.values)),)

    @property
    def in_words(self) -> str:
        """为其中之一."""
        return f"{describe_ref(self.field_)}为{'、'.join(show(v) for v in self.values)}之一"


@named_record
class Bounded(Demand):
    """限额：a value on the right side of a limit."""

    op: ClassVar[str]
    strictly: ClassVar[str]

    value: Ref = field(metadata=written(Syntax.REF))
    bound: Operand = field(metadata=written(Syntax.OPERAND, key="limit"))
    of: Ref | None = field(default=None, metadata=written(Syntax.REF))
    strict: bool = field(default=False, metadata=written(Syntax.FLAG))

    @property
    def limit(self) -> Operand:
        """The bound, a per cent of what `of` names."""
        if isinstance(self.bound, Percent) and self.of is not None:
            return replace(self.bound, of=self.of)
        return self.bound

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The value."""
        return (self.value,)

    @property
    def comparison(self) -> Test:
        """The value against the limit."""
        return Test(self.value, self.operator, self.limit)

    @property
    def tests(self) -> tuple[tuple[str, Test], ...]:
        """The comparison."""
        return (("limit", self.comparison),)

    @property
    def with_or_without(self) -> Demand:
        """The other reading of the bound."""
        return replace(self, strict=not self.strict)

    @property
    def operator(self) -> str:
        """How it compares."""
        return self.strictly if self.strict else self.op

    @property
    def in_words(self) -> str:
        """不超过多少."""
        return f"{describe_ref(self.value)}{relation(self.operator, self.limit)} {show(self.limit)}"


@named_record
class AtMost(Bounded):
    """不超过；`strict` makes it 小于."""

    kind: ClassVar[str] = "at_most"
    op: ClassVar[str] = "<="
    strictly: ClassVar[str] = "<"


@named_record
class AtLeast(Bounded):
    """不少于；`strict` makes it 超过."""

    kind: ClassVar[str] = "at_least"
    op: ClassVar[str] = ">="
    strictly: ClassVar[str] = ">"


@named_record
class Forbidden(Demand):
    """不得：the condition must not hold."""

    kind: ClassVar[str] = "forbidden"
    is_ban: ClassVar[bool] = True
    condition: Condition = field(metadata=written(Syntax.CONDITION, key="forbidden"))

    @property
    def banned(self) -> tuple[Test, ...]:
        """The condition."""
        return self.condition.tests

    @property
    def in_words(self) -> str:
        """没有何种情形."""
        return f"没有以下情形：{describe_condition(self.condition)}"


@named_record
class Scope(Demand):
    """适用范围：when it does not hold, the engine does what `effect` says."""

    kind: ClassVar[str] = "scope"
    is_scope: ClassVar[bool] = True
    condition: Condition = field(metadata=written(Syntax.CONDITION, key="holds"))
    effect: str = field(metadata=written(Syntax.CHOICE, choices=("out", "advisory", "lower")))
    spares: tuple[str, ...] = field(default=(), metadata=written(Syntax.RULES, key="except"))
    """除外：the rules that bind all the same."""

    @property
    def acts(self) -> tuple[Ref, ...]:
        """Nothing is to be done."""
        return ()

    @property
    def in_words(self) -> str:
        """符合何种条件."""
        effect = {"out": "不适用本办法", "advisory": "参照执行，结论仅供参考", "lower": "结论降一级"}[self.effect]
        spared = f"（{'、'.join(self.spares)} 除外）" if self.spares else ""
        return f"符合：{describe_condition(self.condition)}；否则{effect}{spared}"


KINDS = (Equals, OneOf, AtMost, AtLeast, Forbidden, Scope)
