"""The day inside a dateline: "Jan 26", "26 janvier", "26. siječnja 2024", "1月26日", "Narch 2"."""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from ingest.pattern import lazy

from ..vocabulary import load, names
from .spelling import key
from .wording import words


class Day(NamedTuple):
    """A printed day. ``month`` is None when it could not be read ("Narch 2", "Friday").

    ``months`` keeps what a month's word can mean by language where languages differ: "listopad" is October in
    Croatian and November in Polish.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    months: tuple[tuple[str, int], ...] = ()
    weekday: bool = False

    @property
    def certain(self) -> bool:
        """Whether this can be nothing but a date: a month was read, beside a day or a year."""
        return bool(self.month or self.months) and bool(self.day or self.year)


# Numbers and words of a date; the letters of Indic and Thai words are held together by marks, which \w lacks.
_TOKEN = lazy(
    r"\d+|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0610-\u061a\u064b-\u0652\u0900-\u0dff\u0e31-\u0e4e\u2018\u2019'])*"
)
_NUMERIC = lazy(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?\.?$")  # "26.01.2024", "26/01"
_ISO = lazy(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_EAST = lazy(
    r"(?:(\d{4})[年년]\s?)?(?:(\d{1,2})[月월]\s?)?(\d{1,2})[日号号일]$"
)  # "1月26日", "26日", "1월 26일"
_LETTER_FOR_DIGIT = lazy(r"\d[OlI]\b|\b[OlI]\d")  # "March 2O", "Apri l7"
_CLOCK = lazy(r"[,\s]{1,9}\d{1,2}[:.h]\d\d\b.{0,12}$")  # "Jan 26, 2024 10:05 EST"


@lru_cache(maxsize=1)
def _english() -> tuple[dict[str, int], frozenset[str]]:
    """Months and weekdays of English, which most datelines need and no more."""
    table = load("dates/en.json")
    months = {key(form): number for number, forms in enumerate(table["months"], 1) for form in forms}
    return months, frozenset(key(form) for forms in table["weekdays"] for form in forms if len(form) > 2)


@lru_cache(maxsize=1024)
def _roles(words: str) -> dict[str, str]:
    """What the dates' vocabulary of all languages knows of a word, or of two: {"month": "1"}."""
    from ..dates.tokens import fold
    from ..dates.words import index, roles

    first, _, other = words.partition(" ")
    entry = index().get(fold(first))
    packed = entry if isinstance(entry, str) or entry is None else entry.get(fold(other))
    return roles(packed) if packed and (isinstance(entry, dict) or not other) else {}


@lru_cache(maxsize=256)
def _by_language(form: str) -> tuple[tuple[str, int], ...]:
    """A month's word that languages read differently, language by language."""
    found = []
    for language in names("dates"):
        months = load(f"dates/{language}.json")["months"]
        found += [(language, n) for n, forms in enumerate(months, 1) if form in map(key, forms)]
    return tuple(found)


@lru_cache(maxsize=1024)
def months_of(word: str) -> tuple[tuple[str, int], ...]:
    """What a word means as a month, by language where languages differ.

    >>> months_of("Sept."), dict(months_of("listopada"))["hr"], dict(months_of("listopada"))["pl"]
    ((('', 9),), 10, 11)
    """
    form = key(word)
    months = _english()[0]
    number = months.get(form)
    if number is None and len(form) >= 3 and form.isascii():  # "APri 7": enough of it is there
        meant = {n for name, n in months.items() if len(name) > len(form) and name.startswith(form)}
        number = meant.pop() if len(meant) == 1 else None
    if number:
        return (("", number),)
    for cut in range(3):  # a case ending that the lists lack: "januarja" of "januar"
        month = (
            _roles(word.strip(".").casefold()[: len(word) - cut]).get("month")
            if len(form) - cut > 4 or not cut
            else None
        )
        if month:
            meant = {int(one.rstrip(".")) for one in month.split()[:2] if one.rstrip(".").isdecimal()}
            return (("", meant.pop()),) if len(meant) == 1 else _by_language(form)
    return ()


def is_weekday(word: str) -> bool:
    """Whether a word names a day of the week, in any language."""
    form = key(word)
    return form in _english()[1] or (
        (not form.isascii() or len(form) > 4) and "weekday" in _roles(word.casefold())
    )


def read_day(text: str) -> Day | None:
    """The day that a piece of a dateline prints, None if it is something else.

    >>> read_day("Jan. 26")[:3], read_day("26 января 2024 г.")[:3], read_day("1月26日")[:3]
    ((None, 1, 26), (2024, 1, 26), (None, 1, 26))
    >>> read_day("26.01.2024")[:3], read_day("enero 26")[:3], read_day("Friday").weekday, read_day("27 dead")
    ((2024, 1, 26), (None, 1, 26), True, None)
    """
    text = _CLOCK.sub("", text.strip(" ,.،")) if ":" in text else text.strip(" ,.،")
    if not text or _LETTER_FOR_DIGIT.search(text):
        return None
    if any(map(str.isdigit, text)):
        return _iso(text) or _numeric(text) or _east(text) or _worded(text)
    return _worded(text) if len(text) <= 30 else None


def _iso(text: str) -> Day | None:
    match = _ISO.match(text)
    return _valid(*map(int, match.groups())) if match else None


def _numeric(text: str) -> Day | None:
    match = _NUMERIC.match(text)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    year = int(match[3]) if match[3] and len(match[3]) == 4 else None
    if "/" in text and first <= 12 and second <= 12 and first != second:
        return Day(year)  # day or month first? Not to be told
    month, day = (first, second) if second > 12 else (second, first)
    return _valid(year, month, day) or Day()


def _east(text: str) -> Day | None:
    match = _EAST.match(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return _valid(year, month, day)


def _worded(text: str) -> Day | None:
    """ "Fri, 26 Jan 2024", "le 26 janvier", "26 de enero de 2024": order free, nothing unknown in it."""
    year = day = None
    months: tuple[tuple[str, int], ...] = ()
    weekday = False
    for token in _tokens(text):
        if token.isdecimal():
            number = int(token)
            if len(token) == 4 and 1800 <= number <= 2100 and year is None:
                year = number
            elif len(token) <= 2 and 1 <= number <= 31 and day is None:
                day = number
            else:
                return None
        elif key(token) in words("date_fillers") and (day or year or token.islower()):
            continue
        elif not months and (meant := months_of(token)):
            months = meant
        elif is_weekday(token):
            weekday = True
        elif not (months and months_of(token)):  # "26 يناير / كانون الثاني": the month twice
            return None
    numbers = {number for _, number in months}
    if not numbers and (day or not (weekday or year)):
        return None
    if len(numbers) == 1:
        return _valid(year, numbers.pop(), day)
    return Day(year, None, day, months, weekday)


def _tokens(text: str) -> list[str]:
    """Numbers and words; "كانون الثاني" is one, and "26 يناير / كانون الثاني" loses its second name."""
    tokens = _TOKEN.findall(text.partition(" / ")[0])
    if text.isascii():
        return tokens
    for i in range(len(tokens) - 1, 0, -1):
        pair = f"{tokens[i - 1]} {tokens[i]}"
        if not tokens[i].isdecimal() and not months_of(tokens[i]) and months_of(pair):
            tokens[i - 1 : i + 1] = [pair]
    return tokens


# A day whose month is mistyped or unknown: "Narch 2", "2 Narch", "March 2O", "Apri l7", "Rajab 14".
_MISTYPED = lazy(r"[^\W\d_]{3,10}\.? \w?\d{1,2}\w?$|\d{1,2} [^\s\d.,]{3,10}\.?$|\w{3,10}\.? [l\d][O\d]$")


def looks_mistyped(text: str) -> bool:
    """Whether a piece after a place has the form of a day that can't be read.

    >>> looks_mistyped("Narch 2"), looks_mistyped("March 2O"), looks_mistyped("a unit of 3M")
    (True, True, False)
    """
    return bool(_MISTYPED.match(text.strip(" .,")))


def _valid(year: int | None, month: int | None, day: int | None) -> Day | None:
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return None
    return Day(year, month, day)


def iso(printed: Day, published: str | None, languages: tuple[str, ...]) -> str | None:
    """A printed day as ISO 8601; its year is that nearest to publication, never over a day in the future.

    ``languages`` settle a month's word that languages read differently.

    >>> iso(Day(None, 12, 31), "2024-01-01", ()), iso(Day(None, 1, 26), None, ())
    ('2023-12-31', '--01-26')
    """
    month = printed.month
    if month is None and printed.months:
        by_language = dict(printed.months)
        month = next((by_language[language] for language in languages if language in by_language), None)
    reference = _reference(published)
    if month is None:
        if printed.day and reference and not (printed.months or printed.year):  # "26日"
            return _nearest_day(printed.day, reference)
        return None
    if printed.year:
        return f"{printed.year}-{month:02}" + (f"-{printed.day:02}" if printed.day else "")
    if printed.day is None:
        return None
    if reference is None:
        return f"--{month:02}-{printed.day:02}"
    years = range(reference.year - 1, reference.year + 2)
    return (
        _nearest([(year, month, printed.day) for year in years], reference)
        or f"--{month:02}-{printed.day:02}"
    )


def _reference(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:  # "2024-01" is too little to tell a year by
        return None


def _nearest_day(day: int, reference: date) -> str | None:
    before = reference.replace(day=1) - timedelta(days=1)
    after = reference.replace(day=28) + timedelta(days=4)
    return _nearest([(d.year, d.month, day) for d in (before, reference, after)], reference)


def _nearest(candidates: list[tuple[int, int, int]], reference: date) -> str | None:
    days = []
    for candidate in candidates:
        try:
            days.append(date(*candidate))
        except ValueError:  # 29 February, 31 April
            continue
    days = [d for d in days if d - reference <= timedelta(days=1)]
    return min(days, key=lambda d: abs(d - reference)).isoformat() if days else None
