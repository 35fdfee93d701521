"""Give runs (文字块) that look alike one name, so that each look is parsed once.

Word repeats the properties of a run in front of every few characters; they make up most of a
document's XML. Where a run begins with properties that are nothing but a row of empty elements,
the first such row is kept and named, and every repetition gives way to the name. All else passes
through as it is, so expat still sees, and judges, every byte that could be wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "govit-look"

MOST_NAMES = 5_000
"""Looks that get a name; a document has some dozens."""
_RUN = re.compile(rb"<w:r(?: [^<>]*)?>(<w:rPr>(?:<w:[^<>/]*/>)*</w:rPr>)")


def name_formats(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Pass the chunks on, until one might quote a run, with ``<w:r govit-look="7">`` for properties seen before."""
    known: dict[bytes, bytes] = {}

    def short(match: re.Match[bytes]) -> bytes:
        properties = match[1]
        name = known.get(properties)
        if name is None:
            if len(known) >= MOST_NAMES:
                return match[0]
            name = known[properties] = b'<w:r %s="%d">' % (NAME.encode(), len(known))
            return name + properties
        return name

    last = b""
    for chunk in chunks:
        text = chunk if last else _without_declaration(chunk)
        if _may_quote(last + text):
            yield chunk
            yield from chunks
            return
        yield _RUN.sub(short, chunk)
        last = chunk[-1:]


def _without_declaration(chunk: bytes) -> bytes:
    """Take ``<?xml …?>`` off the first chunk, to see what else begins so."""
    return chunk.partition(b"?>")[2] if chunk.startswith(b"<?xml") else chunk


def _may_quote(text: bytes) -> bool:
    """Tell whether comments or the like begin here, inside which a run would only be quoted."""
    return b"<!" in text or b"<?" in text
