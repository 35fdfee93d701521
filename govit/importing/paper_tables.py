"""表中的清单：the lists inside a form (资金来源, 概算, 数据资源), row by row, as records of project.yaml. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from govit.base.money import format_money
from govit.dossier.keys import Kind
from govit.importing.book import Cell
from govit.importing.cells import CellRefusedError, value_of
from govit.importing.form_values import amount_of, is_blank, source_of
from govit.importing.heads import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govit.documents.filled import FormCell
    from govit.importing.cells import Words

Record = dict[str, str | int | list[str]]
_SUMS = re.compile(r"(?:小计|合计|总计|共计|其中).*")
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?", re.ASCII)
_HAN_NUMBER = re.compile("[(（]?[一二三四五六七八九十]+[)）]?[、.．]?")
_BODY = re.compile(r".*(?:局|委|委员会|办|办公室|厅|院|部|中心|站|所|队|支队|大队|政府|公司|处|会|行|社|校|馆|库)$")
HEADS: Mapping[str, Mapping[str, str]] = {
    "budget.lines": {"费用名称": "name", "费用性质": "kind", "资金来源": "source", "金额": "amount"},
    "funding": {"资金来源": "source", "年度": "year", "金额": "amount"},
    "catalogue": {
        "数据资源名称": "name",
        "产生或需要": "direction",
        "共享类型": "share",
        "提供方": "provider",
        "共享对象和依据": "recipients",
    },
}
_LEAST = {"funding": {"source", "amount"}, "budget.lines": {"name", "amount"}, "catalogue": {"name", "direction"}}


class ListHead(NamedTuple):
    """表头：which list begins here, what each cell of a whole row says, and the unit of its amounts."""

    key: str
    columns: tuple[str, ...]
    unit: str


def head_of(row: Sequence[FormCell], unit: str) -> ListHead | None:
    """The list that a row heads, None if it heads none that project.yaml has."""
    names = [plain(cell.text) for cell in row]
    for key, known in HEADS.items():
        columns = tuple(known.get(name, "") for name, _ in names)
        if _LEAST[key] <= set(columns) and len(set(columns) - {""}) == len([one for one in columns if one]):
            own = next((u for (_, u), column in zip(names, columns, strict=True) if column == "amount" and u), "")
            return ListHead(key, columns, own or unit)
    return None


class ListRows:
    """一张清单 on its way to records; with what of it could not be taken."""

    def __init__(self, head: ListHead, words: Words | None) -> None:
        self.head = head
        self.records: list[Record] = []
        self.groups: list[Record] = []
        self._words = words

    def take(self, row: Sequence[FormCell]) -> None:
        """Take a row; CellRefusedError if it is not clear."""
        texts = [cell.text.strip() for cell in row]
        if any(_SUMS.fullmatch(text) for text in texts[:2]) or all(map(is_blank, texts)):
            return
        if len(texts) == len(self.head.columns):
            record = self._record(dict(zip(self.head.columns, texts, strict=True)))
            if record:
                self.records.append(record)
        elif self.head.key == "budget.lines" and len(texts) == len(("number", "name", "amount")):
            self._group(texts)
        else:
            message = f"这一行有 {len(texts)} 格，表头有 {len(self.head.columns)} 格"
            raise CellRefusedError(message)

    def _group(self, texts: Sequence[str]) -> None:
        number, name, amount = texts
        if not _HAN_NUMBER.fullmatch(number):
            message = f"看不出“{name}”是分组还是明细"
            raise CellRefusedError(message)
        record: Record = {"name": name}
        if not is_blank(amount):
            record["amount"] = format_money(amount_of(amount, self.head.unit))
        self.groups.append(record)

    def _record(self, said: Mapping[str, str]) -> Record:
        found: Record = {}
        for column, text in said.items():
            if not column or is_blank(text):
                continue
            found |= self._field(column, "".join(text.split("\n")))
        if self.head.key == "budget.lines" and self.groups and "name" in found:
            found = {"name": found.pop("name"), "group": self.groups[-1]["name"], **found}
        lacking = _LEAST[self.head.key] - found.keys()
        if found and lacking:
            message = f"“{said.get('name') or said.get('source')}”缺一格没有填"
            raise CellRefusedError(message)
        return found

    def _field(self, column: str, text: str) -> Record:
        match column:
            case "amount":
                return {column: format_money(amount_of(text, self.head.unit))}
            case "source":
                return {column: source_of(text, self._words)}
            case "kind":
                return {column: self._word(text, "budget_kinds")}
            case "share":
                return {column: self._word(text, "share_types")}
            case "year":
                found = _YEAR.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
                if found is None:
                    message = f"年度“{text}”不是四位年份"
                    raise CellRefusedError(message)
                return {column: int(found[1])}
            case "recipients":
                return _shared(text)
        return {column: text}

    def _word(self, text: str, listed: str) -> str:
        return str(value_of(Cell("", text), Kind.WORD, words=listed, known=self._words))


def _shared(text: str) -> Record:
    """共享对象和依据 in one cell: bodies, then the ground; which of the two a single text is must be plain."""
    bodies, parted, basis = text.partition("；")
    listed = [one.strip() for one in bodies.split("、") if one.strip()]
    if all(map(_BODY.fullmatch, listed)) and (parted or "，" not in text):
        return {"recipients": listed, **({"basis": basis.strip()} if basis.strip() else {})}
    message = f"分不清共享对象和依据：“{text[:30]}”"
    raise CellRefusedError(message)

