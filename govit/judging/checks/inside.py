"""文件里面：chapters and topics, looked for among the headings of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record, replace
from govit.base.wording import Wording, file_named
from govit.documents.names import ChapterState, find_aside, find_chapter, find_topic, nearest_heading
from govit.documents.typed_headings import is_annex
from govit.dossier.finding import Outcome
from govit.judging.checks.verdict import Verdict, complies, undetermined, violates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.documents.content import Aside, Content
    from govit.documents.names import ChapterSearch
    from govit.dossier.model import Document


_NO_HEADING = "没有这个标题"


def chapter_instead(documents: Sequence[Document], names: tuple[str, ...]) -> str | None:
    """The section of some document that serves instead of a document of its own, None if there is none."""
    for document in documents:
        content = _content(document)
        heading = find_topic(content, names) if content else None
        if heading is not None:
            file = file_named(document.path) if document.path else "、".join(document.kinds)
            return Wording("{}“{}”", file, heading.text)
    return None


@record
class _Topic:
    """题目：what is said of one topic of a document, and what stands there instead where it is lacking."""

    name: str
    verdict: Verdict
    instead: str = ""

    @property
    def lacking(self) -> str:
        """It among others that are lacking: “网络安全”（“网络安全”下面没有内容）."""
        return f"“{self.name}”（{self.instead}）" if self.instead else f"“{self.name}”"


def topic_in(document: Document, kind: str, topic: str) -> Verdict:
    """Whether a document has the topic as a heading with content; `/` parts its other names."""
    return _topic(document, kind, topic).verdict


def _topic(document: Document, kind: str, topic: str) -> _Topic:
    names = topic.split("/")
    name, subject = names[0], f"{kind}/{names[0]}"
    content = _content(document)
    if content is None:
        return _Topic(name, _cannot_look(document, subject))
    heading = find_topic(content, names)
    if heading is not None:
        return _Topic(name, complies(subject, (f"“{heading.text}”",), document=document, heading=heading))
    if content.doubt:
        return _Topic(name, _cannot_tell(document, subject, f"没有认出写“{name}”的标题", content.doubt))
    near = nearest_heading(content, names)
    instead = ""
    if near is not None and near.length == 0 and any(name in near.text for name in names):
        instead = f"“{near.text}”下面只写了“{near.placeholder}”" if near.placeholder else f"“{near.text}”下面没有内容"
    elif aside := find_aside(content, names):
        if content.printed:
            why = f"{_where(aside)}有“{aside.text}”这几个字，看不出是不是标题"
            return _Topic(name, _cannot_tell(document, subject, f"没有认出写“{name}”的标题", why))
        instead = f"{_where(aside)}有“{aside.text}”这几个字，但不是标题"
    verdict = violates(
        subject,
        f"《{kind}》里没有写“{name}”（{instead or _NO_HEADING}）",
        at=document.at,
        document=document,
        heading=near,
        nearest=near.text if near else None,
    )
    return _Topic(name, verdict, instead)


def topics_in(document: Document, kind: str, topics: Sequence[str]) -> list[Verdict]:
    """Each topic that the document has, and in one line all that it lacks: one missing clause is one thing to do."""
    each = [_topic(document, kind, topic) for topic in topics]
    found = [one.verdict for one in each]
    if len(found) > 1 and found[0].outcome is Outcome.UNDETERMINED and _content(document) is None:
        return [replace(found[0], subject=kind)]
    lacking = [one for one in each if one.verdict.outcome is Outcome.VIOLATES]
    if len(lacking) <= 1:
        return found
    verdicts = [one.verdict for one in lacking]
    near = "、".join(dict.fromkeys(verdict.nearest for verdict in verdicts if verdict.nearest))
    together = replace(
        next((verdict for verdict in verdicts if verdict.heading is not None), verdicts[0]),
        subject=f"{kind}/{'、'.join(one.name for one in lacking)}",
        detail=f"《{kind}》里没有写 {len(lacking)} 项：{'；'.join(one.lacking for one in lacking)}",
        nearest=near or None,
    )
    return [*(verdict for verdict in found if verdict not in verdicts), together]


def _content(document: Document) -> Content | None:
    return document.reading.content if document.reading else None


def _cannot_look(document: Document, subject: str) -> Verdict:
    detail = document.reading.detail if document.reading else "文件没有给出"
    return undetermined(
        subject, f"不能查看文件内部：{detail}；请在同一目录放入 docx 或 md 版本", at=document.at, document=document
    )


def _cannot_tell(document: Document, subject: str, what: str, why: str) -> Verdict:
    """What was not found in a file whose headings are not certain is not said to be missing."""
    return undetermined(
        subject,
        f"《{document.path}》里{what}，但不能断定没有：{why}；请在同一目录放入 docx 版本，或者对照原件人工核对",
        at=document.at,
        document=document,
    )


def chapter_in(document: Document, name: str, also: Sequence[str]) -> Verdict:
    """Whether the document has the chapter, and if not, what comes nearest."""
    if document.reading is None or document.reading.content is None:
        return _cannot_look(document, name)
    search = find_chapter(document.reading.content, name, also)
    if search.state is ChapterState.FOUND and search.heading is not None:
        return complies(
            name,
            (f"“{search.heading.text}”，{search.heading.length} 字",),
            document=document,
            heading=search.heading,
        )
    content = document.reading.content
    if content.doubt:
        return _cannot_tell(document, name, f"没有认出有内容的“{name}”篇（章）", content.doubt)
    if content.printed and search.state is ChapterState.ASIDE and search.aside is not None:
        why = f"{_where(search.aside)}有“{search.aside.text}”这几个字，看不出是不是标题"
        return _cannot_tell(document, name, f"没有认出“{name}”篇（章）", why)
    return violates(
        name,
        _chapter_trouble(name, search),
        at=document.at,
        document=document,
        heading=search.heading,
        nearest=search.heading.text if search.heading else search.aside.text if search.aside else None,
    )


_IF_IT_IS = "如果它就是这一篇（章），请"
_REMEDY = f"{_IF_IT_IS}在 Word 或 WPS 里把它单独成段，设为标题样式"
_REMEDY_IN_TEXT = f"{_IF_IT_IS}让它单独成行，行首加“# ”（井号后空一格）"


def _where(aside: Aside) -> str:
    """Say where a text stands that is no heading."""
    place = f"第 {aside.line} 行" if aside.line else f"第 {aside.paragraph} 段" if aside.paragraph else ""
    place = place or (f"第 {aside.page} 页" if aside.page else "")
    match aside.where:
        case "正文":
            return f"文中{place}"
        case where if place:
            return f"文中{place}附近的{where}里"
        case where:
            return f"{where}里"


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
        case ChapterState.ANNEXED:
            annex = next((text for text in heading.path if is_annex(text)), "附件") if heading else "附件"
            return f"“{found}”在“{annex}”里，不是正文的篇、章；请在正文里单列一篇（章）"
        case ChapterState.ASIDE if search.aside is not None:
            remedy = _REMEDY_IN_TEXT if search.aside.line else _REMEDY
            return f"没有“{name}”篇（章）；{_where(search.aside)}有“{search.aside.text}”这几个字，但不是标题；{remedy}"
        case ChapterState.LISTED if search.aside is not None:
            return f"没有“{name}”篇（章）：只有目录（或跳转链接）里有“{search.aside.text}”，正文里没有这个标题"
        case ChapterState.NEAR:
            return f"没有“{name}”篇（章），最接近的标题是“{found}”"
        case _:
            return f"没有“{name}”篇（章）"
