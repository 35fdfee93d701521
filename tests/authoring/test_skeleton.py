"""govit regulations --new: a pack that loads, says what is to be decided, and is not judged by before it is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from places import ROOT, TESTS
from published import wrong_with
from typer.testing import CliRunner

from govit.authoring.comparison import differences
from govit.authoring.lawtext.pages import PageLine, read_lines
from govit.authoring.lawtext.splitting import split
from govit.authoring.pack_schema import pack_schema
from govit.authoring.skeleton import id_of, skeleton
from govit.cli.commands import app
from govit.law.library import built_in_packs
from govit.law.packs.nodes import plain
from govit.law.packs.pack import build, load
from govit.law.regulation import UNDECIDED
from govit.yamltext.tree import parse

HEAN = TESTS / "authoring/laws/hean-2026.txt"
TEXTS = [HEAN, *sorted((TESTS / "law").glob("*.txt"))]


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def govit(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


def made(text: Path) -> str:
    return skeleton(split(read_lines(text)), "own-2026", text.name)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_a_skeleton_loads_or_says_what_it_lacks(text: Path) -> None:
    lines = read_lines(text)
    pack = made(text)
    lacks_a_number = "draft" in text.stem
    regulation = build(*parse(pack), "own-2026.yaml")
    assert ("document_number: ~  # 待定：没有找到，文号" in pack) is lacks_a_number
    sentences = [sentence for article in regulation.articles for sentence in article.sentences]
    assert [one.status for one in sentences] == [UNDECIDED] * len(sentences)
    assert differences(regulation, split(lines), lines) == (
        [] if not lacks_a_number else differences(regulation, split(lines), lines)
    )
    assert not any(one.what in ("漏了", "多了", "不同") for one in differences(regulation, split(lines), lines))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_every_proposed_rule_becomes_one_when_its_marks_are_taken_away(text: Path) -> None:
    """What is then wrong with it is only what says that it is to be decided."""
    opened = re.sub(r"^( {8})# ", r"\1", made(text), flags=re.MULTILINE)
    opened = re.sub(rf"^ {{8}}status: {UNDECIDED}\n {{8}}why: .*\n(?= {{8}}rules:)", "", opened, flags=re.MULTILINE)
    data: Any = plain(parse(opened)[0])
    rules = [r for a in data["articles"] for s in a["sentences"] for r in s.get("rules", ())]
    assert len(rules) > 5
    wrong = wrong_with(data, Draft202012Validator(pack_schema()))
    assert [message for message in wrong if UNDECIDED not in message and "null" not in message] == []
    assert parse(opened)[1] == []


def test_what_was_found_is_offered_as_parameters() -> None:
    pack = made(HEAN)
    assert "        #     period: 3个月\n" in pack
    assert "        #     limit: 10%\n" in pack
    assert "        #     bodies: [市数据局]\n" in pack
    assert 'why: "应当；金额 100万元；机构 市数据局；提议 check: approved"' in pack
    assert 'why: "提议 status: 目的依据"' in pack


def test_lists_bounds_and_choices_are_offered_as_they_are_written() -> None:
    Path("law.txt").write_text(
        "甲市项目规定\n第一条 建设方案应当包括建设内容、数据共享和投资估算等内容。\n第二条 投资500万元以上的，应当经市数据局评审。\n"
        "第三条 监理费不得超过总投资的3%。\n第四条 应当每季度向市数据局报送进展。\n第五条 应当具备下列材料：\n（一）用户报告；\n（二）测试报告。\n"
        "第六条 市级单位适用本规定。\n第七条 应当具备下列条件：\n（一）系统稳定；\n（二）用户满意。",
        encoding="utf-8",
    )
    pack = made(Path("law.txt"))
    for line in (
        "document: 建设方案",
        "topics: [建设内容, 数据共享, 投资估算]",
        "when: {待定: 500万元以上}",
        "limit: 3%",
        "of: 待定",
        "every: 季度",
        "check: scope",
    ):
        assert f"        #     {line}\n" in pack, line
    assert "why: “应当具备下列条件：”的一项，与它一起决定" in pack
    assert "        #     documents: [用户报告]\n" in pack
    assert "        #     documents: [测试报告]\n" in pack


def test_the_command_writes_once_and_never_over_anything() -> None:
    code, said = govit("regulations", "--new", str(HEAN), "-o", "regulations/hean-2026.yaml")
    assert code == 0, said
    assert "已写入 regulations/hean-2026.yaml：9 条 15 句，都待定" in said
    assert "第五条  前面没有第四条（照印；请查原件是漏印还是误编）" in said
    path = Path("regulations/hean-2026.yaml")
    before = path.read_bytes()
    code, said = govit("regulations", "--new", str(HEAN), "-o", str(path))
    assert (code, "已经有 regulations/hean-2026.yaml，没有改动" in said) == (2, True)
    assert path.read_bytes() == before
    assert load(path).id == "hean-2026"
    printed = govit("regulations", "--new", str(HEAN))
    assert printed == (0, before.decode())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-o", "a.txt"], "以 .yaml 结尾"),
        (["-o", "和安.yaml"], "文件名就是办法的 id"),
        (["--compare", "b.txt"], "一次只用一个"),
    ],
)
def test_what_cannot_be_done_is_said(words: list[str], message: str) -> None:
    code, said = govit("regulations", "--new", str(HEAN), *words)
    assert code == 2
    assert message in said
    assert list(Path().iterdir()) == []


def test_a_text_without_articles_is_refused() -> None:
    Path("a.txt").write_text("会议纪要\n\n同意。", encoding="utf-8")
    code, said = govit("regulations", "--new", "a.txt")
    assert (code, "没有找到条文" in said) == (2, True)


def test_ids() -> None:
    assert [id_of(name) for name in ("hean-2026", "和安市办法", "和安 HeAn 2026", "2026")] == [
        "hean-2026",
        "new-regulation",
        "hean",
        "new-regulation",
    ]


def test_the_editor_finds_the_schema_of_the_dossier() -> None:
    Path(".govit").mkdir()
    Path(".govit/regulation.schema.json").write_text("{}", encoding="utf-8")
    govit("regulations", "--new", str(HEAN), "-o", "laws/own/hean-2026.yaml")
    first = Path("laws/own/hean-2026.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../.govit/regulation.schema.json"


# -- before it is decided ------------------------------------------------------------------------------


def test_nothing_is_judged_by_a_pack_with_sentences_to_be_decided() -> None:
    govit("regulations", "--new", str(HEAN), "-o", "regulations/hean-2026.yaml")
    Path("govit.yaml").write_text("regulation: hean-2026\nregulations: regulations\n", encoding="utf-8")
    Path("p").mkdir()
    Path("p/project.yaml").write_text("id: p\nname: 某项目\nstage: 申报\ncategory: 新建\n", encoding="utf-8")
    code, said = govit("check", "--as-of", "2026-06-01")
    assert code == 1
    assert "办法还没有写完：15 句待定，第一句是第一条“为规范全市政务信息化项目管理，结合本市实…”" in said
    assert "--unproven" in said
    code, said = govit("check", "--as-of", "2026-06-01", "--unproven")
    assert "办法还没有写完" not in said


def test_what_is_to_be_decided_is_listed() -> None:
    govit("regulations", "--new", str(HEAN), "-o", "regulations/hean-2026.yaml")
    asked = ("--regulations", "regulations", "--regulation", "hean-2026")
    code, said = govit("regulations", "--examples", *asked)
    assert code == 1
    assert "hean-2026：0 条规则、0 个示例，全部成立；还有 15 句待定" in said
    assert (
        "第七条“项目单位应当在项目建成后三个月内申请竣工…”：应当、原则上；期间 三个月、10个工作日；提议 check: within"
        in said
    )
    assert "其中 15 句待定" in govit("regulations", *asked)[1]
    told = json.loads(govit("regulations", "--format", "json", *asked)[1])
    assert told["regulations"][0]["articles"][0]["sentences"][0]["status"] == UNDECIDED


def test_no_built_in_pack_has_anything_to_be_decided() -> None:
    packs = built_in_packs()
    assert len(packs) >= 4
    assert all(load(path, examples=False).undecided == () for path in packs)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sentence_that_the_story_shows_is_what_the_skeleton_has(language: str) -> None:
    story = (ROOT / f"govit/authoring/help/pack-story.{language}.md").read_text(encoding="utf-8")
    law = story.split("`example/law.md`\n\n```markdown\n")[1].split("```")[0]
    shown = next(block for block in story.split("```yaml\n") if block.startswith("  - number: 第五条")).split("```")[0]
    Path("law.md").write_text(law, encoding="utf-8")
    made = skeleton(split(read_lines(Path("law.md"))), "hechuan-2026", "law.md")
    assert shown in made


_BITS = [
    *(
        "应当",
        "不得",
        "100万元以上",
        "10%",
        "三个月内",
        "市数据局",
        "包括甲、乙和丙",
        "（一）",
        "第三条",
        "第二章 某章",
        "附件",
        "第五条规定",
    ),
    *(
        "：",
        "；",
        "。",
        "，",
        "“",
        "”",
        "（",
        "）",
        "# 注",
        "- ",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        "* ",
        "&a",
        "!x",
        "|",
        ">",
        "\\",
        "\t",
        " ",
    ),
    *(
        "2026年3月1日",
        "- 3 -",
        "-（二）",
        "<b>",
        "[bookmark: x]",
        "%",
        "@",
        "`",
        "~",
        "null",
        "true",
        "1.5",
        "①",
        "每季度",
        "报送",
    ),
]
_LINES = st.lists(st.sampled_from(_BITS), max_size=9).map("".join)


@given(st.lists(_LINES, max_size=3), st.lists(st.lists(_LINES, min_size=1, max_size=4), min_size=1, max_size=4))
def test_whatever_a_text_prints_its_skeleton_loads_and_is_the_text(head: list[str], articles: list[list[str]]) -> None:
    texts = [
        *head,
        *(
            line
            for n, (first, *rest) in zip("一二三四", articles, strict=False)
            for line in (f"第{n}条 {first}甲", *rest)
        ),
    ]
    lines = [PageLine(text, f"第 {number} 行") for number, text in enumerate(texts, 1)]
    law = split(lines)
    regulation = build(*parse(skeleton(law, "own-2026", "a.txt")), "own-2026.yaml")
    assert [one for one in differences(regulation, law, lines) if one.cite != "题头"] == []


LITTLE = """丁市政务信息化项目管理办法
（丁数规〔2025〕6号）
第一条 项目单位应当于每季度终了后10日内报送进度报告。
第二条 项目单位应当于每年8月31日前报送下一年度项目计划。
第三条 总投资1000万元（含）以上的项目，专家组不少于7人。
第四条 总投资50万元以上300万元以下的项目，年度运行维护费不得超过20万元。
第五条 变更金额不超过50万元的，应当备案。
"""


def test_what_is_offered_says_what_the_sentence_says(tmp_path: Path) -> None:
    law = tmp_path / "law.txt"
    law.write_text(LITTLE, encoding="utf-8")
    pack = made(law)
    assert "document_number: 丁数规〔2025〕6号" in pack
    first, second, third, fourth, fifth = (part.replace("        # ", "") for part in pack.split("- number: ")[1:])
    assert "check: every" in first
    assert "every: 季度" in first
    assert "period: 10日" in first
    assert "check: submitted" in second
    assert "limit: 7人" in third
    assert "when: {待定: 1000万元（含）以上}" in third
    assert "limit: 20万元" in fourth
    assert "when: {待定: 50万元以上300万元以下}" in fourth
    assert "when: {待定: 不超过50万元}" in fifth


COUNTY = """丙县信息化项目管理暂行规定
第一条 各单位每半年报告项目进展，于每年1月15日、7月15日前报送。
第二条 20万元至80万元（不含）的项目，由县委保密办和县数据中心审核。
第三条 80万元及以上的，须经县数据中心审核。
第四条 本规定自2026年5月1日起施行，试行两年。
"""


def test_what_is_offered_says_what_a_county_says_in_its_own_way(tmp_path: Path) -> None:
    law = tmp_path / "law.txt"
    law.write_text(COUNTY, encoding="utf-8")
    pack = made(law)
    first, second, third, _ = (part.replace("        # ", "") for part in pack.split("- number: ")[1:])
    assert "every: 半年" in first
    assert "when: {待定: 20万元至80万元（不含）}" in second
    assert "    县委: {}" not in pack
    assert "when: {待定: 80万元及以上}" in third
    assert "effective_to: 2028-04-30" in pack


CLERK = """清溪县信息化项目管理办法
第一条 申报项目应当提交以下材料：
（一）项目申报表；
（二）三家以上供应商的询价材料。
第二条 50万元及以上、不足200万元的，由县数据局会同县财政局组织专家评审。
第三条 评审专家不少于5人，其中县外专家不少于三分之二，项目单位人员不得担任评审专家。
第四条 专家评审时间不计入审批时限。
第五条 总投资10万元以下的单纯设备购置，免于专家评审，由项目单位报县数据局备案。
第六条 合同预付款不得超过合同价的三成。
第七条 变更累计超过5%、不超过15%的，报县数据局审批；
超过15%的，须重新报批。
第八条 竣工验收不合格的，限期两个月整改。
第九条 运维费用每年原则上不超过建设投资的12.5%。
第十条 情节严重的，一年内暂停受理其项目申报。
第十一条 新建、改扩建项目确需继续建设的，应当重新申报。
第十二条 审核意见应当在10日以内出具。
第十三条 应当于每年9月底前报送下一年度需求。
"""


def test_what_is_offered_tells_what_is_demanded_from_what_it_is_demanded_of(tmp_path: Path) -> None:
    """Bounds before 的 say of which projects; what is exempted, and what is only the consequence, demands nothing."""
    law = tmp_path / "law.txt"
    law.write_text(CLERK, encoding="utf-8")
    pack = made(law)
    parts = [part.replace("        # ", "") for part in pack.split("- number: ")[1:]]
    wanted = (
        ("check: submitted", "check: present", "documents: [项目申报表]"),
        ("check: approved", "when: {待定: 50万元及以上、不足200万元}"),
        ("check: forbidden", "另有一件，可用 at_least", "比例 三分之二"),
        ("提议 status: 无法判断",),
        ("check: submitted", "when: {待定: 10万元以下}"),
        ("check: at_most", "limit: 三成", "of: 待定"),
        ("check: approved", "when: {待定: 超过5%、不超过15% 待定}", "when: {待定: 超过15% 待定}"),
        ("check: within", "period: 2个月"),
        ("check: at_most", "limit: 12.5%", "strength: default"),
        ("提议 status: 后果",),
        ("check: submitted",),
        ("check: within", "period: 10日"),
        ("check: submitted",),
    )
    for part, lines in zip(parts, wanted, strict=True):
        for line in lines:
            assert line in part, part
    assert "every" not in parts[-1]
    assert "  categories:\n    新建: {}\n    改扩建: {}\n    运维: {}\n  bodies" in pack


DISTRICT = """江左市湖滨区政务数字化项目管理实施细则
（湖数发〔2026〕7号，2026年5月6日印发）
第一条 符合下列情形之一的，可简化程序：
（一）总投资不满20万元的；
（二）金额不超过原合同价15%的。
第二条 调整金额在总投资10%以内且不超过30万元的，报区数据局备案。
第三条 单位自筹部分不低于总投资的两成。
第四条 延期不得超过两次，由区政府专题会议确定。
第五条 本细则自印发之日起30日后施行，有效期至2029年12月31日。
"""


def test_what_is_offered_says_what_a_district_says_in_its_own_way(tmp_path: Path) -> None:
    law = tmp_path / "law.txt"
    law.write_text(DISTRICT, encoding="utf-8")
    pack = made(law)
    assert "document_number: 湖数发〔2026〕7号" in pack
    assert "issued: 2026-05-06" in pack
    assert "status: draft  # 待定：没有找到施行日期；已经印发的，写 in_force 和 effective_from" in pack
    first, second, third, fourth, _ = (part.replace("        # ", "") for part in pack.split("- number: ")[1:])
    assert first.count("的一项，与它一起决定") == 2
    assert "check: submitted" in second
    assert "when: {待定: 不超过30万元, 待定二: 10%以内 待定}" in second
    assert "limit: 两成" in third
    assert "limit: 两次" in fourth
    assert "    区政府专题会议: {}" in pack


ROWS = [["类别", "限额", "审批方式"], ["新建类", "50万元以上200万元以下", "区数据局审批"], ["运维类", "不足50万元", "区数据局备案"]]
WITH_TABLE = ("丁区项目办法", "第一条 限额标准如下表：", "第二条 应当验收。", "验收应当合格。")


def test_a_table_of_a_law_is_not_left_out(tmp_path: Path) -> None:
    """Row by row, in its place, from Word and from Markdown alike, and held against the text like any sentence."""
    paper = docx.Document()
    for line in WITH_TABLE[:2]:
        paper.add_paragraph(line)
    table = paper.add_table(rows=3, cols=3)
    for n, row in enumerate(ROWS):
        for k, text in enumerate(row):
            table.cell(n, k).text = text
    for line in WITH_TABLE[2:]:
        paper.add_paragraph(line)
    paper.save(str(tmp_path / "law.docx"))
    barred = [f"| {' | '.join(row)} |" for row in (ROWS[0], ["---"] * 3, *ROWS[1:])]
    (tmp_path / "law.md").write_text("\n\n".join((*WITH_TABLE[:2], "\n".join(barred), *WITH_TABLE[2:])), encoding="utf-8")
    texts = []
    for name in ("law.docx", "law.md"):
        lines = read_lines(tmp_path / name)
        law = split(lines)
        first, second = law.articles
        texts.append([sentence.text for sentence in first.sentences])
        assert {first.cite_of(sentence) for sentence in first.sentences} == {"第一条"}
        assert second.cite_of(second.sentences[-1]) == "第二条第二款"
        assert [odd.what for odd in law.oddities] == ["条文里有表格"]
        pack = skeleton(law, "own-2026", name)
        assert "when: {待定: 50万元以上200万元以下}" in pack
        assert differences(build(*parse(pack), "own-2026.yaml"), law, lines) == []
    assert texts[0] == texts[1] == ["限额标准如下表：", *(f"{'｜'.join(row)}；" for row in ROWS)]
