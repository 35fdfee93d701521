"""Names of files as offices make them: the one kind that they speak of, and silence where they speak of none or several."""

from __future__ import annotations

import pytest

from govit.dossier.file_kinds import kind_of_name

KINDS = {
    "可行性研究报告": "可行性研究报告",
    "可研报告": "可行性研究报告",
    "建设方案": "建设方案",
    "完善后项目方案": "完善后项目方案",
    "验收报告": "验收报告",
    "验收申请": "验收申请",
    "初步设计": "初步设计",
}
NAMES = {
    "可行性研究报告（报批稿）终稿.docx": "可行性研究报告",
    "documents/可行性研究报告V2.docx": "可行性研究报告",
    "可行性研究报告 v1.3 （送审稿）.doc": "可行性研究报告",
    "可行性研究报告(盖章).pdf": "可行性研究报告",
    "可行性研究报告-盖章扫描件.pdf": "可行性研究报告",
    "可行性研究报告20260301.docx": "可行性研究报告",
    "可行性研究报告（2026年3月1日）.docx": "可行性研究报告",
    "2026-03-01 可行性研究报告.docx": "可行性研究报告",
    "智慧停车平台可行性研究报告-终稿2.docx": "可行性研究报告",
    "附件1：建设方案（征求意见稿）.docx": "建设方案",
    "01、建设方案.docx": "建设方案",
    "建设方案 - 副本 (2).docx": "建设方案",
    "建设方案第三稿.wps": "建设方案",
    "建设方案（最终版）_修改.docx": "建设方案",
    "可研.docx": "可行性研究报告",
    "可研V2.pdf": "可行性研究报告",
    "初设（报批稿）.docx": "初步设计",
    "ｖ２ 建设方案.docx": "建设方案",
    "验收.docx": "",
    "会议纪要.docx": "",
    "可行性研究报告评审意见.docx": "",
    "方案.docx": "",
    "终稿.docx": "",
    "20260301.docx": "",
    ".docx": "",
    "可" * 5000 + ".docx": "",
}


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:30])
def test_a_name_speaks_of_one_kind_or_of_none(name: str) -> None:
    assert kind_of_name(name, KINDS) == NAMES[name]
