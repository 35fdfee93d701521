"""命令行：parse, call, print, exit. The only place that reads the clock, prints or exits."""

from __future__ import annotations

import datetime as dt
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from govit.regulation import Regulation

T = TypeVar("T")

app = typer.Typer(
    name="govit",
    help="政务信息化项目卷宗检查：报送之前，逐条对照办法。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

EXIT_FINDINGS, EXIT_USAGE = 1, 2


class FailOn(str, Enum):
    """At which level a run fails."""

    error = "error"
    warning = "warning"
    undetermined = "undetermined"


class CheckFormat(str, Enum):
    """Formats of `check`."""

    text = "text"
    json = "json"


class TableFormat(str, Enum):
    """Formats of `regulations`."""

    text = "text"
    json = "json"
    xlsx = "xlsx"


Paths = Annotated[
    list[Path] | None, typer.Argument(help="卷宗、项目文件夹或 project.yaml，可写多个", show_default="当前文件夹")
]
AsOf = Annotated[str | None, typer.Option(help="判断日 YYYY-MM-DD，默认今天", metavar="DATE")]


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


@app.command()
def check(  # noqa: PLR0913, PLR0917 - one parameter for each option
    paths: Paths = None,
    stage: Annotated[str | None, typer.Option(help="按即将进入的阶段判断，例如 审批")] = None,
    as_of: AsOf = None,
    fmt: Annotated[CheckFormat, typer.Option("--format", help="报告格式")] = CheckFormat.text,
    output: Annotated[Path | None, typer.Option(help="报告写入文件")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="达到哪一级时退出码为 1")] = FailOn.error,
    regulation: Annotated[str | None, typer.Option(help="按指定办法判断，不看 project.yaml 写的")] = None,
    regulations: Annotated[Path | None, typer.Option(help="自备办法的文件夹")] = None,
    assume_in_force: Annotated[bool, typer.Option("--assume-in-force", help="假定办法在判断日施行")] = False,  # noqa: FBT002
    no_waivers: Annotated[bool, typer.Option("--no-waivers", help="不采用豁免")] = False,  # noqa: FBT002
    everything: Annotated[bool, typer.Option("--all", help="连同合规和不适用的一起列出")] = False,  # noqa: FBT002
    todo: Annotated[bool, typer.Option("--todo", help="只列待办事项，按谁来回答分组")] = False,  # noqa: FBT002
) -> None:
    """逐条检查项目能否进入下一步."""
    from govit import run

    _outside_dossiers(output)
    settings = run.Settings(
        paths=tuple(paths or [Path()]),
        as_of=_day(as_of),
        stage=stage,
        regulation=regulation,
        regulations=regulations,
        assume_in_force=assume_in_force,
        waivers=not no_waivers,
        todo=todo,
        everything=everything,
    )
    report = _try(lambda: run.check(settings))
    if fmt is CheckFormat.json:
        from govit.report import json as report_json

        text = report_json.render(report, everything=everything)
    else:
        from govit.report import text as report_text

        if todo:
            text = report_text.render_todo(report)
        else:
            colour = output is None and sys.stdout.isatty()
            text = report_text.render(report, run.lines_under(settings.paths), colour=colour, everything=everything)
    _put(text, output)
    if run.fails(report, fail_on.value):
        raise typer.Exit(EXIT_FINDINGS)


@app.command()
def explain(
    what: Annotated[
        str,
        typer.Argument(help="规则编号（前缀-条号-序号）或条号（第十九条，可加 --regulation）", metavar="RULE|ARTICLE"),
    ],
    regulation: Annotated[str | None, typer.Option(help="办法标识")] = None,
    regulations: Annotated[Path | None, typer.Option(help="自备办法的文件夹")] = None,
) -> None:
    """说明一条规则或一条条文：原文、要求、示例、怎么写."""
    from govit import explain as explaining
    from govit.library import Library

    typer.echo(_try(lambda: explaining.explain(Library(), what, regulation, regulations)), nl=False)


@app.command(name="regulations")
def list_regulations(
    coverage: Annotated[bool, typer.Option("--coverage", help="每条每句由哪些规则判断，或为什么不判断")] = False,  # noqa: FBT002
    fmt: Annotated[TableFormat, typer.Option("--format", help="格式；xlsx 供维护人签字")] = TableFormat.text,
    output: Annotated[Path | None, typer.Option(help="写入文件（xlsx 必填）")] = None,
    as_of: AsOf = None,
    examples: Annotated[bool, typer.Option("--examples", help="运行每条规则的示例，供编写办法的人使用")] = False,  # noqa: FBT002
    regulation: Annotated[str | None, typer.Option(help="只看一个办法")] = None,
    regulations: Annotated[Path | None, typer.Option(help="自备办法的文件夹")] = None,
) -> None:
    """列出办法及其效力；--coverage 列出逐句覆盖情况."""
    from govit import coverage as covering
    from govit.library import Library

    found = _try(lambda: covering.chosen(Library(), regulation, regulations))
    if examples:
        _rehearse(found)
    elif fmt is TableFormat.xlsx:
        if output is None:
            _stop("--format xlsx 要用 --output 写明文件名，例如 --output 核对表.xlsx")
        from govit.coverage_xlsx import workbook

        _write(output, workbook(found))
    elif fmt is TableFormat.json:
        _put(covering.render_json(found), output)
    else:
        _put(covering.render_text(found, _day(as_of), coverage=coverage), output)


def _rehearse(regulations: list[Regulation]) -> None:
    from govit.rehearsal import rehearse
    from govit.workdays import published

    wrong = 0
    for regulation in regulations:
        text, count = rehearse(regulation, published())
        typer.echo(text, nl=False)
        wrong += count
    if wrong:
        raise typer.Exit(EXIT_FINDINGS)


def _day(given: str | None) -> dt.date:
    if given is None:
        return dt.date.today()  # noqa: DTZ011 - the clerk's own day
    from govit.reading import parse_date

    try:
        return parse_date(given)
    except ValueError as error:
        _stop(f"--as-of：{error}；写成 2026-03-01 的样子")


def _try(call: Callable[[], T]) -> T:
    """Run a call; what the user got wrong becomes a message and exit code 2."""
    from govit.usage import UsageError

    try:
        return call()
    except UsageError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"无法读写 {error.filename or ''}：{error.strerror or error}")


def _stop(message: str) -> NoReturn:
    typer.echo(f"govit：{message}", err=True)
    raise typer.Exit(EXIT_USAGE)


def _put(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
    else:
        _write(output, text.encode())


def _outside_dossiers(output: Path | None) -> None:
    """Refuse to write a report over or among what it reports on: `check` never writes into a dossier."""
    if output is None:
        return
    home = output.resolve().parent
    if output.name in ("project.yaml", "govit.yaml") or any(
        (f / "project.yaml").is_file() for f in (home, *home.parents)
    ):
        _stop(f"报告不能写进项目文件夹，也不能覆盖元数据：{output}；请换一个文件夹，例如 --output ../报告.txt")


def _write(output: Path, data: bytes) -> None:
    from govit.files import write_bytes

    _try(lambda: write_bytes(output, data))
