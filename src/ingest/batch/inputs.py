"""The names that a user gives -> the pages behind them, in a fixed order, each read when its turn comes."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from hashlib import sha256
from typing import IO, NamedTuple

from ingest.batch.files import NameList, wanted_files
from ingest.batch.item import Failure, Item
from ingest.batch.streams import Meter, first_bytes, open_input, seekable
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
    ".wat": "warc",
    ".wacz": "wacz",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
_JSON_LINE = re.compile(rb'\s{0,100}\{\s{0,100}"')


class Fields(NamedTuple):
    """The fields of a table that hold a page, the first that is there of each."""

    text: tuple[str, ...] = ("text", "content")
    html: tuple[str, ...] = ("html",)
    url: tuple[str, ...] = ("url",)
    retrieved: tuple[str, ...] = ("retrieved", "date")


class Survey(NamedTuple):
    """What is known of inputs before they are read."""

    files: int
    bytes: int | None  # on disk; None with a pipe among them
    pages: bool  # whether each file is a page, by its name
    digest: str  # of names, sizes and times of change


class Inputs(NamedTuple):
    """What to read: names, which files of a folder, how tables are laid out, how large a page may be."""

    names: tuple[str, ...] = ()
    listed: NameList | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    kind: str | None = None
    fields: Fields = Fields()
    max_bytes: int = 64 * 2**20
    own: tuple[str, ...] = ()  # what the run itself writes, real paths: no input, wherever it lies

    def items_to_learn_from(self, meter: Meter) -> Iterator[Item | Failure]:
        """The pages of all files that can be read again; a pipe gives its pages once."""
        for name in self.files():
            if isinstance(name, str) and _is_regular(name):
                yield from _items_of(name, self, meter)

    def items(self, meter: Meter | None = None, start: int = 0) -> Iterator[Item | Failure]:
        """The pages and what could not be read, in order, without the first ``start``."""
        meter = meter or Meter()
        number = 0
        for name in self.files():
            if number < start and isinstance(name, str) and self._is_one(name):
                meter.bytes += _size(name)
                number += 1
                continue
            for item in [name] if isinstance(name, Failure) else _items_of(name, self, meter):
                number += 1
                if number > start:
                    yield item

    def files(self) -> Iterator[str | Failure]:
        """The files behind the names, and the folders that can't be read."""
        for names in (self.names, self.listed or ()):
            for name in names:
                yield from wanted_files(name, self.include, self.exclude, self.own)

    def _is_one(self, name: str) -> bool:
        """Whether a file is one page and no container, so that it needs no reading to be passed over."""
        return (self.kind or _kind_of(name)) == "page"

    def survey(self) -> Survey:
        """Look at all files without reading them."""
        digest, count, size, pages = sha256(), 0, 0, True
        known = True
        for name in self.files():
            if isinstance(name, Failure):
                digest.update(repr(name).encode("utf-8", "surrogatepass"))
                continue
            count += 1
            pages = pages and (self.kind or kind_of_name(name)) == "page"
            try:
                status = os.stat(name) if name != "-" else None
            except (OSError, ValueError):
                digest.update(repr(name).encode("utf-8", "surrogatepass"))
                continue
            if status is None or not stat.S_ISREG(status.st_mode):
                known = known and status is not None and not stat.S_ISFIFO(status.st_mode)
                digest.update(repr(name).encode("utf-8", "surrogatepass"))
                continue
            size += status.st_size
            digest.update(repr((name, status.st_size, status.st_mtime_ns)).encode("utf-8", "surrogatepass"))
        return Survey(count, size if known else None, pages, digest.hexdigest())


def kind_of_name(name: str) -> str:
    """What kind of input a file's name promises.

    >>> [kind_of_name(n) for n in ("a.warc.gz", "a.jsonl.zst", "a.html", "-")]
    ['warc', 'jsonl', 'page', 'page']
    """
    stem = name.lower()
    for suffix in _PACKED:
        stem = stem.removesuffix(suffix)
    return _CONTAINERS.get(os.path.splitext(stem)[1], "page")


def _is_regular(name: str) -> bool:
    try:
        return name != "-" and stat.S_ISREG(os.stat(name).st_mode)
    except (OSError, ValueError):
        return False


def _size(name: str) -> int:
    try:
        return os.stat(name).st_size
    except (OSError, ValueError):
        return 0


def _kind_of(name: str) -> str:
    """What kind of input a file is, by its name, or where that does not tell, by its first bytes."""
    kind = kind_of_name(name)
    if kind != "page":
        return kind
    try:
        if name == "-":
            return _kind_of_content(open_input(name, Meter()))
        if not _is_regular(name):
            return kind
        with open_input(name, Meter()) as file:
            return _kind_of_content(file)
    except (OSError, ValueError):
        return kind


def _kind_of_content(file: IO[bytes]) -> str:
    head = first_bytes(file)
    return "warc" if head.startswith(b"WARC/") else "jsonl" if _JSON_LINE.match(head) else "page"


def _items_of(name: str, inputs: Inputs, meter: Meter) -> Iterator[Item | Failure]:
    shown = printable(name)
    try:
        kind = inputs.kind or _kind_of(name)
        if kind == "page":
            meter.bytes += _size(name)
            yield Item(shown, None, read_bytes(name, max_bytes=inputs.max_bytes))
        else:
            yield from _contained(name, shown, kind, inputs, meter)
    except InputError as error:
        hint = _meant(name, inputs) if error.code == "not-found" else ""
        yield Failure(shown, None, error.code, error.message + hint)
    except FileNotFoundError:
        yield Failure(shown, None, "not-found", "no such file" + _meant(name, inputs))
    except IsADirectoryError:
        yield Failure(shown, None, "is-directory", "is a directory")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        yield Failure(shown, None, "unreadable", reason.lower())
    except Exception as error:  # one file that we fail on must not cost the user the others
        yield Failure(shown, None, "internal", f"internal error: {type(error).__name__}: {error}")


def _meant(name: str, inputs: Inputs) -> str:
    """A hint for a name that was typed; where there are many, a program has listed them."""
    from ingest.read.similar import did_you_mean
    from ingest.write.run import MANY

    if name not in inputs.names or len(inputs.names) >= MANY:
        return ""
    return printable(did_you_mean(name))


def _contained(name: str, shown: str, kind: str, inputs: Inputs, meter: Meter) -> Iterator[Item | Failure]:
    """The pages of a container."""
    file = open_input(name, meter)
    try:
        if kind == "warc":
            from ingest.batch.archives import Archive

            yield from Archive(shown, inputs.max_bytes, meter).pages(file)
        elif kind == "wacz":
            from ingest.batch.archives import collected

            yield from collected(seekable(file), shown, inputs.max_bytes, meter)
        else:
            from ingest.batch.tables import rows_of

            yield from rows_of(file, shown, kind, inputs)
    finally:
        if name != "-":
            file.close()
