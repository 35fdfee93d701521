"""The reference: it is drawn from the code, it misses nothing, and what it shows as an example can be read.

GOVIT_SNAPSHOTS=write writes the generated parts of the topics `keys` and `pack-keys` anew.
"""

from __future__ import annotations

import copy
import json
import os
from typing import Any

import pytest
from authoring.whole_pack import WHOLE, read
from authoring.whole_pack import faults as pack_faults

from govit.authoring import reference
from govit.authoring.examples import build
from govit.cli.help_topics import place
from govit.dossier.keys import Kind, specs
from govit.dossier.model import Project, Settings
from govit.law import conditions
from govit.law.derivations import FORMS
from govit.law.kinds.demand import Syntax, parameters
from govit.law.kinds.table import KINDS
from govit.law.library import built_in_packs
from govit.law.packs import pack
from govit.law.packs.keys import PARTS, Shape
from govit.law.packs.nodes import plain
from govit.law.packs.words import WORD_LISTS
from govit.law.regulation import STATUSES, STRENGTHS
from govit.yamltext.tree import parse

TEXTS: Any = reference.texts()


@pytest.mark.parametrize("language", reference.LANGUAGES)
@pytest.mark.parametrize("topic", ["keys", "pack-keys"])
def test_the_reference_is_what_the_code_gives(topic: str, language: str) -> None:
    path = place(topic, language)
    page = path.read_text(encoding="utf-8")
    made = reference.renewed(page, reference.pages(language)[topic])
    if os.environ.get("GOVIT_SNAPSHOTS") == "write":
        path.write_text(made, encoding="utf-8")
    assert page == made, "GOVIT_SNAPSHOTS=write 重新生成"


def test_every_key_of_a_dossier_has_its_english() -> None:
    waiting: list[type[Any]] = [Project, Settings]
    found: dict[str, set[str]] = {}
    while waiting:
        record = waiting.pop()
        found[record.__name__] = set(specs(record))
        waiting += [spec.of for spec in specs(record).values() if spec.of and spec.of.__name__ not in found]
    assert {record: set(keys) for record, keys in TEXTS["keys"].items()} == found
    assert set(TEXTS["kinds"]) == {kind.name for kind in Kind}


def test_every_key_of_a_pack_is_told() -> None:
    """Those that are declared, so that one added there is missed here. What a form of a fact is worth is told once."""
    forms = {form.written for form in FORMS}
    told = {part: set(keys) | (forms if part == "fact" else set()) for part, keys in TEXTS["pack"].items()}
    assert told == {part: set(keys) for part, keys in PARTS.items()}
    assert set(reference._PARTS) == set(PARTS)
    assert {key: len(both) for keys in TEXTS["pack"].values() for key, both in keys.items() if len(both) != 2} == {}


def test_the_packs_use_no_key_of_a_word_or_form_that_is_not_told() -> None:
    words, entries = set(), set()
    for path in built_in_packs():
        top: Any = plain(parse(path.read_text(encoding="utf-8"))[0])
        listed = [entry for words_of in top["words"].values() for entry in _said_of(words_of)]
        words |= {key for about in listed for key in about or ()}
        entries |= {key for form in top["forms"] for key in form}
    assert len(words) > 8
    assert words <= {*TEXTS["pack"]["word"], *TEXTS["pack"]["question"]}
    assert entries <= set(TEXTS["pack"]["form"])


def _said_of(words: Any) -> list[Any]:
    """What is said of the words of a list, which is written as a mapping or as a list."""
    if isinstance(words, dict):
        return list(words.values())
    return [about for entry in words if isinstance(entry, dict) for about in entry.values()]


def test_closed_lists_are_told_whole() -> None:
    keys = {one.key for kind in KINDS.values() for one in parameters(kind)}
    effects = next(one.choices for one in parameters(KINDS["scope"]) if one.key == "effect")
    assert set(TEXTS["checks"]) == set(KINDS)
    assert {name.rpartition(".")[2] for name in TEXTS["params"]} == keys
    assert set(TEXTS["shapes"]) == {shape.value for shape in Syntax}
    assert set(TEXTS["forms"]) == {form.written for form in FORMS}
    assert set(TEXTS["pack_shapes"]) == {shape.value for shape in Shape}
    assert set(TEXTS["status_examples"]) == set(STATUSES)
    assert set(TEXTS["attributes"]) == set(conditions._ATTRIBUTE_LABELS)
    assert (set(TEXTS["statuses"]), set(TEXTS["strengths"])) == (set(STATUSES), set(STRENGTHS))
    assert (set(TEXTS["words"]), set(TEXTS["effects"])) == (set(WORD_LISTS), set(effects))


PACK = """
id: shown-2026
prefix: SH
title: 示例办法
document_number: 示〔2026〕1号
effective_from: 2026-01-01
status: in_force
words:
  levels: {市级: {}}
  categories: {新建: {traits: [建设类]}, 续建: {}, 运维: {}}
  hosting: {政务云: {}, 自建机房: {}}
  bodies: {市数据局: {}}
  acts: {技术审核: {}}
  documents: {可行性研究报告: {}}
  events: {项目开工: {}, 项目建成: {}}
  contracts: {建设合同: {}}
  submissions: {竣工验收申请: {}, 季度进展: {}}
  funding_sources: {财政资金: {}, 自筹资金: {}}
  budget_kinds: {软件开发费: {}}
  traits: {紧急: {}}
  figures: {评审专家人数: {}}
  change_traits: {经过论证: {}}
  questions: {数据共享落实: {ask: 是否落实？}}
stages: [{name: 草拟}, {name: 实施}]
facts:
FACTS
articles:
  - number: 第一条
    sentences:
      - text: 应当这样。
        rules:
          - id: SH-1-1
            title: 应当这样
            title_en: So
            quote: 应当这样
            stage: 实施
            strength: must
"""


def faults(facts: str, rule: list[str]) -> list[str]:
    """What the reader of packs says of a rule, and of facts, that the reference shows."""
    text = PACK.replace("FACTS", facts) + "".join(f"            {line}\n" for line in rule)
    try:
        pack.build(*parse(text), "shown-2026.yaml")
    except pack.PackError as error:
        return [f"{fault.message}{fault.hint}" for fault in error.faults]
    return []


NO_FACTS = "  []"
ANY_RULE = ["check: given", "field: name"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_every_kind_of_check_can_be_read(kind: str) -> None:
    about = TEXTS["checks"][kind]
    lines = [f"check: {kind}", *(f"{name}: {value}" for name, value in about["example"].items())]
    lines += ["each: {" + ", ".join(f"{n}: {v}" for n, v in about["each"].items()) + "}"] if "each" in about else []
    assert faults(NO_FACTS, lines) == []


@pytest.mark.parametrize("form", [form.written for form in FORMS])
def test_the_example_of_every_form_of_a_fact_can_be_read(form: str) -> None:
    shown = TEXTS["pack_examples"]["fact"][form]
    assert faults(f"  - {{name: 某事, article: 第一条, {form}: {shown}}}", ANY_RULE) == []


@pytest.mark.parametrize("test", TEXTS["tests"])
def test_every_condition_that_is_shown_can_be_read(test: str) -> None:
    assert faults(NO_FACTS, [*ANY_RULE, "when:", f"  {test}"]) == []


@pytest.mark.parametrize("ref", TEXTS["refs"])
def test_every_ref_that_is_shown_can_be_read(ref: str) -> None:
    each = ["each: {changes: all}"] if ref.startswith("item.") else []
    assert faults(NO_FACTS, ["check: given", f"field: {ref}", *each]) == []


@pytest.mark.parametrize(
    "attribute", [one for one in TEXTS["attributes"] if one not in ("spent", "by", "to", "period", "until", "of", "issued")]
)
def test_every_attribute_that_is_shown_can_be_read(attribute: str) -> None:
    assert faults(NO_FACTS, ["check: given", f"field: approvals.技术审核.{attribute}"]) == []


@pytest.mark.parametrize("status", STATUSES)
def test_the_example_of_every_status_can_be_read(status: str) -> None:
    made = copy.deepcopy(WHOLE)
    made["articles"][0]["sentences"].append(read(TEXTS["status_examples"][status]))
    assert pack_faults(made) == []


@pytest.mark.parametrize("effect", TEXTS["effects"])
def test_the_example_of_every_effect_can_be_read(effect: str) -> None:
    holds = TEXTS["checks"]["scope"]["example"]["holds"]
    assert faults(NO_FACTS, ["check: scope", f"holds: {holds}", f"effect: {effect}"]) == []


@pytest.mark.parametrize("patch", TEXTS["patches"])
def test_every_change_of_the_model_project_that_is_shown_can_be_made(patch: str) -> None:
    regulation = pack.build(*parse(json.dumps(WHOLE, ensure_ascii=False)), "shown-2026.yaml")
    given = plain(parse(patch)[0])
    assert isinstance(given, dict)
    before, _ = build(regulation, {})
    after, neighbours = build(regulation, given)
    key = next(iter(given))
    assert neighbours if key == "neighbours" else (after != before and as_text(after) != as_text(before))


def as_text(project: object) -> str:
    return repr(project)


def test_a_mistake_in_what_is_shown_would_be_seen() -> None:
    assert faults(NO_FACTS, ["check: given", "field: budget.totl"])
    assert faults("  - {name: 某事, article: 第一条, sum: [funding.没有的]}", ANY_RULE)
