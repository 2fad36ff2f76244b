"""What the table of printed lines can't say: several dates, whole lines, orders, data in step, speed."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import vocabulary
from ingest.dates import day_order, find_dates, find_times, is_date_line, iso, parse_date, quick, same_day
from ingest.dates.index import build
from ingest.dates.quick import QUICK
from ingest.dates.words import INDEX, index, packed

WORDS = [
    "26",
    "2024",
    "Jan",
    "January",
    ".",
    ",",
    "-",
    "/",
    ":",
    " ",
    "10",
    "05",
    "pm",
    "GMT",
    "+",
    "年",
    "月",
    "日",
    "(",
    ")",
]
WORDS += [
    "Updated",
    "vor",
    "Stunden",
    "ago",
    "hours",
    "ม.ค.",
    "令和",
    "T",
    "Z",
    "\u200f",
    "२६",
    "²",
    "d'",
    "of",
    "Fri",
    "noon",
]


def test_the_index_is_in_step_with_the_language_files() -> None:
    path = Path(vocabulary.__file__).parent / INDEX
    assert json.loads(path.read_text("utf-8")) == packed(build()), "run: python -m ingest.dates.index"
    assert index() == build()
    told = quick.build(build())
    assert vocabulary.load(QUICK) == quick.packed(told), "run: python -m ingest.dates.index"
    assert quick.unpacked(vocabulary.load(QUICK)) == (told["telling"], told["moments"])


@pytest.mark.parametrize("language", vocabulary.names("dates"))
def test_a_language_has_what_dates_need(language: str) -> None:
    words = vocabulary.load(f"dates/{language}.json")
    assert len(words["months"]) == 12
    assert len(words["weekdays"]) == 7
    assert words["labels"]["published"] and words["labels"]["updated"]


def test_several_dates_of_a_line() -> None:
    line = "A Reporter · The Paper · Posted: Aug 08, 2024 4:00 AM EDT | Last Updated: August 8"
    first, second = find_dates(line, now="2024-08-09")
    assert (first.value, first.kind) == ("2024-08-08T04:00-04:00", "published")
    assert (second.value, second.kind, second.raw) == ("2024-08-08", "updated", "August 8")


@pytest.mark.parametrize(
    "text",
    [
        "Updated 14 Nov, 2024",
        "22.11.2024 07.57",
        "vor 2 Stunden",
        "2 hours ago",
        "26 Jan 2024 | 10:05 | Friday",
        "Published 26 Jan 2024, updated 27 Jan 2024",
        "2024年1月26日（金） 10:05",
        "Yesterday",
        "04/05/2024",
        "Jan. 26",
        "10:05 AM EDT, Fri January 26, 2024",
        "آخر تحديث: 26 يناير 2024",
        "Online seit heute, 7.57 Uhr",
        "January 2024",
    ],
)
def test_date_line(text: str) -> None:
    assert is_date_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5 min read",
        "Published in Dawn, January 26th, 2024",
        "26 Jan 2024 · 5 min read",
        "10:05",
        "2024",
        "12–14 May 2024",
        "The war ended on 2 September 1945.",
        "By A Reporter 26 Jan 2024",
        "© 2024",
        "Opinion",
        "26 Jan 2024?",
        "$26.01.2024",
    ],
)
def test_no_date_line(text: str) -> None:
    assert not is_date_line(text)


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        (["26/01/2024", "04/05/2024"], "DMY"),
        (["01/26/2024"], "MDY"),
        (["26.01.2024", "2024-01-26"], "DMY"),
        (["2024/01/26"], "YMD"),
        (["26/01/2024", "01/26/2024"], None),
        (["04/05/2024", "05/05/2024"], None),
        (["Fri 05/04/2024"], "DMY"),
        ([], None),
    ],
)
def test_day_order(lines: list[str], order: str | None) -> None:
    assert day_order(lines) == order


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-01-26", "2024-01-26"),
        ("2024-01-26T10:05:00.123456Z", "2024-01-26T10:05:00+00:00"),
        ("2024-01-26 10:05:00+05:00", "2024-01-26T10:05:00+05:00"),
        ("2024-01-26T10:05:00+0500", "2024-01-26T10:05:00+05:00"),
        ("2024-01-26T10:05-03", "2024-01-26T10:05-03:00"),
        ("20240126T100500Z", "2024-01-26T10:05:00+00:00"),
        ("20240126", "2024-01-26"),
        ("2024", "2024"),
        ("2024-13", None),
        ("202401", None),
        ("2024-01-26T25:00", "2024-01-26"),
        ("Fri, 26 Jan 2024 10:05:00 +0500", "2024-01-26T10:05:00+05:00"),
        ("Fri Jan 26 10:05:00 UTC 2024", "2024-01-26T10:05:00+00:00"),
        ("January 26, 2024", "2024-01-26"),
        ("04/05/2024", None),
        ("1706263500", None),
        ("", None),
        (None, None),
    ],
)
def test_iso(text: str | None, value: str | None) -> None:
    assert iso(text) == value


def test_reference_that_is_no_date() -> None:
    with pytest.raises(ValueError, match="not an ISO 8601 date"):
        parse_date("2 hours ago", now="soon")


def test_the_offset_of_the_reference_stays() -> None:
    found = parse_date("2 hours ago", now="2024-01-26T10:05:00Z")
    assert found is not None and found.value == "2024-01-26T08:05+00:00"


def test_weekday_that_contradicts() -> None:
    found = parse_date("Monday, 26 January 2024")
    assert found is not None and (found.value, found.warning) == ("2024-01-26", "weekday-mismatch")


def test_same_day() -> None:
    assert same_day("2024-01-26", "2024-01-26T10:05")
    assert not same_day("2024-01-26", None)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(WORDS), max_size=16).map(" ".join),
        st.lists(st.sampled_from(WORDS), max_size=16).map("".join),
    )
)
def test_any_text_is_read_without_harm(text: str) -> None:
    is_date_line(text)
    iso(text)
    end = 0
    for date in find_dates(text, now="2024-01-26T10:05:00Z"):
        assert date.raw == text[date.start : date.end] and end <= date.start < date.end
        end = date.end


@pytest.mark.parametrize(
    "piece", ["26.", "26 ", "Jan ", "26/01/", "ago 2 ", "vor 2 ", "10:05 ", "年", "('", "Fri, ", "ช"]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * (count // len(piece))
        started = time.process_time()
        find_dates(text)
        return time.process_time() - started

    seconds(100)
    short, long = min(seconds(3000) for _ in range(3)), min(seconds(12000) for _ in range(3))
    assert long < 12 * short + 0.01


@pytest.mark.parametrize("text", ["\u0640", "\u200d 5", "5 \u064b 2024", "\u0301 1", "\u0640 1 \u0640"])
def test_marks_that_stand_alone_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Uppdaterad 15.59 | Publicerad 14.14",
            [("2024-01-26T15:59", "updated", "15.59"), ("2024-01-26T14:14", "published", "14.14")],
        ),
        ("13:37 Uhr", [("2024-01-26T13:37", None, "13:37 Uhr")]),
        ("Published: 8:45 AM", [("2024-01-26T08:45", "published", "8:45 AM")]),
        ("Publié à 14h14", [("2024-01-26T14:14", "published", "14h14")]),
        ("14時14分", [("2024-01-26T14:14", None, "14時14分")]),
        ("Publicerad 22:31", [(None, "published", "22:31")]),  # after the page was fetched
        ("16:30", []),  # a video's length
        ("12.50", []),  # a price
        ("Lesezeit: 2 Min.", []),
        ("Posted 10.30 | 5 comments", []),
        ("Published 20", []),
        ("Updated 26 Jan, 10:05", []),  # has a day of its own
    ],
)
def test_times_of_the_day_on_which_the_page_was_fetched(text: str, read: list[Any]) -> None:
    found = find_times(text, "2024-01-26T16:00:00+00:00")
    assert [(time.value, time.kind, time.raw) for time in found] == read
    assert all((time.warning == "no-reference") == (time.value is None) for time in found)
    assert find_times(text, None) == []
