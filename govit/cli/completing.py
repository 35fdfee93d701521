"""按 Tab 补全：the words that may stand in an argument, those of the dossier's own regulation where there is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from typer import Context  # noqa: TC002 - typer reads it at run time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govit.law.regulation import Regulation

_SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
COMPLETION = ("--install-completion", "--show-completion")


def for_shell(args: list[str]) -> str:
    """The script of a shell that is named after the option, or that it was installed; '' if neither was asked for."""
    option, equals, shell = args[0].partition("=") if args else ("", "", "")
    words = [shell] if equals else args[1:]
    if option not in COMPLETION or len(words) != 1:
        return ""
    from typer._completion_shared import get_completion_script, install

    from govit.base.nearest import did_you_mean
    from govit.base.usage import UsageError

    if words[0] not in _SHELLS:
        message = f"没有“{words[0]}”的补全脚本；{did_you_mean(words[0], _SHELLS)}"
        raise UsageError(message)
    if option == COMPLETION[1]:
        return get_completion_script(prog_name="govit", complete_var="_GOVIT_COMPLETE", shell=words[0])
    _, path = install(shell=words[0], prog_name="govit", complete_var="_GOVIT_COMPLETE")
    return f"已装好：{path}；重新打开终端后生效"


def stages(incomplete: str) -> list[str]:
    """The stages."""
    from govit.law.regulation import STAGES

    return _begun(STAGES, incomplete)


def regulations(incomplete: str) -> list[str]:
    """The regulations, the dossier's own ones among them."""
    from govit.dossier.nearest import regulations_near
    from govit.law.library import Library

    return _begun(Library(examples=False).ids(regulations_near(Path()).packs), incomplete)


def rules(incomplete: str) -> list[str]:
    """The rules and the articles."""
    from govit.dossier.own_rules import GOV_RULES

    found = [rule.id for one in _near() for rule in one.rules] + list(GOV_RULES)
    found += [article.number for one in _near() for article in one.articles]
    return _begun(found, incomplete)


def forms(ctx: Context, incomplete: str) -> list[str]:
    """The forms, by what the regulation calls them and by their names; after the first word come paths."""
    from govit.forms.templates import forms as built_in

    if ctx.params.get("words"):
        return []
    titles = [form.title for one in _near() for form in one.forms]
    return _begun([*titles, *(form.label for form in built_in().values()), *built_in()], incomplete)


def questions(incomplete: str) -> list[str]:
    """The questions."""
    return _begun((name for one in _near() for name in one.questions), incomplete)


def _near() -> list[Regulation]:
    """The regulation of the dossier; all that come along where none is near."""
    from govit.dossier.nearest import regulations_near
    from govit.law.library import Library

    near, library = regulations_near(Path()), Library(examples=False)
    known = library.ids(near.packs)
    found = [library.get(name, near.packs) for name in near.ids if name in known]
    return [one for one in found or [library.get(name, near.packs) for name in known] if one is not None]


def _begun(words: Iterable[str], incomplete: str) -> list[str]:
    """The words that begin so, each once."""
    return [word for word in dict.fromkeys(words) if word and word.startswith(incomplete)]
