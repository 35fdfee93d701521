"""词汇的读法：the words, questions and names of a pack, read to a frozen vocabulary before anything else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.base.records import replace
from govit.dossier.keys import Kind, specs
from govit.dossier.lists import BY_KIND
from govit.law.packs.conditions import ConditionReader
from govit.law.packs.keys import PARTS
from govit.law.regulation import STAGES
from govit.law.vocabulary import ESTIMATE, PaperDemand, Question, Vocabulary, Word
from govit.yamltext.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from govit.law.conditions import Ref
    from govit.law.packs.nodes import NodeReader

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
    "contract_traits",
    "event_traits",
    "approval_traits",
    "submission_traits",
    "document_traits",
    "figures",
)
TRAIT_LISTS = tuple(name for name in WORD_LISTS if name == "traits" or name.endswith("_traits"))
"""The lists whose words a project answers with true or false."""

_EVERY = ("also", "article")
"""What may be said of any word."""
_WORD_KEYS: Mapping[str, tuple[str, ...]] = {
    "categories": ("traits",),
    "funding_sources": ("traits",),
    "acts": ("estimate", "by"),
    "submissions": ("to", "either", "via", "materials", "demands", "stage", "rule"),
    "notices": ("submissions",),
    **dict.fromkeys(TRAIT_LISTS, ("ask",)),
    "figures": ("ask", "money"),
}
"""What may be said of the words of one list, and of no other, beside what the model declares of their records."""

_ORDERED: Mapping[str, str] = {name: one.words for name, one in BY_KIND.items() if one.listed.ordered}
"""The lists whose words may name what cannot be later than they, each with its word list."""


def keys_of_words(name: str) -> tuple[str, ...]:
    """What may be said of the words of a list."""
    order = ("after", "same") if name in _ORDERED.values() else ()
    return (*_EVERY, *order, *_WORD_KEYS.get(name, ()))


def read_vocabulary(root: Node, nodes: NodeReader) -> Vocabulary:
    """Everything that the rest of a pack may name."""
    top = nodes.mapping(root)
    given = nodes.mapping(top.get("words"))
    if top.get("words") is not None:
        nodes.keys(top["words"], {*WORD_LISTS, "questions"})
    words = {name: _words(given.get(name), keys_of_words(name), nodes) for name in WORD_LISTS}
    _name_words(given, words, nodes)
    facts = frozenset(nodes.text(entry, "name") for entry in nodes.sequence(top.get("facts")))
    traits = {trait for word in words["categories"].values() for trait in word.traits}
    if not words["categories"] and top.get("words") is not None:
        nodes.fault(top["words"], "words 里没有 categories（项目类别）")
    vocabulary = Vocabulary(
        words=words,
        questions=_questions(given.get("questions"), nodes),
        stages=_stage_names(top.get("stages"), nodes),
        facts=facts,
        names=frozenset({*facts, *words["traits"], *traits}),
    )
    ordered = _in_order(words, given, ConditionReader(nodes, vocabulary))
    return replace(vocabulary, words={**words, **ordered})


# -- words -----------------------------------------------------------------------------------------


def words_by_name(words: Node | None, nodes: NodeReader) -> None:
    """Make of each list of words, of which most say nothing but their name, what the rest of the reading expects."""
    for name, listed in nodes.mapping(words).items():
        if name in WORD_LISTS and type(listed.value) is list:
            entries = listed.value
            listed.value, listed.keys = {}, {}
            for entry in entries:
                _add_word(listed, entry, nodes)


def _add_word(listed: Node, entry: Node, nodes: NodeReader) -> None:
    """An entry of a list of words: a word, or a word with what is said of it."""
    given = entry.value
    if type(given) is str:
        word, about, place = given, Node(None, entry.line, entry.column), (entry.line, entry.column)
    elif type(given) is dict and len(given) == 1:
        word, about = next(iter(given.items()))
        place = entry.keys[word]
    else:
        nodes.fault(entry, "这里要写一个词", "例如 [甲局, 乙局: {also: [乙委]}]")
        return
    if word in listed.entries:
        nodes.fault(entry, f"“{word}”写了两次", "只留一处；两处都要的内容请合并")
    listed.entries[word] = about
    listed.keys[word] = place


def _words(node: Node | None, keys: Collection[str], nodes: NodeReader) -> dict[str, Word]:
    found = {}
    for word, about in nodes.mapping(node).items():
        nodes.keys(about, keys)
        found[word] = _word(word, about, nodes)
    return found


def _name_words(given: Mapping[str, Node], words: Mapping[str, Mapping[str, Word]], nodes: NodeReader) -> None:
    """The bodies and the papers that words name must be words themselves."""
    for about in nodes.mapping(given.get("acts")).values():
        nodes.each_of(nodes.mapping(about).get("by"), words["bodies"])
    for about in nodes.mapping(given.get("submissions")).values():
        entry = nodes.mapping(about)
        nodes.each_of(entry.get("to"), words["bodies"])
        nodes.each_of(entry.get("via"), words["bodies"])
        nodes.each_of(entry.get("materials"), words["documents"])
        demands = entry.get("demands")
        for paper in nodes.mapping(demands):
            if demands is not None and paper not in words["documents"]:
                nodes.fault_at_key(demands, paper, f"没有“{paper}”这个词", did_you_mean(paper, words["documents"]))


def _word(name: str, node: Node, nodes: NodeReader) -> Word:
    given = nodes.mapping(node)
    return Word(
        name=name,
        traits=nodes.texts(given.get("traits")),
        also=nodes.texts(given.get("also")),
        ask=nodes.text(node, "ask"),
        money=nodes.flag(given.get("money")),
        article=nodes.text(node, "article"),
        to=nodes.texts(given.get("to")),
        either=nodes.flag(given.get("either")),
        via=nodes.text(node, "via"),
        materials=nodes.texts(given.get("materials")),
        demands={paper: _paper(about, nodes) for paper, about in nodes.mapping(given.get("demands")).items()},
        stages=nodes.texts(given.get("stage")),
        rule=nodes.text(node, "rule"),
        submissions=nodes.texts(given.get("submissions")),
        estimate=_estimate(node, nodes),
        by=nodes.texts(given.get("by")),
    )


def _estimate(node: Node, nodes: NodeReader) -> str:
    word = nodes.text(node, "estimate")
    if word and word not in ESTIMATE:
        nodes.fault(node, f"estimate“{word}”应当是 {' 或 '.join(ESTIMATE)}", did_you_mean(word, ESTIMATE))
    return word


def _paper(node: Node, nodes: NodeReader) -> PaperDemand:
    nodes.keys(node, PARTS["paper"])
    return PaperDemand(
        copies=nodes.text(node, "copies"),
        sealed=nodes.flag(nodes.mapping(node).get("sealed")),
        format=nodes.text(node, "format"),
        note=nodes.text(node, "note"),
    )


def _questions(node: Node | None, nodes: NodeReader) -> dict[str, Question]:
    found = {}
    for name, about in nodes.mapping(node).items():
        nodes.keys(about, PARTS["question"])
        of = nodes.text(about, "of") or "project"
        if of not in ("project", "unit"):
            nodes.fault(about, f"of“{of}”应当是 project 或 unit")
        who = nodes.text(about, "who") or "项目单位"
        found[name] = Question(name, nodes.text(about, "ask", required=True), who, of)
    return found


def _stage_names(node: Node | None, nodes: NodeReader) -> tuple[str, ...]:
    names = []
    for entry in nodes.sequence(node):
        name, stands_for = nodes.text(entry, "name", required=True), nodes.text(entry, "stands_for")
        if stands_for and stands_for not in STAGES:
            nodes.fault(nodes.mapping(entry)["stands_for"], f"没有“{stands_for}”这个阶段", did_you_mean(stands_for, STAGES))
        elif stands_for and name in STAGES:
            nodes.fault(entry, f"“{name}”是固定的名称，不用再写 stands_for", "删去 stands_for，或者写本办法自己的名称")
        elif name and not stands_for and name not in STAGES:
            hint = f"{did_you_mean(name, STAGES)}本办法自己的名称，用 stands_for 写明相当于哪一个"
            nodes.fault(entry, f"阶段“{name}”不在固定的名称里", hint)
        if name in names:
            nodes.fault(entry, f"阶段“{name}”写了两次")
        names.append(name)
    return tuple(names)


# -- what cannot be later than what --------------------------------------------------------------------


def _in_order(
    words: Mapping[str, Mapping[str, Word]], given: Mapping[str, Node], conditions: ConditionReader
) -> dict[str, dict[str, Word]]:
    """`after` of a word: records that cannot be later than it. Read last, since they name words themselves."""
    nodes = conditions.nodes
    ordered = {name: dict(words[name]) for name in _ORDERED.values()}
    for name, own in ordered.items():
        for word, about in nodes.mapping(given.get(name)).items():
            refs = conditions.refs(nodes.mapping(about).get("after"))
            same = conditions.refs(nodes.mapping(about).get("same"))
            for ref in refs:
                if not _of_records(ref) or ref.attr:
                    nodes.fault(about, f"after 只能写事项、审批、报送、文件、合同，不能写“{ref.text}”")
            for ref in same:
                if not _of_records(ref) or not _has(ref.attr, name) or not _has(ref.attr, BY_KIND[ref.head].words):
                    nodes.fault(about, f"same 只能写两边都有的日期、截止日期或者金额，不能写“{ref.text}”")
            own[word] = replace(own[word], after=refs, same=same)
    for head, name in _ORDERED.items():
        for word in ordered[name]:
            if _goes_round(f"{head}.{word}", ordered):
                at = nodes.mapping(given.get(name))[word]
                nodes.fault(at, f"“{head}.{word}”经 after 排在自己之后，先后成了圈")
    return ordered


def _of_records(ref: Ref) -> bool:
    """Whether a ref speaks of the records of a project, of whatever body."""
    return ref.head in BY_KIND and not BY_KIND[ref.head].of_unit and not ref.body


def _has(attr: str, words: str) -> bool:
    """Whether the records of a word list have a day, or a day or an amount of this name."""
    spec = next(specs(one.cls).get(attr) for one in BY_KIND.values() if one.words == words)
    return not attr or (spec is not None and spec.kind in (Kind.DATE, Kind.MONEY))


def _goes_round(start: str, words: Mapping[str, Mapping[str, Word]]) -> bool:
    """Whether a record would have to be later than itself, which makes every project impossible."""
    reached: list[str] = []
    waiting = [start]
    while waiting:
        head, _, key = waiting.pop().partition(".")
        word = words.get(_ORDERED.get(head, ""), {}).get(key)
        found = [f"{ref.head}.{ref.key}" for ref in word.after] if word else []
        waiting += [text for text in found if text not in reached]
        reached += found
    return start in reached
