"""说明：the text of an article, what a rule demands in words, its examples, what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.authoring.coverage import chosen
from govit.authoring.example_runs import WORDS as _OUTCOMES
from govit.authoring.examples import examples_of
from govit.base.language import is_english, say
from govit.base.nearest import did_you_mean
from govit.base.usage import UsageError
from govit.dossier.finding import Severity
from govit.dossier.own_rules import GOV_RULES
from govit.law.conditions import show
from govit.law.in_words import describe
from govit.law.regulation import STRENGTH_WORDS, Article, Regulation, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from govit.law.library import Library
    from govit.yamltext.written import Plain

_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_ARTICLE = re.compile(r"(第[一二三四五六七八九十百]+条)(?:[（(]([^（()）]+)[）)])?")


def explain(library: Library, what: str, regulation: str | None = None, own: Path | None = None) -> str:
    """Explain a rule id or an article; UsageError with the nearest name if there is none."""
    if what.upper() in GOV_RULES:
        return _gov(what.upper())
    regulations = chosen(library, regulation, own)
    if _ARTICLE.match(what):
        return _article_named(what, regulations)
    for one in regulations:
        for rule in one.rules:
            if rule.id.upper() == what.upper():
                return _rule_whole(rule, one)
    known = [rule.id for one in regulations for rule in one.rules] + list(GOV_RULES)
    message = f"没有“{what}”这条规则或条文；{did_you_mean(what.upper(), known)}"
    raise UsageError(message)


def _gov(rule_id: str) -> str:
    rule = GOV_RULES[rule_id]
    return f"{rule_id} {rule.title}（{say(_SEVERITIES[rule.severity])}）\n  {rule.title_en}\n  {say('govit 自身的检查，不出自办法，不能豁免。')}\n"


def _article_named(what: str, regulations: list[Regulation]) -> str:
    found = _ARTICLE.match(what)
    number, mark = (found[1], found[2]) if found else ("", None)
    blocks = [
        _article(article, one)
        for one in regulations
        for article in one.articles
        if article.number == number and (mark not in ("前", "后") or article.mark == mark)
    ]
    if not blocks:
        spans = "；".join(f"{r.id} 有 {r.articles[0].number}至{r.articles[-1].number}" for r in regulations)
        notes = "".join(f"；{note}" for r in regulations for note in r.notes if number in note)
        message = f"没有{what}；{spans}{notes}"
        raise UsageError(message)
    return "\n".join(blocks)


def _article(article: Article, regulation: Regulation) -> str:
    rows = [f"《{regulation.title}》（{regulation.document_number}）{article.cite}", ""]
    for sentence in article.sentences:
        rows.append(f"  {sentence.text}")
        rows += [f"    → {rule.id} {_title(rule)}（{say(_SEVERITIES[rule.severity])}）" for rule in sentence.rules]
        if sentence.status:
            rows.append(f"    → 〔{sentence.status}〕{sentence.why}")
    return "\n".join(rows) + "\n"


def _title(rule: Rule) -> str:
    return rule.title_en if is_english() else rule.title


def _rule_whole(rule: Rule, regulation: Regulation) -> str:
    rows = [
        f"{rule.id} {rule.title}",
        f"  {rule.title_en}",
        f"  {say('办法')} 《{regulation.title}》（{regulation.document_number}）{rule.article}",
        f"  {say('原文')} “{_sentence_of(rule, regulation)}”",
        f"  {say('所据')} “{rule.quote}”",
        f"  {say('要求')} {describe(rule)}",
        f"  {say('轻重')} {STRENGTH_WORDS[rule.strength]} → {say(_SEVERITIES[rule.severity])}"
        + (f"（{rule.why}）" if rule.why else ""),
    ]
    if rule.reading:
        rows.append(f"  〔释〕{rule.reading}")
    if rule.hint:
        rows.append(f"  {say('怎么办')} {rule.hint}")
    rows.append("  " + say("示例（在样板项目上改动）"))
    rows += [
        f"    {say(_OUTCOMES[e.expected])}：{_patch(e.patch)}（{e.stage or '不分阶段'}，{e.as_of}）"
        for e in examples_of(rule, regulation)
    ]
    return "\n".join(rows) + "\n"


def _sentence_of(rule: Rule, regulation: Regulation) -> str:
    return next(s.text for a in regulation.articles for s in a.sentences if rule in s.rules)


def _patch(patch: Mapping[str, Plain]) -> str:
    if not patch:
        return "样板项目原样"
    return "；".join(f"{key} = {_value(value)}" for key, value in patch.items())


def _value(value: Plain) -> str:
    if value is None:
        return "没有"
    if isinstance(value, dict):
        return "{" + "，".join(f"{key}: {_value(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + "，".join(_value(entry) for entry in value) + "]"
    return show(value)
