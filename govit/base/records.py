"""记录：frozen records with what `dataclasses` gives, made in a fraction of its time, since every run makes them anew.

Importing `dataclasses` and having it compile the methods of a hundred classes is a third of a short run. Here the methods
are shared, and a constructor is compiled for the classes of which a run makes many records.
"""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

from govit.base import fields as declared
from govit.base.fields import by_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from dataclasses import MISSING, field, fields, replace  # a type checker knows records as these
else:
    from govit.base.fields import MISSING, field, fields, replace

__all__ = ["MISSING", "by_name", "field", "fields", "is_record", "named_record", "record", "replace", "value_record"]

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """A frozen record: equal only to itself, its fields given by name or in order."""
    return _made(cls, _SHARED)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def named_record(cls: type[T]) -> type[T]:
    """A record of many fields, which are given by name only."""
    return _made(cls, {**_SHARED, "__init__": _first_named})


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value_record(cls: type[T]) -> type[T]:
    """A record that is equal to any other of its class with the same values."""
    made = _made(cls, _SHARED)
    values = attrgetter(*(name for name, one in by_name(made).items() if one.compare))

    def same(self: object, other: object) -> bool:
        return values(self) == values(other) if type(self) is type(other) else NotImplemented

    for name, method in (("__eq__", same), ("__hash__", lambda self: hash(values(self)))):
        if name not in vars(cls):
            setattr(made, name, method)
    return made


def is_record(value: object) -> bool:
    """Whether this is a record, or a class of records."""
    return bool(by_name(value))


def _made(cls: type[T], shared: Mapping[str, object]) -> type[T]:
    """The class anew, with slots for its own fields and the methods of all records."""
    own = {name: _field(cls, name) for name, kind in cls.__annotations__.items() if not _of_class(kind)}
    known: dict[str, declared.RecordField] = {}
    for base in reversed(cls.__mro__[1:]):
        known |= vars(base).get("__record_fields__", {})
    known |= own
    body = {
        name: value for name, value in vars(cls).items() if name not in own and name not in ("__dict__", "__weakref__")
    }
    keeps = any(isinstance(value, cached_property) for value in body.values()) and not cls.__mro__[1].__dictoffset__
    slots = {
        "__slots__": (*own, "__dict__") if keeps else tuple(own),
        "__record_fields__": known,
        "__match_args__": tuple(known),
    }
    made: type[T] = type(cls.__name__, cls.__bases__, {**shared, **body, **slots})
    made.__qualname__ = cls.__qualname__
    return made


def _of_class(kind: object) -> bool:
    """Whether an annotation, read or unread, is that of a value which all records of a class share."""
    return str(kind).removeprefix("typing.").startswith("ClassVar[")


def _field(cls: type[object], name: str) -> declared.RecordField:
    given = vars(cls).get(name, declared.MISSING)
    one = given if isinstance(given, declared.RecordField) else declared.RecordField(given)
    one.name = name
    return one


# -- constructors --------------------------------------------------------------------------------


_FEW = 150
"""So many records are made sooner one by one than the constructor of their class is compiled."""


class _Plan:
    """How the first records of a class are made."""

    __slots__ = ("after", "factories", "left", "names", "required", "setters", "values")

    def __init__(self, made: type[object]) -> None:
        known = by_name(made)
        self.left = _FEW
        self.names = tuple(known)
        self.values = {name: one.default for name, one in known.items()}
        self.factories = [(name, one.default_factory) for name, one in known.items() if one.default_factory]
        self.required = [
            name for name, one in known.items() if one.default is declared.MISSING and not one.default_factory
        ]
        self.setters = [getattr(made, name).__set__ for name in known]
        self.after: Callable[[object], None] | None = getattr(made, "__post_init__", None)


_plans: dict[type[object], _Plan] = {}


def _first(self: object, *given: object, **named: object) -> None:
    """The constructor of a class until many of its records are made."""
    if not _filled(self, given, named):
        _constructor(type(self), named=False)(self, *given, **named)


def _first_named(self: object, **named: object) -> None:
    """Likewise, of records whose fields are given by name."""
    if not _filled(self, (), named):
        _constructor(type(self), named=True)(self, **named)


def _filled(self: object, given: tuple[object, ...], named: dict[str, object]) -> bool:
    """Set the fields of a record; False where the constructor must do it: one of many, or wrong, as it will say."""
    made = type(self)
    plan = _plans.get(made) or _plans.setdefault(made, _Plan(made))
    plan.left -= 1
    values = {**plan.values, **dict(zip(plan.names, given, strict=False)), **named}
    if plan.left < 0 or len(values) > len(plan.names) or (given and not _apart(plan.names, len(given), named)):
        return False
    for name, factory in plan.factories:
        if values[name] is declared.MISSING:
            values[name] = factory()
    for name in plan.required:
        if values[name] is declared.MISSING:
            return False
    for put, value in zip(plan.setters, values.values(), strict=True):
        put(self, value)
    if plan.after:
        plan.after(self)
    return True


def _apart(names: Sequence[str], count: int, named: Mapping[str, object]) -> bool:
    """Whether no more values are given in order than there are fields, and none of those by name as well."""
    return count <= len(names) and (not named or named.keys().isdisjoint(names[:count]))


def _constructor(made: type[object], *, named: bool) -> Callable[..., None]:
    """`__init__`, compiled from the names of the fields."""
    scope: dict[str, object] = {"_missing": declared.MISSING}
    known = by_name(made)
    head, body = ["self", *(["*"] if named and known else [])], []
    for name, one in known.items():
        scope[f"_set_{name}"] = getattr(made, name).__set__
        value = name
        if one.default_factory is not None:
            scope[f"_new_{name}"] = one.default_factory
            head.append(f"{name}=_missing")
            value = f"_new_{name}() if {name} is _missing else {name}"
        elif one.default is not declared.MISSING:
            scope[f"_default_{name}"] = one.default
            head.append(f"{name}=_default_{name}")
        else:
            head.append(name)
        body.append(f"    _set_{name}(self, {value})")
    if hasattr(made, "__post_init__"):
        body.append("    self.__post_init__()")
    exec(f"def __init__({', '.join(head)}):\n" + "\n".join(body or ["    pass"]), scope)  # noqa: S102 - names of our own fields
    constructor: Callable[..., None] = scope["__init__"]  # type: ignore[assignment]
    setattr(made, "__init__", constructor)  # noqa: B010 - a constructor of every shape
    return constructor


# -- what all records share ----------------------------------------------------------------------


def _refuse(self: object, name: str, *_: object) -> None:
    message = f"{type(self).__name__}.{name} cannot be changed"
    raise AttributeError(message)


def _shown(self: object) -> str:
    """The fields that are given, for debuggers and failing tests."""
    given = [f"{name}={getattr(self, name)!r}" for name in by_name(self) if getattr(self, name) not in (None, "", ())]
    return f"{type(self).__name__}({', '.join(given)})"


def _state(self: object) -> list[object]:
    return [getattr(self, name) for name in by_name(self)]


def _restored(self: object, state: list[object]) -> None:
    for name, value in zip(by_name(self), state, strict=True):
        object.__setattr__(self, name, value)


_SHARED = {
    "__init__": _first,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__repr__": _shown,
    "__getstate__": _state,
    "__setstate__": _restored,
}
