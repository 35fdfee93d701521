"""A regulation of three articles for tests of the engine; tests change a line of it and look what follows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from govit.authoring.examples import node_of
from govit.calendar.workdays import published
from govit.dossier.fields import Reader
from govit.dossier.model import Index, Project, Settings, Source
from govit.judging.engine import Options, evaluate
from govit.law.packs.pack import build
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from govit.dossier.finding import Finding
    from govit.law.regulation import Regulation

PACK = """
id: small-2024
prefix: SM
title: 小城办法
document_number: 小政〔2024〕1号
effective_from: 2024-01-01
effective_to: 2025-12-31
status: in_force
words:
  categories: {新建: {traits: [建设类]}, 运维: {}}
  bodies: {甲局: {}, 乙局: {}}
  acts: {甲审: {}, 乙审: {}}
  documents: {方案书: {}}
  events: {完成建设: {}}
  submissions: {交报告: {to: 甲局}}
  traits: {跨界: {ask: 是否跨界？}}
  questions: {问清楚: {ask: 是否问清楚？, who: 经办人}}
stages:
  - {name: 草拟}
  - {name: 申报, passed: approvals.甲审}
  - {name: 审批, passed: approvals.乙审}
  - {name: 验收}
facts: []
articles:
  - number: 第一条
    sentences:
      - text: 超过一百万元的新建项目应当经甲局审。
        rules:
          - {id: SM-1-1, title: 应经甲局审, title_en: A, quote: 应当经甲局审, check: approved, act: 甲审, body: 甲局,
             stage: 审批, when: {建设类: true, budget.total: "> 100万元"}, strength: must, hint: 去甲局}
  - number: 第二条
    sentences:
      - text: 建成后六个月内交报告，原则上三个月内交。
        rules:
          - {id: SM-2-1, title: 六个月内交报告, title_en: B, quote: 建成后六个月内交报告, check: within,
             from: events.完成建设, act: submissions.交报告, period: 6个月, strength: must}
          - {id: SM-2-2, title: 原则上三个月内交, title_en: C, quote: 原则上三个月内交, check: within,
             from: events.完成建设, act: submissions.交报告, period: 3个月, strength: default}
  - number: 第三条
    sentences:
      - text: 应当有方案书，问清楚。
        rules:
          - {id: SM-3-1, title: 应有方案书, title_en: D, quote: 应当有方案书, check: present, documents: [方案书],
             stage: 申报, strength: must}
          - {id: SM-3-2, title: 应问清楚, title_en: E, quote: 问清楚, check: answered, question: 问清楚,
             stage: 申报, strength: must}
"""

CLEAN: dict[str, Any] = {
    "id": "p",
    "name": "项目",
    "stage": "审批",
    "category": "新建",
    "unit": {"name": "某局"},
    "budget": {"total": "100万元"},
    "answers": {"问清楚": {"answer": "是", "by": "某人", "on": "2024-02-01"}},
    "documents": [{"kinds": ["方案书"]}],
}


def regulation(text: str = PACK) -> Regulation:
    """The small regulation, or a changed text of it."""
    root, faults = parse(text)
    return build(root, faults, "small-2024.yaml")


def project(pack: Regulation, **given: Any) -> Project:
    """The clean project with some keys changed; None removes one."""
    data = {key: value for key, value in {**CLEAN, **given}.items() if value is not None}
    reader = Reader(pack.vocabulary())
    read = reader.record(Project, node_of(data), "")
    assert reader.faults == [], reader.faults
    return _placed(read)


def _placed(read: Project) -> Project:
    from govit.base.records import replace

    return replace(read, source=Source("p/project.yaml", {"": (1, 1)}), settings=Settings())


def judge(text: str = PACK, on: str = "2024-06-03", stage: str | None = None, **given: Any) -> dict[str, Finding]:
    """Judge the small project; the findings by rule, the gravest where a rule has several."""
    assume, rules = bool(given.pop("assume_in_force", False)), tuple(given.pop("rules", ()))
    pack = regulation(text)
    options = Options(
        as_of=dt.date.fromisoformat(on), schedule=published(), stage=stage, assume_in_force=assume, rules=rules
    )
    findings = evaluate(project(pack, **given), pack, Index(), options)
    return {finding.rule: finding for finding in sorted(findings, key=lambda f: f.outcome.value)}
