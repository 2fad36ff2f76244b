"""What was counted in the first pass is gone before the second."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.batch.sites import Repeated, digest, load, save

COUNTED = """\
import os, re
from ingest.batch.memory import give_back_memory

def own():
    return int(re.search(r"Private_Dirty: +([0-9]+)", open("/proc/self/smaps_rollup").read())[1])

before = own()
rooms = [bytes(20_000) for _ in range(1_000)]
kept = rooms[::50] + [bytes(20_000)]  # the last of all: nothing before it goes by itself
full = own()
del rooms
give_back_memory()
print(full - before, own() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is told by Linux alone")
def test_memory_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", COUNTED], capture_output=True, text=True, timeout=60)
    taken, left = map(int, done.stdout.split())
    assert taken > 10_000  # KB
    assert left < taken / 3


def test_a_library_that_can_not_give_back(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    from ingest.batch.memory import give_back_memory

    asked = []

    def library(name: None) -> object:
        asked.append(name)
        return object()

    monkeypatch.setattr(ctypes, "CDLL", library)
    give_back_memory()
    assert asked == [None]


def test_what_is_repeated_is_known_again(tmp_path: Path) -> None:
    texts = [f"line {number}" for number in range(200)]
    repeated = Repeated(map(digest, texts))
    assert all(text in repeated for text in texts)
    assert not any(f"story {number}" in repeated for number in range(200))
    path = str(tmp_path / "learned")
    save(path, "run", {"roe.example": repeated})
    known = load(path, "run")
    assert known is not None and len(known["roe.example"]) == 200
    assert all(text in known["roe.example"] for text in texts)
    assert load(path, "another run") is None
