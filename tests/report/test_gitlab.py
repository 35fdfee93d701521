"""GitLab Code Quality: the fields that GitLab reads, and no fingerprint twice."""

from __future__ import annotations

import json
from typing import Any

from jsonschema_rs import validate
from places import SAMPLES, UNCLEAN
from typer.testing import CliRunner

from govit.cli.commands import app

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.]"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"minimum": 1}}},
                },
            },
        },
    },
}
"""As GitLab's documentation of the report describes it."""


def issues(*arguments: object) -> list[dict[str, Any]]:
    done = CliRunner().invoke(app, ["check", *map(str, arguments), "--as-of=2026-11-20", "--format=gitlab"])
    found: list[dict[str, Any]] = json.loads(done.stdout)
    validate(SCHEMA, found)
    return found


def test_every_open_finding_is_an_issue_with_its_own_fingerprint() -> None:
    found = issues(UNCLEAN)
    assert len(found) == 63
    assert len({issue["fingerprint"] for issue in found}) == len(found)


def test_severities_follow_the_finding() -> None:
    found = {issue["check_name"]: issue["severity"] for issue in issues(UNCLEAN)}
    assert found["LYG-15-2"] == "critical"
    assert "minor" in found.values()


def test_a_clean_dossier_gives_an_empty_list() -> None:
    clean = SAMPLES / "lianyungang"
    assert issues(clean) == []
