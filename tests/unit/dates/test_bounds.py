"""Where dates end: offsets, counts of days, years and forms that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import vocabulary
from ingest.dates import calendar, find_dates, index, iso
from ingest.dates.relative import before, moment, nearest_year


@pytest.mark.parametrize(
    ("amount", "unit", "value"),
    [
        (3, "minute", "2024-01-26T00:02+05:30"),
        (6, "minute", "2024-01-25T23:59+05:30"),
        (25, "hour", "2024-01-24T23:05+05:30"),
        (2, "week", None),
        (12, "month", "2023-01"),
        (24, "year", "2000"),
        (1025, "year", None),
        (13_000, "month", None),
        (100_001, "minute", None),
    ],
)
def test_so_many_units_before(amount: int, unit: str, value: str | None) -> None:
    now = moment("2024-01-26T00:05+0530")
    assert now is not None
    assert before(now, amount, unit) == value


def test_no_day_before_the_first() -> None:
    early = moment("0001-01-02")
    assert early is not None
    assert before(early, 400, "day") is None


def test_a_day_that_comes_every_four_years() -> None:
    now = moment("2027-01-26")
    assert now is not None
    assert nearest_year(now, 2, 29) == 2024
    assert nearest_year(now, 2, 30) is None
    assert moment(None) is None
    for text in ("26 January", "2024-02-30", ""):
        with pytest.raises(ValueError, match="not an ISO 8601 date"):
            moment(text)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ((1403, 1, 1), (2024, 3, 20)),
        ((1402, 12, 29), (2024, 3, 19)),
        ((1357, 11, 22), (1979, 2, 11)),
        ((1178, 1, 1), (1799, 3, 21)),
        ((1402, 7, 31), None),
        ((1402, 13, 1), None),
        ((1100, 1, 1), None),
    ],
)
def test_days_of_the_persian_calendar(day: tuple[int, int, int], found: tuple[int, int, int] | None) -> None:
    assert calendar.from_persian(*day) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-01-26T10:05:00+0530", "2024-01-26T10:05:00+05:30"),
        ("2024-01-26T10:05:00-03", "2024-01-26T10:05:00-03:00"),
        ("2024-01-26T10:05:00+19:00", "2024-01-26T10:05:00"),  # no such offset
        ("2024-01-26T25:05:00Z", "2024-01-26"),
        ("20240126", "2024-01-26"),
        ("202401", None),
        ("2024", "2024"),
        ("0999-01-26", None),
        ("2024-13-01", None),
        ("Fri Apr 28 2023 17:52:31 GMT+0000 (Coordinated Universal Time)", "2023-04-28T17:52:31+00:00"),
        ("2024 Jan 45th Friday 10h 5m", None),
        ("Jan 26 or so, 2024 99h", None),
        ("x" * 81, None),
        (None, None),
    ],
)
def test_values_for_machines(text: str | None, value: str | None) -> None:
    assert iso(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("26 January 2024, 10:05 GMT+5:30", "2024-01-26T10:05+05:30"),
        ("26 January 2024, 10:05 UTC+2", "2024-01-26T10:05+02:00"),
        ("26 January 2024, 10:05 UTC-0300", "2024-01-26T10:05-03:00"),
        ("26 January 2024, 10:05 GMT+17", "2024-01-26T10:05"),
        ("26 January 2024 10:05 +0530", "2024-01-26T10:05+05:30"),
        ("26 January 2024, half past ten", "2024-01-26"),
        ("26.01.2024 um 10 Uhr 05", "2024-01-26T10:05"),
        ("26 de enero de 2024 a las 10h05", "2024-01-26T10:05"),
        ("2024年1月26日 10时05分30秒", "2024-01-26T10:05:30"),
        ("2024년 1월 26일 오후 3시 5분", "2024-01-26T15:05"),
    ],
)
def test_times_and_offsets_in_print(text: str, value: str) -> None:
    assert [date.value for date in find_dates(text)] == [value]


def test_the_index_is_what_the_language_files_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m ingest.dates.index` after a change of a language file writes what is shipped."""
    shipped = Path(vocabulary.__file__).parent
    monkeypatch.setattr(index.os.path, "dirname", lambda path: str(tmp_path))
    (tmp_path / index.INDEX).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / index.QUICK).parent.mkdir(parents=True, exist_ok=True)
    built = index.build()
    monkeypatch.setattr(index, "build", lambda: built)
    index.write()
    for name in (index.INDEX, index.QUICK):
        assert (tmp_path / name).read_bytes() == (shipped / name).read_bytes()


NOW = "2024-01-26T12:00:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "26/13 10:05",
        "13.13. 10:05",
        "x=26.01.2024",
        "10:26.01.2024",
        "$26.01.2024",
        "26.01.2024%",
        "26.01.2024=x",
        "26.01.2024-05",
        "Jan 10:05",
        "November 21, 20250",
        "30 February 2024",
    ],
)
def test_numbers_that_are_part_of_something_else(text: str) -> None:
    assert find_dates(text, NOW) == []


@pytest.mark.parametrize(
    ("text", "value", "raw", "warning"),
    [
        ("26.1. 10:05", "2024-01-26T10:05", "26.1. 10:05", None),
        ("Fr 26.1., 10 Uhr", "2024-01-26T10:00", "Fr 26.1., 10 Uhr", None),
        ("26 January 2024 (10:05)", "2024-01-26T10:05", "26 January 2024 (10:05)", None),
        ("26 January 2024, , , , ,10:05", "2024-01-26", "26 January 2024", None),
        ("26 ม.ค. 67", "2024-01-26", "26 ม.ค. 67", None),
        ("26 ม.ค. 37", None, "26 ม.ค. 37", "foreign-calendar"),
        ("26 January 2567", None, "26 January 2567", "foreign-calendar"),
        ("26 January 1402", None, "26 January 1402", "foreign-calendar"),
        ("Wednesday, May 24", "2023-05-24", "Wednesday, May 24", None),
        ("Friday, May 24", None, "Friday, May 24", "ambiguous-date"),  # of 2024, which is to come
        ("Freitag (24. Mai)", None, "Freitag (24. Mai)", "ambiguous-date"),
        ("24 May (Wednesday)", "2023-05-24", "24 May (Wednesday)", None),
        ("24 May (Wednesday", "2023-05-24", "24 May", None),
        ("25/04/2023 Actualizado a las 15:10h", "2023-04-25", "25/04/2023", None),
    ],
)
def test_how_far_a_date_reaches(text: str, value: str | None, raw: str, warning: str | None) -> None:
    (found,) = find_dates(text, NOW)
    assert (found.value, found.raw, found.warning) == (value, raw, warning)
