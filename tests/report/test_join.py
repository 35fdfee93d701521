"""Reports of several jobs as one: the same as one run, or refused with its place; what was not compared is said."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from places import SAMPLES, UNCLEAN
from program import program
from published import follows

from govit.report.shape import ShapeError, require

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = "--as-of=2026-11-20"
UNDER = (SAMPLES, UNCLEAN)


def report(output: Path, *words: object) -> Path:
    program("check", *words, DAY, "--format=json", "-o", output)
    follows(json.loads(output.read_bytes()), "govit-report-1")
    return output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The reports of three jobs, made once."""
    folder = tmp_path_factory.mktemp("parts")
    return [report(folder / f"{n}.json", *UNDER, f"--shard={n}/3").read_bytes() for n in (1, 2, 3)]


@pytest.fixture
def parts(made: list[bytes], tmp_path: Path) -> list[Path]:
    files = [tmp_path / f"{n}.json" for n in (1, 2, 3)]
    for file, data in zip(files, made, strict=True):
        file.write_bytes(data)
    return files


@pytest.fixture
def edited(parts: list[Path]) -> Callable[[Callable[[Any], Any]], str]:
    """What is said of the parts after the first was edited."""

    def said(edit: Callable[[Any], Any]) -> str:
        data = json.loads(parts[0].read_bytes())
        edit(data)
        parts[0].write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return refused(*parts)

    return said


def refused(*files: Path) -> str:
    done = program("join", *files)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr


def test_the_parts_of_one_run_are_byte_for_byte_its_report(tmp_path: Path, parts: list[Path]) -> None:
    whole = report(tmp_path / "whole.json", *UNDER)
    done = program("join", *reversed(parts), "--format=json", "-o", tmp_path / "joined.json")
    assert done.returncode == 1
    assert (tmp_path / "joined.json").read_bytes() == whole.read_bytes()


def test_everything_that_the_parts_list_is_kept(tmp_path: Path) -> None:
    parts = [report(tmp_path / f"{n}.json", UNCLEAN, f"--shard={n}/2", "--all") for n in (1, 2)]
    program("join", *parts, "--format=json", "-o", tmp_path / "joined.json")
    assert (tmp_path / "joined.json").read_bytes() == report(tmp_path / "whole.json", UNCLEAN, "--all").read_bytes()


@pytest.mark.parametrize("words", [["--format=gitlab"], ["--summary"], ["--statistics"], ["--format=markdown"]])
def test_every_format_says_of_the_parts_what_it_says_of_the_whole(parts: list[Path], words: list[str]) -> None:
    whole = program("check", *UNDER, DAY, *words).stdout.splitlines()
    # A report does not say under which key something that is missing belongs.
    kept = [line for line in whole if not line.startswith(("  写在 ", "写在 "))]
    assert program("join", *parts, *words).stdout.splitlines() == kept


@pytest.mark.parametrize("fmt", ["text", "sarif", "junit", "github", "html"])
def test_every_other_format_is_written_with_all_projects(parts: list[Path], fmt: str) -> None:
    done = program("join", *parts, f"--format={fmt}")
    assert done.returncode == 1
    assert "QD-" in done.stdout
    assert "LYG-" in done.stdout


def test_each_part_has_its_share_and_no_project_is_left_out(parts: list[Path]) -> None:
    found = [[p["path"] for p in json.loads(part.read_bytes())["projects"]] for part in parts]
    assert max(map(len, found)) - min(map(len, found)) <= 1
    assert len({path for mine in found for path in mine}) == sum(map(len, found))


def test_neighbours_in_other_parts_are_seen(tmp_path: Path) -> None:
    for name in ("a", "b"):
        shutil.copytree(SAMPLES / "laizhou" / "2023-fishing-port", tmp_path / "卷宗" / name)
    (tmp_path / "卷宗" / "govit.yaml").write_text("regulation: laizhou-2022\n", encoding="utf-8")
    parts = [report(tmp_path / f"{n}.json", tmp_path / "卷宗", f"--shard={n}/2") for n in (1, 2)]
    assert all("GOV-306" in part.read_text(encoding="utf-8") for part in parts)


def test_a_missing_part_is_told_and_never_passed_over(parts: list[Path]) -> None:
    assert "一共 3 份，缺少第 2 份" in refused(parts[0], parts[2])


def test_a_part_twice_is_refused(parts: list[Path]) -> None:
    assert "每个项目只在一份里检查" in refused(*parts, parts[1])


def test_what_was_not_compared_is_said(tmp_path: Path) -> None:
    one, other = report(tmp_path / "1.json", SAMPLES / "qidong"), report(tmp_path / "2.json", UNCLEAN)
    done = program("join", one, other)
    assert "待定 GOV-504" in done.stdout
    assert "跨份的邻近项目没有核对" in done.stdout
    assert "GOV-504" not in program("join", one).stdout


def test_a_dossier_that_changed_between_the_jobs_is_refused(tmp_path: Path) -> None:
    shutil.copytree(UNCLEAN, tmp_path / "卷宗")
    first = report(tmp_path / "1.json", tmp_path / "卷宗", "--shard=1/2")
    changed = next((tmp_path / "卷宗").rglob("project.yaml"))
    changed.write_text(changed.read_text(encoding="utf-8") + "\n# 改过\n", encoding="utf-8")
    assert "文件改过" in refused(first, report(tmp_path / "2.json", tmp_path / "卷宗", "--shard=2/2"))


def test_other_options_are_refused(tmp_path: Path) -> None:
    first = report(tmp_path / "1.json", UNCLEAN, "--shard=1/2")
    assert "选项不同" in refused(first, report(tmp_path / "2.json", UNCLEAN, "--shard=2/2", "--no-waivers"))


EDITS: dict[str, Callable[[Any], Any]] = {
    "findings[0].line：应当是整数": lambda d: d["findings"][0].update(line="五"),
    "findings[0].line：至少是 1": lambda d: d["findings"][0].update(line=0),
    "findings[0].outcome：应当是violates": lambda d: d["findings"][0].update(outcome=["violates"]),
    "findings[0].message：没有写": lambda d: d["findings"][0].pop("message"),
    "findings[0].more：没有这个键": lambda d: d["findings"][0].update(more=1),
    "findings[0].fingerprint：应当写成": lambda d: d["findings"][0].update(fingerprint="x" * 16),
    "projects：应当是列表": lambda d: d.update(projects={}),
    "projects[0].counts：与所列的结论对不上": lambda d: d["projects"][0]["counts"].update(error=0, info=99),
    "counts：与所列的结论对不上": lambda d: d["counts"].update(error=0),
    "不在 projects 里": lambda d: d["findings"].append({**d["findings"][0], "project": "别处"}),
    "不在 regulations 里": lambda d: d["regulations"].clear(),
    "没有办法 别处-2020": lambda d: d["regulations"][0].update(id="别处-2020"),
    "文号或施行日期与本程序的办法包不同": lambda d: d["regulations"][0].update(document_number="某〔2020〕1号"),
    "不是以元为单位的金额": lambda d: d["projects"][0].update(total="NaN"),
    "判断日是": lambda d: d.update(as_of="2026-11-21"),
    "由 govit 0.0.1 写出": lambda d: d.update(govit="0.0.1"),
    "里面写的是 govit-report/2": lambda d: d.update(schema="govit-report/2"),
    "只列了比基线新出现的": lambda d: d.update(baseline={"name": "x", "new": 0, "known": 0, "mended": 0}),
    "份数或选项不同": lambda d: d["part"].update(of=4),
    "有两次": lambda d: d["projects"].append(d["projects"][0]),
}


@pytest.mark.parametrize("said", EDITS)
def test_what_was_edited_is_refused_with_its_place(said: str, edited: Callable[..., str]) -> None:
    assert said in edited(EDITS[said])


def test_a_day_that_there_is_not_is_refused(tmp_path: Path) -> None:
    data = json.loads(report(tmp_path / "1.json", UNCLEAN).read_bytes())
    (tmp_path / "2.json").write_text(json.dumps({**data, "as_of": "2026-02-31"}), encoding="utf-8")
    assert "没有 2026-02-31 这一天" in refused(tmp_path / "2.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "不是完整的 JSON"),
        ("[" * 200_000, "不是完整的 JSON"),
        ('{"schema": "govit-report/1", "schema": "govit-report/1"}', "写了两次"),
        ('{"schema": NaN}', "不是数"),
        ("[]", "不是 govit-report/1"),
        ('{"schema": "govit-deadlines/1"}', "里面写的是 govit-deadlines/1"),
        ("project: x", "第 1 行不是完整的 JSON"),
        ('{"schema": "govit-report/1", "a": ' + "9" * 5000 + "}", "不是完整的 JSON"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "甲.json").write_text(text, encoding="utf-8")
    told = refused(tmp_path / "甲.json")
    assert said in told
    assert "甲.json" in told


def test_text_that_steers_a_terminal_is_shown_as_text(parts: list[Path]) -> None:
    data = json.loads(parts[0].read_bytes())
    data["findings"][0]["message"] = "\x1b[31m红\x07"
    parts[0].write_text(json.dumps(data), encoding="utf-8")
    done = program("join", *parts)
    assert "红" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


@pytest.mark.parametrize("given", ["0/2", "3/2", "1", "1/", "/2", "a/b", "-1/2", "1/100000", "１/２"])
def test_a_part_that_is_none_is_refused(given: str) -> None:
    done = program("check", UNCLEAN, f"--shard={given}")
    assert done.returncode == 2
    assert "写成 2/4 的样子" in done.stderr


def test_a_part_without_projects_is_empty_and_joins(tmp_path: Path) -> None:
    one = SAMPLES / "qidong"
    projects = len(list(one.rglob("project.yaml")))
    parts = [report(tmp_path / f"{n}.json", one, f"--shard={n}/{projects + 1}") for n in range(1, projects + 2)]
    program("join", *parts, "--format=json", "-o", tmp_path / "joined.json")
    assert (tmp_path / "joined.json").read_bytes() == report(tmp_path / "whole.json", one).read_bytes()


def test_whatever_a_schema_says_is_checked() -> None:
    with pytest.raises(ShapeError, match="不是可以写的样子"):
        require({"a": 1, "b": 2}, {"type": "object", "maxProperties": 1})
    with pytest.raises(ShapeError, match="应当是对象"):
        require([], {"type": "object"})


@pytest.mark.parametrize("written", ["1.0", "1e3"])
def test_a_number_that_is_no_integer_stands_in_no_report(parts: list[Path], written: str) -> None:
    text = re.sub(r'"line": \d+', f'"line": {written}', parts[0].read_text(encoding="utf-8"), count=1)
    parts[0].write_text(text, encoding="utf-8")
    assert f"写了 {written}，不是整数" in refused(*parts)
