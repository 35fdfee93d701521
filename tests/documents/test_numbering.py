from __future__ import annotations

from typing import Any

import pytest

H = "".join(
    f'<w:style w:type="paragraph" w:styleId="{n}"><w:name w:val="heading {n}"/>'
    f'<w:pPr><w:numPr><w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    for n in (1, 2, 3)
)
PLAIN = "".join(
    f'<w:style w:type="paragraph" w:styleId="{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2, 3)
)


def level(at: int, pattern: str, numerals: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{numerals}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(*levels: str, key: str = "0", more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def num(key: str = "1", of: str = "0", more: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


CHAPTERS = abstract(level(0, "第%1章", "chineseCounting"), level(1, "%1.%2", more="<w:isLgl/>"), level(2, "%1.%2.%3"))


def number(key: str | int, at: int | None = None) -> str:
    depth = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    return f'<w:numPr>{depth}<w:numId w:val="{key}"/></w:numPr>'


def shown(word: Any, styles: str, numbering: str, *paragraphs: tuple[str, str, str]) -> list[str]:
    body = "".join(word.p(text, style, properties=properties) for text, style, properties in paragraphs)
    return [one.text for one in word.headings(body, styles=styles, numbering=numbering)]


def test_a_heading_style_carries_its_number(word: Any) -> None:
    assert shown(
        word,
        H,
        CHAPTERS + num(),
        ("总论", "1", ""),
        ("目标", "2", ""),
        ("范围", "2", ""),
        ("方案", "1", ""),
        ("原则", "2", ""),
    ) == ["第一章 总论", "1.1 目标", "1.2 范围", "第二章 方案", "2.1 原则"]


def test_a_level_tied_to_a_style_needs_no_level_there(word: Any) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="小节"/><w:basedOn w:val="2"/></w:style>'
    )
    numbering = abstract(
        level(0, "%1、", "chineseCounting", '<w:pStyle w:val="1"/>'), level(1, "（%2）", more='<w:pStyle w:val="2"/>')
    )
    assert shown(word, styles, numbering + num(), ("甲", "1", ""), ("乙", "2", ""), ("丙", "x", "")) == [
        "一、 甲",
        "（1） 乙",
        "（2） 丙",
    ]


def test_a_paragraph_may_number_itself_or_refuse(word: Any) -> None:
    direct = shown(word, PLAIN, CHAPTERS + num(), ("甲", "1", number(1, 0)), ("乙", "1", number(1)), ("丙", "1", ""))
    assert direct == ["第一章 甲", "第二章 乙", "丙"]
    assert shown(word, H, CHAPTERS + num(), ("甲", "1", ""), ("前言", "1", number(0)), ("乙", "1", "")) == [
        "第一章 甲",
        "前言",
        "第二章 乙",
    ]


def test_an_unknown_list_numbers_nothing(word: Any) -> None:
    assert shown(word, PLAIN, CHAPTERS + num(), ("甲", "1", number(7)), ("乙", "1", number("x", 12))) == ["甲", "乙"]
    assert shown(word, PLAIN, CHAPTERS + num(), ("甲", "1", number(1, 12))) == ["甲"]
    assert shown(word, PLAIN, num(of="9"), ("甲", "1", number(1, 0))) == ["甲"]


@pytest.mark.parametrize(("between", "text"), [("tab", "一、 甲"), ("space", "一、 甲"), ("nothing", "一、甲")])
def test_what_separates_number_and_text(word: Any, between: str, text: str) -> None:
    numbering = abstract(level(0, "%1、", "chineseCounting", f'<w:suff w:val="{between}"/>')) + num()
    assert shown(word, H, numbering, ("甲", "1", "")) == [text]


def test_bullets_and_empty_patterns_are_no_numbers(word: Any) -> None:
    assert shown(word, H, abstract(level(0, "\uf0b7", "bullet")) + num(), ("甲", "1", "")) == ["甲"]
    assert shown(word, H, abstract(level(0, "", "none")) + num(), ("甲", "1", "")) == ["甲"]


def test_legal_numbers_are_arabic_and_others_keep_their_numerals(word: Any) -> None:
    paragraphs = ("甲", "1", ""), ("乙", "2", "")
    legal = abstract(level(0, "%1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    assert shown(word, H, legal + num(), *paragraphs)[1] == "1.1 乙"
    other = abstract(level(0, "%1", "upperRoman"), level(1, "%1.%2", more='<w:isLgl w:val="0"/>'))
    assert shown(word, H, other + num(), *paragraphs)[1] == "I.1 乙"


def test_a_list_starts_where_it_says(word: Any) -> None:
    numbering = abstract('<w:lvl w:ilvl="0"><w:start w:val="7"/><w:lvlText w:val="%1"/></w:lvl>') + num()
    assert shown(word, H, numbering, ("甲", "1", ""), ("乙", "1", "")) == ["7 甲", "8 乙"]


def test_two_lists_of_one_kind_go_on_counting_unless_one_starts_anew(word: Any) -> None:
    again = num("2", more='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    numbering = CHAPTERS + num() + again + num("3")
    assert shown(
        word,
        PLAIN,
        numbering,
        ("甲", "1", number(1, 0)),
        ("乙", "1", number(3, 0)),
        ("丙", "1", number(2, 0)),
        ("丁", "1", number(2, 0)),
        ("戊", "1", number(1, 0)),
    ) == ["第一章 甲", "第二章 乙", "第五章 丙", "第六章 丁", "第七章 戊"]


def test_a_list_may_override_a_level(word: Any) -> None:
    more = f'<w:lvlOverride w:ilvl="0">{level(0, "%1）", "lowerLetter")}</w:lvlOverride>'
    assert shown(word, H, CHAPTERS + num(more=more), ("甲", "1", ""), ("乙", "2", "")) == ["a） 甲", "1.1 乙"]


def test_lower_levels_start_anew_unless_told_otherwise(word: Any) -> None:
    paragraphs = ("甲", "1", ""), ("乙", "2", ""), ("丙", "1", ""), ("丁", "2", "")
    never = abstract(level(0, "%1"), level(1, "%1.%2", more='<w:lvlRestart w:val="0"/>'))
    assert shown(word, H, never + num(), *paragraphs) == ["1 甲", "1.1 乙", "2 丙", "2.2 丁"]
    usual = abstract(level(0, "%1"), level(1, "%1.%2", more='<w:lvlRestart w:val="1"/>'))
    assert shown(word, H, usual + num(), *paragraphs)[-1] == "2.1 丁"
    after_first = abstract(level(0, "%1"), level(1, "%2"), level(2, "%3", more='<w:lvlRestart w:val="1"/>'))
    assert shown(
        word,
        H,
        after_first + num(),
        ("甲", "1", ""),
        ("乙", "3", ""),
        ("丙", "2", ""),
        ("丁", "3", ""),
        ("戊", "1", ""),
        ("己", "3", ""),
    ) == ["1 甲", "1 乙", "1 丙", "2 丁", "2 戊", "1 己"]


def test_a_level_above_that_was_never_used_shows_its_start(word: Any) -> None:
    assert shown(word, H, CHAPTERS + num(), ("甲", "2", ""), ("乙", "1", "")) == ["1.1 甲", "第一章 乙"]


def test_a_list_style_is_followed_to_its_definition(word: Any) -> None:
    numbering = (
        abstract(level(0, "附录%1", "upperLetter"), key="1", more='<w:styleLink w:val="附录"/>')
        + abstract(key="2", more='<w:numStyleLink w:val="附录"/>')
        + num("1", "2")
    )
    assert shown(word, H, numbering, ("甲", "1", "")) == ["附录A 甲"]


def test_the_plain_form_of_a_custom_format_is_taken(word: Any) -> None:
    custom = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1"/></w:lvl>'
    )
    assert shown(word, H, abstract(custom) + num(), ("甲", "1", "")) == ["1 甲"]


def test_empty_paragraphs_and_list_items_count_and_deleted_ones_do_not(word: Any) -> None:
    body = (
        word.p("甲", "1")
        + word.p("", "1")
        + word.p("列表项", properties=number(1, 0))
        + '<w:p><w:pPr><w:pStyle w:val="1"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr></w:p>'
        + '<w:p><w:pPr><w:pStyle w:val="1"/><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>'
        + word.p("乙", "1")
    )
    headings = word.headings(body, styles=H, numbering=CHAPTERS + num())
    assert [one.text for one in headings] == ["第一章 甲", "第四章 乙"]


def test_an_automatic_number_makes_a_bold_line_a_heading(word: Any) -> None:
    body = word.p("网络安全保障", bold=True, properties=number(1, 0)) + word.p("正文" * 30)
    assert [one.text for one in word.headings(body, numbering=CHAPTERS + num())] == ["第一章 网络安全保障"]


def test_an_endless_pattern_is_cut(word: Any) -> None:
    numbering = abstract(level(0, "%1" * 5000)) + num()
    (text,) = shown(word, H, numbering, ("甲", "1", ""))
    assert len(text) < 70
