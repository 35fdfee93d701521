"""新项目：project.yaml as a form fitted to the regulation and the category, and what stands above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import named_record
from govit.dossier.keys import specs
from govit.dossier.model import SECTIONS, Project
from govit.law.asks_for import law, requirements
from govit.scaffold.blank import Blank
from govit.yamltext.scalars import explained
from govit.yamltext.written import filled_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.law.regulation import Regulation


@named_record
class NewProject:
    """What is known of a project when it is set up."""

    id: str
    name: str
    regulation: Regulation
    category: str | None = None
    unit: str | None = None
    year: str | None = None
    given_by_dossier: frozenset[str] = frozenset()
    """Keys that the govit.yaml above gives."""
    schema: str | None = None
    """The path of the JSON Schema, as seen from the project's folder."""


NOT_HERE = frozenset(("id", "name", "regulation", "year", "stage", "category", "classified", "review"))
"""Keys that stand at the head or, like what the bureau writes, in no applicant's form."""
_PRINTED = frozenset(("contact", "content"))
"""Keys that the application form cannot do without, whether a rule asks for them or not."""
_NUMERALS = "一二三四五六七八九"


def stub(project_id: str, regulation: str) -> str:
    """A classified project: three lines, and nothing else ever."""
    return f"id: {filled_in(project_id)}\nregulation: {regulation}\nclassified: true\n"


def project_yaml(new: NewProject) -> str:
    """The whole project.yaml of a new project."""
    return "\n".join(_lines(new)) + "\n"


def _lines(new: NewProject) -> Iterator[str]:
    given = {"unit.name": new.unit} if new.unit else {}
    blank = Blank(new.regulation, requirements(new.regulation, new.category), given)
    yield from _head(new)
    fields = specs(Project)
    wanted = {key for key in fields if key in _PRINTED or blank.wants(key)} - NOT_HERE - new.given_by_dossier
    wanted |= {"unit"} if new.unit else set()
    sections = [(title, [key for key in keys if key in wanted]) for title, keys in SECTIONS]
    for number, (title, keys) in enumerate((title, keys) for title, keys in sections if keys):
        yield from ("", f"## ==== {_NUMERALS[number]}、{title} ====")
        for key in keys:
            yield ""
            yield from blank.key(Project, fields[key], key)
    known = [key for _, keys in SECTIONS for key in keys]
    others = [key for key in fields if key not in known and key not in NOT_HERE]
    rest = [key for key in (*known, *others) if key not in wanted and key not in new.given_by_dossier]
    yield from ("", "## ==== 本办法没有条文要求的键：用得着的可以写 ====")
    for key in rest:
        found = list(blank.key(Project, fields[key], key))
        yield from ("", *found) if found else ()


def _head(new: NewProject) -> Iterator[str]:
    if new.schema:
        yield f"# yaml-language-server: $schema={new.schema}"
    of = f"，项目类别 {new.category}" if new.category else ""
    yield from explained(f"{law(new.regulation)}{of}")
    yield from (
        "##",
        "## 怎么填：",
        "##   冒号后面空着的，知道了就填在冒号后面（空一格），不知道的先空着。",
        "##   “# ”开头的是样子：有了这回事，去掉行首的“# ”，改成实际情况；没有的不动。",
        "##   “##”开头的是说明，不用动。",
        "##   金额写单位（320万元），日期写成 2027-03-01；冒号、逗号、括号用半角。",
        "## 还差什么：govit check --todo。逐个回答要确认的问题：govit answer。",
        "## 涉密项目不要写在这里：只留 id、regulation、classified: true 三行，按保密规定线下办理。",
    )
    if new.given_by_dossier:
        labels = "、".join(
            f"{key}（{specs(Project)[key].label}）" for key in specs(Project) if key in new.given_by_dossier
        )
        yield f"## 已经写在 govit.yaml、这里不必再写的：{labels}。"
    yield ""
    yield f"id: {filled_in(new.id)}"
    yield f"name: {filled_in(new.name)}"
    if "regulation" not in new.given_by_dossier:
        yield f"regulation: {new.regulation.id}"
    if "year" not in new.given_by_dossier:
        yield f"year: {new.year or ''}".rstrip()
    yield from explained(
        "stage（当前阶段）：要走到哪一步就写哪一步：" + "、".join(s.name for s in new.regulation.stages)
    )
    yield f"stage: {new.regulation.stages[0].name}"
    yield from explained("category（项目类别）：" + "、".join(new.regulation.words["categories"]))
    yield f"category: {new.category or ''}".rstrip()
