"""PDF files as tests need them, written object by object."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
GB_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    b"/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>>"
)


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of some objects, the first one its catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + table + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))


def stream(data: bytes, more: bytes = b"") -> bytes:
    return packed_stream(zlib.compress(data, 9), more)


def packed_stream(packed: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n" % (len(packed), more) + packed + b"\nendstream"


def over_and_over(block: bytes, times: int) -> bytes:
    """What zlib unpacks to a block many times over: the block is packed once, so that a bomb is made in no time."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    high, low = divmod(zlib.adler32(block), 1 << 16)
    high = (times * high + len(block) * (low - 1) * times * (times - 1) // 2) % 65521
    low = (1 + times * (low - 1)) % 65521
    return b"\x78\xda" + once * times + packer.flush() + (high << 16 | low).to_bytes(4, "big")


def shown(text: str, x: float, y: float, size: float = 12, *, codec: str = "utf-16-be", more: str = "") -> str:
    """The operators that show a text at a place."""
    return f"BT {more} /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode(codec).hex()}> Tj ET\n"


def one_font(pages: Sequence[str], font: bytes = GB_FONT, catalog: bytes = CATALOG, more: Sequence[bytes] = (), page: bytes = b"") -> bytes:
    """Pages of operators with one font; object 3 is the font, the pages follow it, then `more`."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(pages)))
    objects = [catalog, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)), font]
    for at, operators in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<</Im 99 0 R>>>>"
            b"/Contents %d 0 R%s>>" % (first + 2 * at + 1, page)
        )
        objects.append(stream(operators.encode()))
    return pdf([*objects, *more])


BODY = "本平台汇聚全市路内外停车位的实时数据向公众提供查询预约和缴费服务由市城管局统一建设"
"""A line of the running text, as long as the page is wide."""


def report(chapters: Sequence[str], size: float = 18, *, number: bool = True) -> list[str]:
    """Pages of a report: a header, a page number, chapters at the head of a page each, and text below them."""
    pages = []
    for at, chapter in enumerate(chapters):
        name = f"第{'一二三四五六七八九'[at]}章 {chapter}" if number else chapter
        lines = [shown("某市可行性研究报告", 240, 800, 9), shown(name, 200, 720, size)]
        lines += [shown(("　　" if row % 4 == 0 else "") + BODY[: 38 if row % 4 else 36], 60, 690 - 20 * row) for row in range(12)]
        lines.append(shown(f"— {at + 1} —", 280, 40, 9))
        pages.append("".join(lines))
    return pages
