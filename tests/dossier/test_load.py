"""Dossiers: which projects a path leads to, what they inherit, and what of a stranger's folder is refused."""

from __future__ import annotations

import inspect
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from govit.dossier.listed_files import unlisted
from govit.dossier.load import load
from govit.dossier.tree import NoProjectError, base_of, find, resolve
from govit.law.library import Library
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    from govit.dossier.model import Project
    from govit.dossier.projects import Dossier

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
WORDS = {
    "stages": {"草拟": "草拟"},
    "documents": {"方案书": "方案书", "方案": "方案书"},
    "levels": {"市级": "市级"},
    "notices": {"通知改": "通知改"},
    "rules": {},
}
PROJECT = "id: {id}\nname: 项目\nstage: 草拟\n"


def words_of(regulation: str, _packs: Path | None) -> Any:
    """The words of regulation `r`, as a library would give them."""
    return WORDS if regulation == "r" else None


def put(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def project(folder: Path, more: str = "", name: str = "") -> Path:
    put(folder / "project.yaml", PROJECT.format(id=name or folder.name) + more)
    return folder


def read(*paths: Path) -> list[Dossier]:
    return load(paths, words_of)


def only(path: Path) -> Project:
    (dossier,) = read(path)
    (found,) = dossier.selected
    return found


def told(faults: Any) -> list[tuple[str, str]]:
    return [(fault.rule, fault.message) for fault in faults]


# -- finding -------------------------------------------------------------------------------------


def test_a_dossier_a_project_and_its_file_all_lead_to_the_project(tmp_path: Path) -> None:
    put(tmp_path / "govit.yaml", "regulation: r\n")
    folder = project(tmp_path / "2027 智慧停车")
    project(tmp_path / "二")
    for path, count in ((tmp_path, 2), (tmp_path / "govit.yaml", 2), (folder, 1), (folder / "project.yaml", 1)):
        (dossier,) = read(path)
        assert len(list(dossier.selected)) == count
        assert [p.id for p in dossier.projects] == ["2027 智慧停车", "二"]
        assert len(dossier.index.projects) == 2


def test_projects_come_in_order_of_their_paths_and_hidden_folders_are_passed_over(tmp_path: Path) -> None:
    for name in ("b/2", "a", "b/1", ".git/x", "templates/y", "node_modules/z", "b/.hidden"):
        project(tmp_path / name)
    (dossier,) = read(tmp_path)
    assert [p.source.file for p in dossier.selected] == ["a/project.yaml", "b/1/project.yaml", "b/2/project.yaml"]


def test_a_folder_that_is_passed_over_can_still_be_asked_for(tmp_path: Path) -> None:
    put(tmp_path / "govit.yaml", "regulation: r\n")
    project(tmp_path / "a")
    hidden = project(tmp_path / "templates" / "y")
    (dossier,) = read(hidden)
    assert [p.id for p in dossier.selected] == ["y"]


def test_the_dossier_is_the_nearest_govit_yaml_then_the_git_top_then_the_path(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    put(tmp_path / "one" / "govit.yaml", "regulation: r\n")
    inner = project(tmp_path / "one" / "deep" / "p")
    outer = project(tmp_path / "two" / "q")
    assert [d.root for d in read(inner)] == [tmp_path / "one"]
    assert [d.root for d in read(outer)] == [tmp_path]
    assert sorted(d.root for d in read(tmp_path)) == [tmp_path, tmp_path / "one"]
    assert only(inner).source.file == "one/deep/p/project.yaml"


def test_without_git_and_govit_yaml_projects_under_one_path_are_neighbours(tmp_path: Path) -> None:
    project(tmp_path / "a", name="same")
    project(tmp_path / "b", name="same")
    (dossier,) = read(tmp_path)
    assert [n.path for n in dossier.index.projects] == ["a", "b"]


def test_without_git_paths_are_named_from_the_current_folder_however_many_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = project(tmp_path / "a"), project(tmp_path / "b")
    for paths in ((first, second), (first,), (second, first), (first / "project.yaml",)):
        files = {p.source.file for d in read(*paths) for p in d.selected}
        assert "a/project.yaml" in files
        assert base_of(first, list(paths)) == tmp_path
    monkeypatch.chdir(first)
    assert [p.source.file for d in read(Path(), second) for p in d.selected] == ["project.yaml", "../b/project.yaml"]


def test_a_path_given_twice_or_from_inside_is_judged_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "govit.yaml", "regulation: r\n")
    folder = project(tmp_path / "a")
    monkeypatch.chdir(folder)
    (dossier,) = read(Path(), folder, tmp_path)
    assert [p.id for p in dossier.selected] == ["a"]


@pytest.mark.parametrize(
    ("make", "path", "message"),
    [
        ((), "nowhere", "路径不存在：{path}"),
        (("a.txt",), "a.txt", "{path} 不是 project.yaml；请给出卷宗、项目文件夹或 project.yaml"),
        ((), ".", "{path} 下没有项目：没有找到 project.yaml"),
        (("p/project.yml",), ".", "{path} 下没有项目：没有找到 project.yaml；{path}/p/project.yml 应当改名为 project.yaml，现在没有检查"),
        (("p/Project.yaml",), ".", "{path} 下没有项目：没有找到 project.yaml；{path}/p/Project.yaml 应当改名为 project.yaml，现在没有检查"),
        (("p/project.yaml/x",), ".", "{path} 下没有项目：没有找到 project.yaml；{path}/p/project.yaml 是文件夹，不是文件，现在没有检查"),
    ],
)  # fmt: skip
def test_a_path_without_project_says_why(tmp_path: Path, make: tuple[str, ...], path: str, message: str) -> None:
    for name in make:
        put(tmp_path / name)
    with pytest.raises(NoProjectError) as error:
        read(tmp_path / path)
    assert str(error.value) == message.format(path=tmp_path / path)


def test_what_comes_near_to_a_project_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    put(tmp_path / "govit.yml", "regulation: r\n")
    project(tmp_path / "a", "regulation: r\n")
    put(tmp_path / "b" / "project.yaml.txt", PROJECT)
    (dossier,) = read(tmp_path)
    assert told(dossier.faults) == [
        ("GOV-101", "govit.yml 应当改名为 govit.yaml，现在没有检查"),
        ("GOV-101", "b/project.yaml.txt 应当改名为 project.yaml，现在没有检查"),
    ]


def test_what_is_odd_in_other_folders_does_not_concern_a_project_asked_for_alone(tmp_path: Path) -> None:
    put(tmp_path / "govit.yaml", "regulation: r\n")
    put(tmp_path / "govit.yml", "year: 2027\n")
    folder = project(tmp_path / "a")
    put(tmp_path / "b" / "project.yml", PROJECT)
    assert read(folder)[0].faults == ()
    put(folder / "project.yml", PROJECT)
    put(folder / "deep" / "project.yml", PROJECT)
    assert [rule for rule, _ in told(read(folder)[0].faults)] == ["GOV-101"]


@POSIX
def test_links_are_not_followed_and_loops_do_no_harm(tmp_path: Path) -> None:
    outside = project(tmp_path / "outside")
    top = tmp_path / "top"
    put(top / "govit.yaml", "regulation: r\n")
    project(top / "a")
    (top / "a" / "loop").symlink_to(top)
    (top / "self").symlink_to("self")
    (top / "linked").symlink_to(outside)
    (dossier,) = read(top)
    assert [p.id for p in dossier.projects] == ["a"]
    assert told(dossier.faults) == [("GOV-201", "top/linked 是指向项目文件夹的链接，没有检查")]
    assert unlisted(dossier.projects[0]) == ["loop"]


@POSIX
def test_a_folder_that_cannot_be_opened_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path / "a", "regulation: r\n")
    (tmp_path / "b").mkdir()
    scandir = os.scandir

    def refusing(path: str) -> Any:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    (dossier,) = read(tmp_path)
    assert told(dossier.faults) == [("GOV-101", "文件夹“b”打不开：没有权限，或正被别的程序打开，其中的内容没有检查")]
    assert [p.id for p in dossier.projects] == ["a"]


def test_folders_deeper_than_the_stack_are_walked(tmp_path: Path) -> None:
    project(tmp_path / "a")
    deep = [str(tmp_path) + "/d" * depth for depth in range(1, 400)]
    for path in deep:
        os.mkdir(path)
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert len(find([tmp_path]).folders) == 1
    finally:
        sys.setrecursionlimit(before)


# -- inheriting ----------------------------------------------------------------------------------


def test_a_project_inherits_what_it_does_not_say_itself(tmp_path: Path) -> None:
    put(
        tmp_path / "govit.yaml",
        "regulation: r\nyear: 2027\napplicant: 甲局\nunit: {name: 甲局, level: 市级, parent: 市府}\n",
    )
    project(tmp_path / "a", "unit: {name: 乙所}\n")
    project(tmp_path / "b", "year: 2028\napplicant: 丙\nunit: {level: 市级}\n")
    (dossier,) = read(tmp_path)
    a, b = dossier.projects
    assert a.unit is not None
    assert b.unit is not None
    assert (a.regulation, a.year, a.applicant, a.unit.name, a.unit.level) == ("r", 2027, "甲局", "乙所", "市级")
    assert (b.year, b.applicant, b.unit.name, b.unit.parent) == (2028, "丙", "甲局", "市府")
    assert (a.faults, b.faults, dossier.faults) == ((), (), ())


def test_a_regulation_must_be_named_somewhere(tmp_path: Path) -> None:
    assert told(only(project(tmp_path / "a")).faults) == [("GOV-108", "缺少 regulation（适用办法）")]
    (dossier,) = load([tmp_path / "a"], words_of, regulation="r")
    assert dossier.projects[0].faults == ()


def test_faults_of_govit_yaml_stand_in_it_and_projects_are_read_all_the_same(tmp_path: Path) -> None:
    put(tmp_path / "govit.yaml", "regulation: r\nyears: 2027\nsystems:\n  - {id: s, name: 甲}\n  - {id: s, name: 乙}\n")
    project(tmp_path / "a")
    (dossier,) = read(tmp_path)
    assert [(f.rule, f.line, f.column) for f in dossier.faults] == [("GOV-105", 2, 1), ("GOV-306", 5, 5)]
    assert dossier.projects[0].faults == ()
    put(tmp_path / "govit.yaml", "regulation：r\n")
    (dossier,) = read(tmp_path)
    assert [(f.rule, f.line, f.column) for f in dossier.faults] == [("GOV-103", 1, 11)]
    assert [p.id for p in dossier.projects] == ["a"]


def test_a_notice_that_sets_a_day_before_it_was_issued_is_told(tmp_path: Path) -> None:
    notice = "  - {kind: 通知改, on: 2027-05-01, issued: %s, number: 一号}\n"
    for day, faults in (("2027-05-02", [("GOV-308", 3, 5)]), ("2027-05-01", [])):
        put(tmp_path / "govit.yaml", f"regulation: r\nnotices:\n{notice % day}")
        project(tmp_path / "a")
        (dossier,) = read(tmp_path)
        assert [(f.rule, f.line, f.column) for f in dossier.faults] == faults


def test_a_default_regulation_that_nobody_uses_and_nobody_knows_is_told(tmp_path: Path) -> None:
    put(tmp_path / "govit.yaml", "regulation: x\n")
    project(tmp_path / "a", "regulation: r\n")
    assert told(read(tmp_path)[0].faults) == [("GOV-109", "“x”不是可以使用的办法")]


@pytest.mark.parametrize(
    ("given", "rule"), [("../packs", "GOV-201"), ("/etc", "GOV-201"), ("nowhere", "GOV-202"), ("govit.yaml", "GOV-202")]
)
def test_a_folder_of_regulations_must_lie_in_the_dossier(tmp_path: Path, given: str, rule: str) -> None:
    put(tmp_path / "govit.yaml", f"regulation: r\nregulations: {given}\n")
    project(tmp_path / "a")
    (dossier,) = read(tmp_path)
    assert [(f.rule, f.line, f.column) for f in dossier.faults] == [(rule, 2, 14)]
    assert dossier.packs is None


# -- one project.yaml ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", ("GOV-101", "文件是空的")),
        (b"# only a remark\n", ("GOV-101", "文件是空的")),
        (b"\xef\xbb\xbf", ("GOV-101", "文件是空的")),
        (b"- a\n", ("GOV-103", "文件内容不是“键: 值”")),
        ("id：a\nname：b\n".encode(), ("GOV-103", "这一行用了全角冒号“：”")),
        ("id: 甲\n".encode("gbk"), ("GOV-101", "文件不是 UTF-8 编码，看来是 GBK")),
        ("备注: 机密★10年\nid: a\n".encode(), ("GOV-208", "第 1 行有密级标志")),
    ],
)
def test_what_cannot_be_read_is_a_fault_of_its_project(tmp_path: Path, data: bytes, fault: tuple[str, str]) -> None:
    (tmp_path / "project.yaml").write_bytes(data)
    assert told(only(tmp_path).faults)[0] == fault


def test_a_byte_order_mark_is_read_and_told(tmp_path: Path) -> None:
    project(tmp_path, "regulation: r\n", name="p")
    (tmp_path / "project.yaml").write_bytes(b"\xef\xbb\xbf" + (tmp_path / "project.yaml").read_bytes())
    found = only(tmp_path)
    assert (found.id, told(found.faults)) == ("p", [("GOV-110", "文件开头有 BOM，已照常读取")])


def test_a_text_that_yaml_cuts_short_is_told_and_only_where_any_text_may_stand(tmp_path: Path) -> None:
    cut = "demand: 系统 #1、#2 不通\nyear: 2027 # 计划年度\nbudget: {total: 5万元} # 估算\nbasis:\n  - 规划 #3\nobjective: 快  # 暂定\n"
    project(tmp_path, "regulation: r\n" + cut, name="p")
    found = only(tmp_path).faults
    assert [(one.rule, one.key, one.line, one.column) for one in found] == [
        ("GOV-112", "demand", 5, 12),
        ("GOV-112", "basis", 9, 8),
    ]
    assert found[0].message == "demand（建设需求）在 # 处被截断，只读到“系统”：# 前面有空格，YAML 把后面当作注释"
    assert '写成：demand: "系统 #1、#2 不通"；' in found[0].hint


@pytest.mark.parametrize("dash", ["-", "－", "—"])
def test_a_dash_that_makes_no_list_is_told_and_not_taken_for_a_text(tmp_path: Path, dash: str) -> None:
    project(tmp_path, f"regulation: r\nbasis:\n  {dash}甲规划\n  {dash}乙规划\n", name="p")
    found = only(tmp_path)
    assert found.basis == ()
    assert [(one.rule, one.key, one.line) for one in found.faults] == [("GOV-107", "basis", 6)]
    assert found.faults[0].hint.endswith("写成：- 甲规划")


@POSIX
def test_a_project_yaml_that_is_a_pipe_or_a_link_is_not_opened(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret", PROJECT.format(id="secret"))
    for name in ("pipe", "link", "dangling", "loop"):
        (tmp_path / "d" / name).mkdir(parents=True)
    os.mkfifo(tmp_path / "d" / "pipe" / "project.yaml")
    (tmp_path / "d" / "link" / "project.yaml").symlink_to(secret)
    (tmp_path / "d" / "dangling" / "project.yaml").symlink_to("nothing")
    (tmp_path / "d" / "loop" / "project.yaml").symlink_to("project.yaml")
    (dossier,) = read(tmp_path / "d")
    assert {p.source.file: told(p.faults) for p in dossier.projects} == {
        "d/dangling/project.yaml": [("GOV-101", "文件打不开：文件或文件夹不存在")],
        "d/link/project.yaml": [("GOV-201", "project.yaml 是指向文件夹外的链接，没有读取")],
        "d/loop/project.yaml": [("GOV-101", "文件打不开：是首尾相接的链接")],
        "d/pipe/project.yaml": [("GOV-101", "文件打不开：不是普通文件")],
    }


@POSIX
def test_a_folder_named_in_escapes_is_shown_without_them(tmp_path: Path) -> None:
    project(tmp_path / "\x1b[31m红\n", "regulation: r\n")
    os.mkdir(os.fsencode(tmp_path) + b"/\xbd\xa8")
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xbd\xa8")) / "project.yaml").write_text(PROJECT, encoding="utf-8")
    shown = [p.source.file for p in read(tmp_path)[0].projects]
    assert shown == ["\\u001b[31m红\\u000a/project.yaml", "\\udcbd\\udca8/project.yaml"]


# -- classified projects ---------------------------------------------------------------------------


def test_a_stub_is_all_that_is_taken_of_a_classified_project(tmp_path: Path) -> None:
    put(tmp_path / "project.yaml", "id: s-1\nregulation: r\nclassified: true\n")
    found = only(tmp_path)
    assert (found.id, found.classified, found.regulation, found.name, found.faults) == ("s-1", True, "r", None, ())


def test_the_rest_is_refused_by_place_and_not_repeated(tmp_path: Path) -> None:
    put(tmp_path / "project.yaml", "id: s-1\nclassified: true\nname: 天眼\n天眼: 1\nid: 天眼\nbudget: {total: 天眼}\n")
    put(tmp_path / "documents" / "天眼.docx")
    found = only(tmp_path)
    assert found.name is None
    assert found.budget is None
    assert [(f.rule, f.line, f.message) for f in found.faults] == [
        ("GOV-502", 5, "存根的写法有误"),
        ("GOV-502", 3, "涉密项目只写 id、regulation、classified，不写name（项目名称）"),
        ("GOV-502", 4, "涉密项目只写 id、regulation、classified，不写这个键"),
        ("GOV-502", 6, "涉密项目只写 id、regulation、classified，不写budget（投资）"),
        ("GOV-502", 1, "涉密项目的文件夹里有别的文件"),
    ]
    assert "天眼" not in str(found.faults)


@pytest.mark.parametrize("given", ["是", "yes", "涉密", "[true]", "{a: 1}", "True"])
def test_whatever_is_not_clearly_false_is_treated_as_classified(tmp_path: Path, given: str) -> None:
    put(tmp_path / "project.yaml", f"id: s\nclassified: {given}\nname: 天眼\n")
    found = only(tmp_path)
    assert (found.classified, found.name) == (True, None)
    assert ("classified（是否涉密）只能写 true 或 false" in {f.message for f in found.faults}) == (given != "True")


@pytest.mark.parametrize(
    "text", ["classified: true\n\tname: 天眼\n", "classified：true\nname: 天眼\n", "classified: true\n天眼: &天眼 1\n"]
)
def test_a_file_that_is_broken_besides_is_told_of_by_place_alone(tmp_path: Path, text: str) -> None:
    put(tmp_path / "project.yaml", text)
    found = only(tmp_path)
    assert {(f.rule, f.message) for f in found.faults} == {("GOV-502", "存根的写法有误")}
    put(tmp_path / "project.yaml", text.replace("true", "false"))
    assert {f.rule for f in only(tmp_path).faults} <= {"GOV-102", "GOV-103"}


# -- files ---------------------------------------------------------------------------------------


def test_a_file_named_after_its_kind_needs_no_entry_and_any_other_is_unlisted(tmp_path: Path) -> None:
    for name in (
        "documents/方案书.docx",
        "方案.pdf",
        "documents/草稿.docx",
        "README.md",
        "~$方案书.docx",
        ".x",
        "列出.md",
    ):
        put(tmp_path / name)
    project(tmp_path, "regulation: r\ndocuments: [{kinds: [方案书], path: ./列出.md}]\n")
    found = only(tmp_path)
    assert sorted((d.path, d.kinds) for d in found.documents) == [
        ("./列出.md", ("方案书",)),
        ("documents/方案书.docx", ("方案书",)),
        ("方案.pdf", ("方案书",)),
    ]
    assert unlisted(found) == ["documents/草稿.docx"]


def test_a_listed_file_is_not_counted_twice_though_case_or_composition_differ(tmp_path: Path) -> None:
    WORDS["documents"]["Résumé"] = "方案书"
    put(tmp_path / "Re\u0301sume\u0301.docx")
    project(tmp_path, "regulation: r\ndocuments: [{kinds: [方案书], path: Résumé.docx}]\n")
    found = only(tmp_path)
    assert [d.path for d in found.documents] == ["Résumé.docx"]
    assert unlisted(found) == []
    project(tmp_path, "regulation: r\n")
    assert [d.kinds for d in only(tmp_path).documents] == [("方案书",)]
    del WORDS["documents"]["Résumé"]


def test_files_of_a_project_inside_a_project_belong_to_the_inner_one(tmp_path: Path) -> None:
    project(tmp_path, "regulation: r\n", name="outer")
    project(tmp_path / "inner", "regulation: r\n")
    put(tmp_path / "inner" / "x.txt")
    outer, inner = sorted(read(tmp_path)[0].projects, key=lambda p: p.source.file.count("/"))
    assert (unlisted(outer), unlisted(inner)) == ([], ["x.txt"])


PATHS = """
/etc/passwd            | GOV-201 路径“/etc/passwd”不在项目文件夹内
../b/x.md              | GOV-201 路径“../b/x.md”不在项目文件夹内
documents/../x.md      | GOV-201 路径“documents/../x.md”不在项目文件夹内
C:/x.md                | GOV-201 路径“C:/x.md”不在项目文件夹内
documents\\方案.md     | GOV-201 路径“documents\\方案.md”用了反斜杠
.                      | GOV-201 路径“.”不在项目文件夹内
documents              | GOV-201 “documents”是文件夹，不是文件
documents/             | GOV-201 “documents/”是文件夹，不是文件
documents/万案.md      | GOV-202 找不到文件“documents/万案.md”，相近的有“方案.md”
Documents/方案.md      | GOV-202 找不到文件“Documents/方案.md”：文件夹里的名称是“documents”，大小写不同
documents/方案.MD      | GOV-202 找不到文件“documents/方案.MD”：文件夹里的名称是“方案.md”，大小写不同
documents/方案.md/x    | GOV-202 找不到文件“documents/方案.md/x”
outward                | GOV-201 “outward”是指向项目文件夹外的链接
folder/secret          | GOV-201 “folder/secret”是指向项目文件夹外的链接
loop                   | GOV-202 “loop”是指向不存在的文件的链接
"""


@POSIX
@pytest.mark.parametrize("row", PATHS.strip().splitlines(), ids=lambda row: row.split("|")[0].strip())
def test_a_path_that_leaves_the_project_or_names_no_file_is_refused(tmp_path: Path, row: str) -> None:
    put(tmp_path / "secret")
    home = tmp_path / "p"
    put(home / "documents" / "方案.md")
    (home / "outward").symlink_to("../secret")
    (home / "folder").symlink_to("..")
    (home / "loop").symlink_to("loop")
    given, refusal = (part.strip() for part in row.split("|"))
    found = resolve(home, given)
    assert isinstance(found, Fault)
    assert f"{found.rule} {found.message}" == refusal
    assert found.hint


def test_paths_inside_the_project_are_found_whatever_their_names(tmp_path: Path) -> None:
    for given in ("documents/方案.md", "./documents//方案.md", "有 空格/二期（终稿）.docx", "documents/É.md"):
        if "É" not in given:
            put(tmp_path / given)
        else:
            put(tmp_path / "documents" / "E\u0301.md")
        found = resolve(tmp_path, given)
        assert isinstance(found, Path)
        assert found.is_file()
    assert isinstance(resolve(tmp_path, "x" * 5000), Fault)
    assert isinstance(resolve(tmp_path, "/".join("x" * 3000)), Fault)


# -- many ----------------------------------------------------------------------------------------


def test_a_folder_of_ten_thousand_files_is_listed_within_seconds(tmp_path: Path) -> None:
    project(tmp_path, "regulation: r\n")
    for number in range(10_000):
        os.close(os.open(tmp_path / f"{number}.txt", os.O_CREAT | os.O_WRONLY))
    start = time.process_time()
    (dossier,) = read(tmp_path)
    assert len(unlisted(dossier.projects[0])) == 10_000
    assert told(dossier.faults) == [("GOV-102", "project.yaml 所在的文件夹里有 10000 个以上的文件，没有全部核对")]
    assert time.process_time() - start < 3


def test_reading_costs_a_few_milliseconds_a_project_at_most(tmp_path: Path) -> None:
    put(tmp_path / "govit.yaml", "regulation: r\n")
    lines = "".join(f"  - {{name: 费用{n}, amount: {n}.5万元}}\n" for n in range(20))
    for number in range(200):
        project(tmp_path / f"p{number}", f"budget:\n  total: 1万元\n  lines:\n{lines}")
    start = time.process_time()
    read(tmp_path)
    assert time.process_time() - start < 200 * 0.005


def test_what_a_project_says_wrongly_of_its_unit_is_unknown_and_not_the_dossiers(tmp_path: Path) -> None:
    unit = "unit: {name: 市水利局, level: 市级, kind: 党政机关}\n"
    (tmp_path / "govit.yaml").write_text(f"regulation: lianyungang-2025\n{unit}", "utf-8")
    (tmp_path / "p").mkdir()
    text = "id: p\nname: 项目\nstage: 申报\nunit: {level: 县区}\n"
    (tmp_path / "p" / "project.yaml").write_text(text, "utf-8")
    project = next(load([tmp_path], Library().vocabulary)[0].selected)
    assert project.unit is not None
    assert (project.unit.name, project.unit.level, project.unit.kind) == ("市水利局", None, "党政机关")
