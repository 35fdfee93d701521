"""Finished and old papers: PDF, OFD, old Word, RTF and odt, turned in their bytes, their objects and their parts."""

from __future__ import annotations

import re
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import ofd_files
import pdf_files
from fuzz.chance import ODD_TEXTS, changed_bytes
from fuzz.office import changed_parts, changed_zip
from fuzz.texts import listed, put

if TYPE_CHECKING:
    from random import Random

FILES = Path(__file__).parents[1] / "documents" / "files"
CHAPTERS = ("总论", "需求分析", "网络安全保障", "投资估算")
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
ODD_OBJECTS = (
    b"null", b"[1 0 R]", b"<</Length 99999999>>", b"1 0 R", b"2 0 R", b"-1", b"1e99", b"()", b"<", b"<<", b">>", b"[" * 200, b"/FlateDecode",
    b"[/FlateDecode /FlateDecode]", b"/Filter/LZWDecode", b"/Type/ObjStm", b"/Type/XRef", b"/Prev 0", b"/Encrypt<<>>", b"/Kids[2 0 R]",
    b"99999999999999999999", b"endobj", b"obj", b"xref\n0 9999999", b"trailer", b"/Predictor 15", b"/Rotate 91", b"true", b"#00",
)  # fmt: skip
ODD_OPERATORS = (
    b" BT ", b" ET ", b" q ", b" Q ", b" 1e38 0 0 1e38 0 0 cm ", b" 0 0 0 0 0 0 Tm ", b" /F1 0 Tf ", b" /F1 -9999999 Tf ", b" /F9 9 Tf ",
    b" <ff> Tj ", b" [(a) -99999999 (b)] TJ ", b" /H1 <</MCID 0>> BDC ", b" EMC ", b" /Im Do ", b" BI ID ", b" EI ", b" 9 Tr ", b" NaN Tz ",
)  # fmt: skip


@cache
def pdfs() -> tuple[bytes, ...]:
    """PDF files that are as they should be."""
    made = pdf_files.one_font(pdf_files.report(CHAPTERS))
    return (made, made, (FILES / "report.pdf").read_bytes(), (FILES / "unmarked.pdf").read_bytes())


@cache
def ofds() -> tuple[bytes, ...]:
    outline = [(name, at) for at, name in enumerate(CHAPTERS, 1)]
    pages = ofd_files.report(CHAPTERS)
    return (ofd_files.ofd(pages, outline), ofd_files.ofd(pages, template=ofd_files.text("页眉", 20, 12)))


def _paper(root: Path, name: str, data: bytes) -> bool:
    put(root / "bad" / name, data)
    put(root / "bad" / "project.yaml", listed(name))
    return False


def _changed_objects(chance: Random, data: bytes) -> bytes:
    """Something odd put among the objects, or into the operators of a page."""
    for _ in range(chance.choice((1, 1, 3))):
        found = STREAM.search(data, chance.randrange(len(data)))
        if found and chance.random() < 0.5:
            data = data[: found.start(1)] + _changed_operators(chance, found[1]) + data[found.end(1) :]
            continue
        at = chance.randrange(len(data))
        end = at + chance.choice((0, 0, 1, 5, 40))
        data = data[:at] + chance.choice(ODD_OBJECTS) * chance.choice((1, 1, 2, 50)) + data[end:]
    return data


def _changed_operators(chance: Random, packed: bytes) -> bytes:
    try:
        plain = zlib.decompress(packed)
    except zlib.error:
        return changed_bytes(chance, packed, 2)
    at = chance.randrange(len(plain) + 1)
    odd = chance.choice((*ODD_OPERATORS, chance.choice(ODD_TEXTS).encode("utf-8", "replace")))
    return zlib.compress(plain[:at] + odd * chance.choice((1, 1, 9, 20_000)) + plain[at + chance.choice((0, 3, 30)) :])


def portable(chance: Random, root: Path) -> bool:
    data = chance.choice(pdfs())
    changed = _changed_objects(chance, data) if chance.random() < 0.7 else changed_bytes(chance, data, chance.choice((1, 9, 60)))
    return _paper(root, "方案.pdf", changed)


def fixed_layout(chance: Random, root: Path) -> bool:
    data = chance.choice(ofds())
    return _paper(root, "方案.ofd", changed_parts(chance, data) if chance.random() < 0.7 else changed_zip(chance, data))


def old_word(chance: Random, root: Path) -> bool:
    """Bytes turned; numbers of sectors and places are what stands in most of them."""
    data = bytearray((FILES / "report.doc").read_bytes())
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(0, len(data) - 4, 2)
        odd = chance.choice((0, 1, 2, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, chance.randrange(1 << 32)))
        data[at : at + 4] = odd.to_bytes(4, "little")
    if chance.random() < 0.2:
        del data[chance.randrange(len(data)) :]
    return _paper(root, chance.choice(("方案.doc", "方案.wps")), bytes(data))


def rich_text(chance: Random, root: Path) -> bool:
    data = (FILES / "report.rtf").read_bytes()
    for _ in range(chance.choice((1, 3, 9))):
        at = chance.randrange(len(data))
        words = (b"{", b"}", b"\\u-1 ", b"\\uc9 ", b"\\bin9 ", b"\\par ", b"{\\*\\fldinst TOC}", b"\\outlinelevel99 ", b"\\fs-9 ", b"\\'", b"\\pict ")
        data = data[:at] + chance.choice(words) * chance.choice((1, 1, 500)) + data[at + chance.choice((0, 1, 50)) :]
    return _paper(root, "方案.rtf", data)


def open_document(chance: Random, root: Path) -> bool:
    data = (FILES / "report.odt").read_bytes()
    return _paper(root, "方案.odt", changed_parts(chance, data) if chance.random() < 0.7 else changed_zip(chance, data))
