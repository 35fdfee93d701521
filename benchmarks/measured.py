"""Whole processes measured: CPU time, time on the clock, and peak memory, as medians of several runs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import NamedTuple

PYTHON = sys.executable
DAY = "--as-of=2026-11-20"


class Spent(NamedTuple):
    cpu: float
    seconds: float
    megabytes: float


def program(name: str) -> str | None:
    """A program that is installed beside this Python."""
    path = os.path.join(os.path.dirname(PYTHON), name)
    return path if os.path.exists(path) else None


def govit(*words: object) -> list[str]:
    path = program("govit")
    assert path, "install govit into this Python first"
    return [PYTHON, path, *map(str, words)]


def run(command: list[str], env: dict[str, str] | None = None) -> Spent:
    """One run; a program that breaks is not measured."""
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**given, **(env or {})}
    ) as running:
        said = running.stderr.read() if running.stderr else b""
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode in (0, 1), said.decode()
    assert b"Traceback" not in said, said.decode()
    return Spent(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024)


def in_turn(commands: list[list[str]], runs: int, env: list[dict[str, str]] | None = None) -> list[Spent]:
    """Several commands measured in turn, so that whatever else the machine does disturbs all of them alike."""
    envs = env or [{} for _ in commands]
    for command, one in zip(commands, envs, strict=True):
        run(command, one)
    taken = [[run(command, one) for command, one in zip(commands, envs, strict=True)] for _ in range(runs)]
    return [Spent(*map(statistics.median, zip(*column, strict=True))) for column in zip(*taken, strict=True)]
