"""骨架：the text of a law -> the pack of it in which every sentence waits for a decision.

Nothing is decided here. What was found in a sentence stands in its `why`, a proposed rule below it as a comment that
becomes the rule when the `# ` before its lines are taken away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.authoring.lawtext.clues import bodies_in, clues, clues_of
from govit.authoring.lawtext.heading import heading_of
from govit.base.records import replace
from govit.calendar.periods import parse_period
from govit.documents.numerals import chinese
from govit.law.kinds.demand import Clock, Syntax, parameters
from govit.law.kinds.table import KINDS
from govit.law.regulation import STAGES, UNDECIDED, USUAL_STRENGTH
from govit.yamltext.written import block, flow, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govit.authoring.lawtext.clues import Clues
    from govit.authoring.lawtext.heading import LawHeading
    from govit.authoring.lawtext.splitting import LawArticle, LawSentence, LawText
    from govit.law.kinds.demand import Demand, Parameter
    from govit.yamltext.written import Plain

_ID = re.compile(r"[a-z][a-z0-9-]*")
_LETTERS = re.compile(r"[A-Za-z]+")
_FEWEST, _MOST = 2, 6
"""Letters of a prefix."""
_LETTERS_OF_TWINS = ("", *"bcdefghij")
_ITEM_MARK = re.compile(r"^[（(][一二三四五六七八九十\d]{1,3}[）)]|^\d{1,2}[.．、]")
_SHOWN = 16
"""Characters of the words that an item stands under."""
_STATUS = ("in_force 或 draft（征求意见稿）", f"{UNDECIDED}：没有找到施行日期；已经印发的，写 in_force 和 effective_from")
_ALWAYS = (STAGES[0], STAGES[2])
"""草拟 and 申报, which every pack has."""
_EMPTY: Mapping[Syntax, str] = {
    Syntax.CONDITION: f"{{{UNDECIDED}: true}}",
    **dict.fromkeys((Syntax.REFS, Syntax.DAYS, Syntax.WORDS, Syntax.TEXTS, Syntax.LITERALS), f"[{UNDECIDED}]"),
}
"""How what is to be decided is written, where it is no single word."""


def skeleton(law: LawText, pack_id: str, source: str, schema: str = "") -> str:
    """The pack as text; `pack_id` is the name of its file, `source` what it was made from, `schema` where that lies."""
    head = heading_of(law)
    prefix = _prefix(pack_id)
    first = [f"# yaml-language-server: $schema={schema}"] if schema else []
    made = [*first, *_comment(head, source), *_top(law, head, pack_id, prefix), *_articles(law, prefix)]
    return "\n".join(made) + "\n"


def id_of(name: str) -> str:
    """An id from the name of a file, 待定 where it has no letters."""
    made = "-".join(_ID.findall(name.lower()))
    return made.strip("-") or "new-regulation"


def _prefix(pack_id: str) -> str:
    letters = "".join(_LETTERS.findall(pack_id)).upper()[:_MOST]
    return letters if len(letters) >= _FEWEST else (letters + "XX")[:_FEWEST]


def _comment(head: LawHeading, source: str) -> Iterator[str]:
    yield f"# {head.title or source}：govit regulations --new 从 {source} 拆出的骨架。写着“{UNDECIDED}”的都要由人决定："
    yield f"#   每一句或者写 rules（下面以“# ”开头的是提议，去掉“# ”，填上空着的），或者写 status 和 why；决定了的，删去“{UNDECIDED}”那两行。"
    yield "#   怎样写：govit help pack；每一个键：govit help pack-keys；还有多少没有决定：govit regulations --examples。"
    yield ""


def _top(law: LawText, head: LawHeading, pack_id: str, prefix: str) -> Iterator[str]:
    wanted = {
        "id": (pack_id, "与文件名相同"),
        "prefix": (prefix, "规则编号的字头，2 到 6 个大写字母"),
        "title": (head.title, "办法的名称"),
        "document_number": (head.number, "文号"),
        "issuer": (head.issuer, "发文机关"),
        "issued": (str(head.issued or ""), "印发日期"),
        "effective_from": (str(head.effective_from or ""), "施行日期"),
        "effective_to": (str(head.effective_to or ""), "有效期最后一天；没有写有效期的不写"),
        "status": ("draft" if head.draft else "in_force", _STATUS[head.effective_from is None and head.issued is not None]),
    }
    for key, (value, about) in wanted.items():
        found = quoted(value, None, in_flow=False) if value else UNDECIDED if key == "title" else "~"
        yield f"{key}: {value if _is_day(value) else found}  # {'' if value else UNDECIDED + '：没有找到，'}{about}"
    yield from block({"repeals": list(head.repeals)}, "")
    yield ""
    if law.oddities:
        listed: Plain = [{"where": odd.where, "defect": odd.what, "handling": odd.done} for odd in law.oddities]
        yield from block({"defects": listed}, "")
        yield ""
    yield from _words(law)


def _is_day(value: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))


def _words(law: LawText) -> Iterator[str]:
    text = "".join(article.text for article in law.articles)
    categories = _categories(text) or [UNDECIDED]
    yield f"words:  # {UNDECIDED}：照表格上的写法；不是的删去，缺的补上"
    yield "  categories:"
    yield from (f"    {word}: {{}}" for word in categories)
    yield "  bodies:"
    yield from (f"    {quoted(word, None, in_flow=False)}: {{}}" for word in bodies_in(text))
    yield ""
    found = [stage for stage in STAGES if stage in text or stage in _ALWAYS]
    yield f"stages:  # {UNDECIDED}：本地的次序；passed 写凭什么记录证明已经走过"
    yield from (f"  - {{name: {stage}}}" for stage in found)
    yield ""


def _categories(text: str) -> list[str]:
    """The categories that a text names; 改扩建 is not 扩建 as well."""
    for word in clues()["not_categories"]:
        text = text.replace(word, "\0")
    found = []
    for word in sorted(clues()["categories"], key=len, reverse=True):
        if word in text:
            found.append(word)
            text = text.replace(word, "\0")
    return sorted(found, key=clues()["categories"].index)


# -- articles -----------------------------------------------------------------------------------------


def _articles(law: LawText, prefix: str) -> Iterator[str]:
    yield "articles:"
    for position, article in enumerate(law.articles):
        yield f"  - number: {article.number}"
        if article.mark:
            yield f"    mark: {article.mark}"
        if article.chapter:
            yield f"    chapter: {article.chapter}"
        yield "    sentences:"
        for n, sentence in enumerate(article.sentences, 1):
            yield from _sentence(article, sentence, f"{prefix}-{_counted(law, position)}-{n}")
        yield ""


def _counted(law: LawText, position: int) -> str:
    """The number of an article in digits, as rule ids have it; b for the second of those that are printed alike."""
    number = law.articles[position].number
    value = next((n for n in range(1, 1000) if number == f"第{chinese(n)}条"), position + 1)
    before = sum(1 for article in law.articles[:position] if article.number == number)
    return f"{value}{_LETTERS_OF_TWINS[min(before, len(_LETTERS_OF_TWINS) - 1)]}"


def _sentence(article: LawArticle, sentence: LawSentence, rule_id: str) -> Iterator[str]:
    lead = _lead(article, sentence)
    found = _as_item(clues_of(sentence.text), lead, sentence.text)
    yield f"      - text: {quoted(sentence.text, None, in_flow=False)}"
    cite = article.cite_of(sentence)
    if cite != article.cite:
        yield f"        cite: {cite}"
    yield f"        status: {UNDECIDED}"
    why = f"“{lead[-_SHOWN:]}”的一项，与它一起决定" if lead and not (found.proposal or found.status) else _why(found)
    yield f"        why: {quoted(why, None, in_flow=False)}"
    if found.proposal:
        yield "        # rules:"
        yield from (f"        # {line}" for line in _rule(found, sentence.text, rule_id))


def _as_item(found: Clues, lead: str, text: str) -> Clues:
    """An item of a list of papers is one of them; that of a list of cases demands nothing of its own."""
    if not found.modal and any(word in lead for word in clues()["cases"]):
        return replace(found, proposal="", status="", further=())
    if found.modal or not any(word in lead for word in clues()["papers"]):
        return found
    named = _ITEM_MARK.sub("", text).strip("；。，、和及")
    return replace(found, proposal="present", status="", listed=(named,), further=())


def _lead(article: LawArticle, sentence: LawSentence) -> str:
    """The words that an item stands under: 下列情形之一的："""
    at = article.sentences.index(sentence)
    above = [one.text for one in article.sentences[:at] if not one.item and one.text.endswith("：")]
    return above[-1] if sentence.item and above else ""


def _why(found: Clues) -> str:
    """What was found in a sentence, and what is proposed."""
    listed = (
        ("", [found.modal] if found.modal else []),
        ("金额 ", found.amounts),
        ("比例 ", found.shares),
        ("期间 ", found.periods),
        ("机构 ", found.bodies),
    )
    said = [f"{label}{'、'.join(words)}" for label, words in listed if words]
    proposed = (
        f"提议 status: {found.status}" if found.status else f"提议 check: {found.proposal}" if found.proposal else ""
    )
    also = [f"另有一件，可用 {'、'.join(found.further)}"] if found.further else []
    return "；".join([*said, proposed or "没有看到要求，请选一个 status", *also])


def _rule(found: Clues, text: str, rule_id: str) -> Iterator[str]:
    """What goes without saying is left out: the whole sentence as the quote, `must`."""
    kind = KINDS[found.proposal]
    yield f"  - id: {rule_id}"
    yield f"    title: {UNDECIDED}"
    yield f"    check: {found.proposal}"
    yield from (f"    {line}" for line in _parameters(kind, found, text))
    if kind.clock is Clock.STANDING and not kind.is_scope:
        yield f"    stage: {UNDECIDED}"
    of_projects = found.of_projects
    bounds = of_projects if "limit" in {one.key for one in parameters(kind)} else of_projects or found.bounds
    if bounds and not kind.is_scope:
        said = (f"{UNDECIDED}{'' if n == 1 else chinese(n)}: {bound}" for n, bound in enumerate(bounds[: len(of_projects) or 1], 1))
        yield f"    when: {{{', '.join(said)}}}"
    if found.strength not in ("", USUAL_STRENGTH):
        yield f"    strength: {found.strength}"
    yield f"    hint: {UNDECIDED}"


def _parameters(kind: type[Demand], found: Clues, text: str) -> Iterator[str]:
    """What a check of the kind must be told, as far as the sentence says it."""
    first = {keys[0] for keys in kind.one_of}
    for one in parameters(kind):
        offered = _offered(one, found, text)
        if one.required or one.key in first or offered:
            yield f"{one.key}: {offered or _EMPTY.get(one.shape, UNDECIDED)}"


def _offered(one: Parameter, found: Clues, text: str) -> str:
    """What the sentence offers for a parameter, '' for nothing."""
    shares = [share.replace("％", "%") for share in found.shares if share not in "".join(found.of_projects)]
    match one.shape:
        case Syntax.PERIOD if (one.required or KINDS[found.proposal].recurs) and found.periods:
            return _as_written(found.periods[0])
        case Syntax.OPERAND:
            of_projects = "".join(found.of_projects)
            return next(iter((*(one for one in found.amounts if one not in of_projects), *shares, *found.counts)), "")
        case Syntax.REF if one.key == "of" and shares and not found.amounts:
            return UNDECIDED
        case Syntax.CHOICE if one.required:
            return next((choice for choice in sorted(one.choices, key=len, reverse=True) if choice in text), "")
        case Syntax.WORDS if one.key in ("to", "bodies", "documents"):
            return _in_brackets(found.listed if one.words == "documents" else found.bodies)
        case Syntax.WORD if one.words == "documents" and found.subject:
            return quoted(found.subject, None, in_flow=False)
        case Syntax.TEXTS if one.key == "topics":
            return _in_brackets(found.listed)
    return ""


def _in_brackets(words: Sequence[str]) -> str:
    return flow(list(words)) if words else ""


def _as_written(period: str) -> str:
    """A period as packs have it, where it can be said so: 三个月 as 3个月."""
    return str(parse_period(period))
