"""Which date of a page is which: the story's publication, its update, by printed and machine evidence.

The printed date wins, at its own precision; the machine-readable one picks between printed
candidates, gives the year or the order of day and month that a line leaves out, and stands alone
where nothing is printed.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ingest.build.byline import names_of, says_by, signs
from ingest.build.reading import Reading
from ingest.dates import PrintedDate, find_dates, is_date_line, iso
from ingest.line import BODY, Label, Line
from ingest.page import Warning

# Where a story's own date is printed.
_PLACES = frozenset({Label.PUBLICATION, Label.DATE, Label.BYLINE})
_MORE = 40  # letters and digits beside a date from which on its line says something else too
_DATED = 200  # characters of a line that is there for its date
_NEAR = 6  # lines above a headline in which a day without a label may still be the story's
_FAR = 1  # days by which print and metadata may differ: they are written in different time zones


class Dating(NamedTuple):
    """A story's dates, the lines they were printed on, and what is doubtful about them."""

    published: str | None = None
    published_raw: str | None = None
    updated: str | None = None
    updated_raw: str | None = None
    lines: frozenset[Line] = frozenset()
    warnings: tuple[Warning, ...] = ()


def date_story(
    lines: Sequence[Line],
    labels: Sequence[Label],
    head: range,
    claimed: tuple[str | None, str | None],
    reading: Reading,
) -> Dating:
    """Dates a story from its labelled lines and what the metadata claims (published, updated).

    ``head`` are the places of the lines between its headline and its first paragraphs.
    """
    printed = _printed(lines, labels, head, reading)
    warnings = [
        Warning(found.warning, f"{found.raw!r}: {_REASONS.get(found.warning, found.warning)}", line.number)
        for line, found in printed
        if found.warning
    ]
    claim, claim_updated = (iso(text) if text else None for text in claimed)
    published = _best([pair for pair in printed if pair[1].kind != "updated"], claim)
    updated = _best([pair for pair in printed if pair[1].kind == "updated"], claim_updated)
    used = frozenset(pair[0] for pair in (published, updated) if pair is not None and _told(*pair))
    if published is not None and claim and _apart(published[1].value, claim):
        warnings.append(
            Warning(
                "date-disagreement", f"printed {published[1].raw!r}, metadata {claim}", published[0].number
            )
        )
    return Dating(
        published=_value(published, claim),
        published_raw=published[1].raw if published else None,
        updated=_value(updated, claim_updated if claim_updated != claim else None),
        updated_raw=updated[1].raw if updated else None,
        lines=used,
        warnings=tuple(warnings),
    )


_REASONS = {
    "ambiguous-date": "day and month can't be told apart",
    "unknown-timezone": "a time zone with more than one meaning",
    "no-reference": "needs the day on which the page was fetched",
    "foreign-calendar": "a calendar that is not converted",
}


def _printed(
    lines: Sequence[Line], labels: Sequence[Label], head: range, reading: Reading
) -> list[tuple[Line, PrintedDate]]:
    """The dates that may be the story's, those under its headline first."""
    found = [
        (at, line, date, label)
        for at, (line, label) in enumerate(zip(lines, labels, strict=True))
        if label in _PLACES or (at in head and label not in BODY and _is_dated(line.text))
        for date in reading.dates(line.text)
        if label is not Label.BYLINE or date.kind or names_of(line.text) or is_date_line(line.text)
    ]
    # The masthead's "Friday, 3 May" is the day of the visit: what is printed under the headline or says
    # what it is knows better, and alone it proves nothing.
    own = {at for at, _, date, _ in found if at in head and date.kind != "updated"}
    imprint = next(
        (
            date.value
            for _, _, date, label in found
            if label is Label.PUBLICATION and date.value and (date.kind or not own)
        ),
        None,
    )

    def counts(at: int, date: PrintedDate) -> bool:
        if date.kind == "updated":
            return True
        if imprint:
            return _day(date.value) == _day(imprint)
        if own:
            return at in own
        return bool(date.kind) or at > head.start - _NEAR or "T" in (date.value or "")

    kept = [
        (line, date)
        for at, line, date, _ in sorted(found, key=lambda entry: entry[0] not in head)
        if counts(at, date)
    ]
    return kept or _announced(lines[: head.start], reading)


def _announced(lines: Sequence[Line], reading: Reading) -> list[tuple[Line, PrintedDate]]:
    """The one day that lines above a story call that of its publication, however far above."""
    found = [
        (line, date)
        for line in lines
        if is_date_line(line.text)
        for date in reading.dates(line.text)
        if date.kind == "published"
    ]
    return found if len({_day(date.value) for _, date in found}) == 1 else []


def _is_dated(text: str) -> bool:
    """Whether an unlabelled line under a headline is there for its date: "Jane Roe, 26.04.2024 10:00"."""
    if len(text) > _DATED or not (any(map(str.isdigit, text)) or is_date_line(text)):
        return False
    return is_date_line(text) or any(date.kind for date in find_dates(text)) or says_by(text) or signs(text)


def _told(line: Line, date: PrintedDate) -> bool:
    """Whether a date and its label are all that its line says; what says more stays to be accounted for."""
    return sum(map(str.isalnum, line.text)) - sum(map(str.isalnum, date.raw)) < _MORE


def _best(
    candidates: Sequence[tuple[Line, PrintedDate]], claim: str | None
) -> tuple[Line, PrintedDate] | None:
    """The candidate that the metadata confirms, else the first with a value, else the first."""
    for pair in candidates:
        if claim and pair[1].value and _same(pair[1].value, claim):
            return pair
    whole = [pair for pair in candidates if pair[1].value and len(pair[1].value) >= 10]
    return next(iter(whole or candidates), None)


def _value(printed: tuple[Line, PrintedDate] | None, claim: str | None) -> str | None:
    if printed is None:
        return claim
    value = printed[1].value
    if value is None or len(value) < 10:  # "2 hours ago", "04/05/2024", "Jan. 26": the metadata can tell
        return claim[:10] if claim else value
    return value


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def _apart(one: str | None, other: str | None) -> bool:
    a, b = _day(one), _day(other)
    return a is not None and b is not None and abs((a - b).days) > _FAR


def _same(one: str | None, other: str | None) -> bool:
    a, b = _day(one), _day(other)
    return a is not None and b is not None and abs((a - b).days) <= _FAR
