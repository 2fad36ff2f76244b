"""From candidates to a dateline: the longest that the evidence bears, its places and day resolved."""

from __future__ import annotations

from ..page import Dateline, Place
from . import days
from .evidence import is_dateline
from .gazetteer import Region, languages_of, resolve
from .grammar import HEAD, LEADING, Head, read_heads
from .spelling import key, title_case
from .wording import words


def read(text: str, published: str | None, country: str | None) -> Dateline | None:
    """See ``parse_dateline``."""
    hint = country.upper() if country else None
    if _is_eastern(text):
        from .east import read_eastern  # its patterns take 8 ms to compile

        eastern = read_eastern(text)
        if eastern:
            return _dateline(text, eastern, published, hint)
    for head in reversed(read_heads(text)):
        if is_dateline(head, text[head.rest : head.rest + HEAD], hint):
            return _dateline(text, head, published, hint)
    return None


def _is_eastern(text: str) -> bool:
    """Whether a kana, a Chinese character or a Hangul is among the first few, past brackets and spaces."""
    return any("\u3040" <= char <= "\ud7af" for char in text[:8])


def _dateline(text: str, head: Head, published: str | None, hint: str | None) -> Dateline:
    agency_country = next((a.country for a in head.agencies if a.country), None)
    places = tuple(_place(name.text, name.within, agency_country or hint) for name in head.names)
    day = None
    if head.day:
        languages = [code for agency in head.agencies for code in agency.languages]
        languages += [code for place in places if place.country for code in languages_of(place.country)]
        day = days.iso(head.day, published, tuple(languages))
    raw = LEADING.sub("", text[: head.end], count=1).rstrip()
    names = tuple(dict.fromkeys(agency.name for agency in head.agencies))
    return Dateline(raw, places, names, day, text[head.rest :].strip())


def _place(name: str, within: tuple[Region, ...], hint: str | None) -> Place:
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
