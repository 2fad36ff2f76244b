"""Where a place is: the look-up made from GeoNames at build time, opened only when a dateline needs it."""

import os
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ..page import Place
from ..vocabulary import load
from .spelling import in_capitals, key, title_case

if TYPE_CHECKING:
    import sqlite3

_FILE = os.path.join(os.path.dirname(__file__), "gazetteer.sqlite")

_ENTRIES = """
SELECT geonames_id, name, country, admin1, latitude, longitude, population, kind, alone, place & 1
FROM name JOIN place ON number = place >> 1 WHERE key = ?
"""
CAPITAL, CITY, TERRITORY, REGION, COUNTRY = "kctrn"


class Entry(NamedTuple):
    """A place of the gazetteer under one of its names; degrees are in units of 0.00001."""

    geonames_id: int | None
    name: str
    country: str | None
    admin1: str | None
    latitude: int | None
    longitude: int | None
    population: int
    kind: str
    alone: int  # a city that stands alone in the AP's style
    other: int  # found under another name than its own

    @property
    def weight(self) -> float:
        """What decides between namesakes: people, with a bonus for a capital and for the place's own name."""
        weight = self.population + 1.0
        if self.kind == CAPITAL:
            weight *= 5
        elif self.kind in (REGION, COUNTRY):  # "LUXEMBOURG", "NEW YORK", "QUEBEC": the city, if there is one
            weight = 0.5
        return weight * 0.3 if self.other else weight


class Region(NamedTuple):
    """A state or province, or (``name`` is None) a whole country, as a place's qualifier."""

    name: str | None
    country: str
    admin1: str | None = None


@lru_cache(maxsize=1)
def _database(process: int) -> "sqlite3.Connection":
    # A connection must not cross a fork, so each process has its own. immutable=1: no locks, no journal,
    # and it opens from a read-only folder too.
    import sqlite3

    uri = f"file:{_escaped(_FILE)}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)


def _escaped(path: str) -> str:
    """A path as part of a URI, where only these three signs mean something to SQLite."""
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


@lru_cache(maxsize=4096)
def entries(name: str) -> tuple[Entry, ...]:
    """The gazetteer's places of this name in any spelling, the likeliest first.

    >>> entries("BAGHDAD")[0].geonames_id
    98182
    """
    found = (Entry(*row) for row in _database(os.getpid()).execute(_ENTRIES, (key(name),)))
    return tuple(sorted(found, key=lambda e: (e.other or not e.alone, -e.weight)))


@lru_cache(maxsize=1024)
def country_code(name: str) -> str | None:
    """ISO 3166-1 code of a country by one of its names, in any of some 50 languages.

    >>> country_code("South Korea"), country_code("Deutschland"), country_code("Ruritania")
    ('KR', 'DE', None)
    """
    row = (
        _database(os.getpid()).execute("SELECT code FROM country_name WHERE key = ?", (key(name),)).fetchone()
    )
    return str(row[0]) if row else None


@lru_cache(maxsize=256)
def languages_of(country: str) -> tuple[str, ...]:
    """The languages spoken in a country, the commonest first, without their regions ("pt", not "pt-BR")."""
    row = (
        _database(os.getpid()).execute("SELECT languages FROM country WHERE code = ?", (country,)).fetchone()
    )
    return tuple(code.partition("-")[0] for code in row[0].split(",")) if row else ()


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[Region, ...]]:
    table: dict[str, tuple[Region, ...]] = {}
    for row in load("regions.json"):
        region = Region(row["name"], row["country"], row["admin1"])
        for spelling in {_tight(s) for s in (row["name"], *row["spellings"])}:
            table[spelling] = (*table.get(spelling, ()), region)
    return table


def _tight(name: str) -> str:
    return key(name).replace(" ", "")  # "W. Va.", "W.Va." and "N. J."


def qualifiers(name: str) -> tuple[Region, ...]:
    """The states, provinces and countries that a name printed after a place can mean.

    >>> [(r.name, r.country) for r in qualifiers("Georgia")]
    [('Georgia', 'US'), (None, 'GE')]
    """
    country = country_code(name)
    return _regions().get(_tight(name), ()) + ((Region(None, country),) if country else ())


def resolve(
    name: str, within: tuple[Region, ...] = (), hint: str | None = None
) -> tuple[Place, Entry | None]:
    """The place that a printed name means, and its entry in the gazetteer if it has one.

    ``within`` is what the state or country printed beside it can mean; ``hint`` is the publisher's country,
    which decides between namesakes unless a world city is among them.

    >>> resolve("SPRINGFIELD", qualifiers("Ill."))[0].geonames_id
    4250542
    >>> resolve("PARIS", (), "US")[0].country, resolve("HYDERABAD", (), "PK")[0].country
    ('FR', 'PK')
    """
    found = entries(name)
    if within:
        return _within(name, found, within)
    entry = _choose(found, hint)
    return _place(name, entry), entry


def _within(name: str, found: tuple[Entry, ...], within: tuple[Region, ...]) -> tuple[Place, Entry | None]:
    for region in within:
        for entry in found:
            if entry.kind in (REGION, COUNTRY) or entry.country != region.country:
                continue
            if region.admin1 is None or entry.admin1 == region.admin1:
                return _place(name, entry, region.name), entry
    countries = {region.country for region in within}
    names = {region.name for region in within}
    region_name = within[0].name if len(names) == 1 else None
    country = within[0].country if len(countries) == 1 else None
    return Place(spelled(name, None), region_name, country), None


def _choose(found: tuple[Entry, ...], hint: str | None) -> Entry | None:
    if not found:
        return None
    best = found[0]
    land = next((e for e in found if e.kind == COUNTRY and e.country != best.country), None)
    if land is not None and best.kind in (CITY, CAPITAL) and not best.alone:
        best = land  # "CHINA" is no town in Mexico, "CUBA" not how Juba is called in Turkish
    if hint and best.country != hint:
        at_home = next((e for e in found if e.country == hint and e.kind != COUNTRY), None)
        if at_home and not (best.alone or (best.kind == CAPITAL and best.weight > 10 * at_home.weight)):
            return at_home
    return best


def _place(name: str, entry: Entry | None, region: str | None = None) -> Place:
    if entry is None:
        return Place(spelled(name, None), region)
    if entry.latitude is None or entry.longitude is None:
        return Place(spelled(name, entry), region, entry.country, None, None, entry.geonames_id)
    degrees = (entry.latitude / 100_000, entry.longitude / 100_000)
    return Place(spelled(name, entry), region, entry.country, *degrees, entry.geonames_id)


def spelled(name: str, entry: Entry | None) -> str:
    """The printed name in normal spelling: the gazetteer's capitals where it has the same letters.

    >>> spelled("DEIR AL-BALAH", None), spelled("SÃO PAULO", None), spelled("McAllen", None)
    ('Deir al-Balah', 'São Paulo', 'McAllen')
    """
    if entry and (in_capitals(name) or name.islower()) and entry.name.casefold() == name.casefold():
        return entry.name
    if entry and len(name) <= 3 and name.isupper():  # "UAE", "USA"
        return name
    return title_case(name)
