"""Names in bylines, and what is none."""

from __future__ import annotations

import pytest

from ingest.build.byline import names_of


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Roe", ["Jane Roe"]),
        ("BY JANE ROE AND JOHN VAN DYKE", ["Jane Roe", "John van Dyke"]),
        ("By Jane Roe, John Doe and Ann O’Hara in Cairo", ["Jane Roe", "John Doe", "Ann O’Hara"]),
        ("Jane Roe, chief political correspondent", ["Jane Roe"]),
        ("Von Anna Müller und Jens Groß", ["Anna Müller", "Jens Groß"]),
        ("Par Élise Le Goff", ["Élise Le Goff"]),
        ("Por María José García", ["María José García"]),
        ("Jane Roe | Reuters | 5 May 2024", ["Jane Roe"]),
        ("By Jane Roe (jane.roe@example.org, @janeroe)", ["Jane Roe"]),
        ("By Jane Roe · Updated 2 hours ago · 4 min read", ["Jane Roe"]),
        ("Иван Петров, корреспондент", ["Иван Петров"]),
        ("By Jane Roe Senior Reporter", ["Jane Roe"]),
        ("By regional affairs reporter Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("Jane Roe in London and Jakob Lindqvist in Stockholm", ["Jane Roe", "Jakob Lindqvist"]),
        ("संवाददाता: राम कुमार", ["राम कुमार"]),
        ("By Our Correspondent", []),
        ("Staff Reporter", []),
        ("5 May 2024", []),
        ("Share this article", []),
    ],
)
def test_names(byline: str, names: list[str]) -> None:
    assert list(names_of(byline)) == names
