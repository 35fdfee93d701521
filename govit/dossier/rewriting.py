"""回写：changes to project.yaml or govit.yaml, kept only if the dossier's own reader finds no new fault in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from govit.dossier.fields import Reader
from govit.dossier.keys import specs
from govit.yamltext.edits import EditError, edit_bytes
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from govit.dossier.fields import Words
    from govit.dossier.keys import Arguments, Declared
    from govit.yamltext.edits import Change
    from govit.yamltext.faults import Fault


def rewritten(
    data: bytes, changes: Iterable[Change], cls: type[Declared], words: Words | None, given: Collection[str] = ()
) -> bytes:
    """The file with the changes made; EditError where the dossier reader would fault what it did not fault before."""
    after = edit_bytes(data, changes, lambda path: key_order(cls, path))
    if len(after) > MAX_BYTES:
        message = f"写入后文件会超过上限 {MAX_BYTES // 1_000_000} MB，没有改动；长文字放进 documents/ 里的文件"
        raise EditError(message)
    known = Counter(map(_identity, read(data, cls, words, given)[1].faults))
    new = []
    for fault in read(after, cls, words, given)[1].faults:
        known[_identity(fault)] -= 1
        if known[_identity(fault)] < 0:
            new.append(fault)
    if new:
        hint = f"（{new[0].hint}）" if new[0].hint else ""
        raise EditError(f"{new[0].message}{hint}")  # noqa: EM102 - the reader's own words
    return after


def _identity(fault: Fault) -> tuple[str, str, str]:
    """What makes a fault the same before and after: what is wrong with what was written where."""
    return fault.rule, fault.key, fault.about


def read(
    data: bytes, cls: type[Declared], words: Words | None, given: Collection[str] = ()
) -> tuple[Arguments, Reader]:
    """The values of a file that is a mapping, and the reader with its faults and places."""
    node, _ = parse(decode(data))
    reader = Reader(words, given)
    return (reader.fields(cls, node, "") if node.value is not None else {}), reader


def key_order(cls: type[Declared], path: Sequence[str | int]) -> tuple[str, ...]:
    """The keys of the record at a path, as the model orders them; none for what is not a record."""
    of: type[Declared] | None = cls
    for key in path:
        if isinstance(key, str):
            spec = specs(of).get(key) if of is not None else None
            of = spec.of if spec is not None else None
    return tuple(specs(of)) if of is not None else ()
