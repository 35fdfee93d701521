"""由文件起步：what filled forms and reports say, as changes of project.yaml, with a remark where a value is left open.

Written into a file that stands as the dossier's reader takes it; what the reader would fault is left open as well.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from govit.base.money import format_money
from govit.dossier.file_kinds import kind_of_name
from govit.dossier.keys import Kind
from govit.dossier.lists import list_of
from govit.dossier.model import Document, Project, named
from govit.dossier.rewriting import read, rewritten
from govit.importing.cells import spec_of, written
from govit.importing.filled_papers import LISTS, Doubt, ReadValue
from govit.importing.form_values import alike
from govit.yamltext.edits import Append, EditError, Put
from govit.yamltext.scalars import explained
from govit.yamltext.tree import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govit.documents.filled import FilledPaper
    from govit.importing.cells import FieldValue, Words
    from govit.yamltext.edits import Change

_GIVEN = ("unit.name",)
_TITLE_LINES, _LONGEST_TITLE = 12, 60


class Filed(NamedTuple):
    """要登记的文件：its path in the project's folder and its kind, '' if nobody can say it."""

    path: str
    kind: str
    why: str = ""
    """Why the kind is open."""


class FilledProject(NamedTuple):
    """写入的结果：the new text, what was taken and what was left open."""

    data: bytes
    taken: tuple[ReadValue, ...]
    doubts: tuple[Doubt, ...]


def kind_of(paper: FilledPaper | None, name: str, words: Words) -> tuple[str, str]:
    """The kind of a file by its name and by the title inside, '' and why where they disagree or say nothing."""
    kinds = words.get(list_of(Document).words, {})
    by_name = kind_of_name(name, kinds)
    titles = ["".join(line.text.split()) for line in (paper.lines[:_TITLE_LINES] if paper is not None else ())]
    inside = next((kind for text in titles if len(text) <= _LONGEST_TITLE and (kind := _titled(text, kinds))), "")
    if by_name and inside and by_name != inside:
        return "", f"文件名像是“{by_name}”，里面的标题像是“{inside}”"
    return by_name or inside, "" if by_name or inside else "从文件名和标题看不出是办法所列的哪种文件"


def _titled(text: str, kinds: Mapping[str, str]) -> str:
    """The kind that a title ends with; the longest word counts."""
    word = max((word for word in kinds if text.endswith(word)), key=len, default="")
    return kinds.get(word, "")


def changed(data: bytes, found: Sequence[ReadValue], filed: Iterable[Filed], words: Words) -> FilledProject:
    """The file with everything that was found and every file registered, one by one where it cannot be made at once."""
    doubts: list[Doubt] = []
    taken: list[ReadValue] = []
    try:
        data = rewritten(data, [change for one in found for change in _changes(one)], Project, words, _GIVEN)
        taken = list(found)
    except EditError:
        for one in found:
            try:
                data = rewritten(data, _changes(one), Project, words, _GIVEN)
                taken.append(one)
            except EditError as error:
                doubts.append(Doubt(one.key, f"{one.place}写“{' '.join(one.text.split())[:30]}”，没有采用：{error}"))
    for paper in filed:
        if paper.kind:
            entry = {"kinds": [paper.kind], "path": paper.path}
            data = rewritten(data, [Append(list_of(Document).keys, entry)], Project, words, _GIVEN)
    return FilledProject(data, tuple(taken), tuple(doubts))


def _changes(one: ReadValue) -> list[Change]:
    path = tuple(one.key.split("."))
    if one.key in LISTS and isinstance(one.value, tuple):
        return [Append(path, _thawed(record)) for record in one.value]
    value: FieldValue = one.value  # type: ignore[assignment]  # lists aside, what cells give
    return [Put(path, written(value))]


def _thawed(record: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in record}


def against(project: Project, found: Iterable[ReadValue]) -> tuple[list[ReadValue], list[ReadValue], list[Doubt]]:
    """Hold what was found against a project: what is new or other, what is the same, and lists that it has already."""
    new, same, doubts = [], [], []
    for one in found:
        there, spec = _value_at(project, one.key), spec_of(one.key)
        if one.key in LISTS:
            if not there:
                new.append(one)
            elif _same_list(there, one.value):
                same.append(one)
            else:
                count = len(_entries(there))
                doubts.append(Doubt(one.key, f"{one.place}有 {one.text}；project.yaml 已经写了 {count} 行，内容不同，没有改动，请核对"))
        elif there is not None and _same(there, one.value, in_order=spec is None or spec.kind is not Kind.WORDS):
            same.append(one)
        elif one.key == "name" and there:
            doubts.append(Doubt(one.key, f"{one.place}写“{one.text}”，project.yaml 写“{there}”；名称用来认项目，没有改动"))
        else:
            new.append(one)
    return new, same, doubts


def _same(there: object, value: object, *, in_order: bool) -> bool:
    """Whether two values say the same; of words that are ticked, the order says nothing."""
    return alike(there, value) if in_order else set(_entries(there)) == set(_entries(value))


def _same_list(there: object, value: object) -> bool:
    """Whether the records of a list say what was found, in the same order; what else they say, a form does not show."""
    records, found = _entries(there), _entries(value)
    return len(records) == len(found) and all(
        all(_said(getattr(record, key, None)) == said for key, said in entry)
        for record, entry in zip(records, found, strict=True)
    )


def _said(value: object) -> object:
    return format_money(value) if isinstance(value, Decimal) else value


def _entries(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _value_at(project: Project, key: str) -> object:
    found: object = project
    for part in key.split("."):
        found = getattr(found, part, None)
    return found


def remarked(data: bytes, doubts: Iterable[Doubt]) -> bytes:
    """The file with a remark above each blank that was left open; below the head, if it has no such key."""
    text = decode(data)
    _, reader = read(data, Project, None, _GIVEN)
    places = {**reader.places, **reader.blanks}
    lines = text.split("\n")
    above: dict[int, list[str]] = {}
    for doubt in doubts:
        key = doubt.key
        while key and key not in places:
            key = key.rpartition(".")[0]
        line = places[key][0] if key else len(lines)
        indent = " " * (places[key][1] - 1) if key and key == doubt.key else ""
        above.setdefault(line, []).extend(explained(f"没有填 {named(doubt.key)}：{doubt.why}", indent))
    kept = [said for number, line in enumerate(lines, 1) for said in (*above.get(number, ()), line)]
    return "\n".join(kept).encode()
