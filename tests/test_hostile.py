"""The hostile inputs of ``tests/hostile.py`` at small sizes, each through a whole process."""

from __future__ import annotations

import json
import os
import re

import hostile
import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs a POSIX system")
SECONDS = 60.0  # of a machine that does other work as well; alone each takes less than one
MEMORY = 600.0  # MB


@pytest.mark.parametrize("case", hostile.CASES, ids=lambda case: case.name)
def test_bytes(case, tmp_path):
    hostile.written(tmp_path / "page", case, case.short)
    result = hostile.run(["parse", "page"], tmp_path, seconds=SECONDS)
    assert not result.faults(SECONDS, MEMORY)
    assert re.search(case.sees, result.told())
    for line in result.out.splitlines() if result.records else ():
        assert json.loads(line)["source"]["name"] == "page"


def test_files_and_outputs(tmp_path):
    for name, result, sees in hostile.ways(tmp_path, 10):
        assert not result.faults(SECONDS, MEMORY), name
        assert re.search(sees, result.told()), name


def test_the_watch_sees_what_is_wrong(tmp_path):
    (tmp_path / "page").write_text("Rain")
    assert hostile.run(["parse", "page"], tmp_path).faults(memory=1.0)
    assert hostile.run(["parse", "page"], tmp_path, seconds=0.01).told() == "HANGS"
    failing = hostile.Result(-9, 1.0, 1.0, 0, b"", "Traceback (most recent call last):\n\x1b[2J", False)
    assert len(failing.faults()) == 3
