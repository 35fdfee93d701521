"""上面的卷宗：what the govit.yaml over a new project says already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.files import read_bytes
from govit.base.records import named_record
from govit.base.usage import UsageError
from govit.dossier.tree import DOSSIER_FILE, PROJECT_FILE, inside, is_dossier, root_of
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from govit.yamltext.nodes import Node

_SHARED = ("regulation", "year", "unit", "applicant")
"""Keys of project.yaml that govit.yaml may give for all projects."""


@named_record
class DossierDefaults:
    """The dossier that a folder lies in. `keys` are those that its govit.yaml gives for every project."""

    root: Path
    regulation: str | None = None
    packs: Path | None = None
    unit: str | None = None
    keys: frozenset[str] = frozenset()

    def shared(self, regulation: str, unit: str | None, year: str | None) -> frozenset[str]:
        """The keys that a project need not repeat: what it is set up with otherwise, it says itself."""
        own = {"regulation"} if regulation != self.regulation else set()
        own |= {"unit"} if unit not in (None, self.unit) else set()
        return self.keys - own - ({"year"} if year else set())


def dossier_defaults(folder: Path) -> DossierDefaults:
    """Read the nearest govit.yaml; UsageError if it cannot be read, or if the folder lies in a project."""
    root = root_of(folder)
    for outer in (folder.resolve(), *folder.resolve().parents):
        if (outer / PROJECT_FILE).is_file():
            message = f"{outer} 已经是一个项目的文件夹；在它外面建新项目，或者用 --dir 写明放在哪里"
            raise UsageError(message)
        if outer == root:
            break
    if not is_dossier(str(root)):
        return DossierDefaults(root=root)
    values = _read(root / DOSSIER_FILE)
    unit = values.get("unit")
    name = _text(unit.value, "name") if unit is not None and type(unit.value) is dict else None
    keys = {key for key in _SHARED if _given(values.get(key))} - ({"unit"} if name is None else set())
    return DossierDefaults(
        root=root,
        regulation=_leading(values),
        packs=_packs(root, values),
        unit=name,
        keys=frozenset(keys),
    )


def _read(path: Path) -> Mapping[str, Node]:
    try:
        node, _ = parse(decode(read_bytes(path, MAX_BYTES)))
    except YamlError as error:
        fault = error.faults[0]
        message = f"{path}:{fault.line}：{fault.message}；先改正 {DOSSIER_FILE}"
        raise UsageError(message) from error
    return node.value if type(node.value) is dict else {}


def _leading(values: Mapping[str, Node]) -> str | None:
    """The regulation that a new project is set up for: of several the first."""
    node = values.get("regulation")
    if node is None or not isinstance(node.value, list):
        return _text(values, "regulation")
    return next((text for entry in node.value if (text := entry.text.strip())), None)


def _given(node: Node | None) -> bool:
    return node is not None and bool(node.value)


def _text(values: Mapping[str, Node], key: str) -> str | None:
    node = values.get(key)
    text = node.value.strip() if node is not None and type(node.value) is str else ""
    return text or None


def _packs(root: Path, values: Mapping[str, Node]) -> Path | None:
    given = _text(values, "regulations")
    found = inside(root, given) if given else None
    return None if found is None or isinstance(found, Fault) or not found.is_dir() else found
