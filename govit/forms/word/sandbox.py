"""沙箱：where the tags of a template run. Templates come from strangers too.

A template was held against a short list of what it may say before it comes here (`lint`); this is the second
door: no attribute but the names of the table, no call, no arithmetic, no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from govit.forms.word.lacking import MissingMark, Rows, TemplateGroup, TooMuchError, Unknown, as_run_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LOOP = ("index", "index0", "first", "last", "length", "revindex")
FILTERS = ("default", "d", "join", "length", "count", "upper", "lower", "trim")
"""Of Jinja's own; `required` is ours."""
TESTS = ("defined", "undefined")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with next to nothing in it."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Unknown, finalize=as_run_text, keep_trailing_newline=True)
        self.globals.clear()
        self.filters = {**{name: self.filters[name] for name in FILTERS}, "required": required}
        self.tests = {name: self.tests[name] for name in (*TESTS, "in", "true", "false", "none")}

    def getattr(self, obj: object, attribute: str) -> object:
        """A name of a group, or the count of a loop; nothing else has parts."""
        if isinstance(obj, TemplateGroup):
            return obj[attribute]
        if isinstance(obj, MissingMark):
            return obj
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        raise SecurityError(attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """Nothing is reached by number or by a computed name."""
        raise SecurityError(str(argument))

    def is_safe_callable(self, obj: object) -> bool:
        """Nothing is called."""
        return False

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:
        """No arithmetic: figures are printed, not computed."""
        raise SecurityError(operator)


def required(value: object) -> object:
    """A list that the form cannot do without."""
    return value.needed() if isinstance(value, Rows) else value


SANDBOX = Sandbox()
"""One for all templates: compiled ones are kept, and hold nothing of any project."""


MOST_TEXT, MOST_ELEMENTS = 12_000_000, 500_000
"""Characters and tags that one part of a document may come to; a plan of a thousand projects stays below half of them."""


def compiled(source: str) -> Callable[[dict[str, Any]], str]:
    """A template that takes a context and gives the text, within bounds of time and memory."""
    template = SANDBOX.from_string(source)

    def render(context: dict[str, Any]) -> str:
        return _joined(template.root_render_func(template.new_context(context, shared=True)))

    return render


def _joined(pieces: Iterable[str]) -> str:
    """All pieces, unless they come to too much."""
    left, elements, whole = MOST_TEXT, MOST_ELEMENTS, []
    for piece in pieces:
        left -= len(piece)
        elements -= piece.count("<")
        if left < 0 or elements < 0:
            raise TooMuchError
        whole.append(piece)
    return "".join(whole)
