"""Binary workbooks as tests need them ([MS-XLSB]), written record by record."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BINARY = "application/vnd.ms-excel"
DATE, WAN = 1, 2
"""Styles: yyyy-mm-dd, and one that shows a number in 万."""


class Formula(NamedTuple):
    """A cell with a formula, and the value that was last saved."""

    value: float | str


class Error(NamedTuple):
    """A cell with an error."""

    code: int


class Styled(NamedTuple):
    """A number in another style than the first."""

    value: float
    style: int


Cell = float | str | bool | Formula | Error | Styled | None


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: what it is and how long, seven bits a byte, and its bytes."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + body


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def packed(number: int, *, hundredths: bool = False) -> bytes:
    return struct.pack("<i", number << 2 | 2 | hundredths)


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 1) + struct.pack("<II", 0, 20))


def cell(column: int, value: Cell, texts: list[str]) -> bytes:
    """The record of a cell; texts are shared."""
    style, value = (value.style, value.value) if isinstance(value, Styled) else (0, value)
    head = struct.pack("<I", column) + struct.pack("<I", style)
    formula = struct.pack("<H", 0) + struct.pack("<I", 3) + b"\x1e\x01\x00" + struct.pack("<I", 0)
    match value:
        case None:
            return record(1, head)
        case bool():
            return record(4, head + bytes([value]))
        case Error():
            return record(3, head + bytes([value.code]))
        case Formula(value=str() as shown):
            return record(8, head + text(shown) + formula)
        case Formula(value=number):
            return record(9, head + struct.pack("<d", number) + formula)
        case str():
            texts.append(value)
            return record(7, head + struct.pack("<I", len(texts) - 1))
        case int():
            return record(2, head + packed(value))
        case _:
            return record(5, head + struct.pack("<d", value))


def sheet(rows: Sequence[Sequence[Cell]], texts: list[str], merged: Sequence[Sequence[int]] = (), hidden: Sequence[int] = ()) -> bytes:
    """A worksheet; merged ranges are first row, last row, first and last column, from 0."""
    body = record(129) + record(148, struct.pack("<4I", 0, max(len(rows) - 1, 0), 0, 9)) + record(145)
    for number, cells in enumerate(rows):
        body += row(number, hidden=number in hidden) + b"".join(cell(at, one, texts) for at, one in enumerate(cells))
    body += record(146)
    if merged:
        ranges = b"".join(record(176, struct.pack("<4I", *one)) for one in merged)
        body += record(177, struct.pack("<I", len(merged))) + ranges + record(178)
    return body + record(130)


def styles() -> bytes:
    """The first style is the general one; then a date, and a number that is shown in another unit."""
    formats = {164: "yyyy-mm-dd", 165: '0!.0,"万"'}
    body = record(278) + record(615, struct.pack("<I", len(formats)))
    body += b"".join(record(44, struct.pack("<H", number) + text(code)) for number, code in formats.items()) + record(616)
    fonts = record(43, struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 0, 134, 0) + b"\x07\x01\x00\x00\x00\x00\x00\xff" + b"\x02" + text("宋体"))
    body += record(611, struct.pack("<I", 1)) + fonts + record(612)
    body += record(617, struct.pack("<I", 3))
    body += b"".join(record(47, struct.pack("<HHHHHBBHBB", 0, number, 0, 0, 0, 0, 0, 0, 1, 0)) for number in (0, 164, 165))
    return body + record(618) + record(279)


def xlsb(
    sheets: Mapping[str, Sequence[Sequence[Cell]]], merged: Sequence[Sequence[int]] = (), hidden: Sequence[int] = (),
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook; ranges that are merged and rows that are hidden are those of its first sheet."""
    texts: list[str] = []
    bodies = [
        sheet(rows, texts, merged if not number else (), hidden if not number else ()) for number, rows in enumerate(sheets.values())
    ]
    listed = b"".join(
        record(156, struct.pack("<II", 0, number) + text(f"rId{number}") + text(title)) for number, title in enumerate(sheets, 1)
    )
    shared = b"".join(record(19, b"\0" + text(one)) for one in texts)
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELS}/worksheet" Target="worksheets/sheet{number}.bin"/>' for number in range(1, len(sheets) + 1)
    )
    links += f'<Relationship Id="rIdS" Type="{_RELS}/styles" Target="styles.bin"/>'
    links += f'<Relationship Id="rIdT" Type="{_RELS}/sharedStrings" Target="sharedStrings.bin"/>'
    kinds = {"workbook": f"{_BINARY}.sheet.binary.macroEnabled.main", "styles": f"{_BINARY}.styles", "sharedStrings": f"{_BINARY}.sharedStrings"}
    kinds |= {f"worksheets/sheet{number}": f"{_BINARY}.worksheet" for number in range(1, len(sheets) + 1)}
    types = "".join(f'<Override PartName="/xl/{name}.bin" ContentType="{kind}"/>' for name, kind in kinds.items())
    files: dict[str, bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELS}/officeDocument" '
            'Target="xl/workbook.bin"/></Relationships>'
        ).encode(),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'.encode(),
        "xl/workbook.bin": record(131) + record(153, struct.pack("<II", 0, 0) + text("")) + record(143) + listed + record(144) + record(132),
        "xl/styles.bin": styles(),
        "xl/sharedStrings.bin": record(159, struct.pack("<II", len(texts), len(texts))) + shared + record(160),
        **{f"xl/worksheets/sheet{number}.bin": body for number, body in enumerate(bodies, 1)},
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()
