"""No regular expression of the package takes more than linear time, whatever text it is given.

Every call of `re` in the source is found, so that a new one is tried too. Each is timed on texts made to make it
try again and again: what it begins with, over and over, and what it repeats, many times, with an end that does not fit.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from places import ROOT
from sources import nodes as nodes_of

from govit.authoring.lawtext.clues import clues

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = ROOT / "govit"
CALLS = ("compile", "search", "match", "fullmatch", "split", "sub", "subn", "findall", "finditer")
WORDS = "|".join(word for kind in ("checks", "statuses") for listed in clues()[kind].values() for word in listed)
"""What a law is read by; each is looked for alone."""
LOCALS = {
    "self": SimpleNamespace(prefix="AB"),
    "p": "tr",
    "part": "x",
    "schema": {"pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    "word": WORDS,
}
"""What stands in patterns that are put together in a function."""
SIZE = 4_000
UNTIMED = 0.002
"""Seconds that are no sign of anything: a quadratic search in so long a text takes many times that."""
SHORTER, MOST = 4, 10
"""A text that is so many times as long may take so many times as long; quadratic would be sixteen times."""
CONFIRMED = 3
"""A measurement that was disturbed is not disturbed so often in the same way."""
UNFIT = "\x00"
SAMPLES = "a1 \n\t.:-_,，一<>{}[]()\"'"

parser: Any = importlib.import_module("re._parser")


class Found(NamedTuple):
    """A regular expression, where it stands, and how it is used."""

    where: str
    pattern: re.Pattern[Any]
    ways: tuple[str, ...]


# -- all regular expressions of the package ------------------------------------------------------------


@cache
def _sources() -> list[tuple[str, tuple[ast.AST, ...]]]:
    """Every file that may call one of them, with its nodes."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    return [
        (path.relative_to(ROOT).as_posix(), nodes_of(path))
        for path, text in texts.items()
        if "regex(" in text or any(f".{call}" in text for call in CALLS)
    ]


def _named(file: str, name: str) -> str:
    """A private name is one of its file, another is one of the package."""
    return f"{file}: {name}" if name.startswith("_") else name


def _ways_by_name() -> dict[str, set[str]]:
    """How a name is used anywhere it is known: _DATE.fullmatch(…)."""
    ways: dict[str, set[str]] = {}
    for file, nodes in _sources():
        for node in nodes:
            if (
                isinstance(node, ast.Attribute)
                and node.attr in CALLS
                and isinstance(node.value, (ast.Name, ast.Attribute))
            ):
                name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                ways.setdefault(_named(file, name), set()).add(node.attr)
    return ways


def _ways_in_file(nodes: tuple[ast.AST, ...]) -> dict[int, set[str]]:
    """How a pattern is used that has no name of its own: one of a table that is gone through, or what a function gives.

    `for pattern, words in TABLE: pattern.fullmatch(…)` and `_pattern().fullmatch(…)`, by the node of `re.compile`.
    """
    made: dict[str, list[ast.AST]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Tuple):
            made[node.targets[0].id] = [one for one in ast.walk(node.value) if _called(one) == "compile"]
        elif isinstance(node, ast.FunctionDef):
            made[node.name] = [one.value for one in node.body if isinstance(one, ast.Return) and one.value]
    variables = {
        one.id: of.id
        for node in nodes
        if isinstance(node, (ast.For, ast.comprehension)) and isinstance(of := node.iter, ast.Name)
        for one in ast.walk(node.target)
        if isinstance(one, ast.Name)
    }
    ways: dict[int, set[str]] = {}
    for node in nodes:
        if not isinstance(node, ast.Attribute) or node.attr not in CALLS:
            continue
        on = node.value.func if isinstance(node.value, ast.Call) else node.value
        source = variables.get(on.id, on.id) if isinstance(on, ast.Name) else ""
        for one in made.get(source, ()):
            ways.setdefault(id(one), set()).add(node.attr)
    return ways


def _called(node: ast.AST) -> str:
    """Which function of `re` a call is of; `regex` compiles later."""
    if not isinstance(node, ast.Call) or any(isinstance(one, ast.Starred) for one in node.args):
        return ""
    if isinstance(node.func, ast.Name) and node.func.id == "regex":
        return "compile"
    if isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
        of = node.func.value
        return node.func.attr if isinstance(of, ast.Name) and of.id == "re" else ""
    return ""


def _all() -> Iterator[Found]:
    used = _ways_by_name()
    for file, nodes in _sources():
        unnamed = _ways_in_file(nodes)
        names = {
            id(node.value): node.targets[0].id
            for node in nodes
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in nodes:
            called = _called(node)
            if not called or not isinstance(node, ast.Call):
                continue
            given = {
                **vars(importlib.import_module(file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")))
            }
            flags = next((k.value for k in node.keywords if k.arg == "flags"), None)
            flags = node.args[1] if called == "compile" and len(node.args) > 1 else flags
            text, meant = (_value(one, given) if one is not None else 0 for one in (node.args[0], flags))
            known = unnamed.get(id(node), set()) | used.get(_named(file, names.get(id(node), "")), set())
            ways = (called,) if called != "compile" else tuple(sorted(known))
            yield Found(f"{file}:{node.lineno}", re.compile(text, meant), ways or ("search",))


def _value(node: ast.expr, given: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), {**LOCALS, **given})  # noqa: S307 - our own source


# -- texts that make it try again ------------------------------------------------------------------------


def _sample(items: Any) -> str:
    """A short text that fits."""
    return "".join(_fits(op, of) for op, of in items)


def _fits(op: Any, of: Any) -> str:
    name = str(op)
    if name == "LITERAL":
        return chr(of)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _sample(of[2]) * max(of[0], 1)
    if name == "SUBPATTERN":
        return _sample(of[3])
    if name == "BRANCH":
        return _sample(of[1][0])
    if name == "ATOMIC_GROUP":
        return _sample(of)
    return next(iter(_chars(op, of)), "") if name in ("IN", "ANY", "NOT_LITERAL") else ""


def _chars(op: Any, of: Any) -> list[str]:
    """Some characters that a class of them has."""
    one = re.compile(_class(op, of), re.DOTALL)
    wanted = [chr(item[1] if str(item[0]) == "LITERAL" else item[1][0]) for item in _listed(op, of)]
    return [char for char in dict.fromkeys([*wanted[:3], *SAMPLES]) if one.fullmatch(char)][:4]


def _listed(op: Any, of: Any) -> list[Any]:
    return [item for item in of if str(item[0]) in ("LITERAL", "RANGE")] if str(op) == "IN" else []


def _class(op: Any, of: Any) -> str:
    if str(op) == "ANY":
        return "."
    if str(op) == "NOT_LITERAL":
        return f"[^{re.escape(chr(of))}]"
    parts = []
    for kind, what in of:
        if str(kind) == "LITERAL":
            parts.append(re.escape(chr(what)))
        elif str(kind) == "RANGE":
            parts.append(f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}")
        elif str(kind) == "CATEGORY":
            parts.append(
                {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}.get(str(what).removeprefix("CATEGORY_"), r"\S")
            )
    return f"[{'^' if of and str(of[0][0]) == 'NEGATE' else ''}{''.join(parts)}]"


def _pumped(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What stands before, and what is then repeated; at every level of the pattern."""
    for op, of in items:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            if of[1] > 1:
                yield before, _sample(of[2])
                yield from ((before, char) for kind, what in of[2] for char in _single(kind, what))
            yield from _pumped(of[2], before)
        elif name == "SUBPATTERN":
            yield from _pumped(of[3], before)
        elif name == "BRANCH":
            for way in of[1]:
                yield from _pumped(way, before)
        before += _fits(op, of)
        yield "", before


def _single(op: Any, of: Any) -> list[str]:
    return _chars(op, of) if str(op) in ("IN", "ANY", "NOT_LITERAL") else []


def _texts(pattern: re.Pattern[Any]) -> dict[tuple[str, str], None]:
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(text, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    pumped = dict.fromkeys((before, unit) for before, unit in _pumped(tree) if unit)
    alphabet = dict.fromkeys(unit for _, unit in pumped if len(unit) == 1)
    return dict.fromkeys([*pumped, *((before, char) for before in {b for b, _ in pumped} for char in alphabet)])


def _time(pattern: re.Pattern[Any], way: str, before: str, unit: str, size: int) -> float:
    text: Any = before + unit * (size // len(unit)) + UNFIT
    if isinstance(pattern.pattern, bytes):
        text = text.encode("latin-1", "replace")
    start = time.process_time()
    if way in ("sub", "subn"):
        pattern.sub(lambda found: found[0], text)
    elif way == "finditer":
        pattern.findall(text)
    else:
        getattr(pattern, way)(text)
    return time.process_time() - start


def _slow(found: Found) -> str | None:
    """The first text on which it takes more than linear time."""
    return next(
        (
            f"{way}: {before!r} + {unit!r} × n"
            for way in found.ways
            for before, unit in _texts(found.pattern)
            if _is_slow(found.pattern, way, before, unit)
        ),
        None,
    )


def _is_slow(pattern: re.Pattern[Any], way: str, before: str, unit: str) -> bool:
    for size in (SIZE // 16, SIZE // 4, SIZE):  # from the shortest up, so that what is worse than quadratic ends too
        if _time(pattern, way, before, unit, size) < UNTIMED:
            continue
        if all(_grows(pattern, way, before, unit, size) for _ in range(CONFIRMED)):
            return True
    return False


def _grows(pattern: re.Pattern[Any], way: str, before: str, unit: str, size: int) -> bool:
    long, short = (min(_time(pattern, way, before, unit, n) for _ in range(3)) for n in (size, size // SHORTER))
    return long > UNTIMED and long > MOST * short


FOUND = list(_all())


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.where)
def test_a_pattern_takes_linear_time(found: Found) -> None:
    assert _slow(found) is None, f"{found.where} tries again and again: {found.pattern.pattern!r}"


def test_the_patterns_are_found() -> None:
    assert len(FOUND) > len(CALLS) * 10, "were the search broken, nothing would be tried"


@pytest.mark.parametrize(
    "pattern",
    [r"\s*[,;]\s*", r"[\[{].*?(：)", r"<mergeCell\s[^>]*?ref=", r"\d[\d_,]*\d+x"],
)
def test_a_slow_pattern_would_be_found(pattern: str) -> None:
    assert _slow(Found("here", re.compile(pattern), ("search",))) is not None
