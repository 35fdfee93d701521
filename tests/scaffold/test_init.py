"""govit init and govit new as they are typed: what is written, what is left alone, what is refused."""

from __future__ import annotations

import csv
import errno
import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from places import FIFTH, UNCLEAN
from published import check_schema
from typer.testing import CliRunner

from govit import __version__
from govit.base.usage import UsageError
from govit.cli.commands import app
from govit.scaffold.names import checked
from govit.scaffold.own_wheel import own_wheel
from govit.yamltext.scalars import explained
from govit.yamltext.tree import parse
from govit.yamltext.written import filled_in

INIT = ("init", "--regulation", "lianyungang-2025", "--unit", "某市交通运输局", "--year", "2027")
WHEEL = f".govit/govit-{__version__}-py3-none-any.whl"
FIRST = ("--project", "2027-smart-parking", "--name", "智慧停车服务系统", "--category", "新建")


def govit(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def everything() -> set[str]:
    return {path.relative_to(Path.cwd()).as_posix() for path in Path.cwd().rglob("*") if path.is_file()}


COMMON = {
    "govit.yaml",
    ".gitattributes",
    ".gitignore",
    ".vscode/settings.json",
    ".vscode/extensions.json",
    ".vscode/tasks.json",
    ".govit/project.schema.json",
    ".govit/govit.schema.json",
}


@pytest.mark.parametrize(
    ("host", "files"),
    [
        ("github", {".github/workflows/govit.yml"}),
        ("gitlab", {".gitlab-ci.yml"}),
        ("script", {"govit-check.sh"}),
        ("none", set()),
    ],
)
def test_a_dossier_with_its_first_project_is_ready_to_be_checked(host: str, files: set[str]) -> None:
    code, output = govit(*INIT, *FIRST, "--ci", host)
    assert code == 0
    project = {"2027-smart-parking/project.yaml", "2027-smart-parking/documents/可行性研究报告.md"}
    assert everything() == COMMON | files | project | (set() if host == "none" else {WHEEL})
    assert all(path in output for path in everything())
    assert govit("check", "--as-of", "2026-11-20")[0] == 0
    assert "（LYG-12-4，第十二条）" in govit("check", "--todo", "--as-of", "2026-11-20")[1]


def test_nothing_that_is_there_is_overwritten() -> None:
    for name in ("govit.yaml", ".gitignore", ".github/workflows/govit.yml", "2027-smart-parking/project.yaml"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("regulation: lianyungang-2025\n", encoding="utf-8")
    code, output = govit(*INIT, *FIRST, "--ci", "github")
    assert code == 0
    kept = output.partition("已经有了，没有改动：")[2]
    for name in ("govit.yaml", ".gitignore", ".github/workflows/govit.yml", "2027-smart-parking/project.yaml"):
        assert name in kept
        assert Path(name).read_text(encoding="utf-8") == "regulation: lianyungang-2025\n"
    assert "2027-smart-parking/documents/可行性研究报告.md" in everything()


def test_a_new_project_that_could_not_be_written_whole_is_written_by_a_second_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert govit(*INIT)[0] == 0

    replace = os.replace

    def full_after_the_first(made: str, path: Path) -> None:
        if any(Path("p1").rglob("*.md")):
            raise OSError(errno.ENOSPC, "no space", str(path))
        replace(made, path)

    new = ("new", "p1", "--name", "某项目", "--category", "新建")
    with monkeypatch.context() as context:
        context.setattr(os, "replace", full_after_the_first)
        code, said = govit(*new)
        assert code == 2
        assert "磁盘已满" in said
    assert not Path("p1/project.yaml").exists()
    assert govit(*new)[0] == 0
    assert {name for name in everything() if name.startswith("p1/")} == {
        "p1/project.yaml",
        "p1/documents/可行性研究报告.md",
    }


def test_a_second_run_adds_what_is_missing_and_asks_nothing() -> None:
    govit(*INIT)
    before = {path: Path(path).read_bytes() for path in everything()}
    code, output = govit("init", "--ci", "gitlab")
    assert (code, "已写入：\n  .gitlab-ci.yml\n" in output) == (0, True)
    assert {path: Path(path).read_bytes() for path in before} == before


def test_the_editor_is_told_of_the_schema() -> None:
    govit(*INIT, *FIRST)
    settings = json.loads(Path(".vscode/settings.json").read_text(encoding="utf-8"))
    for path in settings["yaml.schemas"]:
        check_schema(json.loads(Path(path).read_text(encoding="utf-8")))
    line = Path("2027-smart-parking/project.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert line == "# yaml-language-server: $schema=../.govit/project.schema.json"
    code, output = govit("new", "第二个", "--name", "某系统", "--category", "运维", "--dir", "交通/停车")
    assert code == 0, output
    line = Path("交通/停车/第二个/project.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert line == "# yaml-language-server: $schema=../../../.govit/project.schema.json"


def test_the_editor_is_told_of_the_schema_of_ones_own_packs() -> None:
    shutil.copytree(FIFTH / "regulations", "regulations")
    asked = ("--regulation", "shili-city-2026", "--regulations", "regulations")
    assert govit("init", *asked)[0] == 0
    settings = json.loads(Path(".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"]["./.govit/regulation.schema.json"] == "regulations/*.yaml"
    made = json.loads(Path(".govit/regulation.schema.json").read_text(encoding="utf-8"))
    assert "events.启动实施" in made["$defs"]["condition"]["properties"]


def marks(text: str) -> set[tuple[str, str, str, str]]:
    """What the matchers of the editor's task make of a report: severity, rule, file and line, the first of a file."""
    tasks = json.loads(Path(".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    found = set()
    lines = text.splitlines()
    for matcher in tasks[0]["problemMatcher"]:
        first, second = (re.compile(pattern["regexp"]) for pattern in matcher["pattern"])
        for line, below in itertools.pairwise(lines):
            said, at = first.search(line), second.search(below)
            if said and at:
                found.add((matcher["severity"], said[2], at[1], at[2] if at.re.groups > 1 else "1"))
    return found


def test_the_task_of_the_editor_marks_every_finding_at_its_place() -> None:
    govit(*INIT)
    code, told = govit("check", str(UNCLEAN), "--as-of", "2026-11-20")
    assert code == 1
    _, text = govit("check", str(UNCLEAN), "--as-of", "2026-11-20", "--format", "json")
    severities = {"error": "error", "warning": "warning", "info": "info", "undetermined": "info"}
    wanted = {
        (
            severities["undetermined" if one["outcome"] == "undetermined" else one["severity"]],
            one["rule"],
            one["file"],
            str(one["line"] or 1),
        )
        for one in json.loads(text)["findings"]
    }
    assert len(wanted) > 40
    assert marks(told) == wanted


FILES = {"github": ".github/workflows/govit.yml", "gitlab": ".gitlab-ci.yml", "script": "govit-check.sh"}


@pytest.mark.parametrize("host", FILES)
def test_ci_takes_govit_from_the_dossier_and_asks_no_index_for_its_name(host: str) -> None:
    code, output = govit(*INIT, "--ci", host)
    assert (code, f"持续集成安装 {WHEEL}" in output) == (0, True)
    text = Path(FILES[host]).read_text(encoding="utf-8")
    assert host == "script" or yaml.safe_load(text)
    assert "://" not in text
    installs = re.findall(r"pip install [^\n;]*", text)
    assert installs
    assert all("--no-index" in one or one.endswith('"$1"') for one in installs)


def test_the_wheel_in_the_dossier_is_this_program() -> None:
    govit(*INIT, "--ci", "script")
    first = Path(WHEEL).read_bytes()
    with ZipFile(WHEEL) as wheel:
        names = set(wheel.namelist())
        rows = list(csv.reader(wheel.read(next(n for n in names if n.endswith("/RECORD"))).decode().splitlines()))
        assert {row[0] for row in rows} == names
        for name, digest, size in rows[:-1]:
            data = wheel.read(name)
            assert digest == "sha256=" + urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
            assert int(size) == len(data)
    assert names >= {"govit/__main__.py", "govit/regulations/qidong-2022.yaml", "govit/templates/年度计划.xlsx"}
    assert not any("__pycache__" in name or name.endswith((".pth", "direct_url.json")) for name in names)
    name, again = own_wheel() or ("", b"")
    assert (name, again) == (Path(WHEEL).name, first)


def test_a_wheel_that_lies_there_is_left_alone_and_two_are_named() -> None:
    Path(".govit").mkdir()
    old = Path(".govit/govit-0.0.1-py3-none-any.whl")
    old.write_bytes(b"")
    assert "持续集成安装 .govit/govit-0.0.1-py3-none-any.whl" in govit(*INIT, "--ci", "github")[1]
    assert not Path(WHEEL).exists()
    Path(WHEEL).write_bytes(b"")
    assert "只留一个" in govit("init", "--ci", "gitlab")[1]


def test_without_a_wheel_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govit.scaffold.own_wheel.own_wheel", lambda: None)
    code, output = govit(*INIT, "--ci", "github")
    assert (code, "pip wheel --no-deps" in output) == (0, True)
    assert not Path(WHEEL).exists()


@pytest.mark.skipif(shutil.which("sh") is None, reason="a POSIX shell")
@pytest.mark.parametrize("host", FILES)
@pytest.mark.parametrize("wheels", [0, 2, 1])
def test_an_installation_that_fails_says_why_in_chinese(host: str, wheels: int, tmp_path: Path) -> None:
    govit(*INIT, "--ci", host)
    Path(WHEEL).unlink()
    for number in range(wheels):
        Path(f".govit/govit-0.{number}-py3-none-any.whl").write_bytes(b"no wheel")
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    for name, does in {"pip": "exit 1", "python3": "exit 0"}.items():
        (bin_folder / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (bin_folder / name).chmod(0o755)
    text = Path(FILES[host]).read_text(encoding="utf-8")
    if host == "github":
        text = next(s["run"] for s in yaml.safe_load(text)["jobs"]["check"]["steps"] if s.get("name") == "安装 govit")
    elif host == "gitlab":
        text = yaml.safe_load(text)["govit"]["script"][0]
    done = subprocess.run(
        [shutil.which("sh") or "sh", "-ec", text, "govit-check.sh"],
        env={"PATH": f"{bin_folder}{os.pathsep}/usr/bin{os.pathsep}/bin"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert ("没有成功" if wheels == 1 else "只有一个") in done.stderr


def test_the_workflow_of_github_runs_once_and_keeps_no_credentials() -> None:
    govit(*INIT, "--ci", "github")
    flow = yaml.safe_load(Path(FILES["github"]).read_text(encoding="utf-8"))
    assert flow[True]["push"]["branches"] == ["main", "master"]  # YAML 1.1 reads `on` as true
    assert "pull_request" in flow[True]
    steps = flow["jobs"]["check"]["steps"]
    assert steps[0]["with"]["persist-credentials"] is False
    assert not any("```" in step.get("run", "") for step in steps)


def test_a_name_that_an_index_would_be_asked_for_is_warned_of() -> None:
    assert "公共软件源" in govit(*INIT, "--ci", "github", "--install", f"govit=={__version__}")[1]
    assert "公共软件源" not in govit("init", "b", *INIT[1:], "--ci", "github", "--install", "wheels/govit.whl")[1]


@pytest.mark.parametrize("host", ["github", "gitlab", "script"])
@pytest.mark.parametrize("what", ["wheels/govit-0.1.0-py3-none-any.whl", "govit @ git+ssh://git.example/a;touch x"])
def test_ci_installs_what_it_is_told_to_as_one_word(host: str, what: str) -> None:
    code, output = govit(*INIT, "--ci", host, "--install", what)
    assert code == 0, output
    text = Path(FILES[host]).read_text(encoding="utf-8")
    assert shlex.quote(what) in text
    assert host == "script" or yaml.safe_load(text)


@pytest.mark.parametrize("what", ["", "a: b", "a #b", "--index-url=x", "a\nb"])
def test_what_yaml_or_pip_would_read_otherwise_is_refused(what: str) -> None:
    code, output = govit(*INIT, "--ci", "github", "--install", what)
    assert code == 2
    assert "--install 不能写" in output


@pytest.mark.parametrize(("host", "path"), [("github", ".github/workflows/govit.yml"), ("gitlab", ".gitlab-ci.yml")])
def test_the_commands_of_the_workflows_run(host: str, path: str) -> None:
    govit(*INIT, *FIRST, "--ci", host)
    commands = re.findall(r"(?:run: |- )(govit check .*)", Path(path).read_text(encoding="utf-8"))
    assert len(commands) == 1
    code, output = govit(*commands[0].split()[1:], "--as-of", "2026-11-20")
    assert code == 0, output
    named = {word for word in commands[0].split() if word.startswith(("govit-report", "gl-code"))}
    assert named
    assert all(Path(name).stat().st_size for name in named)
    ignored = Path(".gitignore").read_text(encoding="utf-8").splitlines()
    assert all(any(fnmatch(name, pattern) for pattern in ignored) for name in named)


@pytest.mark.skipif(shutil.which("sh") is None, reason="a POSIX shell")
def test_the_script_reports_and_fails_where_there_are_errors(tmp_path: Path) -> None:
    govit(*INIT, *FIRST, "--ci", "script")
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    program = bin_folder / "govit"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govit "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    env = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    command = [shutil.which("sh") or "sh", "govit-check.sh"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, "没有错误" in done.stdout) == (0, True), done.stderr
    assert Path("govit-report.xml").read_text(encoding="utf-8").startswith("<?xml")
    project = Path("2027-smart-parking/project.yaml")
    project.write_text(project.read_text(encoding="utf-8") + "bugdet: 1\n", encoding="utf-8")
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, "bugdet" in done.stdout) == (1, True)


def test_questions_are_answered_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govit.cli.asking.on_terminal", lambda: True)
    monkeypatch.setattr("govit.cli.starting.on_terminal", lambda: True)
    typed = ["1", "某市交通运输局", "1", "9", "", "3", "2027-smart-parking", "智慧停车", "新建"]
    result = CliRunner().invoke(app, ["init"], input="\n".join(typed) + "\n")
    assert result.exit_code == 0, result.output
    text = Path("govit.yaml").read_text(encoding="utf-8")
    assert "\nregulation: lianyungang-2025\n" in text
    assert "\n  name: 某市交通运输局\n" in text
    assert "\n  level: 市级\n" in text
    assert "\n  kind:\n" in text
    assert ".gitlab-ci.yml" in everything()
    assert "\ncategory: 新建\n" in Path("2027-smart-parking/project.yaml").read_text(encoding="utf-8")


def test_leaving_at_a_question_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govit.cli.asking.on_terminal", lambda: True)
    monkeypatch.setattr("govit.cli.starting.on_terminal", lambda: True)
    result = CliRunner().invoke(app, ["init"], input="1\n某单位\n")
    assert (result.exit_code, "没有写入文件" in result.output) == (2, True)
    assert everything() == set()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("init",), "--regulation"),
        (("init", "--regulation", "lianyungang"), "是不是“lianyungang-2025”"),
        ((*INIT, "--level", "市局"), "单位的层级不能写"),
        ((*INIT, "--project", "a/b", "--name", "某项目"), "“/”"),
        ((*INIT, "--name", "某项目"), "--project"),
        (("init", "--regulation", "qidong-2022", "--year", "27"), "四位年份"),
        (("new", "a"), "--regulation"),
        (("new", "a", "--regulation", "qidong-2022"), "--name"),
        (("new", "a", "--regulation", "qidong-2022", "--name", "某项目", "--category", "新见"), "是不是“新建”"),
        (("new", "con", "--regulation", "qidong-2022", "--name", "某项目"), "保留"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(words: tuple[str, ...], said: str) -> None:
    code, output = govit(*words)
    assert (code, said in output) == (2, True), output
    assert everything() == set()


def test_a_file_in_place_of_the_folder_is_refused() -> None:
    Path("卷宗").write_text("", encoding="utf-8")
    assert govit(*INIT[:1], "卷宗", *INIT[1:])[0] == 2


def test_a_dossier_in_a_dossier_is_refused() -> None:
    govit(*INIT)
    code, output = govit("init", "内层", "--regulation", "qidong-2022")
    assert (code, "govit new" in output) == (2, True)


def test_a_project_in_a_project_is_refused_and_so_is_one_that_is_there() -> None:
    govit(*INIT, *FIRST)
    before = Path("2027-smart-parking/project.yaml").read_bytes()
    assert govit("new", "2027-smart-parking", "--name", "另一个")[0] == 2
    assert govit("new", "b", "--name", "另一个", "--dir", "2027-smart-parking/documents")[0] == 2
    assert Path("2027-smart-parking/project.yaml").read_bytes() == before


def test_a_broken_govit_yaml_is_named() -> None:
    Path("govit.yaml").write_text("regulation：lianyungang-2025\n  a: [\n", encoding="utf-8")
    code, output = govit("new", "a", "--name", "某项目")
    assert (code, "govit.yaml:" in output) == (2, True)


def test_what_govit_yaml_says_is_not_repeated_and_what_differs_is_written() -> None:
    govit(*INIT)
    govit("new", "a", "--name", "某项目", "--category", "新建")
    govit("new", "b", "--name", "某项目", "--category", "新建", "--unit", "另一单位", "--year", "2028")
    govit("new", "c", "--name", "某项目", "--category", "新建", "--regulation", "qidong-2022")
    a, b, c = (Path(f"{name}/project.yaml").read_text(encoding="utf-8") for name in "abc")
    assert not any(line.startswith(("unit:", "year:", "regulation:")) for line in a.splitlines())
    assert "\n  name: 另一单位\n" in b
    assert "\nyear: 2028\n" in b
    assert "\nregulation: qidong-2022\n" in c
    assert govit("check", "--as-of", "2026-11-20")[0] == 0


def test_a_project_without_a_dossier_stands_on_its_own() -> None:
    code, _ = govit(
        "new", "智慧停车 二期", "--name", "智慧停车 二期", "--regulation", "qidong-2022", "--category", "新建"
    )
    assert code == 0
    assert govit("check", "--as-of", "2026-11-20")[0] == 0


def test_a_classified_project_leaves_a_stub() -> None:
    govit(*INIT)
    assert govit("new", "x-01", "--classified")[0] == 0
    assert Path("x-01/project.yaml").read_text(encoding="utf-8") == (
        "id: x-01\nregulation: lianyungang-2025\nclassified: true\n"
    )
    assert [path for path in everything() if path.startswith("x-01")] == ["x-01/project.yaml"]
    assert govit("check", "--as-of", "2026-11-20")[0] == 0


def test_a_regulation_of_ones_own() -> None:
    shutil.copytree(FIFTH / "regulations", "办法")
    code, output = govit(
        "init", "--regulations", "办法", "--regulation", "shili-city-2026", "--project", "a", "--name", "某项目"
    )
    assert code == 0, output
    assert "\nregulations: 办法\n" in Path("govit.yaml").read_text(encoding="utf-8")
    assert govit("new", "b", "--name", "某项目")[0] == 0
    assert govit("check", "--as-of", "2026-11-20")[0] == 0
    code, output = govit("init", "别处", "--regulations", "办法", "--regulation", "shili-city-2026")
    assert code == 2


def test_answers_are_recorded_into_the_blank_form() -> None:
    govit(*INIT, *FIRST)
    code, output = govit("answer", "2027-smart-parking", "未拆分建设", "是", "--by", "张三", "--as-of", "2026-11-20")
    assert code == 0, output
    text = Path("2027-smart-parking/project.yaml").read_text(encoding="utf-8")
    node, faults = parse(text)
    assert not faults
    assert list(node.value["answers"].value) == ["未拆分建设"]
    assert "## 本项目是否完整申报" in text
    assert govit("check", "--as-of", "2026-11-20")[0] == 0


def test_what_is_missing_is_marked_at_its_blank() -> None:
    govit(*INIT, *FIRST)
    report = json.loads(govit("check", "--stage", "申报", "--format", "json", "--as-of", "2026-11-20")[1])
    lines = Path("2027-smart-parking/project.yaml").read_text(encoding="utf-8").splitlines()
    wanted = {
        "LYG-13-3": "plans:",
        "LYG-12-4": "approvals:",
        "LYG-7-1": "answers:",
        "LYG-2-4": "  符合政务信息系统定义:",
    }
    assert {f["rule"]: lines[f["line"] - 1] for f in report["findings"] if f["rule"] in wanted} == wanted


@pytest.mark.parametrize("name", ["2027-smart-parking", "智慧停车二期", "a b", "2027（一期）", "v1.2"])
def test_names_that_every_system_takes(name: str) -> None:
    assert checked(name) == name


@pytest.mark.parametrize(
    "name",
    ["", " a", "a ", "a/b", "a\\b", "a:b", 'a"b', "a?", "a*", "a|b", "<a>", ".a", "a.", "~$a", "CON", "nul.txt", "com1",
     "templates", "node_modules", "a\tb", "a\u202eb", "长" * 81],
)  # fmt: skip
def test_names_that_some_system_refuses(name: str) -> None:
    with pytest.raises(UsageError):
        checked(name)


@pytest.mark.parametrize(
    "text",
    [
        "某项目",
        "2027",
        "true",
        "null",
        "~",
        "a: b",
        "a #b",
        "- a",
        "[a]",
        '"a"',
        "@a",
        "是",
        "yes",
        "1e3",
        "a,b",
        "项目：一期",
        "%",
    ],
)
def test_a_scalar_is_read_as_the_text_that_it_was(text: str) -> None:
    node, _ = parse(f"key: {filled_in(text)}\nlist: [{filled_in(text)}]\n")
    assert node.value["key"].value == text
    assert [entry.value for entry in node.value["list"].value] == [text]


def test_explanations_stay_comments_when_one_sign_is_removed() -> None:
    rows = list(explained("一句很长的说明，" * 20, "  "))
    assert len(rows) > 1
    assert all(row.startswith("  ##") for row in rows)
