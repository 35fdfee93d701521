"""金额和日期的两处写法：every pair of places in a project that state the same figure, compared. Pure.

A contradiction is an error, and whatever reads one of its figures is undetermined until they agree. What only looks
odd is a hint: a line may cost more than was estimated, and a total may have been approved anew. What the law judges
by itself (contracts above the estimate, money left over) and what is lawful (spending that no line has) is not here.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from govit.base.money import format_money
from govit.base.records import record
from govit.base.wording import Term, Wording
from govit.dossier.keys import Role
from govit.dossier.lists import BY_KIND, bodies_of, day_of, entries_of, kinds_of, list_of, text_of
from govit.dossier.model import DOCUMENT_RESULTS, PASSED, Budget, named
from govit.law.conditions import describe_ref
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from govit.dossier.model import Approval, Project, Record
    from govit.law.conditions import Ref
    from govit.law.regulation import Regulation

Reading: TypeAlias = tuple[str, str, str, str]
"""What a rule reads: head, key, attribute and body of a ref."""
TOTAL: Reading = ("field", "budget.total", "", "")
SINGLE: Reading = ("field", "budget.single", "", "")
SPENT: Reading = ("field", "budget.spent", "", "")
LINES: Reading = ("lines", "", "", "")
LINES_SPENT: Reading = ("lines", "", "spent", "")
FUNDING: Reading = ("funding", "", "", "")

_CORRECT = "对照概算、资金文件逐行核对，写错的照文件更正；文件本身不一致的，先改文件，不得凑数"
_ACCOUNTS = "对照账目核对两处，写错的照账目更正，不得凑数"


@record
class Contradiction:
    """一处矛盾：where it is told, as what, and what reads one of its figures."""

    key: str
    fault: Fault
    readings: tuple[Reading, ...] = ()
    """None for a hint."""


def contradictions(project: Project, regulation: Regulation | None = None) -> Iterator[Contradiction]:
    """Every place that says another figure or day than another place for the same thing.

    Which records of a regulation say the same is a matter of its words.
    """
    budget = project.budget or Budget()
    yield from _sums(project, budget)
    yield from _groups(budget)
    yield from _years(project, budget)
    yield from _single(budget)
    yield from _spent(budget)
    yield from _changes(project)
    yield from _approvals(project)
    for own, other in regulation.same_in_both if regulation is not None else ():
        yield from _in_both(project, own, other)


def contradicted(project: Project, regulation: Regulation | None = None) -> dict[Reading, str]:
    """What must not be read until it agrees, and why: both places and what they say."""
    found: dict[Reading, str] = {}
    for one in contradictions(project, regulation):
        for reading in one.readings:
            found.setdefault(reading, one.fault.message)
    return found


def repeated(project: Project, told: Iterable[tuple[Ref, ...]]) -> set[tuple[str, str]]:
    """The contradictions, by rule and key, that say no more than findings which want the same values to be alike."""
    said = {frozenset(map(reading_of, refs)) for refs in told}
    return {(one.fault.rule, one.key) for one in contradictions(project) if said and frozenset(one.readings) in said}


def reading_of(ref: Ref) -> Reading:
    """What a ref reads: `lines.spent` and `lines` with the attribute spent are one, and so are a day's two words."""
    if ref.head == "lines" and ref.key == "spent":
        return LINES_SPENT
    attr = "date" if ref.head in BY_KIND and ref.attr in ("", "date", "last") else ref.attr
    return ref.head, ref.key, attr, ref.body


# -- sums --------------------------------------------------------------------------------------------


def _added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None where there is nothing to add or one amount is not given."""
    given = list(amounts)
    known = [amount for amount in given if amount is not None]
    return sum(known, Decimal(0)) if given and len(known) == len(given) else None


@record
class _Sum:
    """一个合计：where it stands, what it is called, what it comes to, and what reads it."""

    key: str
    rule: str
    name: str
    amount: Decimal
    reading: tuple[Reading, ...] = ()


def _sums(project: Project, budget: Budget) -> Iterator[Contradiction]:
    """The total and what should add up to it; where no total is written, the first sum stands for it."""
    known = [
        _Sum(key, rule, name, amount, reading)
        for key, rule, name, amount, reading in (
            ("budget.total", "", Term("总投资（budget.total）", "总投资"), budget.total, (TOTAL,)),
            ("budget.lines", "GOV-301", "概算明细合计", _added(line.amount for line in budget.lines), (LINES,)),
            ("budget.groups", "GOV-302", "概算分组小计合计", _groups_alone(budget), ()),
            ("budget.years", "GOV-304", "分年度投资合计", _added(year.amount for year in budget.years), ()),
            ("funding", "GOV-303", "资金来源合计", _added(row.amount for row in project.funding), (FUNDING,)),
        )
        if amount is not None
    ]
    for one in known[1:]:
        whole = known[0]
        if one.amount != whole.amount:
            message = Wording(
                "{} {}，{}{}{}，相差 {}",
                one.name,
                format_money(one.amount),
                whole.name,
                Term("", " ") if whole.name.endswith("）") else " ",
                format_money(whole.amount),
                format_money(abs(one.amount - whole.amount)),
            )
            yield Contradiction(one.key, Fault(one.rule, message, hint=_CORRECT), (*whole.reading, *one.reading))


def _groups_alone(budget: Budget) -> Decimal | None:
    """The groups, where no lines are there to be compared with."""
    return None if budget.lines else _added(group.amount for group in budget.groups)


def _groups(budget: Budget) -> Iterator[Contradiction]:
    for group in budget.groups:
        lines = [line.amount for line in budget.lines if line.group == group.name]
        if group.name is None or group.amount is None or None in lines or not budget.lines:
            continue
        added = sum((a for a in lines if a is not None), Decimal(0))
        if added != group.amount:
            message = f"分组“{group.name}”小计写 {format_money(group.amount)}，明细合计 {format_money(added)}"
            hint = "对照概算核对，写错的一处照概算更正，不得凑数"
            yield Contradiction(f"{group.at}.amount", Fault("GOV-302", message, hint=hint), (LINES,))


def _years(project: Project, budget: Budget) -> Iterator[Contradiction]:
    if not project.funding or any(row.year is None or row.amount is None for row in project.funding):
        return
    for year in budget.years:
        added = sum((r.amount for r in project.funding if r.year == year.year and r.amount is not None), Decimal(0))
        if year.amount is not None and added != year.amount:
            message = f"{year.year} 年投资写 {format_money(year.amount)}，该年资金来源合计 {format_money(added)}"
            hint = "对照资金文件核对，写错的一处照文件更正；文件本身不一致的，先改文件，不得凑数"
            yield Contradiction(f"{year.at}.amount", Fault("GOV-304", message, hint=hint))


def _single(budget: Budget) -> Iterator[Contradiction]:
    if budget.single is not None and budget.total is not None and budget.single > budget.total:
        message = Wording(
            "{} {}，大于{} {}：一个单体不可能大于全部",
            named("budget.single"),
            format_money(budget.single),
            named("budget.total"),
            format_money(budget.total),
        )
        hint = "对照批复和概算核对两个数，写错的照原件更正；总投资包括全部单体，不得凑数"
        yield Contradiction("budget.single", Fault("GOV-311", message, hint=hint), (SINGLE, TOTAL))


def _spent(budget: Budget) -> Iterator[Contradiction]:
    """What was spent on the lines is part of what was spent; there may be spending that no line has."""
    lines = [line for line in budget.lines if line.spent is not None]
    added = sum((line.spent for line in lines if line.spent is not None), Decimal(0))
    if budget.spent is not None and added > budget.spent:
        message = Wording(
            "{} {}，小于概算明细各行已支出{}之和 {}",
            named("budget.spent"),
            format_money(budget.spent),
            Term("（budget.lines 的 spent）", ""),
            format_money(added),
        )
        yield Contradiction("budget.spent", Fault("GOV-312", message, hint=_ACCOUNTS), (SPENT, LINES_SPENT))
    for line in lines:
        if line.amount is not None and line.spent is not None and line.spent > line.amount:
            more = f"“{line.name or '没有名称的行'}”已支出 {format_money(line.spent)}，超过这一行的金额 {format_money(line.amount)}"
            hint = "对照账目和概算核对，写错的照原件更正；确已超过的，先按办法办理调整，再照实记入 changes，不得改数"
            yield Contradiction(f"{line.at}.spent", Fault("GOV-314", more, hint=hint))


# -- changes and approvals -----------------------------------------------------------------------------


def _changes(project: Project) -> Iterator[Contradiction]:
    """A total that moved by more than the amount of the change; an approval in between may have moved it too."""
    dated = [(c.on, n, c) for n, c in enumerate(project.changes) if c.on is not None]
    for (_, _, before), (_, _, change) in pairwise(sorted(dated, key=lambda entry: entry[:2])):
        if before.total_after is None or change.total_after is None or change.amount is None:
            continue
        moved = abs(change.total_after - before.total_after)
        if moved > change.amount and not _approved_between(project, before.on, change.on):
            message = (
                f"{change.on} 的调整：调整后总投资由 {format_money(before.total_after)} 变为 "
                f"{format_money(change.total_after)}，相差 {format_money(moved)}，资金调整数额只写了 {format_money(change.amount)}"
            )
            hint = "对照调整的批复或备案核对三个数，写错的照原件更正；中间还有别的调整没有记的，照实补记，不得凑数"
            yield Contradiction(f"{change.at}.amount", Fault("GOV-314", message, hint=hint))


def _approved_between(project: Project, first: dt.date | None, last: dt.date | None) -> bool:
    return any(
        first is not None
        and last is not None
        and a.date is not None
        and a.amount is not None
        and first < a.date <= last
        for a in project.approvals
    )


def _approvals(project: Project) -> Iterator[Contradiction]:
    """One document of one body about one thing, recorded twice, with another amount or another day."""
    seen: dict[tuple[object, ...], Approval] = {}
    for approval in project.approvals:
        if not approval.number or not approval.act:
            continue
        key = (approval.act, approval.body, approval.number, approval.of)
        first = seen.setdefault(key, approval)
        if first is approval:
            continue
        what = f"{approval.body or ''}“{approval.act}”（{approval.number}）"
        hint = "对照这份文件核对两条记录，写错的照文件更正；同一份文件只记一条"
        if None not in (first.amount, approval.amount) and first.amount != approval.amount:
            one, other = (format_money(a.amount) for a in (first, approval) if a.amount is not None)
            message = f"{what}记了两次，金额不同：{first.at} 写 {one}，{approval.at} 写 {other}"
            yield Contradiction(
                f"{approval.at}.amount", Fault("GOV-313", message, hint=hint), _read(approval, "amount")
            )
        if None not in (first.date, approval.date) and first.date != approval.date:
            message = f"{what}记了两次，日期不同：{first.at} 写 {first.date}，{approval.at} 写 {approval.date}"
            yield Contradiction(f"{approval.at}.date", Fault("GOV-313", message, hint=hint), _read(approval, "date"))


# -- records that say the same -------------------------------------------------------------------------


def _in_both(project: Project, own: Ref, other: Ref) -> Iterator[Contradiction]:
    """A day or an amount that stands in two lists: what one says, a record of the other must say too."""
    theirs = [(one, _said(one, other)) for one in _counting(project, other)]
    values = {value for _, value in theirs}
    if not values or None in values:
        return
    first, said = theirs[0]
    for mine in _counting(project, own):
        value = _said(mine, own)
        if value is None or value in values:
            continue
        message = Wording(
            "{}是 {}，{}是 {}（{}），同一件事两处写的不一样",
            describe_ref(own),
            _shown(value),
            describe_ref(other),
            _shown(said),
            first.at,
        )
        hint = "对照原件核对两处，写错的一处照原件更正；原件确是两件事的，各照原件另记"
        key = f"{mine.at}.{own.attr or list_of(type(mine)).key(Role.DAY)}"
        yield Contradiction(key, Fault("GOV-316", message, hint=hint), (*_readings(own, mine), *_readings(other, first)))


def _counting(project: Project, ref: Ref) -> list[Record]:
    """The records of a kind; a refusal says nothing."""
    found = (one for one in entries_of(project, BY_KIND[ref.head]) if ref.key in kinds_of(one))
    return [one for one in found if text_of(one, Role.RESULT) in (PASSED, *DOCUMENT_RESULTS, None)]


def _said(record: Record, ref: Ref) -> dt.date | Decimal | None:
    value: dt.date | Decimal | None = getattr(record, ref.attr) if ref.attr else day_of(record)
    return value


def _shown(value: dt.date | Decimal | None) -> str:
    return format_money(value) if isinstance(value, Decimal) else f"{value}"


def _readings(ref: Ref, record: Record) -> tuple[Reading, ...]:
    """What reads a record, of whatever body."""
    return tuple((ref.head, ref.key, ref.attr or "date", body) for body in ("", *bodies_of(record)))


def _read(approval: Approval, attr: str) -> tuple[Reading, ...]:
    return tuple(("approvals", approval.act or "", attr, body) for body in ("", approval.body or ""))
