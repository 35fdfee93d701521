"""Papers: each file is looked at once, and what fails is told where it stands."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from govit.dossier.documents_of import MAX_UNLISTED, with_papers
from govit.dossier.load import load

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {
    "stages": {"草拟": "草拟"},
    "documents": {"方案书": "方案书", "报告": "报告"},
    "bodies": {"甲局": "甲局"},
    "acts": {"甲审": "甲审"},
    "contracts": {"甲合同": "甲合同"},
}
HEAD = "id: p\nname: 项目\nregulation: r\nstage: 草拟\n"


def look(folder: Path, more: str = "") -> tuple[Any, list[tuple[str, int | None, str, str]]]:
    """The project of a folder with its papers read, and the faults as (file, line, rule, message)."""
    (folder / "project.yaml").write_text(HEAD + more, encoding="utf-8")
    (dossier,) = load([folder], lambda *_: WORDS)
    project, faults = with_papers(next(iter(dossier.selected)))
    return project, [(file, fault.line, fault.rule, fault.message) for file, fault in faults]


def put(path: Path, data: str | bytes = "# 概述\n\n内容。\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def test_documents_are_read_and_recorded(tmp_path: Path) -> None:
    put(tmp_path / "documents" / "方案书.md")
    put(tmp_path / "报告.pdf", b"%PDF-1.7")
    project, faults = look(tmp_path)
    assert faults == []
    inside = {d.path: d.reading.content is not None for d in project.documents}
    assert inside == {"documents/方案书.md": True, "报告.pdf": False}
    assert not any(d.missing for d in project.documents)


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("方案书.docx", b"no zip", "GOV-203"),
        ("方案书.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "GOV-204"),
        ("方案书.md", b"", "GOV-205"),
        ("方案书.md", "# 标题\n".encode("gbk"), "GOV-209"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_its_name(tmp_path: Path, name: str, data: bytes, rule: str) -> None:
    put(tmp_path / name, data)
    project, faults = look(tmp_path)
    ((file, _, found, message),) = faults
    assert (file, found) == (name, rule)
    assert message.startswith(f"《{name}》：")
    assert project.documents[0].missing == (rule == "GOV-205")


def test_a_missing_file_stands_at_the_path_that_names_it(tmp_path: Path) -> None:
    put(tmp_path / "方案书.md")
    project, faults = look(
        tmp_path,
        "documents:\n  - {kinds: [报告], path: 报告.md}\n  - {kinds: [报告]}\n"
        "approvals:\n  - {body: 甲局, act: 甲审, result: 通过, date: 2026-01-05, file: ../批复.pdf}\n"
        "contracts:\n  - {kind: 甲合同, file: 方案书.MD}\n",
    )
    assert faults == [
        ("project.yaml", 6, "GOV-202", "找不到文件“报告.md”，相近的有“方案书.md”"),
        ("project.yaml", 7, "GOV-108", "documents[1] 缺少 path（文件路径）"),
        ("project.yaml", 9, "GOV-201", "路径“../批复.pdf”不在项目文件夹内"),
        ("project.yaml", 11, "GOV-202", "找不到文件“方案书.MD”：文件夹里的名称是“方案书.md”，大小写不同"),
    ]
    assert [d.missing for d in project.documents] == [True, True, False]


def test_a_file_of_several_records_is_looked_at_once(tmp_path: Path) -> None:
    put(tmp_path / "总.docx", b"no zip")
    _, faults = look(
        tmp_path, "documents:\n  - {kinds: [报告], path: 总.docx}\n  - {kinds: [方案书], path: ./总.docx}\n"
    )
    assert [(file, rule) for file, _, rule, _ in faults] == [("总.docx", "GOV-203")]


def test_files_that_nothing_mentions_are_listed_up_to_a_number(tmp_path: Path) -> None:
    for number in range(MAX_UNLISTED + 3):
        put(tmp_path / f"{number:02d}.txt", "x")
    _, faults = look(tmp_path)
    assert len(faults) == MAX_UNLISTED + 1
    assert faults[0] == ("00.txt", None, "GOV-207", "“00.txt”没有登记，未参与判断")
    assert faults[-1][2:] == ("GOV-207", "还有 3 个文件没有登记，未参与判断")


# -- classification marks --------------------------------------------------------------------------


def docx(path: Path, text: str) -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w") as file:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        relation = f'<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/>'
        file.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{relation}</Relationships>')
        body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        file.writestr("word/document.xml", f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>')


def test_a_mark_is_told_by_place_and_its_sentence_is_not(tmp_path: Path) -> None:
    put(tmp_path / "方案书.md", "# 概述\n\n机密★10年 天眼工程\n")
    docx(tmp_path / "报告.docx", "绝密★ 天眼工程")
    _, faults = look(tmp_path)
    assert faults == [
        ("报告.docx", None, "GOV-208", "正文第 1 段有密级标志"),
        ("方案书.md", 3, "GOV-208", "正文第 3 行有密级标志"),
    ]


def test_a_mark_in_a_file_that_nothing_mentions_is_found_as_well(tmp_path: Path) -> None:
    put(tmp_path / "备忘.md", "秘密★ 天眼工程\n")
    _, faults = look(tmp_path)
    assert [(file, rule) for file, _, rule, _ in faults] == [("备忘.md", "GOV-207"), ("备忘.md", "GOV-208")]


def test_papers_of_a_classified_project_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "方案书.md", "机密★\n")
    monkeypatch.setattr("govit.dossier.documents_of.read", lambda path: pytest.fail(f"{path} was opened"))
    for text in ("id: s\nclassified: true\n", "id: s\nclassified: 是\n", "classified: true\n\tname: x\n"):
        (tmp_path / "project.yaml").write_text(text, encoding="utf-8")
        (dossier,) = load([tmp_path], lambda *_: WORDS)
        assert with_papers(next(iter(dossier.selected)))[1] == []


def test_a_file_that_nobody_registered_is_told_with_the_kind_that_its_name_speaks_of(tmp_path: Path) -> None:
    put(tmp_path / "documents" / "方案书（报批稿）终稿.md")
    put(tmp_path / "documents" / "照片.jpg", b"x")
    (tmp_path / "project.yaml").write_text(HEAD, encoding="utf-8")
    (dossier,) = load([tmp_path], lambda *_: WORDS)
    _, faults = with_papers(next(iter(dossier.selected)), lambda: WORDS)
    named, unnamed = (fault.hint for _, fault in faults)
    assert named.startswith("看名称像是“方案书”：是的，在 project.yaml 的 documents 里登记 ")
    assert "- {kinds: [方案书], path: documents/方案书（报批稿）终稿.md}；不是的" in named
    assert unnamed == "在 project.yaml 的 documents 里登记，或把文件名改成文件种类"
