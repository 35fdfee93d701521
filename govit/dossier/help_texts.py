"""键：what each key of project.yaml and govit.yaml is for, and how a value of it may look. Standard library only.

One table for the JSON Schema, which an editor shows, and for the comments of a new project.yaml.
What is a word of a regulation comes from its pack: no example of one stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govit.dossier import model

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Key:
    """键的用途：one sentence, and an example as it is typed ('' where the pack has the words)."""

    use: str
    example: str = ""


_DAY, _MONEY, _YEAR = "2027-03-01", "320万元", "2027"

KEYS: Mapping[type[Any], Mapping[str, Key]] = {
    model.Unit: {
        "name": Key("项目单位的全称，表单上照印；govit.yaml 写过的，project.yaml 不必再写", "某市交通运输局"),
        "level": Key("单位的层级，决定办法是否适用、由谁审批"),
        "kind": Key("单位的性质，决定办法是否适用"),
        "parent": Key("主管部门的全称；没有的不写", "某市人民政府"),
    },
    model.Contact: {
        "person": Key("联系人姓名，表单上照印", "李四"),
        "phone": Key("联系电话，表单上照印", "0500-12345678"),
    },
    model.Plan: {
        "start": Key("计划哪天开工", _DAY),
        "end": Key("计划哪天完工；不得早于开工日期", "2027-11-30"),
    },
    model.BudgetLine: {
        "name": Key("费用名称，概算表照印", "停车管理子系统"),
        "group": Key("属于哪个分组；与 budget.groups 的 name 一致", "应用软件"),
        "kind": Key("费用的性质，有关费用比例和用途的规则按它合计"),
        "amount": Key("这一行的概算金额；各行合计应等于总投资", _MONEY),
        "spent": Key("这一行已经支出的金额", "300万元"),
        "source": Key("这一行用哪项资金"),
    },
    model.BudgetGroup: {
        "name": Key("分组名称，概算表照印", "应用软件"),
        "amount": Key("分组小计；应等于该组各行之和", _MONEY),
    },
    model.BudgetYear: {
        "year": Key("哪一年", _YEAR),
        "amount": Key("这一年的投资；各年合计应等于总投资", _MONEY),
    },
    model.Budget: {
        "total": Key("许多门槛按它判断", _MONEY),
        "single": Key("与总投资是两个数；打包几个单体的，写最大的一个", _MONEY),
        "operation": Key("建成以后每年的运行维护费", "20万元"),
        "spent": Key("整个项目已经支出的金额", "300万元"),
        "lines": Key("一行一项费用；合计应等于总投资"),
        "groups": Key("每个分组的小计"),
        "years": Key("一年一行；合计应等于总投资"),
    },
    model.Event: {
        "kind": Key("发生了什么"),
        "on": Key("发生的日期；还没有发生的不写", _DAY),
        "of": Key("针对哪一项，例如合同名称或系统标识；针对整个项目的不写", "一期合同"),
    },
    model.Approval: {
        "body": Key("哪个机构作出的"),
        "act": Key("审批或审核的事项"),
        "result": Key("结果；只有“通过”算数", "通过"),
        "date": Key("文件上的日期", _DAY),
        "number": Key("文号", "某发〔2027〕1号"),
        "amount": Key("批准的金额", _MONEY),
        "until": Key("批准的截止日期，例如批复的工期", "2027-11-30"),
        "file": Key("文件放在项目文件夹里的，写相对路径", "documents/批复.pdf"),
        "of": Key("针对哪一项；针对整个项目的不写", "一期合同"),
    },
    model.Submission: {
        "kind": Key("报送的事项"),
        "to": Key("报给哪个机构，可写几个"),
        "on": Key("报送的日期", _DAY),
        "number": Key("文号", "某函〔2027〕2号"),
        "file": Key("文件放在项目文件夹里的，写相对路径", "documents/函.pdf"),
        "period": Key("定期报送的，写属于哪一期：2027、2027Q1、2027H1 或 2027-01", "2027Q1"),
        "of": Key("针对哪一项；针对整个项目的不写", "一期合同"),
    },
    model.Document: {
        "kinds": Key("文件种类，一个文件可以是几种；文件名就是种类的，不必登记"),
        "path": Key("相对于项目文件夹的路径，用正斜杠", "documents/方案.docx"),
        "date": Key("文件上的日期", _DAY),
        "by": Key("谁编制或出具的", "某设计院"),
        "result": Key("测评、评估、审计一类文件的结论", "合格"),
    },
    model.Contract: {
        "kind": Key("哪一种合同"),
        "name": Key("合同名称", "一期合同"),
        "party": Key("对方单位", "某科技有限公司"),
        "amount": Key("合同写明的金额", _MONEY),
        "on": Key("哪天签订", _DAY),
        "until": Key("服务期到哪天为止", "2028-02-29"),
        "file": Key("文件放在项目文件夹里的，写相对路径", "documents/一期合同.pdf"),
    },
    model.Funding: {
        "source": Key("钱从哪里来"),
        "amount": Key("金额；各行合计应等于总投资", _MONEY),
        "year": Key("哪一年安排", _YEAR),
    },
    model.CatalogueRow: {
        "name": Key("数据资源名称", "停车泊位信息"),
        "direction": Key("本项目产生的，还是需要别人提供的", "产生"),
        "share": Key("按什么条件共享给别的部门"),
        "provider": Key("由谁提供", "某市交通运输局"),
        "recipients": Key("共享给谁", "[某市城市管理局]"),
        "basis": Key("限定共享范围的依据；不共享的写法律、行政法规或国务院规定", "《中华人民共和国个人信息保护法》"),
        "traits": Key("这项数据的情况，每行写一个 名称: true 或 false"),
    },
    model.Change: {
        "on": Key("调整的日期", _DAY),
        "amount": Key("调整了多少钱，写绝对值", "10万元"),
        "goal": Key("建设目标变了没有", "false"),
        "content": Key("主要内容变了没有", "false"),
        "scope": Key("调整了什么", "增加 20 个前端点位"),
        "ground": Key("属于办法所列的哪种情形"),
        "reason": Key("为什么调整", "道路改造后点位变化"),
        "total_after": Key("调整以后的总投资", "330万元"),
        "traits": Key("这次调整的情况，每行写一个 名称: true 或 false"),
    },
    model.System: {
        "id": Key("系统标识，project.yaml 的 predecessor 引用它", "parking-2021"),
        "name": Key("系统名称", "停车收费系统"),
        "unit": Key("属于哪个单位；不写的算本单位的", "某市交通运输局"),
        "completed": Key("建成日期", "2021-11-26"),
        "operating": Key("开始运行的日期", "2021-12-20"),
        "grade": Key("最近一次评价的分档"),
        "traits": Key("这个系统的情况，每行写一个 名称: true 或 false"),
    },
    model.Answer: {
        "answer": Key("是、否或不适用；写“是”表示做到了", "是"),
        "by": Key("谁确认的", "张三"),
        "on": Key("哪天确认的", _DAY),
        "note": Key("说明；答“不适用”的必须写原因", "本项目不涉及"),
    },
    model.Note: {
        "name": Key("栏目名称，只用汉字、字母和数字", "建设地点"),
        "text": Key("填写的内容，可以写几行", "主城区"),
    },
    model.Waiver: {
        "rule": Key("豁免哪一条规则，写规则编号"),
        "subject": Key("针对哪一项，照检查结果方括号里的写；针对整条规则的不写", "一期合同"),
        "reason": Key("为什么豁免", "会议已研究同意"),
        "by": Key("谁批准的", "某市人民政府"),
        "number": Key("批准文件的文号", "某纪要〔2027〕3号"),
        "until": Key("有效期的最后一天", "2027-12-31"),
    },
    model.Notice: {
        "kind": Key("通知的事项"),
        "on": Key("通知定下的日期", _DAY),
        "number": Key("通知的文号", "某发〔2027〕4号"),
        "title": Key("通知的标题", "关于做好申报工作的通知"),
        "of": Key("只针对一个项目的，写它的 id", "2027-smart-parking"),
        "year": Key("针对哪个计划年度", _YEAR),
        "format": Key("通知要求的文件格式，材料清单照写", "PDF"),
        "sealed": Key("通知要求材料加盖公章的，写 true", "true"),
        "copies": Key("通知要求的份数，材料清单照写", "一式两份"),
    },
    model.Note: {
        "name": Key("表上的栏目名称，照表上的写", "预期用户数"),
        "text": Key("这一栏填什么", "约 12 万"),
    },
    model.Review: {
        "priority": Key("排在第几类", "一类"),
        "opinion": Key("是否同意，有什么要求", "同意列入"),
        "cut": Key("核减的金额", "20万元"),
        "granted": Key("核定的金额", "300万元"),
        "note": Key("别的要说明的", "与二期统筹"),
    },
    model.Settings: {
        "regulation": Key("卷宗里各项目默认适用的办法；govit regulations 列出可以写的"),
        "unit": Key("各项目没有另写的，用这里的"),
        "applicant": Key("由谁申报；各项目没有另写的，用这里的", "某市交通运输局"),
        "year": Key("列入哪一年的计划；各项目没有另写的，用这里的", _YEAR),
        "regulations": Key("自备办法所在的文件夹，写相对路径", "regulations"),
        "calendars": Key("补充的工作日安排文件，写相对路径", "[calendars/2027.yaml]"),
        "systems": Key("本单位已有的系统，各项目的前期系统从这里找"),
        "notices": Key("主管部门的通知定下的日期，期限按它计算"),
        "answers": Key("对整个单位只需回答一次的问题"),
    },
    model.Project: {
        "id": Key("项目标识，在卷宗里不重复；用英文、数字和短横线，别的项目和通知引用它", "2027-smart-parking"),
        "name": Key("项目名称，表单上照印", "智慧停车服务系统"),
        "regulation": Key("适用哪个办法；govit.yaml 写过的，这里不必再写"),
        "year": Key("列入哪一年的计划", _YEAR),
        "stage": Key("现在要走到哪一步；草拟时什么都不算逾期，一步一步改"),
        "classified": Key("涉密项目写 true，并且只写 id、regulation、classified 三行", "false"),
        "category": Key("项目类别，许多规则按它区分"),
        "objects": Key("建设内容属于哪些类型，可写几个"),
        "unit": Key("govit.yaml 写过的，这里只写不同的"),
        "applicant": Key("由谁申报；与 govit.yaml 相同的不写", "某市交通运输局"),
        "lead": Key("几个部门共建的，写牵头部门", "某市交通运输局"),
        "participants": Key("几个部门共建的，写各参建部门", "[某市城市管理局, 某市大数据中心]"),
        "manager": Key("谁对项目负责，可注职务", "张三（副局长）"),
        "team": Key("承担项目的内设机构或专班", "某市交通运输局科技科"),
        "builder": Key("由谁承担建设", "某科技有限公司"),
        "build_mode": Key("统一建还是自己建"),
        "hosting": Key("系统部署在哪里"),
        "contact": Key("联系人和电话，表单上照印"),
        "objective": Key("尽量写成能核对的数", "重点路段停车周转率由每日 2.1 次提高到 3.5 次"),
        "demand": Key("为什么要建：现状、问题和差距", "重点路段泊位缺口 1800 个，车主平均找车位 12 分钟"),
        "content": Key("建什么、建多少，表单上照印", "泊位管理、收费结算、诱导发布三个子系统和 2400 个泊位的前端"),
        "basis": Key("规划和文件，一项一条", "[某市智慧交通三年行动计划]"),
        "standards": Key("遵循的标准规范，一项一条", "[GB/T 22239-2019]"),
        "plans": Key("列入了哪些规划或计划，可写几个"),
        "project_code": Key("投资项目在线审批监管平台的项目代码", "2703-320000-04-04-000001"),
        "approved_revision": Key("批复时的 git 标签或版本，govit change 拿现在的项目与它比较", "approved/2027"),
        "predecessor": Key("写卷宗里项目的 id，或 govit.yaml 的 systems 里系统的 id", "parking-2021"),
        "schedule": Key("从哪天建到哪天"),
        "traits": Key("每行一个，是写 true，否写 false；空着的算不知道"),
        "budget": Key("金额都要写单位"),
        "funding": Key("按来源和年度一行一条；合计应等于总投资"),
        "events": Key("发生过的事，一件一条；没有发生的不写"),
        "approvals": Key("各机构的批复和审核意见，一份一条"),
        "submissions": Key("报送过的材料，一次一条"),
        "documents": Key("项目文件夹里的文件；文件名就是种类的，不必登记"),
        "contracts": Key("签订的合同，一份一条"),
        "catalogue": Key("本项目产生和需要的数据，一项一条"),
        "changes": Key("对批复的调整，一次一条"),
        "answers": Key("写明谁在哪天确认；也可以用 govit answer 记录"),
        "waivers": Key("经批准的豁免，一条只豁免一条规则的一项"),
        "notes": Key("上级空白表里有、别的键没有的栏目，一栏一条；模板里写 {{ notes.栏目名称 }}"),
        "review": Key("主管部门编年度计划时写的审核意见；申报单位不写"),
    },
}


def key_of(record: type[Any], key: str) -> Key:
    """What a key of a record class is for."""
    return KEYS[record][key]
