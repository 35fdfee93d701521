"""这里适用的办法：what the nearest project.yaml and govit.yaml name, for those who ask about the law and judge nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govit.base.files import read_bytes
from govit.dossier.tree import DOSSIER_FILE, PROJECT_FILE, inside, root_of
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.yamltext.nodes import Node


OWN_PACKS = "自备办法的文件夹放在 govit.yaml 旁边，写相对路径，例如 regulations；放在别处的，这里不写，用 --regulations 指定"


class Near(NamedTuple):
    """The regulations that are named here, the nearest first, and the folder of the dossier's own ones."""

    ids: tuple[str, ...]
    packs: Path | None
    odd: str = ""
    """Why the folder of its own ones cannot be used, '' if it can or none is named."""


def regulations_near(folder: Path) -> Near:
    """What the files over a folder say; a file that cannot be read says nothing."""
    root = root_of(folder)
    ids: list[str] = []
    packs, odd = None, ""
    for path in _over(folder.resolve(), root):
        given = _values(path)
        ids += _regulations(given)
        named = _text(given, "regulations") if path.name == DOSSIER_FILE else ""
        own = inside(root, named) if named else None
        if isinstance(own, Path) and own.is_dir():
            packs = own
        elif named:
            why = own.message if isinstance(own, Fault) else f"“{named}”不是文件夹"
            odd = f"{DOSSIER_FILE} 的 regulations 用不上：{why}；{OWN_PACKS}"
    return Near(tuple(dict.fromkeys(ids)), packs, "" if packs else odd)


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
