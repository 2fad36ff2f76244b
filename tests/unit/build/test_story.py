"""An article from its labelled lines: where it ends, what is cut off, stories without running text."""

from __future__ import annotations

from ingest.build import build_page
from ingest.line import Label, Line
from ingest.page import Article, Source
from ingest.pipeline import parse

ONE = "The harbour board voted on Tuesday to dredge the eastern channel before the winter."
TWO = "Two ferries ran aground there in the spring, and the pilots have asked for deeper water."
LETTERS = {
    "h": Label.HEADLINE,
    "y": Label.BYLINE,
    "d": Label.DATE,
    "p": Label.PARAGRAPH,
    "u": Label.SUBHEADING,
    "i": Label.PUBLICATION,
    "c": Label.CHROME,
}


def article(*marked: str) -> Article:
    lines = [Line(number, text[2:]) for number, text in enumerate(marked, 1)]
    found = build_page(lines, [LETTERS[text[0]] for text in marked], Source("-")).article
    assert found is not None
    return found


def test_a_heading_over_nothing_is_no_part_of_the_story() -> None:
    found = article("h Pilots ask for more", f"p {ONE}", "u The cost", f"p {TWO}", "u Most read", "u Video")
    assert found.paragraphs == (ONE, "The cost", TWO)


def test_a_long_paragraph_that_comes_again_counts_once() -> None:
    assert article(f"p {ONE * 2}", f"p {TWO}", f"p {ONE * 2}").paragraphs == (ONE * 2, TWO)


def test_a_dateline_on_a_line_of_its_own() -> None:
    found = article("h Pilots ask for more", "p BAGHDAD, Jan. 26 (AP) —", f"p {ONE}")
    assert found.dateline is not None and found.dateline.agencies == ("AP",)
    assert found.paragraphs == (ONE,)


def test_what_follows_the_imprint_is_another_text() -> None:
    found = article(f"p {ONE}", f"p {TWO}", "i Published in Dawn, January 26th, 2024", "p Read our letter.")
    assert found.paragraphs == (ONE, TWO)
    assert found.publisher == "Dawn"
    found = article("p Read our letter.", "i Published in Dawn, January 26th, 2024", f"p {ONE}", f"p {TWO}")
    assert ONE in found.paragraphs and TWO in found.paragraphs


def test_a_line_for_each_writer() -> None:
    found = article(
        "h Pilots ask for more", "y Jane Roe, reporter", "y John Doe, reporter", f"p {ONE}", f"p {TWO}"
    )
    assert found.authors == ("Jane Roe", "John Doe")


VIDEO = """<html lang="en"><head><title>Pilots ask for more | Roe News</title>
<meta property="og:title" content="Pilots ask for more"><meta property="og:type" content="article">{}</head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><h1>Pilots ask for more</h1>{}
<div>Play video</div><footer><a href="/terms">Terms</a></footer></body></html>"""


def test_a_video_is_a_story_where_its_publication_is_declared() -> None:
    declared = VIDEO.format('<meta property="article:published_time" content="2024-01-26T10:05:00Z">', "")
    found = parse(declared, format="html", url="https://roe.example/video/pilots").article
    assert found is not None
    assert (found.headline, found.paragraphs) == ("Pilots ask for more", ())
    assert found.published == "2024-01-26T10:05:00+00:00"
    assert parse(VIDEO.format("", ""), format="html").article is None
    assert parse(declared, format="html", url="https://roe.example/").article is None  # a front page
