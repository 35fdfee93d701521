"""The writer of YAML: what was asked for is changed, and nothing else of the file is."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pytest
from differing import changed_lines
from hypothesis import given, settings
from hypothesis import strategies as st
from places import SAMPLES
from ruamel.yaml import YAML

from govit.dossier.keys import specs
from govit.dossier.model import Project, Settings
from govit.yamltext import tree
from govit.yamltext.edits import Append, EditError, Put, edit, edit_bytes
from govit.yamltext.lines import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = sorted(SAMPLES.rglob("*.yaml"))
parse = lru_cache(maxsize=4)(tree.parse)


@pytest.fixture(autouse=True, scope="module")
def _a_text_is_parsed_once() -> Iterator[None]:
    """The text before a change and the one after it are those of the test as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("govit.yamltext.edits.parse", parse)
        yield


def changed(before: str, after: str) -> list[str]:
    """The lines that a diff shows, with their signs."""
    return changed_lines(LINE_END.split(before), LINE_END.split(after))


def line_ends(text: str) -> set[str]:
    return set(LINE_END.findall(text))


def plain(text: str) -> Any:
    def of(node: Any) -> Any:
        if type(node.value) is dict:
            return {key: of(entry) for key, entry in node.value.items()}
        return [of(entry) for entry in node.value] if type(node.value) is list else node.value

    return of(parse(text)[0])


TEXT = """\
# 项目的元数据
id:   bridge          # 标识
name: '桥梁监测平台'
year: 2026
stage:  "审批"

unit: {name: 某市交通局,   level: 市级}   # 单位
budget:
    total: 120万元    # 总投资
    lines:
    - {name: 软件,  amount: 100万元}
    # 硬件另列
    - name:   硬件
      amount: 20万元

basis:
  - 一号文   # 文一
  - 二号文
  - 三号文   # 文三
standards: [GB/T 1,  GB/T 2]
content: |
  第一段

  第二段

objective: >-
  目标一句话
  写在两行
submissions: []
answers: {}
contact:   # 还没有
"""


def test_a_plain_value_keeps_its_comment_and_every_space_around_it() -> None:
    after = edit(TEXT, [Put(("budget", "total"), "130万元")])
    assert changed(TEXT, after) == ["-     total: 120万元    # 总投资", "+     total: 130万元    # 总投资"]


@pytest.mark.parametrize("value", ["-", "?", ":", "- a", "a\nb", "[", "甲, 乙", "甲、乙", "# 注", "'"])
@pytest.mark.parametrize(
    "before",
    ["a: []  # 注\n", "a: {}  # 注\n", "a: [x]  # 注\n", "a: {k: v}  # 注\n", "a:  # 注\n", "a: |  # 注\n  x\n"],
)
def test_any_text_may_take_the_place_of_anything_in_brackets_or_of_nothing(before: str, value: str) -> None:
    after = edit(before, [Put(("a",), value)])
    assert plain(after)["a"].strip() == value
    assert YAML(typ="safe", pure=True).load(after)["a"].strip() == value
    assert "# 注\n" in after


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("name",), "大桥'甲'", "+ name: '大桥''甲'''"),
        (("stage",), '申"报', '+ stage:  "申\\"报"'),
        (("year",), 2027, "+ year: 2027"),
        (("id",), "2027", '+ id:   "2027"          # 标识'),
        (("id",), "a: b", '+ id:   "a: b"          # 标识'),
        (("id",), "true", '+ id:   "true"          # 标识'),
        (("id",), "1e3", '+ id:   "1e3"          # 标识'),
        (("id",), "0518-85990112", "+ id:   0518-85990112          # 标识"),
        (("id",), "#1", '+ id:   "#1"          # 标识'),
        (("id",), "2026-03-01", '+ id:   "2026-03-01"          # 标识'),
        (("id",), dt.date(2026, 3, 1), "+ id:   2026-03-01          # 标识"),
        (("unit", "level"), "县级, 区级", '+ unit: {name: 某市交通局,   level: "县级, 区级"}   # 单位'),
        (("budget", "lines", 1, "amount"), "21万元", "+       amount: 21万元"),
        (("budget", "lines", 0, "amount"), "99万元", "+     - {name: 软件,  amount: 99万元}"),
        (("basis", 2), "四号文", "+   - 四号文   # 文三"),
        (("standards", 1), "GB/T 3", "+ standards: [GB/T 1,  GB/T 3]"),
        (("unit", "kind"), "机关", "+ unit: {name: 某市交通局,   level: 市级, kind: 机关}   # 单位"),
    ],
)
def test_one_value_is_one_line(path: tuple[str | int, ...], value: Any, line: str) -> None:
    after = edit(TEXT, [Put(path, value)])
    rows = changed(TEXT, after)
    assert len(rows) == 2
    assert rows[1] == line


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (Put(("budget", "single"), "120万元"), ["+     single: 120万元"]),
        (
            Put(("answers", "问清楚"), {"answer": "是", "by": "某人", "on": dt.date(2026, 3, 1)}),
            ["- answers: {}", "+ answers:", "+   问清楚: {answer: 是, by: 某人, on: 2026-03-01}"],
        ),
        (
            Append(("submissions",), {"kind": "报", "on": dt.date(2026, 3, 1)}),
            ["- submissions: []", "+ submissions:", "+   - {kind: 报, on: 2026-03-01}"],
        ),
        (
            Put(("contact", "phone"), "110"),
            ["- contact:   # 还没有", '+ contact: {phone: "110"}   # 还没有'],
        ),
        (
            Append(("budget", "lines"), {"name": "其他", "amount": "1万元"}),
            ["+     - name: 其他", "+       amount: 1万元"],
        ),
        (Append(("basis",), "四号文"), ["+   - 四号文"]),
        (
            Append(("standards",), "GB/T 3"),
            ["- standards: [GB/T 1,  GB/T 2]", "+ standards: [GB/T 1,  GB/T 2, GB/T 3]"],
        ),
        (Put(("basis",), ["一号文", "三号文"]), ["-   - 二号文"]),
        (Put(("basis",), ["一号文", "五号文", "三号文"]), ["-   - 二号文", "+   - 五号文"]),
        (Put(("basis",), ["零号文", "一号文", "二号文", "三号文"]), ["+   - 零号文"]),
        (Put(("plans",), ["市级规划"]), ["+ plans: [市级规划]"]),
        (Put(("plans",), ["甲、乙"]), ["+ ", "+ plans:", "+   - 甲、乙"]),
        (Put(("demand",), "一\n\n二"), ["+ demand: |-", "+   一", "+ ", "+   二"]),
        (Put(("content",), "第一段\n\n第三段"), ["-   第二段", "+   第三段"]),
        (
            Put(("objective",), "一句"),
            ["-   目标一句话", "-   写在两行", "+   一句"],
        ),
    ],
)
def test_other_changes_touch_their_lines_alone(change: Any, lines: list[str]) -> None:
    after = edit(TEXT, [change])
    rows = changed(TEXT, after)
    assert sorted(row for row in rows if row != "+ ") == sorted(row for row in lines if row != "+ ")


def test_a_list_that_no_longer_fits_its_brackets_is_written_in_lines() -> None:
    after = edit(TEXT, [Put(("standards",), ["GB/T 1", "甲、乙"])])
    assert plain(after)["standards"] == ["GB/T 1", "甲、乙"]


def test_new_keys_stand_where_the_model_has_them() -> None:
    order = tuple(specs(Project))
    after = edit(TEXT, [Put(("category",), "新建")], lambda path: () if path else order)
    lines = after.splitlines()
    assert lines[lines.index('stage:  "审批"') + 1] == "category: 新建"


@pytest.mark.parametrize("indent", ["", "  "])
def test_a_comment_at_the_column_of_the_keys_belongs_to_the_key_below(indent: str) -> None:
    above = "contact:\n" if indent else ""
    path = ("contact",) if indent else ()
    lines = ["person: 甲  # 处长", "  # 甲的说明", "# 电话的说明", "phone: 1"]
    text = above + "".join(f"{indent}{line}\n" for line in lines)
    lines.insert(2, "mail: a@b")
    edited = edit(text, [Put((*path, "mail"), "a@b")], lambda _: ("person", "mail", "phone"))
    assert edited == above + "".join(f"{indent}{line}\n" for line in lines)


def test_a_comment_at_the_column_of_the_dashes_belongs_to_the_entry_below() -> None:
    text = "a:\n  - 甲\n    # 甲的\n  # 丙的\n  - 丙\n"
    assert edit(text, [Put(("a",), ["甲", "乙", "丙"])]) == text.replace("  # 丙的", "  - 乙\n  # 丙的")


def test_an_answer_that_is_replaced_loses_the_note_of_the_old_one() -> None:
    text = "answers:\n  甲: {answer: 不适用, by: 张, on: 2026-01-01, note: 没有}  # 甲\n  乙:\n    answer: 否\n    note: 因此\n    by: 张\n"
    after = edit(
        text,
        [Put(("answers", "甲"), {"answer": "是", "by": "李"}), Put(("answers", "乙"), {"answer": "是", "by": "李"})],
    )
    assert after == "answers:\n  甲: {answer: 是, by: 李}  # 甲\n  乙:\n    answer: 是\n    by: 李\n"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_and_the_last_line_stay(ends: str, *, last: bool) -> None:
    text = "id: a\nanswers:\n  甲: {answer: 是}"
    text = (text + "\n" * last).replace("\n", ends)
    after = edit(text, [Put(("answers", "乙"), {"answer": "否"}), Put(("stage",), "草拟")])
    wanted = "id: a\nanswers:\n  甲: {answer: 是}\n  乙: {answer: 否}\nstage: 草拟" + "\n" * last
    assert after == wanted.replace("\n", ends)


def test_a_byte_order_mark_stays() -> None:
    assert edit_bytes("\ufeffid: a\r\n".encode(), [Put(("id",), "b")]) == "\ufeffid: b\r\n".encode()


@pytest.mark.parametrize("text", ["", "# 只有注释\n", "# 没有换行"])
def test_an_empty_file_is_filled(text: str) -> None:
    after = edit(text, [Put(("answers", "甲"), {"answer": "是"})])
    assert after.startswith(text)
    assert plain(after) == {"answers": {"甲": {"answer": "是"}}}


def test_nothing_to_change_changes_nothing() -> None:
    assert (
        edit(
            TEXT,
            [
                Put(("name",), "桥梁监测平台"),
                Put(("content",), "第一段\n\n第二段"),
                Put(("basis",), ["一号文", "二号文", "三号文"]),
            ],
        )
        == TEXT
    )


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("a: &x 1\nb: *x\n", Put(("a",), "2")),
        ("a: 1\na: 2\n", Put(("a",), "2")),
        ("a: [1\n", Put(("a",), "2")),
        ("a: 1\n", Append(("a",), "2")),
        ("a: 1\n", Put(("a", "b"), "2")),
        ("a: 1\n", Put(("a", 0), "2")),
        ("a: 1\n", Put(("a",), "\x1b[31m")),
        ("a: 1\n", Put(("a",), "\ud800")),
        ("a: 1\n", Put(("a",), "\u202e反")),
        ("a:\n  b: 1\n", Put(("a",), "2")),
    ],
)
def test_what_cannot_be_done_cleanly_is_refused(text: str, change: Any) -> None:
    with pytest.raises(EditError):
        edit(text, [change])


def test_a_change_that_would_not_come_out_as_meant_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govit.yamltext.edits.steps", lambda *_: [])
    with pytest.raises(EditError, match="与预期不一致，没有改动"):
        edit("a: 1\n", [Put(("a",), "2")])


def test_another_encoding_is_refused() -> None:
    with pytest.raises(EditError):
        edit_bytes("name: 桥".encode("gbk"), [Put(("name",), "x")])


# -- every sample, every place -----------------------------------------------------------------------


def paths(data: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(data, dict):
        return [path for key, entry in data.items() for path in paths(entry, (*at, key))]
    if isinstance(data, list):
        return [path for n, entry in enumerate(data) for path in paths(entry, (*at, n))]
    return [at]


def with_value(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    if not path:
        return value
    if isinstance(data, dict):
        return {key: with_value(e, path[1:], value) if key == path[0] else e for key, e in data.items()}
    return [with_value(e, path[1:], value) if n == path[0] else e for n, e in enumerate(data)]


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_value_of_a_sample_can_be_changed_on_its_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    data = plain(text)
    for path in paths(data)[::7]:
        after = edit(text, [Put(path, "改: #'\"过")])
        assert plain(after) == with_value(data, path, "改: #'\"过")
        assert len(changed(text, after)) == 2


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_records_are_added_to_every_list_of_a_sample(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    record = {"name": "新的一条", "on": dt.date(2026, 3, 1), "note": "2026"}
    of = Settings if file.name == "govit.yaml" else Project
    order = tuple(specs(of))
    for key in ("events", "approvals", "documents", "systems", "notices"):
        after = edit(text, [Append((key,), record)], lambda path: () if path else order)
        assert all(row.startswith("+ ") for row in changed(text, after))
        assert plain(after)[key][-1] == {"name": "新的一条", "on": "2026-03-01", "note": "2026"}


# -- variety -------------------------------------------------------------------------------------------

WORDS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), min_size=1, max_size=12),
    st.sampled_from(["-", "?", ":",
                     "~", "null", "yes", "是", "2026", "0x1F", "1_000", "12:30", "- a", "? x", "a:b", "k: v", "#", " #x", "'", '"', "[", "]",
                     "{}", "&a", "*a", "!t", "|", ">", "%", "@", "`", "---", "...", "=", "<<", ".inf", "1.5", "+1", "，", "\\n", "://x"]),
)  # fmt: skip
KEYS = st.sampled_from(["甲", "乙", "丙", "丁", "name", "2026", "y"])


@st.composite
def laid_out(draw: st.DrawFn) -> str:
    """A file as people write them: any indentation, comments, blank lines, quotes, flow and block mixed."""
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    rows: list[str] = []
    for key in draw(st.lists(KEYS, min_size=1, max_size=5, unique=True)):
        if draw(st.booleans()):
            rows.append(draw(st.sampled_from(["", "# 注", "  # 缩进的注", "#"])))
        gap, tail = draw(st.sampled_from([" ", "   "])), draw(st.sampled_from(["", " # 尾", "   "]))
        step = draw(st.sampled_from([1, 2, 3, 4]))
        kind = draw(st.integers(0, 7))
        if kind == 0:
            rows.append(f"{key}:{gap}值{tail}")
        elif kind == 1:
            rows.append(f"{key}:{gap}{draw(st.sampled_from(['[]', '{}', '~', '']))}{tail}")
        elif kind == 2:
            rows.append(f"{key}:{gap}{{甲: 一,  乙: '二' }}{tail}")
        elif kind == 3:
            rows.append(f'{key}:{gap}[一,   "二",三]{tail}')
        elif kind == 4:
            rows += [f"{key}:{tail}", *(f"{' ' * step}{k}:{gap}{v}{tail}" for k, v in (("甲", "一"), ("乙", "'二'")))]
        elif kind == 5:
            dash = " " * draw(st.integers(0, 3))
            rows += [f"{key}:{tail}", f"{dash}- 一{tail}", f"{dash}# 间", f"{dash}-  {{甲: 一}}{tail}"]
        elif kind == 6:
            rows += [f"{key}: |{draw(st.sampled_from(['', '-', '+']))}", f"{' ' * step}一行", "", f"{' ' * step}  二行"]
        else:
            dash = " " * draw(st.integers(0, 2))
            rows += [f"{key}:{tail}", f"{dash}- 甲:{gap}一{tail}", f"{dash}  乙: 二", f"{dash}- 甲: 三"]
    return ends.join(rows) + draw(st.sampled_from(["", ends, ends * 2]))


@settings(max_examples=250)
@given(text=laid_out(), value=WORDS, data=st.data())
def test_only_the_lines_concerned_change(text: str, value: str, data: st.DataObject) -> None:
    before = plain(text)
    path = data.draw(st.sampled_from(paths(before) or [(key,) for key in before]))
    stripped = value.strip()
    after = edit(text, [Put(path, value)])
    wanted = with_value(before, path, stripped)
    assert stripped_texts(plain(after)) == stripped_texts(wanted)
    rows = changed(text, after)
    assert sum(row.startswith("-") for row in rows) <= (5 if "|" in text else 1)
    assert sum(row.startswith("+") for row in rows) <= 1 + ("|" in text)
    assert line_ends(after) <= line_ends(text)


@settings(max_examples=250)
@given(text=laid_out(), key=WORDS.filter(lambda word: word.strip() == word), value=WORDS, data=st.data())
def test_additions_leave_every_line_as_it_was(text: str, key: str, value: str, data: st.DataObject) -> None:
    before = plain(text)
    homes = [(), *((k,) for k, entry in before.items() if isinstance(entry, dict | None))]
    home = data.draw(st.sampled_from(homes))
    there = before if not home else before[home[0]] or {}
    if key in there:
        return
    after = edit(text, [Put((*home, key), {"甲": value, "乙": [value]})])
    new = {**there, key: {"甲": value.strip(), "乙": [value.strip()]}}
    assert stripped_texts(plain(after)) == stripped_texts(with_value(before, home, new) if home else new)
    gone = [row for row in changed(text, after) if row.startswith("-")]
    assert len(gone) <= 1
    assert not gone or home
    assert line_ends(after) <= (line_ends(text) or {"\n"})


@settings(max_examples=300)
@given(value=WORDS, quoted=st.sampled_from(["x", "'x'", '"x"', "{k: x}", "[x]"]))
def test_other_readers_of_yaml_take_a_written_text_for_that_text(value: str, quoted: str) -> None:
    if not value.strip():
        return
    path: tuple[str | int, ...] = ("a", "k") if "{" in quoted else ("a", 0) if "[" in quoted else ("a",)
    after = edit(f"a: {quoted}  # 注\n", [Put(path, value)])
    found = YAML(typ="safe", pure=True).load(after)["a"]
    found = found["k"] if "{" in quoted else found[0] if "[" in quoted else found
    assert found == value.strip()
    assert after.endswith("  # 注\n")


def stripped_texts(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: stripped_texts(entry) for key, entry in data.items()}
    if isinstance(data, list):
        return [stripped_texts(entry) for entry in data]
    return data.strip() if isinstance(data, str) else data
