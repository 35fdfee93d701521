"""演练：every example of a regulation run against its rule, for whoever writes a pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from govit.authoring.bounds import untried
from govit.authoring.examples import ExampleError, examples_of, faults_of_base, outcome_of
from govit.authoring.unsaid import unsaid, wrong_validity
from govit.authoring.unused import apart, not_demanded, unused
from govit.base.dates import parse_date
from govit.dossier.finding import Outcome
from govit.yamltext.faults import MAX_LISTED, Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from govit.authoring.examples import Example
    from govit.calendar.periods import Schedule
    from govit.dossier.finding import Finding
    from govit.law.regulation import Regulation, Rule, Sentence

_UNPROVEN = "先改正规则或示例；编写当中要先看结果的，加 --unproven"
_HOW_TO_BEGIN = (
    "在办法旁边写 {}.examples.yaml：base 写一个没有问题的项目，examples 按规则编号写示例；样子见 govit help pack-story"
)
_NOT_TRIED = (
    "条件在样板项目上不成立，“是”“否”和没有回答都没有试到；写一个条件成立的示例，"
    "例如 {{is: complies, set: {{…, answers.{}: 是}}}}，就在它上面试"
)
"""Of a question, whose answers are tried by themselves."""
_SHOWN = 20
"""Characters of a sentence."""
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
    undecided = [f"  第 {one.line} 行 {_undecided(one)}" for one in regulation.undecided]
    open_ = f"；还有 {len(undecided)} 句待定" if undecided else ""
    if regulation.base is None and regulation.rules:
        head = f"{regulation.id}：{len(regulation.rules)} 条规则，没有 base（样板项目），示例没有运行{open_}"
        lines = [head, f"  {_HOW_TO_BEGIN.format(regulation.id)}", *undecided]
        return "\n".join([*lines, *reminders(regulation)]) + "\n", 1 + len(undecided)
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
    head = f"{regulation.id}：{len(regulation.rules)} 条规则、{run} 个示例，{verdict}{lacking}{open_}"
    lines = [head, *wrong, *missing, *undecided, *_untried(regulation, schedule), *reminders(regulation)]
    return "\n".join(lines) + "\n", len(wrong) + len(missing) + len(undecided)


def unproven(regulation: Regulation, schedule: Schedule) -> list[Fault]:
    """Each example of a pack that does not hold, and each fault of the base that they rest on: not to be judged by.

    A pack without examples says nothing that could fail. One with sentences that wait for a decision is not the law yet.
    """
    if regulation.undecided:
        first, more = regulation.undecided[0], len(regulation.undecided)
        message = f"办法还没有写完：{more} 句待定，第一句是{_undecided(first)}"
        hint = "逐句写 rules，或者写 status 和 why；编写当中要先看结果的，加 --unproven"
        return [Fault("GOV-109", message, first.line, 1, hint)]
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


def _undecided(sentence: Sentence) -> str:
    text = sentence.text
    return f"{sentence.cite}“{text[:_SHOWN]}{'…' * (len(text) > _SHOWN)}”：{sentence.why}"


def _faults_of(rule: Rule, examples: Sequence[Example], regulation: Regulation, schedule: Schedule) -> Iterator[Fault]:
    for example, message in _failing(rule, examples, regulation, schedule):
        said = f"{rule.id} 的示例不成立：{message}"
        yield Fault("GOV-109", said, example.line, 1, _UNPROVEN, file=example.file)


def _untried(regulation: Regulation, schedule: Schedule) -> Iterator[str]:
    """Bounds that no example stands on: whether the bound itself is in, nothing would tell."""
    for rule, said, other in untried(regulation, schedule):
        yield (
            f"  提醒 第 {rule.line} 行 {rule.id}：“{said}”写成“{other}”，示例的结论都不变；"
            "写一个恰好在界限上的示例，看含不含本数写得对不对"
        )


def reminders(regulation: Regulation) -> Iterator[str]:
    """What may be a slip and need not be: told, and not counted."""
    for key, given, stated in wrong_validity(regulation):
        yield f"  提醒 {key}：{given}，条文说的是 {stated}；对照原文改正，另有文件延长或者提前的，写在 .override.yaml"
    for rule, figure in unsaid(regulation):
        yield (
            f"  提醒 第 {rule.line} 行 {rule.id}：{rule.article}里没有“{figure}”；写错的改正，"
            "有意这样写的（例如数在别的条里），在 reading 写明"
        )
    yield from (f"  提醒 {one}" for one in apart(regulation))
    yield from _unused(regulation)
    yield from _not_demanded(regulation)


def _unused(regulation: Regulation) -> Iterator[str]:
    """What nothing uses: told, but nothing that must be mended, since a project may record it all the same."""
    for where, name in unused(regulation):
        yield f"  提醒 {where}“{name}”：没有规则、事实、阶段、路径或表格用到；写错的改正，多余的删去，只供记录的写明 article"


def _not_demanded(regulation: Regulation) -> Iterator[str]:
    """Papers that only a list names: whoever means that they must be there needs a rule for it."""
    for submission, paper in not_demanded(regulation):
        yield (
            f"  提醒 words.submissions“{submission}”的 materials“{paper}”：报送清单照列，没有规则要求有这份文件，检查不看；"
            f"必须有的，另写一条 check: present, documents: [{paper}]"
        )


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
    tried = [example for example in examples if example.line == rule.line and not example.file]
    for example in examples:
        try:
            outcome, found = outcome_of(rule, regulation, example, schedule)
        except ExampleError as error:
            yield example, str(error)
            continue
        if outcome is example.expected:
            continue
        if example in tried and outcome is Outcome.NOT_APPLICABLE and rule.demand.question:
            yield example, _NOT_TRIED.format(rule.demand.question)
            return
        said = "；".join(dict.fromkeys(f.message for f in found if f.outcome is outcome)) or "没有结论"
        advice = "".join(f"；{one}" for one in _advice(example, outcome, found, schedule))
        yield example, f"应当{WORDS[example.expected]}，结果是{WORDS[outcome]}（{said}）{advice}"


def _advice(
    example: Example, outcome: Outcome, found: Sequence[Finding], schedule: Schedule
) -> Iterator[str]:
    """What an example may have overlooked: days that have not come, and last days that a notice may still move."""
    later = [day for day in _days_in(example.patch) if day > example.as_of]
    if later:
        yield f"set 里的 {later[0]} 晚于判断日 {example.as_of}，那一天还没有来；写一个更晚的 as_of"
    open_ = [f.due for f in found if f.due is not None and schedule.is_open(f.due)]
    if outcome is Outcome.UNDETERMINED and open_:
        known = max(schedule.years, default=0)
        yield f"{open_[0].year} 年的放假安排没有收录；示例用 {known} 年及以前的日子，或者离期限满远一些（例如晚二十天）"


def _days_in(part: object) -> Iterator[dt.date]:
    """Every day that an example sets."""
    if isinstance(part, str):
        try:
            yield parse_date(part)
        except ValueError:
            return
    elif isinstance(part, Mapping):
        yield from (day for one in part.values() for day in _days_in(one))
    elif isinstance(part, list):
        yield from (day for one in part for day in _days_in(one))
