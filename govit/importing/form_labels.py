"""栏目名称：by what words the forms of many bureaus ask for a value of project.yaml. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.dossier.keys import Kind, specs
from govit.dossier.model import Budget, Contact, Plan, Project, Unit
from govit.forms.data.plan_columns import COLUMNS, ColumnPlace
from govit.importing.cells import spec_of
from govit.importing.heads import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEDULE, FUNDING, PERSON_AND_PHONE, MANAGER_AND_PHONE = "schedule", "funding", "contact", "manager+"
"""What one box holds together: both days, sources with amounts, a person with a number."""
CLASSIFIED = "classified"
_NOT_ASKED = frozenset(("id", "regulation", "stage", "approved_revision", "predecessor", "budget.spent"))
"""Not said by a form, or not in the words that project.yaml wants."""
_TOO_WIDE = frozenset(("名称", "类别", "负责人", "责任人", "电话", "说明", "年度", "单位名称", "主管部门", "责任部门", "形象进度", "实施单位"))
"""Words that head a column of a list of projects, but in a form may be about anybody else."""
_TAKEN = (Kind.TEXT, Kind.TEXTS, Kind.WORD, Kind.WORDS, Kind.MONEY, Kind.DATE, Kind.BOOL, Kind.INT)
_ALSO: Mapping[str, tuple[str, ...]] = {
    "name": ("项目名称（全称）", "系统名称及项目名称", "项目全称"),
    "unit.name": ("项目单位", "建设单位名称", "项目单位名称", "预算部门"),
    "unit.parent": ("主管部门", "上级主管部门", "行业主管部门", "项目主管部门"),
    "manager": ("项目责任人", "项目负责人", "项目负责人姓名"),
    "team": ("实施机构", "项目实施机构", "责任科室", "承办科室"),
    "builder": ("承建单位",),
    "project_code": ("项目代码", "投资项目代码", "项目统一代码"),
    "objective": ("建设目标", "项目目标", "项目建设目标", "总体目标"),
    "demand": ("现状和需求", "现状与需求", "建设需求", "需求分析", "建设必要性", "项目建设必要性", "建设的必要性"),
    "content": ("主要建设内容", "项目建设内容", "项目主要建设内容", "建设内容和规模", "建设内容及规模", "建设规模及内容"),
    "basis": ("建设依据", "项目建设依据", "立项依据"),
    "standards": ("标准规范", "执行标准", "遵循标准"),
    "plans": ("列入的规划", "列入规划情况"),
    "hosting": ("部署环境", "部署方式"),
    "build_mode": ("建设方式", "建设模式"),
    "objects": ("建设内容类型",),
    "lead": ("牵头部门", "牵头单位"),
    "participants": ("参建部门", "参建单位", "共建单位", "配合部门"),
    "budget.total": ("总投资", "投资总额", "项目总投资额", "总投资额", "项目总费用", "申报金额", "项目投资总额", "概算总投资"),
    "budget.single": ("单体规模投资",),
    "budget.operation": ("年运维费", "年运行维护费", "年度运维费"),
    "contact.phone": ("联系电话", "联系人电话", "手机", "手机号码", "联系方式", "联系人手机", "电话"),
    SCHEDULE: ("起止时间", "建设工期", "建设起止时间", "项目建设起止时间", "项目起止时间", "建设周期", "项目建设周期", "实施周期",
        "项目周期", "建设起止年月", "计划起止时间", "项目实施期限", "建设期限", "建设期"),
    FUNDING: ("资金来源", "投资来源", "经费来源", "资金来源及金额"),
    PERSON_AND_PHONE: ("联系人及电话", "联系人及联系电话", "联系人和电话", "联系人/电话", "项目联系人及电话", "项目联系人及联系电话"),
    MANAGER_AND_PHONE: ("项目责任人及联系电话", "项目负责人及电话", "项目负责人及联系电话", "负责人及电话"),
}
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_INSIDE = re.compile(r"[(\[]([^()\[\]]{2,12})[)\]]")
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.、]?|[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十\d]{1,3}[)])")
LONGEST_LABEL = 40


def _known() -> Iterator[tuple[str, str]]:
    for cls, over in ((Project, ""), (Unit, "unit."), (Contact, "contact."), (Plan, "schedule."), (Budget, "budget.")):
        for key, spec in specs(cls).items():
            if spec.kind in _TAKEN:
                yield spec.label, over + key
    for column in COLUMNS:
        usable = column.place is ColumnPlace.FIELD and not column.bureau
        for name in (column.header, *column.also) if usable else ():
            yield name, column.key
    yield from ((name, key) for key, names in _ALSO.items() for name in names)


LABELS: Mapping[str, str] = {
    plain(label)[0]: key for label, key in _known() if key not in _NOT_ASKED and plain(label)[0] not in _TOO_WIDE
} | {"主管部门": "unit.parent", "电话": "contact.phone"}
"""From a label to the key that it asks for."""


def asked_by(text: str) -> tuple[str, str]:
    """The key that a label asks for, '' if none, and the unit of its amount, '' if it names none."""
    if len(text) > LONGEST_LABEL:
        return "", ""
    bare, unit = plain(text)
    bare = _NUMBERED.sub("", bare)
    if bare in LABELS:
        return LABELS[bare], unit
    key = LABELS.get(_BRACKETS.sub("", bare), "")
    if key and _is_amount(key):
        return "", ""  # 总投资（含预备费）may be another amount
    inside = _INSIDE.search(bare)
    return key or (LABELS.get(inside[1], "") if inside and not unit else ""), unit


def _is_amount(key: str) -> bool:
    spec = spec_of(key)
    return key == FUNDING or (spec is not None and spec.kind is Kind.MONEY)
