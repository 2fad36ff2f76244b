"""The fields of a story from its labelled lines: headline, the lines of its head, what is hidden."""

from __future__ import annotations

import pytest

from ingest.build.article import (
    _byline,
    _forms,
    _head,
    _is_front,
    _seen,
    _under,
    _unprinted,
    _without_notes,
)
from ingest.line import Hints, Label, Line
from ingest.read.metadata import Metadata


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://star.example", True),
        ("https://star.example/", True),
        ("https://star.example/?ref=app", True),
        ("https://star.example/index.html", True),
        ("https://star.example/home", True),
        ("https://star.example/talks-fail", False),
        (None, False),
    ],
)
def test_the_first_page_of_a_site(url: str | None, front: bool) -> None:
    assert _is_front(url) is front


def test_forms_of_a_title() -> None:
    assert _forms("Talks fail") == ["Talks fail"]
    assert _forms("Talks fail | World | The Star") == [
        "Talks fail | World | The Star",
        "Talks fail",
        "The Star",
    ]


@pytest.mark.parametrize(
    ("claim", "headline"),
    [
        ("Talks fail in Baghdad", "Talks fail in Baghdad"),
        ("Talks fail in Baghdad | The Star", "Talks fail in Baghdad"),
        ("The Star | Talks fail in Baghdad", "Talks fail in Baghdad"),
        ("Talks fail | and go on", "Talks fail | and go on"),
        ("The Star", None),
    ],
)
def test_a_headline_that_is_not_printed(claim: str, headline: str | None) -> None:
    assert _unprinted(Metadata(headlines=(claim,), publishers=("The Star",))) == headline


def line(number: int, text: str, gap: int = 0, hidden: bool = False) -> Line:
    return Line(number, text, gap, Hints("p", frozenset({"hidden"} if hidden else ())))


def test_what_a_paywall_hides_is_left_out_where_more_is_shown() -> None:
    shown, filler = (
        line(1, "The talks failed, two officials said."),
        line(2, "Lorem ipsum dolor.", hidden=True),
    )
    labels = [Label.PARAGRAPH, Label.PARAGRAPH]
    assert _seen([shown, filler], labels) == [Label.PARAGRAPH, Label.CHROME]
    assert _seen([filler, shown], labels) == [Label.CHROME, Label.PARAGRAPH]
    story = line(2, "The talks failed, two officials said on Friday.", hidden=True)
    assert _seen([line(1, "Subscribe now."), story], labels) == labels  # until a script has run


def test_the_first_paragraph_is_the_one_under_the_headline() -> None:
    assert _under([2, 5, 6, 7], 4) == 5  # a teaser's text stands above it
    assert _under([2, 3, 4, 7], 6) == 2  # most of it does: no headline of theirs
    assert _under([2, 5], 4) == 5
    assert _under([2, 3], None) == 2


def test_the_head_begins_under_the_headline() -> None:
    lines = [
        line(n, text) for n, text in enumerate(["World", "Talks fail", "Jane Roe", "26 January 2024"], 1)
    ]
    lines += [line(n, "The talks failed, two officials said.") for n in range(5, 30)]
    assert _head(lines, lines[1], 4).start == 2
    assert 4 in _head(lines, lines[1], 4)
    assert _head(lines, lines[0], 4).start == 1  # the very first line
    assert _head(lines, None, 4).start == 0
    assert _head(lines, None, 28).stop == len(lines)


def test_a_note_on_the_writer_ends_the_story() -> None:
    body = [
        (line(n, text), Label.PARAGRAPH)
        for n, text in enumerate(
            ["Talks failed.", "No one was sad.", "Jane Roe covers talks for the Star."], 1
        )
    ]
    assert _without_notes(body, ["Jane Roe"]) == body[:2]
    assert _without_notes(body, ["Roe"]) == body  # a surname may be anyone's
    assert _without_notes(body, []) == body
    assert _without_notes(body[2:], ["Jane Roe"]) == body[2:]


@pytest.mark.parametrize(
    ("claimed", "byline", "authors"),
    [
        (("Jane Roe", "The Star"), "By Jane Roe", ("Jane Roe",)),  # a paper writes nothing
        (("The Star",), "By Jane Roe", ("Jane Roe",)),
        (("star.example",), "By Jane Roe, The Star", ("Jane Roe",)),
        (("The Star",), "Talks go on", ("The Star",)),  # where nobody else is named
        (("105092",), "Talks go on", ()),
    ],
)
def test_whose_story_it_is_by_markup_and_print(
    claimed: tuple[str, ...], byline: str, authors: tuple[str, ...]
) -> None:
    metadata = Metadata(authors=claimed, publishers=("The Star",))
    printed = [line(1, "Talks fail in Baghdad"), line(2, byline), line(3, "star.example"), line(4, "Text.")]
    kind = Label.BYLINE if byline.startswith("By") else Label.CHROME
    labels = [Label.HEADLINE, kind, Label.CHROME, Label.PARAGRAPH]
    assert _byline(printed, labels, metadata, printed[0], range(1, 4))[1] == authors


def test_a_korean_story_is_signed_at_its_end() -> None:
    printed = [
        line(1, "회담 결렬"),
        line(2, "회담이 결렬됐다."),
        line(3, "홍길동 기자 hong@star.example"),
    ]
    labels = [Label.HEADLINE, Label.PARAGRAPH, Label.CHROME]
    assert _byline(printed, labels, None, printed[0], range(1, 2)) == (printed[2], ("홍길동",))
