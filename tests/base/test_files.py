"""Files: read within bounds, written whole, and named so that a terminal survives it."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meanwhile import edited_meanwhile

from govit.base import files
from govit.base.files import (
    ChangedError,
    change_bytes,
    control_in,
    digest,
    open_regular,
    printable,
    read_bytes,
    reason,
    showable,
    write_bytes,
)

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and modes of POSIX")


def test_no_more_is_read_than_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "大.yaml"
    path.write_bytes(b"x" * 1000)
    assert read_bytes(path, 10) == b"x" * 11
    assert len(read_bytes(path, 2000)) == 1000


@POSIX
def test_a_pipe_and_a_device_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero", tmp_path):
        with pytest.raises(OSError, match="不是普通文件"):
            read_bytes(path, 10)


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "报告 一.json"
    path.write_bytes(b"old")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == [path.name]


def test_a_failed_write_leaves_the_old_file_and_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "报告.json"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="磁盘已满") as error:
        write_bytes(path, b"new")
    assert error.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == [path.name]


def test_a_file_made_read_only_stays_as_it_is(tmp_path: Path) -> None:
    """A rename over it would succeed: the folder may be written to."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(OSError, match="是只读文件"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.yaml"]


def test_a_folder_that_is_not_there_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="文件或文件夹不存在"):
        write_bytes(tmp_path / "没有" / "x.json", b"")
    with pytest.raises(OSError, match=r"是文件夹，不是文件|没有权限"):
        write_bytes(tmp_path, b"")


@POSIX
def test_modes_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_bytes(b"old")
    real.chmod(0o640)
    write_bytes(real, b"new")
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


# -- links -----------------------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_not_written_through(tmp_path: Path, *, there: bool) -> None:
    outside, link = tmp_path / "outside", tmp_path / "in" / "报告.json"
    link.parent.mkdir()
    link.symlink_to(outside)
    if there:
        outside.write_bytes(b"old")
    with pytest.raises(OSError, match="是链接，不写到它指向的地方"):
        write_bytes(link, b"new")
    assert link.is_symlink()
    assert outside.exists() is there
    assert not there or outside.read_bytes() == b"old"
    assert os.listdir(link.parent) == ["报告.json"]


@POSIX
@pytest.mark.parametrize("name", ["a.txt", "b/a.txt", "b/c/a.txt"])
def test_nothing_below_the_folder_that_was_asked_for_is_reached_through_a_link(tmp_path: Path, name: str) -> None:
    asked, outside = tmp_path / "asked", tmp_path / "outside"
    for folder in (asked, outside):
        folder.mkdir()
    (asked / name.split("/", maxsplit=1)[0]).symlink_to(outside if "/" in name else outside / "a.txt")
    with pytest.raises(OSError, match="链接"):
        write_bytes(asked / name, b"new", below=asked)
    assert os.listdir(outside) == []


@POSIX
def test_the_folder_that_was_asked_for_may_be_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "asked").symlink_to(tmp_path / "real")
    write_bytes(tmp_path / "asked" / "b" / "a.txt", b"new", below=tmp_path / "asked")
    assert (tmp_path / "real" / "b" / "a.txt").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["../a.txt", "b/../../a.txt", "/a.txt"])
def test_nothing_is_written_beside_the_folder_that_was_asked_for(tmp_path: Path, name: str) -> None:
    (tmp_path / "asked").mkdir()
    with pytest.raises(OSError, match=r"不在 .* 里面"):
        write_bytes(tmp_path / "asked" / name, b"new", below=tmp_path / "asked")
    assert os.listdir(tmp_path) == ["asked"]


@POSIX
def test_a_link_to_a_device_is_written_to_only_among_the_devices(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/dev/null")
    with pytest.raises(OSError, match="是链接"):
        write_bytes(tmp_path / "link", b"x")
    read, write = os.pipe()
    done = subprocess.run(
        [sys.executable, "-c", "from pathlib import Path; from govit.base.files import write_bytes as w; w(Path('/dev/stdout'), b'x')"],
        stdout=write, check=True,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        assert (done.returncode, pipe.read()) == (0, b"x")


# -- several writers -------------------------------------------------------------------------------


def test_a_file_that_is_no_longer_what_it_was_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "project.yaml"
    for now, before in ((b"2", b"1"), (b"12", b"1"), (b"", b"1"), (None, b"1"), (b"1", None)):
        path.unlink(missing_ok=True)
        if now is not None:
            path.write_bytes(now)
        with pytest.raises(ChangedError, match="刚被别的程序改过"):
            write_bytes(path, b"mine", before=before)
        assert (path.read_bytes() if path.exists() else None) == now
    write_bytes(path, b"2", before=b"1")
    path.unlink()
    write_bytes(path, b"3", before=None)
    assert path.read_bytes() == b"3"


def test_a_change_is_made_anew_on_what_somebody_else_wrote_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "project.yaml"
    path.write_bytes(b"a")
    edited_meanwhile(monkeypatch, lambda: path.write_bytes(b"ab"), lambda: path.write_bytes(b"abc"))
    told: list[int] = []
    change_bytes(path, 100, lambda data: data + b"!", lambda: told.append(1))
    assert (path.read_bytes(), len(told)) == (b"abc!", 2)
    assert os.listdir(tmp_path) == [path.name]


def test_a_change_that_is_never_let_in_is_given_up_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "project.yaml"
    path.write_bytes(b"a")
    edited_meanwhile(monkeypatch, *[lambda: path.write_bytes(path.read_bytes() + b"a")] * 20)
    with pytest.raises(ChangedError, match="一直在被别的程序改动"):
        change_bytes(path, 100, lambda data: data + b"!", lambda: None)
    assert set(path.read_bytes()) == set(b"a")


ADD = """
import sys
from pathlib import Path
from govit.base.files import change_bytes
for n in range(10):
    change_bytes(Path(sys.argv[1]), 10_000, lambda data: data + f"{sys.argv[2]}{n}\\n".encode(), lambda: None)
"""


@POSIX
def test_many_processes_that_add_to_one_file_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    running = [subprocess.Popen([sys.executable, "-c", ADD, str(path), who]) for who in "甲乙丙丁"]
    assert [one.wait() for one in running] == [0] * 4
    lines = path.read_text(encoding="utf-8").splitlines()
    assert sorted(lines) == sorted(f"{who}{n}" for who in "甲乙丙丁" for n in range(10))
    assert [[line for line in lines if line[0] == who] for who in "甲乙丙丁"] == [
        [f"{who}{n}" for n in range(10)] for who in "甲乙丙丁"
    ]
    assert os.listdir(tmp_path) == ["a.txt"]


@POSIX
def test_a_folder_that_another_run_holds_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_WAITS", 2)
    with files._alone_in(tmp_path), pytest.raises(OSError, match="另一个 govit 正在写这个文件夹"):
        write_bytes(tmp_path / "a", b"")
    write_bytes(tmp_path / "a", b"")


@POSIX
def test_what_a_killed_run_left_is_cleared_by_the_next_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_SWEPT", set())
    killed = "import os, signal, sys; from pathlib import Path; from govit.base.files import write_bytes\n"
    killed += "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    killed += "write_bytes(Path(sys.argv[1]), b'half')"
    done = subprocess.run([sys.executable, "-c", killed, str(tmp_path / "a.yaml")], check=False)
    assert done.returncode == -signal.SIGKILL
    assert [name[:7] for name in os.listdir(tmp_path)] == [".govit-"]
    kept = [".govit-notes.md", ".govit-", "govit-abcdefgh", ".govit-ABCDEFGH"]
    for name in kept:
        (tmp_path / name).write_bytes(b"mine")
    (tmp_path / ".govit-abcdefgh").mkdir()
    (tmp_path / ".govit-linkedto").symlink_to("govit-abcdefgh")
    write_bytes(tmp_path / "a.yaml", b"whole")
    assert sorted(os.listdir(tmp_path)) == sorted([*kept, ".govit-abcdefgh", ".govit-linkedto", "a.yaml"])


@POSIX
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_bytes(Path("/dev/null"), b"x")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_usual_causes_are_said_in_chinese_and_others_as_the_system_says_them() -> None:
    assert reason(PermissionError(errno.EACCES, "Permission denied")) == "没有权限，或正被别的程序打开"
    assert reason(OSError(errno.EIO, "Input/output error")) == "Input/output error"
    assert reason(OSError("odd")) == "odd"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("连云港　智慧停车（一期）", "连云港　智慧停车（一期）"),
        ("红\x1b[31m字", "红\\u001b[31m字"),
        ("两\n行\t", "两\\u000a行\\u0009"),
        ("反\u202e转", "反\\u202e转"),
        ("零\u200b宽", "零\\u200b宽"),
        (b"\xbd\xa8.docx".decode("utf-8", "surrogateescape"), "\\udcbd\\udca8.docx"),
    ],
)
def test_what_is_shown_has_no_control_characters(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters(codec=None)))
def test_printable_text_can_be_written_anywhere_and_stays_on_its_line(text: str) -> None:
    shown = printable(text)
    shown.encode()
    assert len(shown.splitlines()) <= 1
    assert control_in(shown) is None
    assert printable(shown) == shown


@given(st.text(st.characters(codec=None)))
def test_showable_text_keeps_its_lines_and_nothing_else_that_steers(text: str) -> None:
    shown = showable(text)
    shown.encode()
    assert shown.split("\n") == [printable(line) for line in text.split("\n")]


@POSIX
def test_a_pipe_put_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "project.yaml"
    path.write_bytes(b"a")
    as_it_was = os.stat(path)
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(files.os, "stat", lambda _: as_it_was)
    signal.alarm(10)
    try:
        with pytest.raises(OSError, match="不是普通文件"):
            read_bytes(path, 10)
    finally:
        signal.alarm(0)


def test_a_checksum_is_counted_up_to_the_largest_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"a" * 100)
    with open_regular(path) as file:
        assert digest(file, "sha1", b"blob 100\0") == hashlib.sha1(b"blob 100\0" + b"a" * 100).hexdigest()  # noqa: S324 - git's
    monkeypatch.setattr(files, "LARGEST_FILE", 99)
    with open_regular(path) as file, pytest.raises(OSError, match="文件大小"):
        digest(file, "sha256")


@POSIX
def test_the_folder_one_stands_in_may_be_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    home.rmdir()
    with pytest.raises(FileNotFoundError) as gone:
        Path.cwd()
    assert "现在所在的文件夹已经不在了" in reason(gone.value)
    monkeypatch.chdir(tmp_path)
    assert "TMPDIR" in reason(gone.value)
