"""The record: what `ingest` knows of one page, as typed, frozen objects.

The keys, their order and their meaning are the public contract; ``record.schema.json`` beside this
file says the same as a JSON Schema. A missing value is ``None`` or an empty tuple, never a guess.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

Format = Literal["text", "html"]
DateOrder = Literal["DMY", "MDY", "YMD"]


class _Record:
    """Gives a frozen dataclass its JSON form: keys in field order, tuples as lists."""

    __slots__ = ()
    _unwritten: tuple[str, ...] = ()  # fields that the record does not show

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in vars(self).items())
        return f"{type(self).__name__}({shown})"

    def to_dict(self) -> dict[str, Any]:
        """The object as plain dictionaries and lists, ready for JSON.

        >>> Place("Baghdad", country="IQ").to_dict()["country"]
        'IQ'
        """
        return {key: _plain(value) for key, value in vars(self).items() if key not in self._unwritten}


def _plain(value: Any) -> Any:
    if isinstance(value, _Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


# eq=False, repr=False: equality, hash and looks come from _Record, since making them anew for each class
# costs start-up.


@dataclass(frozen=True, eq=False, repr=False)
class Source(_Record):
    """Where a page came from.

    ``position`` is the record within a container: a byte offset in an archive, a line number
    (from 1) in JSON Lines. ``sha256`` is of the page's bytes as read, after decompression.
    """

    name: str
    position: int | None = None
    format: Format = "text"
    encoding: str = "utf-8"
    sha256: str = ""
    url: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Place(_Record):
    """A place as a dateline names it; what GeoNames could not resolve is ``None``.

    ``country`` is ISO 3166-1 alpha-2, ``region`` the state or province printed with the place, in
    full; ``latitude`` and ``longitude`` are degrees (WGS 84).
    """

    name: str
    region: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Dateline(_Record):
    """The head of a story: "NEW YORK, Jan 26 (Reuters) - ".

    ``raw`` is what was printed, without the separator that ends it; ``date`` is ISO 8601, or
    "--01-26" when no publication date gives it a year; ``rest`` is the text that follows.
    """

    _unwritten = ("rest",)

    raw: str
    places: tuple[Place, ...] = ()
    agencies: tuple[str, ...] = ()
    date: str | None = None
    rest: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Article(_Record):
    """The page's main story. Dates are ISO 8601 at the precision that was printed."""

    headline: str | None = None
    deck: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    section: str | None = None
    language: str | None = None
    dateline: Dateline | None = None
    published: str | None = None
    published_raw: str | None = None
    updated: str | None = None
    updated_raw: str | None = None
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Teaser(_Record):
    """Another story that the page points to."""

    title: str
    section: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_raw: str | None = None
    updated: str | None = None
    updated_raw: str | None = None
    blurb: str | None = None
    truncated: bool = False
    url: str | None = None


@dataclass(frozen=True, eq=False, repr=False)
class RestLine(_Record):
    """A line of the page that is neither in the article nor in a teaser."""

    line: int
    label: str
    text: str


@dataclass(frozen=True, eq=False, repr=False)
class Warning(_Record):
    """Something a reader of the record should know: a value left open, a text repaired."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Page(_Record):
    """One page, read: its main article and the teasers around it."""

    source: Source
    article: Article | None = None
    teasers: tuple[Teaser, ...] = ()
    rest: tuple[RestLine, ...] | None = None
    warnings: tuple[Warning, ...] = ()

    def to_json(self, indent: int | None = None) -> str:
        """The record as JSON text: one line, or indented by ``indent`` spaces.

        >>> Page(Source("-")).to_json()[:22]
        '{"source":{"name":"-",'
        """
        separators = (",", ":") if indent is None else (",", ": ")
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, separators=separators)
