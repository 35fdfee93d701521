"""有没有：given, present, contains_all, chapter, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit.checks.verdict import Verdict, complies, key_of, not_applicable, undetermined, unknown, violates
from govit.documents import ChapterState, Trouble, find_chapter, find_topic, nearest_heading
from govit.model import INAPPLICABLE, YES
from govit.refs import Ref, describe_ref, show
from govit.values import ABSENT, UNDATED, UNKNOWN, Missing

if TYPE_CHECKING:
    from govit.documents import ChapterSearch
    from govit.facts import Facts
    from govit.model import Document
    from govit.regulation import Rule

UNREADABLE = frozenset((Trouble.DAMAGED, Trouble.ENCRYPTED, Trouble.HUGE, Trouble.ENCODING))


def given(rule: Rule, facts: Facts, item: Any) -> list[Verdict]:  # noqa: ANN401
    """应写明：a field whose being given is itself the duty."""
    verdicts = []
    for ref in rule.params.get("fields") or (rule.params["field"],):
        value = facts.value(ref, item)
        subject = ref.key or ref.text
        if (isinstance(value, Missing) and value is not UNDATED) or value in ("", ()):
            verdicts.append(violates(subject, f"没有填写 {describe_ref(ref)}", at=key_of(ref)))
        else:
            shown = "" if value is UNDATED else f" = {show(value)}"
            verdicts.append(complies(subject, (f"{describe_ref(ref)}{shown}",)))
    return verdicts


def present(rule: Rule, facts: Facts, item: Any) -> list[Verdict]:  # noqa: ANN401, ARG001
    """应有文件：every one of `documents`, or one of `any_of`, or a chapter that serves instead."""
    if "any_of" in rule.params:
        return [_one_present(rule, facts, rule.params["any_of"])]
    return [_one_present(rule, facts, (kind,)) for kind in rule.params["documents"]]


def _one_present(rule: Rule, facts: Facts, kinds: tuple[str, ...]) -> Verdict:
    subject = "或".join(kinds)
    documents = [d for kind in kinds for d in facts.records("documents", kind)]
    whole = [d for d in documents if not _troubled(d)]
    if whole:
        return complies(subject, (f"文件 {whole[0].path or subject}",))
    name = rule.params.get("or_chapter")
    if name:
        served = _chapter_instead(facts, (name, *rule.params.get("also", ())))
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


def _chapter_instead(facts: Facts, names: tuple[str, ...]) -> str | None:
    for document in facts.items("documents"):
        content = document.reading.content if document.reading else None
        heading = find_topic(content, names) if content else None
        if heading is not None:
            return f"{document.path or '、'.join(document.kinds)}“{heading.text}”"
    return None


def _troubled(document: Document) -> bool:
    return document.reading is not None and document.reading.trouble in (*UNREADABLE, Trouble.EMPTY)


def _inside_unknown(document: Document) -> bool:
    return document.reading is None or document.reading.content is None


def contains_all(rule: Rule, facts: Facts, item: Any) -> list[Verdict]:  # noqa: ANN401
    """应包括：every topic as a heading with content, or every value in a list."""
    if "field" in rule.params:
        return _values_contained(rule, facts, item)
    kind = rule.params["document"]
    documents = facts.records("documents", kind)
    if not documents:
        return [not_applicable(f"没有“{kind}”，由要求该文件的规则判断")]
    return [_topic(documents, kind, topic) for topic in rule.params["topics"]]


def _values_contained(rule: Rule, facts: Facts, item: Any) -> list[Verdict]:  # noqa: ANN401
    ref: Ref = rule.params["field"]
    value = facts.value(ref, item)
    if value is UNKNOWN:
        return [unknown("", (ref,))]
    held = value if isinstance(value, tuple) else ()
    return [
        complies(wanted, (f"{describe_ref(ref)}含{wanted}",))
        if wanted in held
        else violates(wanted, f"{describe_ref(ref)}没有“{wanted}”", at=key_of(ref))
        for wanted in rule.params["values"]
    ]


def _topic(documents: list[Document], kind: str, topic: str) -> Verdict:
    names = topic.split("/")
    subject = f"{kind}/{names[0]}"
    readable = [d for d in documents if d.reading is not None and d.reading.content is not None]
    for document in readable:
        heading = find_topic(_content(document), names)
        if heading is not None:
            return complies(subject, (f"“{heading.text}”",), document=document, heading=heading)
    if not readable:
        return _cannot_look(documents[0], subject)
    near = nearest_heading(_content(readable[0]), names)
    why = "没有这个标题"
    if near is not None and near.length == 0 and any(name in near.text for name in names):
        why = f"“{near.text}”下面只写了“{near.placeholder}”" if near.placeholder else f"“{near.text}”下面没有内容"
    return violates(
        subject,
        f"《{kind}》里没有写“{names[0]}”（{why}）",
        at=readable[0].at,
        document=readable[0],
        heading=near,
        nearest=near.text if near else None,
    )


def _content(document: Document) -> Any:  # noqa: ANN401 - a Content, checked by the caller
    return document.reading.content if document.reading else None


def _cannot_look(document: Document, subject: str) -> Verdict:
    detail = document.reading.detail if document.reading else "文件没有给出"
    return undetermined(
        subject, f"不能查看文件内部：{detail}；请在同一目录放入 docx 或 md 版本", at=document.at, document=document
    )


def chapter(rule: Rule, facts: Facts, item: Any) -> list[Verdict]:  # noqa: ANN401, ARG001
    """应有篇（章）：a heading of the two highest levels in use, with content below it."""
    name = rule.params["chapter"]
    document: Document = item
    if document.reading is None or document.reading.content is None:
        return [_cannot_look(document, name)]
    search = find_chapter(document.reading.content, name, rule.params.get("also", ()))
    if search.state is ChapterState.FOUND and search.heading is not None:
        return [
            complies(
                name,
                (f"“{search.heading.text}”，{search.heading.length} 字",),
                document=document,
                heading=search.heading,
            )
        ]
    return [
        violates(
            name,
            _chapter_trouble(name, search),
            at=document.at,
            document=document,
            heading=search.heading,
            nearest=search.heading.text if search.heading else None,
        )
    ]


def _chapter_trouble(name: str, search: ChapterSearch) -> str:
    heading = search.heading
    found = heading.text if heading else ""
    match search.state:
        case ChapterState.EMPTY:
            return f"“{found}”下面没有内容"
        case ChapterState.PLACEHOLDER:
            return f"“{found}”下面只写了“{heading.placeholder if heading else ''}”，不算内容"
        case ChapterState.TOO_DEEP:
            return f"“{found}”只是第 {heading.level if heading else 0} 级标题，不是篇、章；请提到最高两级标题"
        case ChapterState.NEAR:
            return f"没有“{name}”篇（章），最接近的标题是“{found}”"
        case _:
            return f"没有“{name}”篇（章）"


def answered(rule: Rule, facts: Facts, item: Any) -> list[Verdict]:  # noqa: ANN401, ARG001
    """须人工确认：是 meets the duty, 否 does not, no answer leaves it open."""
    name = rule.params["question"]
    question = facts.regulation.questions[name]
    answer = facts.project.answers.get(name) or facts.project.settings.answers.get(name)
    if answer is None or (answer.on is not None and answer.on > facts.as_of):
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


def is_recorded(value: object) -> bool:
    """Whether a ref's value stands for something that is on record."""
    return value is not ABSENT and value is not UNKNOWN
