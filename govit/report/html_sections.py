"""网页上的项目：what the page shows of each project, with texts that many findings share told once."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from govit.base.language import is_english, say
from govit.base.records import named_record, record
from govit.deadlines.dates import SOON, DeadlineState
from govit.deadlines.dossiers import of_cases
from govit.dossier.finding import Finding, Outcome
from govit.report import deadlines as dates
from govit.report.consequent import sorted_out
from govit.report.html_change import shown
from govit.report.html_charts import CLASS_OF as CLASS_OF_DATE
from govit.report.html_charts import DateLine, date_line
from govit.report.html_matrix import matrix
from govit.report.mermaid import CLASS_OF as CLASS_OF_STEP
from govit.report.overview import GRAVEST, gravity, natural, ranked
from govit.report.route import notes, numbered, proof_of
from govit.report.text import consequence
from govit.route.routing import route
from govit.route.steps import STATE_WORDS, StepState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govit.change.result import Result
    from govit.deadlines.dates import Deadline
    from govit.judging.case import Case
    from govit.judging.judge import Judged, Report
    from govit.report.html_change import ChangeShown
    from govit.report.html_matrix import MatrixShown
    from govit.report.overview import Headline
    from govit.route.steps import Route, Step

WHOLE = 200
"""In a pile of more projects than this, of a route only what is open is listed, with what the next step takes."""
_MARKUP = 170
"""Bytes that the tags around a finding take."""
SHARED = 20
"""A remedy that stands with more findings than this is told once, and each of them leads to it."""
KINDS = {
    "error": "错误",
    "warning": "警告",
    "undetermined": "无法判断",
    "waived": "已豁免",
    "info": "提示",
    "advisory": "仅供参考",
}
_OPEN = (Outcome.VIOLATES, Outcome.UNDETERMINED)
_SETTLED = (StepState.UPCOMING, StepState.WAITING, StepState.DONE, StepState.MET, StepState.EARLIER_LAW)
"""States of a step that nobody has to look at now."""


@record
class Law:
    """依据: a sentence of a regulation that findings cite, once in the page."""

    document_number: str
    article: str
    quote: str


@named_record
class FindingShown:
    """One finding. `law` and `remedy` are numbers of texts that stand at the end of the page."""

    rule: str
    kind: str
    mark: int
    title: str
    subject: str
    message: str
    place: str
    article: str
    law: int
    rows: tuple[tuple[str, str], ...]
    hint: str
    remedy: int


@record
class FindingGroup:
    """Findings of one kind."""

    kind: str
    word: str
    findings: tuple[FindingShown, ...]


@named_record
class StepShown:
    """A step of the route."""

    number: int
    kind: str
    word: str
    text: str
    basis: str
    following: bool
    notes: tuple[str, ...]


@named_record
class RouteShown:
    """A route with its steps."""

    name: str
    article: str
    certain: bool
    rows: tuple[str, ...]
    steps: tuple[StepShown, ...]
    rest: str
    """How many steps are not listed, by their states."""


@record
class DateShown:
    """A deadline in the list below the line."""

    kind: str
    word: str
    day: str
    left: str
    duty: str
    basis: str


@named_record
class Beside:
    """What is told of a project beside its findings."""

    year: int | None
    routes: tuple[RouteShown, ...]
    dates: tuple[DateShown, ...]
    line: DateLine | None
    matrix: MatrixShown | None


NOTHING = Beside(year=None, routes=(), dates=(), line=None, matrix=None)


@named_record
class Section:
    """一个项目."""

    number: int
    project: Judged
    counts: Mapping[str, int]
    gravest: Headline | None
    law: str
    groups: tuple[FindingGroup, ...]
    left: int
    """How many findings had no room in the page."""
    beside: Beside
    change: ChangeShown | None
    """Beside its approved revision, where one was asked for."""

    @property
    def year(self) -> int | None:
        """The year of the plan that the project belongs to."""
        return self.beside.year


class Sections:
    """The projects of a report, and the texts to which they lead."""

    def __init__(self, report: Report, cases: Iterable[Case], changes: Result | None = None) -> None:
        self.report = report
        self._findings_of = {_place(project): project.findings for project in report.projects}
        self._changes = {one.path: shown(one) for one in changes.projects} if changes else {}
        self._hints = Counter(f.hint for f in report.findings if f.outcome in _OPEN)
        self._listed, self._size = self._fitting(None)
        self._laws: dict[tuple[str, str, str], int] = {}
        self._remedies: dict[str, int] = {}
        self._rules: dict[str, tuple[int, str]] = {}
        self._general: dict[tuple[str, ...], Deadline] = {}
        self._whole = len(report.projects) <= WHOLE
        self._beside = dict(self._of_cases(cases))

    # -- what stands in the page -----------------------------------------------------------------

    def ranked(self) -> list[Section]:
        """The projects, the worst first."""
        return [
            Section(
                number=number,
                project=row.project,
                counts=row.counts,
                gravest=row.gravest,
                law=row.project.regulation.title if row.project.regulation else "",
                groups=self.groups(self._findings_of[_place(row.project)]),
                left=sum(f.outcome in _OPEN and id(f) not in self._listed for f in self._findings_of[_place(row.project)]),
                beside=self._beside.get(_place(row.project), NOTHING),
                change=self._changes.get(row.project.path),
            )
            for number, row in enumerate(ranked(self.report), 1)
        ]

    def groups(self, findings: Sequence[Finding]) -> tuple[FindingGroup, ...]:
        """What is open, by kind, the gravest first."""
        follows = sorted_out(findings)
        open_ = sorted((f for f in findings if id(f) in self._listed), key=gravity)
        return tuple(
            FindingGroup(kind, say(KINDS[kind]), tuple(self._finding(f, follows.of(f)) for f in mine))
            for kind, mine in groupby(open_, key=lambda f: f.counts_as)
        )

    def laws(self) -> list[Law]:
        """The sentences that are cited, in the order of their numbers."""
        return [Law(*text) for text in self._laws]

    def remedies(self) -> list[str]:
        """The remedies that many findings share, in the order of their numbers."""
        return list(self._remedies)

    def rules(self) -> list[tuple[int, str, str]]:
        """The rules of the findings, each with the number by which the findings name it."""
        found = ((number, rule, title) for rule, (number, title) in self._rules.items())
        return sorted(found, key=lambda each: natural(each[1]))

    def general_dates(self) -> tuple[DateShown, ...]:
        """The days that concern no single project."""
        return tuple(self._date(d) for d in self._general.values() if _is_shown(d))

    def shorten(self, over: int) -> bool:
        """Leave out findings that take so many bytes; whether there were any left to leave out."""
        if not self._listed:
            return False
        self._listed, self._size = self._fitting(max(self._size - over - _MARKUP, 0))
        self._laws, self._remedies, self._rules = {}, {}, {}
        return True

    def _fitting(self, room: int | None) -> tuple[set[int], int]:
        """The findings for which there is room, by their own numbers: errors of every project before any warning."""
        findings = [*self.report.general, *(f for row in ranked(self.report) for f in self._findings_of[_place(row.project)])]
        listed, taken = set(), 0
        for finding in sorted((f for f in findings if f.outcome in _OPEN), key=lambda f: GRAVEST.index(f.counts_as)):
            size = _MARKUP + _size(finding) + (0 if self._is_shared(finding) else len(finding.hint.encode()))
            if room is not None and taken + size > room:
                break
            taken += size
            listed.add(id(finding))
        return listed, taken

    def _is_shared(self, finding: Finding) -> bool:
        return self._hints[finding.hint] > SHARED

    # -- findings --------------------------------------------------------------------------------

    def _finding(self, finding: Finding, following: Sequence[Finding]) -> FindingShown:
        title = (finding.title_en or finding.title) if is_english() else finding.title
        number, _ = self._rules.setdefault(finding.rule, (len(self._rules), title))
        shared = self._is_shared(finding)
        return FindingShown(
            rule=finding.rule,
            kind=finding.counts_as,
            mark=number,
            title=title if is_english() else "",
            subject=finding.subject if finding.article else "",
            message=finding.message,
            place=place_of(finding),
            article=finding.article or "",
            law=self._law(finding) if finding.article else -1,
            rows=tuple(_rows(finding, following)),
            hint="" if shared else finding.hint,
            remedy=self._remedies.setdefault(finding.hint, len(self._remedies)) if shared and finding.hint else -1,
        )

    def _law(self, finding: Finding) -> int:
        text = finding.document_number or "", finding.article or "", finding.quote or ""
        return self._laws.setdefault(text, len(self._laws))

    # -- routes and dates ------------------------------------------------------------------------

    def _of_cases(self, cases: Iterable[Case]) -> Iterator[tuple[tuple[str, str], Beside]]:
        """Of a classified project nothing is told but its findings."""
        for _, group in groupby(cases, key=lambda case: id(case.dossier)):
            mine = [case for case in group if not case.project.classified]
            if not mine:
                continue
            listing = of_cases(mine, mine[0].options, SOON)
            self._general |= {d.key: d for d in listing.deadlines if d.project is None}
            for case in mine:
                mine_alone = (d for d in listing.deadlines if d.project == case.path and _is_of(d, case))
                shown = [d for d in mine_alone if _is_shown(d)]
                yield (
                    _place(case),
                    Beside(
                        year=case.project.year or case.project.settings.year,
                        routes=tuple(_route(taken, whole=self._whole) for taken in route(case).routes),
                        dates=tuple(map(self._date, shown)),
                        line=date_line(shown, self.report.as_of),
                        matrix=matrix(case.project) if self._whole else None,
                    ),
                )

    def _date(self, deadline: Deadline) -> DateShown:
        done = say("{} 完成").format(deadline.done) if deadline.done else ""
        duty = deadline.duty_en if is_english() and deadline.duty_en else deadline.duty
        return DateShown(
            CLASS_OF_DATE[deadline.state],
            dates.said(deadline.state, SOON),
            str(deadline.day or "—"),
            dates.days_word(deadline, self.report.as_of) or done,
            f"{duty}（{deadline.about}）" if dates.about(deadline) else duty,
            dates.basis(deadline),
        )


def _size(finding: Finding) -> int:
    """About how many bytes the texts of a finding take that are its own."""
    texts = (finding.message, finding.subject, place_of(finding), finding.nearest or "", *finding.evidence)
    return sum(len(text.encode()) for text in (*texts, finding.title_en if is_english() else ""))


def _place(of: Judged | Case) -> tuple[str, str]:
    """A project under one regulation."""
    return of.path, of.regulation.id if of.regulation is not None else ""


def _is_of(deadline: Deadline, case: Case) -> bool:
    """Whether a date is set by the regulation of a case, or by none."""
    return not case.project.shared or deadline.regulation in ("", _place(case)[1])


def _is_shown(deadline: Deadline) -> bool:
    """What has a day, or would have one if more were known; not what still waits for something to happen."""
    if deadline.state is DeadlineState.NOT_APPLICABLE:
        return False
    return deadline.day is not None or deadline.state is DeadlineState.UNDETERMINED


def place_of(finding: Finding) -> str:
    """Where to look, on one line; a file of the project from its folder, which stands above."""
    place = finding.place
    file = place.file.removeprefix(f"{finding.project}/") if finding.project else place.file
    if place.heading or place.paragraph:
        paragraph = say("第 {} 段").format(place.paragraph) if place.paragraph else ""
        line = "" if paragraph or place.line is None else f":{place.line}"
        return " ".join(filter(None, (f"{file}{line}", paragraph, place.heading)))
    if place.line is None:
        return file
    if place.key:
        return f"{file}:{place.line}" + say("（写在 {}）").format(place.key)
    return f"{file}:{place.line}:{place.column or 1}"


def _rows(finding: Finding, following: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """What else is told of a finding, each with its label."""
    if finding.advisory:
        yield say("仅供参考"), say("施行时为{}").format(say(KINDS[finding.nominal.word]))
    if finding.nearest:
        yield say("最接近"), finding.nearest
    if finding.evidence:
        yield say("实情"), "；".join(finding.evidence)
    if finding.waived:
        yield say("已豁免"), say("豁免 {}，有效期至 {}").format(finding.waived.number, finding.waived.until)
    if following:
        yield say("由此而来"), consequence(following)


def _route(taken: Route, *, whole: bool) -> RouteShown:
    rows = []
    if taken.reasons:
        rows.append(f"{say('因为')} {'；'.join(taken.reasons)}")
    if taken.missing:
        rows.append(f"{say('还要填写')} {'；'.join(taken.missing)}")
    if taken.channel:
        rows.append(f"{say('渠道')} {taken.channel}")
    numbers = numbered(taken)
    listed = [step for step in numbers if whole or step.state not in _SETTLED or step is taken.next]
    rest = Counter(step.state for step in numbers if step not in listed)
    return RouteShown(
        name=taken.name,
        article=taken.article,
        certain=taken.certain,
        rows=tuple(rows),
        steps=tuple(_step(step, taken, numbers[step], whole=whole) for step in listed),
        rest=say("、").join(f"{say(STATE_WORDS[state])} {rest[state]}" for state in StepState if rest[state]),
    )


def _step(step: Step, taken: Route, number: int, *, whole: bool) -> StepShown:
    """A step; what it takes is told while it is open, and of one that is settled its record."""
    following = step is taken.next
    if not (whole or following):
        lines = []
    elif step.state in _SETTLED and not following:
        lines = [proof_of(proof, step.to or step.body) for proof in step.proofs]
    else:
        lines = [say(word).format(text) for word, text in notes(step, taken)]
    return StepShown(
        number=number,
        kind=CLASS_OF_STEP[step.state],
        word=say(STATE_WORDS[step.state]),
        text=f"{step.who}：{step.does}",
        basis=f"{step.rule.article}，{step.rule.id}",
        following=following,
        notes=tuple(lines),
    )
