"""The schemas that are published: each is checked once, and then what is written is held against it, a part at a time.

What a keyword demands of one part of a file it demands whatever stands beside it, so that equal parts are judged once.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from places import ROOT


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = (ROOT / "govit" / "schemas" / f"{schema}.schema.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(text))
    return Draft202012Validator(json.loads(text))


@cache
def _check_part(schema: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema))


def check_schema(schema: Any) -> None:
    """Fail where it is no JSON Schema; definitions that several schemas share are looked at once."""
    for parts in ("$defs", "properties"):
        for part in schema.get(parts, {}).values():
            _check_part(json.dumps(part))
    Draft202012Validator.check_schema({**schema, **{parts: {} for parts in ("$defs", "properties") if parts in schema}})


class ByParts:
    """A validator that judges each property of the whole by itself, and the same value of it once."""

    def __init__(self, schema: Any) -> None:
        self._parts = Draft202012Validator(schema)
        self._whole = Draft202012Validator({**schema, "properties": dict.fromkeys(schema["properties"], True)})
        self._known: dict[tuple[str, str], list[str]] = {}

    def wrong(self, data: Any) -> list[str]:
        """All that is wrong, in words."""
        found = [error.message for error in self._whole.iter_errors(data)]
        for key, value in data.items():
            if key in self._whole.schema["properties"]:
                found += self._of(key, value)
        return found

    def _of(self, key: str, value: Any) -> list[str]:
        named = key, json.dumps(value, sort_keys=True)
        if named not in self._known:
            of_key = self._parts.evolve(schema={"$ref": f"#/properties/{key}"})
            self._known[named] = [error.message for error in of_key.iter_errors(value)]
        return self._known[named]


def follows(data: Any, schema: str) -> None:
    """Fail where the data is not as its schema says."""
    _validator(schema).validate(data)
