"""核对模板：what the tags of a template may say, held against the table of names. Every fault with its place.

Tags are read one by one, each by Jinja's own parser, and only a short list of its language is let through:
what is not on the list never runs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from govit.base.nearest import nearest_word
from govit.base.records import record
from govit.forms.data.fields import FIELDS, Field, FieldShape, leaves
from govit.forms.word.sandbox import FILTERS, LOOP, SANDBOX, TESTS
from govit.forms.word.tags import Slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element as Element

    from govit.forms.word.tags import Tag

_FOR = re.compile(r"for\s+(\w+)\s+in\s")
_STATEMENT = re.compile(r"(for|if|elif|else|endif|endfor)\b")
_LOOSE_PREFIX = re.compile(r"(tr|tc|p|r)\s")
_TEXT = Field("文字")
_FLAG = Field("是否", FieldShape.FLAG)
_DEEPEST = 8
MOST_SLIPS = 200
"""What is told of one part: who has mended so many looks again."""
_LOOKS_FULL = str.maketrans("．。，（）｜＝！＜＞：", ".,,()|=!<>:")
_WHOLE = {"tr": "表格的一行", "tc": "表格的一格", "p": "一段"}


@record
class Checked:
    """What a template says: its faults, the root names it needs, and each name it prints with its place."""

    slips: tuple[Slip, ...]
    roots: frozenset[str]
    printed: dict[str, str]
    """Full name → the place of its first tag."""


class _OpenTag:
    """A for or an if that is not closed yet."""

    def __init__(self, tag: Tag, word: str, name: str = "", item: Field | None = None, path: str = "") -> None:
        self.tag = tag
        self.word = word
        self.name = name
        self.item = item
        self.path = path


def check(tags: Iterable[Tag]) -> Checked:
    """Read the tags of one part of a document, in their order."""
    tags = list(tags)
    run = _Check({found[1]: tag.place for tag in tags if (found := _FOR.match(tag.body))})
    for tag in tags:
        try:
            run.tag(tag)
        except RecursionError:
            run.fault(tag, f"看不懂标签“{tag.body}”", "标签里只写栏目名称")
        if len(run.slips) > MOST_SLIPS:
            return Checked((*run.slips, too_many(tag.place)), frozenset(run.roots), run.printed)
    for left in run.open:
        end = f"{{%{left.tag.prefix}{' ' if left.tag.prefix else ''}end{left.word} %}}"
        run.fault(left.tag, f"“{left.word}”没有结束", f"在它管到的地方后面写 {end}")
    return Checked(tuple(run.slips), frozenset(run.roots), run.printed)


def too_many(place: str) -> Slip:
    """What is said where the rest is not looked at."""
    return Slip(place, "", f"毛病超过 {MOST_SLIPS} 处，后面的标签没有再看", "先改好前面的，再核对一次")


class _Check:
    """One pass over the tags."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        self.rows = rows
        """The names that a for gives to rows, each with the place of the for."""
        self.slips: list[Slip] = []
        self.roots: set[str] = set()
        self.printed: dict[str, str] = {}
        self.open: list[_OpenTag] = []
        self._now: Tag | None = None
        self._single: dict[Element, bool] = {}
        """Whether a row or a cell has one tag and nothing else; its text is put together once."""

    def fault(self, tag: Tag, message: str, hint: str = "") -> None:
        """Note a fault at the place of a tag."""
        self.slips.append(Slip(tag.place, tag.near, message, hint))

    def tag(self, tag: Tag) -> None:
        """One tag."""
        self._now = tag
        if tag.body.startswith("-") or tag.body.endswith("-"):
            self.fault(tag, "标签里不能用减号去空白", "整段的写 {%p … %}，整行的写 {%tr … %}")
        elif tag.kind == "{{":
            self._print(tag)
        else:
            self._statement(tag)

    # -- {{ }} -----------------------------------------------------------------------------------------

    def _print(self, tag: Tag) -> None:
        if tag.prefix:
            self.fault(tag, f"没有 {{{{{tag.prefix} … }}}} 这种标签", "写成 {{ 栏目 }}")
            return
        parsed = self._parsed(tag, f"{{{{ {tag.body} }}}}")
        output = parsed.body[0] if parsed and len(parsed.body) == 1 else None
        if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
            if parsed:
                self.fault(tag, f"标签“{tag.body}”里没有栏目", "写成 {{ 栏目 }}；govit render --fields 列出所有栏目")
            return
        found, path = self._value(output.nodes[0])
        if found is None:
            return
        if found.shape in (FieldShape.ROWS, FieldShape.GROUP, FieldShape.NOTES):
            inside = next(iter(found.fields), "栏目")
            how = (
                f"{path}.{inside}"
                if found.shape is not FieldShape.ROWS
                else f"{{%tr for 行 in {path} %}} … {{{{ 行.{inside} }}}}"
            )
            self.fault(tag, f"“{tag.body}”（{found.shown}）是{found.shape.value}，不能直接印出", f"例如 {how}")
        elif found.shape is FieldShape.TEXTS:
            self.fault(tag, f"“{tag.body}”（{found.shown}）是列表，不能直接印出", f"写成 {{{{ {path}|join('、') }}}}")

    def _parsed(self, tag: Tag, source: str) -> nodes.Template | None:
        try:
            return SANDBOX.parse(source)
        except (TemplateSyntaxError, RecursionError):
            plain = tag.body.translate(_LOOKS_FULL)
            hint = (
                f"标点用半角，写成 {plain}"
                if plain != tag.body
                else "写成 {{ 栏目 }}；govit render --fields 列出所有栏目"
            )
            self.fault(tag, f"看不懂标签“{tag.body}”", hint)
            return None

    # -- {% %} -----------------------------------------------------------------------------------------

    def _statement(self, tag: Tag) -> None:
        word = _STATEMENT.match(tag.body)
        if tag.prefix == "r" or (loose := _LOOSE_PREFIX.match(tag.body)):
            letter = tag.prefix or (loose[1] if loose else "")
            hint = "不用 r" if letter == "r" else f"{{% 和 {letter} 连着写：{{%{letter} … %}}"
            self.fault(tag, f"没有“{{% {letter}”这种写法", hint)
        elif word is None:
            first = tag.body.split(" ")[0] or "空标签"
            self.fault(tag, f"没有“{first}”这种标签", "能用的有 for、if、elif、else、endif、endfor")
        elif tag.prefix and not self._stands_alone(tag):
            self.fault(
                tag,
                f"{{%{tag.prefix} … %}} 会把它所在的{_WHOLE[tag.prefix]}整个去掉，那里还有别的内容",
                "标签单独占一处，别的内容移到前后",
            )
        else:
            self._by_word(tag, word[1])

    def _by_word(self, tag: Tag, word: str) -> None:
        match word:
            case "if":
                self._condition(tag, tag.body)
                self._begin(_OpenTag(tag, "if"))
            case "for":
                self._begin(self._loop(tag))
            case "elif" | "else":
                if word == "elif":
                    self._condition(tag, tag.body[2:])
                if not self.open or (self.open[-1].word == "for" and word == "elif"):
                    self.fault(tag, f"“{word}”前面没有 if", "先写 {% if … %}")
                else:
                    self._fits(tag, word)
            case _:
                self._end(tag, word)

    def _begin(self, opened: _OpenTag) -> None:
        self.open.append(opened)
        if len(self.open) > _DEEPEST:
            self.fault(opened.tag, f"标签一层套一层，超过 {_DEEPEST} 层", "拆成几处")

    def _end(self, tag: Tag, word: str) -> None:
        wanted = word.removeprefix("end")
        if not self.open:
            self.fault(tag, f"“{word}”前面没有 {wanted}", f"删去，或在前面补 {{% {wanted} … %}}")
        elif self.open[-1].word != wanted:
            left = self.open[-1]
            self.fault(tag, f"“{word}”之前，{left.tag.place}的“{left.word}”还没有结束", f"先写 {{% end{left.word} %}}")
        else:
            self._fits(tag, word)
            self.open.pop()

    def _fits(self, tag: Tag, word: str) -> None:
        """Opening and closing must take the same kind of thing out of the same place, or the document breaks."""
        left = self.open[-1]
        if tag.prefix != left.tag.prefix:
            self.fault(
                tag,
                f"“{word}”写成了 {{%{tag.prefix} %}}，{left.tag.place}的“{left.word}”写成了 {{%{left.tag.prefix} %}}",
                f"前后一致，都写 {{%{left.tag.prefix or tag.prefix} … %}}",
            )
        elif _container_of(tag) is not _container_of(left.tag):
            what = {"": "同一段", "p": "同一格（或正文）", "tr": "同一张表", "tc": "同一行"}[tag.prefix]
            hint = "整段的写 {%p … %}，整行的写 {%tr … %}" if not tag.prefix else "移到同一处"
            self.fault(tag, f"“{word}”和{left.tag.place}的“{left.word}”不在{what}", hint)

    def _stands_alone(self, tag: Tag) -> bool:
        if not tag.alone or tag.spot.element.find(f".//{_w('sectPr')}") is not None:
            return False
        if tag.prefix == "p":
            return True
        holder = next(tag.spot.element.iterancestors(_w(tag.prefix)), None)
        if holder is None:
            return False
        if holder not in self._single:
            text = "".join(t.text or "" for t in holder.iter(_w("t"))).strip()
            self._single[holder] = text.count("{%") == 1 and text.startswith("{%") and text.endswith("%}")
        return self._single[holder]

    def _condition(self, tag: Tag, body: str) -> None:
        parsed = self._parsed(tag, f"{{% {body} %}}{{% endif %}}")
        test = next(parsed.find_all(nodes.If), None) if parsed else None
        if test is not None:
            self._value(test.test)

    def _loop(self, tag: Tag) -> _OpenTag:
        opened = _OpenTag(tag, "for")
        parsed = self._parsed(tag, f"{{% {tag.body} %}}{{% endfor %}}")
        loop = next(parsed.find_all(nodes.For), None) if parsed else None
        if loop is None:
            return opened
        if not isinstance(loop.target, nodes.Name) or loop.recursive or not _FOR.match(tag.body):
            self.fault(tag, f"看不懂标签“{tag.body}”", "写成 for 行 in 列表")
            return opened
        found, path = self._value(loop.iter)
        if loop.target.name in FIELDS:
            self.fault(tag, f"“{loop.target.name}”是栏目的名称，不能再用作行的名称", "换一个名称，例如 row")
        opened.name, opened.path = loop.target.name, f"{path}[]"
        if found is not None and found.shape is FieldShape.ROWS:
            opened.item = Field(found.shown, FieldShape.GROUP, fields=found.fields)
        elif found is not None and found.shape is FieldShape.TEXTS:
            opened.item = _TEXT
        elif found is not None:
            self.fault(tag, f"“{path}”（{found.shown}）不是列表，不能用 for", "for 后面写列表，例如 budget_lines")
        if loop.test is not None:
            self.open.append(opened)
            self._value(loop.test)
            self.open.pop()
        return opened

    # -- expressions -----------------------------------------------------------------------------------

    def _value(self, node: nodes.Node) -> tuple[Field | None, str]:
        """What an expression is worth and its full name; None where a fault was noted or it has no one field."""
        match node:
            case nodes.Name():
                return self._name(node.name)
            case nodes.Getattr():
                return self._part(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Or() | nodes.And():
                left, path = self._value(node.left)
                self._value(node.right)
                return (_TEXT if left is not None else None), path
            case _:
                return self._built(node), ""

    def _built(self, node: nodes.Node) -> Field | None:
        """An expression that is made of others and has no name."""
        if isinstance(node, nodes.Test) and node.name not in TESTS:
            self._refuse(f"is {node.name}")
        if not isinstance(node, _ALLOWED):
            self._refuse(_WORDS.get(type(node).__name__, type(node).__name__))
            return None
        for part in node.iter_child_nodes():
            self._value(part)
        return _FLAG if isinstance(node, (nodes.Not, nodes.Compare, nodes.Test)) else _TEXT

    @property
    def now(self) -> Tag:
        """The tag that is read."""
        if self._now is None:
            message = "no tag is read"
            raise ValueError(message)
        return self._now

    def _refuse(self, what: str) -> None:
        self.fault(self.now, f"标签里不能用“{what}”", "标签只印出栏目，不作计算，也不调用程序")

    def _name(self, name: str) -> tuple[Field | None, str]:
        for opened in reversed(self.open):
            if opened.word == "for" and name == "loop":
                return Field("循环", FieldShape.GROUP, fields=dict.fromkeys(LOOP, _TEXT)), "loop"
            if opened.name == name:
                return opened.item, opened.path
        found = FIELDS.get(name)
        if found is None:
            self._unknown(name, {**{o.name: _TEXT for o in self.open if o.name}, **FIELDS, **_EVERY})
            return None, name
        self.roots.add(name)
        self._seen(name)
        return found, name

    def _seen(self, path: str) -> None:
        self.printed.setdefault(path, self.now.place)

    def _part(self, node: nodes.Getattr) -> tuple[Field | None, str]:
        whole, head = self._value(node.node)
        path = f"{head}.{node.attr}"
        if whole is None:
            return None, path
        if whole.shape is FieldShape.NOTES:
            self._seen(path)
            return Field(node.attr, at=path), path
        if whole.shape is not FieldShape.GROUP:
            how = "先用 for 逐行取" if whole.shape is FieldShape.ROWS else f"写成 {head}"
            self.fault(self.now, f"“{head}”（{whole.shown}）是{whole.shape.value}，后面没有“.{node.attr}”", how)
            return None, path
        found = whole.fields.get(node.attr)
        if found is None:
            self._unknown(node.attr, whole.fields, head)
            return None, path
        self._seen(path)
        return found, path

    def _unknown(self, name: str, known: Mapping[str, Field], head: str = "") -> None:
        """A name that the table does not have: meant may be another, or one by its Chinese label."""
        if not head and name in self.rows:
            self.fault(self.now, f"“{name}”在这里没有内容", f"它只在{self.rows[name]}的 for 和它的 endfor 之间能用")
            return
        near = nearest_word(name, known) or _labelled(name, known)
        front = f"{head}." if head else ""
        if near is None:
            listed = "、".join(front + other for other in list(known)[:_LISTED])
            hint = f"可以写：{listed}{'等' if len(known) > _LISTED else ''}；govit render --fields 列出所有栏目"
        else:
            hint = f"是不是“{front}{near}”？"
        self.fault(self.now, f"没有“{front}{name}”这个栏目".replace("[]", ""), hint.replace("[]", ""))

    def _filter(self, node: nodes.Filter) -> tuple[Field | None, str]:
        if node.node is None or (node.name != "required" and node.name not in FILTERS):
            self._refuse(f"|{node.name}")
            return None, ""
        found, path = self._value(node.node)
        for argument in node.args:
            self._value(argument)
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            self._refuse(f"|{node.name}(…=…)")
        if node.name in ("required", "default", "d") or found is None:
            return found, path
        if node.name == "join" and found.shape is not FieldShape.TEXTS:
            self._refuse(f"{path}|join")
        return _TEXT, path


_ALLOWED = (
    nodes.Const,
    nodes.CondExpr,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Concat,
    nodes.Test,
    nodes.Tuple,
    nodes.List,
)
"""Beside names, their parts, filters, and, or: all that an expression may be made of."""

_WORDS = {
    "Call": "( )",
    "Getitem": "[ ]",
    "Add": "+",
    "Sub": "-",
    "Mul": "*",
    "Div": "/",
    "FloorDiv": "//",
    "Mod": "%",
    "Pow": "**",
    "Neg": "-",
    "Dict": "{ }",
    "Slice": "[:]",
}


_LISTED = 12
_EVERY = {name: found for name, found in leaves() if "." in name and "[]" not in name}


def _labelled(name: str, known: Mapping[str, Field]) -> str | None:
    """The name whose Chinese label was written."""
    labels = {found.shown: other for other, found in reversed(list(known.items()))}
    near = nearest_word(name, labels)
    return labels[near] if near else None


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _container_of(tag: Tag) -> object:
    """What an opening and its closing must have in common."""
    paragraph = tag.spot.element
    if not tag.prefix:
        run = next(tag.element.iterancestors(_w("r")), None)
        return paragraph if run is None else run.getparent()
    if tag.prefix == "p":
        return paragraph.getparent()
    holder = next(paragraph.iterancestors(_w(tag.prefix)), None)
    return None if holder is None else holder.getparent()
