"""演练：every example of a regulation run against its rule, for whoever writes a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.authoring.examples import ExampleError, examples_of, outcome_of
from govit.dossier.finding import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.calendar.periods import Schedule
    from govit.law.regulation import Regulation, Rule

WORDS = {
    Outcome.COMPLIES: "合规",
    Outcome.VIOLATES: "不合规",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.UNDETERMINED: "无法判断",
}


def run_examples(regulation: Regulation, schedule: Schedule) -> tuple[str, int]:
    """What the examples of a regulation came to, and how many of them do not hold."""
    wrong = [line for rule in regulation.rules for line in _wrong(rule, regulation, schedule)]
    run = sum(len(rule.examples) for rule in regulation.rules)
    verdict = f"{len(wrong)} 处不成立" if wrong else "全部成立"
    return "\n".join([f"{regulation.id}：{len(regulation.rules)} 条规则、{run} 个示例，{verdict}", *wrong]) + "\n", len(
        wrong
    )


def _wrong(rule: Rule, regulation: Regulation, schedule: Schedule) -> Iterator[str]:
    try:
        examples = examples_of(rule, regulation)
    except (KeyError, ValueError) as error:
        yield f"  第 {rule.line} 行 {rule.id}：示例写法有误：{error}"
        return
    expected = {example.expected for example in examples}
    needed = {Outcome.COMPLIES, Outcome.VIOLATES} | ({Outcome.NOT_APPLICABLE} if rule.when.tests else set())
    for outcome in sorted(needed - expected, key=lambda o: o.value):
        yield f"  第 {rule.line} 行 {rule.id}：缺少一个“{WORDS[outcome]}”的示例"
    for example in examples:
        try:
            outcome, found = outcome_of(rule, regulation, example, schedule)
        except ExampleError as error:
            yield f"  第 {example.line} 行 {rule.id}：{error}"
            continue
        if outcome is not example.expected:
            said = "；".join(f.message for f in found) or "没有结论"
            yield f"  第 {example.line} 行 {rule.id}：应当{WORDS[example.expected]}，结果是{WORDS[outcome]}（{said}）"
