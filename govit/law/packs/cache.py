"""存好的办法：a built-in regulation as Python keeps its own modules, in __pycache__ beside the pack.

Reading the YAML of a pack is a sixth of a short run. What is kept is used only while the pack and the code that
reads it are the very files it was made from (time and size, as with .pyc), and only for the packs that ship with
govit: nothing that a stranger wrote is ever unpickled, and nothing is written into a dossier.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from govit import __version__

if TYPE_CHECKING:
    from govit.law.regulation import Regulation

_PACKAGE = Path(__file__).parent.parent
_MADE_BY = (
    *("regulation.py", "refs.py", "periods.py", "records.py", "finding.py", "derived.py", "yamltext.py", "money.py"),
    *("checks/__init__.py", "packs/__init__.py", "packs/nodes.py", "packs/conditions.py", "packs/facts.py"),
    *("packs/rules.py", "packs/routes.py", "packs/plans.py", "packs/kept.py"),
)
"""The modules whose change may change what a pack is read to."""


def kept(path: Path) -> Regulation | None:
    """The regulation as it was kept, None if there is none or it is of other files."""
    import pickle

    try:
        with open(_place(path), "rb") as file:
            if pickle.load(file) != _stamp(path):  # noqa: S301
                return None
            found: Regulation = pickle.load(file)  # noqa: S301
            return found
    except (OSError, EOFError, pickle.UnpicklingError):
        return None  # not kept yet, or cut short: the pack itself is read


def keep(path: Path, regulation: Regulation) -> None:
    """Keep a regulation for the next run, where the folder can be written to."""
    if sys.dont_write_bytecode:
        return
    import pickle

    from govit.base.files import write_bytes

    place = _place(path)
    try:
        place.parent.mkdir(exist_ok=True)
        write_bytes(place, pickle.dumps(_stamp(path), 5) + pickle.dumps(regulation, 5))
    except OSError:
        return  # an installation that is read-only reads the pack each time


def _place(path: Path) -> Path:
    return path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.kept"


def _stamp(path: Path) -> tuple[object, ...]:
    files = [path, *(_PACKAGE / name for name in _MADE_BY)]
    stats = [os.stat(file) for file in files]
    return __version__, *((stat.st_mtime_ns, stat.st_size) for stat in stats)
