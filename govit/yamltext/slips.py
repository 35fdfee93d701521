"""笔误：why a text is no YAML, in the words of a clerk, above all the slips of a Chinese input method."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from govit.base.records import value_record
from govit.yamltext.faults import MAX_LISTED, Fault
from govit.yamltext.layout import misplaced
from govit.yamltext.lines import LINE_END
from govit.yamltext.nodes import error_in
from govit.yamltext.quoting import brief_line, quoting

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

_REFUSED_CHARACTER = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def bad_characters(text: str) -> list[Fault]:
    """Every control character that YAML does not allow, by its place."""
    found = []
    for number, line in enumerate(LINE_END.split(text), 1):
        for character in _REFUSED_CHARACTER.finditer(line):
            message = f"含有 YAML 不允许的控制字符 U+{ord(character[0]):04X}"
            found.append(Fault("GOV-103", message, number, character.start() + 1, "请删去这个看不见的字符"))
            if len(found) == MAX_LISTED:
                return found
    return found or [Fault("GOV-103", "含有 YAML 不允许的字符", 1, 1, "请删去看不见的控制字符")]


@value_record
class _Slip:
    """笔误：a slip of a Chinese input method; `pattern` captures the character, which `mend` replaces."""

    kind: str
    pattern: re.Pattern[str]
    what: str
    remedy: str
    mend: str
    all_of: str = ""
    """Further characters of the line to mend in the same way."""
    guess: bool = False
    """Mended indentation is a guess: what then is still wrong may come from the mending."""
    colon: bool = False
    """A full-width colon between key and value, which makes a sentence of the whole text."""


_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_KEY = r"^\s*(?:-\s+)?[^\s\-:：#\"'{\[][^:：#\"'{\[]*"
SLIPS = (
    _Slip(
        "tab", re.compile(r"^ *(\t)"), "制表符（Tab）缩进", "YAML 只能用空格缩进，请把 Tab 换成空格", "  ", guess=True
    ),
    _Slip("blank", re.compile(r"^\s*?([\u3000\xa0])"), "全角空格或不换行空格缩进", "请换成半角空格", "  ", guess=True),
    _Slip("unseen", re.compile(rf"([{_UNSEEN}])"), "看不见的字符", "这是从 Word 或网页粘贴时带来的，删去它", ""),
    _Slip("hash", re.compile(r"^\s*(＃)"), "全角井号“＃”", "注释用半角“#”开头", "#"),
    _Slip("dash", re.compile(r"^\s*([－—–―−])"), "全角横线“－”", "列表项用半角“- ”开头", "-"),
    _Slip("dash-gap", re.compile(r"^\s*(-)(?=[^\s-])"), "没有空格的“-”", "“-”后面加一个半角空格", "-"),
    _Slip("colon", re.compile(_KEY + "(：)"), "全角冒号“：”", "改成半角冒号加一个空格“: ”", ":", colon=True),
    _Slip("wide-gap", re.compile(_KEY + r":([\u3000\xa0]+)"), "冒号后的全角空格或不换行空格", "换成一个半角空格", " "),
    _Slip("colon-gap", re.compile(_KEY + r"(:)(?=[^\s:/])"), "没有空格的冒号", "冒号后面加一个半角空格", ":"),
    _Slip("flow-colon", re.compile(r"^[^\[{]*[\[{].*?(：)"), "全角冒号“：”", "改成半角冒号加一个空格“: ”", ":"),
    _Slip("comma", re.compile(r"^[^\[{]*[\[{].*?([，、])"), "全角逗号或顿号", "方括号、花括号里用半角逗号“, ”", ","),
    _Slip("bracket", re.compile(r"([［］｛｝【】])"), "全角括号", "请改用半角括号 [ ] 或 { }", ""),
    _Slip("double-quote", re.compile(r"([“”＂])"), "中文引号", '去掉引号，或改用半角引号 "', '"', "“”＂"),
    _Slip("quote", re.compile(r"([‘’＇])"), "中文引号", "去掉引号，或改用半角引号 '", "'", "‘’＇"),
)
_BRACKETS = str.maketrans("［］｛｝【】", "[]{}[]")
_SURE = frozenset(("unseen", "hash", "dash", "dash-gap", "colon", "wide-gap", "colon-gap", "flow-colon", "comma"))
"""Kinds of slips that can mean but one thing."""
_BETWEEN_DIGITS = re.compile(r"\d[，、]\s*\d")
"""A comma that may be one of thousands: what it divides is an amount."""
_NEAR = 2
_LONG_TEXT = 100_000
_MOST_READ_AGAIN = 2_000_000
"""Characters of mended texts that are read to see whether the mending helps: of a usual project.yaml some hundred times."""


class _Attempts:
    """How much may still be read again while one text is explained."""

    def __init__(self) -> None:
        self._left = _MOST_READ_AGAIN

    def error_in(self, lines: list[str]) -> tuple[bool, yaml.MarkedYAMLError | None]:
        """Whether a mended text could be read again, and what stops its reading."""
        text = "\n".join(lines)
        self._left -= len(text)
        return (True, error_in(text)) if self._left >= 0 else (False, None)


class _Repair(NamedTuple):
    """One slip that is at fault: the faults, the lines mended, and what is still wrong with them."""

    faults: list[Fault]
    lines: list[str]
    after: yaml.MarkedYAMLError | None
    guess: bool
    sure: bool
    """Whether nothing else can be meant."""


def explain(text: str, error: yaml.MarkedYAMLError) -> list[Fault]:
    """Name the slips at fault: one is at fault if the text, mended there, can be read further.

    So all slips of a file are named in one run, and what looks like one in innocent text is not.
    """
    lines = LINE_END.split(text)
    faults: list[Fault] = []
    guessed, attempts = False, _Attempts()
    left: yaml.MarkedYAMLError | None = error
    while left is not None and len(faults) < (MAX_LISTED if len(text) < _LONG_TEXT else 1):
        repair = _repair(lines, left, attempts)
        if repair is None:
            faults += [] if guessed else [_unexplained(lines, left)]
            break
        faults += repair.faults
        guessed = guessed or repair.guess
        lines, left = repair.lines, repair.after
    return sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0))


def mended(text: str) -> str:
    """The text with every slip mended that can mean but one thing, up to the first that cannot; line ends stay."""
    lines, ends = LINE_END.split(text), LINE_END.findall(text)
    left, attempts = error_in(text), _Attempts()
    for _ in range(MAX_LISTED if len(text) < _LONG_TEXT else 1):
        repair = _repair(lines, left, attempts) if left is not None else None
        if repair is None or not repair.sure:
            break
        lines, left = repair.lines, repair.after
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))


def _repair(lines: list[str], error: yaml.MarkedYAMLError, attempts: _Attempts) -> _Repair | None:
    """The slip behind an error, or the value that wants quotes."""
    for number in _suspects(lines, error):
        for slip in SLIPS:
            if found := _of_slip(lines, error, slip, number, attempts):
                return found
        if found := _of_quotes(lines, error, number, attempts):
            return found
    return None


def _of_slip(
    lines: list[str], error: yaml.MarkedYAMLError, slip: _Slip, number: int, attempts: _Attempts
) -> _Repair | None:
    """A slip in a line, with its neighbours above where only all of them together explain the error."""
    repaired, faults, sure = list(lines), [], slip.kind in _SURE
    for at in range(number, max(number - MAX_LISTED, -1), -1):
        hit = slip.pattern.search(lines[at])
        if hit is None:
            break
        faults.append(_fault(slip, at + 1, hit))
        sure = sure and not _BETWEEN_DIGITS.search(lines[at])
        repaired[at] = _mended(lines[at], slip, hit)
        could, after = attempts.error_in(repaired)
        if not could:
            return None
        if after is None or _reach(repaired, after) > _reach(lines, error):
            return _Repair(faults, repaired, after, slip.guess, sure)
    return None


def _of_quotes(lines: list[str], error: yaml.MarkedYAMLError, number: int, attempts: _Attempts) -> _Repair | None:
    quote = quoting(lines, number, _anchor(error)[1])
    if quote is None:
        return None
    could, after = attempts.error_in(quote.lines)
    if not could:
        return None
    if after is not None and _reach(quote.lines, after) <= _reach(lines, error):
        return None
    wants = quote.wants
    hint = _with_line(wants.remedy, quote.corrected)
    fault = Fault("GOV-103", wants.what, quote.line + 1, quote.column + 1, hint, about=wants.kind)
    return _Repair([fault], quote.lines, after, guess=False, sure=quote.sure)


def _fault(slip: _Slip, line: int, hit: re.Match[str]) -> Fault:
    message = f"这一行用了{slip.what}"
    hint = _with_line(slip.remedy, _mended(hit.string, slip, hit).strip())
    return Fault("GOV-103", message, line, hit.start(1) + 1, hint, about=slip.kind)


def _with_line(remedy: str, corrected: str) -> str:
    """What to do, and the line as it then is, if it is not too long to be read."""
    shown = brief_line(corrected)
    return f"{remedy}，写成：{shown}" if shown else remedy


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
        return line.translate(dict.fromkeys(map(ord, _UNSEEN)) if slip.kind == "unseen" else _BRACKETS)
    rest = line[found.end(1) :]
    gap = " " if slip.mend in ":-," and not rest.startswith(" ") else ""
    return line[: found.start(1)] + slip.mend + gap + rest


def full_width_colons(text: str) -> list[Fault]:
    """Full-width colons of a text that YAML takes for one long sentence."""
    slip = next(s for s in SLIPS if s.colon)
    found = [(number, slip.pattern.search(line)) for number, line in enumerate(LINE_END.split(text), 1)]
    faults = [_fault(slip, number, hit) for number, hit in found if hit]
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


def _begins(line: str) -> int:
    """The column in which the text of a line begins."""
    return len(line) - len(line.lstrip()) + 1


def _unexplained(lines: list[str], error: yaml.MarkedYAMLError) -> Fault:
    line, column = _anchor(error)
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    problem = str(error.problem or error)
    found = misplaced(lines, line, f"{error.context or ''} {problem}")
    if found is not None:
        at = _begins(lines[found.line]) if found.column is None else found.column + 1
        return Fault("GOV-103", f"YAML 写法有误：{found.what}", found.line + 1, at, found.hint, about=problem)
    kind, what = next(((kind, told) for kind, told in _PROBLEMS.items() if kind in problem), ("", ""))
    if "cannot start any token" in problem and column < len(lines[line]):
        what = f"“{lines[line][column]}”不能放在值的开头，请给值加引号"
    what = what or " ".join(problem.split())
    hint = "请检查这一行和上一行的缩进、冒号和引号"
    return Fault("GOV-103", f"YAML 写法有误：{what}", line + 1, column + 1, hint, about=kind)
