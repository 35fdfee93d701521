"""报告里的表：drawn from project.yaml, so that text and data cannot disagree. Pure."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.base.records import record
from govit.forms.data import context, investment
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govit.forms.data.filled_form import FilledForm


@record
class Grid:
    """一张表. `widths` are shares of the text width; `figures` are the columns that stand to the right."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    figures: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    """Rows of sums."""


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    root, _ = parse((Path(__file__).parent / "report_tables.yaml").read_text(encoding="utf-8"))
    return {
        name: (node.entries["label"].text, tuple(also.text for also in node.entries["also"].listed))
        for name, node in root.entries.items()
    }


def named(text: str) -> str | None:
    """The table that an author asks for by one of its names."""
    return next((name for name, (label, also) in _names().items() if text in (name, label, *also)), None)


def nearest(text: str) -> str:
    """What can be asked for, the nearest first."""
    return did_you_mean(text, [label for label, _ in _names().values()])


def grids(filled_form: FilledForm) -> dict[str, Grid]:
    """The tables that the project has data for, in the order of an appendix."""
    made = {name: make(filled_form, _names()[name][0]) for name, make in _MAKERS.items()}
    return {name: grid for name, grid in made.items() if grid.rows}


def _texts(row: Mapping[str, str | None], keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(row.get(key) or "" for key in keys)


def _budget(filled_form: FilledForm, title: str) -> Grid:
    rows: list[tuple[str, ...]] = []
    strong = set()
    for group in investment.budget_groups(filled_form):
        if group["name"]:
            strong.add(len(rows))
            rows.append((group["number"], group["name"], "", group["amount_wan"] or "", ""))
        rows += [_texts(line, ("n", "name", "kind", "amount_wan", "source")) for line in group["lines"]]
    total = investment.budget(filled_form)["total_wan"]
    if rows and total:
        strong.add(len(rows))
        rows.append(("", "合计", "", total, ""))
    header = ("序号", "费用名称", "费用性质", "金额（万元）", "资金来源")
    return Grid(title, header, tuple(rows), (8, 38, 17, 18, 19), frozenset({3}), frozenset(strong))


def _funding(filled_form: FilledForm, title: str) -> Grid:
    rows = [_texts(row, ("n", "source", "amount_wan", "share")) for row in investment.funding_sources(filled_form)]
    return Grid(title, ("序号", "资金来源", "金额（万元）", "占比"), tuple(rows), (10, 50, 22, 18), frozenset({2, 3}))


def _years(filled_form: FilledForm, title: str) -> Grid:
    rows = [_texts(row, ("n", "year", "amount_wan")) for row in investment.budget_years(filled_form)]
    return Grid(title, ("序号", "年度", "投资（万元）"), tuple(rows), (16, 42, 42), frozenset({2}))


def _produced(filled_form: FilledForm, title: str) -> Grid:
    rows = [_texts(r, ("n", "name", "share", "recipients", "basis")) for r in context.catalogue(filled_form, "产生")]
    header = ("序号", "数据资源名称", "共享类型", "共享对象", "依据")
    return Grid(title, header, tuple(rows), (8, 34, 18, 20, 20))


def _needed(filled_form: FilledForm, title: str) -> Grid:
    rows = [_texts(r, ("n", "name", "provider", "basis")) for r in context.catalogue(filled_form, "需要")]
    return Grid(title, ("序号", "数据资源名称", "提供方", "依据"), tuple(rows), (8, 42, 26, 24))


_MAKERS: Mapping[str, Callable[[FilledForm, str], Grid]] = {
    "budget": _budget,
    "funding": _funding,
    "years": _years,
    "produced": _produced,
    "needed": _needed,
}
