"""记录：frozen records, made in a third of the time that `dataclass` takes, since every run makes them anew.

What `dataclass(frozen=True, slots=True, eq=False)` gives, and `dataclasses.replace` and `fields` work on them; the
methods that keep a record as it is are shared instead of being compiled for each class, its constructor alone is made.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """A frozen record: equal only to itself, its fields given by name or in order."""
    return _made(cls, named=False)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def named_record(cls: type[T]) -> type[T]:
    """A record of many fields, which are given by name only."""
    return _made(cls, named=True)


@dataclass
class _Probe:
    """A class made by `dataclass`, for the mark by which that module knows its fields."""

    of: int


_OF_A_FIELD = vars(_Probe)["__dataclass_params__"], getattr(fields(_Probe)[0], "_field_type")  # noqa: B009 - no public name


def _made(cls: type[T], *, named: bool) -> type[T]:
    """The class anew, with slots for its own fields and a constructor for all of them."""
    given: Mapping[str, str] = vars(cls).get("__annotations__", {})
    own = {name: _field(cls, name, kind) for name, kind in given.items() if not kind.startswith("ClassVar[")}
    known: dict[str, Field[object]] = {}
    for base in reversed(cls.__mro__[1:]):
        known |= vars(base).get("__dataclass_fields__", {})
    known |= own
    body = {
        name: value for name, value in vars(cls).items() if name not in own and name not in ("__dict__", "__weakref__")
    }
    methods = {name: method for name, method in _SHARED.items() if name not in body}
    slots = {"__slots__": tuple(own), "__dataclass_fields__": known, "__dataclass_params__": _OF_A_FIELD[0]}
    made: type[T] = type(cls.__name__, cls.__bases__, {**body, **methods, **slots})
    made.__qualname__ = cls.__qualname__
    setattr(made, "__init__", _constructor(made, known, named=named))  # noqa: B010 - a constructor of every shape
    return made


def _field(cls: type[object], name: str, kind: str) -> Field[object]:
    given = vars(cls).get(name, MISSING)
    one: Field[object] = given if isinstance(given, Field) else field(default=given)
    one.name, one.type = name, kind
    setattr(one, "_field_type", _OF_A_FIELD[1])  # noqa: B010 - no public name
    return one


def _constructor(made: type[object], known: Mapping[str, Field[object]], *, named: bool) -> object:
    """`__init__`, compiled from the names of the fields."""
    scope: dict[str, object] = {"_missing": MISSING}
    head, body = ["self", *(["*"] if named and known else [])], []
    for name, one in known.items():
        scope[f"_set_{name}"] = getattr(made, name).__set__
        value = name
        if one.default_factory is not MISSING:
            scope[f"_new_{name}"] = one.default_factory
            head.append(f"{name}=_missing")
            value = f"_new_{name}() if {name} is _missing else {name}"
        elif one.default is not MISSING:
            scope[f"_default_{name}"] = one.default
            head.append(f"{name}=_default_{name}")
        else:
            head.append(name)
        body.append(f"    _set_{name}(self, {value})")
    exec(f"def __init__({', '.join(head)}):\n" + "\n".join(body or ["    pass"]), scope)  # noqa: S102 - names of our own fields
    return scope["__init__"]


# -- what all records share ----------------------------------------------------------------------


def _refuse(self: object, name: str, *_: object) -> None:
    message = f"{type(self).__name__}.{name} cannot be changed"
    raise FrozenInstanceError(message)


def _shown(self: object) -> str:
    """The fields that are given, for debuggers and failing tests."""
    given = [f"{name}={getattr(self, name)!r}" for name in _names(self) if getattr(self, name) not in (None, "", ())]
    return f"{type(self).__name__}({', '.join(given)})"


def _state(self: object) -> list[object]:
    return [getattr(self, name) for name in _names(self)]


def _restored(self: object, state: list[object]) -> None:
    for name, value in zip(_names(self), state, strict=True):
        object.__setattr__(self, name, value)


def _names(self: object) -> Mapping[str, Field[object]]:
    known: Mapping[str, Field[object]] = getattr(type(self), "__dataclass_fields__")  # noqa: B009 - not every object has it
    return known


_SHARED = {
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__repr__": _shown,
    "__getstate__": _state,
    "__setstate__": _restored,
}
