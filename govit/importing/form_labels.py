"""栏目名称：by what words the forms of many bureaus ask for a value of project.yaml. Pure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from govit.dossier.keys import Kind, specs
from govit.dossier.model import Budget, Contact, Plan, Project, Unit
from govit.forms.data.plan_columns import COLUMNS, ColumnPlace
from govit.importing.cells import spec_of
from govit.importing.heads import plain
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEDULE, FUNDING, PERSON_AND_PHONE, MANAGER_AND_PHONE = "schedule", "funding", "contact", "manager+"
"""What one box holds together: both days, sources with amounts, a person with a number."""
CLASSIFIED, SECRECY = "classified", "secrecy"
"""Whether a project is classified; its degree, which says the same."""
_NOT_ASKED = frozenset(("id", "regulation", "stage", "approved_revision", "predecessor", "budget.spent"))
"""Not said by a form, or not in the words that project.yaml wants."""
_TOO_WIDE = frozenset(("名称", "类别", "负责人", "责任人", "电话", "说明", "年度", "单位名称", "主管部门", "责任部门", "形象进度", "实施单位"))
"""Words that head a column of a list of projects, but in a form may be about anybody else."""
_TAKEN = (Kind.TEXT, Kind.TEXTS, Kind.WORD, Kind.WORDS, Kind.MONEY, Kind.DATE, Kind.BOOL, Kind.INT)
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_INSIDE = re.compile(r"[(\[]([^()\[\]]{2,12})[)\]]")
_MARKS = "*★※▲●◆"
"""Of a box that must be filled."""
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
    root, _ = parse((Path(__file__).parent / "form_labels.yaml").read_text(encoding="utf-8"))
    yield from ((name.text, key) for key, node in root.entries.items() for name in node.listed)


LABELS: Mapping[str, str] = {
    plain(label)[0]: key for label, key in _known() if key not in _NOT_ASKED and plain(label)[0] not in _TOO_WIDE
} | {"主管部门": "unit.parent", "电话": "contact.phone"}
"""From a label to the key that it asks for."""


def asked_by(text: str) -> tuple[str, str]:
    """The key that a label asks for, '' if none, and the unit of its amount, '' if it names none."""
    if len(text) > LONGEST_LABEL:
        return "", ""
    bare, unit = plain(text)
    bare = _NUMBERED.sub("", bare.strip(_MARKS))
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
