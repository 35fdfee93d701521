"""命令行：the table of commands. A command's module is imported only when that command is run or all are listed."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from typer._click.core import Command, Context  # typer carries its own click

COMMANDS = {
    "check": "check",
    "route": "route",
    "explain": "explain",
    "regulations": "regulations",
    "answer": "answer",
    "schema": "schema",
}
"""命令 → its module in this folder, in the order of the help; each module holds its `command`,
and a `Command` class if it reads its arguments in a way of its own."""


class Commands(TyperGroup):
    """Finds a command by its name, and imports nothing of the others."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - click's interface
        """Every command, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002
        """The command of a name, built from its function."""
        if cmd_name not in COMMANDS:
            return None
        one = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        module = import_module(f"govit.cli.{COMMANDS[cmd_name]}")
        one.command(cmd_name, cls=getattr(module, "Command", None))(module.command)
        return get_command(one)


app = typer.Typer(
    name="govit",
    cls=Commands,
    help="政务信息化项目卷宗检查：报送之前，逐条对照办法。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the program; output never fails on a console that lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()


def _version(value: bool) -> None:  # noqa: FBT001 - typer's callback
    if value:
        from govit import __version__

        typer.echo(f"govit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,  # noqa: FBT002
) -> None:
    """政务信息化项目卷宗检查：报送之前，逐条对照办法."""
