"""The calendar, read back with the library: what an import finds, and what a second one changes."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from places import SAMPLES
from typer.testing import CliRunner

from govit.calendar.periods import Schedule
from govit.calendar.workdays import published
from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path

    from icalendar import Event

SAMPLE = SAMPLES


def written(*arguments: object) -> bytes:
    result = CliRunner().invoke(app, ["deadlines", *map(str, arguments), "--format", "ics"])
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def events(data: bytes) -> dict[str, Event]:
    found: dict[str, Any] = {}
    for event in Calendar.from_ical(data.decode()).walk("VEVENT"):
        assert event["uid"] not in found
        found[str(event["uid"])] = event
    return found


def imported(shelf: dict[str, bytes], data: bytes) -> dict[str, bytes]:
    """A calendar after an import: an entry with a known UID is replaced unless the file is older."""
    kept = dict(shelf)
    for uid, event in events(data).items():
        before = Calendar.from_ical(kept[uid].decode()) if uid in kept else None
        if before is None or int(event["sequence"]) >= int(before["sequence"]):
            kept[uid] = event.to_ical()
    return kept


@pytest.fixture
def built(dossier: Path) -> Path:
    with (dossier / "bridge" / "project.yaml").open("a", encoding="utf-8") as file:
        file.write("events:\n  - {kind: 完成建设, on: 2024-02-05}\n")
    pack = dossier / "packs" / "small-2024.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("effective_to: 2025-12-31\n", ""), encoding="utf-8")
    return dossier


def test_it_is_a_calendar_of_all_day_events_with_an_alarm_before_each() -> None:
    data = written(SAMPLE, "--as-of", "2026-11-20")
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    found = events(data)
    current = [event for event in found.values() if "status" not in event]
    assert len(current) == 10
    for event in current:
        start = event.decoded("dtstart")
        assert type(start) is dt.date
        assert event.decoded("dtend") == start + dt.timedelta(days=1)
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert start >= dt.date(2026, 11, 20)
        alarms = event.walk("VALARM")
        assert [alarm["action"] for alarm in alarms] == ["DISPLAY"] * 3
        assert [alarm.decoded("trigger") for alarm in alarms] == [
            dt.timedelta(days=-30, hours=9), dt.timedelta(days=-7, hours=9), dt.timedelta(days=-1, hours=9)
        ]  # fmt: skip
        assert event.decoded("dtstamp") == dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def test_the_text_is_chinese_and_says_what_when_and_why() -> None:
    plan = next(e for e in events(written(SAMPLE, "--as-of", "2026-11-20")).values() if "LYG-12-3" in e["description"])
    assert plan["summary"] == "连云港市城区公共停车协同服务平台：提交年度计划不晚于预算编制要求的日期"
    assert plan.decoded("dtstart") == dt.date(2026, 11, 27)
    for part in ("最后一天 2026-11-27", "报送：市数据局", "第十二条", "连财预〔2026〕21号", "现行有效", "本结果供自查"):
        assert part in plan["description"]


def test_waiting_dates_are_no_entries_and_advice_and_doubt_are_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Schedule(frozenset(range(2004, 2027)), published().holidays, published().makeup)
    monkeypatch.setattr("govit.judging.run.published", lambda: known)
    folder = shutil.copytree(SAMPLE / "taizhou", tmp_path / "t")
    path = folder / "2025-home-care" / "project.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("{kind: 投入运行, on: 2026-05-18}", "{kind: 投入运行, on: 2026-05-05}"), encoding="utf-8"
    )
    found = events(written(folder, "--as-of", "2026-11-20"))
    current = {str(e["summary"])[:12] for e in found.values() if "status" not in e}
    assert current == {"〔暂定〕〔仅供参考〕泰州", "〔仅供参考〕泰州市居家养"}


def test_what_was_done_before_its_day_is_taken_back(built: Path) -> None:
    before = written(built, "--as-of", "2024-02-10")
    with (built / "bridge" / "project.yaml").open("a", encoding="utf-8") as file:
        file.write("submissions: [{kind: 交报告, to: 甲局, on: 2024-03-01}]\n")
    after = written(built, "--as-of", "2024-03-04")
    assert events(after).keys() == events(before).keys()
    assert {(e["status"], str(e["summary"])[:5]) for e in events(after).values()} == {("CANCELLED", "〔已完成〕")}
    shelf = imported(imported({}, before), after)
    assert len(shelf) == 2
    assert not any(b"BEGIN:VALARM" in text for text in shelf.values())


@pytest.mark.parametrize(
    ("more", "left"), [((), 2), (("--within", "90"), 1), (("--within", "7"), 0), (("--overdue",), 0)]
)
def test_only_days_that_are_asked_for_and_still_ahead_are_taken_back(
    built: Path, more: tuple[str, ...], left: int
) -> None:
    with (built / "bridge" / "project.yaml").open("a", encoding="utf-8") as file:
        file.write("submissions: [{kind: 交报告, to: 甲局, on: 2024-03-01}]\n")
    assert len(events(written(built, "--as-of", "2024-03-04", *more))) == left
    assert events(written(built, "--as-of", "2025-03-04", *more)) == {}


def test_a_second_import_changes_nothing(built: Path) -> None:
    data = written(built, "--as-of", "2024-02-10")
    assert data == written(built, "--as-of", "2024-02-10")
    shelf = imported({}, data)
    assert len(shelf) == 2
    assert imported(shelf, data) == shelf
    later = imported(shelf, written(built, "--as-of", "2024-02-12"))
    assert later.keys() == shelf.keys()


def test_a_moved_date_moves_the_entry_instead_of_doubling_it(built: Path) -> None:
    shelf = imported({}, written(built, "--as-of", "2024-02-10"))
    path = built / "bridge" / "project.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2024-02-05", "2024-02-07"), encoding="utf-8")
    moved = imported(shelf, written(built, "--as-of", "2024-02-10"))
    assert moved.keys() == shelf.keys()
    starts = {uid: Calendar.from_ical(text.decode()).decoded("dtstart") for uid, text in moved.items()}
    assert sorted(starts.values()) == [dt.date(2024, 5, 7), dt.date(2024, 8, 7)]
    stale = imported(moved, written(built, "--as-of", "2024-02-09"))
    assert stale == moved


def test_a_moved_folder_keeps_its_entries_and_two_projects_of_one_id_do_not_collide(built: Path) -> None:
    shelf = imported({}, written(built, "--as-of", "2024-02-10"))
    (built / "bridge").rename(built / "bridge-2024")
    assert imported(shelf, written(built, "--as-of", "2024-02-10")).keys() == shelf.keys()
    (built / "other").mkdir()
    text = (built / "bridge-2024" / "project.yaml").read_text(encoding="utf-8")
    (built / "other" / "project.yaml").write_text(text, encoding="utf-8")
    assert len(events(written(built, "--as-of", "2024-02-10"))) == 4


def test_an_overdue_date_stays_in_the_calendar_marked_as_such(built: Path) -> None:
    found = events(written(built, "--as-of", "2024-07-10"))
    assert sorted(str(e["summary"])[:5] for e in found.values()) == ["〔已逾期〕", "桥梁监测平"]
    assert len(events(written(built, "--as-of", "2024-07-10", "--overdue"))) == 1


def test_text_that_a_calendar_would_read_as_its_own_is_escaped(built: Path) -> None:
    path = built / "bridge" / "project.yaml"
    text = path.read_text(encoding="utf-8").replace("name: 桥梁监测平台", 'name: "甲;乙,丙\\\\丁 END:VEVENT"')
    path.write_text(text, encoding="utf-8")
    names = {str(e["summary"]).partition("：")[0] for e in events(written(built, "--as-of", "2024-02-10")).values()}
    assert names == {"甲;乙,丙\\丁 END:VEVENT"}


def test_it_is_written_to_a_file_as_it_is(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "期限.ics"
    data = written(built, "--as-of", "2024-02-10")
    written(built, "--as-of", "2024-02-10", "--output", target)
    assert target.read_bytes() == data


def test_a_second_export_on_one_day_outdoes_the_first_where_a_date_moved(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "期限.ics"
    words = ("deadlines", str(built), "--format", "ics", "--output", str(target), "--as-of", "2024-03-01")
    said = CliRunner().invoke(app, words).stdout
    first = target.read_bytes()
    assert said == f"已写出 {target}（{len(events(first))} 个期限）\n"
    assert CliRunner().invoke(app, words).exit_code == 0
    assert target.read_bytes() == first
    path = built / "bridge" / "project.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("on: 2024-02-05", "on: 2024-02-20"), encoding="utf-8")
    CliRunner().invoke(app, words)
    before, after = events(first), events(target.read_bytes())
    moved = [uid for uid, event in after.items() if uid in before and event["dtstart"] != before[uid]["dtstart"]]
    assert moved
    for uid in moved:
        assert int(after[uid]["sequence"]) > int(before[uid]["sequence"])
        assert after[uid].decoded("dtstamp") > before[uid].decoded("dtstamp")


def test_exports_of_today_are_numbered_by_the_clock(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = []
    for minute in (1, 2):
        moment = dt.datetime(2024, 3, 1, 9, minute, tzinfo=dt.UTC)

        class Clock(dt.datetime):
            @classmethod
            def now(cls, moment: dt.datetime = moment) -> Any:
                return moment

        monkeypatch.setattr("govit.cli.deadlines.dt.datetime", Clock)
        monkeypatch.setattr("govit.cli.deadlines.day", lambda _: dt.date(2024, 3, 1))
        found = events(written(built)).values()
        assert {event.decoded("dtstamp") for event in found} == {moment}
        numbers.append({int(event["sequence"]) for event in found}.pop())
    assert numbers[1] == numbers[0] + 1


def test_a_file_that_is_no_calendar_is_replaced(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "期限.ics"
    target.write_bytes(b"\xff\xfe no calendar")
    words = ("deadlines", str(built), "--format", "ics", "--output", str(target), "--as-of", "2024-03-01")
    assert CliRunner().invoke(app, words).exit_code == 0
    assert events(target.read_bytes())


def test_an_empty_calendar_says_so(built: Path) -> None:
    words = ("deadlines", str(built), "--format", "ics", "--overdue", "--as-of", "2024-03-01")
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, "日历里没有事项" in result.stderr) == (0, True)
    assert not events(result.stdout_bytes)


def test_a_sheet_of_dates_is_said_to_be_written(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "表" / "期限表.xlsx"
    words = ("deadlines", str(built), "--format", "xlsx", "--output", str(target), "--as-of", "2024-03-01")
    assert CliRunner().invoke(app, words).stdout == f"已写出 {target}\n"
    assert target.is_file()
