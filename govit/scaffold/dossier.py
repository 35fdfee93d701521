"""新卷宗：govit.yaml, what git and the editor need to know, and CI for the host that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import named_record
from govit.dossier.keys import specs
from govit.dossier.model import Settings
from govit.dossier.tree import DOSSIER_FILE
from govit.law.asks_for import law, requirements
from govit.scaffold import editor
from govit.scaffold.blank import Blank
from govit.scaffold.ci import WHEELS, ci_files
from govit.scaffold.schema import FILES, render
from govit.yamltext.scalars import explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.law.regulation import Regulation

SCHEMAS = WHEELS
"""Hidden, so that neither govit nor a clerk looks into it."""
PACK = "regulation"
"""What the schema of one's own packs is called."""


@named_record
class NewDossier:
    """What is known of a dossier when it is set up. `given` are values of govit.yaml by dotted key."""

    regulation: Regulation
    given: Mapping[str, str]
    ci: str = "none"
    install: str | None = None
    """What pip installs in CI: a wheel or an address of the source; None for the wheel that lies in the dossier."""


_BINARY = ("docx", "doc", "xlsx", "xls", "pptx", "wps", "et", "pdf", "ofd", "png", "jpg", "jpeg", "zip", "whl")
_ATTRIBUTES = """\
# 文本一律用 LF 换行，Windows 和 Linux 上一样；Office 文件按二进制保存，不做换行转换。
* text=auto
*.yaml text eol=lf
*.md text eol=lf
*.json text eol=lf
*.sh text eol=lf
""" + "".join(f"*.{suffix} binary\n" for suffix in _BINARY)
_IGNORED = """\
# Word、WPS 打开文件时的临时文件
~$*
.~*
*.tmp
# 系统的文件
Thumbs.db
desktop.ini
.DS_Store
# 检查报告和 CI 的环境
govit-report.*
gl-code-quality-report.json
.venv/
"""


def files(new: NewDossier) -> dict[str, str]:
    """Every file of a new dossier but its projects, by path."""
    found = {
        DOSSIER_FILE: "\n".join(_govit_yaml(new)) + "\n",
        ".gitattributes": _ATTRIBUTES,
        ".gitignore": _IGNORED,
        **editor.files({name: schema_path(name) for name in (*FILES, PACK)}, new.given.get("regulations", "")),
    }
    for name in FILES:
        found[schema_path(name)] = render(name, [new.regulation])
    return {**found, **ci_files(new.ci, new.install)}


def schema_path(name: str) -> str:
    """Where the JSON Schema of a file lies in a dossier."""
    return f"{SCHEMAS}/{name}.schema.json"


_NOT_ASKED = frozenset(("regulation", "regulations", "calendars"))
"""Keys that stand at the head, or that few need."""


def _govit_yaml(new: NewDossier) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={schema_path('govit')}"
    regulation = new.regulation
    yield from explained(f"卷宗的默认值，适用{law(regulation)}")
    yield from (
        "##",
        "## 各项目共用的写在这里，project.yaml 不必重复。",
        "##   冒号后面空着的，知道了就填；“# ”开头的是样子，有了再去掉行首的“# ”，改成实际情况；“##”开头的是说明。",
        "",
        f"regulation: {regulation.id}",
    )
    if "regulations" in new.given:
        yield f"regulations: {new.given['regulations']}"
    blank = Blank(regulation, requirements(regulation), new.given)
    fields = specs(Settings)
    for key in (key for key in fields if key not in _NOT_ASKED):
        found = list(blank.key(Settings, fields[key], key))
        yield from ("", *found) if found else ()
