"""Several regulations for one project: the city's and the one above it, each told of apart, each question asked once."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from committed import commit
from places import TESTS
from program import program

if TYPE_CHECKING:
    from pathlib import Path

CITY, PROVINCE = "shili-city-2026", "shili-province-2025"
QUESTION = """    questions:
      成果归属约定: {ask: 合同是否约定源代码、数据归项目单位所有？}
"""
DAY = ("--as-of", "2026-11-20")


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """The invented city's dossier, to which the province's regulation applies as well; both ask one question."""
    root = tmp_path / "dossier"
    shutil.copytree(TESTS / "packs" / "fifth", root, ignore=shutil.ignore_patterns("expected.yaml"))
    pack = (TESTS / "packs" / "province" / "regulations" / f"{PROVINCE}.yaml").read_text(encoding="utf-8")
    (root / "regulations" / f"{PROVINCE}.yaml").write_text(_asking(pack), encoding="utf-8")
    top = root / "govit.yaml"
    both = f"regulation: [{CITY}, {PROVINCE}]"
    top.write_text(top.read_text(encoding="utf-8").replace(f"regulation: {CITY}", both), encoding="utf-8")
    return root


def _asking(pack: str) -> str:
    """The province's pack with a question that the city's has too; without examples, which would need the answer."""
    rule = """          - id: SS-3-3
            title: 合同应约定成果归属
            title_en: The contract says to whom the results belong
            quote: 应当自收到征求意见之日起十个工作日内书面答复
            check: answered
            question: 成果归属约定
            stage: 立项
            strength: must
            hint: 核对合同后回答。

  - number: 第四条
"""
    head, _, rest = pack.partition("  - number: 第四条\n")
    words = "  contract_traits:\n"
    return (head.rstrip("\n") + "\n" + rule + rest).replace(words, QUESTION.replace("    ", "  ", 1) + words, 1)


def report(dossier: Path, project: str, *more: str) -> dict[str, Any]:
    done = program("check", dossier / project, "--format", "json", *DAY, *more)
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_each_regulation_judges_the_project_by_its_own_words(dossier: Path) -> None:
    found = report(dossier, "sanitation-dispatch")
    assert [(p["regulation"], p["stage"]) for p in found["projects"]] == [(CITY, "运维"), (PROVINCE, "运行")]
    by_law = {f["document_number"] for f in found["findings"] if f["rule"].startswith("SS-")}
    assert by_law == {"示省规〔2025〕2号"}
    alone = report(dossier, "sanitation-dispatch", "--regulation", CITY)
    assert [f["rule"] for f in alone["findings"] if f["rule"].startswith("SS-")] == []


def test_it_is_counted_once_and_named_twice(dossier: Path) -> None:
    said = program("check", dossier, *DAY).stdout
    assert "共 2 个项目" in said
    assert said.count("■ 示例市环卫作业调度平台") == 2
    assert "《示例省政务信息化项目监督管理规定》  阶段 运行" in said


def test_a_question_is_asked_by_one_of_them_also_for_the_other(dossier: Path) -> None:
    asked = [f for f in report(dossier, "sensor-lease", "--stage", "运维")["findings"] if "成果归属约定" in f["message"]]
    assert [f["rule"] for f in asked] == ["SL-8-2"]
    assert "《示例省政务信息化项目监督管理规定》第三条（SS-3-3）也要知道" in asked[0]["message"]


def test_an_answer_serves_both(dossier: Path) -> None:
    done = program("answer", dossier / "sensor-lease", "成果归属约定", "是", "--by", "某人", "--on", "2026-11-01", *DAY)
    assert done.returncode == 0, done.stderr
    found = report(dossier, "sensor-lease", "--stage", "运维", "--all")
    assert {f["rule"]: f["outcome"] for f in found["findings"] if f["rule"] in ("SL-8-2", "SS-3-3")} == {
        "SL-8-2": "complies",
        "SS-3-3": "complies",
    }


def test_deadlines_and_routes_stand_side_by_side(dossier: Path) -> None:
    dates = json.loads(program("deadlines", dossier, "--format", "json", *DAY).stdout)["deadlines"]
    assert {d["regulation"] for d in dates} >= {CITY, PROVINCE}
    routes = json.loads(program("route", dossier, "--format", "json", *DAY).stdout)["projects"]
    mine = [r["regulation"] for r in routes if r["path"].endswith("sanitation-dispatch")]
    assert mine == [CITY, PROVINCE]


def test_what_one_of_them_calls_otherwise_is_written_for_each(dossier: Path) -> None:
    project = dossier / "sensor-lease" / "project.yaml"
    text = project.read_text(encoding="utf-8")
    assert "category: 租赁服务" in text
    each = f"category: {{{CITY}: 租赁服务, {PROVINCE}: 运行维护}}"
    project.write_text(text.replace("category: 租赁服务", each), encoding="utf-8")
    found = report(dossier, "sensor-lease")
    assert [f["rule"] for f in found["findings"] if f["rule"] == "SS-1-2"] == ["SS-1-2"]
    assert not [f for f in found["findings"] if f["rule"].startswith("GOV-1") and f["project"]]


def test_a_word_of_neither_is_told_once(dossier: Path) -> None:
    project = dossier / "sensor-lease" / "project.yaml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace("category: 租赁服务", "category: 租凭服务"), encoding="utf-8")
    assert [f["subject"] for f in report(dossier, "sensor-lease")["findings"] if f["rule"] == "GOV-106"] == ["category"]


def test_a_waiver_is_of_the_regulation_whose_rule_it_names(dossier: Path) -> None:
    project = dossier / "sensor-lease" / "project.yaml"
    waiver = "waivers:\n- {rule: SL-4-2, reason: 会议同意, by: 市政府, number: 纪要1号, until: 2027-01-01}\n"
    project.write_text(project.read_text(encoding="utf-8") + waiver, encoding="utf-8")
    found = report(dossier, "sensor-lease")["findings"]
    assert [f["rule"] for f in found if f["waived"]] == ["SL-4-2"]
    assert [f["rule"] for f in found if f["rule"].startswith("GOV-4")] == []


def test_an_unknown_one_is_told_at_its_place(dossier: Path) -> None:
    top = dossier / "govit.yaml"
    top.write_text(top.read_text(encoding="utf-8").replace(PROVINCE, "shili-province-2052"), encoding="utf-8")
    found = report(dossier, "sensor-lease")["findings"]
    assert any(f["rule"] == "GOV-109" and "shili-province-2052" in f["message"] for f in found)
    assert any(f["rule"] == "SL-4-2" for f in found)


def test_a_new_project_is_set_up_for_the_one_that_leads(dossier: Path) -> None:
    done = program("new", "2027-new", "--name", "新平台", "--category", "新建", "--dir", dossier)
    assert done.returncode == 0, done.stderr
    text = (dossier / "2027-new" / "project.yaml").read_text(encoding="utf-8")
    assert "《示例市政务信息化项目管理办法》" in text
    assert "regulation:" not in text


def test_a_change_is_held_against_the_approved_project_as_the_same_regulation_reads_it(dossier: Path) -> None:
    commit(dossier)
    done = program("change", dossier / "sanitation-dispatch", "--base", "HEAD", "--format", "json", *DAY)
    found = json.loads(done.stdout)["projects"]
    assert [one["regulation"] for one in found] == [CITY, PROVINCE]
    assert "适用办法" not in program("change", dossier / "sanitation-dispatch", "--base", "HEAD", *DAY).stdout
