"""Teasers are put together from labelled lines, whatever the rhythm of their list."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.build import build_page
from ingest.line import Hints, Label, Line
from ingest.page import Page, Source

LETTERS = {
    "t": Label.TEASER_TITLE,
    "d": Label.TEASER_DATE,
    "b": Label.TEASER_BLURB,
    "y": Label.TEASER_BYLINE,
    "s": Label.SECTION,
    "p": Label.PARAGRAPH,
    "c": Label.CHROME,
    "h": Label.HEADLINE,
}


def page(*marked: str, links: dict[str, str] | None = None) -> Page:
    """Builds a page of lines that begin with the letter of their label: "t Steep price"."""
    lines, labels = [], []
    for number, text in enumerate(marked, 1):
        href = (links or {}).get(text[2:])
        hints = Hints("p", link_share=1.0, href=href) if href else None
        lines.append(Line(number, text[2:], 0, hints))
        labels.append(LETTERS[text[0]])
    return build_page(lines, labels, Source("-"), rest=True)


def told(found: Page) -> list[tuple[Any, ...]]:
    return [(t.title, t.section, t.published or t.updated, t.blurb) for t in found.teasers]


FIRST, SECOND = (
    ("Rain is coming", "Ports", "2024-11-14", "It will rain."),
    ("Sun is gone", "Ports", "2024-11-13", None),
)


@pytest.mark.parametrize(
    "lines",
    [
        ["t Rain is coming", "d 14 Nov, 2024", "b It will rain.", "t Sun is gone", "d 13 Nov, 2024"],
        ["t Rain is coming", "b It will rain.", "d 14 Nov, 2024", "t Sun is gone", "d 13 Nov, 2024"],
        ["d 14 Nov, 2024", "t Rain is coming", "b It will rain.", "d 13 Nov, 2024", "t Sun is gone"],
        ["t Rain is coming", "d 14 Nov, 2024", "t Rain is coming", "b It will rain.", "t Sun is gone",
         "d 13 Nov, 2024", "t Sun is gone"],
        ["t 1 Rain is coming", "d 14 Nov, 2024", "b It will rain.", "t 2 Sun is gone", "d 13 Nov, 2024"],
        ["t 1. Rain is coming", "d 14 Nov, 2024", "b It will rain.", "t 2. Sun is gone", "d 13 Nov, 2024"],
        ["c 1", "t Rain is coming", "d 14 Nov, 2024", "b It will rain.", "c 2", "t Sun is gone",
         "d 13 Nov, 2024"],
    ],
)  # fmt: skip
def test_rhythms(lines: list[str]) -> None:
    assert told(page("s Ports", *lines)) == [FIRST, SECOND]


def test_the_nearest_label_is_the_section_and_text_of_the_story_ends_it() -> None:
    found = page("h Fog", "s Opinion", "s Editorial", "t Rain is coming", "p A paragraph.", "t Sun is gone")
    assert [(t.title, t.section) for t in found.teasers] == [
        ("Rain is coming", "Editorial"),
        ("Sun is gone", None),
    ]


def test_repeats_merge_and_keep_what_either_has() -> None:
    found = page("h Fog", "s A", "t Rain is coming", "p Text.", "s B", "t Rain is coming", "b It will rain.")
    assert told(found) == [("Rain is coming", "A", None, "It will rain.")]
    assert found.rest is not None
    assert [line.text for line in found.rest] == ["A", "B"]


def test_the_article_is_no_teaser_of_itself() -> None:
    found = page("h Rain is coming", "p A paragraph.", "t Rain is coming", "t Sun is gone")
    assert [t.title for t in found.teasers] == ["Sun is gone"]


def test_a_second_text_in_one_link_is_its_blurb() -> None:
    links = {"Rain is coming": "/rain", "It will rain for days, they say.": "/rain"}
    found = page("t Rain is coming", "t It will rain for days, they say.", links=links)
    assert told(found) == [("Rain is coming", None, None, "It will rain for days, they say.")]


def test_bylines_with_a_date() -> None:
    (teaser,) = page("t Rain is coming", "y By Jane Roe | 14 Nov 2024").teasers
    assert (teaser.byline, teaser.authors, teaser.published) == ("By Jane Roe", ("Jane Roe",), "2024-11-14")


@pytest.mark.parametrize(
    ("title", "clean", "cut"),
    [
        ("Read more: Rain is coming", "Rain is coming", False),
        ("LESEN SIE AUCH: Regen kommt", "Regen kommt", False),
        ("• Rain is coming...", "Rain is coming...", True),
        ("Budget: rain is coming", "Budget: rain is coming", False),
        ("3-0 win for the Reds", "3-0 win for the Reds", False),
        ("Rain is coming [...]", "Rain is coming [...]", True),
    ],
)
def test_titles(title: str, clean: str, cut: bool) -> None:
    (teaser,) = page(f"t {title}").teasers
    assert (teaser.title, teaser.truncated) == (clean, cut)


def linked(tag: str, text: str, href: str, datetime: str | None = None) -> Line:
    return Line(1, text, 0, Hints(tag, frozenset({tag, "a"}), link_share=1.0, href=href, datetime=datetime))


def made(*lines: Line) -> Page:
    numbered = [line._replace(number=at) for at, line in enumerate(lines, 1)]
    return build_page(numbered, [Label.TEASER_TITLE] * len(lines), Source("-"), rest=True)


def test_the_heading_of_a_link_is_its_title_and_what_stands_over_it_a_kicker() -> None:
    found = made(linked("div", "Harbour lights", "/a"), linked("h3", "The ferry is late again", "/a"))
    assert [t.title for t in found.teasers] == ["The ferry is late again"]
    assert found.rest is not None and [line.text for line in found.rest] == ["Harbour lights"]


def test_the_day_beside_a_title_is_no_part_of_it() -> None:
    found = made(linked("li", "The ferry is late again 26 Jan 2024", "/a", datetime="2024-01-26"))
    assert told(found) == [("The ferry is late again", None, "2024-01-26", None)]


def test_a_title_printed_with_its_kicker_and_without_is_one_teaser() -> None:
    found = page("t PremiumThe ferry came late again", "c x", "t The ferry came late again")
    assert [t.title for t in found.teasers] == ["The ferry came late again"]
