"""办法：one regulation as data, and which of its duties the law of a day demands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from govit.base.records import named_record, record
from govit.dossier.finding import Severity
from govit.dossier.lists import BY_KIND
from govit.dossier.model import label_of
from govit.law.conditions import Ref, refs_in
from govit.law.derivations import Neighbours, OfYears

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from govit.calendar.periods import Period
    from govit.law.conditions import Condition, Test
    from govit.law.derivations import Derivation
    from govit.law.kinds.demand import Demand
    from govit.law.vocabulary import Question, Word
    from govit.yamltext.nodes import Node

STAGES = (
    "草拟",
    "规划",
    "申报",
    "审批",
    "储备",
    "计划",
    "采购",
    "实施",
    "试运行",
    "验收",
    "备案",
    "运维",
    "绩效",
    "停用",
)
"""The closed list of stage names; every pack puts those it uses in its own order."""

_APPLYING = "申报"
LAST = STAGES[-1]
"""停用：nobody needs to come to it. A project that runs stays in operation until it is written down that it ended."""

UNDECIDED = "待定"
"""Of a sentence of a pack that is being written: nobody has decided yet what judges it. Nothing is judged by such a pack."""
STATUSES = (
    "目的依据",
    "定义",
    "机关职责",
    "原则",
    "后果",
    "许可",
    "转引",
    "无法判断",
    "不在本工具内办理",
    "施行",
    "由他条判断",
    UNDECIDED,
)
"""Why a sentence has no rule of its own."""

STRENGTHS = {"must": Severity.ERROR, "default": Severity.WARNING, "may": Severity.INFO}
USUAL_STRENGTH = "must"
"""What a rule is whose strength is not said: the word of nearly every sentence of a regulation."""
STRENGTH_WORDS = {"must": "应当", "default": "原则上", "may": "可以"}


@record
class Trace:
    """痕迹：what is on record of a project that has passed a stage, where a condition holds: one of these records."""

    records: tuple[Ref, ...]
    when: Condition


@record
class Stage:
    """阶段：`passed` names the records any of which proves that the step was made.

    `made` names the acts by which it is made, where they come before what proves it: their day is that of the step.
    `leaves` says what cannot be missing once the step lies behind a project.
    """

    name: str
    passed: tuple[Ref, ...]
    made: tuple[Ref, ...] = ()
    leaves: tuple[Trace, ...] = ()
    stands_for: str = ""
    """The name of the closed list that it stands for, where the regulation calls it otherwise."""

    @property
    def usual(self) -> str:
        """Its name in the closed list."""
        return self.stands_for or self.name


@record
class PackFact:
    """事实：a named value that a pack derives."""

    name: str
    derivation: Derivation
    article: str
    per_item: bool
    """Whether it speaks of the item of a list, itself or through a fact that it names."""


@record
class PlanTest:
    """表格的条件：a named condition of the annual plan or of a form, with the article that sets it."""

    name: str
    when: Condition
    article: str


@record
class PackItem:
    """一项内容：what a form tells under a label, from which records, and whether it must tell something."""

    label: str
    source: str
    required: bool


@named_record
class PackForm:
    """表格：a form that a regulation has, by our name for it and by its own."""

    form: str
    title: str
    to: str = ""
    """To whom it goes."""
    stage: str = ""
    article: str = ""
    opinions: tuple[str, ...] | None = None
    """Whose opinions it has room for; None where the regulation does not say."""
    documents: tuple[str, ...] = ()
    """The kinds of document that it may be."""
    kind: str = ""
    """The one that it is, where it was compiled."""
    rule: str = ""
    """The rule that asks for it."""
    submission: str = ""
    acts: tuple[str, ...] = ()
    """The approvals that it tells of."""
    items: tuple[PackItem, ...] = ()
    members: tuple[PlanTest, ...] = ()
    """What a project must fulfil for it."""
    marks: tuple[PlanTest, ...] = ()
    """Of the annual plan: how a project came in."""
    approvals: tuple[str, ...] = ()
    """Of the annual plan: the rules that demand an approval."""
    template: str = ""
    """Of a form of the regulation's own: the file that it is made from."""
    within: Period | None = None
    """Of a notice to correct: the time that it leaves, from the day on which it is received."""


NO_FORM = PackForm(form="", title="")
"""What stands for the entry of a form that is of no one regulation."""


@record
class Each:
    """逐项：the list of the project that a rule is judged over, and the kinds of it that count."""

    list: str
    kinds: tuple[str, ...]


@record
class Rule:
    """规则：one duty that can be judged for one project."""

    id: str
    title: str
    title_en: str
    quote: str
    demand: Demand
    article: str
    sentence: int
    each: Each | None
    stage: str | None
    when: Condition
    framed: Condition
    """The part of `when` that its article and its chapter set for all their rules."""
    strength: str
    severity: Severity
    why: str
    reading: str
    message: str
    hint: str
    law_of: Ref | None
    """所依之日：the act whose day decides by which law it is judged; of a state, the day on which it began."""
    continuing: bool
    """持续义务：a state, owed every day on which it holds, so judged by the law of each of them."""
    held_until: Ref | None
    """What ended the state; without it, it holds to this day."""
    at_once: Condition | None
    """已成事实：where this holds it is due whatever the stage."""
    point: Ref | None
    """界限：the calendar day after which the duty arises, where its condition turns on one."""
    wording: tuple[str, ...]
    """用词：the groups of words of reports about which it is asked because of this rule."""
    own: bool
    """Binds those whom a scope rule otherwise only refers to the regulation: never advisory for that reason."""
    examples: tuple[Node, ...]
    line: int

    @property
    def own_when(self) -> tuple[Test, ...]:
        """The part of `when` that the rule itself sets."""
        return self.when.tests[len(self.framed.tests) :]

    @property
    def check(self) -> str:
        """The kind of what it demands, as packs call it."""
        return self.demand.kind

    @property
    def duty(self) -> tuple[int, str]:
        """Rules that share a quote are one duty."""
        return self.sentence, self.quote


@record
class Sentence:
    """一句：judged by rules, or explained by a status."""

    text: str
    cite: str
    rules: tuple[Rule, ...]
    status: str
    why: str
    by: tuple[str, ...]
    line: int = 0


@record
class Article:
    """条. `mark` is 前 or 后 where the number is printed twice."""

    number: str
    mark: str
    chapter: str
    sentences: tuple[Sentence, ...]

    @property
    def cite(self) -> str:
        """The article as cited: 第十四条（后）."""
        return f"{self.number}（{self.mark}）" if self.mark else self.number

    @property
    def text(self) -> str:
        """The article without its number."""
        return "".join(sentence.text for sentence in self.sentences)


@record
class PackChoice:
    """择一：papers that a step may bring, of alternatives one; `allowed` is when, None is always."""

    papers: tuple[tuple[str, ...], ...]
    merged: bool
    """合并编报：one document that is all of these papers."""
    allowed: Condition | None
    article: str


@record
class PackStep:
    """步骤：the rule that demands it, who acts, who receives it, what, and the papers. Its condition is the rule's."""

    rule: str
    body: str
    to: str
    """报送对象：who receives what is handed in; '' where nothing is."""
    does: str
    papers: tuple[tuple[str, ...], ...]
    choices: tuple[PackChoice, ...]

    @property
    def who(self) -> str:
        """Who acts, and to whom: 项目单位 → 某局."""
        return f"{self.body} → {self.to}" if self.to else self.body


@record
class PackRoute:
    """审批路径. Without `when` it is taken by the projects that one of its steps applies to."""

    name: str
    article: str
    when: Condition | None
    channel: str
    """办理渠道 of what is not handled here: nothing but the channel is shown."""
    steps: tuple[PackStep, ...]


@record
class OffRoute:
    """不在路径上：rules of approval or submission that are no step of a route, and why."""

    rules: tuple[str, ...]
    why: str


@record
class Defect:
    """原文的毛病：where it stands, what is wrong, and how the pack takes it."""

    where: str
    defect: str
    handling: str


@record
class Mended:
    """明显的排印错误：what is printed, and what the pack reads."""

    article: str
    printed: str
    reads: str


@named_record
class Regulation:
    """办法."""

    id: str
    prefix: str
    title: str
    title_en: str
    document_number: str
    issuer: str
    issued: dt.date | None
    effective_from: dt.date | None
    effective_to: dt.date | None
    draft: bool
    repeals: tuple[str, ...]
    superseded_by: str
    preceded_by: str
    """The measure that governs what was done before its first day."""
    checked: dt.date | None
    """The day on which it was last looked up that it is in force."""
    notes: tuple[str, ...]
    defects: tuple[Defect, ...]
    mended: tuple[Mended, ...]
    words: Mapping[str, Mapping[str, Word]]
    questions: Mapping[str, Question]
    stages: tuple[Stage, ...]
    facts: Mapping[str, PackFact]
    articles: tuple[Article, ...]
    routes: tuple[PackRoute, ...]
    off_route: tuple[OffRoute, ...]
    forms: tuple[PackForm, ...]
    base: Node | None
    file: str
    examples_file: str = ""
    """The name of the file beside it in which its base and its examples stand, '' where that is the pack itself."""
    by_dossier: bool = False
    """由卷宗指定：a draft whose commencement a dossier gives."""

    @property
    def numbered(self) -> str:
        """The title with the document number, which not every regulation has: 《名称》（文号）."""
        return f"《{self.title}》（{self.document_number}）" if self.document_number else f"《{self.title}》"

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the order of the text."""
        return tuple(rule for article in self.articles for sentence in article.sentences for rule in sentence.rules)

    @cached_property
    def order_of_records(self) -> tuple[tuple[Ref, Ref], ...]:
        """Pairs of records of which the second cannot be earlier than the first."""
        return tuple(
            (earlier, Ref(f"{head}.{word.name}", head, word.name))
            for head, one in BY_KIND.items()
            for word in self.words.get(one.words, {}).values()
            for earlier in word.after
        )

    @cached_property
    def same_in_both(self) -> tuple[tuple[Ref, Ref], ...]:
        """Pairs of records that state one and the same day or figure."""
        return tuple(
            (Ref(f"{head}.{word.name}{'.' * bool(other.attr)}{other.attr}", head, word.name, attr=other.attr), other)
            for head, one in BY_KIND.items()
            for word in self.words.get(one.words, {}).values()
            for other in word.same
        )

    @cached_property
    def undecided(self) -> tuple[Sentence, ...]:
        """The sentences of which nobody has decided yet what judges them."""
        return tuple(s for article in self.articles for s in article.sentences if s.status == UNDECIDED)

    @cached_property
    def asked_of_neighbours(self) -> frozenset[str] | None:
        """The keys of project.yaml that its facts about neighbours rest on; None where that may be any of them."""
        todo = [ref for fact in self.facts.values() for ref in _of_others(fact.derivation)]
        keys: set[str] = set()
        seen: set[Ref] = set()
        while todo:
            ref = todo.pop()
            if ref in seen:
                continue
            seen.add(ref)
            fact = self.facts.get(ref.key) if ref.head == "name" else None
            if fact is not None:
                listed = getattr(fact.derivation, "listed", None)
                todo += [*fact.derivation.mentioned(), *([Ref(listed, "field", listed)] if listed else ())]
                continue
            key = self._key_behind(ref)
            if key is None:
                return None
            keys.add(key)
        return frozenset(keys)

    def _key_behind(self, ref: Ref) -> str | None:
        """The key of project.yaml that a ref reads, '' for none of them; None where it is not known which."""
        if ref.head == "name":
            return "traits" if ref.key in self.words.get("traits", {}) else "category"
        key = ref.key if ref.head == "field" else _KEYS_OF.get(ref.head, ref.head)
        return key if not key or label_of(key) else None

    def of_item(self, parts: object) -> bool:
        """Whether a condition or a value speaks of the item of a list, down through the facts."""
        return any(
            ref.head == "item" or (ref.head == "name" and ref.key in self.facts and self.facts[ref.key].per_item)
            for ref in refs_in(parts)
        )

    def status_on(self, day: dt.date) -> str:
        """draft, not_yet_in_force, in_force or expired on a day; both ends of validity are inside."""
        if self.draft:
            return "draft"
        if self.effective_from and day < self.effective_from:
            return "not_yet_in_force"
        if self.effective_to and day > self.effective_to:
            return "expired"
        return "in_force"

    def standing(self, day: dt.date, spoken: Callable[[str], str] = str) -> str:
        """Its status on a day in words: with the day of the last look-up, or that the dossier says so."""
        status = self.status_on(day)
        said = spoken(STATUS_WORDS[status])
        if self.by_dossier:
            until = spoken("，至 {}").format(self.effective_to) if self.effective_to else ""
            return said + spoken("，由卷宗指定自 {} 起施行").format(self.effective_from) + until
        if status == "in_force" and self.checked is not None:
            return said + spoken("，{} 核对").format(self.checked)
        return said

    def order(self, stage: str | None) -> int:
        """Where a stage stands in this regulation's order, by its own name or by that of the closed list."""
        by_name = next((n for n, s in enumerate(self.stages) if s.name == stage), -1)
        return by_name if by_name >= 0 else next((n for n, s in enumerate(self.stages) if s.usual == stage), -1)

    def usual_stage(self, stage: str) -> str:
        """The name of the closed list for one of its stages."""
        at = self.order(stage)
        return self.stages[at].usual if at >= 0 else stage

    @property
    def first_submission(self) -> str:
        """The stage that a draft is written for: 申报, else the first one after 草拟."""
        applying = self.order(_APPLYING)
        return self.stages[applying if applying >= 0 else min(1, len(self.stages) - 1)].name

    def vocabulary(self) -> Mapping[str, Mapping[str, str]]:
        """The words as the reader takes them: list -> spelling -> word."""
        lists = {
            name: {spelling: word.name for word in words.values() for spelling in (word.name, *word.also)}
            for name, words in self.words.items()
        }
        lists["amounts"] = {word.name: word.name for word in self.words.get("figures", {}).values() if word.money}
        lists["stages"] = {stage.name: stage.name for stage in self.stages}
        lists["questions"] = {name: name for name in self.questions}
        lists["rules"] = {rule.id: rule.id for rule in self.rules}
        lists["drafts"] = {self.id: self.id} if self.draft else {}
        return lists


_KEYS_OF = {"lines": "budget", "as_of": "", "systems": "", "item": ""}
"""Where the key that a kind of ref reads is called otherwise; '' where it reads none of the project."""


def _of_others(derivation: object) -> tuple[Ref, ...]:
    """What a fact about neighbours asks of them."""
    return tuple(derivation.mentioned()) if isinstance(derivation, (Neighbours, OfYears)) else ()


STATUS_WORDS = {
    "draft": "征求意见稿",
    "not_yet_in_force": "尚未施行",
    "in_force": "现行有效",
    "expired": "已失效",
}
