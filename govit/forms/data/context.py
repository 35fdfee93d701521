"""填表的数据：one project and one form as plain text, flags and lists, by the names of `fields`. Pure.

A value that nobody has given is absent or None; whether it is missed is for the template to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit.dossier.model import DIRECTIONS
from govit.forms.data import correction, handin, investment, recorded, required_content, selfcheck
from govit.forms.data.adjusted import one_change
from govit.forms.data.printed import (
    amounts,
    box,
    box_line,
    columns,
    day,
    listed,
    numbered,
    pairs,
    paragraphs,
    yes_no,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from govit.dossier.model import CatalogueRow
    from govit.forms.data.filled_form import FilledForm
    from govit.forms.data.printed import Row

PRODUCED, NEEDED = DIRECTIONS
_BLANK_DATE = "　　　　年　　月　　日"
_QUARTERS = "一二三四"
_MONTHS = 12
_OWN_TEXTS = (
    "id", "name", "stage", "category", "applicant", "lead", "manager", "team", "builder", "build_mode", "hosting",
    "objective", "demand", "content", "project_code",
)  # fmt: skip
_WORDS = {
    "category": "categories",
    "objects": "objects",
    "hosting": "hosting",
    "build_mode": "build_modes",
    "plans": "plans",
}


def build(filled_form: FilledForm, wanted: Collection[str]) -> Row:
    """The context: of the root names that can be given, those that are wanted."""
    return {name: make(filled_form) for name, make in ROOTS.items() if name in wanted}


# -- the form, the regulation, the day -------------------------------------------------------------


def form(filled_form: FilledForm) -> Row:
    """What the regulation says of this form."""
    entry, regulation = filled_form.entry, filled_form.regulation
    to, article = entry.to, entry.article
    number = f"（{regulation.document_number}）" if regulation.document_number else ""
    opinions = list(entry.opinions if entry.opinions is not None else ("项目单位意见", f"{to}意见"))
    return {
        "title": entry.title,
        "to": to,
        "article": article,
        "cite": f"《{regulation.title}》{number}{article}",
        "stage": entry.stage or None,
        "opinions": opinions,
        "opinion_pairs": [{"left": left, "right": right} for left, right in pairs(opinions)],
        "rows": required_content.rows(filled_form),
        "approvals": recorded.shown(required_content.approvals(filled_form)),
    }


def report(filled_form: FilledForm) -> Row:
    """The compiled report: who wrote it and when, as its entry in documents says."""
    papers = [paper for paper in filled_form.project.documents if filled_form.entry.kind in paper.kinds]
    dates = [paper.date for paper in papers if paper.date is not None]
    unit = filled_form.project.unit.name if filled_form.project.unit else None
    authors = dict.fromkeys(paper.by for paper in papers if paper.by and paper.by != unit)
    return {"author": listed(list(authors)), "date": day(max(dates, default=filled_form.as_of))}


def regulation(filled_form: FilledForm) -> Row:
    """The regulation and its force on the day."""
    found = filled_form.regulation
    status = found.standing(filled_form.as_of)
    return {"title": found.title, "document_number": found.document_number, "status": status}


# -- the project -----------------------------------------------------------------------------------


def project(filled_form: FilledForm) -> Row:
    """The fields of the top level of project.yaml, the long ones also as paragraphs, the words also as boxes."""
    given = filled_form.project
    row: Row = {key: getattr(given, key) for key in _OWN_TEXTS}
    row["year"] = str(given.year) if given.year else None
    row["classified_line"] = yes_no(answer=given.classified)
    for key in ("objective", "demand", "content"):
        row[f"{key}_paragraphs"] = paragraphs(row[key])
    for key, between in (
        ("objects", "、"),
        ("participants", "、"),
        ("basis", "；"),
        ("standards", "；"),
        ("plans", "、"),
    ):
        row[key] = list(getattr(given, key))
        row[f"{key}_text"] = listed(row[key], between)
    for key, words in _WORDS.items():
        value = getattr(given, key)
        chosen = value if isinstance(value, tuple) else (value,) if value else ()
        row[f"{key}_line"], row[f"{key}_boxes"] = _boxes(filled_form, words, chosen)
        row[f"{key}_columns"] = columns(f"{one['box']}{one['name']}" for one in row[f"{key}_boxes"])
    return row


def _boxes(filled_form: FilledForm, words: str, chosen: tuple[str, ...]) -> tuple[str | None, list[Row]]:
    names = list(filled_form.regulation.words.get(words, {}))
    rows = numbered({"name": name, "box": box(chosen=name in chosen), "chosen": name in chosen} for name in names)
    if not names:
        return "", []
    return (box_line(names, chosen) if chosen else None), rows


def traits(filled_form: FilledForm) -> list[Row]:
    """The yes and no facts that the regulation asks of a project, as far as they are answered."""
    words = filled_form.regulation.words.get("traits", {})
    return numbered(
        {
            "name": name,
            "ask": word.ask or name,
            "answer": "是" if filled_form.project.traits[name] else "否",
            "boxes": yes_no(answer=filled_form.project.traits[name]),
            "at": f"traits.{name}",
        }
        for name, word in words.items()
        if name in filled_form.project.traits
    )


def predecessor(filled_form: FilledForm) -> Row:
    """The system or project before this one: a system of govit.yaml, a project of the dossier, else what is written."""
    name = filled_form.project.predecessor
    system = next((s for s in filled_form.project.settings.systems if name and s.id == name), None)
    if system is not None:
        return {"name": system.name, "completed": day(system.completed), "operating": day(system.operating)}
    others = (n.project for n in filled_form.case.dossier.index.projects)
    return {"name": next((p.name for p in others if name and p.id == name), name)}


def unit(filled_form: FilledForm) -> Row:
    """项目单位."""
    given = filled_form.project.unit
    return {} if given is None else {key: getattr(given, key) for key in ("name", "level", "kind", "parent")}


def contact(filled_form: FilledForm) -> Row:
    """联系方式."""
    given = filled_form.project.contact
    return {} if given is None else {"person": given.person, "phone": given.phone}


def schedule(filled_form: FilledForm) -> Row:
    """建设工期, and its length in months, a part of one counted whole."""
    plan = filled_form.project.schedule
    if plan is None:
        return {}
    row: Row = {"start": day(plan.start), "end": day(plan.end)}
    if plan.start and plan.end:
        months = (plan.end.year - plan.start.year) * _MONTHS + plan.end.month - plan.start.month
        row["months"] = str(max(1, months + (plan.end.day >= plan.start.day)))
        row["text"] = f"{row['start']}至{row['end']}"
    return row


# -- data ------------------------------------------------------------------------------------------


def catalogue(filled_form: FilledForm, direction: str | None = None) -> list[Row]:
    """数据资源目录, of one direction or of both."""
    rows = (r for r in filled_form.project.catalogue if direction in (None, r.direction))
    return numbered(_resource(row) for row in rows)


def _resource(row: CatalogueRow) -> Row:
    own = {key: getattr(row, key) for key in ("at", "name", "direction", "share", "provider", "basis")}
    return {**own, "recipients": listed(row.recipients)}


def catalogue_shares(filled_form: FilledForm) -> list[Row]:
    """How many of the resources are shared how."""
    counts: dict[str, int] = {}
    for row in filled_form.project.catalogue:
        if row.share:
            counts[row.share] = counts.get(row.share, 0) + 1
    return numbered({"name": name, "count": str(count)} for name, count in counts.items())


def catalogue_counts(filled_form: FilledForm) -> Row:
    """How many resources the project produces and needs."""
    found = [row.direction for row in filled_form.project.catalogue]
    return {"produced": str(found.count(PRODUCED)), "needed": str(found.count(NEEDED))}


ROOTS: Mapping[str, Callable[[FilledForm], Any]] = {
    "form": form,
    "report": report,
    "regulation": regulation,
    "as_of": lambda filled_form: day(filled_form.as_of),
    "as_of_year": lambda filled_form: str(filled_form.as_of.year),
    "as_of_quarter": lambda filled_form: f"第{_QUARTERS[(filled_form.as_of.month - 1) // 3]}季度",
    "draft": lambda filled_form: filled_form.draft,
    "blank": lambda _: {"date": _BLANK_DATE},
    "revision": lambda filled_form: filled_form.revision,
    "project": project,
    "predecessor": predecessor,
    "traits": traits,
    "unit": unit,
    "contact": contact,
    "schedule": schedule,
    "budget": investment.budget,
    "budget_lines": investment.budget_lines,
    "budget_groups": investment.budget_groups,
    "budget_kinds": investment.budget_kinds,
    "budget_years": investment.budget_years,
    "funding": investment.funding,
    "funding_sources": investment.funding_sources,
    "funding_total": lambda filled_form: amounts("x", investment.funding_total(filled_form))["x"],
    "funding_total_wan": lambda filled_form: amounts("x", investment.funding_total(filled_form))["x_wan"],
    "funding_text": investment.funding_text,
    "catalogue": catalogue,
    "catalogue_produced": lambda filled_form: catalogue(filled_form, PRODUCED),
    "catalogue_needed": lambda filled_form: catalogue(filled_form, NEEDED),
    "catalogue_shares": catalogue_shares,
    "catalogue_counts": catalogue_counts,
    "documents": recorded.documents,
    "approvals": recorded.approvals,
    "approved": recorded.approved,
    "submissions": recorded.submissions,
    "submission": recorded.submission,
    "events": recorded.events,
    "events_columns": lambda filled_form: columns(
        f"{row['date'] or ''}　{row['kind']}" for row in recorded.events(filled_form)
    ),
    "contracts": recorded.contracts,
    "contracts_total": lambda filled_form: amounts("x", recorded.contracts_total(filled_form))["x"],
    "contracts_total_wan": lambda filled_form: amounts("x", recorded.contracts_total(filled_form))["x_wan"],
    "answers": recorded.answers,
    "notices": recorded.notices,
    "findings": selfcheck.findings,
    "findings_articles": selfcheck.findings_articles,
    "findings_open": selfcheck.findings_open,
    "findings_counts": selfcheck.counts,
    "findings_banner": selfcheck.banner,
    "change": one_change,
    "changes": recorded.changes,
    "notes": recorded.notes,
    "handins": handin.handins,
    "materials": handin.materials,
    "materials_present": lambda filled_form: handin.count(handin.materials(filled_form), present=True),
    "materials_missing": lambda filled_form: handin.count(handin.materials(filled_form), present=False),
    "progress": required_content.progress,
    "extension": required_content.extension,
    "correction": lambda filled_form: correction.first([filled_form.case], filled_form.as_of),
    "receipts": lambda filled_form: correction.receipts(correction.letters([filled_form.case], filled_form.as_of)),
}
"""根名称 → what makes it, written out."""
