"""登记的事：what a form prints of the records of a project, as far as they were made when it was filled in. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.forms.data import handin
from govit.forms.data.adjusted import row_of_change
from govit.forms.data.filled_form import made_by
from govit.forms.data.investment import added
from govit.forms.data.printed import (
    amounts,
    day,
    listed,
    numbered,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from govit.dossier.model import Approval
    from govit.forms.data.filled_form import FilledForm, R
    from govit.forms.data.printed import Row


def known_by(filled_form: FilledForm, records: Iterable[R]) -> list[R]:
    """The records up to the last day of which the form tells."""
    return made_by(records, filled_form.until)


def documents(filled_form: FilledForm) -> list[Row]:
    """文件."""
    return numbered(
        {
            "at": d.at,
            "kinds": listed(d.kinds),
            "path": d.path,
            "date": day(d.date),
            "by": d.by,
            "result": d.result,
        }
        for d in known_by(filled_form, filled_form.project.documents)
        if not d.missing and not handin.of_later_step(filled_form, d)
    )


def approvals(filled_form: FilledForm) -> list[Row]:
    """审批."""
    return shown(known_by(filled_form, filled_form.project.approvals))


def shown(found: Iterable[Approval]) -> list[Row]:
    """Approvals as rows."""
    return numbered(
        {
            **{key: getattr(a, key) for key in ("at", "body", "act", "result", "number")},
            "date": day(a.date),
            "until": day(a.until),
            **amounts("amount", a.amount),
        }
        for a in found
    )


def approved(filled_form: FilledForm) -> Row:
    """The last approval of an amount."""
    rows = [row for row in approvals(filled_form) if row["amount"]]
    return _alone(rows[-1]) if rows else {}


def _alone(row: Row) -> Row:
    """A row by itself, which has no number."""
    return {key: value for key, value in row.items() if key != "n"}


def submissions(filled_form: FilledForm) -> list[Row]:
    """报送."""
    return numbered(
        {"at": s.at, "kind": s.kind, "to": listed(s.to), "date": day(s.on), "number": s.number, "period": s.period}
        for s in known_by(filled_form, filled_form.project.submissions)
    )


def submission(filled_form: FilledForm) -> Row:
    """The submission that this form belongs to: as recorded, or only what the regulation says of it."""
    kind = filled_form.entry.submission or None
    recorded = [row for row in submissions(filled_form) if kind and row["kind"] == kind]
    return _alone(recorded[-1]) if recorded else {"kind": kind, "to": filled_form.entry.to}


def events(filled_form: FilledForm) -> list[Row]:
    """事项."""
    return numbered(
        {"at": e.at, "kind": e.kind, "date": day(e.on), "of": e.of}
        for e in known_by(filled_form, filled_form.project.events)
    )


def contracts(filled_form: FilledForm) -> list[Row]:
    """合同."""
    return numbered(
        {
            **{key: getattr(c, key) for key in ("at", "kind", "name", "party")},
            "date": day(c.on),
            "until": day(c.until),
            **amounts("amount", c.amount),
        }
        for c in known_by(filled_form, filled_form.project.contracts)
    )


def contracts_total(filled_form: FilledForm) -> Decimal | None:
    """合同额合计."""
    return added(c.amount for c in known_by(filled_form, filled_form.project.contracts))


def answers(filled_form: FilledForm) -> list[Row]:
    """人工确认, the project's own before the unit's."""
    given = {**filled_form.project.settings.answers, **filled_form.project.answers}
    questions = filled_form.regulation.questions
    return numbered(
        {
            "question": name,
            "ask": questions[name].ask,
            "answer": given[name].answer,
            "by": given[name].by,
            "date": day(given[name].on),
            "note": given[name].note,
        }
        for name in questions
        if name in given and (given[name].on or filled_form.as_of) <= filled_form.as_of
    )


def notices(filled_form: FilledForm) -> list[Row]:
    """主管部门通知, those that concern this project."""
    mine = known_by(filled_form, filled_form.project.settings.notices)
    return numbered(
        {"kind": n.kind, "date": day(n.on), "number": n.number, "title": n.title}
        for n in mine
        if n.of in (None, filled_form.project.id)
    )


def notes(filled_form: FilledForm) -> Row:
    """表格补充内容, by name."""
    return {note.name: note.text for note in filled_form.project.notes if note.name and note.text}


def changes(filled_form: FilledForm) -> list[Row]:
    """历次调整."""
    return numbered(row_of_change(filled_form, change) for change in known_by(filled_form, filled_form.project.changes))
