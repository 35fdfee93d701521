"""形状：whether data has the shape that a published JSON Schema of govit gives it, and where it first has not.

Of JSON Schema just what those schemas use; anything else in one is an error of ours. What is checked comes from
strangers: it is bounded by its file, and its text is only ever shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govit.report.jsontext import Json

    Check: TypeAlias = "Callable[[Json], Wrong | None]"
    Wrong: TypeAlias = "tuple[tuple[str | int, ...], str]"
    """Where, from the inside out, and what should stand there."""

_TYPES: Mapping[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_WORDS = {
    "object": "对象",
    "array": "列表",
    "string": "文字",
    "integer": "整数",
    "boolean": "true 或 false",
    "null": "null",
}
_SAID = frozenset(("$schema", "$id", "title", "description", "format", "$defs"))
"""Of a schema what is for readers; a format that matters is beside its pattern."""


WHOLE = ""
"""The place of the data as a whole."""


class ShapeError(ValueError):
    """Data of another shape: where, as `findings[3].line`, and what should stand there."""

    def __init__(self, place: str, wanted: str) -> None:
        super().__init__(f"{place}：{wanted}" if place else wanted)


def require(data: Json, schema: Mapping[str, Json]) -> None:
    """ShapeError at the first place that is not as the schema says."""
    wrong = _Checks(schema).of(schema)(data)
    if wrong is not None:
        place = "".join(f"[{at}]" if isinstance(at, int) else f".{at}" for at in reversed(wrong[0]))
        raise ShapeError(place.removeprefix("."), wrong[1])


class _Checks:
    """The checks of one schema, each made once."""

    def __init__(self, schema: Mapping[str, Json]) -> None:
        self._schema = schema
        self._shared: dict[str, Check] = {}

    def of(self, schema: Mapping[str, Json]) -> Check:
        """What holds data against a schema."""
        if "$ref" in schema:
            return self._named(str(schema["$ref"]))
        unknown = schema.keys() - _SAID - _MADE.keys() - {"required", "additionalProperties"}
        if unknown:
            raise NotImplementedError(unknown)
        checks = [_MADE[key](self, schema) for key in _MADE if key in schema]
        return checks[0] if len(checks) == 1 else _all(checks)

    def _named(self, ref: str) -> Check:
        if ref not in self._shared:
            found: object = self._schema
            for part in ref.removeprefix("#/").split("/"):
                found = found[part]  # type: ignore[index]  # our own schema
            self._shared[ref] = self.of(found)  # type: ignore[arg-type]
        return self._shared[ref]

    def typed(self, schema: Mapping[str, Json]) -> Check:
        """Data of one of some types."""
        given = schema["type"]
        names = [given] if isinstance(given, str) else list(given)  # type: ignore[arg-type]
        types = frozenset(_TYPES[str(name)] for name in names)
        wrong: Wrong = ((), f"应当是{'或'.join(_WORDS[str(name)] for name in names)}")
        return lambda data: None if type(data) in types else wrong

    def one_of_some(self, schema: Mapping[str, Json]) -> Check:
        """One of some values, none of which is a number."""
        values: Sequence[Json] = schema["enum"] if "enum" in schema else [schema["const"]]  # type: ignore[assignment]
        wrong: Wrong = ((), f"应当是{'、'.join('null' if v is None else str(v) for v in values)}")
        known = frozenset(values)
        return lambda data: None if isinstance(data, (str, bool, type(None))) and data in known else wrong

    def matching(self, schema: Mapping[str, Json]) -> Check:
        """A text of a pattern."""
        pattern = re.compile(str(schema["pattern"]))
        wrong: Wrong = ((), f"应当写成 {schema['pattern']} 的样子")
        return lambda data: None if not isinstance(data, str) or pattern.fullmatch(data) else wrong

    def at_least(self, schema: Mapping[str, Json]) -> Check:
        """A number that is not too small."""
        least: int = schema["minimum"]  # type: ignore[assignment]
        wrong: Wrong = ((), f"至少是 {least}")
        return lambda data: None if not isinstance(data, int) or data >= least else wrong

    def any_of(self, schema: Mapping[str, Json]) -> Check:
        """Data of one shape of several; what is wrong is told by the first."""
        checks = [self.of(one) for one in schema["anyOf"]]  # type: ignore[union-attr, arg-type]

        def check(data: Json) -> Wrong | None:
            found = [wrong for one in checks if (wrong := one(data)) is not None]
            return found[0] if len(found) == len(checks) else None

        return check

    def each(self, schema: Mapping[str, Json]) -> Check:
        """A list of items of one shape."""
        inner = self.of(schema["items"])  # type: ignore[arg-type]

        def check(data: Json) -> Wrong | None:
            for n, item in enumerate(data if isinstance(data, list) else ()):
                if (wrong := inner(item)) is not None:
                    return (*wrong[0], n), wrong[1]
            return None

        return check

    def entries(self, schema: Mapping[str, Json]) -> Check:
        """An object with these keys and no others."""
        inner = {key: self.of(one) for key, one in schema["properties"].items()}  # type: ignore[union-attr, arg-type]
        required: Sequence[str] = schema.get("required", ())  # type: ignore[assignment]

        def check(data: Json) -> Wrong | None:
            if not isinstance(data, dict):
                return None
            for key in required:
                if key not in data:
                    return (key,), "没有写"
            for key, value in data.items():
                one = inner.get(key)
                if one is None:
                    return (key,), "没有这个键"
                if (wrong := one(value)) is not None:
                    return (*wrong[0], key), wrong[1]
            return None

        return check


_MADE: Mapping[str, Callable[[_Checks, Mapping[str, Json]], Check]] = {
    "type": _Checks.typed,
    "enum": _Checks.one_of_some,
    "const": _Checks.one_of_some,
    "pattern": _Checks.matching,
    "minimum": _Checks.at_least,
    "anyOf": _Checks.any_of,
    "items": _Checks.each,
    "properties": _Checks.entries,
}
"""What each keyword of a schema asks for, the type first."""


def _all(checks: Sequence[Check]) -> Check:
    def check(data: Json) -> Wrong | None:
        for one in checks:
            if (wrong := one(data)) is not None:
                return wrong
        return None

    return check
