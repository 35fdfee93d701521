"""完整的工作簿：whether Excel opens a workbook that was made — looked at before it is put in place. Pure.

Excel refuses a workbook with a part that is cut short, typed by nobody or named and not there, and says only that
it is damaged. Here the finished bytes are read as a stranger would read them.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES, _BOOK = "[Content_Types].xml", "xl/workbook.xml"
_XML = (".xml", ".rels", ".vml")
_CHUNK = 1 << 16

Started = list[tuple[str, dict[str, str]]]


def damage(data: bytes) -> str:
    """The first reason for which Excel would call the workbook damaged, '' if there is none."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return next(_damages(package), "")
    except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError) as error:
        return str(error)


def _damages(package: zipfile.ZipFile) -> Iterator[str]:
    names = set(package.namelist())
    for name in (_TYPES, "_rels/.rels", _BOOK):
        if name not in names:
            yield f"缺少部件 {name}"
            return
    typed = _read(package, _TYPES, "Default", "Override")
    endings = {said.get("Extension", "").lower() for kind, said in typed if kind == "Default"}
    parts = {said.get("PartName", "").lstrip("/") for kind, said in typed if kind == "Override"}
    yield from (f"部件类型表提到的 {name} 不在文件里" for name in sorted(parts - names))
    for name in sorted(names - {_TYPES}):
        if name not in parts and name.rpartition(".")[2].lower() not in endings:
            yield f"部件 {name} 没有类型"
    ids = {owner: _relations(package, owner) for owner in sorted(n for n in names if n.endswith(".rels"))}
    for owner, found in ids.items():
        yield from (f"{owner} 提到的部件 {target} 不在文件里" for target in found.values() if target and target not in names)
    yield from _of_the_cells(package, names, ids.get("xl/_rels/workbook.xml.rels", {}))


def _of_the_cells(package: zipfile.ZipFile, names: set[str], ids: dict[str, str]) -> Iterator[str]:
    """Sheets that the workbook names and has not; and cells of a format that it has not."""
    sheets = _read(package, _BOOK, "sheet")
    yield from (f"工作表 {said.get('name')} 不在文件里" for _, said in sheets if said.get("r:id") not in ids)
    formats = _read(package, "xl/styles.xml", "cellXfs") if "xl/styles.xml" in names else []
    count = int(formats[0][1].get("count", "1")) if formats else 1
    for name in sorted(names):
        if not name.endswith(_XML) or name.endswith(".rels") or name in (_TYPES, _BOOK, "xl/styles.xml"):
            continue
        if any(int(said.get("s", "0")) >= count for _, said in _read(package, name, "c")):
            yield f"{name} 里有单元格的格式不在文件里"


def _relations(package: zipfile.ZipFile, name: str) -> dict[str, str]:
    """What the relations of a part lead to, by their ids; '' for what is outside of the file."""
    folder = posixpath.dirname(posixpath.dirname(name))
    return {
        said.get("Id", ""): ""
        if said.get("TargetMode") == "External"
        else posixpath.normpath(posixpath.join("/", folder, said.get("Target", ""))).lstrip("/")
        for _, said in _read(package, name, "Relationship")
    }


def _read(package: zipfile.ZipFile, name: str, *wanted: str) -> Started:
    """Parse a part to its end, and give the elements of some names with their attributes."""
    found: Started = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local in wanted:
            found.append((local, attributes))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with package.open(name) as part:
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat's own signature
    parser.Parse(b"", True)  # noqa: FBT003 - likewise
    return found
