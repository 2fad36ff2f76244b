"""Records in Parquet, with nested columns. A part is a file of its own until all are there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from ingest.batch.journal import sync_folder
from ingest.batch.shape import Shape, kind_of, resolved, schema_at

_PART = ".parquet"
_GROUP = 16 * 2**20  # bytes of a row group, before it is packed


@lru_cache(maxsize=8)
def record_type(shape: Shape | None = None) -> pa.Schema:
    """The record, or chosen keys of it, as an Arrow schema, read off its JSON Schema; Spark uses the same."""
    if shape is not None and shape.select:
        keys = dict.fromkeys((*shape.select, *shape.added))
    else:
        keys = dict.fromkeys(schema_at("")["properties"])
    return pa.schema([(key, _type(schema_at(key))) for key in keys])


def _type(sub: dict[str, Any]) -> pa.DataType:
    sub = resolved(sub)
    kind = kind_of(sub)
    if kind == "object":
        return pa.struct([(name, _type(one)) for name, one in sub["properties"].items()])
    if kind == "array":
        return pa.list_(_type(sub["items"]))
    return {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}.get(kind, pa.string())


class Parts:
    """An output that is a Parquet file; the place is the number of its parts."""

    def __init__(self, path: str, place: int | None, shape: Shape) -> None:
        self._schema = record_type(shape)
        self.path, self._folder = path, path + ".parts"
        self._waiting: list[dict[str, Any]] = []
        os.makedirs(self._folder, exist_ok=True)
        self._count = place or 0
        for name in os.listdir(self._folder):
            if not name.endswith(_PART) or int(name.removesuffix(_PART)) >= self._count:
                os.unlink(os.path.join(self._folder, name))

    @staticmethod
    def _name(number: int) -> str:
        return f"{number:08}{_PART}"

    def write(self, number: int, record: str) -> None:
        self._waiting.append(json.loads(record))

    def mark(self) -> int:
        if self._waiting:
            path = os.path.join(self._folder, self._name(self._count))
            _write(path + ".new", self._schema, [pa.Table.from_pylist(self._waiting, self._schema)])
            os.replace(path + ".new", path)
            sync_folder(path)
            self._waiting.clear()
            self._count += 1
        return self._count

    def finish(self) -> None:
        self.mark()
        parts = [os.path.join(self._folder, self._name(number)) for number in range(self._count)]
        _write(self.path + ".partial", self._schema, _groups(parts))
        os.replace(self.path + ".partial", self.path)
        sync_folder(self.path)

    def close(self) -> None:
        pass


def _groups(parts: list[str]) -> Iterator[pa.Table]:
    """The rows of all parts, in tables of a size that readers like for a row group."""
    tables: list[pa.Table] = []
    for part in parts:
        tables.append(parquet.read_table(part))
        if sum(table.nbytes for table in tables) >= _GROUP:
            yield pa.concat_tables(tables)
            tables = []
    if tables:
        yield pa.concat_tables(tables)


def _write(path: str, schema: pa.Schema, tables: Iterable[pa.Table]) -> None:
    with open(path, "wb") as file:
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            for table in tables:
                writer.write_table(table)
        file.flush()
        os.fsync(file.fileno())
