"""Dates that need a reference: "2 hours ago", "Yesterday", "Jan. 26" without its year."""

from typing import TYPE_CHECKING, NamedTuple

from ingest.dates import calendar
from ingest.pattern import lazy

if TYPE_CHECKING:
    from datetime import datetime

_NOW = lazy(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:[.,]\d{1,9})?)? ?(Z|[+-]\d\d:?\d\d)?)?")


class Moment(NamedTuple):
    """The reference: a day, and the time of day if it is known (minutes since midnight, offset)."""

    year: int
    month: int
    day: int
    minutes: int | None = None
    offset: str = ""


def moment(now: "str | datetime | None") -> Moment | None:
    """The reference time, from ISO 8601 or a ``datetime``.

    Raises ``ValueError`` when it is neither.

    >>> moment("2024-01-26T10:05:00Z")
    Moment(year=2024, month=1, day=26, minutes=605, offset='+00:00')
    """
    if now is None:
        return None
    text = now if isinstance(now, str) else now.isoformat()
    match = _NOW.match(text.strip())
    if match is None or not calendar.valid(int(match[1]), int(match[2]), int(match[3])):
        raise ValueError(f"not an ISO 8601 date: {text!r}")
    offset = (match[6] or "").replace("Z", "+00:00")
    if offset and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    minutes = int(match[4]) * 60 + int(match[5]) if match[4] else None
    return Moment(int(match[1]), int(match[2]), int(match[3]), minutes, offset)


def before(now: Moment, amount: int, unit: str) -> str | None:
    """The value of so many units before the reference, at the precision that the unit states.

    Weeks have no form of their own in the record: ``None``, as hours are without a time of reference.

    >>> before(moment("2024-01-26T10:05Z"), 2, "hour"), before(moment("2024-01-26"), 26, "day")
    ('2024-01-26T08:05+00:00', '2023-12-31')
    >>> before(moment("2024-01-26"), 1, "month"), before(moment("2024-01-26"), 2, "hour")
    ('2023-12', None)
    """
    if amount > 100_000:
        return None
    if unit == "year":
        return f"{now.year - amount:04}" if now.year - amount >= calendar.FIRST_YEAR else None
    if unit == "month":
        months = now.year * 12 + now.month - 1 - amount
        return f"{months // 12:04}-{months % 12 + 1:02}" if months >= calendar.FIRST_YEAR * 12 else None
    if unit == "week" or (unit != "day" and now.minutes is None):
        return None
    from datetime import datetime, timedelta

    minutes = now.minutes or 0
    reference = datetime(now.year, now.month, now.day, minutes // 60, minutes % 60)
    try:
        then = reference - timedelta(**{f"{unit}s": amount})
    except OverflowError:
        return None
    if unit == "day":
        return then.strftime("%Y-%m-%d")
    return then.strftime("%Y-%m-%dT%H:%M") + now.offset


def nearest_year(now: Moment, month: int, day: int) -> int | None:
    """The year of a day without one: the latest that is not in the future by more than a day.

    >>> nearest_year(moment("2024-01-26"), 12, 30), nearest_year(moment("2023-12-31"), 1, 1)
    (2023, 2024)
    """
    from datetime import date, timedelta

    limit = date(now.year, now.month, now.day) + timedelta(days=1)
    for year in range(limit.year, limit.year - 9, -1):  # 29 February may be eight years back
        if calendar.valid(year, month, day) and date(year, month, day) <= limit:
            return year
    return None
