"""Finds the dates of a line, gives them their values, and says which label stands over each."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from ingest.dates.calendar import weekday
from ingest.dates.clock import Clock, clock_at
from ingest.dates.grammar import Draft, Line
from ingest.dates.relative import Moment, before, moment, nearest_year
from ingest.dates.sieve import looks, may_hold_date

if TYPE_CHECKING:
    from datetime import datetime

Order = Literal["DMY", "MDY", "YMD"]
Kind = Literal["published", "updated"]

LONGEST_LINE = 20_000  # characters; a date beyond is no one's publication date
_DATE_LINE = 120  # characters that a line of nothing but a date may have
_DIGIT = re.compile(r"\d")
_EARLY = 80  # characters in which the first number of a line stands that proves an order
_YEAR_ALONE = re.compile(r"\s*(\d{4})\s*")
_RANGE = frozenset("-–—~/")
_RECENT = frozenset({"minute", "hour", "day"})  # how long ago what stands behind a section's name is told in
_SECTION = 3  # words and signs of such a name
# What a term can mean that a date begins with, and how many digits any other number has with which one does.
_BEGINS = frozenset({"month", "weekday", "era", "moment", "calendar", "half", "clock", "ago", "numbered"})
_WIDTHS = (1, 2, 4)
_JOINTS = frozenset(".,:/|-–—~")  # behind such a number; else it is a word that has a meaning
_NO_DATE_LINE = frozenset('?!%$€£¥+=#_{}^\\"“”')


class PrintedDate(NamedTuple):
    """A date as a page prints it.

    ``value`` is ISO 8601 at exactly the precision printed. It is ``None`` with the warnings "ambiguous-date",
    "no-reference", "foreign-calendar" and "imprecise" (weeks); "unknown-timezone" leaves the local time,
    "weekday-mismatch" the date. ``raw`` is ``text[start:end]``, the expression without its label, and
    ``kind`` is what the label said.
    """

    value: str | None
    raw: str
    kind: Kind | None
    start: int
    end: int
    warning: str | None = None


def parse_date(
    text: str, now: "str | datetime | None" = None, order: Order | None = None, country: str | None = None
) -> PrintedDate | None:
    """The date that a text prints; ``None`` when it prints none, or a span of time.

    ``now`` (ISO 8601 or ``datetime``) resolves "2 hours ago" and "Jan. 26", ``order`` decides "04/05/2024",
    ``country`` zones such as IST: a code of ISO 3166-1, or offsets that the page states elsewhere ("-05:00"),
    or both with spaces between. Of several dates the publication's comes first.
    Raises ``ValueError`` when ``now`` is no date.

    >>> parse_date("Updated 14 Nov, 2024")
    PrintedDate(value='2024-11-14', raw='14 Nov, 2024', kind='updated', start=8, end=20, warning=None)
    >>> parse_date("04/05/2024").warning, parse_date("12–14 May 2024")
    ('ambiguous-date', None)
    """
    year = _YEAR_ALONE.fullmatch(text)
    if year is not None:
        number = int(year[1])
        return (
            PrintedDate(f"{number}", year[1], None, year.start(1), year.end(1))
            if 1500 <= number <= 2199
            else None
        )
    found = find_dates(text, now, order, country)
    for date in found:
        if date.kind == "published":
            return date
    return found[0] if found else None


def find_dates(
    text: str, now: "str | datetime | None" = None, order: Order | None = None, country: str | None = None
) -> list[PrintedDate]:
    """Every date of a line from left to right, each with the kind that its label gives it.

    >>> [(d.value, d.kind) for d in find_dates("Posted: Aug 08, 2024 4:00 AM EDT | Updated: Aug 9, 2024")]
    [('2024-08-08T04:00-04:00', 'published'), ('2024-08-09', 'updated')]
    """
    if len(text) > _KEPT:
        return list(_found(text, now, order, country))
    return list(_found_again(text, now, order, country))


def _found(
    text: str, now: "str | datetime | None", order: Order | None, country: str | None
) -> Sequence[PrintedDate]:
    if not may_hold_date(text):
        return ()
    reference = moment(now)
    line, drafts = _read(text, order, country)
    found, behind = [], 0
    for number, draft in enumerate(drafts):
        limit = drafts[number + 1].first if number + 1 < len(drafts) else len(line.terms)
        found.append(_printed(line, draft, _kind(line, behind, draft, limit), reference))
        behind = draft.after
    return found


# The labeller, the weighing of dates and the teasers ask for the dates of the same lines.
_KEPT = 250  # characters of a text whose dates are remembered
_found_again = lru_cache(maxsize=2048)(_found)


def _read(text: str, order: str | None, country: str | None) -> tuple[Line, list[Draft]]:
    """A line as terms, and the dates among them."""
    return (_read_again if len(text) <= _KEPT else _read_anew)(text, order, country)


def _read_anew(text: str, order: str | None, country: str | None) -> tuple[Line, list[Draft]]:
    line = Line(text[:LONGEST_LINE], order, country)
    return line, _drafts(line)


# A page has a dozen lines with dates. They are asked for by what they say, by the day of the visit, and for
# being nothing else: one reading answers all of it.
_read_again = lru_cache(maxsize=128)(_read_anew)


def without_dates(text: str, instead: str = "") -> str:
    """The text with ``instead`` in the place of each of its dates.

    >>> without_dates("Jane Roe, 14 Nov, 2024", "|")
    'Jane Roe, |'
    """
    for date in reversed(find_dates(text)):
        text = text[: date.start] + instead + text[date.end :]
    return text


def is_date_line(text: str) -> bool:
    """Whether a line is nothing but a date, perhaps with a label, a weekday, a time, a zone.

    >>> is_date_line("Updated 14 Nov, 2024"), is_date_line("vor 2 Stunden"), is_date_line("5 min read")
    (True, True, False)
    """
    return len(text) <= _DATE_LINE and _is_date_line(text)


@lru_cache(maxsize=2048)
def _is_date_line(text: str) -> bool:
    if not may_hold_date(text):
        return False
    line, drafts = _read(text, None, None)
    if not drafts or any(term.kind == "x" for term in line.terms):
        return False
    at = 0
    for draft in [*drafts, None]:
        limit = draft.first if draft else len(line.terms)
        if not _nothing_else(line, at, limit):
            return False
        at = draft.after if draft else limit
    return True


def day_order(texts: Iterable[str]) -> Order | None:
    """The order of numeric dates that a page's lines prove; ``None`` when they prove none, or two.

    >>> day_order(["26/01/2024", "04/05/2024"]), day_order(["26/01/2024", "01/26/2024"])
    ('DMY', None)
    """
    proven: set[str] = set()
    for text in filter(looks()[1], texts):
        if _DIGIT.search(text, 0, _EARLY):
            proven.update(draft.order for draft in _read(text, None, None)[1] if draft.order)
    if len(proven) > 1:
        proven.discard("YMD")  # "2024-01-26" stands beside either of the others
    if len(proven) != 1:
        return None
    return proven.pop()  # type: ignore[return-value]


def _drafts(line: Line) -> list[Draft]:
    """The dates of a line as the grammar reads them, without spans of time and what only looks like one."""
    found: list[Draft] = []
    at, count = 0, len(line.terms)
    while at < count:
        if not _may_begin(line, at):
            at += 1
            continue
        after = _span(line, at)
        if after is not None:
            at = after
            continue
        draft = line.date_at(at)
        if draft is None:
            at += 1
            continue
        other = _second_of_span(line, draft.after)
        if other is not None:
            at = other
            continue
        if _stands_apart(line, draft):
            found.append(draft)
        at = draft.after
    return found


def _may_begin(line: Line, at: int) -> bool:
    """Whether a date may begin at a term: a quick look, which most numbers fail for what follows them."""
    item = line.terms[at]
    if item.roles:
        return item.width in _WIDTHS or not _BEGINS.isdisjoint(item.roles)
    if item.width not in _WIDTHS or at + 1 == len(line.terms):
        return False
    following = line.terms[at + 1]
    return bool(following.roles) or following.kind in _JOINTS


def _span(line: Line, at: int) -> int | None:
    """The end of "12–14 May 2024", "May 12–14, 2024" or "12 to 14 May", if one begins at a term."""
    place = at
    month = line.month(at)
    if month is not None and not line.terms[at].width:
        place = month[1]
    first = line.day(place)
    if first is None:
        return None
    after = first[1] + (line.kind(first[1]) == ".")
    if not (line.kind(after) in ("-", "–", "—", "~") or line.has(after, "to")):
        return None
    second = line.day(after + 1)
    if second is None or line.kind(second[1]) == ":" or line.has(second[1], "half"):
        return None
    if month is None or place == at:
        month = line.month(line.past(second[1], "."), dotted=True)
        if month is None:
            return None
        end = month[1]
    else:
        end = second[1]
        if line.kind(end) in ("-", "/", "."):
            return None
    year = line.year(line.past(end, ",."))
    return year[1] if year else end


def _second_of_span(line: Line, at: int) -> int | None:
    """The end of the second date of "26 Jan – 3 Feb 2024", if one follows at once."""
    if not (line.kind(at) in _RANGE or line.has(at, "to")):
        return None
    draft = line.date_at(at + 1)
    if draft is None or draft.past is not None:
        return None
    clock = clock_at(line.terms, at + 1, line.text, None)
    return None if clock is not None else draft.after


def _stands_apart(line: Line, draft: Draft) -> bool:
    """What has neither year nor full form is a date only between signs, labels and the ends of a line."""
    if draft.year is not None and draft.day is not None:
        return True
    if draft.past is not None:
        return (_opens(line, draft.first) and _ends_relative(line, draft)) or _behind_section(line, draft)
    if draft.year is None:
        return _closes(line, draft.after)
    word = line.terms[draft.first]  # "January 2024", but not "31 February 2024" nor "out 2024" in a sentence
    ahead = draft.first - 1 - line.has(draft.first - 1, "of")
    if line.has_number(ahead, 1) or line.kind(ahead) == ".":
        return False
    short = word.end - word.start <= 3 and line.text[word.start : word.end].islower()
    return not short or "numbered" in word.roles or _opens(line, draft.first)


def _opens(line: Line, at: int) -> bool:
    """Whether an expression may begin at a term: the line does, or a label or a sign stands before it."""
    if at == 0:
        return True
    item = line.terms[at - 1]
    if item.kind == "w":
        return bool({"label", "filler"} & item.roles.keys()) and _opens(line, at - 1)
    if item.kind in ",.-":
        return at > 1 and ((item.kind == "-" and not line.glued(at)) or "label" in line.terms[at - 2].roles)
    return item.kind in "|·•–—:()[]/;»>*"


def _closes(line: Line, at: int) -> bool:
    """Whether an expression without a year may end before a term."""
    item = line.term(at)
    if item is None:
        return True
    if item.kind == "w":
        return "label" in item.roles or ("filler" in item.roles and line.term(at + 1) is None)
    if item.kind == "," and line.has_number(
        at + 1, 4
    ):  # "November 21, 20250": no one knows where the year ends
        return False
    return not item.width and item.kind != "x" and item.kind not in "%$€£¥°'\"/"


def _ends_relative(line: Line, draft: Draft) -> bool:
    """ "2 hours ago | Politics" and "2 hours ago Politics" are dates, "Vor 100 Jahren: …" is not."""
    item = line.term(draft.after)
    if item is None or "label" in item.roles:
        return True
    if item.kind in "wx":
        counted = draft.past is not None and line.terms[draft.first].kind == "n"
        begun = line.text[item.start].isupper() or line.text[item.start - 1] == " "
        return draft.first == 0 and counted and begun and not line.text[item.start].islower()
    if item.kind == ",":
        return line.has(draft.after + 1, "label")
    return item.kind in "|·•–—-()[]/.;»"


def _behind_section(line: Line, draft: Draft) -> bool:
    """ "US & Canada 3 days ago" is a date, "Titanic sank 100 years ago" and "Europe Today" are none."""
    assert draft.past is not None
    count, unit = draft.past
    ahead, end = line.terms[: draft.first], line.past(draft.after, ".")
    if not count or unit not in _RECENT or line.term(end) is not None:
        return False
    if not 0 < len(ahead) <= _SECTION or line.glued(draft.first):
        return False
    return all(item.kind in "wx&" and not line.text[item.start].islower() for item in ahead)


def _nothing_else(line: Line, at: int, limit: int) -> bool:
    """Whether only labels, prepositions, weekdays, times and signs stand between two places."""
    while at < limit:
        item = line.terms[at]
        clock = clock_at(line.terms, at, line.text, None) if item.width or "half" in item.roles else None
        if clock is not None:
            at = clock.after
            continue
        if item.width:
            return False
        if item.kind == "w":
            if not {"label", "filler", "weekday", "zone"} & item.roles.keys():
                return False
        elif item.kind in _NO_DATE_LINE:
            return False
        at += 1
    return True


def _kind(line: Line, behind: int, draft: Draft, limit: int) -> Kind | None:
    """What the label says: the last one in front of the date, else one right behind it ("10:05 更新")."""
    for at in range(draft.first - 1, behind - 1, -1):
        label = line.terms[at].roles.get("label")
        if label in ("published", "updated"):
            words = sum(line.terms[n].kind in "xn" for n in range(at + 1, draft.first))
            if words == 0 or (words <= 6 and _opens(line, at)):
                return label  # type: ignore[return-value]
    at = draft.after
    while at < limit and line.kind(at) in (")", ",", "|", "."):
        at += 1
    if at < len(line.terms) and line.kind(at + 1) != ":" and not _labels_next(line, at, limit):
        label = line.terms[at].roles.get("label")
        if label in ("published", "updated") and not _labels_time(line, at, limit):
            return label  # type: ignore[return-value]
    return None


def _labels_time(line: Line, at: int, limit: int) -> bool:
    """Whether the label at a term belongs to a time of day alone: "25/04/2026 Actualizado a las 15:10h"."""
    at += 1
    while at < limit and line.has(at, "filler") and not line.terms[at].width:
        at += 1
    return at < limit and clock_at(line.terms, at, line.text, None, dotted=True) is not None


def _labels_next(line: Line, at: int, limit: int) -> bool:
    """Whether the label at a term belongs to a date that follows."""
    return limit < len(line.terms) and not any(line.kind(n) == "|" for n in range(at + 1, limit))


def _printed(line: Line, draft: Draft, kind: Kind | None, reference: Moment | None) -> PrintedDate:
    start, end = line.terms[draft.first].start, line.terms[draft.after - 1].end
    value, warning = _value(draft, reference)
    return PrintedDate(value, line.text[start:end], kind, start, end, warning)


def _value(draft: Draft, reference: Moment | None) -> tuple[str | None, str | None]:
    if draft.warning is not None:
        return None, draft.warning
    clock = _clock(draft.clock)
    warning = "unknown-timezone" if draft.clock is not None and draft.clock.unknown_zone else None
    if draft.past is not None:
        value = before(reference, *draft.past) if reference is not None else None
        if value is None:
            return None, "no-reference" if draft.past[1] != "week" or reference is None else "imprecise"
        return (value + clock if len(value) == 10 else value), warning
    year = draft.year
    if year is None and reference is not None and draft.month is not None and draft.day is not None:
        year = nearest_year(reference, draft.month, draft.day)
    if year is None:
        return None, "no-reference"
    if _contradicted(draft, year):
        if draft.year is None:  # "Friday, May 24" of another year than the nearest
            return None, "ambiguous-date"
        warning = warning or "weekday-mismatch"
    if draft.month is None:
        return f"{year:04}", warning
    if draft.day is None:
        return f"{year:04}-{draft.month:02}", warning
    return f"{year:04}-{draft.month:02}-{draft.day:02}{clock}", warning


def _contradicted(draft: Draft, year: int) -> bool:
    """Whether the weekday printed is not that of the date."""
    if draft.weekday in (None, -1) or draft.month is None or draft.day is None:
        return False
    return weekday(year, draft.month, draft.day) != draft.weekday


def _clock(clock: Clock | None) -> str:
    if clock is None:
        return ""
    seconds = "" if clock.second is None else f":{clock.second:02}"
    return f"T{clock.hour:02}:{clock.minute:02}{seconds}{clock.offset or ''}"
