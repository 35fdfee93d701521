"""govit help：各个主题的说明，中文或者英文."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    import typer


def _begun(incomplete: str) -> list[str]:
    """The topics that begin so, for completion."""
    from govit.cli.help_topics import names

    return [name for name in names() if name.startswith(incomplete)]


def command(
    topic: Annotated[
        str | None,
        typer.Argument(
            help="主题，英文或中文，例如 check、期限；不写的，列出全部主题", metavar="[TOPIC]", autocompletion=_begun
        ),
    ] = None,
) -> None:
    """显示一个主题的说明；不写主题的，列出全部主题."""
    from govit.base.language import say
    from govit.base.nearest import nearest_word
    from govit.cli.common import stop, tell
    from govit.cli.help_text import as_text, columns_of_terminal, listed
    from govit.cli.help_topics import meant, names, read, summaries

    if topic is None:
        tell(listed(summaries(), columns_of_terminal()), nl=False)
    elif (found := meant(topic)) is not None:
        tell(as_text(read(found), columns_of_terminal()), nl=False)
    elif (near := nearest_word(topic, names())) is not None:
        stop(say("没有“{}”这个主题，最接近的是“{}”").format(topic, near))
    else:
        stop(say("没有“{}”这个主题，govit help 列出全部").format(topic))
