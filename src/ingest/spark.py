"""The same records on a cluster: a Spark DataFrame of pages in, a DataFrame of records out.

Needs the extra ``spark`` (pyspark 4 and a Java runtime). A page that can't be read is a row with ``error``,
never a failed task; the other columns are the record's, nested as RECORD.md has them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from ingest.batch import sites
from ingest.batch.item import Failure, Item
from ingest.batch.work import Work, read_item, site_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

_ROWS = 64  # pages of a batch of rows that goes back to Spark
_ERROR = "error"

ItemsOf = Callable[[dict[str, Any]], "Iterator[Item | Failure]"]


def parse_pages(
    df: DataFrame,
    html: str | None = None,
    text: str | None = None,
    url: str | None = None,
    retrieved: str | None = None,
    name: str | None = None,
    position: str | None = None,
    site_memory: bool = True,
    **options: Any,
) -> DataFrame:
    """The records of a DataFrame's pages, a row each.

    ``html`` and ``text`` name the columns that hold a page (one of them is enough; bytes or string),
    ``url``, ``retrieved``, ``name`` and ``position`` those that say where it came from. ``options`` are
    fields of `ingest.batch.work.Work`: ``now``, ``date_order``, ``rest``. ``site_memory`` has the pages
    looked through first, when this is called, for what publishers repeat: as `ingest batch` does, and with
    the same result for pages in the same order. Raises ValueError without a column of pages.
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

    def items_of(row: dict[str, Any]) -> Iterator[Item | Failure]:
        yield _item(row, chosen)

    frame = df.select(*dict.fromkeys(chosen.values()))
    return _records(frame, items_of, Work(**options), site_memory)


def read_warc(
    spark: SparkSession,
    paths: str | Sequence[str],
    max_bytes: int = 64 * 2**20,
    site_memory: bool = True,
    **options: Any,
) -> DataFrame:
    """The records of the pages in WARC and WET archives, a task for each archive.

    ``paths`` are files that every worker can open. A damaged record, and an archive that can't be read,
    is a row with ``error``. ``site_memory`` and ``options`` are those of `parse_pages`.
    """
    names = [paths] if isinstance(paths, str) else list(paths)

    def items_of(row: dict[str, Any]) -> Iterator[Item | Failure]:
        from ingest.batch.inputs import Inputs

        yield from Inputs((names[row["id"]],), kind="warc", max_bytes=max_bytes).items()

    frame = spark.range(0, len(names), numPartitions=max(1, len(names)))
    return _records(frame, items_of, Work(**options), site_memory)


def _records(frame: DataFrame, items_of: ItemsOf, work: Work, site_memory: bool) -> DataFrame:
    """The records of what the rows of a frame stand for."""
    work = work._replace(repeated=_learned(frame, items_of) if site_memory else {})

    def convert(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        items = (item for batch in batches for row in batch.to_pylist() for item in items_of(row))
        while some := list(islice(items, _ROWS)):
            yield _arrow([_row(item, work) for item in some], arrow_schema())

    return frame.mapInArrow(convert, _spark_schema())


def _learned(frame: DataFrame, items_of: ItemsOf) -> dict[str, sites.Repeated]:
    """What publishers repeat: the workers look at the pages, the driver counts, as the command does."""

    def look(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        schema = pa.schema([(name, pa.binary()) for name in ("known", "site", "lines", "long")])
        items = (item for batch in batches for row in batch.to_pylist() for item in items_of(row))
        while some := list(islice(items, _ROWS)):
            yield _arrow([_seen(item) for item in some if isinstance(item, Item)], schema)

    sample, lines = sites.Sample(), sites.Lines()
    seen = frame.mapInArrow(look, "known binary, site binary, lines binary, long binary")
    for row in seen.toLocalIterator(prefetchPartitions=True):
        if sample.takes(bytes(row.known).decode()):
            digests = (frozenset(sites.cut(bytes(part))) for part in (row.lines, row.long))
            lines.add(sites.PageLines(bytes(row.site).decode(), *digests))
    return lines.repeated()


def _seen(item: Item) -> dict[str, bytes]:
    page = sites.lines_of(item)
    parts = {"lines": b"".join(page.lines), "long": b"".join(page.long)}
    return {"known": site_of(item).encode(), "site": page.site.encode(), **parts}


def _arrow(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist(rows, schema)


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
