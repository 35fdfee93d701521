"""合并：the JSON reports of several CI jobs as one report, or why they are no parts of one.

What stands in the reports comes from strangers: it is held against the published schema, its counts are counted again,
and nothing that it names is opened. Whatever would make the one report say less than its parts is refused.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from govit import __version__
from govit.base.files import printable
from govit.base.records import named_record, replace
from govit.base.usage import UsageError
from govit.dossier.finding import COUNTERS, Finding, Outcome, Place, Severity, Waived, count
from govit.dossier.own_rules import APART, GOV_RULES
from govit.judging.judge import Judged, Report
from govit.law.packs.pack_error import PackError
from govit.report.jsontext import REPORT_SCHEMA, of_regulation
from govit.report.shape import WHOLE, ShapeError, require

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govit.law.library import Library
    from govit.law.regulation import Regulation, Rule

    Data = Mapping[str, Any]

_SCHEMA = Path(__file__).parent.parent / "schemas" / "govit-report-1.schema.json"
_WORDS = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}
_MOST_NAMED = 3
_SHARED_PLACES = "每个任务都检出整个卷宗，用 govit check 卷宗 --shard 1/4 --format json 的样子分份检查，再合并"


@named_record
class Reported(Finding):
    """报告里的结论：a finding as a report has it, with the fingerprint that it had there."""

    mark: str

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the report that it came from."""
        return self.mark


class PartReport(NamedTuple):
    """一份报告：its name and what stands in it."""

    name: str
    data: Data


def read_part(data: bytes, name: str) -> PartReport:
    """One report of a job; UsageError, with its place, where it is none or cannot be a part."""
    name = printable(name)
    try:
        found = json.loads(data, parse_constant=_no_number, parse_float=_no_integer, object_pairs_hook=_once)
    except (ValueError, RecursionError, MemoryError) as error:
        where = f"第 {error.lineno} 行" if isinstance(error, json.JSONDecodeError) else ""
        why = str(error) if isinstance(error, ShapeError) else f"{where}不是完整的 JSON"
        _refuse(name, f"{why}；请放入 govit check --format json 写出的文件，没有改过的")
    if not isinstance(found, dict) or found.get("schema") != REPORT_SCHEMA:
        said = found.get("schema") if isinstance(found, dict) else None
        shown = f"里面写的是 {printable(said[:40])}，" if isinstance(said, str) else ""
        _refuse(name, f"{shown}不是 {REPORT_SCHEMA}；只合并 govit check --format json 写出的报告")
    if found.get("govit") != __version__:
        version = printable(str(found.get("govit"))[:40])
        _refuse(name, f"由 govit {version} 写出，这里是 govit {__version__}；各份用同一个版本重新检查，再合并")
    try:
        require(found, json.loads(_SCHEMA.read_bytes()))
    except (ShapeError, RecursionError) as error:
        _refuse(name, f"{printable(str(error))}；报告改动过或者不完整，请重新检查")
    if "baseline" in found:
        _refuse(
            name, "只列了比基线新出现的（写了 --baseline 或 --diff），不全；去掉这个选项重新检查，合并以后再与基线比"
        )
    return PartReport(name, found)


def joined(parts: Sequence[PartReport], library: Library, own: Path | None = None) -> Report:
    """One report of all parts; UsageError where they cannot be parts of one. `own` is the folder of the user's packs."""
    first = parts[0]
    for part in parts[1:]:
        if part.data["as_of"] != first.data["as_of"]:
            days = f"判断日是 {part.data['as_of']}，{first.name} 的是 {first.data['as_of']}"
            _refuse(part.name, f"{days}；各份用同一个 --as-of 重新检查")
    as_of = _day(first, "as_of", first.data["as_of"])
    laws = _regulations(parts, as_of, library, own)
    titles = {rule.id: rule.title_en for law in laws.values() for rule in law.rules}
    projects: dict[str, tuple[str, list[Judged]]] = {}
    general: dict[tuple[object, ...], Finding] = {}
    for part in parts:
        by_project = _findings(part, titles)
        its = {entry["id"]: laws[entry["id"]] for entry in part.data["regulations"]}
        for path, numbered in _by_path(part).items():
            if path in projects:
                _refuse(f"{projects[path][0]} 和 {part.name}", f"项目 {printable(path)} 有两次；每个项目只在一份里检查")
            shares = _shares(part, numbered, by_project.pop(path, []), its)
            projects[path] = (
                part.name,
                [_project(part, n, entry, shares[n], its, shared=len(numbered) > 1) for n, entry in numbered],
            )
        for finding in by_project.pop(None, ()):
            general.setdefault(_all_of(finding), finding)
        if by_project:
            _refuse(part.name, f"有结论的项目 {printable(str(next(iter(by_project))))} 不在 projects 里")
        _added_up(part)
    together = tuple(project for path in sorted(projects) for project in projects[path][1])
    return Report(
        as_of=as_of,
        assume_in_force=any("part" in p.data and p.data["part"]["assume_in_force"] for p in parts),
        regulations=tuple(laws[name] for name in sorted(laws)),
        projects=together,
        general=(*general.values(), *_apart(parts, together)),
    )


# -- whether they belong together ------------------------------------------------------------------


def _apart(parts: Sequence[PartReport], projects: Sequence[Judged]) -> Iterator[Finding]:
    """What is said where the parts did not see one another's projects."""
    if len(parts) == 1:
        return
    told = [part.data["part"] for part in parts if "part" in part.data]
    if len(told) == len(parts):
        _one_run(parts)
        return
    ids: dict[str, list[str]] = {}
    for project in projects:
        if project.id and project.path not in ids.setdefault(project.id, []):
            ids[project.id].append(project.path)
    twice = [f"“{name}”（{'、'.join(paths[:_MOST_NAMED])}）" for name, paths in ids.items() if len(paths) > 1]
    shown = "、".join(twice[:_MOST_NAMED]) + (f" 等 {len(twice)} 个" if len(twice) > _MOST_NAMED else "")
    more = f"；标识相同的有 {shown}" if twice else ""
    rule = GOV_RULES[APART]
    yield Finding(
        rule=APART,
        title=rule.title,
        title_en=rule.title_en,
        severity=rule.severity,
        nominal=rule.severity,
        outcome=Outcome.UNDETERMINED,
        project=None,
        message=f"各份报告没有写明是从同一次检查分出来的，跨份的邻近项目没有核对（标识重复、疑似拆分等），也看不出选项是否相同{more}",
        place=Place(parts[0].name),
        hint=_SHARED_PLACES,
    )


def _one_run(parts: Sequence[PartReport]) -> None:
    """Parts of one run are all there, and saw the same dossier with the same options."""
    first = parts[0]
    for part in parts[1:]:
        mine, its = first.data["part"], part.data["part"]
        if (its["of"], its["options"]) != (mine["of"], mine["options"]):
            _refuse(part.name, f"与 {first.name} 的份数或选项不同，不是同一次检查的一份；用同样的选项重新检查")
        if its["dossier"] != mine["dossier"]:
            _refuse(part.name, f"检查的卷宗与 {first.name} 的不同（文件改过）；各份检出同一个版本，重新检查")
    numbers = sorted(part.data["part"]["number"] for part in parts)
    of = first.data["part"]["of"]
    missing = sorted(set(range(1, of + 1)) - set(numbers))
    if missing:
        shown = "、".join(map(str, missing[:_MOST_NAMED])) + (" 等" if len(missing) > _MOST_NAMED else "")
        _refuse(first.name, f"一共 {of} 份，缺少第 {shown} 份；缺了的项目不能不提，请补上它的报告")
    if len(numbers) > of:
        _refuse(first.name, f"一共 {of} 份，这里给了 {len(numbers)} 份；每一份只写一次")


def _regulations(
    parts: Sequence[PartReport], as_of: dt.date, library: Library, own: Path | None
) -> dict[str, Regulation]:
    """The regulations of all parts, each as the pack of this program has it."""
    found: dict[str, Regulation] = {}
    for part in parts:
        for n, entry in enumerate(part.data["regulations"]):
            law = _regulation(part, f"regulations[{n}]", entry, library, own)
            if of_regulation(law, as_of) != {"by_dossier": False, **entry}:
                _refuse(
                    part.name,
                    f"regulations[{n}]：{law.id} 的文号或施行日期与本程序的办法包不同；用同样的办法包重新检查",
                )
            found.setdefault(law.id, law)
    return found


def _regulation(part: PartReport, place: str, entry: Data, library: Library, own: Path | None) -> Regulation:
    name = entry["id"]
    try:
        law = library.get(name, own) if name in library.ids(own) else None
    except PackError as error:
        _refuse(part.name, f"{place}：办法 {printable(name)} 的办法包有错：{error.faults[0].message}")
    if law is None:
        _refuse(part.name, f"{place}：没有办法 {printable(name)}；自备办法的文件夹用 --regulations 写明")
    if not entry.get("by_dossier"):
        return law
    days = (entry[key] for key in ("effective_from", "effective_to"))
    start, end = (None if day is None else _day(part, place, day) for day in days)
    return replace(law, draft=False, effective_from=start, effective_to=end, by_dossier=True)


# -- what stands in them ---------------------------------------------------------------------------


def _by_path(part: PartReport) -> dict[str, list[tuple[int, Data]]]:
    """The projects by their paths, each under all of its regulations, with the numbers of their entries."""
    found: dict[str, list[tuple[int, Data]]] = {}
    for n, entry in enumerate(part.data["projects"]):
        mine = found.setdefault(entry["path"], [])
        if any(entry["regulation"] == other["regulation"] for _, other in mine):
            _refuse(part.name, f"projects[{n}]：项目 {printable(entry['path'])} 有两次；报告改动过，请重新检查")
        mine.append((n, entry))
    return found


def _shares(
    part: PartReport, numbered: Sequence[tuple[int, Data]], found: Sequence[Finding], laws: Mapping[str, Regulation]
) -> dict[int, list[Finding]]:
    """Which findings of a project are told under which of its regulations: the rules say, of govit's own the counts."""
    if len(numbered) == 1:
        return {numbered[0][0]: list(found)}
    rules = {rule.id: entry["regulation"] for _, entry in numbered for rule in _rules_of(entry, laws)}
    shares: dict[int, list[Finding]] = {n: [] for n, _ in numbered}
    left = {n: dict(entry["counts"]) for n, entry in numbered}
    for finding in sorted(found, key=lambda one: one.rule not in rules):
        open_ = finding.outcome in (Outcome.VIOLATES, Outcome.UNDETERMINED)
        may = [n for n, entry in numbered if rules.get(finding.rule, entry["regulation"]) == entry["regulation"]]
        n = next((n for n in may if not open_ or left[n][finding.counts_as] > 0), None)
        if n is None:
            _refuse(part.name, f"projects[{numbered[0][0]}].counts：与所列的结论对不上；报告改动过或者不完整，请重新检查")
        left[n][finding.counts_as] -= open_
        shares[n].append(finding)
    return shares


def _rules_of(entry: Data, laws: Mapping[str, Regulation]) -> tuple[Rule, ...]:
    return laws[entry["regulation"]].rules if entry["regulation"] in laws else ()


def _project(
    part: PartReport,
    n: int,
    entry: Data,
    found: Sequence[Finding],
    laws: Mapping[str, Regulation],
    *,
    shared: bool,
) -> Judged:
    place, counts = f"projects[{n}]", entry["counts"]
    if {key: counts[key] for key in COUNTERS} != count(list(found)):
        _refuse(part.name, f"{place}.counts：与所列的结论对不上；报告改动过或者不完整，请重新检查")
    law = entry["regulation"]
    if law is not None and law not in laws:
        _refuse(part.name, f"{place}.regulation：{printable(law)} 不在 regulations 里")
    return Judged(
        path=printable(entry["path"]),
        id=_said(entry["id"]),
        name=_said(entry["name"]),
        regulation=laws[law] if law is not None else None,
        stage=_said(entry["stage"]),
        findings=tuple(found),
        unit=_said(entry["unit"]),
        category=_said(entry["category"]),
        total=_amount(part, f"{place}.total", entry["total"]),
        complies=counts["complies"],
        not_applicable=counts["not_applicable"],
        earlier_law=counts["earlier_law"],
        shared=shared,
    )


def _findings(part: PartReport, titles: Mapping[str, str]) -> dict[str | None, list[Finding]]:
    found: dict[str | None, list[Finding]] = {}
    for n, entry in enumerate(part.data["findings"]):
        found.setdefault(entry["project"], []).append(_finding(part, f"findings[{n}]", entry, titles))
    return found


def _finding(part: PartReport, place: str, entry: Data, titles: Mapping[str, str]) -> Reported:
    rule, waived = entry["rule"], entry["waived"]
    outcome = Outcome(entry["outcome"])
    if (entry["severity"] is None) != (outcome in (Outcome.COMPLIES, Outcome.NOT_APPLICABLE)):
        _refuse(part.name, f"{place}.severity：与 outcome（{outcome.value}）对不上")
    own = GOV_RULES[rule].title_en if rule in GOV_RULES else ""
    return Reported(
        rule=rule,
        title=printable(entry["title"]),
        title_en=titles.get(rule, own),
        severity=_WORDS[entry["severity"] or entry["nominal"]],
        nominal=_WORDS[entry["nominal"]],
        advisory=entry["advisory"],
        outcome=outcome,
        project=_said(entry["project"]),
        subject=printable(entry["subject"]),
        message=printable(entry["message"]),
        place=Place(
            printable(entry["file"]), entry["line"], entry["column"], _said(entry["heading"]), entry["paragraph"]
        ),
        document_number=_said(entry["document_number"]),
        article=_said(entry["article"]),
        quote=_said(entry["quote"]),
        evidence=tuple(map(printable, entry["evidence"])),
        nearest=_said(entry["nearest"]),
        hint=printable(entry["hint"]),
        due=None if entry["due"] is None else _day(part, f"{place}.due", entry["due"]),
        waived=None
        if waived is None
        else Waived(printable(waived["number"]), _day(part, f"{place}.waived.until", waived["until"])),
        mark=entry["fingerprint"],
    )


def _added_up(part: PartReport) -> None:
    """The counts of the whole are those of its findings."""
    listed = [f for f in part.data["findings"] if f["outcome"] in ("violates", "undetermined")]
    counts = dict.fromkeys(COUNTERS, 0)
    for f in listed:
        undetermined = "undetermined" if f["outcome"] == "undetermined" else ""
        counts[undetermined or (f["waived"] and "waived") or (f["advisory"] and "advisory") or f["severity"]] += 1
    if counts != part.data["counts"]:
        _refuse(part.name, "counts：与所列的结论对不上；报告改动过或者不完整，请重新检查")


def _all_of(finding: Finding) -> tuple[object, ...]:
    """What tells a finding of the dossier from another: each part says the same of the dossier as such."""
    place = finding.place
    return finding.fingerprint, finding.message, place.file, place.line, place.column, finding.counts_as


def _said(text: str | None) -> str | None:
    return None if text is None else printable(text)


def _day(part: PartReport, place: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        _refuse(part.name, f"{place}：没有 {printable(text)} 这一天")


def _amount(part: PartReport, place: str, text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or f"{amount:f}" != text:
        _refuse(part.name, f"{place}：“{printable(text[:40])}”不是以元为单位的金额")
    return amount


def _no_number(said: str) -> NoReturn:
    raise ShapeError(WHOLE, f"写了 {said}，不是数")


def _no_integer(said: str) -> NoReturn:
    raise ShapeError(WHOLE, f"写了 {said}，不是整数")


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key that stands twice would hide one of its values."""
    listed = list(pairs)
    found = dict(listed)
    if len(found) < len(listed):
        keys = [key for key, _ in listed]
        raise ShapeError(WHOLE, f"键“{printable(next(k for k in keys if keys.count(k) > 1)[:40])}”写了两次")
    return found


def _refuse(name: str, why: str) -> NoReturn:
    message = f"{name}：{why}"
    raise UsageError(message)
