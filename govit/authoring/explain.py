"""说明：the text of an article, what a rule demands in words, its examples, what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.authoring.coverage import chosen
from govit.authoring.example_runs import WORDS as _OUTCOMES
from govit.authoring.examples import ExampleError, examples_of
from govit.base.language import is_english, say
from govit.base.nearest import did_you_mean
from govit.base.usage import UsageError
from govit.dossier.finding import Severity
from govit.dossier.own_rules import GOV_RULES
from govit.law.conditions import show
from govit.law.in_words import describe
from govit.law.regulation import STRENGTH_WORDS, Article, Regulation, Rule, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from govit.law.library import Library
    from govit.yamltext.written import Plain

_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_RULE_ID = re.compile(r"[A-Za-z]+-\d[\w-]*")
_ARTICLE = re.compile(r"(第[一二三四五六七八九十百]+条)(?:[（(]([^（()）]+)[）)])?")


def explain(
    library: Library, what: str, regulation: str | None = None, own: Path | None = None, near: Sequence[str] = ()
) -> str:
    """Explain a rule id or an article, or find what speaks of words; UsageError with the nearest name if nothing does.

    `near` are the regulations of the dossier in which it is asked; they come first.
    """
    if what.upper() in GOV_RULES:
        return _gov(what.upper())
    regulations = sorted(chosen(library, regulation, own), key=lambda one: one.id not in near)
    if _ARTICLE.match(what):
        return _article_named(what, regulations)
    for one in regulations:
        for rule in one.rules:
            if rule.id.upper() == what.upper():
                return _rule_whole(rule, one)
    found = "" if _RULE_ID.fullmatch(what) else _speaking_of(what.split(), regulations)
    if found:
        return found
    known = [rule.id for one in regulations for rule in one.rules] + list(GOV_RULES)
    message = f"没有“{what}”这条规则或条文；{did_you_mean(what.upper(), known)}"
    raise UsageError(message)


def _speaking_of(words: Sequence[str], regulations: Sequence[Regulation]) -> str:
    """The rules that speak of all these words, and the sentences that no rule judges, by regulation."""
    blocks = []
    for regulation in regulations:
        rows = [
            row
            for article in regulation.articles
            for sentence in article.sentences
            for row in _found(words, sentence, article)
        ]
        if rows:
            blocks.append("\n".join([regulation.numbered, *rows]) + "\n")
    count = sum(block.count("\n") - 1 for block in blocks)
    tail = say("共 {} 处；govit explain 规则编号或条号 看全文").format(count)
    return "\n".join([*blocks, f"{tail}\n"]) if blocks else ""


def _found(words: Sequence[str], sentence: Sentence, article: Article) -> Iterator[str]:
    for rule in sentence.rules:
        if _says(words, rule.id, rule.title, rule.title_en, rule.quote, rule.hint, rule.message, sentence.text):
            yield f"  {rule.id} {rule.article} {_title(rule)}（{say(_SEVERITIES[rule.severity])}）"
    if not sentence.rules and _says(words, sentence.text):
        yield f"  {article.cite} 〔{sentence.status}〕{sentence.text}"


def _says(words: Sequence[str], *texts: str) -> bool:
    whole = "\n".join(texts).casefold()
    return bool(words) and all(word.casefold() in whole for word in words)


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
    rows = [f"{regulation.numbered}{article.cite}", ""]
    for sentence in article.sentences:
        rows.append(f"  {sentence.text}")
        rows += [f"    → {rule.id} {_title(rule)}（{say(_SEVERITIES[rule.severity])}）" for rule in sentence.rules]
        if sentence.status:
            rows.append(f"    → 〔{sentence.status}〕{sentence.why}")
    return "\n".join(rows) + "\n"


def _title(rule: Rule) -> str:
    return (rule.title_en or rule.title) if is_english() else rule.title


def _rule_whole(rule: Rule, regulation: Regulation) -> str:
    rows = [
        f"{rule.id} {rule.title}",
        *([f"  {rule.title_en}"] if rule.title_en else []),
        f"  {say('办法')} {regulation.numbered}{rule.article}",
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
    try:
        rows += [
            f"    {say(_OUTCOMES[e.expected])}：{_patch(e.patch)}（{e.stage or '不分阶段'}，{e.as_of}）"
            for e in examples_of(rule, regulation)
        ]
    except ExampleError as error:
        rows.append(f"    {error}")
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
