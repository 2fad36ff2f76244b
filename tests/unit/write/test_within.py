"""Limits of time, memory and size on one page."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

import ingest
from ingest.batch.item import Failure, Item
from ingest.errors import InputError
from ingest.page import Page
from ingest.write import within
from ingest.write.within import parse_within

GB = 2**30
STORY = b"The ferry left the harbour at noon. It had been late all winter, the board said on Friday.\n"


def test_every_size_gives_the_same_page(monkeypatch):
    data = STORY * 100
    page = ingest.parse(data, name="a", rest=True)
    assert parse_within(data, "a", 60, 4 * GB, rest=True) == page
    assert parse_within(data, "a", 30, 4 * GB, rest=True) == page  # by the clock
    monkeypatch.setattr(within, "_LARGE", 100)
    assert parse_within(data, "a", 30, 4 * GB, rest=True) == page  # in another process


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no such clock on this system")
def test_a_page_that_takes_too_long(monkeypatch):
    def slow(data: bytes, **options: object) -> None:
        for _ in range(100):
            time.sleep(0.1)

    before = signal.getsignal(signal.SIGALRM)
    monkeypatch.setattr(ingest, "parse", slow)
    begun = time.monotonic()
    with pytest.raises(InputError, match=r"longer than 0\.2 seconds") as error:
        parse_within(STORY, "a", 0.2, 4 * GB)
    assert error.value.code == "timeout"
    assert time.monotonic() - begun < 5
    assert signal.getsignal(signal.SIGALRM) is before


def test_a_large_page_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(within, "_LARGE", 100)
    with pytest.raises(InputError, match="longer than") as error:
        parse_within(STORY * 20_000, "a", 0.02, 4 * GB)
    assert error.value.code == "timeout"


def test_a_large_page_that_takes_too_much(tmp_path):
    """In a process of its own: what this one has freed, its children could use without asking for more."""
    page = tmp_path / "page.txt"
    page.write_bytes(b"".join(b"Line %d of it, and %d more\n" % (n, n * n) for n in range(49_000)))
    command = [sys.executable, "-m", "ingest", "parse", "--max-memory", "100M", str(page)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1 and not run.stdout
    assert run.stderr.count("\n") == 1
    assert "memory" in run.stderr or "died" in run.stderr


@pytest.mark.parametrize("line", [b"a b\n", b"a b<br>\n", b"It rained again. ", "a\u2028".encode()])
def test_a_page_of_too_many_lines(line):
    with pytest.raises(InputError, match="has more than 1,000 lines") as error:
        ingest.parse(line * 4_000, max_lines=1_000)
    assert error.value.code == "too-large"
    assert ingest.parse(line * 900, max_lines=1_000)


def test_the_process_of_a_large_page_tells_what_went_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INGEST_TRACEBACK", "1")  # it keeps its standard error
    page = within._read(Item("a", None, b"A mill opens"), {"rest": True})
    assert isinstance(page, Page) and page.source.name == "a"
    assert within._read(Item("a", None, b""), {}) == Failure("a", None, "empty", "there is nothing in it")
    for error, code, message in (
        (MemoryError(), "out-of-memory", "needs more memory than it may take"),
        (ImportError("libxml2"), "out-of-memory", "needs more memory than it may take"),
        (KeyError("deck"), "internal", "internal error: KeyError: 'deck'"),
    ):

        def fail(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(within.ingest, "parse", fail)
        assert within._read(Item("a", None, b"A mill opens"), {}) == Failure("a", None, code, message)
