"""Records are what `dataclass(frozen=True, slots=True)` makes, in a fraction of its time."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from functools import cached_property
from typing import Any, ClassVar

import pytest

from govit.base.records import _FEW, by_name, field, fields, is_record, named_record, record, replace, value_record


@record
class Bound:
    """上限."""

    name: str
    words: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict)


@record
class Dated(Bound):
    """有日期的上限."""

    written: ClassVar[str] = "dated"
    day: str = "今天"

    @property
    def told(self) -> str:
        return f"{self.name} {self.day}"


@named_record
class Named:
    """只按名称."""

    first: int
    second: int = 2


def test_fields_are_given_by_name_or_in_order_and_have_their_defaults() -> None:
    assert (Bound("甲").name, Bound("甲", ("乙",)).words, Bound(name="甲").words) == ("甲", ("乙",), ())
    one, other = Bound("甲"), Bound("甲")
    assert one.more == {}
    assert one.more is not other.more
    assert Dated("甲", day="明天").told == "甲 明天"
    assert Dated.written == "dated"
    assert Named(first=1).second == 2


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ((), {}),
        (("甲",), {}),
        (("甲", ("乙",)), {"more": {"丙": 1}}),
        (("甲", (), {}, 1), {}),
        (("甲",), {"name": "乙"}),
        ((), {"nome": "甲"}),
        ((), {"more": {}}),
    ],
    ids=repr,
)
def test_one_of_the_first_records_is_made_as_one_of_many(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    def made() -> object:
        @record
        class Limit(Bound):
            """限额."""

        def outcome() -> object:
            try:
                return repr(Limit(*given, **named))
            except TypeError as error:
                return str(error)

        return [outcome() for _ in range(2 * _FEW)]

    first, *others = made()
    assert set(others) == {first}


def test_what_is_missing_or_too_much_is_refused() -> None:
    for make in (Bound, lambda: Bound("甲", (), {}, 1), lambda: Bound(nome="甲"), lambda: Named(1)):
        with pytest.raises(TypeError):
            make()


def test_a_record_is_frozen_has_no_dict_and_equals_only_itself() -> None:
    one = Dated("甲")
    for name in ("name", "day", "other"):
        with pytest.raises(AttributeError):
            setattr(one, name, "乙")
    with pytest.raises(AttributeError):
        del one.name
    assert not hasattr(one, "__dict__")
    assert one == one  # noqa: PLR0124 - equality is identity
    assert one != Dated("甲")
    assert len({one, Dated("甲")}) == 2


def test_a_record_is_changed_asked_for_its_fields_and_copied() -> None:
    one = replace(Dated("甲"), day="明天")
    assert (one.name, one.day) == ("甲", "明天")
    assert [one.name for one in fields(Dated)] == list(by_name(one)) == ["name", "words", "more", "day"]
    assert (is_record(one), is_record(Dated), is_record("甲"), is_record(None)) == (True, True, False, False)
    for again in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):  # noqa: S301 - our own
        assert (again.name, again.day, again.more) == ("甲", "明天", {})
    with pytest.raises(TypeError):
        replace(one, nome="乙")


@value_record
class Amount:
    """金额和出处；出处不分彼此."""

    number: int
    unit: str = "元"
    source: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError(self.number)

    @cached_property
    def told(self) -> str:
        return f"{self.number}{self.unit}"


@value_record
class Alone:
    """只有一个值."""

    value: int


def test_a_value_equals_every_other_with_the_same_values() -> None:
    one = Amount(1, source="表一")
    assert one == Amount(1)
    assert one not in (Amount(2), Amount(1, "万元"), 1, (1, "元"))
    assert {one: "甲"}[Amount(1)] == "甲"
    assert Alone(1) == Alone(1) != Alone(2)
    assert Alone(1) != 1
    assert Alone(1) != Amount(1)


def test_a_record_is_looked_at_when_it_is_made_and_keeps_what_it_has_worked_out() -> None:
    with pytest.raises(ValueError, match="-1"):
        Amount(-1)
    one = Amount(1)
    assert one.told is one.told
    with pytest.raises(AttributeError):
        one.unit = "万元"


def test_a_record_is_taken_apart_by_a_pattern() -> None:
    match Amount(3, "万元"):
        case Amount(number, unit):
            assert (number, unit) == (3, "万元")


def test_no_run_imports_dataclasses_for_records() -> None:
    program = "import sys, govit.judging.run; sys.exit('dataclasses' in sys.modules or 'inspect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_record_shows_what_is_given() -> None:
    assert repr(Dated("甲")) == "Dated(name='甲', more={}, day='今天')"
