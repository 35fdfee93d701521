"""Lines in the wrong place: what is told names what was typed, and shows the line as it should be."""

from __future__ import annotations

import pytest

from govit.yamltext.faults import YamlError
from govit.yamltext.slips import mended
from govit.yamltext.tree import parse

CASES = [
    (
        "contact: 张三\n  phone: 0518\n", 2,
        "这里不能再出现冒号：“contact:”后面写了“张三”，下面又有下一级的“phone:”", "“张三”另起一行、写在它自己的键后面",
    ),
    ("schedule:\n   start: 甲\n  end: 乙\n", 2, "缩进不齐：“start: 甲”前面有 3 个空格", "这一行改成 2 个空格"),
    ("funding:\n  - source: 甲\n   year: 2027\n", 3, "缩进不齐：“year: 2027”前面有 3 个空格", "这一行改成 4 个空格"),
    ("content: 一个平台\n\n两个应用\nyear: 2027\n", 3, "“两个应用”这一行没有冒号，也没有缩进", "前面加两个空格，写成：  两个应用"),
    ("id: x\nname；某平台\n", 2, "“name；某平台”这一行没有冒号", "写成：name: 某平台"),
    ("id: x\nname 某平台\nyear: 2027\n", 2, "“name 某平台”这一行没有冒号", "写成：name: 某平台"),
    ("name: '某平台\nyear: 2027\n", 1, "引号没有成对：'", "写成：name: '某平台'；"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "what", "remedy"), CASES)
def test_a_line_in_the_wrong_place_is_named_and_shown_right(text: str, line: int, what: str, remedy: str) -> None:
    with pytest.raises(YamlError) as error:
        parse(text)
    told = error.value.faults[0]
    assert told.line == line
    assert what in told.message
    assert remedy in told.hint
    assert mended(text) == text


def test_a_character_that_cannot_be_seen_is_named_and_mended() -> None:
    text = "id: x\n\ufeffname: 某平台\nyear: 2027\n"
    with pytest.raises(YamlError) as error:
        parse(text)
    assert "看不见的字符" in error.value.faults[0].message
    assert error.value.faults[0].hint.endswith("写成：name: 某平台")
    assert mended(text) == "id: x\nname: 某平台\nyear: 2027\n"
