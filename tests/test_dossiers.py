"""Every dossier with faults says exactly what is wrong with it, through the whole program."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from places import TESTS
from program import program

if TYPE_CHECKING:
    from pathlib import Path

DOSSIERS = TESTS / "dossiers"
EXPECTED = sorted(DOSSIERS.rglob("expected.yaml"))


def listed(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert set(found) == {"as_of", "findings"}, path
    return dict(found)


def checked(folder: Path, as_of: str, tmp_path: Path) -> dict[str, Any]:
    """The JSON report of one project, judged in its dossier without the list of what is expected."""
    dossier = tmp_path / folder.parent.name
    shutil.copytree(folder.parent, dossier, ignore=shutil.ignore_patterns("expected.yaml"))
    done = program("check", dossier / folder.name, "--format", "json", "--as-of", as_of)
    assert done.stderr == ""
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (1 if report["counts"]["error"] else 0)
    return report


def told(finding: dict[str, Any]) -> tuple[str, str, str, str]:
    """What is compared. Of govit's own rules the subject is the message itself, and left out."""
    subject = "" if finding["rule"].startswith("GOV-") else finding.get("subject", "")
    return finding["rule"], subject, finding["outcome"], finding["severity"]


def test_there_is_a_dossier_with_faults_under_each_regulation() -> None:
    rules = {f["rule"].split("-")[0] for path in EXPECTED for f in listed(path)["findings"]}
    assert {"LYG", "QD", "GOV"} <= rules


@pytest.mark.parametrize("path", EXPECTED, ids=lambda p: p.parent.relative_to(DOSSIERS).as_posix())
def test_the_findings_are_those_expected_and_no_others(path: Path, tmp_path: Path) -> None:
    expected = listed(path)
    report = checked(path.parent, str(expected["as_of"]), tmp_path)
    assert sorted(map(told, report["findings"])) == sorted(map(told, expected["findings"]))


@pytest.mark.parametrize("path", EXPECTED, ids=lambda p: p.parent.relative_to(DOSSIERS).as_posix())
def test_every_finding_says_where_and_what_to_do(path: Path, tmp_path: Path) -> None:
    report = checked(path.parent, str(listed(path)["as_of"]), tmp_path)
    silent = [
        (f["rule"], f["subject"])
        for f in report["findings"]
        if not (f["message"] and f["file"])
        or (f["article"] and not (f["quote"] and f["document_number"] and f["hint"]))
    ]
    assert silent == []
