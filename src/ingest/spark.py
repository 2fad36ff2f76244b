"""The same records on a cluster: a Spark DataFrame of pages in, a DataFrame of records out.

Needs the extra ``spark`` (pyspark 4 and a Java runtime). A page that can't be read is a row with ``error``,
never a failed task; the other columns are the record's, nested as RECORD.md has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ingest.batch.item import Failure, Item
from ingest.batch.work import Work, read_item

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

_ROWS = 64  # pages of a batch of rows that goes back to Spark
_ERROR = "error"


def parse_pages(
    df: DataFrame,
    html: str | None = None,
    text: str | None = None,
    url: str | None = None,
    retrieved: str | None = None,
    name: str | None = None,
    position: str | None = None,
    **options: Any,
) -> DataFrame:
    """The records of a DataFrame's pages, a row each.

    ``html`` and ``text`` name the columns that hold a page (one of them is enough; bytes or string),
    ``url``, ``retrieved``, ``name`` and ``position`` those that say where it came from. ``options`` are
    fields of `ingest.batch.work.Work`: ``now``, ``date_order``, ``rest``. Raises ValueError without a
    column of pages.
    """
    if html is None and text is None:
        raise ValueError("name the column that holds the pages: html=… or text=…")
    columns = {
        "html": html,
        "text": text,
        "url": url,
        "retrieved": retrieved,
        "name": name,
        "position": position,
    }
    chosen = {key: column for key, column in columns.items() if column is not None}
    work = Work(**options)

    def convert(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            rows = batch.to_pylist()
            yield from _batches([_item(row, chosen) for row in rows], work)

    return df.select(*dict.fromkeys(chosen.values())).mapInArrow(convert, _spark_schema())


def read_warc(
    spark: SparkSession, paths: str | Sequence[str], max_bytes: int = 64 * 2**20, **options: Any
) -> DataFrame:
    """The records of the pages in WARC and WET archives, a task for each archive.

    ``paths`` are files that every worker can open. A damaged record, and an archive that can't be read,
    is a row with ``error``.
    """
    names = [paths] if isinstance(paths, str) else list(paths)
    work = Work(**options)

    def convert(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from ingest.batch.inputs import Inputs

        for batch in batches:
            for row in batch.to_pylist():
                items: list[Item | Failure] = []
                for item in Inputs((row["path"],), kind="warc", max_bytes=max_bytes).items():
                    items.append(item)
                    if len(items) == _ROWS:
                        yield from _batches(items, work)
                        items = []
                yield from _batches(items, work)

    frame = spark.createDataFrame([(name,) for name in names], "path string")
    return frame.repartition(max(1, len(names)), "path").mapInArrow(convert, _spark_schema())


def _item(row: dict[str, Any], chosen: dict[str, str]) -> Item:
    get = {key: row.get(column) for key, column in chosen.items()}
    is_html = bool(get.get("html"))
    data = get.get("html") or get.get("text") or b""
    return Item(
        name=str(get.get("name") or "-"),
        position=get.get("position"),
        data=bytes(data) if isinstance(data, (bytearray, memoryview)) else data,
        format="html" if is_html else None,
        url=get.get("url"),
        retrieved=str(get["retrieved"]) if get.get("retrieved") else None,
    )


def _batches(items: Sequence[Item | Failure], work: Work) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for start in range(0, len(items), _ROWS):
        rows = [_row(item, work) for item in items[start : start + _ROWS]]
        yield pa.RecordBatch.from_pylist(rows, arrow_schema())


def _row(item: Item | Failure, work: Work) -> dict[str, Any]:
    """A record with ``error`` null, or nothing but the error and where it was."""
    result = read_item(item, work) if isinstance(item, Item) else item
    if isinstance(result, Failure):
        source = {"name": result.name, "position": result.position}
        return {"source": source, _ERROR: {"code": result.code, "message": result.message}}
    return {**json.loads(result.record), _ERROR: None}


def arrow_schema() -> pa.Schema:
    """The record's schema with the column ``error`` (code, message)."""
    import pyarrow as pa

    from ingest.batch.parquet import record_type

    error = pa.struct([("code", pa.string()), ("message", pa.string())])
    return record_type().append(pa.field(_ERROR, error))


def _spark_schema() -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(arrow_schema())
