"""govit deadlines as a user runs it: text, JSON and the sheet, what is left out, and when a run fails."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from places import SAMPLES
from published import follows
from typer.testing import CliRunner

from govit.base.width import width
from govit.cli.commands import app
from govit.deadlines.dates import Deadline, DeadlineState
from govit.report.deadlines import COLUMNS, state_word, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from openpyxl.worksheet.worksheet import Worksheet

SAMPLE = SAMPLES
BUILT = """\
events:
  - {kind: 完成建设, on: 2024-02-05}
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["deadlines", *map(str, arguments)])


def data(*arguments: object) -> dict[str, Any]:
    result = run(*arguments, "--format", "json")
    found: dict[str, Any] = json.loads(result.stdout)
    follows(found, "govit-deadlines-1")
    return found


def states(*arguments: object) -> dict[str, str]:
    return {line["rule"]: line["state"] for line in data(*arguments)["deadlines"] if line["rule"]}


@pytest.fixture
def built(dossier: Path) -> Path:
    """The small dossier whose project was completed on 2024-02-05: three and six months run."""
    with (dossier / "bridge" / "project.yaml").open("a", encoding="utf-8") as file:
        file.write(BUILT)
    return dossier


def test_the_list_is_read_from_the_top(built: Path, snapshot: Callable[[str, str], None]) -> None:
    result = run(built, "--as-of", "2024-07-10")
    assert result.exit_code == 0
    snapshot("deadlines", result.stdout)


@pytest.mark.parametrize("day", ["2024-09-20", "2026-11-20"])
def test_no_line_is_wider_than_a_hundred_columns(day: str) -> None:
    printed = run(SAMPLE, "--as-of", day, "--all").stdout
    assert max(map(width, printed.splitlines())) <= COLUMNS
    printed.encode("gbk")


def test_a_line_is_broken_between_words_and_never_before_a_comma() -> None:
    rows = list(wrapped("自项目建成（2026-05-07）起，" * 12, "  "))
    assert "".join(row.strip() for row in rows) == "自项目建成（2026-05-07）起，" * 12
    assert all(width(row) <= COLUMNS and "2026-05-07" in row for row in rows)
    assert not any(row.lstrip().startswith(("，", "）")) for row in rows)
    assert list(wrapped("", "  ")) == []


def test_what_is_done_long_ago_or_does_not_apply_is_counted_and_listed_on_demand() -> None:
    few, all_ = data(SAMPLE, "--as-of", "2026-11-20"), data(SAMPLE, "--as-of", "2026-11-20", "--all")
    assert few["counts"] == all_["counts"]
    assert sum(all_["counts"].values()) == len(all_["deadlines"]) > len(few["deadlines"])
    assert "not-applicable" not in {line["state"] for line in few["deadlines"]}
    assert {line["done"] for line in few["deadlines"] if line["state"] == "done"} == {"2026-11-12"}


def test_the_most_urgent_stand_first() -> None:
    order = [line["state"] for line in data(SAMPLE, "--as-of", "2026-11-20", "--all")["deadlines"]]
    assert order == sorted(order, key=[state.value for state in DeadlineState].index)


def test_within_widens_and_narrows_what_is_due_and_overdue_leaves_the_rest_out(built: Path) -> None:
    on = ("--as-of", "2024-07-10")
    assert states(built, *on) == {"SM-2-1": "due", "SM-2-2": "overdue"}
    assert states(built, *on, "--within", "25d") == {"SM-2-2": "overdue"}
    assert states(built, *on, "--within", "26天") == {"SM-2-1": "due", "SM-2-2": "overdue"}
    assert states(built, *on, "--overdue") == {"SM-2-2": "overdue"}
    assert "没有要列出的期限。" in run(built, "--as-of", "2024-02-10", "--overdue").stdout


@pytest.mark.parametrize("given", ["soon", "-3", "三十天", "30.5", "99999", "", "３０"])
def test_a_number_of_days_that_is_none_is_refused(built: Path, given: str) -> None:
    result = run(built, "--within", given)
    assert result.exit_code == 2
    assert f"看不懂“{given}”" in result.stderr


def test_a_run_fails_only_when_it_is_asked_to(built: Path) -> None:
    assert run(built, "--as-of", "2024-08-20").exit_code == 0
    assert run(built, "--as-of", "2024-08-20", "--fail-on", "overdue").exit_code == 1
    assert run(built, "--as-of", "2024-04-10", "--fail-on", "overdue").exit_code == 0
    assert run(built, "--as-of", "2024-04-10", "--fail-on", "due").exit_code == 1
    assert run(built, "--as-of", "2024-02-10", "--fail-on", "due").exit_code == 0
    assert run(SAMPLE / "laizhou", "--as-of", "2027-04-01", "--fail-on", "due").exit_code == 0  # a day when a term ends
    assert run(SAMPLE / "taizhou", "--as-of", "2027-06-20", "--fail-on", "overdue").exit_code == 0  # a draft advises
    assert run(SAMPLE / "taizhou", "--as-of", "2027-06-20", "--fail-on", "overdue", "--assume-in-force").exit_code == 1


def test_a_waiver_covers_an_overdue_date_until_it_is_switched_off(built: Path) -> None:
    with (built / "bridge" / "project.yaml").open("a", encoding="utf-8") as file:
        file.write("waivers: [{rule: SM-2-2, reason: 特殊, by: 某人, number: 豁1号, until: 2024-12-31}]\n")
    on = ("--as-of", "2024-06-20", "--fail-on", "overdue")
    assert run(built, *on).exit_code == 0
    assert "已豁免 豁1号，有效期至 2024-12-31" in run(built, *on).stdout
    assert run(built, *on, "--no-waivers").exit_code == 1


def test_a_notice_without_a_rule_stands_beside_the_statutory_dates(built: Path) -> None:
    pack = built / "packs" / "small-2024.yaml"
    text = pack.read_text(encoding="utf-8")
    pack.write_text(text.replace("  traits: {跨界", "  notices: {年度会议: {}}\n  traits: {跨界"), encoding="utf-8")
    with (built / "govit.yaml").open("a", encoding="utf-8") as file:
        file.write("notices: [{kind: 年度会议, on: 2024-07-20, number: 小政办〔2024〕3号, title: 开会}]\n")
    (line,) = (one for one in data(built, "--as-of", "2024-07-10")["deadlines"] if one["source"] == "notice")
    assert (line["duty"], line["last"], line["number"], line["state"]) == (
        "年度会议",
        "2024-07-20",
        "小政办〔2024〕3号",
        "due",
    )
    assert (line["project"], line["trigger"]) == (None, "《开会》")


def test_what_cannot_be_listed_is_said_and_never_hides_the_others(built: Path) -> None:
    (built / "broken").mkdir()
    (built / "broken" / "project.yaml").write_text("id: b\nname: [\n", encoding="utf-8")
    (built / "secret").mkdir()
    (built / "secret" / "project.yaml").write_text(
        "id: s\nregulation: small-2024\nclassified: true\n", encoding="utf-8"
    )
    (built / "wrong").mkdir()
    (built / "wrong" / "project.yaml").write_text(
        "id: w\nname: 甲\nstage: 审批\ncategory: 新建\nunit: {name: 某局}\nevents: [{kind: 完成建设, on: 2024年2月}]\n",
        encoding="utf-8",
    )
    found = data(built, "--as-of", "2024-07-10")
    assert {line["project"] for line in found["deadlines"] if line["rule"]} == {"bridge", "wrong"}
    assert [note.partition("：")[0] for note in found["notes"]] == ["broken", "secret", "甲（wrong）"]
    assert found["notes"][0].endswith("project.yaml 无法读取，没有列出期限；请先运行 govit check 改正")
    assert "涉密项目不在本工具内办理" in found["notes"][1]
    assert "期限可能不全或不准" in found["notes"][2]
    assert found["complete"] is False
    result = run(built, "--as-of", "2024-07-10")
    assert result.exit_code == 1
    assert "注意：broken：" in result.stdout


def test_a_project_outside_its_regulation_has_no_dates(built: Path) -> None:
    pack = built / "packs" / "small-2024.yaml"
    rule = """\
  - number: 第四条
    sentences:
      - text: 办法适用于跨界项目。
        rules:
          - {id: SM-4-1, title: 应跨界, title_en: S, quote: 适用于跨界项目, check: scope, holds: {跨界: true},
             effect: out, strength: must}
"""
    pack.write_text(pack.read_text(encoding="utf-8") + rule, encoding="utf-8")
    with (built / "bridge" / "project.yaml").open("a", encoding="utf-8") as file:
        file.write("traits: {跨界: false}\n")
    found = data(built, "--as-of", "2024-07-10")
    assert [line["source"] for line in found["deadlines"]] == ["regulation"]
    assert found["notes"] == ["桥梁监测平台（bridge）：不适用所写的办法，没有期限"]


def test_wrong_paths_and_empty_folders_are_usage_errors(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no"):
        assert run(path).exit_code == 2
    assert run(SAMPLE, "--format", "xlsx").exit_code == 2
    into = SAMPLE / "qidong" / "2025-river-patrol" / "期限.ics"
    result = run(SAMPLE, "--format", "ics", "--output", into)
    assert result.exit_code == 2
    assert not into.exists()


# ---------------------------------------------------------------- the sheet


def sheet(tmp_path: Path, *arguments: object) -> tuple[bytes, Worksheet]:
    path = tmp_path / "期限表.xlsx"
    assert run(*arguments, "--format", "xlsx", "--output", path).exit_code == 0
    content = path.read_bytes()
    return content, load_workbook(io.BytesIO(content)).worksheets[0]


def test_the_sheet_can_be_printed_and_says_each_state_in_words_and_in_colour(tmp_path: Path) -> None:
    _, page = sheet(tmp_path, SAMPLE, "--as-of", "2026-11-20", "--all")
    assert page.freeze_panes == "D4"
    assert page.print_title_rows == "$1:$3"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 8)
    assert page.cell(4, 5).font.sz * page.page_setup.scale / 100 >= 9, "letters that can be read"
    assert not page.sheet_properties.pageSetUpPr.fitToPage
    assert [len(page.col_breaks.brk), page.row_breaks.brk[-1].id < page.max_row - 1] == [0, True], "no note alone"
    assert "连云港市市级政务信息化项目建设管理办法" in page["A2"].value
    rows = [row for row in page.iter_rows(min_row=4) if isinstance(row[0].value, int)]
    assert len(rows) == len(data(SAMPLE, "--as-of", "2026-11-20", "--all")["deadlines"])
    colours = {row[1].value.split("\n")[0]: row[1].fill.fgColor.rgb for row in rows}
    words = {state_word(DeadlineState(s), 30) for s, n in data(SAMPLE, "--as-of", "2026-11-20")["counts"].items() if n}
    assert set(colours) == words
    assert len({colours["30 天内到期"], colours["未到期"], colours["等待触发"], colours["按时完成"]}) == 4
    moved = next(row for row in rows if row[10].value.startswith("QD-29-1") and row[9].value)
    assert (moved[8].value, moved[9].value) == (dt.datetime(2026, 2, 20), dt.datetime(2026, 2, 24))  # noqa: DTZ001
    assert page.row_dimensions[4].height > 15


def test_the_same_dates_give_the_same_bytes(tmp_path: Path) -> None:
    first, page = sheet(tmp_path, SAMPLE, "--as-of", "2026-11-20")
    again, _ = sheet(tmp_path, SAMPLE, "--as-of", "2026-11-20")
    assert first == again
    assert "没有列出" in page.cell(page.max_row, 1).value


def test_a_sheet_without_dates_is_still_a_sheet_and_text_never_becomes_a_formula(tmp_path: Path, dossier: Path) -> None:
    _, empty = sheet(tmp_path, dossier, "--as-of", "2024-02-10", "--overdue")
    assert empty["A4"].value.startswith("没有要列出的期限。")
    with (dossier / "bridge" / "project.yaml").open("a", encoding="utf-8") as file:
        file.write(BUILT)
    path = dossier / "bridge" / "project.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("桥梁监测平台", "'=1+1'"), encoding="utf-8")
    _, page = sheet(tmp_path, dossier, "--as-of", "2024-07-10")
    assert (page["D4"].value, page["D4"].data_type) == ("=1+1", "s")


def test_every_state_has_a_word_and_a_colour() -> None:
    assert len({state_word(state, 30) for state in DeadlineState}) == len(DeadlineState)
    assert (
        Deadline(source="rule", project=None, duty="x", state=DeadlineState.WAITING).days_left(dt.date(2026, 1, 1))
        is None
    )
