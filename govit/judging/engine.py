"""判断：evaluate(project, regulation, index, on) -> findings. Pure and short.

A check kind says whether a duty is met; here it is decided whether the duty is due at all (stage),
under which law (day), how grave it is, and which of several findings of one duty is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from govit.base.records import field, named_record, record, replace
from govit.base.wording import Wording, beside, joined
from govit.dossier.finding import Finding, Outcome, Place, Severity, ToFill
from govit.dossier.lists import LISTS, kinds_of, name_of
from govit.dossier.own_rules import GOV_RULES
from govit.judging.checks.table import verdicts
from govit.judging.checks.verdict import Verdict, not_applicable, unknown
from govit.judging.consequences import ToldTogether, told_together
from govit.judging.facts import Facts
from govit.judging.figures import reading_of
from govit.judging.judgement import Judgement
from govit.judging.law_of_day import days_of
from govit.judging.reasons import to_fill_of
from govit.judging.selection import is_chosen
from govit.judging.stages import Progress, progress
from govit.judging.values import RuleError
from govit.law.conditions import describe_ref

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from govit.calendar.periods import Schedule
    from govit.dossier.model import Index, Project, Record
    from govit.judging.figures import Reading
    from govit.judging.law_of_day import Days
    from govit.judging.lost import Gap
    from govit.law.conditions import Ref
    from govit.law.kinds.demand import Demand
    from govit.law.regulation import Regulation, Rule


@named_record
class Options:
    """How a run judges: the day, a stage to judge as if about to make, and what is assumed."""

    as_of: dt.date
    schedule: Schedule
    stage: str | None = None
    assume_in_force: bool = False
    waivers: bool = True
    everything: bool = True
    """Whether what complies and what does not apply is wanted as findings too, not only counted."""
    rules: tuple[str, ...] = ()
    """Those of which it tells, all if there are none: each is then told for itself, whatever else is missing."""


OPEN = (Outcome.VIOLATES, Outcome.UNDETERMINED)  # what someone must look at, and where
NOT_MET = [not_applicable("条件不成立")]
NOT_BOUND = not_applicable("本项目不适用本办法的这一条")
NO_ITEM = not_applicable("没有要逐项判断的内容")
_LISTS = frozenset(one.path for one in LISTS.values() if one.wanted)
"""Where something that is missing belongs: it is written as one more record of the list."""
EARLIER_LAW = "早于施行日，依原办法"


Duty: TypeAlias = str | tuple[int, str]
"""A duty by its sentence and its words; a rule that could not run by its id."""


@record
class Examined:
    """一个项目的判定, of each duty and subject the gravest."""

    run: _Run
    judgements: list[Judgement]
    each: list[Judgement]
    """Those of every rule, also of the rules that share one duty."""
    gaps: tuple[Gap, ...] = ()
    """What the stages that lie behind the project must have left, and is not on record."""
    folded: frozenset[int] = frozenset()
    """The identities of the judgements that wait for nothing else: they are told in the line of the gap."""
    waits: Mapping[int, str] = field(default_factory=dict)
    """What waits for the record that a judgement finds missing, in words, by its identity."""

    def findings(self, *, everything: bool = True) -> list[Finding]:
        """What is open, or everything, as findings; what only waits for the record of a passed stage is not."""
        run = self.run
        told = [j for j in self._own_lines() if everything or j.verdict.outcome in OPEN]
        named = told_together(told, run.facts, run.again, waived=run.options.waivers)
        hidden = {id(j) for line in named.values() for j in line.others}
        return [self._naming(run.finding(j), j, named.get(id(j), ToldTogether())) for j in told if id(j) not in hidden]

    def _own_lines(self) -> Iterable[Judgement]:
        """What has a line of its own, or is named in another."""
        chosen = self.run.options.rules
        if not chosen:
            return (j for j in self.judgements if id(j) not in self.folded)
        return (j for j in self.judgements if is_chosen(j.rule.id, chosen))

    def _naming(self, finding: Finding, told: Judgement, line: ToldTogether) -> Finding:
        """A finding with the other articles that its line tells of, and what cannot be judged before its record is there."""
        waits = dict.fromkeys(self.waits.get(id(one), "") for one in (told, *line.others))
        also = joined("", (line.in_words, *waits))
        if not also:
            return finding
        detail = Wording("{}{}", finding.detail, also) if finding.detail else ""
        return replace(finding, message=Wording("{}{}", finding.message, also), detail=detail)

    def tally(self, outcome: Outcome) -> int:
        """How many judgements have an outcome."""
        chosen = self.run.options.rules
        return sum(1 for j in self.judgements if j.verdict.outcome is outcome and is_chosen(j.rule.id, chosen))

    @property
    def is_outside(self) -> bool:
        """Whether the regulation does not apply to the project at all."""
        return self.run.only == frozenset()

    @property
    def earlier_law(self) -> int:
        """How many fell due before the regulation's first day."""
        return sum(1 for j in self.judgements if j.verdict.earlier_law)


def evaluate(project: Project, regulation: Regulation, index: Index, options: Options) -> list[Finding]:
    """Every rule of the regulation judged for one project; complies and not-applicable included."""
    return examine(project, regulation, index, options).findings()


def examine(
    project: Project,
    regulation: Regulation,
    index: Index,
    options: Options,
    contradicted: Mapping[Reading, str] | None = None,
) -> Examined:
    """Every rule of the regulation judged by what is on record; what is contradicted is not read."""
    facts = Facts(project, regulation, index, options.as_of, options.schedule, contradicted)
    facts.brief = not options.everything
    return _examined(_Run(facts, progress(facts, options.stage), options))


def examine_scope(
    project: Project,
    regulation: Regulation,
    index: Index,
    options: Options,
    contradicted: Mapping[Reading, str] | None = None,
) -> Examined:
    """Only whether the regulation applies; the run then judges one rule as it is asked for."""
    facts = Facts(project, regulation, index, options.as_of, options.schedule, contradicted)
    return _scope(_Run(facts, progress(facts, options.stage), options))


def examine_again(examined: Examined, lost: tuple[Gap, ...]) -> Examined:
    """The same project, in which what must be on record and is not was done, on a day not known."""
    return _examined(_again(examined, lost))


def examine_scope_again(examined: Examined, lost: tuple[Gap, ...]) -> Examined:
    """The same of its scope alone."""
    return _scope(_again(examined, lost))


def _again(examined: Examined, lost: tuple[Gap, ...]) -> _Run:
    run, of = examined.run, examined.run.facts
    facts = Facts(of.project, of.regulation, of.index, of.as_of, of.schedule, of.contradicted)
    facts.brief, facts.lost = of.brief, lost
    facts.share_records(of)
    return _Run(facts, run.progress, run.options)


def _scope(run: _Run) -> Examined:
    scope = [j for rule in run.facts.regulation.rules if rule.demand.is_scope for j in run.judge(rule)]
    run.take(scope)
    if run.only == frozenset():
        outside = [j for j in scope if j.verdict.outcome is Outcome.VIOLATES and j.rule.demand.effect == "out"]
        return Examined(run, outside[:1], outside[:1])
    return Examined(run, scope, [])


def _examined(run: _Run) -> Examined:
    scope = _scope(run)
    if scope.is_outside:
        return scope
    rules = [r for r in run.facts.regulation.rules if not r.demand.is_scope and (run.only is None or r.id in run.only)]
    judgements = [j for rule in rules for j in run.judge(rule)]
    return Examined(run, [*scope.judgements, *gravest(judgements)], judgements)


def ask(
    examined: Examined, rule: Rule, day: dt.date, project: Project | None = None, stage: str | None = None
) -> list[Judgement]:
    """What a later day will say of one rule if nothing more is recorded until then; `stage` as if it were made."""
    now = examined.run
    options = replace(now.options, as_of=day, stage=stage or now.options.stage)
    of = now.facts
    facts = Facts(project or of.project, of.regulation, of.index, day, of.schedule, of.contradicted)
    facts.seen = now.facts.as_of
    facts.lost = of.lost
    run = _Run(facts, progress(facts, options.stage), options)
    run.stand_as(now)
    return run.judge(rule)


def _of_contradictions(verdict: Verdict, facts: Facts) -> Verdict:
    """What cannot be said because two places differ says so, and not that nothing is written."""
    if verdict.outcome is not Outcome.UNDETERMINED or not facts.contradicted:
        return verdict
    told = [facts.contradicted[at] for ref in verdict.missing if (at := reading_of(ref)) in facts.contradicted]
    if not told:
        return verdict
    return replace(
        verdict, detail=Wording("还不能判断：两处写的不一致，先改到一致：{}", joined("；", dict.fromkeys(told)))
    )


class _Run:
    """One project judged on one day."""

    __slots__ = ("advisory", "facts", "lower", "only", "options", "progress", "waiting", "where", "whole")

    def __init__(self, facts: Facts, made: Progress, options: Options) -> None:
        self.facts = facts
        self.progress = made
        self.options = options
        self.advisory: frozenset[str] | None = None
        """Where the regulation is merely referred to: the rules that bind all the same."""
        self.lower: frozenset[str] | None = None
        """Where it is in doubt whether it applies: the rules that are not weakened."""
        self.only: frozenset[str] | None = None
        """Where it does not apply: the rules that bind all the same, mostly none."""
        self.waiting: dict[str, list[Verdict]] = {}
        self.whole = Place(facts.project.source.file)
        self.where = facts.project.source.file.rpartition("/")[0] or "."

    def again(self, rule: Rule, facts: Facts) -> list[Judgement]:
        """What a rule says by other facts of the same project."""
        run = _Run(facts, self.progress, self.options)
        run.stand_as(self)
        return run.judge(rule)

    def take(self, scope: list[Judgement]) -> None:
        """Let the scope rules that do not hold weaken all others but those that they spare."""
        failed = [j.rule.demand for j in scope if j.verdict.outcome is Outcome.VIOLATES]
        self.advisory, self.lower, self.only = (_spared(failed, effect) for effect in ("advisory", "lower", "out"))

    def stand_as(self, other: _Run) -> None:
        """Weaken rules as another run of the same project does."""
        self.advisory, self.lower, self.only = other.advisory, other.lower, other.only

    def judge(self, rule: Rule) -> list[Judgement]:
        """What one rule says: once for each item and subject."""
        if self.only is not None and rule.id not in self.only and not rule.demand.is_scope:
            return [self._weighed(rule, NOT_BOUND, None)]
        try:
            if rule.each is None:
                return [self._weighed(rule, v, None) for v in self._verdicts(rule, None)]
            items = [i for i in self.facts.items(rule.each.list) if _wanted(i, rule)]
            if not items:
                return [self._weighed(rule, NO_ITEM, None)]
            return [self._weighed(rule, v, i) for i in items for v in self._verdicts(rule, i)]
        except RuleError as error:
            return [
                Judgement(rule, Verdict(Outcome.VIOLATES, broken=str(error)), None, "", Severity.ERROR, advisory=False)
            ]

    def _verdicts(self, rule: Rule, item: Record | None) -> Iterable[Verdict]:
        due = self.progress.due(rule, self.facts, item)
        if not self.options.everything and not due:
            return self.not_yet(rule.stage or "")
        applies = self.facts.holds(rule.when, item)
        if applies is False:
            return NOT_MET
        if not due:
            return self.not_yet(rule.stage or "")
        found = verdicts(rule.demand, self.facts, item)
        return found if applies else self._in_doubt(found, rule, item)

    def _in_doubt(self, found: Iterable[Verdict], rule: Rule, item: Record | None) -> list[Verdict]:
        """What is said where the condition is unknown: only what could be a fault, if it applied, is asked about.

        What can only be met or not apply is what it is either way: met where the records meet it, else not applicable.
        Where the check itself rests on what is unknown, it took that for nothing, and the question stays.
        """
        missing = tuple(self.facts.unknown_in(rule.when, item))
        found = list(found)
        if any(verdict.outcome in OPEN for verdict in found) or self.facts.rests_on(rule.demand.refs(), missing):
            return [unknown("", missing)]
        return [verdict if verdict.outcome is Outcome.COMPLIES else _idle(verdict, missing) for verdict in found]

    def not_yet(self, stage: str) -> list[Verdict]:
        """What every rule says whose stage has not come."""
        if stage not in self.waiting:
            self.waiting[stage] = [not_applicable(f"还没到“{stage}”这一步")]
        return self.waiting[stage]

    def _weighed(self, rule: Rule, verdict: Verdict, item: Record | None) -> Judgement:
        verdict = _of_contradictions(verdict, self.facts)
        subject = _subject(rule, verdict, item)
        if verdict.outcome is Outcome.NOT_APPLICABLE:
            return Judgement(rule, verdict, item, subject, rule.severity, advisory=False)
        verdict = self._by_the_law_of_the_day(rule, verdict, item)
        advisory = self.is_advisory(rule, verdict, item)
        return Judgement(rule, verdict, item, subject, self.severity_of(rule, verdict), advisory)

    def finding(self, judgement: Judgement) -> Finding:
        """A judgement as people read it: with its place, its article and what to do."""
        rule, verdict, item, subject, severity, advisory = judgement
        if verdict.broken:
            return self._broken(rule, verdict.broken)
        open_ = verdict.outcome in OPEN
        return Finding(
            rule=rule.id,
            title=rule.title,
            title_en=rule.title_en,
            severity=Severity.INFO if advisory else severity,
            nominal=severity,
            advisory=advisory,
            outcome=verdict.outcome,
            project=self.where,
            subject=subject,
            message=self._message(rule, verdict),
            detail="" if rule.message or rule.demand.is_scope else verdict.detail,
            place=place_of(self.facts.project, verdict, item) if open_ else self.whole,
            document_number=self.facts.regulation.document_number or None,
            article=rule.article,
            quote=rule.quote,
            evidence=verdict.evidence,
            nearest=verdict.nearest,
            hint=self._hint(rule, verdict) if open_ else "",
            due=verdict.due,
            earlier_law=verdict.earlier_law,
            who=verdict.who or "项目单位",
            missing=self._missing(verdict),
            unfilled=to_fill_of(self.facts, verdict.unfilled) if verdict.unfilled and not rule.message else None,
            asks=None if rule.message else verdict.asks,
        )

    def _missing(self, verdict: Verdict) -> tuple[ToFill, ...]:
        """What is to be filled in before it can be judged: no answer, and not what two places say differently."""
        if verdict.outcome is not Outcome.UNDETERMINED:
            return ()
        told = self.facts.contradicted
        blank = (ref for ref in verdict.missing if ref.head != "answers" and reading_of(ref) not in told)
        return tuple(dict.fromkeys(to_fill_of(self.facts, ref) for ref in blank))

    def _hint(self, rule: Rule, verdict: Verdict) -> str:
        """What to do; for a trait that is not given, the very question that it answers."""
        traits = self.facts.regulation.words.get("traits", {})
        asked = [traits[ref.key] for ref in verdict.missing if ref.head == "trait"]
        asks = [f"traits.{word.name}：{word.ask}写 true 或 false" for word in asked]
        return "；".join([*asks, rule.hint] if rule.hint else asks)

    def _message(self, rule: Rule, verdict: Verdict) -> str:
        if rule.demand.is_scope and verdict.outcome is Outcome.VIOLATES:
            effect = {
                "out": "本项目不适用本办法",
                "advisory": "本项目参照本办法，结论仅供参考",
                "lower": "本办法是否适用有疑问，结论降一级",
            }[rule.demand.effect]
            return f"{effect}{self._but(rule)}：{rule.message or rule.title}"
        if not verdict.detail:
            return rule.message or rule.title
        return Wording("{}{}", f"{rule.message}：" if rule.message else beside(f"{rule.title}："), verdict.detail)

    def _but(self, rule: Rule) -> str:
        """The articles that bind although a scope rule does not hold."""
        spared = dict.fromkeys(r.article for r in self.facts.regulation.rules if r.id in rule.demand.spares)
        return f"（{'、'.join(spared)}除外）" if spared else ""

    # -- severity and the law of the day ---------------------------------------------------------

    def severity_of(self, rule: Rule, verdict: Verdict) -> Severity:
        """How grave it is, weaker where the regulation has expired or its scope is in doubt."""
        severity = Severity.INFO if rule.demand.is_scope and verdict.outcome is Outcome.VIOLATES else rule.severity
        if self.lower is not None and rule.id not in self.lower and severity > Severity.INFO:
            severity = Severity(severity - 1)
        end = self.facts.regulation.effective_to
        if end and verdict.trigger and not self.options.assume_in_force:
            fell = verdict.fell_on or self.options.as_of
            if verdict.trigger <= end < fell:
                return min(severity, Severity.WARNING)
        return severity

    def _by_the_law_of_the_day(self, rule: Rule, verdict: Verdict, item: Record | None) -> Verdict:
        start = self.facts.regulation.effective_from
        if start is None or self.options.assume_in_force or self.facts.regulation.draft:
            return verdict
        if self.facts.as_of >= start and rule.demand.is_scope:
            return verdict
        if self.facts.as_of < start or self._days(rule, verdict, item).last < start:
            return not_applicable(
                EARLIER_LAW, verdict.subject, due=verdict.due, earlier_law=True, timing=verdict.timing
            )
        return verdict

    def is_advisory(self, rule: Rule, verdict: Verdict, item: Record | None) -> bool:
        """Whether it only advises: of a draft, of an expired regulation, of one that is merely referred to."""
        if rule.demand.is_scope:
            return False
        if self.advisory is not None and rule.id not in self.advisory and not rule.own:
            return True
        regulation = self.facts.regulation
        if self.options.assume_in_force:
            return False
        if regulation.draft:
            return True
        end = regulation.effective_to
        if end is None:
            return False
        began = verdict.trigger or self._days(rule, verdict, item).first
        return began > end

    def _days(self, rule: Rule, verdict: Verdict, item: Record | None) -> Days:
        return days_of(rule, verdict, item, self.facts, self.progress)

    def _broken(self, rule: Rule, message: str) -> Finding:
        gov = GOV_RULES["GOV-601"]
        return Finding(
            rule="GOV-601",
            title=gov.title,
            title_en=gov.title_en,
            severity=gov.severity,
            nominal=gov.severity,
            outcome=Outcome.VIOLATES,
            project=self.where,
            subject=rule.id,
            message=f"规则 {rule.id} 无法运行：{message}",
            place=self.whole,
            hint="这是办法包的错误，请告诉维护人",
        )


def _spared(failed: Iterable[Demand], effect: str) -> frozenset[str] | None:
    """The rules that all scope rules of an effect spare, None where none of these failed."""
    spares = [frozenset(demand.spares) for demand in failed if demand.effect == effect]
    return frozenset.intersection(*spares) if spares else None


def gravest(judgements: list[Judgement]) -> list[Judgement]:
    """Of the rules of one duty keep, for each subject, the gravest outcome."""
    best: dict[tuple[Duty, str], Judgement] = {}
    for judgement in judgements:
        rule = judgement.rule
        key = (rule.id if judgement.verdict.broken else rule.duty, judgement.subject)
        held = best.setdefault(key, judgement)
        if held is not judgement and _gravity(judgement) > _gravity(held):
            best[key] = judgement
    kept = set(map(id, best.values()))
    return [judgement for judgement in judgements if id(judgement) in kept]


def _gravity(judgement: Judgement) -> int:
    match judgement.verdict.outcome:
        case Outcome.VIOLATES:
            return 2 if judgement.severity is Severity.INFO else 2 + judgement.severity
        case Outcome.UNDETERMINED:
            return 3
        case Outcome.COMPLIES:
            return 1
        case _:
            return 0


def _idle(verdict: Verdict, doubt: tuple[Ref, ...]) -> Verdict:
    """What does not matter yet, whether it applies or not; a date counted for it may be nobody's."""
    shown = joined("、", dict.fromkeys(describe_ref(ref) for ref in doubt))
    return not_applicable(
        Wording("{}；没有填写 {}，现在不影响结论", verdict.detail, shown), verdict.subject, doubt=doubt
    )


def _wanted(item: Record, rule: Rule) -> bool:
    kinds = rule.each.kinds if rule.each else ()
    return not kinds or any(kind in kinds for kind in kinds_of(item))


def item_name(rule: Rule, item: Record | None) -> str:
    """What a rule calls the entry that it judges, '' where it judges the project as a whole."""
    return "" if item is None else name_of(item, rule.each.kinds if rule.each else ())


def _subject(rule: Rule, verdict: Verdict, item: Record | None) -> str:
    if item is None:
        return verdict.subject
    name = item_name(rule, item)
    return Wording("{}/{}", name, verdict.subject) if verdict.subject else name


def place_of(project: Project, verdict: Verdict, item: Record | None = None) -> Place:
    """Where the matter stands: inside a document, else in project.yaml, or where it belongs there."""
    document, heading = verdict.document, verdict.heading
    if document is not None and document.path:
        folder = project.source.file.rpartition("/")[0]
        file = f"{folder}/{document.path}" if folder else document.path
        if heading is None:
            return Place(file)
        return Place(file, heading.line, heading.column, " > ".join(heading.path), heading.paragraph)
    at = verdict.at or (item.at if item is not None else "")
    line, column = project.source.place_of(at) or (1, 1)
    belongs = at if at in _LISTS or at not in project.source.places else None
    return Place(project.source.file, line, column, key=belongs or None)
