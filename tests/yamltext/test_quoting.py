"""What clerks type that YAML reads otherwise: each slip is named for what it is, with the line that says what was meant."""

from __future__ import annotations

import re
import time

import pytest
import yaml
from places import ROOT, SAMPLES

from govit.yamltext.cuts import Cut, cuts
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.tree import parse

COLON, CLOSED, HASH = "值里不能再出现冒号加空格", "右引号后面又写了文字", "值里有空格加井号"


def fault(text: str) -> Fault:
    """The one thing that is wrong with a text."""
    with pytest.raises(YamlError) as error:
        parse(text)
    (found,) = error.value.faults
    return found


BROKEN = {
    # what was typed: where, what it is, and the corrected line
    "demand: 现状: 数据不通": (2, 11, COLON, 'demand: "现状: 数据不通"'),
    "demand: 现状: 数据不通  # 待补": (2, 11, COLON, 'demand: "现状: 数据不通"  # 待补'),
    "demand: 现状:": (2, 11, COLON, 'demand: "现状:"'),
    "demand: 现状:\t数据不通": (2, 11, COLON, r'demand: "现状:\t数据不通"'),
    "demand: 一是: 数据不通，\n  二是: 办事慢": (2, 11, COLON, 'demand: "一是: 数据不通，二是: 办事慢"'),
    "demand: 现有系统不通，\n  现状: 办事慢": (3, 5, COLON, 'demand: "现有系统不通，现状: 办事慢"'),
    "demand: see also\n  note: a: b\n  c": None,  # a key of another level: told of levels, not of quotes
    "basis:\n  - 规划: 第三章: 数据": (3, 7, COLON, '- "规划: 第三章: 数据"'),
    "basis: [一是: 二是: 三, 四]": (2, 11, COLON, 'basis: ["一是: 二是: 三", 四]'),
    "documents:\n  - {path: a.docx, name: 报告: 终稿}": (3, 28, COLON, '- {path: a.docx, name: "报告: 终稿"}'),
    "answers:\n  LYG-9-1: {answer: 是}\n  LYG-9-2:\n    note: 说明: 已办 #3 号": (
        5,
        13,
        COLON,
        'note: "说明: 已办 #3 号"',
    ),
    'objective: "提高效率"和效果': (2, 18, CLOSED, "objective: '\"提高效率\"和效果'"),
    "objective: '提高效率'和'效果'": (2, 18, CLOSED, "objective: \"'提高效率'和'效果'\""),
    'basis:\n  - "十四五"规划': (3, 10, CLOSED, "- '\"十四五\"规划'"),
    'basis: ["十四五"规划, 纲要]': (2, 14, CLOSED, "basis: ['\"十四五\"规划', 纲要]"),
    "demand: 现有 #1 系统，\n  数据不通": (2, 12, HASH, 'demand: "现有 #1 系统，数据不通"'),
    "basis: [系统 #1, 系统 #2]": (2, 12, HASH, 'basis: ["系统 #1", "系统 #2"]'),
    "demand: [附件]见后": (2, 13, "右括号后面又写了文字", 'demand: "[附件]见后"'),
    "demand: @张三": (2, 9, "“@”不能放在值的开头", 'demand: "@张三"'),
    "demand: %50 以上": (2, 9, "“%”不能放在值的开头", 'demand: "%50 以上"'),
    "demand: *重点*建设": (2, 9, "“*”不能放在值的开头", 'demand: "*重点*建设"'),
    "demand: !重要": (2, 9, "“!”不能放在值的开头", 'demand: "!重要"'),
    "demand: > 500 万元": (2, 9, "“>”不能放在值的开头", 'demand: "> 500 万元"'),
    "demand：现状：慢": (2, 7, "全角冒号“：”", "demand: 现状：慢"),
    "demand:现状": (2, 7, "没有空格的冒号", "demand: 现状"),
    "demand:\u3000现状": (2, 8, "冒号后的全角空格", "demand: 现状"),
    "demand:\u3000\u3000现状": (2, 8, "冒号后的全角空格", "demand: 现状"),
    'demand: "提高效率”': (2, 14, "中文引号", 'demand: "提高效率"'),
    "demand: “提高: 效率”": (2, 9, "中文引号", 'demand: "提高: 效率"'),
    "basis:\n  - 甲\n  -乙\n  丙: 丁": None,
    "budget: {total: 260，lines: 3}": (2, 20, "全角逗号", "budget: {total: 260, lines: 3}"),
    "unit:\n\tname: 某局": (3, 1, "制表符", "name: 某局"),
}


@pytest.mark.parametrize(("typed", "right"), [(k, v) for k, v in BROKEN.items() if v], ids=lambda v: str(v)[:30])
def test_what_is_no_yaml_is_named_for_what_it_is_with_the_line_that_was_meant(
    typed: str, right: tuple[int, int, str, str]
) -> None:
    line, column, what, corrected = right
    found = fault(f"id: x\n{typed}\nyear: 2026\n")
    assert (found.line, found.column) == (line, column)
    assert what in found.message
    assert found.hint.endswith(f"，写成：{corrected}")


@pytest.mark.parametrize("typed", [k for k, v in BROKEN.items() if v and k.startswith("demand: ")])
def test_the_corrected_line_says_exactly_what_was_typed(typed: str) -> None:
    corrected = fault(f"{typed}\n").hint.rpartition("写成：")[2]
    root, faults = parse(corrected)
    assert not faults
    said = re.sub(r"\s+|  # 待补$", "", typed.removeprefix("demand: ").replace("  # 待补", "")).strip("“”\"'")
    assert re.sub(r"\s+", "", root.entries["demand"].text).strip("\"'") == said.strip("\"'")


@pytest.mark.parametrize("typed", [k for k, v in BROKEN.items() if v is None])
def test_no_quotes_are_advised_where_levels_or_dashes_are_the_fault(typed: str) -> None:
    with pytest.raises(YamlError) as error:
        parse(f"id: x\n{typed}\n")
    assert all("加引号" not in one.hint or "另起一行" in one.hint for one in error.value.faults)


def test_a_line_with_nothing_behind_its_dash_or_colon_is_no_fault_of_the_reader() -> None:
    with pytest.raises(YamlError) as error:
        parse("    - {nam是e: 运行维护, \n  total: 36.5万元\n  groups:")
    assert error.value.faults


# -- texts that YAML cuts short --------------------------------------------------------------------

CUT = {
    "demand: 现有系统 #1、#2 不通": Cut(1, 14, "现有系统", 'demand: "现有系统 #1、#2 不通"'),
    "demand: 现有系统  #1、#2 不通": Cut(1, 15, "现有系统", 'demand: "现有系统  #1、#2 不通"'),
    "demand: 现有系统\t#1 不通": Cut(1, 14, "现有系统", r'demand: "现有系统\t#1 不通"'),
    "demand: 现有系统 #1 不通  # 待核": Cut(1, 14, "现有系统", 'demand: "现有系统 #1 不通"'),
    "demand: 现有 # 字头系统": Cut(1, 12, "现有", 'demand: "现有 # 字头系统"'),
    "demand: 平台（  # 一期）": Cut(1, 14, "平台（", 'demand: "平台（  # 一期）"'),
    "demand: 平台、  #二期": Cut(1, 14, "平台、", 'demand: "平台、  #二期"'),
    "basis:\n  - 规划 #3": Cut(2, 8, "规划", '- "规划 #3"'),
    "basis:\n  - path: 图 #3.docx": Cut(2, 13, "图", '- path: "图 #3.docx"'),
    "demand: 现有\n  系统 #1": Cut(2, 6, "现有 系统", 'demand: "现有系统 #1"'),
    "demand: 现有系统，\n  #1 平台不通": Cut(2, 3, "现有系统，", 'demand: "现有系统，#1 平台不通"'),
    "answers:\n  LYG-1:\n    note: 见 #4 号文": Cut(3, 13, "见", 'note: "见 #4 号文"'),
    "a: {b: 系统 #1\n  }": Cut(1, 11, "系统", ""),
}


@pytest.mark.parametrize("typed", CUT, ids=lambda v: v[:30])
def test_a_text_that_ends_at_a_number_sign_is_told_with_what_was_kept(typed: str) -> None:
    found = cuts(typed + "\nyear: 2026\n").values()
    assert [one._replace(whole_line="") for one in found] == [CUT[typed]]


@pytest.mark.parametrize(
    "typed",
    [
        "demand: 现状  # 说明",
        "demand: 现状\t\t# 说明",
        "demand: 现状  ## 说明",
        "demand: 现状  #说明",
        'demand: "现状 #1"',
        "demand: '现状' # 说明",
        "demand:  # 说明\n  现状",
        "demand: |\n  现有 #1 系统\n  #2 系统",
        "demand: 现状#1",
        "demand: C#语言",
        "# demand: 现有 #1",
        "basis: # 说明\n  - 甲",
        "basis: [甲, 乙] # 说明",
        "demand: 现状\n# year: 2026",
        "demand: 现状\n  # year: 2026",
        "- # 说明\n  甲: 乙",
    ],
)
def test_a_comment_is_a_comment(typed: str) -> None:
    assert not cuts(typed + "\n")


def test_no_sample_and_no_page_of_help_has_a_text_that_is_cut() -> None:
    files = [*SAMPLES.rglob("*.yaml"), *(ROOT / "govit").rglob("*.yaml"), *(ROOT / "tests").rglob("*.yaml")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    for page in (ROOT / "govit").rglob("*.md"):
        texts += re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    read = 0
    for text in texts:
        try:
            found = cuts(text)
        except yaml.YAMLError:
            continue  # a page about slips shows some
        read += 1
        assert not found
    assert read > len(files) // 2


def test_a_text_of_a_thousand_number_signs_is_read_in_no_time() -> None:
    text = "".join(f"k{n}: 系统 #{n}\n" for n in range(5000))
    before = time.perf_counter()
    assert len(cuts(text)) == 5000
    assert time.perf_counter() - before < 10
