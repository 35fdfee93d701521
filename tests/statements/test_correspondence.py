"""What stands where: the columns are roles of chapters, many items cost no more than few, a joined name is two."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from places import SAMPLES
from report_files import findings

from govit.calendar.workdays import published
from govit.dossier.load import load
from govit.judging.case import cases
from govit.judging.engine import Options
from govit.judging.reports import matrix_of
from govit.law.library import Library
from govit.statements.correspondence import CHAPTERS, MOST_ITEMS, RESOURCE, SUBSYSTEM
from govit.statements.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from govit.statements.correspondence import MatrixItem

DAY = dt.date(2026, 11, 20)
CONTENT = "# 可行性研究报告\n\n## 四、建设内容\n\n"
SHARED = "\n## 六、数据资源共享分析\n\n"


def gaps(root: Path, text: str, **project: object) -> list[str]:
    found = findings(root, {"可研.md": text.encode()}, DAY, project={"budget": {}, **project})
    return [one.subject for one in found if one.rule == "GOV-215"]


def matrix(folder: Path) -> list[MatrixItem]:
    library = Library(examples=False)
    (dossier,) = load([folder], library.vocabulary)
    (case,) = cases(dossier, library, Options(as_of=DAY, schedule=published()))
    return matrix_of(case.project)


def test_the_columns_are_roles_that_the_words_know() -> None:
    assert set(CHAPTERS) <= set(words().roles)


def test_the_items_of_a_sample_stand_where_its_reports_have_them() -> None:
    found = {one.name: one for one in matrix(SAMPLES / "lianyungang" / "2027-smart-parking")}
    one = found["停车资源管理"]
    assert (one.kind, one.lacking) == (SUBSYSTEM, ())
    assert one.places["建设内容"] == "建设方案 第 17 行"
    assert one.places["project.yaml"] == "概算明细"


def test_of_a_kind_with_too_many_nothing_is_compared_and_that_is_said(tmp_path: Path) -> None:
    names = [f"资源{number:04}" for number in range(MOST_ITEMS + 1)]
    text = CONTENT + SHARED + "".join(f"{name}无条件共享。\n\n" for name in names[1:])
    catalogue = [{"name": name} for name in names]
    assert gaps(tmp_path / "many", text, catalogue=catalogue) == []
    assert gaps(tmp_path / "most", text, catalogue=catalogue[:-1]) == ["数据资源 资源0000"]
    (said,) = [one for one in matrix(tmp_path / "many") if one.kind == RESOURCE]
    assert said.name == f"（超过 {MOST_ITEMS} 项，没有逐项对应）"


def test_lists_without_a_number_or_an_end_name_nothing(tmp_path: Path) -> None:
    lines = [{"name": f"{name}子系统"} for name in ("资源管理", "诱导服务", "综合分析")]
    sound = CONTENT + "建设资源管理、诱导服务、综合分析三个子系统，与收费、执法等子系统对接。\n"
    assert gaps(tmp_path / "sound", sound, budget={"lines": lines}) == []
    faulty = CONTENT + f"{'说明' * 200}，建设资源管理、诱导服务、综合分析、信用评价等4个子系统。\n"
    assert gaps(tmp_path / "faulty", faulty, budget={"lines": lines}) == ["子系统 信用评价"]
