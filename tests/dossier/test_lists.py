"""记录列表：a record is declared once, and whatever else is said of it follows from the declaration."""

from __future__ import annotations

import ast
import datetime as dt
import json
import shutil
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, get_args

import pytest
from places import ROOT
from sources import nodes

from govit.dossier.keys import Kind, Role, specs
from govit.dossier.lists import (
    BY_KIND,
    BY_NAME,
    LISTS,
    bodies_of,
    day_of,
    entries_of,
    kinds_of,
    list_of,
    name_of,
)
from govit.dossier.model import (
    SECTIONS,
    Approval,
    Budget,
    BudgetLine,
    CatalogueRow,
    Change,
    Contract,
    Document,
    Event,
    Funding,
    Project,
    Record,
    Settings,
    Submission,
    System,
)
from govit.scaffold.project import NOT_HERE

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = ROOT / "govit"
MODULES = sorted(PACKAGE.rglob("*.py"))
DAY = dt.date(2026, 3, 1)


# -- the declarations --------------------------------------------------------------------------------


def test_whatever_stands_in_a_list_is_a_record_and_nothing_else() -> None:
    assert {one.cls for one in (*LISTS.values(), *BY_NAME.values())} == set(get_args(Record))
    assert len({one.cls for one in LISTS.values()}) == len(LISTS), "each list holds records of its own"


def test_a_role_is_played_by_one_field_that_can_play_it() -> None:
    kinds = {
        Role.KIND: (Kind.WORD, Kind.WORDS, Kind.CHOICE),
        Role.DAY: (Kind.DATE,),
        Role.BODY: (Kind.WORD, Kind.WORDS),
        Role.RESULT: (Kind.CHOICE,),
        Role.AMOUNT: (Kind.MONEY,),
    }
    for one in LISTS.values():
        played = [spec for spec in specs(one.cls).values() if spec.role is not None]
        assert max(Counter(spec.role for spec in played).values(), default=0) <= 1, one.path
        for spec in played:
            assert spec.role is not None
            assert spec.kind in kinds.get(spec.role, (Kind.TEXT,)), f"{one.path}.{spec.key}"


def test_every_group_of_keys_has_a_name_for_messages() -> None:
    todo: list[type] = [Project, Settings]
    seen: dict[type, str] = {}
    while todo:
        cls = todo.pop()
        if cls not in seen:
            seen[cls] = getattr(cls, "RECORD_NAME")  # noqa: B009 - each class says its own
            todo += [spec.of for spec in specs(cls).values() if spec.of is not None]
    assert all("RECORD_NAME" in vars(cls) and name for cls, name in seen.items())
    assert len(set(seen.values())) == len(seen)


def test_what_is_found_by_kind_and_where() -> None:
    assert {name: (one.words, one.address, one.key(Role.DAY), one.of_unit) for name, one in BY_KIND.items()} == {
        "events": ("events", "kind", "on", False),
        "approvals": ("acts", "act", "date", False),
        "submissions": ("submissions", "kind", "on", False),
        "documents": ("documents", "kinds", "date", False),
        "contracts": ("contracts", "kind", "on", False),
        "notices": ("notices", "kind", "on", True),
    }


def test_a_blank_project_has_a_place_for_every_key_that_a_rule_may_ask_for() -> None:
    placed = [key for _, keys in SECTIONS for key in keys]
    assert len(set(placed)) == len(placed)
    assert set(specs(Project)) - set(placed) - NOT_HERE == {"approved_revision", "confirmed", "notes", "progress", "waivers"}


# -- one record --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "day", "kinds", "bodies", "name"),
    [
        (Event(kind="甲", on=DAY), DAY, ("甲",), (), "甲"),
        (Approval(body="乙", act="甲", date=DAY), DAY, ("甲",), ("乙",), "甲"),
        (Submission(kind="甲", to=("乙", "丙"), on=DAY), DAY, ("甲",), ("乙", "丙"), "甲"),
        (Document(kinds=("甲", "丁"), path="a.docx", date=DAY), DAY, ("甲", "丁"), (), "甲（a.docx）"),
        (Document(kinds=("甲",), path="甲.docx"), None, ("甲",), (), "甲"),
        (Contract(kind="甲", name="一期", on=DAY), DAY, ("甲",), (), "一期"),
        (Contract(kind="甲"), None, ("甲",), (), "甲"),
        (Funding(source="甲"), None, ("甲",), (), "甲"),
        (BudgetLine(name="乙", kind="甲"), None, ("甲",), (), "乙"),
        (CatalogueRow(name="乙", direction="产生"), None, ("产生",), (), "乙"),
        (CatalogueRow(at="catalogue[0]", direction="产生"), None, ("产生",), (), "catalogue[0]"),
        (Change(on=DAY), DAY, (), (), "2026-03-01"),
        (System(id="s-1"), None, (), (), "s-1"),
    ],
)
def test_what_a_record_says(
    one: Record, day: dt.date | None, kinds: tuple[str, ...], bodies: tuple[str, ...], name: str
) -> None:
    assert (day_of(one), kinds_of(one), bodies_of(one), name_of(one)) == (day, kinds, bodies, name)


def test_of_several_kinds_a_file_is_called_by_the_one_that_is_meant() -> None:
    assert name_of(Document(kinds=("甲", "乙"), path="a.docx"), ("乙",)) == "乙（a.docx）"


def test_a_list_is_found_where_it_stands() -> None:
    line, system = BudgetLine(), System()
    project = Project(budget=Budget(lines=(line,)), settings=Settings(systems=(system,)))
    assert entries_of(project, list_of(BudgetLine)) == (line,)
    assert entries_of(project, list_of(System)) == (system,)
    assert entries_of(Project(), list_of(BudgetLine)) == ()


# -- nobody else says it ------------------------------------------------------------------------------


def _tables(path: Path) -> list[tuple[int, set[str]]]:
    """The names that stand together in one dict, set, tuple or list of a module."""
    found = []
    for node in nodes(path):
        inside: list[ast.expr | None] = []
        if isinstance(node, ast.Dict):
            inside = [*node.keys]
        elif isinstance(node, (ast.Set, ast.Tuple, ast.List)):
            inside = [*node.elts]
        found.append((getattr(node, "lineno", 0), {n.value for n in inside if isinstance(n, ast.Constant)}))
    return [(line, {word for word in words if isinstance(word, str)}) for line, words in found]


LIST_WORDS = {*LISTS} - {"lines", "groups", "years", "notes", "answers", "changes"}
"""Names of lists that mean nothing else; the others are also keys of reports and of forms."""


def test_no_module_has_a_table_of_the_lists() -> None:
    tables = [
        f"{path.relative_to(ROOT)}:{line} {sorted(words & LIST_WORDS)}"
        for path in MODULES
        for line, words in _tables(path)
        if len(words & LIST_WORDS) > 1 and path.relative_to(PACKAGE).as_posix() not in NOT_TABLES
    ]
    assert tables == []


NOT_TABLES = {
    # the declarations
    "dossier/model.py",
    # what forms print: each placeholder has a maker of its own, whatever list it draws from
    "forms/data/context.py",
    "forms/data/fields.py",
    "forms/data/required_content.py",
    "law/packs/keys.py",
    # what the tables of filled papers have above their columns
    "importing/paper_tables.py",
    # what a ref to a list is worth that is no record: each sum and count is worked out and described in its own way
    "judging/given.py",
    "law/conditions.py",
    "law/packs/conditions.py",
    "law/packs/sorts.py",
    # the word lists of a pack
    "law/packs/words.py",
}


def test_each_table_that_is_let_pass_is_still_there() -> None:
    have = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if any(len(words & LIST_WORDS) > 1 for _, words in _tables(path))
    }
    assert sorted(NOT_TABLES - have) == []


def test_no_key_is_written_twice_in_one_table() -> None:
    """The second would silently win: a text that nobody ever reads, a row that is never used."""
    twice = []
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.Dict):
                keys = Counter(ast.dump(key) for key in node.keys if key is not None)
                twice += [f"{path.relative_to(ROOT)}:{node.lineno} {key}" for key, n in keys.items() if n > 1]
            if isinstance(node, ast.ClassDef):
                names = Counter(
                    s.target.id for s in node.body if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)
                )
                twice += [f"{path.relative_to(ROOT)}:{node.lineno} {name}" for name, n in names.items() if n > 1]
    assert twice == []


# -- what it takes to add a record ---------------------------------------------------------------------

_VISIT = '''
@record
class Visit:
    """踏勘."""

    RECORD_NAME: ClassVar[str] = "踏勘"

    at: str = ""
    name: str | None = item("踏勘地点", required=True, role=Role.NAME, use="看了哪里", example="某路口")
    seen: dt.date | None = item("踏勘日期", Kind.DATE, required=True, role=Role.DAY, use="哪天看的", example=_DAY)
    minutes: str | None = item("踏勘记录", role=Role.FILE, use="写相对路径", example="documents/踏勘.pdf")


'''
_LIST = '    visits: tuple[Visit, ...] = entries("踏勘", Visit, use="实地看过的地方，一次一条")\n'
_TRIED = """
import json, govit
from govit.dossier.lists import LISTS
from govit.law.library import Library
from govit.scaffold.project import NewProject, project_yaml
from govit.scaffold.schema import schema
law = Library().get("qidong-2022")
form = project_yaml(NewProject(id="a", name="b", regulation=law))
made = schema("project", [law])["$defs"]["Visit"]
print(json.dumps({"of": govit.__file__, "form": form, "keys": list(made["properties"]), "required": made["required"], "lists": list(LISTS)}))
"""


def test_a_record_is_added_in_one_file(tmp_path: Path) -> None:
    """The package with a new record in `model` only: read, checked, explained to editors and laid out in forms."""
    shutil.copytree(PACKAGE, tmp_path / "govit", ignore=shutil.ignore_patterns("__pycache__"))
    model = tmp_path / "govit" / "dossier" / "model.py"
    text = model.read_text(encoding="utf-8")
    added = {"@record\nclass Review:": _VISIT, "    waivers: tuple": _LIST, "    | Waiver": "    | Visit\n"}
    for mark, new in added.items():
        assert text.count(mark) == 1
        text = text.replace(mark, new.lstrip("\n") + mark)
    model.write_text(text, encoding="utf-8")
    dossier = tmp_path / "卷宗" / "a"
    dossier.mkdir(parents=True)
    (dossier / "project.yaml").write_text(
        "id: a\nname: 某项目\nregulation: qidong-2022\nstage: 草拟\nunit: {name: 某单位}\n"
        "visits:\n  - {name: 某路口, seen: 2027-01-01, minutes: 没有的.pdf}\n  - {seen: 2026-01-01, act: 写错的键}\n",
        encoding="utf-8",
    )

    def run(*args: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{args[0]}", *args[1:]],
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=tmp_path,
        )
        assert not ran.stderr, ran.stderr
        return ran.stdout

    tried = json.loads(run(_TRIED))
    assert tried["of"].startswith(str(tmp_path))
    assert "visits" in tried["lists"]
    assert tried["keys"] == ["name", "seen", "minutes"]
    assert tried["required"] == ["name", "seen"]
    assert "visits（踏勘）" in tried["form"]
    assert "{name: 某路口, seen: 2027-03-01}" in tried["form"]
    shown = run("from govit.__main__ import main; main()", "check", "卷宗", "--as-of", "2026-11-20", "--format", "json")
    found = {(f["rule"], f["line"]) for f in json.loads(shown)["findings"]}
    assert {("GOV-105", 8), ("GOV-108", 8), ("GOV-202", 7), ("GOV-307", 7)} <= found
