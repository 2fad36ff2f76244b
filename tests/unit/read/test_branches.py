"""Forms of a page's dates in JSON-LD, elements of Markdown, and HTML that is hardly any."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.datelines import parse_dateline
from ingest.pipeline import parse
from ingest.read.dumps import dump_lines
from ingest.read.html import parse_tree, tree_lines


def published(value: str) -> Any:
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", {value}}}</script>'
    page = parse(
        f"<html><head>{script}</head><body><h1>Pilots ask for a deeper channel</h1>"
        "<p>The harbour board voted on Tuesday to dredge the channel before winter, its chair said.</p>"
        "<p>Two ferries ran aground there in the spring, and the pilots have asked for deeper water.</p>",
        format="html",
    )
    assert page.article is not None
    return page.article.published, page.article.updated


@pytest.mark.parametrize(
    ("value", "dates"),
    [
        ('"datePublished": "2024-01-26"', ("2024-01-26", None)),
        ('"datePublished": ["2024-01-26", "2023-01-01"]', ("2024-01-26", None)),
        ('"datePublished": {"@value": "2024-01-26"}', ("2024-01-26", None)),
        ('"datePublished": 20240126', (None, None)),
        ('"datePublished": "2024-01-26", "dateModified": ["2024-01-28"]', ("2024-01-26", "2024-01-28")),
    ],
)
def test_dates_in_linked_data(value: str, dates: tuple[str | None, str | None]) -> None:
    assert published(value) == dates


def test_elements_of_markdown() -> None:
    text = (
        "# Pilots ask for a deeper channel\n\n[Home](https://roe.example/) [Sport](https://roe.example/s)\n\n"
        "The harbour board voted on Tuesday.\n\n```\nfetch('/a')\n# no heading\n```\n\n"
        "> A quotation of the chair\n\n* One thing\n* Another thing\n\n| Ferry | Year |\n| --- | --- |\n"
        "| Anna | 1911 |\n\n## The cost\n\nNine million [crowns](https://roe.example/crowns).\n"
    )
    lines = {line.text: line.hints.tag if line.hints else None for line in dump_lines(text)}
    assert lines["Pilots ask for a deeper channel"] == "h1"
    assert lines["The cost"] == "h2"
    assert lines["A quotation of the chair"] == "blockquote"
    assert lines["One thing"] == "li"
    assert lines["# no heading"] == "pre"
    assert "Nine million crowns." in lines


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("", []),
        ("<!-- nothing -->", []),
        ("<a href=/a></a><p>One</p>", ["One"]),
        ("text alone", ["text alone"]),
        ("<p>One</p>two<div><a href=/a> </a></div>three", ["One", "two", "three"]),
    ],
)
def test_html_that_is_hardly_any(html: str, lines: list[str]) -> None:
    tree = parse_tree(html)
    assert ([] if tree is None else [line.text for line in tree_lines(tree)]) == lines


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Reuters, London - The board voted on Tuesday.", True),
        ("London (Reuters). The board voted on Tuesday.", True),
        ("LONDON (XYZ News) - The board voted on Tuesday.", True),
        ("qwertzuiop (XYZ News) - The board voted on Tuesday.", False),
        ("Qwertzuiop (XYZ News) - The board voted on Tuesday.", False),
        ("London, Ont. the board voted on Tuesday.", False),
    ],
)
def test_places_with_an_agency(line: str, is_one: bool) -> None:
    assert (parse_dateline(line) is not None) is is_one
