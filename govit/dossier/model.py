"""项目是什么：the frozen data that rules are judged on. Standard library only.

Every field carries its Chinese label and how its text is read (`Kind`), so that the reader, the
messages and the JSON Schema all come from this one table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import Enum
from typing import TYPE_CHECKING, Any

from govit.base.records import record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import Path

    from govit.documents.content import Reading
    from govit.yamltext.faults import Fault


class Kind(Enum):
    """How the text of a field is read."""

    TEXT = "文字"
    TEXTS = "文字列表"
    WORD = "办法规定的词"
    WORDS = "办法规定的词的列表"
    CHOICE = "固定的几个词之一"
    MONEY = "金额"
    DATE = "日期"
    BOOL = "true 或 false"
    INT = "整数"
    YEAR_OR_QUARTER = "年度或季度"
    FLAGS = "名称: true/false"
    RECORD = "一组字段"
    RECORDS = "记录列表"
    ANSWERS = "问题: 回答"


def item(
    label: str,
    kind: Kind = Kind.TEXT,
    *,
    words: str = "",
    choices: tuple[str, ...] = (),
    of: type[Any] | None = None,
    required: bool = False,
) -> Any:  # noqa: ANN401 - a dataclass field
    """Declare a field: its label, how it is read, and the pack's word list that it draws from."""
    about = {"label": label, "kind": kind, "words": words, "choices": choices, "of": of, "required": required}
    empty: Any = () if kind in (Kind.TEXTS, Kind.WORDS, Kind.RECORDS, Kind.FLAGS, Kind.ANSWERS) else None
    if kind in (Kind.FLAGS, Kind.ANSWERS):
        return field(default_factory=dict, metadata=about)
    return field(default=empty, metadata=about)


@dataclass(frozen=True, slots=True)
class Spec:
    """字段说明：one field of a record, as read from the dataclass."""

    key: str
    label: str
    kind: Kind
    words: str
    choices: tuple[str, ...]
    of: type[Any] | None
    required: bool


_SPECS: dict[type[Any], Mapping[str, Spec]] = {}


def specs(record: type[Any]) -> Mapping[str, Spec]:
    """The fields of a record class that a YAML file may give, by key."""
    if record not in _SPECS:
        _SPECS[record] = _declared(record)
    return _SPECS[record]


def _declared(record: type[Any]) -> Mapping[str, Spec]:
    return {f.name: Spec(f.name, **f.metadata) for f in fields(record) if f.metadata}


@record
class Unit:
    """项目单位."""

    name: str | None = item("项目单位", required=True)
    level: str | None = item("单位层级", Kind.WORD, words="levels")
    kind: str | None = item("单位性质", Kind.WORD, words="unit_kinds")
    parent: str | None = item("主管部门")


@record
class Contact:
    """联系人."""

    person: str | None = item("联系人")
    phone: str | None = item("联系电话")


@record
class Plan:
    """建设工期."""

    start: dt.date | None = item("计划开工日期", Kind.DATE)
    end: dt.date | None = item("计划完工日期", Kind.DATE)


@record
class BudgetLine:
    """概算行."""

    at: str = ""
    name: str | None = item("费用名称", required=True)
    group: str | None = item("费用分组")
    kind: str | None = item("费用性质", Kind.WORD, words="budget_kinds")
    amount: Decimal | None = item("金额", Kind.MONEY, required=True)
    spent: Decimal | None = item("已支出", Kind.MONEY)
    source: str | None = item("资金来源", Kind.WORD, words="funding_sources")


@record
class BudgetGroup:
    """概算分组小计."""

    at: str = ""
    name: str | None = item("分组名称", required=True)
    amount: Decimal | None = item("小计", Kind.MONEY, required=True)


@record
class BudgetYear:
    """分年度投资."""

    at: str = ""
    year: int | None = item("年度", Kind.INT, required=True)
    amount: Decimal | None = item("年度投资", Kind.MONEY, required=True)


@record
class Budget:
    """投资：总投资、单体规模、年运维费、实际支出 are different amounts, none stands for another."""

    total: Decimal | None = item("总投资", Kind.MONEY)
    single: Decimal | None = item("单体规模投资", Kind.MONEY)
    operation: Decimal | None = item("年运维费", Kind.MONEY)
    spent: Decimal | None = item("实际支出", Kind.MONEY)
    lines: tuple[BudgetLine, ...] = item("概算明细", Kind.RECORDS, of=BudgetLine)
    groups: tuple[BudgetGroup, ...] = item("概算分组小计", Kind.RECORDS, of=BudgetGroup)
    years: tuple[BudgetYear, ...] = item("分年度投资", Kind.RECORDS, of=BudgetYear)


@record
class Event:
    """事项：what happened, and when."""

    at: str = ""
    kind: str | None = item("事项", Kind.WORD, words="events", required=True)
    on: dt.date | None = item("发生日期", Kind.DATE, required=True)
    of: str | None = item("对象")


RESULTS = ("通过", "不通过", "退回修改")
PASSED = RESULTS[0]


@record
class Approval:
    """批复、审核意见：what a body says to us."""

    at: str = ""
    body: str | None = item("审批机构", Kind.WORD, words="bodies", required=True)
    act: str | None = item("审批事项", Kind.WORD, words="acts", required=True)
    result: str | None = item("审批结果", Kind.CHOICE, choices=RESULTS, required=True)
    date: dt.date | None = item("审批日期", Kind.DATE, required=True)
    number: str | None = item("文号")
    amount: Decimal | None = item("批准金额", Kind.MONEY)
    until: dt.date | None = item("批准的截止日期", Kind.DATE)
    file: str | None = item("批复文件")
    of: str | None = item("对象")


@record
class Submission:
    """报送：what we hand to a body."""

    at: str = ""
    kind: str | None = item("报送事项", Kind.WORD, words="submissions", required=True)
    to: tuple[str, ...] = item("报送对象", Kind.WORDS, words="bodies", required=True)
    on: dt.date | None = item("报送日期", Kind.DATE, required=True)
    number: str | None = item("文号")
    file: str | None = item("报送文件")
    period: str | None = item("所属期间", Kind.YEAR_OR_QUARTER)
    of: str | None = item("对象")


DOCUMENT_RESULTS = ("合格", "不合格")


@record
class Document:
    """文件：one file may be several kinds. `reading` is None until the file was looked at."""

    at: str = ""
    kinds: tuple[str, ...] = item("文件种类", Kind.WORDS, words="documents", required=True)
    path: str | None = item("文件路径")
    date: dt.date | None = item("文件日期", Kind.DATE)
    by: str | None = item("编制单位")
    result: str | None = item("文件结论", Kind.CHOICE, choices=DOCUMENT_RESULTS)
    reading: Reading | None = None
    missing: bool = False


@record
class Contract:
    """合同."""

    at: str = ""
    kind: str | None = item("合同种类", Kind.WORD, words="contracts", required=True)
    name: str | None = item("合同名称")
    party: str | None = item("对方单位")
    amount: Decimal | None = item("合同额", Kind.MONEY)
    on: dt.date | None = item("签订日期", Kind.DATE)
    until: dt.date | None = item("服务期截止日期", Kind.DATE)
    file: str | None = item("合同文件")


@record
class Funding:
    """资金来源."""

    at: str = ""
    source: str | None = item("资金来源", Kind.WORD, words="funding_sources", required=True)
    amount: Decimal | None = item("金额", Kind.MONEY, required=True)
    year: int | None = item("年度", Kind.INT)


DIRECTIONS = ("产生", "需要")


@record
class CatalogueRow:
    """数据资源目录行：a data resource that the project produces or needs."""

    at: str = ""
    name: str | None = item("数据资源名称", required=True)
    direction: str | None = item("产生或需要", Kind.CHOICE, choices=DIRECTIONS, required=True)
    share: str | None = item("共享类型", Kind.WORD, words="share_types")
    provider: str | None = item("提供方")
    recipients: tuple[str, ...] = item("共享对象", Kind.TEXTS)
    basis: str | None = item("依据")
    traits: Mapping[str, bool] = item("数据特征", Kind.FLAGS, words="row_traits")


@record
class Change:
    """调整：`amount` is the absolute amount moved."""

    at: str = ""
    on: dt.date | None = item("调整日期", Kind.DATE, required=True)
    amount: Decimal | None = item("资金调整数额", Kind.MONEY)
    goal: bool | None = item("建设目标是否改变", Kind.BOOL)
    content: bool | None = item("主要内容是否调整", Kind.BOOL)
    scope: str | None = item("调整内容")
    ground: str | None = item("调整情形", Kind.WORD, words="grounds")
    reason: str | None = item("调整理由")
    total_after: Decimal | None = item("调整后总投资", Kind.MONEY)
    traits: Mapping[str, bool] = item("调整特征", Kind.FLAGS, words="change_traits")


@record
class System:
    """已有系统：an existing system of the unit, kept in govit.yaml."""

    at: str = ""
    id: str | None = item("系统标识", required=True)
    name: str | None = item("系统名称", required=True)
    unit: str | None = item("所属单位")
    completed: dt.date | None = item("建成日期", Kind.DATE)
    operating: dt.date | None = item("运行日期", Kind.DATE)
    grade: str | None = item("评价分档", Kind.WORD, words="grades")
    traits: Mapping[str, bool] = item("系统特征", Kind.FLAGS, words="system_traits")


ANSWERS = ("是", "否", "不适用")
YES, NO, INAPPLICABLE = ANSWERS


@record
class Answer:
    """人工确认的回答."""

    at: str = ""
    answer: str | None = item("回答", Kind.CHOICE, choices=ANSWERS, required=True)
    by: str | None = item("确认人", required=True)
    on: dt.date | None = item("确认日期", Kind.DATE, required=True)
    note: str | None = item("说明")


@record
class Waiver:
    """豁免：names one rule and one subject, never a pattern."""

    at: str = ""
    rule: str | None = item("规则编号", Kind.WORD, words="rules", required=True)
    subject: str | None = item("对象")
    reason: str | None = item("理由", required=True)
    by: str | None = item("批准人", required=True)
    number: str | None = item("批准文号", required=True)
    until: dt.date | None = item("有效期至", Kind.DATE, required=True)


@record
class Notice:
    """主管部门通知中的日期."""

    at: str = ""
    kind: str | None = item("通知事项", Kind.WORD, words="notices", required=True)
    on: dt.date | None = item("通知日期", Kind.DATE, required=True)
    number: str | None = item("通知文号", required=True)
    title: str | None = item("通知标题")
    of: str | None = item("针对的项目标识")
    year: int | None = item("计划年度", Kind.INT)
    format: str | None = item("文件格式要求")
    sealed: bool | None = item("是否要求盖章", Kind.BOOL)
    copies: str | None = item("要求的份数")


@record
class Note:
    """表格补充内容：what a bureau's own form asks and no other key holds."""

    at: str = ""
    name: str | None = item("栏目名称", required=True)
    text: str | None = item("填写内容", required=True)


@record
class Review:
    """审核意见：what the bureau writes into the annual plan; applicants leave it to the bureau."""

    priority: str | None = item("优先级")
    opinion: str | None = item("审核意见")
    cut: Decimal | None = item("核减金额", Kind.MONEY)
    granted: Decimal | None = item("核定金额", Kind.MONEY)
    note: str | None = item("备注")


@dataclass(frozen=True, slots=True)
class Source:
    """来源：which file a value was read from, and where each value stands in it."""

    file: str
    places: Mapping[str, tuple[int, int]]
    blanks: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Keys with nothing behind the colon: not given, but this is where the value belongs."""

    def place_of(self, key: str) -> tuple[int, int] | None:
        """Line and column of a value, or of the nearest thing around it that the file has."""
        while key:
            if key in self.places:
                return self.places[key]
            if key in self.blanks:
                return self.blanks[key]
            cut = max(key.rfind("."), key.rfind("["))
            key = key[:cut] if cut > 0 else ""
        return self.places.get("")


@record
class Settings:
    """govit.yaml：defaults and the facts of the unit."""

    regulation: str | None = item("适用办法")
    unit: Unit | None = item("项目单位", Kind.RECORD, of=Unit)
    applicant: str | None = item("申报单位")
    year: int | None = item("计划年度", Kind.INT)
    regulations: str | None = item("自备办法的文件夹")
    calendars: tuple[str, ...] = item("补充的工作日安排文件", Kind.TEXTS)
    systems: tuple[System, ...] = item("已有系统", Kind.RECORDS, of=System)
    notices: tuple[Notice, ...] = item("主管部门通知", Kind.RECORDS, of=Notice)
    answers: Mapping[str, Answer] = item("单位层面的人工确认", Kind.ANSWERS, words="questions", of=Answer)
    source: Source | None = None


@record
class Project:
    """项目."""

    id: str | None = item("项目标识", required=True)
    name: str | None = item("项目名称", required=True)
    regulation: str | None = item("适用办法")
    year: int | None = item("计划年度", Kind.INT)
    stage: str | None = item("当前阶段", Kind.WORD, words="stages", required=True)
    classified: bool | None = item("是否涉密", Kind.BOOL)
    category: str | None = item("项目类别", Kind.WORD, words="categories")
    objects: tuple[str, ...] = item("建设内容类型", Kind.WORDS, words="objects")
    unit: Unit | None = item("项目单位", Kind.RECORD, of=Unit)
    applicant: str | None = item("申报单位")
    lead: str | None = item("牵头部门")
    participants: tuple[str, ...] = item("参建部门", Kind.TEXTS)
    manager: str | None = item("项目责任人")
    team: str | None = item("项目实施机构")
    builder: str | None = item("实施单位")
    build_mode: str | None = item("建设方式", Kind.WORD, words="build_modes")
    hosting: str | None = item("部署环境", Kind.WORD, words="hosting")
    contact: Contact | None = item("联系方式", Kind.RECORD, of=Contact)
    objective: str | None = item("建设目标")
    demand: str | None = item("建设需求")
    content: str | None = item("主要建设内容")
    basis: tuple[str, ...] = item("建设依据", Kind.TEXTS)
    standards: tuple[str, ...] = item("标准规范", Kind.TEXTS)
    plans: tuple[str, ...] = item("列入的规划", Kind.WORDS, words="plans")
    project_code: str | None = item("项目代码")
    approved_revision: str | None = item("批复版本")
    predecessor: str | None = item("前期项目或系统")
    schedule: Plan | None = item("建设工期", Kind.RECORD, of=Plan)
    traits: Mapping[str, bool] = item("项目特征", Kind.FLAGS, words="traits")
    budget: Budget | None = item("投资", Kind.RECORD, of=Budget)
    funding: tuple[Funding, ...] = item("资金来源", Kind.RECORDS, of=Funding)
    events: tuple[Event, ...] = item("事项", Kind.RECORDS, of=Event)
    approvals: tuple[Approval, ...] = item("审批", Kind.RECORDS, of=Approval)
    submissions: tuple[Submission, ...] = item("报送", Kind.RECORDS, of=Submission)
    documents: tuple[Document, ...] = item("文件", Kind.RECORDS, of=Document)
    contracts: tuple[Contract, ...] = item("合同", Kind.RECORDS, of=Contract)
    catalogue: tuple[CatalogueRow, ...] = item("数据资源目录", Kind.RECORDS, of=CatalogueRow)
    changes: tuple[Change, ...] = item("调整", Kind.RECORDS, of=Change)
    answers: Mapping[str, Answer] = item("人工确认", Kind.ANSWERS, words="questions", of=Answer)
    waivers: tuple[Waiver, ...] = item("豁免", Kind.RECORDS, of=Waiver)
    notes: tuple[Note, ...] = item("表格补充内容", Kind.RECORDS, of=Note)
    review: Review | None = item("审核意见", Kind.RECORD, of=Review)
    source: Source = field(default_factory=lambda: Source("project.yaml", {}))
    folder: Path | None = None
    settings: Settings = field(default_factory=Settings)
    faults: tuple[Fault, ...] = ()


def label_of(key: str) -> str:
    """The Chinese label of a dotted key of project.yaml, '' if the key is none of its fields."""
    record: type[Any] | None = Project
    label = ""
    for part in key.split("."):
        spec = specs(record).get(part) if record else None
        if spec is None:
            return ""
        label, record = spec.label, spec.of
    return label


def named(key: str) -> str:
    """A key with its label, as every message shows it: budget.total（总投资）."""
    label = label_of(key)
    return f"{key}（{label}）" if label else key


@dataclass(frozen=True, slots=True)
class Neighbour:
    """邻近项目：the little that rules about neighbours need of every project of a dossier."""

    path: str
    project: Project


@dataclass(frozen=True, slots=True)
class Index:
    """卷宗索引：all projects of one dossier, built before judging."""

    projects: tuple[Neighbour, ...] = ()
    groups: dict[tuple[str, ...], dict[tuple[Any, ...], list[Neighbour]]] = field(default_factory=dict)
    """Projects grouped by the values that they share, filled as rules ask for it."""
