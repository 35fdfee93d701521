"""帮助页的版面：typer's pages in the user's language, folded where a terminal ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from typer._click.formatting import HelpFormatter  # typer carries its own click

from govit.base.language import is_english
from govit.base.width import width
from govit.cli.help_lines import padded, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = {"Usage: ": "用法：", "Options": "选项", "Arguments": "参数", "Commands": "命令"}
_PHRASES = (
    (re.compile(r"\[OPTIONS\]"), "[选项]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "命令 [参数]..."),
    (re.compile(r"Show this message and exit\."), "显示本帮助"),
    (re.compile(r"Install completion for the current shell\."), "给当前的命令行装上按 Tab 补全"),
    (re.compile(r"Show completion for the current shell, to copy it or customize the installation\."), "显示补全脚本"),
    (re.compile(r"\[default:\s*+\(?([^\[\])]*)\)?\]"), r"[默认：\1]"),
    (re.compile(r"\[required\]"), "[必填]"),
    (re.compile(r"(?<=[\u4e00-\u9fff）])\.$"), "。"),
)
"""What typer writes into a help page, and its Chinese."""


class Page(HelpFormatter):
    """帮助页：typer's page in the user's language, its lines as long as they look on a terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is typed."""
        head = f"{spoken(prefix or 'Usage: ')}{prog} "
        first, *more = wrapped(spoken(args), self.width - width(head))
        self.write("\n".join([head + first, *(" " * width(head) + line for line in more)]) + "\n")

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{' ' * self.current_indent}{spoken(heading)}{':' if is_english() else '：'}\n")

    def write_text(self, text: str) -> None:
        """Write what the command is for."""
        indent = " " * self.current_indent
        for line in wrapped(spoken(" ".join(text.split())), self.width - len(indent)):
            self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names, and to the right of them what they mean."""
        left = min(max(width(name) for name, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, about in rows:
            lines = wrapped(spoken(about), max(self.width - left - len(indent), 10))
            beside = width(name) <= left - col_spacing
            self.write(indent + (padded(name, left) + lines.pop(0) if beside else name).rstrip() + "\n")
            for line in lines:
                self.write(f"{indent}{' ' * left}{line}\n")


def spoken(text: str) -> str:
    """What typer says, in Chinese, unless English is wanted."""
    if is_english():
        return text
    for pattern, chinese in _PHRASES:
        text = pattern.sub(chinese, text)
    return _WORDS.get(text, text)
