"""SARIF: valid against the schema of the standard, help with the article, fingerprints that outlive moved lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft7Validator
from places import SAMPLES, UNCLEAN
from typer.testing import CliRunner

from govit.cli.commands import app

SLIP = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$"
"""A language, as the published schema prints it: a bracket is closed that none opened, which is no pattern of ECMA 262."""
SCHEMA = (Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8")
VALIDATOR = Draft7Validator(json.loads(SCHEMA.replace(SLIP, "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$")), validate_formats=True)
DAY = "--as-of=2026-11-20"


def sarif(*arguments: object) -> dict[str, Any]:
    text = CliRunner().invoke(app, ["check", *map(str, arguments), "--format", "sarif"]).stdout
    log = json.loads(text)
    VALIDATOR.validate(log)
    assert text == json.dumps(log, ensure_ascii=False, indent=1) + "\n"
    run: dict[str, Any] = log["runs"][0]
    return run


def result(run: dict[str, Any], rule: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in run["results"] if r["ruleId"] == rule)
    return found


def test_every_open_finding_is_a_result_of_a_described_rule() -> None:
    run = sarif(UNCLEAN, DAY)
    report = json.loads(CliRunner().invoke(app, ["check", str(UNCLEAN), DAY, "--format", "json"]).stdout)
    assert len(run["results"]) == len(report["findings"]) > 50
    rules = run["tool"]["driver"]["rules"]
    for one in run["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]


def test_a_rule_brings_its_article_its_demand_and_the_way_to_its_examples() -> None:
    run = sarif(UNCLEAN, DAY)
    rule = next(r for r in run["tool"]["driver"]["rules"] if r["id"] == "LYG-18-1")
    assert "第十八条" in rule["help"]["text"]
    assert "govit explain LYG-18-1" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"]["level"] == "error"


def test_what_cannot_be_decided_is_open_and_not_a_failure() -> None:
    run = sarif(UNCLEAN, DAY)
    undetermined = [r for r in run["results"] if r["properties"]["outcome"] == "undetermined"]
    assert undetermined
    assert all((r["kind"], r["level"]) == ("open", "none") for r in undetermined)


def test_what_complies_is_no_result_since_hosts_show_every_result_as_an_alert(dossier: Path) -> None:
    one, every = (sarif(dossier, "--as-of=2024-06-03", *more)["results"] for more in ((), ("--all",)))
    assert one == every
    assert {r["kind"] for r in every} <= {"fail", "open"}


def test_github_reads_the_fingerprint_under_its_own_name() -> None:
    for one in sarif(UNCLEAN, DAY)["results"]:
        marks = one["partialFingerprints"]
        assert marks["primaryLocationLineHash"] == marks["govit/v1"]


def test_the_gravest_come_first_and_what_hosts_do_not_show_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sarif(UNCLEAN, DAY)
    assert "invocations" not in whole
    grades = [r["level"] for r in whole["results"] if "suppressions" not in r]
    assert grades == sorted(grades, key=["error", "warning", "none", "note"].index)
    monkeypatch.setattr("govit.report.sarif.MOST", 20)
    cut = sarif(UNCLEAN, DAY)
    assert cut["results"] == [
        {**r, "ruleIndex": at["ruleIndex"]} for r, at in zip(whole["results"], cut["results"], strict=False)
    ]
    assert len(cut["results"]) == 20
    told = cut["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert f"还有 {len(whole['results']) - 20} 项" in told
    done = CliRunner().invoke(app, ["check", str(UNCLEAN), DAY, "--format", "sarif"])
    assert f"还有 {len(whole['results']) - 20} 项" in done.stderr


def test_a_waived_finding_is_suppressed_with_its_number(dossier: Path) -> None:
    path = dossier / "bridge" / "project.yaml"
    waiver = "waivers:\n  - {rule: SM-1-1, subject: 甲局甲审, reason: 市长办公会议定, by: 某市数据局, number: 某数〔2024〕1号, until: 2025-01-01}\n"
    path.write_text(path.read_text(encoding="utf-8") + waiver, encoding="utf-8")
    one = result(sarif(dossier, "--as-of=2024-06-03"), "SM-1-1")
    assert one["suppressions"][0]["justification"] == "豁免 某数〔2024〕1号，有效期至 2025-01-01"


def test_places_are_uris_with_characters_and_headings_of_documents() -> None:
    run = sarif(UNCLEAN, DAY)
    place = result(run, "LYG-19-1")["locations"][0]
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert uri.startswith("tests/dossiers/unclean/pipeline-monitoring/documents/%E5%8F%AF")
    assert place["physicalLocation"]["region"]["startLine"] > 1
    assert place["logicalLocations"][0]["fullyQualifiedName"]


def test_a_fingerprint_outlives_moved_lines(dossier: Path) -> None:
    before = result(sarif(dossier, "--as-of=2024-06-03"), "SM-1-1")
    path = dossier / "bridge" / "project.yaml"
    path.write_text("# 说明\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    after = result(sarif(dossier, "--as-of=2024-06-03"), "SM-1-1")
    region = [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in (before, after)]
    assert region[1] == region[0] + 2
    assert after["partialFingerprints"] == before["partialFingerprints"]


@pytest.mark.parametrize("sample", ["taizhou", "laizhou"])
def test_the_status_of_a_regulation_is_marked_in_a_file_of_the_dossier(sample: str) -> None:
    folder = SAMPLES / sample
    one = result(sarif(folder, DAY), "GOV-503")
    uri = one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith(f"sample-dossier/{sample}/")
    assert uri.endswith("/project.yaml")
