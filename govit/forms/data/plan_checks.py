"""计划的核对：sums, figures that cannot be, duplicates, and the projects that look most alike. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.forms.data.plan_columns import BY_KEY, YEAR_AMOUNT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from govit.dossier.model import Project
    from govit.forms.data.plan_alike import Alike
    from govit.judging.case import Case
    from govit.judging.judge import Judged

    Value = str | Decimal | dt.date
    Entry = tuple[Case, Mapping[str, Value]]

RIGHT, WRONG, HINT = "相符", "不符", "提示"
SUMS = ("GOV-301", "GOV-302", "GOV-303", "GOV-304", "GOV-311")
"""govit's own rules about the sums of one project."""
WANTED = ("name", "unit.name", "category", "content", "budget.total", YEAR_AMOUNT)
"""What every row of a plan should say."""
TOTAL, SPENT, CUT, GRANTED = "budget.total", "budget.spent", "review.cut", "review.granted"
MOST_PAIRS = 10
_DIGITS = 15
"""Digits that a spreadsheet keeps of a number."""


@record
class PlanCheck:
    """核对事项：what was held against what, how it came out, and for which projects."""

    name: str
    result: str
    detail: str
    projects: str = ""


def checks(
    entries: Sequence[Entry],
    judged: Sequence[tuple[Case, Judged]],
    *,
    left_out: int,
    classified: int,
    stray: int,
    notes: Sequence[str],
    alike: Sequence[Alike],
) -> tuple[PlanCheck, ...]:
    """What a bureau checks before it sends a plan on, the general first."""
    shown = [case for case, _ in judged]
    found = [PlanCheck("办法效力", HINT, note) for note in notes]
    found.append(_numbers(entries, left_out, classified, stray))
    found += _sums(entries, judged)
    found += _each(entries, _missing)
    found += _each(entries, _impossible)
    found += _each(entries, _reviewed)
    found += _duplicates(shown)
    found += near(alike)
    return tuple(found)


def _numbers(entries: Sequence[Entry], left_out: int, classified: int, stray: int) -> PlanCheck:
    """How many came and where they are. What could not be read belongs to no plan, so that the numbers do not agree."""
    received = len(entries) + left_out + classified
    total, year = (_sum(entries, key) for key in (TOTAL, YEAR_AMOUNT))
    came = f"收到 {received} 个项目"
    unread = ""
    if stray:
        came = f"送来 {received + stray} 个项目，读出 {received} 个"
        unread = f"；另有 {stray} 个读不出来或者没有可用的办法，没有计入，改正后再编"
    detail = (
        f"{came}：列入计划 {len(entries)} 个，总投资 {_plain(total)} 万元，"
        f"本年度计划投资 {_plain(year)} 万元；未列入 {left_out} 个；涉密 {classified} 个（不列名称）{unread}"
    )
    return PlanCheck("项目数和金额", WRONG if stray else RIGHT, detail)


def _sum(entries: Sequence[Entry], key: str) -> Decimal:
    return sum((_number(values, key) or Decimal(0) for _, values in entries), Decimal(0))


def _sums(entries: Sequence[Entry], judged: Sequence[tuple[Case, Judged]]) -> list[PlanCheck]:
    """Lines, groups, funding and years against the total of each project, as `check` found them."""
    planned = {id(case) for case, _ in entries}
    found = []
    for case, _ in judged:
        wrong = [finding.message for finding in case.findings if finding.rule in SUMS]
        if wrong and id(case) in planned:
            found.append(PlanCheck("明细、资金来源与总投资", WRONG, "\n".join(wrong), named(case.project)))
    if found or not entries:
        return found
    return [PlanCheck("明细、资金来源与总投资", RIGHT, f"列入计划的 {len(entries)} 个项目，各项合计与总投资一致")]


def _each(
    entries: Sequence[Entry], look: Callable[[Mapping[str, Value]], list[tuple[str, str, str]]]
) -> list[PlanCheck]:
    return [PlanCheck(*result, named(case.project)) for case, values in entries for result in look(values)]


def _missing(values: Mapping[str, Value]) -> list[tuple[str, str, str]]:
    lacking = [BY_KEY[key].header for key in WANTED if key not in values]
    return [("应填未填", WRONG, "没有填：" + "、".join(lacking))] if lacking else []


def _impossible(values: Mapping[str, Value]) -> list[tuple[str, str, str]]:
    found = []
    total, spent, year = (_number(values, key) for key in (TOTAL, SPENT, YEAR_AMOUNT))
    if total is not None and year is not None and year > total:
        found.append(("年度投资", WRONG, f"本年度计划投资 {_plain(year)} 万元大于总投资 {_plain(total)} 万元"))
    elif total is not None and spent is not None and year is not None and spent + year > total:
        detail = f"累计完成投资 {_plain(spent)} 加本年度计划投资 {_plain(year)}，大于总投资 {_plain(total)} 万元"
        found.append(("年度投资", HINT, detail))
    long = [
        BY_KEY[k].header
        for k in values
        if k in BY_KEY and len((_number(values, k) or Decimal(0)).as_tuple().digits) > _DIGITS
    ]
    if long:
        found.append(("数位", HINT, f"{'、'.join(long)}超过 {_DIGITS} 位，电子表格只能显示前 {_DIGITS} 位"))
    return found


def _reviewed(values: Mapping[str, Value]) -> list[tuple[str, str, str]]:
    """核定 = 总投资 − 核减, where the bureau has written both."""
    total, cut, granted = (_number(values, key) for key in (TOTAL, CUT, GRANTED))
    if total is not None and granted is not None and granted > total:
        return [("核定金额", HINT, f"核定金额 {_plain(granted)} 万元大于总投资 {_plain(total)} 万元")]
    if total is not None and cut is not None and granted is not None and total - cut != granted:
        detail = f"总投资 {_plain(total)} 减核减金额 {_plain(cut)}，不等于核定金额 {_plain(granted)} 万元"
        return [("核定金额", WRONG, detail)]
    return []


def _duplicates(shown: Sequence[Case]) -> list[PlanCheck]:
    """Projects that share an id, a name or a code."""
    found = []
    for what, key in (("项目标识", "id"), ("项目名称", "name"), ("项目代码", "project_code")):
        by_value: dict[str, list[Project]] = {}
        for case in shown:
            value = getattr(case.project, key)
            if value:
                by_value.setdefault(str(value), []).append(case.project)
        for value, projects in by_value.items():
            if len(projects) > 1:
                detail = f"{what}“{value}”有 {len(projects)} 个项目"
                found.append(PlanCheck(f"{what}重复", WRONG, detail, "\n".join(map(named, projects))))
    return found or [PlanCheck("重复项目", RIGHT, "项目标识、名称、代码都没有重复")]


def _number(values: Mapping[str, Value], key: str) -> Decimal | None:
    value = values.get(key)
    return value if isinstance(value, Decimal) else None


def _plain(amount: Decimal | None) -> str:
    return f"{amount or Decimal(0):,f}"


def named(project: Project) -> str:
    """A project with its unit and folder."""
    where = project.source.file.rpartition("/")[0] or "."
    unit = project.unit.name if project.unit and project.unit.name else "单位未写"
    return f"{project.name or project.id or '（未命名项目）'}（{unit}，{where}）"


# -- projects that look alike ----------------------------------------------------------------------------


def near(pairs: Sequence[Alike]) -> list[PlanCheck]:
    """The nearest pairs as hints."""
    return [_near(pair) for pair in pairs[:MOST_PAIRS]]


def _near(pair: Alike) -> PlanCheck:
    shared = f"，有 {len(pair.rows)} 项数据资源同名" if pair.rows else ""
    detail = f"不同单位的两个项目，名称和建设内容相近 {pair.score:.0f}%{shared}，请看是否重复建设或可以共建"
    return PlanCheck("相近项目", HINT, detail, "\n".join(map(named, (pair.one, pair.other))))
