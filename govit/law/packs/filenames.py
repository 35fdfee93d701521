"""办法的文件：the law in NAME.yaml, and what may stand beside it: its base and examples, and its English, each in a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PACK, _EXAMPLES, _ENGLISH = ".yaml", ".examples.yaml", ".en.yaml"
OVERRIDE = ".override.yaml"
"""What says how a regulation stands since its pack was written, read by `overrides`."""


def examples_beside(pack: Path) -> Path:
    """The file of the base and the examples of a pack, which need not be there."""
    return pack.with_name(f"{pack.stem}{_EXAMPLES}")


def english_beside(pack: Path) -> Path:
    """The file of the English of a pack, which need not be there."""
    return pack.with_name(f"{pack.stem}{_ENGLISH}")


def pack_of(path: Path) -> Path | None:
    """The pack that a file stands beside by its name, None if it is a pack itself."""
    for ending in (_EXAMPLES, _ENGLISH):
        if path.name.endswith(ending) and path.name != ending:
            return path.with_name(path.name.removesuffix(ending) + _PACK)
    return None


def leads_elsewhere(file: Path) -> bool:
    """Whether a file is a link out of its folder, of which a stranger could have what lies there read."""
    return file.is_symlink() and file.resolve().parent != file.parent.resolve()


def packs_in(folder: Path) -> list[Path]:
    """The packs of a folder, and what would stand beside one that is not there, so that it is told."""
    files = sorted(file for file in folder.glob(f"*{_PACK}") if not file.name.endswith(OVERRIDE))
    known = set(files)
    return [file for file in files if pack_of(file) not in known]
