"""命令行：the table of commands. A command's module is imported only when that command is run or all are listed."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, cast, get_type_hints

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from govit.base.language import Language, speak
from govit.cli import options
from govit.cli.common import EXIT_USAGE, blocked, tell
from govit.cli.completing import COMPLETION, for_shell
from govit.cli.help_pages import Command as Spoken
from govit.cli.help_pages import HelpContext, in_english, usage_error
from govit.cli.plain import COMMANDS, language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click.core import Command, Context  # typer carries its own click
    from typer._click.formatting import HelpFormatter

_KILLED_BY_CTRL_C = 130


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
        return in_english(declared(cmd_name))

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
        language, rest = language_of(list(sys.argv[1:] if args is None else args))
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
        except (typer.Abort, OSError) as error:
            ended(error)


def declared(name: str) -> Spoken:
    """The command of a name, built by typer from its function, whose annotations name what typer declares."""
    module = import_module(f"govit.cli.{COMMANDS[name]}")
    command = module.command
    command.__annotations__ = get_type_hints(command, {**vars(options), **vars(module)}, include_extras=True)
    one = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    one.command(name, cls=Spoken)(command)
    found = cast("Spoken", get_command(one))
    found.arranged = getattr(module, "arranged", list)
    return found


def ended(error: BaseException) -> NoReturn:
    """Say why a command ended before its time, and leave; what is our own fault goes on as it is."""
    match error:
        case BrokenPipeError():
            sys.exit(1)  # the reader of the pipe has seen enough
        case KeyboardInterrupt():
            sys.exit(_KILLED_BY_CTRL_C)
        case typer.Abort() | EOFError():
            cut = _cut_short(error)
            tell(f"govit：{cut or '已中止'}", err=True)
            sys.exit(EXIT_USAGE if cut else 1)
        case OSError():
            tell(f"govit：{blocked(error)}", err=True)
            sys.exit(EXIT_USAGE)
    raise error


def _cut_short(error: BaseException) -> str:
    """What to do where Python kept a module cut short, as a full disk makes it: it ends like input that ends; else ''."""
    cause = error if isinstance(error, EOFError) else error.__cause__ or error.__context__
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


app = typer.Typer(
    name="govit",
    cls=Commands,
    help="政务信息化项目卷宗检查：报送之前，逐条对照办法。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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
