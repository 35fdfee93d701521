"""流程图：the route as a Mermaid flowchart in Markdown, as GitHub, GitLab and Gitee show it.

Names come from strangers: nothing of them may end a label, open a tag, start a directive or close the fence. So in
labels every mark of ASCII punctuation that could is written as an entity, and in Markdown it is escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.language import say
from govit.report.route import (
    ALLOWED,
    SIGNS,
    choice_of,
    cited,
    conditions,
    errors_in,
    errors_of,
    numbered,
    status_of,
    title_of,
)
from govit.report.text import DISCLAIMER
from govit.route.steps import STATE_WORDS, StepState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from govit.dossier.finding import Finding
    from govit.route.steps import Route, Routed, Step

_PLAIN = re.compile(r"[^\w ,./+\-\u0080-\U0010ffff]", re.ASCII)
_MARKED = re.compile(r"([!-+:-@\[-`{-~])")
_CLASSES = {
    "done": "fill:#dff0e1,stroke:#2e7d32,color:#1b1b1b",
    "now": "fill:#fff3cd,stroke:#b26a00,color:#1b1b1b",
    "bad": "fill:#f8d7da,stroke:#b3261e,color:#1b1b1b",
    "unclear": "fill:#ece3f7,stroke:#6a3fa0,color:#1b1b1b",
    "later": "fill:#f2f2f2,stroke:#8a8a8a,color:#1b1b1b",
    "next": "stroke-width:4px",
}
CLASS_OF = {
    StepState.OVERDUE: "bad",
    StepState.MISSED: "bad",
    StepState.FAULTY: "bad",
    StepState.OPEN: "now",
    StepState.UNDETERMINED: "unclear",
    StepState.UPCOMING: "later",
    StepState.WAITING: "later",
    StepState.EARLIER_LAW: "done",
    StepState.DONE: "done",
    StepState.MET: "done",
}


def render(
    projects: Sequence[Routed], as_of: dt.date, general: Sequence[Finding] = (), *, assume_in_force: bool = False
) -> str:
    """One heading and one diagram for each project; `general` is what is wrong with the dossiers as such."""
    assumed = say("（假定施行）") if assume_in_force else ""
    errors = "".join(f"- {marked(error)}\n" for error in errors_in(general))
    blocks = ["\n".join(_project(project, as_of, assumed)) for project in projects]
    return "\n".join([*([errors] if errors else []), *blocks]) + f"\n{say(DISCLAIMER)}\n"


def _project(project: Routed, as_of: dt.date, assumed: str) -> Iterator[str]:
    yield f"## {marked(title_of(project))}"
    yield ""
    regulation = project.regulation
    if regulation:
        status = status_of(regulation, as_of)
        yield f"{marked(cited(regulation))}（{status}）{assumed}{say('，判断日 {}。').format(as_of)}"
        yield ""
    errors = errors_of(project)
    if errors:
        yield from (f"- {marked(error)}" for error in errors)
        yield ""
    if not project.routes:
        yield say("没有可画的审批路径。")
        yield ""
        return
    yield "```mermaid"
    yield "flowchart TB"
    for name, style in _CLASSES.items():
        yield f"  classDef {name} {style}"
    for number, route in enumerate(project.routes, 1):
        yield from _route(route, f"r{number}")
    yield "```"
    yield ""


def _route(route: Route, start: str) -> Iterator[str]:
    word = say("路径") if route.certain else say("路径待定")
    lines = [f"{word} {route.name}（{route.article}）", *route.reasons, route.channel]
    lines += [f"{say('还要填写')} {'；'.join(route.missing)}"] if route.missing else []
    yield f"  {start}([{label(lines)}])"
    before = start
    following = route.next
    for step, number in numbered(route).items():
        node = f"{start}s{number}"
        yield from _choices(step, node, before)
        if not step.choices:
            yield f"  {before} --> {node}"
        yield f"  {node}[{label(_lines(step, route, number))}]"
        yield f"  class {node} {CLASS_OF[step.state]}"
        if step is following:
            yield f"  class {node} next"
        before = node


def _choices(step: Step, node: str, before: str) -> Iterator[str]:
    """What may be brought, one node each, between the step before and this one."""
    for number, choice in enumerate(step.choices, 1):
        way = f"{node}c{number}"
        line = "-->" if choice.allowed else "-.->"
        yield f"  {before} {line}|{label([say(ALLOWED[choice.allowed])])}| {way}{{{{{label([choice_of(choice)])}}}}}"
        yield f"  {way} {line} {node}"


def _lines(step: Step, route: Route, number: int) -> list[str]:
    done = "；".join(f"{p.day or say('日期未写')} {p.number}".strip() for p in step.proofs)
    state = f"{SIGNS[step.state]} {say(STATE_WORDS[step.state])} {done}".rstrip()
    told = [] if step.state in (StepState.DONE, StepState.MET) else [*(step.missing or step.details)]
    why = "；".join(conditions(step, route))
    first = say("第 {} 步 {}").format(number, step.who)
    return [first, step.does, step.rule.article, why and say("条件 {}").format(why), state, *told]


def label(lines: Sequence[str]) -> str:
    """A quoted label of several lines."""
    return '"' + "<br/>".join(escaped(line) for line in lines if line) + '"'


def escaped(text: str) -> str:
    """A text inside a quoted label: what is not plainly harmless becomes an entity."""
    return _PLAIN.sub(lambda found: f"#{ord(found[0])};", _printable(text))


def marked(text: str) -> str:
    """A text in a line of Markdown, no mark of which means anything."""
    return _MARKED.sub(r"\\\1", _printable(text))


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
