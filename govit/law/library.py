"""办法库：the packs of this package and those of a dossier's own folder, each read once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from govit.base.files import reason
from govit.base.nearest import did_you_mean
from govit.base.records import replace
from govit.law.packs.built_packs import BUILT_IN, built_pack
from govit.law.packs.filenames import OVERRIDE, leads_elsewhere, pack_of, packs_in
from govit.law.packs.pack_error import PackError
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from govit.dossier.model import Commencement
    from govit.law.regulation import Regulation


def built_in_packs() -> list[Path]:
    """The packs of this package."""
    return packs_in(BUILT_IN)


class Library:
    """Finds a regulation by its id, which is the name of its file.

    `proof` says what does not hold of a pack of somebody's own, which is then refused; those of this package are proven
    by its tests.
    """

    def __init__(self, *, examples: bool = True, proof: Callable[[Regulation], Sequence[Fault]] | None = None) -> None:
        self._examples = examples
        self._proof = proof
        self._files: dict[tuple[str, Path | None], Path | None] = {}
        self._read: dict[Path, Regulation | PackError] = {}
        self._overridden: dict[Path, Regulation | PackError] = {}
        self._said: dict[Path, dict[str, Path] | PackError] = {}
        self._commenced: dict[tuple[str, Commencement], Regulation] = {}
        self._words: dict[tuple[str, bool], Mapping[str, Mapping[str, str]]] = {}

    def ids(self, own: Path | None = None) -> list[str]:
        """The ids that can be named, the dossier's own first."""
        return list(dict.fromkeys(path.stem for path in self._paths(own)))

    def _paths(self, own: Path | None) -> Iterator[Path]:
        for folder in (own, BUILT_IN):
            if folder is not None and folder.is_dir():
                yield from packs_in(folder)

    def path(self, regulation: str, own: Path | None = None) -> Path | None:
        """The file of a regulation, None if there is none of that id; looked for once."""
        if (regulation, own) not in self._files:
            self._files[regulation, own] = next((one for one in self._paths(own) if one.stem == regulation), None)
        return self._files[regulation, own]

    def get(self, regulation: str, own: Path | None = None) -> Regulation | None:
        """The regulation, None if there is none of that id; PackError if its pack is broken."""
        path = self.path(regulation, own)
        if path is None:
            return None
        if path not in self._read:
            self._read[path] = self._loaded(path)
        found = self._as_it_stands(self._read[path], own)
        if isinstance(found, PackError):
            raise found
        return found

    def _as_it_stands(self, found: Regulation | PackError, own: Path | None) -> Regulation | PackError:
        """A regulation with what a file of the dossier says of its validity since."""
        if own is None or isinstance(found, PackError):
            return found
        said = self._said_of(own)
        if isinstance(said, PackError) or found.id not in said:
            return said if isinstance(said, PackError) else found
        file = said[found.id]
        if file not in self._overridden:
            from govit.law.packs.overrides import overridden

            try:
                self._overridden[file] = overridden(found, file)
            except PackError as error:
                self._overridden[file] = error
        return self._overridden[file]

    def _said_of(self, own: Path) -> dict[str, Path] | PackError:
        """The files of a folder that say how regulations stand, by the id of each; one of no regulation is told."""
        if own not in self._said:
            files = {file.name.removesuffix(OVERRIDE): file for file in sorted(own.glob(f"*{OVERRIDE}"))}
            ids = self.ids(own) if files else []
            strange = next((name for name in files if name not in ids), None)
            self._said[own] = files
            if strange is not None:
                fault = Fault("GOV-109", f"没有“{strange}”这个办法", 1, 1, did_you_mean(strange, ids))
                self._said[own] = PackError(files[strange].name, [fault])
        return self._said[own]

    def commenced(self, draft: Regulation, said: Commencement) -> Regulation:
        """A draft as a dossier says that it is in force."""
        key = (draft.file, said)
        if key not in self._commenced:
            self._commenced[key] = replace(
                draft,
                draft=False,
                effective_from=said.effective_from,
                effective_to=said.effective_to,
                by_dossier=True,
            )
        return self._commenced[key]

    def _loaded(self, path: Path) -> Regulation | PackError:
        if path.parent == BUILT_IN:
            return _built_in(path, examples=self._examples)
        if (BUILT_IN / path.name).is_file():
            message = f"与内置办法 {path.stem} 同名"
            return PackError(path.name, [Fault("GOV-109", message, 1, 1, "换一个文件名和 id；内置办法不能被替换")])
        pack = pack_of(path)
        if pack is not None:
            message = f"旁边没有 {pack.name}"
            return PackError(path.name, [Fault("GOV-109", message, 1, 1, "使文件名与它所属的办法相同，或者移走")])
        if leads_elsewhere(path):
            return PackError(path.name, [Fault("GOV-109", "是指向别处的链接", 1, 1, "把文件本身放进放办法的文件夹")])
        # A pack of somebody's own is read whole: what is broken in its base or its examples is told by every command.
        found = _read(path, examples=True)
        faults = self._proof(found) if self._proof and not isinstance(found, PackError) else ()
        return PackError(path.name, list(faults)) if faults else found

    def asked_of_neighbours(self, regulation: str, own: Path | None = None) -> frozenset[str] | None:
        """The keys of project.yaml that its rules ask of neighbours, none without a usable pack; None for any of them."""
        try:
            found = self.get(regulation, own)
        except PackError:
            return frozenset()
        return found.asked_of_neighbours if found is not None else frozenset()

    def vocabulary(self, regulation: str, own: Path | None = None) -> Mapping[str, Mapping[str, str]] | None:
        """The words of a regulation for the reader, None where there is no usable pack."""
        try:
            found = self.get(regulation, own)
        except PackError:
            return None
        if found is None:
            return None
        key = (found.file, found.draft)
        if key not in self._words:
            self._words[key] = found.vocabulary()
        return self._words[key]


def is_built_in(regulation: Regulation) -> bool:
    """Whether a regulation is one of this package."""
    return (BUILT_IN / f"{regulation.id}.yaml").is_file()


@functools.cache
def _built_in(path: Path, *, examples: bool) -> Regulation | PackError:
    """A pack of this package, which does not change while the program runs."""
    found = None if examples else built_pack(path)
    return _read(path, examples=examples) if found is None else found


def _read(path: Path, *, examples: bool) -> Regulation | PackError:
    from govit.law.packs.pack import load

    try:
        found = load(path, examples=examples)
    except PackError as error:
        return error
    except OSError as error:
        return PackError(path.name, [Fault("GOV-109", f"办法包打不开：{reason(error)}", 1, 1)])
    if found.id != path.stem:
        message = f"id“{found.id}”与文件名“{path.stem}”不同"
        return PackError(path.name, [Fault("GOV-109", message, 1, 1, "使 id 与文件名（去掉 .yaml）相同")])
    return found
