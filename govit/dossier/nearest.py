"""这里适用的办法：what the nearest project.yaml and govit.yaml name, for those who ask about the law and judge nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govit.base.files import read_bytes
from govit.dossier.tree import DOSSIER_FILE, PROJECT_FILE, inside, root_of
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from govit.yamltext.nodes import Node


class Near(NamedTuple):
    """The regulations that are named here, the nearest first, and the folder of the dossier's own ones."""

    ids: tuple[str, ...]
    packs: Path | None


def regulations_near(folder: Path) -> Near:
    """What the files over a folder say; a file that cannot be read says nothing."""
    root = root_of(folder)
    ids, packs = [], None
    for path in _over(folder.resolve(), root):
        given = _values(path)
        ids += _regulations(given)
        own = (
            inside(root, _text(given, "regulations"))
            if path.name == DOSSIER_FILE and _text(given, "regulations")
            else None
        )
        if own is not None and not isinstance(own, Fault) and own.is_dir():
            packs = own
    return Near(tuple(dict.fromkeys(ids)), packs)


def _over(folder: Path, root: Path) -> Iterator[Path]:
    for here in (folder, *folder.parents):
        yield from (path for name in (PROJECT_FILE, DOSSIER_FILE) if (path := here / name).is_file())
        if here == root:
            return


def _values(path: Path) -> Mapping[str, Node]:
    try:
        node, _ = parse(decode(read_bytes(path, MAX_BYTES)))
    except (OSError, YamlError):
        return {}
    return node.value if type(node.value) is dict else {}


def _regulations(values: Mapping[str, Node]) -> list[str]:
    """One, or several as a list."""
    node = values.get("regulation")
    entries = node.value if node is not None and type(node.value) is list else [node] if node is not None else []
    return [entry.value.strip() for entry in entries if type(entry.value) is str and entry.value.strip()]


def _text(values: Mapping[str, Node], key: str) -> str:
    node = values.get(key)
    return node.value.strip() if node is not None and type(node.value) is str else ""
