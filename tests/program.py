"""The program called where a test stands: its exit code and what it prints, without starting a process for it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Ran:
    returncode: int
    stdout: str
    stderr: str


def program(*arguments: object, cwd: Path | None = None, **env: str) -> Ran:
    """`govit` with these arguments; whatever it does not catch itself comes out here."""
    with contextlib.chdir(cwd) if cwd else contextlib.nullcontext():
        done = CliRunner().invoke(app, [str(word) for word in arguments], env=env, catch_exceptions=False)
    return Ran(done.exit_code, done.stdout, done.stderr)
