"""篇章骨架：the documents that the first application needs, as Markdown headings with what the law wants to read there.

Below each heading stands a comment and nothing else: govit counts such a chapter as empty until it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govit.law.asks_for import holds, law
from govit.law.regulation import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.law.regulation import Regulation, Rule

FOLDER = "documents"
_BUILDING = STAGES.index("采购")
"""From this step on documents are made while the project is carried out, not for its application."""
_MAIN = "proposal"
"""The form that every pack has for the paper in which a project is described."""


class RequiredHeading(NamedTuple):
    """One heading, and the rules that want it."""

    text: str
    rules: list[Rule]


def skeletons(regulation: Regulation, category: str | None, name: str) -> dict[str, str]:
    """The documents to be written, by their path in the project's folder; only those with chapters that the law names."""
    rules = [rule for rule in regulation.rules if _early(rule, regulation) and _binds(rule, regulation, category)]
    wanted = _wanted(rules)
    found: dict[str, str] = {}
    main = _main(regulation, wanted)
    for kind in wanted:
        headings = _headings(rules, kind, with_loose=kind == main)
        if headings:
            found[f"{FOLDER}/{kind}.md"] = "\n".join(_document(regulation, name, kind, headings)) + "\n"
    return found


def _early(rule: Rule, regulation: Regulation) -> bool:
    """Whether a rule is due before anything is bought, in the common order of stages."""
    return rule.stage is not None and STAGES.index(regulation.usual_stage(rule.stage)) < _BUILDING


def _binds(rule: Rule, regulation: Regulation, category: str | None) -> bool:
    """Whether a rule binds an ordinary project of a category: what only some projects have, it does not have."""
    return holds(rule.when, regulation, category or "", unknown=False) is True


def _wanted(rules: list[Rule]) -> list[str]:
    """The kinds of documents that must be there, in the order of the text."""
    kinds = (kind for rule in rules for kind in rule.demand.documents)
    return list(dict.fromkeys(kinds))


def _main(regulation: Regulation, wanted: list[str]) -> str | None:
    """The document that takes the chapters which may stand in any."""
    spellings = regulation.vocabulary()["documents"]
    named = (spellings.get(form.title) for form in regulation.forms if form.form == _MAIN)
    return next((kind for kind in named if kind in wanted), wanted[0] if wanted else None)


def _headings(rules: list[Rule], kind: str, *, with_loose: bool) -> list[RequiredHeading]:
    """The headings of a document; those that might stand in another come last."""
    found: dict[str, RequiredHeading] = {}
    own = [(text, rule) for rule in rules if _looks_into(rule, kind) for text in rule.demand.headings]
    loose = [(rule.demand.or_chapter, rule) for rule in rules if with_loose and rule.demand.or_chapter]
    for text, rule in own + loose:
        found.setdefault(text, RequiredHeading(text, [])).rules.append(rule)
    return list(found.values())


def _looks_into(rule: Rule, kind: str) -> bool:
    """Whether a rule looks into documents of a kind: the one that it names, or those that it goes over."""
    if rule.demand.document or rule.each is None:
        return rule.demand.document == kind
    return kind in rule.each.kinds


def _document(regulation: Regulation, name: str, kind: str, headings: list[RequiredHeading]) -> Iterator[str]:
    yield f"# {name}{kind}"
    yield from (
        "",
        "<!--",
        f"下面是{law(regulation)}点名要写的各章，次序和其余各章照你们的提纲。",
        "这样的说明不算内容：在标题下面写了正文，这一章才算有。写好以后说明可以删去。",
        "也可以改用 Word：另存为同名的 docx，删去这个文件。",
        "-->",
    )
    for heading in headings:
        yield from ("", f"## {heading.text}", "", "<!--", *_reasons(regulation, heading), "-->")


def _reasons(regulation: Regulation, heading: RequiredHeading) -> Iterator[str]:
    """What the law says there, each sentence once, and what to do about it."""
    sentences = {id(rule): s for a in regulation.articles for s in a.sentences for rule in s.rules}
    said: dict[str, str] = {}
    for rule in heading.rules:
        said[f"{rule.article}“{sentences[id(rule)].text}”"] = rule.hint
    points = {point.names[0]: point.asked_by for rule in heading.rules for point in rule.demand.content}
    asked = {one.id: one.article for one in regulation.rules}
    for text, hint in said.items():
        yield _harmless(text)
        if hint:
            yield f"怎么写：{_harmless(hint)}"
    if points:
        told = (f"{name}（{asked[rule]}）" if rule in asked else name for name, rule in points.items())
        yield f"要写到（办法点名的注明条号，其余是通行的做法）：{_harmless('、'.join(told))}"


def _harmless(text: str) -> str:
    """A text that does not end the comment in which it stands."""
    return text.replace("--", "－－")
