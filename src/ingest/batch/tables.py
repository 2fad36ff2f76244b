"""Pages in the rows of JSON Lines, CSV, TSV and Parquet, read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

from ingest.batch.item import Failure, Item
from ingest.batch.streams import head_of, is_damage, seekable, unpacked
from ingest.dates.relative import moment
from ingest.errors import InputError

if TYPE_CHECKING:
    from ingest.batch.inputs import Fields, Inputs
    from ingest.page import Format

_BUFFER = 2**20  # bytes of a Parquet column that are read ahead, not the whole of its row group
_NO_UTF_8 = re.compile("[\udc80-\udcff]")


def rows_of(file: IO[bytes], shown: str, kind: str, inputs: Inputs) -> Iterator[Item | Failure]:
    """The pages of an open table's rows; ``position`` is a row's number, from 1.

    Raises InputError where the table can't be read at all, OSError where the file can't.
    """
    if kind == "parquet":
        yield from _parquet_rows(seekable(file), shown, inputs)
        return
    number = 0
    try:
        for number, row in (_lines if kind == "jsonl" else _records)(unpacked(file), kind, inputs):
            if isinstance(row, InputError):
                yield Failure(shown, number, row.code, row.message)
            else:
                yield _item(row, shown, number, inputs.fields)
    except csv.Error as error:
        yield Failure(shown, number + 1, "bad-record", f"can't be read any further: {error}")
    except Exception as error:
        if not is_damage(error) and not isinstance(error, OSError):
            raise
        yield Failure(shown, number + 1, "broken-archive", f"the data are damaged from here on: {error}")


def _lines(file: IO[bytes], kind: str, inputs: Inputs) -> Iterator[tuple[int, Any]]:
    """JSON Lines are split at \\n alone: U+2028 is legal within."""
    limit, number = inputs.max_bytes, 0
    while line := file.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(limit)
            yield number, InputError("too-large", f"the line holds more than {limit:,} bytes")
        elif line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, InputError("bad-record", f"no JSON: {str(error).partition(':')[0]}")


def _records(file: IO[bytes], kind: str, inputs: Inputs) -> Iterator[tuple[int, Any]]:
    csv.field_size_limit(inputs.max_bytes)
    head = head_of(file)
    lines: Iterable[str]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        lines = io.TextIOWrapper(file, "utf-16", errors="replace", newline="")
    else:
        lines = _text_lines(file, inputs.max_bytes)
    first = next(iter(lines), "")
    lines = itertools.chain([first], lines)
    mark = "\t" if kind == "tsv" else max(",;\t", key=first.count)
    pages = (*inputs.fields.html, *inputs.fields.text)
    for number, row in enumerate(csv.DictReader(lines, delimiter=mark), 1):
        for name in pages:
            if (text := row.get(name)) and not text.isascii() and _NO_UTF_8.search(text):
                row[name] = text.encode("utf-8", "surrogateescape")  # decoded as a file of its own would be
        yield number, row


def _text_lines(file: IO[bytes], limit: int) -> Iterator[str]:
    """Lines as text; bytes that are no UTF-8 stay what they are, as surrogates."""
    encoding = "utf-8-sig"
    while line := file.readline(limit + 1):
        if len(line) > limit and not line.endswith(b"\n"):
            raise csv.Error(f"a line holds more than {limit:,} bytes")
        yield line.decode(encoding, "surrogateescape")
        encoding = "utf-8"


def _parquet_rows(file: IO[bytes], shown: str, inputs: Inputs) -> Iterator[Item | Failure]:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError("unreadable", "Parquet needs the extra: pip install 'ingest[parquet]'") from None
    number = 0
    try:
        with ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False) as table:
            known = [field for group in inputs.fields for field in group if field in table.schema_arrow.names]
            for batch in table.iter_batches(batch_size=64, columns=known):
                for row in batch.to_pylist():
                    number += 1
                    yield _item(row, shown, number, inputs.fields)
    except (ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        if number == 0:
            raise InputError("broken-archive", f"no Parquet file: {reason}") from None
        yield Failure(shown, number + 1, "broken-archive", f"the data are damaged from here on: {reason}")


def _item(row: Any, shown: str, number: int, fields: Fields) -> Item | Failure:
    if not isinstance(row, Mapping):
        return Failure(shown, number, "bad-record", "no object with fields")
    kinds: tuple[tuple[Format | None, tuple[str, ...]], ...] = (("html", fields.html), (None, fields.text))
    empty = False
    for format, names in kinds:
        empty = empty or any(row.get(name) in ("", b"") for name in names)
        data = next((row[name] for name in names if row.get(name)), None)
        if isinstance(data, (str, bytes)):
            url, retrieved = _text(row, fields.url), _text(row, fields.retrieved)
            return Item(shown, number, data, format, url, _time(retrieved))
    if empty:
        return Failure(shown, number, "empty", "there is nothing in it")
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
