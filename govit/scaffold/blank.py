"""空白表：a record class as YAML to be filled in, each key with what it is for, who asks for it, what may be written.

Three kinds of lines. `##` explains. `key:` with nothing behind it is a blank, which the reader takes as not
given. `# ` before a line is a sample: what has happened is written by removing it and changing the values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import by_name, record
from govit.dossier.keys import Kind, Role, specs
from govit.dossier.lists import list_of
from govit.dossier.model import Answer
from govit.law.asks_for import Requirements, word_articles
from govit.scaffold.chapters import FOLDER
from govit.yamltext.scalars import explained, flow
from govit.yamltext.written import filled_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.dossier.keys import Declared, Spec
    from govit.dossier.lists import RecordList
    from govit.law.regulation import Regulation
    from govit.law.vocabulary import Word

_SHOWN_ARTICLES = 8
_OF_UNIT = "unit"
_SAMPLE = "# "


@record
class Blank:
    """What a form is fitted to, and the values that are known already, by dotted key."""

    regulation: Regulation
    requirements: Requirements
    given: Mapping[str, str]

    def wants(self, path: str) -> bool:
        """Whether some rule asks for a key or for anything below it."""
        return any(slot == path or slot.startswith((f"{path}.", f"{path}=")) for slot in self.requirements.articles)

    def key(self, cls: type[Declared], spec: Spec, path: str, indent: str = "") -> Iterator[str]:
        """One key of a record with everything below it; nothing where the regulation has no word for it."""
        if not self._usable(spec):
            return
        yield from self._explanation(cls, spec, path, indent)
        match spec.kind:
            case Kind.RECORD:
                yield from self._nested(spec, path, indent)
            case Kind.RECORDS:
                yield f"{indent}{spec.key}:"
                for inner in filter(self._usable, specs(spec.record).values()):
                    yield from self._explanation(spec.record, inner, f"{path}.{inner.key}", indent + "  ")
                yield from (f"{_SAMPLE}{indent}  - {sample}" for sample in self._samples(spec, path))
            case Kind.FLAGS | Kind.FIGURES:
                yield f"{indent}{spec.key}:"
                yield from self._flags(spec, indent)
            case Kind.ANSWERS:
                yield from explained(
                    "  每个问题写 {answer: 是, by: 确认人, on: 确认日期}；答“不适用”的加 note: 原因", indent
                )
                yield f"{indent}{spec.key}:"
                yield from self._answers(cls, indent)
            case _:
                yield (
                    f"{indent}{spec.key}: {filled_in(self.given[path])}"
                    if path in self.given
                    else f"{indent}{spec.key}:"
                )

    def _explanation(self, cls: type[Declared], spec: Spec, path: str, indent: str) -> Iterator[str]:
        in_list = "at" in by_name(cls)  # only entries of lists keep their own place
        words = spec.choices or (self._words(spec.words) if spec.kind in (Kind.WORD, Kind.WORDS) else ())
        several = f"[{', '.join(list(words)[:2])}]" if spec.kind is Kind.WORDS and len(words) > 1 else ""
        shown = spec.example or several
        example = f"例如 {shown}。" if shown and path not in self.given and not in_list else ""
        must = "必填；" if in_list and spec.required else ""
        cites = () if in_list and spec.required else self.requirements.of(path)
        cited = f"条文：{_listed(cites)}。" if cites else ""
        use = "" if spec.use == spec.label else spec.use
        told = f"{must}{use}".rstrip("；")
        yield from explained(f"{spec.key}（{spec.label}）{'：' if told else ''}{told}。{example}{cited}", indent)
        if words and path not in self.given:
            yield from explained("  可以写：" + "、".join(words), indent)

    def _usable(self, spec: Spec) -> bool:
        return spec.kind not in (Kind.WORD, Kind.WORDS, Kind.FLAGS, Kind.FIGURES) or bool(self._words(spec.words))

    def _words(self, listed: str) -> Mapping[str, Word | None]:
        if listed == "stages":
            return dict.fromkeys(stage.name for stage in self.regulation.stages)
        if listed == "rules":
            return dict.fromkeys(rule.id for rule in self.regulation.rules if rule.strength == "default")
        return self.regulation.words.get(listed, {})

    def _nested(self, spec: Spec, path: str, indent: str) -> Iterator[str]:
        """A record in a record; where a required key of it is not known, all of it is a sample."""
        cls = spec.record
        fields = specs(cls)
        unknown = any(s.required and f"{path}.{s.key}" not in self.given for s in fields.values())
        if not unknown:
            yield f"{indent}{spec.key}:"
            for inner in fields.values():
                yield from self.key(cls, inner, f"{path}.{inner.key}", indent + "  ")
            return
        yield f"{_SAMPLE}{indent}{spec.key}:"
        for inner in filter(self._usable, fields.values()):
            yield from self._explanation(cls, inner, f"{path}.{inner.key}", indent + "  ")
            yield f"{_SAMPLE}{indent}  {inner.key}: {self._example(inner)}"

    # -- traits and questions ----------------------------------------------------------------------------

    def _flags(self, spec: Spec, indent: str) -> Iterator[str]:
        for name, word in self.regulation.words.get(spec.words, {}).items():
            cites = self.requirements.of(f"{spec.key}={name}")
            if cites:
                yield from explained(f"{word.ask or name}（{_listed(cites)}）", indent + "  ")
                yield f"{indent}  {name}:"

    def _answers(self, cls: type[Declared], indent: str) -> Iterator[str]:
        """The questions of the unit in govit.yaml, those of the project in project.yaml."""
        of_project = "stage" in specs(cls)
        answer = flow({key: self._example(spec) for key, spec in specs(Answer).items() if spec.required})
        for name, question in self.regulation.questions.items():
            cites = self.requirements.of(f"answers={name}")
            if cites and of_project is (question.of != _OF_UNIT):
                yield from explained(f"{question.ask}由{question.who}确认（{_listed(cites)}）", indent + "  ")
                yield f"{_SAMPLE}{indent}  {name}: {answer}"

    # -- samples -----------------------------------------------------------------------------------------

    def _samples(self, spec: Spec, path: str) -> Iterator[str]:
        """One record for each kind that some rule asks for; of a list without kinds one for each choice."""
        cls = spec.record
        one = list_of(cls)
        if one.by_kind:
            words = list(self.regulation.words.get(one.words, {}))
            for word in [word for word in words if self.requirements.of(f"{path}={word}")] or words[:1]:
                cites = _listed(word_articles(self.requirements, self.regulation, one.words, word))
                body = one.spec(Role.BODY)
                whose = body is not None and body.kind is Kind.WORD  # the body acts, and no list says which
                unsaid = "；机构照实写" if whose and not self.requirements.bodies(f"{path}={word}") else ""
                about = f"  # {cites}{unsaid}" if cites else ""
                yield flow(self._record(cls, path, {one.address: word})) + about
            return
        choice = next((s for s in specs(cls).values() if s.kind is Kind.CHOICE), None)
        for chosen in choice.choices if choice else ("",):
            yield flow(self._record(cls, path, {choice.key: chosen} if choice else {}))

    def _record(self, cls: type[Declared], path: str, known: Mapping[str, str]) -> dict[str, str]:
        """A record with what it must say, and what the rules ask of it."""
        word = known.get(list_of(cls).address, "")
        found = {}
        for key, spec in specs(cls).items():
            if key in known:
                found[key] = filled_in(known[key])
            elif self._usable(spec) and self._belongs(spec, path, word):
                found[key] = self._recorded(list_of(cls), spec, path, word)
        return found

    def _belongs(self, spec: Spec, path: str, word: str) -> bool:
        if spec.required or spec.printed:
            return True
        if spec.kind in (Kind.FLAGS, Kind.FIGURES, Kind.RECORDS):
            return False
        if word:
            dated = spec.role is Role.DAY and bool(self.requirements.of(f"{path}={word}.date"))
            return dated or bool(self.requirements.of(f"{path}={word}.{spec.key}"))
        return bool(self.requirements.of(f"{path}.{spec.key}"))

    def _recorded(self, one: RecordList, spec: Spec, path: str, word: str) -> str:
        if spec.role is Role.BODY:
            return self._bodies(one, spec, path, word)
        if spec.role is Role.FILE and spec.needed:
            return f"{FOLDER}/{word}.docx"
        return self._example(spec)

    def _bodies(self, one: RecordList, spec: Spec, path: str, word: str) -> str:
        handed = self.regulation.words.get(one.words, {}).get(word) if spec.kind is Kind.WORDS else None
        bodies = list(handed.to) if handed is not None else []
        bodies = bodies or list(self.requirements.bodies(f"{path}={word}")) or list(self.regulation.words["bodies"])[:1]
        return "[" + ", ".join(bodies) + "]" if spec.kind is Kind.WORDS and len(bodies) > 1 else bodies[0]

    def _example(self, spec: Spec) -> str:
        if spec.kind in (Kind.WORD, Kind.WORDS):
            return next(iter(self._words(spec.words)), "")
        return spec.example if spec.kind in (Kind.TEXTS, Kind.BOOL) else filled_in(spec.example)


def _listed(cites: tuple[str, ...]) -> str:
    return "、".join(cites[:_SHOWN_ARTICLES]) + ("等" if len(cites) > _SHOWN_ARTICLES else "")
