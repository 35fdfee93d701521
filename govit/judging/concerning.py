"""针对哪一次：which of several changes or contracts an approval or a submission speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from govit.dossier.keys import Role
from govit.dossier.lists import bodies_of, text_of
from govit.dossier.model import Change, Contract, Named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.dossier.model import Approval, Record, Submission
    from govit.judging.view import View


def is_body(item: Record | None) -> TypeGuard[Named]:
    """Whether a rule is judged for one body of the pack."""
    return isinstance(item, Named) and not item.at


def concerns(record: Record, item: Record | None, facts: View) -> bool:
    """Whether a record speaks of this change or contract: of several, only the one that its `of` names.

    Of a participant, a body or whatever else has only a name: what it said, was handed, or what is said of it.
    """
    if isinstance(item, Named):
        return item.name in (*bodies_of(record), text_of(record, Role.OF))
    return not _one_of_several(item, facts) or text_of(record, Role.OF) == _named(item)


def which_one(records: Sequence[Approval | Submission], item: Record | None, facts: View) -> str:
    """Why it is open which of several changes or contracts the records speak of, '' if it is not.

    Where there is only one, records that all name another leave open whether they mean it.
    """
    if not isinstance(item, (Change, Contract)) or any(r.of == _named(item) for r in records):
        return ""
    if not _one_of_several(item, facts):
        others = [r.of for r in records if r.of is not None]
        known = "调整" if isinstance(item, Change) else "合同"
        if not others or len(others) < len(records):
            return ""
        return f"记录的 of 写的是 {others[0]}，没有记这样的{known}；请核对它针对的是不是 {_named(item)}"
    if all(r.of is not None for r in records):
        return ""
    what = "几次调整" if isinstance(item, Change) else "几份合同"
    return f"有{what}，记录没有写明针对哪一个；请在该记录里写 of: {_named(item)}"


def _one_of_several(item: Record | None, facts: View) -> bool:
    if isinstance(item, Change):
        return len(facts.items("changes")) > 1
    return isinstance(item, Contract) and len(facts.items("contracts")) > 1


def _named(item: Record | None) -> str:
    """What `of` calls a change or a contract: the date of the one, the name of the other."""
    if isinstance(item, Change):
        return str(item.on)
    return str(item.name or item.kind) if isinstance(item, Contract) else ""
