"""改正：what has one right answer in a file of the dossier, written by its place; every other character stays.

Each change is read back and kept only if the fault is gone, no other has come that is not to be put right as well, and
every value that could be read before is the same: no day, no amount and no record can become another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from govit.base.dates import WrittenOtherwiseError, parse_date
from govit.base.records import by_name, is_record
from govit.dossier.fields import Reader
from govit.yamltext.cuts import cuts
from govit.yamltext.faults import YamlError
from govit.yamltext.lines import LINE_END
from govit.yamltext.slips import mended as without_slips
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from govit.dossier.fields import Words
    from govit.dossier.keys import Declared
    from govit.yamltext.faults import Fault

_FIGURES = re.compile(r"\d[\d.,]*\d|\d")
_CUT_SHORT = "GOV-112"


class FileKind(NamedTuple):
    """How a file is read: as which record, with which words, and what is given elsewhere."""

    cls: type[Declared]
    words: Words | None
    given: Collection[str] = ()


def yaml_mended(text: str) -> str:
    """The text with the slips mended that keep it from being YAML; the same text if its figures would not stay."""
    after = without_slips(text)
    return after if _figures(after) == _figures(text) else text


def values_mended(text: str, kind: FileKind) -> str:
    """The text with each value and key put right that can mean but one thing."""
    while True:
        read = _read(text, kind)
        if read is None:
            return text
        after = next(
            (
                after
                for fault in read.faults
                if fault.right and (after := _without_fault(text, fault, read, kind)) is not None
            ),
            None,
        )
        if after is None:
            return text
        text = after


def stage_mended(text: str, written: str, stage: str, kind: FileKind) -> str:
    """The text with another stage, where the one that is written stands in it as such."""
    read = _read(text, kind)
    place = read.places.get("stage") if read is not None else None
    after = _replaced(text, place, written, stage) if place is not None else None
    return after if after is not None and _read(after, kind) is not None else text


class _Reading(NamedTuple):
    """What the reader made of a text."""

    leaves: frozenset[tuple[str, str]]
    faults: tuple[Fault, ...]
    places: Mapping[str, tuple[int, int]]


def _read(text: str, kind: FileKind) -> _Reading | None:
    try:
        node, faults = parse(text)
    except YamlError:
        return None
    if type(node.value) is not dict:
        return None
    reader = Reader(kind.words, kind.given, cuts(text))
    values = reader.fields(kind.cls, node, "")
    return _Reading(frozenset(_leaves(values, "")), (*faults, *reader.faults), reader.places)


def _without_fault(text: str, fault: Fault, before: _Reading, kind: FileKind) -> str | None:
    """The text without the fault, None if anything else changed with it."""
    if fault.rule == _CUT_SHORT:
        after = _with_line(text, fault)
    else:
        place = (fault.line or 1, fault.column or 1)
        after = _replaced(text, place, fault.about, fault.right)
    read = _read(after, kind) if after is not None else None
    if read is None or not (_figures(after or "") == _figures(text) or _same_day(fault.about, fault.right)):
        return None
    lost = before.leaves - read.leaves
    if any(not (fault.rule == _CUT_SHORT and key == fault.key) for key, _ in lost):
        return None
    known, left = Counter(map(_identity, before.faults)), Counter(map(_identity, read.faults))
    if left[_identity(fault)] >= known[_identity(fault)] or left.total() > known.total():
        return None
    new = left - known  # behind a key that is right now, a value may stand that is not, and can be put right as well
    return after if all(one.right for one in read.faults if _identity(one) in new) else None


def _identity(fault: Fault) -> tuple[str, str, str]:
    return fault.rule, fault.key, fault.about


def _figures(text: str) -> list[str]:
    """All figures in a text, whatever their width."""
    return _FIGURES.findall(unicodedata.normalize("NFKC", text))


def _same_day(written: str, right: str) -> bool:
    """Whether a day is the one that was written in another way: 2027/3/1 and 2027-03-01."""
    try:
        parse_date(written)
    except WrittenOtherwiseError as error:
        return error.right == right
    except ValueError:
        return False
    return False


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every value that was read, with its key; of a list of texts each by itself."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from _leaves(entry, f"{path}.{key}".lstrip("."))
    elif is_record(value):
        for name in by_name(value):
            yield from _leaves(getattr(value, name), f"{path}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for number, entry in enumerate(value):
            yield from _leaves(entry, f"{path}[{number}]" if is_record(entry) else path)
    elif value is not None:
        yield path, repr(value)


def _with_line(text: str, fault: Fault) -> str | None:
    lines, ends = LINE_END.split(text), LINE_END.findall(text)
    lines[(fault.line or 1) - 1] = fault.right
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))


def _replaced(text: str, place: tuple[int, int], written: str, right: str) -> str | None:
    """The text with another word at a place, in the quotes that it has; None if what was read does not stand there."""
    lines, ends = LINE_END.split(text), LINE_END.findall(text)
    line, start = lines[place[0] - 1], place[1] - 1
    quote = line[start : start + 1] if line[start : start + 1] in ('"', "'") and not right.startswith("[") else ""
    if not written or not line.startswith(f"{quote}{written}{quote}", start):
        return None
    begin = start + len(quote)
    lines[place[0] - 1] = line[:begin] + right + line[begin + len(written) :]
    return "".join(one + end for one, end in zip(lines, [*ends, ""], strict=True))
