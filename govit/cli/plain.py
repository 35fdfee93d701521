"""平常的一行：what a line stands for that only names a command, options and values; the rest is read by typer.

Typer declares the commands, and reading a line by it takes a third of a short run. What it makes of a line that only
names options and their values is known beforehand (`plain_options`), so such a line need not wait for it. Help,
completion, mistakes and every unusual spelling are left to it.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.language import Language
from govit.cli.plain_options import ARGUMENTS, OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import ModuleType

    from govit.cli.plain_options import Argument, Option

COMMANDS = {
    "check": "check",
    "join": "join",
    "deadlines": "deadlines",
    "route": "route",
    "change": "change",
    "render": "render",
    "import": "importing",
    "explain": "explain",
    "regulations": "regulations",
    "init": "init",
    "new": "new",
    "answer": "answer",
    "schema": "schema",
    "help": "help",
}
"""命令 → its module in this folder, in the order of the help; each module holds its `command`,
and `arranged` if its words are put in order before its options are read."""


def language_of(words: Sequence[str]) -> tuple[Language, list[str]]:
    """The language asked for anywhere before `--`, else by GOVIT_LANG, and the other words."""
    wanted, rest = os.environ.get("GOVIT_LANG", ""), []
    left = iter(words)
    for word in left:
        if word == "--":
            rest += [word, *left]
        elif word == "--lang":
            wanted = next(left, "")
        elif word.startswith("--lang="):
            wanted = word.removeprefix("--lang=")
        else:
            rest.append(word)
    return (Language.en if wanted.lower().startswith("en") else Language.zh), rest


def plain_call(line: Sequence[str]) -> Callable[[], object] | None:
    """The call of a command that a line stands for, None where typer has to read it."""
    if sys.platform == "win32" or "_GOVIT_COMPLETE" in os.environ:  # it expands 2027-*, and completes
        return None
    command = line[0] if line else ""
    if command not in OPTIONS:
        return None
    module = import_module(f"govit.cli.{COMMANDS[command]}")
    arranged: Callable[[list[str]], list[str]] = getattr(module, "arranged", list)
    try:
        given = _given(arranged(list(line[1:])), OPTIONS[command], ARGUMENTS[command])
        values = _values(module, given)
    except ValueError:
        return None
    if any(required and name not in values for name, _, _, required in ARGUMENTS[command]):
        return None
    return partial(module.command, **values)


def _given(
    words: list[str], options: Mapping[str, Option], arguments: Sequence[Argument]
) -> Iterator[tuple[Option, str]]:
    """What is typed for each parameter that a line gives, in its order; ValueError where that is not plain."""
    left, places = iter(words), iter(arguments)
    place: Argument | None = None
    for word in left:
        name, equals, value = word.partition("=")
        if word[:1] != "-" or word == "-":
            if place is None or not place[2]:
                place = next(places, None)
            if place is None:
                raise ValueError(word)
            yield place[:3], word
        elif name not in options or (equals and not (name.startswith("--") and options[name][1])):
            raise ValueError(word)
        elif equals or not options[name][1]:
            yield options[name], value
        else:
            following = next(left, None)
            if following is None:
                raise ValueError(word)
            yield options[name], following


def _values(module: ModuleType, given: Iterable[tuple[Option, str]]) -> dict[str, object]:
    """The values of the parameters, in the types that they are declared with; ValueError where one has no such value."""
    values: dict[str, object] = {}
    several: dict[str, list[object]] = {}
    for (name, kind, many), typed in given:
        value = _value(module, kind, typed)
        if many:
            values[name] = several.setdefault(name, [])
            several[name].append(value)
        else:
            values[name] = value
    return values


def _value(module: ModuleType, kind: str, typed: str) -> object:
    match kind:
        case "":
            return True  # a switch
        case "str":
            return typed
        case "int":
            return int(typed)
        case "Path":
            if os.path.exists(typed) and not os.access(typed, os.R_OK):
                raise ValueError(typed)
            return Path(typed)
    return getattr(module, kind)(typed)
