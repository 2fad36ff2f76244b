"""What markup and addresses claim of a story's day, and how far each source is to be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from ingest.dates import calendar
from ingest.pattern import lazy

# How far a source is to be trusted, on the scale on which printed dates are weighed (build/printed.py).
TRUST = {
    "JSON-LD article": 3.0,
    "meta": 3.0,
    "microdata": 2.5,
    "<time> of publication": 2.5,
    "JSON-LD": 2.0,
    "meta date": 1.5,
    "hAtom": 1.5,
    "<time>": 1.0,
    "address": 1.0,
    "script": 0.75,
}

Kind = Literal["published", "updated"]


class Claim(NamedTuple):
    """A day that the markup names: its text as written there, where it stood, and its weight."""

    text: str
    source: str
    kind: Kind
    trust: float


def address_claims(address: str | None) -> tuple[Claim, ...]:
    """What a page's address says of its day."""
    day = day_in(address)
    return (Claim(day, "address", "published", TRUST["address"]),) if day else ()


# /2024/01/26/, /2024-01-26-steep, /2024/0126/, /20240126/, t20240126_4, /26-01-2024, -20240126145127-nts
_IN_ADDRESS = lazy(
    r"(?<![0-9])(?:(?P<y>20[0-4]\d)(?P<s>[/_.-]?)(?P<m>0[1-9]|1[0-2]|(?<=[/_.-])[1-9](?=[/_.-]))"
    r"[/_.-]?(?P<d>0[1-9]|[12]\d|3[01]|(?<=[/_.-])[1-9])"
    r"|(?P<d2>0[1-9]|[12]\d|3[01])(?P<s2>[_.-])(?P<m2>0[1-9]|1[0-2])(?P=s2)(?P<y2>20[0-4]\d))(?![0-9])"
    r"|(?<![0-9])(?P<y3>20[0-4]\d)(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01])"
    r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?![0-9])"
)
# /2024/jan/26/
_IN_WORDS = lazy(r"/(20[0-4]\d)/([a-z]{3})[a-z]{0,6}/(\d{1,2})(?=/|$)", re.IGNORECASE)
_MONTH = lazy(r"/(20[0-4]\d)[/-](0[1-9]|1[0-2])(?=/|$)")
_ARCHIVED = lazy(r"^https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,4}/", re.IGNORECASE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def day_in(address: str | None) -> str | None:
    """The day in an address, or the month where there is no more: "2024-01-26", "2024-01".

    >>> day_in("https://star.example/2024/01/26/steep-price"), day_in("https://star.example/20240126-OYT1")
    ('2024-01-26', '2024-01-26')
    >>> day_in("https://star.example/world/2024/jan/26/steep"), day_in("https://star.example/26-01-2024")
    ('2024-01-26', '2024-01-26')
    >>> day_in("https://star.example/2024/01/steep-price"), day_in("https://star.example/a/20249126")
    ('2024-01', None)
    >>> day_in("https://star.example/steep-price-20240126145127-nts.html")
    '2024-01-26'
    """
    if not address:
        return None
    path = _ARCHIVED.sub("", address)
    path = path.partition("://")[2] or path
    path = path.partition("/")[1] + path.partition("/")[2]
    for match in _IN_ADDRESS.finditer(path):
        year, month, day = (int(match[name] or match[name + "2"] or match[name + "3"]) for name in "ymd")
        if calendar.valid(year, month, day):
            return f"{year}-{month:02}-{day:02}"
    worded = _IN_WORDS.search(path)
    if worded and worded[2].lower() in _MONTHS:
        year, month, day = int(worded[1]), _MONTHS.index(worded[2].lower()) + 1, int(worded[3])
        if calendar.valid(year, month, day):
            return f"{year}-{month:02}-{day:02}"
    if only := _MONTH.search(path):
        return f"{only[1]}-{only[2]}"
    return None


def leads(href: str, own: Iterable[str]) -> Literal["this", "another"] | None:
    """Whether a date's link leads to its own page or to another; None for the archive of its day.

    >>> own = ("https://star.example/news/rain",)
    >>> [leads(href, own) for href in ("/news/rain", "/news/snow", "/news/rain#comment-1", "/2024/01/26/")]
    ['this', 'another', 'another', None]
    >>> [leads(href, own) for href in ("", "#comments", "javascript:void(0)", "https://star.example/news/rain/")]
    [None, None, None, 'this']
    """
    from urllib.parse import urlsplit  # which flat pages have no use for

    try:
        path = urlsplit(href.strip()).path.rstrip("/")
        paths = [urlsplit(one).path.rstrip("/") for one in own]
    except ValueError:  # "http://[": no address
        return None
    if not path or href.startswith(("#", "javascript:")):
        return None
    if "#" in href:  # to a place in a page: a comment
        return "another"
    if any(path == one or (one and one.endswith("/" + path.lstrip("/"))) for one in paths):
        return "this"
    day = day_in(href)
    if day and path.endswith(day.replace("-", "/")):
        return None
    return "another"
