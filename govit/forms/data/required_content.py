"""表格要写的内容：what a regulation wants told on a form, period and time limits included. Pure.

The packs list it (`items` of a form): each is told in the clerk's words (notes of project.yaml) or
from the records, else it is left to be written by hand, or refused if the form is nothing without it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from govit.base.usage import UsageError
from govit.calendar.periods import period_ends
from govit.forms.data.filled_form import made_by
from govit.forms.data.printed import day, listed, money, numeral, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govit.dossier.model import Approval, Contract
    from govit.forms.data.filled_form import FilledForm, R
    from govit.forms.data.printed import Row
    from govit.law.regulation import PackItem, Rule

PROGRESS = "progress"
"""The form that is of a period."""
_PERIOD = re.compile(r"(\d{4})(?:Q([1-4])|H([12])|-(0[1-9]|1[0-2]))?", re.ASCII)


def rows(filled_form: FilledForm) -> list[Row]:
    """What the form tells: label and text, in the order of the regulation."""
    period = _reported(filled_form)
    told: dict[str | None, str | None]
    if period is not None and filled_form.project.progress:
        told = {one.name: one.text for one in filled_form.project.progress if one.period == period}
        home = f"progress.{period}"
    else:
        told = {note.name: note.text for note in filled_form.project.notes}
        home = "notes"
    return [
        _row(filled_form, number, item, told.get(item.label), home)
        for number, item in enumerate(filled_form.entry.items, 1)
    ]


def _row(filled_form: FilledForm, number: int, item: PackItem, note: str | None, home: str) -> Row:
    text = _text(filled_form, item, note)
    return {
        "n": str(number),
        "number": numeral(number),
        "at": f"{home}.{item.label}",
        "label": item.label,
        "text": text,
        "paragraphs": paragraphs(text),
    }


def _text(filled_form: FilledForm, item: PackItem, note: str | None) -> str | None:
    source = SOURCES.get(item.source)
    text = note or (source(filled_form) if source else None)
    return text or (None if item.required else "")


def approvals(filled_form: FilledForm) -> list[Approval]:
    """The approvals that the form tells of: of the acts that the regulation names for it, else all."""
    acts = filled_form.entry.acts
    return [a for a in _known(filled_form, filled_form.project.approvals) if not acts or a.act in acts]


def _known(filled_form: FilledForm, records: Iterable[R]) -> list[R]:
    until = filled_form.until
    period = _reported(filled_form)
    if period is not None:
        until = min(until, _last_day(period))
    return made_by(records, until)


# -- told from the records -------------------------------------------------------------------------


def _approvals(filled_form: FilledForm) -> str | None:
    return listed((_approval(a) for a in _known(filled_form, filled_form.project.approvals)), "\n")


def _approval(approval: Approval) -> str:
    number = f"（{approval.number}）" if approval.number else ""
    return f"{day(approval.date) or ''}{approval.body or ''}{approval.act or ''}{approval.result or ''}{number}"


def _contracts(filled_form: FilledForm) -> str | None:
    return listed((_contract(c) for c in _known(filled_form, filled_form.project.contracts)), "\n")


def _contract(contract: Contract) -> str:
    on = f"{day(contract.on)}签订" if contract.on else ""
    parts = (contract.party or "", money(contract.amount) or "")
    inside = "，".join(one for one in parts if one)
    return f"{on}{contract.name or contract.kind or ''}{f'（{inside}）' if inside else ''}"


def _events(filled_form: FilledForm) -> str | None:
    return listed((f"{day(e.on) or ''}{e.kind or ''}" for e in _known(filled_form, filled_form.project.events)), "\n")


def _spent(filled_form: FilledForm) -> str | None:
    return money(filled_form.project.budget.spent) if filled_form.project.budget else None


SOURCES: dict[str, Callable[[FilledForm], str | None]] = {
    "approvals": _approvals,
    "contracts": _contracts,
    "events": _events,
    "spent": _spent,
    "content": lambda filled_form: filled_form.project.content,
}
"""来源 → how it is told, written out."""


# -- the period of a report ------------------------------------------------------------------------


def progress(filled_form: FilledForm) -> Row:
    """The period that a recurring report is of."""
    period = _reported(filled_form)
    return {"period": None, "title": None} if period is None else _period(period)


def _reported(filled_form: FilledForm) -> str | None:
    """The period asked for, else that of the day of the form where the rules say how often, else the last one told."""
    if filled_form.entry.form != PROGRESS:
        return None
    if filled_form.which:
        _period(filled_form.which)
        return filled_form.which
    every = _every(filled_form)
    if every is not None:
        return _period_of(every, filled_form.as_of)
    return max((one.period for one in filled_form.project.progress if one.period), key=_last_day, default=None)


def _last_day(period: str) -> dt.date:
    """The day on which a period ends."""
    found = _PERIOD.fullmatch(period)
    if found is None:
        return dt.date.max
    year, quarter, half, month = found.groups()
    last = int(quarter) * 3 if quarter else int(half) * 6 if half else int(month or 12)
    return dt.date(int(year) + last // 12, last % 12 + 1, 1) - dt.timedelta(days=1)


def _period_of(every: str, day_: dt.date) -> str:
    """The period of a day, as project.yaml writes it."""
    closing = period_ends(every, day_, day_)[0][1]
    year, month = closing.year, closing.month
    written = {"年": "", "半年": f"H{month // 6}", "季度": f"Q{month // 3}", "月": f"-{month:02}"}
    return f"{year}{written[every]}"


def _every(filled_form: FilledForm) -> str | None:
    """How often the rules want the submission of the form."""
    submission = filled_form.entry.submission
    return next(
        (
            rule.demand.every
            for rule in filled_form.regulation.rules
            if rule.demand.every and rule.demand.submission == submission
        ),
        None,
    )


def _period(text: str) -> Row:
    found = _PERIOD.fullmatch(text)
    if found is None:
        message = f"--for 写的“{text}”不是一个报告期；写成 2026、2026H1、2026Q3 或 2026-01"
        raise UsageError(message)
    year, quarter, half, month = found.groups()
    part = "年度"
    if quarter:
        part = f"年第{numeral(int(quarter))}季度"
    elif half:
        part = "年上半年" if half == "1" else "年下半年"
    elif month:
        part = f"年{int(month)}月"
    return {"period": text, "title": f"{year}{part}"}


# -- the time limit that an extension asks to move -------------------------------------------------


def extension(filled_form: FilledForm) -> Row:
    """From when and until when the article of the form gave time, as judged."""
    article = re.match(r"第[一二三四五六七八九十百]+条", filled_form.entry.article)
    for judgement in filled_form.examined.each:
        timing = judgement.verdict.timing
        if article and _limits(judgement.rule, article[0]) and timing and timing.since and judgement.verdict.due:
            return {"start": day(timing.since), "due": day(judgement.verdict.due)}
    return {"start": None, "due": None}


def _limits(rule: Rule, article: str) -> bool:
    return rule.demand.period is not None and rule.article.startswith(article)
