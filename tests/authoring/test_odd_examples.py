"""An example or a base that is written otherwise than it should be: a fault with its place, in every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from places import FIFTH
from program import program

if TYPE_CHECKING:
    from pathlib import Path

ID = "shili-city-2026"
TEXT = (FIFTH / "regulations" / f"{ID}.yaml").read_text(encoding="utf-8")


def pack(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / f"{ID}.yaml").write_text(text, encoding="utf-8")
    return folder


def with_example(example: str) -> tuple[str, int]:
    """The pack with an example in place of its first one, and the line that it stands in."""
    lines = TEXT.split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip() == "examples:")
    lines[at + 1] = lines[at + 1].partition("- ")[0] + f"- {example}"
    return "\n".join(lines), at + 2


@pytest.mark.parametrize(
    ("example", "what"),
    [
        ("false", "这里应当是“键: 值”的写法"),
        ("[a, b]", "这里应当是“键: 值”的写法"),
        ("", "示例是空的"),
        ("{is: complies, as_of: }", "示例的 as_of 是空的"),
        ("{is: complies, as_of: 2026-02-30}", "2026"),
        ("{is: complies, as_of: []}", "as_of 应当是文字"),
        ("{is: 合规}", "没有“合规”这个词；可以写：complies"),
        ("{is: [complies]}", "is 应当是文字"),
        ("{set: {}}", "缺少 is"),
        ("{is: complies, set: [a]}", "这里应当是“键: 值”的写法"),
        ("{is: complies, set: {neighbours: {a: b}}}", "这里应当是列表"),
        ("{is: complies, set: {neighbours: [a]}}", "这里应当是“键: 值”的写法"),
        ("{is: complies, stage: [a]}", "stage 应当是文字"),
        ("{is: complies, subject: {a: b}}", "subject 应当是文字"),
        ("{is: complies, sett: {}}", "是不是“set”"),
    ],
)
def test_an_odd_example_is_a_fault_of_its_line(tmp_path: Path, example: str, what: str) -> None:
    text, line = with_example(example)
    packs = pack(tmp_path / "packs", text)
    for words in (["regulations", "--examples"], ["explain", "第一条"]):
        done = program(*words, "--regulations", packs, "--regulation", ID)
        assert done.returncode == 2
        assert f"{ID}.yaml:{line}: " in done.stderr
        assert what in done.stderr


@pytest.mark.parametrize(
    ("base", "what"),
    [
        ("base: {project: {id: a}}", "base 缺少 as_of"),
        ("base: {as_of: , project: {id: a}}", "base 缺少 as_of"),
        ("base: {as_of: 2026-13-01, project: {id: a}}", "2026"),
        ("base: {as_of: 2026-03-01}", "base 缺少 project"),
        ("base: {as_of: 2026-03-01, project: [a]}", "这里应当是“键: 值”的写法"),
        ("base: {as_of: 2026-03-01, project: {id: a}, govit: a}", "这里应当是“键: 值”的写法"),
        ("base: false", "这里应当是“键: 值”的写法"),
        ("base: ", "base（样板项目）是空的"),
    ],
)
def test_an_odd_base_is_a_fault_of_the_pack_for_judging_too(tmp_path: Path, base: str, what: str) -> None:
    lines = TEXT.split("\n")
    at = lines.index("base:")
    end = next(n for n in range(at + 1, len(lines)) if lines[n] and not lines[n].startswith((" ", "#")))
    packs = pack(tmp_path / "packs", "\n".join([*lines[:at], base, *lines[end:]]))
    done = program("regulations", "--examples", "--regulations", packs, "--regulation", ID)
    assert done.returncode == 2
    assert what in done.stderr
    if base == "base: ":
        return  # for judging the block is blanked, and a block without lines is none
    (tmp_path / "project.yaml").write_text(f"id: a\nname: a\nstage: 草拟\nregulation: {ID}\n", encoding="utf-8")
    (tmp_path / "govit.yaml").write_text("regulations: packs\n", encoding="utf-8")
    done = program("check", tmp_path)
    assert done.returncode == 1
    assert what in done.stdout


@pytest.mark.parametrize(
    ("laid", "what"),
    [
        ("{budget.total.x: 1}", "total 不是一组字段"),
        ("{budget: [1]}", "budget"),
        ("{documents: [a]}", "documents"),
        ("{documents: {a: b}}", "documents"),
    ],
)
def test_a_patch_that_does_not_fit_the_base_is_told_as_such(tmp_path: Path, laid: str, what: str) -> None:
    text, line = with_example(f"{{is: complies, set: {laid}}}")
    packs = pack(tmp_path / "packs", text)
    done = program("regulations", "--examples", "--regulations", packs, "--regulation", ID)
    assert done.returncode == 1
    assert f"第 {line} 行" in done.stdout
    assert what in done.stdout


def test_a_pack_without_a_base_is_explained_without_examples(tmp_path: Path) -> None:
    lines = TEXT.split("\n")
    at = lines.index("base:")
    end = next(n for n in range(at + 1, len(lines)) if lines[n] and not lines[n].startswith((" ", "#")))
    packs = pack(tmp_path / "packs", "\n".join([*lines[:at], *lines[end:]]))
    rule = next(line.partition("id: ")[2].split(",")[0] for line in lines if "- {id: " in line or "- id: SL" in line)
    done = program("explain", rule, "--regulations", packs, "--regulation", ID)
    assert done.returncode == 0, done.stderr
    assert "没有 base（样板项目）" in done.stdout
