"""已知：what the records and fields of a project are worth, one function for each kind of ref."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from govit.dossier.lists import BY_KIND, day_of
from govit.dossier.model import PASSED, Approval, Change, Contract, Notice, Submission
from govit.judging.approved_estimate import estimate_before, since_approval
from govit.judging.concerning import concerns, which_one
from govit.judging.lost import AMOUNT_OF_CONTRACTS
from govit.judging.values import ABSENT, UNDATED, UNKNOWN, RuleError, attribute, total_of
from govit.law.conditions import Ref, own_record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govit.dossier.model import Record
    from govit.judging.values import Value
    from govit.judging.view import View
    from govit.law.vocabulary import Word


def record(facts: View, ref: Ref) -> Value:
    """A record: its day, or one of its attributes. Dates are the earliest, attributes the latest; only what passed counts."""
    if ref.attr == "count":
        return len(facts.found(ref.head, ref.key, ref.body))
    if ref == AMOUNT_OF_CONTRACTS:
        return UNKNOWN if facts.is_short_of(ref) else contracted(facts)
    found = counting(facts, ref)
    if not found:
        return ABSENT
    if ref.attr in ("", "date", "last"):
        days = [day for day in (day_of(r) for r in found) if day is not None]
        return (max if ref.attr == "last" else min)(days, default=UNDATED)
    return worth(max(found, key=lambda r: day_of(r) or dt.date.min), ref)


def contracted(facts: View) -> Value:
    """What the contracts up to the day of judgement come to."""
    return total_of(one.amount for one in facts.items("contracts") if isinstance(one, Contract))


def counting(facts: View, ref: Ref) -> Sequence[Record]:
    """The records that a ref means: of approvals only what passed, unless their result is asked for."""
    found = facts.found(ref.head, ref.key, ref.body)
    if ref.head == "approvals" and ref.attr != "result":
        return [r for r in found if isinstance(r, Approval) and r.result == PASSED]
    return found


def worth(one: Record, ref: Ref) -> Value:
    """What one record is worth: its day, or the attribute that a ref names."""
    value: Value | None = day_of(one) if ref.attr in ("", "date", "last") else getattr(one, ref.attr, None)
    return UNKNOWN if value is None or value == () else value


def field(facts: View, ref: Ref) -> Value:
    """A field of project.yaml; of a group or a list of records only whether it is written."""
    value: object = facts.project
    for part in ref.key.split("."):
        value = getattr(value, part, None)
        if value is None:
            return UNKNOWN
    if isinstance(value, (bool, int, Decimal, dt.date, str)):
        return value
    texts = value if isinstance(value, tuple) else ()
    return texts if all(isinstance(text, str) for text in texts) and isinstance(value, tuple) else bool(value)


def answer(facts: View, ref: Ref) -> Value:
    """A recorded answer, the project's own before the unit's."""
    found = facts.answer(ref.key)
    return UNKNOWN if found is None or found.answer is None else found.answer


def figure(facts: View, ref: Ref) -> Value:
    """A figure that the regulation asks for by name."""
    return facts.project.figures.get(ref.key, UNKNOWN)


def funding(facts: View, ref: Ref) -> Value:
    """The sum of one source of money, or of all that have a trait."""
    rows = facts.project.funding
    if not rows:
        return UNKNOWN
    sources = facts.regulation.words.get("funding_sources", {})
    return total_of(row.amount for row in rows if _counts(row.source, ref.key, sources))


def _counts(source: str | None, key: str, sources: Mapping[str, Word]) -> bool:
    return not key or source == key or (source is not None and source in sources and key in sources[source].traits)


def lines(facts: View, ref: Ref) -> Value:
    """The sum of budget lines of one kind, or what is recorded as spent on them."""
    rows = facts.project.budget.lines if facts.project.budget else ()
    if not rows:
        return UNKNOWN
    chosen = [line for line in rows if ref.key in ("", line.kind, "spent")]
    if "spent" in (ref.attr, ref.key):
        return sum((line.spent or Decimal(0) for line in chosen), Decimal(0))
    if ref.key and any(line.kind is None for line in rows):
        return UNKNOWN
    return total_of(line.amount for line in chosen)


def catalogue(facts: View, ref: Ref) -> int:
    """How many data resources are produced, needed or both."""
    direction = ref.key.removesuffix("count").rstrip(".")
    return sum(1 for row in facts.project.catalogue if direction in ("", row.direction))


def systems(facts: View, ref: Ref) -> int:  # noqa: ARG001
    """How many systems the unit has."""
    return len(facts.items("systems"))


def predecessor(facts: View, ref: Ref) -> Value:
    """What is known of the system or project that this one continues."""
    name = facts.project.predecessor
    if name is None:
        return UNKNOWN
    system = next((s for s in facts.project.settings.systems if s.id == name), None)
    if system is not None:
        return ABSENT if ref.key.partition(".")[0] in BY_KIND else attribute(system, ref.key)
    found = facts.index.by_id().get((name,))
    if not found:
        return UNKNOWN
    head, _, key = ref.key.partition(".")
    if head not in BY_KIND:
        return ABSENT if head in ("id", "completed", "operating") else UNKNOWN
    return facts.of(facts.index.whole(found[0])).value(Ref(ref.text, head, key))


def as_of(facts: View, ref: Ref) -> dt.date:  # noqa: ARG001
    """The day of judgement."""
    return facts.as_of


def of_item(facts: View, ref: Ref, item: Record | None) -> Value:
    """A value of the item that a rule is judged on."""
    if item is None:
        message = f"“{ref.text}”只能用在逐项（each）判断的规则里"
        raise RuleError(message)
    own = own_record(ref)
    if own is not None:
        return _own(facts, own, item)
    head, _, act = ref.key.partition(".")
    if head == "estimate" and isinstance(item, Change):
        return estimate_before(facts, changes_until(facts, item), act)
    if head in _OVER_CHANGES and isinstance(item, Change):
        return _OVER_CHANGES[head](facts, changes_until(facts, item))
    if head == "issued" and isinstance(item, Notice):  # a notice that does not say when it was issued bounds nothing
        return item.issued or ABSENT
    return attribute(item, ref.key + (f".{ref.attr}" if ref.attr else ""))


def _own(facts: View, ref: Ref, item: Record) -> Value:
    """The records of a kind that speak of this change or contract: the first day, or what the latest one says."""
    found = [one for one in counting(facts, ref) if isinstance(one, (Approval, Submission))]
    if which_one(found, item, facts):
        return UNKNOWN
    mine = [one for one in found if concerns(one, item, facts)]
    if not mine:
        return ABSENT
    if ref.attr in ("", "date"):
        return min((day for one in mine if (day := day_of(one)) is not None), default=UNDATED)
    return worth(max(mine, key=lambda one: day_of(one) or dt.date.min), ref)


def changes_until(facts: View, item: Change) -> list[Change]:
    """The changes up to and including one, by date and then in the order of the file."""
    dated = [c for c in facts.project.changes if c.on is not None]
    position = {id(c): n for n, c in enumerate(dated)}
    if id(item) not in position or item.on is None:
        return []
    mark = (item.on, position[id(item)])
    return [c for c in dated if c.on is not None and (c.on, position[id(c)]) <= mark]


def _nth_in_year(_: View, changes: list[Change]) -> int:
    """Of changes in the order of their dates, the how manieth the last one is in its year."""
    last = max((c.on for c in changes if c.on is not None), default=None)
    return sum(1 for c in changes if c.on is not None and last is not None and c.on.year == last.year)


def _previous(_: View, changes: list[Change]) -> Value:
    """The day of the change before the last one; the first has none."""
    earlier = [c.on for c in changes[:-1] if c.on is not None]
    return max(earlier, default=ABSENT)


_OVER_CHANGES: Mapping[str, Callable[[View, list[Change]], Value]] = {
    "cumulative": lambda facts, changes: total_of(change.amount for change in since_approval(facts, changes)),
    "nth_in_year": _nth_in_year,
    "previous": _previous,
}
"""What is added up or counted over the changes up to one."""


def trait(facts: View, name: str) -> Value:
    """A trait of the project, or of its category."""
    if name in facts.regulation.words.get("traits", {}):
        return facts.project.traits.get(name, UNKNOWN)
    category = facts.regulation.words["categories"].get(facts.project.category or "")
    return UNKNOWN if category is None else name in category.traits


VALUES: Mapping[str, Callable[[View, Ref], Value]] = {
    **dict.fromkeys(BY_KIND, record),
    "field": field,
    "answers": answer,
    "figures": figure,
    "funding": funding,
    "lines": lines,
    "catalogue": catalogue,
    "systems": systems,
    "predecessor": predecessor,
    "as_of": as_of,
}
