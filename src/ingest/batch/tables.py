"""Pages in the rows of JSON Lines, CSV, TSV and Parquet, read as a stream."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

from ingest.batch.item import Failure, Item
from ingest.dates.relative import moment
from ingest.errors import InputError
from ingest.read.open import packing_of

if TYPE_CHECKING:
    from ingest.batch.inputs import Fields, Inputs
    from ingest.page import Format

_AHEAD = 16  # bytes that show how a file is packed


def rows_of(name: str, shown: str, kind: str, inputs: Inputs) -> Iterator[Item | Failure]:
    """The pages of a table's rows; ``position`` is a row's number, from 1.

    Raises InputError where the table can't be read at all, OSError where the file can't.
    """
    if kind == "parquet":
        yield from _parquet_rows(name, shown, inputs)
        return
    with open_stream(name) as file:
        try:
            yield from (_lines if kind == "jsonl" else _records)(file, shown, kind, inputs)
        except (EOFError, csv.Error, UnicodeDecodeError) as error:
            raise InputError("broken-archive", f"can't be read any further: {error}") from None
        except Exception as error:  # zlib.error, LZMAError, ZstdError: each packing has its own
            if type(error).__module__.split(".")[0] not in (
                "zlib",
                "_lzma",
                "lzma",
                "zstandard",
                "zstd",
                "gzip",
            ):
                raise
            raise InputError("broken-archive", f"the packed data are damaged: {error}") from None


def open_stream(name: str) -> IO[bytes]:
    """A file or standard input ("-") as a stream of unpacked bytes; its first bytes tell what packs it."""
    file: Any = sys.stdin.buffer if name == "-" else open(name, "rb")
    head = file.peek(_AHEAD)[:_AHEAD]
    packing = packing_of(head)
    if packing == "gzip":
        import gzip

        return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]
    if packing == "bzip2":
        import bz2

        return bz2.BZ2File(file)
    if packing == "xz":
        import lzma

        return lzma.LZMAFile(file)
    if packing == "zstandard":
        import zstandard

        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True))
    return file  # type: ignore[no-any-return]


def _lines(file: IO[bytes], shown: str, kind: str, inputs: Inputs) -> Iterator[Item | Failure]:
    """JSON Lines are split at \\n alone: U+2028 is legal within."""
    limit, number = inputs.max_bytes, 0
    while line := file.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(limit)
            yield Failure(shown, number, "too-large", f"the line holds more than {limit:,} bytes")
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Failure(shown, number, "bad-record", f"no JSON: {str(error).partition(':')[0]}")
            continue
        yield _item(row, shown, number, inputs.fields)


def _records(file: IO[bytes], shown: str, kind: str, inputs: Inputs) -> Iterator[Item | Failure]:
    csv.field_size_limit(inputs.max_bytes)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    reader = csv.DictReader(text, delimiter="\t" if kind == "tsv" else ",")
    for number, row in enumerate(reader, 1):
        yield _item(row, shown, number, inputs.fields)


def _parquet_rows(name: str, shown: str, inputs: Inputs) -> Iterator[Item | Failure]:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError("unreadable", "Parquet needs the extra: pip install 'ingest[parquet]'") from None
    try:
        with ParquetFile(name) as table:
            known = [field for group in inputs.fields for field in group if field in table.schema_arrow.names]
            number = 0
            for batch in table.iter_batches(batch_size=64, columns=known):
                for row in batch.to_pylist():
                    number += 1
                    yield _item(row, shown, number, inputs.fields)
    except ArrowException as error:
        raise InputError("broken-archive", f"no Parquet file: {str(error).splitlines()[0]}") from None


def _item(row: Any, shown: str, number: int, fields: Fields) -> Item | Failure:
    if not isinstance(row, Mapping):
        return Failure(shown, number, "bad-record", "no object with fields")
    kinds: tuple[tuple[Format | None, tuple[str, ...]], ...] = (("html", fields.html), (None, fields.text))
    for format, names in kinds:
        data = next((row[name] for name in names if row.get(name)), None)
        if isinstance(data, (str, bytes)):
            url, retrieved = _text(row, fields.url), _text(row, fields.retrieved)
            return Item(shown, number, data, format, url, _time(retrieved))
    wanted = ", ".join((*fields.html, *fields.text))
    return Failure(shown, number, "bad-record", f"no page in any of the fields {wanted}")


def _text(row: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    value = next((row[name] for name in names if row.get(name)), None)
    return str(value) if value is not None else None


def _time(text: str | None) -> str | None:
    """A time of retrieval in ISO 8601; what is none says nothing."""
    try:
        text = text.strip().replace(" ", "T", 1) if text else None
        moment(text)
    except ValueError:
        return None
    return text
