"""govit regulations：列出办法及其效力、逐句覆盖情况；由法规文本起草办法，与原文对照."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.cli.common import EXIT_FINDINGS, attempt, day, put, put_data, stop, tell, write

if TYPE_CHECKING:
    import typer

    from govit.cli import completing
    from govit.cli.options import AsOf, Output, OwnRegulations
    from govit.law.regulation import Regulation


class TableFormat(str, Enum):
    """Formats of `regulations`."""

    text = "text"
    json = "json"
    xlsx = "xlsx"


def command(
    coverage: Annotated[bool, typer.Option("--coverage", help="每条每句由哪些规则判断，或为什么不判断")] = False,
    fmt: Annotated[TableFormat, typer.Option("--format", help="格式；xlsx 供维护人签字")] = TableFormat.text,
    output: Output = None,
    as_of: AsOf = None,
    examples: Annotated[bool, typer.Option("--examples", help="运行每条规则的示例，供编写办法的人使用")] = False,
    new: Annotated[
        Path | None,
        typer.Option("--new", help="由法规文本（docx、txt、md、pdf）拆出办法的骨架，逐句待定；用 --output 写入新文件"),
    ] = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", help="与法规文本逐字对照，列出漏写、写错的地方；有不同时退出码为 1")
    ] = None,
    regulation: Annotated[str | None, typer.Option(help="只看一个办法", autocompletion=completing.regulations)] = None,
    regulations: OwnRegulations = None,
) -> None:
    """列出办法及其效力；--coverage 列出逐句覆盖情况；--new 由法规文本起草办法."""
    if new is not None and compare is not None:
        stop("--new 和 --compare 一次只用一个")
    if new is not None:
        from govit.cli.law_texts import new_pack

        new_pack(new, output)
        return
    from govit.authoring import coverage as covering
    from govit.dossier.nearest import regulations_near
    from govit.law.library import Library

    near = regulations_near(Path())
    own = regulations or near.packs
    if near.odd and own is None:
        tell(f"提醒：{near.odd}", err=True)
    if compare is not None:
        from govit.cli.law_texts import compare as held_against

        held_against(compare, Library(), regulation, own)
        return
    found = attempt(lambda: covering.chosen(Library(), regulation, own))
    if examples:
        _run_examples(found)
    elif fmt is TableFormat.xlsx:
        if output is None:
            stop("--format xlsx 要用 --output 写明文件名，例如 --output 核对表.xlsx")
        from govit.forms.excel.coverage import workbook

        write(output, workbook(found))
    elif fmt is TableFormat.json:
        put_data(covering.render_json(found), output)
    else:
        put(covering.render_text(found, day(as_of), coverage=coverage), output)


def _run_examples(regulations: list[Regulation]) -> None:
    from govit.authoring.example_runs import run_examples
    from govit.calendar.workdays import published

    wrong = 0
    for regulation in regulations:
        text, count = run_examples(regulation, published())
        tell(text, nl=False)
        wrong += count
    if wrong:
        raise SystemExit(EXIT_FINDINGS)
