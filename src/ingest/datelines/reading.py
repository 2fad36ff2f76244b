"""From candidates to a dateline: the longest that the evidence bears, its places resolved, its day given a year."""

from __future__ import annotations

from ..page import Dateline, Place
from . import days
from .east import read_eastern
from .evidence import is_dateline
from .gazetteer import languages_of, resolve
from .grammar import HEAD, Head, read_heads
from .spelling import key, title_case
from .wording import words


def read(text: str, published: str | None, country: str | None) -> Dateline | None:
    """See ``parse_dateline``."""
    hint = country.upper() if country else None
    eastern = read_eastern(text)
    if eastern:
        return _dateline(text, eastern, published, hint)
    for head in reversed(read_heads(text)):
        if is_dateline(head, text[head.rest : head.rest + HEAD], hint):
            return _dateline(text, head, published, hint)
    return None


def _dateline(text: str, head: Head, published: str | None, hint: str | None) -> Dateline:
    agency_country = next((a.country for a in head.agencies if a.country), None)
    places = tuple(_place(name.text, name.within, hint or agency_country) for name in head.names)
    day = None
    if head.day:
        languages = [code for agency in head.agencies for code in agency.languages]
        languages += [code for place in places if place.country for code in languages_of(place.country)]
        day = days.iso(head.day, published, tuple(languages))
    raw = text[: head.end].lstrip(" \t\n*•►▶■◆●>#\u200b\ufeff").rstrip()
    names = tuple(dict.fromkeys(agency.name for agency in head.agencies))
    return Dateline(raw, places, names, day, text[head.rest :].strip())


def _place(name: str, within: tuple, hint: str | None) -> Place:  # type: ignore[type-arg]
    place, entry = resolve(name, within, hint)
    if entry is None:
        near = _near(name)
        if near:  # only the country: the place itself is elsewhere
            around = resolve(near, within, hint)[0]
            return Place(title_case(name), around.region, around.country)
    return place


def _near(name: str) -> str | None:
    """The place that a moving reporter is near to: "Bakhmut" of "NEAR BAKHMUT"."""
    first, _, after = name.partition(" ")
    return after if after and key(first) in words("moving") else None
