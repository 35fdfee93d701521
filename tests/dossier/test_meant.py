"""What was meant by a word or a key that is refused: one right answer or none, and never a guess about secrecy."""

from __future__ import annotations

import pytest

from govit.dossier.meant import near_word, right_key, right_word

CATEGORIES = {"新建": "新建", "续建": "续建", "运维": "运维"}
KEYS = {"name": "名称", "on": "日期", "objective": "建设目标", "classified": "是否涉密"}


@pytest.mark.parametrize(
    ("text", "several", "meant"),
    [
        ("新建、续建", True, "[新建, 续建]"),
        ("新建、续建", False, ""),  # a field of one word has no list
        ("“新建”", False, "新建"),
        ("维运", False, "运维"),
        ("建新", False, ""),  # 新 says something by itself
        ("旧建", False, ""),
        ("新", False, ""),
    ],
)
def test_a_word_of_a_closed_list(text: str, several: bool, meant: str) -> None:  # noqa: FBT001 - a column of the table
    assert right_word(text, CATEGORIES, several=several) == meant


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("nmae", "name"),  # two neighbours in each other's place
        ("eamn", ""),  # the first and the last are not
        ("nam", "name"),
        ("namee", "name"),
        ("no", ""),  # too short to be sure: on?
        ("日期", "on"),
        ("clssified", ""),
        ("是否涉密", ""),
    ],
)
def test_a_key(key: str, meant: str) -> None:
    assert right_key(key, KEYS) == meant


@pytest.mark.parametrize(("text", "near"), [("新键", "新建"), ("新建项目", "新建"), ("旧建", None), ("改建", None), ("运惟", "运维")])
def test_another_word_is_no_suggestion(text: str, near: str | None) -> None:
    assert near_word(text, ["新建", "续建", "运维"]) == near
