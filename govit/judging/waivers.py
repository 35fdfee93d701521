"""豁免：recorded exceptions laid over findings. On a must rule nothing is softened, only marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.dossier.finding import Finding, Outcome, Severity, Waived
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from govit.dossier.model import Project, Waiver
    from govit.law.regulation import Regulation, Rule


def apply(
    findings: list[Finding], project: Project, regulation: Regulation, as_of: dt.date, *, several: bool = False
) -> tuple[list[Finding], list[Fault]]:
    """The findings with waivers applied, and faults about waivers that are expired, unused or barred.

    Where `several` regulations apply, those of the rules of another are left to it.
    """
    rules = {rule.id: rule for rule in regulation.rules}
    faults: list[Fault] = []
    for waiver in project.waivers:
        if waiver.rule is None or (several and waiver.rule not in rules):
            continue  # an unknown rule is named where it was read, one of another regulation is looked at there
        fault = _barred(waiver, rules.get(waiver.rule), as_of)
        if fault is None:
            findings, used = _laid(findings, waiver, rules[waiver.rule or ""].strength)
            fault = (
                None
                if used
                else Fault(
                    "GOV-402",
                    f"对 {waiver.rule}{_of(waiver)} 的豁免没有对应的问题",
                    hint=_subjects(findings, waiver),
                )
            )
        if fault is not None:
            line, column = project.source.place_of(waiver.at) or (1, 1)
            faults.append(replace(fault, line=line, column=column, key=waiver.at))
    return findings, faults


def covering(project: Project, rule: Rule, subject: str, as_of: dt.date, open_: Sequence[str]) -> Waived | None:
    """The waiver that covers what a rule says of a subject, None where none does or may; `open_` are all its problems."""
    mine = (w for w in project.waivers if (w.rule, subject_of(w, open_)) == (rule.id, subject))
    return next((_mark(waiver) for waiver in mine if _barred(waiver, rule, as_of) is None), None)


def is_valid(waiver: Waiver, day: dt.date) -> bool:
    """Whether a waiver holds on a day: up to and on its last one. One without a last day never holds."""
    return waiver.until is not None and day <= waiver.until


def _mark(waiver: Waiver) -> Waived:
    assert waiver.number is not None  # noqa: S101 - one that lacks it is barred
    assert waiver.until is not None  # noqa: S101 - likewise
    return Waived(waiver.number, waiver.until)


def _barred(waiver: Waiver, rule: Rule | None, as_of: dt.date) -> Fault | None:
    if None in (waiver.reason, waiver.by, waiver.number, waiver.until):
        return Fault(
            "GOV-402", "豁免内容不全，不予采用", hint="先取得批准，再照批准文件写全 rule、reason、by、number、until"
        )
    if rule is None or rule.demand.is_scope:
        return Fault("GOV-403", f"{waiver.rule} 不能豁免", hint="适用范围、涉密和 govit 自身的检查都不能豁免")
    if not is_valid(waiver, as_of):
        return Fault(
            "GOV-401",
            f"对 {waiver.rule}{_of(waiver)} 的豁免已于 {waiver.until} 到期，不再采用",
            hint="重新取得批准，再照新的批准文件写文号和截止日期；或者改正问题",
        )
    return None


def subject_of(waiver: Waiver, open_: Sequence[str]) -> str:
    """The subject that a waiver means: the one that it names, else that of the only problem of its rule."""
    return open_[0] if waiver.subject is None and len(open_) == 1 else waiver.subject or ""


def _open(findings: list[Finding], waiver: Waiver) -> list[str]:
    return [f.subject for f in findings if f.rule == waiver.rule and f.outcome is Outcome.VIOLATES]


def _of(waiver: Waiver) -> str:
    return f"（{waiver.subject}）" if waiver.subject else ""


def _subjects(findings: list[Finding], waiver: Waiver) -> str:
    open_ = _open(findings, waiver)
    if not open_:
        return "问题已经没有了，删去这条豁免"
    return "subject 要与问题的对象一致：" + "、".join(f"subject: {s}" if s else "不写 subject" for s in open_)


def _laid(findings: list[Finding], waiver: Waiver, strength: str) -> tuple[list[Finding], bool]:
    used = False
    laid = []
    subject = subject_of(waiver, _open(findings, waiver))
    for finding in findings:
        if finding.outcome is Outcome.VIOLATES and (finding.rule, finding.subject) == (waiver.rule, subject):
            used = True
            severity = Severity.INFO if strength == "default" else finding.severity
            laid.append(replace(finding, waived=_mark(waiver), severity=severity))
        else:
            laid.append(finding)
    return laid, used
