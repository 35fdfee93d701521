"""Chance, the same for the same seed: bytes, texts and trees that are turned into something else."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

ODD_TEXTS = (
    "", " ", "\t", "\n", "\0", "\x1b]0;a\x07", "\u202e倒", "\ufeff", "\ud7ff", "😀" * 9, "甲" * 5_000, "{{ x }}", "{% if %}",
    "=1+1", "'", '"', "-", "*a", "&a", "!!python/object:os.system", "<<", "null", "~", "是", "2026-02-30", "0000-00-00",
    "9999-12-31", "1e999", "-1", "0x1f", ".inf", "12:30:45", "../../etc/passwd", "/etc/passwd", "C:\\a", "CON", "%s%n",
    "a" * 70_000, "1" * 400, "１２万元", "100万元", "1,0,0", "第一条", "[", "}", "#", "a: b", "- a", "|", ">", "?", "@", "`",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**400, 1.5, float("nan"), float("inf"), [], {}, [[]], [None], {"a": None}, {"": {}}, [1, "a"],
    {1: 2}, {None: 1}, {True: 1}, *ODD_TEXTS[:30],
)  # fmt: skip


def changed_bytes(chance: Random, data: bytes, times: int) -> bytes:
    """Some bytes turned, cut out, doubled or put elsewhere; or the end missing."""
    made = bytearray(data)
    for _ in range(times):
        if not made:
            break
        at = chance.randrange(len(made))
        match chance.randrange(6):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                made[at] ^= 1 << chance.randrange(8)
            case 2:
                del made[at : at + chance.choice((1, 2, 9, 400))]
            case 3:
                made[at:at] = made[at : at + chance.choice((1, 4, 60))]
            case 4:
                made[at : at + 4] = chance.choice((b"\0" * 4, b"\xff" * 4, b"\xff\xff\xff\x7f", b"\1\0\0\0"))
            case _:
                if chance.random() < 0.2:
                    del made[at:]
    return bytes(made)


def changed_text(chance: Random, text: str, times: int) -> str:
    """Some lines and characters doubled, left out, moved, or replaced by odd ones."""
    lines = text.splitlines(keepends=True) or [""]
    for _ in range(times):
        at = chance.randrange(len(lines))
        line = lines[at]
        spot = chance.randrange(len(line) + 1)
        match chance.randrange(8):
            case 0:
                lines.insert(chance.randrange(len(lines) + 1), line)
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                lines[at] = line[:spot] + chance.choice(ODD_TEXTS) + line[spot:]
            case 3:
                lines[at] = line[:spot] + line[spot + chance.choice((1, 2, 5)) :]
            case 4:
                lines[at] = " " * chance.randrange(5) + line
            case 5:
                lines[at] = line.lstrip()
            case 6:
                head, colon, _ = line.partition(":")
                lines[at] = f"{head}{colon} {chance.choice(ODD_TEXTS)}\n"
            case _:
                lines[at], lines[0] = lines[0], line
    return "".join(lines)


def changed_tree(chance: Random, tree: Any) -> Any:
    """A tree of lists and mappings with one place in it turned into something else."""
    holders = [one for one in _walk(tree) if isinstance(one, (dict, list)) and one]
    if not holders:
        return chance.choice(ODD_VALUES)
    holder = chance.choice(holders)
    key = chance.choice(list(holder)) if isinstance(holder, dict) else chance.randrange(len(holder))
    match chance.randrange(6):
        case 0:
            del holder[key]
        case 1:
            holder[key] = [holder[key]]
        case 2:
            holder[key] = {"is": holder[key]}
        case 3:
            other = chance.choice(holders)
            holder[key] = deepcopy(chance.choice(list(other.values()) if isinstance(other, dict) else other))
        case 4 if isinstance(holder, dict):
            holder[chance.choice(("any", "all", "not", "is", "set", "base", "on", "x", "on"))] = holder.pop(key)
        case _:
            holder[key] = chance.choice(ODD_VALUES)
    return tree


def _walk(tree: Any, depth: int = 0) -> list[Any]:
    if depth > 40:
        return []
    inside = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [tree, *(found for one in inside for found in _walk(one, depth + 1))]
