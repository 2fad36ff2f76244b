"""What a page's dates are read against: the day it was fetched, its order of day and month, its country."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ingest.dates import PrintedDate, day_order, find_dates
from ingest.page import DateOrder
from ingest.vocabulary import load


class Reading(NamedTuple):
    """How the dates of one page are read. ``country`` is ISO 3166-1 alpha-2, ``now`` ISO 8601."""

    now: str | None = None
    order: DateOrder | None = None
    country: str | None = None

    def dates(self, text: str) -> list[PrintedDate]:
        """The dates of a line, as `ingest.dates.find_dates` gives them."""
        return find_dates(text, self.now, self.order, self.country)

    def first(self, text: str) -> PrintedDate | None:
        """The first of them."""
        return next(iter(self.dates(text)), None)


def reading_of(
    texts: Iterable[str], language: str | None, url: str | None, now: str | None, order: DateOrder | None
) -> Reading:
    """How to read a page's dates, by the evidence that RECORD.md names, in its order.

    The page's other dates tell what 04/05/2024 means, then its country and language, then ``order``,
    which is the user's. A country and a language that disagree tell nothing.
    """
    country = country_of(url)
    proven = day_order(texts)
    return Reading(now, proven or customary_order(language, country) or order, country)


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
