"""审批路径的 JSON：the contract of `govit route --format json`, version govit-route/1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from govit import __version__
from govit.report.jsontext import day_text, of_regulation
from govit.route.steps import StepState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from govit.dossier.finding import Finding
    from govit.report.jsontext import Entry
    from govit.route.proof import Proof
    from govit.route.steps import Choice, Other, Route, Routed, Step

SCHEMA = "govit-route/1"


def render(
    projects: Sequence[Routed], as_of: dt.date, general: Sequence[Finding] = (), *, everything: bool = False
) -> str:
    """One object; the same input gives the same bytes."""
    used = {p.regulation.id: p.regulation for p in projects if p.regulation}
    data = {
        "schema": SCHEMA,
        "as_of": as_of.isoformat(),
        "govit": __version__,
        "regulations": [of_regulation(used[key], as_of) for key in sorted(used)],
        "projects": [_project(project, everything=everything) for project in projects],
        "findings": [_finding(finding) for finding in general],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _project(project: Routed, *, everything: bool) -> Entry:
    return {
        "path": project.path,
        "id": project.id,
        "name": project.name,
        "regulation": project.regulation.id if project.regulation else None,
        "stage": project.stage,
        "classified": project.classified,
        "outside": project.outside,
        "doubts": list(project.doubts),
        "routes": [_route(route, everything=everything) for route in project.routes],
        "others": [_other(other) for other in project.others if everything or other.open],
        "findings": [_finding(finding) for finding in project.findings],
    }


def _route(route: Route, *, everything: bool) -> Entry:
    return {
        "name": route.name,
        "article": route.article,
        "certain": route.certain,
        "because": list(route.reasons),
        "missing": list(route.missing),
        "channel": route.channel or None,
        "steps": [
            _step(step, step is route.next)
            for step in route.steps
            if everything or step.state is not StepState.NOT_APPLICABLE
        ],
    }


def _step(step: Step, following: bool) -> Entry:  # noqa: FBT001
    return {
        "rule": step.rule.id,
        "title": step.rule.title,
        "article": step.rule.article,
        "quote": step.rule.quote,
        "body": step.body,
        "to": step.to or None,
        "does": step.does,
        "state": step.state.value,
        "next": following,
        "stage": step.rule.stage,
        "reached": step.reached,
        "severity": step.rule.severity.word,
        "advisory": step.advisory,
        "because": list(step.reasons),
        "details": list(step.details),
        "missing": list(step.missing),
        "due": day_text(step.due),
        "done": [_proof(proof) for proof in step.proofs],
        "papers": [{"kinds": list(paper.kinds), "present": paper.present} for paper in step.papers],
        "choices": [_choice(choice) for choice in step.choices],
    }


def _proof(proof: Proof) -> Entry:
    return {
        "list": proof.list,
        "kind": proof.kind,
        "body": proof.body or None,
        "date": day_text(proof.day),
        "number": proof.number or None,
        "file": proof.file or None,
    }


def _choice(choice: Choice) -> Entry:
    return {
        "papers": [list(kinds) for kinds in choice.papers],
        "merged": choice.merged,
        "article": choice.article or None,
        "allowed": choice.allowed,
        "because": list(choice.reasons),
        "taken": choice.taken,
    }


def _other(other: Other) -> Entry:
    return {"name": other.name, "article": other.article, "because": list(other.reasons), "open": other.open}


def _finding(finding: Finding) -> Entry:
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "message": finding.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
    }
