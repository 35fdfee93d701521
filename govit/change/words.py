"""文字的差异：what a project says then and now, field by field and in words. Pure, and without any regulation."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from govit.base.money import format_money
from govit.base.records import record
from govit.dossier.keys import Kind, specs
from govit.dossier.model import Budget, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govit.dossier.keys import Declared

FieldValue: TypeAlias = str | int | bool | Decimal | dt.date | tuple[str, ...] | None
"""What a field of project.yaml may hold, apart from records and answers."""
NONE = "（没有填写）"
GOAL, SCOPE, PERIOD, MONEY, OTHER = "目标", "内容和范围", "工期", "资金", "其他"
GROUPS = (GOAL, SCOPE, PERIOD, MONEY, OTHER)
_GROUP_OF = {
    "objective": GOAL,
    **dict.fromkeys(("content", "demand", "category", "objects", "build_mode", "hosting"), SCOPE),
    **dict.fromkeys(("traits", "figures", "catalogue", "standards"), SCOPE),
    "schedule": PERIOD,
    **dict.fromkeys(("budget", "funding"), MONEY),
}
_APART = frozenset(("id", "stage", "classified", "approved_revision", "notes", "review"))
"""Identity and progress, and remarks: no part of what was approved."""


@record
class WordChange:
    """一项内容的前后, in words."""

    key: str
    label: str
    group: str
    before: str
    after: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """For lists: the entries that came and went."""


def words(then: Project, now: Project) -> tuple[WordChange, ...]:
    """Every field that says something else, by group and then in the order of the form."""
    found = [*_fields(Project, then, now, "", ""), *_budget(then, now), *_funding(then, now), *_catalogue(then, now)]
    return tuple(sorted(found, key=lambda change: GROUPS.index(change.group)))


def _fields(cls: type[Declared], then: object, now: object, at: str, group: str) -> Iterable[WordChange]:
    for key, spec in specs(cls).items():
        if at + key in _APART or spec.kind in (Kind.RECORDS, Kind.ANSWERS) or at + key == "budget":
            continue
        before, after = getattr(then, key, None), getattr(now, key, None)
        mine = group or _GROUP_OF.get(key, OTHER)
        if spec.kind is Kind.RECORD and spec.of is not None:
            yield from _fields(spec.of, before, after, f"{key}.", mine)
        elif spec.kind in (Kind.FLAGS, Kind.FIGURES):
            yield from _flags(key, spec.label, mine, before or {}, after or {})
        elif before != after:
            yield _word(at + key, spec.label, mine, before, after)


def _flags(
    key: str, label: str, group: str, before: Mapping[str, FieldValue], after: Mapping[str, FieldValue]
) -> list[WordChange]:
    names = [*before, *(name for name in after if name not in before)]
    changed = (n for n in names if before.get(n) != after.get(n))
    return [_word(f"{key}.{n}", f"{label}“{n}”", group, before.get(n), after.get(n)) for n in changed]


def _budget(then: Project, now: Project) -> Iterable[WordChange]:
    before, after = then.budget or Budget(), now.budget or Budget()
    own = specs(Budget)
    for key in ("single", "operation"):
        if getattr(before, key) != getattr(after, key):
            yield _word(f"budget.{key}", own[key].label, MONEY, getattr(before, key), getattr(after, key))
    yield from _sums("budget.years", own["years"].label, _years(before), _years(after))


def _years(budget: Budget) -> dict[str, Decimal | None]:
    return {f"{year.year} 年": year.amount for year in budget.years}


def _funding(then: Project, now: Project) -> Iterable[WordChange]:
    return _sums("funding", specs(Project)["funding"].label, _sources(then), _sources(now))


def _sources(project: Project) -> dict[str, Decimal | None]:
    found: dict[str, Decimal | None] = {}
    for row in project.funding:
        name = f"{row.source or '来源不明'}{f' {row.year} 年' if row.year else ''}"
        held = found.get(name, Decimal(0))
        found[name] = None if held is None or row.amount is None else held + row.amount
    return found


def _sums(
    key: str, label: str, before: Mapping[str, Decimal | None], after: Mapping[str, Decimal | None]
) -> list[WordChange]:
    names = [*before, *(name for name in after if name not in before)]
    changed = (n for n in names if before.get(n) != after.get(n))
    return [_word(key, f"{label}：{n}", MONEY, before.get(n), after.get(n)) for n in changed]


def _catalogue(then: Project, now: Project) -> Iterable[WordChange]:
    label = specs(Project)["catalogue"].label
    before, after = _rows(then), _rows(now)
    if before != after:
        yield _word("catalogue", label, SCOPE, tuple(before), tuple(after))


def _rows(project: Project) -> list[str]:
    return [
        f"{row.direction or ''} {row.name or ''}{f'（{row.share}）' if row.share else ''}".strip()
        for row in project.catalogue
    ]


def _word(key: str, label: str, group: str, before: FieldValue, after: FieldValue) -> WordChange:
    return WordChange(
        key,
        label,
        group,
        in_words(before),
        in_words(after),
        _only_in(after, before),
        _only_in(before, after),
    )


def _only_in(one: FieldValue, other: FieldValue) -> tuple[str, ...]:
    """Of two lists, the entries of the one that the other has not."""
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return ()
    return tuple(entry for entry in one if entry not in other)


def in_words(value: FieldValue) -> str:
    """A value of project.yaml as the report shows it."""
    if value is None or value == ():
        return NONE
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format_money(value)
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return value.isoformat() if isinstance(value, dt.date) else " ".join(str(value).split())
