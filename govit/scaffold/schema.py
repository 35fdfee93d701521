"""JSON Schema：project.yaml and govit.yaml as an editor understands them, from the model and the packs. Pure.

Draft 2020-12. What is legal is what the reader accepts, in one spelling where it accepts several:
words of all the regulations given, money and dates by the reader's own patterns. Titles and
descriptions are what an editor shows on completion and hovering.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from govit.base.dates import DATE_PATTERN, PERIOD_PATTERN, YEAR_PATTERN
from govit.base.money import HOW_TO
from govit.base.money import pattern as money_pattern
from govit.dossier.keys import Kind, specs
from govit.dossier.model import INAPPLICABLE, NO, YES, Answer, Project, Settings, Unit
from govit.dossier.secrecy import STUB_KEYS
from govit.law.asks_for import law, requirements, word_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govit.dossier.keys import Declared, Spec
    from govit.law.regulation import Regulation

Schema = dict[str, Any]
FILES: Mapping[str, type[Declared]] = {"project": Project, "govit": Settings}
"""What a schema is of: the name of the file, and the record that it holds."""
_TITLES = {"project": "project.yaml：一个项目", "govit": "govit.yaml：卷宗的默认值和单位层面的事实"}
_GIVEN_ABOVE = (Unit,)
"""Records whose required keys may stand in govit.yaml instead."""
_SHOWN_ARTICLES = 12
_BLANK: Schema = {"title": " ", "not": {"type": ["string", "number", "boolean", "object", "array"]}}
"""Nothing after the colon, which the reader takes as not given. Said so, and not as `type: null`,
because editors would then offer the word null to a clerk. The title is a blank, so that they show the key's alone."""
_TEXT: Schema = {"type": ["string", "number"], "pattern": r"\S", "patternErrorMessage": "不能是空的"}


def _written(pattern: str, hint: str, *types: str) -> Schema:
    return {"type": list(types) or "string", "pattern": pattern, "patternErrorMessage": hint, "errorMessage": hint}


_YEARS = {"minimum": 1900, "maximum": 2099}
_WHOLE: Schema = {**_written("^[0-9]{1,15}$", "只写半角整数，不带单位，例如 9", "integer", "string"), "minimum": 0}
_YES_OR_NO: Schema = {"enum": [True, False, YES, NO]}
_PLAIN: Mapping[Kind, Schema] = {
    Kind.TEXT: _TEXT,
    Kind.MONEY: _written(money_pattern(), HOW_TO),
    Kind.DATE: _written(DATE_PATTERN, "日期写成 2027-03-01 的样子"),
    Kind.BOOL: _YES_OR_NO,
    Kind.INT: {**_written(YEAR_PATTERN, "写四位年份，例如 2027", "integer", "string"), **_YEARS},
    Kind.YEAR_OR_QUARTER: {
        **_written(PERIOD_PATTERN, "写成 2027、2027Q1、2027H1 或 2027-01", "integer", "string"),
        **_YEARS,
    },
}


def render(name: str, regulations: Sequence[Regulation]) -> str:
    """The schema of a file as text, ready to be written."""
    return json.dumps(schema(name, regulations), ensure_ascii=False, indent=1) + "\n"


def schema(name: str, regulations: Sequence[Regulation]) -> Schema:
    """The schema of project.yaml or govit.yaml under one regulation, or under any of several."""
    record = FILES[name]
    writer = _Writer(regulations, several=record is Project and len(regulations) > 1)
    top = writer.record(record, "")
    of = "、".join(law(r) for r in regulations)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:govit:{name}:1",
        "title": _TITLES[name],
        "description": f"词出自{of}",
    }
    if record is Project:
        return {**head, **_or_stub(top), "$defs": writer.definitions()}
    return {**head, **top, "$defs": writer.definitions()}


def _or_stub(top: Schema) -> Schema:
    """涉密项目 leave a stub of three keys, everybody else says what is required."""
    required = top.pop("required")
    others = {key: False for key in top["properties"] if key not in STUB_KEYS}
    about = {key: top["properties"]["classified"][key] for key in ("title", "description")}
    usual = {"classified": {**about, **_or_blank({"type": "boolean"}), "default": False}}
    is_true = {"not": {"not": {"const": True}}}  # said plainly, `true` is what editors would offer first
    return {
        **top,
        "properties": {**top["properties"], **usual},
        "required": ["id"],
        "if": {"properties": {"classified": is_true}, "required": ["classified"]},
        "then": {"properties": others},
        "else": {"required": required},
    }


class _Writer:
    """Writes the schemas of records, each class once, under a set of regulations."""

    def __init__(self, regulations: Sequence[Regulation], *, several: bool) -> None:
        self.regulations = regulations
        self.several = several
        """Whether the file may say for each of several regulations what it calls otherwise, as project.yaml may."""
        self.requirements = [requirements(regulation) for regulation in regulations]
        self._defined: dict[str, Schema] = {}

    def definitions(self) -> Schema:
        """Every record class that was referred to."""
        return dict(sorted(self._defined.items()))

    def record(self, cls: type[Declared], at: str) -> Schema:
        """The schema of a record class; `at` is the dotted key under which it stands."""
        fields = specs(cls)
        required = [key for key, spec in fields.items() if spec.required and cls not in _GIVEN_ABOVE]
        required += [key for key, spec in fields.items() if spec.needed]
        found: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {key: self._field(cls, spec, f"{at}.{key}" if at else key) for key, spec in fields.items()},
        }
        if required:
            found["required"] = required
        if cls is Answer:
            found["if"] = {"properties": {"answer": {"const": INAPPLICABLE}}, "required": ["answer"]}
            found["then"] = {"required": ["note"]}
        return found

    def _field(self, cls: type[Declared], spec: Spec, path: str) -> Schema:
        about = [f"{spec.use}。"]
        if spec.example:
            about.append(f"例如 {spec.example}")
        cited = self._cited(path)
        if cited:
            about.append(f"要求它的条文：{cited}")
        value = self._value(spec, path)
        if not spec.required or cls in _GIVEN_ABOVE:
            value = _or_blank(value)
        return {"title": spec.label, "description": "\n\n".join(about), **value}

    def _cited(self, slot: str) -> str:
        """The articles that ask for a slot, of each regulation."""
        by_regulation = [(r, a.of(slot)) for r, a in zip(self.regulations, self.requirements, strict=True)]
        shown = []
        for regulation, cites in by_regulation:
            if cites:
                listed = "、".join(cites[:_SHOWN_ARTICLES]) + ("等" if len(cites) > _SHOWN_ARTICLES else "")
                shown.append(listed if len(self.regulations) == 1 else f"{regulation.id} {listed}")
        return "；".join(shown)

    def _value(self, spec: Spec, path: str) -> Schema:  # noqa: PLR0911 - one line a kind
        match spec.kind:
            case Kind.TEXT if path == "regulation":
                return _one_or_more(self._regulations(), spec.label)
            case Kind.TEXTS:
                return _one_or_more(dict(_TEXT), spec.label)
            case Kind.WORD:
                return self._of_each(self._words(spec.words))
            case Kind.WORDS:
                return self._of_each(_one_or_more(self._words(spec.words), spec.label))
            case Kind.CHOICE:
                return {"type": "string", "enum": list(spec.choices)}
            case Kind.FLAGS | Kind.FIGURES:
                return self._flags(spec.words)
            case Kind.ANSWERS:
                return self._answers(spec, path)
            case Kind.RECORD:
                return self._ref(spec, path)
            case Kind.RECORDS:
                return {"type": "array", "items": self._ref(spec, path)}
            case kind:
                return dict(_PLAIN[kind])

    def _ref(self, spec: Spec, path: str) -> Schema:
        cls = spec.record
        if cls.__name__ not in self._defined:
            self._defined[cls.__name__] = {}  # holds the place while the record is being written
            self._defined[cls.__name__] = self.record(cls, path)
        return {"$ref": f"#/$defs/{cls.__name__}"}

    # -- words -----------------------------------------------------------------------------------------

    def _of_each(self, value: Schema) -> Schema:
        """A word, or where a project is under several regulations that call it differently the word of each."""
        if not self.several:
            return value
        ids = [regulation.id for regulation in self.regulations]
        about = "两部办法叫法不同的，用办法标识作键分别写"
        each = {"type": "object", "title": about, "propertyNames": {"enum": ids}, "additionalProperties": value}
        return {"anyOf": [*(value["anyOf"] if list(value) == ["anyOf"] else [value]), {**each, "minProperties": 1}]}

    def _regulations(self) -> Schema:
        return {
            "type": "string",
            "enum": [regulation.id for regulation in self.regulations],
            "enumDescriptions": [law(r) for r in self.regulations],
        }

    def _words(self, listed: str) -> Schema:
        if listed not in self._defined:
            self._defined[listed] = self._enumeration(listed)
        return {"$ref": f"#/$defs/{listed}"}

    def _enumeration(self, listed: str) -> Schema:
        """The words of a list: names first, then other spellings; each says whose word it is and who asks for it."""
        names: dict[str, list[str]] = {}
        others: dict[str, list[str]] = {}
        for regulation, vocabulary in zip(self.regulations, self._vocabularies(listed), strict=True):
            for spelling, word in vocabulary.items():
                if spelling == word:
                    names.setdefault(spelling, []).append(self._about(regulation, listed, word))
                else:
                    others.setdefault(spelling, []).append(self._whose(regulation, f"即“{word}”"))
        merged = {**names, **{spelling: about for spelling, about in others.items() if spelling not in names}}
        if not merged:
            return {"type": "string", "not": {}, "description": "本办法没有这类词，不要写这个键"}
        descriptions = ["；".join(filter(None, about)) for about in merged.values()]
        found: Schema = {"type": "string", "enum": list(merged)}
        return {**found, "enumDescriptions": descriptions} if any(descriptions) else found

    def _vocabularies(self, listed: str) -> Iterator[Mapping[str, str]]:
        for regulation in self.regulations:
            yield regulation.vocabulary().get(listed, {})

    def _about(self, regulation: Regulation, listed: str, word: str) -> str:
        if listed == "rules":
            return next(rule.title for rule in regulation.rules if rule.id == word)
        return self._whose(regulation, self._articles(regulation, listed, word))

    def _articles(self, regulation: Regulation, listed: str, word: str) -> str:
        found = self.requirements[self.regulations.index(regulation)]
        return "、".join(word_articles(found, regulation, listed, word)[:_SHOWN_ARTICLES])

    def _whose(self, regulation: Regulation, about: str) -> str:
        return about if len(self.regulations) == 1 else f"{regulation.id} {about}".strip()

    # -- traits and questions --------------------------------------------------------------------------

    def _flags(self, listed: str) -> Schema:
        found: dict[str, list[str]] = {}
        for regulation, vocabulary in zip(self.regulations, self._vocabularies(listed), strict=True):
            for spelling, name in vocabulary.items():
                word = regulation.words[listed][name]
                about = f"{word.ask or name}（{self._articles(regulation, listed, name)}）"
                found.setdefault(spelling, []).append(self._whose(regulation, about))
        return _named(
            {
                name: {"title": name, "description": "\n\n".join(a), **_or_blank(self._entry(listed, name))}
                for name, a in found.items()
            }
        )

    def _entry(self, listed: str, name: str) -> Schema:
        """What stands behind a name: yes or no, or of a figure an amount or a whole number, as each regulation has it."""
        if listed != "figures":
            return dict(_YES_OR_NO)
        words = [word for r in self.regulations for word in r.words.get(listed, {}).values() if word.name == name]
        kinds = [_PLAIN[Kind.MONEY] if money else _WHOLE for money in dict.fromkeys(word.money for word in words)]
        return dict(kinds[0]) if len(kinds) == 1 else {"anyOf": [dict(kind) for kind in kinds]}

    def _answers(self, spec: Spec, path: str) -> Schema:
        answer = self._ref(spec, path)
        found: dict[str, list[str]] = {}
        for regulation in self.regulations:
            cites = self.requirements[self.regulations.index(regulation)]
            for name, question in regulation.questions.items():
                home = "，每个单位只答一次，写在 govit.yaml" if question.of == "unit" else ""
                shown = "、".join(cites.of(f"answers={name}"))
                about = f"{question.ask}由{question.who}确认{home}（{shown}）"
                found.setdefault(name, []).append(self._whose(regulation, about))
        return _named({name: {"title": name, "description": "\n\n".join(a), **answer} for name, a in found.items()})


def _named(properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _one_or_more(item: Schema, label: str) -> Schema:
    return {"anyOf": [{"type": "array", "items": item}, {"title": label, **item}]}


def _or_blank(value: Schema) -> Schema:
    return {"anyOf": [*value["anyOf"], _BLANK]} if list(value) == ["anyOf"] else {"anyOf": [value, _BLANK]}
