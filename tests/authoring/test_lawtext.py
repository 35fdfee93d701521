"""A law's text split as it is printed: an invented one with every slip, and the four that the built-in packs are held against."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import docx
import pytest
from pdf_files import one_font, shown
from places import ROOT, TESTS

from govit.authoring.lawtext.clues import clues_of
from govit.authoring.lawtext.heading import heading_of
from govit.authoring.lawtext.pages import PageLine, read_lines
from govit.authoring.lawtext.sentences import sentences
from govit.authoring.lawtext.splitting import LawText, split
from govit.base.usage import UsageError
from govit.law.library import built_in_packs
from govit.law.packs.pack import load

if TYPE_CHECKING:
    from pathlib import Path

HEAN = TESTS / "authoring/laws/hean-2026.txt"
BUILT_IN = sorted(path.stem for path in built_in_packs())


def law_of(text: str) -> LawText:
    return split(PageLine(line, f"第 {number} 行") for number, line in enumerate(text.splitlines(), 1))


def cited(law: LawText) -> list[tuple[str, str]]:
    return [(article.cite_of(sentence), sentence.text) for article in law.articles for sentence in article.sentences]


@pytest.fixture(scope="module")
def hean() -> LawText:
    return split(read_lines(HEAN))


def test_every_sentence_with_its_article_paragraph_and_item(hean: LawText) -> None:
    assert cited(hean)[1:9] == [
        ("第二条", "本办法适用于市级机关、事业单位使用财政资金建设的政务信息化项目。"),
        ("第二条", "涉密项目不适用本办法。"),
        ("第三条第一款", "市数据局负责全市政务信息化项目的统筹管理。"),
        ("第三条第二款", "市财政局负责资金管理："),
        ("第三条第二款（一）", "（一）审核项目预算；"),
        ("第三条第二款（二）", "（二）监督资金使用。"),
        ("第五条", "总投资100万元以上的新建项目，应当经市数据局技术审核；"),
        ("第五条", "总投资不足100万元的，可以不审核。"),
    ]
    assert [article.chapter for article in hean.articles if article.chapter] == [
        "第一章 总则",
        "第二章 审批",
        "第三章 附则",
    ]
    assert [line.text for line in hean.closing] == ["抄送：市委办公室。", "和安市人民政府办公室", "2026年1月6日印发"]


def test_what_is_odd_is_named_and_no_letter_of_the_law_is_lost(hean: LawText) -> None:
    assert [(one.where, one.what) for one in hean.oddities] == [
        ("第 28 行", "项号前多出的“-”"),
        ("第 35 行", "夹在文中的页码“-2-”"),
        ("第 45 行", "杂入的标记“[bookmark:_GoBack]”"),
        ("第 33 行", "“…术审核；总投资不足100万元”在这里断开，疑为换页"),
        ("第五条", "前面没有第四条"),
        ("第九条", "条号印了两次"),
    ]
    assert [article.cite for article in hean.articles][-2:] == ["第九条（前）", "第九条（后）"]
    assert hean.articles[-2].text == "本办法由市数据局负责解释。"


def test_what_it_says_of_itself(hean: LawText) -> None:
    head = heading_of(hean)
    assert (head.title, head.number) == ("和安市政务信息化项目管理办法", "和政办发〔2026〕7号")
    assert (head.issuer, head.issued) == ("和安市人民政府办公室", dt.date(2026, 1, 5))
    assert (head.effective_from, head.effective_to) == (dt.date(2026, 2, 1), dt.date(2031, 1, 31))
    assert (head.draft, head.repeals) == (False, ("和政发〔2019〕3号",))


@pytest.mark.parametrize(
    ("opening", "commencement", "expected"),
    [
        ("甲市项目管理办法", "本办法自印发之日起施行。", (None, True)),
        ("甲市政府\n2026年3月1日\n甲市项目管理办法", "本办法自印发之日起施行。", (dt.date(2026, 3, 1), False)),
        ("甲市项目管理\n办法（公开征求意见稿）", "本办法自2025年 月 日起施行。", (None, True)),
        ("甲市项目管理办法", "本办法自2026年13月1日起施行。", (None, True)),
    ],
)
def test_commencement(opening: str, commencement: str, expected: tuple[dt.date | None, bool]) -> None:
    head = heading_of(law_of(f"{opening}\n第一条 {commencement}"))
    assert head.title.startswith("甲市项目管理办法")
    assert (head.effective_from, head.draft) == expected


def test_leap_days_of_a_term() -> None:
    head = heading_of(law_of("甲市办法\n第一条 本办法自2024年2月29日起施行，有效期五年。"))
    assert head.effective_to == dt.date(2029, 2, 27)


def test_lines_that_are_cut_anywhere_are_joined_by_their_length() -> None:
    """As a PDF or a scan has them, with an empty line between any two."""
    told = "项目单位应当按照批准的内容组织实施不得擅自变更建设内容和标准"
    lines = ["第一条" + told[3:], told, "规定。", "（一）" + told[3:], "另一项；", "（二）" + told[3:], "完毕。"]
    law = law_of("\n\n".join([*lines, *[line.replace("第一", f"第{n}") for n in "二三四" for line in lines]]))
    assert [cite for cite, _ in cited(law)][:3] == ["第一条", "第一条（一）", "第一条（二）"]
    assert [one.what for one in law.oddities] == ["句子在行末断开（逐行排版）"]


def test_an_item_of_several_paragraphs_and_items_with_heads() -> None:
    law = law_of(
        "第一条 程序如下：\n（一）申报。单位应当申报。\n另有说明。\n（二）审核。市数据局审核。\n前款另有规定的，从其规定。"
    )
    assert cited(law) == [
        ("第一条第一款", "程序如下："),
        ("第一条第一款（一）第一段", "（一）申报。单位应当申报。"),
        ("第一条第一款（一）第二段", "另有说明。"),
        ("第一条第一款（二）", "（二）审核。市数据局审核。"),
        ("第一条第二款", "前款另有规定的，从其规定。"),
    ]


def test_a_number_without_text_and_one_that_is_printed_three_times() -> None:
    law = law_of("第一条 甲。\n第二条\n第三条 乙。\n第三条 丙。\n第三条 丁。")
    assert [article.cite for article in law.articles] == [
        "第一条",
        "第三条（其一）",
        "第三条（其二）",
        "第三条（其三）",
    ]
    assert [one.what for one in law.oddities] == ["第二条只有条号，没有内容", "条号印了三次", "前面没有第二条"]


def test_a_number_on_a_line_of_its_own_belongs_to_the_text_below() -> None:
    law = law_of("第一条\n应当申报。\n第二条\n（一）甲；\n（二）乙。")
    assert cited(law) == [("第一条", "应当申报。"), ("第二条（一）", "（一）甲；"), ("第二条（二）", "（二）乙。")]


def test_a_reference_at_the_start_of_a_line_is_no_article() -> None:
    law = law_of("第一条 依照\n第二条规定办理。\n第二条 应当办理。")
    assert [article.text for article in law.articles] == ["依照第二条规定办理。", "应当办理。"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲；乙。", ["甲；", "乙。"]),
        ("甲（含乙；丙。）丁。", ["甲（含乙；丙。）丁。"]),
        ("做到“五个不得”：甲；乙", ["做到“五个不得”：", "甲；", "乙"]),
        ("甲（乙；丙。", ["甲（乙；", "丙。"]),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("项目单位应当在项目建成后三个月内申请竣工验收。", ("应当", "within", "must", "", ("三个月",))),
        ("原则上不得变更。", ("原则上、不得", "forbidden", "default", "", ())),
        ("推进应用系统的可行性研究。", ("", "", "", "", ())),
        ("市数据局负责统筹管理。", ("", "", "", "机关职责", ())),
        ("本办法自2026年2月1日起施行。", ("", "", "", "施行", ())),
        ("应当经市数据局技术审核。", ("应当", "approved", "must", "", ())),
        ("资金调整累计不得超过批复概算的10%。", ("不得超过", "at_most", "must", "", ())),
        ("可以合并编报。", ("可以", "", "may", "许可", ())),
    ],
)
def test_clues(sentence: str, expected: tuple[str, ...]) -> None:
    found = clues_of(sentence)
    assert (found.modal, found.proposal, found.strength, found.status, found.periods) == expected


def test_amounts_shares_and_bodies() -> None:
    found = clues_of(
        "总投资100万元以上、不超过1,000万元的，市数据局会同市委网信办审核，比例不超过10%或者百分之十五，2026年3月1日起10个工作日内。"
    )
    assert found.amounts == ("100万元", "1,000万元")
    assert found.shares == ("10%", "百分之十五")
    assert found.periods == ("10个工作日",)
    assert found.bodies == ("市数据局", "市委网信办")


def test_bodies_are_not_put_together_from_other_words() -> None:
    found = clues_of("本市数字政府项目经市政府分管领导同意，报市人民政府批准，由市政数局会同市委网信办办理。")
    assert found.bodies == ("市政府分管领导", "市人民政府", "市政数局", "市委网信办")


# -- files ---------------------------------------------------------------------------------------------


def test_the_same_law_from_word_markdown_and_pdf(tmp_path: Path) -> None:
    paragraphs = [
        "甲市项目管理办法",
        "第一章 总则",
        "第一条 应当申报；不得隐瞒。",
        "（一）甲；",
        "第二条 本办法自2026年2月1日起施行。",
    ]
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.md").write_text(
        "\n\n".join(["# " + paragraphs[0], "## " + paragraphs[1], *paragraphs[2:]]), encoding="utf-8"
    )
    (tmp_path / "a.txt").write_bytes("\r\n".join(paragraphs).encode("utf-8-sig"))
    page = "".join(shown(text, 72, 700 - 30 * n) for n, text in enumerate(paragraphs))
    (tmp_path / "a.pdf").write_bytes(one_font([page]))
    found = [split(read_lines(tmp_path / f"a.{suffix}")) for suffix in ("docx", "md", "txt", "pdf")]
    assert all(cited(law) == cited(found[0]) for law in found)
    assert cited(found[0])[:3] == [("第一条", "应当申报；"), ("第一条", "不得隐瞒。"), ("第一条（一）", "（一）甲；")]
    assert {law.articles[0].chapter for law in found} == {"第一章 总则"}
    assert found[0].articles[1].place == "第 5 段"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("没有.txt", None, "没有文件"),
        ("a.txt", b"", "没有文字"),
        ("a.txt", "办法".encode("gbk"), "GBK"),
        ("a.docx", b"x", "读不出文字"),
        ("a.jpg", b"\xff\xd8\xff", "读不出文字"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, data: bytes | None, message: str, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError, match=message):
        read_lines(tmp_path / name)


# -- the four texts ------------------------------------------------------------------------------------

REASONS = {
    "lianyungang-2025": {"第十条": "the pack mends a sentence that was cut by a page break"},
    "qidong-2022": {"第二条": "the pack goes on after 主要包括： and divides at a comma"},
    "taizhou-draft-2025": {"第十七条": "the pack goes on after 集中采购： and divides at a comma"},
    "laizhou-2022": {},
}
"""Articles of which a sentence is not one or several sentences of the pack."""


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_sentences_of_a_text_are_those_of_its_pack_or_divided_further(name: str) -> None:
    law = split(read_lines(TESTS / f"law/{name}.txt"))
    regulation = load(ROOT / f"govit/regulations/{name}.yaml", examples=False)
    assert [article.cite for article in law.articles] == [article.cite for article in regulation.articles]
    unlike = set()
    for article, own in zip(law.articles, regulation.articles, strict=True):
        ends = {0, *_ends([sentence.text for sentence in own.sentences])}
        if article.text != own.text or not set(_ends([sentence.text for sentence in article.sentences])) <= ends:
            unlike.add(article.cite)
    assert unlike == set(REASONS[name])


def _ends(texts: list[str]) -> list[int]:
    return [len("".join(texts[: n + 1])) for n in range(len(texts))]
