"""用语：the words by which reports are read, from the list beside this file; read when the first report asks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.records import named_record
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govit.yamltext.nodes import Node

Words = tuple[str, ...]
RANKS = 3
"""方案、可研、初设."""


@named_record
class ReportWords:
    """用语."""

    reports: tuple[Words, ...]
    """Parts of the names of kinds of documents; a later rank takes the place of an earlier one."""
    no_reports: Words
    roles: Mapping[str, Words]
    elsewhere: frozenset[str]
    """Roles of sections that speak of something else."""
    at_home: frozenset[str]
    """Roles of sections in which a figure is the project's own even where nobody says so."""
    labels: Mapping[str, Words]
    own: Words
    nouns: Words
    leading: Words
    after: Words
    remarks: Words
    bare: Words
    plain: Words
    opening: Words
    otherwise: Words
    phases: Words
    of_phases: Words
    limits: Words
    beyond: Words
    tables: Mapping[str, frozenset[str]]
    amounts: Words
    prices: Words
    other_columns: Words
    stages: Words
    sums: frozenset[str]
    part_sums: frozenset[str]
    wholly: Words
    whole: Words
    of_which: Words
    uncounted: Words
    adjusted: Words
    parts: Words
    continued: Words
    any_sum: Words
    applicants: Words
    organs: Words
    building: Words
    places: Words
    loose: Words
    scopes: Words
    led: Words
    rest: Words
    other_parts: Words
    portions: Words
    funds: Words
    subsystems: Words
    no_subsystem: Words
    before_lists: Words


@cache
def words() -> ReportWords:
    """The list that govit has."""
    root, _ = parse((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
    return words_from(root.entries)


def words_from(given: Mapping[str, Node]) -> ReportWords:
    """A list of words as it is written."""
    plain = (
        "own",
        "nouns",
        "leading",
        "after",
        "remarks",
        "bare",
        "opening",
        "otherwise",
        "phases",
        "of_phases",
        "limits",
        "beyond",
        "amounts",
        "prices",
        "other_columns",
        "wholly",
        "stages",
        "of_which",
        "uncounted",
        "adjusted",
        "parts",
        "continued",
        "any_sum",
        "applicants",
        "organs",
        "building",
        "places",
        "loose",
        "scopes",
        "led",
        "rest",
        "other_parts",
        "portions",
        "funds",
        "subsystems",
        "no_subsystem",
        "before_lists",
    )
    return ReportWords(
        reports=tuple(map(_listed, given["reports"].listed)),
        no_reports=_listed(given["no_reports"]),
        roles={role: _listed(node) for role, node in given["roles"].entries.items()},
        elsewhere=frozenset(_listed(given["elsewhere"])),
        at_home=frozenset(_listed(given["at_home"])),
        labels={key: _listed(node) for key, node in given["labels"].entries.items()},
        tables={kind: frozenset(_listed(node)) for kind, node in given["tables"].entries.items()},
        sums=frozenset(_listed(given["sums"])),
        part_sums=frozenset(_listed(given["part_sums"])),
        plain=_longest_first(_listed(given["plain"])),
        whole=_longest_first(_listed(given["whole"])),
        **{name: _listed(given[name]) for name in plain},
    )


def rank_of(kinds: Iterable[str]) -> int:
    """How far a report of these kinds has come, from 1; 0 of what is no report on what is to be built."""
    known = words()
    ranks = [0]
    for kind in kinds:
        if not any(word in kind for word in known.no_reports):
            ranks += [rank for rank, listed in enumerate(known.reports, 1) if any(word in kind for word in listed)]
    return max(ranks)


def has(text: str, listed: Iterable[str]) -> bool:
    """Whether a text has one of the words."""
    for word in listed:  # noqa: SIM110 - asked of every paragraph; a loop takes half as long as any()
        if word in text:
            return True
    return False


def _listed(node: Node) -> Words:
    """The words of a list, which are parted by blanks: four hundred nodes would take longer to read than many a report."""
    return tuple(node.text.split())


def _longest_first(listed: Words) -> Words:
    return tuple(sorted(listed, key=len, reverse=True))
