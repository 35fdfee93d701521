"""线索：what a sentence gives away: its modal word, amounts, shares, periods, bodies, and the check that might judge it.

The words stand in a file of data, since they are words of laws. Nothing here is law: it is offered to whoever decides.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from govit.base.records import record
from govit.calendar.periods import parse_period
from govit.law.packs.nodes import plain
from govit.yamltext.tree import parse

_AMOUNT = re.compile(r"\d{1,15}(?:[.,]\d{1,9}){0,5}\s{0,9}[万亿]?元")
_COUNT = re.compile(
    r"(?<=[于过])(?:\d{1,5}|[一二两三四五六七八九十]{1,3})(?:家|人|名|位|项|次|份|件|种|台|级|个(?!月|工))"
)
_SHARE = re.compile(
    r"\d{1,9}(?:\.\d{1,9})?[%％]|[一二三四五六七八九十百]{1,3}分之[一二三四五六七八九十]{1,9}"
    r"|[一二两三四五六七八九]成(?:[一二三四五六七八九半]|(?=[，。；、的]|以[上下内]|$))"
)
_WEAKER = "default"
"""The strength that a sentence has where one of its words says 原则上."""
_WEAKEST = "may"
"""The strength of what is permitted."""
_FEWEST, _LONGEST = 2, 14
"""Entries of a list, and characters of one of them."""
_NUMBER = "(?:[0-9]{1,3}|[一二三四五六七八九十两]{1,3}|半)"
_PERIOD = re.compile(rf"(?<![\d〇月第每.]){_NUMBER}\s*(?:个工作日|工作日|个月|年|日|天)(?![\d度])")


@record
class Clues:
    """线索 of one sentence."""

    modal: str
    """The modal word, '' where there is none."""
    strength: str
    proposal: str
    """The proposed kind of check, '' where none is."""
    status: str
    """The proposed status of a sentence that demands nothing, '' where it seems to demand something."""
    amounts: tuple[str, ...]
    shares: tuple[str, ...]
    counts: tuple[str, ...]
    """Bounds that are counts: 不少于5人, 不超过两次."""
    periods: tuple[str, ...]
    bodies: tuple[str, ...]
    bounds: tuple[str, ...]
    """Amounts with 以上, 以下, 超过, as conditions have them."""
    of_projects: tuple[str, ...]
    """Of these, and of shares, what says of which projects or changes the sentence speaks: 50万元及以上、不足200万元的."""
    further: tuple[str, ...]
    """Other kinds of check that its other clauses might want."""
    subject: str
    """What is to contain a list, '' where there is no list."""
    listed: tuple[str, ...]


@lru_cache(maxsize=1)
def clues() -> Any:  # noqa: ANN401 - a YAML file of this folder
    """The words by which a law is read."""
    root, _ = parse((Path(__file__).parent / "clues.yaml").read_text(encoding="utf-8"))
    return plain(root)


def clues_of(sentence: str) -> Clues:
    """What a sentence gives away."""
    modal, check, strength = _modal(sentence)
    permitted = strength == _WEAKEST and not check
    bounds = _each(re.compile(clues()["bounds"]), sentence)
    of_projects = _of_projects(sentence)
    demanding = re.sub(clues()["not_demanded"], "", _without(sentence, of_projects))
    status = clues()["permitted"] if permitted else "" if modal else _first(sentence, clues()["statuses"])
    proposed = check or _first(demanding, clues()["checks"])
    often = any(word in sentence for word in clues()["more_often"])
    if not often and re.search(clues()["yearly"], sentence):
        proposed = clues()["yearly_instead"].get(proposed, proposed)
    proposal = "" if status else proposed or (clues()["otherwise"] if modal else "")
    subject, listed = _list_in(sentence)
    return Clues(
        modal=modal,
        strength=strength,
        proposal=proposal,
        status=status,
        amounts=_each(_AMOUNT, sentence),
        shares=_each(_SHARE, sentence),
        counts=_each(_COUNT, sentence),
        periods=tuple(one for one in _each(_PERIOD, sentence) if _is_period(one)),
        bodies=bodies_in(sentence),
        bounds=bounds,
        of_projects=tuple(text for text, _ in of_projects),
        further=_further(demanding, proposal) if proposal else (),
        subject=subject,
        listed=listed,
    )


def bodies_in(text: str) -> tuple[str, ...]:
    """What looks like the name of a body, each once."""
    return _each(re.compile(clues()["bodies"]), text)


def _of_projects(sentence: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Bounds before 的, which say of what a sentence speaks, as conditions have them, each with where it stands.

    50万元以上300万元以下 and 50万元及以上、不足200万元 are one; of shares it is to be decided what they are of.
    """
    spans: list[tuple[int, int]] = []
    for found in re.finditer(clues()["bounds"], sentence):
        joined = spans and sentence[spans[-1][1] : found.start()] in _BETWEEN
        spans = [*spans[:-1], (spans[-1][0], found.end())] if joined else [*spans, found.span()]
    amounts = tuple(
        (sentence[start:end], (start, end)) for start, end in spans if sentence[end : end + 1] in _BEHIND_A_BOUND
    )
    conditions = [found.span() for found in re.finditer(clues()["conditions"], sentence)]
    shares = [
        one
        for one in re.finditer(clues()["share_bounds"], sentence)
        if (one[1] or one[3]) and any(start <= one.start() < end for start, end in conditions)
    ]
    if not shares:
        return amounts
    said = "、".join(f"{one[1] or ''}{one[2]}%{one[3] or ''}" for one in shares)
    return (*amounts, (f"{said} 待定", (shares[0].start(), shares[-1].end())))


_BEHIND_A_BOUND = ("的", "｜")
"""What stands behind a bound that says of what a sentence speaks: 50万元以上的, or the end of a cell."""
_BETWEEN = ("", "、", "，")
"""What may stand between the two bounds of one span."""


def _without(sentence: str, parts: tuple[tuple[str, tuple[int, int]], ...]) -> str:
    """A sentence without the parts that say of what it speaks."""
    for _, (start, end) in sorted(parts, key=lambda part: part[1], reverse=True):
        sentence = sentence[:start] + sentence[end:]
    return sentence


def _further(sentence: str, proposal: str) -> tuple[str, ...]:
    """The kinds of check that a sentence of several duties wants besides the one proposed for it."""
    kinds: list[str] = []
    for clause in re.split("[，；]", re.sub(clues()["yearly"], "", sentence)):
        _, check, _ = _modal(clause)
        kinds.append(check or _first(clause, clues()["checks"]))
    return tuple(dict.fromkeys(kind for kind in kinds if kind in clues()["further"] and kind != proposal))


def _list_in(sentence: str) -> tuple[str, tuple[str, ...]]:
    """What contains what: 某件应当包括甲、乙和丙。"""
    word = next((one for one in clues()["lists"] if one in sentence), "")
    before, _, behind = sentence.partition(word) if word else ("", "", "")
    entries = [part for part in re.split("[、和及]|以及", behind.strip("。；，：")) if part]
    if len(entries) < _FEWEST or any(len(entry) > _LONGEST for entry in entries):
        return "", ()
    tails = tuple(clues()["list_tails"])
    last = next((entries[-1].removesuffix(tail) for tail in tails if entries[-1].endswith(tail)), entries[-1])
    subject = re.sub("(?:应当|应|主要|须){1,9}$", "", re.split("[，；。]", before)[-1])
    return subject, (*entries[:-1], last)


def _modal(sentence: str) -> tuple[str, str, str]:
    """The modal word with the check and the strength that it speaks for."""
    bare = sentence
    for word in clues()["not_modals"]:
        bare = bare.replace(word, "\0")
    found = [(word, one) for one in clues()["modals"] for word in one["words"] if word in bare]
    if not found:
        return "", "", ""
    check = next((one["check"] for _, one in found if one["check"]), "")
    weak = next((one["strength"] for _, one in found if one["strength"] == _WEAKER), "")
    said = sorted((word for word, _ in _apart(found)), key=bare.index)
    return "、".join(dict.fromkeys(said)), check, weak or found[0][1]["strength"]


def _apart(found: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The words that are no part of a longer one: 应当 is not 应 as well."""
    return [(word, one) for word, one in found if not any(word != other and word in other for other, _ in found)]


def _first(sentence: str, words: dict[str, list[str]]) -> str:
    return next((name for name, listed in words.items() if any(re.search(word, sentence) for word in listed)), "")


def _each(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.strip() for found in pattern.findall(text)))


def _is_period(text: str) -> bool:
    try:
        parse_period(text)
    except ValueError:
        return False
    return True
