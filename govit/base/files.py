"""文件：bounded reading of regular files, atomic writing, and names that are safe to show."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

_REASONS = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限，或正被别的程序打开",
    errno.EPERM: "没有权限",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.ELOOP: "是首尾相接的链接",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
}
RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?=$|[. ])", re.IGNORECASE)
"""What Windows takes for a device at the start of a name, whatever follows the first point."""
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_UNSHOWABLE = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Control characters, those that turn or hide text, and the halves that stand for bytes of another encoding."""


def read_bytes(path: str | Path, limit: int) -> bytes:
    """At most `limit` + 1 bytes of a regular file; a pipe or device, which could block, is an OSError."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(errno.EINVAL, "不是普通文件")
    with open(path, "rb") as file:
        return file.read(limit + 1)


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file whole, or leave it as it was; a link is written through, a device written to."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise OSError(error.errno, reason(error), str(path)) from error


def _replace(path: Path, data: bytes) -> None:
    import tempfile

    if path.exists() and not path.stat().st_mode & _WRITABLE:
        raise OSError(errno.EINVAL, "是只读文件")  # putting another file in its place would get around that
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".govit-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or those of any new file."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def reason(error: OSError) -> str:
    """Why a file could not be read or written, in Chinese where the cause is a usual one."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def control_in(text: str) -> re.Match[str] | None:
    """The first character that must not reach a terminal or a form: line ends and tabs count as such too."""
    return None if text.isprintable() else _UNSHOWABLE.search(text)


def printable(text: str) -> str:
    r"""A text that can be shown on one line: control characters and broken ones written as \u001b."""
    return text if text.isprintable() else _UNSHOWABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
