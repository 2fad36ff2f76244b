"""The days inside datelines, and the years that they are given."""

from __future__ import annotations

import pytest

from ingest.datelines.days import Day, iso, read_day


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Jan 26", "--01-26"),
        ("JANUARY 26th, 2024", "2024-01-26"),
        ("26 janvier", "--01-26"),
        ("26 GEN", "--01-26"),
        ("26 de enero de 2024", "2024-01-26"),
        ("26 января 2024 года", "2024-01-26"),
        ("२६ जनवरी", "--01-26"),
        ("২৬ জানুয়ারি", "--01-26"),
        ("1月26日", "--01-26"),
        ("1월 26일", "--01-26"),
        ("2024年1月26日", "2024-01-26"),
        ("26.01.2024", "2024-01-26"),
        ("01/26/2024", "2024-01-26"),
        ("04/05/2024", None),
        ("2024-01-26", "2024-01-26"),
        ("2024. január 26., péntek", "2024-01-26"),
        ("26 كانون الثاني", "--01-26"),
        ("Friday", None),
        ("26日", None),
    ],
)
def test_reading(printed: str, value: str | None) -> None:
    day = read_day(printed)
    assert day is not None
    assert iso(day, None, ()) == value


@pytest.mark.parametrize(
    "printed", ["", "Narch 2", "March 2O", "27 dead", "Sioux Falls", "31 February", "2 Fast 2 Furious"]
)
def test_no_day(printed: str) -> None:
    assert read_day(printed) is None


@pytest.mark.parametrize(
    ("month", "day", "published", "value"),
    [
        (12, 31, "2024-01-01", "2023-12-31"),
        (1, 1, "2023-12-31", "2024-01-01"),  # a day ahead: the paper's next morning
        (1, 2, "2023-12-31", "2023-01-02"),  # two days ahead is the future
        (2, 29, "2024-03-02", "2024-02-29"),
        (2, 29, "2022-03-02", "--02-29"),  # no such day near by
        (1, 26, "2024-01", "--01-26"),
        (1, 26, "not a date", "--01-26"),
        (None, 31, "2024-02-01", "2024-01-31"),
    ],
)
def test_year_from_publication(month: int | None, day: int, published: str, value: str) -> None:
    assert iso(Day(None, month, day), published, ()) == value


def test_a_month_by_its_language() -> None:
    day = read_day("5 listopada")
    assert day is not None
    assert iso(day, None, ("pl",)) == "--11-05"
    assert iso(day, None, ("hr",)) == "--10-05"
    assert iso(day, None, ()) is None
