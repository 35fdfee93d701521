"""`govit answer`: an answer is recorded where it belongs, by whom and when, and its effect is shown."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from places import SAMPLES, TESTS, UNCLEAN
from typer.testing import CliRunner

from govit.cli import answer, asking
from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path

DAY = ["--as-of", "2026-11-20"]
ROOT = TESTS.parent


@pytest.fixture
def unclean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the dossier that has open questions, with the current folder above it."""
    shutil.copytree(UNCLEAN, tmp_path / "unclean")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "unclean"


P = "unclean/pipeline-monitoring"


def run(*args: str, keys: str | None = None) -> Any:
    return CliRunner().invoke(app, ["answer", *args, *DAY], input=keys)


def metadata(unclean: Path) -> str:
    return (unclean / "pipeline-monitoring" / "project.yaml").read_text(encoding="utf-8")


def test_an_answer_is_one_line_more_in_project_yaml(unclean: Path) -> None:
    before = metadata(unclean).splitlines()
    result = run(P, "密码应用达标", "是", "--by", "石磊")
    assert result.exit_code == 0, result.output
    added = [line for line in metadata(unclean).splitlines() if line not in before]
    assert added == ["  密码应用达标: {answer: 是, by: 石磊, on: 2026-11-20}"]
    assert "LYG-13-10  [密码应用达标]  待定 → 合规" in result.output
    assert "还有 2 个问题待回答" in result.output


def test_a_question_about_the_unit_is_answered_in_govit_yaml(unclean: Path) -> None:
    top = unclean / "govit.yaml"
    text = top.read_text(encoding="utf-8").replace("answers:", "answers: # 单位")
    rows = [row for row in text.splitlines() if "安全管理制度" not in row]
    top.write_text("\r\n".join(rows) + "\r\n", encoding="utf-8", newline="")
    before = metadata(unclean)
    result = run("unclean", "安全管理制度", "否", "--by", "石磊", "--on", "2026-10-01", "--note", "正在起草")
    assert result.exit_code == 0, result.output
    assert metadata(unclean) == before
    after = top.read_bytes().decode()
    assert "  安全管理制度: {answer: 否, by: 石磊, on: 2026-10-01, note: 正在起草}\r\n" in after
    assert "\n" not in after.replace("\r\n", "")
    assert "→ 不合规" in result.output


def test_without_govit_yaml_the_answer_about_the_unit_stands_with_the_project(unclean: Path) -> None:
    top = unclean / "govit.yaml"
    top.unlink()
    result = run(P, "安全管理制度", "是", "--by", "石磊")
    assert result.exit_code == 0, result.output
    assert "安全管理制度: {answer: 是" in metadata(unclean)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((P, "密码应用达", "是", "--by", "a"), "是不是“密码应用达标”"),
        ((P, "密码应用达标", "对", "--by", "a"), "回答只能是 是、否、不适用"),
        ((P, "密码应用达标", "是"), "--by 姓名"),
        ((P, "密码应用达标", "不适用", "--by", "a"), "--note 原因"),
        ((P, "密码应用达标", "是", "--by", "a", "--on", "2026-11-21"), "晚于判断日"),
        ((P, "密码应用达标", "是", "--by", "a", "--on", "昨天"), "写成 2026-03-01 的样子"),
        ((P, "密码应用达标", "是", "--by", "a\x1b[31m"), "控制字符"),
        (("nowhere", "密码应用达标", "是", "--by", "a"), "路径不存在"),
        (("no/where",), "路径不存在"),
        (("没有这个",), "没有“没有这个”这个问题"),
        ((P, "a", "b", "c"), "多写了“c”"),
        (("nowhere", "密码应用达标"), "路径不存在"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(unclean: Path, args: tuple[str, ...], said: str) -> None:
    before = metadata(unclean)
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.output
    assert metadata(unclean) == before


def test_an_answer_that_exists_is_shown_and_replaced_only_on_demand(unclean: Path) -> None:
    before = metadata(unclean)
    result = run(P, "存量衔接", "否", "--by", "甲")
    assert result.exit_code == 2
    assert "已有回答：是（石磊 2025-12-22）" in result.output
    assert metadata(unclean) == before
    result = run(P, "依托公共平台", "是", "--by", "甲", "--replace")
    assert result.exit_code == 0
    assert "  依托公共平台: {answer: 是, by: 甲, on: 2026-11-20}\n" in metadata(unclean)
    assert "自建机房" not in metadata(unclean).partition("answers:")[2]


def test_an_answer_replaced_by_one_that_changes_nothing_says_no_more(unclean: Path) -> None:
    result = run(P, "存量衔接", "是", "--by", "甲", "--replace")
    assert "check 的结论没有变化\n" in result.output
    assert "by: 甲" in metadata(unclean)


@pytest.mark.usefixtures("unclean")
def test_a_question_without_an_answer_is_shown_with_its_article() -> None:
    result = run(P, "存量衔接")
    assert result.exit_code == 2
    assert "第六条" in result.output
    assert "一部门一系统" in result.output
    assert "已有回答：是" in result.output


@pytest.mark.usefixtures("unclean")
def test_without_a_terminal_the_open_questions_are_listed() -> None:
    result = run("unclean")
    assert result.exit_code == 2
    assert "□ 密码应用达标：项目是否符合密码应用要求？" in result.output
    assert "--by 姓名" in result.output


def test_where_data_decide_nothing_is_asked(unclean: Path) -> None:
    """A project with nothing open is not asked; an answer to what no rule waits for says so."""
    sample = shutil.copytree(SAMPLES / "lianyungang", unclean.parent / "lyg")
    result = run("lyg/2027-streetlight-ops")
    assert result.exit_code == 0
    assert "没有待回答的问题" in result.output
    result = run("lyg/2027-streetlight-ops", "专项审批齐全", "是", "--by", "a")
    assert result.exit_code == 0
    assert "check 的结论没有变化" in result.output
    assert "专项审批齐全" in (sample / "2027-streetlight-ops" / "project.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("unclean")
def test_a_draft_is_asked_what_its_application_needs() -> None:
    """The step right behind 草拟 may ask nothing yet; all that 申报 asks is worth answering by then."""
    made = ["init", "qd", "--regulation", "qidong-2022", "--project", "p1", "--name", "某项目", "--category", "新建"]
    assert CliRunner().invoke(app, made).exit_code == 0
    result = run("qd")
    assert result.exit_code == 2
    assert "■ 某项目  qd/p1  到“申报”待回答" in result.output
    assert result.output.replace("到“申报”", "") == run("qd", "--stage", "申报").output.replace("到“申报”", "")
    result = run("qd/p1", "集约可行", "是", "--by", "a")
    assert "待定 → 合规" in result.output


def test_of_several_projects_one_must_be_named(unclean: Path) -> None:
    shutil.copytree(SAMPLES, unclean.parent / "all")
    result = run("all", "存量衔接", "是", "--by", "a")
    assert result.exit_code == 2
    assert "govit answer all/lianyungang/2026-manhole-safety 存量衔接" in result.output
    assert "qidong" not in result.output


def test_a_classified_or_broken_project_is_not_asked(unclean: Path) -> None:
    project = unclean / "pipeline-monitoring" / "project.yaml"
    project.write_text("id: a\nregulation: lianyungang-2025\nclassified: true\n", encoding="utf-8")
    assert "涉密项目" in run(P, "存量衔接", "是", "--by", "a").output
    project.write_text("id: [a\n", encoding="utf-8")
    result = run(P, "存量衔接", "是", "--by", "a")
    assert result.exit_code == 2
    assert "govit check" in result.output


# -- on a terminal ---------------------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (answer, asking):
        monkeypatch.setattr(module, "on_terminal", lambda: True)


@pytest.mark.usefixtures("terminal")
def test_all_open_questions_are_asked_one_by_one_with_their_article(unclean: Path) -> None:
    result = run(P, keys="是\n石磊\n\n3\n未用密码产品\n跳过\n")
    assert result.exit_code == 0, result.output
    assert "第十三条" in result.output
    assert "LYG-13-10  [密码应用达标]  待定 → 合规" in result.output
    text = metadata(unclean)
    assert "  密码应用达标: {answer: 是, by: 石磊, on: 2026-11-20}\n" in text
    assert "  安全可靠达标: {answer: 不适用, by: 石磊, on: 2026-11-20, note: 未用密码产品}\n" in text
    assert "跳过 1 个，下次再答：安全同步规划" in result.output


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("last", ["退出\n", "", "什么\n5\n"])
def test_one_can_leave_at_any_time_and_what_was_answered_stays(unclean: Path, last: str) -> None:
    result = run(P, "--by", "石磊", keys="1\n说明\n" + last)
    assert result.exit_code == 0, result.output
    assert "密码应用达标: {answer: 是, by: 石磊, on: 2026-11-20, note: 说明}" in metadata(unclean)
    assert "安全可靠达标:" not in metadata(unclean).partition("answers:")[2]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("key", "answer"), [("y\n", "否"), ("n\n", "是"), ("", "是")])
def test_on_a_terminal_one_is_asked_before_an_answer_is_replaced(unclean: Path, key: str, answer: str) -> None:
    run(P, "存量衔接", "否", "--by", "甲", keys=key)
    assert f"存量衔接: {{answer: {answer}" in metadata(unclean)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_real_terminal_is_recognised(unclean: Path) -> None:
    import pty

    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "govit", "answer", P, *DAY],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:
        os.close(slave)
        os.write(master, "2\n石磊\n方案未做\n退出\n".encode())
        shown = b""
        while True:
            try:
                piece = os.read(master, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
    os.close(master)
    assert process.returncode == 0, shown.decode()
    assert "待定 → 不合规" in shown.decode()
    assert "密码应用达标: {answer: 否, by: 石磊, on: 2026-11-20, note: 方案未做}" in metadata(unclean)
