"""由文件起步：what `new --from` and `import FILE.docx` share: reading the files given, and telling what was found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govit.base.files import printable
from govit.cli.common import attempt, stop, tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govit.documents.filled import FilledPaper
    from govit.importing.cells import Words
    from govit.importing.filled_papers import Doubt, PaperSays, ReadValue
    from govit.importing.from_papers import Filed

_LISTS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".txt", ".tsv")
_MOST_BYTES = 50_000_000
_SHOWN = 40
_MOST_UNKNOWN = 30


class ReadFile(NamedTuple):
    """读过的文件：its bytes as they are copied, and what it says; no paper where it is a list."""

    path: Path
    data: bytes
    paper: FilledPaper | None
    says: PaperSays


def read_files(paths: Sequence[Path], words: Words, name: str | None = None) -> list[ReadFile]:
    """Read every file, lists last: a list says something of a project only by its name, which the papers give.

    Stops at what cannot be opened, is given twice, or is classified: nothing of that is taken.
    """
    from govit.importing.filled_papers import agreed

    seen: set[str] = set()
    for path in paths:
        if path.name.casefold() in seen:
            stop(f"有两个文件都叫 {printable(path.name)}；同一个文件只写一次，不同的文件先改名")
        seen.add(path.name.casefold())
    found = {path: _paper(path, words, alone=len(paths) == 1) for path in paths if not _is_list(path)}
    known = next((str(one.value) for one in agreed(one.says for one in found.values())[0] if one.key == "name"), None)
    found |= {path: _list(path, words, name or known) for path in paths if _is_list(path)}
    return [found[path] for path in paths]


def is_paper(path: Path) -> bool:
    """Whether a file is one that is read as a form or a report."""
    from govit.documents.reader import READ

    return path.suffix.lower() in READ


def _is_list(path: Path) -> bool:
    return path.suffix.lower() in _LISTS


def _bytes(path: Path) -> bytes:
    from govit.base.files import read_bytes

    if not path.is_file():
        stop(f"没有文件 {printable(str(path))}")
    data = attempt(lambda: read_bytes(path, _MOST_BYTES))
    if len(data) > _MOST_BYTES:
        stop(f"{printable(path.name)} 超过 {_MOST_BYTES // 1_000_000} MB，没有读取")
    return data


def _paper(path: Path, words: Words, *, alone: bool) -> ReadFile:
    from govit.documents.filled import read_filled
    from govit.importing.filled_papers import said_by

    data = _bytes(path)
    paper = read_filled(path)
    says = said_by(paper, "" if alone else path.name, words)
    marked = paper.reading.content is not None and bool(paper.reading.content.marks)
    return _unclassified(ReadFile(path, data, paper, says), marked=marked)


def _list(path: Path, words: Words, name: str | None) -> ReadFile:
    from govit.importing.filled_lists import said_in_list
    from govit.importing.workbooks import read_book

    data = _bytes(path)
    book = attempt(lambda: read_book(path))
    return _unclassified(ReadFile(path, data, None, said_in_list(book, path.name, name, words)), marked=False)


def _unclassified(one: ReadFile, *, marked: bool) -> ReadFile:
    if marked or one.says.classified:
        why = "有密级标志" if marked else "写明是涉密项目"
        stop(
            f"{printable(one.path.name)} {why}，没有采用任何内容，也没有写入任何文件；"
            "涉密项目按保密规定线下办理，只用 govit new ID --classified 留存根"
        )
    return one


def filed(files: Sequence[ReadFile], words: Words) -> list[Filed]:
    """Each file with the path and the kind under which it is registered."""
    from govit.importing.from_papers import Filed, kind_of
    from govit.scaffold.chapters import FOLDER

    found = []
    for one in files:
        kind, why = kind_of(one.paper, one.path.name, words)
        found.append(Filed(f"{FOLDER}/{one.path.name}", kind, why))
    return found


def tell_found(found: Sequence[ReadValue], doubts: Sequence[Doubt], files: Sequence[ReadFile], registered: Sequence[Filed]) -> None:
    """Say what was read, where it stands, what is left open and why."""
    from govit.dossier.model import named

    for one in files:
        if one.paper is not None and one.paper.reading.trouble is not None:
            tell(f"《{one.path.name}》没有读出内容：{one.paper.reading.detail}")
    if found:
        tell(f"读出 {len(found)} 项：")
    for said in found:
        tell(f"  {named(said.key)}：{_brief(_as_taken(said))}  {said.place}")
    if doubts:
        tell(f"留空的 {len(doubts)} 项，请核对后填写：")
    for doubt in doubts:
        tell(f"  {named(doubt.key)}：{doubt.why}")
    unknown = list(dict.fromkeys(label for one in files for label in one.says.unknown))
    if unknown:
        more = "等" if len(unknown) > _MOST_UNKNOWN else ""
        tell(f"没有认出的栏目：{'、'.join(unknown[:_MOST_UNKNOWN])}{more}")
    for paper in registered:
        how = f"登记为“{paper.kind}”" if paper.kind else f"没有登记：{paper.why}；请在 documents 里按它的种类登记"
        tell(f"  {paper.path}  {how}")


def _as_taken(said: ReadValue) -> str:
    """What is written into project.yaml; of lists, how many rows."""
    from decimal import Decimal

    from govit.base.money import format_money

    match said.value:
        case Decimal() as amount:
            return format_money(amount)
        case bool():
            return "是" if said.value else "否"
        case tuple():
            return said.text
    return str(said.value)


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
