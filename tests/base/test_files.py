"""Files: read within bounds, written whole, and named so that a terminal survives it."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govit.base.files import control_in, printable, read_bytes, reason, write_bytes

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
def test_modes_are_kept_and_a_link_is_written_through(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


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
