"""版本库：reads a git repository only through the git program, and of it only what is recorded.

Dossiers come from strangers, and so do their repositories: nothing is checked out, no hook, filter, text
conversion, file monitor or network helper that a repository configures is run, and what a user calls a
revision reaches git on its standard input, where it cannot become an option. Sizes and time are bounded.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from govit.base.files import printable
from govit.base.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SECONDS = 60
MEMORY = 1_000_000_000
"""Bytes that git may take, where the system can be told: a link to a device among the refs has no end."""
MAX_LISTING = 64_000_000
MAX_CONTENT = 256_000_000
MAX_TAGS = 1_000
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_COMMIT = re.compile(rf"({_ID.pattern}) commit \d+")
"""What is not there is told by its name, which may look like anything."""
_COMMITTER = re.compile(rb"^committer .*> (-?\d{1,12}) ([+-])(\d\d)(\d\d)$", re.MULTILINE)
_SAFE = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotePath=false"),
    *("-c", "safe.bareRepository=explicit"),
)
"""A repository may not name programs to run, nor be the bare one that somebody put among the documents."""
_FIXED = {
    "LC_ALL": "C",
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would fetch what is missing, by a program of its choice
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_PASSED_ON = ("GIT_CONFIG_", "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH")
"""The user's own settings, which also say whose repositories are trusted; GIT_DIR of a hook is not among them."""

FILE_MODES = ("100644", "100755")
TOO_MUCH = ("版本库里的内容太多", "没有读取；请在只放卷宗的版本库里运行")
SHALLOW = "这是浅克隆，较早的版本和标签不在本机：先运行 git fetch --unshallow --tags"


class GitError(Exception):
    """Git cannot give what was asked for: `what` is the matter, `more` is why, or what to do."""

    def __init__(self, what: str, more: str = "") -> None:
        super().__init__("，".join(filter(None, (what, more))))
        self.what = what


@record
class Entry:
    """树中的一项：a file of a revision; a link or a submodule has another mode."""

    mode: str
    id: str

    @property
    def regular(self) -> bool:
        """Whether it is a file with content of its own."""
        return self.mode in FILE_MODES


@record
class Revision:
    """版本：as it was named, its commit, and when that was made."""

    name: str
    commit: str
    seconds: int
    on: dt.date
    """The committer's own day."""


@record
class Repository:
    """版本库 of a folder. `prefix` is where the folder lies in it, '' or ending in a slash."""

    folder: str
    top: str
    prefix: str
    shallow: bool

    def revision(self, name: str) -> Revision:
        """The commit that a name means; GitError if there is none."""
        found = self._commits([name]) if name.strip() and "\n" not in name and "\0" not in name else {}
        if name in found:
            return found[name]
        shown = printable(name)
        remedy = f"{SHALLOW}，再试一次" if self.shallow else "git tag 列出标签，标签在远端的先运行 git fetch --tags"
        message = f"版本库里没有“{shown}”这个版本；{remedy}"
        raise GitError(message)

    def tags(self, under: str) -> list[Revision]:
        """The tags below a prefix that lead to a commit, the newest commit first, of one commit the highest version."""
        listed = self._run("for-each-ref", f"--count={MAX_TAGS}", "--format=%(refname)", "--", f"refs/tags/{under}/")
        refs = [name for name in _text(listed).split("\n") if name]
        found = self._commits(refs)
        tags = [_named(found[ref], ref.removeprefix("refs/tags/")) for ref in refs if ref in found]
        return sorted(tags, key=lambda tag: (tag.seconds, _version(tag.name)), reverse=True)

    def tree(self, commit: str) -> dict[str, Entry]:
        """Every file of a commit, by its path from the top, with slashes."""
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", _checked(commit))
        entries: dict[str, Entry] = {}
        for line in listed.split(b"\0"):
            about, _, path = line.partition(b"\t")
            if path:
                mode, _, identity = _text(about).split(" ")
                entries[os.fsdecode(path)] = Entry(mode, identity)
        return entries

    def blobs(self, ids: Iterable[str], limit: int) -> dict[str, bytes]:
        """The content of files by id; those over the limit, and those that are not there, are left out."""
        wanted = list(dict.fromkeys(map(_checked, ids)))
        sizes = self._run("cat-file", "--batch-check", given="".join(f"{i}\n" for i in wanted).encode())
        told = [line.split(" ") for line in _text(sizes).splitlines()]
        small = {line[0]: int(line[2]) for line in told if line[1:2] == ["blob"] and int(line[2]) <= limit}
        return self._contents(small)

    def _contents(self, sizes: Mapping[str, int]) -> dict[str, bytes]:
        room = sum(sizes.values()) + 200 * len(sizes)
        if room > MAX_CONTENT:
            raise GitError(*TOO_MUCH)
        asked = "".join(f"{i}\n" for i in sizes).encode()
        data = self._run("cat-file", "--batch", given=asked, limit=room) if sizes else b""
        found: dict[str, bytes] = {}
        at = 0
        for identity, size in sizes.items():
            start = data.index(b"\n", at) + 1
            found[identity] = data[start : start + size]
            at = start + size + 1
        return found

    def _commits(self, names: list[str]) -> dict[str, Revision]:
        """The commits that names lead to. The names go in by the standard input: none can be taken for an option."""
        told = self._run("cat-file", "--batch-check", given=os.fsencode("".join(f"{n}^{{commit}}\n" for n in names)))
        found = (_COMMIT.fullmatch(line) for line in _text(told).split("\n"))
        ids = {name: line[1] for name, line in zip(names, found, strict=False) if line}
        raw = self._raw(list(dict.fromkeys(ids.values())))
        return {name: Revision(name, i, *_day(raw[i])) for name, i in ids.items() if i in raw}

    def _raw(self, commits: list[str]) -> dict[str, bytes]:
        sizes = self._run("cat-file", "--batch-check", given="".join(f"{i}\n" for i in commits).encode())
        return self._contents({line.split(" ")[0]: int(line.split(" ")[2]) for line in _text(sizes).splitlines()})

    def _run(self, *args: str, given: bytes = b"", limit: int = MAX_LISTING) -> bytes:
        return run(self.folder, *args, given=given, limit=limit)


def open_repository(folder: Path) -> Repository:
    """The repository that a folder lies in; GitError if it is in none, or git cannot be asked."""
    here = os.path.realpath(folder)
    top = _text(run(here, "rev-parse", "--show-toplevel")).removesuffix("\n")
    prefix = os.fsdecode(run(here, "rev-parse", "--show-prefix")).removesuffix("\n")
    shallow = _text(run(here, "rev-parse", "--is-shallow-repository")).strip() == "true"
    return Repository(here, top, prefix, shallow)


def run(folder: str, *args: str, given: bytes = b"", limit: int = MAX_LISTING) -> bytes:
    """What git prints, run in a folder; GitError with the reason in Chinese if it fails."""
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as told:
        asked.write(given)
        asked.seek(0)
        data, code = _printed((_program(), *_SAFE, *args), folder, asked, told, limit)
        if len(data) > limit:
            raise GitError(*TOO_MUCH)
        if code == 0:
            return data
        told.seek(0)
        raise GitError(*_reason(_text(told.read(4_000)), folder))


def _printed(command: tuple[str, ...], folder: str, asked: IO[bytes], told: IO[bytes], limit: int) -> tuple[bytes, int]:
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program, arguments as a list, no shell
            command, cwd=folder, env=environment(os.environ), stdin=asked, stdout=subprocess.PIPE, stderr=told
        )
    except OSError as error:
        message = f"不能运行 git：{error.strerror or error}"
        raise GitError(message) from error
    with process:
        _bound(process.pid)
        watch = threading.Timer(SECONDS, process.kill)
        watch.start()
        try:
            data = process.stdout.read(limit + 1) if process.stdout else b""
            if len(data) > limit:
                process.kill()
        finally:
            watch.cancel()
    return data, process.returncode


if sys.platform == "linux":

    def _bound(process: int) -> None:
        import resource

        with suppress(ProcessLookupError):  # it has ended already
            resource.prlimit(process, resource.RLIMIT_DATA, (MEMORY, MEMORY))
else:

    def _bound(process: int) -> None:
        """No other system lets one process bound another."""


def _program() -> str:
    """The git of the search path; never one that lies in the current folder, where a dossier may have put it."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    message = "没有找到 git 程序；请先安装 git（https://git-scm.com）"
    raise GitError(message, "再重新打开终端")


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment for git: nothing that points it elsewhere, asks, pages, traces or opens a connection."""
    passed_on = {k: v for k, v in given.items() if not k.startswith("GIT_") or k.startswith(_PASSED_ON)}
    return {**passed_on, **_FIXED}


def _reason(told: str, folder: str) -> tuple[str, str]:
    """What is the matter with a repository, and why, or what to do."""
    shown = printable(folder)
    if "dubious ownership" in told:
        remedy = "确认来源可靠后，按 git 的提示运行 git config --global --add safe.directory 加上版本库的路径"
        return f"git 不读取 {shown} 的版本库", f"因为文件夹属于另一个用户；{remedy}"
    if "not a git repository" in told or "must be run in a work tree" in told or "bare repository" in told:
        return f"{shown} 不在 git 版本库里", "没有可以比较的批复版本；卷宗要先用 git 管理，批复后打上标签"
    if "ut of memory" in told:
        return f"git 不能读取 {shown} 的版本库", "要用的内存太多：里面可能有指向设备的链接，或者特别大的文件；请核实来源"
    last = printable(told.strip().split("\n")[-1])[:200]
    return (
        (f"git 不能读取 {shown} 的版本库：{last}", "")
        if last
        else (f"git 不能读取 {shown} 的版本库：超过时限", "没有答复")
    )


def _checked(identity: str) -> str:
    if not _ID.fullmatch(identity):
        message = f"不是 git 的对象号：{printable(identity[:80])}"
        raise GitError(message)
    return identity


def _day(raw: bytes) -> tuple[int, dt.date]:
    """When a commit was made: in seconds, and the day on the committer's own clock."""
    found = _COMMITTER.search(raw.partition(b"\n\n")[0])
    if found is None:
        return 0, dt.date(1970, 1, 1)
    offset = (int(found[3]) * 60 + int(found[4])) * 60 * (-1 if found[2] == b"-" else 1)
    seconds = int(found[1])
    start = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    try:
        return seconds, (start + dt.timedelta(seconds=seconds + offset)).date()
    except OverflowError:
        return seconds, start.date()


def _named(revision: Revision, name: str) -> Revision:
    return Revision(name, revision.commit, revision.seconds, revision.on)


def _version(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts v10 after v9."""
    return tuple((1, int(p), "") if p.isdecimal() else (0, 0, p) for p in re.split(r"(\d+)", name, flags=re.ASCII))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
