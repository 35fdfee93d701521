"""govit render：生成 Word 和 Excel 表格."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.cli.common import attempt, day, stop
from govit.cli.proof import proof

if TYPE_CHECKING:
    import typer

    from govit.cli import completing
    from govit.cli.options import AsOf, AssumeInForce, NoWaivers, OneRegulation, OwnRegulations, Stage, Unproven
    from govit.forms.data.plan_compared import PastPlan
    from govit.judging import run
    from govit.law.regulation import Regulation


class PlanFormat(str, Enum):
    """Formats of the annual plan."""

    xlsx = "xlsx"
    csv = "csv"
    json = "json"


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="表格（名称或英文标识），后面写卷宗或项目，可写多个",
            metavar="[FORM] [PATH]...",
            autocompletion=completing.forms,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="写入文件或文件夹", show_default="当前文件夹")
    ] = None,
    as_of: AsOf = None,
    draft: Annotated[bool, typer.Option("--draft", help="缺的数据标出（待填），文件注明草稿")] = False,
    which: Annotated[
        str | None, typer.Option("--for", help="哪一项：报送事项、季度（2026Q3）或调整日期", metavar="TEXT")
    ] = None,
    year: Annotated[int | None, typer.Option(help="年度计划的年度")] = None,
    compare: Annotated[Path | None, typer.Option(help="年度计划与去年的计划表（xlsx）对比", metavar="FILE")] = None,
    since: Annotated[str | None, typer.Option(help="年度计划与某个 git 版本时的计划对比", metavar="REF")] = None,
    fmt: Annotated[PlanFormat, typer.Option("--format", help="年度计划的格式")] = PlanFormat.xlsx,
    everything: Annotated[bool, typer.Option("--all", help="生成当前阶段要交的全部表格")] = False,
    stage: Stage = None,
    listed: Annotated[bool, typer.Option("--list", help="列出办法规定的表格")] = False,
    fields: Annotated[bool, typer.Option("--fields", help="列出模板里能用的栏目和本项目的值")] = False,
    check_templates: Annotated[bool, typer.Option("--check-templates", help="核对卷宗自己的模板和内置模板")] = False,
    stamp_revision: Annotated[bool, typer.Option("--stamp-revision", help="在文件属性里注明 git 版本")] = False,
    regulation: OneRegulation = None,
    regulations: OwnRegulations = None,
    assume_in_force: AssumeInForce = False,
    unproven: Unproven = False,
    no_waivers: NoWaivers = False,
) -> None:
    """生成 Word 和 Excel 表格：申报表、自查表、材料清单、年度计划等."""
    from govit.cli import rendering
    from govit.forms.orders import Order
    from govit.judging import run

    words = words or []
    free = everything or listed or fields or check_templates
    if not words and not free:
        stop("要写生成哪张表格，例如 govit render 合规自查表 项目文件夹；govit render --list 列出所有表格")
    settings = run.RunSettings(
        paths=tuple(Path(word) for word in (words if free else words[1:])) or (Path(),),
        as_of=day(as_of),
        stage=stage,
        regulation=regulation,
        regulations=regulations,
        assume_in_force=assume_in_force,
        proof=proof(unproven=unproven or listed),  # what forms there are is no conclusion
        waivers=not no_waivers,
    )
    if listed:
        from govit.cli import templating

        return templating.show_forms(attempt(lambda: _regulations(settings, anywhere=not words)))
    opened = attempt(lambda: run.open_dossiers(settings))
    if fields or check_templates:
        from govit.cli import templating

        return templating.show_fields(opened) if fields else templating.check_templates(opened)
    order = Order(
        as_of=settings.as_of,
        stage=stage,
        which=which,
        year=year,
        draft=draft,
        past=attempt(lambda: _past(settings, opened, compare, since, year)),
        file_format="" if fmt is PlanFormat.xlsx else fmt.value,
        stamp=stamp_revision,
    )
    return rendering.produce(opened, None if everything else words[0], order, output)


def _past(
    settings: run.RunSettings, opened: run.Opened, compare: Path | None, since: str | None, year: int | None
) -> PastPlan | None:
    """The plan that the annual plan is compared with, if that was asked for."""
    from govit.base.usage import UsageError
    from govit.cli import past_plan

    if compare is not None and since is not None:
        message = "--compare 和 --since 只写一个"
        raise UsageError(message)
    if compare is not None:
        return past_plan.from_workbook(compare)
    if since is None:
        return None
    from govit.forms.excel.plan import year_of

    return past_plan.from_revision(settings, since, year_of(list(opened.cases()), year))


def _regulations(settings: run.RunSettings, *, anywhere: bool) -> list[Regulation]:
    """The regulations of the projects, or all that come along where no project was asked for and none is near."""
    from govit.base.usage import UsageError
    from govit.forms.due import regulations_of
    from govit.judging.run import open_dossiers
    from govit.law.library import Library

    try:
        return regulations_of(open_dossiers(settings).cases())
    except UsageError:
        if not anywhere:
            raise
    library = Library(examples=False)
    return [found for name in library.ids(settings.regulations) if (found := library.get(name, settings.regulations))]
