"""帮助和用法错误 in the language of the user; typer's own words are English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from typer._click.core import Context  # typer carries its own click
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand

from govit.base.language import is_english, say
from govit.cli.help_lines import padded, wrapped
from govit.yamltext.scalars import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click.core import Command as AnyCommand
    from typer.exceptions import TyperException

_WORDS = {"Usage: ": "用法：", "Options": "选项", "Arguments": "参数", "Commands": "命令"}
_PHRASES = (
    (re.compile(r"\[OPTIONS\]"), "[选项]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "命令 [参数]..."),
    (re.compile(r"Show this message and exit\."), "显示本帮助"),
    (re.compile(r"Install completion for the current shell\."), "给当前的命令行装上按 Tab 补全"),
    (re.compile(r"Show completion for the current shell, to copy it or customize the installation\."), "显示补全脚本"),
    (re.compile(r"\[default:\s*\(?([^\])]*)\)?\]"), r"[默认：\1]"),
    (re.compile(r"\[required\]"), "[必填]"),
    (re.compile(r"(?<=[\u4e00-\u9fff）])\.$"), "。"),
)
"""What typer writes into a help page, and its Chinese."""
_ERRORS = (
    (re.compile(r"No such option: (\S+)(?: \(Possible options: (.*)\))?"), r"没有 \1 这个选项", "；可能是：{}"),
    (re.compile(r"No such command '(.*)'\.(?: Did you mean (.*)\?)?"), r"没有“\1”这个命令", "；可能是：{}"),
    (re.compile(r"Missing command\."), "没有写命令", ""),
    (re.compile(r"Missing (?:argument|option|parameter) '?([^'.]*)'?\..*", re.DOTALL), r"缺少 \1", ""),
    (re.compile(r"Option '(.*)' requires (?:an argument|\d+ arguments)\."), r"选项 \1 后面要写值", ""),
    (re.compile(r"Option '(.*)' does not take a value\."), r"选项 \1 后面不写值", ""),
    (re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)"), r"多写了：\1", ""),
    (re.compile(r"Invalid value for (.*): '(.*)' is not one of (.*)\."), r"\1 不能写“\2”", "；可以写：{}"),
    (re.compile(r"Invalid value for (.*): '(.*)' is not a valid int.*"), r"\1 要写整数，不是“\2”", ""),
    (re.compile(r"Invalid value for (.*): (.*)"), r"\1 的值不对：\2", ""),
)
"""How typer words what the user got wrong, in Chinese; the last group, if there is one, lists what is possible."""


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


class Asked(Context):
    """What was typed; its help is a `Page`."""

    formatter_class = Page


class Command(TyperCommand):
    """A command whose help speaks the user's language."""

    context_class = Asked


def spoken(text: str) -> str:
    """What typer says, in Chinese, unless English is wanted."""
    if is_english():
        return text
    for pattern, chinese in _PHRASES:
        text = pattern.sub(chinese, text)
    return _WORDS.get(text, text)


def in_english(command: AnyCommand) -> AnyCommand:
    """The help texts of a command in English, where that is wanted."""
    command.help = say((command.help or "").rstrip("."))
    for param in command.params:
        for key in ("help", "show_default"):
            text = getattr(param, key, None)
            if isinstance(text, str):
                setattr(param, key, say(text))
    return command


def usage_error(error: TyperException) -> str:
    """What the user got wrong, in one line, and where the help is."""
    message = error.format_message()
    context: Context | None = getattr(error, "ctx", None)
    way = context.command_path if context else "govit"
    if is_english():
        return f"govit: {message} See {way} --help"
    for pattern, chinese, possible in _ERRORS:
        found = pattern.fullmatch(message)
        if found:
            listed = found[pattern.groups] if possible else None
            message = found.expand(chinese) + (possible.format(listed.replace("'", "")) if listed else "")
            break
    return f"govit：{message}；用法见 {way} --help"
