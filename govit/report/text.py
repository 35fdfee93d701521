"""文字报告：grouped by project, gravest first, with the line at fault and a summary that hides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.language import is_english, say
from govit.base.width import width
from govit.dossier.finding import Finding, Outcome, Severity
from govit.dossier.own_rules import SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from govit.judging.judge import Judged, Report

    Lines = Callable[[str], list[str] | None]

DISCLAIMER = "本结果供自查，不代替主管部门审查。"
_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_COLOURS = {"错误": "31", "警告": "33", "提示": "36", "待定": "35", "合规": "32", "不适用": "2", "已豁免": "34"}
_COUNTERS = {
    "error": "错误",
    "warning": "警告",
    "info": "提示",
    "undetermined": "无法判断",
    "waived": "已豁免",
    "advisory": "仅供参考",
}
_SHOWN = (Outcome.VIOLATES, Outcome.UNDETERMINED)


class Paint:
    """颜色：ANSI codes on a terminal, nothing elsewhere."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, code: str) -> str:
        """The text in a colour."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and code else text


def render(report: Report, lines: Lines, *, colour: bool = False, everything: bool = False) -> str:
    """The whole report. `lines` gives the lines of a file, None where it cannot be shown."""
    paint = Paint(colour=colour)
    blocks = [_head(report, paint)]
    blocks += [_finding(f, lines, paint) for f in report.general if everything or f.outcome in _SHOWN]
    for project in report.projects:
        blocks.append(_project(project, lines, paint, everything=everything))
    blocks.append(_summary(report, paint))
    return "\n".join(blocks) + "\n" + say(DISCLAIMER) + "\n"


def _head(report: Report, paint: Paint) -> str:
    shown = [f"{say('判断日')} {report.as_of}"]
    for regulation in report.regulations:
        status = regulation.standing(report.as_of, say)
        shown.append(f"《{regulation.title}》{regulation.document_number}（{status}）")
    if report.assume_in_force:
        shown.append(paint(say("〔假定施行〕以下结论假定所列办法在判断日施行，不是现行效力"), "1;33"))
    return "\n".join(shown) + "\n"


def _project(project: Judged, lines: Lines, paint: Paint, *, everything: bool) -> str:
    title = paint(project.name or project.id or say("（未命名项目）"), "1")
    stage = f"{say('阶段')} {project.stage or say('未知')}"
    head = f"■ {title}  {project.path}  {stage}"
    listed = sorted((f for f in project.findings if everything or f.outcome in _SHOWN), key=_rank)
    body = [_finding(f, lines, paint) for f in listed]
    complied, aside = project.complies, project.not_applicable
    earlier = project.earlier_law
    old = say("（其中早于施行日、依原办法 {}）").format(earlier) if earlier else ""
    tail = f"  {_tally(project.counts)}" + say("；合规 {}、不适用或未到 {}").format(complied, aside) + old
    return "\n".join([head, *body, tail]) + "\n"


def _rank(finding: Finding) -> tuple[int, int, str, str]:
    order = {Outcome.VIOLATES: 0, Outcome.UNDETERMINED: 1, Outcome.COMPLIES: 2, Outcome.NOT_APPLICABLE: 3}
    return order[finding.outcome], -finding.severity, finding.rule, finding.subject


def label_of(finding: Finding) -> str:
    """The word that stands before a finding."""
    if finding.outcome is Outcome.UNDETERMINED:
        return "待定"
    if finding.outcome is Outcome.COMPLIES:
        return "合规"
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return "不适用"
    return "已豁免" if finding.waived else _WORDS[finding.severity]


def _finding(finding: Finding, lines: Lines, paint: Paint) -> str:
    label = label_of(finding)
    marked = paint(say(label), _COLOURS[label])
    if finding.advisory:
        marked += say("（仅供参考，施行时为{}）").format(say(_WORDS[finding.nominal]))
    subject = f"  [{finding.subject}]" if finding.subject and finding.article else ""
    rows = [f"  {marked} {finding.rule}{subject}  {_headline(finding)}"]
    if finding.outcome in (Outcome.COMPLIES, Outcome.NOT_APPLICABLE):
        return rows[0]
    if is_english():
        rows.append(f"      {say('说明')} {finding.message}")
    rows += [f"      {row}" for row in _where(finding, lines, paint)]
    if finding.article:
        rows.append(f"      {say('依据')} {finding.article}“{finding.quote}”")
    if finding.nearest:
        rows.append(f"      {say('最接近')} {finding.nearest}")
    if finding.evidence:
        rows.append(f"      {say('实情')} " + "；".join(finding.evidence))
    if finding.waived:
        rows.append("      " + say("豁免 {}，有效期至 {}").format(finding.waived.number, finding.waived.until))
    if finding.hint:
        rows.append(f"      {say('怎么办')} {finding.hint}")
    return "\n".join(rows)


def _headline(finding: Finding) -> str:
    """What stands beside the rule: the message, or in English the rule's title, with the message below."""
    return (finding.title_en or finding.title) if is_english() else finding.message


def _where(finding: Finding, lines: Lines, paint: Paint) -> list[str]:
    place = finding.place
    where = f"{say('位置')} {place.file}"
    if place.heading or place.paragraph:
        paragraph = " " + say("第 {} 段").format(place.paragraph) if place.paragraph else f":{place.line}"
        return [f"{where}{paragraph} {place.heading or ''}".rstrip()]
    if place.line is None:
        return [where]
    shown = [f"{where}:{place.line}:{place.column or 1}"]
    if place.key:
        return [f"{where}:{place.line}" + say("（写在 {}）").format(place.key)]
    if (place.line, place.column) == (1, 1):
        return [where]
    content = None if finding.rule in SECRET else lines(place.file)
    if content is None or not 0 < place.line <= len(content):
        return shown
    text = "".join(c if c.isprintable() else "·" for c in content[place.line - 1][:120])
    number = str(place.line)
    before = text[: (place.column or 1) - 1]
    caret = " " * width(before) + paint("^", "31")
    return [*shown, f"{number} | {text}", f"{' ' * len(number)} | {caret}"]


def _tally(counts: Mapping[str, int]) -> str:
    return say("、").join(f"{say(word)} {counts[key]}" for key, word in _COUNTERS.items())


def _summary(report: Report, paint: Paint) -> str:
    counts = report.counts
    verdict = say("有错误，不能报送") if counts["error"] else say("没有错误")
    if not counts["error"] and counts["undetermined"]:
        verdict += say("，但有 {} 项无法判断").format(counts["undetermined"])
    complied = sum(p.complies for p in report.projects)
    code = "31" if counts["error"] else "33" if counts["undetermined"] else "32"
    head = say("共 {} 个项目：").format(len(report.projects))
    return f"{head}{_tally(counts)}" + say("；合规 {}。").format(complied) + paint(verdict, code) + say("。")


def render_todo(report: Report) -> str:
    """待办：what is open, by who must answer; violations are what the unit has to do."""
    blocks = []
    for project in report.projects:
        blocks.append(
            f"■ {project.name or project.id or say('（未命名项目）')}  {project.path}  "
            f"{say('阶段')} {project.stage or say('未知')}"
        )
        blocks += list(_todo(f for f in project.findings if f.outcome in _SHOWN))
    general = [f for f in report.general if f.outcome in _SHOWN]
    if general:
        blocks = [f"■ {say('卷宗')}", *_todo(general), *blocks]
    return "\n".join(blocks) + "\n" + say(DISCLAIMER) + "\n"


def _todo(findings: Iterable[Finding]) -> Iterable[str]:
    by_who: dict[str, list[Finding]] = {}
    for finding in findings:
        by_who.setdefault(finding.who, []).append(finding)
    if not by_who:
        yield "  " + say("没有待办事项")
    for who in sorted(by_who):
        yield f"  {who}："
        for finding in sorted(by_who[who], key=_rank):
            what = say("回答") if finding.place.file and finding.outcome is Outcome.UNDETERMINED else say("办理")
            cite = f"（{finding.article}）" if finding.article else ""
            yield f"    □ {what} {finding.rule} {finding.message}{cite}"
            if finding.hint:
                yield f"      {finding.hint}"
