"""键：how a key of project.yaml or govit.yaml is declared, with everything that govit knows of it.

One declaration for the reader, the messages, the JSON Schema, the blank files and the reports: what a key is called,
how its text is read, what it says of its record, what it is for and how a value may look. Standard library only.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias

from govit.base.records import field, fields, value_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from dataclasses import Field


class Declared(Protocol):
    """登记的类：a record or a part of one whose keys are declared here, and what a message calls it."""

    __dataclass_fields__: ClassVar[dict[str, Field[object]]]
    RECORD_NAME: ClassVar[str]


Arguments: TypeAlias = dict[str, Any]
"""What a record is made of, by its keys: each value of the kind that its key declares."""


class Kind(Enum):
    """How the text of a field is read."""

    TEXT = "文字"
    TEXTS = "文字列表"
    WORD = "办法规定的词"
    WORDS = "办法规定的词的列表"
    CHOICE = "固定的几个词之一"
    MONEY = "金额"
    DATE = "日期"
    BOOL = "true 或 false"
    INT = "整数"
    YEAR_OR_QUARTER = "年度或季度"
    FLAGS = "名称: true/false"
    FIGURES = "名称: 数或金额"
    RECORD = "一组字段"
    RECORDS = "记录列表"
    ANSWERS = "问题: 回答"


class Role(Enum):
    """What a field says of its record, whatever the list that the record stands in."""

    KIND = "种类"
    """What it is: records are found, sorted and named by it."""
    DAY = "日期"
    """When it happened. Any other date of a record is a term."""
    BODY = "机构"
    """Who said it, or to whom it was handed."""
    RESULT = "结果"
    NAME = "名称"
    ID = "标识"
    NUMBER = "文号"
    AMOUNT = "金额"
    FILE = "文件"
    OF = "对象"
    """Which of several things of the project it is about."""


@value_record
class Spec:
    """字段说明：one field of a record, as read from the record."""

    key: str
    label: str
    kind: Kind
    use: str
    """What it is for, in one sentence."""
    example: str = ""
    """How a value may look, as it is typed; '' where the pack has the words."""
    words: str = ""
    """The word list of the pack that it draws from."""
    choices: tuple[str, ...] = ()
    of: type[Declared] | None = None
    role: Role | None = None
    required: bool = False
    """Required by the reader."""
    needed: bool = False
    """Required by what is done with the record, not by the reader."""
    printed: bool = False
    """Printed by forms, so that a sample shows it though no rule asks."""
    paragraphs: bool = False
    """A text of several paragraphs; every other text stands on one line, as the forms print it."""
    listed: Listed | None = None
    """What is declared of the entries of a list of records."""

    @property
    def record(self) -> type[Declared]:
        """The class of what it holds, of a record, a list of records or the answers."""
        if self.of is None:
            message = f"{self.key} holds no records"
            raise TypeError(message)
        return self.of


@value_record
class Listed:
    """记录列表的声明：what cannot be read from the fields of its records."""

    entry: str
    """What a message calls one entry."""
    by_rules: bool = False
    """Rules may go over its entries one by one."""
    own_law: bool = False
    """Each entry is an act of the unit, judged by the law of its own day."""
    ordered: bool = False
    """The pack's words of it may name what cannot be later than they."""
    wanted: bool = False
    """Rules may want an entry that is not there, though it is found by no kind and day."""


def item(  # noqa: PLR0913 - one declaration of everything that is known of a key
    label: str,
    kind: Kind = Kind.TEXT,
    *,
    use: str,
    example: str = "",
    words: str = "",
    choices: tuple[str, ...] = (),
    of: type[Declared] | None = None,
    role: Role | None = None,
    required: bool = False,
    needed: bool = False,
    printed: bool = False,
    paragraphs: bool = False,
) -> Any:  # noqa: ANN401 - a field
    """Declare a field."""
    about = dict(locals())
    if kind in (Kind.FLAGS, Kind.FIGURES, Kind.ANSWERS):
        return field(default_factory=dict, metadata=about)
    return field(default=() if kind in (Kind.TEXTS, Kind.WORDS) else None, metadata=about)


def entries(  # noqa: PLR0913 - one declaration of everything that is known of a list
    label: str,
    of: type[Declared],
    *,
    use: str,
    entry: str = "",
    by_rules: bool = False,
    own_law: bool = False,
    ordered: bool = False,
    wanted: bool = False,
) -> Any:  # noqa: ANN401 - a field
    """Declare a list of records; `entry` where one of them is called otherwise than the list."""
    listed = Listed(entry or label, by_rules, own_law, ordered, wanted)
    about = {"label": label, "kind": Kind.RECORDS, "of": of, "use": use, "listed": listed}
    return field(default=(), metadata=about)


_SPECS: dict[type[Declared], Mapping[str, Spec]] = {}


def specs(record: type[Declared]) -> Mapping[str, Spec]:
    """The fields of a record class that a YAML file may give, by key."""
    if record not in _SPECS:
        _SPECS[record] = {f.name: Spec(f.name, **f.metadata) for f in fields(record) if f.metadata}
    return _SPECS[record]
