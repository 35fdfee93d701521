"""卷宗里的 YAML 文件：one file of a dossier read as a tree, or why it cannot be read."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from govit.base.files import control_in, printable, read_bytes, reason
from govit.base.records import replace
from govit.dossier.secrecy import may_be_classified, secret_marks, unspoken
from govit.dossier.tree import is_within
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from govit.yamltext.cuts import Cut
    from govit.yamltext.nodes import Node


def read_file(path: str) -> tuple[Node | None, list[Fault], Mapping[tuple[int, int], Cut]]:
    """The tree of a file that is a mapping, else None and why; faults that leave it readable come along.

    And the texts that YAML cuts short at a number sign, by where they begin.
    """
    text = ""
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode) and not is_within(os.path.realpath(path), os.path.dirname(path)):
            message = f"{os.path.basename(path)} 是指向文件夹外的链接，没有读取"
            return None, [Fault("GOV-201", message, 1, 1, "请放入文件本身")], {}
        data = read_bytes(path, MAX_BYTES)
        text = decode(data)
        node, faults = parse(text)
    except OSError as error:
        return None, [Fault("GOV-101", f"文件打不开：{reason(error)}", 1, 1, "检查文件是否存在、是否有读取权限")], {}
    except YamlError as error:
        return None, (unspoken(error.faults) if may_be_classified(text) else error.faults), {}
    if node.value is None:
        return None, [Fault("GOV-101", "文件是空的", 1, 1, "至少要写 id、name、regulation、stage")], {}
    if data.startswith(b"\xef\xbb\xbf"):
        faults.append(Fault("GOV-110", "文件开头有 BOM，已照常读取", 1, 1, "另存为“UTF-8（无 BOM）”可去掉"))
    if "★" in text:
        faults += secret_marks(text)
    if type(node.value) is dict:
        return node, faults, _cuts(text) if " #" in text or "\t#" in text else {}
    hint = "每行写一个 键: 值，冒号用半角并空一格"
    slips: list[Fault] = []
    if type(node.value) is str:
        from govit.yamltext.slips import full_width_colons

        slips = full_width_colons(text)
    faults += slips or [Fault("GOV-103", "文件内容不是“键: 值”", node.line, node.column, hint)]
    return None, (unspoken(faults) if may_be_classified(text) else faults), {}


def _cuts(text: str) -> Mapping[tuple[int, int], Cut]:
    from govit.yamltext.cuts import cuts

    return cuts(text)


def shown_path(path: str, base: Path) -> str:
    """A path as reports name it, relative and with slashes on every system."""
    top = str(base).rstrip(os.sep) + os.sep
    relative = path[len(top) :] if path.startswith(top) else os.path.relpath(path, base)
    return printable(relative.replace(os.sep, "/"))


def text_at(node: Node | None, key: str) -> str | None:
    """The text of a key, None where there is none that can be read."""
    value = node.value.get(key) if node is not None and type(node.value) is dict else None
    text = value.value.strip() if value is not None and type(value.value) is str else ""
    return text if text and control_in(text) is None else None


def placed_at(top: Node | None, key: str, fault: Fault) -> Fault:
    """A fault at the place of a key."""
    value = top.entries.get(key) if top is not None else None
    placed = replace(fault, key=key)
    return replace(placed, line=value.line, column=value.column) if value is not None else placed
