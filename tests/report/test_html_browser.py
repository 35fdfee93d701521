"""The page in a real browser: search, filters, sorting, links and keys; no request leaves it, nothing is complained of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from browser import PROGRAM, browser
from places import SAMPLES, UNCLEAN
from program import program

from govit.base.language import Language, speak

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser import BrowserPage

pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="Chromium is not here"),
]
SHOWN = "Array.from(document.querySelectorAll('#projects tbody tr:not([hidden])')).map(row => row.cells[1].textContent)"
SECTIONS = "Array.from(document.querySelectorAll('details:not([hidden])')).length"
FINDINGS = "Array.from(document.querySelectorAll('details:not([hidden]) .f:not([hidden])')).filter(f => !f.parentNode.parentNode.hidden)"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserPage]:
    folder = tmp_path_factory.mktemp("page")
    speak(Language.zh)
    command = ("check", UNCLEAN, SAMPLES / "lianyungang", "--as-of=2026-11-20")
    program(*command, "--format=html", "-o", folder / "报告.html", "--format=json", "-o", folder / "报告.json")
    with browser(folder / "profile") as page:
        page.open((folder / "报告.html").as_uri())
        page.folder = folder  # type: ignore[attr-defined] - where the JSON report is
        yield page


@pytest.fixture
def page(shown: BrowserPage) -> BrowserPage:
    """The page as it is when it has just been opened."""
    shown.ask("document.querySelector('button[type=reset]').click()")
    shown.ask("document.getElementById('close').click()")
    shown.ask("document.querySelector('th[data-sort=name] button').click()")
    shown.ask("document.querySelector('th[data-sort=rank] button').click()")
    shown.ask(SOON)
    return shown


SOON = "new Promise(done => setTimeout(done, 60))"


def data(page: BrowserPage) -> Any:
    folder: Path = page.folder  # type: ignore[attr-defined] - put there by the fixture
    return json.loads((folder / "报告.json").read_text(encoding="utf-8"))


def put(page: BrowserPage, name: str, value: str) -> None:
    page.ask(
        f"(() => {{ const field = document.getElementById('filters').elements[{json.dumps(name)}];"
        f" field.value = {json.dumps(value)}; field.dispatchEvent(new Event('input', {{bubbles: true}})); }})()"
    )
    page.ask(SOON)


def option(page: BrowserPage, name: str, start: str) -> str:
    found = page.ask(
        f"Array.from(document.getElementById('filters').elements[{json.dumps(name)}].options)"
        f".find(option => option.text.startsWith({json.dumps(start)})).value"
    )
    return str(found)


def test_search_leaves_the_projects_that_carry_the_words(page: BrowserPage) -> None:
    everything = page.ask(SHOWN)
    put(page, "text", "校园餐")
    assert page.ask(SHOWN) == ["启东市校园餐食品安全监管平台"]
    assert page.ask(SECTIONS) == 1
    assert page.ask("document.getElementById('count').value") == f"显示 1 个项目，共 {len(everything)} 个"
    put(page, "text", "没有这样的字")
    assert page.ask(SHOWN) == []
    assert page.ask("document.getElementById('nothing').hidden") is False
    page.ask("document.querySelector('button[type=reset]').click()")
    page.ask(SOON)
    assert page.ask(SHOWN) == everything


def test_search_in_findings_shows_those_findings_alone(page: BrowserPage) -> None:
    put(page, "text", "监理合同 qd-24-3")
    assert page.ask(SHOWN) == ["启东市校园餐食品安全监管平台"]
    found = page.ask(f"{FINDINGS}.map(f => f.textContent)")
    assert 0 < len(found) < 5
    assert all("监理合同" in text and "QD-24-3" in text for text in found)


@pytest.mark.parametrize("kind", ["error", "warning", "undetermined"])
def test_the_filter_of_severity_counts_as_json_does(page: BrowserPage, kind: str) -> None:
    put(page, "kind", kind)
    report = data(page)
    assert page.ask(f"{FINDINGS}.length") == report["counts"][kind]
    assert len(page.ask(SHOWN)) == sum(project["counts"][kind] > 0 for project in report["projects"])


def test_filters_of_rule_unit_stage_and_regulation(page: BrowserPage) -> None:
    report = data(page)
    rule = report["findings"][0]["rule"]
    put(page, "rule", option(page, "rule", f"{rule} "))
    assert page.ask(f"{FINDINGS}.length") == sum(f["rule"] == rule for f in report["findings"])
    page.ask("document.querySelector('button[type=reset]').click()")
    for name, of in (("unit", "unit"), ("stage", "stage")):
        value = report["projects"][0][of]
        put(page, name, option(page, name, value))
        assert len(page.ask(SHOWN)) == sum(project[of] == value for project in report["projects"])
        put(page, name, "")
    put(page, "law", option(page, "law", "启东"))
    assert len(page.ask(SHOWN)) == sum(project["regulation"].startswith("qidong") for project in report["projects"])


def test_columns_sort_both_ways_and_say_so(page: BrowserPage) -> None:
    ranked = page.ask(SHOWN)
    report = data(page)
    totals = {project["name"]: float(project["total"] or 0) for project in report["projects"]}
    click = "document.querySelector('th[data-sort=total] button').click()"
    state = "document.querySelector('th[data-sort=total]').getAttribute('aria-sort')"
    page.ask(click)
    assert page.ask(state) == "descending"
    down = [totals[name] for name in page.ask(SHOWN)]
    assert down == sorted(down, reverse=True)
    page.ask(click)
    assert page.ask(state) == "ascending"
    assert [totals[name] for name in page.ask(SHOWN)] == sorted(down)
    assert page.ask("document.querySelectorAll('[aria-sort]').length") == 1
    page.ask("document.querySelector('th[data-sort=rank] button').click()")
    assert page.ask(SHOWN) == ranked
    headings = page.ask("Array.from(document.querySelectorAll('details h3')).map(h => h.textContent)")
    assert [heading.split(" ", 1)[1] for heading in headings] == ranked


def test_every_link_of_the_table_opens_its_project(page: BrowserPage) -> None:
    number = page.ask("document.querySelectorAll('#projects tbody a').length")
    for n in range(number):
        page.ask(f"document.querySelectorAll('#projects tbody a')[{n}].click()")
        page.ask(SOON)
        assert page.ask(f"document.getElementById('p{n + 1}').open")
        assert page.ask("document.activeElement.tagName") == "SUMMARY"
    page.ask("document.getElementById('close').click()")
    assert page.ask("document.querySelectorAll('details[open]').length") == 0


def test_an_article_unfolds_where_it_is_cited_by_key_as_by_mouse(page: BrowserPage) -> None:
    page.ask("document.getElementById('open').click()")
    link = "document.querySelector('.at a[href^=\"#l\"]')"
    page.ask(f"{link}.focus()")
    page.press("Enter", "\r")
    assert page.ask(f"{link}.getAttribute('aria-expanded')") == "true"
    told = page.ask(f"{link}.parentNode.nextElementSibling.textContent")
    assert page.ask(f"document.querySelector({link}.getAttribute('href') + ' blockquote').textContent") in told
    page.press(" ", " ")
    assert page.ask(f"{link}.getAttribute('aria-expanded')") == "false"
    assert page.ask("document.querySelectorAll('.shown').length") == 0


def test_the_first_tab_leads_past_the_head(page: BrowserPage) -> None:
    page.ask("document.activeElement.blur(); window.scrollTo(0, 0)")
    assert page.ask("document.querySelector('a').className") == "skip"
    page.ask("document.querySelector('a.skip').focus()")
    assert page.ask("document.querySelector('a.skip').getBoundingClientRect().left >= 0")
    page.press("Enter", "\r")
    page.ask(SOON)
    assert page.ask("location.hash") == "#main"


def test_no_request_left_the_page_and_nothing_was_complained_of(page: BrowserPage) -> None:
    page.ask(SOON)
    assert [address for address in page.requests() if not address.startswith(("file:", "data:"))] == []
    assert page.complaints() == []


def test_the_page_fits_a_phone(page: BrowserPage) -> None:
    page.send("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
    page.ask("document.getElementById('open').click()")
    wide = page.ask("document.documentElement.scrollWidth")
    page.send("Emulation.clearDeviceMetricsOverride")
    assert wide <= 360
