"""指纹：no message is data. Every message and hint said otherwise, and every line moved, each finding keeps its own."""

from __future__ import annotations

import datetime as dt
import inspect
import shutil
from contextlib import chdir
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest
from places import SAMPLES, UNCLEAN

from govit.documents.content import Reading, Unreadable
from govit.dossier.finding import Finding, Outcome, Place, Severity, told_apart
from govit.judging import run
from govit.judging.checks.verdict import Verdict
from govit.law.library import Library
from govit.report.consequent import sorted_out
from govit.report.todo import todos
from govit.yamltext.faults import Fault
from govit.yamltext.slips import SLIPS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govit.judging.judge import Report

DAY = dt.date(2026, 11, 20)
LAW = Library().get("lianyungang-2025")
assert LAW is not None
EVENT = next(iter(LAW.words["events"]))
OTHERWISE = "换一种说法"
HEAD = "id: {name}\nname: 坏项目\nregulation: lianyungang-2025\nstage: 草拟\nunit: {{name: 某单位}}\n"
BAD = {
    "words": "events:\n  - {kind: 甲, on: 2026-01-01}\n  - {kind: 乙, on: 2026-01-02}\n",
    "keys": "events:\n  - {kinds: 甲}\n  - {kinds: 甲}\n甲: 1\n乙: 1\n",
    "values": "budget:\n  total: 很多\n  lines:\n    - {name: 甲, amount: 1}\n    - {name: 甲, amount: 1}\n",
    "twice": "year: 2026\nyear: 2027\ncontact: {person: 甲, person: 乙}\n",
    "secret": "classified: false\nclassified: true\nobjective: 不可告人\n",
    "flags": "traits: {没有的: true, 也没有: true}\nanswers: {没有的问题: {answer: 是, by: 某, on: 2026-01-01}}\n",
    "sums": "budget: {total: 3万元, lines: [{name: 甲, amount: 1万元}]}\nfunding: [{source: 市财政资金, amount: 1万元}]\n",
    "future": "changes:\n  - {on: 2027-01-01}\n  - {on: 2027-01-01}\n",
    "files": "documents:\n  - {kinds: 项目建议书, path: 没有.docx}\n  - {kinds: 项目建议书, path: 也没有.docx}\n",
    "slips": "lead：甲\nmanager：乙\n\tteam: 丙\n",
    "tabs": "contact:\n\tperson: 甲\nschedule:\n\tstart: 2026-01-01\n",
    "colons": "",
    "broken": "basis: [甲\n",
}
LATER = HEAD.replace("草拟", "验收")
KEYS = {
    "width": ("ｃａｔｅｇｏｒｙ: 新建\n", "category"),
    "label": ("项目类别: 新建\n", "category"),
    "near": ("catgory: 新建\n", "category"),
    "level": ("total: 300万元\n", "budget.total"),
    "nested": ("budget: {总投资: 300万元}\n", "budget.total"),
    "trait": ("traits: {数据有尝使用: false}\n", "traits.数据有偿使用"),
    "quoted": ("traits: {“数据有偿使用”: false}\n", "traits.数据有偿使用"),
}
"""A key that is not what it was meant to be, and that which was meant."""


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples that are clean, one that is not, and projects with faults of every kind, also alike ones."""
    top = tmp_path_factory.mktemp("指纹")
    shutil.copytree(UNCLEAN, top / "unclean")
    shutil.copytree(SAMPLES / "qidong", top / "qidong")
    for name, text in BAD.items():
        folder = top / "bad" / name
        folder.mkdir(parents=True)
        (folder / "project.yaml").write_text(HEAD.format(name=name) + text, encoding="utf-8")
    for name, (text, _) in KEYS.items():
        folder = top / "keys" / name
        folder.mkdir(parents=True)
        (folder / "project.yaml").write_text(LATER.format(name=name) + text, encoding="utf-8")
    (top / "bad" / "colons" / "project.yaml").write_text("id：colons\nname：甲\n", encoding="utf-8")
    (top / "bad" / "govit.yaml").write_text("没有的键: 1\nyear: 不是年\nsystems:\n  - {id: a}\n", encoding="utf-8")
    (top / "bad" / "words" / "空的.md").write_text("", encoding="utf-8")
    (top / "bad" / "words" / "损坏.docx").write_bytes(b"PK\x03\x04")
    marked = "# 概述\n\n秘密★10年\n\n内容\n\n机密★20年\n"
    (top / "bad" / "words" / "项目建议书.md").write_text(marked, encoding="utf-8")
    (top / "bad" / "Project.YML").write_text("", encoding="utf-8")
    return top


def report(folder: Path) -> Report:
    with chdir(folder):  # without git, paths are told from here
        return run.check(run.RunSettings(paths=(folder,), as_of=DAY, everything=True, assume_in_force=True))


def findings(folder: Path) -> list[Finding]:
    return report(folder).findings


def told(folder: Path) -> list[tuple[Any, ...]]:
    """Everything that a report says of its findings but the words."""
    return sorted(
        (
            f.fingerprint,
            f.rule,
            f.project or "",
            f.subject,
            f.outcome.value,
            f.place.file,
            f.place.line or 0,
            str(f.due),
        )
        for f in findings(folder)
    )


def to_do(folder: Path) -> list[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """The lists of what is to be done, line by line: the findings that wait, what it asks for, what follows."""
    lines = []
    for project in report(folder).projects:
        listed, found = todos(project.findings)
        for one in listed:
            asked = "" if one.first.message in one.does else one.does
            following = (f.fingerprint for each in one.findings for f in found.of(each))
            lines.append((tuple(f.fingerprint for f in one.findings), asked, tuple(following)))
    return lines


def test_every_message_said_otherwise_changes_nothing_but_the_messages(
    bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, to_do_before = told(bad), to_do(bad)
    asked = {asked[:2] for _, asked, _ in to_do_before}
    assert {"填写", "回答"} <= asked, asked
    assert any(following for *_, following in to_do_before)
    rules = {rule for _, rule, *_ in before if rule.startswith("GOV")}
    assert len(rules) >= 18, rules
    for cls, names in (
        (Fault, ("message", "hint")),
        (Verdict, ("detail",)),
        (Finding, ("message", "detail", "hint")),
        (Reading, ("what", "remedy")),
        (Unreadable, ("what", "remedy")),
    ):
        monkeypatch.setattr(cls, "__init__", _saying(cls.__init__, names))
    assert {f.message for f in findings(bad) if f.rule.startswith("GOV-1")} == {OTHERWISE}
    assert told(bad) == before
    assert to_do(bad) == to_do_before


@pytest.mark.parametrize("name", KEYS)
def test_a_fault_knows_the_key_that_was_meant_and_what_follows_from_it(bad: Path, name: str) -> None:
    meant = KEYS[name][1]
    project = next(p for p in report(bad / "keys" / name).projects)
    fault = next(f for f in project.findings if f.meant)
    assert fault.meant == meant
    waiting = [f for f in project.findings if any(blank.key == meant for blank in f.missing)]
    following = sorted_out(project.findings).of(fault)
    assert waiting == [f for f in following if f in waiting]
    assert waiting or meant.startswith("traits.")  # of a trait, test_todo has what follows


def _saying(made: Callable[..., None], names: tuple[str, ...]) -> Callable[..., None]:
    """An initialiser under which every text of these names is the same, or stays empty."""
    signature = inspect.signature(made)

    @wraps(made)
    def init(*given: object, **more: object) -> None:
        bound = signature.bind(*given, **more)
        bound.arguments.update({name: OTHERWISE for name in names if bound.arguments.get(name)})
        made(*bound.args, **bound.kwargs)

    return init


def test_moved_lines_change_no_fingerprint(bad: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(bad, tmp_path / "moved")
    for path in moved.rglob("*"):
        if path.suffix in (".yaml", ".md") and path.stat().st_size:
            front = "# 说明\n\n# 说明\n" if path.suffix == ".yaml" else "\n\n\n"
            path.write_text(front + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = {f.fingerprint: f for f in findings(bad)}
    after = {f.fingerprint: f for f in findings(moved)}
    assert before.keys() == after.keys()
    shifts = {
        (after[key].place.line or 0) - (one.place.line or 0) for key, one in before.items() if one.place.line != 1
    }
    assert shifts <= {0, 3}
    assert 3 in shifts


def test_no_two_findings_share_a_fingerprint(bad: Path) -> None:
    found = findings(bad)
    assert len({f.fingerprint for f in found}) == len(found)


def test_what_is_mended_takes_nothing_from_its_like(tmp_path: Path) -> None:
    path = tmp_path / "a" / "project.yaml"
    path.parent.mkdir()
    path.write_text(HEAD.format(name="a") + BAD["words"], encoding="utf-8")
    both = {f.subject: f.fingerprint for f in findings(tmp_path) if f.rule == "GOV-106"}
    assert both.keys() == {"events[0].kind", "events[1].kind"}
    path.write_text(path.read_text(encoding="utf-8").replace("甲", EVENT), encoding="utf-8")
    left = {f.subject: f.fingerprint for f in findings(tmp_path) if f.rule == "GOV-106"}
    assert left == {"events[1].kind": both["events[1].kind"]}


def test_a_key_that_is_secret_is_not_told_as_a_subject(bad: Path) -> None:
    shown = [f for f in findings(bad) if f.project == "bad/secret"]
    assert shown
    assert "不可告人" not in repr([(f.message, f.subject, f.hint, f.place) for f in shown])
    assert {f.rule for f in shown} <= {"GOV-501", "GOV-502", "GOV-108"}


def test_alike_findings_are_numbered_by_their_places() -> None:
    def one(
        line: int | None, rule: str = "GOV-103", file: str = "a/project.yaml", paragraph: int | None = None
    ) -> Finding:
        return Finding(
            rule=rule,
            title="",
            severity=Severity.ERROR,
            nominal=Severity.ERROR,
            outcome=Outcome.VIOLATES,
            project="a",
            message=OTHERWISE,
            place=Place(file, line, paragraph=paragraph),
        )

    assert [f.nth for f in told_apart([one(9), one(2), one(5), one(1, "GOV-104")])] == [3, 1, 2, 1]
    in_word = [one(None, paragraph=paragraph) for paragraph in (7, 3)]
    assert [f.nth for f in told_apart(in_word)] == [2, 1]
    in_files = told_apart([one(1, file="a/project.yaml"), one(1, file="a/方案.md")])
    assert [f.nth for f in in_files] == [1, 1]
    assert len({f.fingerprint for f in in_files}) == 2


def test_every_slip_has_a_kind_of_its_own() -> None:
    kinds = [slip.kind for slip in SLIPS]
    assert len(set(kinds)) == len(kinds)
