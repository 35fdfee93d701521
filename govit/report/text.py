"""文字报告：grouped by project, gravest first, with the line at fault and a summary that hides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.language import is_english, say
from govit.base.width import width
from govit.dossier.finding import Finding, Outcome, Severity
from govit.dossier.own_rules import SECRET
from govit.report.consequent import sorted_out
from govit.report.overview import by_path, law_of, natural, statistics, summary, totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from govit.judging.case import Case
    from govit.judging.judge import Judged, Report
    from govit.judging.stream import ReportHead
    from govit.report.overview import Totals

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


def render(
    report: Report,
    lines: Lines,
    *,
    colour: bool = False,
    everything: bool = False,
    quiet: bool = False,
    note: str = "",
) -> str:
    """The whole report. `lines` gives the lines of a file, None where it cannot be shown; `quiet` only what is open.

    `note` is one line more at the end.
    """
    stream = TextStream(report, lines, colour=colour, everything=everything, quiet=quiet, note=note)
    pieces = (stream.piece(told) for told in by_path(report.projects))
    return "".join([stream.first(), *pieces, *stream.last(totals(report))])


class TextStream:
    """The same, of one project after the other."""

    at_once = True

    def __init__(
        self,
        head: Report | ReportHead,
        lines: Lines,
        *,
        colour: bool = False,
        everything: bool = False,
        quiet: bool = False,
        note: str = "",
    ) -> None:
        self._head = head
        self._lines = lines
        self._paint = Paint(colour=colour)
        self._everything = everything
        self._quiet = quiet
        self._note = note

    def first(self) -> str:
        """What stands above the projects."""
        general = (f for f in self._head.general if self._everything or f.outcome in _SHOWN)
        return "\n".join([_head(self._head, self._paint), *(_finding(f, self._lines, self._paint) for f in general), ""])

    def piece(self, told: Sequence[Judged], _: Sequence[Case] = ()) -> str:
        """A project under each of its regulations, where there is something to say of it."""
        shown = (one for one in told if not self._quiet or any(f.outcome in _SHOWN for f in one.findings))
        return "".join(
            _project(one, self._lines, self._paint, everything=self._everything) + "\n" for one in shown
        )

    def add(self, piece: str) -> str:
        """A piece stands by itself."""
        return piece

    def last(self, whole: Totals, _: Iterable[str] = ()) -> Iterator[str]:
        """The summary of several projects, and the whole in figures."""
        if len(whole.rows) > 1:
            yield "\n".join(summary(whole)) + "\n\n"
        yield "\n".join(_closing(whole, self._paint, self._note)) + "\n"


class SummaryStream:
    """The ranked table or the statistics alone, of which nothing is known before the end."""

    at_once = True

    def __init__(self, render: Callable[..., str], *, colour: bool = False) -> None:
        self._render = render
        self._colour = colour

    def first(self) -> str:
        """Nothing yet."""
        return ""

    def piece(self, _: Sequence[Judged], __: Sequence[Case] = ()) -> str:
        """Nothing of a single project."""
        return ""

    def add(self, piece: str) -> str:
        """A piece stands by itself."""
        return piece

    def last(self, whole: Totals, _: Iterable[str] = ()) -> Iterator[str]:
        """All of it."""
        yield self._render(whole, colour=self._colour)


def render_summary(report: Report | Totals, *, colour: bool = False, note: str = "") -> str:
    """The ranked table alone."""
    paint = Paint(colour=colour)
    return "\n".join([_head(report, paint), *summary(report), "", *_closing(report, paint, note)]) + "\n"


def render_statistics(report: Report | Totals, *, colour: bool = False, note: str = "") -> str:
    """The findings counted, by rule, unit, stage and category."""
    paint = Paint(colour=colour)
    return "\n".join([_head(report, paint), *statistics(report), "", *_closing(report, paint, note)]) + "\n"


def _closing(report: Report | Totals, paint: Paint, note: str) -> list[str]:
    return [_summary(report, paint, note), *filter(None, (note, chosen_rules(report))), say(DISCLAIMER)]


def _head(report: Report | ReportHead | Totals, paint: Paint) -> str:
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
    of = f"  {law_of(project)}" if project.shared else ""
    head = f"■ {title}  {project.path}{of}  {stage}"
    found = sorted_out(project.findings)
    listed = sorted((f for f in found.own if everything or f.outcome in _SHOWN), key=_rank)
    body = [_finding(f, lines, paint, found.of(f)) for f in listed]
    complied, aside = project.complies, project.not_applicable
    earlier = project.earlier_law
    old = say("（其中早于施行日、依原办法 {}）").format(earlier) if earlier else ""
    tail = f"  {_tally(project.counts)}" + say("；合规 {}、不适用或未到 {}").format(complied, aside) + old
    return "\n".join([head, *body, tail]) + "\n"


def _rank(finding: Finding) -> tuple[int, int, tuple[tuple[int, str], ...], str]:
    order = {Outcome.VIOLATES: 0, Outcome.UNDETERMINED: 1, Outcome.COMPLIES: 2, Outcome.NOT_APPLICABLE: 3}
    return order[finding.outcome], -finding.severity, natural(finding.rule), finding.subject


def label_of(finding: Finding) -> str:
    """The word that stands before a finding."""
    if finding.outcome is Outcome.UNDETERMINED:
        return "待定"
    if finding.outcome is Outcome.COMPLIES:
        return "合规"
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return "不适用"
    return "已豁免" if finding.waived else _WORDS[finding.severity]


def _finding(finding: Finding, lines: Lines, paint: Paint, following: Sequence[Finding] = ()) -> str:
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
    if following:
        rows.append(f"      {consequence(following)}")
    return "\n".join(rows)


def consequence(following: Sequence[Finding]) -> str:
    """What cannot be judged because of one fault, by its rules."""
    rules = dict.fromkeys(f.rule for f in sorted(following, key=_rank))
    return say("由此无法判断 {} 项：{}；改好以后再检查").format(len(following), say("、").join(rules))


def _headline(finding: Finding) -> str:
    """What stands beside the rule: the message, or in English the rule's title, with the message below."""
    return (finding.title_en or finding.title) if is_english() else finding.message


def _where(finding: Finding, lines: Lines, paint: Paint) -> list[str]:
    place = finding.place
    where = f"{say('位置')} {place.file}"
    if place.heading or place.paragraph:
        line = f":{place.line}" if place.line else ""
        paragraph = " " + say("第 {} 段").format(place.paragraph) if place.paragraph else line
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


def verdict(report: Report | Totals, note: str = "") -> str:
    """Whether what was checked can be handed in; of a report that lists only what is new, whether errors are new."""
    counts = report.counts
    if report.chosen:
        return say("所列结论有错误，不能报送") if counts["error"] else say("所列结论没有错误，其他规则没有列出")
    if note:
        return say("有新出现的错误，不能报送") if counts["error"] else say("没有新出现的错误")
    if counts["error"]:
        return say("有错误，不能报送")
    doubts = say("，但有 {} 项无法判断").format(counts["undetermined"]) if counts["undetermined"] else ""
    return say("没有错误") + doubts


def chosen_rules(report: Report | Totals | ReportHead) -> str:
    """That only some rules were asked for, '' where all were."""
    if not report.chosen:
        return ""
    return say("只列了 {} 的结论和影响判断的错误，不是全部。").format(say("、").join(report.chosen))


def tally(report: Report | Totals) -> str:
    """The whole run in figures."""
    complied = sum(p.complies for p in report.projects)
    head = say("共 {} 个项目：").format(report.size)
    return f"{head}{_tally(report.counts)}" + say("；合规 {}。").format(complied)


def _summary(report: Report | Totals, paint: Paint, note: str) -> str:
    counts = report.counts
    code = "31" if counts["error"] else "33" if counts["undetermined"] else "32"
    return tally(report) + paint(verdict(report, note), code) + say("。")
