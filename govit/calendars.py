"""补充的工作日安排：a year's schedule that a dossier adds as a small YAML file, with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.reading import parse_date
from govit.workdays import YearSchedule
from govit.yamltext import Fault, Node, YamlError, decode, parse

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_KEYS = ("year", "source", "holidays", "makeup")


def read_year(path: Path) -> tuple[YearSchedule | None, list[Fault]]:
    """Read `{year, source, holidays: [...], makeup: [...]}`; every fault with its line."""
    try:
        node, faults = parse(decode(path.read_bytes()))
    except YamlError as error:
        return None, error.faults
    except OSError as error:
        return None, [Fault("GOV-101", f"文件打不开：{error.strerror}")]
    given = node.value if isinstance(node.value, dict) else {}
    faults.extend(
        Fault("GOV-105", f"没有“{key}”这个键", *node.keys[key], "可以写：" + "、".join(_KEYS))
        for key in given
        if key not in _KEYS
    )
    year, source = given.get("year"), given.get("source")
    if year is None or not str(year.value).isdigit() or source is None or not source.value:
        return None, [*faults, Fault("GOV-108", "要写 year（年份）和 source（国务院办公厅通知文号）", 1, 1)]
    holidays, makeup = _days(given.get("holidays"), faults), _days(given.get("makeup"), faults)
    try:
        return YearSchedule(int(year.value), holidays, makeup, str(source.value)), faults
    except ValueError as error:
        return None, [*faults, Fault("GOV-107", str(error), node.line, node.column)]


def _days(node: Node | None, faults: list[Fault]) -> frozenset[dt.date]:
    found = set()
    for entry in node.value if node is not None and isinstance(node.value, list) else ():
        try:
            found.add(parse_date(str(entry.value)))
        except ValueError as error:
            faults.append(Fault("GOV-107", str(error), entry.line, entry.column, "日期写成 2027-10-01 的样子"))
    return frozenset(found)
