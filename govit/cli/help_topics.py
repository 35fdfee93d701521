"""主题：which there are, and where their text lies: govit/<room>/help/<topic>.<language>.md, beside the code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.language import is_english

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOPICS: Mapping[str, str] = {
    "check": "judging",
    "figures": "statements",
    "deadlines": "deadlines",
    "route": "route",
    "change": "change",
    "render": "forms",
    "proposal": "forms",
    "plan": "forms",
    "templates": "forms",
    "import": "importing",
    "explain": "authoring",
    "regulations": "authoring",
    "init": "scaffold",
    "new": "scaffold",
    "answer": "importing",
    "schema": "scaffold",
    "dossier": "dossier",
    "keys": "dossier",
    "bureau": "report",
    "ci": "report",
    "install": "scaffold",
    "pack": "authoring",
    "pack-story": "authoring",
    "pack-keys": "authoring",
}
"""Topic → its room, in the order of the list."""
NAMES: Mapping[str, tuple[str, ...]] = {
    "check": ("检查", "自查"),
    "figures": ("报告里的数", "核对", "报告核对"),
    "deadlines": ("期限", "截止期", "截止日期"),
    "route": ("审批路径", "路径", "步骤"),
    "change": ("变更", "调整", "批复版本"),
    "render": ("生成表格", "表格", "材料"),
    "proposal": ("编制报告", "编制方案", "报告", "方案"),
    "plan": ("年度计划", "计划"),
    "templates": ("自己的表格", "模板"),
    "import": ("导入", "读回"),
    "explain": ("解释", "条文", "规则"),
    "regulations": ("办法", "管理办法"),
    "init": ("新建卷宗", "建卷宗"),
    "new": ("新建项目", "建项目"),
    "answer": ("人工确认", "回答"),
    "schema": ("编辑器", "编辑器提示"),
    "dossier": ("卷宗", "文件夹"),
    "keys": ("键", "项目的键"),
    "bureau": ("主管部门", "数据主管部门", "评审"),
    "ci": ("持续集成", "退出码"),
    "install": ("安装",),
    "pack": ("自备办法", "办法包"),
    "pack-story": ("起草办法", "写一部办法"),
    "pack-keys": ("办法的键", "办法包的键"),
}
"""Topic → what it is called in Chinese: the name that the list shows, and others that are understood."""
_CALLED: Mapping[str, str] = {name: topic for topic, names in NAMES.items() for name in names}
_PACKAGE = Path(__file__).parent.parent


def meant(word: str) -> str | None:
    """The topic of a name, English or Chinese; None if there is none."""
    return word if word in TOPICS else _CALLED.get(word)


def names() -> Iterator[str]:
    """Every name under which a topic is found."""
    yield from TOPICS
    yield from _CALLED


def place(topic: str, language: str) -> Path:
    """The file of a topic in a language."""
    return _PACKAGE / TOPICS[topic] / "help" / f"{topic}.{language}.md"


def read(topic: str) -> str:
    """The text of a topic in the language of the user."""
    return place(topic, "en" if is_english() else "zh").read_text(encoding="utf-8")


def summaries() -> Iterator[tuple[str, ...]]:
    """Every topic with its Chinese name and with what it is about: its first line is `# topic: summary`."""
    for topic in TOPICS:
        heading = read(topic).partition("\n")[0]
        summary = heading.partition("：" if "：" in heading else ": ")[2]
        yield topic, NAMES[topic][0], summary
