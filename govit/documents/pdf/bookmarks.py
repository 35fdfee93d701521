"""书签和页：the pages of a PDF in order, and its outline (ISO 32000-1, 7.7.3 and 12.3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.documents.pdf.limits import MOST_PAGES, damaged, too_much
from govit.documents.pdf.tokens import Reference
from govit.documents.printed.page import Bookmark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.documents.pdf.store import Dictionary, Store
    from govit.documents.pdf.tokens import Value

MOST_BOOKMARKS = 8_000
"""A report of 1000 pages has some 2000."""
DEEPEST = 9
MOST_NODES = 20_000
_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
_LONGEST_TITLE = 600


def pages(store: Store) -> list[tuple[int, Dictionary]]:
    """Every page with its object's number, and with what it inherits."""
    root = store.dictionary(store.trailer.get("Root"))
    found: list[tuple[int, Dictionary]] = []
    waiting: list[tuple[Value, Dictionary]] = [(root.get("Pages"), {})]
    seen: set[int] = set()
    while waiting:
        value, above = waiting.pop()
        number = value.number if isinstance(value, Reference) else 0
        if number:
            if number in seen:
                continue  # a page tree that bites its tail
            seen.add(number)
        node = store.dictionary(value)
        store.allowance.parse(1)
        inherited = {**above, **{key: node[key] for key in _INHERITED if key in node}}
        if "Kids" in node:
            if len(seen) > MOST_NODES:
                too_much("页面目录异常")
            waiting += [(kid, inherited) for kid in reversed(store.array(node["Kids"]))]
        elif node:
            found.append((number, {**node, **inherited}))
            if len(found) > MOST_PAGES:
                too_much(f"超过 {MOST_PAGES} 页")
    if not found:
        damaged("里面没有页面")
    return found


def bookmarks(store: Store, numbers: dict[int, int]) -> list[Bookmark]:
    """The outline in order; `numbers` gives the place of a page by its object's number."""
    root = store.dictionary(store.trailer.get("Root"))
    return list(_entries(store, root, numbers))


def _entries(store: Store, root: Dictionary, numbers: dict[int, int]) -> Iterator[Bookmark]:
    seen: set[int] = set()
    waiting: list[tuple[Value, int]] = [(store.dictionary(root.get("Outlines")).get("First"), 1)]
    names = _Names(store, root)
    while waiting:
        value, level = waiting.pop()
        if not isinstance(value, Reference) or value.number in seen or len(seen) >= MOST_BOOKMARKS:
            continue
        seen.add(value.number)
        entry = store.dictionary(value)
        title = store.get(entry.get("Title"))
        waiting.append((entry.get("Next"), level))
        waiting.append((entry.get("First"), level + 1))
        if isinstance(title, bytes):
            page, y = _target(store, entry, names, numbers)
            yield Bookmark(_text(title), min(level, DEEPEST), page, y)


def _target(store: Store, entry: Dictionary, names: _Names, numbers: dict[int, int]) -> tuple[int | None, float | None]:
    """The page and height that an entry leads to."""
    action = store.dictionary(entry.get("A"))
    target = store.get(entry.get("Dest", action.get("D") if store.name(action.get("S")) == "GoTo" else None))
    if isinstance(target, bytes | str):
        target = names.find(target)
    place = target if isinstance(target, list) else []
    if not place:
        return None, None
    page = place[0]
    at = numbers.get(page.number) if isinstance(page, Reference) else page if isinstance(page, int) else None
    kind = store.name(place[1]) if len(place) > 1 else ""
    height = {"XYZ": 3, "FitH": 2, "FitBH": 2}.get(kind, 0)
    y = store.get(place[height]) if height and len(place) > height else None
    return at, float(y) if isinstance(y, int | float) and not isinstance(y, bool) else None


class _Names:
    """Destinations by their names: read when the first is asked for."""

    def __init__(self, store: Store, root: Dictionary) -> None:
        self._store = store
        self._root = root
        self._known: dict[str, Value] | None = None

    def find(self, name: bytes | str) -> Value:
        if self._known is None:
            self._known = dict(self._all())
        found = self._store.get(self._known.get(name.decode("latin-1") if isinstance(name, bytes) else str(name)))
        return found.get("D") if isinstance(found, dict) else found if isinstance(found, list) else None

    def _all(self) -> Iterator[tuple[str, Value]]:
        store = self._store
        yield from store.dictionary(self._root.get("Dests")).items()
        waiting: list[Value] = [store.dictionary(self._root.get("Names")).get("Dests")]
        seen: set[int] = set()
        while waiting and len(seen) < MOST_NODES:
            value = waiting.pop()
            if isinstance(value, Reference):
                if value.number in seen:
                    continue
                seen.add(value.number)
            node = store.dictionary(value)
            waiting += store.array(node.get("Kids"))
            listed = store.array(node.get("Names"))
            for name, target in zip(listed[::2], listed[1::2], strict=False):
                key = store.get(name)
                if isinstance(key, bytes):
                    yield key.decode("latin-1"), target


def _text(data: bytes) -> str:
    """A text string: UTF-16 or UTF-8 with a mark, else PDFDocEncoding, or GBK as careless programs write it."""
    data = data[:_LONGEST_TITLE]
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "ignore")
    if data.startswith(b"\xff\xfe"):
        return data[2:].decode("utf-16-le", "ignore")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "ignore")
    if data.isascii():
        return data.decode("ascii")
    try:
        return data.decode("gbk")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
