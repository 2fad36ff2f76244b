"""Times of day without a day, which a site prints on what appeared today: "Published 14:14", "13:37 Uhr"."""

from __future__ import annotations

from ingest.dates.clock import clock_at
from ingest.dates.find import Kind, PrintedDate, find_dates
from ingest.dates.grammar import Line
from ingest.dates.relative import moment

_LONGEST = 60  # characters of a line that is nothing but times


def find_times(text: str, now: str | None, country: str | None = None) -> list[PrintedDate]:
    """The times of a line that has nothing else, of the day on which the page was fetched.

    A time without any word is none of them (a video's length is printed so), and one that lies after ``now``
    has no value: it is of the evening before, or of another zone.

    >>> [(time.value, time.kind) for time in find_times("Uppdaterad 15.59 | Publicerad 14.14", "2024-01-26")]
    [('2024-01-26T15:59', 'updated'), ('2024-01-26T14:14', 'published')]
    >>> find_times("13:37 Uhr", "2024-01-26T12:00")[0].value, find_times("13:37", "2024-01-26")
    (None, [])
    """
    reference = moment(now)
    if reference is None or len(text) > _LONGEST or find_dates(text):
        return []
    line = Line(text, None, country)
    if any(term.kind == "x" for term in line.terms):  # a word that no date has
        return []
    found: list[PrintedDate] = []
    at, named = 0, False
    while at < len(line.terms):
        item = line.terms[at]
        clock = clock_at(line.terms, at, text, country, dotted=True)
        if clock is not None and (item.width or "half" in item.roles):
            start, end = item.start, line.terms[clock.after - 1].end
            minutes = clock.hour * 60 + (clock.minute or 0)
            past = reference.minutes is None or minutes <= reference.minutes
            day = f"{reference.year:04}-{reference.month:02}-{reference.day:02}"
            value = f"{day}T{clock.hour:02}:{clock.minute or 0:02}" if past else None
            kind = _kind(line, at)
            named = named or any(term.roles for term in line.terms[at : clock.after])
            found.append(
                PrintedDate(value, text[start:end], kind, start, end, None if past else "no-reference")
            )
            at = clock.after
        elif item.width or (item.kind == "w" and not {"label", "filler"} & item.roles.keys()):
            return []
        else:
            named = named or item.kind == "w"
            at += 1
    return found if named else []


def _kind(line: Line, at: int) -> Kind | None:
    """What the label right in front of a term says."""
    while at and line.has(at - 1, "filler") and not line.has(at - 1, "label"):
        at -= 1
    at -= at > 0 and line.kind(at - 1) == ":"
    label = line.terms[at - 1].roles.get("label") if at else None
    return label if label in ("published", "updated") else None  # type: ignore[return-value]
