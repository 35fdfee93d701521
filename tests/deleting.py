"""A sample in memory, and what is said of it with records deleted or faults planted: no file is read again.

What a deletion can change is looked for first among the rules that read what is deleted, and only where these say the
same among all. So thousands of deletions cost seconds.
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from govit.authoring.examples import node_of
from govit.base.records import fields, replace
from govit.dossier import load as dossier
from govit.dossier.fields import Reader
from govit.dossier.finding import Outcome
from govit.dossier.keys import specs
from govit.dossier.listed_files import named_files
from govit.dossier.lists import BY_KIND, BY_RULES, LISTS, RECORDED_AT
from govit.dossier.model import Project
from govit.dossier.own_rules import finding_of
from govit.judging import own_sums
from govit.judging.case import JudgeableCase, cases, dossier_options
from govit.judging.figures import contradicted
from govit.judging.gaps import examine, missing_record
from govit.law.conditions import refs_in
from govit.law.vocabulary import Question
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from govit.dossier.finding import Finding
    from govit.judging.engine import Examined, Options
    from govit.law.conditions import Ref
    from govit.law.library import Library
    from govit.law.regulation import Regulation, Rule

Key = tuple[str | int, ...]
_DEFAULTS = {f.name: f.default for f in fields(Project)}
OPEN = (Outcome.VIOLATES, Outcome.UNDETERMINED)


class Open(NamedTuple):
    """A violation or a question."""

    rule: str
    subject: str


class InMemory:
    """One sample, read once."""

    def __init__(self, folder: Path, library: Library, options: Options) -> None:
        read = dossier.load([folder], library.vocabulary)[0]
        options, _ = dossier_options(read, options)
        case = next(iter(cases(read, library, options)))
        assert isinstance(case, JudgeableCase)
        self.case = case
        self.options = options
        self.regulation = case.regulation
        self.data: dict[str, Any] = yaml.load((folder / "project.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        self._readings = {d.path: d for d in case.project.documents}
        self._named = {file for file, _ in named_files(case.project)}
        self._parts: dict[frozenset[str], Regulation] = {}
        self._reading = _readers(case.regulation)
        self._words = case.regulation.vocabulary()
        self.fully_judged = 0

    # -- reading -----------------------------------------------------------------------------------

    def project(self, data: Mapping[str, Any]) -> Project:
        """The project of changed data: what is the same object as before is not read again."""
        tops = [key for key in specs(Project) if data.get(key) is not self.data.get(key)]
        project = self.case.project
        reader = Reader(self._words, given={f".{key}" for key in specs(Project) if key in data})
        given = {top: self._kept(top, data.get(top)) for top in tops}
        anew = {top: data[top] for top in tops if top in data and given[top] is None}
        values = reader.fields(Project, node_of(anew), "")
        for top in (top for top in tops if given[top] is None):
            given[top] = values.get(top, _DEFAULTS[top])
        if "documents" in given:
            given["documents"] = tuple(map(self._with_paper, given["documents"] or ()))
        given.pop("unit", None)
        places = project.source.places
        if "answers" in tops:
            places = {k: v for k, v in places.items() if not k.startswith("answers.")} | {
                f"answers.{question}": (1, 1) for question in data.get("answers", ())
            }
        faults = [f for f in reader.faults if f.rule != "GOV-108" or f.key in tops or "." in f.key or "[" in f.key]
        return replace(project, **given, source=replace(project.source, places=places), faults=tuple(faults))

    def _kept(self, top: str, now: Any) -> Any:
        """What is left of a list of records, or of the answers, where nothing in it is written otherwise."""
        before, read = self.data.get(top), getattr(self.case.project, top)
        if isinstance(before, dict) and isinstance(now, dict) and top == "answers":
            return {k: read[k] for k in now} if all(now[k] is before.get(k) for k in now) else None
        if not isinstance(before, list) or not isinstance(now, list) or not all(isinstance(e, dict) for e in before):
            return None
        known = {id(entry): record for entry, record in zip(before, read, strict=False)}
        return tuple(known[id(entry)] for entry in now) if all(id(entry) in known for entry in now) else None

    def _with_paper(self, document: Any) -> Any:
        known = self._readings.get(document.path)
        return replace(document, missing=True) if known is None else replace(document, reading=known.reading)

    def _files(self, project: Project) -> Iterator[Fault]:
        """What is said of the files, of which that of a deleted document is gone as well."""
        yield from (Fault("GOV-108", "", key=f"{d.at}.path") for d in project.documents if d.path is None)
        listed = {d.path for d in project.documents}
        gone = len(project.documents) < len(self.case.project.documents)
        there = {file for file in self._named if not (gone and file in self._readings and file not in listed)}
        named = {file for file, _ in named_files(project)}
        yield from (Fault("GOV-202", file) for file in sorted(named - there))
        yield from (Fault("GOV-207", file) for file in sorted(there - named))

    # -- judging -----------------------------------------------------------------------------------

    def said(self, data: Mapping[str, Any]) -> tuple[Any, ...]:
        """All that is said of the data, positions left out."""
        project = self.project(data)
        examined = self._examined(project, None, self.options)
        return (
            *self._said_by_rules(examined),
            *sorted((f.rule, f.subject, f.message) for f in self._own(project, examined)),
        )

    def open(
        self, data: Mapping[str, Any], rules: frozenset[str] | None = None, *, own: bool = True
    ) -> dict[Open, str]:
        """The violations and questions, with what they say: of some rules or of all, and of govit's own."""
        project = self.project(data)
        examined = self._examined(project, rules, replace(self.options, everything=False))
        found = examined.findings(everything=False)
        if own:
            found += self._own(project, examined)
        return {Open(f.rule, f.subject): f.message for f in found if f.outcome in OPEN}

    def changes(self, data: Mapping[str, Any], keys: Iterable[Key]) -> bool:
        """Whether anything else is said than of the whole, of which govit itself says nothing."""
        some, project = self.readers(keys), self.project(data)
        examined = self._examined(project, some, self.options)
        if self._said_by_rules(examined) != self._by_some(some) or self._own(project, examined):
            return True
        self.fully_judged += 1
        return self.said(data) != self.whole

    @functools.cached_property
    def whole(self) -> tuple[Any, ...]:
        """All that is said of the sample as it is."""
        return self.said(self.data)

    @functools.cache  # noqa: B019 - as many as there are kinds, and the sample lives as long as its test
    def _by_some(self, rules: frozenset[str]) -> tuple[Any, ...]:
        return self._said_by_rules(self._examined(self.project(self.data), rules, self.options))

    def _examined(self, project: Project, rules: frozenset[str] | None, options: Options) -> Examined:
        regulation = self.regulation if rules is None else self._part(rules)
        return examine(project, regulation, self.case.dossier.index, options, contradicted(project))

    def _said_by_rules(self, examined: Examined) -> tuple[Any, ...]:
        made = examined.run.progress
        gaps = tuple((gap.stage, gap.records) for gap in examined.gaps)
        return (made.declared, made.proven, gaps, *map(_words_of, examined.findings()))

    def _own(self, project: Project, examined: Examined) -> list[Finding]:
        """What govit itself says."""
        own = [*project.faults, *self._files(project)]
        own += own_sums.check(project, self.case.dossier.index, self.options.as_of, self.regulation)
        own += own_sums.lagging(project, examined.run.progress)
        found = [finding_of(fault, project.source.file, self.case.path) for fault in own]
        return found + [missing_record(gap, project, self.case.path) for gap in examined.gaps if not gap.reported]

    def _part(self, rules: frozenset[str]) -> Regulation:
        """The regulation with some of its rules, and with those that share a duty with them."""
        if rules not in self._parts:
            duties = {rule.duty for rule in self.regulation.rules if rule.id in rules}
            self._parts[rules] = replace(
                self.regulation,
                articles=tuple(
                    replace(
                        article,
                        sentences=tuple(
                            replace(s, rules=tuple(r for r in s.rules if r.duty in duties)) for s in article.sentences
                        ),
                    )
                    for article in self.regulation.articles
                ),
            )
        return self._parts[rules]

    # -- what reads what ---------------------------------------------------------------------------

    def readers(self, keys: Iterable[Key]) -> frozenset[str]:
        """The rules that read what stands at keys."""
        return frozenset(rule for key in keys for slot in self._slots(key) for rule in self._reading.get(slot, ()))

    def _slots(self, key: Key) -> Iterator[str]:
        top = str(key[0])
        yield top
        if top in ("answers", "traits") and len(key) > 1:
            yield f"{top}={key[1]}"
        elif top in BY_KIND and len(key) > 1:
            yield from (f"{top}={kind}" for kind in kinds_of(self.data[top][key[1]]))


def kinds_of(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of a record of project.yaml as written: of an approval its act."""
    found = next((record[key] for key in ("act", "kinds", "kind") if key in record), ())
    return (found,) if isinstance(found, str) else tuple(found)


def _words_of(f: Finding) -> tuple[Any, ...]:
    place = (f.place.file, f.place.heading)
    return (f.rule, f.subject, f.outcome, f.severity, f.message, f.evidence, f.nearest, f.due, *place)


def _readers(regulation: Regulation) -> dict[str, set[str]]:
    """By a list, a list and a kind, a field: the rules that read it, down through the facts of the pack."""
    found: dict[str, set[str]] = {}
    for rule in regulation.rules:
        for slot in slots_of(rule, regulation):
            found.setdefault(slot, set()).add(rule.id)
    return found


def slots_of(rule: Rule, regulation: Regulation) -> Iterator[str]:
    """A list, a list and a kind, a field: all that a rule reads."""
    if rule.each is not None:
        yield BY_RULES[rule.each.list].path.partition(".")[0]
    for parameter, given in rule.demand.given():
        if isinstance(given, Question):
            yield f"answers={given.name}"
        elif parameter.words in RECORDED_AT:
            for word in (given,) if isinstance(given, str) else given if isinstance(given, tuple) else ():
                yield f"{RECORDED_AT[parameter.words]}={word}"
    if rule.demand.papers or rule.demand.headings or rule.demand.kind == "chapter":
        yield "documents"
    yield from _slots_behind(rule, regulation)


def _slots_behind(rule: Rule, regulation: Regulation) -> Iterator[str]:
    todo: list[Ref] = [
        *refs_in(rule.when),
        *rule.demand.refs(),
        *refs_in((rule.law_of, rule.held_until, rule.at_once, rule.point)),
    ]
    seen: set[Ref] = set()
    while todo:
        ref = todo.pop()
        if ref in seen:
            continue
        seen.add(ref)
        fact = regulation.facts.get(ref.key) if ref.head == "name" else None
        if fact is not None:
            todo += fact.derivation.mentioned()
            if fact.derivation.listed:
                yield LISTS[fact.derivation.listed].path.partition(".")[0]
        else:
            yield from _slot(ref, regulation)


def _slot(ref: Ref, regulation: Regulation) -> Iterator[str]:
    if ref.head in BY_KIND:
        yield f"{ref.head}={ref.key}" if (ref.head, ref.key) != ("contracts", "amount") else ref.head
    elif ref.head == "answers":
        yield f"answers={ref.key}"
    elif ref.head == "name":
        yield f"traits={ref.key}" if ref.key in regulation.words.get("traits", {}) else "category"
    elif ref.head == "item":
        yield from ("approvals", "changes") if ref.key in ("cumulative", "estimate", "nth_in_year") else ()
    else:
        yield {"field": ref.key.partition(".")[0], "lines": "budget"}.get(ref.head, ref.head)


# -- changing the data -----------------------------------------------------------------------------


def entries(value: Any, key: Key = ()) -> Iterator[Key]:
    """Every record of a list, every answer and every scalar of project.yaml."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if key and (not isinstance(value, dict | list) or isinstance(key[-1], int) or key[:-1] == ("answers",)):
        yield key
    for part, inner in below:
        yield from entries(inner, (*key, part))


def without(data: Mapping[str, Any], keys: Iterable[Key]) -> dict[str, Any]:
    """The data without some entries; only what holds them is copied."""
    changed = dict(data)
    own: dict[Key, Any] = {(): changed}
    for key in sorted(keys, key=lambda k: [(isinstance(p, int), p) for p in k], reverse=True):
        del _held(own, key)[key[-1]]
    return changed


def changed(data: Mapping[str, Any], key: Key, value: Any) -> dict[str, Any]:
    """The data with one value written otherwise."""
    copied = dict(data)
    _held({(): copied}, key)[key[-1]] = value
    return copied


def _held(own: dict[Key, Any], key: Key) -> Any:
    """What holds an entry, copied once."""
    for depth in range(1, len(key)):
        if key[:depth] not in own:
            holder = own[key[: depth - 1]]
            own[key[:depth]] = holder[key[depth - 1]] = copy.copy(holder[key[depth - 1]])
    return own[key[:-1]]


def records(data: Mapping[str, Any]) -> Iterator[Key]:
    """Every record that is told by its kind."""
    for top in BY_KIND:
        for n in range(len(data.get(top, ()))):
            yield top, n


def by_kind(data: Mapping[str, Any]) -> dict[str, tuple[Key, ...]]:
    """All records of one list, and all of one kind."""
    found: dict[str, list[Key]] = {}
    for key in records(data):
        found.setdefault(str(key[0]), []).append(key)
        for kind in kinds_of(data[key[0]][key[1]]):
            found.setdefault(f"{key[0]}={kind}", []).append(key)
    return {name: tuple(keys) for name, keys in found.items()}


def faulty(data: Mapping[str, Any], key: Key, as_of: dt.date, bodies: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The data with one record that is wrong: of a bad day, a bad amount, another body."""
    record = data[key[0]][key[1]]
    for name in ("on", "date"):
        if name in record:
            for day in ("2019-05-06", f"{as_of - dt.timedelta(days=1)}"):
                yield changed(data, (*key, name), day)
    if "amount" in record:
        yield changed(data, (*key, "amount"), "9876.5万元")
        yield changed(data, (*key, "amount"), "0.5万元")
    for name in ("body", "to"):
        other = next((b for b in bodies if b != record.get(name)), None)
        if name in record and other:
            yield changed(data, (*key, name), other)
