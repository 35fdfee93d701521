"""--rule: what only some rules say, told as a part, and never as if it were all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from places import SAMPLES, UNCLEAN
from program import program
from published import follows

if TYPE_CHECKING:
    from pathlib import Path

DAY = "--as-of=2026-11-20"


def rules_of(*words: object) -> set[str]:
    said = json.loads(program("check", UNCLEAN, DAY, "--format=json", *words).stdout)
    return {finding["rule"] for finding in said["findings"]}


def test_a_rule_or_all_that_begin_so() -> None:
    every = rules_of("--all")
    faults = {rule for rule in rules_of() if rule.startswith("GOV-")}
    assert rules_of("--rule=LYG-13-4") <= {"LYG-13-4", *faults}
    of_article = {rule for rule in rules_of("--rule=LYG-13", "--all") if not rule.startswith("GOV-")}
    assert of_article == {rule for rule in every if rule.startswith("LYG-13-")}
    both = {rule for rule in rules_of("--rule=LYG-13", "--rule=QD-29", "--all") if not rule.startswith("GOV-")}
    assert both == {rule for rule in every if rule.startswith(("LYG-13-", "QD-29-"))}


VIEWS = ["--todo", "--summary", "--statistics", "--format=markdown", "--format=html", "--format=junit", "--format=github"]


@pytest.mark.parametrize("view", [[], *[[one] for one in VIEWS]], ids=" ".join)
def test_every_report_says_that_it_is_not_all(view: list[str]) -> None:
    said = program("check", UNCLEAN, DAY, "--rule=LYG-13", *view).stdout
    assert "只列了 LYG-13 的结论和影响判断的错误，不是全部。" in said
    assert "没有错误。" not in said


def test_where_they_are_met_nothing_claims_that_the_rest_is() -> None:
    done = program("check", SAMPLES / "lianyungang", DAY, "--rule=LYG-13")
    assert done.returncode == 0
    assert "所列结论没有错误，其他规则没有列出" in done.stdout


def test_a_waiver_of_a_rule_that_was_not_asked_for_is_used_all_the_same(dossier: Path) -> None:
    waiver = "waivers: [{rule: SM-1-1, reason: 特批, by: 某局, number: 豁1号, until: 2024-12-31}]\n"
    file = dossier / "bridge" / "project.yaml"
    file.write_text(file.read_text(encoding="utf-8") + waiver, encoding="utf-8")
    words = ("check", dossier, "--as-of=2024-06-03", "--format=json")
    for more in ((), ("--rule=GOV-402",)):
        found = json.loads(program(*words, *more).stdout)["findings"]
        assert "GOV-402" not in {one["rule"] for one in found}
    assert "SM-1-1" in {one["rule"] for one in json.loads(program(*words).stdout)["findings"] if one["waived"]}


def test_the_json_report_names_them_and_is_no_baseline(tmp_path: Path) -> None:
    file = tmp_path / "部分.json"
    program("check", UNCLEAN, DAY, "--rule=LYG-13", "--format=json", "-o", file)
    data = json.loads(file.read_text(encoding="utf-8"))
    follows(data, "govit-report-1")
    assert data["rules"] == ["LYG-13"]
    done = program("check", UNCLEAN, DAY, "--baseline", file)
    assert (done.returncode, "只有部分规则的结论，不能作基线" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--rule=LYG-99"], "这些项目的办法里没有 LYG-99；是不是“LYG-9-9”？"),
        (["--rule=TZ-7-5"], "这些项目的办法里没有 TZ-7-5"),
        (["--rule=LYG-13", "--format=sarif"], "不能与 --format sarif 一起用"),
        (["--rule=LYG-13", "--format=gitlab"], "不能与 --format gitlab 一起用"),
        (["--rule=LYG-13", "--diff=HEAD"], "不能与 --baseline、--diff、--shard 一起用"),
        (["--rule=LYG-13", "--shard=1/2"], "不能与 --baseline、--diff、--shard 一起用"),
    ],
)
def test_what_would_mislead_is_refused(words: list[str], said: str) -> None:
    done = program("check", UNCLEAN, DAY, *words)
    assert (done.returncode, said in done.stderr) == (2, True)
