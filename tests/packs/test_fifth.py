"""A fifth regulation is YAML alone: an invented city, dropped into a dossier, passes what the real ones pass."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from packs import pack_checks as checks
from program import program
from test_words import found_in_python

DOSSIER = Path(__file__).parent / "fifth"
PACK = DOSSIER / "regulations" / "shili-city-2026.yaml"
LAW = DOSSIER / "shili-city-2026.txt"
RULES = [rule.id for rule in checks.loaded(PACK).rules]
PROJECTS = sorted(path.parent.name for path in DOSSIER.glob("*/expected.yaml"))

# -- the same tests as the real packs --------------------------------------------------------------


@pytest.mark.parametrize("rule_id", RULES)
def test_every_example_holds_and_there_is_one_of_each_kind(rule_id: str) -> None:
    checks.examples_hold(PACK, rule_id)
    checks.examples_suffice(PACK, rule_id)


def test_the_smallest_step_of_any_number_changes_some_example() -> None:
    checks.every_number_of_a_rule_matters(PACK)
    checks.every_number_of_a_fact_matters(PACK)


def test_the_pack_is_the_text_and_nothing_is_left_out() -> None:
    checks.sentences_are_the_law(PACK, LAW.read_text(encoding="utf-8"))
    checks.quotes_are_verbatim_and_no_sentence_is_left_out(PACK)


def test_the_base_is_clean_and_later_commands_find_what_they_need() -> None:
    checks.base_is_clean_and_judged_in_earnest(PACK)
    checks.words_are_specific(PACK)
    checks.readings_and_hints_are_given(PACK)
    checks.later_commands_find_what_they_need(PACK)
    checks.without_examples_it_is_the_same_law(PACK)


# -- what a regulation needs, without a line of Python ---------------------------------------------


def test_no_word_of_it_stands_in_python() -> None:
    assert found_in_python(checks.loaded(PACK)) == []


def test_it_needs_what_real_regulations_need() -> None:
    regulation = checks.loaded(PACK)
    rules = {rule.id: rule for rule in regulation.rules}
    assert len(regulation.facts["须专家评审"].derivation.conditions) == 3  # an or-condition
    assert rules["SL-7-1"].duty == rules["SL-7-2"].duty  # a band: two rules, one quote
    assert {rule.each.list for rule in regulation.rules if rule.each} == {
        "catalogue",
        "contracts",
        "changes",
        "documents",
    }
    assert {rule.check for rule in regulation.rules} >= {"scope", "chapter", "every", "within", "at_most", "answered"}
    assert any(step.choices for route in regulation.routes for step in route.steps)
    assert str(rules["SL-8-1"].demand.period) == "7个工作日"


# -- the program, as a user of that city runs it ---------------------------------------------------


def checked(project: str, as_of: str, tmp_path: Path) -> dict[str, Any]:
    """The JSON report of one project of the dossier, judged without the list of what is expected."""
    dossier = tmp_path / "dossier"
    shutil.copytree(DOSSIER, dossier, ignore=shutil.ignore_patterns("expected.yaml"))
    done = program("check", dossier / project, "--format", "json", "--as-of", as_of)
    assert done.stderr == ""
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (1 if report["counts"]["error"] else 0)
    return report


def told(finding: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(finding[key]) for key in ("rule", "subject", "outcome", "severity"))


def test_one_project_is_clean_and_one_has_findings() -> None:
    expected = {p: yaml.safe_load((DOSSIER / p / "expected.yaml").read_text("utf-8"))["findings"] for p in PROJECTS}
    assert [p for p in PROJECTS if not expected[p]] == ["sanitation-dispatch"]
    assert [p for p in PROJECTS if expected[p]] == ["sensor-lease"]


@pytest.mark.parametrize("project", PROJECTS)
def test_the_findings_are_those_expected_and_no_others(project: str, tmp_path: Path) -> None:
    expected = yaml.safe_load((DOSSIER / project / "expected.yaml").read_text("utf-8"))
    report = checked(project, str(expected["as_of"]), tmp_path)
    assert sorted(map(told, report["findings"])) == sorted(map(told, expected["findings"]))
    assert all(f["quote"] and f["hint"] and f["document_number"] == "示政规〔2026〕3号" for f in report["findings"])
