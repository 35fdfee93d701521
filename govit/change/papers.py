"""文件的差异：the documents of a project then and now, by hash and by list of headings. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from govit.base.records import record, replace
from govit.change.money import ALIKE
from govit.documents.names import bare_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govit.documents.content import Heading


@record
class FileVersion:
    """一份文件 on one side: its path in the project's folder, what identifies its bytes, and its headings if read."""

    path: str
    hash: str
    headings: tuple[Heading, ...] | None = None
    length: int | None = None
    detail: str = ""
    """Why its headings are not known."""


@record
class HeadingChange:
    """一个标题的前后，'' where it is not there."""

    before: str
    after: str


@record
class PaperChange:
    """一份文件的变化：新增, 删除, 改名 or 修改."""

    state: str
    path: str
    was: str = ""
    """The path of a renamed file then."""
    before: str = ""
    after: str = ""
    """The hashes."""
    headings: tuple[HeadingChange, ...] = ()
    lengths: tuple[int | None, int | None] = (None, None)
    detail: str = ""


def papers(then: Mapping[str, str], now: Mapping[str, str]) -> list[PaperChange]:
    """Files by path and hash: changed, renamed with the same content, added and gone."""
    common = [p for p in now if p in then and then[p] != now[p]]
    come = [p for p in now if p not in then]
    gone = [p for p in then if p not in now]
    found = [PaperChange("修改", p, before=then[p], after=now[p]) for p in common]
    for path in come:
        was = next((g for g in gone if then[g] == now[path]), None)
        if was is None:
            found.append(PaperChange("新增", path, after=now[path]))
        else:
            gone.remove(was)
            found.append(PaperChange("改名", path, was, then[was], now[path]))
    found += [PaperChange("删除", p, before=then[p]) for p in gone]
    order = ("修改", "改名", "新增", "删除")
    return sorted(found, key=lambda change: (order.index(change.state), change.path))


def inside(change: PaperChange, then: FileVersion, now: FileVersion) -> PaperChange:
    """A changed file with what changed among its headings, or why that is not known."""
    if then.headings is None or now.headings is None:
        return replace(change, detail=now.detail or then.detail)
    found = tuple(headings(then.headings, now.headings))
    return replace(change, headings=found, lengths=(then.length, now.length))


def headings(then: Sequence[Heading], now: Sequence[Heading]) -> Iterable[HeadingChange]:
    """Headings that came, went or were reworded; numbers do not count, so that a new chapter is one change."""
    old, new = [bare_name(h.text) for h in then], [bare_name(h.text) for h in now]
    for _, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[i:j] != new[m:n]:
            yield from _reworded([h.text for h in then[i:j]], [h.text for h in now[m:n]])


def _reworded(gone: list[str], come: list[str]) -> Iterable[HeadingChange]:
    left = list(gone)
    for text in come:
        was = next((g for g in left if SequenceMatcher(None, bare_name(g), bare_name(text)).ratio() >= ALIKE), None)
        if was is None:
            yield HeadingChange("", text)
        else:
            left.remove(was)
            yield HeadingChange(was, text)
    for text in left:
        yield HeadingChange(text, "")
