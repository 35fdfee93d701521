"""卷宗：folders -> projects, and faults about what cannot be read.

Dossiers come from strangers: no path leaves the project's folder, links are not followed out of it,
sizes are bounded. The words of a regulation come in as data; packs are never imported here.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, overload

from govit.base.files import control_in, printable, read_bytes, reason
from govit.base.records import field, record, replace
from govit.base.workers import Died, in_order, processes
from govit.dossier.fields import Reader
from govit.dossier.keys import Role, specs
from govit.dossier.lists import LISTS, entries_of, list_of, text_of
from govit.dossier.model import (
    Commencement,
    Document,
    Index,
    Neighbour,
    Project,
    Settings,
    Source,
    System,
    Unit,
)
from govit.dossier.secrecy import (
    CLASSIFIED,
    STUB_KEYS,
    is_classified,
    is_plainly_unclassified,
    may_be_classified,
    repeats_classified,
    secret_marks,
    stub_faults,
    unspoken,
)
from govit.dossier.tree import (
    DOSSIER_FILE,
    PROJECT_FILE,
    Folder,
    Tree,
    base_of,
    comparable,
    find,
    inside,
    is_dossier,
    is_within,
)
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.nodes import Node
from govit.yamltext.parts import parts_of
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from govit.dossier.keys import Arguments
    from govit.dossier.model import Record
    from govit.dossier.tree import Found
    from govit.yamltext.cuts import Cut

    Words = Mapping[str, Mapping[str, str]]
    Vocabulary = Callable[[str, Path | None], Words | None]
    NeighbourKeys = Callable[[str, Path | None], frozenset[str] | None]
    """The keys of project.yaml that the rules of a regulation ask of neighbours."""


USABLE = "govit regulations 列出可以使用的办法"
_COMMENCEMENT = "commencement"
_IN_FORCE = specs(Commencement)["status"].choices[0]
_DOCUMENTS = list_of(Document)
READ_ONCE = 500
"""A dossier of so many projects is read once and kept; of a larger one each project is read when its turn comes."""
_LATEST = 16
_PLACES_OF_NEIGHBOURS = ("answers.", "applicant", "unit", "year")
"""What must be known to be written, though it may not be readable: it hides what the dossier says."""
_KNOWN_OF_ALL = frozenset(("id", "name"))
"""What is known of every project of a dossier, whatever its regulation."""
_NOT_LISTED = frozenset((PROJECT_FILE, DOSSIER_FILE, "readme.md", "thumbs.db", "desktop.ini"))


class Projects(Sequence["Project"]):
    """项目：those of a dossier in the order of their paths, each read when it is asked for; a few are kept as read."""

    def __init__(self, read: Callable[[int], Project], number: int, kept: tuple[Project, ...] = ()) -> None:
        self._read = read
        self._number = number
        self._in_memory = kept
        self._latest: dict[int, Project] = {}

    def __len__(self) -> int:
        """How many there are."""
        return self._number

    @overload
    def __getitem__(self, number: int) -> Project: ...
    @overload
    def __getitem__(self, number: slice) -> list[Project]: ...
    def __getitem__(self, number: int | slice) -> Project | list[Project]:
        """One of them, or some."""
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(self._number))]
        if not -self._number <= number < self._number:
            raise IndexError(number)
        return self._in_memory[number] if self._in_memory else self._read(number % self._number)

    def again(self, number: int) -> Project:
        """One that may be asked for several times in a row."""
        if number not in self._latest:
            if len(self._latest) >= _LATEST:
                self._latest.clear()
            self._latest[number] = self[number]
        return self._latest[number]


@record
class Dossier:
    """卷宗：its settings, all its projects, and which of them were asked for."""

    root: Path
    shown: str
    settings: Settings
    faults: tuple[Fault, ...]
    projects: Sequence[Project]
    chosen: tuple[int, ...]
    """The numbers of the projects that were asked for."""
    index: Index = field(default_factory=Index)
    packs: Path | None = None
    """The folder of the user's own regulations."""

    @property
    def selected(self) -> Iterator[Project]:
        """The projects that were asked for, in order of their paths, each read when its turn comes."""
        return (self.projects[number] for number in self.chosen)

    @property
    def near(self) -> Iterator[Neighbour]:
        """The same as the index has them."""
        return (self.index.projects[number] for number in self.chosen)


def load(
    paths: Sequence[Path],
    vocabulary: Vocabulary,
    regulation: str | None = None,
    packs: Path | None = None,
    part: tuple[int, int] | None = None,
    neighbours: NeighbourKeys | None = None,
    jobs: int | None = 1,
) -> list[Dossier]:
    """Read every dossier that the paths touch; NoProjectError if a path has none.

    `regulation` and `packs` come before what the dossier says. Of `part` (2, 4) every fourth project is asked for, from
    the second on. Of a large dossier no project is kept, only what `neighbours` says that rules ask of neighbours; without
    it every project is kept whole.
    """
    found = find(paths)
    if part is not None:
        found = _part_of(found, *part)
    read = _Loader(vocabulary, regulation, packs, found, neighbours, processes(jobs, len(found.folders)))
    return [read.dossier(root, base_of(Path(root), paths)) for root in sorted(found.chosen)]


def _part_of(found: Found, number: int, of: int) -> Found:
    asked = sorted((root, path) for root, paths in found.chosen.items() for path in paths)[number - 1 :: of]
    chosen = {root: {path for home, path in asked if home == root} for root in found.chosen}
    return replace(found, chosen=chosen)


def digest(dossiers: Iterable[Dossier]) -> str:
    """What tells dossiers from others: the bytes of every govit.yaml, project.yaml and pack, under their names."""
    from hashlib import sha256

    whole = sha256()
    for read in dossiers:
        packs = sorted(read.packs.glob("*.yaml")) if read.packs else []
        files = [(read.shown, read.root / DOSSIER_FILE)]
        near = (one.project for one in read.index.projects)
        files += [(project.source.file, project.folder / PROJECT_FILE) for project in near if project.folder]
        for name, path in (*files, *((path.name, path) for path in packs)):
            try:
                data = read_bytes(path, MAX_BYTES)
            except OSError:
                data = b""
            whole.update(f"{name}\0{len(data)}\0".encode())
            whole.update(data)
    return whole.hexdigest()[:16]


# -- reading them ----------------------------------------------------------------------------------


class _ProjectDraft(NamedTuple):
    """A project as its own file has it, before the dossier's defaults are laid under it."""

    folder: Folder
    source: Source
    regulation: str | None
    words: Words | None
    values: Arguments
    faults: list[Fault]
    also: tuple[_ProjectDraft, ...] = ()
    """The same file as the other regulations read it that it names."""


class _Loader:
    """Reads dossiers with one set of options."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        forced: str | None,
        packs: Path | None,
        found: Found,
        neighbours: NeighbourKeys | None,
        jobs: int,
    ) -> None:
        self._vocabulary = vocabulary
        self._neighbours = neighbours
        self._jobs = jobs
        self._words: dict[tuple[str, Path | None], Words | None] = {}
        self.forced = forced
        self.packs = packs
        self.found = found

    def vocabulary(self, regulation: str, packs: Path | None) -> Words | None:
        """The words of a regulation, asked for once."""
        if (regulation, packs) not in self._words:
            self._words[regulation, packs] = self._vocabulary(regulation, packs)
        return self._words[regulation, packs]

    def dossier(self, root: str, base: Path) -> Dossier:
        """Read govit.yaml and every project of one dossier."""
        top, faults = None, [odd.fault(base) for odd in self.found.odd if odd.root == root]
        cut: Mapping[tuple[int, int], Cut] = {}
        if is_dossier(root):
            top, found, cut = _read(os.path.join(root, DOSSIER_FILE))
            faults += found
        packs, found = (self.packs, []) if self.packs else _own_packs(root, top)
        faults += found
        defaults = (self.forced,) if self.forced else regulations_in(top)
        folders = sorted((f for f in self.found.folders.values() if f.root == root), key=lambda f: f.path)
        reader = _ProjectReader(self, base, defaults, top, packs)
        keeps = self._neighbours is None or (self._jobs == 1 and len(folders) <= READ_ONCE)
        drafts = [reader.draft(folder) for folder in folders] if keeps else self._sketches(folders, reader)
        read = [one.regulation for draft in drafts for one in (draft, *draft.also)]
        ids = sorted({name for name in (*defaults, *read) if name})
        shown = _shown(os.path.join(root, DOSSIER_FILE), base)
        settings, found = _settings(top, shown, _union(self.vocabulary(name, packs) for name in ids), cut)
        faults += found
        for name in defaults:
            if self.vocabulary(name, packs) is None and name not in read:
                faults.append(_at(top, "regulation", Fault("GOV-109", f"“{name}”不是可以使用的办法", hint=USABLE)))
        settings, found = self._commencement(settings, top, packs)
        faults += found
        near = tuple(_project(draft, settings) for draft in drafts)
        projects = Projects(
            lambda number: _project(reader.draft(folders[number]), settings), len(folders), near if keeps else ()
        )
        index = Index(
            _neighbours(near),
            _neighbours(one for project in near for one in project.also),
            None if keeps else _whole(projects, folders),
        )
        chosen = self.found.chosen[root]
        asked = tuple(number for number, folder in enumerate(folders) if folder.path in chosen)
        return Dossier(Path(root), shown, settings, tuple(faults), projects, asked, index, packs)

    def _sketches(self, folders: Sequence[Folder], reader: _ProjectReader) -> list[_ProjectDraft]:
        """Of each project what others need to know of it."""
        if self._jobs == 1:
            return [reader.draft(folder, sketched=True) for folder in folders]
        import pickle  # what comes back was made by this very program, in memory

        def sketch(number: int) -> bytes:
            return pickle.dumps(reader.draft(folders[number], sketched=True))

        with closing(in_order(len(folders), sketch, self._jobs)) as frames:
            return [
                reader.draft(folder, sketched=True) if isinstance(frame, Died) else pickle.loads(frame)  # noqa: S301
                for folder, frame in zip(folders, frames, strict=True)
            ]

    def asked_of(self, regulation: str | None, packs: Path | None) -> frozenset[str] | None:
        """The keys of a project under a regulation that others need to know; None for all of them."""
        if self._neighbours is None:
            return None
        keys = self._neighbours(regulation, packs) if regulation else frozenset[str]()
        return keys | _KNOWN_OF_ALL if keys is not None else None

    def _commencement(self, settings: Settings, top: Node | None, packs: Path | None) -> tuple[Settings, list[Fault]]:
        """The day of commencement that the dossier gives to a draft; one that is wrong counts for nothing."""
        said = settings.commencement
        if said is None or top is None:
            return settings, []
        words = self.vocabulary(said.regulation, packs) if said.regulation else None
        found = [_at(top, _COMMENCEMENT, fault) for fault in _wrong_commencement(said, words)]
        return (replace(settings, commencement=None) if found else settings), found


class _ProjectReader(NamedTuple):
    """Reads the projects of one dossier."""

    loader: _Loader
    base: Path
    defaults: tuple[str, ...]
    top: Node | None
    packs: Path | None

    def draft(self, folder: Folder, *, sketched: bool = False) -> _ProjectDraft:
        """A project as its own file has it; `sketched` is only what others need to know of it."""
        if sketched and (near := self._near(folder)) is not None:
            return near
        path = os.path.join(folder.path, PROJECT_FILE)
        shown = _shown(path, self.base)
        node, faults, cut = _read(path)
        if node is None:
            return _ProjectDraft(folder, Source(shown, {}), None, None, {}, faults)
        named = (self.loader.forced,) if self.loader.forced else regulations_in(node) or self.defaults
        if is_classified(node) or any(repeats_classified(fault) for fault in faults):
            stubs = [_stub(node, folder, shown, name, faults) for name in named or (None,)]
            return stubs[0]._replace(also=tuple(stubs[1:]))
        read = [self._read_by(node, one, named, folder, cut, sketched=sketched) for one in named or (None,)]
        once = {(f.rule, f.line, f.column): f for draft in reversed(read) for f in reversed(draft.faults)}
        faults += reversed(once.values())
        if not named:
            hint = f"在 project.yaml 或 govit.yaml 写明 regulation；{USABLE}"
            faults.append(Fault("GOV-108", "缺少 regulation（适用办法）", 1, 1, hint, "regulation"))
        first, *others = (draft._replace(faults=[]) for draft in read)
        return first._replace(faults=faults, also=tuple(others))

    def _near(self, folder: Folder) -> _ProjectDraft | None:
        """What others need to know of a project, read from its parts; None where the whole must be read."""
        path = os.path.join(folder.path, PROJECT_FILE)
        try:
            text = "" if os.path.islink(path) else decode(read_bytes(path, MAX_BYTES))
        except (OSError, YamlError):
            return None
        parts = parts_of(text) if text and is_plainly_unclassified(text) else None
        if parts is None:
            return None
        top = parse(parts["regulation"])[0] if "regulation" in parts else None
        named = (self.loader.forced,) if self.loader.forced else regulations_in(top) or self.defaults
        asked = [self.loader.asked_of(name, self.packs) for name in named or (None,)]
        keys = {"regulation", *(key.partition(".")[0] for one in asked for key in one or ())}
        wanted = "".join(part for key, part in parts.items() if key in keys)
        if None in asked or not wanted or "#" in wanted:  # a text that is cut short at a number sign is told of
            return None
        node, _ = parse(wanted)
        first, *others = (self._read_by(node, one, named, folder, {}, sketched=True) for one in named or (None,))
        return first._replace(also=tuple(others))

    def _read_by(
        self,
        node: Node,
        regulation: str | None,
        named: tuple[str, ...],
        folder: Folder,
        cut: Mapping[tuple[int, int], Cut],
        *,
        sketched: bool,
    ) -> _ProjectDraft:
        """A file as one of the regulations reads it that it names."""
        shown = _shown(os.path.join(folder.path, PROJECT_FILE), self.base)
        words = self._words_among(regulation, named)
        reader = Reader(words, given={"unit.name"} if _has_unit_name(self.top) else (), cut=cut)
        seen = _as_read_by(node, regulation, named)
        keys = self.loader.asked_of(regulation, self.packs) if sketched else None
        if keys is None:
            values = reader.fields(Project, seen, "")
            source = Source(shown, reader.places, reader.blanks)
            return _ProjectDraft(folder, source, regulation, words, values, reader.faults)
        values = reader.fields(Project, seen.with_only(keys), "")
        places = {at: place for at, place in reader.places.items() if at.startswith(_PLACES_OF_NEIGHBOURS) or not at}
        files = folder.files if _DOCUMENTS.path in keys else []
        folder = replace(folder, files=files)
        return _ProjectDraft(folder, Source(shown, places), regulation, words if files else None, values, [])

    def _words_among(self, regulation: str | None, named: Sequence[str]) -> Words | None:
        """The words of a regulation; what is a word of another that the project names as well is let pass as it is."""
        known, packs = self.loader.vocabulary, self.packs
        words = known(regulation, packs) if regulation else None
        others = [found for name in named if name != regulation and (found := known(name, packs)) is not None]
        if words is None or not others:
            return words
        names = {name for found in (words, *others) for name in found}
        passing = {name: {word: word for found in others for word in found.get(name, {})} for name in names}
        return {name: {**passing[name], **words.get(name, {})} for name in names}


def regulations_in(node: Node | None) -> tuple[str, ...]:
    """The regulations that a file names: one, or several as a list, the first of them the one that leads."""
    value = node.value.get("regulation") if node is not None and type(node.value) is dict else None
    if value is None or type(value.value) is not list:
        one = _scalar(node, "regulation")
        return (one,) if one else ()
    texts = (entry.value.strip() for entry in value.value if type(entry.value) is str)
    return tuple(dict.fromkeys(text for text in texts if text and control_in(text) is None))


def _as_read_by(node: Node, regulation: str | None, named: Sequence[str]) -> Node:
    """A file as one of the regulations reads it that it names: of what is said for each, what is said for this one."""
    if len(named) <= 1:
        return _leading(node)
    chosen = _chosen(node, regulation or "", frozenset(named))
    return _leading(chosen, regulation)


def _leading(node: Node, regulation: str | None = None) -> Node:
    """A file that names one regulation: that of a list which leads, or the one that is meant."""
    value = node.entries.get("regulation")
    if value is None or not isinstance(value.value, list):
        return node
    entries = [entry for entry in value.value if isinstance(entry.value, str)]
    one = next((entry for entry in entries if regulation is None or entry.text.strip() == regulation), None)
    return _with_value(node, {**node.entries, "regulation": one or Node(None, value.line, value.column)})


def _chosen(node: Node, regulation: str, named: frozenset[str]) -> Node:
    """A tree in which every mapping from regulations to values is the value for one of them."""
    if isinstance(node.value, dict):
        if node.value and named.issuperset(node.value):
            return node.value.get(regulation) or Node(None, node.line, node.column)
        return _with_value(node, {key: _chosen(value, regulation, named) for key, value in node.value.items()})
    if isinstance(node.value, list):
        return _with_value(node, [_chosen(entry, regulation, named) for entry in node.value])
    return node


def _with_value(node: Node, value: dict[str, Node] | list[Node]) -> Node:
    """A node of the same place that holds something else."""
    made = Node(value, node.line, node.column, flow=node.flow)
    made.keys = node.keys
    return made


def _neighbours(projects: Iterable[Project]) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(p.source.file.rpartition("/")[0] or ".", p) for p in projects)


def _whole(projects: Projects, folders: Sequence[Folder]) -> Callable[[Neighbour], Project]:
    """Reads all of a neighbour."""
    numbers = {Path(folder.path): number for number, folder in enumerate(folders)}

    def whole(neighbour: Neighbour) -> Project:
        near = neighbour.project
        if near.folder is None:
            return near
        found = projects.again(numbers[near.folder])
        return next((one for one in (found, *found.also) if one.regulation == near.regulation), found)

    return whole


def _stub(node: Node, folder: Folder, shown: str, regulation: str | None, found: list[Fault]) -> _ProjectDraft:
    """A classified project: its id, and nothing else."""
    places = {"": (1, 1), **{key: node.keys[key] for key in STUB_KEYS if key in node.keys}}
    values = {"id": _scalar(node, "id"), CLASSIFIED: True}
    faults = stub_faults(node, _scalar(node, "id"), folder.files, found)
    return _ProjectDraft(folder, Source(shown, places), regulation, None, values, faults)


def _wrong_commencement(said: Commencement, words: Words | None) -> Iterator[Fault]:
    name = said.regulation
    if words is None:
        yield Fault("GOV-109", f"commencement（施行日期）里的“{name or ''}”不是可以使用的办法", hint=USABLE)
    elif name not in words.get("drafts", {}):
        hint = "删去 commencement；现行和已失效的办法按它自己的日期判断"
        yield Fault("GOV-109", f"“{name}”不是征求意见稿，施行日期不能由卷宗指定", hint=hint)
    if said.status == _IN_FORCE and said.effective_from is None:
        yield Fault("GOV-108", "commencement 缺少 effective_from（施行日期）", hint="写正式文件规定的施行日期")
    if said.status != _IN_FORCE and (said.effective_from or said.effective_to):
        hint = f"已经施行的，status 写{_IN_FORCE}；没有施行的，不写日期"
        yield Fault("GOV-107", "commencement 写着征求意见稿，又写了施行日期", hint=hint)
    if said.effective_from and said.effective_to and said.effective_to < said.effective_from:
        yield Fault(
            "GOV-107",
            f"effective_to（{said.effective_to}）早于 effective_from（{said.effective_from}）",
            hint="核对正式文件规定的有效期",
        )


def _project(draft: _ProjectDraft, settings: Settings) -> Project:
    values = draft.values
    given = draft.source.places
    values["unit"] = _merged_unit(values.get("unit"), settings.unit, given) if values else None
    if values.get("classified") is not True and "" in draft.source.places:
        for key in ("applicant", "year"):
            values[key] = values.get(key) if key in given else getattr(settings, key)
        values[_DOCUMENTS.path] = _with_named_files(values.get(_DOCUMENTS.path, ()), draft.folder.files, draft.words)
    return Project(
        **{**values, "regulation": draft.regulation},
        settings=settings,
        folder=Path(draft.folder.path),
        source=draft.source,
        faults=tuple(draft.faults),
        also=tuple(replace(_project(other, settings), shared=True) for other in draft.also),
        shared=bool(draft.also),
    )


def _own_packs(root: str, top: Node | None) -> tuple[Path | None, list[Fault]]:
    """The folder of the user's own packs, if it lies inside the dossier."""
    given = _scalar(top, "regulations")
    if not given:
        return None, []
    found = inside(Path(root), given)
    if isinstance(found, Fault):
        return None, [_at(top, "regulations", found)]
    if not found.is_dir():
        return None, [_at(top, "regulations", Fault("GOV-202", f"“{given}”不是文件夹", hint="写自备办法所在的文件夹"))]
    return found, []


def _at(top: Node | None, key: str, fault: Fault) -> Fault:
    value = top.entries.get(key) if top is not None else None
    placed = replace(fault, key=key)
    return replace(placed, line=value.line, column=value.column) if value is not None else placed


def _union(vocabularies: Iterable[Words | None]) -> Words | None:
    merged: dict[str, dict[str, str]] = {}
    for words in vocabularies:
        for name, listed in (words or {}).items():
            merged.setdefault(name, {}).update(listed)
    return merged or None


def _read(path: str) -> tuple[Node | None, list[Fault], Mapping[tuple[int, int], Cut]]:
    """The tree of a file that is a mapping, else None and why; faults that leave it readable come along.

    And the texts that YAML cuts short at a number sign, by where they begin.
    """
    text = ""
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode) and not is_within(os.path.realpath(path), os.path.dirname(path)):
            message = f"{os.path.basename(path)} 是指向文件夹外的链接，没有读取"
            return None, [Fault("GOV-201", message, 1, 1, "请放入文件本身")], {}
        data = read_bytes(path, MAX_BYTES)
        text = decode(data)
        node, faults = parse(text)
    except OSError as error:
        return None, [Fault("GOV-101", f"文件打不开：{reason(error)}", 1, 1, "检查文件是否存在、是否有读取权限")], {}
    except YamlError as error:
        return None, (unspoken(error.faults) if may_be_classified(text) else error.faults), {}
    if node.value is None:
        return None, [Fault("GOV-101", "文件是空的", 1, 1, "至少要写 id、name、regulation、stage")], {}
    if data.startswith(b"\xef\xbb\xbf"):
        faults.append(Fault("GOV-110", "文件开头有 BOM，已照常读取", 1, 1, "另存为“UTF-8（无 BOM）”可去掉"))
    if "★" in text:
        faults += secret_marks(text)
    if type(node.value) is dict:
        return node, faults, _cuts(text) if " #" in text or "\t#" in text else {}
    hint = "每行写一个 键: 值，冒号用半角并空一格"
    slips: list[Fault] = []
    if type(node.value) is str:
        from govit.yamltext.slips import full_width_colons

        slips = full_width_colons(text)
    faults += slips or [Fault("GOV-103", "文件内容不是“键: 值”", node.line, node.column, hint)]
    return None, (unspoken(faults) if may_be_classified(text) else faults), {}


def _cuts(text: str) -> Mapping[tuple[int, int], Cut]:
    from govit.yamltext.cuts import cuts

    return cuts(text)


def _shown(path: str, base: Path) -> str:
    """A path as reports name it, relative and with slashes on every system."""
    top = str(base).rstrip(os.sep) + os.sep
    relative = path[len(top) :] if path.startswith(top) else os.path.relpath(path, base)
    return printable(relative.replace(os.sep, "/"))


def _scalar(node: Node | None, key: str) -> str | None:
    value = node.value.get(key) if node is not None and type(node.value) is dict else None
    text = value.value.strip() if value is not None and type(value.value) is str else ""
    return text if text and control_in(text) is None else None


def _has_unit_name(top: Node | None) -> bool:
    return top is not None and _scalar(top.entries.get("unit"), "name") is not None


def _settings(
    top: Node | None, shown: str, words: Words | None, cut: Mapping[tuple[int, int], Cut]
) -> tuple[Settings, list[Fault]]:
    if top is None:
        return Settings(), []
    reader = Reader(words, given={"unit.name"}, cut=cut)
    values = reader.fields(Settings, _leading(top), "")
    seen: dict[str | None, str] = {}
    for system in values.get(list_of(System).path, ()):
        first = seen.setdefault(system.id, system.at)
        if system.id and first != system.at:
            line, column = reader.places[system.at]
            message = f"系统 id“{system.id}”写了两次，另一处是 {first}"
            reader.faults.append(Fault("GOV-306", message, line, column, "每个系统用不同的 id", f"{system.at}.id"))
    return Settings(**values, source=Source(shown, reader.places, reader.blanks)), reader.faults


def _merged_unit(own: Unit | None, default: Unit | None, given: Container[str]) -> Unit | None:
    """The project's unit over the dossier's; what the project gives wrongly is unknown, not the dossier's."""
    if own is None or default is None:
        return default if own is None and "unit" not in given else own
    return Unit(**{key: getattr(own, key) if f"unit.{key}" in given else getattr(default, key) for key in specs(Unit)})


# -- the files of a project ------------------------------------------------------------------------


def _with_named_files(listed: Sequence[Document], files: Sequence[str], words: Words | None) -> tuple[Document, ...]:
    """The listed documents, and the files that are named after their kind and need no entry."""
    kinds = (words or {}).get(_DOCUMENTS.words, {})
    mentioned = {comparable(document.path) for document in listed if document.path}
    unnamed = []
    for name in files:
        stem = unicodedata.normalize("NFC", name.rpartition("/")[2].rpartition(".")[0])
        if stem in kinds and comparable(name) not in mentioned and control_in(name) is None:
            unnamed.append(Document(at=f"{_DOCUMENTS.path}:{name}", kinds=(kinds[stem],), path=name))
    return (*listed, *unnamed)


def named_files(project: Project) -> Iterator[tuple[str, Record]]:
    """Every file that a record names, with the record."""
    for one in LISTS.values():
        for entry in entries_of(project, one) if one.key(Role.FILE) else ():
            file = text_of(entry, Role.FILE)
            if file:
                yield file, entry


def unlisted(project: Project) -> list[str]:
    """Files in the folder that project.yaml does not mention and whose names say no kind."""
    if project.folder is None:
        return []
    mentioned = {comparable(file) for file, _ in named_files(project)}
    tree = Tree()
    tree.walk(str(project.folder), str(project.folder))
    home = tree.projects.get(str(project.folder))
    files = home.files if home is not None else []
    return [name for name in files if name.lower() not in _NOT_LISTED and comparable(name) not in mentioned]
