"""Who publishes the page: the metadata's name, the publication line, the copyright line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.dates import without_dates
from ingest.line import Labels as Label
from ingest.line import Line
from ingest.pattern import lazy
from ingest.vocabulary import load

if TYPE_CHECKING:
    from ingest.page import Page
    from ingest.read.metadata import Metadata

_YEARS = lazy(r"\b(?:19|20)\d\d\b(?:\s?[-–]\s?(?:19|20)?\d\d\b)?")
# "© 2024 The Daily Star. All rights reserved", "Copyright The Hindu 2024"
_RIGHTS = lazy(r"(?:©|\(c\)|\bcopyright\b)", re.I)
_ENDS = lazy(r"[।。]|[.,|;•·]\s|\s[-–—|]\s|\s{2,}|[.,|;•·]?$")
_TRIM = " .,;:|•·-–—\"'“”"
_FOOT = 6  # lines at a page's end, where a copyright line needs no year
_MAX = 60  # characters of a publisher's name


def publisher_of(
    lines: Sequence[Line], labels: Sequence[Label], metadata: Metadata | None
) -> tuple[str | None, Line | None]:
    """The publisher's name, and the publication line that gave it, if one did."""
    for line, label in zip(lines, labels, strict=True):
        if label is Label.PUBLICATION and (name := published_in(line.text)):
            return name, line
    if metadata is not None and metadata.publishers:
        return metadata.publishers[0], None
    for below, line in enumerate(reversed(lines)):
        if len(line.text) < 300 and _may_be_rights(line.text) and (name := rights_holder(line.text)):
            last = below < _FOOT and "/" not in name
            if last or _is_of_the_page(line.text) or any(other.text == name for other in lines):
                return name, None
    return None, None


def _is_of_the_page(text: str) -> bool:
    """Whether a copyright line is the page's and no picture's, whose credit has no year: "© Jane Roe"."""
    low = text.casefold()
    return _YEARS.search(text) is not None or any(phrase in low for phrase in _reserved())


@lru_cache(maxsize=1)
def _reserved() -> tuple[str, ...]:
    """ "All rights reserved" and the like: what words.json has under rights besides the signs themselves."""
    return tuple(phrase for phrase in load("words.json")["rights"]["any"] if not _RIGHTS.match(phrase))


def _may_be_rights(text: str) -> bool:
    """A quick look, which nearly every line fails."""
    low = text.lower()
    return "©" in low or "copyr" in low or "(c)" in low


def renamed(page: Page, names: Mapping[str, str]) -> Page:
    """The page with the publisher's name that a user wants, where ``names`` has its host or else its name."""
    if page.article is None:
        return page
    from urllib.parse import urlsplit  # which few have a use for

    try:
        host = urlsplit(page.source.url or "").hostname or ""
    except ValueError:  # "http://[": no address
        host = ""
    printed = (page.article.publisher or "").casefold()
    by_host = [name for key, name in names.items() if f".{host}".endswith(f".{key.casefold()}")]
    by_name = [name for key, name in names.items() if key.casefold() == printed]
    name = next(iter((*by_host, *by_name)), None)
    return page if name is None else replace(page, article=replace(page.article, publisher=name))


def published_in(text: str) -> str | None:
    """The newspaper that a publication line names.

    >>> published_in("Published in Dawn, January 26th, 2024")
    'Dawn'
    >>> published_in("First published: 26 January 2024") is None
    True
    """
    text = without_dates(text)
    low = text.casefold()
    for phrase in _naming():
        at = low.find(phrase + " ")
        if 0 <= at < 60:
            rest = text[at + len(phrase) :].strip(_TRIM)
            name = _ENDS.split(rest, maxsplit=1)[0].strip(_TRIM)
            return _named(re.sub(r"(?:,|\s)\s?(?:on|le|am|el|em|il|op|в)$", "", name).strip(_TRIM))
    return None


@lru_cache(maxsize=1)
def _naming() -> tuple[str, ...]:
    """Phrases of the publication line that a newspaper's name follows, the longest first."""
    phrases = (p for language in load("words.json")["publication"].values() for p in language)
    return tuple(sorted((p for p in phrases if p.endswith(_PREPOSITIONS)), key=len, reverse=True))


_PREPOSITIONS = (" in", " dans", " en", " em", " su", " w", " в", " di", " on")


def rights_holder(text: str) -> str | None:
    """The name in a copyright line.

    >>> rights_holder("© 2024 The Daily Star. All rights reserved.")
    'The Daily Star'
    >>> rights_holder("Copyright 2020-2024, Gulf News")
    'Gulf News'
    >>> rights_holder("Copyright © 2024 新华网 版权所有")
    '新华网'
    """
    mark = _RIGHTS.search(text[:200])
    if mark is None:
        return None
    rest = _RIGHTS.sub(" ", text[mark.start() : mark.start() + 200])
    rest = _YEARS.sub(" ", rest).strip(_TRIM)
    if rest.lower().startswith("by "):
        rest = rest[3:]
    low = rest.casefold()
    ends = [at for phrase in load("words.json")["rights"]["any"] if (at := low.find(phrase)) > 0]
    return _named(_ENDS.split(rest[: min(ends, default=None)], maxsplit=1)[0].strip(_TRIM))


def _named(name: str) -> str | None:
    """A proper name, or nothing: "all rights reserved" holds no name."""
    if not 1 < len(name) <= _MAX or not any(map(str.isalpha, name)):
        return None
    low = name.casefold()
    if name[0].islower() or low == "copyright" or any(map(low.startswith, _reserved())):
        return None
    return name
