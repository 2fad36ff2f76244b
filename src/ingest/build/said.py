"""What a page's machine-readable claims amount to: the day that most of their weight names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from ingest.build.reading import Reading
from ingest.dates import iso
from ingest.read.claim import TRUST, Claim

_NEVER = frozenset({"1970-01-01", "1969-12-31", "1900-01-01", "0001-01-01"})  # what programs say for "none"
_EAST, _WEST = 13, 12  # hours by which local clocks are ahead of UTC and behind it at most
_PLAIN = 2.0  # trust of sources that name the publication by its name
_RESET = 0.5  # what a claim is worth that names the day of the update: many sites set both to it


class Said(NamedTuple):
    """Publication and update as the metadata have them, and the trust in the publication's day."""

    published: str | None = None
    updated: str | None = None
    trust: float = 0.0
    month: str | None = None  # of an address that has no day: "2024-01" of /2024/01/steep-price

    def is_update(self, value: str | None) -> bool:
        """Whether a printed time is that of the update, and not of the publication the night before.

        >>> Said("2024-01-26T23:17+09:00", "2024-01-27T00:05+09:00").is_update("2024-01-27T00:05")
        True
        """
        if value is None or self.published is None:
            return False
        if self.updated is None:  # an address keeps the day on which the page was made
            return (
                len(self.published) == 10
                and self.trust <= TRUST["address"]
                and _is_after(value, self.published)
            )
        if same_day(value, self.published) or not all(
            "T" in one for one in (value, self.published, self.updated)
        ):
            return False
        return _minutes(value, self.updated) < min(_SAME_MINUTES, _minutes(value, self.published))


def _is_after(value: str, day: str) -> bool:
    """Whether a time is of the small hours of the day after."""
    a, b = day_of(value), day_of(day)
    return (
        "T" in value and a is not None and b is not None and (a - b).days == 1 and int(value[11:13]) < _SMALL
    )


_SMALL = 6  # the hour up to which a night lasts
_SAME_MINUTES = 15  # between the time that is printed and that which the metadata have for the same act


def _minutes(one: str, other: str) -> float:
    """The minutes between two times of the same page, which tells both as its readers' clocks do."""
    a, b = (datetime.fromisoformat(value[:16]) for value in (one, other))
    return abs((a - b).total_seconds()) / 60


def said_of(claims: Sequence[Claim], reading: Reading) -> Said:
    """Weighs the claims: each day has the weight of the sources that name it, the first of the heaviest wins.

    >>> one, other = ("2024-01-20", "meta date", "published", 1.5), ("2024-01-26", "meta", "published", 3.0)
    >>> said_of((Claim(*one), Claim(*other)), Reading()).published
    '2024-01-26'
    """
    changed = {_value(claim.text, reading) for claim in claims if claim.kind == "updated"}
    changes = {value[:10] for value in changed if value}
    days: dict[str, float] = {}
    first: dict[str, str] = {}
    updated = None
    for claim in sorted(claims, key=lambda claim: -claim.trust):
        value = _value(claim.text, reading)
        if value is None or value[:10] in _NEVER or (claim.trust < _PLAIN and value[4:] == "-01-01"):
            continue  # some write the first of January for a year
        if len(value) < 10:
            continue
        if claim.kind == "updated":
            updated = updated or value
        elif not _is_ahead(value, reading.now):
            weight = claim.trust * (_RESET if value[:10] in changes else 1)
            days[value[:10]] = days.get(value[:10], 0.0) + weight
            first.setdefault(value[:10], value)
    if not days:
        month = next((claim.text for claim in claims if claim.source == "address"), None)
        return Said(None, updated, month=month)
    best = max(days, key=lambda day: days[day])
    local = next((claim.text for claim in claims if claim.source == "address"), None)
    value = local if _is_eve(first[best], local) else first[best]
    return Said(value, updated, days[best])


def _is_eve(value: str, local: str | None) -> bool:
    """Whether a time of UTC lies a few hours from the day in the address, which is one of the local clock.

    >>> _is_eve("2023-11-01T23:01:00+00:00", "2023-11-02"), _is_eve("2023-11-01T09:01:00+00:00", "2023-11-02")
    (True, False)
    """
    if not value.endswith("+00:00") or not same_day(value, local, apart=1) or same_day(value, local):
        return False
    hour = int(value[11:13])
    return hour >= 24 - _EAST if value[:10] < (local or "") else hour < _WEST


def _value(text: str, reading: Reading) -> str | None:
    """The value of a claim; 04/05/2024 as the page's other dates are read."""
    value = iso(text)
    if value is None and len(text) < 40 and (printed := reading.first(text)) is not None:
        value = printed.value
    return value


def _is_ahead(value: str, now: str | None) -> bool:
    """Whether a day lies after that of the page's retrieval."""
    day, limit = day_of(value), day_of(now)
    return day is not None and limit is not None and (day - limit).days > 1


def day_of(value: str | None) -> date | None:
    """The day of a value; None for a month, a year, or nothing."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def same_day(one: str | None, other: str | None, apart: int = 0) -> bool:
    """Whether two values name the same day, or days so many apart: zones of print and metadata differ."""
    a, b = day_of(one), day_of(other)
    return a is not None and b is not None and abs((a - b).days) <= apart
