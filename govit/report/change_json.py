"""变更的 JSON：the contract of `govit change --format json`, version govit-change/1. Amounts are exact, in 元, as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from govit import __version__
from govit.change.limits import percent_text
from govit.report.follows import hand_in, measures, together
from govit.report.jsontext import amount_text, day_text, of_regulation

if TYPE_CHECKING:
    from govit.change.consequences import Consequences
    from govit.change.difference import Difference
    from govit.change.limits import ChangeLimit
    from govit.change.papers import PaperChange
    from govit.change.result import Base, Compared, Comparison, Result
    from govit.dossier.finding import Finding
    from govit.dossier.model import Change
    from govit.law.regulation import Regulation
    from govit.report.jsontext import Entry

SCHEMA = "govit-change/1"


def render(result: Result) -> str:
    """One object; the same input gives the same bytes."""
    data = {
        "schema": SCHEMA,
        "as_of": result.as_of.isoformat(),
        "govit": __version__,
        "regulations": [of_regulation(regulation, result.as_of) for regulation in result.regulations],
        "projects": [_project(project) for project in result.projects],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _project(project: Compared) -> Entry:
    made = project.comparison
    return {
        "path": project.path,
        "id": project.id,
        "name": project.name,
        "regulation": project.regulation.id if project.regulation else None,
        "base": _base(project.base) if project.base else None,
        "not_compared": {"why": project.why.value, "message": project.message} if project.why else None,
        "notes": list(made.notes) if made else [],
        "changed": not made.same if made else None,
        **(_comparison(made) if made else dict.fromkeys(("money", "measures", "words", "documents", "recorded"))),
        "consequences": _consequences(made.consequences, project.regulation)
        if made and made.consequences and project.regulation
        else None,
    }


def _base(base: Base) -> Entry:
    return {
        "revision": base.revision.name,
        "commit": base.revision.commit,
        "date": base.revision.on.isoformat(),
        "chosen": base.choice.name.lower(),
        "folder": base.folder,
    }


def _comparison(made: Comparison) -> Entry:
    found = made.difference
    return {
        "money": _money(found, made),
        "measures": [{"name": name, "amount": amount_text(amount), "how": how} for name, amount, how in measures(made)],
        "words": [
            {
                "key": change.key,
                "label": change.label,
                "group": change.group,
                "before": change.before,
                "after": change.after,
                "added": list(change.added),
                "removed": list(change.removed),
            }
            for change in found.words
        ],
        "documents": [_paper(paper) for paper in made.papers],
        "recorded": {
            "earlier": amount_text(found.recorded.earlier_amount),
            "since": [_change(change) for change in found.recorded.since],
            "gone": [_change(change) for change in found.recorded.gone],
            "open": amount_text(found.open),
            "to_record": _change(found.judged) if found.judged else None,
        },
    }


def _money(found: Difference, made: Comparison) -> Entry:
    money = found.money
    return {
        "before": amount_text(money.before),
        "after": amount_text(money.after),
        "net": amount_text(money.net),
        "increase": amount_text(money.increase),
        "decrease": amount_text(money.decrease),
        "moved": amount_text(money.moved),
        "gross": amount_text(money.gross),
        "cumulative": amount_text(together(made)),
        "lines": [
            {
                "name": line.name,
                "group": line.group,
                "state": line.state,
                "was": line.was or None,
                "before": amount_text(line.before),
                "after": amount_text(line.after),
                "difference": amount_text(line.difference),
                "percent": percent_text(line.difference, line.before) if line.before else None,
            }
            for line in money.lines
        ],
    }


def _paper(paper: PaperChange) -> Entry:
    return {
        "state": paper.state,
        "path": paper.path,
        "was": paper.was or None,
        "before": paper.before or None,
        "after": paper.after or None,
        "headings": [{"before": h.before or None, "after": h.after or None} for h in paper.headings],
        "length_before": paper.lengths[0],
        "length_after": paper.lengths[1],
        "detail": paper.detail,
    }


def _change(change: Change) -> Entry:
    return {
        "on": day_text(change.on),
        "amount": amount_text(change.amount),
        "goal": change.goal,
        "content": change.content,
        "ground": change.ground,
        "total_after": amount_text(change.total_after),
    }


def _consequences(follows: Consequences, regulation: Regulation) -> Entry:
    return {
        "outside": follows.outside or None,
        "earlier_law": follows.earlier_law,
        "not_applicable": list(follows.aside),
        "documents_of_earlier_changes": list(follows.used),
        "limits": [_limit(limit) for limit in follows.limits],
        "depends_on": list(follows.depends_on),
        "always": [_finding(f, regulation) for f in follows.always],
        "scenarios": [
            {"when": s.when, "findings": [_finding(f, regulation) for f in s.findings]} for s in follows.scenarios
        ],
        "surplus": [_finding(f, regulation) for f in follows.surplus],
    }


def _limit(limit: ChangeLimit) -> Entry:
    return {
        "measure": limit.measure,
        "percent": limit.text if limit.percent is not None else None,
        "inclusive": limit.inclusive,
        "base": limit.base,
        "base_amount": amount_text(limit.value),
        "most": amount_text(limit.most),
        "amount": amount_text(limit.judged),
        "share": percent_text(limit.judged, limit.value) if limit.value else None,
        "beyond": limit.beyond(limit.judged),
        "advisory": limit.advisory,
        "rules": list(limit.rules),
        "article": limit.article,
        "clause": limit.clause,
    }


def _finding(finding: Finding, regulation: Regulation) -> Entry:
    return {
        "rule": finding.rule,
        "title": finding.title,
        "outcome": finding.outcome.value,
        "severity": finding.severity.word,
        "nominal": finding.nominal.word,
        "advisory": finding.advisory,
        "subject": finding.subject,
        "message": finding.message,
        "document_number": finding.document_number,
        "article": finding.article,
        "quote": finding.quote,
        "evidence": list(finding.evidence),
        "hint": finding.hint,
        "hand_in": hand_in(finding.rule, regulation),
        "fingerprint": finding.fingerprint,
    }
