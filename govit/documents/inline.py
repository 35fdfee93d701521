"""Take the markup off Markdown text: what remains is what the reader of the page sees."""

from __future__ import annotations

import re

from govit.base.patterns import regex

_MARKUP = regex(r"[!<\[\]*_`~\\&|$]")
_IMAGE = regex(
    r"!\[[^\[\]\n]{0,300}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,300}\])?|<img\b[^<>]{0,2000}>", re.IGNORECASE
)
_DIAGRAM = regex(r"<table\b|<svg\b|<figure\b", re.IGNORECASE)
_LINK = regex(r"\[([^\[\]]{0,1000})\](?:\([^()\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)|\[[^\[\]]{0,300}\])")
_DEFINITION = regex(r"^ {0,3}\[[^\[\]\n]{1,300}\]:[ \t]*[^\s].*$", re.MULTILINE)
_TAG = regex(r"</?[a-zA-Z][\w-]*(?:\s+[a-zA-Z_:@][^<>]{0,2000}|\s*)/?>")
_AUTOLINK = regex(r"<((?:https?|mailto|ftp):[^<>\s]{1,2000})>")
_EMPHASIS = regex(r"(?<!\\)(?:\*{1,3}|~~|`+)|(?<![\w\\])_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")
_ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")
_FOOTNOTE = regex(r"\[\^[^\[\]\s]{1,60}\]")
_MARKED = regex(r"==(?=\S)([^=]{1,300})(?<=\S)==")
_EMBED = regex(r"!\[\[[^\[\]\n]{1,300}\]\]")
_INSTRUCTION = regex(r"(?:\[\[?_?TOC_?\]\]?|@\[TOC\]|\$\{toc\}|\{:[^{}]{0,300}\}|%%[^%]{0,2000}%%)", re.IGNORECASE)
_INSTRUCTS = frozenset("[@${%")
"""What a program puts a contents in place of, or takes for an attribute or a comment (Obsidian)."""
_REFERENCE = regex(r"(?:\[[^\[\]]{1,300}\]\([^()\s]{1,2000}\)|\[\[[^\[\]]{1,300}\]\])[。.;；]?")
"""A text that is nothing but a link to another file."""
LONGEST_IDENTIFIER = 200


def atx_text(text: str) -> str:
    """Take blanks and the closing ``##`` off an ATX heading."""
    text = text.strip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else text


def heading_text(raw: str) -> str:
    """Give a heading as it is shown; a pandoc identifier (``{#id}``) is not."""
    text = _without_identifier(raw) if raw.endswith("}") else raw
    if "==" in text:
        text = _MARKED.sub(r"\1", text)
    if _MARKUP.search(text):
        text = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", _outer(text)[0]))
        if "&" in text:
            from html import unescape

            text = unescape(text)
    return " ".join(text.split())


def _without_identifier(raw: str) -> str:
    """Take off ``{#id .class}``; by hand, because a pattern tries each blank before it in vain."""
    start = raw.rfind("{", -LONGEST_IDENTIFIER - 3)
    inner = raw[start + 1 : -1]
    if start < 0 or inner[:1] not in ("#", ".") or "}" in inner:
        return raw
    return raw[:start].rstrip()


def measure(raw: str) -> tuple[str, int]:
    """Give the text without markup, near enough to count it, and its tables and figures."""
    if not _MARKUP.search(raw):
        return raw, 0
    tables = 0
    if "|" in raw:
        lines = raw.split("\n")
        kept = [line for line in lines if not _is_rule(line)]
        tables = len(lines) - len(kept)
        raw = "\n".join(kept).replace("|", " ") if tables else raw
    text, figures = _outer(raw)
    return text.replace("*", "").replace("`", "").replace("~", ""), figures + tables


def only_refers(raw: str) -> bool:
    """Tell a paragraph that only leads to another file: it says no more than 见附件."""
    return raw[:1] == "[" and _REFERENCE.fullmatch(raw.strip()) is not None


def only_instructs(raw: str) -> bool:
    """Tell a paragraph that nobody sees as it is: [TOC], {: .class }, %% 备注 %%."""
    return raw[:1] in _INSTRUCTS and _INSTRUCTION.fullmatch(raw.strip()) is not None


def rows_of(raw: str) -> list[str]:
    """Give the cells of a table, the line below its head left out; none if it is no table."""
    lines = raw.split("\n")
    if "|" not in raw or not any(map(_is_rule, lines)):
        return []
    return [cell.strip() for line in lines if not _is_rule(line) for cell in line.split("|") if cell.strip()]


def _is_rule(line: str) -> bool:
    """Tell the line below a table's head: ``|---|:-:|``."""
    return "|" in line and "-" in line and not line.strip("|:- \t")


def _outer(text: str) -> tuple[str, int]:
    """Take off what is more than emphasis, and count the figures in it."""
    figures = 0
    if "![[" in text:
        text, figures = _EMBED.subn("", text)
    if "<!--" in text:
        text = _without_comments(text)
    if "![" in text or "<" in text:
        text, images = _IMAGE.subn("", text)
        figures += images + len(_DIAGRAM.findall(text))
        text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    if "]" in text:
        text = _FOOTNOTE.sub("", _DEFINITION.sub("", _LINK.sub(r"\1", text)))
    return text, figures


def _without_comments(text: str) -> str:
    """Drop comments; by hand, because a pattern goes through unclosed ones again and again."""
    kept = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + 3
    kept.append(text[at:])
    return "".join(kept)
