"""The commands that a Markdown page shows, run as a reader would run them, and what they print.

A block ```console holds commands, each behind "$ ", its further lines behind "> ", and below it what it
prints. A line "..." stands for any lines. All blocks of a page run in one folder, which is like the checkout.

    python tests/docs/shown.py PAGE...    # writes into the pages what their commands print now
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
# Programs that are not ours and that pages show; without them a page can't be tried out.
_OTHERS = ("datasette", "duckdb", "jq", "sqlite-utils", "sqlite3", "wget")
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)

_SPEED = re.compile(r"[0-9.,]+ pages/s")


class Shown(NamedTuple):
    """A command of a page, with what the page says that it prints."""

    command: str
    output: str


def commands_of(page: str) -> Iterator[Shown]:
    """The commands of a page, in order."""
    for block in _BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *rest = part.split("\n")
            while rest and rest[0].startswith("> "):
                command += "\n" + rest.pop(0)[2:]
            yield Shown(command, "\n".join(rest))


def missing(page: str) -> list[str]:
    """The programs that a page's commands need and that are not there."""
    words = {word for shown in commands_of(page) for word in re.findall(r"[\w-]+", shown.command)}
    return [name for name in _OTHERS if name in words and shutil.which(name, path=search_path()) is None]


def search_path() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def prepare(folder: Path) -> None:
    """Make a folder what a reader has who stands in the checkout; what commands write stays in it."""
    (folder / "src").symlink_to(ROOT / "src")
    shutil.copytree(ROOT / "samples", folder / "samples", ignore=shutil.ignore_patterns("__pycache__"))


def printed(shown: Shown, folder: Path) -> str:
    """What a command prints in a folder, its errors among it."""
    env = {
        **{key: value for key, value in os.environ.items() if not key.startswith("INGEST_")},
        "PATH": search_path(),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / ".config"),
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["bash", "-c", shown.command],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
    )
    return done.stdout.decode("utf-8")


def agrees(shown: str, output: str) -> bool:
    """Whether an output is the one shown, "..." standing for any lines; speeds may differ.

    >>> agrees("a\\n...\\nd\\n", "a\\nb\\nc\\nd\\n"), agrees("a\\n", "b\\n")
    (True, False)
    """
    shown, output = (_SPEED.sub("N pages/s", text.strip("\n") + "\n") for text in (shown, output))
    parts = re.split(r"^\.\.\.$\n?", shown, flags=re.M)
    return re.fullmatch(".*".join(map(re.escape, parts)), output, re.S) is not None


def main(paths: list[str]) -> None:
    for path in map(Path, paths):
        page = path.read_text(encoding="utf-8")
        if missing(page):
            print(f"{path}: left as it is, for want of {', '.join(missing(page))}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            prepare(Path(folder))
            for shown in list(commands_of(page)):
                output = printed(shown, Path(folder))
                if not agrees(shown.output, output):
                    before = "$ " + shown.command.replace("\n", "\n> ") + "\n"
                    assert page.count(before + shown.output) == 1, shown.command
                    output = output.strip("\n") + "\n" if output.strip() else ""
                    page = page.replace(before + shown.output, before + output)
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
