"""用话说规则：each check kind in words, for explain, the coverage table and the keeper's sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit.law.conditions import Percent, Ref, describe_condition, describe_ref, show
from govit.law.regulation import STRENGTH_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govit.law.regulation import Regulation, Rule

LIST_WORDS = {
    "documents": "文件",
    "contracts": "合同",
    "catalogue": "数据资源",
    "changes": "调整",
    "systems": "已有系统",
    "lines": "概算行",
    "funding": "资金来源",
    "events": "事项",
    "approvals": "审批",
    "submissions": "报送",
    "notices": "通知",
}


def describe(rule: Rule, regulation: Regulation) -> str:
    """What a rule demands, in one Chinese sentence built from its own parameters."""
    parts = []
    if rule.when.tests:
        parts.append(f"当{describe_condition(rule.when)}时")
    if rule.each is not None:
        kinds = f"（{'、'.join(rule.each.kinds)}）" if rule.each.kinds else ""
        parts.append(f"对每一项{LIST_WORDS[rule.each.list]}{kinds}")
    if rule.stage:
        parts.append(f"从“{rule.stage}”这一步起")
    if rule.point is not None:
        parts.append(f"以{describe_ref(rule.point)}为界")
    demand = _WORDS[rule.check](rule.params, regulation)
    return "，".join([*parts, f"{STRENGTH_WORDS[rule.strength]}{demand}"])


def _names(refs: Any) -> str:  # noqa: ANN401 - one ref or several
    return "、".join(describe_ref(ref) for ref in (refs if isinstance(refs, tuple) else (refs,)))


def _given(p: Mapping[str, Any], _: Regulation) -> str:
    return f"写明 {_names(p.get('fields') or p['field'])}"


def _present(p: Mapping[str, Any], _: Regulation) -> str:
    kinds = "、".join(p["documents"]) if "documents" in p else "或".join(p["any_of"])
    instead = f"，或在其他文件里有“{p['or_chapter']}”一节" if "or_chapter" in p else ""
    return f"有文件：{kinds}{instead}"


def _chapter(p: Mapping[str, Any], _: Regulation) -> str:
    return f"有“{p['chapter']}”篇（章），且有内容"


def _contains_all(p: Mapping[str, Any], _: Regulation) -> str:
    if "document" in p:
        return f"在《{p['document']}》中写明：{'、'.join(t.split('/')[0] for t in p['topics'])}"
    return f"在 {_names(p['field'])} 中包括：{'、'.join(show(v) for v in p['values'])}"


def _approved(p: Mapping[str, Any], _: Regulation) -> str:
    bodies = "、".join(p.get("bodies") or ([p["body"]] if "body" in p else [])) or "或".join(p.get("any_body", ()))
    return f"经{bodies or '有关机构'}“{p['act']}”通过{_before(p)}"


def _submitted(p: Mapping[str, Any], _: Regulation) -> str:
    bodies = "、".join(p.get("bodies") or ([p["to"]] if "to" in p else []))
    return f"{'向' + bodies if bodies else ''}报送“{p['submission']}”{_before(p)}"


def _before(p: Mapping[str, Any]) -> str:
    if "before" not in p:
        return ""
    return f"，{'早于' if p.get('strict') else '不晚于'}{describe_ref(p['before'])}"


def _answered(p: Mapping[str, Any], regulation: Regulation) -> str:
    question = regulation.questions[p["question"]]
    return f"由{question.who}确认“{p['question']}”：{question.ask}"


def _equals(p: Mapping[str, Any], _: Regulation) -> str:
    return f"{_names(p['field'])}为{show(p.get('to', p.get('value')))}"


def _one_of(p: Mapping[str, Any], _: Regulation) -> str:
    return f"{_names(p['field'])}为{'、'.join(show(v) for v in p['values'])}之一"


def _bounded(p: Mapping[str, Any], words: str) -> str:
    limit = Percent(p["limit"].number, p.get("of")) if isinstance(p["limit"], Percent) else p["limit"]
    return f"{_names(p['value'])}{words} {show(limit)}"


def _at_most(p: Mapping[str, Any], _: Regulation) -> str:
    return _bounded(p, "小于" if p.get("strict") else "不超过")


def _at_least(p: Mapping[str, Any], _: Regulation) -> str:
    return _bounded(p, "超过" if p.get("strict") else "不少于")


def _before_rule(p: Mapping[str, Any], _: Regulation) -> str:
    apart = f"满 {p['apart']}" if "apart" in p else ""
    relation = "之后" if p.get("strict") else "当日或之后"
    return f"{describe_ref(p['second'])}在{describe_ref(p['first'])}{apart}{relation}"


def _within(p: Mapping[str, Any], _: Regulation) -> str:
    act: Ref = p["act"]
    bodies = f"（{'、'.join(p['bodies'])}）" if "bodies" in p else ""
    roll = "" if p.get("roll", True) else "（不顺延）"
    return f"自{describe_ref(p['from'])}起 {p['period']}{roll}内完成{describe_ref(act)}{bodies}"


def _every(p: Mapping[str, Any], _: Regulation) -> str:
    until = f"至{describe_ref(p['until'])}" if "until" in p else ""
    to = f"向{p['to']}" if "to" in p else ""
    return f"自{describe_ref(p['from'])}{until}，每{p['every']}末前{to}报送“{p['submission']}”"


def _forbidden(p: Mapping[str, Any], _: Regulation) -> str:
    return f"没有以下情形：{describe_condition(p['forbidden'])}"


def _scope(p: Mapping[str, Any], _: Regulation) -> str:
    effect = {"out": "不适用本办法", "advisory": "参照执行，结论仅供参考", "lower": "结论降一级"}[p["effect"]]
    return f"符合：{describe_condition(p['holds'])}；否则{effect}"


_WORDS: dict[str, Callable[[Mapping[str, Any], Regulation], str]] = {
    "given": _given,
    "present": _present,
    "chapter": _chapter,
    "contains_all": _contains_all,
    "approved": _approved,
    "submitted": _submitted,
    "answered": _answered,
    "equals": _equals,
    "one_of": _one_of,
    "at_most": _at_most,
    "at_least": _at_least,
    "before": _before_rule,
    "within": _within,
    "every": _every,
    "forbidden": _forbidden,
    "scope": _scope,
}
