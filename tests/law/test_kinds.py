"""A kind of check stands in two files: where it is declared, and where it is judged. Nobody else knows its name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

import pytest
from dating import case_of
from places import ROOT
from small_pack import PACK, judge, project, regulation
from sources import nodes

from govit.base.records import field, named_record
from govit.deadlines import due
from govit.dossier.finding import Outcome
from govit.judging import derived
from govit.judging.checks.table import JUDGED
from govit.judging.checks.verdict import Verdict, complies, violates
from govit.law.asks_for import requirements
from govit.law.derivations import FORMS
from govit.law.in_words import describe
from govit.law.kinds import authority, presence, time, value
from govit.law.kinds.demand import Demand, Syntax, parameters, written
from govit.law.kinds.table import DECLARED, KINDS
from govit.route.routing import route

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govit.dossier.model import Record
    from govit.judging.facts import Facts

DECLARING = ROOT / "govit" / "law" / "kinds"
JUDGING = ROOT / "govit" / "judging" / "checks"
ELSEWHERE = [p for p in sorted((ROOT / "govit").rglob("*.py")) if not {DECLARING, JUDGING} & set(p.parents)]
OTHER_THINGS = {
    "approved": "a tag of git, and the amount that a form prints",
    "before": "one of the two sides of a comparison",
    "chapter": "a key of an article",
    "present": "whether a paper of a form is there",
    "scope": "a key of a change",
    "within": "an option of a list of dates",
}
"""Names of kinds that are also names of something else."""


# -- the two tables --------------------------------------------------------------------------------


def test_every_kind_that_is_declared_is_judged_and_no_other() -> None:
    assert set(JUDGED) == set(DECLARED)
    assert len(KINDS) == len(DECLARED) == 16


@pytest.mark.parametrize("kind", DECLARED, ids=lambda kind: kind.kind)
def test_a_kind_is_judged_by_the_function_of_its_parameters(kind: type[Demand]) -> None:
    first = next(iter(JUDGED[kind].__annotations__.values()))
    assert first == kind.__name__


@pytest.mark.parametrize("family", [presence, authority, value, time], ids=lambda module: module.__name__)
def test_a_kind_is_judged_in_the_module_of_the_name_that_declares_it(family: object) -> None:
    name = str(family.__name__)  # type: ignore[attr-defined] # a module
    for kind in DECLARED:
        if kind.__module__ == name:
            assert JUDGED[kind].__module__ == name.replace("govit.law.kinds", "govit.judging.checks")


def test_every_form_of_a_fact_is_worked_out_by_the_function_of_that_form() -> None:
    made = derived._BY_FORM
    assert set(made) == set(FORMS)
    assert {form: run.__annotations__["how"] for form, run in made.items()} == {form: form.__name__ for form in FORMS}


@pytest.mark.parametrize("kind", DECLARED, ids=lambda kind: kind.kind)
def test_what_must_be_written_is_one_of_the_keys_that_may_be(kind: type[Demand]) -> None:
    keys = {parameter.key for parameter in parameters(kind)}
    assert keys
    assert {key for wanted in kind.one_of for key in wanted} <= keys


# -- nobody else knows a kind ----------------------------------------------------------------------


def trees() -> Iterator[tuple[Path, tuple[ast.AST, ...]]]:
    for path in ELSEWHERE:
        yield path, nodes(path)


def test_no_other_module_names_a_kind() -> None:
    named = {
        (path.name, node.value)
        for path, tree in trees()
        for node in tree
        if isinstance(node, ast.Constant) and node.value in KINDS and node.value not in OTHER_THINGS
    }
    assert named == set()


def test_no_other_module_asks_which_kind_a_rule_is_of() -> None:
    asking = {
        (path.name, node.lineno)
        for path, tree in trees()
        for node in tree
        if isinstance(node, (ast.Compare, ast.Match, ast.Subscript))
        for inner in ast.walk(node.subject if isinstance(node, ast.Match) else node)
        if isinstance(inner, ast.Attribute) and inner.attr == "check"
    }
    assert asking == set()


def test_no_other_module_imports_a_kind() -> None:
    families = {kind.__module__ for kind in DECLARED}
    importing = {
        path.name
        for path, tree in trees()
        for node in tree
        if isinstance(node, ast.ImportFrom) and node.module in families
    }
    assert importing == set()


# -- a kind more -----------------------------------------------------------------------------------


@named_record
class Signed(Demand):
    """应有人签字：a kind that no module of govit knows."""

    kind: ClassVar[str] = "signed"
    signer: str = field(metadata=written(Syntax.TEXT))

    @property
    def in_words(self) -> str:
        """由谁签字."""
        return f"由{self.signer}签字"


def signed(demand: Signed, facts: Facts, _: Record | None) -> list[Verdict]:
    if facts.project.manager == demand.signer:
        return [complies(demand.signer)]
    return [violates(demand.signer, f"“{demand.signer}”没有签字", at="manager")]


def test_a_kind_more_needs_its_declaration_and_its_judging_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "signed", Signed)  # type: ignore[arg-type] # a Mapping for everyone else
    monkeypatch.setitem(JUDGED, Signed, signed)  # type: ignore[arg-type] # likewise
    text = PACK.replace("check: present, documents: [方案书]", "check: signed, signer: 王某")
    assert judge(text)["SM-3-1"].outcome is Outcome.VIOLATES
    assert judge(text, manager="王某")["SM-3-1"].outcome is Outcome.COMPLIES
    pack = regulation(text)
    rule = next(rule for rule in pack.rules if rule.id == "SM-3-1")
    assert describe(rule) == "从“申报”这一步起，应当由王某签字"
    assert requirements(pack).of("documents=方案书") == ()
    case = case_of(project(pack), pack, "2024-06-03")
    assert all(line.rule != "SM-3-1" for line in due.of_rules(case, case.examined(), 30))
    assert route(case).findings == ()


@pytest.mark.parametrize(
    ("written_as", "fault"),
    [
        ("check: sined, signer: 王某", "没有“sined”这种检查"),
        ("check: approved, body: 甲局", "approved 类规则缺少 act"),
        ("check: equals, field: name", "equals 类规则缺少 value 或 to"),
        ("check: chapter, chapter: 概述", "chapter 类规则要用 each: {documents: […]} 写明看哪些文件"),
    ],
)
def test_a_demand_that_lacks_something_is_refused(written_as: str, fault: str) -> None:
    text = PACK.replace("check: present, documents: [方案书]", written_as)
    with pytest.raises(Exception, match=r"小|small") as caught:
        regulation(text)
    assert fault in str(caught.value)


def test_a_body_of_a_record_that_names_none_is_refused() -> None:
    text = PACK.replace("from: events.完成建设", "from: events.完成建设@甲局", 1)
    with pytest.raises(Exception, match="事项不写机构"):
        regulation(text)


@pytest.mark.parametrize("how", ["first: [approvals.乙审.until, schedule.end]", "earlier: [approvals.乙审, schedule.end]"])
def test_nothing_is_asked_for_a_period_before_any_record_is_there_that_starts_it(how: str) -> None:
    text = PACK.replace("facts: []", f"facts:\n  - {{name: 起, article: 第二条, {how}}}")
    text = text.replace("from: events.完成建设", "from: 起")
    assert judge(text, stage="申报")["SM-2-1"].outcome is Outcome.NOT_APPLICABLE
    passed = [{"body": "乙局", "act": "乙审", "result": "通过", "date": "2024-02-01"}]
    assert judge(text, stage="申报", approvals=passed)["SM-2-1"].outcome is Outcome.UNDETERMINED
