"""On which page a heading comes to stand, by the heights of what is before it."""

from __future__ import annotations

import pytest

from govit.forms.word.pagination import PagePiece, lines_of, pages


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("甲" * 31, 1), ("甲" * 31 + "。", 1), ("甲" * 32, 2), ("a" * 62, 1), ("a" * 63, 2)],
)
def test_a_text_takes_the_lines_of_its_width(text: str, lines: int) -> None:
    assert lines_of(text, 14.0, 442.0) == lines


def test_a_heading_goes_over_with_what_it_belongs_to() -> None:
    text = PagePiece(10.0, 9, splits=True)
    head = PagePiece(10.0, keeps=True, name="h")
    assert pages([text, head, PagePiece(10.0, 5, splits=True)], 100.0) == {"h": 2}
    assert pages([PagePiece(10.0, 7, splits=True), head, PagePiece(10.0, 5, splits=True)], 100.0) == {"h": 1}


def test_a_paragraph_goes_on_over_pages_and_a_row_does_not() -> None:
    last = PagePiece(10.0, name="h")
    assert pages([PagePiece(10.0, 25, splits=True), last], 100.0) == {"h": 3}
    row = PagePiece(10.0, 4, repeated=10.0)
    assert pages([row, row, row, row, last], 100.0) == {"h": 2}
    assert pages([row, row, row, row, row, row, last], 100.0) == {"h": 3}
