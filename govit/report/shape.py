"""形状：whether data has the shape that a published JSON Schema of govit gives it, and where it first has not.

fastjsonschema checks; here its refusal is said in Chinese, with the place. What is checked comes from strangers: it is
bounded by its file, and its text is only ever shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import fastjsonschema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from govit.report.jsontext import Json

_WORDS = {
    "object": "对象",
    "array": "列表",
    "string": "文字",
    "integer": "整数",
    "boolean": "true 或 false",
    "null": "null",
}

WHOLE = ""
"""The place of the data as a whole."""


class ShapeError(ValueError):
    """Data of another shape: where, as `findings[3].line`, and what should stand there."""

    def __init__(self, place: str, wanted: str) -> None:
        super().__init__(f"{place}：{wanted}" if place else wanted)
        self.place, self.wanted = place, wanted


def require(data: Json, schema: Mapping[str, Json]) -> None:
    """ShapeError at the first place that is not as the schema says."""
    holds: Callable[[Json], object] = fastjsonschema.compile(dict(schema), use_default=False, use_formats=False)
    try:
        holds(data)
    except fastjsonschema.JsonSchemaValueException as error:
        place = str(error.name).removeprefix("data").removeprefix(".")
        if error.rule == "anyOf":
            _as_the_first(error, place, schema)
        key = _key_of(error)
        raise ShapeError(f"{place}.{key}".removeprefix(".") if key else place, _wanted(error)) from error


def _as_the_first(error: fastjsonschema.JsonSchemaValueException, place: str, schema: Mapping[str, Json]) -> None:
    """Of data that are of no shape of several: ShapeError with what is wrong by the first."""
    try:
        require(error.value, {**error.rule_definition[0], "$defs": schema.get("$defs", {})})
    except ShapeError as first:
        raise ShapeError(f"{place}.{first.place}" if first.place else place, first.wanted) from error


def _key_of(error: fastjsonschema.JsonSchemaValueException) -> str:
    """The key that is missing, or that nobody knows."""
    if error.rule == "required":
        return next(str(key) for key in error.rule_definition if key not in error.value)
    if error.rule == "additionalProperties":
        return next(str(key) for key in error.value if key not in error.definition["properties"])
    return ""


def _wanted(error: fastjsonschema.JsonSchemaValueException) -> str:
    """What should stand there."""
    said = _SAID.get(error.rule or "")
    return said(error.rule_definition) if said is not None else "不是可以写的样子"


def _of_type(given: str | Sequence[str]) -> str:
    return f"应当是{'或'.join(_WORDS[name] for name in ([given] if isinstance(given, str) else given))}"


def _one_of(values: Iterable[Json]) -> str:
    return f"应当是{'、'.join('null' if value is None else str(value) for value in values)}"


_SAID: Mapping[str, Callable[[Any], str]] = {
    "required": lambda _: "没有写",
    "additionalProperties": lambda _: "没有这个键",
    "type": _of_type,
    "enum": _one_of,
    "const": lambda value: _one_of([value]),
    "pattern": lambda pattern: f"应当写成 {pattern} 的样子",
    "minimum": lambda least: f"至少是 {least}",
}
"""What is said of each keyword of a schema that does not hold."""
