"""govit check --fix: what has one right answer is put right, and not one character more."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from places import SAMPLES
from typer.testing import CliRunner

from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "# 卷宗\nid: x\nname: 智慧停车平台\nregulation: lianyungang-2025\n"
runner = CliRunner()


def fixed(folder: Path, text: str, *options: str, data: bytes | None = None) -> str:
    """What a project.yaml says after --fix --write."""
    file = folder / "project.yaml"
    file.write_bytes(data if data is not None else text.encode())
    result = runner.invoke(app, ["check", str(folder), "--fix", "--write", *options])
    assert result.exit_code == 0, result.output
    return file.read_bytes().decode()


MENDED = {
    # words of closed lists
    "stage: 申保  # 阶段\n": "stage: 申报  # 阶段\n",
    'stage: 草拟\ncategory: "新键"\n': 'stage: 草拟\ncategory: "新建"\n',
    "stage: 草拟\ncategory: “新建”\n": "stage: 草拟\ncategory: 新建\n",
    # keys
    "stage: 草拟\n项目代码: 甲\n": "stage: 草拟\nproject_code: 甲\n",
    "stage: 草拟\nｙｅａｒ: 2027\n": "stage: 草拟\nyear: 2027\n",
    "stage: 草拟\nobjectve: 快\n": "stage: 草拟\nobjective: 快\n",
    "stage: 草拟\nbudgte:\n  total: 5万元\n": "stage: 草拟\nbudget:\n  total: 5万元\n",
    "stage: 草拟\nbudget: {total： 5万元}\n": "stage: 草拟\nbudget: {total: 5万元}\n",
    "stage: 草拟\nunit:\n  name：某局\n": "stage: 草拟\nunit:\n  name: 某局\n",
    "stage: 草拟\nunit:\n  name:某局\n": "stage: 草拟\nunit:\n  name: 某局\n",
    # width
    "stage: 草拟\nbudget:\n  total: ２６０万元\n": "stage: 草拟\nbudget:\n  total: 260万元\n",
    "stage: 草拟\nbudget:\n  totl: ２６０万元\n": "stage: 草拟\nbudget:\n  total: 260万元\n",
    "stage: 草拟\nyear: ２０２７\n": "stage: 草拟\nyear: 2027\n",
    "stage: 草拟\nschedule: {end: ２０２７-０３-０１}\n": "stage: 草拟\nschedule: {end: 2027-03-01}\n",
    "stage： 草拟\nyear: 2027\n": "stage: 草拟\nyear: 2027\n",
    "stage:草拟\nyear: 2027\n": "stage: 草拟\nyear: 2027\n",
    "stage: 草拟\nfunding:\n  - {source：市级财政资金，amount：5万元}\n": "stage: 草拟\nfunding:\n  - {source: 市级财政资金, amount: 5万元}\n",
    "stage: 草拟\nfunding:\n  - {source:市级财政资金, amount:5万元}\n": "stage: 草拟\nfunding:\n  - {source: 市级财政资金, amount: 5万元}\n",
    # days and amounts that are written in another way
    "stage: 草拟\nschedule: {end: 2027年3月1日}\n": "stage: 草拟\nschedule: {end: 2027-03-01}\n",
    "stage: 草拟\nschedule: {end: 2027/3/1}  # 暂定\n": "stage: 草拟\nschedule: {end: 2027-03-01}  # 暂定\n",
    "stage: 草拟\nschedule: {end: 2027.03.01, start: 20270201}\n": "stage: 草拟\nschedule: {end: 2027-03-01, start: 2027-02-01}\n",
    "stage: 草拟\nschedule:\n  end: “2027–03–01”\n": "stage: 草拟\nschedule:\n  end: 2027-03-01\n",
    "stage: 草拟\nbudget: {total: '260万'}\n": "stage: 草拟\nbudget: {total: '260万元'}\n",
    "stage: 草拟\nbudget:\n  total: 260万元整\n": "stage: 草拟\nbudget:\n  total: 260万元\n",
    "stage: 草拟\nbudget:\n  total: ￥260萬元\n": "stage: 草拟\nbudget:\n  total: 260万元\n",
    "stage: 草拟\nyear: 2027年度\n": "stage: 草拟\nyear: 2027\n",
    "stage: 草拟\nschedule: {end: 2027-03-01 00:00:00}\n": "stage: 草拟\nschedule: {end: 2027-03-01}\n",
    "stage: 草拟\nobjects: [软件开发、数据治理]\n": "stage: 草拟\nobjects: [软件开发, 数据治理]\n",
    # what cannot be seen
    "stage: 草拟\ncategory: 新建\u200b\n": "stage: 草拟\ncategory: 新建\n",
    "stage: 草拟\ndemand: 系统\u200b不通\u2060\n": "stage: 草拟\ndemand: 系统不通\n",
    "stage: 草拟\n\u200bcategory: 新建\n": "stage: 草拟\ncategory: 新建\n",
    "stage: 草拟\n\ufeffcategory: 新建\nyear: 2027\n": "stage: 草拟\ncategory: 新建\nyear: 2027\n",
    # texts that need quotes
    "stage: 草拟\ndemand: 系统 #1、#2 不通  # 待核\n": 'stage: 草拟\ndemand: "系统 #1、#2 不通"  # 待核\n',
    "stage: 草拟\ndemand: 现状: 不通\n": 'stage: 草拟\ndemand: "现状: 不通"\n',
    'stage: 草拟\ndemand: "快"速\n': "stage: 草拟\ndemand: '\"快\"速'\n",
    "stage: 草拟\r\ndemand: 现状: 不通\r\nobjective：快\r\n": 'stage: 草拟\r\ndemand: "现状: 不通"\r\nobjective: 快\r\n',
}
LEFT = [
    "stage: 草拟\ndemand: 系统 # 待核\n",  # perhaps a comment
    "stage: 草拟\nunit: name: 某局\n",  # perhaps a level
    "stage: 草拟\nbudget: {total: 1，200元}\n",
    "stage: 草拟\nbudget: {total: 5，000}\nevents: [{kind：甲， on: 2026-03-01}]\n",
    "stage: 草拟\nbudget:\n  total: 260\n",  # without a unit
    "stage: 草拟\nbudget:\n  total: -5万元\n",
    "stage: 草拟\nschedule: {end: 2027年3月}\n",
    "stage: 草拟\nschedule: {end: 3/1/2027}\n",
    "stage: 草拟\nschedule: {end: 2027-02-30}\n",
    "stage: 草拟\nschedule: {end: 2027年2月30日}\n",
    "stage: 草拟\nbudget:\n  total: 贰佰陆拾万元整\n",
    "stage: 草拟\nbudget:\n   total: 5万元\n  single: 5万元\n",
    "stage: 草拟\ncontact: 张三\n  phone: 0518-85800001\n",
    "stage: 草拟\ndemand: 慢\n\n还慢\n",
    "stage: 草拟\ncategory: 旧建\n",  # another word, not a misspelt one
    "stage: 草拟\nyear: 2027\nyaer: 2028\n",  # it is there already
    "stage: 草拟\nclasified: false\n",
    "stage: 草拟\ndemand: >500\n  万元\n",
    "stage: 草拟\n\tdemand: 慢\n",
    'stage: 草拟\ndemand: "慢\n',
    "stage: 草拟\nanswers:\n  某问题: {answer: 昰, by: 甲, on: 2026-03-01}\n",
]


@pytest.mark.parametrize(("text", "right"), list(MENDED.items()), ids=lambda v: v[-24:])
def test_what_has_one_right_answer_is_put_right_and_every_other_character_stays(
    tmp_path: Path, text: str, right: str
) -> None:
    assert fixed(tmp_path, HEAD + text) == HEAD + right
    assert fixed(tmp_path, HEAD + right) == HEAD + right


@pytest.mark.parametrize("text", LEFT)
def test_what_may_mean_two_things_is_left_alone(tmp_path: Path, text: str) -> None:
    assert fixed(tmp_path, HEAD + text) == HEAD + text


def test_one_run_shows_and_writes_nothing_until_it_is_told_to(tmp_path: Path) -> None:
    text = HEAD + "stage: 申保\n"
    (tmp_path / "project.yaml").write_text(text, encoding="utf-8")
    shown = runner.invoke(app, ["check", str(tmp_path), "--fix"])
    assert shown.exit_code == 1
    assert "-stage: 申保" in shown.output
    assert "+stage: 申报" in shown.output
    assert "--write" in shown.output
    assert (tmp_path / "project.yaml").read_text(encoding="utf-8") == text
    assert runner.invoke(app, ["check", str(tmp_path), "--write"]).exit_code == 2


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    assert fixed(tmp_path, "", data=("\ufeff" + HEAD + "stage: 申保\n").encode()) == "\ufeff" + HEAD + "stage: 申报\n"


@pytest.mark.parametrize("line", ["classified: true", "classified：是", "classified: 待定"])
def test_a_file_that_may_be_of_a_classified_project_is_never_touched_or_shown(tmp_path: Path, line: str) -> None:
    text = f"id: x\n{line}\nregulation: lianyungang-2025\nstage: 申保\n"
    assert fixed(tmp_path, text) == text
    assert "申保" not in runner.invoke(app, ["check", str(tmp_path), "--fix"]).output


def test_defaults_of_a_dossier_are_put_right_as_well(tmp_path: Path) -> None:
    (tmp_path / "govit.yaml").write_text("regulation: lianyungang-2025\nyear: ２０２７\n", encoding="utf-8")
    fixed(tmp_path, "id: x\nname: 甲平台\nstage: 草拟\n")
    assert (tmp_path / "govit.yaml").read_text(encoding="utf-8") == "regulation: lianyungang-2025\nyear: 2027\n"


def test_nothing_is_put_right_in_the_samples(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "s")
    result = runner.invoke(app, ["check", str(tmp_path / "s"), "--fix"])
    assert result.exit_code == 0
    assert "没有只有一种改法的笔误" in result.output


def test_the_stage_follows_the_records_where_they_are_whole(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "lianyungang", tmp_path / "s")
    file = tmp_path / "s" / "2026-manhole-safety" / "project.yaml"
    whole = file.read_text(encoding="utf-8")
    behind = whole.replace("stage: 运维", "stage: 申报")
    file.write_text(behind, encoding="utf-8")
    options = "check", str(file.parent), "--fix", "--write", "--as-of", "2027-06-30"
    assert runner.invoke(app, options).exit_code == 0
    assert file.read_text(encoding="utf-8") == whole
    doubtful = behind.replace(
        "events:\n", "events:\n  - {kind: 完工, on: 2026-13-01}\n"
    )  # a record that cannot be read
    assert doubtful != behind
    file.write_text(doubtful, encoding="utf-8")
    assert runner.invoke(app, options).exit_code == 0
    assert file.read_text(encoding="utf-8") == doubtful
