"""What the markup says of a page's dates: names of elements, where links lead, how many are of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ingest.build.reading import Reading
from ingest.build.said import Said
from ingest.dates import is_date_line
from ingest.line import BODY, Line
from ingest.line import Labels as Label
from ingest.read.claim import leads

NEAR = 6  # lines above a headline in which a day without a label may still be the story's
_MANY = 3  # dates in the same kind of element from which on they are a list
_LINKED = 0.8  # share of a line that is a link, from which on the line is that link

# Names of elements: what holds a date, and what holds comments and other stories.
_MARKS = frozenset(
    "date dates dateline datetime datum fecha pubdate publish published posted timestamp time created "
    "publication meta byline author autor entry postmetadata postmeta postinfo postdate articledate".split()
)
_ALIEN = frozenset(
    "comment comments commentlist reply respond related relateds sidebar widget teaser teasers recommended "
    "recommend recirc promo popular trending latest carousel slider menu calendar event events archive "
    "archives aside nav newslist newsticker ticker mostread mostviewed".split()
)
# Where a page has its name, and the day of the visit.
_MASTHEAD = frozenset("header masthead topbar".split())


class Page(NamedTuple):
    """The labelled lines of a page, and where its story stands among them."""

    lines: Sequence[Line]
    labels: Sequence[Label]
    head: range  # between the headline and the first paragraphs
    first: int  # the first line of the story's text
    last: int
    said: Said
    reading: Reading


class Looks:
    """What the markup says of lines, beside what it says of the story's own text."""

    def __init__(self, page: Page, openings: frozenset[int]) -> None:
        self.page = page
        self.dated: dict[int, bool] = {}
        self.marked_up = [at for at, line in enumerate(page.lines) if line.hints is not None]
        own = [
            hints
            for at in self.marked_up
            if page.labels[at] in (Label.PARAGRAPH, Label.HEADLINE)
            and (hints := page.lines[at].hints) is not None
        ]
        self.common: frozenset[str] = frozenset().union(*(hints.words for hints in own))
        self.openings = openings
        links = (
            hints.href
            for at in self.marked_up
            if page.labels[at] is Label.HEADLINE and (hints := page.lines[at].hints) is not None
        )
        self.addresses = tuple(link for link in (page.reading.url, *links) if link)
        self.around: frozenset[str] = frozenset().union(*(hints.ancestors for hints in own))
        self.kinds: dict[int, tuple[str, frozenset[str]]] = {}
        self.counts: dict[tuple[str, frozenset[str]], int] = {}

    def is_date(self, at: int) -> bool:
        """Whether a line is nothing but a date."""
        if at not in self.dated:
            self.dated[at] = is_date_line(self.page.lines[at].text)
        return self.dated[at]

    def kind(self, at: int) -> tuple[str, frozenset[str]]:
        """A line's element and the names that are not the story's own."""
        kind = self.kinds.get(at)
        if kind is None:
            hints = self.page.lines[at].hints
            kind = (hints.tag, hints.words - self.common) if hints is not None else ("", frozenset())
            self.kinds[at] = kind
        return kind

    def alike(self, at: int) -> int:
        """How many lines of nothing but a date are in elements of a line's kind, itself among them."""
        kind = self.kind(at)
        if kind not in self.counts:
            others = (one for one in self.marked_up if self.page.labels[one] not in BODY)
            self.counts[kind] = sum(self.kind(one) == kind and self.is_date(one) for one in others)
        return self.counts[kind]

    def marked(self, at: int) -> bool:
        """Whether the names of a line's element say that it holds a date, and not of comments or teasers."""
        words = self.kind(at)[1]
        return bool(words & _MARKS) and not words & _ALIEN

    def alien(self, at: int) -> bool:
        """Whether a line's element is one of comments or teasers; a story's own head may be an <aside>."""
        hints = self.page.lines[at].hints
        if hints is None:
            return False
        words, head = self.kind(at)[1], self.page.head
        headed = head.start - NEAR < at < self.page.first
        return bool(words & _ALIEN) or bool(not headed and (hints.ancestors & _ALIEN) - self.around)

    def alone(self, at: int) -> bool:
        """Whether a line is marked as a date, and no other date of the page is of its kind."""
        return self.marked(at) and self.is_date(at) and self.alike(at) == 1

    def target(self, at: int) -> Literal["this", "another"] | None:
        """Where a line that is a link leads: to the story, as its headline may do too, or to another page."""
        hints = self.page.lines[at].hints
        return leads(hints.href or "", self.addresses) if hints is not None and self.linked(at) else None

    def linked(self, at: int) -> bool:
        hints = self.page.lines[at].hints
        return hints is not None and hints.href is not None and hints.link_share > _LINKED

    def own(self, at: int) -> bool:
        return self.target(at) == "this"

    def reasons(self, at: int) -> Iterator[str]:
        hints = self.page.lines[at].hints
        if hints is None:
            return
        kind = self.kind(at)
        target = self.target(at)
        if target is not None:
            yield f"links to {target} page"
        if target == "this":
            return
        if self.alien(at):
            yield "among other stories"
        elif kind[1] & _MARKS and not (at < self.page.head.start - NEAR and kind[1] & _MASTHEAD):
            yield "marked as a date"
        if at not in self.page.head and self.alike(at) >= _MANY:
            yield "one of many"
