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
        ("Jane Roe International Editor", ["Jane Roe"]),
        ("Jane Roe, Middle East correspondent", ["Jane Roe"]),
        ("Jane Roe, John Doe Reporter", ["Jane Roe", "John Doe"]),
        ("By JANE ROE, POLITICAL EDITOR FOR THE EXAMPLE", ["Jane Roe"]),
        ("순천, 광양 홍길동 기자 hong@example.com", ["홍길동"]),
        ("홍길동 선임기자 외 1명", ["홍길동"]),
        ("本报记者 王小明 李四", ["王小明", "李四"]),
        ("文／王小明", ["王小明"]),
        ("記者 王小明、李大同 綜合報導", ["王小明", "李大同"]),
        ("山田太郎記者", ["山田太郎"]),
        ("新华社记者", []),
        ("(责编：王小明、李四)", []),
        ("취재 기자", []),
        ("사진 확대", []),
        ("In Local News, News", []),
        ("By Our Correspondent", []),
        ("Staff Reporter", []),
        ("5 May 2024", []),
        ("Share this article", []),
    ],
)
def test_names(byline: str, names: list[str]) -> None:
    assert list(names_of(byline)) == names
