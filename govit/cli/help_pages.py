"""帮助和用法错误 in the language of the user; typer's own words are English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from typer._click.core import Context  # typer carries its own click
from typer.core import TyperCommand

from govit.base.language import is_english, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer._click.core import Command as AnyCommand
    from typer._click.formatting import HelpFormatter
    from typer.exceptions import TyperException

_ERRORS = (
    (re.compile(r"No such option: (\S+)(?: \(Possible options: (.*)\))?"), r"没有 \1 这个选项", "；可能是：{}"),
    (re.compile(r"No such command '([^']*)'\.(?: Did you mean (.*)\?)?"), r"没有“\1”这个命令", "；可能是：{}"),
    (re.compile(r"Missing command\."), "没有写命令", ""),
    (re.compile(r"Missing (?:argument|option|parameter) '?([^'.]*)'?\..*", re.DOTALL), r"缺少 \1", ""),
    (re.compile(r"Option '([^']*)' requires (?:an argument|\d+ arguments)\."), r"选项 \1 后面要写值", ""),
    (re.compile(r"Option '([^']*)' does not take a value\."), r"选项 \1 后面不写值", ""),
    (re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)"), r"多写了：\1", ""),
    (
        re.compile(r"Invalid value for ([^:]*): '((?>.*?(?=' is not one)))' is not one of (.*)\."),
        r"\1 不能写“\2”",
        "；可以写：{}",
    ),
    (
        re.compile(r"Invalid value for ([^:]*): '((?>.*?(?=' is not a val)))' is not a valid int.*"),
        r"\1 要写整数，不是“\2”",
        "",
    ),
    (re.compile(r"Invalid value for ([^:]*): Path '(.*)' is not readable\."), r"\1：没有读取 \2 的权限", ""),
    (re.compile(r"Invalid value for ([^:]*): (.*)"), r"\1 的值不对：\2", ""),
)
"""How typer words what the user got wrong, in Chinese; the last group, if there is one, lists what is possible."""


class HelpContext(Context):
    """What was typed; its help is laid out as a terminal shows it."""

    def make_formatter(self) -> HelpFormatter:
        """A page for help, imported only where somebody wants help."""
        from govit.cli.help_layout import Page

        return Page(width=self.terminal_width, max_width=self.max_content_width)


class Command(TyperCommand):
    """A command whose help speaks the user's language."""

    context_class = HelpContext
    arranged: Callable[[list[str]], list[str]] = list
    """What a command does to its words before its options are read."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the options of the words as the command wants them."""
        return super().parse_args(ctx, self.arranged(args))


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
