"""The head of a story as a row of items: places, their states or countries, a day, agencies.

The text is cut at its separators, and each piece is read for what it can only be; a piece that can be
nothing of a dateline ends the reading. Wherever a terminator follows a row of items, that row is a candidate;
whether it is a dateline is not told by form alone but weighed in ``evidence``.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.pattern import lazy

from .days import Day, is_weekday, looks_mistyped, months_of, read_day
from .gazetteer import Region, entries, qualifiers
from .spelling import SMALL, in_capitals, key
from .wording import Agency, agencies_in, agency, unknown_agency, words

HEAD = 200  # characters: no dateline is longer


class Name(NamedTuple):
    """A piece that may name a place, with what the pieces after it say of where it is."""

    text: str
    within: tuple[Region, ...] = ()


class Head(NamedTuple):
    """A candidate, read up to a terminator: its items end at ``end``, the story begins at ``rest``."""

    names: tuple[Name, ...]
    agencies: tuple[Agency, ...]
    day: Day | None
    terminator: str  # "-", ":", ".", "|" or "" (an agency in brackets and nothing more)
    end: int
    rest: int
    doubts: int = 0  # pieces that could not be read: "Grand Cayman, British West Indies"
    mistyped: bool = False
    credit: bool = False
    led: bool = False  # an agency stands first, without brackets: "TEMPO.CO, Jakarta - "
    enclosed: bool = False  # a whole day stands in brackets: "Karlsruhe (12.11.2021). "


# What stands between the pieces. In order: "(Reuters)", "[AFP]", "/ТАСС/", the dashes (" — ", "--", " - ",
# "26- ", ") -The", ").-", each with the stop of "EFE.-", but no hyphen inside a name), " | ", "। ", ": ",
# the comma, and the full stop that ends a piece ("МОСКВА, 26 января. ").
_CUT = lazy(
    r"""(?P<group>[(（\[][^()（）\[\]]{1,60}[)）\]] | (?:(?<=[\s.,])|^)/[^/\s][^/]{0,40}/(?=[\s.,:–—-]))
      | (?P<dash>(?:\.(?=[-–—]))? (?:[—―]\s* | -{2,}\s* | [-–‒‐_−]+(?:\s+|$)
          | (?<=[)\]]\s)[-–_]+(?=\w) | (?<=[)\]/\d.])[-–_]+(?=[^\d\s])))
      | (?P<bar>\|\s*)
      | (?P<danda>[।॥。]\s*)
      | (?P<colon>[:：](?!\d|//)\s*)
      | (?P<comma>[,،、;]\s*)
      | (?P<stop>\.(?:\s+|$))""",
    re.X,
)
_SIGN = lazy(r"[(（\[/.\-—―–‒‐_−|।॥。:：,،、;]")  # what a cut begins with: quick to find
LEADING = lazy(
    r"[\s*•►▶■◆●>#\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]{0,12}"
)  # "****LONDON, March 5 - "
# "ST. LOUIS", "FT. WORTH", "W. Va.", "N. J.", "Jan. 26", "26. siječnja": stops that end no piece.
_KEEPS_STOP = lazy(r"(?:^|[\s./-])(?:[^\W\d_]|st|ste|sto|sta|ft|mt|pt|gen|dr)$", re.I)
_AFTER_STOP = frozenset("-–—―:|(/[")
_LAST_WORD = lazy(r"(?:[^\W_]|[\u0900-\u0dff]){1,60}$")
_NEXT_WORD = lazy(r"(?:[^\W_]|[\u0900-\u0dff])+")


class Piece(NamedTuple):
    kind: str  # "text", or the name of the separator in _CUT
    text: str
    start: int
    end: int


def pieces(text: str) -> Iterator[Piece]:
    """The text's head, cut at its separators.

    >>> [p.text for p in pieces("ST. LOUIS, Mo., Jan. 26 (AP) - It") if p.kind in ("text", "group")]
    ['ST. LOUIS', 'Mo.', 'Jan. 26', '(AP)', 'It']
    """
    head = text[:HEAD]
    start = at = LEADING.match(head).end()  # type: ignore[union-attr]  # it matches the empty string too
    while sign := _SIGN.search(head, at):
        cut = _CUT.match(head, sign.start())
        if cut is None:
            at = sign.end()
            continue
        kind = str(cut.lastgroup)
        at = cut.end()
        if kind == "stop" and _inside(head, start, cut.start(), at):
            at = cut.start() + 1  # the space may belong to a dash
            continue
        if head[start : cut.start()].strip():
            yield Piece("text", head[start : cut.start()].strip(), start, cut.start())
        yield Piece(kind, cut[0], cut.start(), at)
        start = at
    if head[start:].strip():
        yield Piece("text", head[start:].strip(), start, len(head))


def _inside(head: str, start: int, stop: int, after: int) -> bool:
    if head[after : after + 1] in _AFTER_STOP:
        return True  # "SPRINGFIELD, Ill. — ", "26 января. /ТАСС/": the stop is the word's own
    before, following = _LAST_WORD.search(head, start, stop), _NEXT_WORD.match(head, after)
    if before is None or following is None:
        return False
    if _KEEPS_STOP.search(head[max(start, stop - 5) : stop]):
        return True
    if before[0].isdecimal():
        return bool(months_of(following[0])) or is_weekday(following[0])
    return following[0].isdecimal() and bool(months_of(before[0]))


class _Reading:
    """The items read so far, and the candidates that they gave."""

    def __init__(self) -> None:
        self.names: list[Name] = []
        self.agencies: list[Agency] = []
        self.day: Day | None = None
        self.doubts = 0
        self.mistyped = self.credit = self.led = self.enclosed = False
        self.ended = False  # a terminator was passed: only days, agencies and the first place may follow
        self.end = 0
        self.heads: list[Head] = []

    @property
    def something(self) -> bool:
        return bool(self.names or self.agencies)

    def close(self, terminator: str, rest: int) -> None:
        head = Head(
            tuple(self.names), tuple(self.agencies), self.day, terminator, self.end, rest,
            self.doubts, self.mistyped, self.credit, self.led, self.enclosed,
        )  # fmt: skip
        self.heads.append(head)


def read_heads(text: str) -> list[Head]:
    """The candidates at the head of a text, the longest last.

    >>> [h.names[0].text for h in read_heads("NEW YORK, Jan 26 (Reuters) - Stocks fell on Friday.")]
    ['NEW YORK']
    >>> read_heads("Paris, the capital, is quiet.")
    []
    """
    reading = _Reading()
    previous = ""
    row = list(_until_prose(text))
    for number, piece in enumerate(row):
        if piece.kind == "text":
            told = reading.agencies or reading.credit or (reading.names and reading.enclosed)
            if previous == "group" and told and not reading.ended:
                reading.close("", piece.start)  # "(CNN) The …", "नई दिल्ली (भाषा) …", "Bonn (26.01.2024) …"
                reading.ended = True
            if len(piece.text) > 60 or not _read_text(piece.text, reading, number, row):
                break
            reading.end = piece.end
        elif piece.kind == "group":
            if not _read_group(piece.text, reading):
                break
            reading.end = piece.end
        elif piece.kind in ("dash", "bar", "danda", "colon", "stop") and reading.something:
            terminator = {"dash": "-", "bar": "|", "danda": ":", "colon": ":", "stop": "."}[piece.kind]
            reading.close(terminator, piece.end)
            if terminator == ":":
                break
            if terminator != "." or reading.agencies:
                reading.ended = True
        elif piece.kind != "comma" and not reading.something:
            break
        previous = piece.kind
    return reading.heads


def _until_prose(text: str) -> Iterator[Piece]:
    """The pieces as long as there is hope; most openings end here, at their first words."""
    for number, piece in enumerate(pieces(text)):
        yield piece
        if number > 24 or (piece.kind == "text" and len(piece.text) > 60):
            return


def _read_text(text: str, reading: _Reading, number: int, row: list[Piece]) -> bool:
    """Reads one piece into the items; False when it can be none."""
    if number == 0 and key(text) in words("labels"):
        return False
    has_digit = any(map(str.isdigit, text))
    if not has_digit and reading.names and not reading.ended and _read_qualifier(text, reading):
        return True
    day = read_day(text) if (has_digit or _may_be_weekday(text, reading)) else None
    if (
        day
        and (day.certain or not reading.ended)
        and (day.day or day.year or day.weekday or reading.something)
    ):
        return _take_day(day, reading)
    known = reading.names and not reading.ended and entries(reading.names[-1].text)
    if known and _is_day_before_agency(text, row[number + 1 : number + 2]):
        return _take_day(Day(day=int(text)), reading)
    if number > 0 or (_more_follows(row) and not entries(text)):
        found = agencies_in(text)
        if found is not None and not (reading.agencies and reading.ended):
            reading.agencies += found
            reading.credit = reading.credit or not found
            reading.led = reading.led or not reading.names
            reading.doubts += any(not one.languages for one in found)  # "Bisnis.com": in no list
            return True
    unread = looks_mistyped(text) or (reading.mistyped and text.isdecimal())  # "Rajab 14, 1445"
    if reading.something and has_digit and not reading.ended and unread:
        reading.mistyped = True
        return True
    if reading.ended and reading.names:
        return False
    return _read_place(text, reading, has_digit)


def _may_be_weekday(text: str, reading: _Reading) -> bool:
    """A word or two without a digit, after a place: "LONDON, Friday - ", "NEW YORK, April - "."""
    return bool(reading.names) and not reading.ended and len(text.split()) <= 2


def _is_day_before_agency(text: str, following: list[Piece]) -> bool:
    """Whether a number is a day of this month or the last: "MADRID, 26 (EFE) - "."""
    if not (text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31):
        return False
    return (
        bool(following)
        and following[0].kind == "group"
        and bool(agencies_in(following[0].text[1:-1].strip()))
    )


def _more_follows(row: list[Piece]) -> bool:
    """An agency may open the head only before more of it: "TEMPO.CO, Jakarta - ", "ТАСС, 26 января"."""
    return len(row) > 2 and row[1].kind in ("comma", "stop", "group")


def _take_day(day: Day, reading: _Reading) -> bool:
    if reading.ended and reading.day is not None:
        return False
    if reading.day is None or not reading.day.certain:
        reading.day = day
    elif day.year and not day.month and reading.day.year is None:  # "Jan 26" + "2024"
        reading.day = reading.day._replace(year=day.year)
    return True


def _read_qualifier(text: str, reading: _Reading) -> bool:
    """The state or country of the place before, and maybe more places: "KYIV, Ukraine and MOSCOW"."""
    if _is_qualifier(text, reading):
        return True
    first, *others = split_places(text)
    if others and _is_qualifier(first, reading) and all(map(has_form_of_name, others)):
        reading.names += map(Name, others)
        return True
    return False


def _is_qualifier(text: str, reading: _Reading) -> bool:
    """Whether a piece names the state or country of the place before it."""
    if len(text) > 40:
        return False
    place = reading.names[-1]
    found = qualifiers(text)
    if not found or (len(reading.names) == 1 and key(text) == key(place.text)):
        return False
    if not place.within:
        reading.names[-1] = place._replace(within=found)
    return True


def _read_place(text: str, reading: _Reading, has_digit: bool) -> bool:
    """A place, or several ("LONDON and PARIS"); a day or an agency may follow ("DETROIT June 18")."""
    if has_digit:
        text, tail = _split_at_day(text)
        day = read_day(tail) if tail else None
        if day is None or not (in_capitals(text) or entries(text)):  # "As of April 7"
            return False
        _take_day(day, reading)
    else:
        text, named = _split_at_agency(text)
        reading.agencies += named
    if not text or not (has_form_of_name(text) or (len(text.split()) <= 3 and entries(text))):
        return False
    if reading.names and not (in_capitals(text) and entries(text)):  # "Grand Cayman, British West Indies"
        reading.doubts += 1
        return not text[0].islower()
    reading.names += [Name(part) for part in places_in(text)]
    return True


_WORDS = lazy(r"\S+")


def _split_at_day(text: str) -> tuple[str, str]:
    """("DETROIT", "June 18") of "DETROIT June 18"; the tail is empty when no day ends the piece."""
    starts = [m.start() for m in _WORDS.finditer(text)]
    for start in starts[1:6]:
        if read_day(text[start:]) and any(map(str.isdigit, text[start:])):
            return text[:start].rstrip(" .,"), text[start:]
    return text, ""


def _split_at_agency(text: str) -> tuple[str, tuple[Agency, ...]]:
    """("BERLIN", (taz,)) of "BERLIN taz"."""
    before, space, last = text.rpartition(" ")
    if space and (last.isupper() != before.isupper() or not last.isascii()) and len(last) >= 3:
        found = agency(last)
        if found and entries(before) and not entries(text):
            return before, (found,)
    return text, ()


def _read_group(text: str, reading: _Reading) -> bool:
    """What brackets hold: agencies, a day, the state or country, a credit."""
    inner = text[1:-1].strip()
    found = agencies_in(inner)
    if found is not None:
        reading.agencies += [a for a in found if a not in reading.agencies]
        reading.credit = reading.credit or not found
        return True
    day = read_day(inner)
    if day:
        reading.enclosed = reading.enclosed or bool(day.year and day.certain and day.day)
        return _take_day(day, reading)
    if reading.names and not reading.agencies and _is_qualifier(inner, reading):
        return True
    if reading.names and text[0] != "/":
        unknown = unknown_agency(inner)
        if unknown and not reading.agencies:
            reading.agencies.append(unknown)
            reading.doubts += 1
            return True
    return False


_NOT_IN_NAMES = lazy(r"[\"“”„«»<>@#$%&+=?!*…\\{}~^|]|\d|://")


def has_form_of_name(text: str) -> bool:
    """Whether a piece could be a place's name by its letters alone.

    >>> has_form_of_name("STOKE-ON-TRENT"), has_form_of_name("omaha"), has_form_of_name("said the man of war")
    (True, True, False)
    """
    parts = text.split()
    if (
        not parts
        or len(parts) > 7
        or len(text) > 50
        or _NOT_IN_NAMES.search(text.replace("&", "", 1).replace("}", ""))
    ):
        return False
    if text[0].islower():
        return len(parts) <= 3
    if not (text[0].isupper() or text[0].isalpha()) and text[0] not in "'’ʻ":
        return False
    small = words("and") | SMALL
    return all(
        not part[0].islower() or key(part) in small or part[:2].casefold() == "d'" for part in parts
    ) and (len(text) <= 40 or in_capitals(text))


_JOINED = lazy(r"\s{0,9}/\s{0,9}|\s{0,9}[·・]\s{0,9}|\s{1,9}[-–]\s{1,9}")


def places_in(text: str) -> list[str]:
    """The places that one piece names: "GAZA STRIP/JERUSALEM", "LONDON and PARIS", but "Trinidad and Tobago".

    >>> places_in("LONDON and PARIS"), places_in("Frankfurt/Main")
    (['LONDON', 'PARIS'], ['Frankfurt/Main'])
    """
    if entries(text):
        return [text]
    return split_places(text)


def split_places(text: str) -> list[str]:
    """The text cut at its slashes and connectors, known or not."""
    names: list[str] = []
    for chunk in _JOINED.split(text):
        parts = chunk.split()
        start = 0
        for i in range(1, len(parts) - 1):
            if key(parts[i]) in words("and"):
                names.append(" ".join(parts[start:i]))
                start = i + 1
        names.append(" ".join(parts[start:]))
    return [name for name in names if name] or [text]
