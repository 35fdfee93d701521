"""Filled forms of many bureaus: what is read of them, and what is left open because nobody can say it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from blank_word import blank_word

from govit.documents.filled import read_filled
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
        ("申报金额（万元）", "￥98.5", 985_000),
        (MONEY, "2600000元", 2_600_000),
    ],
)
def test_amounts_in_the_unit_of_the_label_or_of_the_box(tmp_path: Path, label: str, text: str, amount: int) -> None:
    assert values(form(tmp_path, [[label, text]])) == {"budget.total": Decimal(amount)}


@pytest.mark.parametrize(
    ("label", "text", "why"),
    [
        ("总投资", "260", "万元还是元"),
        (MONEY, "约260", "看不懂"),
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
        ("新建", None),
    ],
)
def test_ticks_of_many_hands(text: str, chosen: tuple[str, ...] | None) -> None:
    assert ticked(text) == chosen


def test_dates_in_chinese_numerals() -> None:
    found = values_of("schedule", "二〇二七年三月十五日至二〇二七年十一月三十日", "", WORDS)
    assert found == {"schedule.start": dt.date(2027, 3, 15), "schedule.end": dt.date(2027, 11, 30)}
    with pytest.raises(CellRefusedError):
        values_of("schedule", "二〇二七年三月至十一月", "", WORDS)


def test_strokes_and_underlines_are_blank() -> None:
    assert all(map(is_blank, ("", " ", "/", "-", "无", "____", "（待填）")))
    assert not is_blank("0")
