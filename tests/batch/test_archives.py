"""WARC and WET: what of an archive is a page, and what damage costs."""

from __future__ import annotations

import gzip
import json

import pytest

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
