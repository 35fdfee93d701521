"""The page: what it says, that nothing of a stranger is markup, that it asks for nothing, and its size."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from committed import sample
from lxml import html as parser
from places import SAMPLES, UNCLEAN
from program import program

import govit
from govit.base.english import ENGLISH
from govit.base.records import replace
from govit.judging.judge import judge
from govit.judging.run import RunSettings, open_dossiers
from govit.report import html, html_sections
from govit.report.html_charts import date_line
from govit.report.html_sections import Sections

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govit.judging.judge import Judged, Report
    from govit.judging.run import Opened

DAY = "--as-of=2026-11-20"
HOSTILE = "</script><img src=x onerror=alert(1)>{{ 7*7 }}&amp;\"'"


def page(*arguments: object) -> str:
    done = program("check", *arguments, DAY, "--format=html")
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def tree(text: str) -> Any:
    return parser.fromstring(text)


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


def settings(*paths: Path) -> RunSettings:
    import datetime as dt

    return RunSettings(paths=paths, as_of=dt.date(2026, 11, 20))


def judged(*paths: Path) -> tuple[Report, Opened]:
    opened = open_dossiers(settings(*paths))
    return judge(opened.dossiers, opened.library, opened.options), opened


@pytest.fixture(scope="module")
def pile() -> str:
    return page(UNCLEAN, SAMPLES / "lianyungang")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A dossier whose names, paths and values are markup."""
    shutil.copytree(UNCLEAN, tmp_path / "甲")
    folder = tmp_path / "甲" / "<b onclick=x>'&"
    (tmp_path / "甲" / "school-meals").rename(folder)
    path = folder / "project.yaml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^name: .*", lambda _: "name: " + json.dumps(HOSTILE), text)
    text = re.sub(r"(?m)^(unit:.*\n? *name: |unit: \{name: )[^,}\n]*", lambda m: m[1] + json.dumps(HOSTILE), text)
    path.write_text(text + f"\n{json.dumps('<svg onload=1>')}: {json.dumps(HOSTILE)}\n", encoding="utf-8")
    return tmp_path / "甲"


# -- what it says ------------------------------------------------------------------------------------


def test_counts_and_order_are_those_of_the_json_report(pile: str) -> None:
    done = program("check", UNCLEAN, SAMPLES / "lianyungang", DAY, "--format=json")
    data = json.loads(done.stdout)
    root = tree(pile)
    for kind in ("error", "warning", "undetermined"):
        assert words(root.xpath(f"//div[@class='card {kind}']/p[@class='figure']")[0]) == str(data["counts"][kind])
        assert len(root.xpath(f"//section[@data-k='{kind}']//li[@class='f']")) == data["counts"][kind]
    assert len(root.xpath("//li[@class='f']")) == len(data["findings"])
    wanted = sorted(data["projects"], key=lambda p: p["rank"])
    rows = root.xpath("//table[@id='projects']/tbody/tr")
    assert [words(row.find("th")) for row in rows] == [p["name"] for p in wanted]
    figures = [[words(cell) for cell in row.xpath("td[@class='num']")] for row in rows]
    assert [row[0] for row in figures] == [str(n) for n in range(1, len(rows) + 1)]
    assert [row[2:] for row in figures] == [
        [str(p["counts"][kind]) for kind in ("error", "warning", "undetermined")] for p in wanted
    ]
    assert [bool(words(row.xpath("td")[-1])) for row in rows] == [p["gravest"] is not None for p in wanted]


def test_every_finding_says_what_where_by_which_article_and_what_to_do(pile: str) -> None:
    report, _ = judged(UNCLEAN)
    root = tree(pile)
    said = words(root)
    quotes = {words(q) for q in root.xpath("//blockquote")}
    shown = [words(li) for li in root.xpath("//li[@class='f']")]
    for finding in (f for p in report.projects for f in p.findings):
        message = " ".join(finding.message.split())
        mine = next(text for text in shown if text.startswith(finding.rule) and message in text)
        assert "project.yaml" in mine or finding.place.file.rpartition("/")[2] in mine
        assert " ".join(finding.hint.split()) in said
        if finding.article:
            assert finding.article in mine
            assert " ".join((finding.quote or "").split()) in quotes


def test_every_link_leads_to_something_in_the_page(pile: str) -> None:
    root = tree(pile)
    names = root.xpath("//@id")
    assert len(names) == len(set(names))
    links = root.xpath("//a/@href")
    assert len(links) > 20
    assert {link.removeprefix("#") for link in links} <= set(names)
    assert set(root.xpath("//@aria-labelledby")) <= set(names)


def test_a_project_has_its_route_and_its_dates(pile: str) -> None:
    root = tree(pile)
    done = program("route", UNCLEAN / "pipeline-monitoring", DAY, "--format=json")
    steps = [step for r in json.loads(done.stdout)["projects"][0]["routes"] for step in r["steps"]]
    section = next(d for d in root.xpath("//details") if "地下管线" in words(d.find("summary")))
    shown = section.xpath(".//ol[@class='route']/li")
    assert len(shown) == len([step for step in steps if step["state"] != "not-applicable"])
    assert len(section.xpath(".//ol[@class='route']/li[@aria-current='step']")) == 1
    drawn = [d for d in root.xpath("//details") if d.xpath(".//svg[@class='line']")]
    assert drawn
    for one in drawn:
        dates = one.xpath(".//ol[@class='dates']/li")
        numbers = [int(words(n)) for n in one.xpath(".//svg[@class='line']/text[@class='m']")]
        assert sorted(numbers) == [n for n, li in enumerate(dates, 1) if re.search(r"\d{4}-\d\d-\d\d", words(li))]
        assert one.xpath(".//svg/@role") == ["img"]


def test_marks_on_the_line_do_not_hide_one_another() -> None:
    report, opened = judged(SAMPLES)
    from govit.deadlines.dossiers import of_cases

    listing = of_cases(list(opened.cases()), opened.options, 30)
    line = date_line(listing.deadlines, report.as_of)
    assert line is not None
    marks = [(m.x, m.y) for m in line.marks]
    assert len(marks) > 10
    for n, (x, y) in enumerate(marks):
        assert 0 < x < line.width
        assert 0 < y < line.axis
        assert all(other[1] != y or abs(other[0] - x) >= 16 for other in marks[:n])


def test_charts_say_in_figures_what_their_bars_show(pile: str) -> None:
    report, _ = judged(UNCLEAN, SAMPLES / "lianyungang")
    charts = tree(pile).xpath("//table[starts-with(@class, 'chart')]")
    assert len(charts) == 3
    for chart in charts:
        assert chart.xpath("caption")
        assert all(svg.get("aria-hidden") == "true" for svg in chart.xpath(".//svg"))
        assert max(float(w) for w in chart.xpath(".//rect/@width")) == 100 or chart is charts[2]
        assert max(float(w) for w in chart.xpath(".//rect/@width")) <= 100
    errors = [int(words(row.xpath("td")[1])) for row in charts[2].xpath("tbody/tr")]
    assert sum(errors) == report.counts["error"]


def test_one_project_is_open_and_has_no_table() -> None:
    root = tree(page(UNCLEAN / "school-meals"))
    assert root.xpath("//details/@open") == [""]
    assert not root.xpath("//table[@id='projects']")
    assert root.xpath("//form[@id='filters']//input[@type='search']")


def test_of_a_classified_project_only_the_stub_is_shown(tmp_path: Path) -> None:
    shutil.copytree(UNCLEAN, tmp_path / "甲")
    path = tmp_path / "甲" / "school-meals" / "project.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\nclassified: true\n", encoding="utf-8")
    root = tree(page(tmp_path / "甲"))
    whole = program("check", tmp_path / "甲", DAY).stdout
    section = next(d for d in root.xpath("//details") if "school-meals" in words(d))
    assert not section.xpath(".//ol[@class='route']|.//svg")
    terms = [words(dt) for dt in section.xpath(".//dt")]
    assert not {"项目单位", "总投资", "年度", "类别"} & set(terms)
    assert "校园后勤服务中心" not in words(root) or "校园后勤服务中心" in whole


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_languages_and_no_script_needed_to_read(language: str) -> None:
    root = tree(page(UNCLEAN, "--lang", language))
    assert root.get("lang") == {"zh": "zh-CN", "en": "en"}[language]
    heads = words(root.xpath("//form")[0]) + words(root.xpath("//table[@id='projects']/thead")[0])
    chinese = re.search(
        r"[\u4e00-\u9fff]", re.sub(r"（?《[^》]*》|.*启东|.*连云港", "", words(root.xpath("//thead")[0]))
    )
    assert bool(chinese) == (language == "zh")
    assert ("Search" in heads) == (language == "en")
    assert [node.get("id") for node in root.xpath("//*[@hidden]")] == ["filters", "nothing"]


def test_every_word_of_the_page_has_its_english() -> None:
    source = (html.PAGE / "report.html").read_text(encoding="utf-8")
    said = set(re.findall(r'say\("([^"]+)"\)', source))
    assert len(said) > 30
    assert {text for text in said if text not in ENGLISH} == set()


# -- what changed ------------------------------------------------------------------------------------


@pytest.fixture
def river(tmp_path: Path) -> Path:
    """A dossier under git in which the content of one project was rewritten, by a stranger, and its total raised."""
    folder = sample(tmp_path, "qidong", "approved/2026")
    file = folder / "2025-river-patrol" / "project.yaml"
    text = re.sub(r"(?m)^content: .*", lambda _: f"content: {json.dumps(HOSTILE)}", file.read_text(encoding="utf-8"))
    file.write_text(text.replace("total: 236.4万元", "total: 240.4万元"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("option", ["--base", "--diff"])
def test_what_changed_since_the_approved_revision_stands_with_each_project(river: Path, option: str) -> None:
    text = page(river, option, "approved/2026")
    root = tree(text)
    parts = root.xpath("//section[@class='c']")
    assert len(parts) == len(root.xpath("//details")) == 3
    told = [words(part) for part in parts]
    (changed,) = [one for one in told if "与批复版本相比没有变化" not in one]
    assert "approved/2026" in changed
    assert [cell.text for cell in root.xpath("//table[@class='money']/tbody/tr[last()]/*")][:4] == [
        "总投资",
        "236.4万元",
        "240.4万元",
        "+4万元",
    ]
    assert "content（主要建设内容）" in changed
    assert HOSTILE in changed
    assert "限额 10%" in changed
    assert "<img" not in text
    again = program("change", river, "--base", "approved/2026", DAY).stdout
    assert root.xpath("//section[@class='c']/pre")[0].text in again


def test_a_project_that_cannot_be_compared_says_why(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "taizhou", tmp_path / "无库")
    root = tree(page(tmp_path / "无库", "--base", "approved/2026"))
    assert all("没有比较" in words(part) for part in root.xpath("//section[@class='c']"))
    assert not tree(page(SAMPLES / "taizhou")).xpath("//section[@class='c']")


def test_a_base_without_a_page_is_refused() -> None:
    done = program("check", SAMPLES / "taizhou", DAY, "--base", "x")
    assert done.returncode == 2
    assert "--base 只用于网页" in done.stderr


# -- what strangers write ----------------------------------------------------------------------------


def test_no_text_of_a_stranger_is_markup(hostile: Path, pile: str) -> None:
    text = page(hostile)
    root = tree(text)
    known = {node.tag for node in tree(pile).iter() if isinstance(node.tag, str)}
    assert {node.tag for node in root.iter() if isinstance(node.tag, str)} <= known
    assert not [name for node in root.iter() for name in node.attrib if name.startswith("on")]
    assert not root.xpath("//img")
    assert len(root.xpath("//script")) == 2
    names = [words(row.find("th")) for row in root.xpath("//table[@id='projects']/tbody/tr")]
    assert HOSTILE in names
    data = root.xpath("//script[@type='application/json']")[0].text
    assert not set("<>&\u2028\u2029") & set(data)
    units = [words(option) for option in root.xpath("//select[@name='unit']/option")]
    assert HOSTILE in units


def test_json_for_the_script_comes_back_as_it_was() -> None:
    value = {"a": [HOSTILE, "\u2028\u2029<!--", None, 1.5]}
    text = html.escaped_json(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


# -- what it asks for --------------------------------------------------------------------------------


def test_the_policy_names_the_hashes_of_its_own_two_texts(pile: str) -> None:
    root = tree(pile)
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    style, script = root.xpath("//style")[0].text, root.xpath("//script[not(@type)]")[0].text
    for name, text in (("style-src", style), ("script-src", script)):
        assert rules[name] == f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert "unsafe" not in policy
    assert not root.xpath("//@style")


def test_nothing_is_asked_of_any_network(pile: str) -> None:
    assert not re.search(r"https?:|//[a-z]|@import|url\(", pile.replace("//**", ""))
    root = tree(pile)
    assert root.xpath("//@src") == []
    assert [link.get("href") for link in root.xpath("//link")] == ["data:,"]


# -- bytes -------------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(pile: str) -> None:
    assert page(UNCLEAN, SAMPLES / "lianyungang") == pile


def test_the_page_is_written_into_a_file_as_it_is_shown(tmp_path: Path) -> None:
    done = program("check", UNCLEAN, DAY, "--format", "html", "-o", tmp_path / "报告.html")
    assert done.returncode == 1
    assert (tmp_path / "报告.html").read_text(encoding="utf-8") == page(UNCLEAN)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[Judged], Report, Opened], tuple[Report, str]]:
    """So many projects, each under a long name of its own and with messages that no other has.

    The routes and dates of each are found once, not again for every copy.
    """

    def render(of: Sequence[Judged], report: Report, opened: Opened, size: int = 1000) -> tuple[Report, str]:
        monkeypatch.setattr(html_sections, "WHOLE", 0)
        beside = {section.project.path: section.beside for section in Sections(report, opened.cases()).ranked()}
        originals: dict[tuple[str, str], str] = {}
        projects = []
        for n in range(size):
            project = of[n % len(of)]
            path = f"第{n:04}号单位的卷宗/{project.path}"
            originals[path, project.regulation.id if project.regulation else ""] = project.path
            findings = tuple(
                replace(f, project=path, message=f"{f.message}（{n}）", place=replace(f.place, file=f"{path}/p.yaml"))
                for f in project.findings
            )
            projects.append(replace(project, path=path, name=f"{project.name}（第 {n} 号）", findings=findings))
        found = [(place, beside[original]) for place, original in originals.items()]
        monkeypatch.setattr(Sections, "_of_cases", lambda *_: iter(found))
        pile = replace(report, projects=tuple(projects), general=())
        return pile, html.render(pile)

    return render


def test_a_thousand_faulty_projects_fit_into_eight_megabytes(rendered: Any) -> None:
    """Ten findings each, with routes and dates: nothing is left out."""
    report, opened = judged(UNCLEAN, SAMPLES / "lianyungang")
    pile, text = rendered(report.projects, report, opened)
    assert len(pile.findings) > 10_000
    assert len(text.encode()) <= html.LARGEST
    root = tree(text)
    assert len(root.xpath("//li[@class='f']")) == len(pile.findings)
    assert len(root.xpath("//details")) == 1000
    assert len(root.xpath("//ol[@class='route']")) > 600
    assert len(root.xpath("//svg[@class='line']")) > 600
    assert len(root.xpath("//div[starts-with(@id, 'h')]")) > 10  # remedies of more findings than SHARED
    assert not root.xpath("//p[@class='row do']")


def test_of_a_pile_of_projects_as_bad_as_the_worst_the_gravest_findings_are_listed(
    rendered: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tenth of a thousand, in a tenth of the room."""
    monkeypatch.setattr(html, "LARGEST", html.LARGEST // 10)
    report, opened = judged(UNCLEAN)
    worst = max(report.projects, key=lambda project: project.counts["error"])
    pile, text = rendered([worst], report, opened, 100)
    assert len(text.encode()) <= html.LARGEST
    root = tree(text)
    shown = len(root.xpath("//li[@class='f']"))
    assert 500 < shown < len(pile.findings)
    assert len(root.xpath("//section[@data-k='error']//li")) == shown
    told = [int(re.findall(r"\d+", words(p))[0]) for p in root.xpath("//details/p[@class='warn']")]
    assert shown + sum(told) == len(pile.findings)
    assert words(root.xpath("//div[@class='card error']/p")[1]) == str(pile.counts["error"])


def test_the_files_of_the_page_are_shipped() -> None:
    folder = Path(govit.__file__).parent / "report" / "page"
    assert {path.name for path in folder.iterdir()} == {"report.html", "report.css", "report.js"}
    for name in ("report.css", "report.js"):
        text = (folder / name).read_bytes()
        assert text.isascii()
        assert b"\r" not in text
        assert b"\t" not in text
        assert b"</" not in text


def test_what_stands_where_in_the_reports_is_a_table_with_the_gaps_marked(tmp_path: Path) -> None:
    (tmp_path / "project.yaml").write_text(
        "id: p\nname: 某平台\nregulation: lianyungang-2025\nstage: 申报\nunit: {name: 某局, level: 市级}\n"
        "budget:\n  total: 100万元\n  lines:\n"
        "    - {name: 资源管理子系统, amount: 50万元}\n    - {name: 诱导服务子系统, amount: 30万元}\n    - {name: 综合分析子系统, amount: 20万元}\n"
        "documents: [{kinds: [可行性研究报告], path: 可研.md}]\n",
        encoding="utf-8",
    )
    report = "# 可行性研究报告\n\n## 四、建设内容\n\n### 4.1 资源管理子系统\n\n建档。\n\n### 4.2 诱导服务子系统\n\n发布余位。\n"
    (tmp_path / "可研.md").write_text(report, encoding="utf-8")
    root = tree(program("check", tmp_path, DAY, "--format=html").stdout)
    (table,) = root.xpath("//table[@class='matrix']")
    assert [words(cell) for cell in table.xpath("thead//th")] == ["类别", "名称", "建设内容", "功能", "project.yaml"]
    assert [[words(cell) for cell in row] for row in table.xpath("tbody/tr")] == [
        ["子系统", "资源管理", "", "第 5 行", "概算明细"],
        ["子系统", "诱导服务", "", "第 9 行", "概算明细"],
        ["子系统", "综合分析", "没有写到", "没有写到", "概算明细"],
    ]
    assert [words(cell) for cell in table.xpath("//td[@class='lack']")] == ["没有写到"] * 2
