"""文件名：年度-项目名-表名.docx, such as every system can hold and nobody is misled by."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from govit.base.files import RESERVED, control_in

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 200
"""Bytes of a name: most systems take 255, an encrypted home 143 characters of them, and a sync adds its own."""
LONGEST_PART = 108
"""Bytes of a part, 36 characters: a long name of a project is cut alike in all its forms, whatever else is in the name."""
_FORBIDDEN = str.maketrans({**dict.fromkeys('<>"|?*', "_"), "/": "／", "\\": "＼", ":": "："})


def file_name(parts: Iterable[str | None], suffix: str) -> str:
    """The parts with - between them, each cut to its room; what is still too long is cut from the longest part."""
    cleaned = [text for part in parts if (text := _cut(clean(part or "")))] or ["未命名"]
    while len("-".join(cleaned).encode()) + len(suffix) > LONGEST:
        longest = max(range(len(cleaned)), key=lambda n: len(cleaned[n].encode()))
        cleaned[longest] = cleaned[longest][:-1].rstrip(" .")
    name = "-".join(cleaned)
    return f"{'_' if RESERVED.match(name) else ''}{name}{suffix}"


def _cut(part: str) -> str:
    return part.encode()[:LONGEST_PART].decode(errors="ignore").rstrip(" .")


def clean(part: str) -> str:
    """A part of a name without what a system forbids, hides or shows otherwise than it is."""
    text = "".join("" if control_in(c) else c for c in unicodedata.normalize("NFC", part))
    text = text.translate(_FORBIDDEN)
    return " ".join(text.split()).strip(" .~").removeprefix("$")


class Names:
    """The names of one run, each once, whatever a system makes of case and composition."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, parts: tuple[str | None, ...], suffix: str, more: str | None = None) -> str:
        """A name of these parts; if it is taken, with what tells the project apart, then with a number."""
        for tail in ("", more or "", *(str(number) for number in range(2, 100_000))):
            name = file_name((*parts, tail), suffix)
            key = unicodedata.normalize("NFKC", name).casefold()
            if key not in self._taken:
                self._taken.add(key)
                return name
        raise AssertionError
