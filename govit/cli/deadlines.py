"""govit deadlines：列出每个项目的每一个期限."""

from __future__ import annotations

import datetime as dt
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.base.files import printable, read_bytes
from govit.cli.common import EXIT_FINDINGS, attempt, day, in_colour, outside_dossiers, put, put_data, stop, tell, write
from govit.cli.proof import proof

if TYPE_CHECKING:
    import typer

    from govit.cli.options import AsOf, AssumeInForce, NoWaivers, OneRegulation, Output, OwnRegulations, Paths, Unproven
    from govit.deadlines.dates import Listing

MOST = 3660
MOST_BYTES = 20_000_000
"""What is read of a calendar that is replaced."""


class DeadlineFormat(str, Enum):
    """Formats of `deadlines`."""

    text = "text"
    json = "json"
    xlsx = "xlsx"
    ics = "ics"


class FailOnDate(str, Enum):
    """Which state of a date fails a run."""

    overdue = "overdue"
    due = "due"


def command(
    paths: Paths = None,
    within: Annotated[
        str | None, typer.Option(help="只列多少天内到期的和已逾期的，例如 30d 或 30天", metavar="DAYS")
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="只列已逾期的")] = False,
    everything: Annotated[bool, typer.Option("--all", help="连同早已完成和不适用的一起列出")] = False,
    fail_on: Annotated[
        FailOnDate | None, typer.Option(help="有已逾期的（due：或者即将到期的）时退出码为 1", show_default="不影响")
    ] = None,
    fmt: Annotated[DeadlineFormat, typer.Option("--format", help="xlsx 供打印，ics 供导入日历")] = DeadlineFormat.text,
    output: Output = None,
    as_of: AsOf = None,
    regulation: OneRegulation = None,
    regulations: OwnRegulations = None,
    assume_in_force: AssumeInForce = False,
    unproven: Unproven = False,
    no_waivers: NoWaivers = False,
) -> None:
    """列出每个项目的每一个期限：起算、期限、最后一天、还剩几天、状态和依据."""
    from govit.deadlines.dossiers import listing
    from govit.judging import run

    if fmt is DeadlineFormat.xlsx and output is None:
        stop("--format xlsx 要用 --output 写明文件名，例如 --output 期限表.xlsx")
    outside_dossiers(output)
    settings = run.RunSettings(
        paths=tuple(paths or [Path()]),
        as_of=day(as_of),
        regulation=regulation,
        regulations=regulations,
        assume_in_force=assume_in_force,
        proof=proof(unproven=unproven),
        waivers=not no_waivers,
        everything=True,
    )
    soon = _days(within)
    opened = attempt(lambda: run.open_dossiers(settings))
    listed = listing(opened.dossiers, opened.library, opened.options, soon)
    moment = dt.datetime.now().astimezone() if as_of is None else None
    _put(listed, fmt, output, moment, everything=everything, near=within is not None, overdue=overdue)
    if listed.incomplete or (fail_on is not None and listed.fails(due=fail_on is FailOnDate.due)):
        raise SystemExit(EXIT_FINDINGS)


def _days(given: str | None) -> int:
    """The number of days of 30d, 30天 or 30."""
    if given is None:
        from govit.deadlines.dates import SOON

        return SOON
    number = given.strip().removesuffix("d").removesuffix("天").removesuffix("日").strip()
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(MOST)) and int(number) <= MOST):
        stop(f"--within：看不懂“{given}”，写成 30d 或 30天 的样子，最多 {MOST} 天")
    return int(number)


def _put(
    listing: Listing,
    fmt: DeadlineFormat,
    output: Path | None,
    moment: dt.datetime | None,
    *,
    everything: bool,
    near: bool,
    overdue: bool,
) -> None:
    from govit.report import deadlines as report

    if fmt is DeadlineFormat.xlsx:
        from govit.forms.excel.deadlines import workbook

        if output is None:
            stop("--format xlsx 要用 --output 写明文件名，例如 --output 期限表.xlsx")
        write(output, workbook(listing, everything=everything, near=near, overdue=overdue))
        tell(f"已写出 {output}")
    elif fmt is DeadlineFormat.ics:
        from govit.report import ics

        earlier = attempt(lambda: read_bytes(output, MOST_BYTES)) if output is not None and output.is_file() else b""
        data, count = ics.render(listing, near=near, overdue=overdue, moment=moment, earlier=earlier)
        _calendar(data, output)
        if output is not None:
            tell(f"已写出 {output}（{count} 个期限）")
        if not count:
            tell("日历里没有事项：没有要列入日历的期限；govit deadlines --all 列出全部期限和各自的状态", err=True)
    elif fmt is DeadlineFormat.json:
        put_data(report.render_json(listing, everything=everything, near=near, overdue=overdue), output)
    else:
        colour = in_colour(output)
        put(report.render(listing, everything=everything, near=near, overdue=overdue, colour=colour), output)


def _calendar(data: bytes, output: Path | None) -> None:
    """Write the lines as they are but for what steers a terminal: RFC 5545 wants CRLF at the end of each."""
    data = "\r\n".join(map(printable, data.decode().split("\r\n"))).encode()
    if output is not None:
        write(output, data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
