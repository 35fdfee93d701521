"""What a cell says: understood, or refused with a reason; never guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from govit.dossier.keys import Kind
from govit.forms.excel.workbook import CUT
from govit.importing.book import Cell
from govit.importing.cells import CellRefusedError, value_of

WORDS = {"categories": {"新建": "新建", "新增": "新建", "运维": "运维"}}


def moment(*parts: int) -> dt.datetime:
    """As openpyxl gives a date: at midnight, of no zone."""
    return dt.datetime(*parts)  # noqa: DTZ001


def value(given: Any, kind: Kind, unit: str = "", number_format: str = "General") -> Any:
    return value_of(Cell("B2", given, format=number_format), kind, words="categories", unit=unit, known=WORDS)


@pytest.mark.parametrize(
    ("given", "unit", "yuan"),
    [
        (320, "万元", "3200000"),
        (320.5, "万元", "3205000"),
        (0.1 + 0.2, "万元", "3000"),
        (1.123456, "万元", "11234.56"),
        (3200000, "元", "3200000"),
        (1234.5600000000001, "元", "1234.56"),
        ("320", "万元", "3200000"),
        (" 1,320.5 ", "万元", "13205000"),
        ("３２０．５", "万元", "3205000"),
        ("￥320", "万元", "3200000"),
        ("320万元", "", "3200000"),
        ("320 万元", "元", "3200000"),
        ("3200000元", "万元", "3200000"),
        ("０．３２亿元", "万元", "32000000"),
        ("人民币320万元", "", "3200000"),
        (0, "万元", "0"),
    ],
)
def test_amounts(given: Any, unit: str, yuan: str) -> None:
    assert value(given, Kind.MONEY, unit) == Decimal(yuan)


@pytest.mark.parametrize(
    ("given", "unit", "number_format", "said"),
    [
        (320, "", "General", "是万元还是元"),
        ("320", "", "General", "是万元还是元"),
        (1.1234567, "万元", "General", "细于一分"),
        (-1, "万元", "General", "负数"),
        ("-320万元", "万元", "General", "负数"),
        ("约320万元", "万元", "General", "看不懂"),
        ("300-320", "万元", "General", "看不懂"),
        ("三百万元", "万元", "General", "汉字数字"),
        ("320万", "万元", "General", "320万元"),
        (float("inf"), "万元", "General", "应当是金额"),
        (True, "万元", "General", "应当是金额"),
        (moment(2026, 3, 1), "万元", "General", "应当是金额"),
        (3200000, "万元", '0!.0000"万"', "换了单位显示"),
        (3200000, "万元", "#,##0,", "换了单位显示"),
        (0.5, "万元", "0%", "换了单位显示"),
        (1e30, "万元", "General", "应当是金额"),
    ],
)
def test_amounts_that_are_refused(given: Any, unit: str, number_format: str, said: str) -> None:
    with pytest.raises(CellRefusedError, match=said):
        value(given, Kind.MONEY, unit, number_format)


@pytest.mark.parametrize("number_format", ["#,##0.00", "0.00", '"￥"#,##0.00', "#,##0.0000_ ", '0.00"元"'])
def test_formats_that_show_the_stored_figure(number_format: str) -> None:
    assert value(320, Kind.MONEY, "万元", number_format) == 3_200_000


@pytest.mark.parametrize(
    "given",
    [moment(2026, 3, 1), dt.date(2026, 3, 1),
     "2026-03-01", "2026/3/1", "2026.3.1", "2026年3月1日", "２０２６－０３－０１", "20260301", 20260301, 20260301.0],
)  # fmt: skip
def test_dates(given: Any) -> None:
    assert value(given, Kind.DATE) == dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2026年3月", "没有写到日"),
        ("2026-03", "没有写到日"),
        ("3/1/2026", "看不懂日期"),
        ("26-3-1", "看不懂日期"),
        (46082, "不知道是不是日期"),
        (46082.5, "不知道是不是日期"),
        ("2026-02-30", "没有“2026-02-30”这一天"),
        ("尽快", "看不懂日期"),
        (moment(2026, 3, 1, 8, 30), "带时刻"),
        (moment(1900, 1, 5), "|年份不合常理"),
        ("0026-03-01", "年份不合常理|看不懂"),
        (dt.time(8, 30), "看不懂日期"),
    ],
)
def test_dates_that_are_refused(given: Any, said: str) -> None:
    if given == moment(1900, 1, 5):
        assert value(given, Kind.DATE) == dt.date(1900, 1, 5)
        return
    with pytest.raises(CellRefusedError, match=said):
        value(given, Kind.DATE)


@pytest.mark.parametrize("given", [2027, 2027.0, "2027", "2027年", "２０２７年度"])
def test_years(given: Any) -> None:
    assert value(given, Kind.INT) == 2027


@pytest.mark.parametrize("given", ["27", "二〇二七", 20270, True])
def test_years_that_are_refused(given: Any) -> None:
    with pytest.raises(CellRefusedError, match="四位年份"):
        value(given, Kind.INT)


def test_yes_and_no() -> None:
    assert value("是", Kind.BOOL) is True
    assert value(" 否 ", Kind.BOOL) is False
    assert value(given=True, kind=Kind.BOOL) is True
    with pytest.raises(CellRefusedError, match="只能写“是”或“否”"):
        value("不清楚", Kind.BOOL)


def test_words_of_the_regulation() -> None:
    assert value("新增", Kind.WORD) == "新建"
    assert value("新建、运维", Kind.WORDS) == ("新建", "运维")
    with pytest.raises(CellRefusedError, match="是不是“新建”"):
        value("新 建", Kind.WORD)


def test_texts() -> None:
    assert value(13812345678, Kind.TEXT) == "13812345678"
    assert value(51885990112.0, Kind.TEXT) == "51885990112"
    assert value("甲\r\n乙_x000D_", Kind.TEXT) == "甲\n乙"
    assert value("一号文；二号文", Kind.TEXTS) == ("一号文", "二号文")
    assert value("一号；文\n二号文\n", Kind.TEXTS) == ("一号；文", "二号文")
    with pytest.raises(CellRefusedError, match="截断"):
        value("很长" + CUT, Kind.TEXT)
    with pytest.raises(CellRefusedError, match="日期或时间"):
        value(moment(2026, 3, 1), Kind.TEXT)


def test_an_error_value_is_named() -> None:
    with pytest.raises(CellRefusedError, match="#REF!"):
        value_of(Cell("B2", "#REF!", formula=True), Kind.TEXT)
