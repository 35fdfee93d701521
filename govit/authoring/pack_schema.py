"""办法的 JSON Schema：a pack as an editor understands it, from the declarations that its loader reads by. Pure.

The keys are closed as they are for the loader. Words are offered and not enforced: a pack may name a word before it is
in its lists, and the loader says so. Titles and descriptions are what an editor shows on completion and hovering.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from govit.authoring.reference import texts
from govit.base.dates import DATE_PATTERN
from govit.dossier.keys import Kind, specs
from govit.dossier.lists import BY_KIND, BY_RULES, LISTS
from govit.dossier.model import Project, Settings
from govit.law.kinds.demand import Syntax, parameters
from govit.law.kinds.table import KINDS
from govit.law.packs.keys import PARTS, PackKey, Shape
from govit.law.packs.words import WORD_LISTS, keys_of_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govit.dossier.keys import Declared, Spec
    from govit.law.kinds.demand import Demand, Parameter
    from govit.law.vocabulary import Vocabulary

Schema = dict[str, Any]
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_TEXT: Schema = {"type": ["string", "number"]}
_FLAG: Schema = {"enum": [True, False]}
_PERIOD: Schema = {"type": "string", "examples": ["3个月", "10个工作日"]}
_BESIDE = {"examples": "examples", "rules": "english", "basis": "override"}
"""The files beside a pack, each by a key of its own."""
_INSIDE = {"headings": "题目: 字数，或者写原文", "unreadable": "写 true：内部看不了的文件"}
"""What only the documents of the model project and of examples may say."""
_PATTERNS: Mapping[Shape, Schema] = {
    Shape.DATE: {"type": "string", "pattern": DATE_PATTERN, "patternErrorMessage": "日期写成 2026-03-01 的样子"},
    Shape.COUNT: {"type": ["integer", "string"], "pattern": r"^\d+$"},
    Shape.ARTICLE: {
        "type": "string",
        "pattern": "第[一二三四五六七八九十百]+条",
        "patternErrorMessage": "写条号，如 第十四条",
    },
}
_AS_A_KEY: Mapping[Syntax, Shape] = {
    Syntax.REF: Shape.REF,
    Syntax.REFS: Shape.REFS,
    Syntax.DAY: Shape.REF,
    Syntax.DAYS: Shape.REFS,
    Syntax.WORD: Shape.WORD,
    Syntax.WORDS: Shape.WORDS,
    Syntax.TEXT: Shape.TEXT,
    Syntax.TEXTS: Shape.TEXTS,
    Syntax.FLAG: Shape.FLAG,
    Syntax.PERIOD: Shape.PERIOD,
    Syntax.CONDITION: Shape.CONDITION,
    Syntax.CHOICE: Shape.CHOICE,
    Syntax.RULES: Shape.RULES,
}
"""Parameters of a check that are written as keys of a pack are."""
_VALUES: Mapping[Syntax, Schema] = {
    Syntax.LITERAL: _SCALAR,
    Syntax.OPERAND: _SCALAR,
    Syntax.LITERALS: {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]},
}


def render(vocabulary: Vocabulary | None) -> str:
    """The schema of packs as text; with the words of one pack it offers these."""
    return json.dumps(pack_schema(vocabulary), ensure_ascii=False, indent=1) + "\n"


def pack_schema(vocabulary: Vocabulary | None = None) -> Schema:
    """The schema of packs."""
    return _PackSchema(vocabulary).whole()


class _PackSchema:
    """Writes the schema of every part of a pack, each once."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        self.vocabulary = vocabulary
        self.texts = texts()
        self._shapes: Mapping[Shape, Callable[[PackKey], Schema]] = {
            Shape.TEXT: lambda _: dict(_TEXT),
            Shape.TEXTS: lambda _: _one_or_more(dict(_TEXT)),
            Shape.FLAG: lambda _: dict(_FLAG),
            Shape.CHOICE: lambda key: {"enum": list(key.choices)},
            Shape.SOME: lambda key: _one_or_more({"enum": list(key.choices)}),
            Shape.OFFERED: lambda key: self._offered(key.choices),
            Shape.REF: lambda _: _link("ref"),
            Shape.REFS: lambda _: _one_or_more(_link("ref")),
            Shape.PERIOD: lambda _: dict(_PERIOD),
            Shape.CONDITION: lambda _: _link("condition"),
            Shape.CONDITIONS: lambda _: {"type": "array", "items": _link("condition")},
            Shape.WORD: lambda key: self._offered(self._words(key.words)),
            Shape.WORDS: lambda key: _one_or_more(self._offered(self._words(key.words))),
            Shape.WORDS_OR: lambda key: _one_or_more(self._offered(self._words(key.words))),
            Shape.STAGE: lambda _: self._offered(self._stages()),
            Shape.STAGES: lambda _: _one_or_more(self._offered(self._stages())),
            Shape.RULE: lambda _: dict(_TEXT),
            Shape.RULES: lambda _: _one_or_more(dict(_TEXT)),
            Shape.FACT: lambda _: self._offered(sorted(vocabulary.names) if vocabulary else []),
            Shape.LIST: lambda _: {"enum": list(BY_RULES)},
            Shape.PART: lambda key: _link(key.part),
            Shape.PARTS: lambda key: {"type": "array", "items": _link(key.part)},
            Shape.NAMED: lambda key: {"type": "object", "additionalProperties": _link(key.part)},
            Shape.NAMED_PARTS: lambda key: {
                "type": "object",
                "additionalProperties": {"type": "array", "items": _link(key.part)},
            },
            Shape.NAMED_TEXTS: lambda _: {"type": "object", "additionalProperties": dict(_TEXT)},
            Shape.EACH: lambda _: self._each(),
            Shape.VOCABULARY: lambda _: self._word_lists(),
            Shape.PROJECT: lambda _: _link("Project"),
            Shape.DOSSIER: lambda _: _link("Settings"),
            Shape.PATCH: lambda _: _link("patch"),
            Shape.DATE: lambda _: dict(_PATTERNS[Shape.DATE]),
            Shape.COUNT: lambda _: dict(_PATTERNS[Shape.COUNT]),
            Shape.ARTICLE: lambda _: dict(_PATTERNS[Shape.ARTICLE]),
        }

    def whole(self) -> Schema:
        """The top of a pack, and every part."""
        records: Schema = {}
        for record in (Project, Settings):
            _records(record, records)
        defined = {
            **{name: self._part(name) for name in PARTS if name not in ("rule", "word")},
            "rule": self._rule(),
            "ref": self._ref(),
            "condition": self._condition(),
            "patch": self._patch(),
            **records,
        }
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "urn:govit:regulation:1",
            "title": "办法：一个 YAML 文件，旁边可以有 .examples.yaml（样板和示例）、.en.yaml（英文）和 .override.yaml（现在的效力）",
            "description": "一个办法的词、阶段、事实、条文和规则、路径、表格；怎样写：govit help pack-keys",
            **self._by_file(),
            "$defs": dict(sorted(defined.items())),
        }

    @staticmethod
    def _by_file() -> Schema:
        """A pack, or a file beside it, which is known by the key that no pack has at its top."""
        found = _link("top")
        for key, part in _BESIDE.items():
            found = {"if": {"required": [key]}, "then": _link(part), "else": found}
        return found

    # -- parts -----------------------------------------------------------------------------------------

    def _part(self, name: str) -> Schema:
        keys = PARTS[name]
        return _closed(
            {key: self._key(name, key, declared) for key, declared in keys.items()},
            [key for key, declared in keys.items() if declared.required],
        )

    def _key(self, part: str, key: str, declared: PackKey) -> Schema:
        label, example = self._about(part, key)
        shown = "\n\n".join(filter(None, (f"{label}。", f"怎样写：{declared.shape.value}", example)))
        value = self._shapes[declared.shape](declared)
        value = value if declared.required else _or_blank(value)
        return {"title": label.partition("；")[0].partition("，")[0], "description": shown, **value}

    def _about(self, part: str, key: str) -> tuple[str, str]:
        """What a key is for, and an example of it."""
        said = self.texts["pack"][part].get(key) or self.texts["forms"][key]
        return said[0], f"例如 {key}: {self.texts['pack_examples'][part][key]}"

    def _rule(self) -> Schema:
        """A rule has the keys of all rules and those of its kind of check, and no other."""
        usual = {key: self._key("rule", key, declared) for key, declared in PARTS["rule"].items()}
        usual["check"]["enumDescriptions"] = [self.texts["checks"][kind]["say"][0] for kind in KINDS]
        required = [key for key, declared in PARTS["rule"].items() if declared.required]
        kinds = [
            {
                "if": {"properties": {"check": {"const": kind}}, "required": ["check"]},
                "then": self._of_kind(declared, usual),
            }
            for kind, declared in KINDS.items()
        ]
        return {"type": "object", "properties": usual, "required": required, "allOf": kinds}

    def _of_kind(self, kind: type[Demand], usual: Schema) -> Schema:
        own = {one.key: self._parameter(kind, one) for one in parameters(kind)}
        found = _closed({**dict.fromkeys(usual, True), **own}, [one.key for one in parameters(kind) if one.required])
        if kind.goes_over:
            found["required"].append("each")
        if kind.one_of:
            found["allOf"] = [{"anyOf": [{"required": [key]} for key in keys]} for keys in kind.one_of]
        return found

    def _parameter(self, kind: type[Demand], one: Parameter) -> Schema:
        about = self.texts["params"]
        said = about.get(f"{kind.kind}.{one.key}") or about[one.key]
        value = self._of_syntax(one)
        return {
            "title": said[0].partition("；")[0],
            "description": f"{said[0]}。\n\n怎样写：{one.shape.value}",
            **value,
        }

    def _of_syntax(self, one: Parameter) -> Schema:
        if one.shape is Syntax.QUESTION:
            return self._offered(list(self.vocabulary.questions) if self.vocabulary else [])
        if one.shape in _VALUES:
            return dict(_VALUES[one.shape])
        shape = _AS_A_KEY.get(one.shape)
        return self._shapes[shape](PackKey(shape, words=one.words, choices=one.choices)) if shape else {}

    # -- words -----------------------------------------------------------------------------------------

    def _word_lists(self) -> Schema:
        found = {name: self._word_list(name) for name in WORD_LISTS}
        questions = {"type": ["object", "null"], "additionalProperties": _link("question")}
        return _closed({**found, "questions": {"title": "问题：问得“是”就等于做到了", **questions}}, [])

    def _word_list(self, name: str) -> Schema:
        """Words by their names, or a list in which those stand alone of which nothing is said."""
        about = {key: self._key("word", key, PARTS["word"][key]) for key in keys_of_words(name)}
        word = _closed(about, [], blank=True)
        alone = {"type": "object", "additionalProperties": word, "minProperties": 1, "maxProperties": 1}
        return {
            "title": self.texts["words"][name][0],
            "type": ["object", "array", "null"],
            "additionalProperties": word,
            "items": {"anyOf": [dict(_TEXT), alone]},
        }

    def _words(self, listed: str) -> list[str]:
        return list(self.vocabulary.words.get(listed, {})) if self.vocabulary else []

    def _stages(self) -> Sequence[str]:
        return self.vocabulary.stages if self.vocabulary else ()

    @staticmethod
    def _offered(words: Sequence[str]) -> Schema:
        """Text, for which words are offered."""
        return {"anyOf": [{"enum": list(words)}, dict(_TEXT)]} if words else dict(_TEXT)

    def _each(self) -> Schema:
        lists = {
            name: {
                "title": one.label,
                "anyOf": [{"enum": ["all"]}, _one_or_more(self._offered(self._words(one.words)))],
            }
            for name, one in BY_RULES.items()
        }
        return {**_closed(lists, []), "minProperties": 1, "maxProperties": 1}

    # -- refs ------------------------------------------------------------------------------------------

    def _ref(self) -> Schema:
        any_ref = "|".join((*self.texts["ref_patterns"].values(), r"^[a-z_.]+\.(year|month)$"))
        return {"anyOf": [{"enum": [*_dotted(Project), *self._named()]}, {"type": "string", "pattern": any_ref}]}

    def _condition(self) -> Schema:
        compared: Schema = {"anyOf": [dict(_SCALAR), {"type": "array", "items": dict(_SCALAR)}]}
        how = "，".join(
            f"{test.partition(': ')[2]}（{said[0].partition('；')[0]}）" for test, said in _few(self.texts["tests"])
        )
        keys = {
            key: {"title": spec.label, "description": f"{spec.use}。\n\n右边例如 {how}", **compared}
            for key, spec in _dotted(Project).items()
        }
        named = {name: {"title": about, **compared} for name, about in self._named().items()}
        patterns = {
            pattern: {"title": self.texts["refs"][example][0], **compared}
            for example, pattern in self.texts["ref_patterns"].items()
        }
        return {
            "type": "object",
            "properties": {**keys, **named},
            "patternProperties": patterns,
            "additionalProperties": False,
        }

    def _named(self) -> dict[str, str]:
        """The refs that the words of the pack make, with what each is called."""
        if self.vocabulary is None:
            return {}
        records = {
            f"{head}.{word}": f"{one.listed.entry}“{word}”"
            for head, one in BY_KIND.items()
            for word in self._words(one.words)
        }
        answers = {f"answers.{name}": about.ask for name, about in self.vocabulary.questions.items()}
        return {**dict.fromkeys(sorted(self.vocabulary.names), "事实或特征"), **records, **answers}

    def _patch(self) -> Schema:
        """`set` of an example: a key of project.yaml, or a list with a word behind it."""
        keys = {key: {"title": spec.label} for key, spec in _dotted(Project).items()}
        lists = {rf"^{name}\..+": {"title": f"{one.label}里的一条；写 ~ 是去掉"} for name, one in LISTS.items()}
        flags = {
            rf"^{re.escape(key)}\..+": {"title": f"{spec.label}里的一项"}
            for key, spec in _dotted(Project).items()
            if spec.kind in (Kind.FLAGS, Kind.FIGURES, Kind.ANSWERS)
        }
        names = {name: {"title": one.label} for name, one in LISTS.items()}
        others = {"neighbours": {"title": "卷宗里的其他项目，每项写与样板不同的地方", "type": "array"}}
        return {
            "type": "object",
            "properties": {**names, **keys, **others},
            "patternProperties": {**lists, **flags},
            "additionalProperties": False,
        }


def _few(tests: Mapping[str, Sequence[str]]) -> list[tuple[str, Sequence[str]]]:
    """The comparisons of an amount, which show how one is written."""
    return [(test, said) for test, said in tests.items() if test.startswith("budget.total")][:2]


def _dotted(record: type[Declared], above: str = "") -> dict[str, Spec]:
    """Every key of a record, down through what it holds one of."""
    found: dict[str, Spec] = {}
    for key, spec in specs(record).items():
        found[f"{above}{key}"] = spec
        if spec.kind is Kind.RECORD and spec.of is not None:
            found |= _dotted(spec.of, f"{above}{key}.")
    return found


def _records(record: type[Declared], found: Schema) -> None:
    """A record of a dossier and all below it, with any word: the pack at hand has the words."""
    if record.__name__ in found:
        return
    found[record.__name__] = {}  # holds the place while what stands below is being written
    keys = {
        key: {"title": spec.label, "description": f"{spec.use}。", **_held(spec, found)}
        for key, spec in specs(record).items()
    }
    if record is LISTS["documents"].cls:
        keys |= {key: {"title": about} for key, about in _INSIDE.items()}
    found[record.__name__] = _closed(keys, [])


def _held(spec: Spec, found: Schema) -> Schema:
    if spec.of is None:
        return {}
    _records(spec.of, found)
    below = _link(spec.of.__name__)
    match spec.kind:
        case Kind.RECORDS:
            return {"anyOf": [{"type": "array", "items": below}, {"type": "null"}]}
        case Kind.ANSWERS:
            return {"anyOf": [{"type": "object", "additionalProperties": below}, {"type": "null"}]}
        case _:
            return {"anyOf": [below, {"type": "null"}]}


def _closed(properties: Schema, required: list[str], *, blank: bool = False) -> Schema:
    return {
        "type": ["object", "null"] if blank else "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _link(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_or_more(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _or_blank(value: Schema) -> Schema:
    """`~` is as good as not written. Said beside the type, an editor still tells what is wrong inside."""
    if value.get("type") in ("array", "object", "string"):
        return {**value, "type": [value["type"], "null"]}
    return {"anyOf": [value, {"type": "null"}]}
