"""词法：the objects of a PDF as they are written (ISO 32000-1, 7.2 and 7.3), parsed without recursion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.documents.pdf.limits import PdfAllowance

DEEPEST = 100
"""Arrays and dictionaries in one another."""
LONGEST_STRING = 1_000_000
LONGEST_FLAT = 200_000
"""Bytes of an array that is read at once, with its items beside one another."""
MOST_ITEMS = 200_000
"""Of one array or dictionary."""
MOST_OPERANDS = 64
"""Before an operator; more are no operands of any."""
_NUMBER, _NAME, _PLAIN, _KEYWORD = 1, 2, 3, 6

_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]*+(?:%[^\r\n]*+[\0\t\n\f\r ]*+)*+"
    rb"(?:([+-]?\d++(?![.\d])|[+-]?\d*+\.\d*+)"  # 1 number
    rb"|/([^\0\t\n\f\r ()<>\[\]{}/%]*+)"  # 2 name
    rb"|\(([^()\\\r]*+)\)"  # 3 string without anything special in it
    rb"|(<<|>>|[\[\](){}])"  # 4
    rb"|<([0-9A-Fa-f\0\t\n\f\r ]*+)>"  # 5 hex string
    rb"|([^\0\t\n\f\r ()<>\[\]{}/%]++)"  # 6 keyword
    rb"|([<>]))"  # 7 broken
)
_FLAT = re.compile(
    rb"(?:[\0\t\n\f\r ]*+(?:<[0-9A-Fa-f]*+>|\([^()\\\r]*+\)|[-+.\d]++))*+[\0\t\n\f\r ]*+\]"
)
"""The rest of an array of nothing but plain strings and numbers, as texts are shown."""
_ITEM = re.compile(rb"<([0-9A-Fa-f]*+)>|\(([^()\\\r]*+)\)|([-+.\d]++)")
_IN_STRING = re.compile(rb"[()\\\r]")
_ESCAPES = {
    0x6E: b"\n", 0x72: b"\r", 0x74: b"\t", 0x62: b"\b", 0x66: b"\f", 0x28: b"(", 0x29: b")", 0x5C: b"\\",
}  # fmt: skip
_OCTAL = re.compile(rb"[0-7]{1,3}")
_HEX_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_BLANK = re.compile(rb"[\0\t\n\f\r ]++")
_BIGGEST = 12
"""Digits of a number that is believed."""


class Name(str):
    """A name (/Type)."""

    __slots__ = ()


class Operator(str):
    """A keyword that is no value: obj, stream, Tj."""

    __slots__ = ()


class Reference(NamedTuple):
    """An object by its number (12 0 R)."""

    number: int


class EndOfDataError(Exception):
    """The data ended in the middle of an object."""


Value = None | bool | int | float | bytes | Name | Operator | Reference | list["Value"] | dict[str, "Value"]
_WORDS: dict[bytes, Value] = {b"true": True, b"false": False, b"null": None}


class Lexer:
    """Reads one value after the other from some bytes."""

    def __init__(self, data: bytes, allowance: PdfAllowance, at: int = 0) -> None:
        self.data = data
        self.at = at
        self._allowance = allowance

    def values(self) -> Iterator[Value]:
        """Give every whole value and operator to the end; what is broken is passed over."""
        while True:
            try:
                yield self.value()
            except EndOfDataError:
                return

    def operations(self) -> Iterator[tuple[str, list[Value]]]:
        """Give every operator with its operands: the same as :meth:`values`, in a third of its time."""
        match_at, data, operands, count = _TOKEN.match, self.data, list[Value](), 0
        while match := match_at(data, self.at):
            kind = match.lastindex
            count += 1
            if kind == _KEYWORD:
                self.at = match.end()
                self._allowance.parse(count)
                text = match[_KEYWORD]
                if text in _WORDS:
                    operands.append(_WORDS[text])
                    continue
                yield text.decode("latin-1"), operands
                operands, count = [], 0
                continue
            if len(operands) > MOST_OPERANDS:
                operands.clear()
                self._allowance.parse(count)
                count = 0
            if kind == _NUMBER:
                self.at = match.end()
                operands.append(_number(match[_NUMBER]))
            elif kind == _NAME:
                self.at = match.end()
                operands.append(_name(match[_NAME]))
            elif kind == _PLAIN:
                self.at = match.end()
                operands.append(match[_PLAIN])
            elif data[match.end() - 1] == ord("[") and (flat := _FLAT.match(data, match.end(), match.end() + LONGEST_FLAT)):
                operands.append(self._flat(flat))
                self.at = flat.end()
            else:
                try:
                    operands.append(self.value())
                except EndOfDataError:
                    return

    def _flat(self, match: re.Match[bytes]) -> list[Value]:
        """Read an array of plain strings and numbers."""
        self._allowance.parse(1 + (match.end() - match.start()) // 16)
        found = _ITEM.findall(self.data, match.start(), match.end())
        return [_hex(hexes) if hexes else _number(number) if number else plain for hexes, plain, number in found]

    def value(self) -> Value:
        """Read the next value or operator, arrays and dictionaries as a whole."""
        first, closing = self._next()
        if not isinstance(first, _OpenValue):
            return None if closing is not None else first
        stack: list[_OpenValue] = [first]
        while stack:
            value, closing = self._next()
            if isinstance(value, _OpenValue):
                if len(stack) >= DEEPEST or len(stack[-1].items) > MOST_ITEMS:
                    raise EndOfDataError
                stack.append(value)
                continue
            if closing is None:
                stack[-1].take(value)
                continue
            done = stack.pop().close()
            if not stack:
                return done
            stack[-1].items.append(done)
        raise EndOfDataError

    def _next(self) -> tuple[Value | _OpenValue, bytes | None]:
        """Read one token: a value, the beginning of an array or dictionary, or the end of one."""
        match = _TOKEN.match(self.data, self.at)
        if match is None:
            raise EndOfDataError
        self._allowance.parse(1)
        self.at = match.end()
        kind = match.lastindex
        text = match[kind or 0]
        match kind:
            case 1:
                return _number(text), None
            case 2:
                return _name(text), None
            case 3:
                return text, None
            case 4:
                return self._mark(text)
            case 5:
                return _hex(text), None
            case 6:
                return (_WORDS[text], None) if text in _WORDS else (Operator(text.decode("latin-1")), None)
            case _:
                return None, None

    def _mark(self, text: bytes) -> tuple[Value | _OpenValue, bytes | None]:
        if text in (b"<<", b"["):
            return _OpenValue(dictionary=text == b"<<"), None
        if text == b"(":
            return self._string(), None
        return None, text

    def _string(self) -> bytes:
        """Read the rest of a string with escapes or parentheses in it."""
        parts: list[bytes] = []
        depth, begun = 1, self.at
        while True:
            match = _IN_STRING.search(self.data, self.at, begun + LONGEST_STRING)
            if match is None:
                raise EndOfDataError
            self._allowance.parse(1)
            parts.append(self.data[self.at : match.start()])
            self.at = match.end()
            sign = match[0]
            if sign == b"(":
                depth += 1
            elif sign == b")":
                depth -= 1
                if not depth:
                    return b"".join(parts)
            parts.append(self._escaped() if sign == b"\\" else self._line_end() if sign == b"\r" else sign)

    def _escaped(self) -> bytes:
        """Read what follows a backslash."""
        octal = _OCTAL.match(self.data, self.at)
        if octal:
            self.at = octal.end()
            return bytes([int(octal[0], 8) & 255])
        sign = self.data[self.at : self.at + 1]
        self.at += 1
        if sign == b"\r":
            self._line_end()
            return b""
        return b"" if sign == b"\n" else _ESCAPES.get(sign[0], sign) if sign else b""

    def _line_end(self) -> bytes:
        """Pass over the line feed of a line end of two characters; any line end is a line feed."""
        if self.data[self.at : self.at + 1] == b"\n":
            self.at += 1
        return b"\n"


class _OpenValue:
    """An array or dictionary whose end has not been seen yet."""

    __slots__ = ("dictionary", "items")

    def __init__(self, *, dictionary: bool) -> None:
        self.dictionary = dictionary
        self.items: list[Value] = []

    def take(self, value: Value) -> None:
        """Add a value; two numbers before R are a reference."""
        items = self.items
        if type(value) is Operator:
            if value == "R" and len(items) > 1 and isinstance(items[-1], int) and isinstance(items[-2], int):
                items.pop()
                items.append(Reference(int(str(items.pop()))))
            return
        if len(items) > MOST_ITEMS:
            raise EndOfDataError
        items.append(value)

    def close(self) -> Value:
        if not self.dictionary:
            return self.items
        pairs = iter(self.items)
        return {str(key): value for key, value in zip(pairs, pairs, strict=False) if type(key) is Name}


def _number(text: bytes) -> int | float:
    if len(text) > _BIGGEST:
        text = text[:_BIGGEST]
    try:
        return float(text) if b"." in text else int(text)
    except ValueError:
        return 0


def _name(text: bytes) -> Name:
    if b"#" in text:
        text = _HEX_NAME.sub(lambda match: bytes.fromhex(match[1].decode("ascii")), text)
    return Name(text.decode("utf-8", "replace"))


def _hex(text: bytes) -> bytes:
    digits = _BLANK.sub(b"", text) if not text.isalnum() else text
    return bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode("ascii"))
