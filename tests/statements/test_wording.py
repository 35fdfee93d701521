"""Words that a reviewer asks about: the article that asks, what a dossier adds and silences, and when nobody is asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from report_files import findings

from govit.dossier.dossier_file import MOST_WORDS
from govit.dossier.finding import Severity
from govit.dossier.load import load
from govit.dossier.model import WORD_GROUPS
from govit.law.library import Library
from govit.scaffold.chapters import skeletons
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


def test_a_word_that_is_noted_without_a_reason_is_warned_of_and_the_hint_says_why(tmp_path: Path) -> None:
    (one,) = told(tmp_path, BOUGHT, {"word": "Oracle", "group": "安全可靠", "silenced": ""})
    assert one.severity == Severity.WARNING
    assert "没有写 silenced（不提示的理由）" in one.hint


def test_a_word_is_silenced_once_whatever_group_is_written(tmp_path: Path) -> None:
    (one,) = told(tmp_path, BOUGHT, {"word": "Oracle", "group": "含糊", "silenced": "2028年底前替换"})
    assert one.severity == Severity.INFO


def test_a_point_that_the_regulation_asks_for_is_told_with_its_article_and_before_the_usual_ones(tmp_path: Path) -> None:
    text = "# 可行性研究报告\n\n## 七、网络安全保障\n\n按网络安全等级保护第二级建设，上线前测评，使用商用密码。\n"
    found = findings(tmp_path, {"报告.md": text.encode()}, DAY)
    assert [(one.subject, one.article) for one in found] == [
        ("网络安全保障 管理制度", "第二十四条"),
        ("网络安全保障 数据安全", "第十九条"),
        ("网络安全保障 应急处置", "第十九条"),
    ]
    asked, usual, _ = found
    assert (asked.quote, asked.severity) == ("建立健全网络和数据安全管理制度", Severity.INFO)
    assert asked.hint.startswith("办法要求做到、这一章应当写到管理制度")
    assert usual.hint.startswith("办法没有点名、按通行的做法这一章还要写到数据安全")


def test_the_skeleton_lists_the_same_points() -> None:
    regulation = Library(examples=False).get("lianyungang-2025")
    (text,) = (one for path, one in skeletons(regulation, "新建", "某平台").items() if "可行性研究" in path)
    for rule in regulation.rules:
        for point in rule.demand.content:
            assert point.names[0] in text
    assert "管理制度（第二十四条）、密码应用（第十三条" in text


def test_a_word_and_a_point_that_somebody_has_looked_at_are_not_asked_about_again(tmp_path: Path) -> None:
    text = f"{BOUGHT}\n## 七、网络安全保障\n\n制定管理制度，按等保二级建设和测评，使用商用密码，落实数据安全措施。\n"
    record = "{rule: %s, file: documents/报告.md, subject: %s, by: 张三, on: 2026-11-18, note: 已与主管部门核对}"
    looked = f"confirmed: [{record % ('GOV-217', 'Oracle')}, {record % ('GOV-218', '网络安全保障 应急处置')}]\n"
    found = findings(tmp_path, {"报告.md": text.encode()}, DAY, more=looked)
    assert [(one.rule, one.severity, one.hint) for one in found] == [
        ("GOV-217", Severity.INFO, ""),
        ("GOV-218", Severity.INFO, ""),
    ]
    assert all(one.message.startswith("已核对（张三，2026-11-18：已与主管部门核对）：") for one in found)


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


def test_more_words_than_can_be_looked_for_are_told(tmp_path: Path) -> None:
    notes = [{"word": f"产品{number}", "group": "安全可靠"} for number in range(MOST_WORDS + 1)]
    text = BOUGHT.replace("Acme GIS", "产品0")
    assert [one.subject for one in told(tmp_path / "looked", text, *notes)] == ["Oracle", "产品0"]
    dossier = load([tmp_path / "looked"], lambda *_: None)[0]
    (fault,) = [one for one in dossier.faults if "wording" in (one.key or "")]
    assert (fault.rule, fault.message) == ("GOV-107", "wording（报告用词）写了 501 个词，最多 500 个，后面的没有查")
