"""What `govit new` writes, for every regulation and category: a to-do list, not a wall of errors."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from jsonschema_rs import Draft202012Validator
from published import wrong_with

from govit.dossier.fields import Reader
from govit.dossier.finding import Outcome, Severity
from govit.dossier.keys import Kind, specs
from govit.dossier.lists import LISTS
from govit.dossier.model import Budget, Project, Settings
from govit.judging import run
from govit.law.library import Library
from govit.scaffold.chapters import skeletons
from govit.scaffold.project import NewProject, project_yaml
from govit.scaffold.schema import schema
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from pathlib import Path

    from govit.law.regulation import Regulation
    from govit.yamltext.nodes import Node

LIBRARY = Library()
EVERY = [
    (name, category)
    for name in LIBRARY.ids()
    for law in [LIBRARY.get(name)]
    if law is not None
    for category in (*law.words["categories"], None)
]
ABOVE = frozenset(("regulation", "unit", "year"))


def law_of(name: str) -> Regulation:
    found = LIBRARY.get(name)
    assert found is not None
    return found


_CONTAINERS = {
    key
    for cls in (Project, Settings, Budget, *(one.cls for one in LISTS.values()))
    for key, spec in specs(cls).items()
    if spec.kind in (Kind.RECORD, Kind.RECORDS, Kind.FLAGS, Kind.FIGURES, Kind.ANSWERS)
}


def written(name: str, category: str | None, above: frozenset[str] = frozenset(), unit: str | None = None) -> str:
    law = law_of(name)
    return project_yaml(
        NewProject(id="a-2027", name="某项目", regulation=law, category=category, given_by_dossier=above, unit=unit)
    )


def uncommented(text: str) -> str:
    """The samples of a form as if all had happened."""
    return re.sub(r"^# (?!yaml-language-server)", "", text, flags=re.MULTILINE)


def filled(text: str) -> str:
    """Every blank filled with the example, or with the first word, that its explanation gives."""
    rows, about = [], ""
    for row in text.splitlines():
        if row.lstrip().startswith("##"):
            about += row.strip().removeprefix("##").strip()
            rows.append(row)
        else:
            rows.append(row + _value(row, about))
            about = ""
    return "\n".join(rows) + "\n"


def _value(row: str, about: str) -> str:
    blank = re.fullmatch(r" *(\S+):", row)
    if blank is None or blank[1] in _CONTAINERS:
        return ""
    example = re.search(r"例如 (.+?)。(?:条文|可以写|$)", about)
    words = re.search(r"可以写：(.+)$", about)
    if example or words:
        return " " + (example[1] if example else words[1].split("、")[0] if words else "")
    return " true" if about.endswith("）") and "？" in about else ""


def read(text: str, name: str) -> tuple[dict[str, object], list[str], Node]:
    node, faults = parse(text)
    reader = Reader(law_of(name).vocabulary(), given={"unit.name"})
    values = reader.fields(Project, node, "")
    return values, [f"{fault.line}: {fault.message}" for fault in [*faults, *reader.faults]], node


def plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [plain(value) for value in node.value]
    return {"true": True, "false": False}.get(node.value, node.value)


@pytest.mark.parametrize(("name", "category"), EVERY)
def test_a_new_project_has_no_errors_and_no_warnings(name: str, category: str | None, tmp_path: Path) -> None:
    (tmp_path / "govit.yaml").write_text(f"regulation: {name}\nunit: {{name: 某单位}}\nyear: 2027\n", encoding="utf-8")
    law = law_of(name)
    files = {"project.yaml": written(name, category, ABOVE), **skeletons(law, category, "某项目")}
    for path, text in files.items():
        (tmp_path / "a-2027" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "a-2027" / path).write_text(text, encoding="utf-8")
    report = run.check(run.RunSettings(paths=(tmp_path,), as_of=dt.date(2026, 11, 20)))
    grave = [f for f in report.findings if f.outcome is Outcome.VIOLATES and f.severity >= Severity.WARNING]
    assert {f.rule for f in grave} <= {"GOV-503"}, "only that the regulation itself is not in force"
    assert not [f for f in report.findings if f.rule.startswith("GOV") and f.rule != "GOV-503"]
    assert report.projects[0].stage == "草拟"
    todo = run.check(run.RunSettings(paths=(tmp_path,), as_of=dt.date(2026, 11, 20), todo=True, assume_in_force=True))
    assert todo.projects[0].findings


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema("project", [law_of(name)]))


@pytest.mark.parametrize(("name", "category"), EVERY)
@pytest.mark.parametrize("above", [frozenset(), ABOVE], ids=["alone", "in a dossier"])
def test_every_sample_and_every_example_can_be_used(name: str, category: str | None, above: frozenset[str]) -> None:
    blank = written(name, category, above)
    for text in (blank, uncommented(blank), filled(blank), filled(uncommented(blank))):
        _, faults, node = read(text, name)
        assert faults == []
        wrong = wrong_with(plain(node), validator(name))
        assert wrong == ([] if category or "category:\n" not in text else wrong)


@pytest.mark.parametrize(("name", "category"), EVERY)
def test_nothing_is_blank_any_more_when_every_example_is_written(name: str, category: str | None) -> None:
    values, _, _ = read(filled(uncommented(written(name, category))), name)
    missing = {key for key in specs(Project) if key not in values}
    aside = {"classified", "review"} | (set() if category else {"category"})
    of_words = {"build_modes": "build_mode", "figures": "figures"}
    without_words = {key for words, key in of_words.items() if not law_of(name).words[words]}
    assert missing - {"year"} == aside | without_words
