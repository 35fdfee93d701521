"""效力文件：a file of a few lines that says what has become of a regulation since its pack was written.

A draft that takes effect, a measure that was prolonged or has ended, articles that were numbered anew. It stands in the
folder of the dossier's own regulations as `办法标识.override.yaml`, names the paper that it rests on, and changes
nothing of what the regulation demands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from govit.base.files import read_bytes, reason
from govit.base.nearest import did_you_mean
from govit.base.records import by_name, is_record, record, replace
from govit.law.packs.filenames import leads_elsewhere
from govit.law.packs.keys import PARTS
from govit.law.packs.nodes import NodeReader
from govit.law.packs.pack_error import PackError
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from govit.law.regulation import Regulation
    from govit.yamltext.nodes import Node

IN_FORCE, DRAFT = "in_force", "draft"
_NUMBER = re.compile("第[一二三四五六七八九十百]+条")
_CITING = frozenset(("article", "cite", "number", "where"))
"""The fields of a regulation that cite its articles."""


@record
class Override:
    """What the file says; what it does not say stays as the pack has it."""

    file: str
    basis: str
    """依据：the paper by which it is so."""
    status: str
    document_number: str
    effective_from: dt.date | None
    effective_to: dt.date | None
    checked: dt.date | None
    superseded_by: str
    articles: Mapping[str, str]
    """The number that an article has in the pack -> the one that it has now."""


def overridden(regulation: Regulation, file: Path) -> Regulation:
    """The regulation as a file says that it stands now; PackError lists all that is wrong with the file."""
    if leads_elsewhere(file):
        raise PackError(file.name, [Fault("GOV-109", "是指向别处的链接", 1, 1, "把文件本身放进放办法的文件夹")])
    try:
        root, faults = parse(decode(read_bytes(file, MAX_BYTES)))
    except YamlError as error:
        raise PackError(file.name, error.faults) from error
    except OSError as error:
        raise PackError(file.name, [Fault("GOV-109", f"效力文件打不开：{reason(error)}", 1, 1)]) from error
    nodes = NodeReader(faults)
    said = _read(root, file.name, regulation, nodes)
    if nodes.faults:
        raise PackError(file.name, sorted(nodes.faults, key=lambda f: (f.line or 0, f.column or 0)))
    return _with(regulation, said)


def _read(root: Node, file: str, regulation: Regulation, nodes: NodeReader) -> Override:
    given = nodes.mapping(root)
    nodes.keys(root, PARTS["override"])
    found = Override(
        file=file,
        basis=nodes.text(root, "basis", required=True),
        status=nodes.text(root, "status"),
        document_number=nodes.text(root, "document_number"),
        effective_from=nodes.day(root, "effective_from"),
        effective_to=nodes.day(root, "effective_to"),
        checked=nodes.day(root, "checked"),
        superseded_by=nodes.text(root, "superseded_by"),
        articles=_numbers(given.get("articles"), regulation, nodes),
    )
    if found.status and found.status not in (IN_FORCE, DRAFT):
        hint = "已经施行的写 in_force，没有施行的写 draft；已失效的，写 effective_to（有效期最后一天）"
        nodes.fault(given["status"], f"status 没有“{found.status}”这个词", hint)
    if found.status == IN_FORCE and not (found.effective_from or regulation.effective_from):
        nodes.fault(given["status"], "还要写 effective_from（施行日期）", "写正式文件规定的施行日期")
    first, last = found.effective_from or regulation.effective_from, found.effective_to or regulation.effective_to
    if first and last and last < first:
        at = given.get("effective_to", given.get("effective_from", root))
        nodes.fault(at, f"effective_to（{last}）早于 effective_from（{first}）", "核对文件规定的日期")
    if set(given) <= {"basis"}:
        nodes.fault(root, "只写了 basis（依据），没有写改了什么", "写 status、effective_from、effective_to 或 articles")
    return found


def _numbers(node: Node | None, regulation: Regulation, nodes: NodeReader) -> dict[str, str]:
    """The articles that have another number now: each there, each new number given once and free."""
    known = [article.number for article in regulation.articles]
    found: dict[str, str] = {}
    for old, entry in nodes.mapping(node).items():
        new = entry.value.strip() if isinstance(entry.value, str) else ""
        if node is not None and old not in known:
            nodes.fault_at_key(node, old, f"原文没有{old}", did_you_mean(old, known))
        if not _NUMBER.fullmatch(new):
            nodes.fault(entry, f"{old}的新条号“{new}”应当照原文写", "例如 第十四条")
        elif new in found.values():
            nodes.fault(entry, f"{new}写了两次")
        found[old] = new
    staying = [number for number in known if number not in found]
    for old, new in found.items():
        if new in staying and node is not None:
            nodes.fault(node.entries[old], f"{new}已经有了；它改成第几条，也要写", f"例如 {new}: 第…条")
    return found


def _with(regulation: Regulation, said: Override) -> Regulation:
    note = f"卷宗的 {said.file}：{said.basis}"
    draft = {IN_FORCE: False, DRAFT: True}.get(said.status, regulation.draft)
    found = replace(
        regulation,
        draft=draft,
        document_number=said.document_number or regulation.document_number,
        effective_from=said.effective_from or regulation.effective_from,
        effective_to=said.effective_to or regulation.effective_to,
        checked=said.checked,
        superseded_by=said.superseded_by or regulation.superseded_by,
        notes=(*regulation.notes, note),
        by_dossier=not draft,
    )
    if not said.articles:
        return found
    renumbered: Regulation = _Renumbered(said.articles).of(found)
    return renumbered


class _Renumbered:
    """Cites articles by the numbers that they have now, everywhere at once."""

    def __init__(self, numbers: Mapping[str, str]) -> None:
        self.numbers = numbers
        self._made: dict[int, tuple[Any, Any]] = {}

    def of(self, value: Any) -> Any:  # noqa: ANN401 - whatever a record may hold
        """The same with every citation changed; what stands in several places stays one thing."""
        if id(value) not in self._made:
            self._made[id(value)] = (value, self._changed(value))
        return self._made[id(value)][1]

    def _changed(self, value: Any) -> Any:  # noqa: ANN401 - likewise
        if is_record(value):
            changed = {}
            for name in by_name(value):
                part = getattr(value, name)
                new = self._cited(part) if name in _CITING and isinstance(part, str) else self.of(part)
                if new is not part:
                    changed[name] = new
            return replace(value, **changed) if changed else value
        if type(value) is tuple:
            parts = tuple(self.of(part) for part in value)
            return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
        if type(value) is dict:
            return {key: self.of(part) for key, part in value.items()}
        return value

    def _cited(self, text: str) -> str:
        return _NUMBER.sub(lambda found: self.numbers.get(found[0], found[0]), text)
