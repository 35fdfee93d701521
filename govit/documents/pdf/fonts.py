"""字体：what characters the bytes of a shown string stand for (ISO 32000-1, 9.6 to 9.10), and how wide they are.

A font that does not say is no reason to guess: its characters are unknown, and whoever reads the page is told.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from govit.documents.pdf.store import Stream
from govit.documents.pdf.tokens import Lexer, Name, Operator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from govit.documents.pdf.store import Dictionary, Store
    from govit.documents.pdf.tokens import Value

UNKNOWN = "\ufffd"
"""A character that the font does not tell."""
MOST_CODES = 70_000
LONGEST_LIGATURE = 8
_SYMBOLIC = 4
_FORCE_BOLD = 1 << 18
_HEAVY = 600
_WIDE = 1000.0
_TWO = 2
_ASCII = 127
_ASCII_NAMES = {
    "space": " ", "exclam": "!", "quotedbl": '"', "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&",
    "quotesingle": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-",
    "period": ".", "slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">",
    "question": "?", "at": "@", "bracketleft": "[", "backslash": "\\", "bracketright": "]", "underscore": "_",
    "braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~", "bullet": "•", "endash": "–", "emdash": "—",
    "quoteleft": "‘", "quoteright": "’", "quotedblleft": "“", "quotedblright": "”", "ellipsis": "…", "section": "§",
    "degree": "°", "multiply": "×", "plusminus": "±", "periodcentered": "·", "nbspace": " ",
}  # fmt: skip
_UNI_NAME = re.compile(r"uni([0-9A-F]{4})|u([0-9A-F]{4,6})")
_ENCODINGS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman", "StandardEncoding": "cp1252"}
_CHARACTER_SETS = (
    ("UniGB-UCS2", "utf-16-be"), ("UniGB-UTF16", "utf-16-be"), ("UniGB-UTF8", "utf-8"), ("UniGB-UTF32", "utf-32-be"),
    ("UniCNS-UCS2", "utf-16-be"), ("UniCNS-UTF16", "utf-16-be"), ("UniJIS-UCS2", "utf-16-be"), ("UniJIS-UTF16", "utf-16-be"),
    ("GBK2K", "gb18030"), ("GBKp-EUC", "gbk"), ("GBK-EUC", "gbk"), ("GBpc-EUC", "gb2312"), ("GB-EUC", "gb2312"),
    ("ETen-B5", "big5"), ("ETenms-B5", "big5"), ("B5pc", "big5"), ("HKscs-B5", "big5hkscs"), ("90ms-RKSJ", "cp932"),
)  # fmt: skip
"""The predefined CMaps whose codes are those of a character set, by how their names begin."""


class Glyph(NamedTuple):
    """A character as it is shown."""

    text: str
    width: float
    """In thousandths of the size."""
    space: bool
    """Word spacing is added behind it."""


class PdfFont:
    """A font: reads strings."""

    __slots__ = ("_decode", "_glyphs", "_width", "bold", "name")

    def __init__(self, name: str, *, bold: bool, decode: Callable[[bytes], Iterator[tuple[int, str]]], width: Callable[[int], float]) -> None:
        self.name = name
        """Without the mark of a subset, in small letters."""
        self.bold = bold
        self._decode = decode
        self._width = width
        self._glyphs: dict[int, Glyph] = {}

    def glyphs(self, string: bytes) -> list[Glyph]:
        """Give the characters of a string; each is made once."""
        known, found = self._glyphs, []
        for code, text in self._decode(string):
            glyph = known.get(code)
            if glyph is None:
                glyph = known[code] = Glyph(text, self._width(code), code == ord(" "))
            found.append(glyph)
        return found


def read_font(store: Store, given: Dictionary) -> PdfFont:
    """Read a font of a page's resources."""
    inner = store.dictionary(next(iter(store.array(given.get("DescendantFonts"))), None))
    descriptor = store.dictionary(given.get("FontDescriptor")) or store.dictionary(inner.get("FontDescriptor"))
    full = store.name(given.get("BaseFont")) or store.name(descriptor.get("FontName"))
    name = _decoded_name(full.partition("+")[2] or full)
    weight, flags = store.number(descriptor.get("FontWeight")), int(store.number(descriptor.get("Flags")))
    bold = "bold" in name or "heavy" in name or weight >= _HEAVY or bool(flags & _FORCE_BOLD)
    told = _to_unicode(store, given.get("ToUnicode"))
    if store.name(given.get("Subtype")) == "Type0":
        return PdfFont(name, bold=bold, decode=_composite(store, given, told), width=_composite_widths(store, given, inner))
    known = {**_simple(store, given, descriptor, flags), **told}
    scale = _type3_scale(store, given)
    return PdfFont(name, bold=bold, decode=_single(known), width=_simple_widths(store, given, descriptor, scale))


def _decoded_name(name: str) -> str:
    """A font's name may be written in GBK: it then came out as if it were Latin."""
    return name.casefold()


def _single(known: Mapping[int, str]) -> Callable[[bytes], Iterator[tuple[int, str]]]:
    return lambda string: ((code, known.get(code, UNKNOWN)) for code in string)


# composite fonts


def _composite(store: Store, given: Dictionary, told: Mapping[int, str]) -> Callable[[bytes], Iterator[tuple[int, str]]]:
    """Read codes of two bytes by what the font tells, or codes of a character set by that."""
    charset = _charset(store, given)
    if not charset:
        return lambda string: _pairs(string, told)
    return lambda string: _characters(string, charset)


def _charset(store: Store, given: Dictionary) -> str:
    """The character set of the codes, if the font names one that is known."""
    encoding = store.name(given.get("Encoding"))
    return next((codec for start, codec in _CHARACTER_SETS if encoding.startswith(start)), "")


def _pairs(string: bytes, told: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    for at in range(0, len(string) - 1, 2):
        code = string[at] << 8 | string[at + 1]
        yield code, told.get(code, UNKNOWN)


def _characters(string: bytes, charset: str) -> Iterator[tuple[int, str]]:
    """Give each character; its width is that of an ideograph, or half of it."""
    for character in codecs.decode(string, charset, "replace"):
        yield ord(character), character


def _composite_widths(store: Store, given: Dictionary, inner: Dictionary) -> Callable[[int], float]:
    usual = store.number(inner.get("DW"), _WIDE)
    if _charset(store, given):
        return lambda code: usual if code > _ASCII else usual / _TWO
    known: dict[int, float] = {}
    items = store.array(inner.get("W"))
    at = 0
    while at + 1 < len(items) and len(known) < MOST_CODES:
        first, each = int(store.number(items[at])), store.array(items[at + 1])
        if each:
            known.update(enumerate((store.number(one, usual) for one in each), first))
            at += 2
            continue
        last = int(store.number(items[at + 1]))
        width = store.number(items[at + 2], usual) if at + 2 < len(items) else usual
        if 0 <= last - first < MOST_CODES:
            store.allowance.parse((last - first) // 8)
            known.update(dict.fromkeys(range(first, last + 1), width))
        at += 3
    return lambda code: known.get(code, usual)


# simple fonts


def _simple(store: Store, given: Dictionary, descriptor: Dictionary, flags: int) -> dict[int, str]:
    """The characters of a font of single bytes, as far as its encoding tells them."""
    encoding = store.get(given.get("Encoding"))
    named = store.name(encoding.get("BaseEncoding")) if isinstance(encoding, dict) else str(encoding or "")
    embedded = any(key in descriptor for key in ("FontFile", "FontFile2", "FontFile3"))
    own = store.name(given.get("Subtype")) == "Type3" or (embedded and bool(flags & _SYMBOLIC))
    codec = _ENCODINGS.get(named, "" if own else "cp1252")
    known = {code: bytes([code]).decode(codec, "replace") for code in range(32, 256)} if codec else {}
    if isinstance(encoding, dict):
        code = 0
        for one in store.array(encoding.get("Differences"))[:MOST_CODES]:
            if isinstance(one, Name):
                known[code] = _named(one)
                code += 1
            elif isinstance(one, int):
                code = one
    return known


def _named(name: str) -> str:
    """The character that a glyph's name (space, one, uni7B2C) tells."""
    if len(name) == 1:
        return name
    match = _UNI_NAME.fullmatch(name)
    if match:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else UNKNOWN  # noqa: PLR2004  (surrogates)
    return _ASCII_NAMES.get(name, UNKNOWN)


def _type3_scale(store: Store, given: Dictionary) -> float:
    matrix = store.array(given.get("FontMatrix"))
    return store.number(matrix[0]) * _WIDE if matrix and store.name(given.get("Subtype")) == "Type3" else 1.0


def _simple_widths(store: Store, given: Dictionary, descriptor: Dictionary, scale: float) -> Callable[[int], float]:
    first = int(store.number(given.get("FirstChar")))
    widths = [store.number(one) * scale for one in store.array(given.get("Widths"))[:MOST_CODES]]
    missing = store.number(descriptor.get("MissingWidth"), 0 if widths else _WIDE / _TWO)
    return lambda code: widths[code - first] if 0 <= code - first < len(widths) else missing


# what the font itself tells


def _to_unicode(store: Store, value: Value) -> dict[int, str]:
    """Read the map from codes to characters (ToUnicode)."""
    stream = store.get(value)
    if not isinstance(stream, Stream):
        return {}
    told: dict[int, str] = {}
    operands: list[Value] = []
    for one in Lexer(store.unpack(stream), store.allowance).values():
        if not isinstance(one, Operator):
            operands.append(one)
            if len(operands) > MOST_CODES:
                break
            continue
        if one == "endbfchar":
            told.update(
                (int.from_bytes(code), _utf16(text))
                for code, text in zip(operands[::2], operands[1::2], strict=False)
                if isinstance(code, bytes) and isinstance(text, bytes)
            )
        elif one == "endbfrange":
            for first, last, to in zip(operands[::3], operands[1::3], operands[2::3], strict=False):
                if isinstance(first, bytes) and isinstance(last, bytes):
                    told.update(_range(store, int.from_bytes(first), int.from_bytes(last), to))
        operands.clear()
        if len(told) > MOST_CODES:
            break
    return told


def _range(store: Store, first: int, last: int, to: Value) -> Iterator[tuple[int, str]]:
    if not 0 <= last - first < MOST_CODES:
        return
    store.allowance.parse((last - first) // 2)
    if isinstance(to, list):
        yield from ((first + at, _utf16(one)) for at, one in enumerate(to[: last - first + 1]) if isinstance(one, bytes))
    elif isinstance(to, bytes) and to:
        start = _utf16(to)
        for code in range(first, last + 1):
            following = ord(start[-1]) + code - first if start else 0
            if 0 < following < 0xD800 or 0xE000 <= following <= 0x10FFFF:  # noqa: PLR2004  (surrogates)
                yield code, start[:-1] + chr(following)


def _utf16(text: bytes) -> str:
    found = text[: 2 * LONGEST_LIGATURE].decode("utf-16-be", "replace")
    return found if found and found != "\0" else UNKNOWN
