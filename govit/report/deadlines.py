"""期限报告：a list that a clerk reads from the top, and the JSON contract govit-deadlines/1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit import __version__
from govit.base.language import is_english, say
from govit.base.width import width
from govit.deadlines.dates import Deadline, DeadlineState, Listing
from govit.dossier.finding import Severity
from govit.report.jsontext import day_text, dump, lines, of_regulation
from govit.report.text import DISCLAIMER, Paint

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from govit.report.jsontext import Entry

SCHEMA = "govit-deadlines/1"
COLUMNS = 100
_INDENT = " " * 17
_COLOURS = {
    DeadlineState.OVERDUE: "1;31",
    DeadlineState.DUE: "33",
    DeadlineState.TO_COME: "36",
    DeadlineState.EARLY: "31",
    DeadlineState.LATE: "31",
    DeadlineState.UNDETERMINED: "35",
    DeadlineState.WAITING: "2",
    DeadlineState.DONE: "32",
    DeadlineState.ENDED: "32",
    DeadlineState.NOT_APPLICABLE: "2",
}


_WORDS = {
    DeadlineState.OVERDUE: "已逾期",
    DeadlineState.DUE: "{} 天内到期",
    DeadlineState.TO_COME: "未到期",
    DeadlineState.EARLY: "早于期限",
    DeadlineState.LATE: "逾期完成",
    DeadlineState.UNDETERMINED: "待定",
    DeadlineState.WAITING: "等待触发",
    DeadlineState.DONE: "按时完成",
    DeadlineState.ENDED: "已届满",
    DeadlineState.NOT_APPLICABLE: "不适用",
}


def state_word(state: DeadlineState, within: int) -> str:
    """A state in words."""
    return _WORDS[state].format(within)


def days_word(deadline: Deadline, as_of: dt.date) -> str:
    """The days left in words."""
    left = deadline.days_left(as_of)
    if left is None:
        return ""
    if left == 0:
        return say("就在今天")
    return say("逾期 {} 天").format(-left) if left < 0 else say("还有 {} 天").format(left)


def about(deadline: Deadline) -> str:
    """What the line speaks of beside its duty: a contract, a quarter; not the body, which is told anyway."""
    return "" if deadline.about in deadline.duty else deadline.about


def counted(deadline: Deadline) -> str:
    """From what and how long: 自某事（2026-06-15）起6个月，or by what it was set."""
    since = f"（{deadline.trigger_date}）" if deadline.trigger_date else ""
    if deadline.trigger and deadline.trigger_date and deadline.period:
        return f"自{deadline.trigger}{since}起{deadline.period}"
    by = f"按{deadline.trigger}{since}" if deadline.trigger else ""  # a day that somebody set
    return "，".join(filter(None, (by, deadline.period)))


def moved(deadline: Deadline) -> str:
    """Both ends of a window, and how the last day was moved."""
    parts = []
    if deadline.opens and deadline.last:
        parts.append(f"{deadline.opens} 至 {deadline.last}")
    if deadline.raw and deadline.last and deadline.raw != deadline.last:
        parts.append(f"{deadline.raw} 为休息日，顺延到 {deadline.last}")
    if deadline.provisional:
        parts.append(f"暂定：{deadline.provisional}")
    return "；".join(parts)


def basis(deadline: Deadline) -> str:
    """The rule with its article, and the document in which a body set the day."""
    rule = " ".join(filter(None, (deadline.rule, deadline.article)))
    return "；".join(filter(None, (rule, f"文号 {deadline.number}" if deadline.number else "")))


def remarks(deadline: Deadline) -> str:
    """Whatever else a reader must know: advice only, waived, open for its own reason."""
    parts = [moved(deadline), "" if deadline.state is DeadlineState.WAITING else deadline.detail]
    if deadline.waived:
        parts.append(f"已豁免 {deadline.waived.number}，有效期至 {deadline.waived.until}")
    if deadline.advisory:
        parts.append("仅供参考")
    elif deadline.source == "rule" and deadline.severity is Severity.INFO:
        parts.append("只作提示")
    return "；".join(filter(None, parts))


# -- text --------------------------------------------------------------------------------------------


def render(
    listing: Listing, *, everything: bool = False, near: bool = False, overdue: bool = False, colour: bool = False
) -> str:
    """The list as text, at most 100 columns wide."""
    paint = Paint(colour=colour)
    shown = listing.shown(everything=everything, near=near, overdue=overdue)
    rows = list(_head(listing, paint))
    for state in DeadlineState:
        group = [d for d in shown if d.state is state]
        if group:
            rows += ["", paint(f"{said(state, listing.within)}（{len(group)}）", _COLOURS[state])]
            for deadline in group:
                rows += _entry(deadline, listing.as_of)
    if not shown:
        rows += ["", say("没有要列出的期限。")]
    rows += [
        "",
        *(row for note in listing.notes for row in wrapped(f"{say('注意：')}{note}", "      ")),
        *_tally(listing, shown),
    ]
    return "\n".join([*rows, say(DISCLAIMER)]) + "\n"


def _head(listing: Listing, paint: Paint) -> Iterator[str]:
    yield f"{say('判断日')} {listing.as_of}"
    for regulation in listing.regulations:
        status = regulation.standing(listing.as_of, say)
        number = "" if regulation.document_number in regulation.title else regulation.document_number
        yield from wrapped(f"《{regulation.title}》{number}（{status}）", "")
    if listing.assume_in_force:
        yield paint(say("〔假定施行〕以下期限假定所列办法在判断日施行，不是现行效力"), "1;33")


def _entry(deadline: Deadline, as_of: dt.date) -> Iterator[str]:
    """Day, days left and duty on the first line; below whose it is, to whom, since when, on what basis."""
    waits = deadline.state is DeadlineState.WAITING
    special, done = (
        about(deadline),
        deadline.done if deadline.state in (DeadlineState.DONE, DeadlineState.LATE) else None,
    )
    said = (
        days_word(deadline, as_of),
        _title(deadline) + (f"〔{special}〕" if special else ""),
        say("{} 完成").format(done) if done else "",
    )
    first = f"  {_day_word(deadline)}"
    yield from wrapped(first + " " * (len(_INDENT) - width(first)) + "  ".join(filter(None, said)), _INDENT)
    whose = deadline.project_name or deadline.project_id or deadline.project
    to = say("交 {}").format(deadline.body) if deadline.body else ""
    start = (say("等 {}").format(deadline.detail), deadline.period) if waits else (counted(deadline),)
    facts = (whose, to, *start, basis(deadline), remarks(deadline))
    yield from wrapped(_INDENT + " · ".join(filter(None, facts)), _INDENT)


def _title(deadline: Deadline) -> str:
    return deadline.duty_en if is_english() and deadline.duty_en else deadline.duty


def said(state: DeadlineState, within: int) -> str:
    """A state in words of the chosen language."""
    return say(_WORDS[state]).format(within)


def _day_word(deadline: Deadline) -> str:
    if deadline.day is None:
        return ""
    return f"{deadline.day}" if deadline.last else f"{deadline.day} 起"


def _tally(listing: Listing, shown: list[Deadline]) -> list[str]:
    if not listing.deadlines:
        return []
    counts = listing.counts()
    named = [f"{said(s, listing.within)} {counts[s.value]}" for s in DeadlineState if counts[s.value]]
    hidden = len(listing.deadlines) - len(shown)
    rest = say("；其中 {} 个没有列出（--all 全部列出）").format(hidden) if hidden else ""
    return list(
        wrapped(say("共 {} 个期限：").format(len(listing.deadlines)) + f"{say('、').join(named)}{rest}" + say("。"), "")
    )


_PIECE = re.compile(r"[（〔“《]*(?:[!-~]+(?:个工作日|个月|年|日|天)?|\s|.)[，。；、：）〕”》]* ?")
"""What stays on one line: a word or a number with its unit, and the punctuation that belongs to it."""


def wrapped(text: str, indent: str) -> Iterator[str]:
    """A text in lines of at most 100 columns; words and numbers stay whole."""
    line = ""
    for piece in _PIECE.findall(text):
        if width(line) + width(piece.rstrip()) > COLUMNS and line.strip():
            yield line.rstrip()
            line = indent + piece.lstrip()
        else:
            line += piece
    if line.strip():
        yield line.rstrip()


# -- JSON --------------------------------------------------------------------------------------------


def render_json(listing: Listing, *, everything: bool = False, near: bool = False, overdue: bool = False) -> str:
    """One object, one deadline a line; the same input gives the same bytes."""
    shown = listing.shown(everything=everything, near=near, overdue=overdue)
    parts = {
        "schema": dump(SCHEMA),
        "as_of": dump(listing.as_of.isoformat()),
        "govit": dump(__version__),
        "within": dump(listing.within),
        "regulations": lines(of_regulation(r, listing.as_of) for r in listing.regulations),
        "deadlines": lines(_deadline(d, listing) for d in shown),
        "notes": dump(list(listing.notes)),
        "complete": dump(not listing.incomplete),
        "counts": dump(listing.counts()),
    }
    return "{\n" + ",\n".join(f'"{key}": {part}' for key, part in parts.items()) + "\n}\n"


def _deadline(d: Deadline, listing: Listing) -> Entry:
    return {
        "source": d.source,
        "project": d.project,
        "id": d.project_id,
        "name": d.project_name,
        "regulation": d.regulation or None,
        "document_number": d.document_number or None,
        "rule": d.rule or None,
        "duty": d.duty,
        "subject": d.subject,
        "body": d.body or None,
        "trigger": d.trigger or None,
        "trigger_date": day_text(d.trigger_date),
        "period": d.period or None,
        "opens": day_text(d.opens),
        "raw": day_text(d.raw),
        "last": day_text(d.last),
        "provisional": d.provisional or None,
        "days_left": d.days_left(listing.as_of),
        "state": d.state.value,
        "state_word": state_word(d.state, listing.within),
        "ends": d.ends or None,
        "done": day_text(d.done),
        "detail": d.detail or None,
        "article": d.article or None,
        "number": d.number or None,
        "severity": d.severity.word,
        "advisory": d.advisory,
        "waived": {"number": d.waived.number, "until": d.waived.until.isoformat()} if d.waived else None,
        "uid": d.uid,
    }
