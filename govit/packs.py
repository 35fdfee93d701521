"""办法包：a YAML file -> Regulation, or every fault of the file with its line.

A pack is code of the law: one that is broken is refused whole, never half used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from govit.checks import CHECKS, Param, Shape
from govit.facts import FORMS
from govit.finding import Severity
from govit.model import (
    BudgetLine,
    CatalogueRow,
    Change,
    Contract,
    Document,
    Funding,
    System,
    specs,
)
from govit.nearest import did_you_mean
from govit.periods import parse_period
from govit.reading import parse_date
from govit.refs import (
    RECORDS,
    Condition,
    Percent,
    Ref,
    parse_condition,
    parse_literal,
    parse_operand,
    parse_ref,
)
from govit.regulation import (
    STAGES,
    STATUSES,
    STRENGTHS,
    Article,
    Each,
    PackFact,
    Question,
    Regulation,
    Rule,
    Sentence,
    Stage,
    Word,
)
from govit.yamltext import Fault, Node, YamlError, decode, parse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

WORD_LISTS = (
    "levels",
    "unit_kinds",
    "categories",
    "objects",
    "hosting",
    "build_modes",
    "plans",
    "share_types",
    "grades",
    "grounds",
    "funding_sources",
    "budget_kinds",
    "bodies",
    "acts",
    "documents",
    "events",
    "contracts",
    "submissions",
    "notices",
    "traits",
    "row_traits",
    "change_traits",
    "system_traits",
)
LISTS: Mapping[str, tuple[type[Any], str]] = {
    "documents": (Document, "documents"),
    "contracts": (Contract, "contracts"),
    "catalogue": (CatalogueRow, ""),
    "changes": (Change, ""),
    "systems": (System, ""),
    "lines": (BudgetLine, "budget_kinds"),
    "funding": (Funding, "funding_sources"),
}
"""The lists that a rule may go over: the record class and the word list of its kinds."""

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
_RULE_KEYS = {
    "id",
    "title",
    "title_en",
    "quote",
    "check",
    "each",
    "stage",
    "when",
    "strength",
    "severity",
    "why",
    "reading",
    "message",
    "hint",
    "examples",
}
_SENTENCE_KEYS = {"text", "cite", "rules", "status", "why", "by"}
_ARTICLE_KEYS = {"number", "mark", "chapter", "sentences"}
_ITEM_EXTRAS = {"changes": ("cumulative", "nth_in_year")}
FORM_NAMES = (
    "application",
    "proposal",
    "selfcheck",
    "handin",
    "progress",
    "change",
    "acceptance",
    "extension",
    "filing",
    "evaluation",
    "plan",
    "budget",
    "catalogue",
    "deadlines",
)


class PackError(Exception):
    """A pack that cannot be used; carries every fault."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        lines = [f"{file}:{f.line or 1}: {f.message}{'；' + f.hint if f.hint else ''}" for f in faults]
        super().__init__("\n".join(lines))
        self.file = file
        self.faults = faults


def load(path: Path) -> Regulation:
    """Read one pack; PackError lists all its faults, OSError passes through."""
    try:
        root, faults = parse(decode(path.read_bytes()))
    except YamlError as error:
        raise PackError(str(path), error.faults) from error
    return build(root, faults, str(path))


def build(root: Node, faults: list[Fault], file: str) -> Regulation:
    """Build a regulation from its tree; PackError lists all its faults."""
    reader = _PackReader(faults)
    regulation = reader.regulation(root, file)
    if reader.faults:
        raise PackError(file, sorted(reader.faults, key=lambda f: (f.line or 0, f.column or 0)))
    return regulation


def plain(node: Node | None) -> Any:  # noqa: ANN401 - the YAML as Python data
    """A tree as plain data: mappings, lists and text, nothing typed."""
    if node is None:
        return None
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [plain(value) for value in node.value]
    return node.value


class _PackReader:
    """Collects faults while it builds; parts that are broken are left empty, so that all are found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = list(faults)
        self.words: dict[str, dict[str, Word]] = {}
        self.questions: dict[str, Question] = {}
        self.stage_names: tuple[str, ...] = ()
        self.facts: dict[str, PackFact] = {}
        self.fact_names: frozenset[str] = frozenset()
        self.ids: dict[str, int] = {}
        self.prefix = ""
        self.sentences = 0

    def fault(self, node: Node, message: str, hint: str = "") -> None:
        self.faults.append(Fault("GOV-109", message, node.line, node.column, hint))

    # -- small readers -------------------------------------------------------------------------

    def text(self, node: Node, key: str, *, required: bool = False) -> str:
        value = self.mapping(node).get(key)
        if value is None or value.value is None:
            if required:
                self.fault(node, f"缺少 {key}")
            return ""
        if not isinstance(value.value, str):
            self.fault(value, f"{key} 应当是文字")
            return ""
        return value.value.strip()

    def mapping(self, node: Node | None) -> dict[str, Node]:
        if node is None or node.value is None:
            return {}
        if not isinstance(node.value, dict):
            self.fault(node, "这里应当是“键: 值”的写法")
            return {}
        return node.value

    def sequence(self, node: Node | None) -> list[Node]:
        if node is None or node.value is None:
            return []
        if not isinstance(node.value, list):
            self.fault(node, "这里应当是列表")
            return []
        return node.value

    def texts(self, node: Node | None) -> tuple[str, ...]:
        if node is not None and isinstance(node.value, str):
            return (node.value,)
        found = []
        for entry in self.sequence(node):
            if isinstance(entry.value, str):
                found.append(entry.value)
            else:
                self.fault(entry, "这里应当是文字")
        return tuple(found)

    def day(self, node: Node, key: str) -> dt.date | None:
        given = self.text(node, key)
        if not given:
            return None
        try:
            return parse_date(given)
        except ValueError as error:
            self.fault(self.mapping(node)[key], str(error))
            return None

    def keys(self, node: Node, allowed: set[str] | Mapping[str, Any]) -> None:
        for key in self.mapping(node):
            if key not in allowed:
                line, column = node.keys[key]
                self.faults.append(Fault("GOV-109", f"没有“{key}”这个键", line, column, did_you_mean(key, allowed)))

    # -- top to bottom -------------------------------------------------------------------------

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
        if not articles:
            self.fault(root, "没有 articles（条文）")
        self._mentions(articles, root)
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

    def _words(self, node: Node | None) -> None:
        given = self.mapping(node)
        if node is not None:
            self.keys(node, {*WORD_LISTS, "questions"})
        for name in WORD_LISTS:
            listed = self.mapping(given.get(name))
            self.words[name] = {word: self._word(word, about) for word, about in listed.items()}
        if not self.words["categories"] and node is not None:
            self.fault(node, "words 里没有 categories（项目类别）")
        for name, about in self.mapping(given.get("questions")).items():
            of = self.text(about, "of") or "project"
            if of not in ("project", "unit"):
                self.fault(about, f"of“{of}”应当是 project 或 unit")
            who = self.text(about, "who") or "项目单位"
            self.questions[name] = Question(name, self.text(about, "ask", required=True), who, of)

    def _word(self, name: str, node: Node) -> Word:
        about = self.mapping(node)
        return Word(name, self.texts(about.get("traits")), self.texts(about.get("also")), plain(node) or {})

    def _stages(self, node: Node | None) -> None:
        names = []
        for entry in self.sequence(node):
            name = self.text(entry, "name", required=True)
            if name and name not in STAGES:
                self.fault(entry, f"阶段“{name}”不在固定的名称里", did_you_mean(name, STAGES))
            names.append(name)
        self.stage_names = tuple(names)

    def _stage_records(self, node: Node | None) -> tuple[Stage, ...]:
        return tuple(
            Stage(self.text(entry, "name"), self._refs(self.mapping(entry).get("passed")))
            for entry in self.sequence(node)
        )

    def _facts(self, node: Node | None) -> None:
        entries = self.sequence(node)
        self.fact_names = frozenset(self.text(entry, "name") for entry in entries)
        for entry in entries:
            fact = self._fact(entry)
            if fact is not None:
                if fact.name in self.facts:
                    self.fault(entry, f"事实“{fact.name}”写了两次")
                self.facts[fact.name] = fact
        for entry in entries:
            self._no_circle(self.text(entry, "name"), entry, ())

    def _no_circle(self, name: str, node: Node, path: tuple[str, ...]) -> None:
        if name in path:
            self.fault(node, "事实互相引用成了圈：" + " → ".join((*path, name)))
            return
        fact = self.facts.get(name)
        for ref in refs_in(fact.parts) if fact else ():
            if ref.head == "name" and ref.key in self.facts and len(path) < len(self.facts):
                self._no_circle(ref.key, node, (*path, name))

    def _fact(self, node: Node) -> PackFact | None:
        self.keys(node, {"name", "article", "label", *FORMS})
        name, article = self.text(node, "name", required=True), self.text(node, "article", required=True)
        forms = [form for form in FORMS if form in self.mapping(node)]
        if len(forms) != 1:
            self.fault(node, f"事实“{name}”要有且只有一种写法：" + "、".join(FORMS))
            return None
        parts = self._fact_parts(forms[0], self.mapping(node)[forms[0]])
        per_item = forms[0] in ("any", "later", "earlier", "first", "sum", "difference", "shift") and any(
            ref.head == "item" for ref in refs_in(parts)
        )
        return PackFact(name, forms[0], parts, article, per_item)

    def _fact_parts(self, form: str, node: Node) -> Any:  # noqa: ANN401 - as the form wants it
        if form == "any":
            return tuple(self._condition(entry) for entry in self.sequence(node))
        if form in ("later", "earlier", "first", "sum", "difference"):
            refs = self._refs(node)
            if form == "difference" and len(refs) != 2:  # noqa: PLR2004 - minuend and subtrahend
                self.fault(node, "difference 要写两个引用")
            return refs
        given = self.mapping(node)
        if form == "shift":
            return (self._ref(given.get("from"), node), self._period(given.get("period"), node))
        if form in ("exists", "count"):
            name = self.text(node, "list", required=True)
            if name and name not in LISTS:
                self.fault(node, f"没有“{name}”这个列表", did_you_mean(name, LISTS))
            return (name, self._condition(given.get("where"), name))
        return self._neighbours(node)

    def _neighbours(self, node: Node) -> Any:  # noqa: ANN401
        self.keys(node, {"same", "similar", "each", "together"})
        given = self.mapping(node)
        similar = self._ref(given["similar"], node) if "similar" in given else None
        each = self._condition(given["each"]) if "each" in given else None
        together = self._condition(given["together"]) if "together" in given else None
        return self._refs(given.get("same")), similar, each, together

    # -- refs and conditions -------------------------------------------------------------------

    def _ref(self, node: Node | None, near: Node, items: str = "") -> Ref:
        if node is None or not isinstance(node.value, str):
            self.fault(node or near, "这里缺少一个引用")
            return Ref("as_of", "as_of")
        try:
            ref = parse_ref(node.value)
        except ValueError as error:
            self.fault(node, str(error))
            return Ref("as_of", "as_of")
        self._known(ref, node, items)
        return ref

    def _refs(self, node: Node | None) -> tuple[Ref, ...]:
        if node is not None and isinstance(node.value, str):
            return (self._ref(node, node),)
        return tuple(self._ref(entry, entry) for entry in self.sequence(node))

    def _condition(self, node: Node | None, items: str = "") -> Condition:
        given = self.mapping(node)
        try:
            condition = parse_condition({key: plain(value) for key, value in given.items()})
        except ValueError as error:
            self.fault(node or Node(None, 1, 1), str(error))
            return Condition(())
        for test in condition.tests:
            self._known(test.ref, given[test.ref.text], items)
            for target in refs_in(test.to):
                self._known(target, given[test.ref.text], items)
            self._literals(test.ref, test.to if isinstance(test.to, tuple) else (test.to,), given[test.ref.text])
        return condition

    def _literals(self, ref: Ref, values: tuple[Any, ...], node: Node) -> None:
        """A word that is compared with must be one of its list, or the rule is silently dead."""
        words = self._list_of(ref)
        for value in values:
            if words and isinstance(value, str) and value not in words:
                self.fault(node, f"“{value}”不是 {ref.text} 的词", did_you_mean(value, words))

    def _list_of(self, ref: Ref) -> tuple[str, ...]:
        if ref.head != "field":
            return ()
        from govit.model import Project  # noqa: PLC0415 - read only when a pack is built

        record: Any = Project
        spec = None
        for part in ref.key.split("."):
            spec = specs(record).get(part) if record else None
            record = spec.of if spec else None
        if spec is None or not spec.words:
            return ()
        return self.stage_names if spec.words == "stages" else tuple(self.words.get(spec.words, {}))

    def _known(self, ref: Ref, node: Node, items: str = "") -> None:
        if ref.head in RECORDS:
            self._known_record(ref, node)
        elif ref.head == "name":
            names = self.names()
            if ref.key not in names:
                self.fault(node, f"没有叫“{ref.key}”的事实或特征", did_you_mean(ref.key, names))
        elif ref.head == "answers" and ref.key not in self.questions:
            self.fault(node, f"没有“{ref.key}”这个问题", did_you_mean(ref.key, self.questions))
        elif ref.head == "funding" and ref.key:
            self._one_of(node, ref.key, self._with_traits("funding_sources"))
        elif ref.head == "lines" and ref.key not in ("", "spent"):
            self._one_of(node, ref.key, self.words["budget_kinds"])
        elif ref.head == "item" and items:
            self._known_item(ref, node, items)

    def _known_item(self, ref: Ref, node: Node, items: str) -> None:
        record = LISTS[items][0] if items in LISTS else Document
        head = ref.key.split(".")[0]
        allowed = (*specs(record), *_ITEM_EXTRAS.get(items, ()))
        self._one_of(node, head, allowed)
        if head == "traits":
            lists = {"changes": "change_traits", "systems": "system_traits", "catalogue": "row_traits"}
            self._one_of(node, ref.key.removeprefix("traits."), self.words[lists.get(items, "traits")])

    def _known_record(self, ref: Ref, node: Node) -> None:
        if ref.head == "contracts" and ref.key == "amount":
            return
        self._one_of(node, ref.key, self.words[{"approvals": "acts"}.get(ref.head, ref.head)])
        if ref.body:
            self._one_of(node, ref.body, self.words["bodies"])

    def _one_of(self, node: Node, word: str, known: Collection[str]) -> None:
        if word not in known:
            self.fault(node, f"没有“{word}”这个词", did_you_mean(word, known))

    def _with_traits(self, name: str) -> list[str]:
        words = self.words[name]
        return [*words, *(trait for word in words.values() for trait in word.traits)]

    def names(self) -> set[str]:
        """The bare names that refs may use."""
        categories = {trait for word in self.words["categories"].values() for trait in word.traits}
        return {*self.fact_names, *self.words["traits"], *categories}

    def _period(self, node: Node | None, near: Node) -> Any:  # noqa: ANN401 - a Period
        try:
            return parse_period(str(node.value if node else ""))
        except ValueError as error:
            self.fault(node or near, str(error))
            return parse_period("1日")

    # -- articles ------------------------------------------------------------------------------

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

    def _rule(self, node: Node, sentence: str, cite: str) -> Rule:
        kind = self.text(node, "check", required=True)
        check = CHECKS.get(kind)
        params = check.params if check else {}
        if kind and check is None:
            self.fault(node, f"没有“{kind}”这种检查", did_you_mean(kind, CHECKS))
        self.keys(node, {*_RULE_KEYS, *params})
        given = self.mapping(node)
        each = self._each(given.get("each"))
        items = each.list if each else ""
        rule_id = self._id(node)
        quote = self._quote(node, sentence)
        strength, severity = self._weight(node)
        return Rule(
            id=rule_id,
            title=self.text(node, "title", required=True),
            title_en=self.text(node, "title_en", required=True),
            quote=quote,
            check=kind,
            params=self._params(node, kind, items),
            article=cite,
            sentence=self.sentences,
            each=each,
            stage=self._stage(node, kind),
            when=self._condition(given.get("when"), items),
            strength=strength,
            severity=severity,
            why=self.text(node, "why"),
            reading=self.text(node, "reading"),
            message=self.text(node, "message"),
            hint=self.text(node, "hint"),
            examples=tuple(self.sequence(given.get("examples"))),
            line=node.line,
        )

    def _id(self, node: Node) -> str:
        rule_id = self.text(node, "id", required=True)
        if rule_id in self.ids:
            self.fault(node, f"规则编号 {rule_id} 写了两次，第一次在第 {self.ids[rule_id]} 行")
        self.ids[rule_id] = node.line
        if rule_id and not re.fullmatch(rf"{self.prefix}-\d+[a-z]?-\d+", rule_id):
            self.fault(node, f"规则编号“{rule_id}”应当写成 {self.prefix}-条号-序号，例如 {self.prefix}-19-1")
        return rule_id

    def _quote(self, node: Node, sentence: str) -> str:
        quote = self.text(node, "quote", required=True)
        if quote and quote not in sentence:
            self.fault(node, f"quote“{quote[:24]}”不是本句的原文")
        return quote

    def _weight(self, node: Node) -> tuple[str, Severity]:
        strength, severity = self.text(node, "strength", required=True), self.text(node, "severity")
        if strength not in STRENGTHS:
            self.fault(node, f"strength“{strength}”应当是 must、default 或 may")
            strength = "must"
        if not severity:
            return strength, STRENGTHS[strength]
        if severity.upper() not in Severity.__members__:
            self.fault(node, f"severity“{severity}”应当是 error、warning 或 info")
            return strength, STRENGTHS[strength]
        if not self.text(node, "why"):
            self.fault(node, "写了 severity，还要写 why（为什么与 strength 不同）")
        return strength, Severity[severity.upper()]

    def _stage(self, node: Node, kind: str) -> str | None:
        stage = self.text(node, "stage")
        if stage and stage not in self.stage_names:
            self.fault(node, f"本办法没有“{stage}”这个阶段", did_you_mean(stage, self.stage_names))
        if not stage and kind not in ("scope", "before", "within", "every"):
            self.fault(node, f"缺少 stage：{kind} 类规则要写明从哪一步起必须做到")
        return stage or None

    def _each(self, node: Node | None) -> Each | None:
        if node is None:
            return None
        given = self.mapping(node)
        if len(given) != 1 or next(iter(given)) not in LISTS:
            self.fault(
                node, "each 要写一个列表，例如 documents: [可行性研究报告]", did_you_mean(" ".join(given), LISTS)
            )
            return None
        name, kinds = next(iter(given.items()))
        if kinds.value == "all":
            return Each(name, ())
        words = LISTS[name][1]
        found = self.texts(kinds)
        for kind in found:
            if words:
                self._one_of(kinds, kind, self.words[words])
        return Each(name, found)

    def _params(self, node: Node, kind: str, items: str) -> dict[str, Any]:
        check = CHECKS.get(kind)
        if check is None:
            return {}
        given = self.mapping(node)
        for names in check.needs:
            if not any(name in given for name in names):
                self.fault(node, f"{kind} 类规则缺少 {' 或 '.join(names)}")
        if kind == "chapter" and "each" not in given:
            self.fault(node, "chapter 类规则要用 each: {documents: […]} 写明看哪些文件")
        return {name: self._param(param, given[name], items) for name, param in check.params.items() if name in given}

    def _param(self, param: Param, node: Node, items: str) -> Any:  # noqa: ANN401 - as its shape
        return _SHAPES[param.shape](self, param, node, items)

    def _shape_ref(self, param: Param, node: Node, items: str) -> Ref:  # noqa: ARG002
        return self._ref(node, node, items)

    def _shape_refs(self, param: Param, node: Node, items: str) -> tuple[Ref, ...]:  # noqa: ARG002
        return tuple(self._ref(entry, entry, items) for entry in self.sequence(node))

    def _shape_words(self, param: Param, node: Node, items: str) -> tuple[str, ...]:  # noqa: ARG002
        found = self.texts(node)
        for word in found:
            self._one_of(node, word, self.words[param.words])
        return found

    def _shape_word(self, param: Param, node: Node, items: str) -> str:
        found = self._shape_words(param, node, items)
        return found[0] if found else ""

    def _shape_text(self, param: Param, node: Node, items: str) -> str:  # noqa: ARG002
        return next(iter(self.texts(node)), "")

    def _shape_texts(self, param: Param, node: Node, items: str) -> tuple[str, ...]:  # noqa: ARG002
        return self.texts(node)

    def _shape_literals(self, param: Param, node: Node, items: str) -> tuple[Any, ...]:  # noqa: ARG002
        return tuple(parse_literal(text) for text in self.texts(node))

    def _shape_literal(self, param: Param, node: Node, items: str) -> Any:  # noqa: ANN401, ARG002
        return parse_literal(next(iter(self.texts(node)), ""))

    def _shape_operand(self, param: Param, node: Node, items: str) -> Any:  # noqa: ANN401, ARG002
        operand = parse_operand(next(iter(self.texts(node)), ""))
        for ref in refs_in(operand):
            self._known(ref, node, items)
        return operand

    def _shape_period(self, param: Param, node: Node, items: str) -> Any:  # noqa: ANN401, ARG002
        return self._period(node, node)

    def _shape_flag(self, param: Param, node: Node, items: str) -> bool:  # noqa: ARG002
        if node.value not in ("true", "false"):
            self.fault(node, "这里只能写 true 或 false")
        return node.value == "true"

    def _shape_condition(self, param: Param, node: Node, items: str) -> Condition:  # noqa: ARG002
        return self._condition(node, items)

    def _shape_question(self, param: Param, node: Node, items: str) -> str:  # noqa: ARG002
        name = next(iter(self.texts(node)), "")
        self._one_of(node, name, self.questions)
        return name

    def _shape_choice(self, param: Param, node: Node, items: str) -> str:  # noqa: ARG002
        name = next(iter(self.texts(node)), "")
        self._one_of(node, name, param.choices)
        return name

    # -- routes and forms ----------------------------------------------------------------------

    def _mentions(self, articles: tuple[Article, ...], root: Node) -> None:
        for article in articles:
            for sentence in article.sentences:
                for rule_id in sentence.by:
                    if rule_id not in self.ids:
                        self.fault(
                            root, f"{sentence.cite}的 by 提到的规则 {rule_id} 不存在", did_you_mean(rule_id, self.ids)
                        )

    def _route(self, node: Node) -> Mapping[str, Any]:
        for step in self.sequence(self.mapping(node).get("steps")):
            rule_id = self.text(step, "rule", required=True)
            if rule_id:
                self._one_of(step, rule_id, self.ids)
        return plain(node) or {}

    def _form(self, node: Node) -> Mapping[str, Any]:
        self.text(node, "title", required=True)
        self._one_of(node, self.text(node, "form", required=True), FORM_NAMES)
        return plain(node) or {}


def refs_in(parts: Any) -> Iterator[Ref]:  # noqa: ANN401 - refs, conditions and tuples of them
    """Every ref that a fact, a condition or an operand mentions."""
    if isinstance(parts, Ref):
        yield parts
    elif isinstance(parts, Percent):
        yield from refs_in(parts.of)
    elif isinstance(parts, Condition):
        for test in parts.tests:
            yield test.ref
            yield from refs_in(test.to)
    elif isinstance(parts, tuple):
        for part in parts:
            yield from refs_in(part)


_SHAPES: dict[Shape, Callable[[_PackReader, Param, Node, str], Any]] = {
    Shape.REF: _PackReader._shape_ref,  # noqa: SLF001 - the table belongs to the class
    Shape.REFS: _PackReader._shape_refs,  # noqa: SLF001
    Shape.WORD: _PackReader._shape_word,  # noqa: SLF001
    Shape.WORDS: _PackReader._shape_words,  # noqa: SLF001
    Shape.TEXT: _PackReader._shape_text,  # noqa: SLF001
    Shape.TEXTS: _PackReader._shape_texts,  # noqa: SLF001
    Shape.LITERAL: _PackReader._shape_literal,  # noqa: SLF001
    Shape.LITERALS: _PackReader._shape_literals,  # noqa: SLF001
    Shape.OPERAND: _PackReader._shape_operand,  # noqa: SLF001
    Shape.PERIOD: _PackReader._shape_period,  # noqa: SLF001
    Shape.FLAG: _PackReader._shape_flag,  # noqa: SLF001
    Shape.CONDITION: _PackReader._shape_condition,  # noqa: SLF001
    Shape.QUESTION: _PackReader._shape_question,  # noqa: SLF001
    Shape.CHOICE: _PackReader._shape_choice,  # noqa: SLF001
}
