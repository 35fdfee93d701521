"""The program as a user runs it: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from places import FIFTH
from published import follows
from typer.testing import CliRunner

from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

Snapshot = "Callable[[str, str], None]"
DAY = "--as-of=2024-06-03"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def report(*arguments: object) -> dict[str, Any]:
    result = run("check", *arguments, "--format", "json")
    data = json.loads(result.stdout)
    follows(data, "govit-report-1")
    return data


def edit(dossier: Path, old: str, new: str) -> None:
    path = dossier / "bridge" / "project.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(dossier: Path, text: str) -> None:
    path = dossier / "bridge" / "project.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_violation_is_shown_with_place_article_reason_and_remedy(dossier: Path, snapshot: Snapshot) -> None:
    result = run("check", dossier, DAY)
    assert result.exit_code == 1
    snapshot("check-violation", result.stdout)


def test_a_clean_project_exits_with_zero_and_says_how_much_was_judged(dossier: Path, snapshot: Snapshot) -> None:
    edit(dossier, "120万元", "100万元")
    result = run("check", dossier, DAY)
    assert result.exit_code == 0
    snapshot("check-clean", result.stdout)


def test_all_lists_what_complies_and_what_does_not_apply(dossier: Path, snapshot: Snapshot) -> None:
    snapshot("check-all", run("check", dossier, DAY, "--all").stdout)


def test_todo_groups_what_is_open_by_who_must_answer(dossier: Path, snapshot: Snapshot) -> None:
    edit(dossier, "answers:\n  问清楚: {answer: 是, by: 某人, on: 2024-02-01}\n", "")
    edit(dossier, "  total: 120万元", "  single: 120万元")
    snapshot("check-todo", run("check", dossier, DAY, "--todo").stdout)


def test_a_draft_project_passes_and_todo_shows_the_first_step(dossier: Path) -> None:
    edit(dossier, "stage: 审批", "stage: 草拟")
    edit(dossier, "answers:\n  问清楚: {answer: 是, by: 某人, on: 2024-02-01}\n", "")
    assert run("check", dossier, DAY).exit_code == 0
    assert "SM-3-2" in run("check", dossier, DAY, "--todo").stdout


def test_the_carets_stand_under_the_value_after_double_width_characters(dossier: Path) -> None:
    edit(dossier, "unit: {name: 某市交通局}", "unit: {name: 某市交通局, kindd: 甲}")
    lines = run("check", dossier, DAY).stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if "kindd" in line and "|" in line)
    shown, caret = lines[at], lines[at + 1]
    before = shown[: shown.index("kindd")]
    assert caret.index("^") == sum(2 if ord(c) > 0x2E80 else 1 for c in before)


def test_fail_on_lowers_the_failing_level(dossier: Path) -> None:
    edit(dossier, "120万元", "100万元")
    edit(dossier, "answers:\n  问清楚: {answer: 是, by: 某人, on: 2024-02-01}\n", "")
    assert run("check", dossier, DAY).exit_code == 0
    assert run("check", dossier, DAY, "--fail-on", "warning").exit_code == 0
    assert run("check", dossier, DAY, "--fail-on", "undetermined").exit_code == 1
    add(dossier, "events:\n  - {kind: 完成建设, on: 2024-01-15}\n")
    assert run("check", dossier, "--as-of=2024-05-06", "--fail-on", "warning").exit_code == 1


def test_stage_judges_as_if_about_to_make_that_step(dossier: Path) -> None:
    assert run("check", dossier, DAY, "--stage", "申报").exit_code == 0
    assert run("check", dossier, DAY, "--stage", "验收").exit_code == 1
    wrong = run("check", dossier, DAY, "--stage", "申保")
    assert wrong.exit_code == 2
    assert "是不是“申报”" in wrong.stderr


def test_the_json_report_keeps_its_contract(dossier: Path) -> None:
    data = report(dossier, DAY)
    assert (data["schema"], data["as_of"]) == ("govit-report/1", "2024-06-03")
    assert data["counts"] == {"error": 1, "warning": 0, "info": 0, "undetermined": 0, "waived": 0, "advisory": 0}
    finding = data["findings"][0]
    assert (finding["rule"], finding["article"], finding["document_number"]) == ("SM-1-1", "第一条", "小政〔2024〕1号")
    assert (finding["project"], finding["file"], finding["line"]) == ("bridge", "bridge/project.yaml", 1)
    assert data["projects"][0]["counts"]["complies"] == 2


def test_the_fingerprint_survives_moved_lines_and_the_same_input_gives_the_same_bytes(dossier: Path) -> None:
    before = report(dossier, DAY)["findings"][0]
    assert (
        run("check", dossier, DAY, "--format", "json").stdout == run("check", dossier, DAY, "--format", "json").stdout
    )
    path = dossier / "bridge" / "project.yaml"
    path.write_text("# 说明\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    after = report(dossier, DAY)["findings"][0]
    assert before["fingerprint"] == after["fingerprint"]
    assert before["line"] != after["line"]


def test_a_project_alone_and_its_file_can_be_named(dossier: Path) -> None:
    for path in (dossier / "bridge", dossier / "bridge" / "project.yaml"):
        assert [p["id"] for p in report(path, DAY)["projects"]] == ["bridge"]


def test_output_is_written_to_a_file_whole(dossier: Path, tmp_path: Path) -> None:
    target = tmp_path / "报告.json"
    target.write_text("old", encoding="utf-8")
    result = run("check", dossier, DAY, "--format", "json", "--output", target)
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "govit-report/1"


def test_the_folder_of_a_report_is_made(dossier: Path, tmp_path: Path) -> None:
    assert run("check", dossier, DAY, "--output", tmp_path / "out" / "新" / "报告.txt").exit_code == 1
    assert "SM-1-1" in (tmp_path / "out" / "新" / "报告.txt").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_does_not_lose_the_others(dossier: Path, tmp_path: Path) -> None:
    (tmp_path / "甲").write_text("", encoding="utf-8")
    wanted = ("--format", "sarif", "-o", tmp_path / "甲" / "a.sarif", "--format", "junit", "-o", tmp_path / "b.xml")
    result = run("check", dossier, DAY, *wanted, "--format", "text")
    assert (result.exit_code, "甲" in result.stderr, "SM-1-1" in result.stdout) == (2, True, True)
    assert "<testsuites" in (tmp_path / "b.xml").read_text(encoding="utf-8")


def test_nothing_is_written_into_the_dossier(dossier: Path) -> None:
    before = sorted((p, p.stat().st_mtime_ns) for p in dossier.rglob("*"))
    run("check", dossier, DAY)
    assert sorted((p, p.stat().st_mtime_ns) for p in dossier.rglob("*")) == before


# -- waivers -------------------------------------------------------------------------------------

WAIVER = "waivers:\n  - {{rule: {rule}, subject: {subject}, reason: 会议同意, by: 王主任, number: 纪要1号, until: {until}}}\n"
MUST = {"rule": "SM-1-1", "subject": "甲局甲审"}


def test_a_waiver_on_a_must_rule_marks_it_and_keeps_its_severity(dossier: Path) -> None:
    add(dossier, WAIVER.format(**MUST, until="2024-12-31"))
    data = report(dossier, DAY)
    finding = data["findings"][0]
    assert (finding["severity"], finding["waived"]) == ("error", {"number": "纪要1号", "until": "2024-12-31"})
    assert (data["counts"]["error"], data["counts"]["waived"]) == (0, 1)
    assert run("check", dossier, DAY).exit_code == 0
    assert run("check", dossier, DAY, "--no-waivers").exit_code == 1


def test_a_waiver_on_a_default_rule_makes_it_an_info(dossier: Path) -> None:
    add(dossier, "events:\n  - {kind: 完成建设, on: 2024-01-15}\n")
    add(dossier, WAIVER.format(rule="SM-2-2", subject='""', until="2024-12-31"))
    finding = next(f for f in report(dossier, "--as-of=2024-05-06")["findings"] if f["rule"] == "SM-2-2")
    assert finding["severity"] == "info"


def test_a_waiver_without_a_subject_means_the_only_problem_of_its_rule(dossier: Path) -> None:
    add(dossier, WAIVER.format(**MUST, until="2024-12-31").replace(" subject: 甲局甲审,", ""))
    data = report(dossier, DAY)
    assert (data["counts"]["error"], data["counts"]["waived"]) == (0, 1)
    assert "GOV-402" not in {f["rule"] for f in data["findings"]}


@pytest.mark.parametrize(
    ("waiver", "rule"),
    [
        ({**MUST, "until": "2024-06-02"}, "GOV-401"),
        ({"rule": "SM-1-1", "subject": "乙局甲审", "until": "2024-12-31"}, "GOV-402"),
        ({"rule": "SM-3-1", "subject": "方案书", "until": "2024-12-31"}, "GOV-402"),
    ],
)
def test_expired_and_unused_waivers_are_findings(dossier: Path, waiver: dict[str, str], rule: str) -> None:
    add(dossier, WAIVER.format(**waiver))
    data = report(dossier, DAY)
    assert rule in {f["rule"] for f in data["findings"]}
    assert data["counts"]["error"] == 1


def test_govits_own_rules_cannot_be_waived(dossier: Path) -> None:
    add(dossier, WAIVER.format(rule="GOV-301", subject="x", until="2024-12-31"))
    assert {f["rule"] for f in report(dossier, DAY)["findings"]} >= {"GOV-106", "SM-1-1"}


# -- classified projects -------------------------------------------------------------------------


def test_a_classified_stub_gives_one_info_and_anything_more_is_refused_unread(dossier: Path) -> None:
    path = dossier / "bridge" / "project.yaml"
    path.write_text("id: s-1\nclassified: true\n", encoding="utf-8")
    (dossier / "bridge" / "方案书.md").unlink()
    data = report(dossier, DAY)
    assert [(f["rule"], f["severity"]) for f in data["findings"]] == [("GOV-501", "info")]
    path.write_text("id: s-1\nclassified: true\nname: 秘密工程\n", encoding="utf-8")
    result = run("check", dossier, DAY)
    assert result.exit_code == 1
    assert "GOV-502" in result.stdout
    assert "秘密工程" not in json.dumps(report(dossier, DAY), ensure_ascii=False)


# -- explain and regulations ---------------------------------------------------------------------


def test_explain_a_rule_and_an_article(dossier: Path, snapshot: Snapshot) -> None:
    packs = f"--regulations={dossier / 'packs'}"
    snapshot("explain-article", run("explain", "第二条", packs, "--regulation", "small-2024").stdout)
    assert "Budget lines" in run("explain", "GOV-301").stdout
    wrong = run("explain", "SM-2-9", packs)
    assert wrong.exit_code == 2
    assert "SM-2-" in wrong.stderr


def test_explain_every_rule_of_every_regulation() -> None:
    from govit.authoring.explain import explain
    from govit.law.library import Library

    library = Library()
    for name in library.ids():
        regulation = library.get(name)
        assert regulation is not None
        for rule in regulation.rules:
            assert rule.quote in explain(library, rule.id)


def test_regulations_are_listed_with_their_status_on_the_day() -> None:
    shown = run("regulations", DAY).stdout
    assert "尚未施行" in shown
    assert "现行有效" in shown


def test_the_coverage_table_leaves_no_sentence_unexplained() -> None:
    data = json.loads(run("regulations", "--coverage", "--format", "json").stdout)
    for regulation in data["regulations"]:
        assert set(regulation) >= {"id", "checks", "articles"}
        sentences = [s for article in regulation["articles"] for s in article["sentences"]]
        assert [s["text"] for s in sentences if not s["rules"] and not (s["status"] and s["why"])] == []


def test_the_keepers_sheet_has_every_sentence_and_room_to_sign(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    target = tmp_path / "核对表.xlsx"
    assert run("regulations", "--coverage", "--format", "xlsx").exit_code == 2
    assert run("regulations", "--coverage", "--format", "xlsx", "--output", target).exit_code == 0
    first = target.read_bytes()
    run("regulations", "--coverage", "--format", "xlsx", "--output", target)
    assert target.read_bytes() == first
    book = load_workbook(target)
    data = json.loads(run("regulations", "--coverage", "--format", "json").stdout)
    for regulation in data["regulations"]:
        sheet = book[regulation["id"]]
        texts = {cell.value for cell in sheet["B"]}
        assert {s["text"] for a in regulation["articles"] for s in a["sentences"]} <= texts
        assert [cell.value for cell in sheet[3]][-4:] == ["核对结论\n（同意/修改）", "修改意见", "核对人", "日期"]
        assert sheet.freeze_panes == "C4"


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith("govit ")
    for command in ("check", "explain", "regulations"):
        shown = run(command, "--help")
        assert shown.exit_code == 0
        assert command in shown.stdout


# -- what must not be shown ----------------------------------------------------------------------


def test_the_text_report_never_repeats_a_line_with_a_classification_mark(dossier: Path) -> None:
    edit(dossier, "name: 桥梁监测平台", "name: 桥梁监测平台（机密★十年）")
    result = run("check", dossier, DAY)
    assert "GOV-208" in result.stdout
    assert "★" not in "".join(line for line in result.stdout.splitlines() if " | " in line)


def test_the_text_report_shows_no_control_character_of_a_source_line(dossier: Path) -> None:
    path = dossier / "bridge" / "project.yaml"
    path.write_bytes(path.read_bytes().replace("某市交通局".encode(), "某市\u202e交通局, kindd: 甲".encode()))
    assert "\u202e" not in run("check", dossier, DAY).stdout


def test_a_pack_of_ones_own_cannot_replace_a_built_in_one(dossier: Path) -> None:
    (dossier / "packs" / "qidong-2022.yaml").write_text("id: qidong-2022\n", encoding="utf-8")
    path = dossier / "govit.yaml"
    path.write_text("regulation: qidong-2022\nregulations: packs\n", encoding="utf-8")
    found = report(dossier, DAY)["findings"]
    assert [f["message"] for f in found if f["rule"] == "GOV-109"] == ["与内置办法 qidong-2022 同名"]


# -- what is given wrongly is unknown ------------------------------------------------------------


def test_an_answer_without_person_and_date_is_no_answer(dossier: Path) -> None:
    edit(dossier, "{answer: 是, by: 某人, on: 2024-02-01}", "{answer: 是}")
    found = {f["rule"]: f["outcome"] for f in report(dossier, DAY)["findings"]}
    assert (found["SM-3-2"], found["GOV-108"]) == ("undetermined", "violates")


def test_a_projects_own_unreadable_answer_is_not_replaced_by_the_units(dossier: Path) -> None:
    path = dossier / "govit.yaml"
    path.write_text(path.read_text("utf-8") + "answers: {问清楚: {answer: 是, by: 某人, on: 2024-02-01}}\n", "utf-8")
    edit(dossier, "问清楚: {answer: 是, by: 某人, on: 2024-02-01}", "问清楚: 否")
    assert {f["rule"]: f["outcome"] for f in report(dossier, DAY)["findings"]}["SM-3-2"] == "undetermined"


def test_an_answer_of_the_future_does_not_count_and_is_named(dossier: Path) -> None:
    edit(dossier, "on: 2024-02-01}\n", "on: 2025-02-01}\n")
    assert {"GOV-307", "SM-3-2"} <= {f["rule"] for f in report(dossier, DAY)["findings"]}


def test_the_last_word_of_a_body_counts(dossier: Path) -> None:
    passed = "approvals:\n  - {body: 甲局, act: 甲审, result: 通过, date: 2024-03-01}\n"
    add(dossier, passed)
    assert run("check", dossier, DAY).exit_code == 0
    add(dossier, "  - {body: 甲局, act: 甲审, result: 不通过, date: 2024-03-05}\n")
    found = next(f for f in report(dossier, DAY)["findings"] if f["rule"] == "SM-1-1")
    assert "不通过" in found["message"]


@pytest.mark.parametrize(
    "line", ["classified:\n", "classifed: true\n", "涉密: true\n", "classified: false\nclassified: true\n"]
)
def test_whatever_is_not_clearly_unclassified_is_not_read(dossier: Path, line: str) -> None:
    add(dossier, line)
    result = run("check", dossier, DAY)
    assert result.exit_code == 1
    assert "GOV-502" in result.stdout
    assert "桥梁监测平台" not in result.stdout


def test_a_report_is_never_written_among_what_it_reports_on(dossier: Path) -> None:
    for target in (dossier / "govit.yaml", dossier / "bridge" / "project.yaml", dossier / "bridge" / "r.txt"):
        before = target.read_bytes() if target.exists() else None
        assert run("check", dossier, DAY, "--output", target).exit_code == 2
        assert (target.read_bytes() if target.exists() else None) == before


def test_a_stage_that_the_regulation_does_not_have_is_an_error_and_never_a_pass(dossier: Path) -> None:
    result = run("check", dossier, DAY, "--stage", "备案")
    assert result.exit_code == 1
    assert "错误 GOV-111  《小城办法》没有“备案”这个阶段，本次按项目自己的阶段判断" in result.stdout
    assert "--stage 写这里面的一个：草拟、申报、审批、验收" in result.stdout
    assert "错误 SM-1-1" in result.stdout


HELD = "- {is: violates, set: {unit.kind: 国有企业}}"


@pytest.fixture
def unproven(tmp_path: Path) -> Path:
    """The fifth dossier with an example of its pack that does not hold."""
    dossier = tmp_path / "fifth"
    shutil.copytree(FIFTH, dossier)
    pack = dossier / "regulations" / "shili-city-2026.yaml"
    text = pack.read_text(encoding="utf-8")
    pack.write_text(text.replace(HELD, HELD.replace("violates", "complies"), 1), encoding="utf-8")
    return dossier


def test_a_pack_of_ones_own_whose_examples_do_not_hold_is_refused_unless_it_is_being_written(unproven: Path) -> None:
    dossier, day = unproven, "--as-of=2026-11-20"
    text = (FIFTH / "regulations" / "shili-city-2026.yaml").read_text(encoding="utf-8")

    refused = run("check", dossier, day)
    assert refused.exit_code == 1
    assert "的示例不成立：应当合规，结果是不合规" in refused.output
    assert f"shili-city-2026.yaml:{1 + text[: text.index(HELD)].count(chr(10))}" in refused.output
    assert "--unproven" in refused.output
    assert "合规 0" in refused.output

    judged = run("check", dossier, day, "--unproven")
    assert "示例不成立" not in judged.output
    sums = [one.splitlines()[-2] for one in (judged.output, run("check", FIFTH, day).output)]
    assert sums[0] == sums[1]
    assert "合规 0" not in sums[0]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["deadlines"], "没有可用的办法，没有列出期限"),
        (["route"], "的示例不成立：应当合规，结果是不合规"),
        (["render", "合规自查表"], "没有写明可用的办法；先运行 govit check"),
    ],
    ids=lambda words: words[0],
)
def test_no_other_command_concludes_anything_from_such_a_pack(unproven: Path, command: list[str], told: str) -> None:
    words = (*command, unproven, "--as-of=2026-11-20")
    refused = run(*words)
    assert refused.exit_code == 1
    assert told in refused.output.replace("\n      ", "")
    assert told not in run(*words, "--unproven").output.replace("\n      ", "")
    assert "表" in run("render", "--list", unproven).output.partition("都可以出的")[0]
