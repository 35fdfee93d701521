"""解压：what the filters of a stream make of its bytes (ISO 32000-1, 7.4), never more than the file may cost."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from typing import TYPE_CHECKING

from govit.documents.pdf.limits import LARGEST_STREAM, too_much

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govit.documents.pdf.limits import PdfAllowance
    from govit.documents.pdf.tokens import Value

MOST_FILTERS = 8
_STEP = 1 << 16
_PNG = 10
"""Predictors from here on are those of PNG."""
_COST = {1: 6, 3: 2, 4: 1}
"""Bytes of a predicted row that cost as much as a token, 12 unless said."""
_CLEAR, _END, _FIRST, _WIDEST = 256, 257, 258, 12
_BLANKS = re.compile(rb"[\0\t\n\f\r ]++")


class UnknownFilterError(Exception):
    """A filter of pictures, or one that is not known."""


def unpacked(data: bytes, filters: list[str], parameters: Sequence[Mapping[str, Value]], allowance: PdfAllowance) -> bytes:
    """Undo the filters one after the other; of what is broken, what comes before the break is given."""
    if len(filters) > MOST_FILTERS:
        too_much(f"一个数据流压缩了 {len(filters)} 层")
    for at, name in enumerate(filters):
        undo = _FILTERS.get(name)
        if undo is None:
            raise UnknownFilterError(name)
        data = undo(data, allowance)
        if at < len(parameters) and parameters[at]:
            data = _predicted(data, parameters[at], allowance)
    return data


def _inflated(data: bytes, allowance: PdfAllowance) -> bytes:
    engine = zlib.decompressobj()
    parts: list[bytes] = []
    size = 0
    for begin in range(0, len(data), _STEP):
        piece = data[begin : begin + _STEP]
        while piece and not engine.eof:  # behind the end, zlib gives back the same rest for ever
            try:
                part = engine.decompress(piece, _STEP)
            except zlib.error:
                return b"".join(parts)
            size += len(part)
            allowance.unpack(len(part))
            if size > LARGEST_STREAM:
                too_much(f"一个数据流解压后超过 {LARGEST_STREAM // 1_000_000} MB")
            parts.append(part)
            piece = engine.unconsumed_tail
        if engine.eof:
            break
    return b"".join(parts)


def _from_hex(data: bytes, allowance: PdfAllowance) -> bytes:
    allowance.unpack(len(data))
    digits = _BLANKS.sub(b"", data.partition(b">")[0])
    try:
        return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except binascii.Error:
        return b""


def _from_85(data: bytes, allowance: PdfAllowance) -> bytes:
    allowance.unpack(len(data))
    digits = _BLANKS.sub(b"", data.partition(b"~>")[0])
    allowance.parse(len(digits) // 4)
    if digits.count(b"z") * 4 > LARGEST_STREAM:
        too_much("一个数据流过大")
    allowance.unpack(digits.count(b"z") * 4)
    try:
        return base64.a85decode(digits)
    except ValueError:
        return b""


def _run_lengths(data: bytes, allowance: PdfAllowance) -> bytes:
    parts: list[bytes] = []
    at = 0
    while at < len(data) and data[at] != 128:  # noqa: PLR2004  (the end of data, ISO 32000-1, 7.4.5)
        length = data[at]
        part = data[at + 1 : at + 2 + length] if length < 128 else data[at + 1 : at + 2] * (257 - length)  # noqa: PLR2004
        at += 2 + length if length < 128 else 2  # noqa: PLR2004
        allowance.parse(1)
        allowance.unpack(len(part))
        parts.append(part)
    return b"".join(parts)


def _lzw(data: bytes, allowance: PdfAllowance) -> bytes:
    """Undo LZW with codes that grow one entry early, as all PDF files have them."""
    table = _lzw_table()
    parts: list[bytes] = []
    width, held, bits, size = 9, 0, 0, 0
    before = b""
    for byte in data:
        held = (held << 8 | byte) & 0xFFFFFF
        bits += 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits & ((1 << width) - 1)
        allowance.parse(1)
        if code == _END:
            break
        if code == _CLEAR:
            table, width, before = _lzw_table(), 9, b""
            continue
        if code < len(table):
            entry = table[code]
        elif before:
            entry = before + before[:1]
        else:
            break
        size += len(entry)
        allowance.unpack(len(entry))
        if size > LARGEST_STREAM:
            too_much(f"一个数据流解压后超过 {LARGEST_STREAM // 1_000_000} MB")
        parts.append(entry)
        if before and len(table) < 1 << _WIDEST:
            table.append(before + entry[:1])
            width = min(_WIDEST, max(9, (len(table) + 1).bit_length()))
        before = entry
    return b"".join(parts)


def _lzw_table() -> list[bytes]:
    return [*(bytes([byte]) for byte in range(_CLEAR)), b"", b""]


_FILTERS: Mapping[str, Callable[[bytes, PdfAllowance], bytes]] = {
    "FlateDecode": _inflated,
    "Fl": _inflated,
    "LZWDecode": _lzw,
    "LZW": _lzw,
    "ASCIIHexDecode": _from_hex,
    "AHx": _from_hex,
    "ASCII85Decode": _from_85,
    "A85": _from_85,
    "RunLengthDecode": _run_lengths,
    "RL": _run_lengths,
}


def _predicted(data: bytes, parameters: Mapping[str, Value], allowance: PdfAllowance) -> bytes:
    """Undo the prediction of tables (cross-reference streams): the bytes above and before have been taken off."""
    predictor = parameters.get("Predictor", 1)
    if not isinstance(predictor, int) or predictor < _PNG:
        return data
    numbers = [parameters.get(key, usual) for key, usual in (("Colors", 1), ("BitsPerComponent", 8), ("Columns", 1))]
    colours, bits, columns = (number if isinstance(number, int) and 0 < number < _STEP else 1 for number in numbers)
    pixel = max(1, colours * bits // 8)
    row_size = (colours * bits * columns + 7) // 8
    above = bytearray(row_size)
    out = bytearray()
    for begin in range(0, len(data), row_size + 1):
        row = bytearray(data[begin + 1 : begin + 1 + row_size])
        row.extend(bytes(row_size - len(row)))
        allowance.parse(1 + len(row) // _COST.get(data[begin], 12))
        _undo(data[begin], row, above, pixel)
        out += row
        above = row
    return bytes(out)


def _undo(kind: int, row: bytearray, above: bytearray, pixel: int) -> None:
    match kind:
        case 1:
            for at in range(pixel, len(row)):
                row[at] = row[at] + row[at - pixel] & 255
        case 2:
            row[:] = bytes(one + other & 255 for one, other in zip(row, above, strict=True))
        case 3:
            for at in range(len(row)):
                left = row[at - pixel] if at >= pixel else 0
                row[at] = row[at] + (left + above[at]) // 2 & 255
        case 4:
            for at in range(len(row)):
                left, corner = (row[at - pixel], above[at - pixel]) if at >= pixel else (0, 0)
                row[at] = row[at] + _paeth(left, above[at], corner) & 255
        case _:
            pass


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))
