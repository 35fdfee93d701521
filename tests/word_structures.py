"""Skeletons of reports as people make them, each with the outline that a reader of its pages sees.

A skeleton is written as a few lines of a little language, and built into the body of a docx:

``h1 第七章 …`` a heading style; ``b32 …`` bold, in half-points; ``f:黑体 …`` in that font; ``p …`` plain;
``o1 …`` an outline level; ``n1.0 …`` numbered by level 0 of list 1; ``t …`` a line of body text;
``cell …`` a shaded table of one cell; ``row 甲|乙`` a table; ``box …`` a text box; ``toc 甲|乙`` a contents field;
``rows 甲|乙`` a table of one column, each first row of two bold; ``frame 甲|乙`` all in one cell, likewise;
``lines 甲|乙`` one paragraph of lines, likewise; ``run 甲|乙`` one line of them; ``link …`` all of it a link back;
``blank 2`` an empty table; ``raw <w:p/>`` as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "系统按照网络安全等级保护第三级要求建设，设置边界防护、身份鉴别、访问控制与安全审计，数据按统一标准归集共享。"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>'
)
SIZES = {1: 44, 2: 32, 3: 28, 4: 28}


def heading_styles(prefix: str = "heading ", *, numbers: bool = False) -> str:
    """Write 标题 1 to 标题 4, with the sizes that Word gives them."""
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    for level, size in SIZES.items():
        number = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>' if numbers else ""
        styles += (
            f'<w:style w:type="paragraph" w:styleId="h{level}"><w:name w:val="{prefix}{level}"/>'
            f'<w:pPr>{number}<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        )
    return styles


def numbering(*levels: tuple[str, str]) -> str:
    """Write one list by its patterns and numerals: ``("第%1章", "chineseCounting")``."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{numerals}"/>'
        f'{"<w:isLgl/>" if at else ""}<w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (pattern, numerals) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def paragraph(text: str, properties: str = "", look: str = "") -> str:
    words = escape(text).replace("\t", "</w:t><w:tab/><w:t>")
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def table(cells: list[str]) -> str:
    shade = '<w:tcPr><w:tcW w:w="4000" w:type="dxa"/><w:shd w:val="clear" w:fill="D9D9D9"/></w:tcPr>'
    grid = "".join('<w:gridCol w:w="4000"/>' for _ in cells)
    row = "".join(f"<w:tc>{shade}{cell}</w:tc>" for cell in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid><w:tr>{row}</w:tr></w:tbl>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def contents(lines: list[str]) -> str:
    begin = field("begin") + '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>' + field("separate")
    rows = [f"<w:r><w:t>{line}</w:t><w:tab/><w:t>{at}</w:t></w:r>" for at, line in enumerate(lines, 1)]
    rows[0], rows[-1] = begin + rows[0], rows[-1] + field("end")
    return "".join(f"<w:p>{row}</w:p>" for row in rows)


def build(lines: str) -> str:
    """Build the body of a docx from the lines of the little language."""
    return "".join(_built(line.strip()) for line in lines.strip("\n").split("\n"))


def _built(line: str) -> str:
    sign, _, text = line.partition(" ")
    if sign in _WHOLE:
        return _WHOLE[sign](text)
    return _NUMBERED[sign[0]](sign[1:], text)


def box(text: str) -> str:
    inner = f"<w:txbxContent>{paragraph(text, look='<w:b/>')}</w:txbxContent>"
    shape = f"<v:shape style='width:200pt;height:30pt'><v:textbox>{inner}</v:textbox></v:shape>"
    return f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def every_other(text: str) -> list[tuple[str, str]]:
    """The parts of a text, each first one of two in bold; an empty one is body text."""
    return [(part or TEXT, "" if at % 2 else "<w:b/>") for at, part in enumerate(text.split("|"))]


def one_column(rows: list[str]) -> str:
    inner = "".join(f'<w:tr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr>{row}</w:tc></w:tr>' for row in rows)
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>{inner}</w:tbl>'


def rows(text: str) -> str:
    return one_column([paragraph(part, look=look) for part, look in every_other(text)])


def frame(text: str) -> str:
    return one_column(["".join(paragraph(part, look=look) for part, look in every_other(text))])


def lines(text: str) -> str:
    return f"<w:p>{'<w:r><w:br/></w:r>'.join(run(part, look) for part, look in every_other(text))}</w:p>"


def link(text: str) -> str:
    return f'<w:p><w:hyperlink w:anchor="_top">{run(text, "<w:b/>")}</w:hyperlink></w:p>'


def listed(place: str, text: str) -> str:
    number, _, level = place.partition(".")
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>', "<w:b/>")


_WHOLE: dict[str, Callable[[str], str]] = {
    "t": lambda text: paragraph(text or TEXT),
    "p": paragraph,
    "cell": lambda text: table([paragraph(text, look="<w:b/>")]),
    "row": lambda text: table([paragraph(cell, look="<w:b/>") for cell in text.split("|")]),
    "box": box,
    "toc": lambda text: contents(text.split("|")),
    "rows": rows,
    "frame": frame,
    "lines": lines,
    "run": lambda text: f"<w:p>{''.join(run(part, look) for part, look in every_other(text))}</w:p>",
    "link": link,
    "blank": lambda count: table(["<w:p/>"] * int(count)),
    "raw": str,
}
_NUMBERED: dict[str, Callable[[str, str], str]] = {
    "f": lambda font, text: paragraph(text, look=f'<w:rFonts w:eastAsia="{font[1:]}"/>'),
    "h": lambda level, text: paragraph(text, f'<w:pStyle w:val="h{level}"/>'),
    "o": lambda level, text: paragraph(text, f'<w:outlineLvl w:val="{int(level) - 1}"/>'),
    "n": listed,
    "b": lambda size, text: paragraph(text, look=f'<w:b/><w:sz w:val="{size}"/>'),
}


@dataclass(frozen=True)
class Structure:
    """A skeleton and its outline: one line for each heading, its level in front."""

    lines: str
    outline: str
    styles: str = heading_styles()
    numbering: str | None = None
    note: str = ""
    printed: bool = True
    """LibreOffice prints what it shows; what is deleted under tracked changes it prints as well."""

    @property
    def expected(self) -> list[tuple[int, str]]:
        rows = (row.strip().partition(" ") for row in self.outline.strip("\n").split("\n") if row.strip())
        return [(int(level), text) for level, _, text in rows]


CHAPTERS = numbering(("第%1章", "chineseCounting"), ("%1.%2", "decimal"), ("%1.%2.%3", "decimal"))

STRUCTURES = {
    "a feasibility report by heading styles": Structure(
        "h1 第一章 概述\n h2 1.1 项目名称\n t\n h1 第七章 数据资源共享分析\n h2 7.1 共享目录\n h3 7.1.1 目录\n t",
        "1 第一章 概述\n 2 1.1 项目名称\n 1 第七章 数据资源共享分析\n 2 7.1 共享目录\n 3 7.1.1 目录",
    ),
    "styled chapters with bold points that start again": Structure(
        "h1 7. 数据资源共享分析\n b21 1. 共享目录\n t\n b21 2. 共享方式\n t\n h1 8. 网络安全保障\n b21 1. 账号鉴权\n t",
        "1 7. 数据资源共享分析\n 2 1. 共享目录\n 2 2. 共享方式\n 1 8. 网络安全保障\n 2 1. 账号鉴权",
    ),
    "typed headings of three sizes": Structure(
        "b32 5. 建设方案\n b28 5.1 总体要求\n b24 1. 数据资源共享分析\n t\n b24 2. 网络安全保障\n t\n b32 6. 投资估算\n t",
        "1 5. 建设方案\n 2 5.1 总体要求\n 3 1. 数据资源共享分析\n 3 2. 网络安全保障\n 1 6. 投资估算",
    ),
    "points that count up to the next chapter's number": Structure(
        "b32 3. 建设方案\n b28 3.1 要求\n b24 1. 甲项\n t\n b24 2. 乙项\n t\n b24 3. 丙项\n t\n b32 4. 投资估算\n t",
        "1 3. 建设方案\n 2 3.1 要求\n 3 1. 甲项\n 3 2. 乙项\n 3 3. 丙项\n 1 4. 投资估算",
    ),
    "chapters and points that look alike": Structure(
        "b28 1. 总论\n t\n b28 2. 方案\n b28 1. 甲项\n t\n b28 2. 乙项\n t\n b28 3. 网络安全保障\n t",
        "1 1. 总论\n 1 2. 方案\n 2 1. 甲项\n 2 2. 乙项\n 2 3. 网络安全保障",
        note="3 may go on with either run: the nearer one is meant, so nothing passes that nobody meant",
    ),
    "chapters and points that look alike, each chapter with points": Structure(
        "b28 1. 总论\n b28 1. 甲\n t\n b28 2. 乙\n t\n b28 2. 方案\n b28 1. 丙\n t\n b28 2. 丁\n t\n b28 3. 网络安全保障\n"
        "b28 1. 戊\n t",
        "1 1. 总论\n 2 1. 甲\n 2 2. 乙\n 1 2. 方案\n 2 1. 丙\n 2 2. 丁\n 1 3. 网络安全保障\n 2 1. 戊",
    ),
    "plain chapters": Structure(
        "p 第六章 投资估算\n t\n p 第七章 数据资源共享分析\n t\n p 第八章 网络安全保障\n t",
        "1 第六章 投资估算\n 1 第七章 数据资源共享分析\n 1 第八章 网络安全保障",
    ),
    "plain chapters with plain sections and lists": Structure(
        "p 第一章 总论\n p 1.1 背景\n t\n p 1.2 目标\n t\n p 第二章 方案\n t 建设内容如下：\n p 1. 网络安全保障\n"
        "p 2. 数据资源共享分析\n t",
        "1 第一章 总论\n 2 1.1 背景\n 2 1.2 目标\n 1 第二章 方案",
        note="what is numbered 1. below a plain chapter may be a list",
    ),
    "plain 一、 as in a notice": Structure(
        "p 关于智慧停车平台的实施方案\n p 一、总体要求\n t\n p 二、数据资源共享分析\n t\n p 三、网络安全保障\n t",
        "1 一、总体要求\n 1 二、数据资源共享分析\n 1 三、网络安全保障",
    ),
    "a plain list is no outline": Structure(
        "t 主要建设内容包括以下各项：\n p 1. 数据资源共享分析\n p 2. 网络安全保障\n p 3. 运行维护\n t",
        "",
    ),
    "a plain table of contents before plain chapters": Structure(
        "p 目录\n p 第一章 总论\n p 第二章 建设方案\n p 第三章 网络安全保障\n t 编制说明如下，供评审使用。\n"
        "p 第一章 总论\n t\n p 第二章 建设方案\n t\n p 第三章 网络安全保障\n t",
        "1 第一章 总论\n 1 第二章 建设方案\n 1 第三章 网络安全保障",
    ),
    "a bold table of contents whose last line is no chapter": Structure(
        "b32 目录\n b24 第一章 总论\n b24 第二章 建设方案\n b24 第三章 网络安全保障\n t 编制说明如下，供评审使用。\n"
        "b32 第一章 总论\n t\n b32 第二章 建设方案\n t\n b32 第三章 网络安全保障",
        "1 第一章 总论\n 1 第二章 建设方案\n 1 第三章 网络安全保障",
    ),
    "a table of contents with heading styles, as converters write it": Structure(
        "h1 第一章 总论 1\n h1 第二章 方案 5\n h1 第三章 网络安全保障 9\n t\n h1 第一章 总论\n t\n h1 第二章 方案\n t\n"
        "h1 第三章 网络安全保障\n t",
        "1 第一章 总论\n 1 第二章 方案\n 1 第三章 网络安全保障",
    ),
    "a contents field": Structure(
        "toc 第一章 总论|第二章 网络安全保障\n h1 第一章 总论\n t\n h1 第二章 网络安全保障\n t",
        "1 第一章 总论\n 1 第二章 网络安全保障",
    ),
    "a cover page in large bold letters": Structure(
        "b52 某市智慧停车平台\n b44 可行性研究报告\n b32 二〇二六 年 十一 月\n b32 2026年11月\n h1 一、总论\n t",
        "1 一、总论",
    ),
    "the title is 标题 1, 篇 标题 2, 章 标题 3": Structure(
        "h1 智慧停车平台可行性研究报告\n h2 第一篇 总论\n h3 第七章 数据资源共享分析\n t\n h3 第八章 网络安全保障\n t",
        "1 智慧停车平台可行性研究报告\n 2 第一篇 总论\n 3 第七章 数据资源共享分析\n 3 第八章 网络安全保障",
    ),
    "a title of two lines in 标题 1": Structure(
        "h1 某市数据局\n h1 数据平台建设方案\n h2 一、总论\n h3 （一）背景\n t\n h2 二、网络安全保障\n t",
        "1 某市数据局\n 1 数据平台建设方案\n 2 一、总论\n 3 （一）背景\n 2 二、网络安全保障",
    ),
    "a title in 标题 1 above typed chapters": Structure(
        "h1 数据平台建设方案\n b32 一、总论\n b28 （一）背景\n t\n b32 二、网络安全保障\n t",
        "1 数据平台建设方案\n 2 一、总论\n 3 （一）背景\n 2 二、网络安全保障",
    ),
    "Roman chapters by style": Structure(
        "h1 Ⅰ 总论\n t\n h1 Ⅶ 数据资源共享分析\n t\n h1 Ⅷ. 网络安全保障\n t",
        "1 Ⅰ 总论\n 1 Ⅶ 数据资源共享分析\n 1 Ⅷ. 网络安全保障",
    ),
    "Roman chapters typed in letters": Structure(
        "b32 I. 总论\n b24 1. 背景\n t\n b32 II. 数据资源共享分析\n b24 1. 目录\n t\n b32 III. 网络安全保障\n t",
        "1 I. 总论\n 2 1. 背景\n 1 II. 数据资源共享分析\n 2 1. 目录\n 1 III. 网络安全保障",
    ),
    "full-width numbers": Structure(
        "b32 １．总论\n b28 １．１背景\n t\n b32 ２．数据资源共享分析\n t\n b32 ３　网络安全保障\n t",
        "1 １．总论\n 2 １．１背景\n 1 ２．数据资源共享分析\n 1 ３ 网络安全保障",
    ),
    "all the numbers of a notice, in bold": Structure(
        "b28 一、总论\n b28 （一）背景\n b28 1. 依据\n b28 （1）文件\n b28 ①办法\n t\n b28 ②规划\n t\n b28 （二）目标\n t\n b28 二、方案\n t",
        "1 一、总论\n 2 （一）背景\n 3 1. 依据\n 4 （1）文件\n 5 ①办法\n 5 ②规划\n 2 （二）目标\n 1 二、方案",
    ),
    "fonts instead of sizes, as GB/T 9704 has it": Structure(
        "f:黑体 一、总论\n f:楷体_GB2312 （一）背景\n f:仿宋_GB2312 系统建设遵循统一规划、分步实施、安全可控、共建共享的原则，并按年度计划推进。\n"
        "f:楷体_GB2312 （二）目标\n f:仿宋_GB2312 平台建成后支撑全市停车资源统一管理与信息共享，形成长效运行的机制。\n"
        "f:黑体 二、网络安全保障\n f:仿宋_GB2312 按等级保护第三级要求建设安全防护体系，落实安全责任与应急处置的机制。",
        "1 一、总论\n 2 （一）背景\n 2 （二）目标\n 1 二、网络安全保障",
    ),
    "sentences that begin with a heading": Structure(
        "f:黑体 一、总论\n p （一）总体要求。系统建设遵循统一规划、分步实施、安全可控、共建共享的原则推进。\n"
        "p （二）网络安全保障。按等级保护第三级要求建设安全防护体系，落实安全责任机制。\n f:黑体 二、方案\n t",
        "1 一、总论\n 1 二、方案",
    ),
    "chapters in shaded tables of one cell": Structure(
        "cell 第一章 总论\n t\n cell 第二章 数据资源共享分析\n t\n cell 第三章 网络安全保障\n t",
        "1 第一章 总论\n 1 第二章 数据资源共享分析\n 1 第三章 网络安全保障",
    ),
    "a form's table and a text box are no chapters": Structure(
        "h1 一、基本情况\n row 第七章 数据资源共享分析|第八章 网络安全保障\n box 第九章 运维保障\n t\n h1 二、投资\n t",
        "1 一、基本情况\n 1 二、投资",
    ),
    "numbers typed with tabs": Structure(
        "b32 6.\t投资估算\n t\n b32 7.\t数据资源共享分析\n b28 7.1\t目录\n t\n b32 8.\t网络安全保障\n t",
        "1 6. 投资估算\n 1 7. 数据资源共享分析\n 2 7.1 目录\n 1 8. 网络安全保障",
    ),
    "letter-spaced chapters": Structure(
        "b32 第 一 章  总 论\n t\n b32 第 十 二 章  网 络 安 全 保 障\n t",
        "1 第 一 章 总 论\n 1 第 十 二 章 网 络 安 全 保 障",
    ),
    "a multi-level list linked to the styles": Structure(
        "h1 总论\n h2 背景\n t\n h1 数据资源共享分析\n h2 目录\n h3 细目\n t",
        "1 第一章 总论\n 2 1.1 背景\n 1 第二章 数据资源共享分析\n 2 2.1 目录\n 3 2.1.1 细目",
        styles=heading_styles(numbers=True),
        numbering=CHAPTERS,
    ),
    "bold paragraphs in a list": Structure(
        "n1.0 总论\n n1.1 背景\n t\n n1.0 网络安全保障\n n1.1 等级保护\n t",
        "1 第一章 总论\n 2 1.1 背景\n 1 第二章 网络安全保障\n 2 2.1 等级保护",
        numbering=CHAPTERS,
    ),
    "WPS styles": Structure(
        "h1 第一章 总论\n h2 一、背景\n h3 （一）依据\n t\n h1 第二章 网络安全保障\n t",
        "1 第一章 总论\n 2 一、背景\n 3 （一）依据\n 1 第二章 网络安全保障",
        styles=heading_styles("标题 "),
    ),
    "outline levels without styles": Structure(
        "o1 一、总论\n o2 （一）背景\n t\n o1 二、网络安全保障\n t",
        "1 一、总论\n 2 （一）背景\n 1 二、网络安全保障",
    ),
    "one style for every heading": Structure(
        "h1 第五章 建设方案\n h1 一、总体要求\n h1 （一）数据资源共享分析\n t\n h1 （二）网络安全保障\n t\n h1 二、架构\n t\n h1 第六章 投资估算\n t",
        "1 第五章 建设方案\n 2 一、总体要求\n 3 （一）数据资源共享分析\n 3 （二）网络安全保障\n 2 二、架构\n 1 第六章 投资估算",
    ),
    "one style for chapters and points of one pattern": Structure(
        "h1 4. 现状\n t\n h1 5. 建设方案\n h1 1. 数据资源共享分析\n t\n h1 2. 网络安全保障\n t\n h1 6. 投资估算\n t",
        "1 4. 现状\n 1 5. 建设方案\n 2 1. 数据资源共享分析\n 2 2. 网络安全保障\n 1 6. 投资估算",
    ),
    "styled chapters whose numbers all broke": Structure(
        "h1 1. 总论\n t\n h1 1. 建设方案\n t\n h1 1. 网络安全保障\n t",
        "1 1. 总论\n 1 1. 建设方案\n 1 1. 网络安全保障",
    ),
    "a heading style for emphasis": Structure(
        "h1 第一章 总论\n h1 本项目坚持统一规划、统一标准、统一平台的原则，确保按期建成。\nh1 第二章 网络安全保障\n t",
        "1 第一章 总论\n 1 第二章 网络安全保障",
    ),
    "one chapter without its style": Structure(
        "h1 6. 投资估算\n t\n b32 7. 数据资源共享分析\n t\n h1 8. 网络安全保障\n t",
        "1 6. 投资估算\n 1 7. 数据资源共享分析\n 1 8. 网络安全保障",
    ),
    "one plain chapter in a gap of the run": Structure(
        "h1 第六章 投资估算\n t\n p 第七章 数据资源共享分析\n t\n h1 第八章 网络安全保障\n t",
        "1 第六章 投资估算\n 1 第七章 数据资源共享分析\n 1 第八章 网络安全保障",
    ),
    "a bold point that goes on with a plain list": Structure(
        "h1 2. 建设方案\n h2 2.1 要求\n t 1. 统一规划，分步实施。\n t 2. 安全可控，共建共享。\n b21 3. 网络安全保障\n t\n h1 3. 投资估算\n t",
        "1 2. 建设方案\n 2 2.1 要求\n 3 3. 网络安全保障\n 1 3. 投资估算",
    ),
    "points of one look at two depths": Structure(
        "b32 第一章 总论\n b28 1.1 背景\n b24 1. 甲\n t\n b24 2. 乙\n t\n b32 第二章 方案\n b24 1. 网络安全保障\n t",
        "1 第一章 总论\n 2 1.1 背景\n 3 1. 甲\n 3 2. 乙\n 1 第二章 方案\n 3 1. 网络安全保障",
    ),
    "an annex with chapters of its own": Structure(
        "h1 第一章 总论\n t\n h1 第二章 方案\n t\n h1 附件1 数据管理办法\n h1 第一章 总则\n t\n h1 第二章 网络安全保障\n t",
        "1 第一章 总论\n 1 第二章 方案\n 1 附件1 数据管理办法\n 2 第一章 总则\n 2 第二章 网络安全保障",
    ),
    "a typed annex with chapters of its own": Structure(
        "b32 第一章 总论\n b28 一、背景\n t\n b32 第二章 方案\n t\n p 附件：数据管理办法\n b32 第一章 总则\n t\n b32 第二章 网络安全保障\n t",
        "1 第一章 总论\n 2 一、背景\n 1 第二章 方案\n 1 附件：数据管理办法\n 2 第一章 总则\n 2 第二章 网络安全保障",
    ),
    "a report that is itself an annex": Structure(
        "p 附件1\n b44 智慧停车平台可行性研究报告\n b32 第一章 总论\n t\n b32 第二章 网络安全保障\n t",
        "1 第一章 总论\n 1 第二章 网络安全保障",
    ),
    "a report that quotes the chapters of a regulation": Structure(
        "h1 一、政策依据\n t 办法各章如下：\n p 第一章 总则\n t\n p 第二章 网络安全保障\n t\n h1 二、方案\n t",
        "1 一、政策依据\n 1 二、方案",
    ),
    "parts with chapters that start again": Structure(
        "h1 第一部分 规划\n h1 一、现状\n t\n h1 二、目标\n t\n h1 第二部分 建设\n h1 一、数据资源共享分析\n t\n h1 二、网络安全保障\n t",
        "1 第一部分 规划\n 2 一、现状\n 2 二、目标\n 1 第二部分 建设\n 2 一、数据资源共享分析\n 2 二、网络安全保障",
    ),
    "bilingual headings": Structure(
        "h1 第一章 总论 Overview\n t\n h1 第七章 数据资源共享分析 Data Resource Sharing Analysis\n t\n h1 Chapter 8 网络安全保障\n t",
        "1 第一章 总论 Overview\n 1 第七章 数据资源共享分析 Data Resource Sharing Analysis\n 1 Chapter 8 网络安全保障",
    ),
    "a level is skipped": Structure(
        "h1 第一章 总论\n h3 1.1.1 背景\n t\n h1 第二章 网络安全保障\n h3 2.1.1 等级保护\n t",
        "1 第一章 总论\n 3 1.1.1 背景\n 1 第二章 网络安全保障\n 3 2.1.1 等级保护",
    ),
    "chapters typed above styled sections": Structure(
        "b36 第一章 总论\n h1 1.1 背景\n t\n h1 1.2 目标\n t\n b36 第二章 网络安全保障\n h1 2.1 等级保护\n t",
        "1 第一章 总论\n 2 1.1 背景\n 2 1.2 目标\n 1 第二章 网络安全保障\n 2 2.1 等级保护",
    ),
    "single glyphs as numbers": Structure(
        "b32 ㈠总论\n b28 ⒈背景\n t\n b28 ⒉目标\n t\n b32 ㈡网络安全保障\n b28 ⒈等级保护\n b24 ⑴定级\n t",
        "1 ㈠总论\n 2 ⒈背景\n 2 ⒉目标\n 1 ㈡网络安全保障\n 2 ⒈等级保护\n 3 ⑴定级",
    ),
}
STRUCTURES |= {
    "Chinese numbers below Arabic chapters": Structure(
        "b28 1 总论\n b28 一、背景\n t\n b28 二、依据\n t\n b28 2 方案\n b28 一、架构\n t\n b28 二、网络安全保障\n t\n b28 3 投资\n"
        "b28 一、估算\n t",
        "1 1 总论\n 2 一、背景\n 2 二、依据\n 1 2 方案\n 2 一、架构\n 2 二、网络安全保障\n 1 3 投资\n 2 一、估算",
    ),
    "a running head in the body, as converters leave it": Structure(
        "p 智慧停车平台可行性研究报告\n p 第一章 总论\n t\n p 智慧停车平台可行性研究报告\n p 12\n t\n p 第二章 网络安全保障\n t",
        "1 第一章 总论\n 1 第二章 网络安全保障",
    ),
    "chapters that only bear a name": Structure(
        "b32 数据资源共享分析篇\n b28 一、目录\n t\n b32 网络安全保障篇（章）\n b28 一、定级\n t",
        "1 数据资源共享分析篇\n 2 一、目录\n 1 网络安全保障篇（章）\n 2 一、定级",
    ),
    "a preface before typed chapters": Structure(
        "h1 前言\n t\n b32 第一章 总论\n b28 1.1 背景\n t\n b32 第二章 网络安全保障\n t",
        "1 前言\n 1 第一章 总论\n 2 1.1 背景\n 1 第二章 网络安全保障",
    ),
    "chapters numbered on through the parts": Structure(
        "b36 第一篇 总则\n b32 第一章 概述\n t\n b32 第二章 现状\n t\n b36 第二篇 方案\n b32 第三章 数据资源共享分析\n t",
        "1 第一篇 总则\n 2 第一章 概述\n 2 第二章 现状\n 1 第二篇 方案\n 2 第三章 数据资源共享分析",
    ),
    "plain chapters above bold points": Structure(
        "p 第一章 总论\n b21 1. 背景\n t\n b21 2. 目标\n t\n p 第二章 网络安全保障\n b21 1. 定级\n t",
        "1 第一章 总论\n 2 1. 背景\n 2 2. 目标\n 1 第二章 网络安全保障\n 2 1. 定级",
    ),
    "bold chapters that quote plain ones": Structure(
        "b32 一、依据\n p 第一章 总则\n t\n p 第二章 网络安全保障\n t\n b32 二、方案\n t\n b32 三、投资\n t",
        "1 一、依据\n 1 二、方案\n 1 三、投资",
    ),
    "two annexes behind the chapters": Structure(
        "h1 第一章 总论\n t\n h1 第二章 方案\n t\n h1 附件1 办法\n h1 第一章 总则\n t\n h1 附件2 清单\n t",
        "1 第一章 总论\n 1 第二章 方案\n 1 附件1 办法\n 2 第一章 总则\n 1 附件2 清单",
    ),
    "half brackets below full ones": Structure(
        "b28 一、总论\n b28 （一）背景\n b28 1. 依据\n b28 1）文件\n t\n b28 2）规划\n t\n b28 二、网络安全保障\n t",
        "1 一、总论\n 2 （一）背景\n 3 1. 依据\n 4 1）文件\n 4 2）规划\n 1 二、网络安全保障",
    ),
    "an unnumbered report by styles": Structure(
        "h1 总论\n h2 背景\n t\n h1 数据资源共享分析\n t\n h1 网络安全保障\n h2 等级保护\n t",
        "1 总论\n 2 背景\n 1 数据资源共享分析\n 1 网络安全保障\n 2 等级保护",
    ),
}
STRUCTURES |= {
    "a table of contents that lists a chapter which the report lacks": Structure(
        "b28 目录\n b24 第一章 总论\n b24 第二章 方案\n b24 第三章 投资\n b24 第四章 网络安全保障\n p 参考文献\n"
        "t\n b32 第一章 总论\n t\n b32 第二章 方案\n t\n b32 第三章 投资\n t",
        "1 第一章 总论\n 1 第二章 方案\n 1 第三章 投资",
    ),
    "a plain table of contents with page numbers of their own": Structure(
        "p 第一章 总论\n p 1\n p 第二章 方案\n p 5\n p 第三章 网络安全保障\n p 9\n p 第一章 总论\n t\n p 第二章 方案\n t\n p 第三章 网络安全保障\n t",
        "1 第一章 总论\n 1 第二章 方案\n 1 第三章 网络安全保障",
    ),
    "a title in 标题 1 above plain chapters": Structure(
        "h1 智慧停车平台可行性研究报告\n p 第一章 总论\n t\n p 第二章 网络安全保障\n t",
        "1 智慧停车平台可行性研究报告\n 2 第一章 总论\n 2 第二章 网络安全保障",
    ),
    "a contents heading in 标题 1 above plain chapters": Structure(
        "h1 目录\n p 六、投资估算\n t\n p 七、数据资源共享分析\n t\n p 八、网络安全保障\n t",
        "1 目录\n 2 六、投资估算\n 2 七、数据资源共享分析\n 2 八、网络安全保障",
    ),
    "a regulation annexed to a report of another numbering": Structure(
        "b32 一、总论\n t\n b32 二、方案\n t\n p 附件：数据管理办法\n b28 第一章 总则\n t\n b28 第二章 网络安全保障\n t",
        "1 一、总论\n 1 二、方案\n 1 附件：数据管理办法\n 2 第一章 总则\n 2 第二章 网络安全保障",
    ),
    "a report annexed to a request": Structure(
        "b32 一、项目概况\n t\n b32 二、请示事项\n t\n p 附件：可行性研究报告\n b32 第一章 总论\n t\n b32 第二章 网络安全保障\n t",
        "2 一、项目概况\n 2 二、请示事项\n 1 第一章 总论\n 1 第二章 网络安全保障",
    ),
    "Roman numbers in capital letters": Structure(
        "h1 VI 投资估算\n t\n h1 VII 数据资源共享分析\n t\n h1 VIII 网络安全保障\n t",
        "1 VI 投资估算\n 1 VII 数据资源共享分析\n 1 VIII 网络安全保障",
    ),
}
STRUCTURES |= {
    "plain Arabic chapters with lists inside": Structure(
        "p 6. 投资估算\n t\n p 1. 软件\n p 2. 硬件\n p 7. 数据资源共享分析\n p 1. 目录\n p 2. 方式\n t\n p 8. 网络安全保障\n t",
        "1 6. 投资估算\n 1 7. 数据资源共享分析\n 1 8. 网络安全保障",
    ),
    "points smaller than sections, right below a chapter": Structure(
        "b32 4. 现状\n b28 4.1 概况\n t\n b32 5. 建设方案\n b24 1. 数据资源共享分析\n t\n b24 2. 网络安全保障\n t\n b32 6. 投资\n t",
        "1 4. 现状\n 2 4.1 概况\n 1 5. 建设方案\n 3 1. 数据资源共享分析\n 3 2. 网络安全保障\n 1 6. 投资",
    ),
    "Roman chapters with a colon": Structure(
        "h1 Ⅶ：数据资源共享分析\n t\n h1 Ⅷ：网络安全保障\n t",
        "1 Ⅶ：数据资源共享分析\n 1 Ⅷ：网络安全保障",
    ),
    "plain parts above plain chapters": Structure(
        "p 第一篇 总则\n p 第一章 概述\n t\n p 第二章 现状\n t\n p 第二篇 方案\n p 第三章 网络安全保障\n t",
        "1 第一篇 总则\n 2 第一章 概述\n 2 第二章 现状\n 1 第二篇 方案\n 2 第三章 网络安全保障",
    ),
}


def styled(name: str) -> str:
    """Write a style of one's own, which says nothing of an outline level, as h1."""
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="{name}"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    )


_THREE = "1 第一章 总论\n 1 第二章 数据资源共享分析\n 1 第三章 网络安全保障"
_BODY = "b32 第一章 总论\n t\n b32 第二章 方案\n t\n b32 第三章 投资\n t"
_OF_BODY = "1 第一章 总论\n 1 第二章 方案\n 1 第三章 投资"
_RESTARTED = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="第%1章"/></w:lvl></w:abstractNum>'
    + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, start in ((1, 1), (2, 7), (3, 8))
    )
)
_INSERTED = (
    '<w:p><w:pPr><w:pStyle w:val="h1"/></w:pPr>'
    + run("第七章 ")
    + '<w:del w:id="1" w:author="a"><w:r><w:delText>信息</w:delText></w:r></w:del><w:ins w:id="2" w:author="a">'
    + run("数据")
    + "</w:ins>"
    + run("资源共享分析")
    + "</w:p>"
)
_DELETED = (
    '<w:p><w:pPr><w:pStyle w:val="h1"/><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr><w:del w:id="4" w:author="a">'
    "<w:r><w:delText>第八章 网络安全保障</w:delText></w:r></w:del></w:p>"
)
_SEQUENCE = (
    '<w:p><w:pPr><w:pStyle w:val="h1"/></w:pPr>'
    + run("第")
    + field("begin")
    + "<w:r><w:instrText> SEQ 章 </w:instrText></w:r>"
    + field("separate")
    + run("八")
    + field("end")
    + run("章 网络安全保障")
    + "</w:p>"
)

STRUCTURES |= {
    "chapters in the first rows of tables": Structure(
        "rows 第一章 总论|\n rows 第二章 数据资源共享分析|\n rows 第三章 网络安全保障|", _THREE
    ),
    "a report set in one table": Structure(
        "p 智慧停车平台建设方案\n rows 第一章 总论||第二章 数据资源共享分析||第三章 网络安全保障|", _THREE
    ),
    "a report in one bordered cell": Structure(
        "frame 第一章 总论||第二章 数据资源共享分析||第三章 网络安全保障|", _THREE
    ),
    "a report in one cell whose last chapter is empty": Structure(
        "frame 第一章 总论||第二章 数据资源共享分析||第三章 网络安全保障", _THREE
    ),
    "bands of a table in a report with headings": Structure(
        f"{_BODY}\n rows 第四章 数据资源共享分析||第五章 网络安全保障|", _OF_BODY
    ),
    "tables of one cell, the last without text": Structure(
        "cell 第一章 总论\n t\n cell 第二章 数据资源共享分析\n t\n cell 第三章 网络安全保障", _THREE
    ),
    "a chapter of nothing but an empty table": Structure(
        "h1 一、总论\n t\n h1 二、网络安全保障\n blank 3", "1 一、总论\n 1 二、网络安全保障"
    ),
    "a chapter of nothing but a form that says 略": Structure(
        "h1 一、总论\n t\n h1 二、网络安全保障\n row 略|/", "1 一、总论\n 1 二、网络安全保障"
    ),
    "a heading and its text parted by a line break": Structure(
        "lines 第一章 总论|\n lines 第二章 数据资源共享分析|\n lines 第三章 网络安全保障|", _THREE
    ),
    "a whole report in one paragraph, pasted from a page": Structure(
        "lines 第一章 总论||第二章 数据资源共享分析||第三章 网络安全保障|", _THREE
    ),
    "a heading style over heading and text": Structure(
        'h1 一、总论\n t\n raw <w:p><w:pPr><w:pStyle w:val="h1"/></w:pPr>'
        + run("二、网络安全保障")
        + "<w:r><w:br/></w:r>"
        + run(TEXT)
        + "</w:p>",
        "1 一、总论\n 1 二、网络安全保障",
    ),
    "a heading that a line break wraps": Structure(
        'h1 第一章 总论\n t\n raw <w:p><w:pPr><w:pStyle w:val="h1"/></w:pPr>'
        + run("第二章 网络")
        + "<w:r><w:br/></w:r>"
        + run("安全保障")
        + "</w:p>\n t",
        "1 第一章 总论\n 1 第二章 网络 安全保障",
    ),
    "headings run in, bold before plain": Structure(
        "b32 一、总论\n run 七、网络安全保障　|\n b32 二、方案\n t", "1 一、总论\n 1 二、方案"
    ),
    "number and name in two bold lines": Structure(
        "b36 第一章\n b32 总论\n t\n b36 第二章\n b32 数据资源共享分析\n t\n b36 第三章\n b32 网络安全保障\n t", _THREE
    ),
    "number and name in two paragraphs of 标题 1": Structure(
        "h1 第一章\n h1 总论\n t\n h1 第二章\n h1 数据资源共享分析\n t\n h1 第三章\n h1 网络安全保障\n t", _THREE
    ),
    "a number above body text is no heading": Structure(f"{_BODY}\n p 第四章\n t", _OF_BODY),
    "a contents of two lines and a foreword": Structure(
        "b32 目　录\n b24 第一章 总论\n b24 第二章 网络安全保障\n t\n b32 第一章 总论\n t\n b32 第二章 方案\n t",
        "1 第一章 总论\n 1 第二章 方案",
    ),
    "a contents with page numbers in brackets": Structure(
        f"b32 目录\n b24 第一章 总论(1)\n b24 第二章 方案(5)\n b24 第三章 投资(9)\n b24 第四章 网络安全保障(12)\n t\n {_BODY}",
        _OF_BODY,
    ),
    "a contents with page numbers between dashes": Structure(
        f"b32 目录\n b24 第一章 总论 - 1 -\n b24 第二章 方案 - 5 -\n b24 第三章 投资 - 9 -\n b24 第四章 网络安全保障 - 12 -\n t\n {_BODY}",
        _OF_BODY,
    ),
    "a contents in shaded tables of one cell": Structure(
        f"b32 目录\n cell 第一章 总论\n cell 第二章 方案\n cell 第三章 投资\n cell 第四章 网络安全保障\n t\n {_BODY}",
        _OF_BODY,
    ),
    "headings that link back to the contents": Structure(
        "link 第一章 总论\n t\n link 第二章 数据资源共享分析\n t\n link 第三章 网络安全保障\n t", _THREE
    ),
    "a contents of links and a foreword": Structure(
        f"link 第一章 总论\n link 第二章 方案\n link 第三章 投资\n link 第四章 网络安全保障\n t\n {_BODY}", _OF_BODY
    ),
    "links to chapters of another report, each with a remark": Structure(
        f"{_BODY}\n link 二、数据资源共享分析\n t\n link 三、网络安全保障\n t", _OF_BODY
    ),
    "a contents title above the first chapter, which comes again": Structure(
        "b32 目录\n b32 第一章 总论\n t\n b32 第二章 网络安全保障\n t\n b28 附录 篇章对照\n b32 第一章 总论\n t",
        "1 第一章 总论\n 1 第二章 网络安全保障\n 1 附录 篇章对照\n 2 第一章 总论",
    ),
    "plain chapters of which one number is left out": Structure(
        "p 第一章 总论\n t\n p 第二章 数据资源共享分析\n t\n p 第四章 网络安全保障\n t\n p 第五章 投资\n t",
        "1 第一章 总论\n 1 第二章 数据资源共享分析\n 1 第四章 网络安全保障\n 1 第五章 投资",
    ),
    "plain chapters of which one number comes twice": Structure(
        "p 第一章 总论\n t\n p 第二章 数据资源共享分析\n t\n p 第二章 网络安全保障\n t\n p 第三章 投资\n t",
        "1 第一章 总论\n 1 第二章 数据资源共享分析\n 1 第二章 网络安全保障\n 1 第三章 投资",
    ),
    "a style of one's own called 公文一级标题": Structure(
        "h1 总论\n t\n h1 网络安全保障\n t", "1 总论\n 1 网络安全保障", styles=styled("公文一级标题")
    ),
    "a style called 样式 标题 1 + 居中": Structure(
        "h1 总论\n t\n h1 网络安全保障\n t", "1 总论\n 1 网络安全保障", styles=styled("样式 标题 1 + 居中")
    ),
    "a style called 图表标题1": Structure("h1 总论\n t\n h1 网络安全保障\n t", "", styles=styled("图表标题1")),
    "each chapter in a list that starts where it says": Structure(
        'raw <w:p><w:pPr><w:pStyle w:val="h1"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        + run("总论")
        + '</w:p>\n t\n raw <w:p><w:pPr><w:pStyle w:val="h1"/><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
        + run("数据资源共享分析")
        + '</w:p>\n t\n raw <w:p><w:pPr><w:pStyle w:val="h1"/><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'
        + run("网络安全保障")
        + "</w:p>\n t",
        "1 第一章 总论\n 1 第七章 数据资源共享分析\n 1 第八章 网络安全保障",
        numbering=_RESTARTED,
    ),
    "headings under tracked changes": Structure(
        f"h1 第一章 总论\n t\n raw {_INSERTED}\n t\n raw {_DELETED}", "1 第一章 总论\n 1 第七章 数据资源共享分析", printed=False
    ),
    "a number that a field counts": Structure(
        f"h1 第七章 总论\n t\n raw {_SEQUENCE}\n t", "1 第七章 总论\n 1 第八章 网络安全保障"
    ),
    "a chapter with a remark in brackets": Structure(
        "h1 第一章 总论\n t\n h1 第二章 网络安全保障（含密码应用）\n t",
        "1 第一章 总论\n 1 第二章 网络安全保障（含密码应用）",
    ),
}
