"""Work in several processes: in order, whoever dies is told and hides nothing, and nobody is left behind."""

from __future__ import annotations

import os
import signal
import time

import pytest

from govit.base import workers
from govit.base.workers import Died, WorkError, in_order, processes

pytestmark = pytest.mark.skipif(not workers.can_fork(), reason="one process does it all where there are no forks")


def text(number: int) -> bytes:
    return f"第{number}个".encode()


def no_child_is_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


@pytest.mark.parametrize("jobs", [1, 2, 3, 5, 40])
@pytest.mark.parametrize("things", [0, 1, 2, 7, 50])
def test_what_comes_of_things_is_in_their_order(things: int, jobs: int) -> None:
    assert list(in_order(things, text, jobs)) == [text(n) for n in range(things)]
    assert no_child_is_left()


def test_much_that_waits_for_its_turn_is_neither_lost_nor_mixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_AHEAD", 1000)

    def much(number: int) -> bytes:
        if number == 0:
            time.sleep(0.2)  # the others are far ahead meanwhile
        return bytes([number]) * 300_000

    assert list(in_order(20, much, 4)) == [bytes([n]) * 300_000 for n in range(20)]


@pytest.mark.parametrize("fatal", [(0,), (5,), (19,), (4, 5, 6, 7), tuple(range(20))])
def test_who_dies_is_told_and_hides_no_other(fatal: tuple[int, ...]) -> None:
    def deadly(number: int) -> bytes:
        if number in fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return text(number)

    found = list(in_order(20, deadly, 3))
    assert found == [Died("SIGKILL") if n in fatal else text(n) for n in range(20)]
    assert no_child_is_left()


def test_who_leaves_with_a_code_is_told_too() -> None:
    def leaving(number: int) -> bytes:
        if number == 1:
            os._exit(3)
        return text(number)

    assert list(in_order(3, leaving, 2)) == [text(0), Died("3"), text(2)]


def test_our_own_fault_is_raised_with_its_traceback() -> None:
    def wrong(number: int) -> bytes:
        return text(1 // (5 - number))

    with pytest.raises(WorkError, match="ZeroDivisionError"):
        list(in_order(20, wrong, 2))
    assert no_child_is_left()


def test_who_stops_listening_leaves_nobody_behind() -> None:
    def endless(number: int) -> bytes:
        if number > 1:
            signal.pause()
        return text(number)

    found = in_order(50, endless, 4)
    assert next(found) == text(0)
    found.close()  # type: ignore[attr-defined]  # a generator
    assert no_child_is_left()


def test_processes_are_begun_where_they_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_cores", lambda: 8)
    assert [processes(None, n) for n in (0, 1, 50, 99, 100, 149, 1000, 100_000)] == [1, 1, 1, 1, 2, 2, 8, 8]
    assert [processes(asked, 1000) for asked in (1, 2, 99)] == [1, 2, 99]
    assert processes(4, 3) == 3
    monkeypatch.setattr(workers, "can_fork", lambda: False)
    assert processes(4, 1000) == 1
