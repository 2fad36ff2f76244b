"""Pages from archives, tables and folders: what can't be read is told in its place, and reading goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ingest.batch import inputs as inputs_module
from ingest.batch.archives import Archive, collected
from ingest.batch.files import wanted_files
from ingest.batch.inputs import Inputs
from ingest.batch.item import Failure, Item
from ingest.batch.streams import Meter, first_bytes, open_input
from ingest.errors import InputError

PAGE = b"A mill opens. The council said so on Friday."


def record(
    block: bytes = PAGE,
    kind: str = "conversion",
    mime: str = "text/plain",
    length: int | None = None,
    **more: str,
) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:1>",
        *(f"{name.replace('_', '-')}: {value}" for name, value in more.items()),
        *([f"Content-Type: {mime}"] if mime else []),
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def read(data: bytes, max_bytes: int = 10_000) -> tuple[list[Any], Meter]:
    meter = Meter()
    pages = Archive("a.warc", max_bytes, meter).pages(io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]
    told = [page.data if isinstance(page, Item) else page.code for page in pages]
    return told, meter


def test_an_archive_without_records_is_empty() -> None:
    with pytest.raises(InputError, match="there is no record in it"):
        read(b"")


def test_records_that_are_too_large_or_hold_nothing() -> None:
    told, _ = read(record() + record(b"x" * 20_000) + record(b"") + record())
    assert told == [PAGE, "too-large", "empty", PAGE]
    body = gzip.compress(b"x" * 20_000)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n" + body
    told, _ = read(record(http, "response", "application/http"))
    assert told == ["too-large"]


def test_what_is_no_page_is_counted_by_its_kind() -> None:
    data = b"".join(
        (
            record(kind="warcinfo"),
            record(
                b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nnone",
                "response",
                "application/http",
            ),
            record(mime="image/png"),
            record(),
        )
    )
    told, meter = read(data)
    assert told == [PAGE]
    assert meter.skipped == {"warcinfo": 1, "status 404": 1, "image/png": 1}
    told, meter = read(b"".join(record(mime=f"x/{number}") for number in range(130)))
    assert told == []
    assert len(meter.skipped) == 101 and meter.skipped["other"] == 30


def test_a_record_of_another_length_than_it_says_costs_no_other() -> None:
    told, _ = read(record() + record(length=len(PAGE) - 9) + record(b"The next one"))
    assert told == [PAGE, "broken-archive", b"The next one"]
    told, _ = read(record() + b"rubbish between the records\r\n" + record(b"The next one"))
    assert told == [PAGE, "broken-archive", b"The next one"]
    told, _ = read(record() + b"rubbish at the end of it all")
    assert told == [PAGE, "broken-archive"]


def test_a_time_that_is_none_says_nothing() -> None:
    def first(when: str) -> str | None:
        data = io.BytesIO(record(WARC_Date=when))
        (page,) = Archive("a", 10_000, Meter()).pages(io.BufferedReader(data))  # type: ignore[arg-type]
        assert isinstance(page, Item)
        return page.retrieved

    assert first("2024-01-26T10:05:00Z") == "2024-01-26T10:05:00Z"
    assert first("last Friday") is None


def test_many_records_in_one_member_have_their_places_in_what_is_unpacked() -> None:
    one, two, three = record(b"One"), record(b"Two"), record(b"Three")
    file: Any = io.BufferedReader(io.BytesIO(gzip.compress(one + two) + gzip.compress(three)))
    pages = list(Archive("a", 10_000, Meter()).pages(file))
    assert [page.position for page in pages] == [0, len(one), len(one) + len(two)]


def test_a_collection_without_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("pages/pages.jsonl", "{}")
    with open(path, "rb") as file, pytest.raises(InputError, match="there is no archive in it"):
        list(collected(file, "a.wacz", 10_000, Meter()))
    with pytest.raises(InputError, match="no whole ZIP file"):
        list(collected(io.BytesIO(path.read_bytes()[:-30]), "a.wacz", 10_000, Meter()))


def rows(path: Path, data: bytes, **options: Any) -> list[Any]:
    path.write_bytes(data)
    found = Inputs((str(path),), **options).items()
    return [
        item.data if isinstance(item, Item) else f"{item.position} {item.code}: {item.message}"
        for item in found
    ]


def test_lines_of_json_that_hold_no_page(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": "One"}).encode(),
        b"",
        b"{no json",
        b'["no object"]',
        json.dumps({"text": "x" * 300}).encode(),
        json.dumps({"text": "", "html": None}).encode(),
        json.dumps({"body": "elsewhere"}).encode(),
        json.dumps({"text": "Two\u2028still two", "date": "last week"}, ensure_ascii=False).encode(),
    ]
    assert rows(tmp_path / "a.jsonl", b"\n".join(lines), max_bytes=100) == [
        "One",
        "3 bad-record: no JSON: Expecting property name enclosed in double quotes",
        "4 bad-record: no object with fields",
        "5 too-large: the line holds more than 100 bytes",
        "6 empty: there is nothing in it",
        "7 bad-record: no page in any of the fields html, text, content",
        "Two\u2028still two",
    ]


def test_a_time_of_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,date\nOne,2024-01-26 10:05\nTwo,last week\n", encoding="utf-8")
    found = [item.retrieved for item in Inputs((str(path),)).items() if isinstance(item, Item)]
    assert found == ["2024-01-26T10:05", None]


def test_tables_of_other_encodings(tmp_path: Path) -> None:
    table = "text;url\nMüller kommt;https://roe.example/1\n"
    assert rows(tmp_path / "a.csv", table.encode("utf-16")) == ["Müller kommt"]
    assert rows(tmp_path / "b.csv", table.encode("utf-8-sig")) == ["Müller kommt"]
    assert rows(tmp_path / "c.csv", table.encode("latin-1")) == ["Müller kommt".encode("latin-1")]
    assert rows(tmp_path / "d.tsv", b"text\turl\nOne; two, three\t-\n") == ["One; two, three"]


def test_a_table_that_cannot_be_read_any_further(tmp_path: Path) -> None:
    long = b"text,url\nOne,a\n" + b"y" * 400 + b",b\n"
    assert rows(tmp_path / "a.csv", long, max_bytes=100) == [
        "One",
        "2 bad-record: can't be read any further: a line holds more than 100 bytes",
    ]
    packed = gzip.compress(b"".join(b'{"text": "page %d"}\n' % number for number in range(5000)))
    *pages, last = rows(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2])
    assert pages[:2] == ["page 0", "page 1"]
    assert last.startswith(f"{len(pages) + 1} broken-archive: the data are damaged from here on")


def test_parquet_that_is_none_or_needs_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    (told,) = rows(tmp_path / "a.parquet", b"PAR1 but nothing else")
    assert told.startswith("None broken-archive: no Parquet file")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    (told,) = rows(tmp_path / "a.parquet", b"PAR1")
    assert told == "None unreadable: Parquet needs the extra: pip install 'ingest[parquet]'"


def test_pages_that_are_done_are_passed_over_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"Page {number}", encoding="utf-8")
    opened: list[str] = []
    read_bytes = inputs_module.read_bytes

    def noted(name: str, **options: Any) -> bytes:
        opened.append(os.path.basename(name))
        return read_bytes(name, **options)

    monkeypatch.setattr(inputs_module, "read_bytes", noted)
    meter = Meter()
    (item,) = Inputs((str(tmp_path),)).items(meter, 3)
    assert isinstance(item, Item) and item.data == b"Page 3"
    assert opened == ["3.txt"]
    assert meter.bytes == 4 * len("Page 0")


def test_files_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = (str(tmp_path / "no.jsonl"), str(tmp_path / "a.jsonl"), "a\0b.jsonl", "no.txt")
    (tmp_path / "a.jsonl").mkdir()
    inputs = Inputs(names, kind="jsonl")
    found = [item.code for item in inputs.items() if isinstance(item, Failure)]
    assert found == ["not-found", "unreadable", "not-found"]  # an empty folder holds nothing
    assert list(inputs.items_to_learn_from(Meter())) == []
    survey = inputs.survey()
    assert (survey.files, survey.bytes) == (3, 0)
    monkeypatch.setattr(inputs_module, "read_bytes", lambda *_, **__: 1 // 0)
    (failure,) = Inputs(("no.txt",)).items()
    assert failure == Failure(
        "no.txt", None, "internal", "internal error: ZeroDivisionError: integer division or modulo by zero"
    )


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(name: str, onerror: Any) -> Any:
        onerror(PermissionError(13, "Permission denied", name + "/closed"))
        return iter([(name, [], ["b.txt", "a.txt", "out.jsonl", "out.jsonl.partial", "a.tmp"])])

    monkeypatch.setattr(os, "walk", walk)
    own = [os.path.realpath(tmp_path / "out.jsonl")]
    *files, failure = wanted_files(str(tmp_path), exclude=["*.tmp"], own=own)
    assert files == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    assert failure == Failure(f"{tmp_path}/closed", None, "unreadable", "permission denied")


def test_streams_that_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match="is a device or a socket"):
        open_input(os.devnull, Meter())
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(OSError, match="there is no standard input"):
        open_input("-", Meter())
    damaged: Any = io.BufferedReader(io.BytesIO(gzip.compress(PAGE)[:4] + b"\xff" * 60))
    assert first_bytes(damaged) == b""
