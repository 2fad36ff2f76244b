"""The names that a user gives -> the pages behind them, in a fixed order, each read when its turn comes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from typing import NamedTuple

from ingest.batch.item import Failure, Item
from ingest.errors import InputError
from ingest.read.open import read_bytes
from ingest.write.text import printable

_PACKED = (".gz", ".zst", ".bz2", ".xz")
_CONTAINERS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jl": "jsonl",
    ".warc": "warc",
    ".wet": "warc",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}


class Fields(NamedTuple):
    """The fields of a table that hold a page, the first that is there of each."""

    text: tuple[str, ...] = ("text", "content")
    html: tuple[str, ...] = ("html",)
    url: tuple[str, ...] = ("url",)
    retrieved: tuple[str, ...] = ("retrieved", "date")


class Inputs(NamedTuple):
    """What to read: names, which files of a folder, how tables are laid out, how large a page may be."""

    names: tuple[str, ...]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    kind: str | None = None
    fields: Fields = Fields()
    max_bytes: int = 64 * 2**20

    def items(self, skipped: dict[str, int] | None = None) -> Iterator[Item | Failure]:
        """The pages and what could not be read, in order. ``skipped`` counts an archive's other records."""
        for name in files(self.names, self.include, self.exclude):
            yield from _items_of(name, self, skipped if skipped is not None else {})


def files(names: Iterable[str], include: Sequence[str] = (), exclude: Sequence[str] = ()) -> Iterator[str]:
    """The files behind names; a folder's in alphabetical order, subfolders and all, links not followed."""
    for name in names:
        if name == "-" or not os.path.isdir(name):
            yield name
            continue
        for folder, folders, found in os.walk(name):
            folders.sort()
            for file in sorted(found):
                path = os.path.join(folder, file)
                inner = os.path.relpath(path, name)
                if _wanted(inner, file, include, exclude):
                    yield path


def _wanted(path: str, name: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Globs are tried on the file's name and on its path within the folder."""

    def matches(globs: Sequence[str]) -> bool:
        return any(fnmatch(name, glob) or fnmatch(path, glob) for glob in globs)

    return (not include or matches(include)) and not matches(exclude)


def kind_of_name(name: str) -> str:
    """What kind of input a file's name promises.

    >>> [kind_of_name(n) for n in ("a.warc.gz", "a.jsonl.zst", "a.html", "-")]
    ['warc', 'jsonl', 'page', 'page']
    """
    stem = name.lower()
    for suffix in _PACKED:
        stem = stem.removesuffix(suffix)
    return _CONTAINERS.get(os.path.splitext(stem)[1], "page")


def _items_of(name: str, inputs: Inputs, skipped: dict[str, int]) -> Iterator[Item | Failure]:
    kind = inputs.kind or kind_of_name(name)
    shown = printable(name)
    try:
        if kind == "page":
            yield Item(shown, None, read_bytes(name, max_bytes=inputs.max_bytes))
        elif kind == "warc":
            from ingest.batch.archives import archived

            yield from archived(name, shown, inputs.max_bytes, skipped)
        else:
            from ingest.batch.tables import rows_of

            yield from rows_of(name, shown, kind, inputs)
    except InputError as error:
        yield Failure(shown, None, error.code, error.message)
    except FileNotFoundError:
        yield Failure(shown, None, "not-found", "no such file")
    except OSError as error:
        yield Failure(shown, None, "unreadable", (error.strerror or str(error)).lower())
    except Exception as error:  # one file that we fail on must not cost the user the others
        yield Failure(shown, None, "internal", f"internal error: {type(error).__name__}: {error}")


def named_in(source: str, nul: bool) -> Iterator[str]:
    """The names that a file or standard input ("-") lists, a line each or ended by NUL. Raises OSError."""
    if source == "-":
        data = sys.stdin.buffer.read()
    else:
        with open(source, "rb") as file:
            data = file.read()
    yield from (os.fsdecode(name) for name in data.split(b"\0" if nul else b"\n") if name)
