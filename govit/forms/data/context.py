"""填表的数据：one project and one form as plain text, flags and lists, by the names of `fields`. Pure.

A value that nobody has given is absent or None; whether it is missed is for the template to say.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govit.dossier.lists import day_of
from govit.dossier.model import DIRECTIONS
from govit.forms.data import correction, handin, required_content, selfcheck
from govit.forms.data.adjusted import one_change, row_of_change
from govit.forms.data.printed import (
    amounts,
    box,
    box_line,
    columns,
    day,
    listed,
    money,
    numeral,
    pairs,
    paragraphs,
    percent,
    yes_no,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from govit.dossier.model import Approval, Budget, BudgetLine, CatalogueRow, Funding
    from govit.forms.data.filled_form import FilledForm

Row = dict[str, Any]
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


def numbered(rows: Iterable[Row]) -> list[Row]:
    """Rows with their number, from 1."""
    return [{"n": str(number), **row} for number, row in enumerate(rows, 1)]


def known_by(filled_form: FilledForm, records: Iterable[Any]) -> list[Any]:
    """The records up to the last day of which the form tells."""
    until = filled_form.until
    return [record for record in records if (day_of(record) or until) <= until]


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
        "approvals": _approvals(required_content.approvals(filled_form)),
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


# -- money -----------------------------------------------------------------------------------------


def budget(filled_form: FilledForm) -> Row:
    """投资: each amount is its own, none stands for another."""
    given = filled_form.project.budget
    if given is None:
        return {}
    row: Row = {}
    for key in ("total", "single", "operation", "spent"):
        row |= amounts(key, getattr(given, key))
    row |= amounts("lines_total", _sum(line.amount for line in given.lines))
    if given.total is not None and given.spent is not None:
        row |= amounts("unspent", given.total - given.spent)
    return row


def _sum(found: Iterable[Decimal | None]) -> Decimal | None:
    known = list(found)
    return None if not known or None in known else sum((a for a in known if a is not None), Decimal(0))


def _budget(filled_form: FilledForm) -> Budget | None:
    return filled_form.project.budget


def _line(line: BudgetLine) -> Row:
    row: Row = {"at": line.at, "name": line.name, "group": line.group, "kind": line.kind, "source": line.source}
    row |= amounts("amount", line.amount) | amounts("spent", line.spent)
    if line.amount is not None and line.spent is not None:
        row |= amounts("rest", line.amount - line.spent)
        row["rate"] = percent(line.spent, line.amount)
    return row


def budget_lines(filled_form: FilledForm) -> list[Row]:
    """概算明细."""
    given = _budget(filled_form)
    return numbered(_line(line) for line in given.lines) if given else []


def budget_groups(filled_form: FilledForm) -> list[Row]:
    """The lines by group, in the order of the groups, then of the lines; those of no group under no name."""
    given = _budget(filled_form)
    if given is None:
        return []
    lines: dict[str, list[BudgetLine]] = {group.name or "": [] for group in given.groups}
    for line in given.lines:
        lines.setdefault(line.group or "", []).append(line)
    return numbered(
        {
            "number": numeral(number),
            "name": name,
            **amounts("amount", _sum(line.amount for line in inside)),
            "lines": numbered(_line(line) for line in inside),
        }
        for number, (name, inside) in enumerate(((n, found) for n, found in lines.items() if found), 1)
    )


def _summed(pairs: Iterable[tuple[str | None, Decimal | None]]) -> dict[str, Decimal | None]:
    sums: dict[str, list[Decimal | None]] = {}
    for name, amount in pairs:
        sums.setdefault(name or "", []).append(amount)
    return {name: _sum(found) for name, found in sums.items()}


def budget_kinds(filled_form: FilledForm) -> list[Row]:
    """概算按费用性质汇总."""
    given = _budget(filled_form)
    sums = _summed((line.kind, line.amount) for line in given.lines) if given else {}
    return numbered({"name": name, **amounts("amount", amount)} for name, amount in sums.items())


def budget_years(filled_form: FilledForm) -> list[Row]:
    """分年度投资."""
    given = _budget(filled_form)
    years = given.years if given else ()
    return numbered({"at": y.at, "year": str(y.year) if y.year else None, **amounts("amount", y.amount)} for y in years)


def funding(filled_form: FilledForm) -> list[Row]:
    """资金来源."""
    return numbered(
        {"at": f.at, "source": f.source, "year": str(f.year) if f.year else None, **amounts("amount", f.amount)}
        for f in filled_form.project.funding
    )


def _by_source(found: tuple[Funding, ...]) -> dict[str, Decimal | None]:
    return _summed((f.source, f.amount) for f in found)


def funding_sources(filled_form: FilledForm) -> list[Row]:
    """资金按来源汇总."""
    sums = _by_source(filled_form.project.funding)
    total = _sum(sums.values())
    return numbered(
        {
            "source": source,
            **amounts("amount", amount),
            "share": percent(amount, total) if amount is not None and total else None,
        }
        for source, amount in sums.items()
    )


def _funding_total(filled_form: FilledForm) -> Decimal | None:
    return _sum(f.amount for f in filled_form.project.funding)


def funding_text(filled_form: FilledForm) -> str | None:
    """资金来源连写: 市级财政资金 208万元；自筹资金 52万元."""
    return listed(
        (
            f"{source} {money(amount) or ''}".strip()
            for source, amount in _by_source(filled_form.project.funding).items()
        ),
        "；",
    )


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


# -- records ---------------------------------------------------------------------------------------


def documents(filled_form: FilledForm) -> list[Row]:
    """文件."""
    return numbered(
        {
            "at": d.at,
            "kinds": listed(d.kinds),
            "path": d.path,
            "date": day(d.date),
            "by": d.by,
            "result": d.result,
        }
        for d in known_by(filled_form, filled_form.project.documents)
        if not d.missing and not handin.of_later_step(filled_form, d)
    )


def approvals(filled_form: FilledForm) -> list[Row]:
    """审批."""
    return _approvals(known_by(filled_form, filled_form.project.approvals))


def _approvals(found: Iterable[Approval]) -> list[Row]:
    return numbered(
        {
            **{key: getattr(a, key) for key in ("at", "body", "act", "result", "number")},
            "date": day(a.date),
            "until": day(a.until),
            **amounts("amount", a.amount),
        }
        for a in found
    )


def approved(filled_form: FilledForm) -> Row:
    """The last approval of an amount."""
    rows = [row for row in approvals(filled_form) if row["amount"]]
    return _alone(rows[-1]) if rows else {}


def _alone(row: Row) -> Row:
    """A row by itself, which has no number."""
    return {key: value for key, value in row.items() if key != "n"}


def submissions(filled_form: FilledForm) -> list[Row]:
    """报送."""
    return numbered(
        {"at": s.at, "kind": s.kind, "to": listed(s.to), "date": day(s.on), "number": s.number, "period": s.period}
        for s in known_by(filled_form, filled_form.project.submissions)
    )


def submission(filled_form: FilledForm) -> Row:
    """The submission that this form belongs to: as recorded, or only what the regulation says of it."""
    kind = filled_form.entry.submission or None
    recorded = [row for row in submissions(filled_form) if kind and row["kind"] == kind]
    return _alone(recorded[-1]) if recorded else {"kind": kind, "to": form(filled_form)["to"]}


def events(filled_form: FilledForm) -> list[Row]:
    """事项."""
    return numbered(
        {"at": e.at, "kind": e.kind, "date": day(e.on), "of": e.of}
        for e in known_by(filled_form, filled_form.project.events)
    )


def contracts(filled_form: FilledForm) -> list[Row]:
    """合同."""
    return numbered(
        {
            **{key: getattr(c, key) for key in ("at", "kind", "name", "party")},
            "date": day(c.on),
            "until": day(c.until),
            **amounts("amount", c.amount),
        }
        for c in known_by(filled_form, filled_form.project.contracts)
    )


def _contracts_total(filled_form: FilledForm) -> Decimal | None:
    return _sum(c.amount for c in known_by(filled_form, filled_form.project.contracts))


def answers(filled_form: FilledForm) -> list[Row]:
    """人工确认, the project's own before the unit's."""
    given = {**filled_form.project.settings.answers, **filled_form.project.answers}
    questions = filled_form.regulation.questions
    return numbered(
        {
            "question": name,
            "ask": questions[name].ask,
            "answer": given[name].answer,
            "by": given[name].by,
            "date": day(given[name].on),
            "note": given[name].note,
        }
        for name in questions
        if name in given and (given[name].on or filled_form.as_of) <= filled_form.as_of
    )


def notices(filled_form: FilledForm) -> list[Row]:
    """主管部门通知, those that concern this project."""
    mine = known_by(filled_form, filled_form.project.settings.notices)
    return numbered(
        {"kind": n.kind, "date": day(n.on), "number": n.number, "title": n.title}
        for n in mine
        if n.of in (None, filled_form.project.id)
    )


def notes(filled_form: FilledForm) -> Row:
    """表格补充内容, by name."""
    return {note.name: note.text for note in filled_form.project.notes if note.name and note.text}


def changes(filled_form: FilledForm) -> list[Row]:
    """历次调整."""
    return numbered(row_of_change(filled_form, change) for change in known_by(filled_form, filled_form.project.changes))


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
    "budget": budget,
    "budget_lines": budget_lines,
    "budget_groups": budget_groups,
    "budget_kinds": budget_kinds,
    "budget_years": budget_years,
    "funding": funding,
    "funding_sources": funding_sources,
    "funding_total": lambda filled_form: amounts("x", _funding_total(filled_form))["x"],
    "funding_total_wan": lambda filled_form: amounts("x", _funding_total(filled_form))["x_wan"],
    "funding_text": funding_text,
    "catalogue": catalogue,
    "catalogue_produced": lambda filled_form: catalogue(filled_form, PRODUCED),
    "catalogue_needed": lambda filled_form: catalogue(filled_form, NEEDED),
    "catalogue_shares": catalogue_shares,
    "catalogue_counts": catalogue_counts,
    "documents": documents,
    "approvals": approvals,
    "approved": approved,
    "submissions": submissions,
    "submission": submission,
    "events": events,
    "events_columns": lambda filled_form: columns(f"{row['date'] or ''}　{row['kind']}" for row in events(filled_form)),
    "contracts": contracts,
    "contracts_total": lambda filled_form: amounts("x", _contracts_total(filled_form))["x"],
    "contracts_total_wan": lambda filled_form: amounts("x", _contracts_total(filled_form))["x_wan"],
    "answers": answers,
    "notices": notices,
    "findings": selfcheck.findings,
    "findings_articles": selfcheck.findings_articles,
    "findings_open": selfcheck.findings_open,
    "findings_counts": selfcheck.counts,
    "findings_banner": selfcheck.banner,
    "change": one_change,
    "changes": changes,
    "notes": notes,
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
