"""选项：what several commands take, as typer declares it.

Commands name these in their annotations only, which nobody reads but typer: a plain command line runs without both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govit.cli import completing

Paths = Annotated[
    list[Path] | None, typer.Argument(help="卷宗、项目文件夹或 project.yaml，可写多个", show_default="当前文件夹")
]
AsOf = Annotated[str | None, typer.Option(help="判断日 YYYY-MM-DD，默认今天", metavar="DATE")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="写入文件")]
OneRegulation = Annotated[
    str | None,
    typer.Option("--regulation", help="按指定办法判断，不看 project.yaml 写的", autocompletion=completing.regulations),
]
Stage = Annotated[
    str | None, typer.Option("--stage", help="按即将进入的阶段判断，例如 审批", autocompletion=completing.stages)
]
AssumeInForce = Annotated[bool, typer.Option("--assume-in-force", help="假定办法在判断日施行")]
NoWaivers = Annotated[bool, typer.Option("--no-waivers", help="不采用豁免")]
Unproven = Annotated[bool, typer.Option("--unproven", help="自备办法的示例不成立，也照样据它得出结果（编写时用）")]
OwnRegulations = Annotated[Path | None, typer.Option("--regulations", help="自备办法的文件夹")]
ProjectName = Annotated[str | None, typer.Option(help="项目名称")]
Category = Annotated[str | None, typer.Option(help="项目类别，照办法的词写，例如 新建")]
Year = Annotated[str | None, typer.Option(help="计划年度，例如 2027")]
