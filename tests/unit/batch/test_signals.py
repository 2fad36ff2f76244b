"""Workers and what stops them; the progress that is shown meanwhile."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import TimeoutError
from types import SimpleNamespace
from typing import Any

import pytest
from pebble import ProcessExpired

from ingest.batch import pool, progress
from ingest.batch.item import Failure, Item
from ingest.batch.pool import in_order
from ingest.batch.progress import Progress
from ingest.batch.streams import Meter


@pytest.fixture
def obeyed() -> Iterator[list[int]]:
    """The signals that were obeyed, by a handler that is put back afterwards."""
    told: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    yield told
    signal.signal(signal.SIGTERM, before)


def test_a_signal_waits_for_the_end_and_a_second_one_does_not(obeyed: list[int]) -> None:
    handler = signal.getsignal(signal.SIGTERM)
    with pool._signals_wait() as noted:
        signal.raise_signal(signal.SIGTERM)
        assert (noted, obeyed) == ([signal.SIGTERM], [])
        signal.raise_signal(signal.SIGTERM)
        assert obeyed == [signal.SIGTERM]
    assert obeyed == [signal.SIGTERM, signal.SIGTERM]
    assert signal.getsignal(signal.SIGTERM) is handler


def read(item: Item, work: Any) -> Any:
    return str(item.data)


@pytest.mark.parametrize("at", [3, 69])
def test_a_signal_ends_the_run_when_its_workers_have_gone(obeyed: list[int], at: int) -> None:
    def items() -> Iterator[Item]:
        for number in range(70):
            yield Item("a", number, str(number))
            if number == at:
                signal.raise_signal(signal.SIGTERM)

    results = [result for _, result in in_order(items(), read, None, workers=1, timeout=60)]
    assert results == [str(number) for number in range(len(results))]
    assert len(results) < 70
    assert obeyed == [signal.SIGTERM]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (TimeoutError(), "timeout"),
        (ProcessExpired("gone"), "crashed"),
        (MemoryError(), "out-of-memory"),
        (TypeError("can't be sent"), "internal"),
    ],
)
def test_what_a_worker_could_not_do_is_told(error: Exception, code: str) -> None:
    def result() -> None:
        raise error

    item = Item("a", 3, "text")
    told, failure = pool._result(item, SimpleNamespace(result=result), 2.5)
    assert told is item
    assert (failure.name, failure.position, failure.code) == ("a", 3, code)
    assert code != "timeout" or failure.message == "took longer than 2.5 seconds"
    nothing = Failure("b", None, "empty", "there is nothing in it")
    assert pool._result(nothing, None, 2.5) == (nothing, nothing)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError("none")


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_DRAW_EVERY", 0.0)
    for total, shown in ((2000, "50%"), (None, "1.00kB")):
        screen, meter = Terminal(), Meter()
        monkeypatch.setattr(sys, "stderr", screen)
        with Progress("reading", total, meter, quiet=False) as bar:
            meter.bytes = 1000
            bar.step(3)
            bar._bar.refresh()
        assert "reading" in screen.getvalue() and shown in screen.getvalue()
        assert "1 pages" in screen.getvalue() and "3 errors" in screen.getvalue()


def test_a_line_now_and_then_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_LINE_EVERY", 0.0)
    out, meter = io.StringIO(), Meter()
    monkeypatch.setattr(sys, "stderr", out)
    for total, quiet in ((4000, False), (None, False), (4000, True)):
        with Progress("learning", total, meter, quiet=quiet) as told:
            meter.bytes = 5000  # the file has grown
            told.step(0)
    first, second = out.getvalue().splitlines()
    assert first.startswith("ingest: learning: 100%, 1 pages, ") and first.endswith(" pages/s, 0 errors")
    assert second.startswith("ingest: learning: 1 pages, ")
    monkeypatch.setattr(sys, "stderr", None)
    Progress("learning", None, meter, quiet=False).step(0)  # no one to tell


def test_a_terminal_of_no_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(fileno=lambda: 2))
    for columns, known in ((0, False), (80, True)):
        monkeypatch.setattr(
            os, "get_terminal_size", lambda _, columns=columns: os.terminal_size((columns, 24))
        )
        assert progress._has_size() is known
