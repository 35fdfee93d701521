"""条文的读法：articles, their sentences and the rules that stand under them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.base.records import record
from govit.dossier.finding import Severity
from govit.dossier.keys import Role
from govit.dossier.lists import BY_KIND, BY_RULES
from govit.dossier.model import ASKED_OF_REPORTS
from govit.law.conditions import ALWAYS, Condition, record_ref
from govit.law.kinds.demand import Clock, Demand, parameters
from govit.law.kinds.table import KINDS
from govit.law.packs.demands import DemandReader
from govit.law.packs.examples import check_example
from govit.law.packs.keys import PARTS
from govit.law.regulation import STATUSES, STRENGTHS, USUAL_STRENGTH, Article, Each, Rule, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.law.conditions import Ref
    from govit.law.packs.beside import SideFile
    from govit.law.packs.conditions import ConditionReader
    from govit.yamltext.nodes import Node

_EXCEPT = "except"
_ONE_BY_ONE = tuple(name for name, one in BY_KIND.items() if one.spec(Role.OF) is not None)
"""The lists of what happens again and again: events, approvals, submissions, notices, each about something."""
_DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100}
_AT_ITS_END = "，。；：、"
"""Of a sentence: what its quote does without."""


def _in_figures(number: str) -> int:
    """The number of an article: 21 of 第二十一条."""
    total = digit = 0
    for sign in number:
        if sign in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[sign], 0
        elif sign in _DIGITS:
            digit = _DIGITS.index(sign)
    return total + digit


@record
class Text:
    """条文：the articles of a pack, and the line of each rule by its id."""

    articles: tuple[Article, ...]
    ids: Mapping[str, int]


class ArticleReader:
    """Reads the articles of one pack, once its vocabulary is known; sentences are numbered through."""

    def __init__(self, conditions: ConditionReader, prefix: str, examples: SideFile, english: SideFile) -> None:
        self.conditions = conditions
        self.demands = DemandReader(conditions)
        self.nodes = conditions.nodes
        self.prefix = prefix
        self.examples = examples
        self.english = english
        self._number = ""
        """The number of the article that is read, in figures, as the ids of its rules have it."""
        self._of_article = ""
        """The stage of the article that is read, and whether a rule has taken it."""
        self._lent = False
        self._ids: dict[str, int] = {}
        self._sentences = 0
        self._named: list[tuple[str, Node]] = []
        """Where rules are named by their ids, each with what names it."""
        self._scopes: set[str] = set()
        self._chapters: Mapping[str, Condition] = {}
        self._chapter = ""
        """The chapter that the article at hand stands in."""
        self._frame = ALWAYS
        """What the chapter and the article at hand say of all their rules."""

    def read(self, root: Node) -> Text:
        """The articles, each once, with every rule that they mention."""
        top = self.nodes.mapping(root)
        node = top.get("articles")
        self._chapters = self._read_chapters(top.get("chapters"), node)
        articles = tuple(self._article(entry) for entry in self.nodes.sequence(node))
        self._each_once(articles, node)
        if not articles:
            self.nodes.fault(root, "没有 articles（条文）")
        self._mentions()
        self.examples.check_ids(self._ids)
        self.english.check_ids(self._ids)
        return Text(articles, self._ids)

    def _read_chapters(self, node: Node | None, articles: Node | None) -> dict[str, Condition]:
        """What `chapters` says of all the rules of a chapter, by its name as the first article of it has it."""
        nodes = self.nodes
        names = {nodes.text(entry, "chapter") for entry in nodes.sequence(articles)} - {""}
        found = {}
        for name, about in nodes.mapping(node).items():
            if node is not None and name not in names:
                nodes.fault_at_key(node, name, f"没有一条的 chapter 是“{name}”", did_you_mean(name, names))
            nodes.keys(about, PARTS["chapter"])
            found[name] = self.conditions.condition(nodes.mapping(about).get("when"))
        return found

    def _each_once(self, articles: tuple[Article, ...], node: Node | None) -> None:
        """Each article once; one that is printed twice says which with `mark`."""
        seen: set[str] = set()
        for article, entry in zip(articles, self.nodes.sequence(node), strict=False):
            if article.cite in seen:
                self.nodes.fault(entry, f"{article.cite}写了两次", "原文印了两次的，用 mark: 前 和 mark: 后 区分")
            seen.add(article.cite)

    def _mentions(self) -> None:
        """Every rule that a sentence or a scope rule names must be there, and be no scope rule itself."""
        for what, entry in self._named:
            rule_id = entry.text.partition(" ")[0]  # of a point its names follow
            if rule_id not in self._ids:
                self.nodes.fault(entry, f"{what}提到的规则 {rule_id} 不存在", did_you_mean(rule_id, self._ids))
            elif what.endswith(_EXCEPT) and rule_id in self._scopes:
                self.nodes.fault(entry, f"{what}提到的 {rule_id} 是适用范围的规则，不能除外", "写仍要做到的义务的规则编号")

    def _article(self, node: Node) -> Article:
        nodes = self.nodes
        nodes.keys(node, PARTS["article"])
        number, mark = nodes.text(node, "number", required=True), nodes.text(node, "mark")
        if number and not re.fullmatch(r"第[一二三四五六七八九十百]+条", number):
            nodes.fault(node, f"条号“{number}”应当照原文写，例如 第十四条")
        self._number = f"{_in_figures(number)}"
        cite = f"{number}（{mark}）" if mark else number
        chapter = nodes.text(node, "chapter")
        self._chapter = chapter or self._chapter
        own = self.conditions.condition(nodes.mapping(node).get("when"))
        of_chapter = self._chapters.get(self._chapter, ALWAYS)
        self._frame = Condition(tuple(dict.fromkeys((*of_chapter.tests, *own.tests))))
        self._of_article, self._lent = self._known_stage(node), False
        sentences = tuple(self._sentence(entry, cite) for entry in nodes.sequence(nodes.mapping(node).get("sentences")))
        if not sentences:
            nodes.fault(node, f"{cite}没有 sentences（逐句内容）")
        if self._of_article and not self._lent:
            nodes.fault_at_key(node, "stage", f"{cite}没有规则用到这个 stage", "删去，或者写在用它的规则里")
        return Article(number, mark, chapter, sentences)

    def _sentence(self, node: Node, article: str) -> Sentence:
        nodes = self.nodes
        nodes.keys(node, PARTS["sentence"])
        self._sentences += 1
        text, cite = nodes.text(node, "text", required=True), nodes.text(node, "cite") or article
        rules = tuple(self._rule(entry, text, cite) for entry in nodes.sequence(nodes.mapping(node).get("rules")))
        status, why = nodes.text(node, "status"), nodes.text(node, "why")
        if not rules and not status:
            nodes.fault(node, f"{cite}的“{text[:20]}”既没有 rules 也没有 status")
        if status and status not in STATUSES:
            nodes.fault(node, f"status“{status}”不在固定的名称里", did_you_mean(status, STATUSES))
        if status and not why:
            nodes.fault(node, f"{cite}的“{text[:20]}”写了 status，还要写 why")
        by = nodes.texts(nodes.mapping(node).get("by"))
        self._named += [(f"{cite}的 by ", entry) for entry in nodes.listed(nodes.mapping(node).get("by"))]
        if status == "由他条判断" and not by:
            nodes.fault(node, f"{cite}的“{text[:20]}”由他条判断，要用 by 写明是哪些规则")
        return Sentence(text, cite, rules, status, why, by, node.line)

    # -- one rule --------------------------------------------------------------------------------------

    def _rule(self, node: Node, sentence: str, cite: str) -> Rule:
        nodes = self.nodes
        name = nodes.text(node, "check", required=True)
        kind = KINDS.get(name, Demand)
        if name and name not in KINDS:
            nodes.fault(node, f"没有“{name}”这种检查", did_you_mean(name, KINDS))
        if name in KINDS:  # of an unknown kind nobody can say which keys it has
            nodes.keys(node, {*PARTS["rule"], *(p.key for p in parameters(kind))})
        given = nodes.mapping(node)
        each = self._each(given.get("each"))
        items = each.list if each else ""
        rule_id = self._id(node)
        quote = self._quote(node, sentence)
        if kind.is_scope:
            self._scopes.add(rule_id)
        self._named += [(f"{rule_id} 的 {_EXCEPT}", entry) for entry in nodes.listed(given.get(_EXCEPT))]
        self._named += [(f"{rule_id} 的 points ", entry) for entry in nodes.listed(given.get("points")) if " " in entry.text]
        strength, severity = self._weight(node)
        frame = ALWAYS if kind.is_scope else self._frame
        stage = self._stage(node, kind, name)
        return Rule(
            id=rule_id,
            title=nodes.text(node, "title", required=True),
            title_en=self._title_en(node, rule_id),
            quote=quote,
            demand=self.demands.read(node, kind, items).over(self._dated(each)),
            article=cite,
            sentence=self._sentences,
            each=each,
            stage=stage,
            when=Condition((*frame.tests, *self.conditions.condition(given.get("when"), items).tests)),
            framed=frame,
            strength=strength,
            severity=severity,
            why=nodes.text(node, "why"),
            reading=nodes.text(node, "reading"),
            message=nodes.text(node, "message"),
            hint=nodes.text(node, "hint"),
            law_of=self.conditions.day(given["law_of"], node, items) if "law_of" in given else None,
            continuing=self._continuing(node, stage),
            held_until=self.conditions.day(given["held_until"], node, items) if "held_until" in given else None,
            at_once=self.conditions.condition(given["at_once"], items) if "at_once" in given else None,
            point=self.conditions.day(given["point"], node) if "point" in given else None,
            wording=self._wording(given.get("wording")),
            own=nodes.flag(given.get("own")),
            examples=self._examples(node, rule_id),
            line=node.line,
        )

    def _dated(self, each: Each | None) -> tuple[Ref, ...]:
        """What a rule goes over, where that happens again and again."""
        if each is None or each.list not in _ONE_BY_ONE:
            return ()
        kinds = each.kinds or tuple(self.conditions.vocabulary.words[BY_KIND[each.list].words])
        return tuple(record_ref(each.list, kind) for kind in kinds)

    def _title_en(self, node: Node, rule_id: str) -> str:
        self.english.refuse(node, "title_en", self.nodes)
        if self.english.of_rules is not None and rule_id:
            return self.english.nodes.text(self.english.of_rules, rule_id)
        return self.nodes.text(node, "title_en")

    def _examples(self, node: Node, rule_id: str) -> tuple[Node, ...]:
        beside = self.examples
        if not beside.wanted:
            return ()
        beside.refuse(node, "examples", self.nodes)
        given, nodes = (beside.of(rule_id), beside.nodes) if beside.file else (node.entries.get("examples"), self.nodes)
        found = tuple(nodes.sequence(given))
        for example in found:
            check_example(example, nodes, self.conditions.vocabulary.stages)
        return found

    def _continuing(self, node: Node, stage: str | None) -> bool:
        given = self.nodes.mapping(node)
        continuing = self.nodes.flag(given.get("continuing"))
        if "held_until" in given and not continuing:
            self.nodes.fault(node, "写了 held_until（状态到何时为止），还要写 continuing: true")
        if "at_once" in given and stage is None:
            self.nodes.fault(node, "没有 stage（从哪一步起）的规则不用写 at_once")
        return continuing

    def _wording(self, node: Node | None) -> tuple[str, ...]:
        """The groups of words of reports about which it is asked because of a rule."""
        for entry in self.nodes.listed(node):
            if entry.text not in ASKED_OF_REPORTS:
                self.nodes.fault(entry, f"用词没有“{entry.text}”这一类", did_you_mean(entry.text, ASKED_OF_REPORTS))
        return self.nodes.texts(node)

    def _id(self, node: Node) -> str:
        rule_id = self.nodes.text(node, "id", required=True)
        if rule_id in self._ids:
            self.nodes.fault(node, f"规则编号 {rule_id} 写了两次，第一次在第 {self._ids[rule_id]} 行")
        self._ids[rule_id] = node.line
        if rule_id and not re.fullmatch(rf"{self.prefix}-\d+[a-z]?-\d+", rule_id):
            message = f"规则编号“{rule_id}”应当写成 {self.prefix}-条号-序号，例如 {self.prefix}-19-1"
            self.nodes.fault(node, message)
        elif rule_id and re.split(r"[a-z]?-", rule_id)[1] != self._number:
            right = f"{self.prefix}-{self._number}-{rule_id.rpartition('-')[2]}"
            self.nodes.fault(node, f"规则编号“{rule_id}”中间的数应当是本条的条号 {self._number}", f"写成 {right}")
        return rule_id

    def _quote(self, node: Node, sentence: str) -> str:
        """The words that a rule rests on: the whole sentence, where it does not say which."""
        if "quote" not in self.nodes.mapping(node):
            return sentence.rstrip(_AT_ITS_END)
        quote = self.nodes.text(node, "quote", required=True)
        if quote and quote not in sentence:
            self.nodes.fault(node, f"quote“{quote[:24]}”不是本句的原文")
        return quote

    def _weight(self, node: Node) -> tuple[str, Severity]:
        nodes = self.nodes
        given = "strength" in nodes.mapping(node)
        strength = nodes.text(node, "strength", required=True) if given else USUAL_STRENGTH
        severity = nodes.text(node, "severity")
        if strength not in STRENGTHS:
            nodes.fault(node, f"strength“{strength}”应当是 must、default 或 may")
            strength = "must"
        if not severity:
            return strength, STRENGTHS[strength]
        if severity.upper() not in Severity.__members__:
            nodes.fault(node, f"severity“{severity}”应当是 error、warning 或 info")
            return strength, STRENGTHS[strength]
        if not nodes.text(node, "why"):
            nodes.fault(node, "写了 severity，还要写 why（为什么与 strength 不同）")
        return strength, Severity[severity.upper()]

    def _stage(self, node: Node, kind: type[Demand], name: str) -> str | None:
        """From which step on it is demanded: as the rule says, or where it must say and does not, as the article says."""
        stage, must_say = self._known_stage(node), kind.clock is Clock.STANDING and not kind.is_scope
        if stage or not must_say:
            return stage or None
        if not self._of_article:
            self.nodes.fault(node, f"缺少 stage：{name} 类规则要写明从哪一步起必须做到")
        self._lent = True
        return self._of_article or None

    def _known_stage(self, node: Node) -> str:
        """The stage that a rule or an article names."""
        stage, stages = self.nodes.text(node, "stage"), self.conditions.vocabulary.stages
        if stage and stage not in stages:
            self.nodes.fault(node, f"本办法没有“{stage}”这个阶段", did_you_mean(stage, stages))
        return stage

    def _each(self, node: Node | None) -> Each | None:
        if node is None:
            return None
        given = self.nodes.mapping(node)
        if len(given) != 1 or next(iter(given)) not in BY_RULES:
            hint = did_you_mean(" ".join(given), BY_RULES)
            self.nodes.fault(node, "each 要写一个列表，例如 documents: [文件种类]", hint)
            return None
        name, kinds = next(iter(given.items()))
        if kinds.value == "all":
            return Each(name, ())
        words = BY_RULES[name].words
        return Each(
            name,
            self.nodes.all_of(kinds, self.conditions.vocabulary.words[words]) if words else self.nodes.texts(kinds),
        )
