"""What stands around the text of a docx and decides whether it counts.

Tracked deletions (修订删除), tables of contents (目录, as field or as building block), content
controls that nobody filled in (内容控件), links into the document, and the copies of a drawing
that Word keeps for older programs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.patterns import regex
from govit.documents.styles import is_on

if TYPE_CHECKING:
    from govit.documents.xmlguard import Attributes, Ends, Feed, Starts

_CONTENTS_FIELD = regex(r"\s*TOC\b", re.IGNORECASE)
LINK_FIELD = regex(r"""\s*HYPERLINK\s+(?:\\l\b|["“]?#)""", re.IGNORECASE)
"""A link into the document, as the entries of a table of contents are."""
LONGEST_INSTRUCTION = 1000
MOST_FIELDS = 100
"""Open at a time; more were begun and never ended."""
_CONTENTS, _PROMPT, _LINK = "\0contents", "\0prompt", "\0link"
"""Kinds of fields and controls; no instruction can look like one."""


class Enclosing:
    """Follows the elements around the text."""

    def __init__(self, feed: Feed) -> None:
        """Start outside of everything."""
        self.hidden = 0
        """How many things hide the text that stands here; 0: it counts."""
        self.contents = 0
        self.prompts = 0
        self.linking = 0
        self._feed = feed
        self._controls: list[str] = []
        self._fields: list[str] = []
        """For each open field its instruction, and once that is complete, its kind."""
        self._links: list[bool] = []
        self._alternatives: list[bool] = []

    def starts(self) -> Starts:
        """Name the elements whose beginning matters."""
        return {
            "w:del": self.delete,
            "w:moveFrom": self.delete,
            "w:sdt": lambda _attributes: self._controls.append(""),
            "w:docPartGallery": self._gallery,
            "w:showingPlcHdr": self._unfilled,
            "w:fldChar": self._field_character,
            "w:fldSimple": self._simple_field,
            "w:instrText": self._instruction,
            "w:hyperlink": self._link,
            "mc:AlternateContent": lambda _attributes: self._alternatives.append(False),
            "mc:Choice": self._alternative,
            "mc:Fallback": self._alternative,
        }

    def ends(self) -> Ends:
        """Name the elements whose end matters."""
        return {
            "w:del": self._end_delete,
            "w:moveFrom": self._end_delete,
            "w:sdt": self._end_control,
            "w:fldSimple": self._end_field,
            "w:instrText": self._end_instruction,
            "w:hyperlink": self._end_link,
            "mc:AlternateContent": self._end_alternatives,
        }

    def leave_fields(self) -> None:
        """Give up on fields that were never ended: a heading cannot stand inside a contents."""
        while self._fields:
            self._end_field()

    def end_links(self) -> None:
        """Give up on link fields at the end of a paragraph: a link does not reach further."""
        for index, kind in enumerate(self._fields):
            if kind == _LINK:
                self._fields[index] = ""
                self.linking -= 1

    def delete(self, _attributes: Attributes) -> None:
        """Enter something that was deleted or moved away."""
        self.hidden += 1

    def _end_delete(self) -> None:
        self.hidden -= 1

    def _count(self, kind: str, step: int) -> None:
        if kind == _CONTENTS:
            self.contents += step
            self.hidden += step
        elif kind == _PROMPT:
            self.prompts += step
            self.hidden += step
        elif kind == _LINK:
            self.linking += step

    def _gallery(self, attributes: Attributes) -> None:
        if "table of contents" in attributes.get("w:val", "").casefold():
            self._be(_CONTENTS)

    def _unfilled(self, attributes: Attributes) -> None:
        if is_on(attributes):
            self._be(_PROMPT)

    def _be(self, kind: str) -> None:
        """Note what kind of content control this is; it says so once, before its content."""
        if self._controls and not self._controls[-1]:
            self._controls[-1] = kind
            self._count(kind, 1)

    def _end_control(self) -> None:
        self._count(self._controls.pop(), -1)

    def _field_character(self, attributes: Attributes) -> None:
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            if len(self._fields) >= MOST_FIELDS:
                self.leave_fields()
            self._fields.append("")
        elif kind == "separate" and self._fields:
            self._fields[-1] = self._field_kind(self._fields[-1])
        elif kind == "end" and self._fields:
            self._end_field()

    def _simple_field(self, attributes: Attributes) -> None:
        self._fields.append(self._field_kind(attributes.get("w:instr", "")))

    def _field_kind(self, instruction: str) -> str:
        kind = ""
        if _CONTENTS_FIELD.match(instruction):
            kind = _CONTENTS
        elif LINK_FIELD.match(instruction):
            kind = _LINK
        self._count(kind, 1)
        return kind

    def _end_field(self) -> None:
        if self._fields:
            self._count(self._fields.pop(), -1)

    def _instruction(self, _attributes: Attributes) -> None:
        self._feed.parser.CharacterDataHandler = self._instruct

    def _instruct(self, data: str) -> None:
        if self._fields and len(self._fields[-1]) < LONGEST_INSTRUCTION:
            self._fields[-1] += data

    def _end_instruction(self) -> None:
        self._feed.parser.CharacterDataHandler = None

    def _link(self, attributes: Attributes) -> None:
        internal = "w:anchor" in attributes and "r:id" not in attributes
        self._links.append(internal)
        self.linking += internal

    def _end_link(self) -> None:
        self.linking -= self._links.pop()

    def _alternative(self, _attributes: Attributes) -> None:
        """Take the first form of a drawing; the others repeat it for other programs."""
        if self._alternatives and self._alternatives[-1]:
            self._feed.skip()
        elif self._alternatives:
            self._alternatives[-1] = True

    def _end_alternatives(self) -> None:
        self._alternatives.pop()
