"""``ingest check``: what is invalid, what is doubtful, and what to look at first."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import ingest
from ingest.check.repeats import Repeats

STORY = """\
{headline}

By Ines Dahl

26 January 2024

The council of {headline} voted on Monday to keep the ferry, after {number} islanders had signed a petition.

Mayor Jonas Lind said the service number {number} would be paid for by a fee on the ships that call in summer.

Published in {publisher}, January 26th, 2024
"""


def record(number: int, publisher: str = "The Roe Times", **fields: Any) -> dict[str, Any]:
    text = STORY.format(headline=f"Island {number} keeps its ferry", number=number, publisher=publisher)
    made = ingest.parse(text, name=f"{number}.txt").to_dict()
    assert made["article"] is not None
    made["article"].update(publisher=publisher, **fields)
    return made


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in records)


def found(run: Any, *records: Any, args: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    done = run("check", "--list", *args, stdin=lines(*records))
    told = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == any(one["code"] == "invalid" for one in told), done.stderr
    return [(one["line"], one["code"]) for one in told]


def test_a_good_record_is_no_matter(run):
    done = run("check", stdin=lines(record(1), record(2)))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"2 records of 1 publisher: 0 invalid, 0 doubtful\n"


def test_what_is_doubtful(run):
    teaser = ingest.Teaser("ISLAND 4 keeps its ferry").to_dict()
    page = record(4)
    page["teasers"] = [teaser]
    pages = [
        record(1, headline=None),
        record(2, published="2042-01"),
        record(3, published="2024-01-26", updated="2024-01-25T10:05"),
        page,
        record(5, paragraphs=[]),
        record(6),
    ]
    assert found(run, *pages) == [
        (1, "no-headline"),
        (2, "future-date"),
        (3, "updated-first"),
        (4, "teaser-is-headline"),
        (5, "no-text"),
    ]


def test_the_future_begins_after_the_page_was_fetched(run):
    pages = [record(1, published="2024-01-27"), record(2, published="2024-01-29")]
    for page in pages:
        page["source"]["retrieved"] = "2024-01-26T10:05:00Z"
    assert found(run, *pages) == [(2, "future-date")]
    assert found(run, record(1), args=("--now", "2024-01-20")) == [(1, "future-date")]


def test_paragraphs_of_several_records(run):
    notice = "All rights are reserved, says the Roe Times of Roetown."
    pages = [record(n, paragraphs=[f"Story {n} is long enough to count.", notice]) for n in range(4)]
    assert found(run, *pages[:2]) == []
    assert sorted(found(run, *pages)) == [(n, "repeated-paragraph") for n in range(1, 5)]


def test_repeats_in_little_memory():
    repeats = Repeats[int](limit=10)
    often = "This stands on every page of the Roe Times."
    doubtful = Counter()
    for number in range(100):
        for one, _ in repeats.add(number, [f"Only page number {number} has this.", often]):
            doubtful[one] += 1
        assert len(repeats._seen) <= 12
    assert len(doubtful) == 100


def test_what_is_invalid_is_told_where_it_lies(run):
    page = record(1, published="26 January 2024")
    page["teasers"] = [{**ingest.Teaser("x").to_dict(), "title": ""}]
    del page["rest"]
    done = run("check", "--list", stdin=lines(page, [], {"article": 5}) + b"{no json\n")
    assert done.returncode == 1
    told = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert {one["code"] for one in told} == {"invalid"}
    first = [one["message"] for one in told if one["line"] == 1]
    assert [message.partition(":")[0] for message in first] == [
        '"rest" is a required property',
        "article.published",
        "teasers.0.title",
    ]
    assert {one["line"] for one in told} == {1, 2, 3, 4}


def test_the_table_begins_with_the_worst(run, tmp_path):
    roe = [record(n) for n in range(5)]
    doe = [record(n, "日本新聞", headline=None, published="2042") for n in range(5, 8)]
    page = record(9, "Evil\x1b[31m Post")
    page["article"]["deck"] = 5
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(lines(*roe, *doe, page)))
    done = run("check", "news.jsonl.gz")
    assert done.returncode == 1
    assert done.stdout.decode() == (
        "9 records of 3 publishers: 1 invalid, 3 doubtful\n"
        "\n"
        "publisher          records  no article  to look at  what                          first\n"
        "日本新聞                 3           0           3  3 no headline, 3 future date  news.jsonl.gz:6\n"
        "Evil\\x1b[31m Post        1           0           1  1 invalid                     news.jsonl.gz:9\n"
    )
    assert run("check", "--top", "1", "news.jsonl.gz").stdout.endswith(b"\nand 1 more publisher\n")


def test_files_that_cannot_be_read(run, tmp_path):
    (tmp_path / "half.jsonl.gz").write_bytes(gzip.compress(lines(*[record(n) for n in range(9)]))[:-200])
    done = run("check", "missing.jsonl", "half.jsonl.gz")
    assert done.returncode == 1
    told = done.stderr.decode().splitlines()
    assert told[0].startswith("ingest: missing.jsonl: no such file")
    assert told[1].startswith("ingest: half.jsonl.gz: can't be read")
    assert len(told) == 2


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[1] / "pages").glob("*/page.*")), ids=lambda p: p.parent.name
)
def test_our_own_records_are_valid(path):
    from ingest.check.findings import validator

    assert validator()(ingest.parse(path.read_bytes(), rest=True).to_dict()) == []


def test_the_check_agrees_with_jsonschema():
    """Two validators find fault with the same records."""
    import jsonschema

    from ingest.check.findings import validator
    from ingest.write.schema import schema_text

    reference = jsonschema.Draft202012Validator(json.loads(schema_text()))
    good = record(1)
    bad = [
        {**good, "article": {**good["article"], "language": "English"}},
        {**good, "source": {**good["source"], "sha256": "0"}},
        {**good, "more": 1},
        {**good, "teasers": None},
        {**good, "warnings": [{"code": "Bad Code", "message": "x", "line": 0}]},
    ]
    validate = validator()
    for one in (good, *bad):
        assert bool(validate(one)) == (not reference.is_valid(one)) == (one is not good)
