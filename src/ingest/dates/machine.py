"""Dates of a page's metadata, written for machines: ISO 8601 in its variants, RFC 822."""

from __future__ import annotations

import re

from ingest.dates import calendar
from ingest.pattern import lazy

# 2024-01-26T10:05:00.000+0500, 2024-01-26 10:05:00 +05:00, 20240126T100500Z, 2024-01, 2024
_ISO = lazy(
    r"(?P<year>\d{4})(?:(?P<dash>-?)(?P<month>\d\d)(?:(?P=dash)(?P<day>\d\d)"
    r"(?:[T ] ?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,:]\d{1,9})?)?"
    r" ?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.ASCII | re.IGNORECASE,
)

# Fri Apr 28 2023 17:52:31 GMT+0000 (Coordinated Universal Time): how JavaScript prints a date
_ZONE_IN_WORDS = lazy(r"\([A-Za-z ]{3,40}\)\s*$")


# A month in letters, a day and a year with four digits: all that dateutil must not guess
_WORDED = lazy(r"(?=.{0,80}[A-Za-z]{3})(?=.{0,80}\b\d{1,2}\D)(?=.{0,80}\b(?:19|20)\d\d\b)")


def iso(text: str | None) -> str | None:
    """A machine-readable date as the record wants it, ``None`` for what is no date or not certain.

    Fractions of a second are dropped, "Z" becomes "+00:00"; nothing is added.

    >>> iso("2024-01-26T10:05:00.000Z"), iso("2024-01-26 10:05"), iso("2024-01")
    ('2024-01-26T10:05:00+00:00', '2024-01-26T10:05', '2024-01')
    >>> iso("Fri, 26 Jan 2024 10:05:00 +0500"), iso("2024-02-31"), iso("26/01/2024 soon")
    ('2024-01-26T10:05:00+05:00', None, None)
    >>> iso("2024 Jan 26th Friday 10h 5m"), iso("May 2024, issue 12")
    ('2024-01-26', None)
    """
    text = _ZONE_IN_WORDS.sub("", text or "").strip()
    if not text or len(text) > 80:
        return None
    match = _ISO.fullmatch(text)
    if match is None:
        from ingest.dates.find import is_date_line, parse_date

        found = parse_date(text) if is_date_line(text) else None
        return found.value if found else _odd(text)
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    assert year is not None
    if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return match["year"]
    if day is None:
        return None if not match["dash"] else f"{year:04}-{month:02}"  # "202401" may be any number
    if not calendar.valid(year, month, day):
        return None
    value = f"{year:04}-{month:02}-{day:02}"
    if match["hour"] is None:
        return value
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return value
    value += f"T{match['hour']}:{match['minute']}" + (f":{match['second']}" if match["second"] else "")
    return value + _offset(match["zone"])


def _odd(text: str) -> str | None:
    """The day of an odd but complete form, by dateutil: "2024 Jan 26th Friday 10h 5m".

    What dateutil fills in from its default shows when it is asked twice, with two defaults. Numbers
    alone are not left to it, since it takes 04/05 for the fifth of April.
    """
    if not _WORDED.search(text):
        return None
    from datetime import datetime

    from dateutil import parser

    try:
        one, other = (
            parser.parse(text, default=day).date() for day in (datetime(2001, 1, 2), datetime(2004, 11, 29))
        )
    except (ValueError, OverflowError):
        return None
    certain = one == other and calendar.FIRST_YEAR <= one.year <= calendar.LAST_YEAR
    return one.isoformat() if certain else None


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] not in "+-":
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}" if int(digits[:2]) <= 14 and int(digits[2:]) < 60 else ""


def same_day(a: str | None, b: str | None) -> bool:
    """Whether two values name the same day, as far as both go down to days.

    >>> same_day("2024-01-26", "2024-01-26T10:05:00+05:00"), same_day("2024-01", "2024-01-26")
    (True, False)
    """
    return a is not None and b is not None and len(a) >= 10 and a[:10] == b[:10]
