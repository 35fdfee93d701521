"""最后的意见：what a body that has spoken several times last said: an approval counts until it says otherwise."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from govit.dossier.model import PASSED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from govit.dossier.model import Approval


def refused_at_last(records: Iterable[Approval]) -> Approval | None:
    """The refusal that is the last word of these records; None if there is none, or something was passed on its day."""
    dated = sorted((one for one in records if one.date is not None), key=_day)
    last = [one for one in dated if one.date == dated[-1].date]
    return last[-1] if last and all(one.result != PASSED for one in last) else None


def taken_back(records: Sequence[Approval], until: dt.date) -> Approval | None:
    """What took back all that was passed up to a day; None while any body's last word about any thing is a pass.

    A refusal of one body, or about one contract, takes nothing back from another.
    """
    up_to = [one for one in records if one.date is not None and one.date <= until]
    about = sorted(up_to, key=lambda one: (one.body or "", one.of or ""))
    told = [list(group) for _, group in groupby(about, key=lambda one: (one.body, one.of))]
    refused = [refused_at_last(group) for group in told if any(one.result == PASSED for one in group)]
    found = [one for one in refused if one is not None]
    return max(found, key=_day) if found and len(found) == len(refused) else None


def _day(one: Approval) -> str:
    return f"{one.date}"
