"""全部种类：the closed set of check kinds by the name that packs use. A kind more needs a good reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.law.kinds import authority, presence, time, value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.law.kinds.demand import Demand

DECLARED: tuple[type[Demand], ...] = (*presence.KINDS, *authority.KINDS, *value.KINDS, *time.KINDS)
KINDS: Mapping[str, type[Demand]] = {kind.kind: kind for kind in DECLARED}
