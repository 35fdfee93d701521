"""年度计划的工作簿：a plan as Excel sheets, laid out by templates/年度计划.xlsx."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.worksheet.datavalidation import DataValidation

from govit.base.usage import UsageError
from govit.dossier.keys import Kind
from govit.forms.data import plan_table
from govit.forms.data.plan import build, years_of
from govit.forms.data.plan_checks import named
from govit.forms.data.plan_columns import COLUMNS, FUNDING, SUBTOTAL, TOTAL, in_wan
from govit.forms.data.plan_compared import SITUATIONS, compared
from govit.forms.data.printed import day, numeral, percent
from govit.forms.excel.layout import STAR, Fields, Filled, SheetRow, Sum, fill
from govit.forms.excel.plan_review import reviewed_rows
from govit.forms.excel.sheets import DRAFT, finished, slips_of, template_of
from govit.forms.job import FormRefusedError, Made, Reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from openpyxl import Workbook

    from govit.forms.data.plan import AnnualPlan, LeftOut, Part
    from govit.forms.data.plan_alike import Alike
    from govit.forms.data.plan_checks import PlanCheck
    from govit.forms.data.plan_compared import ComparedProject, PastPlan
    from govit.forms.excel.layout import SheetTemplate
    from govit.forms.job import Job
    from govit.forms.word.tags import Slip
    from govit.judging.case import Case

TEMPLATE = "年度计划.xlsx"
PLAN, LEFT_OUT, REVIEW, CHECKS = "计划", "未列入", "评审提示", "核对"
STATISTICS, ALIKE, COMPARED = "统计", "相近项目", "与上年对比"
STRAY = "未归入办法的项目"
_LABELS = {column.key: column.header for column in COLUMNS}
_SUMS = {column.key: column.header for column in COLUMNS if column.kind is Kind.MONEY}
_PAGE = {
    "title": "表名",
    "to": "报送对象",
    "regulation": "办法名称",
    "document_number": "文号",
    "article": "依据条款",
    "year": "年度",
    "as_of": "判断日",
    "count": "个数",
    "classified": "涉密个数",
}
FIELDS: Mapping[str, Fields] = {
    PLAN: Fields(
        sheet={**_PAGE, FUNDING: "各资金来源"},
        rows={
            "group": {"number": "一二三", "name": "类别", "count": "个数"},
            "row": {"n": "序号", **_LABELS, FUNDING: "资金来源"},
            "subtotal": {"name": "字样", **_SUMS},
            "total": {"name": "字样", **_SUMS},
        },
        needed=("row",),
    ),
    LEFT_OUT: Fields(
        sheet=_PAGE,
        rows={
            "row": {
                "n": "序号",
                **{
                    key: _LABELS[key] for key in ("name", "unit.name", "category", "budget.total", "id", "path", "year")
                },
                "stage": "当前阶段",
                "why": "原因",
                "article": "条款",
            }
        },
        needed=("row",),
    ),
    REVIEW: Fields(
        sheet=_PAGE,
        rows={
            "project": {"n": "序号", "name": "项目名称", "unit.name": "项目单位", "stage": "阶段", "summary": "概况"},
            "finding": {
                "kind": "问题类别",
                "rule": "规则",
                "article": "条款",
                "message": "问题",
                "hint": "怎么办",
                "place": "位置",
                "waiver": "豁免",
            },
        },
        needed=("project", "finding"),
    ),
    CHECKS: Fields(
        sheet=_PAGE,
        rows={
            "row": {"n": "序号", "name": "核对事项", "result": "结果", "detail": "说明", "projects": "涉及项目"},
        },
        needed=("row",),
    ),
    STATISTICS: Fields(
        sheet=_PAGE,
        rows={
            "section": {"name": "按什么统计"},
            "row": {
                "n": "序号",
                "name": "名称",
                "count": "个数",
                "total": "总投资",
                "share": "占总投资",
                "year": "本年度计划投资",
            },
            "total": {"name": "字样", "count": "个数", "total": "总投资", "year": "本年度计划投资"},
        },
        needed=("section", "row"),
    ),
    ALIKE: Fields(
        sheet=_PAGE,
        rows={
            "row": {
                "n": "序号",
                "one": "项目甲",
                "other": "项目乙",
                "score": "相近程度",
                "name": "名称相近",
                "content": "内容相近",
                "objects": "相同的建设内容类型",
                "rows": "同名的数据资源",
            }
        },
        needed=("row",),
    ),
    COMPARED: Fields(
        sheet={**_PAGE, "source": "上次的计划"},
        rows={
            "section": {"name": "情况", "count": "个数"},
            "row": {
                "n": "序号",
                "name": "项目名称",
                "unit": "项目单位",
                "before": "上次总投资",
                "after": "本次总投资",
                "difference": "增减额",
                "year_before": "上次年度投资",
                "year_after": "本次年度投资",
                "note": "说明",
            },
        },
        needed=("row",),
    ),
}
"""What the markers of each sheet of the template may name."""
_YEARS = range(1900, 2100)
_LONGEST_LIST = 255
_OPTIONAL = ("build_mode", "budget.spent", "manager", "contact.phone")
"""Columns that need no room on paper when no project of the plan says anything there."""


def check_template(data: bytes) -> list[Slip]:
    """What is wrong with a template of this form."""
    return slips_of(data, TEMPLATE, FIELDS, (PLAN,))


def make(job: Job) -> list[Made]:
    """The plan of a year over all projects that were given."""
    year = year_of(job.cases, job.year)
    plan = build(job.cases, year)
    name = plan.parts[0].form if len(plan.parts) == 1 else job.title
    if job.file_format:
        data = plan_table.written(plan, job.file_format, job.past, job.as_of)
        return [Made(data=data, parts=(str(year), name), suffix=f".{job.file_format}")]
    book, models = template_of(job, FIELDS, (PLAN,))
    made = sheets(plan, book, models, job.as_of, job.past)
    if not made:
        message = "没有一个项目有可以使用的办法，编不成年度计划，没有写出"
        raise FormRefusedError(message, [Reason(one.why, one.case.path) for one in plan.stray])
    data = finished(book, made, job)
    return [Made(data=data, parts=(str(year), name, DRAFT if job.draft else None), suffix=".xlsx")]


def year_of(cases: Sequence[Case], wanted: int | None) -> int:
    """The year of the plan; without one asked for, that of the projects if they have but one. It is never guessed."""
    if wanted is not None:
        if wanted not in _YEARS:
            message = f"--year 写四位年份，例如 2027，不是 {wanted}"
            raise UsageError(message)
        return wanted
    found = years_of(cases)
    if len(found) == 1:
        return found[0]
    which = f"这些项目的计划年度有 {'、'.join(map(str, found))}" if found else "这些项目都没有写 year（计划年度）"
    message = f"年度计划要用 --year 写明年度；{which}"
    raise UsageError(message)


def sheets(
    plan: AnnualPlan,
    book: Workbook,
    models: Mapping[str, SheetTemplate],
    as_of: dt.date,
    past: PastPlan | None = None,
) -> list[Filled]:
    """A group of sheets for each regulation, one for the projects that belong to none, and what became of a past plan."""
    made: list[Filled] = []
    several = len(plan.parts) > 1
    for part in plan.parts:
        made += _sheets(book, models, part, as_of, f"{part.regulation.prefix} " if several else "")
    if (plan.stray or plan.classified) and LEFT_OUT in models:
        page = {
            "year": str(plan.year),
            "count": str(len(plan.stray)),
            "classified": str(plan.classified),
            "regulation": "没有可以使用的办法",
        }
        made.append(fill(book, models[LEFT_OUT], STRAY, page, _left_out(plan.stray)))
    if past is not None and plan.parts and COMPARED in models:
        page = {"year": str(plan.year), "source": past.source, "as_of": day(as_of) or ""}
        made.append(fill(book, models[COMPARED], COMPARED, page, _compared(compared(plan, past))))
    return made


def _sheets(
    book: Workbook, models: Mapping[str, SheetTemplate], part: Part, as_of: dt.date, prefix: str
) -> Iterator[Filled]:
    page = {
        "title": part.title,
        "to": part.to,
        "regulation": f"《{part.regulation.title}》",
        "document_number": part.regulation.document_number,
        "article": part.article,
        "year": str(part.year),
        "as_of": day(as_of) or "",
        "count": str(len(part.left_out)),
        "classified": str(part.classified),
        **{FUNDING.replace("*", source): source for source in part.sources},
    }
    sources = {FUNDING.removesuffix(STAR): part.sources}
    rows: Mapping[str, Iterable[SheetRow]] = {
        PLAN: _planned(part),
        LEFT_OUT: _left_out(part.left_out),
        REVIEW: reviewed_rows(part.reviewed),
        CHECKS: (SheetRow("row", {"n": n, **_plain(check)}) for n, check in enumerate(part.checks, 1)),
        STATISTICS: _counted(part),
        ALIKE: _alike(part.alike),
    }
    empty = {
        LEFT_OUT: not part.left_out and not part.classified,
        REVIEW: not part.reviewed,
        STATISTICS: not part.statistics,
        ALIKE: not part.alike,
    }
    for name, model in models.items():
        if name not in rows or empty.get(name):
            continue
        filled = fill(book, model, prefix + name, page, rows[name], sources)
        if name == PLAN:
            _finish(filled, part)
        yield filled


def _plain(check: PlanCheck) -> dict[str, str]:
    return {key: getattr(check, key) for key in ("name", "result", "detail", "projects")}


def _planned(part: Part) -> Iterator[SheetRow]:
    """Groups, their rows, a subtotal under each, the total at the end; sums count rows of this list."""
    at = number = 0
    totals: dict[str, Decimal] = {}
    for place, group in enumerate(part.groups, 1):
        yield SheetRow("group", {"number": numeral(place), "name": group.name, "count": len(group.entries)})
        sums: dict[str, Decimal] = {}
        for entry in group.entries:
            number += 1
            yield SheetRow("row", {"n": number, **entry.values})
            for key in _summed(part):
                amount = entry.values.get(key)
                sums[key] = sums.get(key, Decimal(0)) + (amount if isinstance(amount, Decimal) else 0)
        first, last = at + 1, at + len(group.entries)
        yield SheetRow("subtotal", {"name": SUBTOTAL, **{key: Sum(first, last, sums[key]) for key in sums}})
        at = last + 2
        for key, amount in sums.items():
            totals[key] = totals.get(key, Decimal(0)) + amount
    if part.groups:
        yield SheetRow("total", {"name": TOTAL, **{key: Sum(0, at - 1, totals[key]) for key in totals}})
    else:
        yield SheetRow("total", {"name": "本年度没有列入计划的项目"})


def _summed(part: Part) -> list[str]:
    return [key for key in _SUMS if key != FUNDING] + [FUNDING.replace("*", source) for source in part.sources]


def _finish(filled: Filled, part: Part) -> None:
    """A drop-down of the regulation's categories, and no room for columns in which nobody has said anything."""
    categories = ",".join(part.regulation.words.get("categories", {}))
    letter = filled.columns.get("category")
    if letter and part.entries and categories and len(categories) <= _LONGEST_LIST and '"' not in categories:
        choice = DataValidation(type="list", formula1=f'"{categories}"', allow_blank=True)
        choice.add(f"{letter}{filled.first}:{letter}{filled.last}")
        filled.sheet.add_data_validation(choice)
    if "review.note" in filled.columns:  # what stands beyond is for whoever edits the sheet
        rows = len(filled.rows.heights)
        filled.sheet.print_area = f"A1:{filled.columns['review.note']}{rows}"
    said = {key for entry in part.entries for key in entry.values}
    for key in _OPTIONAL:
        if key in filled.columns and key not in said:
            filled.sheet.column_dimensions[filled.columns[key]].hidden = True


def _left_out(projects: Iterable[LeftOut]) -> Iterator[SheetRow]:
    for number, one in enumerate(projects, 1):
        project = one.case.project
        total = project.budget.total if project.budget else None
        yield SheetRow(
            "row",
            {
                "n": number,
                "name": project.name or project.id or "（读不出名称）",
                "unit.name": project.unit.name if project.unit else None,
                "category": project.category,
                "year": project.year,
                "stage": project.stage,
                "budget.total": in_wan(total),
                "why": one.why,
                "article": one.article,
                "id": project.id,
                "path": one.case.path,
            },
        )


# -- statistics, likeness, the plan before --------------------------------------------------------------


def _counted(part: Part) -> Iterator[SheetRow]:
    """Each group with its rows; a sum below those of which every project is in one."""
    whole = sum((row.total for row in part.statistics[0].rows), Decimal(0)) if part.statistics else Decimal(0)
    for place, group in enumerate(part.statistics, 1):
        yield SheetRow("section", {"name": f"{numeral(place)}、{group.name}"})
        for number, row in enumerate(group.rows, 1):
            values = {"n": number, "name": row.name, "count": row.count, "total": row.total, "year": row.year or None}
            share = percent(row.total, whole) if whole else None
            yield SheetRow("row", {**values, "share": share})
        if group.apart:
            sums = {key: sum((getattr(row, key) for row in group.rows), Decimal(0)) for key in ("total", "year")}
            yield SheetRow("total", {"name": TOTAL, "count": sum(row.count for row in group.rows), **sums})


def _alike(pairs: Iterable[Alike]) -> Iterator[SheetRow]:
    for number, pair in enumerate(pairs, 1):
        yield SheetRow(
            "row",
            {
                "n": number,
                "one": named(pair.one),
                "other": named(pair.other),
                "score": f"{pair.score:.0f}%",
                "name": f"{pair.name:.0f}%",
                "content": "没有写" if pair.content is None else f"{pair.content:.0f}%",
                "objects": "、".join(pair.objects) or "—",
                "rows": f"{len(pair.rows)} 项：{'、'.join(pair.rows)}" if pair.rows else "—",
            },
        )


def _compared(projects: Iterable[ComparedProject]) -> Iterator[SheetRow]:
    found = list(projects)
    for place, situation in enumerate(SITUATIONS, 1):
        rows = [one for one in found if one.situation == situation]
        yield SheetRow("section", {"name": f"{numeral(place)}、{situation}", "count": len(rows)})
        for number, one in enumerate(rows, 1):
            keys = ("name", "unit", "before", "after", "difference", "year_before", "year_after", "note")
            yield SheetRow("row", {"n": number, **{key: getattr(one, key) for key in keys}})
