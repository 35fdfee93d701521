"""The same situation under two and more regulations: each says what its own text says, none what another's says.

A row is one situation, put into the words of each regulation over its clean base project. A cell is a patch
and what the regulation makes of it: every rule that is broken, by its severity (error, warning), or cannot be
judged, and of the others those that the row is about (info, complies, not-applicable). `outside` is a project
that the regulation does not govern: the one finding. An empty cell: the regulation demands nothing here.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from govit.authoring.examples import base_day, build
from govit.calendar.workdays import published
from govit.dossier.finding import Finding, Outcome
from govit.dossier.model import Index, Neighbour
from govit.judging.engine import Options, evaluate
from govit.law.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govit.dossier.model import Project
    from govit.law.regulation import Regulation

PACKS = {"LYG": "lianyungang-2025", "QD": "qidong-2022", "TZ": "taizhou-draft-2025", "LZ": "laizhou-2022"}
GRAVITY = ("error", "warning", "info", "undetermined", "complies", "not-applicable")
OPEN = ("error", "warning", "undetermined", "outside")

Patch = dict[str, Any]
Says = dict[str, str]
Cell = tuple[Patch, Says]


# -- the same situation in the words of each -------------------------------------------------------

FISCAL = {"LYG": "市级财政资金", "QD": "市级财政资金", "TZ": "市级智慧城市专项资金", "LZ": "市级财政资金"}
OWN = {"LYG": "自筹资金", "QD": "单位自筹资金", "TZ": "自筹资金", "LZ": "其他渠道资金"}


APPROVED = {
    "LYG": (Decimal(260), ("概算审核", "立项审批")),
    "QD": (Decimal(360), ("初步设计审批",)),
    "TZ": (Decimal(260), ("资金审核",)),
    "LZ": (Decimal(620), ("项目批准",)),
}
"""The estimate of the base in 万元, and the acts that approved it."""


def total(prefix: str, amount: str) -> Patch:
    """The total investment, all of it fiscal and approved; in 启东 of a project in a plan, which may merge its papers anyhow."""
    more: dict[str, Patch] = {"LYG": {"budget.single": amount}, "QD": {"plans": ["启东市政务信息化建设规划"]}}
    estimate, acts = APPROVED[prefix]
    above = Decimal(amount.removesuffix("万元")) > estimate
    raised: Patch = {f"approvals.{act}.amount": amount for act in acts} if above else {}
    if prefix == "TZ" and above:
        raised["budget.spent"] = amount  # else there is a surplus
    whole = {"budget.total": amount, "funding": [{"source": FISCAL[prefix], "amount": amount}]}
    return {**whole, **raised, **more.get(prefix, {})}


def own_money(prefix: str, amount: str) -> Patch:
    """All of the money is the unit's own."""
    return {"funding": [{"source": OWN[prefix], "amount": amount}]}


UNIT = {"LYG": "连云港市应急管理局", "QD": "启东市交通运输局", "TZ": "泰州市水利局", "LZ": "莱州市综合行政执法局"}
GOOD = {
    "LYG": {"数据已共享": True},
    "QD": {"未按要求共享": False, "重复采集数据": False, "密码或网安不符": False}
    | {"未按等级保护建设": False, "有重大安全隐患": False},
    "TZ": {"已按要求整合": True, "已迁移政务云": True, "数据已共享更新": True, "验收已备案": True},
    "LZ": {"未按要求共享": False, "重复采集数据": False, "未纳入总目录": False, "未用统一资源": False}
    | {"密码或网安不符": False, "有重大安全隐患": False, "绩效结果不佳": False, "未及时更新信息": False},
}


def system(prefix: str, completed: str, **faults: bool) -> Patch:
    """An earlier system of the unit, which the project goes on from; nothing is wrong with it but the faults."""
    old = {"id": "qianqi", "name": "前期系统", "unit": UNIT[prefix], "completed": completed}
    grade = {"grade": "高效系统"} if prefix == "LYG" else {}
    return {"predecessor": "qianqi", "systems": [{**old, **grade, "traits": GOOD[prefix] | faults}]}


def free_until(prefix: str, day: str) -> Patch:
    """The day until which running it costs nothing."""
    agreed = {"approvals.免费运维约定.until": day} if prefix == "LZ" else {}
    return {"contracts.建设合同.until": day, **agreed}


NOT_APPROVED: dict[str, Patch] = {
    "LYG": {"approvals.概算审核": None, "approvals.立项审批": None},
    "QD": {"approvals.可行性研究报告审批": None},
    "TZ": {"approvals.立项审批": None, "submissions.立项申请": None},
    "LZ": {"approvals.立项审查": None, "approvals.项目批准": None},
}
ACCEPTED_BY_THE_UNIT: dict[str, Patch] = {
    "LYG": {"approvals.竣工验收组织@市发改委": None, "submissions.竣工验收申请": None},
    "TZ": {"approvals.项目竣工验收.body": "本项目单位"},
}
SMALL_CONTRACT: Patch = {"contracts.建设合同.amount": "40万元"}


def little_spent(amount: str) -> Patch:
    """莱州: all of a small total is spent, a little of it a year for running, nothing was changed."""
    return {"budget.spent": amount, "budget.operation": "4万元", "changes": []}


NO_SUPERVISION: Patch = {"contracts.监理合同": None}
NO_YEARLY_REPORT: Patch = {"submissions.绩效评价报告报送": None, "documents.项目绩效评价报告": None}
QD_NOT_NAMED: Patch = {"traits.指挥中心明确适用": False}
QD_MERGED: Patch = {"plans": None}
QD_ALL_MERGED: Patch = {
    **QD_MERGED,
    "documents.初步设计方案": None,
    "documents.可行性研究报告.kinds": ["项目建议书", "可行性研究报告", "初步设计方案"],
}


ACT_BEFORE_TRIGGER = {
    "LYG": {"LYG-28-2": "undetermined", "LYG-29-5": "undetermined"},
    "QD": {"QD-29-1": "undetermined"},
    "LZ": {"LZ-23-8": "undetermined"},
}
"""Rows that move 建成 or 合格 past what the base did afterwards: those dates contradict each other, and govit says so."""
LZ_TESTED_BY_THEN: Patch = dict.fromkeys(
    (
        "documents.网络安全等级保护测评报告.date",
        "documents.安全风险评估报告.date",
        "documents.密码应用安全性评估报告.date",
        "documents.第三方软件验收测评报告.date",
    ),
    "2023-07-03",
)
HANDED_IN = [
    f"documents.{kind}.date"
    for kind in (
        "项目建设总结",
        "财务报告",
        "审计报告",
        "等保备案证明",
        "安全风险评估报告",
        "密码应用安全性评估报告",
        "档案验收报告",
    )
]
"""The days of what 启东 wants handed in with the application for acceptance."""
LYG_BUILT_LATE: Patch = {
    "events.项目建成": "2026-09-30",
    "events.组织竣工验收": "2026-10-14",
    "events.竣工验收合格": "2026-10-14",
    "submissions.验收报告备案": "2026-11-06",
    **dict.fromkeys(("events.资产确认", "events.资产交付", "events.档案移交", "events.软件确权登记"), "2026-10-21"),
}
ACCEPTED_LATE: dict[str, Patch] = {
    "LYG": {
        **NOT_APPROVED["LYG"],
        **ACCEPTED_BY_THE_UNIT["LYG"],
        "budget.total": "200万元",
        "budget.single": "200万元",
        "events.项目建成": "2026-04-10",
        "events.组织竣工验收": "2026-10-13",
        "events.竣工验收合格": "2026-10-13",
        "submissions.验收报告备案": "2026-11-06",
        "events.资产交付": "2026-10-20",
        "events.档案移交": "2026-10-20",
    },
    "QD": {
        "events.投入试运行": "2024-05-22",
        "events.项目建成": "2024-06-12",
        "submissions.绩效评价报告报送": "2024-06-07",
        "documents.项目绩效评价报告.date": "2024-06-05",
    },
    "TZ": {
        "approvals.项目竣工验收": "2026-03-18",
        "submissions.验收报告备案": "2026-04-10",
        "events.投入运行": "2026-03-20",
        **free_until("TZ", "2027-03-18"),
    },
    "LZ": {
        "events.组织验收": "2024-07-16",
        "events.验收合格": "2024-07-18",
        "events.投入使用": "2024-07-22",
        "submissions.验收资料备案": "2024-07-22",
        "submissions.运维资料备案": "2024-07-24",
        **free_until("LZ", "2027-07-18"),
    },
}
"""Accepted later than six months after completion; in 启东 the application (2024-12-11) is in time."""


def running(prefix: str, **faults: bool) -> Patch:
    """A project that runs a system, without the approvals that building one needs."""
    words: dict[str, Patch] = {
        "LYG": {"category": "运维", "answers.先行共享": "是"},
        "QD": {"category": "运行维护", **QD_NOT_NAMED},
        "TZ": {"category": "运维", "documents.上一期合同": "2024-09-11"},
        "LZ": {"build_mode": "财政资金运行维护"},
    }
    without = {} if prefix == "LZ" else NOT_APPROVED[prefix]
    return {**words[prefix], **without, **system(prefix, "2020-06-30", **faults)}


def change(day: str, amount: str, **about: Any) -> Patch:
    """One change that keeps the goal and the approved total."""
    return {"changes": [{"on": day, "amount": amount, "goal": False, "content": True, **about}]}


ROWS: dict[str, dict[str, Cell]] = {
    # -- who and what is governed ------------------------------------------------------------------
    "全部自筹资金": {
        "LYG": (own_money("LYG", "260万元"), {"LYG-2-3": "complies", "LYG-18-2": "not-applicable"}),
        "QD": ({**own_money("QD", "360万元"), **QD_NOT_NAMED}, {"QD-2-2": "outside"}),
        "TZ": (own_money("TZ", "260万元"), {"TZ-2-3": "outside"}),
        "LZ": (own_money("LZ", "620万元"), {"LZ-9-22": "info", "LZ-8-3": "info"}),
    },
    "运维项目，没有立项": {
        "LYG": (running("LYG"), {"LYG-2-3": "complies", "LYG-18-2": "not-applicable"}),
        "QD": (running("QD"), {"QD-2-4": "outside"}),
        "TZ": (running("TZ"), {"TZ-2-3": "complies", "TZ-15-1": "not-applicable"}),
        "LZ": (running("LZ"), {"LZ-2-1": "complies"}),
    },
    "购买服务，没有立项": {
        "LYG": ({"category": "购买服务", **NOT_APPROVED["LYG"]}, {"LYG-18-2": "not-applicable"}),
        "QD": ({"category": "购买服务", **QD_NOT_NAMED}, {"QD-2-4": "outside"}),
        "TZ": (
            {"category": "购买服务", "documents.服务需求报告": "2024-09-11", **NOT_APPROVED["TZ"]},
            {"TZ-15-1": "not-applicable"},
        ),
        "LZ": ({"build_mode": "政府购买服务"}, {"LZ-2-1": "complies"}),
    },
    "国有企业的项目": {
        "LYG": ({"unit.kind": "市属国有企业"}, {"LYG-36-1": "outside"}),
        "QD": ({"unit.kind": "市属国有企业"}, {"QD-2-1": "complies"}),
        "TZ": ({"unit.kind": "市属国有企业"}, {"TZ-2-2": "outside"}),
        "LZ": ({"unit.kind": "其他企业"}, {"LZ-2-7": "outside"}),
    },
    "国有企业的项目，没有项目代码": {
        "LYG": ({"unit.kind": "市属国有企业", "project_code": None}, {"LYG-36-1": "outside"}),
        "QD": ({"unit.kind": "市属国有企业", "project_code": None}, {"QD-14-2": "warning"}),
    },
    "县区、镇的项目": {
        "LYG": ({"unit.level": "县区级"}, {"LYG-35-1": "info", "LYG-35-2": "warning"}),
        "QD": ({"unit.level": "区镇级", "unit.kind": "区镇"}, {"QD-2-1": "complies"}),
        "TZ": ({"unit.level": "县区级"}, {"TZ-41-1": "outside"}),
        "LZ": ({"unit.level": "镇街园区级", "unit.kind": "镇街园区"}, {"LZ-2-7": "complies"}),
    },
    "不产生公共数据的楼宇智能化工程": {
        "LYG": ({"objects": ["楼宇智能化工程"], "traits.产生公共数据资源": False}, {"LYG-3-1": "outside"}),
        "QD": ({"objects": ["楼宇智能化工程"], "traits.符合系统定义": True}, {"QD-2-3": "complies"}),
        "TZ": ({"objects": ["楼宇智能化工程"], "traits.产生公共数据资源": False}, {"TZ-40-4": "outside"}),
    },
    "单独开发小程序": {
        "LYG": ({}, {}),
        "QD": ({}, {}),
        "TZ": ({"traits.单独开发移动端": True}, {"TZ-22-1": "error"}),
        "LZ": ({"objects": ["新媒体"]}, {"LZ-2-5": "outside"}),
    },
    # -- amounts -----------------------------------------------------------------------------------
    "49.99万元，没有立项": {
        "LYG": ({**total("LYG", "49.99万元"), **NOT_APPROVED["LYG"]}, {"LYG-18-2": "not-applicable"}),
        "TZ": (
            {**total("TZ", "49.99万元"), **NOT_APPROVED["TZ"], **SMALL_CONTRACT, **ACCEPTED_BY_THE_UNIT["TZ"]},
            {"TZ-15-1": "not-applicable"},
        ),
        "LZ": (
            {**total("LZ", "49.99万元"), **NOT_APPROVED["LZ"], **little_spent("49.99万元")},
            {"LZ-4-1": "error", "LZ-4-2": "error"},
        ),
    },
    "50.00万元，没有立项": {
        "LYG": ({**total("LYG", "50万元"), **NOT_APPROVED["LYG"]}, {"LYG-18-2": "not-applicable"}),
        "QD": ({**total("QD", "50万元"), **NOT_APPROVED["QD"]}, {"QD-15-12": "error"}),
        "TZ": (
            {**total("TZ", "50万元"), **NOT_APPROVED["TZ"], **SMALL_CONTRACT, **ACCEPTED_BY_THE_UNIT["TZ"]},
            {"TZ-15-1": "error"},
        ),
    },
    "200.00万元，没有立项": {
        "LYG": (
            {**total("LYG", "200万元"), **NOT_APPROVED["LYG"]},
            {"LYG-18-1": "not-applicable", "LYG-18-2": "not-applicable"},
        ),
        "QD": ({**total("QD", "200万元"), **NOT_APPROVED["QD"]}, {"QD-15-12": "error"}),
        "TZ": ({**total("TZ", "200万元"), **NOT_APPROVED["TZ"]}, {"TZ-15-1": "error"}),
        "LZ": (
            {**total("LZ", "200万元"), **NOT_APPROVED["LZ"], **little_spent("200万元")},
            {"LZ-4-1": "error", "LZ-4-2": "error"},
        ),
    },
    "200.01万元，没有立项": {
        "LYG": ({**total("LYG", "200.01万元"), **NOT_APPROVED["LYG"]}, {"LYG-18-1": "error", "LYG-18-2": "error"}),
        "QD": ({**total("QD", "200.01万元"), **NOT_APPROVED["QD"]}, {"QD-15-12": "error"}),
    },
    "200.00万元，没有监理": {
        "LYG": ({**total("LYG", "200万元"), **NO_SUPERVISION}, {"LYG-23-1": "not-applicable"}),
        "QD": ({**total("QD", "200万元"), **NO_SUPERVISION}, {"QD-24-1": "warning", "QD-24-3": "not-applicable"}),
        "TZ": ({**total("TZ", "200万元"), **NO_SUPERVISION}, {}),
    },
    "200.01万元，没有监理": {
        "LYG": ({**total("LYG", "200.01万元"), **NO_SUPERVISION}, {"LYG-23-1": "error"}),
        "QD": ({**total("QD", "200.01万元"), **NO_SUPERVISION}, {"QD-24-1": "warning", "QD-24-3": "not-applicable"}),
        "LZ": ({**total("LZ", "200.01万元"), **NO_SUPERVISION}, {"LZ-23-1": "not-applicable", "LZ-23-6": "warning"}),
    },
    "299.99万元，单体不超过200万元，没有监理": {
        "LYG": (
            {**total("LYG", "299.99万元"), "budget.single": "150万元", **NO_SUPERVISION},
            {"LYG-23-1": "not-applicable"},
        ),
        "QD": ({**total("QD", "299.99万元"), **NO_SUPERVISION}, {"QD-24-1": "warning", "QD-24-3": "not-applicable"}),
    },
    "300.00万元，单体不超过200万元，没有监理": {
        "LYG": (
            {**total("LYG", "300万元"), "budget.single": "150万元", **NO_SUPERVISION},
            {"LYG-23-1": "not-applicable"},
        ),
        "QD": ({**total("QD", "300万元"), **NO_SUPERVISION}, {"QD-24-3": "error", "QD-24-1": "not-applicable"}),
        "LZ": ({**total("LZ", "300万元"), **NO_SUPERVISION}, {"LZ-23-1": "not-applicable", "LZ-23-6": "warning"}),
    },
    "499.99万元，没有监理": {
        "LYG": ({**total("LYG", "499.99万元"), **NO_SUPERVISION}, {"LYG-23-1": "error"}),
        "QD": ({**total("QD", "499.99万元"), **NO_SUPERVISION}, {"QD-24-3": "error"}),
        "TZ": ({**total("TZ", "499.99万元"), **NO_SUPERVISION}, {}),
        "LZ": ({**total("LZ", "499.99万元"), **NO_SUPERVISION}, {"LZ-23-1": "not-applicable", "LZ-23-6": "warning"}),
    },
    "500.00万元，没有监理": {
        "QD": ({**total("QD", "500万元"), **NO_SUPERVISION}, {"QD-24-3": "error"}),
        "TZ": ({**total("TZ", "500万元"), **NO_SUPERVISION}, {}),
        "LZ": ({**total("LZ", "500万元"), **NO_SUPERVISION}, {"LZ-23-1": "error"}),
    },
    "99.99万元专项资金，项目单位自行验收": {
        "LYG": ({**total("LYG", "99.99万元"), **NOT_APPROVED["LYG"], **ACCEPTED_BY_THE_UNIT["LYG"]}, {}),
        "TZ": (
            {
                **total("TZ", "99.99万元"),
                "approvals.立项审批.amount": "99.99万元",
                **SMALL_CONTRACT,
                **ACCEPTED_BY_THE_UNIT["TZ"],
            },
            {"TZ-26-11": "complies"},
        ),
    },
    "100.00万元专项资金，项目单位自行验收": {
        "LYG": ({**total("LYG", "100万元"), **NOT_APPROVED["LYG"], **ACCEPTED_BY_THE_UNIT["LYG"]}, {}),
        "TZ": ({**total("TZ", "100万元"), **ACCEPTED_BY_THE_UNIT["TZ"]}, {"TZ-26-9": "error"}),
    },
    "499.99万元，没有编制标准": {
        "TZ": (total("TZ", "499.99万元"), {}),
        "LZ": ({**total("LZ", "499.99万元"), "documents.团体标准": None}, {"LZ-15-1": "not-applicable"}),
    },
    "500.00万元，没有编制标准": {
        "QD": (total("QD", "500万元"), {}),
        "LZ": ({**total("LZ", "500万元"), "documents.团体标准": None}, {"LZ-15-1": "warning"}),
    },
    "验收一年以后标准才发布": {
        "LYG": ({}, {}),
        "LZ": (
            {"events.验收合格": "2023-07-12", "events.标准发布": "2024-07-13", **LZ_TESTED_BY_THEN},
            {"LZ-15-2": "warning", **ACT_BEFORE_TRIGGER["LZ"]},
        ),
    },
    # -- papers of the application -----------------------------------------------------------------
    "300.00万元，建议书、可研、初步设计合并编报": {
        "QD": ({**total("QD", "300万元"), **QD_ALL_MERGED}, {"QD-9-1": "complies"}),
        "LZ": ({**total("LZ", "300万元"), "documents.项目建议书": None}, {"LZ-10-2": "not-applicable"}),
    },
    "300.01万元，建议书、可研、初步设计合并编报": {
        "QD": ({**total("QD", "300.01万元"), **QD_ALL_MERGED}, {"QD-9-1": "error"}),
        "LZ": ({**total("LZ", "300.01万元"), "documents.项目建议书": None}, {"LZ-10-2": "not-applicable"}),
    },
    "500.00万元，建议书、可研合并编报": {
        "LYG": (total("LYG", "500万元"), {"LYG-18-3": "complies"}),
        "QD": ({**total("QD", "500万元"), **QD_MERGED}, {"QD-8-1": "complies"}),
    },
    "500.01万元，建议书、可研合并编报": {
        "LYG": (total("LYG", "500.01万元"), {"LYG-18-3": "complies"}),
        "QD": ({**total("QD", "500.01万元"), **QD_MERGED}, {"QD-8-1": "error"}),
    },
    "没有可行性研究报告": {
        "LYG": ({"documents.可行性研究报告": None}, {"LYG-13-6": "error"}),
        "QD": ({"documents.可行性研究报告": None}, {"QD-7-1": "error"}),
        "TZ": ({}, {}),
        "LZ": (
            {
                "documents.可行性研究报告": None,
                **{
                    f"documents.{kind}": "2022-12-16" for kind in ("安全评估情况说明", "设备利用效率说明", "绩效目标表")
                },
            },
            {"LZ-10-3": "warning"},
        ),
    },
    "可研有共享分析章，没有网络安全章": {
        "LYG": (
            {
                "documents.可行性研究报告.headings": {
                    "建设内容": "9",
                    "技术方案": "9",
                    "投资估算": "9",
                    "数据资源共享分析": "9",
                }
            },
            {"LYG-19-1": "complies", "LYG-19-2": "error"},
        ),
        "QD": ({"documents.可行性研究报告.headings": {"信息资源共享分析": "9"}}, {"QD-13-1": "complies"}),
    },
    "项目代码没有申请": {
        "LYG": ({"project_code": None}, {}),
        "QD": ({"project_code": None}, {"QD-14-1": "error"}),
        "TZ": ({"project_code": None}, {}),
        "LZ": ({"project_code": None}, {}),
    },
    "没有首席数据官审定": {
        "LYG": ({"approvals.首席数据官审定": None}, {"LYG-12-4": "error"}),
        "QD": ({}, {}),
        "TZ": ({}, {}),
        "LZ": ({}, {}),
    },
    # -- plan --------------------------------------------------------------------------------------
    "没有列入年度计划": {
        "LYG": (
            {"approvals.年度计划批准": None, "plans": ["市级规划"]},
            {"LYG-16-1": "error", "LYG-17-2": "not-applicable"},
        ),
        "QD": ({"events.投资计划下达": None}, {"QD-17-1": "error"}),
        "TZ": ({"approvals.年度计划审定": None, "plans": ["数字泰州规划"]}, {"TZ-13-1": "warning"}),
    },
    "没有列入计划，因突发事件经市政府同意": {
        "LYG": (
            {"approvals.年度计划批准": None, "plans": ["市级规划"], "approvals.追加同意@市政府": "2026-01-16"},
            {"LYG-16-1": "error"},
        ),
        "QD": (
            {
                "events.投资计划下达": None,
                "traits.突发事件应急": True,
                "approvals.应急先行同意@市政府": "2024-01-24",
            },
            {"QD-17-1": "complies"},
        ),
        "TZ": (
            {
                "approvals.年度计划审定": None,
                "plans": ["数字泰州规划"],
                "traits.突发事件应急": True,
                "approvals.增补批准@市政府": "2024-12-25",
            },
            {"TZ-13-1": "complies"},
        ),
    },
    "原系统建成不满两年又申报": {
        "LYG": ({"category": "续建", **system("LYG", "2023-12-24")}, {"LYG-7-3": "warning"}),
        "QD": ({"category": "扩建", **system("QD", "2023-01-18")}, {}),
        "TZ": ({"category": "续建", **system("TZ", "2024-06-28")}, {}),
    },
    "原系统建成满两年后一天申报": {
        "LYG": ({"category": "续建", **system("LYG", "2023-12-23")}, {"LYG-7-3": "complies"}),
        "TZ": ({"category": "续建", **system("TZ", "2022-09-17")}, {}),
    },
    "运维的系统没有共享数据": {
        "LYG": (running("LYG", 数据已共享=False), {"LYG-9-4": "error"}),
        "QD": (running("QD", 未按要求共享=True), {"QD-2-4": "outside"}),
        "TZ": (running("TZ", 数据已共享更新=False), {"TZ-9-10": "error"}),
        "LZ": (running("LZ", 未按要求共享=True), {"LZ-26-6": "error"}),
    },
    # -- carrying it out ---------------------------------------------------------------------------
    "部署在自建机房": {
        "LYG": ({"hosting": "自建机房"}, {"LYG-8-1": "error"}),
        "QD": ({"hosting": "单位自建机房", "answers.自建部署有理由": "否"}, {"QD-23-2": "warning"}),
        "TZ": ({"hosting": "自建机房"}, {"TZ-7-6": "error"}),
        "LZ": (
            {"hosting": "自建机房", "approvals.机房建设同意@市大数据局": "2023-02-01"},
            {"LZ-30-1": "warning", "LZ-30-3": "complies"},
        ),
    },
    "财政资金的项目分散建设": {
        "LYG": (
            {"build_mode": "分散建设", "approvals.实施单位确定": None, "traits.不适宜统一实施": False},
            {"LYG-21-5": "error", "LYG-21-6": "error"},
        ),
        "QD": ({"build_mode": "单独建设"}, {}),
        "TZ": ({}, {}),
    },
    "签约后第十一个工作日才交合同资料": {
        "LYG": ({}, {}),
        "TZ": ({"submissions.合同资料上传": "2025-04-23"}, {"TZ-21-1": "error"}),
        "LZ": ({"submissions.招标资料备案": "2023-04-12"}, {"LZ-25-1": "complies"}),
    },
    "没有季度报告": {
        "LYG": ({}, {}),
        "QD": ({"submissions.季度进展报送": None, "documents.季度进展报告": None}, {"QD-18-3": "error"}),
        "TZ": ({}, {}),
        "LZ": ({}, {}),
    },
    "当年开工当年建成，没有年度报告": {
        "LYG": ({}, {}),
        "QD": (NO_YEARLY_REPORT, {"QD-25-9": "warning"}),
        "TZ": ({}, {}),
        "LZ": ({"events.项目建成": "2023-12-29", **NO_YEARLY_REPORT}, {"LZ-24-16": "warning"}),
    },
    "建设期跨过年底，没有年度报告": {
        "QD": (
            {"events.项目建成": "2025-01-06", "schedule.end": "2025-01-10", **NO_YEARLY_REPORT},
            {"QD-25-1": "error", **ACT_BEFORE_TRIGGER["QD"]},
        ),
        "LZ": (NO_YEARLY_REPORT, {"LZ-24-5": "error"}),
    },
    "调整10%": {
        "LYG": (
            change("2026-04-10", "26万元", total_after="260万元"),
            {"LYG-27-1": "complies", "LYG-27-3": "not-applicable"},
        ),
        "QD": (
            change("2024-07-17", "36万元", total_after="360万元", ground="技术方案完善优化"),
            {"QD-28-1": "complies", "QD-28-3": "not-applicable"},
        ),
        "LZ": (
            change("2023-02-15", "62万元", total_after="620万元", ground="技术方案完善优化"),
            {"LZ-19-4": "complies", "LZ-19-5": "not-applicable"},
        ),
    },
    "调整刚过10%": {
        "LYG": (
            change("2026-04-10", "260000.01元", total_after="260万元"),
            {"LYG-27-1": "complies", "LYG-27-3": "not-applicable"},
        ),
        "QD": (
            change("2024-07-17", "360000.01元", total_after="360万元", ground="技术方案完善优化"),
            {"QD-28-1": "not-applicable", "QD-28-3": "error"},
        ),
        "TZ": (
            change("2025-06-18", "260000.01元", total_after="260万元", traits={"较大变更": False}),
            {"TZ-24-3": "complies"},
        ),
        "LZ": (
            change("2023-02-15", "620000.01元", total_after="620万元", ground="技术方案完善优化"),
            {"LZ-19-4": "complies", "LZ-19-5": "not-applicable"},
        ),
    },
    "调整15%": {
        "LYG": (
            change("2026-04-10", "39万元", total_after="260万元"),
            {"LYG-27-1": "complies", "LYG-27-3": "not-applicable"},
        ),
        "QD": (change("2024-07-17", "54万元", total_after="360万元", ground="技术方案完善优化"), {"QD-28-3": "error"}),
        "LZ": (
            change("2023-02-15", "93万元", total_after="620万元", ground="技术方案完善优化"),
            {"LZ-19-4": "complies", "LZ-19-5": "not-applicable"},
        ),
    },
    "调整刚过15%": {
        "LYG": (
            change("2026-04-10", "390000.01元", total_after="260万元"),
            {"LYG-27-1": "not-applicable", "LYG-27-3": "error"},
        ),
        "TZ": (
            change("2025-06-18", "390000.01元", total_after="260万元", traits={"较大变更": False}),
            {"TZ-24-3": "complies"},
        ),
        "LZ": (
            change("2023-02-15", "930000.01元", total_after="620万元", ground="技术方案完善优化"),
            {"LZ-19-5": "error", "LZ-19-6": "error"},
        ),
    },
    "采购后调整5%": {
        "LYG": (change("2026-04-10", "13万元", total_after="260万元"), {"LYG-27-1": "complies"}),
        "QD": (change("2024-07-17", "18万元", total_after="360万元", ground="业务发展需要"), {"QD-28-1": "complies"}),
        "LZ": (
            change("2023-08-16", "31万元", total_after="620万元", ground="业务发展需要"),
            {"LZ-19-5": "error", "LZ-19-6": "error"},
        ),
    },
    "调整5%，不属于三种情形": {
        "LYG": (change("2026-04-10", "13万元", total_after="260万元"), {"LYG-27-1": "complies"}),
        "QD": (change("2024-07-17", "18万元", total_after="360万元", ground="不属于三种情形"), {"QD-28-3": "error"}),
        "LZ": (
            change("2023-02-15", "31万元", total_after="620万元", ground="不属于三种情形"),
            {"LZ-19-5": "error", "LZ-19-6": "error"},
        ),
    },
    "超过批复工期正好6个月建成": {
        "LYG": (
            LYG_BUILT_LATE | {"approvals.立项审批.until": "2026-03-30"},
            {"LYG-26-1": "not-applicable", "LYG-26-2": "not-applicable", **ACT_BEFORE_TRIGGER["LYG"]},
        ),
        "QD": (
            {"schedule.end": "2024-04-16"},
            {"QD-26-2": "undetermined", "QD-18-2": "warning", "QD-26-1": "not-applicable"},
        ),
        "TZ": ({"approvals.立项审批.until": "2025-02-18"}, {"TZ-24-2": "error", "TZ-24-8": "error"}),
        "LZ": ({"schedule.end": "2023-07-15"}, {"LZ-32-3": "undetermined", "LZ-32-1": "not-applicable"}),
    },
    "超过批复工期6个月零1天建成": {
        "LYG": (
            LYG_BUILT_LATE | {"approvals.立项审批.until": "2026-03-29"},
            {"LYG-26-1": "error", "LYG-26-2": "error", **ACT_BEFORE_TRIGGER["LYG"]},
        ),
        "QD": (
            {"schedule.end": "2024-04-15"},
            {"QD-26-2": "undetermined", "QD-18-2": "warning", "QD-26-1": "not-applicable"},
        ),
        "TZ": ({"approvals.立项审批.until": "2025-02-17"}, {"TZ-24-2": "error", "TZ-24-8": "error"}),
        "LZ": ({"schedule.end": "2023-07-14"}, {"LZ-32-3": "undetermined", "LZ-32-1": "not-applicable"}),
    },
    "重大损失，只报告了一个部门，没有整改方案": {
        "LYG": (
            {"events.重大损失": "2026-04-20", "submissions.严重问题报告@市数据局": "2026-04-21"},
            {"LYG-26-7": "complies", "LYG-26-8": "error"},
        ),
        "QD": (
            {
                "events.投资重大损失": "2024-06-20",
                "submissions.重大问题报送@市市域社会治理现代化指挥中心": "2024-06-21",
            },
            {"QD-26-1": "error"},
        ),
        "TZ": (
            {
                "events.投资重大损失": "2025-06-20",
                "submissions.严重问题报告@市数据局": "2025-06-23",
                "documents.整改方案": None,
            },
            {"TZ-24-7": "complies", "TZ-24-5": "error", "TZ-24-9": "error"},
        ),
        "LZ": (
            {"events.投资重大损失": "2023-06-20", "submissions.重大问题报送@市大数据局": "2023-06-21"},
            {"LZ-32-1": "error"},
        ),
    },
    # -- acceptance and after ----------------------------------------------------------------------
    "没有审计报告": {
        "LYG": ({"documents.财务审计报告": None}, {"LYG-28-5": "warning"}),
        "QD": ({"documents.审计报告": None}, {"QD-29-3": "error"}),
        "TZ": ({}, {}),
        "LZ": ({}, {}),
    },
    "没有项目建设总结": {
        "LYG": ({"documents.项目建设总结": None}, {"LYG-28-5": "warning"}),
        "QD": ({"documents.项目建设总结": None}, {"QD-29-2": "error"}),
        "TZ": ({"documents.项目建设总结": None}, {"TZ-26-4": "error"}),
        "LZ": ({}, {}),
    },
    "没有等级保护测评报告": {
        "LYG": ({}, {}),
        "QD": (
            {"documents.安全风险评估报告.kinds": ["安全风险评估报告"]},
            {"QD-29-4": "error"},
        ),
        "TZ": ({"documents.等级保护测评报告": None}, {"TZ-26-4": "error"}),
        "LZ": ({"documents.网络安全等级保护测评报告": None}, {"LZ-21-4": "error"}),
    },
    "建成6个月内只提出申请，6个月后才验收": {
        "LYG": (ACCEPTED_LATE["LYG"], {"LYG-28-1": "error"}),
        "QD": (ACCEPTED_LATE["QD"], {"QD-29-1": "complies"}),
        "TZ": (ACCEPTED_LATE["TZ"], {}),
        "LZ": (ACCEPTED_LATE["LZ"], {"LZ-23-8": "error"}),
    },
    "建成6个月内申请延期，6个月后才申请和验收": {
        "LYG": (ACCEPTED_LATE["LYG"], {"LYG-28-1": "error"}),
        "QD": (
            ACCEPTED_LATE["QD"] | {"submissions.延期验收申请": "2024-12-11", "submissions.竣工验收申请": "2025-01-08"},
            {"QD-29-5": "complies"},
        ),
        "TZ": (ACCEPTED_LATE["TZ"] | {"submissions.延期验收申请": "2025-09-29"}, {}),
        "LZ": (
            ACCEPTED_LATE["LZ"] | {"submissions.延期验收申请": "2024-07-10"},
            {"LZ-23-9": "warning"},
        ),
    },
    "验收报告没有备案": {
        "LYG": ({"submissions.验收报告备案": None}, {"LYG-29-1": "error"}),
        "QD": ({}, {}),
        "TZ": ({"submissions.验收报告备案": None}, {"TZ-29-1": "error"}),
        "LZ": ({"submissions.验收资料备案": None}, {"LZ-25-3": "error"}),
    },
    "验收报告一个月零一天才备案": {
        "LYG": ({"submissions.验收报告备案": "2026-07-17"}, {"LYG-29-1": "error"}),
        "TZ": ({"submissions.验收报告备案": "2025-11-15"}, {"TZ-29-1": "error"}),
        "LZ": ({"submissions.验收资料备案": "2024-05-14"}, {"LZ-25-3": "complies"}),
    },
    "没有竣工财务决算": {
        "LYG": ({"submissions.竣工财务决算报送": None, "documents.竣工财务决算": None}, {"LYG-29-5": "error"}),
        "QD": ({}, {}),
        "TZ": ({}, {}),
        "LZ": ({}, {}),
    },
    "验收并运行后第5个月就报送自评价": {
        "LYG": ({"events.信息系统评价": None}, {}),
        "QD": (
            {"submissions.自评价报告报送": "2025-06-20", "documents.绩效自评价报告": "2025-06-18"},
            {"QD-33-2": "warning", "QD-33-1": "complies"},
        ),
        "TZ": (
            {"submissions.评价报告报送": "2026-03-20", "documents.绩效评价报告": "2026-03-18"},
            {"TZ-37-2": "complies"},
        ),
        "LZ": (
            {"submissions.自评报告上传": "2024-09-02", "documents.绩效自评价报告": "2024-08-30"},
            {"LZ-34-3": "complies"},
        ),
    },
    "运行十二个月以后才报送自评价": {
        "LYG": ({"events.信息系统评价": None}, {}),
        "QD": (
            {
                "submissions.信息资源目录提供": "2024-10-18",
                "submissions.信息资源数据提供": "2024-10-18",
                "approvals.项目档案验收": "2024-10-21",
                "submissions.竣工验收申请": "2024-10-22",
                "approvals.项目竣工验收": "2024-10-25",
                "events.正式投入运行": "2024-10-30",
                "submissions.自评价报告报送": "2025-10-31",
                **dict.fromkeys(HANDED_IN, "2024-10-21"),
            },
            {"QD-33-1": "error"},
        ),
        "TZ": ({"submissions.评价报告报送": "2026-10-22"}, {"TZ-37-2": "error"}),
    },
    "约定免费运维12个月": {
        "LYG": ({}, {}),
        "TZ": (free_until("TZ", "2026-10-14"), {"TZ-33-6": "complies"}),
        "LZ": (free_until("LZ", "2025-04-12"), {"LZ-29-2": "warning"}),
    },
    "约定免费运维少一天满12个月": {
        "QD": ({}, {}),
        "TZ": (free_until("TZ", "2026-10-13"), {"TZ-33-6": "warning"}),
    },
    "没有约定免费运维期": {
        "TZ": ({"traits.合同写明免费运维": False}, {"TZ-33-4": "error"}),
        "LZ": ({"approvals.免费运维约定": None, "contracts.建设合同.until": None}, {"LZ-29-1": "warning"}),
    },
    "年运维费超过建设支出的10%": {
        "LYG": ({"budget.operation": "26万元"}, {}),
        "QD": ({"budget.operation": "36万元"}, {}),
        "TZ": ({"budget.operation": "26万元"}, {}),
        "LZ": ({"budget.operation": "612600.01元"}, {"LZ-29-7": "warning"}),
    },
    "没有电子档案": {
        "TZ": ({}, {}),
        "LZ": ({"documents.电子档案目录": None}, {"LZ-16-3": "error"}),
    },
}

CELLS = [(name, prefix) for name, row in ROWS.items() for prefix in row]


# -- judging ---------------------------------------------------------------------------------------


@cache
def pack(prefix: str) -> Regulation:
    found = Library().get(PACKS[prefix])
    assert found is not None
    return found


@cache
def projects(name: str) -> dict[str, Project]:
    """The projects of a row, which stand in one dossier."""
    return {prefix: build(pack(prefix), patch)[0] for prefix, (patch, _) in ROWS[name].items()}


def judge(prefix: str, project: Project, beside: Iterable[Project] = ()) -> list[Finding]:
    """One project judged on the day of its regulation's base, a draft as if it were in force."""
    regulation = pack(prefix)
    day, stage = base_day(regulation)
    options = Options(as_of=day, schedule=published(), stage=stage, assume_in_force=regulation.draft)
    index = Index(tuple(Neighbour(f"p{n}", p) for n, p in enumerate((project, *beside))))
    return evaluate(project, regulation, index, options)


def judged(name: str, prefix: str) -> list[Finding]:
    """A cell, with the projects of the row's other regulations beside it."""
    row = projects(name)
    return judge(prefix, row[prefix], [project for other, project in row.items() if other != prefix])


def word(finding: Finding, alone: bool) -> str:  # noqa: FBT001 - one of two
    if finding.outcome is not Outcome.VIOLATES:
        return str(finding.outcome.value)
    return "outside" if alone else finding.nominal.name.lower()


def verdicts(findings: list[Finding]) -> Says:
    """What each rule says, of several subjects the gravest."""
    alone = len(findings) == 1
    says: dict[str, list[str]] = {}
    for finding in findings:
        says.setdefault(finding.rule, []).append(word(finding, alone))
    return {rule: words[0] if alone else min(words, key=GRAVITY.index) for rule, words in says.items()}


@pytest.mark.parametrize(("name", "prefix"), CELLS)
def test_each_regulation_says_what_its_own_text_says(name: str, prefix: str) -> None:
    expected = ROWS[name][prefix][1]
    found = verdicts(judged(name, prefix))
    told = {rule: said for rule, said in found.items() if rule in expected or said in OPEN}
    assert told == expected


@pytest.mark.parametrize(("name", "prefix"), CELLS)
def test_no_regulation_says_what_another_says(name: str, prefix: str) -> None:
    findings = judged(name, prefix)
    assert {finding.rule.split("-")[0] for finding in findings} == {prefix}
    assert {finding.document_number for finding in findings} == {pack(prefix).document_number}


def test_every_row_sets_regulations_side_by_side_each_with_its_own_rules() -> None:
    assert len(ROWS) >= 25
    assert all(len(row) >= 2 for row in ROWS.values())
    assert {prefix for row in ROWS.values() for prefix in row} == set(PACKS)
    rules = {rule.id for prefix in PACKS for rule in pack(prefix).rules}
    assert {rule for row in ROWS.values() for _, says in row.values() for rule in says} <= rules
    assert all(rule.startswith(f"{prefix}-") for row in ROWS.values() for prefix, (_, s) in row.items() for rule in s)


@pytest.mark.parametrize("prefix", PACKS)
def test_the_base_that_a_row_changes_is_clean(prefix: str) -> None:
    assert [rule for rule, said in verdicts(judge(prefix, build(pack(prefix), {})[0])).items() if said in OPEN] == []
