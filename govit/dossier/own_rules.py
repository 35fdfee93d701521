"""GOV 规则：what govit itself demands of a dossier, whatever the regulation. None can be waived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.files import printable
from govit.base.records import record
from govit.dossier.finding import Finding, Outcome, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.yamltext.faults import Fault


@record
class GovRule:
    """A rule of govit's own: title in both languages and severity."""

    title: str
    title_en: str
    severity: Severity


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
GOV_RULES: Mapping[str, GovRule] = {
    "GOV-101": GovRule("文件无法读取", "The file cannot be read", _E),
    "GOV-102": GovRule("文件超出读取限制", "The file exceeds the reading limits", _E),
    "GOV-103": GovRule("YAML 写法有误", "The YAML is malformed", _E),
    "GOV-104": GovRule("键重复", "Duplicate key", _E),
    "GOV-105": GovRule("未知的键", "Unknown key", _E),
    "GOV-106": GovRule("未知的词", "Unknown word", _E),
    "GOV-107": GovRule("值的写法有误", "Malformed value", _E),
    "GOV-108": GovRule("缺少必填内容", "A required value is missing", _E),
    "GOV-109": GovRule("适用办法无法使用", "The regulation cannot be used", _E),
    "GOV-110": GovRule("文件带有 BOM", "The file begins with a byte order mark", _I),
    "GOV-111": GovRule("办法没有这个阶段", "The regulation has no such stage", _E),
    "GOV-112": GovRule("文字在井号处被截断", "A text is cut short at a number sign", _W),
    "GOV-201": GovRule("文件路径不在项目文件夹内", "A path leaves the project folder", _E),
    "GOV-202": GovRule("找不到文件", "A file is missing", _E),
    "GOV-203": GovRule("文件已损坏", "A file is damaged", _E),
    "GOV-204": GovRule("文件已加密", "A file is encrypted", _E),
    "GOV-205": GovRule("文件是空的", "A file is empty", _E),
    "GOV-206": GovRule("文件过大", "A file is too large", _E),
    "GOV-207": GovRule("有未登记的文件", "A file is not listed", _I),
    "GOV-208": GovRule("密级标志出现在普通项目里", "A classification mark in an ordinary project", _E),
    "GOV-209": GovRule("文件编码有误", "Wrong text encoding", _E),
    "GOV-210": GovRule("读取文件的程序出错", "The program failed while reading a file", _E),
    "GOV-211": GovRule("盖章件与原稿的标题不一致", "A printed copy has other headings than its source", _W),
    "GOV-212": GovRule("报告与 project.yaml 不一致", "A report states it otherwise than project.yaml", _W),
    "GOV-213": GovRule("报告前后不一致", "A report contradicts itself", _W),
    "GOV-214": GovRule("盖章件与原稿的数不一致", "A printed copy states other figures than its source", _W),
    "GOV-215": GovRule("报告各章、概算和目录对不上", "Chapters, budget and catalogue do not correspond", _I),
    "GOV-216": GovRule("疑似重复建设", "What may be built twice", _I),
    "GOV-217": GovRule("报告的用词要核对", "A word of a report is worth asking about", _W),
    "GOV-218": GovRule("规定的篇章没有写到要点", "A required chapter does not speak of a point", _I),
    "GOV-301": GovRule("概算明细与总投资不一致", "Budget lines do not add up to the total", _E),
    "GOV-302": GovRule("概算分组小计不一致", "A budget group does not add up", _E),
    "GOV-303": GovRule("资金来源与总投资不一致", "Funding does not add up to the total", _E),
    "GOV-304": GovRule("分年度投资不一致", "Yearly amounts do not add up", _E),
    "GOV-305": GovRule("阶段落后于记录", "The stage lags behind the records", _W),
    "GOV-306": GovRule("项目标识重复", "Duplicate project id", _E),
    "GOV-307": GovRule("日期晚于判断日", "A date lies after the day of judgement", _W),
    "GOV-308": GovRule("日期先后不合常理", "Dates are in an impossible order", _E),
    "GOV-309": GovRule("找不到前期项目或系统", "The predecessor is unknown", _E),
    "GOV-310": GovRule("事项的先后不可能", "Records are in an impossible order", _E),
    "GOV-311": GovRule("单体投资大于总投资", "One system costs more than the whole project", _E),
    "GOV-312": GovRule("实际支出与明细不一致", "Spending is less than that of the lines", _E),
    "GOV-313": GovRule("同一文件两处记录不一致", "One document is recorded twice, differently", _E),
    "GOV-314": GovRule("金额宜核对", "Amounts worth checking", _W),
    "GOV-315": GovRule("已过的阶段缺记录", "A stage that was passed has left no record", _E),
    "GOV-316": GovRule("同一件事两处记录不一致", "One and the same day or amount is recorded twice, differently", _E),
    "GOV-401": GovRule("豁免已过期", "A waiver has expired", _W),
    "GOV-402": GovRule("豁免没有用到", "A waiver is unused", _W),
    "GOV-403": GovRule("该规则不能豁免", "The rule cannot be waived", _E),
    "GOV-404": GovRule("核对记录没有用到", "A confirmation is unused", _I),
    "GOV-501": GovRule("涉密项目不在本工具内办理", "Classified projects are not handled here", _I),
    "GOV-502": GovRule("涉密项目只能留存根", "A classified project may only leave a stub", _E),
    "GOV-503": GovRule("办法不是现行有效", "The regulation is not in force", _W),
    "GOV-504": GovRule("跨份的邻近项目没有核对", "Neighbours in other parts were not compared", _W),
    "GOV-601": GovRule("规则无法运行", "A rule cannot run", _E),
    "GOV-602": GovRule("项目没有检查完", "The project could not be checked to the end", _E),
}

NOT_IN_FORCE = "GOV-503"
"""Concerns a regulation as such, not a file of the dossier; its subject is the regulation's id."""
APART = "GOV-504"
"""Of reports that were joined and did not see one another's projects."""
SECRET = frozenset(("GOV-208", "GOV-502"))
"""What these speak of is told by its place only: no report shows the line itself."""


def finding_of(fault: Fault, file: str, project: str | None, subject: str = "") -> Finding:
    """A fault as a finding; its subject is the key that it concerns, or what else it is about, whatever the words.

    What a file says is repeated in messages: nothing of it reaches a terminal as a control character.
    """
    rule, message = GOV_RULES[fault.rule], printable(fault.message)
    return Finding(
        rule=fault.rule,
        title=rule.title,
        title_en=rule.title_en,
        severity=rule.severity,
        nominal=rule.severity,
        outcome=Outcome.VIOLATES,
        project=project,
        subject=printable(subject or fault.key or fault.about),
        message=message,
        place=Place(file, fault.line, fault.column),
        hint=printable(fault.hint),
        meant=fault.meant,
    )
