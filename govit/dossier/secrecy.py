"""涉密：which project is, or may be, classified, and what is said of it. Nothing else of its file is read or repeated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.dossier.keys import specs
from govit.dossier.model import Project, named
from govit.dossier.tree import PROJECT_FILE
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from govit.yamltext.nodes import Node

CLASSIFIED = "classified"
STUB_KEYS = ("id", "regulation", CLASSIFIED)
_SAID = re.compile(r"^[^\S\n]*classified\s*[:：]\s*(?!false)\S", re.MULTILINE | re.IGNORECASE)
_PLAINLY_NOT = re.compile(r"^classified: false *$", re.MULTILINE)
_LIKE = re.compile("classif|涉密", re.IGNORECASE)


def like_classified(key: str) -> bool:
    """Whether a key may mean to say that a project is classified."""
    return _LIKE.search(key) is not None


def is_classified(node: Node) -> bool:
    """Whether a project may be classified; whatever is not clearly false is treated as if it were."""
    given = node.entries.get(CLASSIFIED)
    if given is not None and given.value not in ("false", "False", "FALSE"):
        return True
    return any(
        key != CLASSIFIED and like_classified(key) and value.value not in (None, "false", "False", "FALSE", "否")
        for key, value in node.entries.items()
    )


def is_plainly_unclassified(text: str) -> bool:
    """Whether a file says once, in the plainest way, that its project is not classified, or does not speak of it."""
    said = len(_LIKE.findall(text))
    return said == 0 or (said == 1 and _PLAINLY_NOT.search(text) is not None)


def may_be_classified(text: str) -> bool:
    """Whether a file, readable or not, says that its project is classified, or may mean to."""
    return _SAID.search(text) is not None


def repeats_classified(fault: Fault) -> bool:
    """Whether a key is written twice, wherever in the file, that says whether the project is classified."""
    return fault.rule == "GOV-104" and fault.key.rpartition(".")[2] == CLASSIFIED


def unspoken(faults: list[Fault]) -> list[Fault]:
    """Faults of a classified project's file, which may themselves repeat a word of it, by place alone."""
    return [
        Fault("GOV-502", "存根的写法有误", f.line, f.column, "只写 id、regulation、classified 三行") for f in faults
    ]


def stub_faults(node: Node, project_id: str | None, files: Collection[str], found: list[Fault]) -> list[Fault]:
    """涉密项目：a stub only; whatever else the file or the folder holds is refused, never read or repeated."""
    faults = unspoken(found)
    for key, (line, column) in node.keys.items():
        if key not in STUB_KEYS:
            known = key in specs(Project)  # the name of any other key may itself be secret
            message = f"涉密项目只写 id、regulation、classified，不写{named(key) if known else '这个键'}"
            hint = "删去这一行，并从 git 历史中清除；按保密规定线下办理"
            faults.append(Fault("GOV-502", message, line, column, hint, key if known else ""))
    if any(name != PROJECT_FILE for name in files):
        faults.append(Fault("GOV-502", "涉密项目的文件夹里有别的文件", 1, 1, "移走这些文件，并从 git 历史中清除"))
    given = node.entries.get(CLASSIFIED)
    if given is None or given.value not in ("true", "True", "TRUE"):
        line, column = (given.line, given.column) if given is not None else (1, 1)
        hint = "涉密写 classified: true，不涉密写 classified: false；写明之前按涉密项目对待"
        message = "classified（是否涉密）只能写 true 或 false"
        faults.append(Fault("GOV-502", message, line, column, hint, CLASSIFIED))
    if project_id is None:
        faults.append(Fault("GOV-108", "缺少 id（项目标识）", 1, 1, "存根也要写 id；id 里不要带项目名称", "id"))
    return faults


def secret_marks(text: str) -> Iterator[Fault]:
    """密级标志 in the YAML itself, by place only."""
    from govit.documents.marks import mark_places

    hint = "涉密内容不得写在普通项目里：立即删去，从 git 历史中清除，并报告保密部门"
    for line, column in mark_places(text):
        yield Fault("GOV-208", f"第 {line} 行有密级标志", line, column, hint)
