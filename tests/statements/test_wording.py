"""Words that a reviewer asks about: the article that asks, what a dossier adds and silences, and when nobody is asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from report_files import findings

from govit.dossier.finding import Severity
from govit.dossier.model import WORD_GROUPS
from govit.statements.wording import word_groups

if TYPE_CHECKING:
    from pathlib import Path

    from govit.dossier.finding import Finding

DAY = dt.date(2026, 11, 20)
BOUGHT = "# 可行性研究报告\n\n## 四、建设内容\n\n数据库采购 Oracle 19c 两套，地图引擎选用 Acme GIS。\n"


def told(
    root: Path, text: str = BOUGHT, *notes: dict[str, str], kind: str = "可行性研究报告", **project: object
) -> list[Finding]:
    found = findings(root, {"报告.md": text.encode()}, DAY, [kind], project=project, settings={"wording": list(notes)})
    return [one for one in found if one.rule == "GOV-217"]


def test_the_groups_are_those_that_a_dossier_may_name() -> None:
    assert tuple(group.name for group in word_groups()) == WORD_GROUPS


def test_the_article_that_asks_for_it_is_cited(tmp_path: Path) -> None:
    (one,) = told(tmp_path)
    assert (one.article, one.quote, one.severity) == ("第十三条（五）", "符合国家安全可靠应用政策规定", Severity.WARNING)
    assert (one.place.line, one.subject) == (5, "Oracle")
    assert "第 5 行写着采购、部署“Oracle”" in one.message


@pytest.mark.parametrize(
    ("regulation", "kind", "article"),
    [
        ("qidong-2022", "可行性研究报告", "第二十二条"),
        ("taizhou-draft-2025", "建设方案", "第二十七条（一）"),
        ("laizhou-2022", "可行性研究报告", "第十四条"),
    ],
)
def test_each_regulation_has_its_article(regulation: str, kind: str, article: str, tmp_path: Path) -> None:
    (one,) = told(tmp_path, kind=kind, regulation=regulation)
    assert one.article == article


def test_a_word_of_the_dossier_s_own_is_asked_about_too(tmp_path: Path) -> None:
    found = told(tmp_path, BOUGHT, {"word": "Acme GIS", "group": "安全可靠"})
    assert [one.subject for one in found] == ["Oracle", "Acme GIS"]


def test_a_silenced_word_is_listed_with_the_reason_and_is_no_warning(tmp_path: Path) -> None:
    (one,) = told(tmp_path, BOUGHT, {"word": "oracle", "group": "安全可靠", "silenced": "已报市密码管理局，2028年底前替换"})
    assert (one.severity, one.hint) == (Severity.INFO, "")
    assert one.message.startswith("govit.yaml 注明不提示（已报市密码管理局，2028年底前替换）：")


def test_where_things_are_bought_already_nobody_is_asked(tmp_path: Path) -> None:
    assert told(tmp_path / "stage", stage="运维") == []
    contract = {"kind": "建设", "on": "2026-10-08", "amount": "250万元", "party": "某公司"}
    assert told(tmp_path / "contract", contracts=[contract]) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Oracle 数据库采购两套。",
        "新购ORACLE数据库软件。",
        "数据库选用甲骨文公司产品。",
        "部署ＯＲＡＣＬＥ数据库集群。",
    ],
)
def test_however_it_is_written(sentence: str, tmp_path: Path) -> None:
    assert [one.subject for one in told(tmp_path, f"# 可行性研究报告\n\n## 四、建设内容\n\n{sentence}\n")] == ["Oracle"]


@pytest.mark.parametrize(
    "sentence",
    ["原有 Oracle 数据库停用。", "数据从 Oracle 迁移。", "部署的软件不采用 Oracle。", "采购 Oraclesoft 公司的软件。", "已部署 Oracle，本期替换。"],
)
def test_what_is_not_bought_is_left_alone(sentence: str, tmp_path: Path) -> None:
    assert told(tmp_path, f"# 可行性研究报告\n\n## 四、建设内容\n\n{sentence}\n") == []
