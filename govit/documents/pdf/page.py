"""页面：what the operators of a page show and where (ISO 32000-1, 8.4, 9.4 and 14.6)."""

from __future__ import annotations

import re
from math import hypot
from typing import TYPE_CHECKING, NamedTuple

from govit.documents.pdf.fonts import UNKNOWN, PdfFont, read_font
from govit.documents.pdf.limits import too_much
from govit.documents.pdf.store import Stream
from govit.documents.pdf.tokens import Lexer, Name, Reference
from govit.documents.printed.page import PlacedText, PrintedPage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govit.documents.pdf.store import Dictionary, Store
    from govit.documents.pdf.tokens import Value

Matrix = tuple[float, float, float, float, float, float]

DEEPEST_FORM = 8
MOST_STATES = 200
"""Saved graphics states (q) in one another."""
INVOCATION = 40
"""Tokens that a form costs each time it is drawn, besides its own."""
A_MATRIX, A_TEXT = 2, 6
"""The same of a matrix, and of a text that is shown: it is put in its place, and into a line."""
MOST_TEXTS = 50_000
"""Shown on one page."""
BLANK = -250.0
"""Thousandths of the size; a gap as wide in a shown array is a blank."""
_APART = -600.0
"""A gap in which a sign of another font may stand, as a box to be ticked: what is behind it is put in its own place."""
_FULL_CIRCLE = 360
_ASLANT = 0.2
_STROKED = 2
_UNSEEN = 3
_PATH = re.compile(rb"[\0\t\n\f\r ]*+(?:(?:[-+.\d]++[\0\t\n\f\r ]++)*+(?:[mlcvyhWn]|re|W\*)[\0\t\n\f\r ]++)++")
_END_IMAGE = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r /]|$)")
_LEVEL = re.compile(r"H([1-9])")
_PATHS = frozenset(("m", "l", "c", "v", "y", "h", "re", "W", "W*", "n"))
_PAINTED = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"))
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MATRIX, _BOX = 6, 4


def times(one: Matrix, other: Matrix) -> Matrix:
    """First one, then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class _GraphicsState(NamedTuple):
    """The graphics state that texts depend on."""

    matrix: Matrix
    font: PdfFont | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class PdfPageReader:
    """Reads pages one after the other; fonts are shared among them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fonts: dict[int, PdfFont] = {}

    def read(self, page: Dictionary) -> PrintedPage:
        """Read one page with what it inherits already in it."""
        store = self._store
        box = [store.number(one) for one in store.array(page.get("CropBox")) or store.array(page.get("MediaBox"))]
        left, low, right, high = box if len(box) == _BOX else (0.0, 0.0, 595.0, 842.0)
        left, right, low, high = min(left, right), max(left, right), min(low, high), max(low, high)
        matrix, width, height = _turned((left, low, right - left, high - low), int(store.number(page.get("Rotate"))))
        drawn = _PageDrawing(store, self._font, max(width * height, 1.0))
        drawn.run(self._contents(page), store.dictionary(page.get("Resources")), _GraphicsState(matrix))
        drawn.annotations(store.array(page.get("Annots")), matrix)
        return PrintedPage(
            width, height, drawn.texts, drawn.pictures, min(1.0, drawn.covered), drawn.drawings,
            drawn.unknown, drawn.known, drawn.turned, drawn.invisible,
        )  # fmt: skip

    def _contents(self, page: Dictionary) -> bytes:
        """The page's own operators: one stream, or several that are read as one."""
        contents = self._store.get(page.get("Contents"))
        streams = contents if isinstance(contents, list) else [page.get("Contents")]
        found = (self._store.get(one) for one in streams)
        return b"\n".join(self._store.unpack(one) for one in found if isinstance(one, Stream))

    def _font(self, value: Value) -> PdfFont | None:
        if isinstance(value, Reference) and value.number in self._fonts:
            return self._fonts[value.number]
        given = self._store.dictionary(value)
        if not given:
            return None
        font = read_font(self._store, given)
        if isinstance(value, Reference):
            self._fonts[value.number] = font
        return font


def _turned(box: tuple[float, float, float, float], angle: int) -> tuple[Matrix, float, float]:
    """The matrix that puts the page upright with its corner at 0, and its width and height then."""
    left, low, width, height = box
    match angle % _FULL_CIRCLE:
        case 90:
            return (0.0, -1.0, 1.0, 0.0, -low, width + left), height, width
        case 180:
            return (-1.0, 0.0, 0.0, -1.0, width + left, height + low), width, height
        case 270:
            return (0.0, 1.0, -1.0, 0.0, height + low, -left), height, width
        case _:
            return (1.0, 0.0, 0.0, 1.0, -left, -low), width, height


class _PageDrawing:
    """Carries out the operators of one page."""

    def __init__(self, store: Store, font: Callable[[Value], PdfFont | None], area: float) -> None:
        self.texts: list[PlacedText] = []
        self.pictures: list[float] = []
        self.covered = 0.0
        self.drawings = self.unknown = self.known = self.turned = self.invisible = 0
        self._store = store
        self._font_of = font
        self._area = area
        self._running: set[int] = set()
        self._state = _GraphicsState(_IDENTITY)
        self._saved: list[_GraphicsState] = []
        self._text = self._line = _IDENTITY
        self._marked: list[tuple[int, bool]] = []
        """The level and whether it is an artifact, of each marked content that is open."""
        self._resources: Dictionary = {}
        self._local: dict[str, PdfFont | None] = {}

    def run(self, data: bytes, resources: Dictionary, state: _GraphicsState) -> None:
        """Carry out the operators of a page or form."""
        kept = self._state, self._saved, self._resources, self._local, self._marked
        self._state, self._saved, self._resources, self._local = state, [], resources, {}
        self._marked = list(self._marked)
        lexer = Lexer(data, self._store.allowance)
        for operator, operands in lexer.operations():
            if operator in _PATHS:
                self._skip_path(lexer)
            elif operator == "ID":
                self._skip_image(lexer)
            elif operator in _PAINTED:
                self.drawings += 1
            else:
                self._obey(operator, operands)
        self._state, self._saved, self._resources, self._local, self._marked = kept

    def annotations(self, annotations: Sequence[Value], matrix: Matrix) -> None:
        """Count stamps and signatures that lie on the page as pictures; their texts are no part of the document."""
        for one in annotations[:MOST_STATES]:
            given = self._store.dictionary(one)
            if self._store.name(given.get("Subtype")) == "Stamp":
                box = [self._store.number(value) for value in self._store.array(given.get("Rect"))]
                if len(box) == _BOX:
                    self.pictures.append(times((1, 0, 0, 1, box[0], max(box[1], box[3])), matrix)[5])

    def _skip_path(self, lexer: Lexer) -> None:
        """Pass over the rest of a path at once: maps and drawings have tens of thousands of such operators."""
        match = _PATH.match(lexer.data, lexer.at)
        if match:
            self._store.allowance.parse(1 + (match.end() - lexer.at) // 64)
            lexer.at = match.end()

    def _skip_image(self, lexer: Lexer) -> None:
        """Pass over the bytes of a picture that stands among the operators."""
        match = _END_IMAGE.search(lexer.data, lexer.at)
        lexer.at = match.end() if match else len(lexer.data)
        self._picture()

    def _picture(self) -> None:
        a, b, c, d, _, f = self._state.matrix
        self.covered += abs(a * d - b * c) / self._area
        self.pictures.append(f + max(0.0, d, b, b + d))

    # operators

    def _obey(self, operator: str, operands: list[Value]) -> None:
        action = _ACTIONS.get(operator)
        if action is not None:
            action(self, operator, operands)
            return
        numbers = [float(one) for one in operands[-_MATRIX:] if isinstance(one, int | float)]
        last = numbers[-1] if numbers else 0.0
        if operator in _SET:
            self._state = _SET[operator](self._state, last)
        elif operator in ("Td", "TD") and len(numbers) > 1:
            if operator == "TD":
                self._state = self._state._replace(leading=-last)
            self._move(numbers[-2], last)
        elif operator in ("cm", "Tm") and (matrix := _matrix(numbers)) is not None:
            self._store.allowance.parse(A_MATRIX)
            if operator == "Tm":
                self._text = self._line = matrix
            else:
                self._state = self._state._replace(matrix=times(matrix, self._state.matrix))

    def begin_text(self, _operator: str, _operands: Sequence[Value]) -> None:
        """BT."""
        self._text = self._line = _IDENTITY

    def next_line(self, _operator: str, _operands: Sequence[Value]) -> None:
        """T*."""
        self._move(0.0, -self._state.leading)

    def set_mode(self, _operator: str, operands: Sequence[Value]) -> None:
        """Tr: how texts are painted; Tz: how far they are stretched."""
        if operands and isinstance(operands[-1], int | float):
            self._state = (
                self._state._replace(mode=int(operands[-1]))
                if _operator == "Tr"
                else self._state._replace(stretch=operands[-1] / 100)
            )

    def save(self, _operator: str, _operands: Sequence[Value]) -> None:
        """Save the state (q), or go back to the last one saved (Q)."""
        if _operator == "q":
            if len(self._saved) < MOST_STATES:
                self._saved.append(self._state)
        elif self._saved:
            self._state = self._saved.pop()

    def _move(self, x: float, y: float) -> None:
        self._text = self._line = times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def mark(self, operator: str, operands: Sequence[Value]) -> None:
        """BMC, BDC and EMC: what the file says of the texts between them."""
        if operator == "EMC":
            del self._marked[-1:]
            return
        tag = next((str(one) for one in operands if isinstance(one, Name)), "")
        level = _LEVEL.fullmatch(tag)
        before = self._marked[-1] if self._marked else (0, False)
        if len(self._marked) < MOST_STATES:
            self._marked.append((int(level[1]) if level else before[0], before[1] or tag == "Artifact"))

    def choose_font(self, _operator: str, operands: Sequence[Value]) -> None:
        """Tf."""
        if not operands[1:] or not isinstance(operands[-1], int | float):
            return
        name = str(operands[-2])
        if name not in self._local:
            fonts = self._store.dictionary(self._resources.get("Font"))
            self._local[name] = self._font_of(fonts.get(name))
        self._state = self._state._replace(font=self._local[name], size=float(operands[-1]))

    def draw(self, _operator: str, operands: Sequence[Value]) -> None:
        """Do: draw a picture or a form of the resources."""
        name = str(operands[-1]) if operands else ""
        value = self._store.dictionary(self._resources.get("XObject")).get(name)
        found = self._store.get(value)
        if not isinstance(found, Stream):
            return
        given = found.dictionary
        if self._store.name(given.get("Subtype")) != "Form":
            self._picture()
            return
        number = value.number if isinstance(value, Reference) else 0
        self._store.allowance.parse(INVOCATION)
        if number in self._running or len(self._running) >= DEEPEST_FORM:
            return
        self._running.add(number)
        matrix = _matrix([self._store.number(one) for one in self._store.array(given.get("Matrix"))]) or _IDENTITY
        inner = self._state._replace(matrix=times(matrix, self._state.matrix))
        resources = self._store.dictionary(given.get("Resources")) or self._resources
        kept = self._text, self._line
        self.run(self._store.unpack(found), resources, inner)
        self._text, self._line = kept
        self._running.discard(number)

    # texts

    def show(self, operator: str, operands: Sequence[Value]) -> None:
        """Show a string, or several with shifts between them (TJ)."""
        if operator == "TJ":
            if operands and isinstance(operands[-1], list):
                self._show(operands[-1])
            return
        if operator == '"' and operands[2:]:
            words, letters = operands[-3], operands[-2]
            if isinstance(words, int | float) and isinstance(letters, int | float):
                self._state = self._state._replace(word_spacing=float(words), spacing=float(letters))
        if operator != "Tj":
            self._move(0.0, -self._state.leading)
        if operands and isinstance(operands[-1], bytes):
            self._show(operands[-1:])

    def _show(self, items: Sequence[Value]) -> None:
        """Show strings, with the shifts between them."""
        state, font = self._state, self._state.font
        if font is None:
            return
        parts: list[str] = []
        size, stretch, spacing, advance, start = state.size, state.stretch, state.spacing, 0.0, 0.0
        begin = self._text
        unknown = count = 0
        for item in items:
            if isinstance(item, bytes):
                glyphs = font.glyphs(item)
                count += len(glyphs)
                for text, width, space in glyphs:
                    parts.append(text)
                    unknown += text == UNKNOWN
                    advance += width * size / 1000 + spacing + (state.word_spacing if space else 0.0)
            elif isinstance(item, int | float):
                if item < _APART and parts:
                    self._note_from(begin, start * stretch, advance * stretch, "".join(parts))
                    parts, start = [], advance - item * size / 1000
                elif item < BLANK and parts:
                    parts.append(" ")
                advance -= item * size / 1000
        self._store.allowance.show(count)
        self._text = times((1.0, 0.0, 0.0, 1.0, advance * stretch, 0.0), begin)
        self.unknown += unknown
        self.known += count - unknown
        if parts:
            self._note_from(begin, start * stretch, advance * stretch, "".join(parts))

    def _note_from(self, begin: Matrix, start: float, end: float, text: str) -> None:
        """Note a part of what is shown, which begins and ends as far along."""
        self._note_text(text, times((1.0, 0.0, 0.0, 1.0, start, 0.0), begin) if start else begin, end - start)

    def _note_text(self, text: str, begin: Matrix, advance: float) -> None:
        state = self._state
        a, b, c, d, x, y = times((1.0, 0.0, 0.0, 1.0, 0.0, state.rise), times(begin, state.matrix))
        if abs(b) > _ASLANT * abs(a):
            self.turned += len(text)
            return
        level, margin = self._marked[-1] if self._marked else (0, False)
        self.invisible += len(text) if state.mode % 4 == _UNSEEN else 0
        if len(self.texts) >= MOST_TEXTS:
            too_much(f"一页上的文字超过 {MOST_TEXTS // 10_000} 万处")
        self._store.allowance.parse(A_TEXT)
        font = state.font
        bold = (font.bold if font else False) or state.mode % 4 == _STROKED
        self.texts.append(
            PlacedText(
                min(x, x + advance * a), y, max(x, x + advance * a), abs(state.size) * hypot(c, d), bold,
                font.name if font else "", text, level, margin,
            )
        )  # fmt: skip


_ACTIONS: Mapping[str, Callable[[_PageDrawing, str, Sequence[Value]], None]] = {
    **dict.fromkeys(("Tj", "TJ", "'", '"'), _PageDrawing.show),
    **dict.fromkeys(("BMC", "BDC", "EMC"), _PageDrawing.mark),
    **dict.fromkeys(("q", "Q"), _PageDrawing.save),
    **dict.fromkeys(("Tr", "Tz"), _PageDrawing.set_mode),
    "BT": _PageDrawing.begin_text,
    "T*": _PageDrawing.next_line,
    "Tf": _PageDrawing.choose_font,
    "Do": _PageDrawing.draw,
}
_SET: Mapping[str, Callable[[_GraphicsState, float], _GraphicsState]] = {
    "Tc": lambda state, number: state._replace(spacing=number),
    "Tw": lambda state, number: state._replace(word_spacing=number),
    "TL": lambda state, number: state._replace(leading=number),
    "Ts": lambda state, number: state._replace(rise=number),
}


def _matrix(numbers: Sequence[float]) -> Matrix | None:
    if len(numbers) != _MATRIX:
        return None
    a, b, c, d, e, f = numbers
    return (a, b, c, d, e, f)
