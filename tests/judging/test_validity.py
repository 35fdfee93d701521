"""What is said of a regulation that is not law on the day, and of a draft that a dossier gives a commencement."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from places import SAMPLES

from govit.deadlines.dossiers import listing
from govit.judging.run import RunSettings, check, open_dossiers
from govit.report import deadlines, sarif, text
from govit.report import json as as_json

if TYPE_CHECKING:
    from pathlib import Path

    from govit.judging.judge import Report

COMMENCEMENT = "commencement:\n  regulation: taizhou-draft-2025\n  status: 现行有效\n"


def run(folder: Path, day: str = "2026-11-20") -> Report:
    return check(RunSettings(paths=(folder,), as_of=dt.date.fromisoformat(day)))


def said(report: Report, rule: str) -> list[str]:
    return [f.message for f in report.findings if f.rule == rule]


@pytest.fixture
def taizhou(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLES / "taizhou", tmp_path / "taizhou")


def dated(folder: Path, extra: str) -> Path:
    path = folder / "govit.yaml"
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + extra, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("city", "day", "number"),
    [("lianyungang", "2025-12-18", "连政办发〔2021〕59号"), ("qidong", "2022-10-11", "启政办发〔2019〕64号")],
)
def test_before_commencement_the_measure_that_governs_is_named_and_nothing_complies(
    city: str, day: str, number: str
) -> None:
    report = run(SAMPLES / city, day)
    assert [number in message for message in said(report, "GOV-503")] == [True]
    assert {project.complies for project in report.projects} == {0}
    after = dt.date.fromisoformat(day) + dt.timedelta(days=1)
    assert said(run(SAMPLES / city, str(after)), "GOV-503") == []


def test_an_expired_measure_names_the_successor_of_the_province() -> None:
    (message,) = said(run(SAMPLES / "laizhou"), "GOV-503")
    assert "鲁政办字〔2025〕16号" in message
    assert "没有查到" in message


def test_in_force_is_said_with_the_day_on_which_that_was_looked_up() -> None:
    assert "现行有效，2026-11-20 核对" in text.render(run(SAMPLES / "qidong"), lambda _: None)


def test_a_draft_is_judged_as_in_force_from_the_day_that_the_dossier_gives(taizhou: Path) -> None:
    dated(taizhou, f"{COMMENCEMENT}  effective_from: 2024-06-01\n  effective_to: 2030-08-31\n")
    (taizhou / "2025-home-care" / "documents").rename(taizhou / "away")
    report = run(taizhou)
    assert said(report, "GOV-503") == []
    assert report.counts["error"] > 0
    assert report.counts["advisory"] == 0
    (message,) = said(run(taizhou, "2024-05-31"), "GOV-503")
    assert "泰政办发〔2021〕36号" in message
    assert said(run(taizhou, "2024-06-01"), "GOV-503") == []


def test_every_banner_says_that_the_dossier_gives_the_day(taizhou: Path) -> None:
    dated(taizhou, f"{COMMENCEMENT}  effective_from: 2025-09-01\n")
    report = run(taizhou)
    words = "由卷宗指定自 2025-09-01 起施行"
    assert words in text.render(report, lambda _: None)
    assert json.loads(as_json.render(report))["regulations"][0]["by_dossier"] is True
    assert "由卷宗指定" in sarif.render(report)
    opened = open_dossiers(RunSettings(paths=(taizhou,), as_of=dt.date(2026, 11, 20)))
    assert words in re.sub(
        r"\s*\n\s*", "", deadlines.render(listing(opened.dossiers, opened.library, opened.options, 30))
    )


@pytest.mark.parametrize(
    ("written", "rule", "words"),
    [
        (f"{COMMENCEMENT}", "GOV-108", "effective_from"),
        (f"{COMMENCEMENT}  effective_from: 2025年9月\n", "GOV-107", "effective_from"),
        (f"{COMMENCEMENT}  effective_from: 2025-09-01\n  effective_till: 2030-08-31\n", "GOV-105", "effective_till"),
        (f"{COMMENCEMENT}  effective_from: 2025-09-01\n  effective_to: 2025-08-31\n", "GOV-107", "早于"),
        (COMMENCEMENT.replace("taizhou", "taizou") + "  effective_from: 2025-09-01\n", "GOV-109", "taizou"),
        (
            COMMENCEMENT.replace("taizhou-draft", "lianyungang") + "  effective_from: 2025-09-01\n",
            "GOV-109",
            "不是征求意见稿",
        ),
        (COMMENCEMENT.replace("现行有效", "已施行") + "  effective_from: 2025-09-01\n", "GOV-106", "已施行"),
        (COMMENCEMENT.replace("现行有效", "征求意见稿") + "  effective_from: 2025-09-01\n", "GOV-107", "征求意见稿"),
    ],
)
def test_a_wrong_commencement_is_an_error_with_its_line_and_counts_for_nothing(
    taizhou: Path, written: str, rule: str, words: str
) -> None:
    start = len((taizhou / "govit.yaml").read_text("utf-8").splitlines())
    report = run(dated(taizhou, written))
    found = [f for f in report.findings if f.rule == rule]
    assert found, [(f.rule, f.message) for f in report.findings][:8]
    assert words in found[0].message
    assert (found[0].place.file.endswith("govit.yaml"), (found[0].place.line or 0) > start) == (True, True)
    assert rule == "GOV-105" or said(report, "GOV-503"), "the draft stays a draft"
