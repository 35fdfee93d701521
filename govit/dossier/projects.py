"""卷宗与其中的项目：a dossier as it was read, its projects each read when their turn comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from govit.base.files import read_bytes
from govit.base.records import field, record
from govit.dossier.model import Index
from govit.dossier.tree import DOSSIER_FILE, PROJECT_FILE
from govit.yamltext.tree import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from govit.dossier.model import Neighbour, Project, Settings
    from govit.yamltext.faults import Fault

_LATEST = 16


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
