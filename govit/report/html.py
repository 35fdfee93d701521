"""网页报告：one HTML file for a project or a pile of them, which needs no network, no server and no script to be read.

Everything that somebody wrote into a dossier passes the template's escaping or the JSON for the script, whose signs of
markup are escaped too. The page forbids itself every request, and every style and script but its own two, by hash.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined

from govit import __version__
from govit.base.language import is_english, say
from govit.dossier.finding import Outcome
from govit.report import html_charts as charts
from govit.report.html_sections import KINDS, Sections
from govit.report.overview import GRAVEST, SHOWN, WORDS, called, grouped, headed, money
from govit.report.text import DISCLAIMER, chosen_rules, tally, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govit.change.result import Result
    from govit.judging.case import Case
    from govit.judging.judge import Report
    from govit.report.html_sections import Section
    from govit.report.jsontext import Entry, Json

LARGEST = 8_000_000
"""Bytes of a page that a browser of an office opens without delay; where it is more, light findings are left out."""
PAGE = Path(__file__).parent / "page"
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end a script, open a tag or end a line, as JSON writes it."""


def render(report: Report, cases: Iterable[Case] = (), note: str = "", changes: Result | None = None) -> str:
    """The page. `cases` are the projects, for their routes and dates; `note` is one line more in its head.

    `changes` are the projects beside their approved revision, where one was asked for.

    Of a pile that is too large for one page, light findings are left out, and each project says how many.
    """
    sections = Sections(report, cases, changes)
    page = _page(report, sections, note)
    while (over := len(page.encode()) - LARGEST) > 0 and sections.shorten(over):
        page = _page(report, sections, note)
    return page


def _page(report: Report, sections: Sections, note: str) -> str:
    style, script = _part("report.css"), _part("report.js")
    ranked = sections.ranked()
    groups = grouped(report)
    template = _environment().from_string(_part("report.html"))
    return template.render(
        policy=_policy(style, script),
        style=style,
        script=script,
        data=escaped_json(_for_the_script(report, ranked)),
        lang="en" if is_english() else "zh-CN",
        in_english=is_english(),
        report=report,
        title=called(ranked[0].project) if len(ranked) == 1 else say("项目检查报告"),
        verdict=verdict(report, note),
        tally=tally(report),
        note=" ".join(filter(None, (note, chosen_rules(report)))),
        sections=ranked,
        general=sections.groups([f for f in report.general if f.outcome in (Outcome.VIOLATES, Outcome.UNDETERMINED)]),
        dates=sections.general_dates(),
        laws=sections.laws(),
        remedies=sections.remedies(),
        rules=[(number, f"{rule} {title}") for number, rule, title in sections.rules()],
        numbered_choices=_numbered(report),
        kinds=_kinds(report),
        cards=_cards(report, ranked),
        amounts=charts.amounts(groups) if len(ranked) > 1 else [],
        by_rule=charts.findings(groups["rule"]) if len(ranked) > 1 else [],
        shown=SHOWN,
        words=WORDS,
        headed=headed,
        money=money,
        say=say,
        disclaimer=say(DISCLAIMER),
        version=__version__,
    )


def _environment() -> Environment:
    """Of the template that is ours, so no sandbox, which would double the time: what strangers wrote is never a template."""
    return Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, keep_trailing_newline=True
    )


def _part(name: str) -> str:
    """A file of the page. Its line ends are those that a browser counts when it computes the hash."""
    return (PAGE / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """The content security policy: nothing from anywhere, and of what stands in the page these two texts alone."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def escaped_json(value: Json) -> str:
    """JSON that can stand in an element of HTML: none of its signs ends the element or opens another."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _for_the_script(report: Report, sections: Sequence[Section]) -> Entry:
    """What the script filters and sorts by, one row a project, in the order of the page."""
    choices = _choices(report)
    places = {by: {name: n for n, name in enumerate(names)} for by, names in choices.items()}
    return {
        "words": {
            "shown": say("显示 {} 个项目，共 {} 个"),
            "one": say("显示 {} 项结论，共 {} 项"),
            "sort": say("按“{}”排序"),
        },
        "projects": [
            {
                "unit": places["unit"][section.project.unit or ""],
                "stage": places["stage"][section.project.stage or ""],
                "law": places["law"][section.law],
                "year": section.year,
                "total": None if section.project.total is None else float(section.project.total),
                "counts": [section.counts[counter] for counter in SHOWN],
            }
            for section in sections
        ],
    }


def _choices(report: Report) -> dict[str, list[str]]:
    """What can be chosen in each filter."""
    stages = [stage.name for regulation in report.regulations for stage in regulation.stages]
    order = {name: n for n, name in enumerate(dict.fromkeys(stages))}
    return {
        "unit": sorted({p.unit or "" for p in report.projects}),
        "stage": sorted({p.stage or "" for p in report.projects}, key=lambda name: (order.get(name, len(order)), name)),
        "law": sorted({p.regulation.title if p.regulation else "" for p in report.projects}),
    }


def _numbered(report: Report) -> dict[str, list[tuple[int, str]]]:
    """The choices by their numbers, an empty one in words."""
    return {
        by: [(n, name or say("（没有写）")) for n, name in enumerate(names)] for by, names in _choices(report).items()
    }


def _kinds(report: Report) -> list[tuple[str, str]]:
    """The kinds of findings that there are."""
    counts = report.counts
    return [(kind, say(KINDS[kind])) for kind in GRAVEST if counts[kind]]


def _cards(report: Report, sections: Sequence[Section]) -> list[tuple[str, str, str, str]]:
    """The figures at the top: their kind, word, figure, and what stands below."""
    counts = report.counts
    failing = [section.project for section in sections if section.counts["error"]]
    clean = sum(not any(section.counts[counter] for counter in SHOWN) for section in sections)
    whole = charts.together({p.path: p.total for p in report.projects}.values())
    return [
        ("projects", say("项目"), str(len(sections)), say("{} 个没有问题").format(clean)),
        ("error", say("错误"), str(counts["error"]), say("在 {} 个项目里").format(len(failing))),
        ("warning", say("警告"), str(counts["warning"]), _projects_with("warning", sections)),
        ("undetermined", say("待定"), str(counts["undetermined"]), _projects_with("undetermined", sections)),
        (
            "amount",
            say("总投资"),
            money(whole) or "—",
            say("有错误的项目 {}").format(money(charts.together(p.total for p in failing)) or "—"),
        ),
    ]


def _projects_with(counter: str, sections: Iterable[Section]) -> str:
    return say("在 {} 个项目里").format(sum(section.counts[counter] > 0 for section in sections))
