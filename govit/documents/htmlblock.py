"""Blocks of HTML in Markdown, by the seven rules of CommonMark: what stands in them is no Markdown."""

from __future__ import annotations

import re

from govit.base.patterns import regex

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head"
    "|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option"
    "|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_ATTRIBUTE = r"\s+[a-zA-Z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
_BLANK = regex(r"^\s*$")
_HTML = (
    (regex(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.IGNORECASE),
     regex(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)),
    (regex(r"<!--"), regex(r"-->")),
    (regex(r"<\?"), regex(r"\?>")),
    (regex(r"<![a-zA-Z]"), regex(r">")),
    (regex(r"<!\[CDATA\["), regex(r"\]\]>")),
    (regex(rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|$)", re.IGNORECASE), _BLANK),
)  # fmt: skip
_LONE_TAG = regex(rf"(?:<[a-zA-Z][a-zA-Z0-9-]*(?:{_ATTRIBUTE})*\s*/?>|</[a-zA-Z][a-zA-Z0-9-]*\s*>)\s*$")


def html_end(line: str, *, in_paragraph: bool) -> re.Pattern[str] | None:
    """Give what ends the HTML block that begins on a line, None if none begins there."""
    for start, end in _HTML:
        if start.match(line):
            return end
    return _BLANK if not in_paragraph and _LONE_TAG.match(line) else None
