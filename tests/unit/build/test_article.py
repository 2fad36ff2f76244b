"""The fields of a story from its labelled lines: headline, kicker, the lines of its head, what is hidden."""

from __future__ import annotations

import pytest

from ingest.build.article import _forms, _head, _is_front, _kicker, _seen, _under, _unprinted
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


@pytest.mark.parametrize(
    ("above", "label", "kicker"),
    [
        ("Anything", Label.SECTION, "Anything"),
        ("Sport", Label.CHROME, "Sport"),  # a section's name in many papers
        ("Gulf", Label.CHROME, "Gulf"),  # one that the metadata know
        ("Sign in", Label.CHROME, "Gulf"),
    ],
)
def test_kicker(above: str, label: Label, kicker: str) -> None:
    lines = [line(1, above), line(2, "Talks fail"), line(3, "The talks failed.")]
    labels = [label, Label.HEADLINE, Label.PARAGRAPH]
    assert _kicker(lines, labels, lines[1], Metadata(sections=("Gulf",)), "The Star")[0] == kicker


@pytest.mark.parametrize(
    ("above", "gaps", "kicker"),
    [
        ("Environment", (1, 1), "Environment"),
        ("Environment", (1, 0), None),
        ("Environment", (0, 1), None),
        ("environment", (1, 1), None),
        ("Environment 2024", (1, 1), None),
    ],
)
def test_a_kicker_that_is_a_block_of_its_own(above: str, gaps: tuple[int, int], kicker: str | None) -> None:
    """A page whose navigation comes in lines without blanks, and the kicker between two."""
    lines = [line(n, text) for n, text in enumerate(["Roe", "Ipsum", "Dolor", "Amet", "Elit"], 1)]
    lines += [line(6, above, gaps[0]), line(7, "Talks fail", gaps[1]), line(8, "The talks failed.", 1)]
    labels = [*[Label.CHROME] * 6, Label.HEADLINE, Label.PARAGRAPH]
    assert _kicker(lines, labels, lines[6], None, None)[0] == kicker
