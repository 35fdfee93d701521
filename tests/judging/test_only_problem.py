"""A waiver without a subject means the only problem of its rule, and none of several."""

from __future__ import annotations

import datetime as dt

import pytest

from govit.dossier.model import Waiver
from govit.judging.waivers import subject_of


@pytest.mark.parametrize(
    ("named", "open_", "meant"),
    [
        (None, ["甲"], "甲"),
        (None, [""], ""),
        (None, ["甲", "乙"], ""),
        (None, ["", "乙"], ""),
        (None, [], ""),
        ("乙", ["甲"], "乙"),
        ("", ["甲"], ""),
    ],
)
def test_the_subject_that_a_waiver_means(named: str | None, open_: list[str], meant: str) -> None:
    waiver = Waiver(rule="LYG-1-1", subject=named, reason="x", by="x", number="x", until=dt.date(2027, 1, 1))
    assert subject_of(waiver, open_) == meant
