"""govit.yaml：what it says for all projects of its dossier, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.dossier.fields import Reader
from govit.dossier.keys import specs
from govit.dossier.lists import list_of
from govit.dossier.model import Commencement, Notice, Settings, Source, System, Unit, WordNote
from govit.dossier.named_regulations import leading
from govit.dossier.nearest import OWN_PACKS
from govit.dossier.tree import inside
from govit.dossier.yaml_file import placed_at, text_at
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from govit.dossier.fields import Words
    from govit.yamltext.cuts import Cut
    from govit.yamltext.nodes import Node

USABLE = "govit regulations 列出可以使用的办法"
COMMENCEMENT = "commencement"
MOST_WORDS = 500
"""Words of reports that a dossier adds or silences: each is looked for in every report."""
_IN_FORCE = specs(Commencement)["status"].choices[0]


def own_packs(root: str, top: Node | None) -> tuple[Path | None, list[Fault]]:
    """The folder of the user's own packs, if it lies inside the dossier."""
    given = text_at(top, "regulations")
    if not given:
        return None, []
    found = inside(Path(root), given)
    if isinstance(found, Fault):
        return None, [placed_at(top, "regulations", replace(found, hint=OWN_PACKS))]
    if not found.is_dir():
        no_folder = Fault("GOV-202", f"“{given}”不是文件夹", hint="写自备办法所在的文件夹")
        return None, [placed_at(top, "regulations", no_folder)]
    return found, []


def settings_in(
    top: Node | None, shown: str, words: Words | None, cut: Mapping[tuple[int, int], Cut]
) -> tuple[Settings, list[Fault]]:
    """What a dossier's file says for all its projects, and what is wrong with it."""
    if top is None:
        return Settings(), []
    reader = Reader(words, given={"unit.name"}, cut=cut)
    values = reader.fields(Settings, leading(top), "")
    seen: dict[str | None, str] = {}
    for system in values.get(list_of(System).path, ()):
        first = seen.setdefault(system.id, system.at)
        if system.id and first != system.at:
            line, column = reader.places[system.at]
            message = f"系统 id“{system.id}”写了两次，另一处是 {first}"
            reader.faults.append(Fault("GOV-306", message, line, column, "每个系统用不同的 id", f"{system.at}.id"))
    for notice in values.get(list_of(Notice).path, ()):
        if notice.on and notice.issued and notice.on < notice.issued:
            line, column = reader.places[notice.at]
            message = f"通知定下的日期 {notice.on} 早于通知发出的日期 {notice.issued}"
            hint = "对照通知核对两个日期，写错的照通知更正"
            reader.faults.append(Fault("GOV-308", message, line, column, hint, f"{notice.at}.on"))
    notes = values.get(list_of(WordNote).path, ())
    if len(notes) > MOST_WORDS:
        line, column = reader.places[notes[MOST_WORDS].at]
        message = f"wording（报告用词）写了 {len(notes)} 个词，最多 {MOST_WORDS} 个，后面的没有查"
        reader.faults.append(Fault("GOV-107", message, line, column, "删去用不到的词", notes[MOST_WORDS].at))
        values = {**values, list_of(WordNote).path: notes[:MOST_WORDS]}
    return Settings(**values, source=Source(shown, reader.places, reader.blanks)), reader.faults


def wrong_commencement(said: Commencement, words: Words | None) -> Iterator[Fault]:
    """Why a day of commencement that a dossier gives counts for nothing."""
    name = said.regulation
    if words is None:
        yield Fault("GOV-109", f"commencement（施行日期）里的“{name or ''}”不是可以使用的办法", hint=USABLE)
    elif name not in words.get("drafts", {}):
        hint = "删去 commencement；现行和已失效的办法按它自己的日期判断"
        yield Fault("GOV-109", f"“{name}”不是征求意见稿，施行日期不能由卷宗指定", hint=hint)
    if said.status == _IN_FORCE and said.effective_from is None:
        yield Fault("GOV-108", "commencement 缺少 effective_from（施行日期）", hint="写正式文件规定的施行日期")
    if said.status != _IN_FORCE and (said.effective_from or said.effective_to):
        hint = f"已经施行的，status 写{_IN_FORCE}；没有施行的，不写日期"
        yield Fault("GOV-107", "commencement 写着征求意见稿，又写了施行日期", hint=hint)
    if said.effective_from and said.effective_to and said.effective_to < said.effective_from:
        yield Fault(
            "GOV-107",
            f"effective_to（{said.effective_to}）早于 effective_from（{said.effective_from}）",
            hint="核对正式文件规定的有效期",
        )


def has_unit_name(top: Node | None) -> bool:
    """Whether the dossier names the unit of its projects."""
    return top is not None and text_at(top.entries.get("unit"), "name") is not None


def merged_unit(own: Unit | None, default: Unit | None, given: Container[str]) -> Unit | None:
    """The project's unit over the dossier's; what the project gives wrongly is unknown, not the dossier's."""
    if own is None or default is None:
        return default if own is None and "unit" not in given else own
    return Unit(**{key: getattr(own, key) if f"unit.{key}" in given else getattr(default, key) for key in specs(Unit)})
