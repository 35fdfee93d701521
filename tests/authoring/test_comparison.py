"""govit regulations --compare: every letter that a pack leaves out, adds or mistypes, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import FIFTH, ROOT, TESTS
from typer.testing import CliRunner

from govit.authoring.comparison import TextDifference, differences
from govit.authoring.lawtext.pages import read_lines
from govit.authoring.lawtext.splitting import split
from govit.authoring.skeleton import skeleton
from govit.cli.commands import app
from govit.law.library import built_in_packs
from govit.law.packs.pack import build, load
from govit.yamltext.tree import parse

HEAN = TESTS / "authoring/laws/hean-2026.txt"
PACK = skeleton(split(read_lines(HEAN)), "hean-2026", HEAN.name)
BUILT_IN = sorted(path.stem for path in built_in_packs())


def found(pack: str) -> list[TextDifference]:
    lines = read_lines(HEAN)
    return differences(build(*parse(pack), "hean-2026.yaml"), split(lines), lines)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_pack_is_its_text(name: str) -> None:
    lines = read_lines(TESTS / f"law/{name}.txt")
    regulation = load(ROOT / f"govit/regulations/{name}.yaml", examples=False)
    assert differences(regulation, split(lines), lines) == []


def test_the_fifth_pack_is_its_text() -> None:
    lines = read_lines(FIFTH / "shili-city-2026.txt")
    assert differences(load(FIFTH / "regulations/shili-city-2026.yaml"), split(lines), lines) == []


@pytest.mark.parametrize(
    ("printed", "written", "what", "law", "pack"),
    [
        (
            "三个月内申请",
            "三个月申请",
            "漏了",
            "…当在项目建成后三个月【内】申请竣工验收，原则上…",
            "…当在项目建成后三个月【】申请竣工验收，原则上…",
        ),
        (
            "累计不得超过",
            "累计数不得超过",
            "多了",
            "…开工后，资金调整累计【】不得超过批复概算的1…",
            "…开工后，资金调整累计【数】不得超过批复概算的1…",
        ),
        (
            "（一）审核",
            "(一）审核",
            "不同",
            "…财政局负责资金管理：【（】一）审核项目预算；（…",
            "…财政局负责资金管理：【(】一）审核项目预算；（…",
        ),
        ("的10%", "的15%", "不同", "…不得超过批复概算的1【0】%。", "…不得超过批复概算的1【5】%。"),
    ],
)
def test_one_letter(printed: str, written: str, what: str, law: str, pack: str) -> None:
    (one,) = found(PACK.replace(f"text: {printed}", f"text: {written}").replace(printed, written))
    assert (one.what, one.law, one.pack) == (what, law, pack)


def test_both_places_are_told() -> None:
    pack = PACK.replace("（二）监督资金使用。", "（二）监督资金。")
    (one,) = found(pack)
    line = next(n for n, text in enumerate(pack.splitlines(), 1) if "（二）监督资金。" in text)
    assert (one.cite, one.line, one.place) == ("第三条第二款（二）", line, "第 28 行")


def test_an_article_that_is_left_out_or_made_up() -> None:
    begin, end = PACK.index("  - number: 第六条"), PACK.index("  - number: 第七条")
    (one,) = found(PACK[:begin] + PACK[end:])
    assert (one.cite, one.line, one.place, one.what) == ("第六条", 0, "第 37 行", "办法里没有这一条")
    made_up = PACK[begin:end].replace("第六条", "第六十条")
    (other,) = found(PACK[:begin] + made_up + PACK[begin:])
    assert (other.cite, other.place, other.what) == ("第六十条", "", "原文没有这一条")


@pytest.mark.parametrize(
    ("printed", "written", "what"),
    [
        ("title: 和安市政务信息化项目管理办法  #", "title: 和安市信息化项目管理办法  #", "名称"),
        ("document_number: 和政办发〔2026〕7号", "document_number: 和政办发〔2026〕8号", "文号"),
        ("issued: 2026-01-05", "issued: 2026-01-06", "印发日期"),
        ("effective_from: 2026-02-01", "effective_from: 2026-02-02", "施行日期"),
        ("effective_to: 2031-01-31", "effective_to: ~", "有效期最后一天"),
        ("chapter: 第二章 审批", "chapter: 第二章 审核", "章名不同"),
    ],
)
def test_the_head_and_the_chapters(printed: str, written: str, what: str) -> None:
    assert printed in PACK
    assert [one.what for one in found(PACK.replace(printed, written))] == [what]


def test_what_the_pack_mends_is_no_difference_and_must_be_printed_so() -> None:
    mended = PACK.replace("另行处理。", "另外处理。")
    said = "mended:\n  - {article: 第八条, printed: 另行处理, reads: 另外处理}\nwords:  #"
    assert found(mended.replace("words:  #", said)) == []
    (one,) = found(PACK.replace("words:  #", said.replace("另行处理", "另作处理").replace("另外处理", "另行处理")))
    assert one.what == "mended 说印成这样，原文不是"


def test_the_command_finds_the_pack_by_the_title_and_fails_where_they_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("laws").mkdir()
    Path("laws/hean-2026.yaml").write_text(PACK, encoding="utf-8")
    asked = ["regulations", "--compare", str(HEAN), "--regulations", "laws"]
    result = CliRunner().invoke(app, asked)
    assert (result.exit_code, result.stdout) == (
        0,
        "hean-2026 与 hean-2026.txt：9 条 15 句，逐字相同（不计空白和排版）\n",
    )
    Path("laws/hean-2026.yaml").write_text(PACK.replace("统筹管理", "统一管理"), encoding="utf-8")
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 1
    assert "9 条 15 句，1 处不同\n  第三条第一款  不同  办法第 " in result.stdout
    assert "    原文 …市政务信息化项目的统【筹】管理。市财政局负责资…" in result.stdout
    result = CliRunner().invoke(app, ["regulations", "--compare", str(HEAN)])
    assert (result.exit_code, "没有一个办法叫“和安市政务信息化项目管理办法”" in result.stderr) == (2, True)
    assert CliRunner().invoke(app, [*asked, "--regulation", "qidong-2022"]).exit_code == 1
