"""A pack that reads like the law: what goes without saying is not said, and examples and English have files of their own."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from packs.splitting import as_law, split
from places import FIFTH
from program import program
from small_pack import PACK, regulation

from govit.base.language import Language, speak
from govit.law.library import BUILT_IN, Library, built_in_packs
from govit.law.packs import build_packs, built_packs
from govit.law.packs.filenames import english_beside, examples_beside, pack_of, packs_in
from govit.law.packs.pack import PackError, load

if TYPE_CHECKING:
    from pathlib import Path

ID = "shili-city-2026"
DAY = "--as-of=2026-11-20"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """The fifth city, its pack in three files."""
    shutil.copytree(FIFTH, tmp_path / "fifth")
    split(tmp_path / "fifth" / "regulations" / f"{ID}.yaml")
    return tmp_path / "fifth"


@pytest.fixture
def pack(dossier: Path) -> Path:
    return dossier / "regulations" / f"{ID}.yaml"


def faults(pack: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        load(pack)
    assert str(pack.parent) in str(caught.value)
    return [f"{fault.file}:{fault.line} {fault.message}" for fault in caught.value.faults]


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# -- one file or three -----------------------------------------------------------------------------


def test_a_pack_in_three_files_is_the_same_law_as_in_one(pack: Path) -> None:
    whole = load(FIFTH / "regulations" / f"{ID}.yaml")
    assert as_law(load(pack)) == as_law(whole)
    assert as_law(load(pack, examples=False)) == as_law(load(FIFTH / "regulations" / f"{ID}.yaml", examples=False))
    assert sum(len(rule.examples) for rule in load(pack).rules) > 50


def test_its_reports_are_the_same(dossier: Path) -> None:
    for words in (["check", "--all"], ["deadlines"], ["route"], ["--lang", "en", "check"]):
        one, three = (program(*words, folder, DAY).stdout for folder in (FIFTH, dossier))
        assert three
        assert three == one.replace("tests/packs/fifth", "fifth")
    speak(Language.zh)


def test_the_examples_run_from_their_own_file_and_what_fails_is_named_there(dossier: Path, pack: Path) -> None:
    run = ("regulations", "--examples", "--regulations", pack.parent, "--regulation", ID)
    assert program(*run).returncode == 0
    beside = examples_beside(pack)
    changed(beside, "is: violates", "is: complies")
    line = 1 + beside.read_text(encoding="utf-8").split("is: violates")[0].count("is: complies")
    assert line > 1
    told = program(*run)
    assert told.returncode == 1
    assert f"{beside.name} 第 " in told.stdout
    refused = program("check", dossier, DAY)
    assert refused.returncode == 1
    assert f"{dossier.name}/regulations/{beside.name}:" in refused.stdout
    assert "的示例不成立：应当合规" in refused.stdout
    assert "合规 0" in refused.stdout
    assert "示例不成立" not in program("check", dossier, DAY, "--unproven").stdout


def test_a_fault_of_the_base_is_named_in_its_own_file(dossier: Path, pack: Path) -> None:
    changed(examples_beside(pack), "category: ", "category: 没有的类别 #")
    assert f"{examples_beside(pack).name}:" in program("check", dossier, DAY).stdout


def test_the_packs_of_this_package_stand_in_three_files_each() -> None:
    for path in built_in_packs():
        read = load(path)
        assert (read.base is not None, bool(read.title_en), read.examples_file) == (
            True,
            True,
            examples_beside(path).name,
        )
        assert [rule.id for rule in read.rules if not rule.title_en] == []
        law = path.read_text(encoding="utf-8")
        assert [key for key in ("title_en:", "examples:", "base:") if f" {key}" in law or law.startswith(key)] == []


# -- what is wrong with a file beside a pack --------------------------------------------------------


def test_what_stands_in_both_or_names_no_rule_is_refused(pack: Path) -> None:
    changed(pack, "\nwords:", "\nbase: {as_of: 2026-01-01}\ntitle_en: X\nwords:")
    changed(english_beside(pack), "rules:", "rules:\n  SL-99-9: No such rule")
    changed(examples_beside(pack), "examples:", "examples:\n  SL-99-9: [{is: complies}]")
    changed(examples_beside(pack), "base:", "example: {}\nbase:")
    told = "\n".join(faults(pack))
    assert f"base 要写在旁边的 {examples_beside(pack).name} 里" in told
    assert f"title_en 要写在旁边的 {english_beside(pack).name} 里" in told
    assert f"{english_beside(pack).name}:3 办法里没有规则 SL-99-9" in told
    assert "办法里没有规则 SL-99-9" in told.partition(examples_beside(pack).name)[2]
    assert "没有“example”这个键" in told


def test_a_file_beside_a_pack_is_read_within_the_same_bounds(pack: Path) -> None:
    beside = examples_beside(pack)
    whole = beside.read_text(encoding="utf-8")
    for text, said in (
        (whole + "#" * 1_000_000, "文件超过上限 1 MB"),
        ("base: " + "[" * 60, "嵌套超过 40 层"),
        (whole + "base: {}\n", "“base”写了两次"),
        ("examples: &a []\n", "用了锚点"),
        ("- 一\n", "这里应当是“键: 值”的写法"),
        ("examples: [\n", "括号"),
    ):
        beside.write_text(text, encoding="utf-8")
        told = faults(pack)
        assert any(said in one for one in told), (said, told)
        assert all(one.startswith(beside.name) for one in told)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_file_beside_a_pack_is_no_link_to_elsewhere(pack: Path, tmp_path: Path) -> None:
    for beside in (examples_beside(pack), english_beside(pack)):
        whole = beside.read_bytes()
        (tmp_path / "secret.yaml").write_bytes(whole)
        beside.unlink()
        beside.symlink_to(tmp_path / "secret.yaml")
        assert faults(pack) == [f"{beside.name}:1 是指向别处的链接"]
        beside.unlink()
        beside.write_bytes(whole)
    load(pack)


def test_a_file_beside_no_pack_is_told_and_is_no_pack(pack: Path) -> None:
    examples_beside(pack).rename(pack.with_name("shili-city-2027.examples.yaml"))
    assert [path.name for path in packs_in(pack.parent)] == ["shili-city-2026.yaml", "shili-city-2027.examples.yaml"]
    told = program("regulations", "--regulations", pack.parent)
    assert told.returncode == 2
    assert "旁边没有 shili-city-2027.yaml" in told.stderr
    assert Library().get(ID, pack.parent) is not None


def test_names_of_files_say_what_they_hold(tmp_path: Path) -> None:
    pack = tmp_path / "某市-2026.yaml"
    assert (pack_of(examples_beside(pack)), pack_of(english_beside(pack)), pack_of(pack)) == (pack, pack, None)
    for name in (".en.yaml", ".examples.yaml"):
        assert pack_of(tmp_path / name) is None


# -- what a run reads ------------------------------------------------------------------------------


def test_judging_opens_no_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    from govit.law.packs import beside, pack

    opened: list[str] = []
    for module in (beside, pack):
        read = module.read_bytes
        monkeypatch.setattr(
            module, "read_bytes", lambda path, limit, read=read: (opened.append(path.name), read(path, limit))[1]
        )
    load(BUILT_IN / "qidong-2022.yaml", examples=False)
    assert opened == ["qidong-2022.yaml", "qidong-2022.en.yaml"]


def test_what_is_built_is_of_the_law_and_of_its_english_and_not_of_its_examples(tmp_path: Path) -> None:
    for file in BUILT_IN.glob("qidong-2022*.yaml"):
        shutil.copy2(file, tmp_path)
    pack = tmp_path / "qidong-2022.yaml"
    build_packs.store(pack, load(pack, examples=False))
    changed(examples_beside(pack), "base:", "# 样板\nbase:")
    found = built_packs.built_pack(pack)
    assert found is not None
    assert all(rule.title_en for rule in found.rules)
    changed(english_beside(pack), "title: ", "title: The ")
    assert built_packs.built_pack(pack) is None
    build_packs.store(pack, load(pack, examples=False))
    assert built_packs.built_pack(pack) is not None
    english_beside(pack).unlink()
    assert built_packs.built_pack(pack) is None


# -- what goes without saying ----------------------------------------------------------------------


def test_a_rule_without_quote_rests_on_its_whole_sentence_without_the_mark_at_its_end() -> None:
    for mark in "，。；：、":
        text = PACK.replace(", quote: 应当经甲局审", "").replace(
            "的新建项目应当经甲局审。", f"的新建项目应当经甲局审{mark}"
        )
        assert regulation(text).rules[0].quote == "超过一百万元的新建项目应当经甲局审"
    with pytest.raises(PackError):
        regulation(PACK.replace("quote: 应当经甲局审", 'quote: ""'))


def test_a_rule_without_strength_is_of_a_sentence_that_says_must() -> None:
    lean = PACK.replace(", strength: must", "")
    assert as_law(regulation(lean)) == as_law(regulation())
    with pytest.raises(PackError):
        regulation(PACK.replace("strength: must, hint", "strength: , hint"))


def test_the_stage_of_an_article_is_that_of_the_rules_that_need_one() -> None:
    third = "  - number: 第三条\n"
    head, tail = PACK.split(third)
    lean = head + third + "    stage: 申报\n" + tail.replace("stage: 申报, ", "")
    assert as_law(regulation(lean)) == as_law(regulation())
    own = head + third + "    stage: 验收\n" + tail.replace("stage: 申报, ", "", 1)
    assert [rule.stage for rule in regulation(own).rules][-2:] == ["验收", "申报"]
    second = "  - number: 第二条\n"
    timed = PACK.replace(second, second + "    stage: 申报\n")
    with pytest.raises(PackError, match="第二条没有规则用到这个 stage"):
        regulation(timed)
    with pytest.raises(PackError, match="本办法没有“采购”这个阶段"):
        regulation(lean.replace("    stage: 申报\n", "    stage: 采购\n"))


def test_words_that_say_nothing_but_their_name_are_a_list() -> None:
    lean = PACK.replace("{甲局: {}, 乙局: {}}", "[甲局, 乙局]").replace(
        "{新建: {traits: [建设类]}, 运维: {}}", "[新建: {traits: [建设类]}, 运维]"
    )
    assert lean.count("[甲局, 乙局]") == 1
    assert as_law(regulation(lean)) == as_law(regulation())
    for wrong, said in (
        ("[甲局, 乙局, 甲局]", "“甲局”写了两次"),
        ("[甲局, 乙局, [丙局]]", "这里要写一个词"),
        ("[甲局, 乙局, {丙局: {}, 丁局: {}}]", "这里要写一个词"),
        ("[甲局, 乙局, ~]", "这里要写一个词"),
        ("[甲局, 乙局: {alos: [乙委]}]", "是不是“also”"),
    ):
        with pytest.raises(PackError, match=said):
            regulation(PACK.replace("{甲局: {}, 乙局: {}}", wrong))


# -- a pack without a number, without English ------------------------------------------------------


def test_a_regulation_needs_neither_a_document_number_nor_english(dossier: Path, pack: Path) -> None:
    english_beside(pack).unlink()
    lines = pack.read_text(encoding="utf-8").splitlines(keepends=True)
    pack.write_text("".join(line for line in lines if not line.startswith("document_number:")), encoding="utf-8")
    read = load(pack)
    assert (read.document_number, read.title_en, {rule.title_en for rule in read.rules}) == ("", "", {""})

    for language in ("zh", "en"):
        for words in (
            ["check", "--all"],
            *(
                ["check", "--all", "--format", kind]
                for kind in ("json", "sarif", "junit", "github", "gitlab", "html", "markdown")
            ),
            ["deadlines"],
            ["deadlines", "--format", "json"],
            ["route"],
            ["check", "--todo"],
        ):
            told = program("--lang", language, *words, dossier, DAY)
            assert told.returncode in (0, 1), (words, told.stderr)
            assert "（）" not in told.stdout
            assert "None" not in told.stdout
            assert "依据  " not in told.stdout
            if words[-1] == "json" and words[0] == "check":
                assert {one["document_number"] for one in json.loads(told.stdout)["regulations"]} == {""}
        shown = program("--lang", language, "explain", read.rules[0].id, "--regulations", pack.parent).stdout
        assert f"《{read.title}》{read.rules[0].article}" in shown
        assert "\n  \n" not in shown
        article = program(
            "--lang", language, "explain", "第一条", "--regulations", pack.parent, "--regulation", ID
        ).stdout
        assert read.rules[0].title in article or read.rules[0].article != "第一条"
        assert (
            "（）" not in program("--lang", language, "regulations", "--coverage", "--regulations", pack.parent).stdout
        )
    speak(Language.zh)
