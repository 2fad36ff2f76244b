"""Records in Parquet, with nested columns. A part is a file of its own until all are there."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from ingest.batch.journal import sync_folder


@lru_cache(maxsize=1)
def record_type() -> pa.Schema:
    """The record as an Arrow schema, read off the JSON Schema that it obeys; Spark uses the same."""
    from ingest.write.schema import schema_text

    schema = json.loads(schema_text())
    return pa.schema([(name, _type(sub, schema)) for name, sub in schema["properties"].items()])


def _type(sub: dict[str, Any], schema: dict[str, Any]) -> pa.DataType:
    if "$ref" in sub:
        return _type(schema["$defs"][sub["$ref"].rpartition("/")[2]], schema)
    for choices in (sub.get("anyOf"), sub.get("oneOf")):
        if choices:
            return _type(next(one for one in choices if one.get("type") != "null"), schema)
    kinds = sub.get("type", "string")
    kind = next(k for k in kinds if k != "null") if isinstance(kinds, list) else kinds
    if kind == "object":
        return pa.struct([(name, _type(one, schema)) for name, one in sub["properties"].items()])
    if kind == "array":
        return pa.list_(_type(sub["items"], schema))
    return {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}.get(kind, pa.string())


class Parts:
    """An output that is a Parquet file; the place is the number of its parts."""

    def __init__(self, path: str, place: int | None) -> None:
        self.path, self._folder = path, path + ".parts"
        self._waiting: list[dict[str, Any]] = []
        os.makedirs(self._folder, exist_ok=True)
        self._count = place or 0
        for name in os.listdir(self._folder):
            if name not in map(self._name, range(self._count)):
                os.unlink(os.path.join(self._folder, name))

    @staticmethod
    def _name(number: int) -> str:
        return f"{number:08}.parquet"

    def write(self, number: int, record: str) -> None:
        self._waiting.append(json.loads(record))

    def mark(self) -> int:
        if self._waiting:
            path = os.path.join(self._folder, self._name(self._count))
            _write(path + ".new", [pa.RecordBatch.from_pylist(self._waiting, record_type())])
            os.replace(path + ".new", path)
            sync_folder(path)
            self._waiting.clear()
            self._count += 1
        return self._count

    def finish(self) -> None:
        self.mark()
        parts = [os.path.join(self._folder, self._name(number)) for number in range(self._count)]
        batches = (batch for part in parts for batch in parquet.ParquetFile(part).iter_batches())
        _write(self.path + ".partial", batches)
        os.replace(self.path + ".partial", self.path)
        sync_folder(self.path)

    def close(self) -> None:
        pass


def _write(path: str, batches: Any) -> None:
    with open(path, "wb") as file:
        with parquet.ParquetWriter(file, record_type(), compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
        file.flush()
        os.fsync(file.fileno())
