"""YAML: a tree with exact places, and for broken files the slip itself, not the parser's surprise at it."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from govit.yamltext import nodes
from govit.yamltext.faults import MAX_FAULTS, MAX_LISTED, Fault, YamlError
from govit.yamltext.lines import LINE_END
from govit.yamltext.nodes import MAX_DEPTH, MAX_VALUES, Node
from govit.yamltext.slips import full_width_colons
from govit.yamltext.tree import MAX_BYTES, decode, parse

LOADERS = {"libyaml": getattr(yaml, "CSafeLoader", yaml.SafeLoader), "pure": yaml.SafeLoader}


@pytest.fixture(params=LOADERS)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answers with and without the C library."""
    monkeypatch.setattr(nodes, "_LOADER", LOADERS[request.param])


def plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [plain(value) for value in node.value]
    return node.value


def faults(text: str) -> list[tuple[int | None, int | None, str]]:
    """Line, column and message of whatever is wrong with a text."""
    try:
        found = parse(text)[1]
    except YamlError as error:
        found = error.faults
    return [(fault.line, fault.column, fault.message) for fault in found]


# -- bytes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("名: 甲\n乙: 丙".encode("gbk"), (1, 1, "文件不是 UTF-8 编码，看来是 GBK")),
        ("a: 1\nb: 甲".encode() + b"\xff", (2, 5, "文件不是 UTF-8 编码")),
        ("名: 甲".encode("utf-16"), (1, 1, "文件是 UTF-16 编码")),
        ("name: x\n".encode("utf-16-le"), (1, 1, "文件是 UTF-16 编码")),
        ("name: x\n".encode("utf-16-be"), (1, 1, "文件是 UTF-16 编码")),
        ("名: 甲".encode("utf-32"), (1, 1, "文件是 UTF-32 编码")),
        (b"PK\x03\x04" + bytes(200), (1, 1, "文件是二进制内容，不是文本")),
        (b"a" * (MAX_BYTES + 1), (1, 1, "文件超过上限 1 MB，没有读取")),
    ],
)
def test_what_is_no_utf8_text_is_named(data: bytes, told: tuple[int, int, str]) -> None:
    with pytest.raises(YamlError) as error:
        decode(data)
    fault = error.value.faults[0]
    assert (fault.line, fault.column, fault.message) == told
    assert fault.hint


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode("\ufeffname: 甲".encode()) == "name: 甲"


# -- the tree ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("loader")
def test_every_value_and_key_knows_its_line_and_column() -> None:
    root, _ = parse("id: 甲\nunit:\n  name: 乙\nlist:\n  - {k: 丙, m: 丁}\n  - 戊\n")
    assert (root.line, root.column) == (1, 1)
    assert root.keys == {"id": (1, 1), "unit": (2, 1), "list": (4, 1)}
    name = root.value["unit"].value["name"]
    assert (name.value, name.line, name.column) == ("乙", 3, 9)
    first, second = root.value["list"].value
    assert (first.line, first.column, first.keys) == (5, 5, {"k": (5, 6), "m": (5, 12)})
    assert (second.value, second.line, second.column) == ("戊", 6, 5)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ["id: a\r\nname: b\r\n", "id: a\rname: b", "﻿id: a\nname: b"])
def test_line_ends_of_every_system_count_alike(text: str) -> None:
    root, found = parse(decode(text.encode()))
    assert (plain(root), found) == ({"id": "a", "name": "b"}, [])
    assert root.value["name"].line == 2


@pytest.mark.usefixtures("loader")
def test_scalars_stay_text_and_only_a_bare_null_is_none() -> None:
    text = "a: 0102\nb: yes\nc: ~\nd: null\ne:\nf: '~'\ng: 1_000\nh: 2026-03-01\ni: ''\nj: 1e3\nk: 0o7\nl: 12:30\n"
    assert plain(parse(text)[0]) == {
        "a": "0102", "b": "yes", "c": None, "d": None, "e": None, "f": "~", "g": "1_000",
        "h": "2026-03-01", "i": "", "j": "1e3", "k": "0o7", "l": "12:30",
    }  # fmt: skip


@pytest.mark.usefixtures("loader")
def test_of_a_key_given_twice_the_first_counts_and_both_places_are_told() -> None:
    root, found = parse("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert plain(root) == {"a": "1", "b": {"c": "1"}}
    assert [(f.rule, f.line, f.column, f.message) for f in found] == [
        ("GOV-104", 4, 3, "“c”写了两次，第一次在第 3 行"),
        ("GOV-104", 5, 1, "“a”写了两次，第一次在第 1 行"),
    ]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &x 1\nb: *x\n", [(1, 4, "用了锚点（&）"), (2, 4, "用了别名（*）")]),
        ("a: &x {b: 1}\n", [(1, 4, "用了锚点（&）")]),
        ("*x : 1\n&y k: [2]\n", [(1, 1, "用了别名（*）"), (2, 1, "用了锚点（&）")]),
        ("a: !!float 3\nb: ! x\n", [(1, 4, "用了标签（!）"), (2, 4, "用了标签（!）")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "一个文件里有几份 YAML（---）")]),
        ("{a: 1}: 2\n", [(1, 1, "键不是一个词")]),
        ("? [a]\n: 1\n", [(1, 3, "键不是一个词")]),
        ("[" * 60, [(1, MAX_DEPTH + 1, f"嵌套超过 {MAX_DEPTH} 层")]),
        ("a: 1\na: 2\nb: &x 3\n", [(3, 4, "用了锚点（&）"), (2, 1, "“a”写了两次，第一次在第 1 行")]),
    ],
)
def test_what_yaml_allows_and_govit_does_not_is_refused_by_place(text: str, told: list[Any]) -> None:
    assert faults(text) == told


TOO_DEEP = f"嵌套超过 {MAX_DEPTH} 层"


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 999, 1_001, 10_000, 200_000])
@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("[", (1, MAX_DEPTH + 1)),
        ("{a: ", (1, 4 * MAX_DEPTH + 1)),
        ("[{a: ", (1, 5 * MAX_DEPTH // 2 + 1)),
        ("- ", (1, 2 * MAX_DEPTH + 1)),
        ("[\n", (MAX_DEPTH + 1, 1)),
    ],
    ids=["brackets", "braces", "both", "dashes", "lines"],
)
def test_what_is_nested_too_deep_is_told_at_the_first_level_too_many(
    opening: str, place: tuple[int, int], levels: int
) -> None:
    deep = opening * (levels // (2 if opening == "[{a: " else 1) + 1)
    assert faults(deep) == [(*place, TOO_DEEP)]
    assert faults(f"a: 1\n---\n{deep}") == [(2, 1, "一个文件里有几份 YAML（---）")]


@pytest.mark.usefixtures("loader")
def test_indented_lines_are_levels_as_brackets_are() -> None:
    deep = "\n".join(" " * level + "a:" for level in range(1_400))
    assert faults(deep) == [(MAX_DEPTH + 1, MAX_DEPTH + 1, TOO_DEEP)]


@pytest.mark.parametrize("text", ["- []\n", "k{}: a\n"])
def test_more_values_than_any_dossier_has_are_refused(text: str) -> None:
    assert all("50000" not in told for _, _, told in faults("".join(map(text.format, range(MAX_VALUES - 1)))))
    assert faults("".join(map(text.format, range(MAX_VALUES))))[-1][2] == "内容超过 50000 项，后面的没有读取"


def test_a_large_text_is_read_again_a_few_times_only() -> None:
    """Each line looks like three slips, of which none is at fault."""
    values = "".join(f"- {'a' * 12}{number}\n" for number in range(10_000))
    begun = time.process_time()
    told = faults("a:\n" + values + "# ［“‘\n" * 25 + "b: ]  # ［“‘\n")
    assert [line for line, _, _ in told] == [10_027]
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("before", ["", "# a\n\n", "a: 1\n...\n"])
def test_directives_that_the_parser_compares_with_each_other_are_few(before: str) -> None:
    text = before + "".join(f"%TAG !{number}! tag:a\n" for number in range(40_000)) + "---\na: 1\n"
    begun = time.process_time()
    assert faults(text) == [(1, 1, "“%TAG”超过 20 处，没有读取")]
    assert time.process_time() - begun < 1


def test_the_path_of_a_key_that_is_written_twice_takes_no_search() -> None:
    text = "".join(f"k{number}: 1\n" for number in range(20_000)) + "z: {" + "a: 1, " * 20_000 + "}\n"
    begun = time.process_time()
    assert parse(text)[1][0].key == "z.a"
    assert time.process_time() - begun < 2


@pytest.mark.usefixtures("loader")
def test_a_brace_in_the_place_of_a_key_is_told_however_many_follow() -> None:
    assert faults("a: " + "{" * 10_000) == [(1, 5, "键不是一个词")]


@pytest.mark.parametrize(
    ("loader", "levels"), [("libyaml", 1_001), ("libyaml", 200_000), ("pure", 1_001)], indirect=["loader"]
)
@pytest.mark.parametrize("text", ["a: '{}'\n", 'a: "{}"\n', "a: |\n  {}\n", "a: x{}\n", "a: 1 # {}\n"])
@pytest.mark.usefixtures("loader")
def test_brackets_of_a_text_or_a_comment_are_no_levels(text: str, levels: int) -> None:
    for bracket in "[{":
        root, found = parse(text.format(bracket * levels))
        assert list(root.value) == ["a"]
        assert found == []


# -- slips of a Chinese input method ---------------------------------------------------------------

COLON, GAP = "这一行用了全角冒号“：”", "这一行用了没有空格的冒号"
TAB, WIDE = "这一行用了制表符（Tab）缩进", "这一行用了全角空格或不换行空格缩进"
DASH, COMMA = "这一行用了全角横线“－”", "这一行用了全角逗号或顿号"
QUOTE, BRACKET, HASH = "这一行用了中文引号", "这一行用了全角括号", "这一行用了全角井号“＃”"
SLIPS = [
    ("id: a\nname：甲\nstage: b\n", [(2, 5, COLON)]),
    ("id：a\nname：甲\nstage: b\n", [(1, 3, COLON), (2, 5, COLON)]),
    ("id: a\nunit:\n  name：甲\n  level: 乙\nyear：2027\nstage: b\n", [(3, 7, COLON), (5, 5, COLON)]),
    ("id:a\nname: 甲\n", [(1, 3, GAP)]),
    ("unit:\n\tname: 甲\n\tlevel: 乙\n", [(2, 1, TAB), (3, 1, TAB)]),
    ("a: 1\nunit:\n  name: 甲\n　　level: 乙\n", []),
    ("a:\n  b: 1\n　　c: 2\n  d: 3\n", [(3, 1, WIDE)]),
    ("a:\n  － k: 甲\n    on: 乙\n", [(2, 3, DASH)]),
    ("a:\n  — k: 甲\n    on: 乙\n", [(2, 3, DASH)]),
    ("a:\n  -k: 甲\n    on: 乙\n", [(2, 3, "这一行用了没有空格的“-”")]),
    ("a:\n  - {k: 甲， on: 乙}\n", [(2, 10, COMMA)]),
    ("a: [甲, 乙】\nb: 1\n", [(1, 9, BRACKET)]),
    ('name: "甲”\nstage: b\n', [(1, 9, QUOTE)]),
    ("name: “甲: 乙”\n", [(1, 7, QUOTE)]),
    ("＃ 说明\nid: a\n", [(1, 1, HASH)]),
]  # fmt: skip


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("text", "told"), SLIPS)
def test_slips_are_named_where_they_are_all_in_one_run(text: str, told: list[Any]) -> None:
    assert faults(text) == told


@pytest.mark.usefixtures("loader")
def test_innocent_text_with_the_same_characters_is_not_blamed() -> None:
    text = (
        "content: |\n  — 依据：文件\n  “引号”，【括号】\nbasis:\n  - 关于甲：乙的通知\nname: “好”\nunit:\n\tname: 丙\n"
    )
    assert faults(text) == [(8, 1, TAB)]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("a: b: c\n", (1, 5), "不能再出现冒号"),
        ("a: 1\n b: 2\n", (2, 3), "不能再出现冒号"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "缩进不齐"),
        ("a: [1, 2\nb: 3\n", (2, 2), "没有写完"),
        ("a: 'x\nb: 2\n", (1, 4), "引号没有成对"),
        ("a: @x\n", (1, 4), "“@”不能放在值的开头"),
        ("a: `x`\n", (1, 4), "“`”不能放在值的开头"),
        ('a: "\\q"\n', (1, 4), "反斜杠"),
        ("a: 甲\x07乙\n", (1, 5), "控制字符 U+0007"),
        ("a: 1\nb: \x1b[31m\n", (2, 4), "控制字符 U+001B"),
    ],
)
def test_what_is_no_slip_is_explained_in_chinese_by_place(text: str, place: tuple[int, int], part: str) -> None:
    told = faults(text)
    assert [(line, column) for line, column, _ in told] == [place]
    assert part in told[0][2]


ONLY_A_TAB = "冒号后面只有制表符（Tab），没有内容"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a:\n  - {kind: \t, on: 1}\n", [(2, 11)]),
        ("{kind:\t}\n", [(1, 7)]),
        ("{kind: \t \t , b: \t}\n", [(1, 7), (1, 16)]),
        ('{note: "x:\t, y", kind: , on: 1}\n', []),
        ("{kind: \ta, on:\t1\t}\n", []),
        ("note: |\n  {a: \t, b: 1}\n", []),
        ("kind: \t\nb: 1\n", []),
    ],
)
def test_a_value_that_is_nothing_but_a_tab_is_named(text: str, places: list[tuple[int, int]]) -> None:
    """libyaml alone takes it for no value at all, where other readers refuse the file."""
    if "C" in nodes._LOADER.__name__:
        assert faults(text) == [(*place, ONLY_A_TAB) for place in places]


def test_a_text_of_nothing_but_full_width_colons_is_seen_through() -> None:
    text = "id：a\nname：甲\nstage：b\n"
    assert parse(text)[0].value == "id：a name：甲 stage：b"
    assert [(f.line, f.column) for f in full_width_colons(text)] == [(1, 3), (2, 5), (3, 6)]


# -- any text ------------------------------------------------------------------------------------

pieces = st.sampled_from(
    ["id: a", "name：甲", "\n", "\n  ", "\n\t", "- ", "－ ", "[", "]", "{", "}", ", ", "，", ": ", '"', "”", "'",
     "|\n", "&x ", "*x", "!t ", "# ", "---\n", "? ", "　", "\ufeff", "\x85", "\u2028", "\x07", "%A\n", "@", "~"]
)  # fmt: skip
texts = st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join))


@pytest.mark.parametrize("which", LOADERS)
@given(text=texts)
def test_any_text_is_a_tree_or_faults_with_places_inside_the_text(which: str, text: str) -> None:
    nodes._LOADER, before = LOADERS[which], nodes._LOADER
    try:
        found = parse(text)[1]
    except YamlError as error:
        found = error.faults or [Fault("", "")]
    finally:
        nodes._LOADER = before
    lines = len(LINE_END.split(text))
    for fault in found:
        assert fault.line is not None
        assert 1 <= fault.line <= lines
        assert (fault.column or 0) >= 1
        assert fault.message
        assert fault.hint


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_named_fault(data: bytes) -> None:
    try:
        found: Any = decode(data)
    except YamlError as error:
        found = error.faults
    assert isinstance(found, str) or all(fault.hint for fault in found)


words = st.text("abc甲乙丙，：“”（）1-.", min_size=1, max_size=6).map(lambda t: f"w{t}w")
trees = st.recursive(
    words, lambda t: st.one_of(st.lists(t, max_size=4), st.dictionaries(words, t, max_size=4)), max_leaves=12
)


def written(tree: Any, indent: int, line: int, places: dict[tuple[int, int], Any]) -> list[str]:
    """A tree as block YAML, quoted, from a line on; the place of every scalar is noted while writing."""
    pad = " " * indent
    rows: list[str] = []
    for key, value in tree.items() if isinstance(tree, dict) else [(None, entry) for entry in tree]:
        head = f"{pad}- " if key is None else f'{pad}"{key}": '
        if not isinstance(value, str) and value:
            rows.append(head.rstrip())
            rows += written(value, indent + 2, line + len(rows), places)
            continue
        places[line + len(rows), len(head) + 1] = value
        rows.append(head + (f'"{value}"' if isinstance(value, str) else str(value)))
    return rows


def found_places(node: Node) -> dict[tuple[int, int], Any]:
    inner = node.value.values() if isinstance(node.value, dict) else node.value if isinstance(node.value, list) else ()
    if not inner:
        return {(node.line, node.column): node.value}
    return {place: value for child in inner for place, value in found_places(child).items()}


@given(st.one_of(st.lists(trees, min_size=1, max_size=4), st.dictionaries(words, trees, min_size=1, max_size=4)))
def test_every_value_is_found_where_it_was_written(tree: Any) -> None:
    expected: dict[tuple[int, int], Any] = {}
    root, found = parse("\n".join(written(tree, 0, 1, expected)) + "\n")
    assert (plain(root), found) == (tree, [])
    assert found_places(root) == expected


# -- hostile files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "{a: " * 10_000,
        "- " * 10_000,
        "a: 1\n" * 200_000,
        "a：1\n" * 100_000,
        "\t- a\n" * 100_000,
        "x: '" + "a\n" * 300_000,
        "a: &a [x]\n" + "b: *a\n" * 50_000,
        "- {a：1，b：2}\n" * 5_000 + "- {a： 1， b: 2}\n",
    ],
    ids=["brackets", "braces", "dashes", "duplicates", "colons", "tabs", "quote", "aliases", "flow"],
)
def test_a_hostile_file_costs_seconds_at_most(text: str) -> None:
    start = time.process_time()
    assert len(faults(text)) <= MAX_LISTED + MAX_FAULTS + 1
    assert time.process_time() - start < 5
