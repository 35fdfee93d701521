"""命令行：the table of commands. A command's module is imported only when that command is run or all are listed."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from govit.base.language import Language, speak
from govit.cli.common import EXIT_USAGE, blocked, tell
from govit.cli.completing import COMPLETION, for_shell
from govit.cli.help_pages import Command as Spoken
from govit.cli.help_pages import HelpContext, in_english, usage_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click.core import Command, Context  # typer carries its own click
    from typer._click.formatting import HelpFormatter

COMMANDS = {
    "check": "check",
    "deadlines": "deadlines",
    "route": "route",
    "change": "change",
    "render": "render",
    "import": "importing",
    "explain": "explain",
    "regulations": "regulations",
    "init": "init",
    "new": "new",
    "answer": "answer",
    "schema": "schema",
    "help": "help",
}
"""命令 → its module in this folder, in the order of the help; each module holds its `command`,
and a `Command` class if it reads its arguments in a way of its own."""


class Commands(TyperGroup):
    """Finds a command by its name, and imports nothing of the others."""

    context_class = HelpContext

    def list_commands(self, ctx: Context) -> list[str]:
        """Every command, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command of a name, built from its function."""
        if cmd_name not in COMMANDS:
            return None
        one = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        module = import_module(f"govit.cli.{COMMANDS[cmd_name]}")
        one.command(cmd_name, cls=getattr(module, "Command", Spoken))(module.command)
        return in_english(get_command(one))

    def get_help(self, ctx: Context) -> str:
        """The list of commands."""
        in_english(self)
        return super().get_help(ctx)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Every command with the whole of its first sentence."""
        found = ((name, self.get_command(ctx, name)) for name in COMMANDS)
        with formatter.section("Commands"):
            formatter.write_dl([(name, (command.help or "").rstrip(".")) for name, command in found if command])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Choose the language, run, and say what the user got wrong in that language."""
        language, rest = _language(list(sys.argv[1:] if args is None else args))
        speak(language)
        given = None if args is None else rest
        if args is None:
            sys.argv[1:] = rest  # typer reads these itself: on Windows it expands 2027-* as a shell would
        if rest and rest[0].startswith(COMPLETION):
            _complete(rest)
        if not standalone_mode:
            return super().main(given, prog_name, complete_var, False, windows_expand_args, **extra)
        try:
            code = super().main(given, prog_name, complete_var, False, windows_expand_args, **extra)
            sys.exit(code or 0)
        except TyperException as error:
            tell(error.format_message() if not rest else usage_error(error), err=True)
            sys.exit(error.exit_code)
        except typer.Abort as error:
            cut = _cut_short(error)
            tell(f"govit：{cut or '已中止'}", err=True)
            sys.exit(EXIT_USAGE if cut else 1)
        except BrokenPipeError:
            raise  # the reader of a pipe has seen enough
        except OSError as error:
            tell(f"govit：{blocked(error)}", err=True)
            sys.exit(EXIT_USAGE)


def _cut_short(error: typer.Abort) -> str:
    """What to do where Python kept a module cut short, as a full disk makes it: it ends like input that ends; else ''."""
    cause = error.__cause__ or error.__context__
    trace = cause.__traceback__ if isinstance(cause, EOFError) else None
    while trace is not None:
        kept = trace.tb_frame.f_locals.get("bytecode_path")
        if trace.tb_frame.f_code.co_name == "_compile_bytecode" and kept:
            return f"Python 存下的程序文件不完整，多半是磁盘写满过；腾出空间，删去 {kept} 再运行"
        trace = trace.tb_next
    return ""


def _complete(args: list[str]) -> None:
    """Leave with the script of the shell that is named; without a name, typer finds the shell out."""
    from govit.base.usage import UsageError

    try:
        shown = for_shell(args)
    except UsageError as error:
        tell(f"govit：{error}", err=True)
        sys.exit(EXIT_USAGE)
    if shown:
        tell(shown)
        sys.exit(0)


def _language(args: list[str]) -> tuple[Language, list[str]]:
    """The language asked for anywhere before `--`, else by GOVIT_LANG, and the other arguments."""
    wanted, rest = os.environ.get("GOVIT_LANG", ""), []
    words = iter(args)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--lang":
            wanted = next(words, "")
        elif word.startswith("--lang="):
            wanted = word.removeprefix("--lang=")
        else:
            rest.append(word)
    return (Language.en if wanted.lower().startswith("en") else Language.zh), rest


app = typer.Typer(
    name="govit",
    cls=Commands,
    help="政务信息化项目卷宗检查：报送之前，逐条对照办法。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the program; output never fails on a console that lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="govit")


def _version(value: bool) -> None:
    if value:
        from govit import __version__

        tell(f"govit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    lang: Annotated[Language, typer.Option(help="帮助、表头、规则名称的语言；也可用环境变量 GOVIT_LANG")] = Language.zh,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    """政务信息化项目卷宗检查：报送之前，逐条对照办法."""
