"""Splits news page dumps, flat text or HTML, into the main article and the teasers around it.

>>> import ingest
>>> page = ingest.parse("BAGHDAD: Talks on the coalition's future start soon, officials said on Friday.")
>>> page.article.dateline.places[0].country
'IQ'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.version import VERSION as __version__

if TYPE_CHECKING:
    from ingest.datelines import parse_dateline
    from ingest.dates import PrintedDate, parse_date
    from ingest.errors import InputError
    from ingest.page import Article, Dateline, Page, Place, Source, Teaser
    from ingest.pipeline import parse

# Where each public name lives; it is loaded when it is first asked for, since every command of the
# shell passes through here and most need little of it.
_HOMES = {
    "Article": "page",
    "Dateline": "page",
    "InputError": "errors",
    "Page": "page",
    "Place": "page",
    "PrintedDate": "dates",
    "Source": "page",
    "Teaser": "page",
    "parse": "pipeline",
    "parse_date": "dates",
    "parse_dateline": "datelines",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"ingest.{_HOMES[name]}"), name)
    return value


__all__ = [
    "Article",
    "Dateline",
    "InputError",
    "Page",
    "Place",
    "PrintedDate",
    "Source",
    "Teaser",
    "__version__",
    "parse",
    "parse_date",
    "parse_dateline",
]
