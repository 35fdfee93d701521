"""The self-check on paper: one line for each duty and its place, by article, in few words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from places import SAMPLES
from word_forms import AS_OF, sample

from govit.base.records import replace
from govit.dossier.model import Answer
from govit.forms.data import selfcheck
from govit.judging.run import RunSettings, open_dossiers
from govit.law.kinds.presence import Answered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govit.forms.data.filled_form import FilledForm

EVERY = sorted(path.parent.name for path in SAMPLES.glob("*/*/project.yaml"))


def lines(found: FilledForm) -> Iterator[selfcheck.Row]:
    for group in selfcheck.findings_articles(found):
        yield from group["rows"]


@pytest.mark.parametrize("name", EVERY)
def test_a_duty_and_its_place_have_one_line_and_no_finding_is_lost(name: str) -> None:
    found = sample(name, "selfcheck")
    shown = list(lines(found))
    places = [(row["rule"], row["subject"], row["outcome"]) for row in shown]
    assert len(places) == len(set(places))
    assert {row["rule"] for row in shown} == {row["rule"] for row in selfcheck.findings(found)}
    assert [row["n"] for row in shown] == [str(n) for n in range(1, len(shown) + 1)]
    articles = [group["article"] for group in selfcheck.findings_articles(found)]
    assert len(articles) == len(set(articles))


@pytest.mark.parametrize("name", EVERY)
def test_a_line_names_documents_and_neither_paths_nor_questions(name: str) -> None:
    found = sample(name, "selfcheck")
    for row in lines(found):
        assert row["brief"]
        assert "documents/" not in row["brief"]
        assert not any(question.ask in row["brief"] for question in found.regulation.questions.values())
        assert not row["brief"].startswith(f"{row['title']}：")


def drafted(folder: Path) -> FilledForm:
    """The self-check of a project of which nothing is known."""
    (folder / "p").mkdir()
    (folder / "p" / "project.yaml").write_text(
        "id: p\nname: 草拟的项目\nregulation: lianyungang-2025\nstage: 草拟\n", encoding="utf-8"
    )
    case = next(iter(open_dossiers(RunSettings(paths=(folder,), as_of=AS_OF)).cases()))
    about = sample("2027-smart-parking", "selfcheck")
    return replace(about, case=case)


def test_a_project_of_which_nothing_is_known_has_no_line_without_a_word(tmp_path: Path) -> None:
    for row in lines(drafted(tmp_path)):
        assert row["brief"].strip()
        assert not any(line.endswith("：") for line in row["brief"].splitlines()), row


def test_an_answer_that_was_given_is_not_said_to_be_missing(tmp_path: Path) -> None:
    """否 is an answer: the line says so, and neither that nothing is written nor the question again."""
    about = drafted(tmp_path)
    regulation = about.regulation
    asked = {rule.demand.confirmed.name for rule in regulation.rules if isinstance(rule.demand, Answered)}
    answers = {name: Answer(at=f"answers.{name}", answer="否", by="甲", on=AS_OF) for name in asked}
    project = replace(about.case.project, answers=answers, stage=regulation.stages[-1].name)
    shown = list(lines(replace(about, case=replace(about.case, project=project))))
    said = [row["brief"] for row in shown if "人工确认" in row["brief"]]
    assert "人工确认为“否”" in said
    assert not any("没有填写" in brief for brief in said)


def test_what_a_form_prints_has_labels_and_days_in_words() -> None:
    rows = selfcheck.findings(sample("2026-leakage-monitoring", "selfcheck"))
    printed = "\n".join(f"{row['message']}\n{row['evidence']}" for row in rows)
    assert "总投资：" in printed
    assert not re.search(r"[a-z_]+\.[a-z_]+（|[a-z]（|(?<!\d)\d{4}-\d\d-\d\d(?!\d|-)", printed)
