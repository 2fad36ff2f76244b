"""What a page's dates are read against: the day it was fetched, its order of day and month, its country."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from ingest.dates import PrintedDate, day_order, find_dates, iso
from ingest.page import DateOrder
from ingest.pattern import lazy
from ingest.vocabulary import load

if TYPE_CHECKING:
    from ingest.read.metadata import Metadata

_OFFSET = lazy(r"[+-]\d\d:?\d\d\s*$")


class Reading(NamedTuple):
    """How the dates of one page are read.

    ``now`` is ISO 8601, ``country`` ISO 3166-1 alpha-2, ``url`` the page's address, ``offsets`` what its
    machine-readable times are away from UTC ("+05:30"): with the country they tell what IST means.
    """

    now: str | None = None
    order: DateOrder | None = None
    country: str | None = None
    url: str | None = None
    offsets: tuple[str, ...] = ()

    def dates(self, text: str) -> list[PrintedDate]:
        """The dates of a line, as `ingest.dates.find_dates` gives them."""
        zone = " ".join((self.country, *self.offsets) if self.country else self.offsets)
        return find_dates(text, self.now, self.order, zone or None)

    def first(self, text: str) -> PrintedDate | None:
        """The first of them."""
        return next(iter(self.dates(text)), None)


def reading_of(
    texts: Iterable[str],
    language: str | None,
    url: str | None,
    now: str | None,
    order: DateOrder | None,
    metadata: Metadata | None = None,
) -> Reading:
    """How to read a page's dates, by the evidence that RECORD.md names, in its order.

    The page's other dates tell what 04/05/2024 means, then its country and language, then ``order``,
    which is the user's. A country and a language that disagree tell nothing.
    """
    country = country_of(url) or region_of(metadata.language if metadata is not None else None)
    proven = day_order(texts)
    order = proven or customary_order(language, country) or order
    return Reading(now, order, country, url, _offsets(metadata))


def _offsets(metadata: Metadata | None) -> tuple[str, ...]:
    """The offsets of the page's own machine-readable times; UTC says nothing of where it is from."""
    claims = metadata.claims if metadata is not None else ()
    values = (iso(claim.text) or "" for claim in claims if _OFFSET.search(claim.text))
    offsets = {value[-6:] for value in values if value[-6:-5] in ("+", "-")}
    return tuple(sorted(offsets - {"+00:00"}))


def region_of(tag: str | None) -> str | None:
    """The country in a language tag; "en-US" is what programs write when nobody chose.

    >>> region_of("en-GB"), region_of("zh-Hant-TW"), region_of("en-US"), region_of("de")
    ('GB', 'TW', None, None)
    """
    parts = (tag or "").replace("_", "-").split("-")[1:]
    region = next((part.upper() for part in parts if len(part) == 2 and part.isalpha()), None)
    return None if region == "US" else region


def customary_order(language: str | None, country: str | None) -> DateOrder | None:
    """The order of day and month that is usual where a page comes from.

    >>> customary_order("de", None), customary_order("en", "GB"), customary_order("en", None)
    ('DMY', 'DMY', None)
    """
    custom = load("day_order.json")
    said: set[DateOrder] = {order for order, tags in custom["languages"].items() if language in tags}
    said |= {order for order, codes in custom["countries"].items() if country in codes}
    return said.pop() if len(said) == 1 else None


def country_of(url: str | None) -> str | None:
    """The country whose domain an address stands in; None where the domain is used by anyone.

    >>> country_of("https://www.roe-times.co.uk/a"), country_of("https://roe.tv/a"), country_of("roe.com/a")
    ('GB', None, None)
    """
    if not url:
        return None
    from urllib.parse import urlsplit  # which many flat pages have no use for

    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # "http://[": no address
        return None
    domain = host.rstrip(".").rpartition(".")[2]
    if (
        len(domain) != 2
        or not domain.isalpha()
        or domain in load("day_order.json")["domains that name no country"]
    ):
        return None
    return "GB" if domain == "uk" else domain.upper()
