"""What all JSON contracts of govit write alike: days, regulations, lists with one entry a line. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from govit.law.regulation import Regulation


Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
"""What JSON can say."""
Entry: TypeAlias = dict[str, Json]
REPORT_SCHEMA = "govit-report/1"


def dump(value: Json) -> str:
    """A value on one line, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)


def lines(entries: Iterable[Mapping[str, Json]]) -> str:
    """One entry a line: quick to write, and git shows a changed entry as one changed line."""
    return "[\n" + ",\n".join(map(dump, entries)) + "\n]"


def day_text(day: dt.date | None) -> str | None:
    """A day as YYYY-MM-DD."""
    return day.isoformat() if day else None


def amount_text(amount: Decimal | None) -> str | None:
    """An amount in 元, exact."""
    return None if amount is None else f"{amount:f}"


def of_regulation(regulation: Regulation, as_of: dt.date) -> Entry:
    """A regulation by its number, and whether it is in force on the day of judgement."""
    return {
        "id": regulation.id,
        "document_number": regulation.document_number,
        "status": regulation.status_on(as_of),
        "effective_from": day_text(regulation.effective_from),
        "effective_to": day_text(regulation.effective_to),
        "by_dossier": regulation.by_dossier,
    }
