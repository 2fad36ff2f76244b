"""The dates printed on a page that may be its story's, each with what speaks for it and against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.build.byline import names_of, says_by, signs
from ingest.build.looks import NEAR, Looks, Page
from ingest.build.reading import Reading
from ingest.build.said import Said, same_day
from ingest.datelines import parse_dateline
from ingest.dates import PrintedDate, find_dates, find_times, is_date_line, iso, parse_date
from ingest.dates.sieve import looks
from ingest.line import BODY, Line
from ingest.line import Labels as Label
from ingest.pattern import lazy

# Where a story's own date is printed.
_PLACES = frozenset({Label.PUBLICATION, Label.DATE, Label.BYLINE})
_TEASERS = frozenset({Label.TEASER_TITLE, Label.TEASER_DATE, Label.TEASER_BYLINE, Label.TEASER_BLURB})
_DATED = 200  # characters of a line that is there for its date
_ENTRY = 400  # characters of "This entry was posted on … and is filed under …"
_NEXT = 2  # lines above a headline that stand at it
_BELOW = 10  # lines below a story in which its date may stand
_SIGNED = 3  # lines below a story in which the writer's line may stand
_AHEAD = 45  # letters and digits before a date from which on it is part of a sentence or a caption
_MORE = 40  # letters and digits beside a date from which on its line says something else too
_LOWER = 4  # words in lower case before a date from which on it is part of a sentence

# What speaks for a date and what against it. The masthead's "Friday, 3 May" is the day of the visit: a day
# far from the story needs a label, a mark, or to be the only one.
WEIGHTS = {
    "metadata say the same": 8.0,
    "publication line": 4.0,
    "called the publication": 3.0,
    "under the headline": 3.0,
    "right above the headline": 2.5,
    "among the first paragraphs": 1.5,
    "in the month of the address": 2.0,
    "links to this page": 2.0,
    "has a time": 2.0,
    "the only day of the page": 2.0,
    "marked as a date": 1.75,
    "right below the story": 1.0,
    "labelled a date": 1.0,
    "opens the story": 0.5,
    "above the headline": 0.0,
    "one of many": -1.5,
    "behind other words": -4.5,
    "called something else": -3.0,
    "far from the story": -2.5,
    "links to another page": -3.0,
    "among other stories": -4.0,
    "less than a day": -4.5,
    "no value": -2.0,
}

_ENTRIES = frozenset("postmetadata postmeta postinfo".split())


_OPENS = " ([*|–—-"  # what may stand before a date that opens a text
_ENDS = "()[]|:.,;/–—-•·„“”\"«»‘’'"  # and right behind it; an empty string is in it too


class Candidate(NamedTuple):
    """A printed date that may be the story's, and the reasons by which it is weighed."""

    at: int  # place of its line
    line: Line
    date: PrintedDate
    reasons: tuple[str, ...]

    @property
    def weight(self) -> float:
        return sum(WEIGHTS[reason] for reason in self.reasons)


def candidates(page: Page) -> list[Candidate]:
    """The dates that may be the story's, in page order."""
    found = []
    looks = Looks(page, _openings(page))
    for at in _asked(page):
        line, label = page.lines[at], page.labels[at]
        below = page.last < at <= page.last + _BELOW
        if at in looks.openings or label in (Label.HEADLINE, Label.DECK):
            dates = _opening(line.text, page.reading)
        elif label in _PLACES or (label not in BODY and _is_dated(page, at, below, looks)):
            dates = page.reading.dates(line.text)
        elif at == page.last:
            dates = _closing(line, page.reading)
        elif at in page.head and at < page.first and page.said.published is None:
            dates = find_times(line.text, page.reading.now, page.reading.country)
        else:
            continue
        for one in dates:
            one = _as_said(_completed(one, line), page.said)
            same = same_day(one.value, page.said.published)
            if label is Label.BYLINE and not (one.kind or same or names_of(line.text) or looks.is_date(at)):
                continue  # a caption that was taken for a byline
            found.append(Candidate(at, line, one, tuple(_reasons(page, at, one, below, looks))))
    return _with_only_day(found, page)


def _asked(page: Page) -> list[int]:
    """The places of the lines that may have a date at all, or a time under the headline: a tenth."""
    may_hold_date, _ = looks()
    may = {at for at, line in enumerate(page.lines) if len(line.text) > _DATED or may_hold_date(line.text)}
    timed = page.head if page.said.published is None else ()
    return sorted(may.union(timed))


def _opening(text: str, reading: Reading) -> list[PrintedDate]:
    """The date with which a story's text begins, or the one in its dateline if that has its year."""
    dates = reading.dates(text[:_DATED])
    if dates and not text[: dates[0].start].strip(_OPENS) and _stands_off(text, dates[0]):
        return dates[:1]  # "(26.01.2024) The government has …", but "26 January 2024 was a Friday"
    dateline = parse_dateline(text, country=reading.country) if dates else None
    if dateline is None or dateline.date is None or len(dateline.date) < 10:
        return []
    return [one for one in dates if one.value and one.value[:10] == dateline.date[:10]][:1]


def _stands_off(text: str, printed: PrintedDate) -> bool:
    """Whether a text goes on behind a date with a sign, or with a sentence of its own: "26.01.2024 The …"."""
    behind = text[printed.end :].strip()[:1]
    return behind in _ENDS or (behind.isupper() and not any(map(str.isalpha, printed.raw)))


def _closing(line: Line, reading: Reading) -> list[PrintedDate]:
    """The date in what a blog's template sets under a story: "This entry was posted on May 3rd, 2010 …"."""
    dates = reading.dates(line.text[:_DATED])
    entry = line.hints is not None and line.hints.words & _ENTRIES
    return [one for one in dates if one.kind == "published" or entry][:1]


def _is_dated(page: Page, at: int, below: bool, looks: Looks) -> bool:
    """Whether an unlabelled line is there for its date: "Jane Roe, 26.04.2024 10:00"."""
    text, headed = page.lines[at].text, at in page.head
    if looks.linked(at) and looks.is_date(at) and looks.own(at):  # in a list of stories, this one among them
        return True
    if len(text) > _ENTRY or (page.labels[at] in _TEASERS and not headed and not looks.alone(at)):
        return False
    if page.said.month and _calls_itself_of(page.said.month, text):
        return True
    near = headed or below or page.head.start - NEAR <= at < page.head.start
    if len(text) > _DATED:  # "This entry was posted on Monday, May 3rd, 2010 and is filed under …"
        dates = find_dates(text[:_DATED]) if near or looks.marked(at) else []
        return any(one.kind == "published" for one in dates) or bool(dates and looks.marked(at))
    if looks.is_date(at):
        return near or looks.marked(at) or any(one.kind == "published" for one in find_dates(text))
    if not (near or looks.marked(at)):
        return False
    dates = find_dates(text)
    if any(one.kind for one in dates):
        return True
    if dates and headed and at < page.first and dates[0].start == 0 and tells_little(text, dates[0]):
        return len(dates[0].value or "") >= 10  # "26.01.2024 ∙ Politics"
    signed = headed or (below and at <= page.last + _SIGNED)
    return bool(dates) and (looks.marked(at) or (signed and (says_by(text) or signs(text))))


def _calls_itself_of(month: str, text: str) -> bool:
    """Whether a line says so of a day of the month: "Rain wurde am 26. Januar 2024 gepostet und unter …"."""
    return any(
        one.kind == "published" and (one.value or "").startswith(month) for one in find_dates(text[:_DATED])
    )


def tells_little(text: str, printed: PrintedDate) -> bool:
    """Whether a date and its label are all that its line says; what says more stays to be accounted for."""
    return sum(map(str.isalnum, text)) - sum(map(str.isalnum, printed.raw)) < _MORE


def _completed(printed: PrintedDate, line: Line) -> PrintedDate:
    """A date that print leaves open ("2 hours ago", "04/05/2024"), from the <time> around it."""
    if printed.value is not None and len(printed.value) >= 10:
        return printed
    exact = iso(line.hints.datetime) if line.hints is not None and line.hints.datetime else None
    if exact is None or len(exact) < 10:
        return printed
    return printed._replace(value=exact[:10], warning=None)


def _as_said(printed: PrintedDate, said: Said) -> PrintedDate:
    """The date as that of the update, where the metadata know it as such and nothing printed says more.

    A bare day is a publication's, but "1 day ago" is how sites count from their last change.
    """
    if printed.kind is not None or printed.value is None:
        return printed
    changed = said.published is not None and not same_day(said.published, said.updated, apart=1)
    if changed and same_day(printed.value, said.updated, apart=1):
        alone = parse_date(printed.raw)  # without the day of retrieval
        update = alone is not None and alone.warning == "no-reference"
    else:
        update = said.is_update(printed.value)
    return printed._replace(kind="updated") if update else printed


def _reasons(page: Page, at: int, printed: PrintedDate, below: bool, looks: Looks) -> Iterator[str]:
    label, head = page.labels[at], page.head
    said = page.said.updated if printed.kind == "updated" else page.said.published
    if same_day(printed.value, said, apart=1):
        yield "metadata say the same"
    elif page.said.month and (printed.value or "")[:7] == page.said.month:
        yield "in the month of the address"
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
    yield from looks.reasons(at)
    yield from _beside(page.lines[at].text, label, printed)
    if at in looks.openings or label in (Label.HEADLINE, Label.DECK):
        yield "opens the story"
    elif at in head:
        yield "under the headline" if at < page.first else "among the first paragraphs"
    elif below or (at == page.last > page.first):
        yield "right below the story"
    elif head.start - 1 - _NEXT <= at < head.start and label in _PLACES:
        yield "right above the headline"
    elif head.start - NEAR < at < head.start:
        yield "above the headline"
    elif (label is not Label.PUBLICATION or printed.kind is None) and not looks.own(at):
        yield "far from the story"


def _beside(text: str, label: Label, printed: PrintedDate) -> Iterator[str]:
    """What the words before a date say against it: those of a caption, or "Doors open:"."""
    ahead = text[: printed.start].rstrip()
    if printed.kind is not None or label is Label.BYLINE:
        return
    if ahead.endswith((":", "：")) and not is_date_line(text[: printed.end]):
        yield "called something else"
    elif sum(map(str.isalnum, ahead)) > _AHEAD or sum(word[0].islower() for word in ahead.split()) >= _LOWER:
        yield "behind other words"


def _with_only_day(found: list[Candidate], page: Page) -> list[Candidate]:
    """The candidates, where all that name a day name the same, and the metadata no other.

    None gains by it where one stands far from the story and may be the day of the visit; a caption never.
    """
    days = {(one.date.value or "")[:10] for one in found if _has_day(one)}
    said = page.said.published
    if len(days) != 1 or (said is not None and said[:10] not in days):
        return found
    if any("far from the story" in one.reasons for one in found) and not _is_past(min(days), page):
        return found
    only = ("the only day of the page",)
    return [
        one._replace(reasons=one.reasons + only)
        if _has_day(one) and "behind other words" not in one.reasons
        else one
        for one in found
    ]


def _is_past(day: str, page: Page) -> bool:
    """Whether a day can't be the visit's: the page was fetched later, or has a later year in its "© 2024"."""
    now = page.reading.now
    if now is not None:
        return now[:10] > day and not same_day(now, day, apart=1)
    rights = (line.text for line in page.lines if len(line.text) <= _DATED and _RIGHTS.search(line.text))
    return any(year > day[:4] for text in rights for year in _YEAR.findall(text))


_RIGHTS = lazy(r"©|\(c\)|copyright", re.IGNORECASE)
_YEAR = lazy(r"(?<!\d)20\d\d(?!\d)")


def _has_day(one: Candidate) -> bool:
    return one.date.value is not None and len(one.date.value) >= 10


def _openings(page: Page) -> frozenset[int]:
    """The places of the paragraphs that may open with the story's day; in a chronicle the first alone."""
    body = [at for at in range(page.first, page.last + 1) if at < len(page.lines) and page.labels[at] in BODY]
    heads = ((at, page.lines[at].text[:_OPENING]) for at in body)
    dated = [at for at, text in heads if _DIGIT.search(text) and page.reading.dates(text)]
    opening = [at for at in dated if _opening(page.lines[at].text, page.reading)]
    few = opening if len(opening) == 1 and opening[0] in body[:_OPENERS] else []
    return frozenset({page.first, *few})


_DIGIT = lazy(r"\d")
_OPENERS = 5  # paragraphs of which one may open with the story's day
_OPENING = 40  # characters within which it does
