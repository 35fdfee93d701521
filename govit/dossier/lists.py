"""记录列表：what follows from the declarations of `model`, for every list of records and for every record in one.

Nobody else says which field of a record is its kind, its day or its body, or where its list stands: whoever means a
list names the class of its records (`list_of(Approval)`), and whoever holds a record asks here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from govit.base.records import value_record
from govit.base.wording import Wording
from govit.dossier.keys import Kind, Listed, Role, specs
from govit.dossier.model import Named, Project, Settings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from govit.dossier.keys import Declared, Spec
    from govit.dossier.model import Record


# -- the lists ---------------------------------------------------------------------------------------


@value_record
class RecordList:
    """记录列表：where it stands, what it holds, and which fields of its records say what."""

    path: str
    """Its dotted key: budget.lines."""
    cls: type[Record]
    label: str
    listed: Listed
    files: tuple[type[Project | Settings], ...]
    """The files that have it."""
    by_question: bool = False
    """Whether it is a mapping of questions to records."""
    texts: str = ""
    """The word list that its entries are taken from, where they are texts and no records."""

    @cached_property
    def name(self) -> str:
        """The word that packs use for it: lines."""
        return self.path.rpartition(".")[2]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys that lead to it."""
        return tuple(self.path.split("."))

    @property
    def of_unit(self) -> bool:
        """Whether it stands in govit.yaml only."""
        return Project not in self.files

    def spec(self, role: Role) -> Spec | None:
        """The field of a record that has a role."""
        return next((spec for spec in specs(self.cls).values() if spec.role is role), None)

    def key(self, role: Role) -> str:
        """The key of a record that has a role, '' if none has it."""
        spec = self.spec(role)
        return spec.key if spec is not None else ""

    @cached_property
    def words(self) -> str:
        """The word list of the pack that the kinds of its records are taken from, '' if they have none."""
        spec = self.spec(Role.KIND)
        return spec.words if spec is not None else self.texts

    @cached_property
    def by_kind(self) -> bool:
        """Whether its records are found by a kind of the pack and have a day: `events.事项`."""
        return bool(self.words) and self.spec(Role.DAY) is not None

    @property
    def wanted(self) -> bool:
        """Whether a rule may want an entry that is not there: what is missing is then shown to belong here."""
        return self.listed.wanted or self.by_question or (self.by_kind and not self.of_unit)

    @cached_property
    def address(self) -> str:
        """The key that tells its records apart: the kind where the pack has words for it, else the name, else ''."""
        return self.key(Role.KIND) if self.words else self.key(Role.NAME)

    @cached_property
    def found_by(self) -> tuple[str, ...]:
        """The keys that a record must give to be found under its kind, on its day, at its body."""
        roles = (Role.KIND, Role.BODY, Role.RESULT, Role.DAY, Role.FILE)
        return tuple(key for key, s in specs(self.cls).items() if s.role in roles and (s.required or s.needed))


def _declared() -> Iterator[RecordList]:
    for home in (Project, Settings):
        for path, spec in _specs_below(home, ""):
            if spec.kind in (Kind.RECORDS, Kind.ANSWERS) and spec.of is not None:
                listed = spec.listed or Listed(spec.label)
                entry = cast("type[Record]", spec.of)  # the entries of a list are records
                yield RecordList(path, entry, spec.label, listed, (home,), spec.kind is Kind.ANSWERS)


def _specs_below(cls: type[Declared], above: str) -> Iterator[tuple[str, Spec]]:
    for key, spec in specs(cls).items():
        yield f"{above}{key}", spec
        if spec.kind is Kind.RECORD and spec.of is not None:
            yield from _specs_below(spec.of, f"{above}{key}.")


def _by_name() -> dict[str, RecordList]:
    found: dict[str, RecordList] = {}
    for one in _declared():
        first = found.get(one.name)
        files = (*first.files, *one.files) if first is not None else one.files
        kept = first or one
        found[one.name] = RecordList(kept.path, kept.cls, kept.label, kept.listed, files, kept.by_question)
    return found


LISTS: Mapping[str, RecordList] = _by_name()
"""Every list of records, by the word that packs use for it, in the order of the files."""
_BY_CLASS: Mapping[type[Declared], RecordList] = {one.cls: one for one in LISTS.values()}

BY_KIND: Mapping[str, RecordList] = {name: one for name, one in LISTS.items() if one.by_kind}
"""The lists whose records are found by kind: events, approvals, submissions, documents, contracts, notices."""
BODIES = "bodies"
BY_NAME: Mapping[str, RecordList] = {
    **{
        key: RecordList(key, Named, spec.label, Listed(spec.label, by_rules=True), (Project,), texts=spec.words)
        for key, spec in specs(Project).items()
        if spec.kind in (Kind.TEXTS, Kind.WORDS)
    },
    BODIES: RecordList("", Named, "机构", Listed("机构", by_rules=True), (Project,), texts=BODIES),
}
"""The lists whose entries have only a name: those of texts in project.yaml, and the bodies of the pack."""
BY_RULES: Mapping[str, RecordList] = {
    **{name: one for name, one in LISTS.items() if one.listed.by_rules},
    **BY_NAME,
}
"""The lists that rules may go over, one entry at a time."""
RECORDED_AT: Mapping[str, str] = {
    **{one.words: one.path for one in BY_KIND.values()},
    **{spec.words: path for path, spec in _specs_below(Project, "") if spec.kind is Kind.FLAGS},
    **{
        spec.words: f"{one.path}.{key}"
        for one in LISTS.values()
        for key, spec in specs(one.cls).items()
        if spec.kind is Kind.FLAGS
    },
}
"""Where the words of a list of the pack are recorded: acts -> approvals, row_traits -> catalogue.traits."""


def list_of(cls: type[Declared]) -> RecordList:
    """The list that holds records of a class."""
    return _BY_CLASS[cls]


def entries_of(project: Project, one: RecordList) -> tuple[Record, ...]:
    """What a list of a project holds, or, where it stands in govit.yaml only, that of its unit."""
    home: object = project.settings if one.of_unit else project
    *above, last = one.keys
    for key in above:
        home = getattr(home, key)
        if home is None:
            return ()
    held: tuple[Record, ...] | dict[str, Record] = getattr(home, last)
    return tuple(held.values()) if isinstance(held, dict) else held


# -- one record ----------------------------------------------------------------------------------------


def _by_role(cls: type[Declared]) -> Mapping[Role, str]:
    """The key of each role, '' where none has it: in one pass, since every run does it for every class."""
    found = dict.fromkeys(Role, "")
    for key, spec in specs(cls).items():
        if spec.role is not None and not found[spec.role]:
            found[spec.role] = key
    return found


_KEYS: Mapping[type[Record], Mapping[Role, str]] = {
    **{one.cls: _by_role(one.cls) for one in LISTS.values()},
    Named: {role: "name" if role in (Role.NAME, Role.KIND) else "" for role in Role},
}
_SEVERAL = frozenset(
    (one.cls, spec.role) for one in LISTS.values() for spec in specs(one.cls).values() if spec.kind is Kind.WORDS
)
"""The fields that hold several words."""
_DAY, _KIND, _BODY = ({cls: keys[role] for cls, keys in _KEYS.items()} for role in (Role.DAY, Role.KIND, Role.BODY))
"""What is asked of every record many times, told apart once."""


def day_of(record: Record) -> dt.date | None:
    """The day that a record carries: of the event, the submission, the approval, the document."""
    key = _DAY[type(record)]
    day: dt.date | None = getattr(record, key) if key else None
    return day


def kinds_of(record: Record) -> tuple[str, ...]:
    """The kinds under which a record is found; an approval by its act."""
    return _words_of(record, _KIND[type(record)])


def bodies_of(record: Record) -> tuple[str, ...]:
    """The body that gave an approval, or the bodies to which something was handed."""
    return _words_of(record, _BODY[type(record)])


def text_of(record: Record, role: Role) -> str | None:
    """What a record says in a role that is one text: its name, number, file, result, or what it is about."""
    key = _KEYS[type(record)][role]
    text: str | None = getattr(record, key) if key else None
    return text


def _words_of(record: Record, key: str) -> tuple[str, ...]:
    found: tuple[str, ...] | str | None = getattr(record, key) if key else None
    if isinstance(found, tuple):
        return found
    return (found,) if found else ()


def by_kind(one: RecordList, records: Iterable[Record], last: dt.date) -> dict[str, list[Record]]:
    """The records of a list up to a day, under each of their kinds; every run asks it for every list."""
    day_key, kind_key = _DAY[one.cls], _KIND[one.cls]
    found: dict[str, list[Record]] = {}
    for record in records:
        day: dt.date | None = getattr(record, day_key) if day_key else None
        if day is None or day <= last:
            for kind in _words_of(record, kind_key):
                found.setdefault(kind, []).append(record)
    return found


def name_of(record: Record, kinds: tuple[str, ...] = ()) -> str:
    """What a record is called as the subject of a finding; of a file's several kinds the one that is meant."""
    if isinstance(record, Named):
        return record.name
    one = list_of(type(record))
    if (one.cls, Role.KIND) in _SEVERAL:
        own, file = kinds_of(record), text_of(record, Role.FILE) or ""
        kind = next((k for k in own if k in kinds), own[0] if own else "")
        return f"{kind}（{file}）" if file and kind not in file else kind
    of_pack = text_of(record, Role.KIND) if one.words else None  # one of two fixed words is no name
    name = text_of(record, Role.NAME) or text_of(record, Role.ID) or of_pack
    return name or Wording("{}", day_of(record) or record.at)
