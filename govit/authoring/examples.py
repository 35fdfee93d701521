"""示例：a pack's base project with a patch laid over it -> a project that can be judged.

The examples under each rule are its tests, readable by whoever knows the regulation.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from govit.base.dates import parse_date
from govit.documents.content import Reading, Trouble, from_headings
from govit.dossier.fields import Reader
from govit.dossier.finding import Finding, Outcome
from govit.dossier.model import Index, Neighbour, Project, Settings, Source
from govit.judging.engine import Options, evaluate
from govit.law.packs.pack import plain
from govit.yamltext.nodes import Node

if TYPE_CHECKING:
    import datetime as dt

    from govit.calendar.periods import Schedule
    from govit.law.regulation import Regulation, Rule

_KINDS = {
    "events": "kind",
    "approvals": "act",
    "submissions": "kind",
    "documents": "kinds",
    "contracts": "kind",
    "funding": "source",
    "lines": "kind",
    "catalogue": "name",
}
_BODIES = {"approvals": "body", "submissions": "to"}
_DAYS = {"events": "on", "approvals": "date", "submissions": "on", "documents": "date", "contracts": "on"}
_AMOUNTS = ("funding", "lines")
_UNIT_LISTS = ("systems", "notices")


class ExampleError(ValueError):
    """An example that cannot be built: a fault of the pack."""


@dataclass(frozen=True, slots=True)
class Example:
    """示例：what the rule must say of the patched base."""

    expected: Outcome
    as_of: dt.date
    stage: str | None
    patch: dict[str, Any]
    subject: str | None
    line: int


def examples_of(rule: Rule, regulation: Regulation) -> list[Example]:
    """The examples under a rule; the answered kind supplies its own as well."""
    day_of_base, stage_of_base = base_day(regulation)
    found = []
    for node in rule.examples:
        given = plain(node)
        day = parse_date(given["as_of"]) if "as_of" in given else day_of_base
        found.append(
            Example(
                Outcome(given["is"]),
                day,
                given.get("stage", rule.stage or stage_of_base),
                given.get("set") or {},
                given.get("subject"),
                node.line,
            )
        )
    if rule.demand.question:
        found.extend(_answers(rule, found, day_of_base, stage_of_base))
    return found


def base_day(regulation: Regulation) -> tuple[dt.date, str | None]:
    """The day and the stage that the base is judged at."""
    base = plain(regulation.base) or {}
    if "as_of" not in base:
        message = "办法包没有 base（样板项目），无法运行示例"
        raise ExampleError(message)
    return parse_date(base.get("as_of", "")), base.get("stage")


def _answers(rule: Rule, given: list[Example], day: dt.date, stage: str | None) -> list[Example]:
    """Yes complies, no violates, silence is undetermined: on the base, or on the example that applies."""
    model = next((e for e in given if e.expected is Outcome.COMPLIES), None)
    patch = dict(model.patch) if model else {}
    key = f"answers.{rule.demand.question}"
    made = []
    for expected, answer in ((Outcome.COMPLIES, "是"), (Outcome.VIOLATES, "否"), (Outcome.UNDETERMINED, None)):
        made.append(
            Example(
                expected,
                model.as_of if model else day,
                model.stage if model else rule.stage or stage,
                {**patch, key: answer},
                None,
                rule.line,
            )
        )
    return made


def outcome_of(
    rule: Rule, regulation: Regulation, example: Example, schedule: Schedule
) -> tuple[Outcome, list[Finding]]:
    """Judge one example; of several subjects the gravest outcome counts."""
    project, neighbours = build(regulation, example.patch)
    index = Index(tuple(Neighbour(f"邻{n}", p) for n, p in enumerate((project, *neighbours))))
    options = Options(as_of=example.as_of, schedule=schedule, stage=example.stage, assume_in_force=regulation.draft)
    single = replace(regulation, articles=_only(rule, regulation))
    findings = [f for f in evaluate(project, single, index, options) if f.rule in (rule.id, "GOV-601")]
    if example.subject is not None:
        findings = [f for f in findings if f.subject == example.subject]
    broken = next((f for f in findings if f.rule == "GOV-601"), None)
    if broken is not None:
        raise ExampleError(broken.message)
    order = (Outcome.VIOLATES, Outcome.UNDETERMINED, Outcome.COMPLIES, Outcome.NOT_APPLICABLE)
    outcomes = {f.outcome for f in findings}
    return next((o for o in order if o in outcomes), Outcome.NOT_APPLICABLE), findings


def _only(rule: Rule, regulation: Regulation) -> tuple[Any, ...]:
    """The articles with this one rule left, so that an example speaks of nothing else."""
    for article in regulation.articles:
        for sentence in article.sentences:
            if rule in sentence.rules:
                return (replace(article, sentences=(replace(sentence, rules=(rule,)),)),)
    message = f"规则 {rule.id} 不在办法里"
    raise ExampleError(message)


def build(regulation: Regulation, patch: dict[str, Any]) -> tuple[Project, list[Project]]:
    """The base with a patch, and the neighbours that the patch names."""
    base = plain(regulation.base)
    if not isinstance(base, dict) or not isinstance(base.get("project"), dict):
        message = "办法包没有 base.project，无法运行示例"
        raise ExampleError(message)
    data = copy.deepcopy(base["project"])
    unit: dict[str, Any] = copy.deepcopy(base.get("govit") or {})
    others = []
    for key, value in patch.items():
        if key == "neighbours":
            others = [build(regulation, {"id": f"neighbour-{n}", **entry})[0] for n, entry in enumerate(value)]
        elif key.partition(".")[0] in _UNIT_LISTS:
            _assign(unit, key, value)
        else:
            _Patch(data, regulation, base["as_of"]).lay(key, value)
    return _project(regulation, data, unit), others


class _Patch:
    """Lays dotted keys over the base; entries of lists are addressed by their kind."""

    def __init__(self, data: dict[str, Any], regulation: Regulation, day: str) -> None:
        self.data = data
        self.regulation = regulation
        self.day = day

    def lay(self, key: str, value: Any) -> None:  # noqa: ANN401 - as written in the pack
        head, _, rest = key.partition(".")
        if head in _KINDS and rest:
            self._record(head, rest, value)
        elif head == "answers" and rest:
            answers = self.data.setdefault("answers", {})
            answers.pop(rest, None)
            if value is not None:
                answers[rest] = (
                    value
                    if isinstance(value, dict)
                    else {"answer": value, "by": "某人", "on": "2000-01-01", "note": "示例"}
                )
        else:
            _assign(self.data, "budget.lines" if key == "lines" else key, value)

    def _list(self, head: str) -> list[dict[str, Any]]:
        holder = self.data if head != "lines" else self.data.setdefault("budget", {})
        found: list[dict[str, Any]] = holder.setdefault(head, [])
        return found

    def _record(self, head: str, rest: str, value: Any) -> None:  # noqa: ANN401
        address, _, attribute = rest.partition(".")
        kind, _, body = address.partition("@")
        records = self._list(head)
        found = [r for r in records if _is(r, head, kind, body)]
        if value is None and not attribute:
            for record in found:
                self._drop(records, record, head, kind)
            return
        if not found:
            found = [self._new(head, kind, body)]
            records.extend(found)
        for record in found:
            self._set(record, head, attribute, value)

    def _drop(self, records: list[dict[str, Any]], record: dict[str, Any], head: str, kind: str) -> None:
        kinds = record.get("kinds")
        if head == "documents" and isinstance(kinds, list) and len(kinds) > 1:
            kinds.remove(kind)
        else:
            records.remove(record)

    def _set(self, record: dict[str, Any], head: str, attribute: str, value: Any) -> None:  # noqa: ANN401
        if attribute:
            record.pop(attribute, None)
            if value is not None:
                _assign(record, attribute, value)
        elif isinstance(value, dict):
            record.update(value)
        elif head in _AMOUNTS:
            record["amount"] = value
        else:
            record[_DAYS[head]] = value

    def _new(self, head: str, kind: str, body: str) -> dict[str, Any]:
        record: dict[str, Any] = {_KINDS[head]: [kind] if head == "documents" else kind}
        if head in _DAYS:
            record[_DAYS[head]] = self.day
        if head == "approvals":
            record |= {"result": "通过", "body": body or next(iter(self.regulation.words["bodies"]), "")}
        if head == "submissions":
            word = self.regulation.words["submissions"].get(kind)
            record["to"] = body or (list(word.to) if word else "")
        if head == "lines":
            record["name"] = kind
        return record


def _is(record: dict[str, Any], head: str, kind: str, body: str) -> bool:
    key = _KINDS[head]
    kinds = record.get(key)
    if kind not in (kinds if isinstance(kinds, list) else [kinds]) and record.get("name") != kind:
        return False
    if not body:
        return True
    given = record.get(_BODIES[head])
    return body in (given if isinstance(given, list) else [given])


def _assign(data: dict[str, Any], key: str, value: Any) -> None:  # noqa: ANN401
    *path, last = key.split(".")
    for part in path:
        data = data.setdefault(part, {})
    if value is None:
        data.pop(last, None)
    else:
        data[last] = value


def _project(regulation: Regulation, data: dict[str, Any], unit: dict[str, Any]) -> Project:
    words = regulation.vocabulary()
    contents = [_content(entry) for entry in data.get("documents") or []]
    settings_reader = Reader(words)
    settings = settings_reader.record(Settings, node_of(unit), "")
    reader = Reader(words)
    project = reader.record(Project, node_of({"regulation": regulation.id, **data}), "")
    faults = [*reader.faults, *settings_reader.faults]
    if faults:
        raise ExampleError("；".join(f"{f.message}{f.hint}" for f in faults))
    documents = tuple(replace(d, reading=c) for d, c in zip(project.documents, contents, strict=True))
    return replace(project, documents=documents, settings=settings, source=Source(f"{project.id}/project.yaml", {}))


def _content(entry: dict[str, Any]) -> Reading:
    headings = entry.pop("headings", None) or {}
    if entry.pop("unreadable", None):
        return Reading(None, None, Trouble.UNSUPPORTED, "这种格式不能查看内部")
    lengths = {k: int(v) if str(v).isdigit() else str(v) for k, v in headings.items()}
    return Reading(None, from_headings(lengths), None, "")


def node_of(value: Any) -> Node:  # noqa: ANN401 - plain data
    """Plain data as a tree without places."""
    node = Node(value, 1, 1)
    if isinstance(value, dict):
        node.value = {str(key): node_of(entry) for key, entry in value.items()}
        node.keys = dict.fromkeys(node.value, (1, 1))
    elif isinstance(value, list):
        node.value = [node_of(entry) for entry in value]
    elif value is not None:
        node.value = str(value)
    return node
