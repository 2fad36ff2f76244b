"""WARC and WET: what of an archive is a page, and what damage costs."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import zipfile

import pytest
import zstandard

from ingest.batch.archives import Archive
from ingest.batch.item import Failure, Item
from ingest.batch.streams import Meter

from .conftest import html_story, records, response, story, warc_record


def archive(path, made: list[bytes], packed: bool) -> list[int]:
    """Write an archive; return the offset of each record."""
    offsets, data = [], b""
    for one in made:
        offsets.append(len(data))
        data += gzip.compress(one) if packed else one
    path.write_bytes(data)
    return offsets


@pytest.mark.parametrize("packed", [True, False])
def test_responses_become_records_with_their_offsets(run, tmp_path, packed):
    made = [
        warc_record("warcinfo", "", b"software: test\r\n", "application/warc-fields"),
        warc_record("request", "https://news.example/1", b"GET / HTTP/1.1\r\n\r\n", "application/http"),
        response(1),
        response(2, packed=True),
        response(3, mime="image/png"),
        response(4, status="404 Not Found"),
        warc_record("revisit", "https://news.example/1", b"", "application/http"),
        warc_record("conversion", "https://news.example/5", story(5).encode(), "text/plain"),
    ]
    name = "a.warc.gz" if packed else "a.warc"
    offsets = archive(tmp_path / name, made, packed)
    done = run(name, "--summary", "s.json", "-q")
    found = [record["source"] for record in records(done.stdout)]
    assert done.returncode == 0, done.stderr
    assert [source["position"] for source in found] == [offsets[2], offsets[3], offsets[7]]
    assert [source["url"] for source in found] == [f"https://news.example/{n}" for n in (1, 2, 5)]
    assert [source["format"] for source in found] == ["html", "html", "text"]
    assert {source["retrieved"] for source in found} == {"2024-01-26T10:05:00Z"}
    skipped = json.loads((tmp_path / "s.json").read_text())["skipped"]
    assert skipped == {"image/png": 1, "request": 1, "revisit": 1, "status 404": 1, "warcinfo": 1}


def test_the_http_header_tells_the_charset(run, tmp_path):
    page = html_story(1).replace("The council", "Die Täter flüchteten zu Fuß über die Brücke. The council")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=cp850\r\n\r\n" + page.encode("cp850")
    record = warc_record("response", "https://news.example/", http, "application/http; msgtype=response")
    archive(tmp_path / "a.warc.gz", [record], True)
    (found,) = records(run("a.warc.gz", "-q").stdout)
    assert found["source"]["encoding"] == "cp850"
    assert "Die Täter flüchteten zu Fuß über die Brücke." in found["article"]["paragraphs"][0]


def test_behind_a_flipped_bit_reading_goes_on(run, tmp_path):
    made = [response(number) for number in range(6)]
    offsets = archive(tmp_path / "a.warc.gz", made, True)
    data = bytearray((tmp_path / "a.warc.gz").read_bytes())
    data[offsets[2] + 90] ^= 0xFF
    (tmp_path / "a.warc.gz").write_bytes(data)
    done = run("a.warc.gz", "-q", "-o", "out.jsonl")
    positions = [record["source"]["position"] for record in records((tmp_path / "out.jsonl").read_bytes())]
    errors = records((tmp_path / "out.jsonl.errors.jsonl").read_bytes())
    assert (done.returncode, positions) == (1, [offsets[n] for n in (0, 1, 3, 4, 5)])
    assert [(error["position"], error["code"]) for error in errors] == [(offsets[2], "broken-archive")]


@pytest.mark.parametrize("packed", [True, False])
def test_a_record_that_is_cut_short_is_told(run, tmp_path, packed):
    name = "a.warc.gz" if packed else "a.warc"
    offsets = archive(tmp_path / name, [response(number) for number in range(3)], packed)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: offsets[2] + 400])
    done = run(name, "-q", "-o", "out.jsonl")
    assert done.returncode == 1
    assert len(records((tmp_path / "out.jsonl").read_bytes())) == 2
    (error,) = records((tmp_path / "out.jsonl.errors.jsonl").read_bytes())
    assert (error["position"], error["code"]) == (offsets[2], "broken-archive")


def test_what_is_no_archive(run, tmp_path):
    (tmp_path / "a.warc").write_bytes(b"no archive at all\n" * 100)
    done = run("a.warc", "-q")
    assert done.returncode == 1
    assert done.stderr.startswith(b"ingest: a.warc") and b"Traceback" not in done.stderr


PACKINGS = {
    "gz": (gzip.compress, True),
    "zst": (zstandard.ZstdCompressor(write_checksum=True).compress, True),
    "plain": (bytes, True),
    "one-gz": (gzip.compress, False),
    "one-zst": (zstandard.compress, False),
    "xz": (lzma.compress, False),
    "bz2": (bz2.compress, False),
}


def read(data: bytes, max_bytes: int = 2**26) -> list[Item | Failure]:
    """What an archive gives."""
    return list(Archive("a", max_bytes, Meter()).pages(io.BufferedReader(io.BytesIO(data))))


@pytest.mark.parametrize("packing", PACKINGS)
def test_every_packing_gives_the_same_pages_at_places_of_their_own(packing):
    pack, each = PACKINGS[packing]
    made = [response(number) for number in range(5)]
    found = read(b"".join(map(pack, made)) if each else pack(b"".join(made)))
    assert [item.url for item in found] == [f"https://news.example/{n}" for n in range(5)]
    assert sorted({item.position for item in found}) == [item.position for item in found]


@pytest.mark.parametrize("packing", ["gz", "zst", "plain"])
def test_damage_costs_the_record_that_it_hits(packing):
    """Bits flipped, bytes lost, added and wiped out at places of all kinds; none goes by untold."""
    made = [response(number) for number in range(8)]
    packed = [PACKINGS[packing][0](one) for one in made]
    whole = {item.url: item.data for item in read(b"".join(packed))}
    chance = random.Random(packing)
    for _ in range(int(os.environ.get("INGEST_DAMAGES", "60"))):
        data = bytearray(b"".join(packed))
        at, much = chance.randrange(len(data)), chance.randrange(1, 60)
        hurt = chance.choice(["flip", "lose", "add", "wipe"])
        if hurt == "flip":
            data[at] ^= 1 << chance.randrange(8)
        elif hurt == "wipe":
            data[at : at + much] = bytes(len(data[at : at + much]))
        else:
            data[at : at + (much if hurt == "lose" else 0)] = chance.randbytes(much) if hurt == "add" else b""
        if data == b"".join(packed):
            continue
        found = read(bytes(data))
        right = {item.url for item in found if isinstance(item, Item) and whole.get(item.url) == item.data}
        assert len(right) >= 6, (hurt, at, much)  # damage at a seam costs two
        if packing != "plain":  # which has no checksums
            assert any(isinstance(one, Failure) for one in found), (hurt, at, much)
            assert sum(isinstance(one, Item) for one in found) == len(right)


def test_a_browsers_collection_and_an_archive_without_its_suffix(run, tmp_path):
    data = b"".join(gzip.compress(response(number)) for number in range(2))
    with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as zipped:
        zipped.writestr("archive/data.warc.gz", data)
        zipped.writestr("pages/pages.jsonl", "{}")
    (tmp_path / "dump").write_bytes(data)
    found = [record["source"]["name"] for record in records(run("crawl.wacz", "dump", "-q").stdout)]
    assert found == ["crawl.wacz/archive/data.warc.gz"] * 2 + ["dump"] * 2
    assert len(records(run("-", "-q", stdin=data).stdout)) == 2


def test_what_crawlers_keep_for_themselves_is_no_page():
    notes = warc_record(
        "resource", "metadata://gnu.org/software/wget/warc/wget_arguments.txt", b"-r", "text/plain"
    )
    page = warc_record("resource", "https://news.example/1", html_story(1).encode(), "text/html")
    assert [item.url for item in read(notes + page)] == ["https://news.example/1"]


@pytest.mark.parametrize(
    "header", ["Transfer-Encoding: chunked", "Content-Encoding: gzip", "Content-Encoding: br"]
)
def test_a_header_that_no_longer_tells_how_the_body_is_packed(header):
    body = html_story(1).encode()
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{header}\r\n\r\n".encode() + body
    (item,) = read(warc_record("response", "https://news.example/", http, "application/http"))
    assert item.data == body


def test_a_body_that_unpacks_to_too_much():
    body = gzip.compress(bytes(10**7))
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    data = warc_record("response", "https://news.example/", http, "application/http")
    first, second = read(data + response(1), max_bytes=10**6)
    assert (first.code, second.url) == ("too-large", "https://news.example/1")
