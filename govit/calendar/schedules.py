"""补充的工作日安排：a year's schedule that a dossier adds as a small YAML file, with its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.dates import parse_date
from govit.base.files import control_in, read_bytes, reason
from govit.calendar.workdays import YearSchedule
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from govit.yamltext.nodes import Node

_KEYS = ("year", "source", "holidays", "makeup")


def read_year(path: Path) -> tuple[YearSchedule | None, list[Fault]]:
    """Read `{year, source, holidays: [...], makeup: [...]}`; every fault with its line."""
    try:
        node, faults = parse(decode(read_bytes(path, MAX_BYTES)))
    except YamlError as error:
        return None, error.faults
    except OSError as error:
        return None, [Fault("GOV-101", f"文件打不开：{reason(error)}", hint="检查文件是否存在、是否有读取权限")]
    given = node.value if type(node.value) is dict else {}
    faults.extend(
        Fault("GOV-105", f"没有“{key}”这个键", *node.keys[key], "可以写：" + "、".join(_KEYS))
        for key in given
        if key not in _KEYS
    )
    year, source = _text(given.get("year")), _text(given.get("source"))
    holidays, makeup = _days("holidays", given, faults), _days("makeup", given, faults)
    if not re.fullmatch(r"(19|20)\d\d", year, re.ASCII) or not source or not holidays:
        message = "要写 year（四位年份）、source（国务院办公厅通知文号）和 holidays（放假的日子）"
        faults.append(Fault("GOV-108", message, node.line, node.column, "makeup（上班的周末）没有可以不写"))
    if any(fault.rule != "GOV-110" for fault in faults):
        return None, faults
    try:
        return YearSchedule(int(year), holidays, makeup, source), faults
    except ValueError as error:
        return None, [*faults, Fault("GOV-107", str(error), node.line, node.column, "对照通知改正日期")]


def _text(node: Node | None) -> str:
    text = node.value.strip() if node is not None and type(node.value) is str else ""
    return "" if control_in(text) else text


def _days(key: str, given: dict[str, Node], faults: list[Fault]) -> frozenset[dt.date]:
    node = given.get(key)
    if node is None or node.value is None:
        return frozenset()
    if type(node.value) is not list:
        faults.append(Fault("GOV-107", f"{key} 应当是日期的列表", node.line, node.column, "每行一个“- 2027-10-01”"))
        return frozenset()
    found = set()
    for entry in node.value:
        try:
            found.add(parse_date(_text(entry)))
        except ValueError as error:
            faults.append(Fault("GOV-107", str(error), entry.line, entry.column, "日期写成 2027-10-01 的样子"))
    return frozenset(found)
