"""Who publishes a page, in the words of its publication line and its copyright line."""

from __future__ import annotations

import pytest
from stories import DREDGING

from ingest.build.publisher import published_in, publisher_of, renamed, rights_holder
from ingest.line import Label, Line
from ingest.pipeline import parse

STORY = DREDGING + "\n© 2024 Ferrytown Gazette. All rights reserved.\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("© 2019–2024 Ferrytown Gazette | Terms", "Ferrytown Gazette"),
        ("Copyright by Ferrytown Gazette, 2024", "Ferrytown Gazette"),
        ("(c) Ferrytown Gazette - all of it", "Ferrytown Gazette"),
        ("Copyright © 2024. All rights reserved.", None),
        ("© 2024 the whole of it", None),
        ("© 2024 " + "Very " * 20 + "Long Gazette", None),
        ("© 2024 12/34", None),
        ("All rights reserved", None),
    ],
)
def test_the_holder_of_the_rights(text: str, name: str | None) -> None:
    assert rights_holder(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Published in Ferrytown Gazette on January 26th, 2024", "Ferrytown Gazette"),
        ("Publié dans Le Phare, 26 janvier 2024", "Le Phare"),
        ("Published in the morning", None),
        ("First published: 26 January 2024", None),
    ],
)
def test_the_paper_that_a_line_names(text: str, name: str | None) -> None:
    assert published_in(text) == name


def test_a_publication_line_comes_before_a_copyright_line() -> None:
    lines = [Line(1, "Published in Dawn Post, January 26th, 2024"), Line(2, "© 2024 Ferrytown Gazette")]
    assert publisher_of(lines, [Label.PUBLICATION, Label.CHROME], None) == ("Dawn Post", lines[0])
    assert publisher_of(lines, [Label.CHROME, Label.CHROME], None) == ("Ferrytown Gazette", None)
    assert publisher_of(lines[:1], [Label.CHROME], None) == (None, None)


@pytest.mark.parametrize(
    ("text", "below", "name"),
    [
        ("© Jane Roe", 20, None),  # a picture's
        ("© Jane Roe", 0, "Jane Roe"),  # at the foot of the page
        ("© Jane Roe/dpa", 0, None),
        ("© Roe News", 20, "Roe News"),  # which the page's first line says too
        ("© 2024 Ferrytown Gazette", 20, "Ferrytown Gazette"),
        ("© Ferrytown Gazette. All rights reserved", 20, "Ferrytown Gazette"),
        ("© 2024 Visos teisės saugomos", 20, None),
        ("© Copyright", 0, None),
    ],
)
def test_a_copyright_line_of_the_page_or_of_a_picture(text: str, below: int, name: str | None) -> None:
    lines = [Line(1, "Roe News"), Line(2, text), *(Line(n, "More") for n in range(3, 3 + below))]
    assert publisher_of(lines, [Label.CHROME] * len(lines), None)[0] == name


def test_the_name_that_a_user_wants() -> None:
    page = parse(STORY, url="https://www.roe.example/1")
    assert page.article is not None and page.article.publisher == "Ferrytown Gazette"

    def name(names: dict[str, str], url: str | None = "https://www.roe.example/1") -> str | None:
        article = renamed(parse(STORY, url=url), names).article
        return article and article.publisher

    assert name({"Roe.example": "The Roe", "ferrytown gazette": "The Gazette"}) == "The Roe"
    assert name({"oe.example": "The Oe", "ferrytown gazette": "The Gazette"}) == "The Gazette"
    assert name({"other.example": "Other"}) == "Ferrytown Gazette"
    assert name({"FERRYTOWN GAZETTE": "The Gazette"}, None) == "The Gazette"
    nothing = parse("Steep price")
    assert renamed(nothing, {"roe.example": "The Roe"}) is nothing
