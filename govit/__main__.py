"""程序入口：`govit` and `python -m govit`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line without looking for garbage, and leave without tidying up what the system frees at once.

    Almost everything that is read lives until the end: both together are a fifth of a short run.
    """
    _with_streams()
    _in_utf8()
    gc.set_threshold(100_000, 50, 50)
    from govit.cli.line import run

    try:
        run()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # the reader of the pipe has seen enough, as with `govit check | head`
    os._exit(code)


def _with_streams() -> None:
    """Let what was closed before the program began lead nowhere: else Python has no stream there, and a file takes its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - until the program ends


def _in_utf8() -> None:
    """Start again in UTF-8 mode where Python knows file names as ASCII only, so that a document with a Chinese name is found.

    That is so under a locale that is not installed, with Python's own remedies switched off: files that are there
    would be missing for every rule. Elsewhere names and what is printed follow the locale of the user.
    """
    if sys.getfilesystemencoding() == "ascii" and not sys.flags.utf8_mode and sys.executable:
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - this very program


if __name__ == "__main__":
    main()
