"""覆盖：every article and sentence of a regulation, how each is judged or why it is not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.language import say
from govit.base.nearest import did_you_mean
from govit.base.usage import UsageError
from govit.dossier.nearest import regulations_near
from govit.law.in_words import describe
from govit.law.packs.pack_error import PackError

if TYPE_CHECKING:
    import datetime as dt

    from govit.law.library import Library
    from govit.law.regulation import Regulation


def chosen(library: Library, regulation: str | None, own: Path | None) -> list[Regulation]:
    """The regulations asked for; UsageError for an unknown id or a broken pack."""
    known = library.ids(own)
    if regulation is not None and regulation not in known:
        odd = "" if own else regulations_near(Path()).odd
        message = f"没有“{regulation}”这个办法；{odd or did_you_mean(regulation, known)}"
        raise UsageError(message)
    try:
        found = [library.get(name, own) for name in ([regulation] if regulation else known)]
    except PackError as error:
        message = f"办法包有错误，不能使用：\n{error}"
        raise UsageError(message) from error
    return [one for one in found if one is not None]


def render_json(regulations: list[Regulation]) -> str:
    """The contract of `govit regulations --coverage --format json`."""
    data = {"regulations": [_data(regulation) for regulation in regulations]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(regulation: Regulation) -> dict[str, object]:
    return {
        "id": regulation.id,
        "title": regulation.title,
        "document_number": regulation.document_number,
        "checks": dict(sorted(Counter(rule.check for rule in regulation.rules).items())),
        "articles": [
            {
                "number": article.number,
                "mark": article.mark or None,
                "sentences": [
                    {
                        "text": s.text,
                        "rules": [*(r.id for r in s.rules), *s.by],
                        "status": s.status or None,
                        "why": s.why or None,
                    }
                    for s in article.sentences
                ],
            }
            for article in regulation.articles
        ],
    }


def render_text(regulations: list[Regulation], as_of: dt.date, *, coverage: bool) -> str:
    """A list of the regulations with their status on a day, or every sentence of them."""
    blocks = [_head(regulation, as_of) for regulation in regulations]
    if coverage:
        blocks = ["\n".join([_head(r, as_of), *_articles(r)]) for r in regulations]
    return "\n\n".join(blocks) + "\n"


def _head(regulation: Regulation, as_of: dt.date) -> str:
    status = regulation.standing(as_of, say)
    sentences = [s for article in regulation.articles for s in article.sentences]
    judged = sum(1 for s in sentences if s.rules)
    counted = say("{} 条 {} 句：{} 句由 {} 条规则判断，{} 句注明不判断的原因").format(
        len(regulation.articles), len(sentences), judged, len(regulation.rules), len(sentences) - judged
    )
    if regulation.undecided:
        counted = f"{counted}，{say('其中 {} 句待定').format(len(regulation.undecided))}"
    until = say(" 至 {}").format(regulation.effective_to) if regulation.effective_to else ""
    rows = [
        f"{regulation.id}  《{regulation.title}》 {regulation.document_number}".rstrip(),
        f"  {as_of} {status}" + say("；施行 {}").format(regulation.effective_from or say("日期空白")) + until,
        f"  {counted}",
    ]
    if regulation.superseded_by:
        rows.append(f"  {regulation.superseded_by}")
    rows += [f"  {say('注意：')}{note}" for note in regulation.notes]
    return "\n".join(rows)


def _articles(regulation: Regulation) -> list[str]:
    rows = []
    for article in regulation.articles:
        rows.append(f"\n{article.cite}")
        for sentence in article.sentences:
            rows.append(f"  “{sentence.text}”")
            rows += [f"    {rule.id} {describe(rule)}" for rule in sentence.rules]
            if sentence.status:
                by = f"（{'、'.join(sentence.by)}）" if sentence.by else ""
                rows.append(f"    〔{sentence.status}〕{by}{sentence.why}")
    return rows
