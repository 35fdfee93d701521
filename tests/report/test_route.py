"""The route as people and machines get it: a ladder, JSON, and a flowchart into which nothing can be injected."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from places import ROOT, SAMPLES
from published import follows
from typer.testing import CliRunner

from govit.base.language import Language, speak
from govit.base.width import width
from govit.cli.commands import app
from govit.report.mermaid import escaped, label, marked
from govit.report.route import COLUMNS, folded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Snapshot = Callable[[str, str], None]

SAMPLE = SAMPLES
DAY = "--as-of=2026-11-20"
CITIES = sorted(path.name for path in SAMPLE.iterdir() if path.is_dir())
ROUTES = """
routes:
  - name: 大项目
    article: 第一条
    when: {建设类: true, budget.total: "> 100万元"}
    steps:
      - {rule: SM-1-1, body: 甲局, does: 审查, papers: [方案书]}
      - rule: SM-3-1
        body: 本单位
        does: 写方案
        choice: [{papers: [方案书], article: 第三条}, {papers: [方案书], merged: true, allowed: 跨界}]
      - {rule: SM-2-1, body: 甲局, does: 收报告}
  - name: 小项目
    article: 第三条
    when: {建设类: true, budget.total: "<= 100万元"}
    steps:
      - {rule: SM-3-2, body: 本单位, does: 问清楚}
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["route", *map(str, arguments)])


@pytest.fixture
def routed(dossier: Path) -> Path:
    """The small dossier with routes in its regulation."""
    pack = dossier / "packs" / "small-2024.yaml"
    pack.write_text(pack.read_text(encoding="utf-8") + ROUTES, encoding="utf-8")
    return dossier


def edit(dossier: Path, old: str, new: str) -> None:
    path = dossier / "bridge" / "project.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# -- text ------------------------------------------------------------------------------------------


def test_the_ladder_shows_what_is_next(routed: Path, snapshot: Snapshot) -> None:
    result = run(routed, "--as-of=2024-06-03")
    assert result.exit_code == 0
    snapshot("route", result.stdout)


def test_all_shows_what_does_not_apply_and_the_other_routes_with_reasons(routed: Path, snapshot: Snapshot) -> None:
    edit(routed, "answers:", "events:\n  - {kind: 完成建设, on: 2024-02-01}\nanswers:")
    snapshot("route-all", run(routed, "--as-of=2024-08-02", "--all").stdout)


def test_what_is_not_filled_in_leaves_several_routes(routed: Path, snapshot: Snapshot) -> None:
    edit(routed, "  total: 120万元\n", "  operation: 1万元\n")
    snapshot("route-open", run(routed, "--as-of=2024-06-03").stdout)


@pytest.mark.parametrize("city", CITIES)
def test_the_text_is_100_columns_wide_at_most_and_every_character_is_in_gbk(city: str) -> None:
    for more in ([], ["--all"], ["--stage=采购"]):
        text = run(SAMPLE / city, DAY, *more).stdout
        text.encode("gbk")
        wide = [line for line in text.splitlines() if width(line) > COLUMNS and not line.startswith("■")]
        assert wide == []
        assert "下一步" in text or "没有现在要办的步骤" in text


@pytest.mark.parametrize("city", CITIES)
def test_each_sample_project_has_a_route_with_steps_that_were_made(city: str) -> None:
    data = json.loads(run(SAMPLE / city, DAY, "--format=json").stdout)
    for project in data["projects"]:
        assert any(step["state"] == "done" and step["done"] for step in project["routes"][0]["steps"])
        numbers = [d["number"] for r in project["routes"] for s in r["steps"] for d in s["done"] if d["number"]]
        assert numbers


def test_lines_are_broken_after_punctuation_and_keep_every_character() -> None:
    text = "甲乙丙，丁戊己；" * 20 + "庚" * 90
    lines = list(folded(text, "  ", "    ", 40))
    assert "".join(line.strip() for line in lines) == text
    assert max(map(width, lines)) <= 40


def test_a_project_that_cannot_be_read_is_told_and_the_others_are_still_shown(routed: Path) -> None:
    (routed / "tower").mkdir()
    (routed / "tower" / "project.yaml").write_text("id: [tower\n", encoding="utf-8")
    result = run(routed, "--as-of=2024-06-03")
    assert result.exit_code == 1
    assert "列不出审批路径，先改正" in result.stdout
    assert "tower/project.yaml:" in result.stdout
    assert "路径 大项目（第一条）" in result.stdout


@pytest.mark.parametrize("fmt", ["text", "json", "mermaid"])
def test_what_is_wrong_with_the_dossier_is_told_in_every_format(routed: Path, fmt: str) -> None:
    settings = routed / "govit.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "calender: [2024.yaml]\n", encoding="utf-8")
    result = run(routed, "--as-of=2024-06-03", "--format", fmt)
    assert result.exit_code == 1
    assert "calender" in result.stdout
    assert "大项目" in result.stdout


@pytest.mark.parametrize("key", ["category", "budget", "stage", "unit", "traits", "name", "id"])
def test_a_project_that_lacks_a_key_still_has_a_ladder(key: str, tmp_path: Path) -> None:
    source = SAMPLE / "lianyungang" / "2026-road-inspection" / "project.yaml"
    data = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    data["changes"][0].pop("total_after")
    data.pop(key, None)
    data["regulation"] = "lianyungang-2025"
    (tmp_path / "project.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    result = run(tmp_path, DAY, "--all")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "首席数据官：审定下一年度计划" in result.stdout
    assert run(tmp_path, DAY, "--format=mermaid").stdout.count("```mermaid") == 1


def test_a_project_with_a_mistake_in_its_data_is_shown_with_a_warning(routed: Path) -> None:
    edit(routed, "stage: 审批", "stage: 审批\nnickname: 桥")
    result = run(routed, "--as-of=2024-06-03")
    assert result.exit_code == 0
    assert "元数据有 1 处错误" in result.stdout
    assert "nickname" in result.stdout


def test_a_regulation_without_a_route_for_the_project_says_so(routed: Path) -> None:
    edit(routed, "category: 新建", "category: 运维")
    result = run(routed, "--as-of=2024-06-03")
    assert result.exit_code == 0
    assert "没有与本项目相符的审批路径" in result.stdout


def test_a_classified_stub_is_shown_the_channel_only(tmp_path: Path) -> None:
    (tmp_path / "project.yaml").write_text("id: c\nregulation: lianyungang-2025\nclassified: true\n", encoding="utf-8")
    result = run(tmp_path, DAY)
    assert "涉密项目" in result.stdout
    assert "渠道 按国家有关保密规定申报" in result.stdout
    assert "├" not in result.stdout
    assert "└" not in result.stdout
    drawn = run(tmp_path, DAY, "--format=mermaid").stdout
    assert drawn.count("-->") == 0


# -- the command -----------------------------------------------------------------------------------


def test_what_the_user_got_wrong_is_exit_code_2(tmp_path: Path) -> None:
    for arguments in (
        [tmp_path / "nowhere"],
        [tmp_path],
        [SAMPLE / "qidong", "--as-of=2026-13-01"],
        [SAMPLE / "qidong", "--stage=审核"],
        [SAMPLE / "qidong", "--regulation=nowhere-2020"],
    ):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")


def test_the_ladder_is_written_where_it_is_asked_for_but_never_into_a_project(tmp_path: Path) -> None:
    target = tmp_path / "route.md"
    assert run(SAMPLE / "qidong", DAY, "--format=mermaid", "--output", target).exit_code == 0
    assert target.read_text(encoding="utf-8").count("```mermaid") == 3
    inside = SAMPLE / "qidong" / "2025-river-patrol" / "route.md"
    assert run(SAMPLE / "qidong", DAY, "--output", inside).exit_code == 2
    assert not inside.exists()


def test_a_stage_is_judged_as_if_about_to_be_made() -> None:
    project = SAMPLE / "lianyungang" / "2027-smart-parking"
    data = json.loads(run(project, DAY, "--format=json", "--stage=实施").stdout)
    steps = {step["rule"]: step for step in data["projects"][0]["routes"][0]["steps"]}
    assert data["projects"][0]["stage"] == "实施"
    assert steps["LYG-18-2"]["state"] == "missed"
    assert steps["LYG-23-1"]["state"] == "open"


# -- JSON ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [[], ["--all"]])
def test_the_json_follows_its_schema_and_is_the_same_each_time(more: list[str]) -> None:
    first = run(SAMPLE, DAY, "--format=json", *more).stdout
    data = json.loads(first)
    follows(data, "govit-route-1")
    assert first == run(SAMPLE, DAY, "--format=json", *more).stdout
    assert [p["path"] for p in data["projects"]] == sorted(p["path"] for p in data["projects"])
    for project in data["projects"]:
        assert all(sum(step["next"] for step in route["steps"]) <= 1 for route in project["routes"])


def test_all_adds_the_steps_that_do_not_apply_each_with_its_reason() -> None:
    def idle(*more: str) -> list[dict[str, Any]]:
        data = json.loads(run(SAMPLE, DAY, "--format=json", *more).stdout)
        steps = [s for p in data["projects"] for r in p["routes"] for s in r["steps"]]
        return [s for s in steps if s["state"] == "not-applicable"]

    assert idle() == []
    assert len(idle("--all")) > 20
    assert [s["rule"] for s in idle("--all") if not s["because"]] == []


# -- Mermaid ---------------------------------------------------------------------------------------

EVIL = '"]; end --> x[`a`] %%{init: {}}%% <script>alert(1)</script> ``` # [x](y) style:#a; {{b}} |c| (d) \\ &amp; click'
LABEL = re.compile(r'"[^"\n]*"')
NODE = re.compile(r'  r\d+(s\d+(c\d+)?)?(\(\["\w|\["\w|\{\{"\w)')


def diagrams(text: str) -> list[list[str]]:
    return [block.splitlines() for block in re.findall(r"```mermaid\n(.*?)\n```\n", text, re.DOTALL)]


def test_labels_and_states_are_english_where_wanted_and_the_law_stays_chinese() -> None:
    road = SAMPLE / "lianyungang" / "2026-road-inspection"
    shown = CliRunner().invoke(app, ["--lang", "en", "route", str(road), DAY, "--all"]).stdout
    speak(Language.zh)
    assert "As of 2026-11-20" in shown
    assert "√ done  首席数据官：审定下一年度计划（第十二条，LYG-12-4）" in shown
    assert "on record 首席数据官审定 2025-12-22" in shown
    assert "19 steps: waits 6, done 12, holds 1; 6 do not apply; nothing to do now" in shown
    assert [word for word in ("已办", "办理 ", "材料 ", "判断日", "下一步") if word in shown] == []


def test_the_flowchart_of_the_small_project(routed: Path, snapshot: Snapshot) -> None:
    snapshot("route-mermaid", run(routed, "--as-of=2024-06-03", "--format=mermaid").stdout)


@pytest.mark.parametrize("city", CITIES)
def test_each_project_has_one_flowchart_under_a_heading(city: str) -> None:
    text = run(SAMPLE / city, DAY, "--format=mermaid").stdout
    projects = len(list((SAMPLE / city).glob("*/project.yaml")))
    assert len(diagrams(text)) == len(re.findall(r"^## ", text, re.MULTILINE)) == projects


@pytest.mark.parametrize("city", CITIES)
def test_every_line_of_a_flowchart_is_of_a_known_shape_and_every_node_is_defined(city: str) -> None:
    node = r"r\d+(?:s\d+)?(?:c\d+)?"
    shapes = (
        r"flowchart TB",
        r"  classDef \w+ [\w:#,-]+",
        rf'  {node}\(\["[^"]*"\]\)',
        rf'  {node}\["[^"]*"\]',
        rf"  {node} (-->|-\.->) {node}",
        rf'  {node} (-->|-\.->)\|"[^"]*"\| {node}\{{\{{"[^"]*"\}}\}}',
        rf"  class {node} \w+",
    )
    for lines in diagrams(run(SAMPLE / city, DAY, "--format=mermaid").stdout):
        assert [line for line in lines if not any(re.fullmatch(shape, line) for shape in shapes)] == []
        defined = {found for line in lines for found in re.findall(rf"({node})(?:\(\[|\[|\{{\{{)\"", line)}
        used = {found for line in lines for found in re.findall(node, LABEL.sub("", line))}
        assert used == defined


def test_nothing_in_a_name_ends_a_label_opens_a_tag_or_starts_a_directive() -> None:
    assert re.sub(r"#\d+;", "", escaped(EVIL)).isascii()
    assert not re.search(r"""["'`<>\[\](){}|%&:;#\\]""", re.sub(r"#\d+;", "", escaped(EVIL)))
    assert label([EVIL, "", "第二行"]).count('"') == 2
    assert label([EVIL, "", "第二行"]).count("<br/>") == 1
    decoded = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), escaped(EVIL))
    assert decoded == EVIL
    assert escaped("一\n二\t三\u2028四\x1b[31m") == "一 二 三 四 #91;31m"


def test_nothing_in_a_name_means_anything_in_markdown() -> None:
    assert re.sub(r"\\[!-~]", "", marked(EVIL)).translate(str.maketrans("", "", " -.,/")).isalnum()
    assert marked("a\nb```") == "a b\\`\\`\\`"


def test_the_names_and_numbers_of_a_project_cannot_break_its_flowchart(routed: Path) -> None:
    edit(routed, "name: 桥梁监测平台", "name: " + json.dumps(EVIL))
    reviewed = {"act": "甲审", "body": "甲局", "result": "通过", "date": "2024-02-01", "number": EVIL}
    edit(routed, "answers:", f"approvals: [{json.dumps(reviewed, ensure_ascii=False)}]\nanswers:")
    text = run(routed, "--as-of=2024-06-03", "--format=mermaid").stdout
    assert text.count("```") == 2
    (lines,) = diagrams(text)
    assert any("2024-02-01 #34;#93;#59; end" in line for line in lines)
    assert all(line.count('"') in (0, 2, 4) for line in lines)
    assert "<script" not in text.replace("\\<script", "")
    assert "%%{" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_flowchart_of_the_topic_is_what_the_program_draws(language: str) -> None:
    drawn = diagrams(run(SAMPLE, DAY, "--format=mermaid").stdout)
    assert len(drawn) == len(list(SAMPLE.glob("*/*/project.yaml")))
    (shown,) = diagrams((ROOT / "govit" / "route" / "help" / f"route.{language}.md").read_text(encoding="utf-8"))
    assert shown in drawn
