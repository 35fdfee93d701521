"""栏目：every name that a template may use, with its Chinese label and where project.yaml says it. Data only.

`govit render --fields` prints this table, the check of templates holds a template against it, and a
missing value is named by it.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from govit.base.records import field, replace, value_record
from govit.dossier import model
from govit.dossier.keys import Kind, specs
from govit.dossier.lists import list_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.dossier.keys import Declared


class FieldShape(Enum):
    """What a name is worth."""

    TEXT = "文字"
    FLAG = "是或否"
    TEXTS = "文字列表"
    ROWS = "列表"
    GROUP = "一组"
    NOTES = "任意栏目"


@value_record
class Field:
    """栏目. `at` is the key of project.yaml from which it is filled, '' if it is none's."""

    label: str
    """What the value is called: what is missing where it is not given."""
    shape: FieldShape = FieldShape.TEXT
    at: str = ""
    fields: Mapping[str, Field] = field(default_factory=dict)
    how: str = ""
    """How the value is printed, where it can be printed in several ways: 万元, 分段, 连写, 方框."""

    @property
    def shown(self) -> str:
        """The value with how it is printed: 总投资（万元）."""
        return f"{self.label}（{self.how}）" if self.how else self.label


Parts = dict[str, Field]


def _text(label: str, at: str = "", how: str = "") -> Field:
    return Field(label, at=at, how=how)


def _texts(label: str, at: str = "", how: str = "") -> Field:
    return Field(label, FieldShape.TEXTS, at, how=how)


def _flag(label: str) -> Field:
    return Field(label, FieldShape.FLAG)


def _group(label: str, at: str, *parts: Parts) -> Field:
    return Field(label, FieldShape.GROUP, at, _merged(parts))


def _rows(label: str, at: str, *parts: Parts) -> Field:
    return Field(label, FieldShape.ROWS, at, _merged((_labels(n="序号"), *parts)))


def _entries(cls: type[model.Record], *parts: Parts) -> Field:
    """A list of project.yaml under its own label."""
    one = list_of(cls)
    return _rows(one.label, one.path, *parts)


def _merged(parts: tuple[Parts, ...]) -> Parts:
    return {name: found for part in parts for name, found in part.items()}


def _labels(at: str = "", how: str = "", **labels: str) -> Parts:
    """Texts by their labels, all filled from one key or from none, and printed in one way."""
    return {name: _text(label, at, how) for name, label in labels.items()}


def _amounts(at: str = "", **labels: str) -> Parts:
    """Amounts, each with its unit and as the bare figure of a column."""
    return {
        key: shown
        for name, label in labels.items()
        for key, shown in ((name, _text(label, at)), (f"{name}_wan", _text(label, at, "万元")))
    }


def _of(record: type[Declared], at: str, *keys: str) -> Parts:
    """Fields of a record of project.yaml under their own keys and labels."""
    parts: Parts = {}
    for key in keys:
        spec = specs(record)[key]
        place = f"{at}.{key}" if at else key
        parts[key] = _text(spec.label, place)
        if spec.kind is Kind.MONEY:
            parts[f"{key}_wan"] = _text(spec.label, place, "万元")
    return parts


def _row_of(record: type[Declared], *keys: str) -> Parts:
    """Fields of the records of a list, whose own place each row carries."""
    return {name: Field(found.label, found.shape, how=found.how) for name, found in _of(record, "", *keys).items()}


_APPROVALS, _SUBMISSIONS, _DOCUMENTS = (list_of(cls).path for cls in (model.Approval, model.Submission, model.Document))
_EVENTS, _CHANGES, _NOTES = (list_of(cls).path for cls in (model.Event, model.Change, model.Note))
_FUNDING, _CATALOGUE = (list_of(cls).path for cls in (model.Funding, model.CatalogueRow))
_LONG = ("objective", "demand", "content")
_LISTS = ("objects", "participants", "basis", "standards", "plans")
_BOXES = ("category", "objects", "hosting", "build_mode", "plans")
_BOX_ROWS = _labels(name="名称", box="方框")


def _project() -> Parts:
    parts = _of(
        model.Project,
        "",
        "id", "name", "year", "stage", "category", "applicant", "lead", "manager", "team", "builder", "build_mode",
        "hosting", *_LONG, "project_code",
    )  # fmt: skip
    own = specs(model.Project)
    parts["classified_line"] = _text("是否涉密", "classified", "方框")
    for key in _LONG:
        parts[f"{key}_paragraphs"] = _texts(own[key].label, key, "分段")
    for key in _LISTS:
        parts[key] = _texts(own[key].label, key)
        parts[f"{key}_text"] = _text(own[key].label, key, "连写")
    for key in _BOXES:
        parts[f"{key}_line"] = _text(own[key].label, key, "方框")
        parts[f"{key}_columns"] = _text(own[key].label, key, "方框，分两列")
        boxes = _rows(own[key].label, key, _BOX_ROWS, {"chosen": _flag("是否选中")})
        parts[f"{key}_boxes"] = replace(boxes, how="逐项方框")
    return parts


_LINE = _merged(
    (
        _row_of(model.BudgetLine, "name", "group", "kind", "source", "amount", "spent"),
        _amounts(rest="结余"),
        _labels(rate="执行率"),
    )
)
_MATERIAL = _merged(
    (
        _labels(name="材料名称", box="方框", state="是否备齐", date="文件日期", path="文件路径", by="编制单位"),
        _labels(
            result="文件结论",
            format="格式要求",
            sealed="盖章要求",
            copies="份数",
            file_type="文件格式",
            file="文件名",
            note="备注",
        ),
        {"present": _flag("已备")},
    )
)
_FINDING = _merged(
    (
        _labels(
            article="条款", cite="依据", rule="规则编号", title="规则名称", duty="要求", quote="原文", strength="轻重"
        ),
        _labels(outcome="结论", severity="级别", subject="对象", message="说明"),
        _labels(how="方框", outcome_box="结论"),
        _labels(evidence="实情", hint="怎么办", waived="豁免文号", due="期限"),
        {"advisory": _flag("仅供参考")},
    )
)
_APPROVAL = _row_of(model.Approval, "body", "act", "result", "date", "number", "amount", "until")
_SUBMISSION = _labels(kind="报送事项", to="报送对象", date="报送日期", number="文号", period="所属期间")
_TRAITS = _rows(
    "是否事项", "traits", _labels(name="名称", ask="问题", answer="回答"), _labels(how="方框", boxes="是否")
)
_CHANGE = _merged(
    (
        _labels(on="调整日期", percent="占比", percent_cumulative="累计占比", limit="占比上限", base="占比的基数", way="办理要求"),
        _amounts(amount="调整数额", before="调整前投资", after="调整后投资", difference="增减额", amount_cumulative="累计调整数额"),
        _labels(how="方框", goal_line="建设目标", content_line="主要内容"),
        _labels(ground="调整情形"),
        _labels(how="方框", ground_line="调整情形"),
        _labels(how="方框，分两列", ground_columns="调整情形"),
        _labels(scope="调整内容", reason="调整理由"),
        {"scope_paragraphs": _texts("调整内容", how="分段"), "reason_paragraphs": _texts("调整理由", how="分段")},
    )
)  # fmt: skip

FIELDS: Mapping[str, Field] = {
    "form": _group(
        "本表",
        "",
        _labels(title="表格名称", to="报送对象", article="依据条款", cite="依据", stage="所在阶段"),
        {"opinions": _texts("意见栏")},
        {"opinion_pairs": _rows("意见栏（两个一排）", "", _labels(left="左边", right="右边"))},
        {
            "rows": _rows(
                "要写的内容",
                _NOTES,
                _labels(number="序号（汉字）", label="栏目", text="内容"),
                {"paragraphs": _texts("内容", how="分段")},
            )
        },
        {"approvals": _rows("本表所列的审批", _APPROVALS, _APPROVAL)},
    ),
    "regulation": _group("办法", "", _labels(title="办法名称", document_number="办法文号", status="效力")),
    "as_of": _text("填表日期"),
    "as_of_year": _text("填表年度"),
    "as_of_quarter": _text("填表季度"),
    "draft": _flag("是否草稿"),
    "blank": _group("留空", "", _labels(date="待签日期")),
    "revision": _text("版本"),
    "project": _group("项目", "", _project()),
    "predecessor": _group(
        "前期项目或系统", "predecessor", _labels("predecessor", name="名称", completed="建成日期", operating="运行日期")
    ),
    "traits": _TRAITS,
    "unit": _group("项目单位", "unit", _of(model.Unit, "unit", "name", "level", "kind", "parent")),
    "contact": _group("联系方式", "contact", _of(model.Contact, "contact", "person", "phone")),
    "schedule": _group(
        "建设工期",
        "schedule",
        _of(model.Plan, "schedule", "start", "end"),
        _labels("schedule", text="起止日期", months="工期（月）"),
    ),
    "budget": _group(
        "投资",
        "budget",
        _of(model.Budget, "budget", "total", "single", "operation", "spent"),
        _amounts("budget.lines", lines_total="概算明细合计"),
        _amounts("budget.spent", unspent="未支出"),
    ),
    "budget_lines": _rows("概算明细", "budget.lines", _LINE),
    "budget_groups": _rows(
        "概算分组",
        "budget.lines",
        _labels(number="序号（汉字）", name="分组名称"),
        _amounts(amount="小计"),
        {"lines": _rows("本组明细", "budget.lines", _LINE)},
    ),
    "budget_kinds": _rows("按费用性质汇总", "budget.lines", _labels(name="费用性质"), _amounts(amount="小计")),
    "budget_years": _entries(model.BudgetYear, _row_of(model.BudgetYear, "year", "amount")),
    "funding": _entries(model.Funding, _row_of(model.Funding, "source", "year", "amount")),
    "funding_sources": _rows("按来源汇总", _FUNDING, _labels(source="资金来源", share="占比"), _amounts(amount="金额")),
    **_amounts(_FUNDING, funding_total="资金合计"),
    "funding_text": _text("资金来源", _FUNDING, "连写"),
    **{
        name: _rows(
            label,
            _CATALOGUE,
            _labels(
                name="数据资源名称",
                direction="产生或需要",
                share="共享类型",
                provider="提供方",
                recipients="共享对象",
                basis="依据",
            ),
        )
        for name, label in (
            ("catalogue", list_of(model.CatalogueRow).label),
            ("catalogue_produced", "产生的数据资源"),
            ("catalogue_needed", "需要的数据资源"),
        )
    },
    "catalogue_shares": _rows("按共享类型统计", _CATALOGUE, _labels(name="共享类型", count="数量")),
    "catalogue_counts": _group("数据资源数", _CATALOGUE, _labels(produced="产生的数量", needed="需要的数量")),
    "documents": _entries(
        model.Document,
        _labels(kinds="文件种类", path="文件路径", date="文件日期", by="编制单位", result="文件结论"),
    ),
    "approvals": _entries(model.Approval, _APPROVAL),
    "approved": _group(
        "批准的投资",
        _APPROVALS,
        _labels(
            _APPROVALS,
            body="审批机构",
            act="审批事项",
            result="审批结果",
            date="审批日期",
            number="文号",
            until="批准的截止日期",
        ),
        _amounts(_APPROVALS, amount="批准金额"),
    ),
    "submissions": _entries(model.Submission, _SUBMISSION),
    "submission": _group("本表所属的报送", _SUBMISSIONS, _SUBMISSION),
    "events_columns": _text("事项", _EVENTS, "分两列"),
    "events": _entries(model.Event, _labels(kind="事项", date="发生日期", of="对象")),
    "contracts": _entries(
        model.Contract,
        _row_of(model.Contract, "kind", "name", "party", "amount"),
        _labels(date="签订日期", until="服务期截止日期"),
    ),
    **_amounts(list_of(model.Contract).path, contracts_total="合同额合计"),
    "answers": _entries(
        model.Answer,
        _labels(question="事项", ask="问题", answer="回答", by="确认人", date="确认日期", note="说明"),
    ),
    "notices": _rows(
        list_of(model.Notice).label, "", _labels(kind="通知事项", date="通知日期", number="通知文号", title="通知标题")
    ),
    "findings": _rows("自查结论", "", _FINDING),
    "findings_articles": _rows(
        "按条款的自查结论",
        "",
        _labels(article="条款"),
        {"rows": _rows("本条的自查结论", "", _FINDING, _labels(brief="依据和说明"))},
    ),
    "findings_open": _rows("未解决的自查结论", "", _FINDING),
    "findings_counts": _group(
        "自查结论数",
        "",
        _labels(complies="合规", violates="不合规", undetermined="无法判断", inapplicable="不适用或未到"),
        _labels(waived="已豁免", error="错误", warning="警告"),
    ),
    "findings_banner": _text("效力提示"),
    "handins": _rows(
        "报送材料清单",
        _SUBMISSIONS,
        _SUBMISSION,
        _labels(article="条款", cite="依据", present_count="已备数", missing_count="未备数", note="备注"),
        _labels(via="报送途径"),
        {"rows": _rows("材料", _DOCUMENTS, _MATERIAL)},
    ),
    "materials": _rows("本表所附材料", _DOCUMENTS, _MATERIAL),
    "materials_present": _text("已备材料数"),
    "materials_missing": _text("未备材料数"),
    "change": _group(
        "调整", _CHANGES, {name: Field(f.label, f.shape, _CHANGES, f.fields, f.how) for name, f in _CHANGE.items()}
    ),
    "changes": _rows("历次调整", _CHANGES, _CHANGE),
    "progress": _group("报告期", "", _labels(period="期间"), _labels(how="连写", title="期间")),
    "extension": _group("延期", _EVENTS, _labels(_EVENTS, start="起算日期", due="法定期限")),
    "notes": Field(list_of(model.Note).label, FieldShape.NOTES, _NOTES),
    "correction": _group(
        "补正通知",
        "",
        _labels(unit="收件单位", measure="依据的办法", banner="效力提示", project_count="项目数"),
        _labels(count_line="项数（连写）", due="退回期限", due_short="退回期限（简写）"),
        {
            "projects": _rows(
                "收件单位的项目",
                "",
                _labels(number="序号（汉字）", name="项目名称", about="阶段和总投资", count_line="项数（连写）"),
                {
                    "sections": _rows(
                        "几类要补正的",
                        "",
                        _labels(number="序号（汉字）", head="类别"),
                        {"rows": _rows("要补正的", "", _labels(text="内容", cite="依据", remedy="怎么办"))},
                    )
                },
            )
        },
    ),
    "receipts": _rows(
        "补正通知的送达",
        "",
        _labels(unit="收件单位", measure="依据的办法", project_count="项目数", count_line="项数（连写）"),
        _labels(due_short="退回期限", projects="项目名称（连写）"),
    ),
    "report": _group("汇编的报告", "", _labels(_DOCUMENTS, author="编制单位", date="编制日期")),
}
"""根名称 → 栏目, in the order in which they are listed."""


def leaves(fields: Mapping[str, Field] = FIELDS, head: str = "") -> Iterator[tuple[str, Field]]:
    """Every printable name with its field, lists before what each row has: budget_lines[].name."""
    for name, found in fields.items():
        key = f"{head}{name}"
        if found.shape is FieldShape.GROUP:
            yield from leaves(found.fields, f"{key}.")
        else:
            yield key, found
            if found.shape is FieldShape.ROWS:
                yield from leaves(found.fields, f"{key}[].")
