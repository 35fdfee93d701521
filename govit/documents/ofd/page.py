"""页面：the texts, pictures and paths of an OFD page (GB/T 33190, 7.7, 8, 10 and 11)."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from govit.documents.content import Trouble, Unreadable
from govit.documents.ofd.parts import CharacterData, named, number, numbers
from govit.documents.printed.page import PlacedText, PrintedPage
from govit.documents.xmlguard import Feed

if TYPE_CHECKING:
    from govit.documents.ofd.parts import OfdDocument, OfdFont
    from govit.documents.package import Package
    from govit.documents.xmlguard import Attributes, XmlAllowance

POINTS = 72 / 25.4
"""In a millimetre."""
MOST_CHARACTERS = 2_000_000
MOST_TEXTS = 200_000
"""Placed texts; with the templates of all pages."""
MOST_TEMPLATES = 16
_ASLANT = 0.2
_UPRIGHT = ("90", "270")
_BOX, _MATRIX = 4, 6
_A4 = (0.0, 0.0, 210.0, 297.0)
_BOLD = 600


class OfdPageReader:
    """Reads the pages of one document; templates that pages share are read once."""

    def __init__(self, package: Package, document: OfdDocument, budget: XmlAllowance) -> None:
        self._package, self._document, self._budget = package, document, budget
        self._templates: dict[str, _PartDrawing] = {}
        self._characters, self._texts = MOST_CHARACTERS, 0

    def read(self, part: str) -> PrintedPage:
        """Read a page with the templates below it."""
        drawn = self._draw(part)
        box = _box(drawn.box or self._document.box)
        width, height = box[2] * POINTS, box[3] * POINTS
        under = [self._template(name) for name in drawn.templates[:MOST_TEMPLATES]]
        texts = [self._placed(one, height, margin=False) for one in drawn.texts]
        texts += [self._placed(one, height, margin=True) for page in under for one in page.texts]
        area = max(box[2] * box[3], 1.0)
        return PrintedPage(
            width, height, texts, [height - top * POINTS for top in drawn.pictures], min(1.0, drawn.covered / area),
            drawn.paths, 0, sum(len(one.text) for one in texts), drawn.turned,
        )  # fmt: skip

    def _template(self, name: str) -> _PartDrawing:
        if name not in self._templates:
            self._templates[name] = self._draw(self._document.templates.get(name, ""))
        return self._templates[name]

    def _draw(self, part: str) -> _PartDrawing:
        drawn = _PartDrawing(Feed(part, self._budget), self._document.fonts)
        if part in self._package:
            drawn.run(self._package, part)
        return drawn

    def _placed(self, one: PlacedText, height: float, *, margin: bool) -> PlacedText:
        """Turn a text's place into points from the lower left corner."""
        self._characters -= len(one.text)
        self._texts += 1
        if self._texts > MOST_TEXTS:
            raise Unreadable(Trouble.HUGE, f"OFD 文件过大：文字超过 {MOST_TEXTS // 10_000} 万处，未读取", "请核实文件来源，或放入 docx 版本")
        if self._characters < 0:
            raise Unreadable(Trouble.HUGE, f"OFD 文件过大：文字超过 {MOST_CHARACTERS // 10_000} 万字，未读取", "请核实文件来源，或放入 docx 版本")
        return one._replace(
            x=one.x * POINTS, y=height - one.y * POINTS, end=one.end * POINTS, size=one.size * POINTS, margin=margin
        )


class _PartDrawing:
    """What one part draws, in millimetres from the upper left corner."""

    def __init__(self, feed: Feed, fonts: dict[str, OfdFont]) -> None:
        self.texts: list[PlacedText] = []
        self.pictures: list[float] = []
        self.templates: list[str] = []
        self.covered = 0.0
        self.paths = self.turned = 0
        self.box = ""
        self._feed, self._fonts = feed, fonts
        self._data = CharacterData(feed)
        self._object: Attributes = {}
        self._code: Attributes = {}

    def run(self, package: Package, part: str) -> None:
        """Read the part to its end."""
        starts = {
            "Template": lambda attributes: self.templates.append(attributes.get("TemplateID", "")),
            "PhysicalBox": self._data.begin,
            "TextObject": self._begin_object,
            "TextCode": self._begin_code,
            "ImageObject": self._picture,
            "PathObject": self._path,
            "Clips": lambda _attributes: self._feed.skip(),
        }
        ends = {"PhysicalBox": self._end_box, "TextCode": self._end_code}
        self._feed.run(package.chunks(part), named(starts), named(ends))

    def _end_box(self) -> None:
        self.box = self._data.end()

    def _path(self, _attributes: Attributes) -> None:
        self.paths += 1

    def _picture(self, attributes: Attributes) -> None:
        _, top, width, height = _box(attributes.get("Boundary", ""), (0.0, 0.0, 0.0, 0.0))
        self.covered += abs(width * height)
        self.pictures.append(top)

    def _begin_object(self, attributes: Attributes) -> None:
        self._object = attributes

    def _begin_code(self, attributes: Attributes) -> None:
        self._code = attributes
        self._data.begin(attributes)

    def _end_code(self) -> None:
        text, given = self._data.end(), self._object
        if not text or given.get("Visible") == "false":
            return
        left, top, _, _ = _box(given.get("Boundary", ""), (0.0, 0.0, 0.0, 0.0))
        matrix = numbers(given.get("CTM", ""))
        a, b, c, d, e, f = matrix if len(matrix) == _MATRIX else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        size = number(given.get("Size"), 3.5)
        x, y = number(self._code.get("X")), number(self._code.get("Y"))
        if abs(b) > _ASLANT * abs(a) or given.get("ReadDirection") in _UPRIGHT:
            self.turned += len(text)
            return
        advance = _advance(self._code.get("DeltaX", ""), len(text), size) + size
        font = self._fonts.get(given.get("Font", ""))
        begin = left + a * x + c * y + e
        self.texts.append(
            PlacedText(
                begin, top + b * x + d * y + f, begin + a * advance, size * hypot(c, d),
                bool(font and font.bold) or number(given.get("Weight"), 400) >= _BOLD, font.name if font else "", text,
            )
        )  # fmt: skip


def _advance(deltas: str, count: int, size: float) -> float:
    """How far the last of some characters stands from the first: ``g 10 3.5`` is 3.5 ten times."""
    total, known = 0.0, 0
    words = iter(deltas.split()[: 3 * count])
    for word in words:
        times, value = 1, word
        if word == "g":
            times, value = int(number(next(words, ""), 0)), next(words, "")
        times = max(0, min(times, count - known))
        total += times * number(value, size)
        known += times
    return total + max(0, count - 1 - known) * size * (0 if deltas else 1)


def _box(text: str, usual: tuple[float, float, float, float] = _A4) -> tuple[float, float, float, float]:
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) == _BOX else usual
