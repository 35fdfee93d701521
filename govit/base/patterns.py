"""模式：regular expressions that are compiled when they are first used: a short run needs few of them, and some are slow to make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typing import Any


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, later."""
    return cast("re.Pattern[str]", _Late(text, flags))


class _Late:
    """What is asked of a pattern is kept, so that it is looked up as fast as in the pattern itself."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        asked = getattr(re.compile(*self._given), name)
        setattr(self, name, asked)
        return asked
