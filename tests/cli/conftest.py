"""The command as a user meets it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "ingest"]
PAGE = """\
Council votes to keep the harbour ferry

The town council voted on Monday night to keep the harbour ferry running through the winter, after a
petition signed by more than four thousand residents of the islands.

Mayor Ines Dahl said the service would be paid for by a fee on the cruise ships that call in summer,
“which nobody in this room will miss”.

Two members voted against the plan. They had asked for a smaller boat and three crossings a day, which
the operator said would leave the school on the outer island without teachers in bad weather.

The first ferry under the new timetable leaves the harbour at half past six on the first of November.
"""

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs ``ingest`` in a folder of its own; text mode is left to the test, output is bytes."""

    def run(*args: str | bytes, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*COMMAND, *args],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, **env},
            timeout=60,
        )

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page in the folder that ``run`` runs in."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def on_a_terminal(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Runs ``ingest`` with its output (and input) on a pseudo-terminal: status and what it showed."""
    pty = pytest.importorskip("pty")

    def run(*args: str, stdin: bool = False, **env: str) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [*COMMAND, *args],
            stdin=theirs if stdin else subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            cwd=tmp_path,
            env={
                "TERM": "xterm",
                **{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM", "LESS", "PAGER")},
                **env,
            },
        )
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # how Linux says that the other side has closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        return process.wait(timeout=30), shown.decode().replace("\r\n", "\n")

    return run
