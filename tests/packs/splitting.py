"""A pack of one file as the three that it may be: the law, its examples, its English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import yaml

from govit.base.records import fields, is_record
from govit.law.packs.filenames import english_beside, examples_beside
from govit.law.packs.nodes import plain
from govit.yamltext.nodes import Node
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from pathlib import Path


def split(pack: Path) -> None:
    """Take the base, the examples and the English of a pack out into files of their own."""
    top: Any = plain(parse(pack.read_text(encoding="utf-8"))[0])
    examples: dict[str, Any] = {}
    english: dict[str, Any] = {}
    for article in top["articles"]:
        for sentence in article["sentences"]:
            for rule in sentence.get("rules") or []:
                english[rule["id"]] = rule.pop("title_en")
                if "examples" in rule:
                    examples[rule["id"]] = rule.pop("examples")
    write(examples_beside(pack), {"base": top.pop("base"), "examples": examples})
    write(english_beside(pack), {"title": top.pop("title_en"), "rules": english})
    write(pack, top)


def write(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


PLACES = ("line", "file", "examples_file")


def as_law(value: object) -> Any:
    """What a regulation holds, all the way down, wherever it is written."""
    if isinstance(value, Node):
        return plain(value)
    if is_record(value):
        return type(value).__name__, {
            field.name: as_law(getattr(value, field.name)) for field in fields(value) if field.name not in PLACES
        }
    if isinstance(value, Mapping):
        return [(key, as_law(entry)) for key, entry in value.items()]
    return [as_law(entry) for entry in value] if isinstance(value, (list, tuple)) else value
