"""The schema of packs: it takes every pack that the loader takes, and refuses every key that the loader refuses."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from authoring.whole_pack import (
    ALONE,
    HOSTS,
    OF_ENGLISH,
    OF_EXAMPLES,
    OF_OVERRIDE,
    WHOLE,
    below,
    every_key,
    faults,
    hosts,
    read,
    with_key,
)
from jsonschema_rs import Draft202012Validator
from places import ROOT
from published import check_schema, wrong_with
from typer.testing import CliRunner

from govit.authoring.pack_schema import pack_schema, render
from govit.authoring.reference import texts
from govit.cli.commands import app
from govit.law.derivations import FORMS
from govit.law.kinds.demand import parameters
from govit.law.kinds.table import KINDS
from govit.law.library import Library
from govit.law.packs import beside, pack, words
from govit.law.packs.keys import PARTS, Shape
from govit.law.packs.nodes import plain
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted([*ROOT.glob("govit/regulations/*.yaml"), *ROOT.glob("tests/**/regulations/*.yaml")])
"""The packs, and the files that stand beside them."""
FIFTH_PACK = ROOT / "tests/packs/fifth/regulations/shili-city-2026.yaml"
EXAMPLES: Any = texts()["pack_examples"]
KEYS = sorted((part, key) for part, key in every_key() if part in HOSTS or part == "word")
BESIDE = sorted((part, key) for part, key in every_key() if part in ("examples", "english", "override"))


@cache
def schema_of(path: Path | None = None) -> Any:
    return pack_schema(pack.vocabulary_of(path) if path else None)


@cache
def validator(path: Path | None = None) -> Draft202012Validator:
    return Draft202012Validator(schema_of(path))


def refused(data: Any, path: Path | None = None) -> list[str]:
    return wrong_with(data, validator(path))


@cache
def _read_once(path: Path) -> str:
    return json.dumps(plain(parse(path.read_text(encoding="utf-8"))[0]))


def data_of(path: Path) -> Any:
    """What a file says, for every test its own, which it may change."""
    return json.loads(_read_once(path))


def test_it_is_a_json_schema() -> None:
    check_schema(schema_of(FIFTH_PACK))
    assert len(FILES) >= 13


def test_what_is_committed_is_what_the_declarations_make() -> None:
    committed = (ROOT / "govit/schemas/regulation.schema.json").read_text(encoding="utf-8")
    assert committed == render(None), "govit schema regulation -o govit/schemas/regulation.schema.json"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_pack_is_valid(path: Path) -> None:
    """As an editor reads it: true and 3 are no texts."""
    typed = _typed(data_of(path))
    assert refused(typed) == []
    if path == FIFTH_PACK:
        assert refused(typed, path) == []


def _typed(data: Any) -> Any:
    """The data as an editor types it."""
    if isinstance(data, dict):
        return {key: _typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_typed(value) for value in data]
    if not isinstance(data, str):
        return data
    if data in ("true", "false"):
        return data == "true"
    return int(data) if data.isdecimal() else data


def _closed_mappings(data: Any, part: str) -> Any:
    """Every mapping of a pack whose keys are closed, with its part."""
    if not isinstance(data, dict):
        return
    yield part, data
    for key, value in data.items():
        declared = PARTS[part].get(key)
        if declared is None:
            continue
        if declared.shape is Shape.VOCABULARY:
            for listed, about in value.items():
                for word in _said_of(about):
                    yield from _closed_mappings(word, "question" if listed == "questions" else "word")
        elif declared.part:
            for entry in (
                value if isinstance(value, list) else value.values() if declared.shape is Shape.NAMED else [value]
            ):
                yield from _closed_mappings(entry, declared.part)


def _said_of(words: Any) -> list[Any]:
    """What is said of the words of a list, which is written as a mapping or as a list."""
    if isinstance(words, dict):
        return list(words.values())
    return [about for entry in words or () if isinstance(entry, dict) for about in entry.values()]


def _named() -> list[tuple[str, str]]:
    own = _closed_mappings(data_of(FIFTH_PACK), "top")
    return sorted({(part, key) for part, mapping in own for key in mapping})


@pytest.mark.parametrize(("part", "key"), _named())
def test_a_misspelt_key_is_refused_by_both(part: str, key: str) -> None:
    data = data_of(FIFTH_PACK)
    mapping = next(mapping for where, mapping in _closed_mappings(data, "top") if where == part and key in mapping)
    mapping[f"{key}x"] = mapping.pop(key)
    assert faults(data)
    assert refused(data)


@pytest.mark.parametrize(("part", "key"), KEYS)
def test_every_key_has_an_example_that_both_take(part: str, key: str) -> None:
    """Put where it belongs, into a pack that has everything else."""
    value = read(str(EXAMPLES[part][key]))
    assert hosts(part, key)
    for host in hosts(part, key):
        made = with_key(host, part, key, value)
        assert refused(_typed(made)) == []
        if (part, key) not in ALONE:
            assert faults(made) == []


@pytest.mark.parametrize(("part", "key"), KEYS)
def test_what_is_required_is_missed_by_both_and_nothing_else(part: str, key: str) -> None:
    for host in hosts(part, key):
        made = copy.deepcopy(WHOLE)
        if below(made, host).pop(key, None) is not None:
            assert bool(refused(_typed(made))) is PARTS[part][key].required
            if PARTS[part][key].required:
                assert faults(made)


@pytest.mark.parametrize(("part", "key"), BESIDE)
def test_what_stands_beside_a_pack(part: str, key: str, tmp_path: Path) -> None:
    """Read with the pack, and by the same schema: an editor knows both by where they lie."""
    law = {key: value for key, value in copy.deepcopy(WHOLE).items() if key != "base"}
    rule = below(law, HOSTS["rule"])
    del rule["examples"], rule["title_en"]
    whole = {"examples": OF_EXAMPLES, "english": OF_ENGLISH, "override": OF_OVERRIDE}[part]
    given = {**whole, key: read(str(EXAMPLES[part][key]))}
    ending = {"examples": ".examples.yaml", "english": ".en.yaml", "override": ".override.yaml"}[part]
    (tmp_path / "shown-2026.yaml").write_text(json.dumps(law, ensure_ascii=False), encoding="utf-8")
    (tmp_path / f"shown-2026{ending}").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    found = Library().get("shown-2026", tmp_path)
    assert found is not None
    assert refused(_typed(given)) == []
    wrong = {**given, f"{key}x": given[key]}
    assert refused(_typed(wrong))
    (tmp_path / f"shown-2026{ending}").write_text(json.dumps(wrong, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(pack.PackError, match=f"没有“{key}x”这个键"):
        Library().get("shown-2026", tmp_path)


def test_words_may_be_a_list() -> None:
    made = copy.deepcopy(WHOLE)
    made["words"]["documents"] = ["可行性研究报告", {"建设方案": {"also": ["方案"]}}]
    assert refused(_typed(made)) == []
    assert faults(made) == []
    made["words"]["documents"][1]["建设方案"]["alos"] = made["words"]["documents"][1]["建设方案"].pop("also")
    assert refused(_typed(made))
    assert faults(made)


def test_no_example_is_left_over() -> None:
    assert {(part, key) for part, keys in EXAMPLES.items() for key in keys} == set(every_key())
    assert {part for part in PARTS if part not in ("word", "examples", "english", "override")} == set(HOSTS)


def test_the_keys_of_words_and_of_the_files_beside_a_pack_are_the_declared_ones() -> None:
    assert {key for name in words.WORD_LISTS for key in words.keys_of_words(name)} == set(PARTS["word"])
    assert set(beside.EXAMPLES_KEYS) == set(PARTS["examples"])
    assert set(beside.ENGLISH_KEYS) == set(PARTS["english"])
    assert {form.written for form in FORMS} <= set(PARTS["fact"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_check_has_its_own_parameters_only(kind: str) -> None:
    other = next(one.key for name in KINDS for one in parameters(KINDS[name]) if one.key not in _keys(kind))
    made = copy.deepcopy(WHOLE)
    rule = below(made, HOSTS["rule"])
    rule.pop("field")
    rule["check"] = kind
    about = texts()["checks"][kind]
    rule |= {key: read(str(value)) for key, value in about["example"].items()} | about.get("each_example", {})
    if "each" in about:
        rule["each"] = {name: read(value) for name, value in about["each"].items()}
    assert refused(_typed(made)) == []
    assert faults(made) == []
    rule[other] = "x"
    assert refused(_typed(made))
    assert faults(made)


def _keys(kind: str) -> set[str]:
    return {*PARTS["rule"], *(one.key for one in parameters(KINDS[kind]))}


def test_every_ref_that_is_told_of_is_known_to_the_schema() -> None:
    for ref in texts()["refs"]:
        made = copy.deepcopy(WHOLE)
        below(made, HOSTS["rule"])["field"] = ref
        assert refused(_typed(made)) == [], ref


@pytest.mark.parametrize(
    ("condition", "taken"),
    [
        ({"budget.total": "> 100万元"}, True),
        ({"events.项目建成": True}, True),
        ({"approvals.技术审核@市数据局.amount": "> 1元"}, True),
        ({"建设类": True}, True),
        ({"as_of.year": 2026}, True),
        ({"item.traits.某事": True}, True),
        ({"catalogue.产生.count": "> 0"}, True),
        ({"budget.totl": "> 100万元"}, False),
        ({"evnets.项目建成": True}, False),
        ({"traits": {"a": 1}}, False),
    ],
)
def test_conditions(condition: dict[str, Any], taken: bool) -> None:  # noqa: FBT001 - a column of the table
    made = copy.deepcopy(WHOLE)
    below(made, HOSTS["rule"])["when"] = condition
    assert (refused(_typed(made)) == []) is taken


def test_the_command_offers_the_words_of_a_pack_that_has_faults(tmp_path: Path) -> None:
    """Its author wants them while he writes."""
    made = {**WHOLE, "articles": []}
    (tmp_path / "shown-2026.yaml").write_text(yaml.safe_dump(made, allow_unicode=True), encoding="utf-8")
    asked = ["schema", "regulation", "--regulation", "shown-2026", "--regulations", str(tmp_path)]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0
    assert "events.项目建成" in json.loads(result.stdout)["$defs"]["condition"]["properties"]
    of_any = json.loads(CliRunner().invoke(app, ["schema", "regulation"]).stdout)
    assert "events.项目建成" not in of_any["$defs"]["condition"]["properties"]
    assert of_any["$defs"]["condition"]["properties"]["budget.total"]["title"] == "总投资"
    wrong = CliRunner().invoke(app, [*asked[:2], "--regulation", "shwon-2026", "--regulations", str(tmp_path)])
    assert wrong.exit_code == 2
    assert "shown-2026" in wrong.stderr
