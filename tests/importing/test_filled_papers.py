"""Filled forms of many bureaus: what is read of them, and what is left open because nobody can say it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from blank_word import blank_word
from docx.oxml.ns import qn

from govit.documents.filled import FilledPaper, FormCell, read_filled
from govit.importing.cells import CellRefusedError
from govit.importing.filled_papers import agreed, said_by
from govit.importing.form_values import is_blank, ticked, values_of
from govit.law.library import Library

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govit.importing.filled_papers import PaperSays

LAW = Library(examples=False).get("taizhou-draft-2025")
WORDS = LAW.vocabulary() if LAW is not None else {}
MONEY = "总投资（万元）"


def form(folder: Path, *tables: Sequence[Sequence[str]], text: Sequence[str] = (), name: str = "表.docx") -> Path:
    """A form of some tables, whose rows may be of any number of cells, below some lines."""
    document = blank_word()
    for line in text:
        document.add_paragraph(line)
    for rows in tables:
        table = document.add_table(len(rows), max(map(len, rows)))
        for row, texts in zip(table.rows, rows, strict=True):
            cells = row.cells
            for cell, said in zip(cells, texts, strict=False):
                cell.text = said
            if len(texts) < len(cells):
                cells[len(texts) - 1].merge(cells[-1])
        document.add_paragraph("")
    path = folder / name
    document.save(str(path))
    return path


def says(path: Path) -> PaperSays:
    return said_by(read_filled(path), path.name, WORDS)


def values(*paths: Path) -> dict[str, object]:
    return {one.key: one.value for one in agreed(map(says, paths))[0]}


def open_keys(*paths: Path) -> dict[str, str]:
    return {one.key: one.why for one in agreed(map(says, paths))[1]}


def test_a_form_of_another_bureau(tmp_path: Path) -> None:
    path = form(
        tmp_path,
        [
            ["项目名称", "某市智慧养老平台"],
            ["建设单位", "某市民政局", "项目负责人", "张三"],
            ["联系人", "李四", "联系电话", "0523-86800231"],
            [MONEY, "260", "资金来源", "市级智慧城市专项资金260万元"],
            ["建设周期", "2027年3月15日—2027年11月30日"],
            ["项目类别", "□新建 √续建 □改建"],
            ["建设内容（200字以内）", "三个子系统"],
        ],
    )
    assert values(path) == {
        "name": "某市智慧养老平台",
        "unit.name": "某市民政局",
        "manager": "张三",
        "contact.person": "李四",
        "contact.phone": "0523-86800231",
        "budget.total": Decimal(2_600_000),
        "funding": ((("source", "市级智慧城市专项资金"), ("amount", "260万元")),),
        "schedule.start": dt.date(2027, 3, 15),
        "schedule.end": dt.date(2027, 11, 30),
        "category": "续建",
        "content": "三个子系统",
    }
    place = next(one.place for one in says(path).found if one.key == "manager")
    assert place == "《表.docx》第 1 表第 2 行第 4 格"


@pytest.mark.parametrize(
    ("label", "text", "amount"),
    [
        (MONEY, "260", 2_600_000),
        ("总投资", "260万元", 2_600_000),
        ("项目总投资（元）", "2,600,000.00", 2_600_000),
        ("总投资（亿元）", "1.2", 120_000_000),
        ("总投资/万元", "２６０．５", 2_605_000),
        ("总投资金额（万元）", "￥98.5", 985_000),
        (MONEY, "2600000元", 2_600_000),
        ("总投资", "贰佰陆拾万元整", 2_600_000),
        ("总投资", "人民币（大写）：贰佰陆拾万元整（小写：¥2,600,000.00）", 2_600_000),
        (MONEY, "贰佰陆拾万元整（260）", 2_600_000),
        ("总投资", "260万元（其中：财政资金200万元，自筹60万元）", 2_600_000),
        ("总投资", "260万元，其中财政资金200万元", 2_600_000),
        ("总投资", "260万元（大写：贰佰陆拾万元整）", 2_600_000),
    ],
)
def test_amounts_in_the_unit_of_the_label_or_of_the_box(tmp_path: Path, label: str, text: str, amount: int) -> None:
    assert values(form(tmp_path, [[label, text]])) == {"budget.total": Decimal(amount)}


@pytest.mark.parametrize(
    ("label", "text", "why"),
    [
        ("总投资", "260", "万元还是元"),
        (MONEY, "约260", "看不懂"),
        (MONEY, "260（含预备费10）", "看不懂"),
        (MONEY, "其中：财政　万元，自筹　万元", "看不懂"),
        ("总投资", "贰佰陆拾万元整（小写：¥2,680,000.00）", "不一致"),
        ("项目负责人", "13800000001", "不像一个人的姓名"),
        ("联系人", "张三/李四", "不像一个人的姓名"),
        ("联系人", "见封面", "不像一个人的姓名"),
        ("联系人电话", "见封面", "不像电话号码"),
        ("联系人电话", "8012", "不像电话号码"),
        ("牵头单位", "李一", "不像单位名称"),
        ("建设单位", "市甲局、市乙局", "2 个单位"),
        ("主管部门", "市甲局\n市乙局", "2 个单位"),
        ("项目名称", "甲平台；乙平台", "几个名称"),
        (MONEY, "0", "写的是 0"),
        ("建设单位", "指项目的实际使用单位全称。", "填表要求"),
        ("项目名称", "填写项目全称，不超过30字", "填表要求"),
        ("项目名称", "名称应当简洁明确。", "不像项目名称"),
        ("主要建设内容", "（不超过500字）", "填表要求"),
        ("主要建设内容", "（请简要描述，500字以内）", "填表要求"),
        ("建设依据", "请列明文件名称及文号", "填表要求"),
        ("是否涉密项目", "待定", "看不出是否涉密"),
        ("建设周期", "12个月", "看不出从哪天到哪天"),
        ("起止时间", "2027年3月至2027年11月", "没有写到日"),
        ("起止时间", "2027年11月1日至2027年3月1日", "早于"),
        ("项目类别", "☑新建 ☑改建", "勾了 2 项"),
        ("项目类别", "☑新建的一种 ☐改建", "不是本办法的词"),
        ("项目类别", "新建 ☑ 改建", "哪一项"),
        ("资金来源", "市级财政", "看不出"),
        ("联系人及电话", "李四", "分不清"),
        ("主要建设内容", "详见附件", "不是内容"),
    ],
)
def test_what_is_not_clear_is_left_open(tmp_path: Path, label: str, text: str, why: str) -> None:
    path = form(tmp_path, [[label, text]])
    assert values(path) == {}
    assert any(why in said for said in open_keys(path).values())


@pytest.mark.parametrize("text", ["", "/", "无", "——", "______", "年　月　日", "不涉及", "☐新建 ☐改建"])
def test_what_is_not_filled_in_is_nothing(tmp_path: Path, text: str) -> None:
    path = form(tmp_path, [["项目类别", text, "项目代码", "/"]])
    assert (values(path), open_keys(path)) == ({}, {})


def test_two_places_that_differ_leave_the_value_open(tmp_path: Path) -> None:
    one = form(tmp_path, [[MONEY, "260"]], name="申报表.docx")
    other = form(tmp_path, [["总投资", "268万元"]], name="方案.docx")
    assert "budget.total" not in values(one, other)
    why = open_keys(one, other)["budget.total"]
    assert "《申报表.docx》第 1 表第 1 行第 2 格写“260”" in why
    assert "《方案.docx》第 1 表第 1 行第 2 格写“268万元”" in why


def test_the_same_said_in_two_ways_is_one_value(tmp_path: Path) -> None:
    one = form(tmp_path, [[MONEY, "260.00"]], name="申报表.docx")
    other = form(tmp_path, text=["本项目总投资2600000元，其中软件开发146万元。"], name="方案.docx")
    assert values(one, other)["budget.total"] == Decimal(2_600_000)


def test_a_telephone_number_belongs_to_whom_it_stands_behind(tmp_path: Path) -> None:
    found = values(form(tmp_path, [["项目负责人", "张三", "手机", "13800000000"], ["联系人", "李四", "手机", "13900000000"]]))
    assert found == {"manager": "张三", "contact.person": "李四", "contact.phone": "13900000000"}


def test_an_empty_box_takes_nothing_from_the_next_label(tmp_path: Path) -> None:
    path = form(tmp_path, [["联系人", "", "传真", "86800000"], ["项目责任人", "项目代码", "2703-320000"]])
    assert values(path) == {"project_code": "2703-320000"}


def test_long_texts_below_their_label(tmp_path: Path) -> None:
    path = form(tmp_path, [["主要建设内容"], ["一个平台\n两个子系统"]], [["建设依据"], ["1．某规划（2026年）\n2. 某纪要"]])
    assert values(path) == {"content": "一个平台\n两个子系统", "basis": ("某规划（2026年）", "某纪要")}


def test_labels_and_values_in_one_box_and_on_lines(tmp_path: Path) -> None:
    path = form(
        tmp_path, [["项目名称：某市智慧养老平台", "总投资：260万元"]],
        text=["申报单位：某市民政局　　填表日期：2026年12月1日", "（2027年度）"])
    assert values(path) == {
        "name": "某市智慧养老平台", "budget.total": Decimal(2_600_000), "applicant": "某市民政局", "year": 2027
    }  # fmt: skip


def test_a_box_that_says_several_things_and_a_text_with_colons(tmp_path: Path) -> None:
    several = "项目名称：某平台项目 项目类别：新建 总投资：300万元"
    path = form(tmp_path, [[several], ["建设内容：一个平台 其中：三个应用"], ["建设单位：市养老服务\n指导中心"]])
    assert values(path) == {
        "name": "某平台项目", "category": "新建", "budget.total": Decimal(3_000_000), "content": "一个平台 其中：三个应用",
        "unit.name": "市养老服务指导中心",
    }  # fmt: skip


def test_sources_of_money_with_a_box_each(tmp_path: Path) -> None:
    path = form(tmp_path, [["资金来源（万元）", "市级智慧城市专项资金", "200", "其他资金", ""]])
    assert values(path)["funding"] == ((("source", "市级智慧城市专项资金"), ("amount", "200万元")),)


def test_a_list_with_one_bad_row_is_not_taken_by_halves(tmp_path: Path) -> None:
    rows = [["序号", "费用名称", "费用性质", "资金来源", "金额（万元）"], ["1", "平台", "软件开发费", "市级智慧城市专项资金", "200"]]
    assert len(values(form(tmp_path, rows))["budget.lines"]) == 1  # type: ignore[arg-type]  # a list of records
    bad = form(tmp_path, [*rows, ["2", "终端", "没有的性质", "市级智慧城市专项资金", "60"]], name="坏.docx")
    assert "budget.lines" not in values(bad)
    assert "整张清单没有采用" in open_keys(bad)["budget.lines"]


def test_opinions_and_days_of_signature_are_no_records(tmp_path: Path) -> None:
    path = form(tmp_path, [["主管部门意见", "同意。2026年11月3日"], ["市数据局审核意见", "通过"], ["批复文号", "某发〔2026〕1号"]])
    assert values(path) == {}


def test_the_title_of_a_report_gives_the_name_for_want_of_a_better_one(tmp_path: Path) -> None:
    report = form(tmp_path, text=["某市智慧养老服务平台", "建设方案", "第一章 概述"], name="方案.docx")
    assert values(report) == {"name": "某市智慧养老服务平台"}
    named = form(tmp_path, [["项目名称", "某市智慧养老服务系统"]], name="表.docx")
    assert values(report, named) == {"name": "某市智慧养老服务系统"}


def test_another_project_cited_in_a_report_is_not_this_one(tmp_path: Path) -> None:
    cited = "某省一期平台项目总投资900万元。上级“数字民政”项目，总投资1200万元；本项目总投资为260万元。"
    assert values(form(tmp_path, text=["概述", cited])) == {"budget.total": Decimal(2_600_000)}


def test_a_sum_that_is_applied_for_is_not_the_total(tmp_path: Path) -> None:
    path = form(tmp_path, [["总投资（万元）", "500", "申报金额（万元）", "200"]])
    assert values(path) == {"budget.total": Decimal(5_000_000)}
    assert says(path).unknown == ("申报金额（万元）",)


def test_values_below_a_row_of_labels(tmp_path: Path) -> None:
    path = form(
        tmp_path,
        [["项目名称", "某平台升级项目", "建设单位", "某市民政局"], ["项目负责人", "联系电话", "联系人", "联系电话"],
         ["李卫东", "0518-85812345", "孙　丽", "0518-85812346"]],
    )  # fmt: skip
    assert values(path) == {
        "name": "某平台升级项目", "unit.name": "某市民政局", "manager": "李卫东", "contact.person": "孙丽", "contact.phone": "0518-85812346"
    }  # fmt: skip


def test_a_list_of_people_says_nothing_of_the_project(tmp_path: Path) -> None:
    people = [["姓名", "职务", "项目分工", "联系电话"], ["张一", "科长", "项目负责人", "13800000001"], ["张二", "科员", "联系人", "13800000002"]]
    bodies = [["单位名称", "承担任务", "联系人", "联系电话"], ["市大数据中心", "牵头单位", "李一", "85800001"]]
    assert values(form(tmp_path, people, bodies)) == {}


def test_what_a_sentence_in_a_box_says_of_the_total_is_held_against_its_own_box(tmp_path: Path) -> None:
    path = form(tmp_path, [[MONEY, "500"], ["项目概况", "本项目总投资520万元，建设云资源池"]])
    assert "写“520万元”" in open_keys(path)["budget.total"]
    same = form(tmp_path, [[MONEY, "500"], ["项目概况", "本项目总投资500万元，建设云资源池"]], name="同.docx")
    assert values(same) == {"budget.total": Decimal(5_000_000)}


def test_what_a_clerk_is_told_to_write_is_not_what_he_wrote(tmp_path: Path) -> None:
    told = ["填表说明：", "1. 项目名称：与立项批复的名称一致", "2. 建设单位：用公章上的单位", "3. 联系电话：0518-00000000"]
    assert values(form(tmp_path, [["项目名称", "某市房产平台"]], text=told)) == {"name": "某市房产平台"}


def test_stamps_and_blanks_around_a_value(tmp_path: Path) -> None:
    lines = ["申报单位：  某市民政局（盖章）", "项目名称：", "主管部门：       填报日期：2026年9月1日", "牵头单位：      （公章）"]
    path = form(tmp_path, text=lines)
    assert (values(path), open_keys(path)) == ({"applicant": "某市民政局"}, {})


def test_the_unit_stands_on_the_line_above_a_table(tmp_path: Path) -> None:
    path = form(tmp_path, [["项目名称", "某平台"], ["总投资", "3,200,000.00"]], text=["项目资金申请表", "金额单位：元"])
    assert values(path)["budget.total"] == Decimal(3_200_000)


@pytest.mark.parametrize(
    ("label", "text", "classified"),
    [
        ("是否涉密项目", "是", True), ("是否涉密", "是，机密级", True), ("密级", "机密", True), ("项目密级", "□非密 ☑秘密", True),
        ("涉密等级", "☑秘密 □机密", True), ("是否涉密项目", "否", False), ("密级", "非密", False), ("密级", "内部", False),
        ("密级", "☑非涉密 □秘密 □机密", False), ("是否为涉密项目", "不涉密", False), ("密级", "□秘密 □机密", False), ("密级", "", False),
    ],
)  # fmt: skip
def test_secrecy_by_any_name_of_its_box(tmp_path: Path, label: str, text: str, classified: bool) -> None:  # noqa: FBT001 - a parameter
    assert says(form(tmp_path, [["项目名称", "某项目平台", label, text]])).classified is classified


def test_a_classified_project_is_told(tmp_path: Path) -> None:
    assert says(form(tmp_path, [["项目名称", "某项目", "是否涉密", "☑是 ☐否"]])).classified
    assert not says(form(tmp_path, [["项目名称", "某项目", "是否涉密", "☐是 ☑否"]])).classified


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("☑新建 ☐改建", ("新建",)),
        ("■新建□改建", ("新建",)),
        ("新建☑ 改建☐", ("新建",)),
        ("□√新建 □改建", ("新建",)),
        ("（√）新建（ ）改建", ("新建",)),
        ("新建[√] 改建[ ]", ("新建",)),
        ("☐新建☐改建", ()),
        ("●新建 ○改建", ("新建",)),
        ("R新建 £改建", ("新建",)),
        ("\uf0fe新建 \uf0a8改建", ("新建",)),
        ("\uf0a3新建 \uf052改建", ("改建",)),
        ("þ新建 ¨改建", ("新建",)),
        ("☑\ufe0f新建 ☐改建", ("新建",)),
        ("新建", None),
    ],
)
def test_ticks_of_many_hands(text: str, chosen: tuple[str, ...] | None) -> None:
    assert ticked(text) == chosen


@pytest.mark.parametrize(
    ("font", "ticked_box", "empty_box"),
    [("Wingdings", "F0FE", "F0A8"), ("Wingdings", "00FE", "00A8"), ("Wingdings 2", "F052", "F0A3"), ("Wingdings 2", "0052", "00A3"),
     ("MS Gothic", "2611", "2610")],
)  # fmt: skip
def test_boxes_that_are_signs_of_a_font(tmp_path: Path, font: str, ticked_box: str, empty_box: str) -> None:
    document = blank_word()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "项目类别"
    for code, word in ((empty_box, "新建"), (ticked_box, "续建"), (empty_box, "改建")):
        run = table.cell(0, 1).paragraphs[0].add_run()
        sign = run._r.makeelement(qn("w:sym"), {qn("w:font"): font, qn("w:char"): code})
        run._r.append(sign)
        table.cell(0, 1).paragraphs[0].add_run(word)
    document.save(str(tmp_path / "表.docx"))
    assert values(tmp_path / "表.docx") == {"category": "续建"}


def test_a_sign_that_is_not_known_is_no_empty_box(tmp_path: Path) -> None:
    document = blank_word()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "项目类别"
    run = table.cell(0, 1).paragraphs[0].add_run()
    run._r.append(run._r.makeelement(qn("w:sym"), {qn("w:font"): "Webdings", qn("w:char"): "F061"}))
    table.cell(0, 1).paragraphs[0].add_run("新建 □改建")
    document.save(str(tmp_path / "异.docx"))
    assert values(tmp_path / "异.docx") == {}
    assert "哪一项" in open_keys(tmp_path / "异.docx")["category"]


def test_a_form_of_a_thousand_faults_tells_some(tmp_path: Path) -> None:
    rows = (FormCell("联系人", 1, 1, 1), FormCell("见附件", 1, 1, 2))
    paper = read_filled(form(tmp_path, [["项目名称", "某平台项目"]]))
    said = said_by(FilledPaper(paper.reading, tuple(tuple(c._replace(row=n) for c in rows) for n in range(1000))), "", WORDS)
    assert [one.why for one in agreed([said])[1]][-1] == "另有 997 处也没有采用"


def test_dates_in_chinese_numerals() -> None:
    found = values_of("schedule", "二〇二七年三月十五日至二〇二七年十一月三十日", "", WORDS)
    assert found == {"schedule.start": dt.date(2027, 3, 15), "schedule.end": dt.date(2027, 11, 30)}
    with pytest.raises(CellRefusedError):
        values_of("schedule", "二〇二七年三月至十一月", "", WORDS)


def test_strokes_and_underlines_are_blank() -> None:
    assert all(map(is_blank, ("", " ", "/", "-", "无", "____", "（待填）")))
    assert not is_blank("0")
