"""Datelines: the head of a story -> places, agencies, date, and the text that follows.

Form first (``grammar`` for scripts with spaces, ``east`` for Chinese, Japanese and Korean), then
``evidence``, then the gazetteer for where the places are. Geographical data: GeoNames (CC BY 4.0), see
ATTRIBUTION.
"""

from __future__ import annotations

from ..page import Dateline

__all__ = ["parse_dateline"]


def parse_dateline(text: str, published: str | None = None, country: str | None = None) -> Dateline | None:
    """The dateline at the head of ``text``, None if it has none.

    ``published`` (ISO 8601) gives the printed day its year: the nearest, never over a day in the future;
    ``country`` (ISO 3166-1 alpha-2) is the publisher's, a hint between namesakes. ``.rest`` is the text that
    follows. What can't be resolved keeps its name, with None for all else. Nothing is raised for any text.

    >>> d = parse_dateline("NEW YORK, Jan 26 (Reuters) - Stocks fell on Friday.", published="2024-01-27")
    >>> d.raw, d.agencies, d.date, d.rest
    ('NEW YORK, Jan 26 (Reuters)', ('Reuters',), '2024-01-26', 'Stocks fell on Friday.')
    >>> parse_dateline("BAGHDAD: Baghdad and Washington have agreed to talks.").places[0].country
    'IQ'
    >>> parse_dateline("NOTE: the price is for members.") is None
    True
    """
    from .reading import read

    return read(text, published, country)
