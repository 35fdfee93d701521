"""The published schemas of the JSON reports: each is checked once, and then what is written is held against it."""

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


def follows(data: Any, schema: str) -> None:
    """Fail where the data is not as its schema says."""
    _validator(schema).validate(data)
