"""Bad input, as a user meets it: the whole program, each fault with its place and remedy, every other project judged.

All the bad projects stand in one dossier beside a good one and are judged in one run; what concerns a
whole dossier has a run of its own. What depends on the process itself (how deep it may recurse, what its streams
can say) runs in one; the rest is called.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from places import FIFTH
from program import program

import govit

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and names of POSIX"),
]

DAY = "2026-11-20"
HEAD = "id: {name}\nname: 坏项目\nstage: 草拟\n"


def run(*arguments: object, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """`python -m govit` in a process of its own; whatever happens there is no traceback."""
    env = {**os.environ, "PYTHONPATH": str(Path(govit.__file__).parent.parent), "PYTHONUTF8": "1", **more}
    command = [sys.executable, "-m", "govit", *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, cwd=cwd, env=env, timeout=100)
    text = subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in text.stderr, text.stderr
    assert text.returncode in (0, 1, 2)
    return text


def put(path: Path, data: str | bytes = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def docx(path: Path, document: bytes, relations: bytes | None = None) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f'<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/>'
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "_rels/.rels", relations or f'<Relationships xmlns="{package}">{relation}</Relationships>'.encode()
        )
        file.writestr("word/document.xml", document)


W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
HEADING = b'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
END = b"</w:body></w:document>"
BOMB = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (n, b"&%c;" % (n - 1) * 10) for n in range(ord("b"), ord("k")))
    + b"]>"
    + W
    + b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"
    + END
)


def text(more: str) -> Callable[[Path], None]:
    """A project.yaml with further lines."""
    return lambda home: put(home / "project.yaml", HEAD.format(name=home.name) + more) and None


def raw(data: bytes) -> Callable[[Path], None]:
    """A project.yaml of these bytes."""
    return lambda home: put(home / "project.yaml", data) and None


def paper(path: str) -> Callable[[Path], None]:
    """A project that lists a document of this path."""
    return text(f"documents:\n  - kinds: [建设方案]\n    path: '{path}'\n")


def with_docx(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def build(home: Path) -> None:
        paper("方案.docx")(home)
        make(home / "方案.docx")

    return build


def linked(home: Path) -> None:
    put(home.parent.parent / "secret.md", "# 秘\n")
    paper("外.md")(home)
    (home / "外.md").symlink_to("../../secret.md")


def pipe(home: Path) -> None:
    home.mkdir()
    os.mkfifo(home / "project.yaml")


def device(home: Path) -> None:
    home.mkdir()
    (home / "project.yaml").symlink_to("/dev/zero")


def folder(home: Path) -> None:
    paper("documents")(home)
    put(home / "documents" / "建设方案.md", "# 一\n\n内容\n")


def wrong_kind(home: Path) -> None:
    text("documents: [{kinds: [建设方岸], path: a.md}]\n")(home)
    put(home / "a.md", "# 一\n\n内容\n")


MANY = 1_000
"""Files that nobody listed; tests/dossier/test_load.py has ten thousand."""


def many_files(home: Path) -> None:
    text("")(home)
    for number in range(MANY):
        os.close(os.open(home / f"{number}.tmp", os.O_CREAT | os.O_WRONLY))


def loops(home: Path) -> None:
    text("")(home)
    (home / "loop").symlink_to(".")
    (home / "self.md").symlink_to("self.md")


def wrong_case(home: Path) -> None:
    paper("Documents/方案.md")(home)
    put(home / "documents" / "方案.md", "# 一\n\n内容\n")


SEVERAL = {"aliases": 20, "perhaps-classified": 2}
"""Where one file has several faults of a kind; everything else is told once and once only."""
YAML_LIMIT, MISSING = "GOV-102", "GOV-108"
# name: (how it is made, rule, place in project.yaml or the file it stands in, part of the message, part of the remedy)
BAD: dict[str, tuple[Callable[[Path], object], str, Any, str, str]] = {
    "empty": (raw(b""), "GOV-101", (1, 1), "文件是空的", "至少要写 id"),
    "binary": (raw(bytes(range(256)) * 20), "GOV-101", (1, 1), "二进制", "YAML 文本"),
    "gbk": (raw("id: a\nname: 智慧停车\n".encode("gbk")), "GOV-101", (2, 7), "看来是 GBK", "UTF-8"),
    "utf16": (raw("id: a\nname: 智慧停车\n".encode("utf-16")), "GOV-101", (1, 1), "UTF-16", "UTF-8"),
    "bom": (raw(b"\xef\xbb\xbf" + HEAD.format(name="bom").encode()), "GOV-110", (1, 1), "BOM", "无 BOM"),
    "crlf": (raw(b"id: c\r\nname: b\r\nstage: x\r\n"), "GOV-106", (3, 8), "stage（当前阶段）写的“x”", "可以写"),
    "tab": (text("unit:\n\tname: 甲局\n"), "GOV-103", (5, 1), "制表符（Tab）缩进", "空格"),
    "colon": (text("year：2027\nlead: 甲\n"), "GOV-103", (4, 5), "全角冒号", "半角冒号"),
    "comma": (text("events: [{kind: 甲， on: 乙}]\n"), "GOV-103", (4, 18), "全角逗号", "半角逗号"),
    "dash": (text("events:\n  － kind: 甲\n    on: 乙\n"), "GOV-103", (5, 3), "全角横线", "- "),
    "quotes": (text('lead: "甲”\n'), "GOV-103", (4, 9), "中文引号", "半角引号"),
    "duplicate": (text("id: b\n"), "GOV-104", (4, 1), "“id”写了两次，第一次在第 1 行", "只留一处"),
    "aliases": (
        text("a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9))), YAML_LIMIT, (4, 4), "锚点", "直接写出来",
    ),
    "large": (raw(b"id: a\nname: b\nstage: c\n" + b"# filler\n" * 1_200_000), YAML_LIMIT, (1, 1), "超过上限 1 MB", "要点"),
    "nested": (text("lead: " + "[" * 10_000), YAML_LIMIT, (4, 46), "嵌套超过 40 层", "括号"),
    "list": (raw(b"- a\n- b\n"), "GOV-103", (1, 1), "不是“键: 值”", "每行写一个"),
    "stage": (raw("id: s\nname: b\nstage: 申保\n".encode()), "GOV-106", (3, 8), "写的“申保”", "是不是“申报”？"),
    "category": (text("category: 新健\n"), "GOV-106", (4, 11), "category（项目类别）写的“新健”", "是不是“新建”？"),
    "event": (text("events: [{kind: 项目健成, on: 2026-01-05}]\n"), "GOV-106", (4, 17), "写的“项目健成”", "是不是“项目建成”？"),
    "body": (
        text("approvals: [{body: 市数剧局, act: 联合审核, result: 通过, date: 2026-01-05}]\n"),
        "GOV-106", (4, 20), "写的“市数剧局”", "是不是“市数据局”？",
    ),
    "kind": (wrong_kind, "GOV-106", (4, 22), "写的“建设方岸”", "是不是“建设方案”？"),
    "rule": (
        text("waivers: [{rule: LYG-1-99, reason: a, by: b, number: c, until: 2027-01-05}]\n"), "GOV-106", (4, 18), "写的“LYG-1-99”", "LYG-1",
    ),
    "question": (
        text("answers: {没有这个问题: {answer: 是, by: a, on: 2026-01-05}}\n"), "GOV-106", (4, 19), "写的“没有这个问题”", "可以写",
    ),
    "key": (text("buget: {total: 1万元}\n"), "GOV-105", (4, 1), "没有“buget”这个键", "是不是“budget”（投资）？"),
    "regulation": (text("regulation: lianyungan-2025\n"), "GOV-109", (4, 13), "没有“lianyungan-2025”这个办法", "lianyungang-2025"),
    "date": (text("schedule: {start: 2026-02-30}\n"), "GOV-107", (4, 19), "没有“2026-02-30”这一天", "2026-03-01"),
    "far": (text("events: [{kind: 项目建成, on: 9999-12-31}]\n"), "GOV-107", (4, 27), "年份不合常理", "2026-03-01"),
    "negative": (text("budget: {total: -5万元}\n"), "GOV-107", (4, 17), "budget.total（总投资）：金额“-5万元”是负数", "320万元"),
    "figures": (text("budget: {total: 三百万}\n"), "GOV-107", (4, 17), "汉字数字", "320万元"),
    "nan": (text("budget: {total: NaN}\n"), "GOV-107", (4, 17), "看不懂金额“NaN”", "320万元"),
    "bare": (text("budget: {total: 3200000}\n"), "GOV-107", (4, 17), "没有单位", "320万元"),
    "vast": (text(f"budget: {{total: {'9' * 400}元}}\n"), "GOV-107", (4, 17), "看不懂金额", "320万元"),
    "inapplicable": (
        text("answers: {存量衔接: {answer: 不适用, by: a, on: 2026-01-05}}\n"), MISSING, (4, 17), "还要写 note（说明）", "note",
    ),
    "sum": (
        text("budget: {total: 10万元, lines: [{name: a, amount: 9万元}]}\n"), "GOV-301", (4, 30), "相差 1万元", "核对",
    ),
    "escape": (raw('id: e\nname: "\\e[31mred\\e[0m"\nstage: 草拟\n'.encode()), "GOV-107", (2, 7), "控制字符 U+001B", "重新输入"),
    "raw-escape": (raw(b"id: a\nname: \x1b[31mred\nstage: b\n"), "GOV-103", (2, 7), "控制字符 U+001B", "删去"),
    "key-escape": (text('"\\e[31mkey": 1\n'), "GOV-105", (4, 1), "没有“\\u001b[31mkey”这个键", "可以写"),
    "absolute": (paper("/etc/passwd"), "GOV-201", (6, 11), "不在项目文件夹内", "相对路径"),
    "upward": (paper("../good/建设方案.md"), "GOV-201", (6, 11), "不在项目文件夹内", "相对路径"),
    "backslash": (paper("documents\\方案.md"), "GOV-201", (6, 11), "用了反斜杠", "documents/方案.md"),
    "linked": (linked, "GOV-201", (6, 11), "指向项目文件夹外的链接", "文件本身"),
    "folder": (folder, "GOV-201", (6, 11), "是文件夹，不是文件", "具体的文件名"),
    "missing": (paper("方案.docx"), "GOV-202", (6, 11), "找不到文件“方案.docx”", "检查文件名"),
    "case": (wrong_case, "GOV-202", (6, 11), "大小写不同", "documents"),
    "long": (paper("长" * 4000), "GOV-202", (6, 11), "找不到文件", "检查文件名"),
    "blank": (text("documents:\n  - kinds: [建设方案]\n    path: ''\n"), MISSING, (5, 5), "缺少 path（文件路径）", "补写 path"),
    "no-zip": (with_docx(lambda path: put(path, b"no zip")), "GOV-203", "方案.docx", "不是 zip", "另存为"),
    "encrypted": (
        with_docx(lambda path: put(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))),
        "GOV-204", "方案.docx", "打开密码", "取消密码",
    ),
    "huge": (with_docx(lambda path: docx(path, b" " * 60_000_000)), "GOV-206", "方案.docx", "MB", "核实"),
    "headings": (with_docx(lambda path: docx(path, W + HEADING * 25_000 + END)), "GOV-206", "方案.docx", "个标题", "标题样式"),
    "entities": (with_docx(lambda path: docx(path, BOMB)), "GOV-203", "方案.docx", "实体", "另存为"),
    "pipe": (pipe, "GOV-101", (1, 1), "不是普通文件", "检查文件"),
    "device": (device, "GOV-201", (1, 1), "指向文件夹外的链接", "文件本身"),
    "many": (many_files, "GOV-207", (1, 1), f"还有 {MANY - 20} 个文件没有登记", "移出"),
    "loops": (loops, "GOV-207", "loop", "没有登记", "登记"),
    "classified": (
        raw("id: t\nclassified: true\nname: 天眼\n".encode()), "GOV-502", (3, 1), "不写name（项目名称）", "git 历史",
    ),
    "perhaps-classified": (
        raw("id: v\nclassified: 是\nname: 天眼\n".encode()), "GOV-502", (2, 13), "只能写 true 或 false", "按涉密项目对待",
    ),
    "marked": (text("content: |\n  秘密★ 天眼\n"), "GOV-208", (5, 3), "第 5 行有密级标志", "保密部门"),
}  # fmt: skip


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One good project among all the bad ones."""
    top = tmp_path_factory.mktemp("卷 宗") / "dossier"
    put(top / "govit.yaml", "regulation: lianyungang-2025\n")
    put(top / "good" / "project.yaml", HEAD.format(name="good"))
    for name, (make, *_) in BAD.items():
        make(top / name)
    return top


@pytest.fixture(scope="module")
def report(dossier: Path) -> dict[str, Any]:
    """The JSON report of one run over all of them."""
    done = run("check", dossier, "--as-of", DAY, "--format", "json", cwd=dossier)
    assert done.returncode == 1
    assert not done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", BAD)
def test_each_fault_is_one_finding_with_its_place_and_its_remedy(report: dict[str, Any], name: str) -> None:
    _, rule, place, message, remedy = BAD[name]
    mine = [f for f in report["findings"] if f["project"] == name and f["rule"].startswith("GOV")]
    told = [(f["rule"], f["message"]) for f in mine]
    first = next((f for f in mine if f["rule"] == rule and message in f["message"]), None)
    assert first is not None, told
    assert remedy in first["hint"]
    if isinstance(place, tuple):
        assert (first["file"], first["line"], first["column"]) == (f"{name}/project.yaml", *place)
    else:
        assert first["file"] == f"{name}/{place}"
    if first["severity"] == "error":
        assert sum(f["severity"] == "error" for f in mine) == SEVERAL.get(name, 1), told


def test_every_project_is_in_the_report_and_the_good_one_is_judged(report: dict[str, Any]) -> None:
    assert {p["path"] for p in report["projects"]} == {*BAD, "good"}
    good = next(p for p in report["projects"] if p["path"] == "good")
    assert (good["name"], good["regulation"], good["counts"]["error"]) == ("坏项目", "lianyungang-2025", 0)
    assert good["counts"]["complies"] + good["counts"]["not_applicable"] > 50


def test_what_can_be_read_of_a_bad_project_is_judged_as_well(report: dict[str, Any]) -> None:
    counts = {p["path"]: p["counts"] for p in report["projects"]}
    assert counts["category"]["not_applicable"] > 50
    assert counts["binary"]["not_applicable"] == 0


def test_no_word_of_a_classified_project_is_repeated(report: dict[str, Any]) -> None:
    assert "天眼" not in json.dumps(report, ensure_ascii=False)


def test_the_text_report_lets_no_control_character_through(dossier: Path) -> None:
    paths = [dossier / name for name in ("good", "escape", "raw-escape", "key-escape", "classified")]
    done = program("check", *paths, "--as-of", DAY, cwd=dossier)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert "坏项目  good" in done.stdout


# -- whole dossiers --------------------------------------------------------------------------------


def test_a_path_that_does_not_exist_and_a_folder_without_project_exit_with_two(tmp_path: Path) -> None:
    done = program("check", tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"govit：路径不存在：{tmp_path / 'nowhere'}\n"
    done = program("check", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "下没有项目：没有找到 project.yaml" in done.stderr
    put(tmp_path / "a" / "project.yml", HEAD)
    assert "应当改名为 project.yaml" in program("check", cwd=tmp_path).stderr


@pytest.mark.parametrize(
    ("settings", "rule", "line", "part"),
    [
        ("regulation: lianyungang-2025\nsistems: []\n", "GOV-105", 2, "是不是“systems”（已有系统）？"),
        ("regulation：lianyungang-2025\n", "GOV-103", 1, "半角冒号"),
        ("regulation: lianyungang-2025\nregulations: ../packs\n", "GOV-201", 2, "相对路径"),
        ("regulation: lianyungang-2025\ncalendars: [2030.yaml]\n", "GOV-202", 2, "检查文件名"),
        (
            "regulation: lianyungang-2025\nnotices: [{kind: 预算编织, on: 2026-09-01, number: a}]\n",
            "GOV-106",
            2,
            "是不是",
        ),
        ("regulation: &a lianyungang-2025\n", "GOV-102", 1, "直接写出来"),
    ],
)
def test_a_broken_govit_yaml_is_a_finding_of_the_dossier_and_projects_are_judged(
    tmp_path: Path, settings: str, rule: str, line: int | None, part: str
) -> None:
    put(tmp_path / "govit.yaml", settings)
    put(tmp_path / "good" / "project.yaml", HEAD.format(name="good") + "regulation: lianyungang-2025\n")
    done = program("check", tmp_path, "--as-of", DAY, "--format", "json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    (first,) = (f for f in data["findings"] if f["project"] is None)
    assert (first["rule"], first["file"], first["line"]) == (rule, "govit.yaml", line)
    assert part in first["hint"]
    assert data["projects"][0]["counts"]["not_applicable"] > 50


def test_a_broken_pack_is_refused_with_its_faults_and_other_regulations_go_on(tmp_path: Path) -> None:
    put(tmp_path / "govit.yaml", "regulations: packs\nregulation: lianyungang-2025\n")
    put(tmp_path / "packs" / "own-2026.yaml", "id: own-2026\ntitel: x\narticles:\n  - nummer: 1\n")
    put(tmp_path / "good" / "project.yaml", HEAD.format(name="good"))
    put(tmp_path / "bad" / "project.yaml", HEAD.format(name="bad") + "regulation: own-2026\n")
    done = program("check", tmp_path, "--as-of", DAY, "--format", "json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    faults = [f for f in data["findings"] if f["project"] == "bad"]
    assert {f["rule"] for f in faults} == {"GOV-109"}
    assert any(f["line"] == 2 and "titel" in f["message"] for f in faults)
    assert any(f["line"] == 4 and "nummer" in f["message"] for f in faults)
    good = next(p for p in data["projects"] if p["path"] == "good")
    assert good["counts"]["not_applicable"] > 50


@pytest.mark.parametrize("part", ["base", "examples"])
def test_a_pack_that_is_broken_where_no_verdict_looks_is_refused_all_the_same(tmp_path: Path, part: str) -> None:
    whole = (FIFTH / "regulations" / "shili-city-2026.yaml").read_text(encoding="utf-8")
    text = re.sub(rf"^( *){part}:\n", rf"\1{part}:\n\1  - {{is: [\n", whole, count=1, flags=re.MULTILINE)
    assert text != whole
    put(tmp_path / "govit.yaml", "regulations: packs\n")
    put(tmp_path / "packs" / "shili-city-2026.yaml", text)
    put(tmp_path / "bad" / "project.yaml", HEAD.format(name="bad") + "regulation: shili-city-2026\n")
    done = program("check", tmp_path, "--as-of", DAY, "--format", "json")
    assert done.returncode == 1
    told = [f for f in json.loads(done.stdout)["findings"] if f["project"] == "bad" and f["severity"] == "error"]
    assert told
    assert {f["file"] for f in told} == {"packs/shili-city-2026.yaml"}


def test_duplicate_ids_are_told_at_both_projects(tmp_path: Path) -> None:
    put(tmp_path / "govit.yaml", "regulation: lianyungang-2025\n")
    for name in ("a", "b"):
        put(tmp_path / name / "project.yaml", HEAD.format(name="same"))
    found = json.loads(program("check", tmp_path, "--as-of", DAY, "--format", "json").stdout)["findings"]
    told = [(f["project"], f["line"], f["message"]) for f in found if f["rule"] == "GOV-306"]
    assert told == [("a", 1, "id“same”与 b 重复"), ("b", 1, "id“same”与 a 重复")]


@pytest.mark.parametrize("day", ["2026-02-30", "明天", "", "2026-1-1", "-5", "9999-12-31"])
def test_a_day_that_is_none_is_a_mistake_of_usage(tmp_path: Path, day: str) -> None:
    put(tmp_path / "project.yaml", HEAD.format(name="a") + "regulation: lianyungang-2025\n")
    done = program("check", tmp_path, f"--as-of={day}")
    assert done.returncode == 2
    assert "2026-03-01" in done.stderr


def test_a_console_of_another_encoding_is_no_reason_to_fail(tmp_path: Path) -> None:
    put(tmp_path / "govit.yaml", "regulation: lianyungang-2025\n")
    name = os.fsdecode(b"\xbd\xa8\xc9\xe8\xb7\xbd\xb0\xb8.docx")
    put(tmp_path / "a" / "project.yaml", HEAD.format(name="a"))
    put(tmp_path / "a" / name, b"x")
    done = run("check", tmp_path, "--format", "json", "--output", tmp_path / "报告.json", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "报告.json").read_text(encoding="utf-8"))["findings"]
    assert [f["hint"] for f in found if f["rule"] == "GOV-207"] == [
        "文件名是乱码，多半是解压时编码不对；请重新解压或改名"
    ]
