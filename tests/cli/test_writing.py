"""Whatever command writes: through no link, beside no other writer, and with a word to say where it cannot."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from books import edited, workbook
from meanwhile import edited_meanwhile
from places import SAMPLES, UNCLEAN
from typer.testing import CliRunner

from govit.cli import commands, common
from govit.cli.commands import app
from govit.cli.deadlines import _calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = "--as-of=2026-11-20"
PARKING = "d/2027-smart-parking"
INIT = ("--regulation", "lianyungang-2025", "--unit", "某局", "--year", "2027", "--ci", "github")
WRITERS = {
    "form": ("render", "合规自查表", PARKING, DAY),
    "form in a folder": ("render", "合规自查表", PARKING, "-o", "out", DAY),
    "form as a file": ("render", "合规自查表", PARKING, "-o", "表.docx", DAY),
    "plan": ("render", "plan", "d", "--year", "2027", DAY),
    "report": ("check", "d", "-o", "r.txt", DAY),
    "several reports": ("check", "d", "--format", "json", "-o", "r.json", "--format", "sarif", "-o", "s.json", DAY),
    "dates": ("deadlines", "d", "--format", "ics", "-o", "d.ics", DAY),
    "dates as a sheet": ("deadlines", "d", "--format", "xlsx", "-o", "d.xlsx", DAY),
    "route": ("route", "d", "-o", "route.txt", DAY),
    "schema": ("schema", "project", "-o", "s.json"),
    "coverage": ("regulations", "--coverage", "--format", "xlsx", "-o", "r.xlsx"),
    "init": ("init", "n", *INIT, "--project", "2027-a", "--name", "某项目", "--category", "新建"),
    "new": ("new", "2027-b", "--name", "某项目", "--category", "新建", "--dir", "d"),
    "import": ("import", "list.xlsx", "d", "--yes", DAY),
}

ASKED = {"out", "n"}
"""The folders that are named on the command line: they may be anywhere."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier in the current folder, and a folder beside it that nobody asked for."""
    here = tmp_path / "here"
    shutil.copytree(SAMPLES / "lianyungang", here / "d")
    (here / "list.xlsx").write_bytes(workbook([["项目名称", "总投资（万元）"], ["新建的项目", 5]]))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_bytes(b"kept")
    monkeypatch.chdir(here)
    return here


def run(*arguments: object, **given: Any) -> Any:
    return CliRunner().invoke(app, [str(word) for word in arguments], **given)


def listed(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
@pytest.mark.parametrize("words", WRITERS.values(), ids=WRITERS)
def test_no_command_writes_through_a_link_that_was_planted(desk: Path, words: tuple[str, ...]) -> None:
    """At every place where the command writes, or makes a folder, a link stands instead."""
    elsewhere = desk.parent / "elsewhere"
    before = listed(desk)
    kept = shutil.copytree(desk, desk.parent / "kept", symlinks=True)
    done = run(*words)
    assert done.exit_code in (0, 1), done.output
    made = sorted(listed(desk) - before)
    assert made
    for place in made:
        if place in ASKED:
            continue
        is_folder = (desk / place).is_dir()
        shutil.rmtree(desk)
        shutil.copytree(kept, desk)
        os.chdir(desk)
        link = desk / place
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(elsewhere if is_folder else elsewhere / "kept")
        done = run(*words)
        assert listed(elsewhere) == {"kept"}, (place, done.output)
        assert (elsewhere / "kept").read_bytes() == b"kept", place
        assert link.is_symlink()
        assert done.exception is None or isinstance(done.exception, SystemExit), place


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_an_answer_is_not_written_through_a_link(desk: Path) -> None:
    shutil.copytree(UNCLEAN, desk / "u")
    project = desk / "u" / "pipeline-monitoring" / "project.yaml"
    other = project.rename(project.with_name("other.yaml"))
    project.symlink_to(other)
    before = other.read_bytes()
    done = run("answer", "u/pipeline-monitoring", "密码应用达标", "是", "--by", "石磊", DAY)
    assert done.exit_code == 2
    assert "是链接，不写到它指向的地方" in done.stderr
    assert other.read_bytes() == before


# -- several writers -------------------------------------------------------------------------------


@pytest.fixture
def unclean(desk: Path) -> Path:
    shutil.copytree(UNCLEAN, desk / "u")
    return desk / "u" / "pipeline-monitoring" / "project.yaml"


def open_questions() -> list[str]:
    """The questions that nobody has answered."""
    said = run("answer", "u/pipeline-monitoring", DAY).stdout
    return re.findall(r"^  □ (\w+)[：（]", said, re.MULTILINE)


def test_an_answer_beside_an_editor_is_written_into_the_new_text(
    unclean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def editor() -> None:
        with unclean.open("a", encoding="utf-8") as file:
            file.write("# 别人刚加的一行\n")

    edited_meanwhile(monkeypatch, editor)
    done = run("answer", "u/pipeline-monitoring", "密码应用达标", "是", "--by", "石磊", DAY)
    assert done.exit_code == 0, done.output
    assert "刚被别的程序改过，在新的内容里重新写入" in done.stderr
    text = unclean.read_text(encoding="utf-8")
    assert "# 别人刚加的一行" in text
    assert "密码应用达标: {answer: 是, by: 石磊, on: 2026-11-20}" in text


def test_an_answer_that_somebody_else_gave_meanwhile_is_not_replaced_unknowingly(
    unclean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = unclean.read_text(encoding="utf-8")
    theirs = text.replace("answers:\n", "answers:\n  密码应用达标: {answer: 否, by: 别人, on: 2026-11-19}\n")
    assert theirs != text
    edited_meanwhile(monkeypatch, lambda: unclean.write_text(theirs, encoding="utf-8"))
    done = run("answer", "u/pipeline-monitoring", "密码应用达标", "是", "--by", "石磊", DAY)
    assert done.exit_code == 2
    assert "“密码应用达标”刚被人回答过：否（别人 2026-11-19），没有改动" in done.stderr
    assert unclean.read_text(encoding="utf-8") == theirs


def test_an_import_beside_another_writer_loses_nothing(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("render", "plan", "d", "--year", "2027", "-o", "plan.xlsx", DAY).exit_code == 0
    from openpyxl import load_workbook

    sheet = load_workbook("plan.xlsx").active
    assert sheet is not None
    row = next(
        cell for cells in sheet.iter_rows() for cell in cells if cell.value == "连云港市城区公共停车协同服务平台"
    )
    edited(Path("plan.xlsx"), sheet.title, {row.coordinate: "连云港市城区公共停车协同服务平台二期"})
    project = desk / PARKING / "project.yaml"

    def editor() -> None:
        with project.open("a", encoding="utf-8") as file:
            file.write("# 别人刚加的一行\n")

    edited_meanwhile(monkeypatch, editor)
    done = run("import", "plan.xlsx", "d", "--yes", DAY)
    assert done.exit_code == 2, done.output
    assert "它被别人改过；请再运行一次" in done.stderr
    assert project.read_text(encoding="utf-8").endswith("# 别人刚加的一行\n")
    assert run("import", "plan.xlsx", "d", "--yes", DAY).exit_code == 0
    assert "停车协同服务平台二期" in project.read_text(encoding="utf-8")


def test_a_project_that_another_import_has_just_made_is_not_made_twice(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one writes after the dossier was read, and before names are looked for."""
    from govit.importing.target_projects import UsedNames

    own = UsedNames.__init__
    others: list[Any] = []

    def late(self: UsedNames, *given: Any) -> None:
        if not others:
            others.append(None)
            others.append(run("import", "list.xlsx", "d", "--yes", DAY))
        own(self, *given)

    monkeypatch.setattr(UsedNames, "__init__", late)
    done = run("import", "list.xlsx", "d", "--yes", DAY)
    assert others[1].exit_code == 0, others[1].output
    assert done.exit_code == 2, done.output
    assert "同样的项目刚被别的程序建好；请再运行一次" in done.stderr
    made = [path for path in desk.glob("d/*/project.yaml") if "新建的项目" in path.read_text(encoding="utf-8")]
    assert len(made) == 1
    assert run("import", "list.xlsx", "d", "--yes", DAY).exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")
def test_answers_given_at_the_same_time_are_all_kept(unclean: Path) -> None:
    """Each process is held just before it writes, until all of them have read the file."""
    questions = open_questions()
    assert len(questions) >= 2
    go = unclean.parent.parent / "go"
    waiting = (
        "import os, time\n"
        "from govit.importing import answering\n"
        "make = answering.recorded\n"
        "def recorded(*given):\n"
        f"    while not os.path.exists({str(go)!r}): time.sleep(0.01)\n"
        "    return make(*given)\n"
        "answering.recorded = recorded\n"
        "from govit.cli.line import run\n"
        "run()\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", waiting, "answer", "u/pipeline-monitoring", one, "是", "--by", "甲", DAY],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for one in questions
    ]  # fmt: skip
    go.touch()
    told = [one.communicate() for one in running]
    assert [one.returncode for one in running] == [0] * len(running), told
    text = unclean.read_text(encoding="utf-8") + (unclean.parents[1] / "govit.yaml").read_text(encoding="utf-8")
    assert [one for one in questions if f"{one}: {{answer: 是, by: 甲" not in text] == []


# -- no room ---------------------------------------------------------------------------------------

NO_ROOM = {name: words for name, words in WRITERS.items() if name not in ("new", "import")}


LEFT_OPEN = ("plan", "dates as a sheet", "coverage")
"""Whose library is broken off halfway and complains as it is tidied up, in whatever test that happens: in a process."""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("name", NO_ROOM)
def test_where_nothing_can_be_written_every_command_says_so(desk: Path, name: str) -> None:
    before = listed(desk)
    code, told = (in_a_process if name in LEFT_OPEN else in_this_one)(NO_ROOM[name])
    assert code == 2, told
    assert "Traceback" not in told
    assert "超过了允许的文件大小" in told or "临时文件夹写不下" in told
    assert {name for name in listed(desk) - before if (desk / name).is_file()} == set()


def in_a_process(words: tuple[str, ...]) -> tuple[int, str]:
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    bare = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # Python itself would keep bytecode that is cut short
    command = [sys.executable, "-m", "govit", *words]
    done = subprocess.run(command, env=bare, check=False, capture_output=True, text=True, preexec_fn=limit)
    return done.returncode, done.stderr


def in_this_one(words: tuple[str, ...]) -> tuple[int, str]:
    with files_of_at_most(100):
        done = run(*words)
    assert isinstance(done.exception, SystemExit)
    return done.exit_code, done.stderr


@contextlib.contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """As on a full disk: whatever is longer cannot be written."""
    import resource

    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@pytest.mark.usefixtures("desk")
def test_a_folder_that_may_not_be_written_to_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied", "d")

    monkeypatch.setattr(tempfile, "mkstemp", refused)
    for words in (
        ("check", "d", "-o", "r.txt", DAY),
        ("new", "2027-b", "--name", "某", "--category", "新建", "--dir", "d"),
    ):
        done = run(*words)
        assert done.exit_code == 2
        assert "没有权限" in done.stderr


# -- what a terminal is handed ---------------------------------------------------------------------

HOSTILE = "\x1b]0;被改的标题\x07\x1b[2J\u202e反\u200b"
SHOWN = "\\u001b]0;被改的标题\\u0007\\u001b[2J\\u202e反\\u200b"


def test_whatever_is_said_or_put_passes_one_function(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for call in (common.tell, lambda text: common.put(text, None), lambda text: common.put_data(text, None)):
        call(f"一行 {HOSTILE}\n两行")
        assert capsysbinary.readouterr().out.decode().rstrip("\n") == f"一行 {SHOWN}\n两行"
    for write in (common.put, common.put_data):
        write(HOSTILE, tmp_path / "r.txt")
        assert (tmp_path / "r.txt").read_text(encoding="utf-8") == SHOWN


def test_json_keeps_the_text_by_its_own_escapes(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    common.put_data(json.dumps({"a": HOSTILE}, ensure_ascii=False), None)
    said = capsysbinary.readouterr().out.decode()
    assert "\u202e" not in said
    assert json.loads(said) == {"a": HOSTILE}


def test_on_a_terminal_only_our_own_colours_are_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(common, "_show", lambda text, _: said.append(text))
    common.put(f"\x1b[31m错误\x1b[0m {HOSTILE}\x1b[8m藏\x1b[1;31m\n", None)
    assert said == [f"\x1b[31m错误\x1b[0m {SHOWN}\\u001b[8m藏\\u001b[1;31m\n"]


def test_the_log_of_a_ci_takes_no_name_for_a_command_of_its_own(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A project called ::stop-commands:: would have silenced every annotation after it."""
    common.tell("::stop-commands::a\n  ::error::b\n一 ::c 二 ##[add-mask]d")
    assert capsysbinary.readouterr().out.decode() == ": :stop-commands::a\n  : :error::b\n一 ::c 二 ## [add-mask]d\n"
    common.put_data("::error::是我们自己写的", None)
    assert capsysbinary.readouterr().out.decode() == "::error::是我们自己写的"


def test_no_command_prints_past_that_function() -> None:
    folder = Path(commands.__file__).parent
    past = ("typer.echo(", "typer.secho(", "print(", "typer.prompt(", ".stdout.write(")
    found = {
        f"{path.name}: {line.strip()}"
        for path in folder.glob("*.py")
        if path.name != "common.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if any(word in line for word in past)
    }
    assert found == set()


def test_names_and_arguments_of_strangers_are_shown_and_not_obeyed(desk: Path) -> None:
    for words in (
        ("check", f"d/{HOSTILE}"),
        ("check", "d", f"--{HOSTILE}"),
        (HOSTILE,),
        ("explain", HOSTILE),
        ("render", HOSTILE, "d"),
        ("import", f"{HOSTILE}.xlsx", "d"),
        ("new", HOSTILE),
        ("answer", "d", HOSTILE, "是"),
        ("regulations", "--regulation", HOSTILE),
    ):
        done = run(*words)
        assert done.exit_code == 2, words
        assert not {"\x1b", "\x07", "\u202e", "\u200b"} & set(done.output), (words, done.output)
    (desk / "list.xlsx").write_bytes(
        workbook([["项目名称", "总投资（万元）"], ["项目\u202e反\u200b", 5]], title="表\u202e")
    )
    done = run("import", "list.xlsx", "d", "--dry-run", DAY)
    assert not {"\u202e", "\u200b"} & set(done.output)


def test_a_calendar_steers_no_terminal_either(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    _calendar(f"BEGIN:VCALENDAR\r\nSUMMARY:{HOSTILE}\r\n".encode(), None)
    assert capsysbinary.readouterr().out.decode() == f"BEGIN:VCALENDAR\r\nSUMMARY:{SHOWN}\r\n"
    _calendar(f"SUMMARY:{HOSTILE}\r\n".encode(), tmp_path / "a.ics")
    assert (tmp_path / "a.ics").read_bytes().decode() == f"SUMMARY:{SHOWN}\r\n"


# -- a locale that is not there --------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="file names are Unicode there")
def test_a_locale_that_is_missing_changes_no_verdict_and_no_form(desk: Path) -> None:
    bare = {**os.environ, "LC_ALL": "xx", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    def program(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-m", "govit", *words], check=False, capture_output=True, env=env)

    words = ("check", "d", "--format", "json", "--all", DAY)
    usual, missing = program(*words, env=dict(os.environ)), program(*words, env=bare)
    assert (missing.returncode, json.loads(missing.stdout)) == (usual.returncode, json.loads(usual.stdout))
    done = program("render", "合规自查表", PARKING, "-o", "表格", DAY, env=bare)
    assert done.returncode == 0, done.stderr
    assert [path.suffix for path in (desk / "表格").iterdir()] == [".docx"]
