"""What has become of a regulation since its pack was written: a file of a few lines in the folder of the dossier's own."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

import pytest
from small_pack import PACK

from govit.law.library import Library
from govit.law.packs.pack_error import PackError

if TYPE_CHECKING:
    from pathlib import Path

    from govit.law.regulation import Regulation

BASIS = "basis: 小政〔2025〕9号\n"
TODAY = dt.date(2026, 3, 1)


def read(tmp_path: Path, said: str, name: str = "small-2024", pack: str = PACK) -> Regulation:
    (tmp_path / "small-2024.yaml").write_text(pack, encoding="utf-8")
    (tmp_path / f"{name}.override.yaml").write_text(said, encoding="utf-8")
    found = Library().get("small-2024", tmp_path)
    assert found is not None
    return found


def refusal(tmp_path: Path, said: str, name: str = "small-2024") -> str:
    with pytest.raises(PackError) as caught:
        read(tmp_path, said, name)
    return str(caught.value)


def test_a_measure_that_was_prolonged_is_in_force(tmp_path: Path) -> None:
    assert read(tmp_path, f"{BASIS}checked: 2026-01-05\n").status_on(TODAY) == "expired"
    found = read(tmp_path, f"{BASIS}effective_to: 2027-12-31\n")
    assert found.status_on(TODAY) == "in_force"
    assert found.notes[-1] == "卷宗的 small-2024.override.yaml：小政〔2025〕9号"
    assert "至 2027-12-31" in found.standing(TODAY)


def test_a_measure_that_ended_early_has_expired(tmp_path: Path) -> None:
    assert read(tmp_path, f"{BASIS}effective_to: 2024-06-30\n").status_on(dt.date(2024, 7, 1)) == "expired"


def test_a_draft_takes_effect(tmp_path: Path) -> None:
    draft = PACK.replace("status: in_force", "status: draft").replace("effective_from: 2024-01-01\n", "")
    draft = draft.replace("effective_to: 2025-12-31\n", "")
    said = f"{BASIS}status: in_force\neffective_from: 2026-02-01\ndocument_number: 小政〔2026〕2号\n"
    found = read(tmp_path, said, pack=draft)
    assert (found.status_on(TODAY), found.document_number) == ("in_force", "小政〔2026〕2号")
    assert found.status_on(dt.date(2026, 1, 31)) == "not_yet_in_force"


def test_articles_are_cited_by_their_new_numbers_everywhere(tmp_path: Path) -> None:
    fact = "facts:\n  - {name: 大, article: 第一条, any: [{建设类: true}]}"
    said = f"{BASIS}articles: {{第一条: 第二条, 第二条: 第一条, 第三条: 第五条}}\n"
    found = read(tmp_path, said, pack=PACK.replace("facts: []", fact))
    assert [article.number for article in found.articles] == ["第二条", "第一条", "第五条"]
    assert {rule.id: rule.article for rule in found.rules}["SM-3-2"] == "第五条"
    assert found.facts["大"].article == "第二条"
    assert found.articles[0].text == "超过一百万元的新建项目应当经甲局审。"
    assert len({id(rule) for rule in found.rules}) == len(found.rules)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("effective_to: 2027-12-31\n", "缺少 basis"),
        (BASIS, "没有写改了什么"),
        (f"{BASIS}efective_to: 2027-12-31\n", "是不是“effective_to”"),
        (f"{BASIS}status: expired\n", "没有“expired”这个词"),
        (f"{BASIS}effective_to: 2023-12-31\n", "早于 effective_from（2024-01-01）"),
        (f"{BASIS}effective_to: 2027-13-31\n", "2027-13-31"),
        (f"{BASIS}articles: {{第九条: 第十条}}\n", "原文没有第九条"),
        (f"{BASIS}articles: {{第一条: 第三条}}\n", "第三条已经有了"),
        (f"{BASIS}articles: {{第一条: 第七条, 第二条: 第七条}}\n", "第七条写了两次"),
        (f"{BASIS}articles: {{第一条: 7}}\n", "应当照原文写"),
    ],
)
def test_what_is_wrong_with_the_file_is_told(tmp_path: Path, said: str, message: str) -> None:
    assert message in refusal(tmp_path, said)


def test_a_file_about_no_regulation_is_told(tmp_path: Path) -> None:
    assert "没有“small-2042”这个办法" in refusal(tmp_path, f"{BASIS}effective_to: 2027-12-31\n", "small-2042")


def test_the_file_is_no_regulation_of_its_own(tmp_path: Path) -> None:
    read(tmp_path, f"{BASIS}effective_to: 2027-12-31\n")
    assert Library().ids(tmp_path)[0] == "small-2024"
    assert not any("override" in name for name in Library().ids(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("name", ["small-2024.yaml", "small-2024.override.yaml"])
def test_what_lies_elsewhere_is_not_read_through_a_link(tmp_path: Path, name: str) -> None:
    """Of a dossier of strangers a link may lead anywhere, and messages show what stands in a file."""
    home = tmp_path / "regulations"
    home.mkdir()
    read(home, f"{BASIS}effective_to: 2027-12-31\n")
    (home / name).rename(tmp_path / "elsewhere.yaml")
    (home / name).symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(PackError, match=rf"{name}:1.*是指向别处的链接"):
        Library().get("small-2024", home)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_to_a_file_beside_it_is_read(tmp_path: Path) -> None:
    read(tmp_path, f"{BASIS}effective_to: 2027-12-31\n")
    (tmp_path / "small-2024.yaml").rename(tmp_path / "text.yml")
    (tmp_path / "small-2024.yaml").symlink_to("text.yml")
    assert Library().get("small-2024", tmp_path) is not None
