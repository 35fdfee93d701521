"""命令行的一行：its language, its command, and how it ends. Typer is imported for the lines that need it, not for plain ones."""

from __future__ import annotations

import codecs
import sys

from govit.base.language import speak
from govit.cli.plain import language_of, plain_call


def run() -> None:
    """Run the program; output never fails on a console that lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            ascii_only = codecs.lookup(stream.encoding).name == "ascii"  # of a system that was told no language
            stream.reconfigure(errors="replace", encoding="utf-8" if ascii_only else None)
    language, words = language_of(sys.argv[1:])
    speak(language)
    try:
        call = plain_call(words)
        if call is not None:
            call()
            return
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - told apart there; what is our own fault is raised again
        from govit.cli.commands import ended

        ended(error)
    from govit.cli.commands import app

    app(prog_name="govit")
