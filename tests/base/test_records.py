"""Records are what `dataclass(frozen=True, slots=True, eq=False)` makes, in a third of the time."""

from __future__ import annotations

import dataclasses
import pickle
from typing import ClassVar

import pytest

from govit.base.records import named_record, record


@record
class Bound:
    """上限."""

    name: str
    words: tuple[str, ...] = ()
    more: dict[str, int] = dataclasses.field(default_factory=dict)


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


def test_what_is_missing_or_too_much_is_refused() -> None:
    for make in (Bound, lambda: Bound("甲", (), {}, 1), lambda: Bound(nome="甲"), lambda: Named(1)):
        with pytest.raises(TypeError):
            make()


def test_a_record_is_frozen_has_no_dict_and_equals_only_itself() -> None:
    one = Dated("甲")
    for name in ("name", "day", "other"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(one, name, "乙")
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.name
    assert not hasattr(one, "__dict__")
    assert one == one  # noqa: PLR0124 - equality is identity
    assert one != Dated("甲")
    assert len({one, Dated("甲")}) == 2


def test_dataclasses_and_pickle_know_a_record() -> None:
    one = dataclasses.replace(Dated("甲"), day="明天")
    assert (one.name, one.day) == ("甲", "明天")
    assert [field.name for field in dataclasses.fields(Dated)] == ["name", "words", "more", "day"]
    assert dataclasses.is_dataclass(one)
    again = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own
    assert (again.name, again.day, again.more) == ("甲", "明天", {})


def test_a_record_shows_what_is_given() -> None:
    assert repr(Dated("甲")) == "Dated(name='甲', more={}, day='今天')"
