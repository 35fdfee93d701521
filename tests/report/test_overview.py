"""The ranked summary, the statistics and the run summary of a host."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import SAMPLES, UNCLEAN
from typer.testing import CliRunner

from govit.base.width import width
from govit.cli.commands import app
from govit.report.overview import COLUMNS, natural, shortened

if TYPE_CHECKING:
    from pathlib import Path

DAY = "--as-of=2026-11-20"


def check(*arguments: object) -> str:
    return CliRunner().invoke(app, ["check", *map(str, arguments), DAY]).stdout


def report(*arguments: object) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(check(*arguments, "--format=json"))
    return data


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Two faulty dossiers and three good ones, one of them with long names."""
    shutil.copytree(UNCLEAN, tmp_path / "甲")
    shutil.copytree(SAMPLES / "qidong", tmp_path / "乙")
    path = next((tmp_path / "乙").glob("*/project.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^name: .*", "name: " + "很长的名称" * 20, text), encoding="utf-8")
    return tmp_path


def test_a_run_over_several_projects_ends_with_the_worst_first(pile: Path) -> None:
    text = check(pile)
    table = text[text.index("汇总（") :].splitlines()
    assert check(pile, "--summary").splitlines()[-len(table) :] == table
    rows = [line for line in table if re.match(r" *\d+ ", line)]
    errors = [int(re.findall(r"元 +(\d+) +\d+ +\d+", row)[0]) for row in rows]
    assert errors == sorted(errors, reverse=True)
    assert len(rows) == 5
    assert "GOV-205" in rows[0]
    assert "450万元" in rows[0]


def test_one_project_needs_no_summary_but_gets_it_for_the_asking() -> None:
    one = UNCLEAN / "school-meals"
    assert "汇总（" not in check(one)
    assert "汇总（" in check(one, "--summary")


@pytest.mark.parametrize("view", ["--summary", "--statistics"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_table_fits_into_eighty_columns(pile: Path, view: str, language: str) -> None:
    text = check(pile, view, "--lang", language)
    table = text[text.index("\n\n") : text.rindex("\n\n")]
    assert max(map(width, table.splitlines())) <= COLUMNS


def test_json_ranks_the_projects_in_the_same_order(pile: Path) -> None:
    data = report(pile)
    best = sorted(data["projects"], key=lambda p: p["rank"])
    assert [p["rank"] for p in best] == list(range(1, 6))
    assert (best[0]["unit"], best[0]["total"], best[0]["gravest"]) == (
        "启东市校园后勤服务中心",
        "4500000.00",
        "GOV-205",
    )
    assert "statistics" not in data


def test_statistics_count_every_finding_once_by_rule_and_by_project(pile: Path) -> None:
    data = report(pile, "--statistics")
    for by, groups in data["statistics"].items():
        for counter, number in data["counts"].items():
            assert sum(group["counts"][counter] for group in groups) == number, (by, counter)
    assert sum(group["projects"] for group in data["statistics"]["stage"]) == 5
    text = check(pile, "--statistics")
    assert all(word in text for word in ("按规则", "按单位", "按阶段", "按类别", "启东市校园后勤服务中心"))


def test_only_one_view_is_shown_at_a_time() -> None:
    done = CliRunner().invoke(app, ["check", str(UNCLEAN), "--summary", "--todo"])
    assert (done.exit_code, "只能写一个" in done.stderr) == (2, True)


def test_quiet_shows_only_projects_with_findings(pile: Path) -> None:
    text = check(pile, "--quiet")
    assert text.count("■ ") == 2
    assert "共 5 个项目" in text


def test_a_classified_project_shows_neither_unit_nor_amount(tmp_path: Path) -> None:
    (tmp_path / "govit.yaml").write_text("regulation: lianyungang-2025\nunit: {name: 某单位}\n", encoding="utf-8")
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "project.yaml").write_text("id: x\nclassified: true\n", encoding="utf-8")
    assert (report(tmp_path)["projects"][0]["unit"], "某单位" in check(tmp_path, "--summary")) == (None, False)


def test_what_complies_weighs_nothing() -> None:
    data = report(UNCLEAN, "--all")
    assert {f["severity"] for f in data["findings"] if f["outcome"] in ("complies", "not-applicable")} == {None}
    assert None not in {f["severity"] for f in data["findings"] if f["outcome"] in ("violates", "undetermined")}


@given(st.text(), st.integers(2, 40), st.booleans())
def test_a_shortened_text_never_takes_more_columns(text: str, columns: int, middle: bool) -> None:  # noqa: FBT001
    assert width(shortened(text, columns, middle=middle)) <= columns


def test_articles_are_in_their_order() -> None:
    assert sorted(["LYG-13-10", "LYG-13-2", "LYG-2-1", "GOV-301"], key=natural) == [
        "GOV-301",
        "LYG-2-1",
        "LYG-13-2",
        "LYG-13-10",
    ]


# -- markdown ------------------------------------------------------------------------------------------


class Tags(HTMLParser):
    """The tags of a page, and whether each is closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.seen.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_run_summary_ranks_and_lists_the_gravest_first(pile: Path) -> None:
    page = check(pile, "--format=markdown")
    tags = Tags(page)
    assert not tags.open
    assert tags.seen == {"p", "br", "table", "tr", "th", "td", "details", "summary", "pre"}
    listed = re.findall(r"(?m)^(错误|警告|待定|提示) ", page[page.index("<pre>") :])
    assert listed == sorted(listed, key=["错误", "警告", "待定", "提示"].index)


def test_what_strangers_write_is_no_markup_on_the_page(pile: Path) -> None:
    path = pile / "甲" / "school-meals" / "project.yaml"
    text = path.read_text(encoding="utf-8")
    name = "</pre></td><img src=x onerror=alert(1)>```[a](b)|"
    path.write_text(re.sub(r"(?m)^name: .*", f"name: '{name}'", text) + f"\n'{name}': 1\n", encoding="utf-8")
    page = check(pile, "--format=markdown")
    tags = Tags(page)
    assert (tags.open, "img" in tags.seen) == ([], False)
    assert not re.search(r"(?m)^\s*```", page)
    inside = page[page.index("<table>") : page.index("</table>")]
    assert "\n\n" not in inside


def test_the_run_summary_keeps_within_what_github_holds(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = len(check(pile, "--format=markdown").encode())
    monkeypatch.setattr("govit.report.markdown.MOST_BYTES", 9_000)
    page = check(pile, "--format=markdown")
    assert len(page.encode()) <= 9_000 < whole
    assert not Tags(page).open
    assert re.search(r"还有 \d+ 项结论没有列在这里", page)
    monkeypatch.setattr("govit.report.markdown.MOST_BYTES", 3_200)
    assert re.search(r"还有 \d+ 个项目没有列在这里", check(pile, "--format=markdown"))
