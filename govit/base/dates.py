"""日期：days, years and periods as they are written in YAML, and as patterns for a JSON Schema."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from govit.base.patterns import regex

_DATE = regex(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_LOOSE_DATE = regex(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)
YEAR = regex(r"(19|20)\d\d", re.ASCII)
PERIOD = regex(r"(19|20)\d\d(Q[1-4]|H[12]|-(0[1-9]|1[0-2]))?", re.ASCII)
_MIDNIGHT = regex(r"[T ]0{1,2}:00(:00)?(\.0+)?", re.ASCII)
_MONTH = regex(r"\d{4}[-/.年]\d{1,2}月?", re.ASCII)
_SHOWN_LENGTH = 40
_DASHES = str.maketrans("–—−‐‑", "-----")
_QUOTES = "“”‘’「」\"'"

_LEAP_YEAR = "(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)"
DATE_PATTERN = (
    r"^\s*(?:(?:19|20)[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    rf"|{_LEAP_YEAR}-02-29)\s*$"
)
"""The dates that parse_date accepts as one regular expression, for a JSON Schema; blanks around are the reader's."""
YEAR_PATTERN = r"^\s*(?:19|20)[0-9]{2}\s*$"
PERIOD_PATTERN = r"^\s*(?:19|20)[0-9]{2}(?:Q[1-4]|H[12]|-(?:0[1-9]|1[0-2]))?\s*$"


class WrittenOtherwiseError(ValueError):
    """What is written is understood, but must be written in another way; `right` is how."""

    def __init__(self, message: str, right: str) -> None:
        """Keep what is to be written."""
        super().__init__(message)
        self.right = right


@lru_cache(maxsize=4096)
def parse_date(text: str) -> dt.date:
    """Read 2026-03-01; ValueError says in Chinese what is wrong."""
    if found := _DATE.fullmatch(text):
        return _day(text, found[1], found[2], found[3])
    plain = _MIDNIGHT.sub("", unicodedata.normalize("NFKC", text[:_SHOWN_LENGTH]))  # as a cell of Excel is pasted
    typed = "".join(plain.split()).strip(_QUOTES).translate(_DASHES)
    loose = _LOOSE_DATE.fullmatch(typed)
    if loose is None:
        message = f"日期“{brief(text)}”没有写到日" if _MONTH.fullmatch(typed) else f"看不懂日期“{brief(text)}”"
        raise ValueError(message)
    day = _day(text, *(part for part in loose.groups() if part))
    message = f"日期“{text}”请写成 {day}"
    raise WrittenOtherwiseError(message, str(day))


def _day(text: str, year: str, month: str, day: str) -> dt.date:
    if not YEAR.fullmatch(year):
        message = f"日期“{text}”的年份不合常理"
        raise ValueError(message)
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError as error:
        message = f"没有“{text}”这一天"
        raise ValueError(message) from error


def brief(text: str) -> str:
    """A text as a message repeats it: no more than its beginning."""
    return text if len(text) <= _SHOWN_LENGTH else text[:_SHOWN_LENGTH] + "…"
