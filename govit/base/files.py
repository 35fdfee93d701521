"""文件：bounded reading of regular files, writing that loses nothing and leaves no folder, and text that is safe to show."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from contextlib import contextmanager, suppress
from enum import Enum
from typing import TYPE_CHECKING

from govit.base.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import BufferedReader
    from pathlib import Path

_REASONS = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限，或正被别的程序打开",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已经有同名的文件或文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.ELOOP: "是首尾相接的链接",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "超过了允许的文件大小",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EROFS: "磁盘只读",
}
RESERVED = regex(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?=$|[. ])", re.IGNORECASE)
"""What Windows takes for a device at the start of a name, whatever follows the first point."""
LARGEST_FILE = 1_000_000_000
"""Bytes of a file of whatever kind; a volume of scanned drawings has some hundred million. More is not even counted up."""
_CHUNK = 1 << 20
_PREFIX = ".govit-"
_LEFTOVER = regex(r"\.govit-[a-z0-9_]{8}")
"""What a file is called until it is whole, by the names that tempfile gives."""
_TRIES = 5
_WAITS, _WAIT = 200, 0.05
_SWEPT: set[Path] = set()
"""Folders in which this run has looked for what others left."""
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_UNSHOWABLE = regex("[\0-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Control characters, those that turn or hide text, and the halves that stand for bytes of another encoding."""


class Whatever(Enum):
    """That it does not matter what a file held."""

    it_was = 0


WHATEVER = Whatever.it_was


def open_regular(path: str | Path) -> BufferedReader:
    """A regular file to read from; a pipe or device is an OSError, and never waited for.

    What is opened is asked once more: a pipe may have been put in the file's place meanwhile.
    """
    _refuse_what_is_no_file(os.stat(path).st_mode)
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - whoever asked for it closes it
    try:
        _refuse_what_is_no_file(os.fstat(file.fileno()).st_mode)
    except OSError:
        file.close()
        raise
    return file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse_what_is_no_file(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "不是普通文件")


def read_bytes(path: str | Path, limit: int) -> bytes:
    """At most `limit` + 1 bytes of a regular file."""
    with open_regular(path) as file:
        return file.read(limit + 1)


def digest(file: BufferedReader, algorithm: str, before: bytes = b"") -> str:
    """The checksum of a file from where it stands, with something in front; OSError beyond the largest file that is read.

    What is read is counted, since somebody may be writing more all the time.
    """
    import hashlib

    made, left = hashlib.new(algorithm, before, usedforsecurity=False), LARGEST_FILE
    while chunk := file.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise OSError(errno.EFBIG, _REASONS[errno.EFBIG])
        made.update(chunk)
    return made.hexdigest()


class ChangedError(OSError):
    """The file is no longer what the change was made from; nothing was written."""


def write_bytes(
    path: Path, data: bytes | Iterable[bytes], *, below: Path | None = None, before: bytes | Whatever | None = WHATEVER
) -> None:
    """Put a whole file in place, or leave everything as it was. Whoever writes a file of a user writes it with this.

    `below` is the folder that was asked for, the file's own unless said. How that folder is reached is the user's
    business; nothing below it is written through a link, since links in a dossier may be anybody's. Folders below it
    are made. `before` is what the file held when the change was made, None if there was no file: ChangedError if
    that is so no longer. A device that the user names is written to.
    """
    with _said_in_chinese(path):
        if _is_device(path):
            with open(path, "wb") as device:
                device.writelines(_parts(data))
            return
        if below is not None:
            make_folder(path.parent, below)
        with _alone_in(path.parent):
            _put(path, data, before)


def change_bytes(path: Path, limit: int, change: Callable[[bytes], bytes], again: Callable[[], None]) -> None:
    """Change a file from what it holds, and anew from the new text if somebody else changed it meanwhile.

    No other govit writes there at the same time; an editor may, and then `again` says so. ChangedError if that goes on.
    """
    with _said_in_chinese(path), _alone_in(path.parent):
        for _ in range(_TRIES):
            before = read_bytes(path, limit)
            try:
                _put(path, change(before), before)
            except ChangedError:
                again()
            else:
                return
        raise ChangedError(errno.EAGAIN, "一直在被别的程序改动，没有写入", str(path))


@contextmanager
def _said_in_chinese(path: Path) -> Iterator[None]:
    """Whatever keeps a file from being written names the file and says why in the words of a clerk."""
    try:
        yield
    except ChangedError:
        raise
    except OSError as error:
        raise OSError(error.errno, reason(error), str(path)) from error


def make_folder(folder: Path, below: Path) -> None:
    """Make a folder below one that was asked for, and that one too; OSError for a link on the way."""
    below.mkdir(parents=True, exist_ok=True)
    here = below
    for part in _parts_below(folder, below):
        here /= part
        if _is_link(here):
            raise OSError(errno.EINVAL, f"{printable(here.name)} 是指向别处的链接，不写到它指向的地方", str(folder))
        here.mkdir(exist_ok=True)


def _parts_below(path: Path, below: Path) -> tuple[str, ...]:
    parts = path.relative_to(below).parts if path.is_relative_to(below) else ("..",)
    if ".." in parts:
        raise OSError(errno.EINVAL, f"不在 {printable(str(below))} 里面", str(path))
    return parts


def _is_link(path: Path) -> bool:
    """Whether a name is a link of any kind; Windows has junctions besides."""
    return path.is_symlink() or (sys.version_info >= (3, 12) and os.path.isjunction(path))


def _is_device(path: Path) -> bool:
    """Whether a path names a pipe or a device and no file. A link to one counts only among the devices: /dev/stdout."""
    if _is_link(path):
        return os.path.realpath(path.parent) == "/dev" and path.exists()
    return path.exists() and not path.is_file() and not path.is_dir()


def _put(path: Path, data: bytes | Iterable[bytes], before: bytes | Whatever | None) -> None:
    import tempfile

    if _is_link(path):
        raise OSError(errno.EINVAL, "是链接，不写到它指向的地方；删去这个链接，或者换一个文件名")
    if path.exists() and not path.stat().st_mode & _WRITABLE:
        raise OSError(errno.EINVAL, "是只读文件")  # putting another file in its place would get around that
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(_parts(data))
            if not isinstance(before, Whatever):  # what somebody typed outlives a machine that fails
                file.flush()
                os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        if not isinstance(before, Whatever):
            _compare(path, before)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _parts(data: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return (data,) if isinstance(data, bytes) else data


def _compare(path: Path, before: bytes | None) -> None:
    """ChangedError unless a file holds what it held, or is still not there."""
    there = os.path.lexists(path)
    if (before is None and there) or (before is not None and (not there or read_bytes(path, len(before)) != before)):
        raise ChangedError(errno.EAGAIN, "刚被别的程序改过，没有写入", str(path))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder against every other govit that writes there; what a killed one left behind is cleared away."""
    lock = _lock(folder)
    try:
        if lock is not None and folder not in _SWEPT:
            _SWEPT.add(folder)
            _sweep(folder)
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _lock(folder: Path) -> int | None:
    """A lock that the system takes back when the process ends however it ends; None where folders have none."""
    import time

    for _ in range(_WAITS):
        try:
            return _locked(folder)
        except BlockingIOError:
            time.sleep(_WAIT)
    raise OSError(errno.EINVAL, "另一个 govit 正在写这个文件夹，请稍后再试")


if sys.platform == "win32":

    def _locked(folder: Path) -> int | None:
        try:
            return os.open(folder / ".govit-lock", os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY)
        except (FileExistsError, PermissionError) as error:
            raise BlockingIOError from error
else:

    def _locked(folder: Path) -> int | None:
        import fcntl

        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            return None  # a folder that may be written to and not listed
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise
        except OSError:
            os.close(handle)
            return None  # a file system without locks
        return handle


def _sweep(folder: Path) -> None:
    """Remove the files that a killed run had begun: whoever writes them holds the lock that we hold."""
    with os.scandir(folder) as entries:
        left = [e.path for e in entries if _LEFTOVER.fullmatch(e.name) and e.is_file(follow_symlinks=False)]
    for path in left:
        with suppress(OSError):  # somebody else's; it is in nobody's way
            os.unlink(path)


def is_begun(folder: Path) -> bool:
    """Whether a folder holds nothing, or only what a killed run had begun: it was made and nothing was put in place."""
    try:
        with os.scandir(folder) as entries:
            return all(_LEFTOVER.fullmatch(e.name) and e.is_file(follow_symlinks=False) for e in entries)
    except OSError:
        return False


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or those of any new file."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def reason(error: OSError) -> str:
    """Why a file could not be read or written, in Chinese where the cause is a usual one."""
    if error.errno == errno.ENOENT and error.filename is None:
        return _no_folder()
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def _no_folder() -> str:
    """Which folder is missing where the system names none: the one that the program was started in, or one to write to."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return "现在所在的文件夹已经不在了（刚被删除或移走）；先 cd 到一个在的文件夹"
    return "没有可以写的临时文件夹（磁盘已满或只读；可以用环境变量 TMPDIR 另指一个）"


def control_in(text: str) -> re.Match[str] | None:
    """The first character that must not reach a terminal or a form: line ends and tabs count as such too."""
    return None if text.isprintable() else _UNSHOWABLE.search(text)


def printable(text: str) -> str:
    r"""A text that can be shown on one line: control characters and broken ones written as \u001b."""
    return text if text.isprintable() else _UNSHOWABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def showable(text: str) -> str:
    """A text of many lines that a terminal or a log can be handed, whoever wrote the words in it."""
    return "\n".join(map(printable, text.split("\n")))
