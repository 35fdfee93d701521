"""分块：the texts of the top-level keys of a file, found without building a tree, where that is certain to be the same.

Each part must be whole YAML by itself: then the parser is at its end where it was at its beginning, and what stands in one
part cannot reach into another. Whatever a tree might be refused for is left to the one who builds it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.yamltext.libyaml import PARSER, YAMLError

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY = re.compile(r"^([a-z_]+):(?= |$)", re.MULTILINE)
_OTHER = re.compile(r"^(?![a-z_]+:(?: |$)|[ #]|- |-$|$)", re.MULTILINE)
"""A line at the margin that is neither a key nor a remark nor an entry of a list."""
_REFUSED = re.compile(
    "[\t\r&*!%?\\\\\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]|---|\\.\\.\\.|[\\]}]\\s*:"
)
"""What may be an anchor, an alias, a tag, a second document, a key that is no word, a sign that YAML does not allow."""
_DEEP = re.compile(r"^ {30}|- - - ", re.MULTILINE)
_MANY = 30
"""Brackets in one part from which on it may be nested too deeply."""


def parts_of(text: str) -> Mapping[str, str] | None:
    """The text of each top-level key of a mapping, with the key itself; None where only a tree can tell."""
    text = text.replace("\r\n", "\n")
    if _REFUSED.search(text) or _OTHER.search(text) or _DEEP.search(text):
        return None
    keys = list(_KEY.finditer(text))
    if not keys or not all(line.startswith("#") or not line.strip() for line in text[: keys[0].start()].split("\n")):
        return None
    ends = [key.start() for key in keys[1:]] + [len(text)]
    parts = {key[1]: text[key.start() : end] for key, end in zip(keys, ends, strict=True)}
    if len(parts) < len(keys) or not all(map(_is_whole, parts.values())):
        return None
    return parts


def _is_whole(part: str) -> bool:
    if part.count("[") + part.count("{") > _MANY and _depth(part) > _MANY:
        return False
    parser = PARSER(part)
    try:
        parser.raw_parse()
    except YAMLError:
        return False
    finally:
        parser.dispose()
    return True


def _depth(part: str) -> int:
    """How deeply brackets may be nested, those in quotes counted as if they only opened."""
    deepest = depth = 0
    for sign in re.findall(r"[\[\]{}]", part):
        depth += 1 if sign in "[{" else 0 if '"' in part or "'" in part else -1
        deepest = max(deepest, depth)
    return deepest
