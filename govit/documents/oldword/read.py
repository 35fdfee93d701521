"""Read a .doc or .wps: its text, styles and lists become the same content as a docx."""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING

from govit.documents.allowance import purse
from govit.documents.content import Content, Mark, Trouble, Unreadable
from govit.documents.docx import judged
from govit.documents.marks import MOST_MARKS, has_mark
from govit.documents.oldword.compound import Compound
from govit.documents.oldword.fib import CHARACTERS, FONTS, LIST_OVERRIDES, LISTS, PARAGRAPHS, PIECES, STYLES, read_head
from govit.documents.oldword.limits import Work, damaged
from govit.documents.oldword.lists import read_lists
from govit.documents.oldword.runs import OF_PARAGRAPHS, OF_RUNS, read_runs
from govit.documents.oldword.story import Stories, Written, read_pieces
from govit.documents.oldword.styles import read_fonts, read_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govit.documents.oldword.fib import FileHead
    from govit.documents.paragraph import Paragraph

_BOXES = 6
"""Where the lengths of the parts of the text name the text boxes."""
_BESIDE_TEXT = ((1, "正文"), (2, "页眉"), (4, "正文"), (5, "正文"))


def read_old_word(file: IO[bytes], size: int) -> Content:
    """Read the file, or raise :class:`Unreadable`."""
    compound = Compound(file, size)
    if "EncryptedPackage" in compound:
        raise Unreadable(Trouble.ENCRYPTED, "文件设有打开密码，无法读取", "请在 Word 或 WPS 中取消密码后重新保存")
    if "WordDocument" not in compound:
        raise Unreadable(
            Trouble.UNSUPPORTED,
            "这不是 Word 或 WPS 文字文件（里面没有文字部分），没有读取",
            "请用 Word 或 WPS 打开，另存为 docx 后放入",
        )
    document = compound.stream("WordDocument")
    head = read_head(document)
    run = purse()
    work = Work(run.limits(size)[1])
    steps = work.left
    try:
        return _read(document, compound.stream(head.table), head, work)
    except (struct.error, IndexError) as error:
        damaged("内部结构不完整", error)
    finally:
        run.spend(size, 0, steps - work.left)


def _read(document: bytes, table: bytes, head: FileHead, work: Work) -> Content:
    def part(which: int) -> bytes:
        at, length = head.places[which]
        return table[at : at + length]

    fonts = read_fonts(part(FONTS))
    styles = read_styles(part(STYLES), fonts, work)
    written = Written(
        document,
        read_pieces(part(PIECES)),
        read_runs(document, part(CHARACTERS), OF_RUNS, work),
        read_runs(document, part(PARAGRAPHS), OF_PARAGRAPHS, work),
    )
    stories = Stories(written, styles, fonts, work)
    paragraphs = stories.read(0, head.lengths[0])
    boxes = stories.read(sum(head.lengths[:_BOXES]), head.lengths[_BOXES], boxed=True)
    numbering = read_lists(table, head.places[LISTS], head.places[LIST_OVERRIDES])
    content = judged([*paragraphs, *boxes], styles, numbering)
    marks = [*_marks((*paragraphs, *boxes), "正文")]
    for which, where in _BESIDE_TEXT:
        around = stories.read(sum(head.lengths[:which]), head.lengths[which])
        marks += [Mark(None, None, None, where) for _ in list(_marks(around, where))[:1]]
    return Content(content.headings, tuple(marks[:MOST_MARKS]), content.length, content.asides)


def _marks(paragraphs: Iterable[Paragraph], where: str) -> Iterator[Mark]:
    for one in paragraphs:
        if has_mark("".join(one.text)) or (one.unseen and has_mark("".join(one.unseen))):
            yield Mark(one.place or None, None, None, where)
