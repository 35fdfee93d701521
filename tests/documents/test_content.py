from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govit.documents.content import Piece, build, from_headings
from govit.documents.placeholders import _PATTERNS, is_placeholder


def test_the_shorthand_of_the_examples() -> None:
    content = from_headings({"数据资源共享分析": 900, "## 小节": 30, "### 点": 5, "网络安全保障": "见附件"})
    first, section, point, security = content.headings
    assert (first.level, first.length, first.path) == (1, 935, ("数据资源共享分析",))
    assert (section.level, section.length, section.text) == (2, 35, "小节")
    assert point.path == ("数据资源共享分析", "小节", "点")
    assert (security.length, security.placeholder) == (0, "见附件")
    assert (first.paragraph, first.line, first.column) == (None, None, None)
    assert content.marks == ()
    assert content.length == 935 + 8 + 2 + 1 + 6


def test_the_shorthand_takes_text() -> None:
    assert [one.length for one in from_headings({"甲": "三 个字", "#乙": ""}).headings] == [3, 0]
    assert from_headings({"####### 甲": 1, "############ 乙": 2}).headings[1].level == 9


def test_blanks_do_not_count() -> None:
    assert build([Piece("甲", 1), Piece(" 一 二\t三\u3000四\u00a0\n")]).headings[0].length == 4


def test_text_before_the_first_heading_belongs_to_none() -> None:
    content = build([Piece("封面"), Piece("甲", 2), Piece("乙", 1)])
    assert [one.length for one in content.headings] == [0, 0]
    assert content.length == 4


def test_a_placeholder_is_told_only_where_there_is_nothing_else() -> None:
    pieces = [Piece("甲", 1), Piece("子", 2), Piece(" 待  补充 "), Piece("丑", 2), Piece("内容")]
    top, first, second = build(pieces).headings
    assert (top.length, top.placeholder) == (2, None)
    assert (first.length, first.placeholder) == (0, "待 补充")
    assert second.placeholder is None


PIECES = st.lists(
    st.tuples(st.text("甲乙 ", max_size=4), st.integers(0, 4), st.integers(0, 1)).map(lambda values: Piece(*values)),
    max_size=12,
)


@given(PIECES)
@settings(max_examples=150)
def test_lengths_are_what_counting_by_hand_gives(pieces: list[Piece]) -> None:
    pieces = [piece._replace(figures=0 if piece.level else piece.figures) for piece in pieces]
    content = build(pieces)
    places = [at for at, piece in enumerate(pieces) if piece.level]
    assert len(content.headings) == len(places)
    for heading, at in zip(content.headings, places, strict=True):
        below = 0
        for piece in pieces[at + 1 :]:
            if piece.level and piece.level <= heading.level:
                break
            below += 0 if piece.level else len(piece.text.replace(" ", "")) + piece.figures
        assert heading.length == below
        assert heading.path[-1] == heading.text


@pytest.mark.parametrize(
    "text",
    [
        "待补充", "待补充。", "（待补充）", "【待补充】", "[待补充]", "本章待补充", "本章内容待补充", "此处待补充",
        "内容待完善", "待填", "待填写", "待定", "待完善", "后续补充", "另行补充", "待进一步完善", "尚待补充", "有待完善",
        "待后续补充完善", "暂缺", "暂无", "略", "（略）", "从略", "此处省略", "本节略",
        "TODO", "todo：写网络安全", "TODO 补充", "TBD", "tbd.", "FIXME", "ＴＯＤＯ",
        "XXX", "xxxx", "××××", "XX", "***", "？？？", "……", "…", "——", "____", "。", "【】", "（ ）", "[ ]", "、",
        "此处填写网络安全方案", "请在此处填写", "请在此处输入本章内容，不少于500字", "请填写", "请输入内容",
        "单击或点击此处输入文字。", "单击此处输入文字。", "Click or tap here to enter text.", "在此处输入",
        "见附件", "见附件。", "详见附件", "详见附件3", "详见附件三《网络安全保障方案》", "请见附件", "参见附件", "见附录A",
        "见附表", "另附", "网络安全方案另附", "附后", "本章内容详见附件", "具体内容见附件2：数据资源目录",
        "无", "无。", "无此项", "没有", "不涉及", "本项目不涉及", "不适用", "本项目无此项内容", "同上", "见上文", "同前所述",
        "如下", "如下：", "内容如下：", "具体内容见后", "见后文", "详见第五章", "参见本报告第三章第二节", "详见第 5 章，此处不再赘述。",
        "见《网络安全方案》", "见单独成册的《网络安全方案》", "（空）", "空白", "（此页无正文）", "本页以下无正文", "以下空白", "第 1 页 共 3 页",
        "【填写说明：本章应说明网络安全等级保护定级、密码应用等内容。】", "编写提示：说明等级保护定级情况",
        "详见附件3，此处不再赘述。", "1. 待补充", "（1）待补充", "一、待补充", "1、见附件",
    ],
)  # fmt: skip
def test_a_placeholder_is_no_content(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "本项目按等级保护三级要求建设。",
        "待办事项模块", "待机时间", "接待大厅建设", "略图", "战略目标", "省略号的用法说明", "无人机系统", "暂无数据时页面显示空白",
        "需补充采购防火墙2台", "网络拓扑见附图1，采用双活部署方式，配置防火墙和WAF。",
        "系统采用三层架构；数据目录见附件", "附件管理模块支持上传和下载", "另附两台备用服务器的配置清单及价格",
        "todolist模块", "XX市数据局", "X", "8", "是", "A", "此处理器为国产", "填写申报表模块", "请求响应时间",
        "不涉及涉密信息", "本项目无新增数据资源", "无线网络", "不适用国产密码的系统2个", "同步建设密码应用", "如下一步开展测评", "第3级",
        "见《目录》第3项，共享3类数据",
        "详见第三章，本章只说明定级为第三级", "填写申报表", "编写要求分析文档的方法", "空间数据", "没有公网出口",
        "数据补充采集", "正在建设的系统共3个", "见习生管理", "1.1", "2026年",
        "待" * 200,
    ],
)  # fmt: skip
def test_content_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("number", range(len(_PATTERNS)))
@given(st.data())
@settings(max_examples=150)
def test_what_a_pattern_matches_has_what_is_looked_for_first(number: int, data: st.DataObject) -> None:
    might, pattern = _PATTERNS[number]
    text = data.draw(st.from_regex(pattern.pattern, fullmatch=True))
    assert might(text)


@given(st.text(max_size=150))
@settings(max_examples=200, deadline=200)
def test_any_text_is_judged_quickly(text: str) -> None:
    is_placeholder(text)
