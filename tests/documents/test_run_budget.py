"""What files swell to is counted over the whole run: many bombs are no multiple of one, and the rest is read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from program import program

from govit.documents import allowance
from govit.documents.content import Trouble
from govit.documents.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_run() -> Iterator[None]:
    allowance.new_run()
    yield
    allowance._PURSE.set(None)


@pytest.mark.parametrize(
    ("body", "purse"),
    [("<w:r/>" * 100_000, "RUN_TAGS"), ("<!-- " + "a" * 900_000 + " -->", "RUN_BYTES")],
    ids=["tags", "bytes"],
)
def test_the_purse_of_a_run_is_emptied_by_what_swells_and_the_rest_is_read(
    word: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, purse: str
) -> None:
    monkeypatch.setattr(allowance, "FREE_TAGS", 10_000)
    monkeypatch.setattr(allowance, "FREE_BYTES", 100_000)
    monkeypatch.setattr(allowance, purse, 2_000_000 if purse == "RUN_BYTES" else 250_000)
    allowance.new_run()
    good = shutil.copy(word.write(word.p("甲")), tmp_path / "good.docx")
    bomb = word.write(f"<w:p>{body}</w:p>")
    readings = [read(bomb) for _ in range(40)]
    assert readings[0].content is not None
    refused = [one for one in readings if one.content is None]
    assert len(refused) >= 37
    assert {one.trouble for one in refused} == {Trouble.HUGE}
    assert "本次检查里这样的文件已经太多" in refused[0].detail
    assert "单独检查" in refused[0].detail
    assert read(tmp_path / "good.docx").content is not None, good


def test_a_file_that_is_as_large_as_it_looks_takes_nothing_from_the_purse(word: Any) -> None:
    text = "".join(
        f"<w:p><w:r><w:t>第{at * 7919 % 10007}条，{at * 104729 % 65537:x}</w:t></w:r></w:p>" for at in range(20_000)
    )
    assert read(word.write(text)).content is not None
    assert (allowance.purse().bytes, allowance.purse().tags) == (allowance.RUN_BYTES, allowance.RUN_TAGS)


def test_each_run_has_a_purse_of_its_own(word: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "FREE_TAGS", 100)
    monkeypatch.setattr(allowance, "RUN_TAGS", 30_000)
    (tmp_path / "a").mkdir()
    shutil.copy(word.write(f"<w:p>{'<w:r/>' * 14_000}</w:p>"), tmp_path / "a" / "建设方案.docx")
    (tmp_path / "a" / "project.yaml").write_text(
        "id: a\nname: a\nstage: 草拟\nregulation: lianyungang-2025\ndocuments: [{kinds: [建设方案], path: 建设方案.docx}]\n",
        encoding="utf-8",
    )
    first, second = (program("check", tmp_path, "--as-of", "2026-11-20").stdout for _ in range(2))
    assert first == second
    assert "这样的文件已经太多" not in first


@pytest.mark.parametrize("tags", [3_000, 14_000, 40_000])
def test_several_processes_have_the_purse_of_one(
    word: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tags: int
) -> None:
    monkeypatch.setattr(allowance, "FREE_TAGS", 100)
    monkeypatch.setattr(allowance, "RUN_TAGS", 60_000)
    for n in range(12):
        home = tmp_path / f"p{n}"
        home.mkdir()
        if n % 3 != 2:
            shutil.copy(word.write(f"<w:p>{'<w:r/>' * tags}</w:p>{word.p(str(n))}"), home / "建设方案.docx")
        (home / "project.yaml").write_text(
            f"id: p{n}\nname: a\nstage: 草拟\nregulation: lianyungang-2025\n", encoding="utf-8"
        )
    alone, *others = (
        program("check", tmp_path, "--as-of", "2026-11-20", f"--jobs={jobs}", "--format=json").stdout
        for jobs in (1, 2, 3, 5)
    )
    assert ("这样的文件已经太多" in alone) is (tags > 3_000)
    assert others == [alone] * 3
