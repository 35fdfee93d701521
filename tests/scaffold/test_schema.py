"""The JSON Schemas: what an editor accepts is what the reader accepts, and every word is there."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from places import FIFTH, ROOT, SAMPLES
from published import check_schema, wrong_with
from typer.testing import CliRunner

from govit.base.dates import DATE_PATTERN, PERIOD_PATTERN, YEAR_PATTERN, parse_date
from govit.base.money import parse_money, pattern
from govit.cli.commands import app
from govit.dossier.fields import Reader
from govit.dossier.keys import specs
from govit.dossier.model import Project
from govit.law.library import Library
from govit.scaffold.schema import render, schema
from govit.yamltext.tree import parse

PACKAGE = Path(__import__("govit").__file__).parent
FILES = sorted(SAMPLES.rglob("*.yaml"))
BUILT_IN = Library().ids()


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a date is text, `on` and `yes` are words."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|True|TRUE|false|False|FALSE"), list("tTfF"))


def read(text: str) -> Any:
    return yaml.load(text, Core)  # noqa: S506 - a SafeLoader


@cache
def schema_of(name: str, *ids: str) -> Any:
    regulations = [Library().get(i) for i in ids or BUILT_IN]
    return schema(name, [r for r in regulations if r is not None])


@cache
def validator(name: str, *ids: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name, *ids))


def faults(text: str, name: str = "project", *ids: str) -> list[str]:
    return wrong_with(read(text), validator(name, *ids))


MINIMAL = "id: a\nname: 某项目\nstage: 草拟\n"


@pytest.mark.parametrize("name", ["project", "govit"])
def test_what_is_committed_is_what_the_model_and_the_packs_make(name: str) -> None:
    committed = (PACKAGE / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    regulations = [r for r in map(Library().get, BUILT_IN) if r is not None]
    assert committed == render(name, regulations), f"govit schema {name} -o govit/schemas/{name}.schema.json"


@pytest.mark.parametrize("name", ["project", "govit"])
@pytest.mark.parametrize("ids", [(), *[(i,) for i in BUILT_IN]])
def test_it_is_a_json_schema(name: str, ids: tuple[str, ...]) -> None:
    check_schema(schema_of(name, *ids))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_sample_is_valid(path: Path) -> None:
    name = {"project.yaml": "project", "govit.yaml": "govit"}[path.name]
    regulation = read((path.parents[name == "project"] / "govit.yaml").read_text(encoding="utf-8"))["regulation"]
    text = path.read_text(encoding="utf-8")
    assert faults(text, name) == []
    assert faults(text, name, regulation) == []


@pytest.mark.parametrize(
    "text",
    [
        MINIMAL,
        MINIMAL + "category:\nyear:\ntraits:\n  跨部门:\nevents:\n",
        MINIMAL + "year: 2027\ncontact: {person: 李四, phone: 13800000000}\n",
        MINIMAL + "documents:\n  - {kinds: [建设方案, 可研报告], path: a.docx}\n",
        MINIMAL + "traits: {跨部门: 是, 跨层级: 否, 展示大屏: true}\n",
        MINIMAL + "category: {lianyungang-2025: 新建, qidong-2022: 新建}\n",
        "id: a\nclassified: true\n",
        "id: a\nregulation: lianyungang-2025\nclassified: true\n",
    ],
)
def test_what_the_reader_takes_is_valid(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "id: a\nname: 某项目\n",
        "id: a\nname:\nstage: 草拟\n",
        MINIMAL + "bugdet: {total: 320万元}\n",
        MINIMAL + "budget: {total: 320}\n",
        MINIMAL + "budget: {total: 320 万}\n",
        MINIMAL + "category: 新见\n",
        MINIMAL + "year: 27\n",
        MINIMAL + "classified: 是\n",
        MINIMAL + "traits: {跨部门: 有}\n",
        MINIMAL + "traits: {没有的特征: true}\n",
        MINIMAL + "events: [{kind: 项目开工, on: 2026-02-30}]\n",
        MINIMAL + "events: [{on: 2026-02-28}]\n",
        MINIMAL + "documents: [{kinds: 建设方案}]\n",
        MINIMAL + "answers: {存量衔接: 是}\n",
        MINIMAL + "answers: {存量衔接: {answer: 不适用, by: 某人, on: 2026-03-01}}\n",
        "id: a\nname: 某项目\nclassified: true\n",
        "id: a\nclassified: true\nbudget: {total: 1万元}\n",
        "classified: true\n",
    ],
)
def test_what_the_reader_refuses_is_invalid(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(("text", "wrong"), [("regulation: 没有\n", 1), ("systems: [{name: 某系统}]\n", 1), ("{}", 0)])
def test_govit_yaml(text: str, wrong: int) -> None:
    assert len(faults(text, "govit")) == wrong


# -- the reader's own patterns ---------------------------------------------------------------------------

_WRITTEN = st.text("0123456789,. 万亿元-年月日１Q", max_size=12)
_MONEY = st.builds(
    "{}{}{}{}".format,
    st.one_of(st.integers(0, 10**16).map(str), st.integers(0, 10**16).map("{:,}".format), st.just("0,000,100")),
    st.one_of(st.just(""), st.text("0123456789", max_size=12).map(".{}".format)),
    st.sampled_from(["", " ", "　", "\t"]),
    st.sampled_from(["元", "万元", "亿元", "万"]),
)
_DATES = st.builds("{:04}-{:02}-{:02}".format, st.integers(1890, 2110), st.integers(0, 13), st.integers(0, 32))


def accepted(key: str, text: str) -> bool:
    """Whether the reader takes a text as the value of a key, quoted or not."""
    node, _ = parse(f"{key}: {json.dumps(text, ensure_ascii=False)}")
    reader = Reader(None)
    values = reader.fields(_CLASSES[key], node, "")
    return key in values and not [f for f in reader.faults if f.rule == "GOV-107"]


_CLASSES = {
    "total": specs(Project)["budget"].of,
    "start": specs(Project)["schedule"].of,
    "year": Project,
    "period": specs(Project)["submissions"].of,
}


@given(st.one_of(_WRITTEN, _MONEY))
def test_money(text: str) -> None:
    assert bool(re.search(pattern(), text)) is accepted("total", text)


@pytest.mark.parametrize("unit", ["元", "万元", "亿元"])
@pytest.mark.parametrize("text", ["100000000000000", "99999999999999", "100,000,000,000,000", "10000000000", "1000000"])
@pytest.mark.parametrize("decimals", ["", ".0", ".00", ".01", ".001", ".0010", ".00000001"])
def test_money_at_its_limits(text: str, decimals: str, unit: str) -> None:
    whole = f"{text}{decimals}{unit}"
    try:
        parse_money(whole)
    except ValueError:
        assert not re.search(pattern(), whole)
    else:
        assert re.search(pattern(), whole)


@given(st.one_of(_WRITTEN, _DATES, st.dates().map(str)))
def test_dates(text: str) -> None:
    assert bool(re.search(DATE_PATTERN, text)) is accepted("start", text)


@pytest.mark.parametrize("year", [1900, 1904, 1999, 2000, 2024, 2026, 2096, 2100])
def test_leap_days(year: int) -> None:
    try:
        parse_date(f"{year}-02-29")
    except ValueError:
        assert not re.search(DATE_PATTERN, f"{year}-02-29")
    else:
        assert re.search(DATE_PATTERN, f"{year}-02-29")


@given(st.one_of(_WRITTEN, st.from_regex(r"(18|19|20)[0-9]{2}(Q[0-5]|H[0-3]|-[01][0-9])?", fullmatch=True)))
def test_years_and_periods(text: str) -> None:
    assert bool(re.search(YEAR_PATTERN, text)) is accepted("year", text)
    assert bool(re.search(PERIOD_PATTERN, text)) is accepted("period", text)


# -- what an editor shows --------------------------------------------------------------------------------


def test_every_key_is_described() -> None:
    for name in ("project", "govit"):
        every = schema_of(name)
        for record in (every, *every["$defs"].values()):
            for key, about in record.get("properties", {}).items():
                assert about["title"], key
                assert about["description"], key


def test_a_key_has_its_label_its_purpose_and_the_articles_that_ask_for_it() -> None:
    total = schema_of("project", "lianyungang-2025")["$defs"]["Budget"]["properties"]["total"]
    assert total["title"] == "总投资"
    assert "例如 320万元" in total["description"]
    assert "第十八条第一款" in total["description"]
    assert "lianyungang-2025 第二条" in json.dumps(schema_of("project"), ensure_ascii=False)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_word_and_question_of_a_regulation_is_offered(name: str) -> None:
    regulation = Library().get(name)
    assert regulation is not None
    text = render("project", [regulation]) + render("govit", [regulation])
    for listed in regulation.words.values():
        assert all(json.dumps(word, ensure_ascii=False) in text for word in listed)
    for question in regulation.questions.values():
        assert question.ask in text
    assert all(f'"{rule.id}"' in text for rule in regulation.rules)


def test_a_regulation_of_ones_own_has_a_schema_too() -> None:
    folder = FIFTH / "regulations"
    result = CliRunner().invoke(app, ["schema", "--regulations", str(folder), "--regulation", "shili-city-2026"])
    assert result.exit_code == 0
    check_schema(json.loads(result.output))


def test_an_unknown_regulation_is_named() -> None:
    result = CliRunner().invoke(app, ["schema", "--regulation", "lianyungang"])
    assert (result.exit_code, "lianyungang-2025" in result.output) == (2, True)
