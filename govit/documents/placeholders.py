"""Text that only keeps a place (占位文字): 待补充, TODO, ……, 见附件.

A chapter of nothing but such text is empty (空章节). The patterns match whole paragraphs, so a
sentence that merely mentions an annex (附件) stays content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from govit.base.patterns import regex
from govit.documents.ordinals import ordinal

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 80
"""A longer paragraph is content whatever it says, and no pattern has to look at it."""

_SUBJECT = r"(?:本|该|此|这)?(?:篇|章|节|部分|处|里|项|表|段)?(?:的)?"
_MATTER = r"(?:具体|详细|相关|有关|其他|其余|主要)?(?:内容|文字|正文|情况|资料|材料|数据|信息|说明)?"
_LATER = r"(?:暂|尚|有|仍|还|均|需|后续|后期|另行|正在){0,12}(?:待|再|予以)?(?:进一步)?"
_WORK = r"(?:补充|补|填写|填报|填|完善|编写|撰写|编制|更新|确认|核实|提供|确定|定|续|写)"
_MORE = r"(?:完善|说明|完整|中|内容|本章|本节|相关内容)?"
_SEE = r"(?:详见|参见|请见|另见|见|参阅|详阅|请参阅|请参见|详情见|附于|附在|列于)"
_ANNEX = (
    r"(?:本报告|报告|文后|正文后|后附|后面|文末|所附|以下)?(?:的)?(?:附件|附录|附表|附图|附后|附页|另附|另册|分册|附册)"
)
_NO_MORE = r"(?:,(?:此处|这里|本章|本篇|本节|在此|故){0,2}(?:不|略|从略).{0,20})?"
_HERE = r"(?:请|可|应)?(?:单击|点击|轻触|单击或点击)?(?:在|于)?(?:此处|这里|本处)(?:可|请|应)?"
_INSERT = r"(?:填写|填入|填|输入|键入|录入|补充|插入|添加|编写|撰写|写|说明|描述|介绍)"

_LATER_ON = rf"{_LATER}(?:待|后续|另行|正在|尚需|暂)(?:进一步)?{_WORK}?{_MORE}"
_LEFT_OUT = r"(?:暂|从|此处|这里)?(?:省?略|暂?缺|空白?|留空)"
_NONE = r"(?:本项目)?(?:暂)?(?:无|没有|不涉及|不适用)(?:此|该|本)?项?(?:相关)?(?:内容|情况|要求)?"
_SAME = r"[同见](?:上|前|下|后)(?:所述|文|述|面|表|图|一?章|一?节)?|(?:具体|详细)?(?:内容|情况)?(?:如下|如下所示|如下表|如下图)"
_NO_TEXT = r"[本此][页面](?:以下)?(?:无|没有)正文|以下(?:无正文|空白)|第\d+页(?:[,/]?共\d+页)?"
_SEE_ANNEX = rf"{_SEE}{_ANNEX}[^。;,]{{0,40}}"
_WHERE = r"(?:(?:本|可研)?报告|上述|前述|前面|后面)?(?:的)?第[\d一二三四五六七八九十百]{1,4}(?:部分|[篇章节条页])[^。;,]{0,20}"
_BOOK = (
    r"(?:后附|所附|单独|另行|另册|单独成册|分册)?(?:成册|编制|提交|报送|装订)?的?《[^《》]{1,40}》?[^。;,《》]{0,20}"
)
_SEE_ELSEWHERE = rf"{_SEE}(?:{_WHERE}|{_BOOK}|(?:前|后|上|下)(?:文|面|述|附)?)"
_ANNEXED = r"(?:另附|另行附上|附后|另册提供)(?:文件|材料|报告|页|纸)?"


def _holding(*words: str) -> Callable[[str], bool]:
    return lambda core: any(word in core for word in words)


def _beginning(*words: str) -> Callable[[str], bool]:
    return lambda core: core.startswith(words)


def _ending(*words: str) -> Callable[[str], bool]:
    return lambda core: core.endswith(words)


_PATTERNS = (
    # 待补充, 本章内容待完善, 后续补充
    (_holding("待", "后续", "另行", "正在", "尚需", "暂"), regex(rf"{_SUBJECT}{_MATTER}{_LATER_ON}")),
    (_ending("略", "缺", "空", "空白"), regex(rf"{_SUBJECT}{_MATTER}{_LEFT_OUT}")),  # （略）
    (_beginning("暂无", "暂未", "尚未"), regex(rf"(?:暂无|暂未{_WORK}|尚未{_WORK}){_MORE}")),
    (_beginning("本项目", "暂", "无", "没有", "不涉及", "不适用"), regex(_NONE)),  # 无, 不涉及, 本项目不适用
    (_holding("同上", "同前", "同下", "同后", "见上", "见前", "见下", "见后", "如下"), regex(_SAME)),  # 同上, 内容如下
    (_beginning("本页", "本面", "此页", "此面", "以下", "第"), regex(_NO_TEXT)),  # 此页无正文
    # 详见第五章, 参见《网络安全方案》
    (
        _holding("见", "参阅", "详阅", "附于", "附在", "列于"),
        regex(rf"{_SUBJECT}{_MATTER}{_SEE_ELSEWHERE}{_NO_MORE}"),
    ),
    (
        _holding("提示:", "要求:", "指南:", "须知:", "说明:"),
        regex(r"(?:(?:填写|填报|编写|编制|撰写)(?:提示|要求|指南|须知)|(?:填写|填报|编写|撰写)说明):.*"),
    ),
    (
        _beginning("todo", "tbd", "tba", "tbc", "fixme", "n/a", "na"),
        regex(r"(?:todo|tbd|tba|tbc|fixme|n/?a)(?:[^a-z].*)?"),
    ),
    (_beginning(*"x×╳*?#"), regex(r"[x×╳*?#]{2,}")),
    # 此处填写……, 请在此处输入文字, 单击或点击此处输入文字
    (_holding("此处", "这里", "本处"), regex(rf"{_HERE}{_INSERT}.*")),
    (_beginning("请"), regex(r"请(?:填写|填入|输入|补充|插入|在.{0,8}[处中下](?:填写|输入|补充)).*")),
    (_beginning("click", "tap", "enter"), regex(r"(?:click or tap|click|tap|enter) (?:here|to|text).*")),
    # 见附件, 详见附件3《……》, 网络安全方案另附
    (_holding("附", "另册", "分册"), regex(rf"[^。;,]{{0,16}}(?:{_SEE_ANNEX}|{_ANNEXED}){_NO_MORE}")),
)
"""What a text must have for a pattern to match it, and the pattern: to compile all of them is a tenth of a short run,
and to look for a few words takes no time."""
_EDGES = "【】[]〔〕{}()（）<>《》「」『』“”\"'‘’。．.，,、:：;；!！…⋯·•_＿—–-~～=|/\\"
_HINTS = regex("[见阅列待略缺无未附册处里填写请输补续另正空留tfnxceTFNXCEｔｆｎｘＴＦＮＸ×╳*?#？＊＃]")
"""Every placeholder in words has one of these; most paragraphs are told by that alone."""
_SHORT = 24
_HINTS_OF_SHORT = regex("[没不同如第]")
"""Those that only short ones have: 不涉及, 同上, 第 1 页; in a sentence they are everywhere."""


def is_placeholder(text: str) -> bool:
    """Tell whether a paragraph says nothing but that something is to come, or is elsewhere."""
    if len(text) > LONGEST:
        return False
    if _HINTS.search(text) is None and (len(text) > _SHORT or _HINTS_OF_SHORT.search(text) is None):
        return not any(map(str.isalnum, text))
    core = _core(normalize("NFKC", text).casefold())
    return not core or any(might(core) and pattern.fullmatch(core) for might, pattern in _PATTERNS)


def _core(text: str) -> str:
    """Strip blanks, brackets, punctuation and a list number: 「1、【待补充】。」 is 「待补充」."""
    core = "".join(text.split()) if not text.isascii() else text
    core = core.strip(_EDGES + " \t\n")
    number = ordinal(core)
    return core[number.end :].strip(_EDGES + " ") if number else core
