"""日历：open dates as iCalendar (RFC 5545), for import into the calendar that people look at.

The UID of an entry is that of the deadline, so that a later import moves an entry instead of doubling it. The sequence
grows with the day of judgement and the minute of the export, and beyond what the file that is replaced says of an entry
that has changed, so that the later file wins. What was done before its day is told as cancelled, so that an entry of an
earlier file reminds nobody any more. The same input gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
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
"""Sequences count the minutes since then."""
_MINUTES = 24 * 60
_SAID = {"UID", "SEQUENCE", "DTSTAMP"}
_MADE = re.compile("DTSTAMP|SEQUENCE")
ALARMS = (dt.timedelta(days=30), dt.timedelta(days=7), dt.timedelta(days=1))
"""How long before the day somebody is reminded, at nine in the morning."""
_MORNING = dt.timedelta(hours=9)


def render(
    listing: Listing,
    *,
    near: bool = False,
    overdue: bool = False,
    moment: dt.datetime | None = None,
    earlier: bytes = b"",
) -> tuple[bytes, int]:
    """The open dates as a calendar, and how many there are; `earlier` is the file that it replaces.

    `moment` is when it is exported; the first one of the day of judgement if nobody says.
    """
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
                calendar.add_component(_cancelled(deadline, deadline.day))
    entries = calendar.events
    before = _entries(earlier)
    for event in entries:
        _stamp(event, before.get(str(event["uid"])), moment, listing.as_of)
    return bytes(calendar.to_ical()), len(entries)


def _entries(calendar: bytes) -> dict[str, Event]:
    """The entries of a calendar by UID; none of a file that is no calendar."""
    try:
        read = Calendar.from_ical(calendar.decode())
        return {str(e["uid"]): e for e in read.events if set(e) >= _SAID}
    except ValueError:
        return {}


def _stamp(event: Event, before: Event | None, moment: dt.datetime | None, as_of: dt.date) -> None:
    """When an entry was made, and its number: later than that of the entry which it changes."""
    stamp = (
        moment.astimezone(dt.UTC).replace(microsecond=0) if moment else dt.datetime.combine(as_of, dt.time(), dt.UTC)
    )
    number = max(0, (as_of - FIRST_DAY).days) * _MINUTES + (moment.hour * 60 + moment.minute if moment else 0)
    if before is not None:
        changed = _content(event) != _content(before)
        number = max(number, int(str(before["sequence"])) + changed)
        if changed:
            stamp = max(stamp, before.decoded("dtstamp") + dt.timedelta(seconds=1))
    event.add("dtstamp", stamp)
    event.add("sequence", number)


def _content(event: Event) -> list[str]:
    """What an entry says, whenever it was made."""
    return sorted(line for line in event.to_ical().decode().replace("\r\n ", "").split("\r\n") if not _MADE.match(line))


def _settled(deadline: Deadline, listing: Listing, *, near: bool) -> bool:
    """Whether an entry of an earlier file would still remind of a day that nobody has to keep any more."""
    if deadline.state is not DeadlineState.DONE or deadline.day is None:
        return False
    left = (deadline.day - listing.as_of).days
    return 0 <= left <= listing.within if near else left >= 0


def _event(deadline: Deadline, day: dt.date, listing: Listing, regulations: Mapping[str, Regulation]) -> Event:
    event = _entry(deadline, day, _summary(deadline))
    event.add("description", _description(deadline, regulations.get(deadline.regulation), listing))
    for before in ALARMS:
        event.add_component(_alarm(before - _MORNING, _summary(deadline)))
    return event


def _cancelled(deadline: Deadline, day: dt.date) -> Event:
    """An entry that takes back the one of an earlier file: without an alarm, and marked also in words."""
    event = _entry(deadline, day, f"〔已完成〕{_summary(deadline)}")
    event.add("status", "CANCELLED")
    return event


def _entry(deadline: Deadline, day: dt.date, summary: str) -> Event:
    event = Event()
    event.add("uid", deadline.uid)
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
