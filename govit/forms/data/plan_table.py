"""计划的数据：the plan as a table of text for a spreadsheet, or as JSON for a program. Pure."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govit.forms.data.plan_columns import COLUMNS, FUNDING
from govit.forms.data.plan_compared import compared

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from govit.forms.data.plan import AnnualPlan, LeftOut, Part
    from govit.forms.data.plan_compared import PastPlan

CSV, JSON = "csv", "json"
SCHEMA = "govit-plan-1"
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(plan: AnnualPlan, form: str, past: PastPlan | None, as_of: dt.date) -> bytes:
    """The plan in one of these formats."""
    return as_csv(plan) if form == CSV else as_json(plan, past, as_of)


def as_csv(plan: AnnualPlan) -> bytes:
    """One line for each project of the plan, amounts in 万元; what a spreadsheet would run stays text."""
    sources = dict.fromkeys(source for part in plan.parts for source in part.sources)
    heads: dict[str, str] = {}
    for column in COLUMNS:
        if column.key == FUNDING:
            heads |= {FUNDING.replace("*", source): f"{column.over}：{source}（万元）" for source in sources}
        else:
            over = f"{column.over}：" if column.over else ""
            heads[column.key] = f"{over}{column.header}{f'（{column.unit}）' if column.unit else ''}"
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(heads.values())
    for part in plan.parts:
        for entry in part.entries:
            lines.writerow(_cell(entry.values.get(key)) for key in heads)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str | Decimal | dt.date | None) -> str:
    text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f"'{text}" if text.startswith(_LIKE_FORMULA) and not isinstance(value, Decimal) else text


def as_json(plan: AnnualPlan, past: PastPlan | None, as_of: dt.date) -> bytes:
    """Everything that the workbook holds; amounts are texts in 万元, so that none is rounded."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "year": plan.year,
        "as_of": str(as_of),
        "parts": [_part(part) for part in plan.parts],
        "stray": [_left_out(one) for one in plan.stray],
        "classified": plan.classified,
    }
    if past is not None:
        keys = ("situation", "name", "unit", "before", "after", "difference", "year_before", "year_after", "note")
        data["compared_with"] = past.source
        data["compared"] = [{key: _plain(getattr(one, key)) for key in keys} for one in compared(plan, past)]
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _part(part: Part) -> Mapping[str, Any]:
    return {
        "regulation": part.regulation.id,
        "title": part.title,
        "projects": [{key: _plain(value) for key, value in entry.values.items()} for entry in part.entries],
        "left_out": [_left_out(one) for one in part.left_out],
        "classified": part.classified,
        "checks": [{key: getattr(one, key) for key in ("name", "result", "detail", "projects")} for one in part.checks],
        "statistics": [
            {
                "name": group.name,
                "rows": [
                    {"name": row.name, "count": row.count, "total": _plain(row.total), "year": _plain(row.year)}
                    for row in group.rows
                ],
            }
            for group in part.statistics
        ],
        "alike": [
            {
                "projects": [pair.one.id, pair.other.id],
                "score": round(pair.score, 1),
                "name": round(pair.name, 1),
                "content": None if pair.content is None else round(pair.content, 1),
                "objects": list(pair.objects),
                "catalogue": list(pair.rows),
            }
            for pair in part.alike
        ],
    }


def _left_out(one: LeftOut) -> Mapping[str, Any]:
    project = one.case.project
    return {"id": project.id, "name": project.name, "path": one.case.path, "why": one.why, "article": one.article}


def _plain(value: str | Decimal | dt.date | None) -> str | None:
    return None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
