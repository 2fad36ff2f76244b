"""A link and the day beside it are two lines."""

from __future__ import annotations

import pytest

from ingest.read.html import line_elements, parse_tree, tree_lines

TITLE = "Sugar season opens early on the Knife River"
LINK = f'<a href="/2024/03/sugar">{TITLE}</a>'


def texts(page: str) -> list[str]:
    return [line.text for line in tree_lines(parse_tree(page))]


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        (f"{LINK} <span>March 6, 2024</span>", [TITLE, "March 6, 2024"]),
        (f"{LINK}<span>6 mars 2024</span>", [TITLE, "6 mars 2024"]),  # with nothing between them
        (f"{LINK}<time datetime='2024-03-06'>Yesterday</time>", [TITLE, "Yesterday"]),
        (f"<i>06.03.2024</i> {LINK}", ["06.03.2024", TITLE]),
        (f"{LINK} (March 6, 2024)", [TITLE, "(March 6, 2024)"]),
        (f"{LINK} on the river", [f"{TITLE} on the river"]),
        (f"{LINK} opened on March 6, 2024", [f"{TITLE} opened on March 6, 2024"]),
        ("<a href='/roe'>Jane Roe</a> March 6, 2024", ["Jane Roe March 6, 2024"]),
        ("Ma<a href='/x'>sthead, submissions and customer care</a>",
         ["Masthead, submissions and customer care"]),
        (LINK, [TITLE]),
    ],
)  # fmt: skip
def test_a_day_beside_a_link(inside: str, lines: list[str]) -> None:
    assert texts(f"<ul><li>{inside}</li></ul>") == lines


def test_what_the_two_lines_know() -> None:
    page = f"<ul><li>{LINK} <time datetime='2024-03-06'>6 March</time></li><li>More</li></ul>"
    title, day, more = tree_lines(parse_tree(page))
    assert title.hints is not None and day.hints is not None
    assert (title.hints.href, title.hints.link_share, title.hints.datetime) == ("/2024/03/sugar", 1.0, None)
    assert (day.hints.href, day.hints.link_share, day.hints.datetime) == (None, 0.0, "2024-03-06")
    assert [(one.number, one.part) for one in (title, day, more)] == [(1, 0), (1, 1), (2, 0)]
    assert [one.tag for one in line_elements(parse_tree(page))] == ["li", "li", "li"]
