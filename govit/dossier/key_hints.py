"""改法：what to write instead of a key, a word or a shape that the reader refuses."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from govit.base.dates import brief
from govit.base.nearest import near_hint, nearest_word
from govit.base.patterns import regex
from govit.dossier.keys import Kind, specs
from govit.dossier.meant import near_word, without_unseen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from govit.dossier.keys import Spec
    from govit.yamltext.nodes import Node

_QUOTES = "“”‘’＂＇「」\"'"
_TYPED_PAIR = regex(r"([A-Za-z_][\w.-]*)\s*([:：])\s*(\S+)")
_WIDE_PAIR = regex(r"([^\s：:]+)\s*：\s*([^\s：:]+)")
_SEPARATORS = regex("[，、；,;]")


def mapping_hint(node: Node, first: str = "") -> str:
    """How a mapping is written, of which `first` is the first key."""
    typed = _TYPED_PAIR.match(node.value) if type(node.value) is str else None
    if typed:
        wrong = "里面用了全角冒号“：”" if typed[2] == "：" else "冒号后面少了空格"
        return f"{wrong}，改成半角冒号加一个空格，写成 {typed[1]}: {brief(typed[3])}"
    wide = _WIDE_PAIR.fullmatch(node.value) if type(node.value) is str else None
    if wide:
        return f"里面用了全角冒号“：”，改成半角冒号加一个空格，写成 {wide[1]}: {brief(wide[2])}"
    if type(node.value) is str and "：" in node.value:
        return "里面用了全角冒号“：”，改成半角冒号加一个空格“: ”"
    example = f"；“{brief(node.value)}”写在它的键后面，例如 {first}: {brief(node.value)}" if type(node.value) is str and first else ""
    return f"每行写一个 键: 值，冒号用半角并空一格{example}"


def list_hint(node: Node) -> str:
    """How a list is written."""
    keys: Collection[str] = node.value if type(node.value) is dict else [str(node.value)]
    if any(key[:1] in "－—–―−-" for key in keys if key):
        return "列表项以半角“- ”开头：横线用半角，后面空一格"
    return "每条记录以“- ”开头"


def key_hint(key: str, known: Mapping[str, Spec]) -> tuple[str, str]:
    """What an unknown key should have been, said and as a key, '' if unknown.

    It is typed full-width, in Chinese, a level too high, or misspelt.
    """
    seen = without_unseen(key)
    if seen != key and seen in known:
        return f"键名里有看不见的字符（从 Word 或网页粘贴时带来的），删去它，写成 {seen}", seen
    normal = unicodedata.normalize("NFKC", seen).strip()
    plain, _, value = (part.strip("- ") for part in normal.partition(":"))
    if "：" in key and plain in known and value:
        return f"冒号是全角的，改成半角冒号加一个空格，写成 {plain}: {brief(value)}", plain
    if normal != key and plain in known:
        return f"键名里有全角字符或空格，请写成 {plain}", plain
    if (labelled := next((s.key for s in known.values() if s.label == plain), None)) is not None:
        return f"键名写英文：{labelled}", labelled
    if (
        home := next((s for s in known.values() if s.kind is Kind.RECORD and plain in specs(s.record)), None)
    ) is not None:
        return f"{plain} 写在 {home.key}（{home.label}）下面", f"{home.key}.{plain}"
    if (twin := _of_the_same_role(plain, known)) is not None:
        return f"这里写 {twin.key}（{twin.label}）", twin.key
    near = nearest_word(plain, known)
    return (f"是不是“{near}”（{known[near].label}）？", near) if near else (near_hint(None, known), "")


def _of_the_same_role(key: str, known: Mapping[str, Spec]) -> Spec | None:
    """What says here what the key says of the records of another list: `date` of an approval is `on` of a contract."""
    from govit.dossier.lists import LISTS

    elsewhere = (one.cls for one in LISTS.values())
    roles = {spec.role for cls in elsewhere for spec in specs(cls).values() if spec.key == key and spec.role}
    twins = [spec for spec in known.values() if spec.role in roles]
    return twins[0] if len(twins) == 1 else None


def word_hint(text: str, accepted: Mapping[str, str]) -> tuple[str, str]:
    """What to write instead of an unknown word, said and as the word that was meant, '' if unknown."""
    bare = text.strip(_QUOTES)
    if bare in accepted:
        return f"去掉引号，写 {bare}", accepted[bare]
    parts = [part.strip() for part in _SEPARATORS.split(bare)]
    if len(parts) > 1 and all(part in accepted for part in parts):
        return f"几项之间用半角逗号，外面加方括号：[{', '.join(parts)}]", ""
    words = dict.fromkeys(accepted.values())
    near = near_word(text, words)
    return near_hint(near, words), near or ""
