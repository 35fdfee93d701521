"""示例：a pack's base project with a patch laid over it -> a project that can be judged.

The examples under each rule are its tests, readable by whoever knows the regulation.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from govit.base.dates import parse_date
from govit.base.records import replace, value_record
from govit.documents.content import Reading, Trouble, from_headings
from govit.dossier.fields import Reader
from govit.dossier.finding import Finding, Outcome
from govit.dossier.keys import Kind, Role, specs
from govit.dossier.lists import LISTS, list_of
from govit.dossier.model import PASSED, Answer, Document, Index, Neighbour, Project, Settings, Source
from govit.judging.engine import Options, evaluate
from govit.law.packs.pack import plain
from govit.yamltext.nodes import Node

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping

    from govit.calendar.periods import Schedule
    from govit.dossier.keys import Declared
    from govit.dossier.lists import RecordList
    from govit.law.regulation import Article, Regulation, Rule
    from govit.yamltext.faults import Fault
    from govit.yamltext.written import Plain

Entries: TypeAlias = "dict[str, Plain]"
"""A mapping of an example as the pack has it: every scalar is text."""
_ADDRESSED: Mapping[str, RecordList] = {
    name: one for name, one in LISTS.items() if one.address and not one.of_unit and not one.by_question
}
"""The lists of a project whose records are told apart by a word, so that a patch can name one."""
_LENGTH = re.compile("[0-9]{1,9}")
_DOCUMENTS, _ANSWERS = list_of(Document), list_of(Answer)


class ExampleError(ValueError):
    """An example that cannot be built: a fault of the pack."""


@value_record
class Example:
    """示例：what the rule must say of the patched base."""

    expected: Outcome
    as_of: dt.date
    stage: str | None
    patch: Mapping[str, Plain]
    subject: str | None
    line: int
    file: str = ""
    """The name of the file beside the pack in which it stands, '' where that is the pack itself."""


def examples_of(rule: Rule, regulation: Regulation) -> list[Example]:
    """The examples under a rule; the answered kind supplies its own as well."""
    day_of_base, stage_of_base = base_day(regulation)
    found = []
    for node in rule.examples:
        given = _entries(plain(node))
        day = parse_date(_text(given["as_of"])) if "as_of" in given else day_of_base
        found.append(
            Example(
                Outcome(given["is"]),
                day,
                _text(given["stage"]) or None if "stage" in given else rule.stage or stage_of_base,
                _entries(given.get("set")),
                _text(given["subject"]) if "subject" in given else None,
                node.line,
                regulation.examples_file,
            )
        )
    if rule.demand.question:
        found.extend(_answers(rule, found, day_of_base, stage_of_base))
    return found


def base_day(regulation: Regulation) -> tuple[dt.date, str | None]:
    """The day and the stage that the base is judged at."""
    base = _entries(plain(regulation.base))
    if "as_of" not in base:
        message = "办法包没有 base（样板项目），无法运行示例"
        raise ExampleError(message)
    return parse_date(_text(base["as_of"])), _text(base.get("stage")) or None


def faults_of_base(regulation: Regulation) -> list[Fault]:
    """What of the model project cannot be read, each in its own place."""
    base = regulation.base
    if base is None or "project" not in base.entries:
        return []
    words, entries = regulation.vocabulary(), base.entries
    project, unit = Reader(words), Reader(words)
    project.record(Project, _bare(entries["project"]), "")
    if "govit" in entries:
        unit.record(Settings, entries["govit"], "")
    return [replace(fault, file=regulation.examples_file) for fault in (*project.faults, *unit.faults)]


def _bare(node: Node) -> Node:
    """The model project without what only examples say of a document: its headings, that it cannot be read."""
    documents = node.entries.get(_DOCUMENTS.path)
    if documents is None or not isinstance(documents.value, list):
        return node
    listed = [_holding(one, _without_inside(one)) if one.entries else one for one in documents.value]
    return _holding(node, {**node.entries, _DOCUMENTS.path: _holding(documents, listed)})


def _without_inside(document: Node) -> dict[str, Node]:
    return {key: entry for key, entry in document.entries.items() if key not in ("headings", "unreadable")}


def _holding(node: Node, value: dict[str, Node] | list[Node]) -> Node:
    """A node of the same place that holds something else."""
    made = Node(value, node.line, node.column, flow=node.flow)
    made.keys = node.keys
    return made


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
    return outcome_for(rule, regulation, example, build(regulation, example.patch, example.as_of), schedule)


def outcome_for(
    rule: Rule, regulation: Regulation, example: Example, built: tuple[Project, list[Project]], schedule: Schedule
) -> tuple[Outcome, list[Finding]]:
    """Judge one example whose project is built."""
    project, neighbours = built
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


def _only(rule: Rule, regulation: Regulation) -> tuple[Article, ...]:
    """The articles with this one rule left, so that an example speaks of nothing else."""
    for article in regulation.articles:
        for sentence in article.sentences:
            if any(one.id == rule.id for one in sentence.rules):
                return (replace(article, sentences=(replace(sentence, rules=(rule,)),)),)
    message = f"规则 {rule.id} 不在办法里"
    raise ExampleError(message)


def build(
    regulation: Regulation, patch: Mapping[str, Plain], day: dt.date | None = None
) -> tuple[Project, list[Project]]:
    """The base with a patch, and the neighbours that the patch names; what the patch answers is answered on the day."""
    return _base(regulation).patched(patch, day)


@lru_cache(maxsize=8)
def _base(regulation: Regulation) -> _Base:
    return _Base(regulation)


class _Base:
    """样板：the base of a regulation; of its hundreds of patches each reads anew only what it changes."""

    def __init__(self, regulation: Regulation) -> None:
        base = _entries(plain(regulation.base))
        if not isinstance(base.get("project"), dict):
            message = "办法包没有 base.project，无法运行示例"
            raise ExampleError(message)
        self._unit, self._day = json.dumps(_entries(base.get("govit"))), _text(base.get("as_of"))
        self._project_as_it_is = _entries(base.get("project"))
        # A patch needs a copy of its own of what it changes.
        self._to_copy = {key: json.dumps(value) for key, value in self._project_as_it_is.items()}
        self._names = {key: (Project, key, repr(value)) for key, value in self._project_as_it_is.items()}
        self._regulation = regulation
        self._words = regulation.vocabulary()
        self._read: dict[tuple[type[Declared], str, str], Any] = {}
        self._contents: dict[str, Reading] = {}
        self._with_content: dict[tuple[int, int], tuple[Document, Document]] = {}

    def patched(self, patch: Mapping[str, Plain], day: dt.date | None) -> tuple[Project, list[Project]]:
        """A project and its neighbours."""
        touched = {_DOCUMENTS.path}.union(*map(_tops, patch))
        data: Entries = {
            key: json.loads(self._to_copy[key]) if key in touched else value
            for key, value in self._project_as_it_is.items()
        }
        unit: Entries = json.loads(self._unit)
        others = []
        for key, value in patch.items():
            if key == "neighbours":
                others = [
                    self.patched({"id": f"neighbour-{n}", **_entries(entry)}, day)[0]
                    for n, entry in enumerate(_several(value))
                ]
            elif (one := LISTS.get(key.partition(".")[0])) is not None and one.of_unit:
                _assign(unit, key, value)
            else:
                _Patch(data, self._regulation, self._day, f"{day or self._day}").lay(key, value)
        return self._project(data, unit, touched), others

    def _project(self, data: Entries, unit: Entries, touched: Collection[str]) -> Project:
        contents = [self._content(_entries(entry)) for entry in _several(data.get(_DOCUMENTS.path) or [])]
        names = {key: name for key, name in self._names.items() if key not in touched}
        settings, its_faults = self._fields(Settings, unit, {})
        values, faults = self._fields(Project, {"regulation": self._regulation.id, **data}, names)
        if faults or its_faults:
            raise ExampleError("；".join("；".join(filter(None, (f.message, f.hint))) for f in (*faults, *its_faults)))
        project = Project(**values)
        documents = tuple(self._document(d, c) for d, c in zip(project.documents, contents, strict=True))
        source = Source(f"{project.id}/project.yaml", {})
        return replace(project, documents=documents, settings=Settings(**settings), source=source)

    def _content(self, entry: Entries) -> Reading:
        """What stands in a document, taken out of its entry; what says the same is made once."""
        headings, unreadable = _entries(entry.pop("headings", None)), entry.pop("unreadable", None)
        said = repr((headings, bool(unreadable)))
        if said not in self._contents:
            self._contents[said] = _content(headings, readable=not unreadable)
        return self._contents[said]

    def _document(self, document: Document, content: Reading) -> Document:
        """A document with its content, made once of the same two, which are kept: they are known by their identity."""
        key = id(document), id(content)
        if key not in self._with_content:
            self._with_content[key] = document, replace(document, reading=content)
        return self._with_content[key][1]

    def _fields(
        self, cls: type[Declared], data: Entries, names: Mapping[str, tuple[type[Declared], str, str]]
    ) -> tuple[dict[str, Any], list[Fault]]:
        """The values of a record, those that have been read before as they were; of what is as in the base by its name."""
        texts = {key: names.get(key) or (cls, key, repr(value)) for key, value in data.items()}
        known = [key for key, text in texts.items() if text in self._read]
        reader = Reader(self._words, {f".{key}" for key in known})
        values = reader.fields(cls, node_of({key: value for key, value in data.items() if key not in known}), "")
        if not reader.faults:
            self._read |= {text: values.get(key) for key, text in texts.items() if key not in known}
        before = {key: self._read[texts[key]] for key in known}
        return {**{key: value for key, value in before.items() if value is not None}, **values}, reader.faults


def _tops(key: str) -> Iterator[str]:
    """What of the project a key of a patch may change."""
    head = key.partition(".")[0]
    yield head
    for path in (one.path for one in (_ADDRESSED.get(head), LISTS.get(key)) if one is not None):
        yield path.partition(".")[0]
    if head == _ANSWERS.name:
        yield _ANSWERS.path.partition(".")[0]


class _Patch:
    """Lays dotted keys over the base; entries of lists are addressed by their kind."""

    def __init__(self, data: Entries, regulation: Regulation, day: str, answered: str) -> None:
        self.data = data
        self.regulation = regulation
        self.day = day
        self.answered = answered

    def lay(self, key: str, value: Plain) -> None:
        head, _, rest = key.partition(".")
        one = _ADDRESSED.get(head)
        if one is not None and rest:
            self._record(one, rest, value)
        elif head == _ANSWERS.name and rest:
            answers = _below(self.data, _ANSWERS.path)
            answers.pop(rest, None)
            if value is not None:
                answers[rest] = (
                    value
                    if isinstance(value, dict)
                    else {"answer": value, "by": "某人", "on": self.answered, "note": "示例"}
                )
        else:
            _assign(self.data, LISTS[key].path if key in LISTS else key, value)

    def _list(self, one: RecordList) -> list[Plain]:
        *path, last = one.keys
        holder = self.data
        for key in path:
            holder = _below(holder, key)
        found = holder.setdefault(last, [])
        if not isinstance(found, list):
            message = f"{one.path} 不是列表，示例不能改其中的记录"
            raise ExampleError(message)
        return found

    def _record(self, one: RecordList, rest: str, value: Plain) -> None:
        address, _, attribute = rest.partition(".")
        kind, _, body = address.partition("@")
        records = self._list(one)
        found = [r for r in records if isinstance(r, dict) and _is(r, one, kind, body)]
        if value is None and not attribute:
            for record in found:
                _drop(records, record, one, kind)
            return
        if not found:
            found = [self._new(one, kind, body)]
            records.extend(found)
        for record in found:
            _set(record, one, attribute, value)

    def _new(self, one: RecordList, kind: str, body: str) -> Entries:
        """A record of a kind with what it must say: on the day of the base, by the body that the pack names."""
        words = self.regulation.words
        word = words.get(one.words, {}).get(kind)
        given: dict[Role, Plain] = {
            Role.NAME: kind,
            Role.DAY: self.day,
            Role.RESULT: PASSED,
            Role.BODY: body or ([*word.to] if word else []) or next(iter(words["bodies"]), ""),
        }
        wanted = (spec for spec in specs(one.cls).values() if spec.required or spec.role is Role.DAY)
        record: Entries = {spec.key: given[spec.role] for spec in wanted if spec.role in given}
        several = specs(one.cls)[one.address].kind is Kind.WORDS
        return {**record, one.address: [kind] if several else kind}


def _drop(records: list[Plain], record: Entries, one: RecordList, kind: str) -> None:
    kinds = record.get(one.address)
    if isinstance(kinds, list) and len(kinds) > 1 and kind in kinds:
        kinds.remove(kind)
    else:
        records.remove(record)


def _set(record: Entries, one: RecordList, attribute: str, value: Plain) -> None:
    if attribute:
        record.pop(attribute, None)
        if value is not None:
            _assign(record, attribute, value)
    elif isinstance(value, dict):
        record.update(value)
    else:
        record[one.key(Role.DAY) or one.key(Role.AMOUNT)] = value


def _is(record: Entries, one: RecordList, kind: str, body: str) -> bool:
    if kind not in _several(record.get(one.address)) and record.get(one.key(Role.NAME)) != kind:
        return False
    return not body or body in _several(record.get(one.key(Role.BODY)))


def _several(given: Plain) -> list[Plain]:
    return given if isinstance(given, list) else [given]


def _assign(data: Entries, key: str, value: Plain) -> None:
    *path, last = key.split(".")
    for part in path:
        data = _below(data, part)
    if value is None:
        data.pop(last, None)
    else:
        data[last] = value


def _content(headings: Entries, *, readable: bool) -> Reading:
    if not readable:
        return Reading(None, None, Trouble.UNSUPPORTED, "这种格式不能查看内部")
    written = {key: _text(value) for key, value in headings.items()}
    lengths = {key: int(text) if _LENGTH.fullmatch(text) else text for key, text in written.items()}
    return Reading(None, from_headings(lengths), None)


def _entries(value: Plain) -> Entries:
    """The mapping itself, not a copy; an empty one of anything else."""
    return value if isinstance(value, dict) else {}


def _text(value: Plain) -> str:
    """A value as it is written, a number of a patch that Python made too; '' of nothing and of what has parts."""
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def _below(data: Entries, key: str) -> Entries:
    """What stands under a key, made where it is not there."""
    found = data.setdefault(key, {})
    if not isinstance(found, dict):
        message = f"{key} 不是一组字段，示例不能改其中的键"
        raise ExampleError(message)
    return found


def node_of(value: object) -> Node:
    """Plain data, or data of Python that is to be read as if it had been written, as a tree without places."""
    node = Node(None, 1, 1)
    if isinstance(value, dict):
        node.value = {str(key): node_of(entry) for key, entry in value.items()}
        node.keys = dict.fromkeys(node.value, (1, 1))
    elif isinstance(value, list):
        node.value = [node_of(entry) for entry in value]
    elif value is not None:
        node.value = str(value)
    return node
