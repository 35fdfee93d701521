"""写法：values as YAML text, quoted where a reader of YAML might take them for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from govit.base.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple[str | int, ...]
"""The keys and numbers that lead to a value."""
Plain = str | dict[str, "Plain"] | list["Plain"] | None
"""A value as the reader of dossiers has it: every scalar is text."""
STEP = "  "
_LONGEST_ON_ONE_LINE = 100
"""A new record longer than this is written one field a line."""
_OTHER_TYPE = regex(
    r"[yYnN]|[-+]?0[xob][0-9a-fA-F_]+|[-+]?(\d[\d_,]*((?<=\d)|\.\d+)|\.\d+)([eE][-+]?\d+)?\.?|\d+(:\d+)+(\.\d*)?|\d{4}-\d\d?-\d\d?.*"
)
"""What YAML 1.1 or 1.2 readers may take for a number, a date or a truth value."""
_SPLITS_ITEMS = regex("[，、]")
"""In a list in brackets the dossier reader takes these for a slip of the comma."""
_TEXT_TAG = "tag:yaml.org,2002:str"


def loader() -> type[yaml.SafeLoader]:
    """The safe loader, of libyaml if it is there; PyYAML is run only when it is asked for."""
    found: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return found


class EditError(Exception):
    """The change cannot be made, or not without touching more than it should; nothing was changed."""


class Typed(str):
    """A scalar whose type is meant: 2027 is a number here, so it is not quoted."""

    __slots__ = ()


def dotted(path: Path) -> str:
    """A path as messages show it: funding[0].amount."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).lstrip(".") or "文件内容"


def same(found: Plain, wanted: Plain) -> bool:
    """Whether two trees say the same to the dossier reader, which strips every text."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        return list(found) == list(wanted) and all(same(found[key], wanted[key]) for key in found)
    if isinstance(found, list) and isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    if isinstance(found, str) and isinstance(wanted, str):
        return found.strip() == wanted.strip()
    return found is None and wanted is None


def block(value: Plain, indent: str, *, records_in_flow: bool | None = None) -> list[str]:
    """The lines of a mapping or list; None: records stand on one line if they fit."""
    rows = []
    for key, entry in _entries(value):
        head = f"{indent}-" if key is None else f"{indent}{_key(key, in_flow=False)}:"
        if isinstance(entry, str) and "\n" in entry:
            rows += [f"{head} |-", *(f"{indent}{STEP}{row}" if row else "" for row in entry.split("\n"))]
        elif isinstance(entry, str):
            rows.append(f"{head} {quoted(entry, None, in_flow=False)}")
        elif _on_one_line(entry, wanted=records_in_flow, indent=indent):
            rows.append(f"{head} {flow(entry)}")
        else:
            inner = block(entry, indent + STEP)
            rows += [f"{head} {inner[0].lstrip(' ')}", *inner[1:]] if key is None else [head, *inner]
    return rows


def _entries(value: Plain) -> Iterable[tuple[str | None, Plain]]:
    """The entries of a mapping with their keys, or of a list with none."""
    if isinstance(value, dict):
        return value.items()
    return ((None, entry) for entry in value or ())


def _on_one_line(value: Plain, *, wanted: bool | None, indent: str) -> bool:
    if not value or not fits_flow(value):
        return not value
    if isinstance(value, list):
        return True
    return wanted if wanted is not None else len(flow(value)) + len(indent) <= _LONGEST_ON_ONE_LINE


def fits_flow(value: Plain) -> bool:
    """Whether a value may stand on one line: no long texts, no records in it, no comma that looks like a slip."""
    if isinstance(value, str):
        return "\n" not in value
    if isinstance(value, dict):
        return all(fits_flow(entry) and not isinstance(entry, dict) for entry in value.values())
    return all(isinstance(entry, str) and fits_flow(entry) and not _SPLITS_ITEMS.search(entry) for entry in value or ())


def flow(value: Plain) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k, in_flow=True)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(entry) for entry in value) + "]"
    return quoted(value or "", None, in_flow=True)


def _key(key: str, *, in_flow: bool) -> str:
    """A key; `on` is one of the dossier's own, which everybody writes without the quotes that YAML 1.1 wants."""
    return key if key == "on" else quoted(key, None, in_flow=in_flow)


def quoted(text: str, style: str | None, *, in_flow: bool) -> str:
    """A text as it was quoted before, else plain where every reader of YAML takes it for this very text."""
    if style not in ("'", '"') and (isinstance(text, Typed) or _plain_enough(text, in_flow=in_flow)):
        return str(text)
    one_line = "\n" not in text and "\t" not in text
    if one_line and (style == "'" or (style != '"' and ('"' in text or "\\" in text))):
        return "'" + text.replace("'", "''") + "'"
    return double_quoted(text)


def filled_in(text: str) -> str:
    """A value as a clerk fills it in: a number or a day bare, every other text so that any reader takes it for this."""
    node = _plain_scalar(f"[{text}]") if text[:1].isdigit() and _OTHER_TYPE.fullmatch(text) else None
    bare = node is not None and node.value == text
    return quoted(Typed(text) if bare else text, None, in_flow=True)


def double_quoted(text: str) -> str:
    """A text in double quotes, in which YAML knows the escapes of JSON."""
    import json

    return json.dumps(text, ensure_ascii=False)


def _plain_enough(text: str, *, in_flow: bool) -> bool:
    """Whether a text needs no quotes; in brackets it must do without them outside as well."""
    if not text or text[0] in "%@`" or "\n" in text or _OTHER_TYPE.fullmatch(text):
        return False
    return _reads_back(f"- {text}", text) and (not in_flow or _reads_back(f"[{text}]", text))


def _reads_back(written: str, text: str) -> bool:
    node = _plain_scalar(written)
    return node is not None and bool(node.value == text and node.tag == _TEXT_TAG)


def _plain_scalar(written: str) -> yaml.ScalarNode | None:
    """The one entry of a list, if it is no more than a plain scalar."""
    try:
        root = yaml.compose(written, Loader=loader())
    except yaml.YAMLError:
        return None
    node = root.value[0] if isinstance(root, yaml.SequenceNode) and len(root.value) == 1 else None
    return node if isinstance(node, yaml.ScalarNode) and not node.style else None
