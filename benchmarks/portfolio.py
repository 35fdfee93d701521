"""Portfolios made up: projects of about 120 lines each, no two alike, with a report of 30 pages and a text of 20 kB."""

from __future__ import annotations

import json
from pathlib import Path

PROJECT = Path(__file__).with_name("project.yaml").read_text(encoding="utf-8")
PAGES = 30
SENTENCE = "本系统面向全市应急管理业务，统一汇聚监测数据，支撑会商研判、指挥调度和信息报送，按等级保护三级要求建设。"
DOCUMENTS = """documents:
  - {kinds: [可行性研究报告], path: 可行性研究报告.docx, date: 2025-11-10}
  - {kinds: [建设方案], path: 建设方案.md, date: 2025-11-06}
"""
CHAPTERS = ("项目概况", "现状和差距", "需求分析", "总体设计", "建设内容", "网络安全", "投资概算", "实施计划", "效益分析")


def write_projects(folder: Path, number: int, *, documents: bool = False) -> list[Path]:
    """The project.yaml of each."""
    report, chapters = (_report(folder), _text()) if documents else (b"", "")
    files = []
    for n in range(number):
        home = folder / f"p{n:05d}"
        home.mkdir(parents=True)
        own = PROJECT.replace("BENCH-ID", f"bench-{n:05d}").replace("BENCH-NAME", f"第{n}号业务管理系统")
        own = own.replace("BENCH-UNIT", f"市第{n % 97}局")
        if documents:
            (home / "可行性研究报告.docx").write_bytes(report)
            (home / "建设方案.md").write_text(chapters, encoding="utf-8")
            own += DOCUMENTS
        files.append(home / "project.yaml")
        files[-1].write_text(own, encoding="utf-8")
    return files


def _report(folder: Path) -> bytes:
    """About 30 pages of Word: headings of two levels over paragraphs."""
    import docx

    made = docx.Document()
    for n in range(PAGES):
        made.add_heading(f"第{n + 1}章 {CHAPTERS[n % len(CHAPTERS)]}", 1)
        for part in range(3):
            made.add_heading(f"{n + 1}.{part + 1} {CHAPTERS[(n + part) % len(CHAPTERS)]}", 2)
            for _ in range(3):
                made.add_paragraph(SENTENCE * 2)
    path = folder.with_name(folder.name + ".docx")
    made.save(str(path))
    data = path.read_bytes()
    path.unlink()
    return data


def _text() -> str:
    return "\n\n".join(f"## {name}\n\n{SENTENCE * 14}" for name in CHAPTERS)


def schema(folder: Path) -> Path:
    """A schema of the same strictness at the top level, for the tool that is compared with."""
    keys = sorted({line.split(":")[0] for line in PROJECT.splitlines() if line[:1].isalpha()})
    data = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {key: {} for key in keys},
        "required": keys,
        "additionalProperties": False,
    }
    path = folder / "schema.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path
