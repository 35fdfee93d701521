"""govit check --fix：what has one right answer is shown as a diff, then written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.cli.asking import agreed, from_here, on_terminal
from govit.cli.common import EXIT_FINDINGS, stop, tell
from govit.cli.importing import write_drafts

if TYPE_CHECKING:
    from govit.judging.run import Opened


def offer(opened: Opened, *, fix: bool, at_once: bool) -> None:
    """Show what would change; write it at once, or when somebody at the terminal agrees."""
    from govit.importing.fixing import fixes

    if not fix:
        stop("--write 与 --fix 同用：govit check --fix --write")
    found = fixes(opened)
    for line in found.left_alone:
        tell(line)
    for one in found.drafts:
        tell(f"■ {one.name}  {from_here(one.file)}")
        for line in one.diff():
            tell(f"    {line}".rstrip())
        tell("")
    if not found.drafts:
        tell("没有只有一种改法的笔误，没有动任何文件；其他问题见 govit check。")
        return
    if at_once or agreed(f"写入以上 {len(found.drafts)} 个文件吗？"):
        write_drafts(found.drafts)
        return
    tell("没有写入。" if on_terminal() else "没有写入；看过以上改动后加 --write 写入。")
    raise SystemExit(EXIT_FINDINGS)
