"""法规文本的命令：what `govit regulations --new` and `--compare` do with the text of a law."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from govit.cli.common import EXIT_FINDINGS, attempt, put, stop, tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govit.authoring.lawtext.pages import PageLine
    from govit.authoring.lawtext.splitting import LawText
    from govit.law.library import Library
    from govit.law.regulation import Regulation

_SUFFIX = ".yaml"
_SHOWN = 12


def new_pack(text: Path, output: Path | None) -> None:
    """A pack skeleton from the text of a law; a file that is there already is never touched."""
    from govit.authoring.skeleton import id_of, skeleton
    from govit.base.files import write_bytes
    from govit.cli.common import make_folder

    if output is not None and (output.exists() or output.is_symlink()):
        stop(f"已经有 {output.as_posix()}，没有改动；骨架请写到另一个文件")
    if output is not None and output.suffix != _SUFFIX:
        stop(f"办法的文件名以 {_SUFFIX} 结尾，例如 --output regulations/{id_of(output.stem)}{_SUFFIX}")
    if output is not None and id_of(output.stem) != output.stem:
        stop(f"文件名就是办法的 id，用小写英文字母、数字和连字符，例如 {id_of(output.stem)}{_SUFFIX}")
    law, _ = _read(text)
    pack_id = id_of((output or text).stem)
    made = skeleton(law, pack_id, text.name, _schema(output))
    if output is None:
        put(made, None)
        return
    make_folder(output.parent)
    attempt(lambda: write_bytes(output, made.encode(), before=None))
    _tell(law, output, text)


def compare(text: Path, library: Library, regulation: str | None, own: Path | None) -> None:
    """A pack held against the text of its law; exit code 1 where they differ."""
    from govit.authoring import comparison

    law, lines = _read(text)
    chosen = _chosen(law, library, regulation, own)
    found = comparison.differences(chosen, law, lines)
    tell(comparison.render(chosen, found, text.name), nl=False)
    if found:
        raise SystemExit(EXIT_FINDINGS)


def _read(text: Path) -> tuple[LawText, Sequence[PageLine]]:
    from govit.authoring.lawtext.pages import read_lines
    from govit.authoring.lawtext.splitting import split

    lines = attempt(lambda: read_lines(text))
    law = split(lines)
    if not law.articles:
        stop(f"{text.name} 里没有找到条文：每一条应当从行首的“第一条”起")
    return law, lines


def _tell(law: LawText, output: Path, text: Path) -> None:
    """What was found, what is odd about it, and what is to be done next."""
    from govit.authoring.lawtext.clues import clues_of

    sentences = [sentence for article in law.articles for sentence in article.sentences]
    proposed = sum(1 for sentence in sentences if clues_of(sentence.text).proposal)
    tell(f"已写入 {output.as_posix()}：{len(law.articles)} 条 {len(sentences)} 句，都待定；{proposed} 句提议了检查")
    if law.oddities:
        tell(f"原文的毛病 {len(law.oddities)} 处，已写入 defects，请对照原件：")
    for odd in law.oddities[:_SHOWN]:
        tell(f"  {odd.where}  {odd.what}（{odd.done}）")
    if len(law.oddities) > _SHOWN:
        tell(f"  另有 {len(law.oddities) - _SHOWN} 处，见文件里的 defects")
    at = f"--regulations {_typed(output.parent)} --regulation {output.stem}"
    tell("接下来：")
    tell("  逐句决定：写 rules，或者写 status 和 why（govit help pack）")
    tell(f"  还有多少待定：govit regulations --examples {at}")
    tell(f"  与原文对照：govit regulations --compare {_typed(text)} {at}")


def _typed(path: Path) -> str:
    """A path as it is typed in a command."""
    shown = path.as_posix()
    return f'"{shown}"' if " " in shown else shown


def _schema(output: Path | None) -> str:
    """The schema that an editor is to read a pack by, as seen from the pack; '' where the dossier has none."""
    from govit.scaffold.dossier import PACK, schema_path

    if output is None:
        return ""
    folder = output.resolve().parent
    for above in (folder, *folder.parents):
        if (above / schema_path(PACK)).is_file():
            return os.path.relpath(above / schema_path(PACK), folder).replace(os.sep, "/")
    return ""


def _chosen(law: LawText, library: Library, regulation: str | None, own: Path | None) -> Regulation:
    """The regulation that was named, else the one whose title the text bears."""
    from govit.authoring import coverage
    from govit.authoring.lawtext.heading import heading_of

    found = attempt(lambda: coverage.chosen(library, regulation, own))
    if regulation is not None:
        return found[0]
    title = heading_of(law).title
    alike = [one for one in found if title and one.title == title]
    if len(alike) != 1:
        listed = "、".join(one.id for one in found)
        stop(f"没有一个办法叫“{title}”；写明与哪个办法对照，例如 --regulation {found[0].id}（现有 {listed}）")
    return alike[0]
