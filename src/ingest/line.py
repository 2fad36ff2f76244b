"""The line, the unit of everything: a flat dump has nothing else, and HTML is cut into the same."""

from collections.abc import Iterable
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ingest.errors import InputError

MAX_LINES = 50_000  # of a page, unless the user says otherwise; a line takes some 8 KB until it is labelled


class Label(str, Enum):
    """What a line of a news page can be: a closed set, in the trade's own words."""

    HEADLINE = "headline"
    DECK = "deck"
    BYLINE = "byline"
    DATE = "date"  # the article's own: "Jan 26, 2024", "Updated 3 hours ago"
    PARAGRAPH = "paragraph"
    SUBHEADING = "subheading"
    CAPTION = "caption"
    PUBLICATION = "publication-line"  # "Published in Dawn, January 26th, 2024"
    SECTION = "section-label"  # "Opinion", "Most read": what stands over a list or an article
    TEASER_TITLE = "teaser-title"
    TEASER_DATE = "teaser-date"
    TEASER_BYLINE = "teaser-byline"
    TEASER_BLURB = "teaser-blurb"
    CHROME = "chrome"  # navigation, notices, advertisements, forms: all the rest

    __hash__ = str.__hash__  # Enum's own is written in Python, and sets of labels are asked for every line


# An Enum's member is looked up by code written in Python before 3.12, and a page asks for ten thousand.
if TYPE_CHECKING:
    Labels = Label
else:
    Labels = type("Labels", (), dict(Label.__members__))

BODY = frozenset({Label.PARAGRAPH, Label.SUBHEADING})  # what an article's paragraphs are made of


class Hints(NamedTuple):
    """What markup says about a line; a flat dump has none of it."""

    tag: str  # the block element that the line stands in: "p", "h1", "li", "td", "div" …
    ancestors: frozenset[str] = frozenset()  # the telling ones: "article", "nav", "aside", "figure" …
    words: frozenset[str] = frozenset()  # words of class and id, from the line's own block outwards
    link_share: float = 0.0  # share of the characters that are link text, 0 to 1
    href: str | None = None  # of the link that holds most of the line
    datetime: str | None = None  # of a <time> in the line
    block: int = 0  # identity of the nearest container, to tell neighbours in one list from others
    depth: int = 0  # how deep the block stands in the tree


class Line(NamedTuple):
    """A line of the page: its number (from 1), its text with white space collapsed."""

    number: int
    text: str
    gap: int = 0  # blank lines before it
    hints: Hints | None = None
    part: int = 0  # which piece of its line of the page, where that was cut: one long line a page


Item = TypeVar("Item")


def few(lines: Iterable[Item], most: int) -> list[Item]:
    """The lines as a list; no more than ``most`` and one are ever made. Raises InputError too-large."""
    found = list(islice(lines, most + 1))
    if len(found) > most:
        raise too_many(most)
    return found


def too_many(most: int) -> InputError:
    """The error of a page with more lines than ``most``."""
    return InputError("too-large", f"has more than {most:,} lines")
