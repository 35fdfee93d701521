"""有没有：given, present, contains_all, chapter, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.wording import IS, Wording, beside, file_named, joined
from govit.dossier.finding import OpenQuestion
from govit.dossier.lists import BY_KIND, day_of, name_of
from govit.dossier.model import INAPPLICABLE, YES, Document, Named
from govit.judging.checks.order import counted_of, misplaced, of_own, own_of, sort_out, span_of, taken
from govit.judging.checks.verdict import Verdict, complies, key_of, not_applicable, undetermined, unknown, violates
from govit.judging.concerning import concerns
from govit.judging.given import counting
from govit.judging.values import UNDATED, UNKNOWN, Missing, RuleError
from govit.law.conditions import Ref, describe_ref, record_ref, show
from govit.law.kinds.presence import Answered, Chapter, ContainsAll, FieldsGiven, Present

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Mapping, Sequence

    from govit.dossier.model import Record
    from govit.judging.checks.order import Span
    from govit.judging.facts import Facts
    from govit.law.kinds.demand import Demand


def given(demand: FieldsGiven, facts: Facts, item: Record | None) -> list[Verdict]:
    """应写明：a field whose being given is itself the duty."""
    verdicts = []
    for ref in demand.wanted:
        if ref.head in BY_KIND and (demand.bounds or isinstance(item, Named)):
            verdicts.append(_recorded(demand, ref, facts, item))
            continue
        value = facts.written(ref, item)
        subject = ref.key or ref.text
        if (isinstance(value, Missing) and value is not UNDATED) or value in ("", ()):
            lacks = ref if ref.head in BY_KIND else None
            text = Wording("没有填写 {}", describe_ref(ref))
            verdicts.append(violates(subject, text, at=key_of(ref), unfilled=ref, lacks=lacks))
        elif facts.brief:
            verdicts.append(complies(subject))
        else:
            shown = () if value is UNDATED else (IS, show(value))
            verdicts.append(complies(subject, (joined("", (describe_ref(ref), *shown)),)))
    return verdicts


def _recorded(demand: FieldsGiven, ref: Ref, facts: Facts, item: Record | None) -> Verdict:
    """应有记录：a record that must stand where the rule wants it in time."""
    span = span_of(demand, facts, item)
    found = [r for r in counting(facts, ref) if not isinstance(item, Named) or concerns(r, item, facts)]
    placed = sort_out(found, span)
    mine = own_of(demand, facts, item, found)
    own = counted_of(mine, placed.counted)
    if own and span.unknown:
        return unknown(ref.key, span.unknown)
    if own:
        return complies(ref.key, (Wording("{} {}", describe_ref(ref), day_of(own[0]) or "日期未写"), *span.shown))
    if placed.counted and not mine:
        return taken(ref.key, placed.counted[0].at)
    wrong = misplaced(ref.key, of_own(placed, mine), span, lambda one: Wording("{} {}", describe_ref(ref), day_of(one) or ""))
    return wrong or violates(ref.key, Wording("没有填写 {}", describe_ref(ref)), at=key_of(ref), lacks=ref)


def present(demand: Present, facts: Facts, item: Record | None) -> list[Verdict]:
    """应有文件：every one of `documents`, or one of `any_of`, or a chapter that serves instead."""
    if demand.any_of:
        return [_one_present(demand, facts, demand.any_of, item)]
    return [_one_present(demand, facts, (kind,), item) for kind in demand.documents]


def _one_present(demand: Present, facts: Facts, kinds: tuple[str, ...], item: Record | None) -> Verdict:
    subject = "或".join(kinds)
    documents = [d for kind in kinds for d in facts.records("documents", kind)]
    whole = [d for d in documents if d.reading is None or not d.reading.closed]
    span = span_of(demand, facts, item)
    placed = sort_out(whole, span)
    mine = own_of(demand, facts, item, whole)
    own = counted_of(mine, placed.counted)
    if own:
        if span.unknown:
            return unknown(subject, span.unknown)
        return complies(subject, (_file(own[0], subject), *span.shown), papers=kinds)
    served = _served(demand, facts, span)
    if served is not None:
        return complies(subject, (served,), papers=kinds)
    if placed.counted and not mine:
        return taken(subject, placed.counted[0].at)
    return misplaced(subject, of_own(placed, mine), span, lambda one: _file(one, subject)) or _absent(demand, facts, kinds, documents)


def _file(one: Document, kind: str) -> str:
    return file_named(one.path, "文件 ") if one.path else f"文件 {kind}"


def _served(demand: Present, facts: Facts, span: Span) -> str | None:
    """The chapter of a document that serves instead, itself not of the wrong day."""
    if not demand.or_chapter:
        return None
    from govit.judging.checks.inside import chapter_instead

    others = sort_out(facts.items("documents"), span)
    return chapter_instead([*others.counted, *others.undated], (demand.or_chapter, *demand.also))


def _absent(demand: Present, facts: Facts, kinds: tuple[str, ...], documents: Sequence[Document]) -> Verdict:
    subject, name = "或".join(kinds), demand.or_chapter
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
    lacks = record_ref("documents", kinds[0]) if len(kinds) == 1 and not name else None
    return violates(subject, detail, at="documents", lacks=lacks)


def _inside_unknown(document: Document) -> bool:
    """Whether its headings are not known, or not for certain (没有书签的 PDF)."""
    content = document.reading.content if document.reading else None
    return content is None or bool(content.doubt)


def contains_all(demand: ContainsAll, facts: Facts, item: Record | None) -> list[Verdict]:
    """应包括：every topic as a heading with content, each document judged by itself, or every value in a list.

    What one document lacks is one line.
    """
    if demand.field_ is not None:
        return _values_contained(demand.field_, demand, facts, item)
    kind = demand.document
    documents = facts.records("documents", kind)
    if not documents:
        return [not_applicable(f"没有“{kind}”，由要求该文件的规则判断")]
    from govit.judging.checks.inside import topics_in

    days = {d.date for d in documents if not _inside_unknown(d)}
    judged = [d for d in documents if not _inside_unknown(d) or not _is_copy(d, days)]
    several = len(judged) > 1
    return [v for d in judged for v in topics_in(d, name_of(d, (kind,)) if several else kind, demand.topics)]


def _is_copy(document: Document, days: Collection[dt.date | None]) -> bool:
    """Whether a file that cannot be looked into (盖章的 PDF) may be a copy of one that can: no other day tells them apart."""
    return bool(days) and (document.date is None or document.date in days or None in days)


def _values_contained(ref: Ref, demand: ContainsAll, facts: Facts, item: Record | None) -> list[Verdict]:
    value = facts.value(ref, item)
    if value is UNKNOWN:
        return [unknown("", (ref,))]
    held = value if isinstance(value, tuple) else ()
    wanted = [str(one) for one in demand.values]
    lacking = "、".join(one for one in wanted if one not in held)
    found = [complies(one, (Wording("{}含{}", describe_ref(ref), one),)) for one in wanted if one in held]
    if lacking:
        found.append(violates(lacking, Wording("{}没有“{}”", describe_ref(ref), lacking), at=key_of(ref)))
    return found


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
        what = "标题不能确认" if item.reading and item.reading.content else "不能查看文件内部"
        return [
            not_applicable(Wording(f"{what}，由同一种类的“{{}}”判断", file_named(instead.path or "")), demand.chapter)
        ]
    return [chapter_in(item, demand.chapter, demand.also)]


def _readable_instead(facts: Facts, item: Document) -> Document | None:
    """The file that can be looked into, of the same kinds as one that cannot."""
    if not _inside_unknown(item):
        return None
    kinds = set(item.kinds)
    readable = [d for d in facts.items("documents") if not _inside_unknown(d) and kinds.intersection(d.kinds)]
    covered = {kind for document in readable for kind in document.kinds}
    return readable[0] if kinds <= covered else None


def answered(demand: Answered, facts: Facts, item: Record | None) -> list[Verdict]:
    """须人工确认：是 meets the duty, 否 does not, no answer leaves it open, nor does one given before its time."""
    question, name = demand.confirmed, demand.confirmed.name
    answer = facts.answer(name)
    span = span_of(demand, facts, item)
    early = span.passed_by(answer.on) if answer is not None and answer.on is not None else None
    if answer is not None and answer.answer == YES and answer.on is not None and early is not None:
        return [
            undetermined(
                name,
                Wording(
                    "“{}”是 {} 确认的，还不能说明{}以后的情况：{}请到那时再确认",
                    name,
                    answer.on,
                    early.named,
                    beside(question.ask),
                ),
                at=answer.at,
                who=question.who,
                missing=(Ref(f"answers.{name}", "answers", name),),
            )
        ]
    if answer is None:
        return [
            undetermined(
                name,
                Wording("等待人工确认{}", beside(f"“{name}”：{question.ask}")),
                at="answers",
                who=question.who,
                asks=OpenQuestion(name, question.ask),
                missing=(Ref(f"answers.{name}", "answers", name),),
            )
        ]
    by = joined(" ", filter(None, (answer.by, answer.on)))
    evidence = (Wording("{}{}（{}）", beside(question.ask, "人工确认："), answer.answer or "", by),)
    if answer.answer == YES:
        return [complies(name, evidence)]
    if answer.answer == INAPPLICABLE:
        return [not_applicable(f"人工确认为不适用：{answer.note}", name)]
    detail = Wording("人工确认为“否”{}", beside(f"：{question.ask}"))
    return [violates(name, detail, at=answer.at, evidence=evidence, who=question.who)]


JUDGED: Mapping[type[Demand], Callable[..., list[Verdict]]] = {
    FieldsGiven: given,
    Present: present,
    Chapter: chapter,
    ContainsAll: contains_all,
    Answered: answered,
}
