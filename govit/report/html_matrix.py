"""网页上的对应表：what stands where in the reports of a project; where most of its kind stand and an item does not is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.language import say
from govit.base.records import record
from govit.judging.reports import matrix_columns, matrix_of

if TYPE_CHECKING:
    from govit.dossier.model import Project

MOST = 60
"""Items of a project; all of them stand in the sheet of `render matrix`."""


@record
class MatrixRow:
    """一项."""

    kind: str
    name: str
    cells: tuple[tuple[str, bool], ...]
    """What stands in each column, and whether it should stand there."""


@record
class MatrixShown:
    """对应表 of one project."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    left: int


def matrix(project: Project) -> MatrixShown | None:
    """The items of the reports; None where there is nothing to compare."""
    items = [one for one in matrix_of(project) if one.places]
    if not items:
        return None
    used = {column for one in items for column in (*one.places, *one.wanted)}
    columns = tuple(column for column in matrix_columns() if column in used)
    rows = tuple(
        MatrixRow(one.kind, one.name, tuple((one.places.get(column, ""), column in one.wanted) for column in columns))
        for one in items[:MOST]
    )
    return MatrixShown((say("类别"), say("名称"), *columns), rows, len(items) - len(rows))
