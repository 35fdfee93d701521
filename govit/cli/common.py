"""命令行的共同部分：the one place that reads the clock, prints and exits."""

from __future__ import annotations

import datetime as dt
import os
import sys
from enum import Enum
from typing import TYPE_CHECKING, NoReturn, TextIO, TypeVar

from govit.base.files import printable, reason, showable, write_bytes
from govit.base.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")


class FailOn(str, Enum):
    """From which level on findings fail a run."""

    error = "error"
    warning = "warning"
    undetermined = "undetermined"


EXIT_FINDINGS, EXIT_USAGE = 1, 2
_COLOUR = regex(r"\x1b\[(?:0|2|3[1-6])m")
"""The colours of our own reports, and their end."""
_COMMAND = regex(r"(?m)^([ \t]*):(?=:)|##(?=\[)")
"""What the log of GitHub or Gitee takes for a command (工作流命令): ::stop-commands:: at the start of a line, ##[error] anywhere."""


def day(given: str | None) -> dt.date:
    """The day of judgement, today unless it was asked for."""
    if given is None:
        return dt.date.today()  # noqa: DTZ011 - the clerk's own day
    from govit.base.dates import parse_date

    try:
        return parse_date(given)
    except ValueError as error:
        stop(f"--as-of：{error}；写成 2026-03-01 的样子")


def attempt(call: Callable[[], T]) -> T:
    """Run a call; what the user got wrong becomes a message and exit code 2."""
    from govit.base.usage import UsageError

    try:
        return call()
    except UsageError as error:
        stop(str(error))
    except OSError as error:
        stop(blocked(error))


def blocked(error: OSError) -> str:
    """What kept a file from being read or written."""
    file = f" {error.filename}" if error.filename else ""
    return f"无法读写{file}：{reason(error)}"


def stop(message: str) -> NoReturn:
    """Say what the user got wrong and leave."""
    tell(f"govit：{message}", err=True)
    raise SystemExit(EXIT_USAGE)


def tell(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print what people read. Everything that a command says passes here, so no stranger's text steers a terminal."""
    _show(_no_command(showable(text)) + "\n" * nl, sys.stderr if err else sys.stdout)


def _no_command(text: str) -> str:
    """What people read, with nothing in it that the log of a CI would take for a command of its own."""
    if "::" not in text and "##[" not in text:
        return text
    return _COMMAND.sub(lambda found: "## " if found[1] is None else f"{found[1]}: ", text)


def _show(text: str, stream: TextIO) -> None:
    """Write at once, so that what goes to two streams is shown in the order in which it was said."""
    if sys.platform == "win32":
        import typer

        typer.echo(text, stream, nl=False, color=True)  # knows the consoles that have no colours of their own
    elif stream is not None:  # a program without a console has none
        stream.write(text)
        stream.flush()


def prompted(text: str, default: str | None = None, *, show_default: bool = True) -> str:
    """What a person types, without blanks around it."""
    import typer

    return str(typer.prompt(printable(text), default=default, show_default=show_default)).strip()


def in_colour(output: Path | None) -> bool:
    """Whether a report is coloured: on a terminal, unless NO_COLOR or FORCE_COLOR says otherwise; a file never is."""
    if output is not None or os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def put(text: str, output: Path | None) -> None:
    """Print a text, in the colours of our own reports where they are wanted, or write it where it was asked for."""
    if output is not None:
        write(output, showable(text).encode())
    elif in_colour(output):
        codes = [*_COLOUR.findall(text), ""]
        shown = "".join(_no_command(showable(part)) + code for part, code in zip(_COLOUR.split(text), codes, strict=True))
        _show(shown, sys.stdout)
    else:
        tell(text, nl=False)


def put_data(text: str, output: Path | None) -> None:
    """Print what machines read, in UTF-8 whatever the console or the pipe speaks, or write it to a file."""
    data = showable(text).encode()  # in JSON just the escapes that JSON has
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        write(output, data)


def outside_dossiers(output: Path | None) -> None:
    """Refuse to write a report over or among what it reports on: `check` never writes into a dossier."""
    if output is None:
        return
    folder = output.resolve().parent
    if output.name in ("project.yaml", "govit.yaml") or any(
        (f / "project.yaml").is_file() for f in (folder, *folder.parents)
    ):
        stop(f"报告不能写进项目文件夹，也不能覆盖元数据：{output}；请换一个文件夹，例如 --output ../报告.txt")


def write(output: Path, data: bytes, below: Path | None = None) -> None:
    """Write a file whole or not at all, and through no link below the folder that was asked for; it is made if need be."""
    make_folder(output.parent if below is None else below)
    attempt(lambda: write_bytes(output, data, below=below))


def make_folder(folder: Path) -> None:
    """Make the folder that was asked for and those around it, where they are not there yet."""
    attempt(lambda: folder.mkdir(parents=True, exist_ok=True))
