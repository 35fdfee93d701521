"""YAML 文本：bytes -> a tree in which every value knows its line and column.

libyaml's events are built into nodes by hand: PyYAML's own constructor accepts duplicate keys and
reads `0102` as 66 and `yes` as true. Here every scalar stays text, and the field it stands in decides
its type. Anchors, aliases and tags are refused, so nothing can multiply and nothing is of a type unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_LISTED = 20
MAX_FAULTS = 200
T = TypeVar("T")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # pure Python where libyaml is missing
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NO_KEYS: dict[str, tuple[int, int]] = {}


@dataclass(frozen=True, slots=True)
class Fault:
    """读取问题：what is wrong with a file, where (1-based), and what to write instead."""

    rule: str
    message: str
    line: int | None = None
    column: int | None = None
    hint: str = ""


def note(faults: list[Fault], fault: Fault) -> None:
    """Add a fault to those of a file; a file of a hundred thousand faults is cut off, and says so."""
    if len(faults) < MAX_FAULTS:
        faults.append(fault)
    elif len(faults) == MAX_FAULTS:
        message = f"问题太多，只列出前 {MAX_FAULTS} 处"
        faults.append(Fault("GOV-102", message, fault.line, fault.column, "先改正以上各处，再检查一次"))


class Node:
    """A value with its place. `value` is text, a dict of nodes, a list of nodes, or None."""

    __slots__ = ("column", "flow", "keys", "line", "value")

    def __init__(self, value: Any, line: int, column: int, *, flow: bool = False) -> None:  # noqa: ANN401 - one of four shapes
        self.value = value
        self.line = line
        self.column = column
        self.keys: dict[str, tuple[int, int]] = {} if type(value) is dict else _NO_KEYS
        self.flow = flow


class YamlError(Exception):
    """A file that cannot be read as YAML; carries every fault that was recognised."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


# -- bytes to text -----------------------------------------------------------------------------


def decode(data: bytes) -> str:
    """UTF-8, with or without BOM; anything else is named."""
    if len(data) > MAX_BYTES:
        hint = "元数据只写要点；长文字放进 documents/ 里的 docx 或 md"
        raise YamlError([Fault("GOV-102", f"文件超过上限 {MAX_BYTES // 1_000_000} MB，没有读取", 1, 1, hint)])
    wide = _wide(data)
    if wide:
        raise YamlError([Fault("GOV-101", f"文件是 {wide} 编码", 1, 1, "请用编辑器“另存为”，编码选 UTF-8")])
    if b"\0" in data:
        raise YamlError([Fault("GOV-101", "文件是二进制内容，不是文本", 1, 1, "请换成 YAML 文本文件")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"文件不是 UTF-8 编码{_legacy(data)}"
        raise YamlError([Fault("GOV-101", message, line, column, "请用编辑器“另存为”，编码选 UTF-8")]) from error


def _wide(data: bytes) -> str:
    """Name UTF-16 and UTF-32, with their mark or by the zero byte beside every ASCII letter."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    first = data[:200]
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "UTF-16" if marked or (first.count(0) * 5 > len(first) and b"\0\0" not in first) else ""


def _legacy(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，看来是 GBK"


# -- text to a tree ----------------------------------------------------------------------------


def parse(text: str) -> tuple[Node, list[Fault]]:
    """Build the tree. Duplicate keys are returned as faults; broken YAML raises YamlError."""
    builder = _Builder()
    try:
        root = _with_loader(text, builder.build)
    except ReaderError as error:
        raise YamlError(_bad_characters(text)) from error
    except yaml.MarkedYAMLError as error:
        raise YamlError([*builder.refused, *builder.faults, *_explain(text, error)]) from error
    if builder.refused:
        raise YamlError([*builder.refused, *builder.faults])
    return root, builder.faults


def _with_loader(text: str, use: Callable[[Any], T]) -> T:
    """Hand a text to libyaml, and release it whatever happens."""
    loader = _LOADER(text)
    try:
        return use(loader)
    finally:
        loader.dispose()


class _Builder:
    """Turns libyaml's flat events into nodes; an explicit stack, so depth cannot overflow Python."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.refused: list[Fault] = []
        self.documents = 0

    def build(self, loader: Any) -> Node:  # noqa: ANN401 - C or pure loader
        top = document = Node([], 1, 1)
        key: str | None = None
        above: list[Node] = []
        get_event = loader.get_event
        while (event := get_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_extras(event)
                text, mark = event.value, event.start_mark
                if key is None and type(top.value) is dict:
                    key = text
                    if text in top.keys:
                        self._twice(event, top.keys[text][0])
                    else:
                        top.keys[text] = (mark.line + 1, mark.column + 1)
                else:
                    value = None if text in _NULLS and event.implicit[0] else text
                    _put(top, key, Node(value, mark.line + 1, mark.column + 1))
                    key = None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                top, key = above.pop(), None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                node = self._container(event, len(above), is_key=key is None and type(top.value) is dict)
                _put(top, key, node)
                above.append(top)
                top, key = node, None
            elif kind is AliasEvent:
                self._refuse(event, "用了别名（*）", "请把内容直接写出来；govit 不接受锚点和别名")
                key = "" if key is None and type(top.value) is dict else None
            elif kind is DocumentStartEvent:
                self._document(event)
        return document.value[0] if document.value else Node(None, 1, 1)

    def _twice(self, event: Any, first: int) -> None:  # noqa: ANN401
        message = f"“{event.value}”写了两次，第一次在第 {first} 行"
        hint = "只留一处；两处都要的内容请合并"
        note(self.faults, Fault("GOV-104", message, *_place(event.start_mark), hint))

    def _container(self, event: Any, depth: int, *, is_key: bool) -> Node:  # noqa: ANN401
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if is_key:
            self._stop(event, "GOV-103", "键不是一个词", "冒号左边只能写一个键名")
        if depth >= MAX_DEPTH:
            self._stop(event, "GOV-102", f"嵌套超过 {MAX_DEPTH} 层", "不需要这么深的层次，请核对括号和缩进")
        mark = event.start_mark
        value: Any = {} if type(event) is MappingStartEvent else []
        return Node(value, mark.line + 1, mark.column + 1, flow=bool(event.flow_style))

    def _document(self, event: Any) -> None:  # noqa: ANN401
        self.documents += 1
        if self.documents > 1:
            self._stop(event, "GOV-103", "一个文件里有几份 YAML（---）", "每个文件只写一份")

    def _refuse_extras(self, event: Any) -> None:  # noqa: ANN401
        if event.anchor is not None:
            self._refuse(event, "用了锚点（&）", "请把内容直接写出来；govit 不接受锚点和别名")
        else:
            self._refuse(event, "用了标签（!）", "去掉感叹号标签；文字以感叹号开头时请加引号")

    def _refuse(self, event: Any, message: str, hint: str) -> None:  # noqa: ANN401
        if len(self.refused) < MAX_LISTED:
            self.refused.append(Fault("GOV-102", message, *_place(event.start_mark), hint))

    def _stop(self, event: Any, rule: str, message: str, hint: str) -> NoReturn:  # noqa: ANN401
        raise YamlError([*self.refused, *self.faults, Fault(rule, message, *_place(event.start_mark), hint)])


def _put(top: Node, key: str | None, node: Node) -> None:
    """Add a value to the list or mapping that it stands in; of a key that is given twice the first counts."""
    if key is None:
        top.value.append(node)
    else:
        top.value.setdefault(key, node)


def _place(mark: Any) -> tuple[int, int]:  # noqa: ANN401 - a mark of either loader
    return mark.line + 1, mark.column + 1


# -- what is wrong with broken YAML ---------------------------------------------------------------

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_REFUSED_CHARACTER = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _bad_characters(text: str) -> list[Fault]:
    """Every control character that YAML does not allow, by its place."""
    found = []
    for number, line in enumerate(_LINE_END.split(text), 1):
        for character in _REFUSED_CHARACTER.finditer(line):
            message = f"含有 YAML 不允许的控制字符 U+{ord(character[0]):04X}"
            found.append(Fault("GOV-103", message, number, character.start() + 1, "请删去这个看不见的字符"))
            if len(found) == MAX_LISTED:
                return found
    return found or [Fault("GOV-103", "含有 YAML 不允许的字符", 1, 1, "请删去看不见的控制字符")]


@dataclass(frozen=True, slots=True)
class _Slip:
    """笔误：a slip of a Chinese input method; `pattern` captures the character, which `mend` replaces."""

    pattern: re.Pattern[str]
    what: str
    remedy: str
    mend: str
    all_of: str = ""
    """Further characters of the line to mend in the same way."""


_KEY = r"^\s*(?:-\s+)?[^\s\-:：#\"'{\[][^:：#\"'{\[]*"
_SLIPS = (
    _Slip(re.compile(r"^ *(\t)"), "制表符（Tab）缩进", "YAML 只能用空格缩进，请把 Tab 换成空格", "  "),
    _Slip(re.compile(r"^\s*?([\u3000\xa0])"), "全角空格或不换行空格缩进", "请换成半角空格", "  "),
    _Slip(re.compile(r"^\s*(＃)"), "全角井号“＃”", "注释用半角“#”开头", "#"),
    _Slip(re.compile(r"^\s*([－—–―−])"), "全角横线“－”", "列表项用半角“- ”开头", "-"),
    _Slip(re.compile(r"^\s*(-)(?=[^\s-])"), "没有空格的“-”", "“-”后面加一个半角空格", "-"),
    _Slip(re.compile(_KEY + "(：)"), "全角冒号“：”", "改成半角冒号加一个空格“: ”", ":"),
    _Slip(re.compile(_KEY + r"(:)(?=[^\s:/])"), "没有空格的冒号", "冒号后面加一个半角空格", ":"),
    _Slip(re.compile(r"[\[{].*?(：)"), "全角冒号“：”", "改成半角冒号加一个空格“: ”", ":"),
    _Slip(re.compile(r"[\[{].*?([，、])"), "全角逗号或顿号", "方括号、花括号里用半角逗号“, ”", ","),
    _Slip(re.compile(r"([［］｛｝【】])"), "全角括号", "请改用半角括号 [ ] 或 { }", ""),
    _Slip(re.compile(r"([“”＂])"), "中文引号", '去掉引号，或改用半角引号 "', '"', "“”＂"),
    _Slip(re.compile(r"([‘’＇])"), "中文引号", "去掉引号，或改用半角引号 '", "'", "‘’＇"),
)
_BRACKETS = str.maketrans("［］｛｝【】", "[]{}[]")
_NEAR = 2
_LONG_TEXT = 100_000


def _explain(text: str, error: yaml.MarkedYAMLError) -> list[Fault]:
    """Name the slips at fault: one is at fault if the text, mended there, can be read further.

    So all slips of a file are named in one run, and what looks like one in innocent text is not.
    """
    lines = _LINE_END.split(text)
    faults: list[Fault] = []
    left: yaml.MarkedYAMLError | None = error
    while left is not None and len(faults) < (MAX_LISTED if len(text) < _LONG_TEXT else 1):
        found, lines, after = _slips_at(lines, left)
        faults += found
        if not found and not any("缩进" in fault.message for fault in faults):  # mended indentation is a guess
            faults.append(_unexplained(lines, left))
        if not found:
            break
        left = after
    return sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0))


def _slips_at(
    lines: list[str], error: yaml.MarkedYAMLError
) -> tuple[list[Fault], list[str], yaml.MarkedYAMLError | None]:
    """The slip behind an error, with its neighbours above where only all of them together explain it."""
    for number in _suspects(lines, error):
        for slip in _SLIPS:
            mended, found = list(lines), []
            for at in range(number, max(number - MAX_LISTED, -1), -1):
                hit = slip.pattern.search(lines[at])
                if hit is None:
                    break
                found.append(Fault("GOV-103", f"这一行用了{slip.what}", at + 1, hit.start(1) + 1, slip.remedy))
                mended[at] = _mended(lines[at], slip, hit)
                after = _error_in("\n".join(mended))
                if after is None or _reach(mended, after) > _reach(lines, error):
                    return found, mended, after
    return [], lines, error


def _suspects(lines: list[str], error: yaml.MarkedYAMLError) -> Iterator[int]:
    """The lines that may be at fault, from 0: where the parser stopped, where it began, what stands above."""
    line = min(_anchor(error)[0], len(lines) - 1)
    yield line
    above = [number for number in range(line - 1, -1, -1) if lines[number].strip()]
    yield from above[:_NEAR]


def _anchor(error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Line and column that an error speaks of, from 0; of a quotation without end, its beginning."""
    context = error.context_mark if "quoted scalar" in str(error.context) else None
    mark = context or error.problem_mark or error.context_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _reach(lines: list[str], error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """How far a text could be read: the line, and in it what is left, which mending does not change."""
    line, column = _anchor(error)
    return line, column - len(lines[line]) if line < len(lines) else 0


def _mended(line: str, slip: _Slip, found: re.Match[str]) -> str:
    if slip.all_of:
        return line.translate(dict.fromkeys(map(ord, slip.all_of), slip.mend))
    if not slip.mend:
        return line.translate(_BRACKETS)
    rest = line[found.end(1) :]
    gap = " " if slip.mend in ":-," and not rest.startswith(" ") else ""
    return line[: found.start(1)] + slip.mend + gap + rest


def _error_in(text: str) -> yaml.MarkedYAMLError | None:
    try:
        _with_loader(text, _Builder().build)
    except yaml.MarkedYAMLError as error:
        return error
    except YamlError:
        return None
    return None


def full_width_colons(text: str) -> list[Fault]:
    """Full-width colons of a text that YAML takes for one long sentence."""
    slip = next(s for s in _SLIPS if "：" in s.what)
    found = [(number, slip.pattern.search(line)) for number, line in enumerate(_LINE_END.split(text), 1)]
    faults = [Fault("GOV-103", f"这一行用了{slip.what}", n, hit.start(1) + 1, slip.remedy) for n, hit in found if hit]
    return faults[:MAX_LISTED]


_PROBLEMS = {
    "mapping values are not allowed": "这里不能再出现冒号，多半是上一行少了冒号或缩进不齐",
    "could not find expected ':'": "少了冒号“: ”",
    "did not find expected key": "缩进不齐，或少了列表符号“- ”",
    "did not find expected '-' indicator": "列表项没有对齐，或少了列表符号“- ”",
    "expected <block end>": "缩进不齐，或少了列表符号“- ”",
    "found unexpected end of stream": "引号没有成对",
    "found undefined tag handle": "文字以感叹号开头，请加引号",
    "did not find expected ',' or": "方括号或花括号没有写完，或少了逗号",
    "expected ',' or": "方括号或花括号没有写完，或少了逗号",
    "expected node content": "方括号或花括号里缺少内容，或没有写完",
    "expected the node content": "方括号或花括号里缺少内容，或没有写完",
    "block sequence entries are not allowed": "这里不能用列表符号“- ”，请另起一行",
    "unknown escape character": "双引号里的反斜杠用法不对，请改用单引号",
    "expected alphabetic or numeric character": "文字以 * 或 & 开头，请加引号",
}


def _unexplained(lines: list[str], error: yaml.MarkedYAMLError) -> Fault:
    line, column = _anchor(error)
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    problem = str(error.problem or error)
    what = next((chinese for english, chinese in _PROBLEMS.items() if english in problem), "")
    if "cannot start any token" in problem and column < len(lines[line]):
        what = f"“{lines[line][column]}”不能放在值的开头，请给值加引号"
    what = what or " ".join(problem.split())
    hint = "请检查这一行和上一行的缩进、冒号和引号"
    return Fault("GOV-103", f"YAML 写法有误：{what}", line + 1, column + 1, hint)
