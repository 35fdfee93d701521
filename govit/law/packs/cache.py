"""存好的办法：a built-in regulation as Python keeps its own modules, in __pycache__ beside the pack.

Reading the YAML of a pack is a sixth of a short run. What is kept is used only while the pack and the code that
reads it, with the data that stands beside that code, are the very files it was made from (time and size, as with
.pyc), and only for the packs that ship with
govit: nothing that a stranger wrote is ever unpickled, and nothing is written into a dossier.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from govit import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from govit.law.regulation import Regulation

_DAMAGED = (OSError, EOFError, ArithmeticError, AttributeError, ImportError, LookupError, MemoryError, TypeError, ValueError)
"""What pickle raises of a file that is not whole; its UnpicklingError is caught with them."""


def cached(path: Path) -> Regulation | None:
    """The regulation as it was kept, None if there is none or it is of other files."""
    import pickle

    try:
        with open(_place(path), "rb") as file:
            if not _is_current(pickle.load(file), path):  # noqa: S301 - our own file, of our own folder
                return None
            found: Regulation = pickle.load(file)  # noqa: S301 - likewise
            return found
    except (*_DAMAGED, pickle.UnpicklingError):
        return None  # not kept yet, cut short or otherwise damaged: the pack itself is read


def store(path: Path, regulation: Regulation) -> None:
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


def _stamp(path: Path) -> tuple[str, dict[str, tuple[int, int]]]:
    """The version, and time and size of the pack, of every module that had a part in reading it, and of their data."""
    loaded = (module.__file__ for name, module in list(sys.modules.items()) if name.partition(".")[0] == "govit")
    modules = [file for file in loaded if file]
    folders = dict.fromkeys(os.path.dirname(file) for file in modules)
    data = (entry.path for folder in folders for entry in os.scandir(folder) if entry.name.endswith(".yaml"))
    return __version__, {file: _identity(file) for file in (str(path), *modules, *data)}


def _identity(file: str) -> tuple[int, int]:
    stat = os.stat(file)
    return stat.st_mtime_ns, stat.st_size


def _is_current(stamp: object, path: Path) -> bool:
    match stamp:
        case (str(version), dict(files)):
            return version == __version__ and str(path) in files and all(_identity(f) == i for f, i in files.items())
    return False
