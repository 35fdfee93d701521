"""模板的帮手：what forms there are, what a template may name, and what is wrong with one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govit.base.usage import UsageError
from govit.base.width import width
from govit.cli.common import EXIT_FINDINGS, attempt, tell
from govit.forms import templates
from govit.forms.data import context
from govit.forms.data.fields import FIELDS, Field, FieldShape
from govit.forms.data.filled_form import FilledForm
from govit.forms.due import regulations_of
from govit.forms.makers import maker_of
from govit.forms.word.forms import reason_of
from govit.forms.word.tags import Slip
from govit.judging.case import JudgeableCase
from govit.law.regulation import NO_FORM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govit.forms.templates import Form, TemplateFile
    from govit.judging.run import Opened
    from govit.law.regulation import Regulation

_SHOWN = 48
_BOXES = str.maketrans("☑☐", "√□")
"""Checkboxes as a Chinese console can show them."""
_LATER = ("form", "regulation", "as_of", "as_of_year", "as_of_quarter", "draft", "blank", "revision", "notes")
"""What is listed after the project's own values."""


def show_forms(regulations: Sequence[Regulation]) -> None:
    """The forms of each regulation with whom they go to, at which step and by which article, and those of none."""
    for regulation in regulations:
        tell(f"《{regulation.title}》{regulation.document_number}")
        rows = [
            (
                entry.form,
                entry.title,
                f"报{entry.to}",
                entry.stage,
                entry.article,
            )
            for entry in regulation.forms
        ]
        for line in _columns(rows):
            tell(f"  {line}")
    listed = {entry.form for regulation in regulations for entry in regulation.forms}
    if common := [(form.id, form.label) for form in templates.forms().values() if form.whole and form.id not in listed]:
        tell("不论哪个办法都可以出的：")
        for line in _columns(common):
            tell(f"  {line}")


def show_fields(opened: Opened) -> None:
    """Every name that a template may use, with its label and what it is worth for a project."""
    cases = [case for case in attempt(lambda: list(opened.cases())) if isinstance(case, JudgeableCase)]
    values: Mapping[str, Any] = {}
    if cases:
        case = cases[0]
        regulation = regulations_of([case])[0]
        values = context.build(
            FilledForm(case=case, entry=regulation.forms[0] if regulation.forms else NO_FORM), FIELDS
        )
        more = f"（共 {len(cases)} 个项目，这是第一个）" if len(cases) > 1 else ""
        tell(f"栏目、含义和“{case.project.name or case.path}”的值{more}：在模板里写 {{{{ 栏目 }}}}")
    first = sorted(FIELDS, key=lambda name: name in _LATER)
    for line in _columns(list(_listed({name: FIELDS[name] for name in first}, values, ""))):
        tell(line)


def _listed(fields: Mapping[str, Field], values: Mapping[str, Any], head: str) -> Iterator[tuple[str, str, str]]:
    """Name, label and value of each field, what is inside a group or a row below it."""
    for name, field in fields.items():
        value = values.get(name)
        match field.shape:
            case FieldShape.GROUP:
                yield from _listed(field.fields, value or {}, f"{head}{name}.")
            case FieldShape.ROWS:
                rows = value or []
                yield f"{head}{name}", f"{field.shown}（列表）", f"{len(rows)} 行：{{%tr for row in {head}{name} %}}"
                yield from _listed(field.fields, rows[0] if rows else {}, f"{head}{name} > row.")
            case FieldShape.NOTES:
                yield (
                    f"{head}{name}.栏目名称",
                    field.shown,
                    "、".join(value or ()) or "没有；在 project.yaml 的 notes 里写",
                )
            case FieldShape.TEXTS:
                yield f"{head}{name}", f"{field.shown}（列表）", _brief("、".join(value or ()))
            case FieldShape.FLAG:
                yield f"{head}{name}", f"{field.shown}（是否）", "是" if value else "否"
            case FieldShape.TEXT:
                yield f"{head}{name}", field.shown, "（没有）" if value is None else _brief(str(value))


def _brief(text: str) -> str:
    line = " ".join(text.translate(_BOXES).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows as lines, each column as wide as its widest text."""
    if not rows:
        return
    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = (text + " " * (widths[n] - width(text)) for n, text in enumerate(row))
        yield "  ".join(cells).rstrip()


# -- checking templates ----------------------------------------------------------------------------


def check_templates(opened: Opened) -> None:
    """Hold every template of the dossiers, and the built-in ones of their forms, against what it may say."""
    cases = attempt(lambda: list(opened.cases()))
    regulations = regulations_of(cases)
    grave = False
    for dossier in opened.dossiers:
        for shown, forms, slips in attempt(partial(_own, dossier.root, regulations)):
            grave |= _say(shown, forms, slips)
    used = {entry.form for regulation in regulations for entry in regulation.forms}
    for form in templates.forms().values():
        if form.id in used and templates.has_built_in(form):
            found = attempt(partial(templates.built_in, form))
            grave |= _say(found.shown, [form], _slips(found, form))
    if grave:
        raise SystemExit(EXIT_FINDINGS)


def _say(shown: str, forms: list[Form], slips: list[Slip]) -> bool:
    names = "、".join(form.label for form in forms)
    tell(f"{shown}{f'（{names}）' if names and names not in shown else ''}{'' if slips else '：没有问题'}")
    for slip in slips:
        reason = reason_of(slip)
        place = f"{reason.place}：" if reason.place else ""
        tell(f"  {'错误' if slip.grave else '提示'} {place}{reason.text}")
    return any(slip.grave for slip in slips)


def _own(root: Path, regulations: list[Regulation]) -> list[tuple[str, list[Form], list[Slip]]]:
    """The dossier's own templates: how each is shown, of which forms it is, and what is wrong with it."""
    checked: list[tuple[str, list[Form], list[Slip]]] = []
    known = templates.forms_of(regulations)
    titles = [(entry.form, entry.title) for r in regulations for entry in r.forms]
    titles += [(e.form, Path(e.template).stem) for r in regulations for e in r.forms if e.template]
    for name in templates.own_names(root):
        try:
            found = templates.own(root, name)
        except UsageError:
            found = None
        if found is None:
            checked.append((name, [], [Slip("整个文件", "", templates.UNUSABLE, "放入文件本身")]))
            continue
        forms = [known[form] for form in templates.forms_named(name, titles)]
        slips = [slip for form in forms for slip in _slips(found, form)]
        if not forms:
            names = "、".join(dict.fromkeys(form.template for form in templates.forms().values()))
            slips = [
                Slip(
                    "整个文件",
                    "",
                    "这个文件名不是哪张表的模板，不会用到",
                    f"文件名写办法规定的表名，或 {names} 之一",
                    grave=False,
                )
            ]
        checked.append((found.shown, forms, slips))
    return checked


def _slips(found: TemplateFile, form: Form) -> list[Slip]:
    """What is wrong with a template, and what the built-in one of the form prints that it does not."""
    if form.suffix != ".docx":
        check = getattr(maker_of(form), "check_template", None)
        return list(check(found.data)) if check else []
    from govit.forms.word.docx import read

    template = read(found.data)
    slips = list(template.slips)
    if not found.own or any(slip.grave for slip in slips):
        return slips
    usual = read(templates.built_in(form).data).printed if templates.has_built_in(form) else {}
    if not template.printed:
        slips.append(
            Slip(
                "整个文件", "", "一个标签也没有，印出来是一张空表", "govit render --fields 列出能用的栏目", grave=False
            )
        )
    lost = [name for name in usual if name not in template.printed and not _whole(name)]
    slips += [Slip("", "", f"没有用到 {shown_name(name)}", f"内置模板印在{usual[name]}", grave=False) for name in lost]
    return slips


def shown_name(name: str) -> str:
    """A name with its label: contact.phone（联系电话）."""
    fields, label = FIELDS, ""
    for part in name.replace("[]", "").split("."):
        field = fields.get(part)
        if field is None:
            return name.replace("[]", "")
        fields, label = field.fields, field.shown
    return f"{name.replace('[]', '')}（{label}）"


def _whole(name: str) -> bool:
    """Whether a name is a group or a list, whose parts are named by themselves."""
    return name in FIELDS and FIELDS[name].shape in (FieldShape.GROUP, FieldShape.ROWS, FieldShape.NOTES)
