"""Years, months and days: how long a month is, which weekday a day falls on, other calendars' years."""

from __future__ import annotations

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIRST_YEAR, LAST_YEAR = 1000, 2199  # what a page may mean by four digits
BUDDHIST = range(2400, 2644)  # the Thai year is the common one + 543
ISLAMIC = range(1300, 1501)  # Hijri and Persian years of newspapers' times; no page prints 14th-century days


def days_in(year: int, month: int) -> int:
    """The number of days of a month of the Gregorian calendar.

    >>> days_in(2024, 2), days_in(2023, 2)
    (29, 28)
    """
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap else _LENGTHS[month - 1]


def valid(year: int | None, month: int, day: int) -> bool:
    """Whether there is such a day; without a year 29 February may be one."""
    return 1 <= month <= 12 and 1 <= day <= days_in(2000 if year is None else year, month)


def weekday(year: int, month: int, day: int) -> int:
    """The day of the week, Monday 0 (Sakamoto's method).

    >>> weekday(2024, 1, 26)
    4
    """
    before = year - (month < 3)
    shift = (0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4)[month - 1]
    return (before + before // 4 - before // 100 + before // 400 + shift + day - 1) % 7


def full_year(two_digits: int) -> int:
    """The year that two digits stand for, as POSIX has it: 69 to 99 are of the last century.

    >>> full_year(24), full_year(99)
    (2024, 1999)
    """
    return two_digits + (2000 if two_digits < 69 else 1900)


def from_persian(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """The Gregorian day of a day of the Persian calendar, by its 33-year cycle (right for 1178 to 1633).

    >>> from_persian(1402, 11, 6)
    (2024, 1, 26)
    """
    if not (1178 <= year <= 1633 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    passed = year - 979
    days = 365 * passed + passed // 33 * 8 + (passed % 33 + 3) // 4 + day - 1
    days += (month - 1) * 31 if month < 7 else 186 + (month - 7) * 30
    days += 79  # from 21 March 1600 back to its first of January
    found = 1600 + 400 * (days // 146097)
    days %= 146097
    while days >= 365 + (days_in(found, 2) == 29):
        days -= 365 + (days_in(found, 2) == 29)
        found += 1
    return (found, *_day_of_year(found, days))


def _day_of_year(year: int, days: int) -> tuple[int, int]:
    month = 1
    while days >= days_in(year, month):
        days -= days_in(year, month)
        month += 1
    return month, days + 1
