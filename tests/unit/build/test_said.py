"""What the claims of markup and address amount to."""

from __future__ import annotations

import pytest

from ingest.build.dating import date_story
from ingest.build.reading import Reading
from ingest.build.said import Said
from ingest.line import Label, Line
from ingest.read.claim import TRUST, Claim, Kind

PUBLISHED: Kind = "published"
UPDATED: Kind = "updated"


def test_the_address_tells_the_night_of_publication() -> None:
    claims = [Claim("2024-01-25", "address", PUBLISHED, TRUST["address"])]
    lines = [Line(1, "2024/01/26 00:05"), Line(2, "The talks failed, two officials said.")]
    found = date_story(lines, [Label.DATE, Label.PARAGRAPH], range(1), claims, Reading())
    assert (found.published, found.updated) == ("2024-01-25", "2024-01-26T00:05")


def test_a_day_that_many_set_anew_at_each_change_counts_half() -> None:
    claims = [
        Claim("2024-01-26", "meta", PUBLISHED, TRUST["meta"]),
        Claim("2024-01-26", "meta", UPDATED, TRUST["meta"]),
        Claim("2024-01-20", "JSON-LD", PUBLISHED, TRUST["JSON-LD"]),
    ]
    lines = [Line(1, "The talks failed, two officials said.")]
    assert date_story(lines, [Label.PARAGRAPH], range(0), claims, Reading()).published == "2024-01-20"


@pytest.mark.parametrize(
    ("stamp", "address", "published"),
    [
        ("2024-01-25T23:05:00+00:00", "2024-01-26", "2024-01-26"),  # east of Greenwich
        ("2024-01-25T10:05:00+00:00", "2024-01-26", "2024-01-25T10:05:00+00:00"),
        ("2024-01-26T05:05:00+00:00", "2024-01-25", "2024-01-25"),  # west of it
        ("2024-01-26T12:05:00+00:00", "2024-01-25", "2024-01-26T12:05:00+00:00"),
        ("2024-01-25T23:05:00+01:00", "2024-01-26", "2024-01-25T23:05:00+01:00"),  # tells its own zone
        ("2024-01-24T23:05:00+00:00", "2024-01-26", "2024-01-24T23:05:00+00:00"),
    ],
)
def test_the_day_in_the_address_is_the_readers(stamp: str, address: str, published: str) -> None:
    claims = [
        Claim(stamp, "meta", PUBLISHED, TRUST["meta"]),
        Claim(address, "address", PUBLISHED, TRUST["address"]),
    ]
    lines = [Line(1, "The talks failed, two officials said.")]
    assert date_story(lines, [Label.PARAGRAPH], range(0), claims, Reading()).published == published


def test_only_the_small_hours_belong_to_the_day_before() -> None:
    claims = [Claim("2024-01-25", "address", PUBLISHED, TRUST["address"])]
    lines = [Line(1, "2024/01/26 15:05"), Line(2, "The talks failed, two officials said.")]
    found = date_story(lines, [Label.DATE, Label.PARAGRAPH], range(1), claims, Reading())
    assert (found.published, found.updated) == ("2024-01-26T15:05", None)


def test_the_first_of_january_of_a_template_is_passed_over() -> None:
    claims = [
        Claim("2024-01-01", "meta date", PUBLISHED, TRUST["meta date"]),
        Claim("2024-01-26", "address", PUBLISHED, TRUST["address"]),
    ]
    lines = [Line(1, "The talks failed, two officials said.")]
    assert date_story(lines, [Label.PARAGRAPH], range(0), claims, Reading()).published == "2024-01-26"


@pytest.mark.parametrize(("minutes", "update"), [("00:05", True), ("00:40", False)])
def test_a_time_is_the_updates_where_it_is_within_minutes_of_it(minutes: str, update: bool) -> None:
    said = Said("2024-01-26T23:17+09:00", "2024-01-27T00:10+09:00")
    assert said.is_update(f"2024-01-27T{minutes}") is update
