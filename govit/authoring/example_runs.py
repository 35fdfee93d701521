"""演练：every example of a regulation run against its rule, for whoever writes a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.authoring.examples import ExampleError, examples_of, faults_of_base, outcome_of
from govit.authoring.unused import unused
from govit.dossier.finding import Outcome
from govit.yamltext.faults import MAX_LISTED, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.authoring.examples import Example
    from govit.calendar.periods import Schedule
    from govit.law.regulation import Regulation, Rule

_UNPROVEN = "先改正规则或示例；编写当中要先看结果的，加 --unproven"
WORDS = {
    Outcome.COMPLIES: "合规",
    Outcome.VIOLATES: "不合规",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.UNDETERMINED: "无法判断",
}


def run_examples(regulation: Regulation, schedule: Schedule) -> tuple[str, int]:
    """What the examples of a regulation came to, and how many lines there are to mend: wrong ones and missing ones.

    What nothing uses is told as well and not counted.
    Where the model project itself cannot be read, that is told once, and nothing is run on it.
    """
    broken = [
        f"  {_place(fault.line, fault.file)} base：{fault.message}{'；' * bool(fault.hint)}{fault.hint}"
        for fault in faults_of_base(regulation)
    ]
    if broken:
        head = f"{regulation.id}：base（样板项目）有 {len(broken)} 处错误，示例没有运行"
        return "\n".join([head, *broken]) + "\n", len(broken)
    wrong: list[str] = []
    missing: list[str] = []
    for rule in regulation.rules:
        try:
            examples = examples_of(rule, regulation)
        except (KeyError, ValueError) as error:
            wrong.append(f"  第 {rule.line} 行 {rule.id}：示例写法有误：{error}")
            continue
        missing += _missing(rule, examples)
        wrong += _wrong(rule, examples, regulation, schedule)
    run = sum(len(rule.examples) for rule in regulation.rules)
    verdict = f"{len(wrong)} 处不成立" if wrong else "全部成立"
    lacking = f"，还缺 {len(missing)} 个示例" if missing else ""
    head = f"{regulation.id}：{len(regulation.rules)} 条规则、{run} 个示例，{verdict}{lacking}"
    return "\n".join([head, *wrong, *missing, *_unused(regulation)]) + "\n", len(wrong) + len(missing)


def unproven(regulation: Regulation, schedule: Schedule) -> list[Fault]:
    """Each example of a pack that does not hold, and each fault of the base that they rest on: not to be judged by.

    A pack without examples says nothing that could fail.
    """
    if not any(rule.examples for rule in regulation.rules):
        return []
    faults = list(faults_of_base(regulation))
    if faults:
        return faults[:MAX_LISTED]
    for rule in regulation.rules:
        try:
            found = list(_faults_of(rule, examples_of(rule, regulation), regulation, schedule))
        except (KeyError, ValueError) as error:
            found = [Fault("GOV-109", f"{rule.id} 的示例写法有误：{error}", rule.line, 1, _UNPROVEN)]
        faults += found
        if len(faults) >= MAX_LISTED:
            break
    return faults[:MAX_LISTED]


def _faults_of(rule: Rule, examples: Sequence[Example], regulation: Regulation, schedule: Schedule) -> Iterator[Fault]:
    for example, message in _failing(rule, examples, regulation, schedule):
        said = f"{rule.id} 的示例不成立：{message}"
        yield Fault("GOV-109", said, example.line, 1, _UNPROVEN, file=example.file)


def _unused(regulation: Regulation) -> Iterator[str]:
    """What nothing uses: told, but nothing that must be mended, since a project may record it all the same."""
    for where, name in unused(regulation):
        yield f"  提醒 {where}“{name}”：没有规则、事实、阶段、路径或表格用到；写错的改正，多余的删去，只供记录的写明 article"


def _missing(rule: Rule, examples: Sequence[Example]) -> Iterator[str]:
    """Each outcome that the rule can have and no example shows."""
    expected = {example.expected for example in examples}
    needed = (Outcome.COMPLIES, Outcome.VIOLATES, *([Outcome.NOT_APPLICABLE] if rule.own_when else []))
    for outcome in needed:
        if outcome not in expected:
            yield f"  第 {rule.line} 行 {rule.id}：缺少一个“{WORDS[outcome]}”的示例"


def _wrong(rule: Rule, examples: Sequence[Example], regulation: Regulation, schedule: Schedule) -> Iterator[str]:
    for example, message in _failing(rule, examples, regulation, schedule):
        yield f"  {_place(example.line, example.file)} {rule.id}：{message}"


def _place(line: int | None, file: str) -> str:
    """A line, with the file where that is not the pack itself."""
    return f"{file} 第 {line} 行" if file else f"第 {line} 行"


def _failing(
    rule: Rule, examples: Sequence[Example], regulation: Regulation, schedule: Schedule
) -> Iterator[tuple[Example, str]]:
    """Each example that does not hold, and why."""
    for example in examples:
        try:
            outcome, found = outcome_of(rule, regulation, example, schedule)
        except ExampleError as error:
            yield example, str(error)
            continue
        if outcome is not example.expected:
            said = "；".join(f.message for f in found) or "没有结论"
            yield example, f"应当{WORDS[example.expected]}，结果是{WORDS[outcome]}（{said}）"
