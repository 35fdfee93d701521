"""程序入口：`govit` and `python -m govit`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line without looking for garbage, and leave without tidying up what the system frees at once.

    Almost everything that is read lives until the end: both together are a fifth of a short run.
    """
    gc.set_threshold(100_000, 50, 50)
    from govit.cli.commands import main as run

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


if __name__ == "__main__":
    main()
