"""自查：every duty that was judged, with its outcome and what it rests on, as the self-check prints them. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from govit.base.wording import in_brief, on_paper
from govit.dossier.finding import Outcome, Severity
from govit.dossier.model import label_of
from govit.forms.data.printed import box_line, day
from govit.judging import waivers
from govit.law.in_words import describe
from govit.law.regulation import STRENGTH_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.dossier.finding import Finding
    from govit.forms.data.filled_form import FilledForm
    from govit.forms.data.printed import Row

OUTCOMES = {Outcome.COMPLIES: "合规", Outcome.VIOLATES: "不合规", Outcome.UNDETERMINED: "无法判断"}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


@lru_cache(maxsize=1)
def judged(filled_form: FilledForm) -> tuple[Finding, ...]:
    """What complies, violates or cannot be judged, in the order of the text, with waivers laid over it."""
    examined = filled_form.examined
    found = [examined.run.finding(j) for j in examined.judgements if j.verdict.outcome in OUTCOMES]
    if filled_form.case.options.waivers:
        found, _ = waivers.apply(found, filled_form.project, filled_form.regulation, filled_form.as_of)
    order = {rule.id: number for number, rule in enumerate(filled_form.regulation.rules)}
    return tuple(sorted(found, key=lambda finding: order.get(finding.rule, -1)))


def findings(filled_form: FilledForm) -> list[Row]:
    """自查结论."""
    return _rows(filled_form, judged(filled_form))


def findings_articles(filled_form: FilledForm) -> list[Row]:
    """自查结论 by article: one line for each duty and what it is about, in few words."""
    groups: dict[str, dict[tuple[object, ...], Row]] = {}
    found = judged(filled_form)
    for row, finding in zip(_rows(filled_form, found), found, strict=True):
        row["brief"] = _briefly(finding)
        lines = groups.setdefault(row["article"], {})
        alike = (row["rule"], row["outcome"], row["waived"], row["brief"])
        about = next((line for line in lines.values() if (line["rule"], line["subject"]) == _place(row)), None)
        if alike in lines:
            lines[alike]["subject"] = "、".join(dict.fromkeys(_subjects(lines[alike]) + _subjects(row)))
        elif about is not None and about["outcome"] == row["outcome"] and about["waived"] == row["waived"]:
            about["brief"] += f"\n{row['brief']}"
        else:
            lines[alike] = row
    number = 0
    by_article: list[Row] = []
    for article, lines in groups.items():
        rows = []
        for row in lines.values():
            number += 1
            rows.append({**row, "n": str(number)})
        by_article.append({"n": str(len(by_article) + 1), "article": article or "（govit 自己的核对）", "rows": rows})
    return by_article


def _place(row: Row) -> tuple[str, str]:
    return row["rule"], row["subject"]


def _subjects(row: Row) -> list[str]:
    return [row["subject"]] if row["subject"] else []


NOTHING_AGAINST = "没有相反的记录"


def _briefly(finding: Finding) -> str:
    """What an outcome rests on without what stands beside it: no duty and no question again, files by their names."""
    met = finding.outcome is Outcome.COMPLIES
    said = map(in_brief, finding.evidence if met else (finding.message,))
    return "\n".join(filter(None, said)) or NOTHING_AGAINST


def findings_open(filled_form: FilledForm) -> list[Row]:
    """What is still to be looked at."""
    return _rows(filled_form, [f for f in judged(filled_form) if f.outcome is not Outcome.COMPLIES])


def _rows(filled_form: FilledForm, found: Sequence[Finding]) -> list[Row]:
    rules = {rule.id: rule for rule in filled_form.regulation.rules}
    rows: list[Row] = []
    for number, finding in enumerate(found, 1):
        rule = rules.get(finding.rule)
        rows.append(
            {
                "n": str(number),
                "article": finding.article or "",
                "cite": f"《{filled_form.regulation.title}》{finding.article or ''}",
                "rule": finding.rule,
                "title": finding.title,
                "duty": _duty(rule) if rule else finding.title,
                "quote": finding.quote or "",
                "strength": STRENGTH_WORDS[rule.strength] if rule else "",
                "outcome": OUTCOMES[finding.outcome],
                "outcome_box": box_line(OUTCOMES.values(), (OUTCOMES[finding.outcome],)),
                "severity": SEVERITIES[finding.severity] if finding.outcome is not Outcome.COMPLIES else "",
                "subject": label_of(finding.subject) or on_paper(finding.subject),
                "message": on_paper(finding.message),
                "evidence": "\n".join(on_paper(one) for one in finding.evidence),
                "hint": finding.hint,
                "waived": finding.waived.number if finding.waived else None,
                "advisory": finding.advisory,
                "due": day(finding.due),
            }
        )
    return rows


_duty = lru_cache(maxsize=512)(describe)
"""A rule is told in the same words in every form."""


def counts(filled_form: FilledForm) -> Row:
    """How many of each outcome."""
    found = judged(filled_form)
    violated = [f for f in found if f.outcome is Outcome.VIOLATES]
    open_ = [f for f in violated if not f.waived and not f.advisory]
    return {
        "complies": str(filled_form.examined.tally(Outcome.COMPLIES)),
        "violates": str(len(violated)),
        "undetermined": str(filled_form.examined.tally(Outcome.UNDETERMINED)),
        "inapplicable": str(filled_form.examined.tally(Outcome.NOT_APPLICABLE)),
        "waived": str(sum(f.waived is not None for f in found)),
        "error": str(sum(f.severity is Severity.ERROR for f in open_)),
        "warning": str(sum(f.severity is Severity.WARNING for f in open_)),
    }


def banner(filled_form: FilledForm) -> str:
    """A line above all when the regulation is not law on the day, '' when it is."""
    regulation, day_ = filled_form.regulation, filled_form.as_of
    status = regulation.status_on(day_)
    if status == "in_force" and not regulation.by_dossier:
        return ""
    assumed = "，本表按假定施行填写" if filled_form.case.options.assume_in_force else "，结论仅供参考"
    if status == "in_force":
        return f"《{regulation.title}》{regulation.standing(day_)}"
    return f"《{regulation.title}》{regulation.standing(day_)}{assumed}"
