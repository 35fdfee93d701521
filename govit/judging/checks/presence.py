"""有没有：given, present, contains_all, chapter, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.model import INAPPLICABLE, YES, Document
from govit.judging.checks.verdict import Verdict, complies, key_of, not_applicable, undetermined, unknown, violates
from govit.judging.values import UNDATED, UNKNOWN, Missing, RuleError
from govit.law.conditions import Ref, describe_ref, show
from govit.law.kinds.presence import Answered, Chapter, ContainsAll, FieldsGiven, Present

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govit.dossier.model import Record
    from govit.judging.facts import Facts
    from govit.law.kinds.demand import Demand


def given(demand: FieldsGiven, facts: Facts, item: Record | None) -> list[Verdict]:
    """应写明：a field whose being given is itself the duty."""
    verdicts = []
    for ref in demand.wanted:
        value = facts.written(ref, item)
        subject = ref.key or ref.text
        if (isinstance(value, Missing) and value is not UNDATED) or value in ("", ()):
            verdicts.append(violates(subject, f"没有填写 {describe_ref(ref)}", at=key_of(ref)))
        elif facts.brief:
            verdicts.append(complies(subject))
        else:
            shown = "" if value is UNDATED else f" = {show(value)}"
            verdicts.append(complies(subject, (f"{describe_ref(ref)}{shown}",)))
    return verdicts


def present(demand: Present, facts: Facts, _: Record | None) -> list[Verdict]:
    """应有文件：every one of `documents`, or one of `any_of`, or a chapter that serves instead."""
    if demand.any_of:
        return [_one_present(demand, facts, demand.any_of)]
    return [_one_present(demand, facts, (kind,)) for kind in demand.documents]


def _one_present(demand: Present, facts: Facts, kinds: tuple[str, ...]) -> Verdict:
    subject = "或".join(kinds)
    documents = [d for kind in kinds for d in facts.records("documents", kind)]
    whole = [d for d in documents if d.reading is None or not d.reading.closed]
    if whole:
        return complies(subject, (f"文件 {whole[0].path or subject}",))
    name = demand.or_chapter
    if name and facts.items("documents"):
        from govit.judging.checks.inside import chapter_instead

        served = chapter_instead(facts, (name, *demand.also))
        if served is not None:
            return complies(subject, (served,))
    if documents:
        return undetermined(subject, f"有“{subject}”，但文件打不开", at=documents[0].at, document=documents[0])
    listed = any(d.missing and kind in d.kinds for kind in kinds for d in facts.project.documents)
    detail = (f"登记了“{subject}”，但文件不在或是空的" if listed else f"没有“{subject}”") + (
        f"，各文件里也没有写“{name}”一节" if name else ""
    )
    if name and any(_inside_unknown(d) for d in facts.items("documents")):
        return undetermined(
            subject, f"没有单独的“{subject}”；有的文件不能看内部，无法确认其中有没有“{name}”", at="documents"
        )
    return violates(subject, detail, at="documents")


def _inside_unknown(document: Document) -> bool:
    return document.reading is None or document.reading.content is None


def contains_all(demand: ContainsAll, facts: Facts, item: Record | None) -> list[Verdict]:
    """应包括：every topic as a heading with content, or every value in a list."""
    if demand.field_ is not None:
        return _values_contained(demand.field_, demand, facts, item)
    kind = demand.document
    documents = facts.records("documents", kind)
    if not documents:
        return [not_applicable(f"没有“{kind}”，由要求该文件的规则判断")]
    from govit.judging.checks.inside import topic_in

    return [topic_in(documents, kind, topic) for topic in demand.topics]


def _values_contained(ref: Ref, demand: ContainsAll, facts: Facts, item: Record | None) -> list[Verdict]:
    value = facts.value(ref, item)
    if value is UNKNOWN:
        return [unknown("", (ref,))]
    held = value if isinstance(value, tuple) else ()
    return [
        complies(wanted, (f"{describe_ref(ref)}含{wanted}",))
        if wanted in held
        else violates(wanted, f"{describe_ref(ref)}没有“{wanted}”", at=key_of(ref))
        for wanted in map(str, demand.values)
    ]


def chapter(demand: Chapter, facts: Facts, item: Record | None) -> list[Verdict]:
    """应有篇（章）：a heading of the two highest levels in use, with content below it.

    Beside a file of the same kind that can be looked into, one that cannot (盖章的 PDF) leaves nothing open.
    """
    from govit.judging.checks.inside import chapter_in

    if not isinstance(item, Document):
        message = "chapter 只能逐项看 documents（文件）"
        raise RuleError(message)
    instead = _readable_instead(facts, item)
    if instead is not None:
        return [not_applicable(f"不能查看文件内部，由同一种类的“{instead.path}”判断", demand.chapter)]
    return [chapter_in(item, demand.chapter, demand.also)]


def _readable_instead(facts: Facts, item: Document) -> Document | None:
    """The file that can be looked into, of the same kinds as one that cannot."""
    if not _inside_unknown(item):
        return None
    kinds = set(item.kinds)
    readable = [d for d in facts.items("documents") if not _inside_unknown(d) and kinds.intersection(d.kinds)]
    covered = {kind for document in readable for kind in document.kinds}
    return readable[0] if kinds <= covered else None


def answered(demand: Answered, facts: Facts, _: Record | None) -> list[Verdict]:
    """须人工确认：是 meets the duty, 否 does not, no answer leaves it open."""
    question, name = demand.asked, demand.asked.name
    answer = facts.answer(name)
    if answer is None:
        return [
            undetermined(
                name,
                f"等待人工确认“{name}”：{question.ask}",
                at="answers",
                who=question.who,
                missing=(Ref(f"answers.{name}", "answers", name),),
            )
        ]
    by = f"{answer.by or ''} {answer.on or ''}".strip()
    evidence = (f"{question.ask}{answer.answer}（{by}）",)
    if answer.answer == YES:
        return [complies(name, evidence)]
    if answer.answer == INAPPLICABLE:
        return [not_applicable(f"人工确认为不适用：{answer.note}", name)]
    return [violates(name, f"人工确认为“否”：{question.ask}", at=answer.at, evidence=evidence, who=question.who)]


JUDGED: Mapping[type[Demand], Callable[..., list[Verdict]]] = {
    FieldsGiven: given,
    Present: present,
    Chapter: chapter,
    ContainsAll: contains_all,
    Answered: answered,
}
