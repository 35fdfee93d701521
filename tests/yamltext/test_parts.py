"""The parts of a file say the same as its tree, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT

from govit.yamltext.faults import YamlError
from govit.yamltext.parts import parts_of
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from pathlib import Path

    from govit.yamltext.nodes import Node

FILES = sorted(ROOT.glob("sample-dossier/**/*.yaml")) + sorted(ROOT.glob("tests/dossiers/**/*.yaml"))


def told(node: Node) -> Any:
    """What a tree says, without its places."""
    if isinstance(node.value, dict):
        return {key: told(value) for key, value in node.value.items()}
    return [told(one) for one in node.value] if isinstance(node.value, list) else node.value


def agrees(text: str) -> bool:
    """Whether the parts of a text say what its tree says; a text without parts says nothing."""
    parts = parts_of(text)
    if parts is None:
        return False
    whole = parse(text)[0]
    assert list(parts) == list(whole.entries)
    assert {key: told(parse(part)[0].entries[key]) for key, part in parts.items()} == told(whole)
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_parts_of_a_file_are_those_of_its_tree(path: Path) -> None:
    agrees(path.read_text(encoding="utf-8"))


def test_a_plain_file_has_parts() -> None:
    text = (ROOT / "benchmarks" / "project.yaml").read_text(encoding="utf-8")
    assert agrees(text)
    assert agrees(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "- a\n",
        "a: 1\na: 2\n",
        'a: "x\nid: y"\nb: 1\n',
        "a: [x\nid: y]\n",
        'a: [x", "y]\nb: [", c"]\n',
        "a: 'x\nid: y'\n",
        'a: "x # y\nid: z"\n',
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "a: 1\n---\nb: 2\n",
        "? a\n: b\n",
        "a: {[x]: y}\n",
        "a: 1\nB: 2\n",
        '"a": 1\n',
        "a: \tx\n",
        "a:1\nb: 2\n",
        "a: 1\n b: 2\n",
        "a: " + "[" * 41 + "]" * 41 + "\n",
        "a: " + "[']', " * 41 + "]" * 41 + "\n",
        "a: x\x85id: y\n",
        "a: x\u2028id: y\n",
    ],
)
def test_what_only_a_tree_can_tell_has_no_parts(text: str) -> None:
    assert parts_of(text) is None


@given(
    st.lists(
        st.sampled_from(
            [
                "a:",
                "b:",
                "id:",
                "name:",
                " ",
                "\n",
                "  ",
                "x",
                "'",
                '"',
                "[",
                "]",
                "{",
                "}",
                ",",
                "#",
                "- ",
                "|",
                ">",
                ": ",
                "-",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_parts_never_say_anything_else_than_the_tree(text: str) -> None:
    try:
        agrees(text)
    except YamlError as error:  # the tree is refused, so there must be no parts
        raise AssertionError(text) from error
