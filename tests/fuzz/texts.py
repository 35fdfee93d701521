"""YAML and Markdown: what a clerk types, as the schema has it and as it has it not."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from fuzz.chance import ODD_TEXTS, ODD_VALUES, changed_bytes, changed_text, changed_tree
from places import SAMPLES

import govit

if TYPE_CHECKING:
    from random import Random

SCHEMAS = Path(govit.__file__).parent / "schemas"
MARKUP = (
    "# ", "## ", "#", "- ", "1. ", "> ", "```\n", "~~~", "|a|b|\n|-|-|\n", "![", "](", "[a]: ", "<!--", "-->", "<script>", "<b ",
    "---\n", "===\n", "**", "`", "\\", "&amp;", "&#0;", "{#a}", "\t", "    ", "\r", "\u2028", "第一章 ", "附件1", "机密★", "见附件",
)  # fmt: skip


@cache
def samples(name: str) -> tuple[str, ...]:
    """Every file of a name in the sample dossiers."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.rglob(name)))


@cache
def schema() -> Any:
    return json.loads((SCHEMAS / "project.schema.json").read_text(encoding="utf-8"))


def put(path: Path, data: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)


def broken(data: str | bytes) -> bool:
    """Whether a file is no mapping of YAML at all, by another reader than ours."""
    text = data if isinstance(data, str) else data.decode("utf-8", "replace")
    try:
        return not isinstance(yaml.load(text, yaml.CBaseLoader), dict)  # noqa: S506 - it makes nothing but texts
    except yaml.YAMLError:
        return True


def by_schema(chance: Random, root: Path) -> bool:
    """A project whose every value is of the schema, or one that it forbids; what may stand anywhere stands anywhere."""
    made = _value(chance, schema(), 0)
    tree = {"id": "bad", "name": "坏", "stage": "草拟"} | (made if isinstance(made, dict) else {"x": made})
    for _ in range(chance.choice((0, 0, 1, 3))):
        tree = changed_tree(chance, tree)
    text = yaml.dump(tree, allow_unicode=True, sort_keys=False, default_flow_style=chance.choice((None, True, False)))
    put(root / "bad" / "project.yaml", text)
    return broken(text)


def _value(chance: Random, said: Any, depth: int) -> Any:
    """A value that a part of the schema allows, or now and then one that it does not."""
    if chance.random() < 0.06 or depth > 9 or not isinstance(said, dict):
        return chance.choice(ODD_VALUES)
    if "$ref" in said:
        return _value(chance, schema()["$defs"][said["$ref"].rpartition("/")[2]], depth + 1)
    for word in ("oneOf", "anyOf"):
        if word in said:
            return _value(chance, chance.choice(said[word]), depth + 1)
    if "enum" in said or "const" in said:
        return chance.choice(said.get("enum", [said.get("const")]))
    if "properties" in said or "additionalProperties" in said:
        keys = [key for key in said.get("properties", {}) if chance.random() < (0.3 if depth else 0.4)]
        made = {key: _value(chance, said["properties"][key], depth + 1) for key in keys}
        if isinstance(more := said.get("additionalProperties"), dict):
            made |= {chance.choice(ODD_TEXTS[30:]): _value(chance, more, depth + 1) for _ in range(chance.randrange(3))}
        return made
    if "items" in said:
        return [_value(chance, said["items"], depth + 1) for _ in range(chance.randrange(4))]
    return chance.choice(("2026-03-05", "100万元", 12, "甲", True, "2026", *ODD_TEXTS[:6], *said.get("examples", ())))


def mutated_yaml(chance: Random, root: Path) -> bool:
    """A project of the samples, mistyped."""
    text: str | bytes = chance.choice(samples("project.yaml"))
    text = changed_text(chance, str(text), chance.choice((1, 1, 2, 5, 20)))
    if chance.random() < 0.2:
        text = changed_bytes(chance, text.encode("utf-8", "surrogatepass"), chance.choice((1, 3)))
    elif chance.random() < 0.05:
        text = text.encode(chance.choice(("gb18030", "utf-16", "utf-8-sig")), "replace")
    put(root / "bad" / "project.yaml", text)
    return not isinstance(text, bytes) and broken(text)


def settings(chance: Random, root: Path) -> bool:
    """The settings of a dossier, mistyped; its projects cannot be what they were."""
    text = changed_text(chance, chance.choice(samples("govit.yaml")), chance.choice((1, 2, 5)))
    put(root / "other" / "govit.yaml", text)
    put(root / "other" / "bad" / "project.yaml", chance.choice(samples("project.yaml")))
    return broken(text)


def markdown(chance: Random, root: Path) -> bool:
    """A document of the samples with markup anywhere, or markup alone."""
    text = chance.choice((*samples("*.md"), ""))
    pieces = [text[at : at + 40] for at in range(0, min(len(text), 4_000), 40)]
    for _ in range(chance.choice((1, 5, 50))):
        mark = chance.choice((*MARKUP, *ODD_TEXTS)) * chance.choice((1, 1, 1, 3, 900))
        pieces.insert(chance.randrange(len(pieces) + 1), mark[:200_000])
    put(root / "bad" / "方案.md", "".join(pieces))
    put(root / "bad" / "project.yaml", listed("方案.md"))
    return False


def listed(path: str) -> str:
    """A project that lists one document."""
    return f"id: bad\nname: 坏\nstage: 草拟\ndocuments:\n  - kinds: [建设方案]\n    path: {path}\n"
