"""日历：open dates as iCalendar (RFC 5545), for import into the calendar that people look at.

The UID of an entry is that of the deadline, so that a later import moves an entry instead of doubling it; the
sequence grows with the day of judgement, so that the later file wins. What was done before its day is told as
cancelled, so that an entry of an earlier file reminds nobody any more. The same input gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from govit import __version__
from govit.deadlines.dates import OPEN, Deadline, DeadlineState, Listing
from govit.report.deadlines import about, basis, counted, remarks
from govit.report.text import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.law.regulation import Regulation

FIRST_DAY = dt.date(2020, 1, 1)
"""Sequences count the days since then."""
ALARMS = (dt.timedelta(days=30), dt.timedelta(days=7), dt.timedelta(days=1))
"""How long before the day somebody is reminded, at nine in the morning."""
_MORNING = dt.timedelta(hours=9)


def render(listing: Listing, *, near: bool = False, overdue: bool = False) -> bytes:
    """The open dates as a calendar."""
    calendar = Calendar()
    calendar.add("prodid", f"-//govit//govit {__version__}//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "政务信息化项目期限")
    regulations = {r.id: r for r in listing.regulations}
    for deadline in listing.shown(near=near, overdue=overdue):
        if deadline.state in OPEN and deadline.day is not None:
            calendar.add_component(_event(deadline, deadline.day, listing, regulations))
    if not overdue:
        for deadline in listing.deadlines:
            if _settled(deadline, listing, near=near) and deadline.day is not None:
                calendar.add_component(_cancelled(deadline, deadline.day, listing))
    return bytes(calendar.to_ical())


def _settled(deadline: Deadline, listing: Listing, *, near: bool) -> bool:
    """Whether an entry of an earlier file would still remind of a day that nobody has to keep any more."""
    if deadline.state is not DeadlineState.DONE or deadline.day is None:
        return False
    left = (deadline.day - listing.as_of).days
    return 0 <= left <= listing.within if near else left >= 0


def _event(deadline: Deadline, day: dt.date, listing: Listing, regulations: Mapping[str, Regulation]) -> Event:
    event = _entry(deadline, day, listing, _summary(deadline))
    event.add("description", _description(deadline, regulations.get(deadline.regulation), listing))
    for before in ALARMS:
        event.add_component(_alarm(before - _MORNING, _summary(deadline)))
    return event


def _cancelled(deadline: Deadline, day: dt.date, listing: Listing) -> Event:
    """An entry that takes back the one of an earlier file: without an alarm, and marked also in words."""
    event = _entry(deadline, day, listing, f"〔已完成〕{_summary(deadline)}")
    event.add("status", "CANCELLED")
    return event


def _entry(deadline: Deadline, day: dt.date, listing: Listing, summary: str) -> Event:
    event = Event()
    event.add("uid", deadline.uid)
    event.add("dtstamp", dt.datetime.combine(listing.as_of, dt.time(), dt.UTC))
    event.add("sequence", max(0, (listing.as_of - FIRST_DAY).days))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", summary)
    event.add("categories", ["govit"])
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    return event


def _alarm(before: dt.timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", text)
    return alarm


def _summary(deadline: Deadline) -> str:
    special = about(deadline)
    late = "〔已逾期〕" if deadline.state is DeadlineState.OVERDUE else ""
    mark = "〔暂定〕" if deadline.provisional else ""
    advice = "〔仅供参考〕" if deadline.advisory else ""
    whose = deadline.project_name or deadline.project_id or ""
    duty = f"{deadline.duty}{f'（{special}）' if special else ''}"
    return f"{late}{mark}{advice}{'：'.join(filter(None, (whose, duty)))}"


def _description(deadline: Deadline, regulation: Regulation | None, listing: Listing) -> str:
    days = f"最后一天 {deadline.last}" if deadline.last else f"自 {deadline.opens} 起"
    if deadline.opens and deadline.last:
        days = f"{deadline.opens} 至 {deadline.last}"
    law = ""
    if regulation is not None:
        law = f"《{regulation.title}》（{regulation.standing(listing.as_of)}）"
    rows = (
        days,
        counted(deadline),
        f"报送：{deadline.body}" if deadline.body else "",
        f"完成：{deadline.ends}" if deadline.ends else "",
        f"依据：{law}{basis(deadline)}",
        remarks(deadline),
        f"判断日 {listing.as_of}。{DISCLAIMER}",
    )
    return "\n".join(filter(None, rows))
