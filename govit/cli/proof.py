"""证明：a pack of the dossier's own is used once its examples hold, by every command that draws conclusions from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govit.law.regulation import Regulation
    from govit.yamltext.faults import Fault


def proof(*, unproven: bool) -> Callable[[Regulation], Sequence[Fault]] | None:
    """What is asked of such a pack; None where its author looks at it before its examples hold."""
    return None if unproven else _unproven


def _unproven(regulation: Regulation) -> Sequence[Fault]:
    """The examples that do not hold; imported when there is such a pack."""
    from govit.authoring.example_runs import unproven
    from govit.calendar.workdays import published

    return unproven(regulation, published())
