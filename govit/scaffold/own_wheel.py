"""本程序的安装包：the wheel of the program that runs, packed anew from its own files, so that CI needs no index for it.

A name on a public index is whoever's takes it first. What was installed from a wheel is that wheel's files; what runs
from its sources has them in its own folder. The same files give the same bytes.
"""

from __future__ import annotations

import io
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import govit

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_THE_INSTALLER = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""What pip leaves beside the files of a wheel, and the list that is made anew."""
_PERMISSIONS = 0o644 << 16
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def own_wheel() -> tuple[str, bytes] | None:
    """The file's name and its bytes; None where the program was not installed by pip, as in a single file."""
    try:
        found = distribution("govit")
    except PackageNotFoundError:
        return None
    package = Path(govit.__file__).parent
    files = {f"govit/{path.relative_to(package).as_posix()}": path for path in package.rglob("*") if path.is_file()}
    info = ""
    for file in found.files or ():
        folder = file.parts[0]
        if folder == "govit" or (folder.endswith(".dist-info") and file.name not in _OF_THE_INSTALLER):
            files[file.as_posix()] = Path(str(file.locate()))
            info = folder if folder != "govit" else info
    ours = {name: path for name, path in files.items() if "__pycache__" not in name}
    if not info or "govit/__init__.py" not in ours:
        return None
    return f"{info.removesuffix('.dist-info')}-py3-none-any.whl", _packed(ours, f"{info}/RECORD")


def _packed(files: Mapping[str, Path], record: str) -> bytes:
    held = io.BytesIO()
    rows = []
    with ZipFile(held, "w", ZIP_DEFLATED) as wheel:
        for name in sorted(files, key=lambda name: (".dist-info/" in name, name)):  # as the format recommends
            data = files[name].read_bytes()
            digest = urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
            rows.append(f"{_field(name)},sha256={digest},{len(data)}\n")
            wheel.writestr(_entry(name), data)
        wheel.writestr(_entry(record), "".join([*rows, f"{record},,\n"]))
    return held.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _FIRST_DAY)
    entry.external_attr = _PERMISSIONS
    entry.compress_type = ZIP_DEFLATED
    return entry


def _field(name: str) -> str:
    """A name in a list whose columns are separated by commas."""
    return f'"{name}"' if "," in name else name
