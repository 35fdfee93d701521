"""卷宗：folders -> projects, and faults about what cannot be read.

Dossiers come from strangers: no path leaves the project's folder, links are not followed out of it,
sizes are bounded. The words of a regulation come in as data; packs are never imported here.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govit.base.files import read_bytes
from govit.base.records import replace
from govit.base.workers import Died, in_order, processes
from govit.dossier.dossier_file import (
    COMMENCEMENT,
    USABLE,
    has_unit_name,
    merged_unit,
    own_packs,
    settings_in,
    wrong_commencement,
)
from govit.dossier.fields import Reader
from govit.dossier.listed_files import with_named_files
from govit.dossier.lists import list_of
from govit.dossier.model import Document, Index, Neighbour, Project, Source
from govit.dossier.named_regulations import as_read_by, regulations_in
from govit.dossier.projects import Dossier, Projects
from govit.dossier.secrecy import (
    CLASSIFIED,
    STUB_KEYS,
    is_classified,
    is_plainly_unclassified,
    repeats_classified,
    stub_faults,
)
from govit.dossier.tree import DOSSIER_FILE, PROJECT_FILE, Folder, base_of, find, is_dossier
from govit.dossier.yaml_file import placed_at, read_file, shown_path, text_at
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.parts import parts_of
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from govit.dossier.fields import Words
    from govit.dossier.keys import Arguments
    from govit.dossier.model import Settings
    from govit.dossier.tree import Found
    from govit.yamltext.cuts import Cut
    from govit.yamltext.nodes import Node

    Vocabulary = Callable[[str, Path | None], Words | None]
    NeighbourKeys = Callable[[str, Path | None], frozenset[str] | None]
    """The keys of project.yaml that the rules of a regulation ask of neighbours."""


_DOCUMENTS = list_of(Document)
READ_ONCE = 500
"""A dossier of so many projects is read once and kept; of a larger one each project is read when its turn comes."""
_PLACES_OF_NEIGHBOURS = ("answers.", "applicant", "unit", "year")
"""What must be known to be written, though it may not be readable: it hides what the dossier says."""
_KNOWN_OF_ALL = frozenset(("id", "name"))
"""What is known of every project of a dossier, whatever its regulation."""


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
            top, found, cut = read_file(os.path.join(root, DOSSIER_FILE))
            faults += found
        packs, found = (self.packs, []) if self.packs else own_packs(root, top)
        faults += found
        defaults = (self.forced,) if self.forced else regulations_in(top)
        folders = sorted((f for f in self.found.folders.values() if f.root == root), key=lambda f: f.path)
        reader = _ProjectReader(self, base, defaults, top, packs)
        keeps = self._neighbours is None or (self._jobs == 1 and len(folders) <= READ_ONCE)
        drafts = [reader.draft(folder) for folder in folders] if keeps else self._sketches(folders, reader)
        read = [one.regulation for draft in drafts for one in (draft, *draft.also)]
        ids = sorted({name for name in (*defaults, *read) if name})
        shown = shown_path(os.path.join(root, DOSSIER_FILE), base)
        settings, found = settings_in(top, shown, _union(self.vocabulary(name, packs) for name in ids), cut)
        faults += found
        for name in defaults:
            if self.vocabulary(name, packs) is None and name not in read:
                faults.append(
                    placed_at(top, "regulation", Fault("GOV-109", f"“{name}”不是可以使用的办法", hint=USABLE))
                )
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
        found = [placed_at(top, COMMENCEMENT, fault) for fault in wrong_commencement(said, words)]
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
        shown = shown_path(path, self.base)
        node, faults, cut = read_file(path)
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
        shown = shown_path(os.path.join(folder.path, PROJECT_FILE), self.base)
        words = self._words_among(regulation, named)
        reader = Reader(words, given={"unit.name"} if has_unit_name(self.top) else (), cut=cut)
        seen = as_read_by(node, regulation, named)
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
    values = {"id": text_at(node, "id"), CLASSIFIED: True}
    faults = stub_faults(node, text_at(node, "id"), folder.files, found)
    return _ProjectDraft(folder, Source(shown, places), regulation, None, values, faults)


def _project(draft: _ProjectDraft, settings: Settings) -> Project:
    values = draft.values
    given = draft.source.places
    values["unit"] = merged_unit(values.get("unit"), settings.unit, given) if values else None
    if values.get("classified") is not True and "" in draft.source.places:
        for key in ("applicant", "year"):
            values[key] = values.get(key) if key in given else getattr(settings, key)
        values[_DOCUMENTS.path] = with_named_files(values.get(_DOCUMENTS.path, ()), draft.folder.files, draft.words)
    return Project(
        **{**values, "regulation": draft.regulation},
        settings=settings,
        folder=Path(draft.folder.path),
        source=draft.source,
        faults=tuple(draft.faults),
        also=tuple(replace(_project(other, settings), shared=True) for other in draft.also),
        shared=bool(draft.also),
    )


def _union(vocabularies: Iterable[Words | None]) -> Words | None:
    merged: dict[str, dict[str, str]] = {}
    for words in vocabularies:
        for name, listed in (words or {}).items():
            merged.setdefault(name, {}).update(listed)
    return merged or None
