"""缺项：what a form prints but the project has not given. A missing value knows where it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import Undefined
from jinja2.exceptions import SecurityError
from markupsafe import Markup, escape

from govit.forms.data.fields import FIELDS, Field, FieldShape

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_STEPS = 500_000
"""Rows that all loops of one template may go over together; the longest form of a real project has some thousands."""


_NOTES, _PROGRESS = "notes.", "progress."
_TEXT = FieldShape.TEXT
"""What most values of a row are."""


class TooMuchError(Exception):
    """A template that would go on for too long or become too big."""


class Lack:
    """缺项：its label, the key of project.yaml where it belongs, and whether a list is empty."""

    __slots__ = ("key", "label")

    def __init__(self, label: str, key: str) -> None:
        self.label = label
        self.key = key

    @property
    def mark(self) -> str:
        """What a draft shows in its place."""
        return f"（待填：{self.label}{' ' if self.key else ''}{self.key}）"


class Filling:
    """One rendering: what it has missed so far, and how much further its loops may go.

    `names` are all that the template may ask for; nothing else is made ready.
    """

    __slots__ = ("_lacks", "_left", "_names", "_wanted")

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._wanted: dict[int, list[tuple[str, Field]]] = {}
        self._lacks: dict[tuple[str, str], Lack] = {}
        self._left = MOST_STEPS

    def fields_used(self, found: Field) -> list[tuple[str, Field]]:
        """The names of a group that the template may ask for."""
        known = self._wanted.get(id(found))
        if known is None:
            known = [(name, inner) for name, inner in found.fields.items() if name in self._names]
            self._wanted[id(found)] = known
        return known

    @property
    def lacks(self) -> list[Lack]:
        """Everything missed, each once, in the order of the form."""
        return list(self._lacks.values())

    def miss(self, lack: Lack) -> str:
        """Note what is missing; give what stands in its place."""
        self._lacks.setdefault((lack.label, lack.key), lack)
        return lack.mark

    def step(self) -> None:
        """One more row."""
        self._left -= 1
        if self._left < 0:
            raise TooMuchError


class MissingMark(Undefined):
    """A value that nobody has given: false where it is asked, noted where it is printed."""

    __slots__ = ("_filling", "_lack")

    def __init__(self, lack: Lack, filling: Filling) -> None:
        super().__init__(name=lack.key)
        self._lack = lack
        self._filling = filling

    def __str__(self) -> str:
        return self._filling.miss(self._lack)

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = Undefined.__hash__


class Unknown(Undefined):
    """A name that no table has: such a template was refused before it came here."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise SecurityError(self._undefined_name or "")

    __str__ = __html__ = __iter__ = __len__ = __bool__ = __eq__ = __ne__ = _refuse
    __hash__ = Undefined.__hash__


class TemplateGroup(dict[str, Any]):
    """一组: names with their values; one that is not given is missed only when it is printed."""

    __slots__ = ("_at", "_fields", "_filling")

    def __init__(self, values: Mapping[str, Any], fields: Mapping[str, Field], at: str, filling: Filling) -> None:
        super().__init__(values)
        self._fields = fields
        self._at = at
        self._filling = filling

    def __missing__(self, name: str) -> MissingMark:
        return MissingMark(_lack(name, self._fields.get(name), self._at), self._filling)


def _lack(name: str, found: Field | None, at: str) -> Lack:
    if found is None:  # a name of the free additions
        return Lack(name, f"notes.{name}")
    if at.startswith(_NOTES):  # a row that a free addition tells
        return Lack(at.removeprefix(_NOTES), at)
    if at.startswith(_PROGRESS):  # the same of one period
        return Lack(at.split(".", 2)[2], at)
    bare = name.removesuffix("_wan")
    return Lack(found.label, found.at or (f"{at}.{bare}" if at else ""))


class Rows(list[Any]):
    """列表: going over it is counted, so that no template goes on for ever."""

    __slots__ = ("_at", "_filling", "field")

    def __init__(self, rows: list[Any], found: Field, at: str, filling: Filling) -> None:
        super().__init__(rows)
        self.field = found
        self._at = at
        self._filling = filling

    def __iter__(self) -> Iterator[Any]:
        for row in super().__iter__():
            self._filling.step()
            yield row

    def needed(self) -> Rows:
        """Itself; an empty one is missed, and stands as one row of what is missing."""
        if self:
            return self
        lack = (
            _lack("", self.field, self._at)
            if self._at.startswith((_NOTES, _PROGRESS))
            else Lack(self.field.label, self.field.at or self._at)
        )
        mark = self._filling.miss(lack)
        row = TemplateGroup({}, self.field.fields, f"{lack.key}[0]", self._filling) if self.field.fields else mark
        return Rows([row], self.field, self._at, self._filling)


def filled(context: Mapping[str, Any], filling: Filling) -> TemplateGroup:
    """A context as a template sees it: groups, rows and clean text, with all that is missing at its place."""
    whole = TemplateGroup({}, FIELDS, "", filling)
    for name, found in FIELDS.items():
        value = _value(context.get(name), found, "", filling)
        whole[name] = whole[name] if value is None else value
    return whole


def _value(given: object, found: Field, at: str, filling: Filling) -> TemplateGroup | Rows | str | bool | None:
    match found.shape:
        case FieldShape.GROUP | FieldShape.NOTES:
            return _group(_mapping(given), found, found.at or at, filling)
        case FieldShape.ROWS:
            rows = [_group(row, found, row.get("at") or found.at, filling) for row in map(_mapping, _listed(given))]
            return Rows(rows, found, at, filling)
        case FieldShape.TEXTS:
            return Rows([clean(text) for text in _listed(given)], found, at, filling)
        case FieldShape.FLAG:
            return bool(given)
        case FieldShape.TEXT:
            return None if given is None else clean(str(given))


def _mapping(given: object) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {}


def _listed(given: object) -> Iterable[Any]:
    return given if isinstance(given, Iterable) else ()


def _group(given: Mapping[str, Any], found: Field, at: str, filling: Filling) -> TemplateGroup:
    if found.shape is FieldShape.NOTES:
        return TemplateGroup({name: clean(text) for name, text in given.items()}, {}, at, filling)
    values = {}
    for name, inner in filling.fields_used(found):
        value = given.get(name)
        if inner.shape is not _TEXT:
            value = _value(value, inner, at, filling)
        elif value is not None:
            value = clean(str(value))
        if value is not None:
            values[name] = value
    return TemplateGroup(values, found.fields, at, filling)


_INVALID = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0)), "\ufffd"),
    **dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
"""Characters that no XML file may hold, or that nobody can see, as � so that the rest of the text is kept."""


def clean(text: str) -> str:
    """A text that an Office file can hold, its line ends all alike."""
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVALID)


def as_run_text(value: object) -> Markup:
    """A value inside the text of a run: never a tag, its line ends and tabs as Word writes them."""
    escaped = escape(value)
    if "\n" not in escaped and "\t" not in escaped:
        return escaped
    return Markup(str(escaped).replace("\n", _BREAK).replace("\t", _TAB))  # noqa: S704 - escaped above


_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
