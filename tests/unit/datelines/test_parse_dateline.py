"""Openings of stories, and lines that only look like one: tests/data/datelines.jsonl, a line a case."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.datelines import parse_dateline
from ingest.datelines.grammar import has_form_of_name

TABLE = Path(__file__).parents[2] / "data" / "datelines.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(row) for row in TABLE.read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["line"])[:60])
def test_table(row: dict[str, Any]) -> None:
    found = parse_dateline(row["line"], published=row.get("published"), country=row.get("country"))
    read = found and {
        "raw": found.raw,
        "places": [[place.name, place.region, place.country] for place in found.places],
        "agencies": list(found.agencies),
        "date": found.date,
        "rest": found.rest,
    }
    assert read == row["dateline"]


def test_table_is_large_enough() -> None:
    assert len(ROWS) >= 200
    assert sum(row["dateline"] is None for row in ROWS) >= 60


def test_raw_and_rest_lose_nothing() -> None:
    """What is printed stands in raw, then a separator, then rest."""
    for row in ROWS:
        if row["dateline"]:
            line, raw, rest = row["line"], row["dateline"]["raw"], row["dateline"]["rest"]
            separator = line[line.index(raw) + len(raw) : len(line) - len(rest)]
            # Korean and Chinese heads put the reporter between the brackets and the equals sign
            assert not any(c.isalnum() and c.isascii() for c in separator), line


def test_the_first_sample() -> None:
    found = parse_dateline("BAGHDAD: Baghdad and Washington have agreed to begin talks.")
    assert found is not None
    assert found.to_dict() == {
        "raw": "BAGHDAD",
        "places": [
            {
                "name": "Baghdad",
                "region": None,
                "country": "IQ",
                "latitude": 33.34058,
                "longitude": 44.40088,
                "geonames_id": 98182,
            }
        ],
        "agencies": [],
        "date": None,
    }


@pytest.mark.parametrize(
    "text", ["", " ", "(", "()", ":", " - ", "(AP)", "A: ", "/ / / ", "【】", "PARIS", "PARIS:", "\ud800: x"]
)
def test_odd_texts_do_not_raise(text: str) -> None:
    parse_dateline(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ABab 北京1日電ﬁ.,:;-—–/()[]【】'\"0129é的한글=|।", max_size=120))
def test_never_raises(text: str) -> None:
    parse_dateline(text, published="2024-01-26", country="PK")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=12), st.text(max_size=3))
def test_never_raises_on_any_arguments(text: str, published: str, country: str) -> None:
    parse_dateline(text, published=published, country=country)


@pytest.mark.parametrize(
    "unit", ["A ", "A, ", "(", "A.", "- ", "1/", "ab ", "北京", "A: ", "【A】", "한글=", "記者／"]
)
def test_time_does_not_grow_with_the_text(unit: str) -> None:
    """Only the head is looked at: a text a thousand times as long takes no longer."""
    parse_dateline(unit * 200)
    start = time.process_time()
    parse_dateline(unit * 200_000)
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize(
    ("text", "could"),
    [
        ("the old town", True),
        ("one two three four", False),
        ("A B C D E F G", True),
        ("A B C D E F G H", False),
        ("Llanfairpwllgwyngyll Gogerychwyrndrobwll Llantysilio", False),
        ("AT&T", True),
        ("A&B&C", False),
        ("Springfield 2", False),
        ("", False),
    ],
)
def test_what_could_be_a_name_by_its_letters(text: str, could: bool) -> None:
    assert has_form_of_name(text) is could
