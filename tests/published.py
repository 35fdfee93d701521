"""The schemas that are published, and what is written held against them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator, meta
from places import ROOT


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = (ROOT / "govit" / "schemas" / f"{schema}.schema.json").read_text(encoding="utf-8")
    check_schema(json.loads(text))
    return Draft202012Validator(json.loads(text))


def check_schema(schema: Any) -> None:
    """Fail where it is no JSON Schema."""
    meta.validate(schema)


def wrong_with(data: Any, validator: Draft202012Validator) -> list[str]:
    """All that is wrong, in words."""
    return [error.message for error in validator.iter_errors(data)]


def follows(data: Any, schema: str) -> None:
    """Fail where the data is not as its schema says."""
    _validator(schema).validate(data)
