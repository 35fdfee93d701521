"""Every mapping of a pack has a closed set of keys, and every word, article and body that it names must be there."""

from __future__ import annotations

import pytest
from small_pack import PACK, regulation

from govit.law.packs.pack import PackError

MORE = PACK.replace(
    "facts: []",
    """facts:
  - {name: 甲, article: 第一条, shift: {from: events.完成建设, period: 1年, roll: true}}
  - {name: 乙, article: 第一条, exists: {list: changes, where: {item.ground: true}}}
  - {name: 丙, article: 第一条, year_start: {year: year, back: 1}}
  - {name: 丁, article: 第一条, last_before: {value: approvals.甲审.amount, day: as_of}}
  - {name: 戊, article: 第一条, neighbours: {same: [category], similar: name}}
  - {name: 己, article: 第一条, only_if: {value: budget.total, when: {建设类: true}}}
defects:
  - {where: 第一条, defect: 缺字, handling: 照印}
mended:
  - {article: 第一条, printed: 经甲局审, reads: 由甲局审}
off_route:
  - {rules: [SM-2-1], why: 报告}
routes:
  - name: 审批
    article: 第一条
    steps:
      - {rule: SM-1-1, body: 甲局, does: 审, papers: [方案书], choice: [{papers: [方案书], allowed: 跨界, article: 第一条}]}
forms:
  - form: acceptance
    title: 验收表
    article: 第一条
    items: [{label: 一, from: events, required: true}]
    members: [{name: 全部, article: 第一条, when: {建设类: true}}]""",
).replace(
    "{to: 甲局}",
    "{to: 甲局, materials: [方案书], article: 第二条, demands: {方案书: {copies: 两份, sealed: true, format: PDF, note: 无}}}",
)


def faults(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(PackError) as caught:
        regulation(text)
    return [(fault.line, f"{fault.message}；{fault.hint}") for fault in caught.value.faults]


def test_the_pack_with_everything_in_it_is_read() -> None:
    assert regulation(MORE).forms


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("traits: [建设类]", "trait"),
        ("to: 甲局, materials", "too"),
        ("materials: [方案书]", "material"),
        ("demands: {", "demand"),
        ("copies: 两份", "copys"),
        ("sealed: true", "seal"),
        ("ask: 是否跨界", "aks"),
        ("ask: 是否问清楚", "aks"),
        ("who: 经办人", "whom"),
        ("passed: approvals.甲审", "pased"),
        ("from: events.完成建设, period: 1年", "form"),
        ("roll: true", "rol"),
        ("where: {item", "were"),
        ("back: 1", "bakc"),
        ("day: as_of", "days"),
        ("similar: name", "similiar"),
        ("value: budget.total, when", "valu"),
        ("name: 甲, article", "nmae"),
        ("where: 第一条", "were"),
        ("handling: 照印", "handle"),
        ("printed: 经甲局审", "print"),
        ("rules: [SM-2-1]", "rule"),
        ("steps:\n", "step"),
        ("does: 审", "doe"),
        ("allowed: 跨界", "allow"),
        ("form: acceptance", "from"),
        ("items: [{", "item"),
        ("label: 一", "lable"),
        ("members: [{", "member"),
        ("name: 全部", "nam"),
        ("number: 第一条", "numer"),
        ("text: 超过", "txt"),
        ("hint: 去甲局", "hnt"),
        ("status: in_force", "stauts"),
        ("categories: {", "categorys"),
    ],
)
def test_a_key_that_is_misspelt_is_refused_at_its_own_line_with_the_right_one(key: str, wrong: str) -> None:
    assert MORE.count(key) == 1, key
    right = key.partition(":")[0]
    line = 1 + MORE[: MORE.index(key)].count("\n")
    told = [fault for at, fault in faults(MORE.replace(key, wrong + key[len(right) :])) if at == line]
    assert any(f"没有“{wrong}”这个键" in fault and f"是不是“{right}”" in fault for fault in told), told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("运维: {}", "运维: {to: 甲局}", "没有“to”这个键"),
        ("甲局: {}", "甲局: {traits: [建设类]}", "没有“traits”这个键"),
        ("甲局: {}", "甲局: {after: events.完成建设}", "没有“after”这个键"),
        ("{to: 甲局, m", "{to: 甲剧, m", "没有“甲剧”这个词"),
        ("materials: [方案书]", "materials: [方案]", "是不是“方案书”"),
        ("demands: {方案书", "demands: {方安书", "没有“方安书”这个词"),
        ("甲审: {}", "甲审: {estimate: 批准, by: [丙局]}", "没有“丙局”这个词"),
        (
            "stage: 申报, strength: must}\n          - {id: SM-3-2",
            "strength: must}\n          - {id: SM-3-2",
            "缺少 stage",
        ),
        ("article: 第二条", "article: 第九十九条", "原文没有第九十九条"),
        ("article: 第二条", "article: 第二条第九款", "原文没有第二条第九款"),
        ("article: 第二条", "article: 附件", "没有条号"),
        ("name: 甲, article: 第一条", "name: 甲, article: 第八条", "原文没有第八条"),
        ("mended:\n  - {article: 第一条", "mended:\n  - {article: 第八条", "原文没有第八条"),
    ],
)
def test_what_is_named_must_be_there(old: str, new: str, said: str) -> None:
    assert old in MORE
    assert any(said in fault for _, fault in faults(MORE.replace(old, new, 1)))


@pytest.mark.parametrize(
    "check",
    ["check: contains_all, document: 总结, topics: [一]", "check: chapter, chapter: 一, each: {documents: [总结]}"],
)
def test_a_document_that_a_rule_looks_into_is_required_by_one_or_said_to_be_optional(check: str) -> None:
    text = PACK.replace("documents: {方案书: {}}", "documents: {方案书: {}, 总结: {}}")
    added = (
        text
        + f"""          - {{id: SM-3-3, title: 应写明, title_en: F, quote: 问清楚, {check},
             stage: 申报, strength: must}}
"""
    )
    ((line, said),) = faults(added)
    assert line == 1 + text.count("\n")
    assert "没有一条规则要求有《总结》" in said
    assert "documents: [总结]" in said
    assert regulation(added.replace(check, f"{check}, if_any: true"))
    assert regulation(added.replace("documents: [方案书],", "documents: [方案书, 总结],"))
    assert regulation(added.replace(check, f"{check}, when: {{documents.总结: true}}"))
