"""调整：before, after, per cent and ground of a change, as the form prints them. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.usage import UsageError
from govit.change.limits import CUMULATIVE, limits, speaks_of_changes
from govit.forms.data.printed import (
    amounts,
    box,
    box_line,
    columns,
    day,
    listed,
    money,
    paragraphs,
    percent,
    wan,
    yes_no,
)
from govit.forms.data.selfcheck import OUTCOMES

if TYPE_CHECKING:
    from govit.change.limits import ChangeLimit
    from govit.dossier.model import Change
    from govit.forms.data.filled_form import FilledForm
    from govit.forms.data.printed import Row


def one_change(filled_form: FilledForm) -> Row:
    """The change that the form is about: the last one, or that of the day asked for."""
    made = _made(filled_form)
    if not filled_form.which:
        return row_of_change(filled_form, made[-1]) if made else {}
    chosen = [change for change in made if str(change.on) == filled_form.which]
    if not chosen:
        days = "、".join(str(change.on) for change in made) or "没有调整记录"
        message = f"--for 写的“{filled_form.which}”不是一次调整的日期；可以写：{days}"
        raise UsageError(message)
    return row_of_change(filled_form, chosen[-1])


def _made(filled_form: FilledForm) -> list[Change]:
    """The changes up to the day of the form, in the order of their days."""
    known = [change for change in filled_form.project.changes if change.on is None or change.on <= filled_form.as_of]
    return sorted(known, key=lambda change: (change.on is None, change.on or filled_form.as_of))


def row_of_change(filled_form: FilledForm, change: Change) -> Row:
    """One change with what it changes; amounts of several changes add up without their signs, since no rule nets them."""
    made = _made(filled_form)
    earlier = made[: made.index(change)]
    total = filled_form.project.budget.total if filled_form.project.budget else None
    afters = [c.total_after for c in earlier if c.total_after is not None]
    before = afters[-1] if afters else total
    moved = [c.amount for c in (*earlier, change)]
    cumulative = None if None in moved else sum((a for a in moved if a is not None), Decimal(0))
    facts = filled_form.examined.run.facts
    if cumulative is not None and change.on is not None and any(change is one for one in facts.project.changes):
        added = facts.value(CUMULATIVE, change)
        cumulative = added if isinstance(added, Decimal) else None
    return {
        "at": change.at,
        "on": day(change.on),
        **amounts("amount", change.amount),
        **amounts("before", before),
        **amounts("after", change.total_after),
        **_difference(before, change.total_after),
        **amounts("amount_cumulative", cumulative),
        **_limit(filled_form, change, change.amount, cumulative),
        "goal_line": yes_no("改变", "不变", answer=change.goal),
        "content_line": yes_no("调整", "不调整", answer=change.content),
        "ground": change.ground,
        "ground_line": _grounds(filled_form, change),
        "ground_columns": columns(_ground_boxes(filled_form, change)),
        "scope": change.scope,
        "reason": change.reason,
        "scope_paragraphs": paragraphs(change.scope),
        "reason_paragraphs": paragraphs(change.reason),
    }


def _difference(before: Decimal | None, after: Decimal | None) -> Row:
    if before is None or after is None:
        return {}
    moved = after - before
    sign = "+" if moved > 0 else "-" if moved < 0 else ""
    return {"difference": f"{sign}{money(abs(moved))}", "difference_wan": f"{sign}{wan(abs(moved))}"}


def _ground_boxes(filled_form: FilledForm, change: Change) -> list[str]:
    return [f"{box(chosen=name == change.ground)}{name}" for name in filled_form.regulation.words.get("grounds", {})]


def _grounds(filled_form: FilledForm, change: Change) -> str | None:
    names = list(filled_form.regulation.words.get("grounds", {}))
    if not names:
        return ""
    return box_line(names, (change.ground,)) if change.ground else None


def _limit(filled_form: FilledForm, change: Change, amount: Decimal | None, cumulative: Decimal | None) -> Row:
    """The most that may be moved and of what, what this one comes to, and what the rules about changes demand of it.

    Which duties those are, never whether they are fulfilled: the form is handed in.

    The shares are those of the base that the regulation names; of the total only where it names none.
    """
    examined = filled_form.examined
    moved = {"amount": amount or Decimal(0), "cumulative": cumulative or Decimal(0)}
    bounds = list(limits(filled_form.regulation, examined.run.facts, moved, change))
    bound = next((one for one in bounds if one.percent is not None), None)
    sums = [one.text for one in bounds if one.percent is None and not one.advisory]
    base = bound.value if bound else filled_form.project.budget.total if filled_form.project.budget else None
    demands = [
        f"{judgement.rule.title}（{judgement.rule.article}）"
        for judgement in examined.judgements
        if judgement.verdict.outcome in OUTCOMES
        and judgement.item in (None, change)
        and speaks_of_changes(judgement.rule, filled_form.regulation)
    ]
    return {
        "percent": _share(amount, base, bound),
        "percent_cumulative": _share(cumulative, base, bound),
        "limit": "，".join([*sums, bound.text] if bound else sums) or None,
        "base": bound.label if bound else None,
        "way": listed(dict.fromkeys(demands), "\n"),
    }


def _share(amount: Decimal | None, base: Decimal | None, bound: ChangeLimit | None) -> str | None:
    """A share with two decimals; where those would show the bound itself, on which side of it the exact share lies."""
    if amount is None or not base:
        return None
    shown = percent(amount, base)
    if bound is None or bound.percent is None or shown != percent(bound.percent, Decimal(bound.parts)):
        return shown
    beyond = amount * bound.parts - base * bound.percent
    return f"{'超过' if beyond > 0 else '不到'}{bound.text}" if beyond else shown
