"""PDF from a stranger: bombs, loops and nonsense are refused, by what they cost and not by a clock."""

from __future__ import annotations

import io
import resource
import time
import zlib

import pytest
from pdf_files import CATALOG, GB_FONT, one_font, over_and_over, packed_stream, pdf, report, shown, stream

from govit.documents.content import Trouble, Unreadable
from govit.documents.pdf.read import read_pdf

PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>/Contents 4 0 R>>"
FORM = b"/Type/XObject/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>"
SECONDS = 4.0
"""Of the processor: several times what it takes, for machines that are busy."""
MEMORY = 100_000
"""Kilobytes."""


def answer(data: bytes) -> Unreadable | None:
    """Why a file is refused, None if it is read."""
    try:
        read_pdf(io.BytesIO(data), len(data))
    except Unreadable as error:
        return error
    return None


def raw(data: bytes, more: bytes) -> bytes:
    return b"<</Length %d%s>>\nstream\n" % (len(data), more) + data + b"\nendstream"


MEGABYTE = b" " * 1_000_000
BOMBS = {
    "tokens": lambda: pdf([CATALOG, PAGES, PAGE, stream(b"BT /F1 12 Tf " + b"(a) Tj 1 0 0 1 0 0 Tm " * 500_000), GB_FONT]),
    "lines": lambda: pdf([CATALOG, PAGES, PAGE, stream(b"BT /F1 12 Tf " + b"(a b) Tj 0 -9 Td " * 500_000), GB_FONT]),
    "characters": lambda: pdf([CATALOG, PAGES, PAGE, stream(b"BT /F1 12 Tf " + (b"(" + b"a" * 500_000 + b") Tj ") * 20), GB_FONT]),
    "blanks": lambda: pdf([CATALOG, PAGES, PAGE, packed_stream(over_and_over(MEGABYTE, 100)), GB_FONT]),
    "blanks twice packed": lambda: pdf(
        [CATALOG, PAGES, PAGE, raw(zlib.compress(over_and_over(MEGABYTE, 300), 9), b"/Filter[/FlateDecode/FlateDecode]"), GB_FONT]
    ),
    "one stream a thousand times": lambda: pdf(
        [CATALOG, PAGES, PAGE.replace(b"4 0 R", b"[" + b"4 0 R " * 1000 + b"]"), stream(b" " * 10_000_000), GB_FONT]
    ),
    "forms in forms": lambda: pdf(
        [CATALOG, PAGES, PAGE, stream(b"/X Do " * 100), GB_FONT, *(stream(b"/X Do " * 100, FORM % (7 + n)) for n in range(8))]
    ),
    "a form in itself": lambda: pdf([CATALOG, PAGES, PAGE, stream(b"/X Do "), GB_FONT, stream(b"/X Do " * 90_000, FORM % 6)]),
    "states": lambda: pdf([CATALOG, PAGES, PAGE, stream(b"q " * 2_000_000), GB_FONT]),
    "parentheses": lambda: pdf([CATALOG, PAGES, PAGE, stream(b"(" * 2_000_000), GB_FONT]),
    "brackets": lambda: pdf([CATALOG.replace(b">>", b"/X " + b"[" * 90_000 + b"]" * 90_000 + b">>"), PAGES, PAGE, stream(b""), GB_FONT]),
    "kids": lambda: pdf([CATALOG, b"<</Type/Pages/Kids[" + b"3 0 R " * 300_000 + b"]>>", PAGE, stream(b""), GB_FONT]),
    "a declared table": lambda: b"%PDF-1.5\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 99999999\ntrailer<</Root 1 0 R>>\nstartxref\n42\n%%EOF",
    "a table in a stream": lambda: b"%PDF-1.5\n1 0 obj"
    + stream(b"\1\0\0" * 2_000_000, b"/Type/XRef/W[1 1 1]/Size 2000000/Root 1 0 R")
    + b"endobj\nstartxref\n9\n%%EOF",
    "objects without end": lambda: b"%PDF-1.4\n" + b"1 0 obj " * 1_500_000,
    "packs": lambda: b"%PDF-1.4\n" + b"".join(b"%d 0 obj<</Type/ObjStm>>" % n for n in range(100_000)),
    "a map of all characters": lambda: pdf(
        [CATALOG, PAGES, PAGE, stream(b"BT /F1 9 Tf (aa) Tj ET"),
         b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>",
         stream(b"1 beginbfrange " + b"<0000> <ffff> <0000> " * 90_000 + b"endbfrange")]
    ),
    "widths": lambda: pdf(
        [CATALOG, PAGES, PAGE, stream(b"BT /F1 9 Tf (aa) Tj ET"),
         b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W[" + b"0 65000 5 " * 50_000 + b"]>>]>>"]
    ),
    "predictions": lambda: pdf(
        [CATALOG, PAGES, PAGE,
         raw(zlib.compress((b"\4" + b"a" * 60_000) * 200, 9), b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 60000>>"), GB_FONT]
    ),
    "many filters": lambda: pdf([CATALOG, PAGES, PAGE, raw(b"", b"/Filter[" + b"/FlateDecode" * 2_000 + b"]"), GB_FONT]),
}  # fmt: skip
"""Each is made where it is tested: to make all takes seconds of every worker."""


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_cost_next_to_nothing(name: str) -> None:
    data = BOMBS[name]()
    begun, grown = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable) as caught:
        read_pdf(io.BytesIO(data), len(data))
    assert time.process_time() - begun < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown < MEMORY
    assert caught.value.trouble in (Trouble.HUGE, Trouble.DAMAGED, Trouble.EMPTY, Trouble.UNSUPPORTED)
    assert caught.value.what
    assert caught.value.remedy


def outlined(titles: int, title: str, operators: bytes) -> bytes:
    """A page with as many bookmarks that lead to it."""
    entries = [
        b"<</Title<feff%s>/Dest[3 0 R/XYZ 0 700 0]/Next %d 0 R>>" % (title.encode("utf-16-be").hex().encode(), 8 + at)
        for at in range(titles)
    ]
    catalog = CATALOG[:-2] + b"/Outlines 6 0 R>>"
    weight = b"%" + bytes(range(40, 90)) * 18_000
    return pdf([catalog, PAGES, PAGE, stream(operators), GB_FONT, b"<</First 7 0 R>>", *entries]) + weight


def lines(text: str, count: int, move: bytes = b"0 -13 Td") -> bytes:
    return b"BT /F1 12 Tf " + b"<%s> Tj %s " % (text.encode("utf-16-be").hex().encode(), move) * count


MANY_TIMES = {
    "titles and lines that begin them": lambda: outlined(2_000, "甲" * 200, lines("甲" * 20, 20_000)),
    "titles that are all lines": lambda: outlined(3_000, "第一章 甲", lines("第一章 甲", 30_000)),
    "sizes": lambda: outlined(0, "", b"BT " + b"".join(b"/F1 %d Tf <4e594e59> Tj 0 9 Td " % at for at in range(30_000))),
    "shifts": lambda: outlined(0, "", b"BT /F1 12 Tf [" + b"<4e59> -200 " * 590_000 + b"] TJ"),
}


@pytest.mark.parametrize("name", MANY_TIMES)
def test_what_is_compared_with_what_is_counted(name: str) -> None:
    """Bookmarks with all lines of a page took more than a minute."""
    data = MANY_TIMES[name]()
    begun, grown = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer(data)
    assert time.process_time() - begun < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown < MEMORY


LOOPS = {
    "a page tree": pdf([CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]>>", PAGE, stream(b"BT /F1 9 Tf (abc) Tj ET"), GB_FONT]),
    "tables": one_font(report(["总论"])).replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev 9>>"),
    "a reference": pdf([CATALOG, PAGES, PAGE.replace(b"4 0 R", b"6 0 R"), b"7 0 R", GB_FONT, b"7 0 R", b"6 0 R"]),
    "an outline": pdf(
        [CATALOG.replace(b">>", b"/Outlines 6 0 R>>"), PAGES, PAGE, stream(b"BT /F1 9 Tf (abc) Tj ET"), GB_FONT,
         b"<</First 7 0 R>>", b"<</Title(a)/Next 7 0 R/First 7 0 R/Dest[3 0 R]>>"]
    ),
    "a length": pdf([CATALOG, PAGES, PAGE, b"<</Length 4 0 R>>\nstream\nBT ET\nendstream", GB_FONT]),
    "an object stream": pdf([CATALOG, PAGES, PAGE, b"<</Type/ObjStm/N 1/First 4 /Length 9>>\nstream\n4 0 <<>>\nendstream", GB_FONT]),
    "a length beyond the file": pdf([CATALOG, PAGES, PAGE, b"<</Length 500000000>>\nstream\nBT ET\nendstream", GB_FONT]),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOPS)
def test_loops_end(name: str) -> None:
    begun = time.process_time()
    error = answer(LOOPS[name])
    assert error is None or error.what
    assert time.process_time() - begun < SECONDS


def test_whatever_is_cut_off_is_an_answer() -> None:
    data = one_font([shown("第一章 总论", 60, 700, 18)])
    for end in range(len(data)):
        error = answer(data[:end])
        assert error is None or error.what
