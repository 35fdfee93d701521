"""盖章件与原稿的数：a printed file beside its source states the same figures, as far as both state them in sentences. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.statements.disagreements import BETWEEN_COPIES, Disagreement, where
from govit.statements.stated import DAYS, OPERATION, PERIOD, SPAN, TOTAL, agree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.statements.disagreements import ReadReport

_LABELS = {TOTAL: "总投资", OPERATION: "年运维费", PERIOD: "工期", DAYS: "工期", SPAN: "起止时间"}
_HINT = "核对哪一份是报送的定稿：不是同一版的，换成同一版；两份本来不同的，在 documents 里各写 date"


def between_copies(printed: ReadReport, source: ReadReport) -> Iterator[Disagreement]:
    """What both state, and nowhere alike."""
    for key, label in _LABELS.items():
        here, there = ([one for one in report.stated if one.key == key] for report in (printed, source))
        if here and there and not any(agree(one, other) for one in here for other in there):
            one, other = here[0], there[0]
            message = f"{label}：《{printed.path}》{where(one.place)}写“{one.shown}”，《{source.path}》{where(other.place)}写“{other.shown}”"
            yield Disagreement(
                BETWEEN_COPIES,
                printed.path,
                f"{label} {one.shown}、{other.shown}",
                message,
                _HINT,
                one.place,
                one.section,
            )
