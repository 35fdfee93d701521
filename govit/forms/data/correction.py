"""补正：for each unit what its projects lack and what it is asked, as the letter to it prints them. Pure.

What has been waived is not asked for. What cannot be judged is asked as a question, and no day of return is told that
the regulation does not give.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.base.wording import on_paper
from govit.calendar.periods import last_day
from govit.dossier.finding import Outcome
from govit.dossier.model import label_of
from govit.forms.data.printed import Row, day, money, numeral
from govit.judging.case import JudgeableCase
from govit.judging.judge import judged_case
from govit.report.consequent import sorted_out
from govit.report.overview import gravity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from govit.dossier.finding import Finding, ToFill
    from govit.judging.case import Case
    from govit.law.regulation import Regulation

Gaps = dict[str, list[Row]]
"""要补正的: the items by how they are asked for, in the order of SECTIONS."""
FORM = "correction"
NO_UNIT = "（项目单位名称没有写明）"
BLANK_DAY, SHORT_BLANK_DAY = "　　　　年　　月　　日", "　　年　月　日"
SECTIONS = {
    "error": ("须补正的", "须补正"),
    "warning": ("请补正或者说明理由的", "请补正或者说明理由"),
    "undetermined": ("请答复的", "请答复"),
    "advisory": ("仅供参考的", "仅供参考"),
}
"""By what a finding counts as: the head of a section, and how it is counted. Hints and what was waived are not asked for."""


@record
class CorrectionLetter:
    """一个单位的补正通知: its unit, the regulation, and what stands in it."""

    unit: str
    regulation: Regulation
    title: str
    """What the regulation calls it, '' if it has no name for it."""
    row: Row
    in_force: bool


def letters(cases: Iterable[Case], as_of: dt.date) -> list[CorrectionLetter]:
    """The letters, one for each unit that lacks anything; of several regulations each has its own."""
    groups: dict[tuple[str, str], list[tuple[JudgeableCase, Gaps]]] = {}
    for case in sorted(cases, key=lambda one: (one.path, str(one.dossier.root))):
        if isinstance(case, JudgeableCase) and (gaps := _gaps(judged_case(case).findings)):
            unit = (case.project.unit.name if case.project.unit else None) or ""
            groups.setdefault((case.regulation.id, unit), []).append((case, gaps))
    return [_letter(unit, mine, as_of) for (_, unit), mine in sorted(groups.items(), key=lambda one: one[0])]


def first(cases: Iterable[Case], as_of: dt.date) -> Row:
    """What stands in the first letter; nothing where nothing is lacking."""
    return next((letter.row for letter in letters(cases, as_of)), {})


def receipts(found: Iterable[CorrectionLetter]) -> list[Row]:
    """送达登记: one row for each letter."""
    keys = ("unit", "measure", "project_count", "count_line", "due_short")
    return [
        {"n": str(number), **{key: letter.row[key] for key in keys}, "projects": _named(letter)}
        for number, letter in enumerate(found, 1)
    ]


def _named(letter: CorrectionLetter) -> str:
    return "；".join(project["name"] for project in letter.row["projects"])


def _letter(unit: str, mine: list[tuple[JudgeableCase, Gaps]], as_of: dt.date) -> CorrectionLetter:
    case = mine[0][0]
    regulation = case.regulation
    counts = {kind: sum(len(gaps.get(kind, ())) for _, gaps in mine) for kind in SECTIONS}
    number = f"（{regulation.document_number}）" if regulation.document_number else ""
    row = {
        "unit": unit or NO_UNIT,
        "measure": f"《{regulation.title}》{number}",
        "banner": _banner(case, as_of),
        "projects": [_project(number, *one) for number, one in enumerate(mine, 1)],
        "project_count": str(len(mine)),
        "count_line": _counted(counts),
        **_due(case, as_of),
    }
    title = next((form.title for form in regulation.forms if form.form == FORM), "")
    return CorrectionLetter(unit, regulation, title, row, in_force=row["banner"] == "")


def _counted(counts: dict[str, int]) -> str:
    return "、".join(f"{SECTIONS[kind][1]} {count} 项" for kind, count in counts.items() if count)


def _project(number: int, case: JudgeableCase, gaps: Gaps) -> Row:
    project = case.project
    total = project.budget.total if project.budget else None
    said = (f"阶段：{project.stage}" if project.stage else "", f"总投资：{money(total)}" if total is not None else "")
    return {
        "n": str(number),
        "number": numeral(number),
        "name": project.name or project.id or case.path,
        "about": "，".join(filter(None, said)),
        "count_line": _counted({kind: len(rows) for kind, rows in gaps.items()}),
        "sections": [
            {"n": str(at), "number": numeral(at), "head": SECTIONS[kind][0], "rows": rows}
            for at, (kind, rows) in enumerate(gaps.items(), 1)
        ],
    }


def _banner(case: JudgeableCase, as_of: dt.date) -> str:
    """That the regulation is not law on the day, '' where it is."""
    regulation = case.regulation
    if regulation.status_on(as_of) == "in_force":
        return ""
    assumed = "按假定施行拟写" if case.options.assume_in_force else "只供内部参考"
    return f"《{regulation.title}》（{regulation.standing(as_of)}）不是现行规定，本件{assumed}，不得作为正式通知发出"


def _due(case: JudgeableCase, as_of: dt.date) -> Row:
    """By when: counted from the day of receipt where the regulation says how long, else a blank and words."""
    entry = next((form for form in case.regulation.forms if form.form == FORM), None)
    if entry is None or entry.within is None:
        words = f"（《{case.regulation.title}》没有规定补正的期限，由发文机关填写）"
        return {"due": f"{BLANK_DAY}前{words}", "due_short": f"{SHORT_BLANK_DAY}前"}
    last = last_day(as_of, entry.within, case.options.schedule)
    unsure = "，放假安排公布后以公布的为准" if last.provisional else ""
    words = f"收到本通知之日起{entry.within}内"
    cite = f"{entry.article}；" if entry.article else ""
    return {
        "due": f"{words}（{cite}{day(as_of)}收到的，不晚于{day(last.day)}{unsure}）",
        "due_short": f"收到之日起{entry.within}内",
    }


# -- what one project lacks ------------------------------------------------------------------------


def _gaps(findings: Sequence[Finding]) -> Gaps:
    """What is asked of a project; what follows from a fault stands with the fault alone."""
    items: dict[tuple[str, ...], list[Finding]] = {}
    for finding in sorted(sorted_out(findings).own, key=gravity):
        if finding.outcome in (Outcome.VIOLATES, Outcome.UNDETERMINED) and finding.counts_as in SECTIONS:
            items.setdefault((finding.counts_as, *_alike(finding)), []).append(finding)
    by_kind: dict[str, list[Row]] = {kind: [] for kind in SECTIONS}
    for (kind, *_), mine in items.items():
        by_kind[kind].append(_item(len(by_kind[kind]) + 1, mine))
    return {kind: rows for kind, rows in by_kind.items() if rows}


def _alike(finding: Finding) -> tuple[str, ...]:
    """What makes one item of several findings: the question or the value that they wait for, or the rule."""
    if finding.asks:
        return ("asks", finding.asks.name)
    if finding.missing:
        return ("missing", finding.subject, *(blank.words for blank in finding.missing))
    return (finding.rule, finding.hint) if finding.article else (finding.rule, finding.message)


def _item(number: int, mine: Sequence[Finding]) -> Row:
    one = mine[0]
    rules = {finding.rule for finding in mine}
    remedy = _sentence(one.hint) if one.hint and len(rules) == 1 else ""
    return {"n": str(number), "text": _text(mine), "cite": _cited(mine), "remedy": remedy}


def _text(mine: Sequence[Finding]) -> str:
    one = mine[0]
    if one.asks:
        return one.asks.ask
    if one.missing:
        return _questions_in_words(one)
    if len(mine) > 1 and all(finding.detail for finding in mine):
        return _sentence(f"{one.title}：{'；'.join(dict.fromkeys(on_paper(f.detail) for f in mine))}")
    text = "；".join(dict.fromkeys(on_paper(finding.message) for finding in mine))
    return f"请核实：{_sentence(text)}" if one.outcome is Outcome.UNDETERMINED else _sentence(text)


def _questions_in_words(finding: Finding) -> str:
    """The values that are missing, as questions: a question of its own, or what each is."""
    questions = [words for words in map(_question, finding.missing) if words]
    values = [on_paper(blank.words) for blank in finding.missing if not _question(blank)]
    of = "" if finding.subject in ("", *(blank.name for blank in finding.missing)) else on_paper(finding.subject)
    about = f"（{label_of(finding.subject) or of}）" if of else ""
    said = [*questions, *([f"{'、'.join(values)}怎样？"] if values else [])]
    return f"{about}{''.join(said)}"


def _question(blank: ToFill) -> str:
    """The question that a value answers, as its words say it in brackets."""
    _, opened, inside = blank.words.partition("（")
    return inside.removesuffix("）") if opened and inside.endswith("？）") else ""


def _cited(mine: Sequence[Finding]) -> str:
    """The articles; of one alone its words too."""
    cited: Iterator[tuple[str, str]] = ((f.article, f.quote or "") for f in mine if f.article)
    found = dict.fromkeys(cited)
    if len(found) == 1:
        article, quote = next(iter(found))
        return f"{article}“{quote}”" if quote else article
    return "、".join(dict.fromkeys(article for article, _ in found))


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "？", "！")) else f"{text}。"
