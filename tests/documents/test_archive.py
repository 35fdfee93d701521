"""A zip file is read as `zipfile` reads it, whole or damaged."""

from __future__ import annotations

import io
import zipfile
import zlib
from random import Random
from typing import TYPE_CHECKING, Any
from unittest.mock import ANY

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govit.documents.archive import DEFLATED, STORED, ArchiveError, entries, find_directory, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

METHODS = (STORED, DEFLATED)
REFUSED = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error)


def ours(data: bytes) -> list[tuple[str, int, bytes | None]] | None:
    """The names of all entries with what they hold, None for what cannot be read."""
    file = io.BytesIO(data)
    try:
        found = entries(file, find_directory(file, len(data)))
    except ArchiveError:
        return None
    return [(one.name.partition("\0")[0], one.size, _held(file, one) if one.method in METHODS else None) for one in found]


def _held(file: io.BytesIO, entry: object) -> bytes | None:
    try:
        return b"".join(unpacked(file, entry))  # type: ignore[arg-type]
    except ArchiveError:
        return None


def theirs(data: bytes) -> list[tuple[str, int, bytes | None]] | None:
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
    except REFUSED:
        return None
    return [(one.filename, one.file_size, _held_of_theirs(file, one)) for one in file.infolist()]


def _held_of_theirs(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> Any:
    declared, info.file_size = info.file_size, 1 << 20  # what it declares is believed by neither
    try:
        with file.open(info) as stream:
            return stream.read()
    except REFUSED as error:
        return ANY if "Overlapped" in str(error) else None  # which some versions of Python read
    finally:
        info.file_size = declared


FILES = {
    "[Content_Types].xml": b"<a/>" * 300,
    "word/document.xml": "项目概况".encode() * 5_000,
    "图片\\一.png": bytes(range(256)) * 9,
    "空": b"",
}


def stored(files: Mapping[str, bytes], *, wide: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in files.items():
            with file.open(zipfile.ZipInfo(name), "w", force_zip64=wide) as stream:
                stream.write(data)
    return out.getvalue()


def deflated(files: Mapping[str, bytes], remark: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        file.comment = remark
    return out.getvalue()


def with_more_behind(data: bytes, more: bytes) -> bytes:
    """A single deflated entry, with bytes of its own behind the end of what is packed."""
    head = data.index(b"PK\1\2")
    packed = (int.from_bytes(data[head + 20 : head + 24], "little") + len(more)).to_bytes(4, "little")
    entry = data[head : head + 20] + packed + data[head + 24 : -6]
    end = (head + len(more)).to_bytes(4, "little") + data[-2:]
    return data[:18] + packed + data[22:head] + more + entry + end


WHOLE = {
    "deflated": deflated(FILES),
    "with a remark": deflated(FILES, b"PK as in zip"),
    "stored": stored(FILES),
    "wide numbers": stored(FILES, wide=True),
    "something before it": b"MZ" * 500 + deflated(FILES),
    "no entries": deflated({}),
    "names of another code page": deflated({"a.xml": b"1"}).replace(b"a.xml", b"\x84.xml"),
    "a name with a zero": deflated({"abc": b"1"}).replace(b"abc", b"a\0c"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_one_holds_what_it_holds(kind: str) -> None:
    found = ours(WHOLE[kind])
    assert found is not None
    assert found == theirs(WHOLE[kind])
    if kind not in ("names of another code page", "a name with a zero", "no entries"):
        assert {name: held for name, _, held in found} == FILES


@pytest.mark.parametrize("more", [b"<", b"\0" * 200_000])
def test_what_stands_behind_the_end_of_a_stream_is_passed_over(more: bytes) -> None:
    """Behind it zlib gives back the same rest for ever."""
    held = b"<a/>" * 60_000
    data = with_more_behind(deflated({"a.xml": held}), more)
    assert ours(data) == theirs(data) == [("a.xml", len(held), held)]


def changed(data: bytes, chance: Random) -> bytes:
    """Some bytes changed, mostly where the structures are; or some missing."""
    bytes_ = bytearray(data)
    marks = [at for at in range(len(data) - 3) if data[at : at + 2] == b"PK" and data[at + 2] < 9]
    for _ in range(chance.randint(1, 3)):
        near = chance.choice(marks) + chance.randrange(64) if marks and chance.random() < 0.8 else chance.randrange(len(data))
        bytes_[min(near, len(data) - 1)] = chance.choice((0, 1, 8, 255, chance.randrange(256)))
    if chance.random() < 0.2:
        at = chance.randrange(len(data))
        del bytes_[at : at + chance.randint(1, 40)]
    return bytes(bytes_)


@given(st.integers(0, 1 << 40), st.sampled_from(sorted(WHOLE)))
@settings(max_examples=200)
def test_a_damaged_one_is_read_or_refused_as_zipfile_does(seed: int, kind: str) -> None:
    data = changed(WHOLE[kind], Random(seed))  # noqa: S311 - a test
    assert ours(data) == theirs(data)


@pytest.mark.parametrize("kind", WHOLE)
def test_one_cut_short_is_refused(kind: str) -> None:
    data = WHOLE[kind]
    for length in range(0, len(data), 37):
        assert ours(data[:length]) == theirs(data[:length])
