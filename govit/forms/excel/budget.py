"""概算表：the lines of the budget by groups, and the money by source and year, laid out by templates/概算表.xlsx."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.money import WAN, format_money
from govit.forms.data.plan_columns import TOTAL, in_wan
from govit.forms.data.printed import numeral
from govit.forms.excel.layout import Fields, Share, SheetRow, Sum, fill
from govit.forms.excel.sheets import made_of, missing, page_of, place_of, slips_of, template_of
from govit.forms.job import FormRefusedError, Made, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.dossier.model import Budget, BudgetLine, Project
    from govit.forms.job import Job
    from govit.forms.word.tags import Slip

TEMPLATE = "概算表.xlsx"
BUDGET, FUNDING = "概算表", "资金来源"
_PAGE = {
    "title": "表名",
    "project": "项目名称",
    "unit": "项目单位",
    "to": "报送对象",
    "article": "依据条款",
    "year": "年度",
}
_LINE = {"n": "序号", "name": "费用名称", "kind": "费用性质", "source": "来源", "amount": "金额", "share": "占总投资"}
_YEARS = "years.*"
FIELDS: Mapping[str, Fields] = {
    BUDGET: Fields(
        sheet=_PAGE,
        rows={
            "group": {key: _LINE[key] for key in ("n", "name", "amount", "share")},
            "line": _LINE,
            "total": {key: _LINE[key] for key in ("name", "amount", "share")},
            "item": {key: _LINE[key] for key in ("n", "name", "amount")},
        },
        needed=("line", "total"),
    ),
    FUNDING: Fields(
        sheet={**_PAGE, _YEARS: "各年度"},
        rows={
            "row": {"n": "序号", "source": "来源", _YEARS: "年度金额", "amount": "合计"},
            "total": {"name": "字样", _YEARS: "年度金额", "amount": "合计"},
        },
        needed=("row",),
    ),
}
UNDATED = "未分年度"


def check_template(data: bytes) -> list[Slip]:
    """What is wrong with a template of this form."""
    return slips_of(data, TEMPLATE, FIELDS, (BUDGET,))


def make(job: Job) -> list[Made]:
    """The budget of one project; FormRefusedError with what it lacks, or if its lines do not add up to the total."""
    project = job.case.project
    reasons = [*missing(project, "name", "budget.total", "budget.lines"), *_disagreeing(project)]
    if reasons and not job.draft:
        message = "概算表需要的数据不全，没有写出；先补齐，或加 --draft 出草稿"
        raise FormRefusedError(message, reasons)
    book, models = template_of(job, FIELDS, (BUDGET,))
    page = page_of(job)
    made = []
    if project.budget is not None:
        made.append(fill(book, models[BUDGET], BUDGET, page, list(_rows(project.budget))))
    years = _years(project)
    if project.funding and FUNDING in models:
        names = {**page, **{f"years.{year}": f"{year}年" if year != UNDATED else year for year in years}}
        made.append(fill(book, models[FUNDING], FUNDING, names, _funding(project, years), {"years": years}))
    if not made:
        message = "概算表没有可写的数据"
        raise FormRefusedError(message, reasons)
    return made_of(job, book, made, reasons)


def _disagreeing(project: Project) -> list[Reason]:
    """Lines that do not add up to the total: a form that contradicts itself is not handed in."""
    budget = project.budget
    if budget is None or budget.total is None or not budget.lines:
        return []
    together = sum((line.amount for line in budget.lines if line.amount is not None), Decimal(0))
    if together == budget.total:
        return []
    text = f"概算明细合计 {format_money(together)}，总投资 {format_money(budget.total)}，两者不一致"
    return [Reason(text, place_of(project, "budget.lines"))]


def _rows(budget: Budget) -> Iterator[SheetRow]:
    """Groups with their lines, the total, and the yearly operation beside it."""
    by_group: dict[str, list[BudgetLine]] = {}
    for line in budget.lines:
        by_group.setdefault(line.group or "", []).append(line)
    grouped = bool(by_group.keys() - {""})
    last = len(budget.lines) + (len(by_group) if grouped else 0)
    whole = sum((line.amount for line in budget.lines if line.amount is not None), Decimal(0))
    at = number = 0
    for place, (name, lines) in enumerate(by_group.items(), 1):
        if grouped:
            amount = sum((line.amount for line in lines if line.amount is not None), Decimal(0))
            summed = Sum(at + 1, at + len(lines), amount / WAN)
            yield SheetRow(
                "group",
                {"n": numeral(place), "name": name or "未分组", "amount": summed, **_share(amount, whole, last)},
            )
            at += 1
            number = 0
        for line in lines:
            number += 1
            at += 1
            yield SheetRow("line", {"n": number, **_line(line), **_share(line.amount, whole, last)})
    total = {"amount": Sum(0, last - 1, whole / WAN), **_share(whole, whole, last)} if budget.lines else {}
    yield SheetRow("total", {"name": TOTAL, **total})
    if budget.operation is not None:
        yield SheetRow("item", {"n": "附", "name": "年运行维护费（不计入总投资）", "amount": in_wan(budget.operation)})


def _line(line: BudgetLine) -> dict[str, object]:
    return {"name": line.name, "kind": line.kind, "source": line.source, "amount": in_wan(line.amount)}


def _share(amount: Decimal | None, whole: Decimal, at: int) -> dict[str, Share]:
    return {"share": Share("amount", at, amount / whole)} if amount is not None and whole else {}


def _years(project: Project) -> tuple[str, ...]:
    """The years for which money is given, in order; what has no year comes last."""
    dated = sorted({f.year for f in project.funding if f.year is not None})
    undated = (UNDATED,) if any(f.year is None for f in project.funding) else ()
    return (*map(str, dated), *undated)


def _funding(project: Project, years: tuple[str, ...]) -> Iterator[SheetRow]:
    amounts: dict[str, dict[str, Decimal]] = {}
    for funding in project.funding:
        if funding.amount is not None:
            by_year = amounts.setdefault(funding.source or "（未写来源）", {})
            year = str(funding.year) if funding.year is not None else UNDATED
            by_year[year] = by_year.get(year, Decimal(0)) + funding.amount / WAN
    for number, (source, by_year) in enumerate(amounts.items(), 1):
        values = {f"years.{year}": by_year[year] for year in years if year in by_year}
        yield SheetRow("row", {"n": number, "source": source, **values, "amount": sum(by_year.values(), Decimal(0))})
    last = len(amounts) - 1
    sums = {f"years.{year}": sum((a.get(year, Decimal(0)) for a in amounts.values()), Decimal(0)) for year in years}
    whole = sum(sums.values(), Decimal(0))
    totals = {key: Sum(0, last, value) for key, value in {**sums, "amount": whole}.items()} if amounts else {}
    yield SheetRow("total", {"name": TOTAL, **totals})
