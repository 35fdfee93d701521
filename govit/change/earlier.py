"""较早的版本：dossiers as a revision of git recorded them, put into a folder of their own and judged as today's are.

Nothing is checked out, and no filter or hook of the repository is run. Links are left out: the reader follows none
that leads out of a dossier, and one that stays inside names a file that is there anyway.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.base.usage import UsageError
from govit.change.git import GitError, open_repository
from govit.change.put_back import put_back
from govit.dossier.tree import PROJECT_FILE, git_top, root_of, top_of
from govit.judging import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.change.git import Entry, Repository
    from govit.dossier.finding import Finding
    from govit.judging.run import RunSettings

_LARGEST = 60_000_000
"""What is larger was not read as a document then, nor is it now."""
_BATCH = 100


def findings_at(settings: RunSettings, revision: str) -> list[Finding]:
    """What is said of the dossiers of a run as a revision recorded them; UsageError if git does not have it."""
    found: list[Finding] = []
    roots = dict.fromkeys(root_of(Path(top_of(path))) for path in settings.paths)
    by_top: dict[Path, list[Path]] = {}
    for root in roots:
        top = git_top(root)
        if top is None:
            message = f"{root} 不在 git 版本库里，不能与 {revision} 比较；用 --baseline 与以前的 JSON 报告比较"
            raise UsageError(message)
        by_top.setdefault(top.resolve(), []).append(root)
    for top, mine in by_top.items():
        try:
            with _recorded(top, mine, revision) as folders:
                if folders:
                    found += run.check(replace(settings, paths=tuple(folders))).findings
        except GitError as error:
            raise UsageError(str(error)) from error
    return found


@contextmanager
def _recorded(top: Path, roots: list[Path], revision: str) -> Iterator[list[Path]]:
    """The folders of the dossiers as they were, those that held a project; they look like the top of a repository."""
    repository = open_repository(top)
    entries = repository.tree(repository.revision(revision).commit)
    prefixes = ["" if root == top else f"{root.relative_to(top).as_posix()}/" for root in roots]
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch).resolve()
        (here / ".git").mkdir()
        folders = []
        for prefix in prefixes:
            mine = {path: e for path, e in entries.items() if path.startswith(prefix) and e.regular}
            if any(path.rpartition("/")[2] == PROJECT_FILE for path in mine):
                _put(repository, mine, here)
                folders.append(here / prefix)
        yield folders


def _put(repository: Repository, entries: Mapping[str, Entry], here: Path) -> None:
    paths = sorted(entries)
    for start in range(0, len(paths), _BATCH):
        batch = paths[start : start + _BATCH]
        data = repository.blobs((entries[path].id for path in batch), _LARGEST)
        for path in batch:
            if entries[path].id in data:
                put_back(str(here), path, data[entries[path].id])
