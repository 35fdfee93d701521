"""A pack that has a mapping of every part, into which a key can be put to see what the loader and the schema say."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from govit.law.packs import pack
from govit.law.packs.keys import PARTS
from govit.law.packs.nodes import plain
from govit.law.packs.words import WORD_LISTS, keys_of_words
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = """
id: shown-2026
prefix: SH
title: 示例办法
document_number: 示〔2026〕1号
effective_from: "2026-01-01"
status: in_force
words:
  levels: {市级: {}}
  categories: {新建: {traits: [建设类]}, 续建: {}, 运维: {}}
  hosting: {政务云: {}, 自建机房: {}}
  bodies: {市数据局: {}, 市财政局: {}}
  acts: {技术审核: {estimate: 批准, by: [市数据局]}}
  documents: {可行性研究报告: {}}
  events: {项目建成: {}, 项目开工: {}}
  contracts: {建设合同: {}}
  submissions: {竣工验收申请: {demands: {可行性研究报告: {copies: 两份}}}, 季度进展: {}}
  notices: {申报通知: {}}
  funding_sources: {财政资金: {}, 自筹资金: {}}
  budget_kinds: {软件开发费: {}}
  traits: {紧急: {}}
  figures: {评审专家人数: {}}
  change_traits: {经过论证: {}}
  questions: {数据共享落实: {ask: 是否落实？}}
stages: [{name: 草拟}, {name: 实施, leaves: [{record: events.项目开工}]}, {name: 评价, stands_for: 绩效}]
facts:
  - {name: 某事, article: 第一条, any: [{建设类: true}]}
  - {name: 某日, article: 第一条, shift: {from: events.项目建成, period: 1年}}
  - {name: 某值, article: 第一条, last_before: {value: approvals.技术审核, day: events.项目建成}}
  - {name: 某年, article: 第一条, year_start: {year: year}}
  - {name: 某时, article: 第一条, only_if: {value: events.项目建成, when: {建设类: true}}}
  - {name: 某表, article: 第一条, exists: {list: contracts, where: {item.amount: "> 1元"}}}
  - {name: 往年, article: 第一条, years: {same: [unit.name], where: {建设类: true}}}
  - {name: 邻近, article: 第一条, neighbours: {same: [year]}}
base:
  as_of: "2026-11-20"
  project:
    id: base
    name: 样板
    stage: 实施
    objective: 目标
    events: [{kind: 项目开工, on: "2026-02-01"}]
    documents: [{kinds: [可行性研究报告], path: a.docx}]
    approvals: [{body: 市数据局, act: 技术审核, result: 通过, date: "2026-01-10"}]
chapters: {第一章 总则: {when: {建设类: true}}}
articles:
  - number: 第一条
    chapter: 第一章 总则
    stage: 实施
    sentences:
      - text: 应当这样。
        rules:
          - id: SH-1-1
            title: 应当这样
            title_en: So
            quote: 应当这样
            check: given
            field: name
            stage: 实施
            strength: must
            why: 说明
            continuing: true
            examples: [{is: complies}]
          - {id: SH-1-3, title: 也应当, check: given, field: objective}
      - {text: 另外也应当这样。, status: 原则, why: 不要求具体的事。}
routes:
  - name: 财政审批
    article: 第一条
    steps: [{rule: SH-1-1, body: 项目单位, does: 申请, choice: [{papers: [可行性研究报告]}]}]
off_route: [{rules: [SH-1-1], why: 事后补办}]
forms:
  - form: application
    title: 项目申报表
    items: [{label: 审批情况}]
    members: [{name: 已批复, when: {approvals.技术审核: true}}]
  - {form: start-filing, title: 开工备案表, template: 开工备案表.docx}
defects: [{where: 全文}]
mended: [{article: 第一条, printed: 因当, reads: 应当}]
"""
WHOLE: Any = plain(parse(_TEXT)[0])
OF_EXAMPLES = {"base": WHOLE["base"], "examples": {"SH-1-1": [{"is": "complies"}]}}
OF_OVERRIDE = {"basis": "示政办〔2031〕5号", "effective_to": "2033-01-31"}
OF_ENGLISH = {"title": "Example", "rules": {"SH-1-1": "So"}}
HOSTS: dict[str, tuple[Any, ...]] = {
    "top": (),
    "question": ("words", "questions", "数据共享落实"),
    "paper": ("words", "submissions", "竣工验收申请", "demands", "可行性研究报告"),
    "stage": ("stages", 1),
    "trace": ("stages", 1, "leaves", 0),
    "fact": ("facts", 0),
    "shift": ("facts", 1, "shift"),
    "at_day": ("facts", 2, "last_before"),
    "year_start": ("facts", 3, "year_start"),
    "only_if": ("facts", 4, "only_if"),
    "of_list": ("facts", 5, "exists"),
    "years": ("facts", 6, "years"),
    "neighbours": ("facts", 7, "neighbours"),
    "chapter": ("chapters", "第一章 总则"),
    "base": ("base",),
    "article": ("articles", 0),
    "sentence": ("articles", 0, "sentences", 1),
    "rule": ("articles", 0, "sentences", 0, "rules", 0),
    "example": ("articles", 0, "sentences", 0, "rules", 0, "examples", 0),
    "route": ("routes", 0),
    "step": ("routes", 0, "steps", 0),
    "choice": ("routes", 0, "steps", 0, "choice", 0),
    "off": ("off_route", 0),
    "form": ("forms", 0),
    "item": ("forms", 0, "items", 0),
    "test": ("forms", 0, "members", 0),
    "defect": ("defects", 0),
    "mended": ("mended", 0),
}
"""Where the whole pack has a mapping of each part; a word stands in every list that has the key."""
_HOSTS_OF_KEYS = {("stage", "stands_for"): ("stages", 2), ("form", "template"): ("forms", 1)}
"""Keys that only some mappings of a part may have."""
_OTHERS = {
    ("route", "channel"): ["steps"],
    **{("fact", form): ["any"] for form in PARTS["fact"] if form not in ("name", "article", "label", "any")},
}
"""What cannot stand beside a key."""
ALONE = {*(("top", key) for key in ("words", "stages", "facts", "articles", "prefix")), ("article", "sentences")}
"""Keys whose example is another pack's: the rest of this one would not fit to it."""


def every_key() -> Iterator[tuple[str, str]]:
    for part, keys in PARTS.items():
        yield from ((part, key) for key in keys)


def hosts(part: str, key: str) -> list[tuple[Any, ...]]:
    """Where a key may be put."""
    if part != "word":
        return [_HOSTS_OF_KEYS.get((part, key), HOSTS[part])]
    words = WHOLE["words"]
    return [("words", one, next(iter(words[one]))) for one in WORD_LISTS if key in keys_of_words(one) and one in words]


def with_key(host: tuple[Any, ...], part: str, key: str, value: Any) -> dict[str, Any]:
    """The whole pack with a key in one place."""
    made = copy.deepcopy(WHOLE)
    at = below(made, host)
    at[key] = value
    for other in _OTHERS.get((part, key), ()):
        at.pop(other, None)
    return made


def below(data: Any, host: tuple[Any, ...]) -> Any:
    for step in host:
        data = data[step]
    return data


def faults(data: dict[str, Any]) -> list[str]:
    """What the loader says of a pack."""
    try:
        pack.build(*parse(json.dumps(data, ensure_ascii=False)), "shown-2026.yaml")
    except pack.PackError as error:
        return [f"{fault.message}{fault.hint}" for fault in error.faults]
    return []


def read(text: str) -> Any:
    """An example as a pack has it: JSON has no dates."""
    return plain(parse(f"x: {text}")[0].entries["x"]) if text != "" else None
