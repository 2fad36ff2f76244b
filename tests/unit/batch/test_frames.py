"""Records for a cluster, without one: a frame of rows that are handed over in batches, as Spark's are."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ingest import spark

pa = pytest.importorskip("pyarrow")

STORY = """\
Pilot {number} asks for a deeper channel

By Ines Dahl

{day} January 2024

The harbour board of town {number} voted on Tuesday to dredge the eastern channel before the winter.

Some {number} ferries ran aground there in the spring, and the pilots have asked for deeper water since.

The people of Ferrytown have told their story to our reporters since 1911, and they still do at {site}.
"""


def story(number: int, site: str = "the quay") -> str:
    return STORY.format(number=number, day=1 + number % 28, site=site)


class Frame:
    """A frame of two batches."""

    def __init__(self, rows: list[dict[str, Any]], schema: Any = None) -> None:
        self.rows, self.schema = rows, schema

    def select(self, *columns: str) -> Frame:
        return Frame([{name: row[name] for name in columns} for row in self.rows])

    def mapInArrow(self, convert: Callable[..., Iterator[Any]], schema: Any) -> Frame:
        half = (len(self.rows) + 1) // 2
        batches = [pa.RecordBatch.from_pylist(some) for some in (self.rows[:half], self.rows[half:]) if some]
        return Frame([row for batch in convert(iter(batches)) for row in batch.to_pylist()], schema)

    def toLocalIterator(self, prefetchPartitions: bool = False) -> Iterator[Any]:
        return (SimpleNamespace(**row) for row in self.rows)


@pytest.fixture(autouse=True)
def no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "_spark_schema", spark.arrow_schema)


def test_a_row_for_each_page_in_order_and_an_error_for_what_is_none() -> None:
    rows: list[dict[str, Any]] = [
        {"page": story(number).encode(), "address": f"https://roe.example/{number}", "line": number}
        for number in range(70)
    ]
    rows[64]["page"] = b""
    found = spark.parse_pages(
        Frame(rows), text="page", url="address", position="line", site_memory=False
    ).rows
    assert [row["source"]["position"] for row in found] == list(range(70))
    assert found[64]["error"] == {"code": "empty", "message": "there is nothing in it"}
    assert found[64]["article"] is None
    assert found[65]["article"]["headline"] == "Pilot 65 asks for a deeper channel"
    assert found[65]["source"]["url"] == "https://roe.example/65"
    assert [row["error"] for row in found[:64]] == [None] * 64
    assert set(found[0]) == set(spark.arrow_schema().names)


def test_what_a_site_repeats_is_learned_from_the_pages_themselves() -> None:
    rows = [{"page": story(n), "address": f"https://roe.example/{n}"} for n in range(30)]
    rows += [{"page": story(99, "the mill"), "address": "https://other.example/1"}]
    with_memory = spark.parse_pages(Frame(rows), text="page", url="address").rows
    without = spark.parse_pages(Frame(rows), text="page", url="address", site_memory=False).rows
    line = story(1).splitlines()[-1]
    assert line in without[4]["article"]["paragraphs"]
    assert line not in with_memory[4]["article"]["paragraphs"]
    assert with_memory[30] == without[30]


def test_columns_of_bytes_text_and_times() -> None:
    frame = Frame(
        [
            {"h": b"<h1>A mill opens</h1>", "t": "not this", "when": None, "who": "a"},
            {"h": None, "t": "A mill closes", "when": "2024-01-26T10:05:00+00:00", "who": None},
        ]
    )
    found = spark.parse_pages(frame, html="h", text="t", retrieved="when", name="who", rest=True).rows
    assert [row["source"]["format"] for row in found] == ["html", "text"]
    assert [row["source"]["name"] for row in found] == ["a", "-"]
    assert [row["source"]["retrieved"] for row in found] == [None, "2024-01-26T10:05:00+00:00"]
    with pytest.raises(ValueError, match="html=… or text=…"):
        spark.parse_pages(frame, url="h")


def test_an_archive_that_cannot_be_read_is_a_row(tmp_path: Path) -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + story(1).encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "WARC-Date: 2024-01-26T10:05:00Z\r\n"
        "WARC-Target-URI: https://roe.example/1\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(head.encode() + body + b"\r\n\r\n"))

    def numbers(first: int, end: int, numPartitions: int) -> Frame:
        assert numPartitions == end - first
        return Frame([{"id": number} for number in range(first, end)])

    cluster: Any = SimpleNamespace(range=numbers)
    missing = str(tmp_path / "b.warc.gz")
    found = spark.read_warc(cluster, [str(path), missing]).rows
    assert found[0]["article"]["headline"] == "Pilot 1 asks for a deeper channel"
    assert (found[1]["source"]["name"], found[1]["error"]["code"]) == (missing, "not-found")
    (one,) = spark.read_warc(cluster, str(path), site_memory=False).rows
    assert one == found[0]
