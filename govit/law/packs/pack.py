"""办法包：a YAML file -> Regulation, or every fault of the file with its line.

A pack is code of the law: one that is broken is refused whole, never half used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from govit.base.files import read_bytes
from govit.base.nearest import did_you_mean
from govit.law.form_names import declared_forms
from govit.law.packs.forms import FormReader
from govit.law.packs.nodes import plain
from govit.law.packs.words import LISTS
from govit.law.regulation import STATUSES, Article, Regulation, Sentence
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from govit.yamltext.nodes import Node

__all__ = ["LISTS", "PackError", "build", "load", "plain", "without_examples"]

_TOP = {
    "id",
    "prefix",
    "title",
    "title_en",
    "document_number",
    "issuer",
    "issued",
    "effective_from",
    "effective_to",
    "status",
    "repeals",
    "superseded_by",
    "notes",
    "defects",
    "mended",
    "words",
    "stages",
    "facts",
    "base",
    "articles",
    "routes",
    "forms",
}
_SENTENCE_KEYS = {"text", "cite", "rules", "status", "why", "by"}
_ARTICLE_KEYS = {"number", "mark", "chapter", "sentences"}


class PackError(Exception):
    """A pack that cannot be used; carries every fault."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        lines = [f"{file}:{f.line or 1}: {f.message}{'；' + f.hint if f.hint else ''}" for f in faults]
        super().__init__("\n".join(lines))
        self.file = file
        self.faults = faults


def load(path: Path, *, examples: bool = True) -> Regulation:
    """Read one pack; PackError lists all its faults, OSError passes through.

    Judging needs no examples, and they are most of a pack: without them it is read in half the time.
    """
    try:
        text = decode(read_bytes(path, MAX_BYTES))
        root, faults = parse(text if examples else without_examples(text))
    except YamlError as error:
        raise PackError(str(path), error.faults) from error
    return build(root, faults, str(path))


def without_examples(text: str) -> str:
    """The text with the blocks of `examples:` and `base:` blanked, so that every line keeps its number."""
    kept: list[str] = []
    skipped = -1
    for line in text.split("\n"):
        body = line.lstrip(" ")
        indent = len(line) - len(body)
        if skipped >= 0 and (not body or indent > skipped):
            kept.append("")
            continue
        skipped = indent if body.rstrip() in ("examples:", "base:") else -1
        kept.append("" if skipped >= 0 else line)
    return "\n".join(kept)


def build(root: Node, faults: list[Fault], file: str) -> Regulation:
    """Build a regulation from its tree; PackError lists all its faults."""
    reader = _PackReader(faults)
    regulation = reader.regulation(root, file)
    if reader.faults:
        raise PackError(file, sorted(reader.faults, key=lambda f: (f.line or 0, f.column or 0)))
    return regulation


class _PackReader(FormReader):
    """Reads a pack from top to bottom."""

    def regulation(self, root: Node, file: str) -> Regulation:
        top = self.mapping(root)
        self.keys(root, _TOP)
        self.prefix = self.text(root, "prefix", required=True)
        if self.prefix and not re.fullmatch(r"[A-Z]{2,6}", self.prefix):
            self.fault(root, f"prefix“{self.prefix}”应当是 2 到 6 个大写字母")
        if self.prefix == "GOV":
            self.fault(root, "prefix 不能是 GOV，它留给 govit 自身的检查")
        self._words(top.get("words"))
        self._stages(top.get("stages"))
        self._facts(top.get("facts"))
        articles = tuple(self._article(node) for node in self.sequence(top.get("articles")))
        self._numbered(articles, top.get("articles"))
        if not articles:
            self.fault(root, "没有 articles（条文）")
        self._mentions(articles, root)
        self._handed_in(top.get("words"))
        return Regulation(
            id=self.text(root, "id", required=True),
            prefix=self.prefix,
            title=self.text(root, "title", required=True),
            title_en=self.text(root, "title_en"),
            document_number=self.text(root, "document_number", required=True),
            issuer=self.text(root, "issuer"),
            issued=self.day(root, "issued"),
            effective_from=self.day(root, "effective_from"),
            effective_to=self.day(root, "effective_to"),
            draft=self._draft(root),
            repeals=self.texts(top.get("repeals")),
            superseded_by=self.text(root, "superseded_by"),
            notes=self.texts(top.get("notes")),
            defects=tuple(plain(node) for node in self.sequence(top.get("defects"))),
            mended=tuple(plain(node) for node in self.sequence(top.get("mended"))),
            words=self.words,
            questions=self.questions,
            stages=self._stage_records(top.get("stages")),
            facts=self.facts,
            articles=articles,
            routes=tuple(self._route(node) for node in self.sequence(top.get("routes"))),
            forms=tuple(self._form(node) for node in self.sequence(top.get("forms"))),
            base=top.get("base"),
            file=file,
        )

    def _draft(self, root: Node) -> bool:
        status = self.text(root, "status", required=True)
        if status not in ("", "in_force", "draft"):
            self.fault(root, f"status“{status}”应当是 in_force 或 draft；是否失效由 effective_to 决定")
        if status == "in_force" and not self.text(root, "effective_from"):
            self.fault(root, "status 为 in_force 时要写 effective_from（施行日期）")
        return status == "draft"

    def _numbered(self, articles: tuple[Article, ...], node: Node | None) -> None:
        """Each article once; one that is printed twice says which with `mark`."""
        seen: set[str] = set()
        for article, entry in zip(articles, self.sequence(node), strict=False):
            if article.cite in seen:
                self.fault(entry, f"{article.cite}写了两次", "原文印了两次的，用 mark: 前 和 mark: 后 区分")
            seen.add(article.cite)

    def _article(self, node: Node) -> Article:
        self.keys(node, _ARTICLE_KEYS)
        number, mark = self.text(node, "number", required=True), self.text(node, "mark")
        if number and not re.fullmatch(r"第[一二三四五六七八九十百]+条", number):
            self.fault(node, f"条号“{number}”应当照原文写，例如 第十四条")
        cite = f"{number}（{mark}）" if mark else number
        sentences = tuple(self._sentence(entry, cite) for entry in self.sequence(self.mapping(node).get("sentences")))
        if not sentences:
            self.fault(node, f"{cite}没有 sentences（逐句内容）")
        return Article(number, mark, self.text(node, "chapter"), sentences)

    def _sentence(self, node: Node, article: str) -> Sentence:
        self.keys(node, _SENTENCE_KEYS)
        self.sentences += 1
        text, cite = self.text(node, "text", required=True), self.text(node, "cite") or article
        rules = tuple(self._rule(entry, text, cite) for entry in self.sequence(self.mapping(node).get("rules")))
        status, why = self.text(node, "status"), self.text(node, "why")
        if not rules and not status:
            self.fault(node, f"{cite}的“{text[:20]}”既没有 rules 也没有 status")
        if status and status not in STATUSES:
            self.fault(node, f"status“{status}”不在固定的名称里", did_you_mean(status, STATUSES))
        if status and not why:
            self.fault(node, f"{cite}的“{text[:20]}”写了 status，还要写 why")
        by = self.texts(self.mapping(node).get("by"))
        if status == "由他条判断" and not by:
            self.fault(node, f"{cite}的“{text[:20]}”由他条判断，要用 by 写明是哪些规则")
        return Sentence(text, cite, rules, status, why, by)

    def _mentions(self, articles: tuple[Article, ...], root: Node) -> None:
        for article in articles:
            for sentence in article.sentences:
                for rule_id in sentence.by:
                    if rule_id not in self.ids:
                        self.fault(
                            root, f"{sentence.cite}的 by 提到的规则 {rule_id} 不存在", did_you_mean(rule_id, self.ids)
                        )

    def _form(self, node: Node) -> Mapping[str, Any]:
        self.text(node, "title", required=True)
        name = self.text(node, "form", required=True)
        self._one_of(node, name, declared_forms())
        for kind in self.sequence(self.mapping(node).get("documents")):
            self._one_of(kind, str(kind.value), self.words["documents"])
        self._told(node)
        about: dict[str, Any] = {**(plain(node) or {}), "members": self._members(node)}
        return {**about, **self._plan(node)} if name == "plan" else about
