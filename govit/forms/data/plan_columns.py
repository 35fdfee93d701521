"""年度计划的列：which value of a project stands in which column, for the plan that is written and for the one read back.

The one table of `govit render plan` and `govit import`: a sheet is laid out by its template, where a clerk may move,
rename or leave out columns; what a column means is said here.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from govit.base.money import WAN
from govit.base.records import named_record
from govit.dossier.keys import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


class ColumnPlace(Enum):
    """Where a column's value lives in project.yaml."""

    FIELD = "字段"  # at the dotted key itself
    FUNDING = "资金来源"  # funding: the amount of one source, one column for each source of the regulation
    YEAR = "分年度投资"  # budget.years: the amount of the year of the plan
    DERIVED = "推算"  # worked out by govit; an edit of it cannot be taken back
    FOLDER = "文件夹"  # where the project stands, not a value of it


@named_record
class Column:
    """列. `key` is the marker of the template: {{ row.key }}; the header may be written instead of it."""

    key: str
    header: str
    over: str = ""
    """The header above it, in the upper of two rows."""
    also: tuple[str, ...] = ()
    """Other headers by which lists of other bureaus call it."""
    kind: Kind = Kind.TEXT
    place: ColumnPlace = ColumnPlace.FIELD
    editable: bool = True
    bureau: bool = False
    """Filled in by the bureau, not by the applicant."""

    @property
    def unit(self) -> str:
        """The unit of the figures, '' for what is no amount."""
        return "万元" if self.kind is Kind.MONEY else ""


FUNDING = "funding.*"
YEAR_AMOUNT = "budget.years"
COLUMNS: tuple[Column, ...] = (
    Column(key="name", header="项目名称", also=("名称", "申报项目名称", "建设项目名称", "项目全称")),
    Column(key="unit.name", header="项目单位", also=("建设单位", "项目建设单位", "单位名称", "需求单位", "实施主体")),
    Column(key="applicant", header="申报单位", also=("申报部门", "主管部门", "预算主管部门", "责任部门")),
    Column(key="category", header="项目类别", also=("类别", "项目类型", "建设性质", "项目性质"), kind=Kind.WORD),
    Column(key="kind", header="申报类型", also=("申报方式",), place=ColumnPlace.DERIVED, editable=False),
    Column(key="build_mode", header="建设方式", also=("建设模式",), kind=Kind.WORD),
    Column(
        key="content",
        header="主要建设内容",
        also=("建设内容", "建设内容及规模", "项目建设内容及规模", "主要建设内容及规模"),
    ),
    Column(key="basis", header="建设依据", also=("立项依据", "申报依据", "项目依据"), kind=Kind.TEXTS),
    Column(
        key="budget.total",
        header="总投资",
        also=("项目总投资", "计划总投资", "估算投资", "概算总投资", "投资估算", "估算总投资", "总投资估算"),
        kind=Kind.MONEY,
    ),
    Column(key=FUNDING, header="*", over="资金来源", also=("投资来源",), kind=Kind.MONEY, place=ColumnPlace.FUNDING),
    Column(
        key="budget.spent",
        header="累计完成投资",
        also=("累计完成投资（至上年底）", "至上年底累计完成投资", "已完成投资", "实际支出"),
        kind=Kind.MONEY,
    ),
    Column(
        key=YEAR_AMOUNT,
        header="本年度计划投资",
        also=("年度计划投资", "当年计划投资", "本年计划投资", "年度投资", "计划投资", "本年度投资", "本年投资", "当年投资"),
        kind=Kind.MONEY,
        place=ColumnPlace.YEAR,
    ),
    Column(key="schedule.start", header="开工", over="建设起止时间", also=("开工日期", "计划开工日期", "开工时间", "计划开工时间"), kind=Kind.DATE),
    Column(key="schedule.end", header="完工", over="建设起止时间", also=("完工日期", "计划完工日期", "完工时间", "计划完工时间"), kind=Kind.DATE),
    Column(key="objective", header="年度建设目标", also=("建设目标", "形象进度", "年度建设目标/形象进度")),
    Column(
        key="approvals",
        header="需办审批",
        place=ColumnPlace.DERIVED,
        editable=False,
    ),
    Column(
        key="verdict",
        header="自查结论",
        place=ColumnPlace.DERIVED,
        editable=False,
    ),
    Column(key="classified", header="是否涉密", also=("涉密",), kind=Kind.BOOL),
    Column(key="manager", header="项目责任人", also=("责任人", "项目负责人", "负责人")),
    Column(key="contact.person", header="联系人", also=("项目联系人",)),
    Column(key="contact.phone", header="联系电话", also=("电话", "联系方式")),
    Column(key="review.priority", header="优先级", over="审核", also=("优先次序", "轻重缓急"), bureau=True),
    Column(key="review.opinion", header="审核意见", over="审核", also=("初审意见", "评审意见"), bureau=True),
    Column(key="review.cut", header="核减金额", over="审核", also=("核减", "审减金额"), kind=Kind.MONEY, bureau=True),
    Column(
        key="review.granted", header="核定金额", over="审核", also=("核定", "审定金额"), kind=Kind.MONEY, bureau=True
    ),
    Column(key="review.note", header="备注", also=("说明",), bureau=True),
    Column(key="id", header="项目标识", also=("项目编号",), editable=False),
    Column(key="regulation", header="适用办法", place=ColumnPlace.FOLDER, editable=False),
    Column(key="year", header="计划年度", also=("年度", "申报年度"), editable=False),
    Column(key="path", header="卷宗路径", place=ColumnPlace.FOLDER, editable=False),
)
"""In the order of our own template; what is not editable says which project a row is, or is worked out."""

BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
SUBTOTAL, TOTAL = "小计", "合计"
"""What stands in the first column of the rows of sums; such rows have neither a name nor an id."""
CONTINUED = "续"
"""In place of the number of a row that only goes on with the texts of the row above."""
YES, NO = "是", "否"
LIST_SEPARATOR = "\n"
"""Between the entries of a list (建设依据): each on a line of its own."""


def in_wan(amount: Decimal | None) -> Decimal | None:
    """An amount of 元 as a column has it, in 万元, exact."""
    return None if amount is None else amount / WAN
