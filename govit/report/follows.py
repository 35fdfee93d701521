"""变更的后果，文字报告：how much the change is of what the bounds are shares of, and what it sets in motion."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.language import is_english, say
from govit.base.money import format_money
from govit.change.consequences import OTHERWISE
from govit.change.limits import percent_text
from govit.dossier.finding import Outcome
from govit.dossier.keys import specs
from govit.dossier.model import Change, named
from govit.report.columns import columns
from govit.report.route import folded
from govit.report.text import label_of as word_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govit.change.consequences import Consequences
    from govit.change.limits import ChangeLimit
    from govit.change.result import Comparison
    from govit.dossier.finding import Finding
    from govit.law.regulation import Regulation
    from govit.report.text import Paint

AMOUNT, GROSS = "资金调整数额", "增减合计"
_MARKS = {Outcome.VIOLATES: "□", Outcome.UNDETERMINED: "○", Outcome.COMPLIES: "√"}
_COLOURS = {Outcome.VIOLATES: "31", Outcome.UNDETERMINED: "35", Outcome.COMPLIES: "32"}
_ASK = {"goal": "--goal 不变（或改变）", "content": "--content 有调整（或无调整）", "ground": "--ground 情形"}


# -- how much it is ----------------------------------------------------------------------------------


def measures(made: Comparison) -> list[tuple[str, Decimal, str]]:
    """The readings of what the law calls the amount of a change, none of which it defines."""
    found = made.difference
    money = found.money
    rows = [("净额", abs(money.net), "现在的总投资减批复版本的总投资")] if money.net is not None else []
    rows += [
        (AMOUNT, money.moved, "调增、调减中较大的一方，从一行挪到另一行的钱只算一次"),
        (GROSS, money.gross, "各行增减的绝对数额相加，只供参考"),
        ("累计", together(made), _how_together(made)),
    ]
    return rows


def together(made: Comparison) -> Decimal:
    """All changes together, as the regulation adds them up where there is one."""
    told = made.consequences.together if made.consequences else None
    return made.difference.cumulative if told is None else told


def _how_together(made: Comparison) -> str:
    found = made.difference
    recorded = found.recorded
    if together(made) != found.cumulative:
        return "概算最近一次重新批准以后的各次调整，加本次的资金调整数额；已经重新批准的不再计入"
    added = (
        "本次的资金调整数额"
        if recorded.since_amount <= found.money.moved
        else f"以后登记的 {format_money(recorded.since_amount)}"
    )
    return f"批复以前登记的 {format_money(recorded.earlier_amount)}，加{added}"


def amounts(made: Comparison, follows: Consequences) -> Iterator[str]:
    """The readings of the amount, each beside every bound."""
    found = made.difference
    if not (found.money.gross or found.cumulative):
        return
    yield "  " + say("调整数额（另列净额、增减合计、累计）")
    rows = measures(made)
    for limit in follows.limits:
        yield from _limit(limit, rows, [other for other in follows.limits if other is not limit])
    yield from _gross_alone(made, follows.limits)
    if not follows.limits:
        base = found.money.before
        yield from _plain(rows, base, "这次不适用本办法的限额" if follows.aside else "本办法没有规定调整的比例限额")


def _plain(rows: list[tuple[str, Decimal, str]], base: Decimal | None, why: str) -> Iterator[str]:
    yield from folded(
        f"{why}；占比按批复版本的总投资"
        + (f" {format_money(base)} 计算" if base is not None else "计算，但批复版本没有总投资"),
        "    ",
        "    ",
    )
    table = [
        (say(name), format_money(amount), percent_text(amount, base) if base else "—", how)
        for name, amount, how in rows
    ]
    yield from columns(table, "      ", last=True)


def _limit(limit: ChangeLimit, rows: list[tuple[str, Decimal, str]], others: list[ChangeLimit]) -> Iterator[str]:
    base = "还不知道" if limit.value is None else format_money(limit.value)
    of = f"{limit.base} {base}" if limit.base else base
    if limit.advisory:
        yield from folded(
            f"另按{_MEASURES[limit.measure]}的数额与 {of}{_of_share(limit)} 比较（{'、'.join(limit.rules)}，只作提醒）："
            f"{format_money(limit.judged)}，占 {_share(limit, limit.judged)}，{_verdict(limit, limit.judged, others)}",
            "    ",
            "      ",
        )
        return
    most = "" if limit.most is None else f"，即 {format_money(limit.most)}"
    within = "含本数" if limit.inclusive else "不含本数"
    yield from folded(
        f"限额 {limit.text}（{within}{most if limit.percent is not None or limit.base else ''}）"
        f"{f'，基数 {of}' if limit.percent is not None else ''}；{limit.article}“{limit.clause}”",
        "    ",
        "      ",
    )
    table = [
        (
            say(name),
            format_money(amount),
            _share(limit, amount),
            say("只供参考") if name == GROSS else _verdict(limit, amount, others),
        )
        for name, amount, _ in rows
    ]
    yield from columns(table, "      ", last=True)
    yield from folded(
        f"本办法的规则按{_MEASURES[limit.measure]}的数额判断：{format_money(limit.judged)}，{_verdict(limit, limit.judged, others)}",
        "      ",
        "        ",
    )


def _gross_alone(made: Comparison, limits: Iterable[ChangeLimit]) -> Iterator[str]:
    """A note where the bound is passed only by counting moved money twice."""
    money = made.difference.money
    twice = money.gross - money.moved
    passed = [limit for limit in limits if limit.beyond(limit.judged) is False and limit.beyond(limit.judged + twice)]
    if passed:
        texts = "、".join(dict.fromkeys(limit.text for limit in passed))
        yield from folded(
            f"只有把挪用的钱在调出、调入两行各算一次，才超过 {texts}：按资金调整数额没有超过，拿不准的先向审批部门问明",
            "    ",
            "      ",
        )


_MEASURES = {"cumulative": "历次累计", "amount": "一次调整"}


def _share(limit: ChangeLimit, amount: Decimal) -> str:
    return percent_text(amount, limit.value) if limit.value else "—"


def _of_share(limit: ChangeLimit) -> str:
    return "" if limit.percent is not None else "的限额" if not limit.base else ""


def _verdict(limit: ChangeLimit, amount: Decimal, others: Iterable[ChangeLimit]) -> str:
    """On which side of a bound an amount lies; that none is passed is said only where no other one is either."""
    beyond, most = limit.beyond(amount), limit.most
    if beyond is None:
        return "不知道基数，无法比较"
    if most is None:
        return f"{'超过' if beyond else '没有超过'} {limit.text}"
    if amount == most:
        return "正好等于限额，超过" if beyond else "正好等于限额，没有超过"
    if beyond:
        return f"超过 {format_money(amount - most)}"
    passed = [f"已超过 {other.text}" for other in others if other.beyond(other.judged) and not other.advisory]
    if limit.beyond(limit.judged):
        passed.insert(0, f"按{_MEASURES[limit.measure]}已超过")
    return f"不到 {limit.text}，但{'，'.join(passed)}" if passed else f"没有超过，还差 {format_money(most - amount)}"


def records(made: Comparison) -> Iterator[str]:
    """How much of the difference project.yaml records."""
    found = made.difference
    since = found.recorded.since
    if not since:
        return
    shown = "、".join(
        f"{c.on or '没有日期'} {format_money(c.amount) if c.amount is not None else '没有写数额'}" for c in since
    )
    if found.twice:
        told = (
            f"登记的是增减合计；从一行挪到另一行的钱只算一次，应是 {format_money(found.money.moved)}，"
            "请核对，确是重复计算的照实更正"
        )
    elif not found.open:
        told = "量得的差额都已登记"
    else:
        told = f"量得 {format_money(found.money.moved)}，还有 {format_money(found.open)} 没有登记"
    yield from folded(f"登记 批复以后记了 {len(since)} 次调整（{shown}）：{told}", "  ", "      ")


# -- what follows ------------------------------------------------------------------------------------


def follow(made: Comparison, follows: Consequences, regulation: Regulation | None, paint: Paint) -> Iterator[str]:
    """What the regulation demands, depending on what only the clerk knows; and the record to make."""
    assert regulation is not None  # noqa: S101 - there are consequences
    if follows.outside:
        yield from folded(f"后果 {follows.outside}", "  ", "      ")
        return
    if follows.earlier_law:
        yield from folded("批复以后登记的调整早于本办法施行，依原办法，不在下面判断", "  ", "    ")
    if follows.aside:
        yield from folded(f"后果 本办法关于调整的规则这次不适用：{'；'.join(follows.aside)}", "  ", "      ")
    if follows.always or follows.scenarios:
        yield "  " + say("后果")
    for path in follows.used:
        yield from folded(
            f"{path} 是为批复以前的调整提出的，不算在这次变更里；这次的另写一份，或者改写后更新日期", "    ", "      "
        )
    yield from _duties(follows.always, regulation, paint, "    ")
    for scenario in follows.scenarios:
        others = scenario.when == OTHERWISE  # for which there is no one reason
        yield f"    {'' if others else '如果'}{scenario.when}："
        yield from _duties(scenario.findings, regulation, paint, "      ", reasons=not others)
        if not scenario.findings:
            yield "      没有要另外办理的手续"
    if follows.depends_on:
        keys = "、".join(f"{key}（{specs(Change)[key].label}）" for key in follows.depends_on)
        how = "、".join(_ASK[key] for key in follows.depends_on)
        yield from folded(f"取决于 {keys}：比较看不出来，由经办人说明。本次可加 {how}", "    ", "      ")
    if (follows.always or follows.scenarios) and made.difference.judged:
        yield from _form(follows, regulation)
        yield from _to_record(made.difference.judged, regulation)
    yield from _surplus(follows, regulation, paint)


def _duties(
    findings: Iterable[Finding], regulation: Regulation, paint: Paint, indent: str, *, reasons: bool = True
) -> Iterator[str]:
    silent = {rule.id for rule in regulation.rules if rule.demand.is_ban}  # not to be done, and not done
    by_rule: dict[tuple[str, Outcome], list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault((finding.rule, finding.outcome), []).append(finding)
    for (rule, outcome), mine in by_rule.items():
        first = mine[0]
        if outcome is Outcome.COMPLIES and rule in silent:
            continue
        title = (first.title_en or first.title) if is_english() else first.title
        mark = paint(_MARKS[outcome], _COLOURS[outcome])
        grade = f"{say(word_of(first))}，" if outcome is Outcome.VIOLATES else ""
        advisory = f"{say('仅供参考')}，" if first.advisory else ""
        yield from folded(f"{mark} {title}（{grade}{advisory}{rule}，{first.article}）", indent, indent + "  ")
        if outcome is Outcome.COMPLIES:
            continue
        told = "；".join(dict.fromkeys(f.detail or f.message for f in mine))
        yield from folded(told, indent + "  ", indent + "  ")
        if first.evidence and reasons:
            yield from folded(f"{say('因为')} {'；'.join(first.evidence)}", indent + "  ", indent + "       ")
        yield from folded(f"{say('依据')} “{first.quote}”", indent + "  ", indent + "       ")
        yield from _hand_in(rule, regulation, indent + "  ")
        if first.hint:
            yield from folded(f"{say('怎么办')} {first.hint}", indent + "  ", indent + "         ")


def hand_in(rule_id: str, regulation: Regulation) -> list[str]:
    """What a rule's step brings to which body: from the pack's routes, and from its list of submissions."""
    found = [
        f"{step.who}：{step.does}" + (f"；带 {'、'.join('或'.join(p) for p in step.papers)}" if step.papers else "")
        for route in regulation.routes
        for step in route.steps
        if step.rule == rule_id
    ]
    rule = next((r for r in regulation.rules if r.id == rule_id), None)
    word = regulation.words.get("submissions", {}).get(rule.demand.submission) if rule else None
    if word is not None and any(paper not in "".join(found) for paper in word.materials):
        found.append(f"“{word.name}”的材料：{'、'.join(word.materials)}")
    return found


def _hand_in(rule: str, regulation: Regulation, indent: str) -> Iterator[str]:
    for text in hand_in(rule, regulation):
        yield from folded(f"{say('办理')} {text}", indent, indent + "     ")


def _form(follows: Consequences, regulation: Regulation) -> Iterator[str]:
    """The form of a change, where a duty that is open is met at the body that the form goes to."""
    every = (*follows.always, *(f for scenario in follows.scenarios for f in scenario.findings))
    open_ = {f.rule for f in every if f.outcome is not Outcome.COMPLIES}
    rules = [rule for rule in regulation.rules if rule.id in open_]
    for form in regulation.forms:
        mine = (r for r in rules if r.article.startswith(form.article) and form.to in r.demand.bodies)
        if form.form == "change" and any(mine):
            yield from folded(f"{say('用表')} 《{form.title}》，报{form.to}（{form.article}）", "    ", "      ")


def _to_record(change: Change, regulation: Regulation) -> Iterator[str]:
    """The record of the change as it goes into project.yaml."""
    label = {key: spec.label for key, spec in specs(Change).items()}
    grounds = "、".join(regulation.words.get("grounds", {}))
    yield f"    办理以后在 project.yaml 的 {named('changes')}里记上："
    yield f"      - on: {change.on}  # 改成{label['on']}"
    yield f"        amount: {format_money(change.amount or Decimal(0))}"
    for key, value in (("goal", change.goal), ("content", change.content)):
        known = f" {str(value).lower()}" if value is not None else f"  # {label[key]}，写 true 或 false"
        yield f"        {key}:{known}"
    if grounds:
        yield from folded(
            f"ground:{f' {change.ground}' if change.ground else f'  # {grounds}，选一个'}", "        ", "        # "
        )
    if change.total_after is not None:
        yield f"        total_after: {format_money(change.total_after)}"
    for trait in regulation.words.get("change_traits", {}).values():
        asked = f"# traits: {{{trait.name}: true}} 或 false：{trait.ask}"
        yield from folded(asked, " " * 8, "        #   ")
    yield f"        scope:  # {label['scope']}"
    yield f"        reason:  # {label['reason']}"


def _surplus(follows: Consequences, regulation: Regulation, paint: Paint) -> Iterator[str]:
    if follows.surplus:
        yield "  " + say("结余")
        yield from _duties(follows.surplus, regulation, paint, "    ")
        return
    for rule in follows.left_over:
        stage = f"从“{rule.stage}”这一步起" if rule.stage else ""
        yield from folded(f"结余 {rule.title}（{rule.id}，{rule.article}）：{stage}判断，现在不适用", "  ", "      ")
