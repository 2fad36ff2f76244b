"""Which date of a page is which: the story's publication, its update, by printed and machine evidence.

Every date that may be the story's is weighed by where it stands, what is printed beside it and what the
metadata say; the heaviest wins. The printed date is kept at its own precision; the metadata give what a
line leaves out (the year, the order of day and month), overrule a printed day that nothing on the page
calls the story's, and stand alone where nothing is printed.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ingest.build.byline import names_of, says_by, signs
from ingest.build.reading import Reading
from ingest.dates import PrintedDate, find_dates, is_date_line, iso
from ingest.line import BODY, Label, Line
from ingest.page import Warning

# Where a story's own date is printed.
_PLACES = frozenset({Label.PUBLICATION, Label.DATE, Label.BYLINE})
_TEASERS = frozenset({Label.TEASER_TITLE, Label.TEASER_DATE, Label.TEASER_BYLINE, Label.TEASER_BLURB})
_MORE = 40  # letters and digits beside a date from which on its line says something else too
_DATED = 200  # characters of a line that is there for its date
_NEAR = 6  # lines above a headline in which a day without a label may still be the story's
_BELOW = 10  # lines below a story in which its date may stand
_FAR = 1  # days by which print and metadata may differ: they are written in different time zones

# What speaks for a date and what against it. The masthead's "Friday, 3 May" is the day of the visit: a day
# far from the story needs a label, or a time of day, to be the story's.
WEIGHTS = {
    "metadata say the same": 8.0,
    "publication line": 4.0,
    "called the publication": 3.0,
    "under the headline": 3.0,
    "right below the story": 1.0,
    "has a time": 2.0,
    "labelled a date": 1.0,
    "right above the headline": 0.0,
    "opens the story": 0.5,
    "far from the story": -2.5,
    "less than a day": -4.5,
    "no value": -2.0,
}


# What makes a printed day the story's, whatever the metadata say.
_SURE = frozenset({"publication line", "called the publication", "under the headline"})


class Candidate(NamedTuple):
    """A printed date that may be the story's, and the reasons by which it is weighed."""

    at: int  # place of its line
    line: Line
    date: PrintedDate
    reasons: tuple[str, ...]

    @property
    def weight(self) -> float:
        return sum(WEIGHTS[reason] for reason in self.reasons)


class Dating(NamedTuple):
    """A story's dates, where they were printed, what else was considered, and what is doubtful about them."""

    published: str | None = None
    published_raw: str | None = None
    updated: str | None = None
    updated_raw: str | None = None
    chosen: tuple[Candidate | None, Candidate | None] = (None, None)  # what was published and updated there
    considered: tuple[Candidate, ...] = ()
    warnings: tuple[Warning, ...] = ()

    @property
    def lines(self) -> frozenset[Line]:
        """The lines that say the dates and hardly more, and so are accounted for by them."""
        return frozenset(one.line for one in self.chosen if one is not None and _told(one))


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
    claim, changed = (iso(text) if text else None for text in claimed)
    found = candidates(lines, labels, head, (claim, changed), reading)
    published = _heaviest([one for one in found if one.date.kind != "updated"])
    updated = _heaviest([one for one in found if one.date.kind == "updated"])
    warnings = [_doubt(one) for one in found if one.date.warning and one.weight > WEIGHTS["no value"]]
    value = _value(published, claim)
    if published is not None and claim and _apart(published.date.value, claim):
        warnings.append(
            Warning(
                "date-disagreement",
                f"printed {published.date.raw!r}, metadata {claim}",
                published.line.number,
            )
        )
        if not _SURE & set(published.reasons):
            published, value = None, claim
    return Dating(
        published=value,
        published_raw=published.date.raw if published else None,
        updated=_value(updated, changed if changed != claim else None),
        updated_raw=updated.date.raw if updated else None,
        chosen=(published, updated),
        considered=tuple(found),
        warnings=tuple(warnings),
    )


def candidates(
    lines: Sequence[Line],
    labels: Sequence[Label],
    head: range,
    claims: tuple[str | None, str | None],
    reading: Reading,
) -> list[Candidate]:
    """The dates that may be the story's, in page order, each with what speaks for it and against it."""
    story = [at for at, label in enumerate(labels) if label in BODY]
    first, last = story[0], story[-1]
    found = []
    for at, (line, label) in enumerate(zip(lines, labels, strict=True)):
        below = last < at <= last + _BELOW
        if at == first or label in (Label.HEADLINE, Label.DECK):
            dates = [one for one in reading.dates(line.text[:_DATED]) if one.start == 0]
        elif label in _PLACES or (label not in BODY and _is_dated(line.text, label, at in head, below)):
            dates = reading.dates(line.text)
        else:
            continue
        for one in dates:
            if label is Label.BYLINE and not (one.kind or names_of(line.text) or is_date_line(line.text)):
                continue  # a caption that was taken for a byline
            one = _as_claimed(one, claims)
            found.append(
                Candidate(at, line, one, tuple(_reasons(one, label, at, head, first, below, claims)))
            )
    return found


def _is_dated(text: str, label: Label, headed: bool, below: bool) -> bool:
    """Whether an unlabelled line is there for its date: "Jane Roe, 26.04.2024 10:00"."""
    if len(text) > _DATED or (label in _TEASERS and not headed):
        return False
    if is_date_line(text):
        return headed or below or any(one.kind == "published" for one in find_dates(text))
    return (headed or below) and (
        any(one.kind for one in find_dates(text)) or (headed and (says_by(text) or signs(text)))
    )


def _as_claimed(printed: PrintedDate, claims: tuple[str | None, str | None]) -> PrintedDate:
    """The date as that of the update, where the metadata know it as such and nothing printed says more."""
    claim, changed = claims
    if printed.kind is None and claim and _apart(claim, changed) and _same(printed.value, changed):
        return printed._replace(kind="updated")
    return printed


def _reasons(
    printed: PrintedDate,
    label: Label,
    at: int,
    head: range,
    first: int,
    below: bool,
    claims: tuple[str | None, str | None],
) -> Iterator[str]:
    if _same(printed.value, claims[printed.kind == "updated"]):
        yield "metadata say the same"
    if label is Label.PUBLICATION and printed.kind is not None:
        yield "publication line"
    elif label in (Label.DATE, Label.PUBLICATION):
        yield "labelled a date"
    if printed.kind is not None:
        yield "called the publication"
    if printed.value is None:
        yield "no value"
    elif len(printed.value) < 10:
        yield "less than a day"
    elif "T" in printed.value:
        yield "has a time"
    if at == first or label in (Label.HEADLINE, Label.DECK):
        yield "opens the story"
    elif at in head:
        yield "under the headline"
    elif below:
        yield "right below the story"
    elif head.start - _NEAR < at < head.start:
        yield "right above the headline"
    elif label is not Label.PUBLICATION or printed.kind is None:
        yield "far from the story"


def _heaviest(found: Sequence[Candidate]) -> Candidate | None:
    """The heaviest of the candidates, or what gives its day more precisely; None where none has any weight.

    The first of several: a day stands under the headline as the reader meets it, and once more at the end.
    """
    best = max(found, key=lambda one: one.weight, default=None)
    if best is None or best.weight < 0:
        return None
    day = _day(best.date.value)
    same = [one for one in found if one is best or (_SURE & set(one.reasons) and _day(one.date.value) == day)]
    return max(same, key=lambda one: len(one.date.value or ""))


def _doubt(one: Candidate) -> Warning:
    code = one.date.warning or ""
    return Warning(code, f"{one.date.raw!r}: {_REASONS.get(code, code)}", one.line.number)


_REASONS = {
    "ambiguous-date": "day and month can't be told apart",
    "unknown-timezone": "a time zone with more than one meaning",
    "no-reference": "needs the day on which the page was fetched",
    "foreign-calendar": "a calendar that is not converted",
}


def _told(one: Candidate) -> bool:
    """Whether a date and its label are all that its line says; what says more stays to be accounted for."""
    return sum(map(str.isalnum, one.line.text)) - sum(map(str.isalnum, one.date.raw)) < _MORE


def _value(printed: Candidate | None, claim: str | None) -> str | None:
    if printed is None:
        return claim
    value = printed.date.value
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
