"""What may be deleted from the samples without being missed, and why it is written all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from places import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from deleting import Key

IDLE: dict[str, dict[str, str]] = {
    "": {
        "classified": "not classified is what a project is unless it says otherwise",
        "contact.person": "printed on the forms",
        "contact.phone": "printed on the forms",
        "answers[].note": "for the reviewer; only 不适用 must have one",
        "budget.groups[]": "a subtotal that is right says nothing; one that is wrong is GOV-302",
        "budget.lines[].kind": "printed in the budget; few kinds are asked for by a rule",
        "budget.lines[].source": "printed in the budget; rules take the money by source from funding",
        "budget.lines[].spent": "printed in the accounts; rules take what was spent from budget.spent",
        "funding[].year": "printed in the plan; with the years of the budget it is only checked for contradiction",
        "catalogue[].basis": "printed in the catalogue",
        "catalogue[].provider": "printed in the catalogue",
        "catalogue[].recipients[]": "printed in the catalogue; asked for only where sharing must be general",
        "changes[].reason": "printed on the change request",
        "changes[].scope": "printed on the change request",
        "contracts[].name": "tells the contracts apart for the reader",
        "contracts[].party": "printed in the acceptance papers",
        "documents[].by": "printed in the hand-in list; few papers must not be of the unit's own making",
        "documents[].date": "printed in the hand-in list; few papers have a place in the order of steps",
        "notes[]": "printed on the forms",
        "progress[]": "printed on the report of its period",
        "submissions[].number": "printed in the hand-in list",
    },
    "lianyungang": {
        "approvals.年度计划批准.amount": "the amount that binds is that of 概算审核 and 立项审批",
        "approvals.预算安排建议.amount": "the amount that binds is that of 概算审核 and 立项审批",
        "approvals.立项审批.amount": "the amount of 概算审核 comes first",
        "budget.operation": "from 运维 on",
        "budget.spent": "no rule of this regulation compares what was spent",
        "content": "the regulation asks for 依据、需求 and 目标, not for the content by itself",
        "contracts.咨询设计合同": "no rule asks for it",
        "contracts.咨询设计合同.amount": "no rule asks for it",
        "contracts.咨询设计合同.on": "no rule asks for it",
        "contracts.建设合同.amount": "no rule compares it",
        "contracts.监理合同.amount": "no rule compares it",
        "events.发布采购公告": "shows a step that later events show as well",
        "events.试运行开始": "shows a step that later events show as well",
        "manager": "the regulation does not ask for it",
        "team": "the regulation does not ask for it",
        "schedule.start": "the regulation does not ask for it",
        "submissions.完善方案送审": "the approval that followed is what is asked for",
        "submissions.概算送审": "the approval that followed is what is asked for",
        "submissions.立项送审": "the approval that followed is what is asked for",
        **{
            f"catalogue.{name}": "a resource that is needed, not produced, binds its provider"
            for name in (
                "机动车号牌种类核验",
                "建设项目配建停车位信息",
                "日出日落与能见度信息",
                "12345 热线井盖类工单",
                "道路挖掘许可信息",
            )
        },
    },
    "lianyungang/2026-manhole-safety": {
        "budget.single": "the total, which stands in for it, is as small",
        "budget.years[]": "the only year is the total",
        "submissions.验收报告备案.file": "the same file is listed among the documents",
    },
    "lianyungang/2026-road-inspection": {
        "documents.初步设计.kinds.投资概算": "named for 概算送审; no rule asks for it by itself",
    },
    "lianyungang/2027-smart-parking": {
        "budget.total": "amounts decide from 审批 on",
        "budget.single": "amounts decide from 审批 on",
    },
    "lianyungang/2027-streetlight-ops": {
        "budget.years[]": "the only year is the total",
        "catalogue.城市照明设施运行状态.traits.统一归集": "from 验收 on",
        "documents.建设方案": "asked of projects that build, not of operation",
    },
    "qidong": {
        "approvals.可行性研究报告审批.amount": "the amount that binds is that of 初步设计审批",
        "approvals.可行性研究报告审批.file": "the same file is listed among the documents",
        "approvals.初步设计审批.file": "the same file is listed among the documents",
        "approvals.项目档案验收.number": "档案验收报告 with its result is enough",
        "approvals.项目档案验收.file": "the same file is listed among the documents",
        "approvals.项目竣工验收.number": "what is judged by it are dates",
        "budget.operation": "the regulation does not ask for it",
        "build_mode": "the regulation does not ask for it",
        "builder": "asked only where the command centre is to build",
        "changes[].content": "the regulation asks for the goal, the total, the sum and the ground of a change",
        "contracts.咨询合同": "counts only towards what the contracts add up to",
        "contracts.咨询合同.on": "counts only towards what the contracts add up to",
        "documents.安全风险评估报告.result": "the regulation asks for the report, not for its result",
        "documents.密码应用安全性评估报告.result": "the regulation asks for the report, not for its result",
        "events.发布采购公告": "shows a step that contracts show as well",
        "predecessor": "asked of operation only",
        "submissions.初步设计报批": "the approval that followed is what is asked for",
        "submissions[].file": "the same file is listed among the documents",
        "submissions[].period": "the day of a report shows its period as well",
        "documents.初步设计方案.kinds.投资概算": "named for 初步设计报批; no rule asks for it by itself",
        "documents.项目建议书.kinds.投资概算": "named for 初步设计报批; no rule asks for it by itself",
        "plans.其他专项规划": "decides nothing; the amount allows the merger",
    },
    "qidong/2027-flood-dispatch": {
        "budget.lines.工程监理费.kind": "from 实施 on",
        "budget.spent": "the same as what the lines add up to, which stands in for it",
        "contracts.咨询合同.amount": "from 实施 on",
        "manager": "from 实施 on",
        "team": "from 实施 on",
        "schedule.start": "from 实施 on",
        "year": "from 计划 on",
    },
    "taizhou": {
        "approvals.年度计划审定.amount": "the amount that binds is that of 资金审核 and 立项审批",
        "approvals.造价评估.amount": "the amount that binds is that of 资金审核 and 立项审批",
        "approvals.资金下达.amount": "what is judged by it is its day",
        "approvals.资金下达.number": "what is judged by it is its day",
        "budget.operation": "the regulation does not ask for it",
        "changes[].amount": "every change is to be reported, whatever its amount",
        "changes[].ground": "every change is to be reported, whatever its ground",
        "content": "the regulation asks for 需求 and 目标, not for the content by itself",
        "documents[].result": "the regulation asks for the report, not for its result",
        "events.发布采购公告": "shows a step that contracts show as well",
        "events.项目开工": "the contract, signed before, shows that work was not begun too early",
        "project_code": "the regulation does not ask for it",
        "schedule.start": "the regulation does not ask for it",
        "submissions.竣工验收申请": "counts only where it is late; the acceptance that followed is what is asked for",
        "submissions[].file": "the same file is listed among the documents",
    },
    "taizhou/2027-video-patrol-ops": {
        "approvals.资金审核.amount": "from 实施 on",
        "budget.total": "the amount decides over projects that build",
        "catalogue.养老机构备案信息": "a resource that is needed, not produced, binds its provider",
        "catalogue[].share": "from 验收 on",
        "manager": "from 实施 on",
        "schedule.end": "asked of projects that build",
        "team": "from 实施 on",
    },
    "laizhou": {
        "approvals.联合评审.number": "what is judged by it is its day",
        "approvals.预算批复.number": "what is judged by it is its amount",
        "basis[]": "the regulation does not ask for it",
        "changes[].content": "the regulation asks for the goal, the total, the sum and the ground of a change",
        "content": "the regulation asks for 需求 and 目标, not for the content by itself",
        "contracts.服务合同": "asked only of services that are bought",
        "contracts.设计合同.on": "what counts is that there is a designer, who signs a pledge",
        "contracts.测评合同.on": "what counts is that there is a tester, who signs a pledge",
        "contracts[].amount": "no rule compares what contracts are worth",
        "documents.第三方软件验收测评报告.result": "the regulation asks for the report, not for its result",
        "plans.数字强市发展规划": "asked of projects of the market only",
        "project_code": "the regulation does not ask for it",
        "schedule.start": "the regulation does not ask for it",
        "standards[]": "asked only where towns take part",
        "submissions[].period": "the day of a report shows its period as well",
    },
    "laizhou/2023-fishing-port": {
        "traits.涉及政府投资": "build_mode says that the government invests directly",
    },
    "laizhou/2024-crew-registry-ops": {
        "catalogue.渔业船员证书信息": "a resource that is needed, not produced, binds its provider",
        "catalogue[].share": "from 验收 on",
    },
}
"""What changes nothing that the report says when it is deleted, by where it stands, and why it is written."""

MET = "what it would ask for is there, whatever it says:"
EITHER: dict[str, dict[str, str]] = {
    "lianyungang": {
        "approvals.方案审核.until": "else schedule.end",
        "approvals.立项审批.until": "else schedule.end",
        "schedule.end": "else the day that the approval names",
        "catalogue[].share": "one shared resource is enough",
        "contracts.建设合同": "else the event of its signing",
        "events.签订建设合同": "else the contract",
        "events.项目开工": "the contract is the earlier day of 实施",
        "submissions.调整申请.to[]": "the three approvals that followed are what is asked for; one body there must be",
    },
    "lianyungang/2026-road-inspection": {
        "changes.2026-08-20.content": f"{MET} three approvals of the change",
        "traits.重要网络与信息系统": f"{MET} the plan for cryptography",
    },
    "lianyungang/2027-smart-parking": {
        "traits.重要网络与信息系统": f"{MET} the plan for cryptography",
        "traits.跨部门": f"{MET} the applicant is the leading department, and the papers made together are there",
    },
    "qidong/2027-flood-dispatch": {
        "traits.跨层级协同": f"{MET} the answer about the levels",
        "traits.跨部门共建": f"{MET} the framework plan",
        "traits.重要领域": f"{MET} the plan for cryptography and its assessment",
    },
    "taizhou/2025-home-care": {
        "changes.2025-08-21.content": f"{MET} what was left over was handed back",
        "changes.2025-08-21.goal": f"{MET} what was left over was handed back",
        "traits.市区共享协同": f"{MET} the answers about standards and interfaces",
        "traits.约定免费运维达标": "else the dates of the contract and of acceptance",
        "approvals.资金审核.amount": "else the amount of 立项审批",
        "approvals.立项审批.until": "else schedule.end",
        "schedule.end": "else the day that the approval names",
    },
    "taizhou/2027-video-patrol-ops": {
        "documents.服务需求报告": "else the contract of the year before",
        "plans.数字泰州规划": "else the answer that the content conforms to the plan",
    },
    "laizhou/2023-fishing-port": {
        "traits.定制软件": f"{MET} the contract gives the rights to the builder",
        "traits.等保二级以上": f"{MET} the report of the graded protection",
        "traits.依法不公开": f"{MET} the project was made public",
    },
    "laizhou": {
        "approvals.项目批准.amount": "else budget.total",
        "approvals.预算批复": "else the amount of 项目批准",
        "approvals.预算批复.amount": "else the amount of 项目批准",
        "events.项目开工": "else the day of the contract",
    },
}
"""What changes nothing by itself, since something else in the sample stands in for it."""

JUDGED: dict[str, set[str]] = {
    "lianyungang/2026-manhole-safety": {
        "budget.operation",
        "events.项目开工",
        "documents.完善后项目方案.date",
        "documents.验收报告.date",
        "documents.项目建设总结.date",
        "documents.财务审计报告.date",
        "documents.安全风险评估报告.date",
        "documents.密码应用安全性评估报告.date",
        "documents.验收资料档案.date",
    },
    "lianyungang/2026-road-inspection": {
        "documents.密码应用方案.date",
        "events.项目开工",
        "documents.完善后项目方案.date",
        "submissions.概算送审",
        "submissions.立项送审",
    },
    "lianyungang/2027-smart-parking": {"schedule.end"},
    "lianyungang/2027-streetlight-ops": {"budget.lines[].kind"},
    "laizhou/2023-fishing-port": {
        "documents.密码应用方案.date",
        "documents.项目绩效评价报告.date",
        "events.项目开工",
        "documents.网络安全等级保护测评报告.date",
        "documents.第三方软件验收测评报告.date",
        "documents.密码应用安全性评估报告.date",
        "documents.绩效自评价报告.date",
        "documents.电子档案目录.date",
    },
    "taizhou/2025-home-care": {
        "events.项目开工",
        "documents.密码应用方案.date",
        "documents.整改方案.date",
        "documents.等级保护测评报告.date",
        "documents.密码应用安全性评估报告.date",
        "documents.测试报告.date",
        "documents.数字化运维报告.date",
        "documents.项目建设总结.date",
        "documents.资金使用情况说明.date",
        "documents.验收报告.date",
    },
    "qidong": {
        "documents.密码应用建设方案.date",
        "documents.密码应用方案专家评估意见.date",
        "budget.lines.前期工作经费.kind",
        "catalogue[].recipients[]",
        "budget.lines.前期工作经费.spent",
        "budget.lines.工程监理费.kind",
        "documents.项目建议书.by",
        "documents.信息资源目录.date",
        "documents.项目建议书.date",
    },
    "laizhou": {
        "documents.年度建设规划.date",
        "documents.可行性研究报告.date",
        "documents.初步设计方案.date",
        "documents.资源使用清单.date",
        "documents.第三方软件验收测评报告.by",
        "documents.造价评估报告.date",
    },
    "qidong/2025-river-patrol": {
        "documents.项目绩效评价报告.date",
        "budget.lines[].kind",
        "documents.安全可靠情况说明.date",
        "documents.项目建设总结.date",
        "documents.财务报告.date",
        "documents.审计报告.date",
        "documents.等保备案证明.date",
        "documents.安全风险评估报告.date",
        "documents.密码应用安全性评估报告.date",
        "documents.档案验收报告.date",
        "documents.绩效自评价报告.date",
    },
    "qidong/2026-leakage-monitoring": {"budget.lines[].kind", "documents.安全可靠情况说明.date"},
    "taizhou": {
        "contracts[].name",
        "documents.会议纪要.date",
        "documents.项目申报表.date",
        "documents.建设方案.date",
        "documents.上一期合同.date",
        "documents.有关批复.date",
        "documents.公共数据资源目录及共享情况.date",
        "documents.完善后建设方案.date",
    },
}
"""What is missed all the same, though the table above excuses its like."""
NAMES = ("act", "kind", "name", "kinds", "source", "year")
"""What tells the records of a list apart, to name one of them in the table above."""


def name_of(folder: Path) -> str:
    return folder.relative_to(SAMPLES).as_posix()


def names_of(data: dict[str, Any], key: Key) -> list[str]:
    """What the tables may call an entry: documents.初步设计.kinds.投资概算, ….kinds[], documents[].kinds[]."""
    exact: list[str] = []
    holder: Any = data
    for part in key:
        exact.append(f".{_called(holder, part)}" if isinstance(part, int) else f".{part}")
        holder = holder[part]
    general = ["[]" if isinstance(part, int) else f".{part}" for part in key]
    if key[0] == "answers":
        general[1] = "[]"
    half = [*exact[:-1], general[-1]]
    return list(dict.fromkeys("".join(parts).removeprefix(".") for parts in (exact, half, general)))


def _called(records: list[Any], number: int) -> str:
    called = [_name(record) for record in records]
    nth = called[: number + 1].count(called[number])
    return called[number] + (f"#{nth}" if nth > 1 else "")


def _name(record: Any) -> str:
    if not isinstance(record, dict):
        return str(record)
    found = next((record[key] for key in NAMES if key in record), record.get("on"))
    return str(found[0] if isinstance(found, list) else found)


def excuse_of(folder: Path, names: list[str]) -> str:
    """Which table excuses an entry: the project's own word first, and the exact name first."""
    for where in places_of(folder):
        for name in names:
            if name in JUDGED.get(where, ()):
                return ""
            if name in EITHER.get(where, {}):
                return "either"
            if name in IDLE.get(where, {}):
                return "idle"
    return ""


def places_of(folder: Path) -> tuple[str, ...]:
    name = name_of(folder)
    return name, name.partition("/")[0], ""
