"""审批路径的文字报告：the steps as a simple ladder, with what was done, what is next and what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.language import say
from govit.base.width import width
from govit.dossier.finding import Outcome, Severity
from govit.judging.reasons import Denial
from govit.report.text import DISCLAIMER, Paint
from govit.route.steps import STATE_WORDS, StepState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from govit.dossier.finding import Finding
    from govit.law.regulation import Regulation
    from govit.route.proof import Proof
    from govit.route.steps import Choice, Paper, Route, Routed, Step

COLUMNS = 100
SIGNS = {
    StepState.OVERDUE: "×",
    StepState.MISSED: "×",
    StepState.FAULTY: "×",
    StepState.OPEN: "●",
    StepState.UNDETERMINED: "？",
    StepState.UPCOMING: "○",
    StepState.WAITING: "○",
    StepState.EARLIER_LAW: "√",
    StepState.DONE: "√",
    StepState.MET: "√",
    StepState.NOT_APPLICABLE: "-",
}
_COLOURS = {
    StepState.OVERDUE: "31",
    StepState.MISSED: "31",
    StepState.FAULTY: "31",
    StepState.OPEN: "33",
    StepState.UNDETERMINED: "35",
    StepState.DONE: "32",
    StepState.MET: "32",
    StepState.EARLIER_LAW: "32",
    StepState.NOT_APPLICABLE: "2",
}
_BREAKS = "；、，。："
_GAP = "  "
ALLOWED = {True: "可以", False: "不可以", None: "待定"}


def render(
    projects: Sequence[Routed],
    as_of: dt.date,
    general: Sequence[Finding] = (),
    *,
    assume_in_force: bool = False,
    everything: bool = False,
    colour: bool = False,
) -> str:
    """The ladders of all projects; `general` is what is wrong with the dossiers as such."""
    paint = Paint(colour=colour)
    blocks = [_head(projects, as_of, paint, assume_in_force=assume_in_force)]
    if general:
        blocks.append("\n".join(row for error in errors_in(general) for row in folded(error, "", "  ")) + "\n")
    blocks += ["\n".join(_project(project, paint, everything=everything)) + "\n" for project in projects]
    return "\n".join(blocks) + "\n" + say(DISCLAIMER) + "\n"


def _head(projects: Sequence[Routed], as_of: dt.date, paint: Paint, *, assume_in_force: bool) -> str:
    used = {p.regulation.id: p.regulation for p in projects if p.regulation}
    rows = [f"{say('判断日')} {as_of}"]
    for _, regulation in sorted(used.items()):
        rows += folded(f"{cited(regulation)}（{status_of(regulation, as_of)}）", "", "")
    if assume_in_force:
        rows.append(paint(say("〔假定施行〕以下步骤假定所列办法在判断日施行，不是现行效力"), "1;33"))
    return "\n".join(rows) + "\n"


def cited(regulation: Regulation) -> str:
    """A regulation by its title and number, once where the title says the number already."""
    number = "" if regulation.document_number in regulation.title else regulation.document_number
    return f"《{regulation.title}》{number}"


def status_of(regulation: Regulation, as_of: dt.date) -> str:
    """Whether the regulation is in force; the steps of a draft bind nobody."""
    status = regulation.status_on(as_of)
    return regulation.standing(as_of, say) + (say("，步骤仅供参考") if status == "draft" else "")


_NO_ROUTES = "办法文件里没有写 routes（审批路径）；要列出路径的，在办法文件里写（govit help pack）"


def _project(project: Routed, paint: Paint, *, everything: bool) -> Iterator[str]:
    kind = say("涉密项目") if project.classified else f"{say('阶段')} {project.stage or say('未知')}"
    law = f"  《{project.regulation.title}》" if project.shared and project.regulation is not None else ""
    yield f"■ {paint(title_of(project), '1')}  {project.path}{law}  {kind}"
    yield from _troubles(project)
    for doubt in project.doubts:
        yield from folded(say("是否适用本办法待定：{}").format(doubt), "  ", "    ")
    for route in project.routes:
        yield ""
        yield from _route(route, paint, everything=everything)
    if project.regulation and not project.routes and not errors_of(project):
        none_fits = say("没有与本项目相符的审批路径，请核对下列各项（--all 列出各条路径的条件）")
        yield "  " + (none_fits if project.regulation.routes else say(_NO_ROUTES))
    yield from _others(project, everything=everything)


def title_of(project: Routed) -> str:
    """What a project is called."""
    return project.name or project.id or say("（未命名项目）")


def errors_of(project: Routed) -> list[str]:
    """What is wrong with the project's own files, each with its place."""
    return errors_in(project.findings)


def errors_in(findings: Sequence[Finding]) -> list[str]:
    """The errors among findings, each with its place."""
    found = [f for f in findings if f.severity is Severity.ERROR and f.outcome is Outcome.VIOLATES]
    return [f"{f.place.file}:{f.place.line or 1} {f.rule} {f.message}" for f in found]


def _troubles(project: Routed) -> Iterator[str]:
    errors = errors_of(project)
    if not errors:
        return
    if project.routes or project.classified:
        yield "  " + say("元数据有 {} 处错误，先改正再看下面的步骤（govit check 列出全部）：").format(len(errors))
    else:
        yield "  " + say("列不出审批路径，先改正：")
    for error in errors:
        yield from folded(error, "    ", "      ")


def _others(project: Routed, *, everything: bool) -> Iterator[str]:
    shown = [other for other in project.others if everything or other.open]
    if shown:
        yield ""
    for other in shown:
        why = "；".join(other.reasons) or say("没有适用的步骤")
        yield from folded(f"{say('另有路径')} {other.name}（{other.article}）：{why}", "  ", "    ")


# -- a route ---------------------------------------------------------------------------------------


def _route(route: Route, paint: Paint, *, everything: bool) -> Iterator[str]:
    word = say("路径") if route.certain else say("路径待定")
    yield from folded(f"{word} {paint(route.name, '1')}（{route.article}）", "  ", "    ")
    if route.reasons:
        yield from folded(f"{say('因为')} {'；'.join(route.reasons)}", "  ", "       ")
    if route.missing:
        yield from folded(f"{say('还要填写')} {'；'.join(route.missing)}", "  ", "    ")
    if route.channel:
        yield from folded(f"{say('渠道')} {route.channel}", "  ", "       ")
    numbers = numbered(route)
    listed = [step for step in route.steps if everything or step in numbers]
    for step in listed:
        yield from _step(step, route, numbers.get(step), paint, last=step is listed[-1])
    if route.steps:
        yield from _sum(route, everything=everything)


def numbered(route: Route) -> dict[Step, int]:
    """The steps that apply, each with its number."""
    applying = [step for step in route.steps if step.state is not StepState.NOT_APPLICABLE]
    return {step: number for number, step in enumerate(applying, 1)}


def _step(step: Step, route: Route, number: int | None, paint: Paint, *, last: bool) -> Iterator[str]:
    following = step is route.next
    stem = "└" if last else "├"
    below = "  │          " if not last else "             "
    mark = paint(f"{SIGNS[step.state]} {say(STATE_WORDS[step.state])}", _COLOURS.get(step.state, ""))
    head = f"{mark}  {step.who}：{step.does}（{step.rule.article}，{step.rule.id}）"
    tail = f"  ← {say('下一步')}" if following else ""
    yield from folded(head + tail, f"  {stem}{'→' if following else '─'} {number or '-':>2} ", below)
    for word, text in notes(step, route):
        yield from folded(say(word).format(text), below, below + "     ")
    for choice in step.choices:
        yield from folded(f"{say('择一')} {choice_of(choice)}", below, below + "     ")


def notes(step: Step, route: Route) -> Iterator[tuple[str, str]]:
    """What is told of a step below its line, each with its label."""
    why = conditions(step, route)
    if why:
        yield "原因 {}" if step.state is StepState.NOT_APPLICABLE else "条件 {}", "；".join(why)
    if step.state is StepState.NOT_APPLICABLE:
        return
    if step.proofs:
        due = f"（期限 {step.due}）" if step.due and step.state in (StepState.DONE, StepState.FAULTY) else ""
        yield "办理 {}", "；".join(proof_of(proof, step.to or step.body) for proof in step.proofs) + due
    if step.details and not step.missing:
        yield "情况 {}", "；".join(step.details)
    if step.missing:
        yield "要填 {}", "；".join(step.missing)
    if step.papers:
        yield "材料 {}", "  ".join(paper_of(paper) for paper in step.papers)


def conditions(step: Step, route: Route) -> tuple[str, ...]:
    """Why a step applies, without what the whole route was said not to be."""
    return tuple(t for t in step.reasons if t not in route.reasons or not isinstance(t, Denial))


def proof_of(proof: Proof, body: str) -> str:
    """A record as it is shown: the body if it is not the step's own, what, when, under which number."""
    who = "" if proof.list == "documents" or proof.body in ("", body) else f"{proof.body} "
    parts = (f"{who}{proof.kind}", str(proof.day or say("日期未写")), proof.number)
    return " ".join(part for part in parts if part)


def paper_of(paper: Paper) -> str:
    """A paper, present or missing."""
    several = "之一" if len(paper.kinds) > 1 else ""
    return f"{'√' if paper.present else '×'}{'、'.join(paper.kinds)}{several}"


def choice_of(choice: Choice) -> str:
    """A choice in words: what may be brought, whether, why, and whether it was."""
    papers = "、".join("或".join(kinds) for kinds in choice.papers)
    way = say("合并编报 {}").format(papers) if choice.merged else papers
    article = f"（{choice.article}）" if choice.article else ""
    why = "；".join(choice.reasons)
    reasons = f"，{say('要填 {}').format(why) if choice.allowed is None else why}" if why else ""
    taken = say("；本项目按此编报") if choice.taken else ""
    return f"{say(ALLOWED[choice.allowed])}：{way}{article}{reasons}{taken}"


def _sum(route: Route, *, everything: bool) -> Iterator[str]:
    numbers = numbered(route)
    counts = [(state, sum(1 for step in numbers if step.state is state)) for state in StepState]
    said = say("、").join(f"{say(STATE_WORDS[state])} {count}" for state, count in counts if count)
    idle = len(route.steps) - len(numbers)
    aside = say("；不适用 {} 步").format(idle) if idle else ""
    hint = say("（--all 列出）") if idle and not everything else ""
    yield from folded(
        f"{say('共 {} 步：').format(len(numbers))}{said}{aside}{hint}{_then(route, numbers)}", "  ", "    "
    )


def _then(route: Route, numbers: dict[Step, int]) -> str:
    following = route.next
    if following is not None:
        return say("；下一步是第 {} 步，{}：{}").format(numbers[following], following.who, following.does)
    return say("；没有现在要办的步骤") if route.certain else say("；先填写所缺的，才能确定下一步")


# -- lines -----------------------------------------------------------------------------------------


def folded(text: str, first: str, rest: str, columns: int = COLUMNS) -> Iterator[str]:
    """A text in lines of so many columns, broken at a gap or after a mark of punctuation where there is one."""
    line, begun, taken = first, len(first), width(first)
    for piece in _pieces(text):
        if len(line) > begun and taken + width(piece) > columns:
            yield line.rstrip()
            line, begun, taken = rest, len(rest), width(rest)
            piece = piece.lstrip()  # noqa: PLW2901 - a line does not begin with a blank
        for letter in piece:
            if taken + width(letter) > columns:
                yield line
                line, taken = rest, width(rest)
            line += letter
            taken += width(letter)
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for n, letter in enumerate(text, 1):
        mark = letter in _BREAKS and text[n : n + 1] not in _BREAKS
        if mark or text.endswith(_GAP, start, n):
            yield text[start:n]
            start = n
    yield text[start:]
