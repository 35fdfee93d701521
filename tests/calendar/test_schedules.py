"""A year of working days that a dossier adds: read whole, or refused with every fault."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from govit.calendar.schedules import read_year

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "year: 2030\nsource: 国办发明电〔2029〕1号\nholidays: [2030-01-01, 2030-10-01]\nmakeup: [2030-09-28]\n"


def read(path: Path, text: str | bytes) -> tuple[object, list[str]]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    year, faults = read_year(path)
    return year, [f"{f.line}:{f.column} {f.rule} {f.message}" for f in faults]


def test_a_year_is_read_with_its_source(tmp_path: Path) -> None:
    (tmp_path / "2030.yaml").write_text(GOOD, encoding="utf-8")
    year, faults = read_year(tmp_path / "2030.yaml")
    assert faults == []
    assert year is not None
    assert (year.year, year.source) == (2030, "国办发明电〔2029〕1号")
    assert year.holidays == {dt.date(2030, 1, 1), dt.date(2030, 10, 1)}
    assert year.makeup == {dt.date(2030, 9, 28)}


INCOMPLETE = "GOV-108 要写 year（四位年份）、source（国务院办公厅通知文号）和 holidays（放假的日子）"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [f"1:1 {INCOMPLETE}"]),
        ("- 1\n", [f"1:1 {INCOMPLETE}"]),
        (GOOD.replace("2030\n", "²\n"), [f"1:1 {INCOMPLETE}"]),
        (GOOD.replace("year: 2030", "year: {a: 1}"), [f"1:1 {INCOMPLETE}"]),
        (GOOD.replace("holidays", "holiday"), ["3:1 GOV-105 没有“holiday”这个键", f"1:1 {INCOMPLETE}"]),
        (GOOD.replace("[2030-01-01, 2030-10-01]", "2030-01-01"), ["3:11 GOV-107 holidays 应当是日期的列表", f"1:1 {INCOMPLETE}"]),
        (GOOD.replace("2030-09-28", "2030-09-31"), ["4:10 GOV-107 没有“2030-09-31”这一天"]),
        (GOOD.replace("2030-09-28", "[1]"), ["4:10 GOV-107 看不懂日期“”"]),
        (GOOD.replace("2030-09-28", "2030-09-27"), ["1:1 GOV-107 2030年放假安排有误：2030-09-27不是周六、周日，不能列为调休上班日"]),
        (GOOD.replace("year: ", "year："), ["1:5 GOV-103 这一行用了全角冒号“：”"]),
        (GOOD.encode("gbk"), ["2:9 GOV-101 文件不是 UTF-8 编码，看来是 GBK"]),
    ],
)  # fmt: skip
def test_a_year_that_is_not_whole_is_not_used_at_all(tmp_path: Path, text: str | bytes, told: list[str]) -> None:
    assert read(tmp_path / "y.yaml", text) == (None, told)


def test_a_file_that_is_not_there_or_is_a_folder_is_a_fault(tmp_path: Path) -> None:
    assert [f.message for f in read_year(tmp_path / "no.yaml")[1]] == ["文件打不开：文件或文件夹不存在"]
    assert [f.message for f in read_year(tmp_path)[1]] == ["文件打不开：不是普通文件"]
