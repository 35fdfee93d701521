"""压缩包：an Office file as its parts, and back to bytes that are the same on every machine and day."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from govit.documents.package import LARGEST_TOTAL, Package

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o644 << 16


def unpacked(data: bytes, most: int = LARGEST_TOTAL) -> dict[str, bytes]:
    """The parts of a file from a stranger by name; Unreadable says what is wrong with it."""
    package = Package(io.BytesIO(data), len(data), most)
    return {name: package.read(name) for name in package.names() if not name.endswith("/")}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """One file of the parts, the list of types first.

    Nothing is compressed: programs that compress differ in their bytes from machine to machine, and git
    compresses anyway, better when it sees what changed.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            target.writestr(undated(name), parts[name])
    return out.getvalue()


def undated(name: str, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """A part of a file that says neither when nor on what machine it was written."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = method
    info.create_system = _UNIX
    info.external_attr = _MODE
    return info
