"""Which files names stand for: folders are walked, lists of names read, a run's own files left out."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch

from ingest.batch.item import Failure
from ingest.batch.journal import JOURNALS
from ingest.batch.outputs import LEARNED, LEFTOVERS, PARTS
from ingest.write.text import printable


def wanted_files(
    name: str, include: Sequence[str] = (), exclude: Sequence[str] = (), own: Sequence[str] = ()
) -> Iterator[str | Failure]:
    """A file's name, or those in a folder in alphabetical order, subfolders and all.

    Links to folders are not followed. ``own`` are outputs (real paths), which are no inputs, nor is
    what a run puts beside them. A folder that can't be read is a failure.
    """
    if name == "-" or not os.path.isdir(name):
        yield name
        return
    closed: list[OSError] = []
    for folder, folders, found in os.walk(name, onerror=closed.append):
        here = os.path.realpath(folder) if own else ""
        ours = {os.path.basename(path) for path in own if os.path.dirname(path) == here}
        folders[:] = sorted(one for one in folders if one.removesuffix(PARTS) not in ours)
        for file in sorted(found):
            path = os.path.join(folder, file)
            if not _is_own(file, ours) and _wanted(os.path.relpath(path, name), file, include, exclude):
                yield path
    for error in closed:
        yield Failure(printable(str(error.filename)), None, "unreadable", str(error.strerror).lower())


def _is_own(file: str, ours: set[str]) -> bool:
    beside = (*LEFTOVERS, *LEARNED, *JOURNALS)
    return bool(ours) and (file in ours or any(file.removesuffix(suffix) in ours for suffix in beside))


def _wanted(path: str, name: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Globs are tried on the file's name and on its path within the folder."""

    def matches(globs: Sequence[str]) -> bool:
        return any(fnmatch(name, glob) or fnmatch(path, glob) for glob in globs)

    return (not include or matches(include)) and not matches(exclude)


class NameList:
    """The names in a file or on standard input ("-"), each ended by a newline or by NUL.

    They stay on disk, however many there are, and can be gone through again. Raises OSError.
    """

    def __init__(self, source: str, nul: bool) -> None:
        self._mark = b"\0" if nul else b"\n"
        self._copy = tempfile.TemporaryFile()
        with sys.stdin.buffer if source == "-" else open(source, "rb") as file:
            shutil.copyfileobj(file, self._copy)
        self._copy.flush()

    def __iter__(self) -> Iterator[str]:
        at, rest = 0, b""
        while chunk := os.pread(self._copy.fileno(), 2**16, at):
            at += len(chunk)
            *names, rest = (rest + chunk).split(self._mark)
            yield from (os.fsdecode(name) for name in names if name)
        if rest:
            yield os.fsdecode(rest)

    def __repr__(self) -> str:
        return "NameList"
