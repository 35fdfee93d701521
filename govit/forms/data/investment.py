"""投资和资金：what a form prints of a project's money. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.forms.data.printed import (
    amounts,
    listed,
    money,
    numbered,
    numeral,
    percent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govit.dossier.model import Budget, BudgetLine, Funding
    from govit.forms.data.filled_form import FilledForm
    from govit.forms.data.printed import Row


def budget(filled_form: FilledForm) -> Row:
    """投资: each amount is its own, none stands for another."""
    given = filled_form.project.budget
    if given is None:
        return {}
    row: Row = {}
    for key in ("total", "single", "operation", "spent"):
        row |= amounts(key, getattr(given, key))
    row |= amounts("lines_total", added(line.amount for line in given.lines))
    if given.total is not None and given.spent is not None:
        row |= amounts("unspent", given.total - given.spent)
    return row


def added(found: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of amounts; None where one is not given, or there is none."""
    known = list(found)
    return None if not known or None in known else sum((a for a in known if a is not None), Decimal(0))


def _budget(filled_form: FilledForm) -> Budget | None:
    return filled_form.project.budget


def _line(line: BudgetLine) -> Row:
    row: Row = {"at": line.at, "name": line.name, "group": line.group, "kind": line.kind, "source": line.source}
    row |= amounts("amount", line.amount) | amounts("spent", line.spent)
    if line.amount is not None and line.spent is not None:
        row |= amounts("rest", line.amount - line.spent)
        row["rate"] = percent(line.spent, line.amount)
    return row


def budget_lines(filled_form: FilledForm) -> list[Row]:
    """概算明细."""
    given = _budget(filled_form)
    return numbered(_line(line) for line in given.lines) if given else []


def budget_groups(filled_form: FilledForm) -> list[Row]:
    """The lines by group, in the order of the groups, then of the lines; those of no group under no name."""
    given = _budget(filled_form)
    if given is None:
        return []
    lines: dict[str, list[BudgetLine]] = {group.name or "": [] for group in given.groups}
    for line in given.lines:
        lines.setdefault(line.group or "", []).append(line)
    return numbered(
        {
            "number": numeral(number),
            "name": name,
            **amounts("amount", added(line.amount for line in inside)),
            "lines": numbered(_line(line) for line in inside),
        }
        for number, (name, inside) in enumerate(((n, found) for n, found in lines.items() if found), 1)
    )


def _summed(pairs: Iterable[tuple[str | None, Decimal | None]]) -> dict[str, Decimal | None]:
    sums: dict[str, list[Decimal | None]] = {}
    for name, amount in pairs:
        sums.setdefault(name or "", []).append(amount)
    return {name: added(found) for name, found in sums.items()}


def budget_kinds(filled_form: FilledForm) -> list[Row]:
    """概算按费用性质汇总."""
    given = _budget(filled_form)
    sums = _summed((line.kind, line.amount) for line in given.lines) if given else {}
    return numbered({"name": name, **amounts("amount", amount)} for name, amount in sums.items())


def budget_years(filled_form: FilledForm) -> list[Row]:
    """分年度投资."""
    given = _budget(filled_form)
    years = given.years if given else ()
    return numbered({"at": y.at, "year": str(y.year) if y.year else None, **amounts("amount", y.amount)} for y in years)


def funding(filled_form: FilledForm) -> list[Row]:
    """资金来源."""
    return numbered(
        {"at": f.at, "source": f.source, "year": str(f.year) if f.year else None, **amounts("amount", f.amount)}
        for f in filled_form.project.funding
    )


def _by_source(found: tuple[Funding, ...]) -> dict[str, Decimal | None]:
    return _summed((f.source, f.amount) for f in found)


def funding_sources(filled_form: FilledForm) -> list[Row]:
    """资金按来源汇总."""
    sums = _by_source(filled_form.project.funding)
    total = added(sums.values())
    return numbered(
        {
            "source": source,
            **amounts("amount", amount),
            "share": percent(amount, total) if amount is not None and total else None,
        }
        for source, amount in sums.items()
    )


def funding_total(filled_form: FilledForm) -> Decimal | None:
    """资金合计."""
    return added(f.amount for f in filled_form.project.funding)


def funding_text(filled_form: FilledForm) -> str | None:
    """资金来源连写: 市级财政资金 208万元；自筹资金 52万元."""
    return listed(
        (
            f"{source} {money(amount) or ''}".strip()
            for source, amount in _by_source(filled_form.project.funding).items()
        ),
        "；",
    )
