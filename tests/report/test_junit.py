"""JUnit XML, read back by a library that knows the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from junitparser import Failure, JUnitXml, Skipped
from places import UNCLEAN
from typer.testing import CliRunner

from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path


def junit(*arguments: object) -> JUnitXml:
    done = CliRunner().invoke(app, ["check", *map(str, arguments), "--as-of=2026-11-20", "--format=junit"])
    return JUnitXml.fromstring(done.stdout.encode())


def kinds(xml: JUnitXml, kind: type) -> list[str]:
    return [case.name for suite in xml for case in suite if any(isinstance(r, kind) for r in case.result)]


def test_a_suite_for_each_project_and_a_case_for_each_finding() -> None:
    xml = junit(UNCLEAN)
    assert [suite.name for suite in xml] == ["连云港市地下管线监测平台（二期）", "启东市校园餐食品安全监管平台"]
    for suite in xml:
        cases = list(suite)
        assert suite.tests == len(cases)
        assert suite.failures == sum(any(isinstance(r, Failure) for r in case.result) for case in cases)
        assert suite.skipped == sum(any(isinstance(r, Skipped) for r in case.result) for case in cases)


def test_errors_fail_and_what_is_undetermined_is_skipped_with_its_message() -> None:
    xml = junit(UNCLEAN)
    assert len(kinds(xml, Failure)) == 37
    skipped = [r for suite in xml for case in suite for r in case.result if isinstance(r, Skipped)]
    assert any(r.message.startswith("待定：") for r in skipped)
    assert any(r.message.startswith("警告：") for r in skipped)


@pytest.mark.parametrize(("level", "failures"), [("error", 37), ("warning", 45), ("undetermined", 60)])
def test_the_failing_level_decides_what_is_a_failure(level: str, failures: int) -> None:
    assert len(kinds(junit(UNCLEAN, f"--fail-on={level}"), Failure)) == failures


def test_text_of_a_stranger_stays_text(dossier: Path) -> None:
    path = dossier / "bridge" / "project.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: 桥梁监测平台", "name: ']]><a&b'"), encoding="utf-8")
    assert "]]><a&b" in [suite.name for suite in junit(dossier)]


def test_no_two_cases_share_a_name(dossier: Path) -> None:
    path = dossier / "bridge" / "project.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "甲: 1\n乙: 1\n", encoding="utf-8")
    names = [(suite.name, case.name) for suite in junit(dossier) for case in suite]
    assert len(set(names)) == len(names)
    assert any(name.endswith("（2）") for _, name in names)
