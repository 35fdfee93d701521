"""项目是什么：the frozen data that rules are judged on, each record and each of its keys declared once.

Whoever adds a record touches this file only: what follows from the declarations is in `lists`.
What is a word of a regulation comes from its pack: no example of one stands here. Standard library only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from govit.base.records import field, record, value_record
from govit.base.wording import Term
from govit.dossier.keys import Kind, Role, entries, item, specs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from decimal import Decimal
    from pathlib import Path

    from govit.documents.content import Reading
    from govit.documents.passages import Passage
    from govit.dossier.keys import Declared
    from govit.yamltext.faults import Fault


_DAY, _MONEY, _YEAR = "2027-03-01", "320万元", "2027"
"""Examples of values that many keys share."""


@record
class Unit:
    """项目单位."""

    RECORD_NAME: ClassVar[str] = "项目单位"

    name: str | None = item(
        "项目单位",
        required=True,
        use="项目单位的全称，表单上照印；govit.yaml 写过的，project.yaml 不必再写",
        example="某市交通运输局",
    )
    level: str | None = item("单位层级", Kind.WORD, words="levels", use="单位的层级，决定办法是否适用、由谁审批")
    kind: str | None = item("单位性质", Kind.WORD, words="unit_kinds", use="单位的性质，决定办法是否适用")
    parent: str | None = item("主管部门", use="主管部门的全称；没有的不写", example="某市人民政府")


@record
class Contact:
    """联系人."""

    RECORD_NAME: ClassVar[str] = "联系人"

    person: str | None = item("联系人", use="联系人姓名，表单上照印", example="李四")
    phone: str | None = item("联系电话", use="联系电话，表单上照印", example="0500-12345678")


@record
class Plan:
    """建设工期."""

    RECORD_NAME: ClassVar[str] = "建设工期"

    start: dt.date | None = item("计划开工日期", Kind.DATE, use="计划哪天开工", example=_DAY)
    end: dt.date | None = item("计划完工日期", Kind.DATE, use="计划哪天完工；不得早于开工日期", example="2027-11-30")


@record
class BudgetLine:
    """概算行."""

    RECORD_NAME: ClassVar[str] = "概算行"

    at: str = ""
    name: str | None = item(
        "费用名称", required=True, role=Role.NAME, use="费用名称，概算表照印", example="停车管理子系统"
    )
    group: str | None = item(
        "费用分组", printed=True, use="属于哪个分组；与 budget.groups 的 name 一致", example="应用软件"
    )
    kind: str | None = item(
        "费用性质", Kind.WORD, words="budget_kinds", role=Role.KIND, use="费用的性质，有关费用比例和用途的规则按它合计"
    )
    amount: Decimal | None = item(
        "金额",
        Kind.MONEY,
        required=True,
        role=Role.AMOUNT,
        use="这一行的概算金额；各行合计应等于总投资",
        example=_MONEY,
    )
    spent: Decimal | None = item("已支出", Kind.MONEY, use="这一行已经支出的金额", example="300万元")
    source: str | None = item("资金来源", Kind.WORD, words="funding_sources", use="这一行用哪项资金")


@record
class BudgetGroup:
    """概算分组小计."""

    RECORD_NAME: ClassVar[str] = "概算分组小计"

    at: str = ""
    name: str | None = item("分组名称", required=True, role=Role.NAME, use="分组名称，概算表照印", example="应用软件")
    amount: Decimal | None = item(
        "小计", Kind.MONEY, required=True, role=Role.AMOUNT, use="分组小计；应等于该组各行之和", example=_MONEY
    )


@record
class BudgetYear:
    """分年度投资."""

    RECORD_NAME: ClassVar[str] = "分年度投资"

    at: str = ""
    year: int | None = item("年度", Kind.INT, required=True, use="哪一年", example=_YEAR)
    amount: Decimal | None = item(
        "年度投资",
        Kind.MONEY,
        required=True,
        role=Role.AMOUNT,
        use="这一年的投资；各年合计应等于总投资",
        example=_MONEY,
    )


@record
class Budget:
    """投资：总投资、单体规模、年运维费、实际支出 are different amounts, none stands for another."""

    RECORD_NAME: ClassVar[str] = "投资"

    total: Decimal | None = item("总投资", Kind.MONEY, use="许多门槛按它判断", example=_MONEY)
    single: Decimal | None = item(
        "单体规模投资", Kind.MONEY, use="与总投资是两个数；打包几个单体的，写最大的一个", example=_MONEY
    )
    operation: Decimal | None = item("年运维费", Kind.MONEY, use="建成以后每年的运行维护费", example="20万元")
    spent: Decimal | None = item("实际支出", Kind.MONEY, use="整个项目已经支出的金额", example="300万元")
    lines: tuple[BudgetLine, ...] = entries(
        "概算明细", BudgetLine, by_rules=True, wanted=True, entry="概算行", use="一行一项费用；合计应等于总投资"
    )
    groups: tuple[BudgetGroup, ...] = entries("概算分组小计", BudgetGroup, by_rules=True, use="每个分组的小计")
    years: tuple[BudgetYear, ...] = entries(
        "分年度投资", BudgetYear, by_rules=True, use="一年一行；合计应等于总投资"
    )


@record
class Event:
    """事项：what happened, and when."""

    RECORD_NAME: ClassVar[str] = "事项"

    at: str = ""
    kind: str | None = item("事项", Kind.WORD, words="events", required=True, role=Role.KIND, use="发生了什么")
    on: dt.date | None = item(
        "发生日期", Kind.DATE, required=True, role=Role.DAY, use="发生的日期；还没有发生的不写", example=_DAY
    )
    of: str | None = item(
        "对象", role=Role.OF, use="针对哪一项，例如合同名称或系统标识；针对整个项目的不写", example="一期合同"
    )
    traits: Mapping[str, bool] = item(
        "事项特征", Kind.FLAGS, words="event_traits", use="这件事的情况，每行写一个 名称: true 或 false"
    )


RESULTS = ("通过", "不通过", "退回修改")
PASSED = RESULTS[0]


@record
class Approval:
    """批复、审核意见：what a body says to us."""

    RECORD_NAME: ClassVar[str] = "批复、审核意见"

    at: str = ""
    body: str | None = item("审批机构", Kind.WORD, words="bodies", required=True, role=Role.BODY, use="哪个机构作出的")
    act: str | None = item("审批事项", Kind.WORD, words="acts", required=True, role=Role.KIND, use="审批或审核的事项")
    result: str | None = item(
        "审批结果",
        Kind.CHOICE,
        choices=RESULTS,
        required=True,
        role=Role.RESULT,
        use="结果；只有“通过”算数",
        example="通过",
    )
    date: dt.date | None = item("审批日期", Kind.DATE, required=True, role=Role.DAY, use="文件上的日期", example=_DAY)
    number: str | None = item("文号", role=Role.NUMBER, printed=True, use="文号", example="某发〔2027〕1号")
    amount: Decimal | None = item("批准金额", Kind.MONEY, role=Role.AMOUNT, use="批准的金额", example=_MONEY)
    until: dt.date | None = item(
        "批准的截止日期", Kind.DATE, use="批准的截止日期，例如批复的工期", example="2027-11-30"
    )
    file: str | None = item(
        "批复文件", role=Role.FILE, use="文件放在项目文件夹里的，写相对路径", example="documents/批复.pdf"
    )
    of: str | None = item("对象", role=Role.OF, use="针对哪一项；针对整个项目的不写", example="一期合同")
    traits: Mapping[str, bool] = item(
        "审批特征", Kind.FLAGS, words="approval_traits", use="这次审批的情况，每行写一个 名称: true 或 false"
    )


@record
class Submission:
    """报送：what we hand to a body."""

    RECORD_NAME: ClassVar[str] = "报送"

    at: str = ""
    kind: str | None = item("报送事项", Kind.WORD, words="submissions", required=True, role=Role.KIND, use="报送的事项")
    to: tuple[str, ...] = item(
        "报送对象", Kind.WORDS, words="bodies", required=True, role=Role.BODY, use="报给哪个机构，可写几个"
    )
    on: dt.date | None = item("报送日期", Kind.DATE, required=True, role=Role.DAY, use="报送的日期", example=_DAY)
    number: str | None = item("文号", role=Role.NUMBER, use="文号", example="某函〔2027〕2号")
    file: str | None = item(
        "报送文件", role=Role.FILE, use="文件放在项目文件夹里的，写相对路径", example="documents/函.pdf"
    )
    period: str | None = item(
        "所属期间",
        Kind.YEAR_OR_QUARTER,
        use="定期报送的，写属于哪一期：2027、2027Q1、2027H1 或 2027-01",
        example="2027Q1",
    )
    of: str | None = item("对象", role=Role.OF, use="针对哪一项；针对整个项目的不写", example="一期合同")
    traits: Mapping[str, bool] = item(
        "报送特征", Kind.FLAGS, words="submission_traits", use="这次报送的情况，每行写一个 名称: true 或 false"
    )


DOCUMENT_RESULTS = ("合格", "不合格")


@record
class Document:
    """文件：one file may be several kinds. `reading` is None until the file was looked at."""

    RECORD_NAME: ClassVar[str] = "文件"

    at: str = ""
    kinds: tuple[str, ...] = item(
        "文件种类",
        Kind.WORDS,
        words="documents",
        required=True,
        role=Role.KIND,
        use="文件种类，一个文件可以是几种；文件名就是种类的，不必登记",
    )
    path: str | None = item(
        "文件路径",
        role=Role.FILE,
        needed=True,
        printed=True,
        use="相对于项目文件夹的路径，用正斜杠",
        example="documents/方案.docx",
    )
    date: dt.date | None = item("文件日期", Kind.DATE, role=Role.DAY, use="文件上的日期", example=_DAY)
    by: str | None = item("编制单位", use="谁编制或出具的", example="某设计院")
    result: str | None = item(
        "文件结论",
        Kind.CHOICE,
        choices=DOCUMENT_RESULTS,
        role=Role.RESULT,
        use="测评、评估、审计一类文件的结论",
        example="合格",
    )
    traits: Mapping[str, bool] = item(
        "文件特征", Kind.FLAGS, words="document_traits", use="这份文件的情况，每行写一个 名称: true 或 false"
    )
    reading: Reading | None = None
    passages: tuple[Passage, ...] = ()
    """The text of a report, where it was asked for."""
    missing: bool = False


@record
class Contract:
    """合同."""

    RECORD_NAME: ClassVar[str] = "合同"

    at: str = ""
    kind: str | None = item("合同种类", Kind.WORD, words="contracts", required=True, role=Role.KIND, use="哪一种合同")
    name: str | None = item("合同名称", role=Role.NAME, printed=True, use="合同名称", example="一期合同")
    party: str | None = item("对方单位", printed=True, use="对方单位", example="某科技有限公司")
    amount: Decimal | None = item(
        "合同额", Kind.MONEY, role=Role.AMOUNT, printed=True, use="合同写明的金额", example=_MONEY
    )
    on: dt.date | None = item("签订日期", Kind.DATE, role=Role.DAY, printed=True, use="哪天签订", example=_DAY)
    until: dt.date | None = item("服务期截止日期", Kind.DATE, use="服务期到哪天为止", example="2028-02-29")
    file: str | None = item(
        "合同文件", role=Role.FILE, use="文件放在项目文件夹里的，写相对路径", example="documents/一期合同.pdf"
    )
    traits: Mapping[str, bool] = item(
        "合同特征", Kind.FLAGS, words="contract_traits", use="这份合同的情况，每行写一个 名称: true 或 false"
    )


@record
class Funding:
    """资金来源."""

    RECORD_NAME: ClassVar[str] = "资金来源"

    at: str = ""
    source: str | None = item(
        "资金来源", Kind.WORD, words="funding_sources", required=True, role=Role.KIND, use="钱从哪里来"
    )
    amount: Decimal | None = item(
        "金额", Kind.MONEY, required=True, role=Role.AMOUNT, use="金额；各行合计应等于总投资", example=_MONEY
    )
    year: int | None = item("年度", Kind.INT, printed=True, use="哪一年安排", example=_YEAR)


DIRECTIONS = ("产生", "需要")


@record
class CatalogueRow:
    """数据资源目录行：a data resource that the project produces or needs."""

    RECORD_NAME: ClassVar[str] = "数据资源目录行"

    at: str = ""
    name: str | None = item("数据资源名称", required=True, role=Role.NAME, use="数据资源名称", example="停车泊位信息")
    direction: str | None = item(
        "产生或需要",
        Kind.CHOICE,
        choices=DIRECTIONS,
        required=True,
        role=Role.KIND,
        use="本项目产生的，还是需要别人提供的",
        example="产生",
    )
    share: str | None = item("共享类型", Kind.WORD, words="share_types", printed=True, use="按什么条件共享给别的部门")
    provider: str | None = item("提供方", printed=True, use="由谁提供", example="某市交通运输局")
    recipients: tuple[str, ...] = item("共享对象", Kind.TEXTS, use="共享给谁", example="[某市城市管理局]")
    basis: str | None = item(
        "依据",
        use="限定共享范围的依据；不共享的写法律、行政法规或国务院规定",
        example="《中华人民共和国个人信息保护法》",
    )
    traits: Mapping[str, bool] = item(
        "数据特征", Kind.FLAGS, words="row_traits", use="这项数据的情况，每行写一个 名称: true 或 false"
    )


@record
class Change:
    """调整：`amount` is the greater of all increases and all decreases; money moved between lines is one sum."""

    RECORD_NAME: ClassVar[str] = "调整"

    at: str = ""
    on: dt.date | None = item("调整日期", Kind.DATE, required=True, role=Role.DAY, use="调整的日期", example=_DAY)
    amount: Decimal | None = item(
        "资金调整数额",
        Kind.MONEY,
        role=Role.AMOUNT,
        printed=True,
        use="调增合计、调减合计中较大的一个，写绝对值；从一行挪到另一行的钱只算一次",
        example="10万元",
    )
    goal: bool | None = item("建设目标是否改变", Kind.BOOL, use="建设目标变了没有", example="false")
    content: bool | None = item("主要内容是否调整", Kind.BOOL, use="主要内容变了没有", example="false")
    scope: str | None = item("调整内容", printed=True, paragraphs=True, use="调整了什么", example="增加 20 个前端点位")
    ground: str | None = item("调整情形", Kind.WORD, words="grounds", use="属于办法所列的哪种情形")
    reason: str | None = item("调整理由", printed=True, paragraphs=True, use="为什么调整", example="道路改造后点位变化")
    total_after: Decimal | None = item("调整后总投资", Kind.MONEY, use="调整以后的总投资", example="330万元")
    traits: Mapping[str, bool] = item(
        "调整特征", Kind.FLAGS, words="change_traits", use="这次调整的情况，每行写一个 名称: true 或 false"
    )


@record
class System:
    """已有系统：an existing system of the unit, kept in govit.yaml."""

    RECORD_NAME: ClassVar[str] = "已有系统"

    at: str = ""
    id: str | None = item(
        "系统标识",
        required=True,
        role=Role.ID,
        use="系统标识，project.yaml 的 predecessor 引用它",
        example="parking-2021",
    )
    name: str | None = item("系统名称", required=True, role=Role.NAME, use="系统名称", example="停车收费系统")
    unit: str | None = item("所属单位", use="属于哪个单位；不写的算本单位的", example="某市交通运输局")
    completed: dt.date | None = item("建成日期", Kind.DATE, printed=True, use="建成日期", example="2021-11-26")
    operating: dt.date | None = item("运行日期", Kind.DATE, printed=True, use="开始运行的日期", example="2021-12-20")
    grade: str | None = item("评价分档", Kind.WORD, words="grades", use="最近一次评价的分档")
    traits: Mapping[str, bool] = item(
        "系统特征", Kind.FLAGS, words="system_traits", use="这个系统的情况，每行写一个 名称: true 或 false"
    )


WORD_GROUPS = ("安全可靠", "限定供应商", "含糊")
"""Words of reports that a reviewer asks about: products that are not 安全可靠, brands and conditions that shut others out,
what is left open."""
DUPLICATES = "重复建设"
ASKED_OF_REPORTS = (*WORD_GROUPS, DUPLICATES)
"""About what it is asked in reports because of an article."""


@record
class WordNote:
    """用词：one that is asked about in this unit as well, or one that is not, with the reason."""

    RECORD_NAME: ClassVar[str] = "用词"

    at: str = ""
    word: str | None = item("词", required=True, role=Role.NAME, use="报告里的词，例如产品名", example="某某数据库")
    group: str | None = item(
        "类别", Kind.CHOICE, choices=WORD_GROUPS, required=True, use="属于哪一类", example=WORD_GROUPS[0]
    )
    silenced: str | None = item(
        "不提示的理由",
        paragraphs=True,
        use="写了的，这个词不再警告，只列出并写明理由；不写的，是另外要查的词",
        example="2026年9月主管部门已同意，替代期到2028年底",
    )


ANSWERS = ("是", "否", "不适用")
YES, NO, INAPPLICABLE = ANSWERS


@record
class Answer:
    """人工确认的回答."""

    RECORD_NAME: ClassVar[str] = "人工确认的回答"

    at: str = ""
    answer: str | None = item(
        "回答",
        Kind.CHOICE,
        choices=ANSWERS,
        required=True,
        role=Role.RESULT,
        use="是、否或不适用；写“是”表示做到了",
        example="是",
    )
    by: str | None = item("确认人", required=True, use="谁确认的", example="张三")
    on: dt.date | None = item("确认日期", Kind.DATE, required=True, role=Role.DAY, use="哪天确认的", example=_DAY)
    note: str | None = item("说明", paragraphs=True, use="说明；答“不适用”的必须写原因", example="本项目不涉及")


@record
class Waiver:
    """豁免：names one rule and one subject, never a pattern."""

    RECORD_NAME: ClassVar[str] = "豁免"

    at: str = ""
    rule: str | None = item("规则编号", Kind.WORD, words="rules", required=True, use="豁免哪一条规则，写规则编号")
    subject: str | None = item(
        "对象", use="针对哪一项，照检查结果方括号里的写；只有一处问题的可以不写", example="一期合同"
    )
    reason: str | None = item("理由", required=True, paragraphs=True, use="为什么豁免", example="会议已研究同意")
    by: str | None = item("批准人", required=True, use="谁批准的", example="某市人民政府")
    number: str | None = item(
        "批准文号", required=True, role=Role.NUMBER, use="批准文件的文号", example="某纪要〔2027〕3号"
    )
    until: dt.date | None = item("有效期至", Kind.DATE, required=True, use="有效期的最后一天", example="2027-12-31")


CONFIRMABLE = ("GOV-212", "GOV-213", "GOV-214", "GOV-215", "GOV-216", "GOV-217", "GOV-218")
"""What govit says of the figures and words of reports: found by words and places, so a person has the last word."""


@record
class Confirmation:
    """核对记录：a person has looked at both places that a warning names; it is then told, and not asked again."""

    RECORD_NAME: ClassVar[str] = "核对记录"

    at: str = ""
    rule: str | None = item(
        "规则编号",
        Kind.CHOICE,
        choices=CONFIRMABLE,
        required=True,
        use="核对的是哪一条警告，照检查结果写编号",
        example=CONFIRMABLE[0],
    )
    file: str | None = item(
        "报告文件", required=True, use="警告在哪个文件里，写相对路径", example="documents/方案.docx"
    )
    subject: str | None = item(
        "对象", required=True, use="针对哪一处，照检查结果“怎么办”里给出的那一条写；数改了就是另一处", example="总投资 268万元"
    )
    by: str | None = item("核对人", required=True, use="谁核对的", example="张三")
    on: dt.date | None = item("核对日期", Kind.DATE, required=True, role=Role.DAY, use="哪天核对的", example=_DAY)
    note: str | None = item(
        "核对结果",
        required=True,
        paragraphs=True,
        use="核对的结果：为什么两处不一致而没有写错",
        example="报告写的是含运维费的数",
    )


@record
class Notice:
    """主管部门通知中的日期."""

    RECORD_NAME: ClassVar[str] = "主管部门通知中的日期"

    at: str = ""
    kind: str | None = item("通知事项", Kind.WORD, words="notices", required=True, role=Role.KIND, use="通知的事项")
    on: dt.date | None = item("通知日期", Kind.DATE, required=True, role=Role.DAY, use="通知定下的日期", example=_DAY)
    issued: dt.date | None = item(
        "通知发出日期", Kind.DATE, use="通知发出的日期，不是它定下的日期；写了的，发出以前办的不算", example=_DAY
    )
    number: str | None = item("通知文号", required=True, role=Role.NUMBER, use="通知的文号", example="某发〔2027〕4号")
    title: str | None = item("通知标题", use="通知的标题", example="关于做好申报工作的通知")
    of: str | None = item(
        "针对的项目标识", role=Role.OF, use="只针对一个项目的，写它的 id", example="2027-smart-parking"
    )
    year: int | None = item("计划年度", Kind.INT, use="针对哪个计划年度", example=_YEAR)
    format: str | None = item("文件格式要求", use="通知要求的文件格式，材料清单照写", example="PDF")
    sealed: bool | None = item("是否要求盖章", Kind.BOOL, use="通知要求材料加盖公章的，写 true", example="true")
    copies: str | None = item("要求的份数", use="通知要求的份数，材料清单照写", example="一式两份")


@record
class Note:
    """表格补充内容：what a bureau's own form asks and no other key holds."""

    RECORD_NAME: ClassVar[str] = "表格补充内容"

    at: str = ""
    name: str | None = item(
        "栏目名称", required=True, role=Role.NAME, use="表上的栏目名称，照表上的写", example="预期用户数"
    )
    text: str | None = item("填写内容", required=True, paragraphs=True, use="这一栏填什么", example="约 12 万")


@record
class ProgressText:
    """进展情况：what one report of a period says in one of its boxes; each period keeps its own."""

    RECORD_NAME: ClassVar[str] = "进展情况"

    at: str = ""
    period: str | None = item(
        "报告期",
        Kind.YEAR_OR_QUARTER,
        required=True,
        use="哪一期：2027、2027Q1、2027H1 或 2027-01",
        example="2027Q1",
    )
    name: str | None = item(
        "栏目名称", required=True, role=Role.NAME, use="进展表上的栏目名称，照表上的写", example="当前形象进度"
    )
    text: str | None = item(
        "填写内容", required=True, paragraphs=True, use="这一期这一栏填什么", example="前端安装完成九成"
    )


@record
class Review:
    """审核意见：what the bureau writes into the annual plan; applicants leave it to the bureau."""

    RECORD_NAME: ClassVar[str] = "审核意见"

    priority: str | None = item("优先级", use="排在第几类", example="一类")
    opinion: str | None = item("审核意见", paragraphs=True, use="是否同意，有什么要求", example="同意列入")
    cut: Decimal | None = item("核减金额", Kind.MONEY, use="核减的金额", example="20万元")
    granted: Decimal | None = item("核定金额", Kind.MONEY, use="核定的金额", example="300万元")
    note: str | None = item("备注", paragraphs=True, use="别的要说明的", example="与二期统筹")


@value_record
class Source:
    """来源：which file a value was read from, and where each value stands in it."""

    file: str
    places: Mapping[str, tuple[int, int]]
    blanks: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Keys with nothing behind the colon: not given, but this is where the value belongs."""

    def place_of(self, key: str) -> tuple[int, int] | None:
        """Line and column of a value, or of the nearest thing around it that the file has."""
        while key:
            if key in self.places:
                return self.places[key]
            if key in self.blanks:
                return self.blanks[key]
            cut = max(key.rfind("."), key.rfind("["))
            key = key[:cut] if cut > 0 else ""
        return self.places.get("")


@record
class Commencement:
    """施行日期：what a dossier says of a draft that has been issued since; the draft itself names no day."""

    RECORD_NAME: ClassVar[str] = "施行日期"

    regulation: str | None = item(
        "征求意见稿", required=True, use="哪个征求意见稿的施行日期", example="moushi-draft-2026"
    )
    status: str | None = item(
        "效力",
        Kind.CHOICE,
        choices=("现行有效", "征求意见稿"),
        required=True,
        use="按什么判断：已经印发施行的写现行有效，并写施行日期",
    )
    effective_from: dt.date | None = item("施行日期", Kind.DATE, use="自哪天起施行，当日在内", example=_DAY)
    effective_to: dt.date | None = item(
        "有效期截止日期", Kind.DATE, use="有效期到哪天，当日在内；没有规定的不写", example="2031-02-28"
    )


@record
class Settings:
    """govit.yaml：defaults and the facts of the unit."""

    RECORD_NAME: ClassVar[str] = "govit.yaml"

    regulation: str | None = item(
        "适用办法", use="卷宗里各项目默认适用的办法，几个的写成 [甲, 乙]；govit regulations 列出可以写的"
    )
    unit: Unit | None = item("项目单位", Kind.RECORD, of=Unit, use="各项目没有另写的，用这里的")
    applicant: str | None = item("申报单位", use="由谁申报；各项目没有另写的，用这里的", example="某市交通运输局")
    year: int | None = item("计划年度", Kind.INT, use="列入哪一年的计划；各项目没有另写的，用这里的", example=_YEAR)
    regulations: str | None = item("自备办法的文件夹", use="自备办法所在的文件夹，写相对路径", example="regulations")
    commencement: Commencement | None = item(
        "施行日期", Kind.RECORD, of=Commencement, use="适用的办法是征求意见稿、已经知道施行日期的，由卷宗指定"
    )
    calendars: tuple[str, ...] = item(
        "补充的工作日安排文件", Kind.TEXTS, use="补充的工作日安排文件，写相对路径", example="[calendars/2027.yaml]"
    )
    systems: tuple[System, ...] = entries(
        "已有系统", System, by_rules=True, use="本单位已有的系统，各项目的前期系统从这里找"
    )
    notices: tuple[Notice, ...] = entries(
        "主管部门通知", Notice, by_rules=True, entry="通知", use="主管部门的通知定下的日期，期限按它计算"
    )
    wording: tuple[WordNote, ...] = entries(
        "报告用词", WordNote, entry="用词", use="检查报告用词时，另外要查的词，和不必再提示的词（写明理由）"
    )
    answers: Mapping[str, Answer] = item(
        "单位层面的人工确认", Kind.ANSWERS, words="questions", of=Answer, use="对整个单位只需回答一次的问题"
    )
    source: Source | None = None


@record
class Project:
    """项目."""

    RECORD_NAME: ClassVar[str] = "项目"

    id: str | None = item(
        "项目标识",
        required=True,
        use="项目标识，在卷宗里不重复；用英文、数字和短横线，别的项目和通知引用它",
        example="2027-smart-parking",
    )
    name: str | None = item("项目名称", required=True, use="项目名称，表单上照印", example="智慧停车服务系统")
    regulation: str | None = item(
        "适用办法", use="适用哪个办法；同时适用几个的写成 [甲, 乙]，牵头的在前；govit.yaml 写过的，这里不必再写"
    )
    year: int | None = item("计划年度", Kind.INT, use="列入哪一年的计划", example=_YEAR)
    stage: str | None = item(
        "当前阶段", Kind.WORD, words="stages", required=True, use="现在要走到哪一步；草拟时什么都不算逾期，一步一步改"
    )
    classified: bool | None = item(
        "是否涉密", Kind.BOOL, use="涉密项目写 true，并且只写 id、regulation、classified 三行", example="false"
    )
    category: str | None = item("项目类别", Kind.WORD, words="categories", use="项目类别，许多规则按它区分")
    objects: tuple[str, ...] = item("建设内容类型", Kind.WORDS, words="objects", use="建设内容属于哪些类型，可写几个")
    unit: Unit | None = item("项目单位", Kind.RECORD, of=Unit, use="govit.yaml 写过的，这里只写不同的")
    applicant: str | None = item("申报单位", use="由谁申报；与 govit.yaml 相同的不写", example="某市交通运输局")
    lead: str | None = item("牵头部门", use="几个部门共建的，写牵头部门", example="某市交通运输局")
    participants: tuple[str, ...] = item(
        "参建部门", Kind.TEXTS, use="几个部门共建的，写各参建部门", example="[某市城市管理局, 某市大数据中心]"
    )
    manager: str | None = item("项目责任人", use="谁对项目负责，可注职务", example="张三（副局长）")
    team: str | None = item("项目实施机构", use="承担项目的内设机构或专班", example="某市交通运输局科技科")
    builder: str | None = item("实施单位", use="由谁承担建设", example="某科技有限公司")
    build_mode: str | None = item("建设方式", Kind.WORD, words="build_modes", use="统一建还是自己建")
    hosting: str | None = item("部署环境", Kind.WORD, words="hosting", use="系统部署在哪里")
    contact: Contact | None = item("联系方式", Kind.RECORD, of=Contact, use="联系人和电话，表单上照印")
    objective: str | None = item(
        "建设目标", paragraphs=True, use="尽量写成能核对的数", example="重点路段停车周转率由每日 2.1 次提高到 3.5 次"
    )
    demand: str | None = item(
        "建设需求",
        paragraphs=True,
        use="为什么要建：现状、问题和差距",
        example="重点路段泊位缺口 1800 个，车主平均找车位 12 分钟",
    )
    content: str | None = item(
        "主要建设内容",
        paragraphs=True,
        use="建什么、建多少，表单上照印",
        example="泊位管理、收费结算、诱导发布三个子系统和 2400 个泊位的前端",
    )
    basis: tuple[str, ...] = item(
        "建设依据", Kind.TEXTS, use="规划和文件，一项一条", example="[某市智慧交通三年行动计划]"
    )
    standards: tuple[str, ...] = item(
        "标准规范", Kind.TEXTS, use="遵循的标准规范，一项一条", example="[GB/T 22239-2019]"
    )
    plans: tuple[str, ...] = item("列入的规划", Kind.WORDS, words="plans", use="列入了哪些规划或计划，可写几个")
    project_code: str | None = item(
        "项目代码", use="投资项目在线审批监管平台的项目代码", example="2703-320000-04-04-000001"
    )
    approved_revision: str | None = item(
        "批复版本", use="批复时的 git 标签或版本，govit change 拿现在的项目与它比较", example="approved/2027"
    )
    predecessor: str | None = item(
        "前期项目或系统", use="写卷宗里项目的 id，或 govit.yaml 的 systems 里系统的 id", example="parking-2021"
    )
    schedule: Plan | None = item("建设工期", Kind.RECORD, of=Plan, use="从哪天建到哪天")
    traits: Mapping[str, bool] = item(
        "项目特征", Kind.FLAGS, words="traits", use="每行一个，是写 true，否写 false；空着的算不知道"
    )
    figures: Mapping[str, Decimal | int] = item(
        "办法要问的数", Kind.FIGURES, words="figures", use="每行一个：数写整数，金额写单位；空着的算不知道"
    )
    budget: Budget | None = item("投资", Kind.RECORD, of=Budget, use="金额都要写单位")
    funding: tuple[Funding, ...] = entries(
        "资金来源", Funding, by_rules=True, use="按来源和年度一行一条；合计应等于总投资"
    )
    events: tuple[Event, ...] = entries(
        "事项", Event, by_rules=True, own_law=True, ordered=True, use="发生过的事，一件一条；没有发生的不写"
    )
    approvals: tuple[Approval, ...] = entries(
        "审批", Approval, by_rules=True, ordered=True, use="各机构的批复和审核意见，一份一条"
    )
    submissions: tuple[Submission, ...] = entries(
        "报送", Submission, by_rules=True, own_law=True, ordered=True, use="报送过的材料，一次一条"
    )
    documents: tuple[Document, ...] = entries(
        "文件", Document, by_rules=True, use="项目文件夹里的文件；文件名就是种类的，不必登记"
    )
    contracts: tuple[Contract, ...] = entries("合同", Contract, by_rules=True, own_law=True, use="签订的合同，一份一条")
    catalogue: tuple[CatalogueRow, ...] = entries(
        "数据资源目录",
        CatalogueRow,
        by_rules=True,
        wanted=True,
        entry="数据资源",
        use="本项目产生和需要的数据，一项一条",
    )
    changes: tuple[Change, ...] = entries("调整", Change, by_rules=True, own_law=True, use="对批复的调整，一次一条")
    answers: Mapping[str, Answer] = item(
        "人工确认", Kind.ANSWERS, words="questions", of=Answer, use="写明谁在哪天确认；也可以用 govit answer 记录"
    )
    waivers: tuple[Waiver, ...] = entries("豁免", Waiver, use="经批准的豁免，一条只豁免一条规则的一项")
    confirmed: tuple[Confirmation, ...] = entries(
        "核对记录", Confirmation, use="报告里的数与别处不一致、经人核对没有写错的，一处一条"
    )
    notes: tuple[Note, ...] = entries(
        "表格补充内容", Note, use="上级空白表里有、别的键没有的栏目，一栏一条；模板里写 {{ notes.栏目名称 }}"
    )
    progress: tuple[ProgressText, ...] = entries(
        "进展情况", ProgressText, use="定期报的进展表，每期每栏一条；下一期另起几条，前几期的留着"
    )
    review: Review | None = item(
        "审核意见", Kind.RECORD, of=Review, use="主管部门编年度计划时写的审核意见；申报单位不写"
    )
    source: Source = field(default_factory=lambda: Source("project.yaml", {}))
    folder: Path | None = None
    settings: Settings = field(default_factory=Settings)
    faults: tuple[Fault, ...] = ()
    also: tuple[Project, ...] = ()
    """The same project as the other regulations read it that it names, each by its own words."""
    shared: bool = False
    """Whether several regulations apply to it."""


@record
class Named:
    """一项：an entry of a list of project.yaml that holds texts and no records, or a body: something that has only a name."""

    RECORD_NAME: ClassVar[str] = "一项"

    at: str = ""
    name: str = item("名称", role=Role.NAME, use="名称")


SECTIONS = (
    (
        "基本情况",
        (
            "objects",
            "unit",
            "applicant",
            "lead",
            "participants",
            "manager",
            "team",
            "contact",
            "objective",
            "demand",
            "content",
            "basis",
            "plans",
            "standards",
            "hosting",
            "build_mode",
            "builder",
            "project_code",
            "predecessor",
            "schedule",
        ),
    ),
    ("投资", ("budget", "funding")),
    ("项目的情况", ("traits", "figures")),
    ("数据资源", ("catalogue",)),
    ("文件", ("documents",)),
    ("要由人确认的问题", ("answers",)),
    ("办理过程：发生一件，记一件", ("submissions", "approvals", "events", "contracts", "changes")),
)
"""How a blank project.yaml is laid out: the keys of each section. What stands in none comes last."""

Record: TypeAlias = (
    Event
    | Approval
    | Submission
    | Document
    | Contract
    | Funding
    | BudgetLine
    | BudgetGroup
    | BudgetYear
    | CatalogueRow
    | Change
    | System
    | WordNote
    | Answer
    | Waiver
    | Confirmation
    | Notice
    | Note
    | ProgressText
    | Named
)
"""Whatever stands in a list: closed, so that nothing else is taken for one."""


def label_of(key: str) -> str:
    """The Chinese label of a dotted key of project.yaml, '' if the key is none of its fields."""
    record: type[Declared] | None = Project
    label = ""
    for part in key.split("."):
        spec = specs(record).get(part) if record else None
        if spec is None:
            return ""
        label, record = spec.label, spec.of
    return label


def named(key: str) -> str:
    """A key with its label, as every message shows it: budget.total（总投资）; on paper the label alone."""
    label = label_of(key)
    return Term(f"{key}（{label}）", label) if label else key


@value_record
class Neighbour:
    """邻近项目：the little that rules about neighbours need of every project of a dossier.

    `project` has its id, its name and what those rules ask for; of a small dossier it is the whole project.
    """

    path: str
    project: Project


class Index:
    """卷宗索引：all projects of one dossier, and the same by the values that they share, gathered when asked for."""

    __slots__ = ("_grouped", "_whole", "also", "projects")

    def __init__(
        self,
        projects: tuple[Neighbour, ...] = (),
        also: tuple[Neighbour, ...] = (),
        whole: Callable[[Neighbour], Project] | None = None,
    ) -> None:
        self.projects = projects
        self.also = also
        """The same projects as their further regulations read them."""
        self._whole = whole
        self._grouped: dict[tuple[str, ...], Mapping[tuple[object, ...], list[Neighbour]]] = {}

    def grouped(
        self, by: tuple[str, ...], values: Callable[[Project], tuple[object, ...]]
    ) -> Mapping[tuple[object, ...], list[Neighbour]]:
        """The projects by their values; `by` names what the values are, so that they are gathered once for all."""
        if by not in self._grouped:
            groups: dict[tuple[object, ...], list[Neighbour]] = {}
            for neighbour in (*self.projects, *self.also):
                groups.setdefault(values(neighbour.project), []).append(neighbour)
            self._grouped[by] = groups
        return self._grouped[by]

    def by_id(self) -> Mapping[tuple[object, ...], list[Neighbour]]:
        """The projects by their ids."""
        return self.grouped(("id",), lambda project: (project.id,))

    def whole(self, neighbour: Neighbour) -> Project:
        """All that is read of a neighbour, for the few questions that go beyond what every neighbour is asked."""
        return neighbour.project if self._whole is None else self._whole(neighbour)
