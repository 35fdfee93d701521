"""自相矛盾：what a project's own figures, dates and names say against each other. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.base.wording import Term, Wording
from govit.dossier.keys import Role
from govit.dossier.lists import BY_KIND, LISTS, day_of, entries_of, kinds_of, list_of, text_of
from govit.dossier.model import DOCUMENT_RESULTS, PASSED
from govit.judging.figures import contradictions
from govit.law.conditions import describe_ref
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from govit.dossier.model import Index, Project, Record
    from govit.judging.stages import Progress
    from govit.law.conditions import Ref
    from govit.law.regulation import Regulation


MAX_NAMED = 5


def check(project: Project, index: Index, as_of: dt.date, regulation: Regulation | None = None) -> list[Fault]:
    """Every contradiction of one project with itself and with its neighbours' ids."""
    figures = ((one.key, one.fault) for one in contradictions(project, regulation))
    found = [*figures, *_dates(project, as_of), *_identity(project, index)]
    if regulation is not None:
        found += _order(project, regulation, as_of)
    return [_placed(project, key, fault) for key, fault in found]


def lagging(project: Project, progress: Progress) -> list[Fault]:
    """The stage that the clerk wrote, where records prove a later one."""
    if progress.declared < 0 or progress.proven <= progress.declared:
        return []
    written, proven = progress.names[progress.declared], progress.names[progress.proven]
    fault = Fault(
        "GOV-305",
        f"stage 写的是“{written}”，但记录表明已经到“{proven}”，按“{proven}”判断",
        hint=f"核对这些记录：确已到“{proven}”的，改为 stage: {proven}；记录写错的对照原件更正，还没有做的不得提前记",
    )
    return [_placed(project, "stage", fault)]


def _placed(project: Project, key: str, fault: Fault) -> Fault:
    line, column = project.source.place_of(key) or (1, 1)
    return replace(fault, line=line, column=column, key=key)


def _dates(project: Project, as_of: dt.date) -> Iterator[tuple[str, Fault]]:
    for key, label, day in happened(project):
        if day > as_of:
            yield (
                key,
                Fault(
                    "GOV-307",
                    Wording("{}{} 晚于判断日 {}，未计入判断", Term(f"{key}（{label}）", label), day, as_of),
                    hint="还没有发生的不要写，发生以后再记；已经发生、写错了的，对照原件更正",
                ),
            )
    schedule = project.schedule
    if schedule and schedule.start and schedule.end and schedule.end < schedule.start:
        yield (
            "schedule.end",
            Fault(
                "GOV-308",
                f"计划完工 {schedule.end} 早于计划开工 {schedule.start}",
                hint="对照批复、合同核对两个日期，写错的照原件更正",
            ),
        )
    for approval in project.approvals:
        if approval.until and approval.date and approval.until < approval.date:
            message = f"批准的截止日期 {approval.until} 早于审批日期 {approval.date}"
            yield (
                f"{approval.at}.until",
                Fault(
                    "GOV-308", message, hint="对照批复核对两个日期，写错的照批复更正；批复本身有误的，请批复机关更正"
                ),
            )


def _order(project: Project, regulation: Regulation, as_of: dt.date) -> Iterator[tuple[str, Fault]]:
    """Records that cannot have happened in the order of their dates, whatever the law.

    What is dated after the day of judgement has not happened; that is told by itself.
    """
    for first, second in regulation.order_of_records:
        later = _days(project, second, as_of)
        for of, (day, record) in _days(project, first, as_of).items() if later else ():
            if of in later and later[of][0] < day:
                soon, place = later[of]
                line = project.source.place_of(record.at)
                message = (
                    f"{describe_ref(second)}在 {soon}，早于{describe_ref(first)}（{day}，"
                    f"{record.at}{f'，第 {line[0]} 行' if line else ''}），先后不可能"
                )
                yield (
                    f"{place.at}.{list_of(type(place)).key(Role.DAY)}",
                    Fault(
                        "GOV-310",
                        message,
                        hint="对照原件核对，写错的照原件更正；原件确是这样的，不得改日期，书面说明原因",
                    ),
                )


def _days(project: Project, ref: Ref, as_of: dt.date) -> dict[str | None, tuple[dt.date, Record]]:
    """The earliest record of a kind, for each thing that such records speak of; a refusal proves nothing."""
    found: dict[str | None, tuple[dt.date, Record]] = {}
    for record in entries_of(project, BY_KIND[ref.head]):
        day = day_of(record)
        result = text_of(record, Role.RESULT)
        counts = ref.key in kinds_of(record) and result in (PASSED, *DOCUMENT_RESULTS, None)
        of = text_of(record, Role.OF)
        if counts and day is not None and day <= as_of and (of not in found or day < found[of][0]):
            found[of] = day, record
    return found


def happened(project: Project) -> Iterator[tuple[str, str, dt.date]]:
    """Every date of a record that says that something happened, with its key and label."""
    for one in LISTS.values():
        spec = one.spec(Role.DAY)
        if spec is None or one.of_unit:
            continue
        for record in entries_of(project, one):
            day = day_of(record)
            if day is not None:
                yield f"{record.at}.{spec.key}", spec.label, day


def _identity(project: Project, index: Index) -> Iterator[tuple[str, Fault]]:
    by_id = index.by_id()
    alike = by_id.get((project.id,), ()) if project.id else ()
    same = list(dict.fromkeys(n.path for n in alike if n.project.source.file != project.source.file))
    if same:
        shown = "、".join(same[:MAX_NAMED]) + (f" 等 {len(same)} 个项目" if len(same) > MAX_NAMED else "")
        yield "id", Fault("GOV-306", f"id“{project.id}”与 {shown} 重复", hint="每个项目用不同的 id")
    before = project.predecessor
    if before is None:
        return
    known = (before,) in by_id or any(system.id == before for system in project.settings.systems)
    if not known or before == project.id:
        hint = "写卷宗里某个项目的 id，或 govit.yaml 的 systems 里某个系统的 id"
        yield "predecessor", Fault("GOV-309", f"找不到前期项目或系统“{before}”", hint=hint)


