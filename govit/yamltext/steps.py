"""步骤：from what a text says to what it is to say, in small steps, each of which touches one entry."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from govit.yamltext import places
from govit.yamltext.written import same

if TYPE_CHECKING:
    from govit.yamltext.written import Path, Plain


class Set(NamedTuple):
    """Another value at a path."""

    path: Path
    value: Plain

    def made(self, text: str) -> str:
        """The text with this step made."""
        return places.put(text, self.path, self.value)


class Insert(NamedTuple):
    """A new entry behind the `number`-th one of the mapping or list at a path; -1 is before the first."""

    path: Path
    number: int
    key: str | None
    value: Plain

    def made(self, text: str) -> str:
        """The text with this step made."""
        return places.insert(text, self.path, self.number, self.key, self.value)


class Remove(NamedTuple):
    """The `number`-th entry of the mapping or list at a path goes."""

    path: Path
    number: int

    def made(self, text: str) -> str:
        """The text with this step made."""
        return places.remove(text, self.path, self.number)


Step = Set | Insert | Remove


def steps(path: Path, before: Plain, after: Plain) -> list[Step]:
    """The steps in an order in which the numbers of entries stay true."""
    if same(before, after):
        return []
    if isinstance(before, dict) and isinstance(after, dict) and any(key in after for key in before):
        return _of_mapping(path, before, after)
    if isinstance(before, list) and isinstance(after, list) and before and after:
        return _of_list(path, before, after)
    return [Set(path, after)]


def _of_mapping(path: Path, before: dict[str, Plain], after: dict[str, Plain]) -> list[Step]:
    found: list[Step] = []
    for key, value in before.items():
        found += steps((*path, key), value, after[key]) if key in after else []
    found += [Remove(path, n) for n, key in reversed(list(enumerate(before))) if key not in after]
    found += [Insert(path, n - 1, key, after[key]) for n, key in enumerate(after) if key not in before]
    return found


def _of_list(path: Path, before: list[Plain], after: list[Plain]) -> list[Step]:
    found: list[Step] = []
    for first, last, start, end in reversed(_blocks(before, after)):
        common = min(last - first, end - start)
        found += [Remove(path, n) for n in range(last - 1, first + common - 1, -1)]
        found += [Insert(path, first + n - 1, None, after[start + n]) for n in range(common, end - start)]
        for n in range(common):
            found += steps((*path, first + n), before[first + n], after[start + n])
    return found


def _blocks(before: list[Plain], after: list[Plain]) -> list[tuple[int, int, int, int]]:
    """Which entries become which: texts are matched, records are taken one by one in their order."""
    was, is_now = ([entry for entry in entries if isinstance(entry, str)] for entries in (before, after))
    if len(was) == len(before) and len(is_now) == len(after):
        matched = SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes()
        return [(first, last, start, end) for tag, first, last, start, end in matched if tag != "equal"]
    return [(0, len(before), 0, len(after))]
