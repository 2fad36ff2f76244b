"""The look-up itself: namesakes, qualifiers, scripts, and what opening it costs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ingest.datelines.gazetteer import country_code, entries, qualifiers, resolve


@pytest.mark.parametrize(
    ("name", "qualifier", "hint", "country", "geonames_id"),
    [
        ("BAGHDAD", None, None, "IQ", 98182),
        ("SPRINGFIELD", "Ill.", None, "US", 4250542),
        ("SPRINGFIELD", "Mo.", None, "US", 4409896),
        ("PARIS", None, "US", "FR", 2988507),
        ("PARIS", "Texas", None, "US", 4717560),
        ("BATUMI", "Georgia", None, "GE", 615532),
        ("ATHENS", "Ga.", None, "US", 4180386),
        ("HYDERABAD", None, "PK", "PK", 1176734),
        ("HYDERABAD", None, None, "IN", 1269843),
        ("PERTH", "WA", None, "AU", 2063523),
        ("SPOKANE", "WA", None, "US", 5811696),
        ("МОСКВА", None, None, "RU", 524901),
        ("北京", None, None, "CN", 1816670),
        ("नई दिल्ली", None, None, "IN", 1261481),
    ],
)
def test_namesakes(
    name: str, qualifier: str | None, hint: str | None, country: str, geonames_id: int
) -> None:
    place, entry = resolve(name, qualifiers(qualifier) if qualifier else (), hint)
    assert entry is not None
    assert (place.country, place.geonames_id) == (country, geonames_id)


# No measuring of coverage, which loads sqlite3 and takes time.
UNWATCHED = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def test_unknown_place_keeps_its_name() -> None:
    place, entry = resolve("XYZZYTOWN", qualifiers("Ohio"))
    assert entry is None
    assert (place.name, place.region, place.country, place.latitude) == ("Xyzzytown", "Ohio", "US", None)


@pytest.mark.parametrize(
    ("name", "code"),
    [("West Germany", "DE"), ("Deutschland", "DE"), ("日本", "JP"), ("U.S.", "US"), ("Ruritania", None)],
)
def test_countries(name: str, code: str | None) -> None:
    assert country_code(name) == code


def test_common_words_are_no_places() -> None:
    for word in ("note", "watch", "exclusive", "update", "analysis", "the", "of"):
        assert not entries(word), word


def test_nothing_is_opened_without_need() -> None:
    """A line that can be no dateline costs neither sqlite3 nor the gazetteer."""
    code = (
        "import sys\nfrom ingest.datelines import parse_dateline\n"
        "assert 'sqlite3' not in sys.modules\n"
        "parse_dateline('The government said on Friday that it would build new roads in the north.')\n"
        "assert 'sqlite3' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=UNWATCHED)


def test_it_opens_cold_in_twenty_milliseconds() -> None:
    """The first place of a process: sqlite3 is loaded, the file opened, the name looked up (CPU time)."""
    code = (
        "import time\nfrom ingest.datelines.gazetteer import resolve\n"
        "start = time.process_time()\nassert resolve('BAGHDAD')[0].country == 'IQ'\n"
        "print(time.process_time() - start)\n"
    )
    runs = (
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=UNWATCHED
        )
        for _ in range(3)
    )
    assert min(float(run.stdout) for run in runs) < 0.02
