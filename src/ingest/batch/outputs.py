"""Where a run's records go. Every output can say how far it is, and go back to where it was.

All of them write under another name ("OUT.partial", "OUT.parts"), and take their own when they are whole.
``mark`` puts what was written on disk and returns the place; an output opened at a place forgets what was
written behind it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import IO, Protocol

from ingest.batch.journal import sync_folder
from ingest.batch.shape import Shape
from ingest.write.text import utf_8

LEFTOVERS = (".partial", ".partial-journal", ".linking.partial", ".seen.partial")
LEARNED = (".learned", ".learned.new")
PARTS = ".parts"


class Output(Protocol):
    """What a run needs of an output. Any call may raise OSError."""

    def write(self, number: int, record: str) -> None:
        """Take the record of item ``number``, counted from 0."""

    def mark(self) -> int:
        """Put everything on disk; return the place."""

    def finish(self) -> None:
        """Give the whole output its name."""

    def close(self) -> None:
        """Let go of it, whole or not."""


def kind_of_output(path: str) -> str:
    """What kind of output a file's name asks for.

    >>> [kind_of_output(p) for p in ("a.jsonl.gz", "a.db", "a.parquet", "-", "a.csv")]
    ['jsonl', 'sqlite', 'parquet', 'jsonl', 'csv']
    """
    stem = path.lower().removesuffix(".gz").removesuffix(".zst")
    suffixes = {
        ".db": "sqlite",
        ".sqlite": "sqlite",
        ".sqlite3": "sqlite",
        ".parquet": "parquet",
        ".csv": "csv",
        ".md": "markdown",
        ".txt": "text",
    }
    return suffixes.get(os.path.splitext(stem)[1], "jsonl")


def open_output(path: str, kind: str, place: int | None, shape: Shape) -> Output:
    """The output of a kind under a name, from the start (None) or from a place that ``mark`` returned.

    The records that it is given have their shape already. Raises OSError, and ImportError where a kind
    needs a package that is not installed.
    """
    if kind == "sqlite":
        from ingest.batch.sqlite import Database

        return Database(path, place, shape)
    if kind == "parquet":
        from ingest.batch.parquet import Parts

        return Parts(path, place, shape)
    form: Callable[[str], str] = _line
    head = ""
    if kind == "csv":
        from ingest.batch.spreadsheet import Table

        table = Table(shape)
        form, head = table.rows, table.head
    elif kind != "jsonl":
        from ingest.write.forms import stream_of

        form = stream_of(kind)
    return AppendedFile(path, place, form, head) if is_durable(path) else Stream(path, form, head)


def is_durable(path: str) -> bool:
    """Whether a run can go back in an output: not on standard output, a device or a pipe."""
    return path != "-" and (not os.path.exists(path) or os.path.isfile(path))


def _line(record: str) -> str:
    return record + "\n"


class Stream:
    """Standard output ("-"), a device or a pipe: records as they come, nothing to go back to."""

    def __init__(self, path: str, form: Callable[[str], str], head: str) -> None:
        self._form = form
        self._file: IO[bytes] = sys.stdout.buffer if path == "-" else open(path, "wb")
        self._put(head)

    def _put(self, text: str) -> None:
        try:
            self._file.write(utf_8(text))
            self._file.flush()
        except OSError:
            if self._file is sys.stdout.buffer:
                # Python flushes once more when it ends, and would then complain a second time.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise

    def write(self, number: int, record: str) -> None:
        self._put(self._form(record))

    def mark(self) -> int:
        return 0

    def finish(self) -> None:
        self.close()

    def close(self) -> None:
        if self._file is not sys.stdout.buffer:
            self._file.close()


class AppendedFile:
    """A file that grows: JSON Lines, CSV, errors; packed if its name says so, a member for each mark.

    gzip members and zstd frames stand one behind the other, so that a packed file, too, can be cut at a
    place. Nothing in them depends on when they were written: the same records give the same bytes.
    """

    def __init__(
        self, path: str, place: int | None, form: Callable[[str], str] = _line, head: str = ""
    ) -> None:
        self.path = path
        self.partial = path + ".partial"
        self._form = form
        self._pack = _packer(path)
        self._waiting: list[str] = []
        if place is not None and not os.path.exists(self.partial):
            os.replace(path, self.partial)  # it had its name already when the run was stopped
        self._file = open(self.partial, "r+b" if place is not None else "wb", buffering=0)
        if place is not None:
            self._file.truncate(place)
            self._file.seek(place)
        elif head:
            self._waiting.append(head)

    def write(self, number: int, record: str) -> None:
        self._waiting.append(self._form(record))

    def mark(self) -> int:
        if self._waiting:
            view = memoryview(self._pack(utf_8("".join(self._waiting))))
            while view:  # an unbuffered write may take a part
                view = view[self._file.write(view) :]
            self._waiting.clear()
            os.fsync(self._file.fileno())
        return self._file.tell()

    def finish(self) -> None:
        self.mark()
        self.close()
        os.replace(self.partial, self.path)
        sync_folder(self.path)

    def close(self) -> None:
        self._file.close()


def _packer(path: str) -> Callable[[bytes], bytes]:
    if path.endswith(".gz"):
        import gzip

        return lambda data: gzip.compress(data, 6, mtime=0)
    if path.endswith(".zst"):
        import zstandard

        return zstandard.ZstdCompressor(level=6).compress
    return bytes


def remove_leftovers(path: str, suffixes: Iterable[str] = LEFTOVERS) -> None:
    """Remove what a run left beside an output."""
    for suffix in suffixes:
        if os.path.exists(path + suffix):
            os.unlink(path + suffix)
    parts = path + PARTS
    if os.path.isdir(parts):
        for name in os.listdir(parts):
            os.unlink(os.path.join(parts, name))
        os.rmdir(parts)
