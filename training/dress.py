"""Gives a composed page the markup that a publisher's template might have: hints for each line."""

from __future__ import annotations

import random
from collections.abc import Sequence

from ingest.line import Hints, Label, Line

Labelled = list[tuple[Line, Label]]

_BOX_WORDS = (
    "sidebar related box story teaser card most read item list news media entry post latest widget stories "
    "promo block recommended popular feed trending grid column more tile"
).split()
_BOXES = ({"aside"}, {"section"}, {"section", "ul", "li"}, {"ul", "li"}, {"ol", "li"}, {"article"},
          {"aside", "article"}, {"section", "article"}, {"aside", "ul", "li"}, set(), set())  # fmt: skip
_STORIES = ({"article"}, {"article", "main"}, {"main"}, {"section"}, set(), set())
_ADDRESSES = (
    "/news/{number}/{slug}", "/{day}/{slug}", "/{day}/{slug}/", "/national/{slug}/{code}",
    "/world/{slug}-{few}", "/economy/{slug}.html", "https://www.example.com/sport/{slug}", "/a/{code}",
    "/story.php?id={number}", "/s/{few}", "/article{number}", "../{slug}-{number}.html",
)  # fmt: skip
# Block elements of a story's lines, as templates have them.
_TAGS = {
    Label.HEADLINE: ("h1", "h1", "h1", "h2", "div"),
    Label.DECK: ("p", "h2", "div", "h3"),
    Label.BYLINE: ("div", "p", "li", "address"),
    Label.DATE: ("div", "p", "li"),
    Label.PARAGRAPH: ("p", "p", "p", "div", "td"),
    Label.SUBHEADING: ("h2", "h3", "p", "h4"),
    Label.CAPTION: ("figcaption", "figcaption", "div", "p"),
    Label.PUBLICATION: ("p", "div"),
    Label.SECTION: ("h2", "h3", "div", "h4", "span"),
}
_WORDS = {
    Label.HEADLINE: ("headline", "title"),
    Label.DECK: ("deck", "lead", "summary", "standfirst", "intro", "subtitle"),
    Label.BYLINE: ("byline", "author", "meta"),
    Label.DATE: ("date", "time", "published", "meta", "timestamp"),
    Label.PARAGRAPH: ("content", "body", "text", "paragraph"),
    Label.CAPTION: ("caption", "image", "media", "credit"),
    Label.TEASER_TITLE: ("title", "headline", "link"),
    Label.TEASER_DATE: ("date", "time", "timestamp", "meta"),
    Label.TEASER_BYLINE: ("author", "byline"),
    Label.TEASER_BLURB: ("excerpt", "summary", "text", "desc"),
}
_IN_BOX = (Label.TEASER_DATE, Label.TEASER_BYLINE, Label.TEASER_BLURB)


def dress(page: Labelled, rng: random.Random) -> Labelled:
    """The page as HTML would have given it: the same lines with hints, in one invented template."""
    return _Template(rng).dressed(page)


class _Template:
    """One publisher's choices, kept for a whole page."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.tags = {label: rng.choice(tags) for label, tags in _TAGS.items()}
        self.title = rng.choice(("h2", "h3", "h3", "h4", "div", "li", "p", "a"))
        self.box, self.story = rng.choice(_BOXES), rng.choice(_STORIES)
        self.whole_box_linked = rng.random() < 0.3
        self.depth = rng.randrange(6, 20)
        self.named = rng.random() < 0.7  # hashed class names tell nothing
        self.box_words = rng.sample(_BOX_WORDS, 3)
        self.form, self.spelt = rng.choice(_ADDRESSES), rng.choice((2, 3, 3, 4, 6, 8))

    def dressed(self, page: Labelled) -> Labelled:
        result: Labelled = []
        block, href, title = 0, None, ""
        for at, (line, label) in enumerate(page):
            if label is Label.TEASER_TITLE:
                if line.text != title:
                    block += 1
                    href, title = self.address(line.text), line.text
            elif label not in _IN_BOX and label is not Label.CHROME:
                href = None
            in_box = label in (Label.TEASER_TITLE, *_IN_BOX) or (
                label is Label.CHROME and self.among(page, at)
            )
            hints = self.in_box(label, href, block) if in_box else self.outside(label)
            result.append((line._replace(gap=0, number=at + 1, hints=hints), label))
        return result

    def among(self, page: Sequence[tuple[Line, Label]], at: int) -> bool:
        """Whether a line of chrome stands between two teasers: a rank, a kicker, "Read more"."""
        near = {label for _, label in page[max(0, at - 1) : at + 2]}
        return Label.TEASER_TITLE in near or bool(near & set(_IN_BOX))

    def in_box(self, label: Label, href: str | None, block: int) -> Hints:
        linked = label is Label.TEASER_TITLE or self.whole_box_linked or (
            label is Label.TEASER_BLURB and self.rng.random() < 0.05
        )  # fmt: skip
        tag = self.title if label is Label.TEASER_TITLE else self.rng.choice(("div", "p", "div", "span"))
        ancestors = {*self.box, *(("time",) if label is Label.TEASER_DATE and self.named else ())}
        if self.whole_box_linked:
            ancestors.add("a")
        if tag in ("h2", "h3", "h4"):
            ancestors.add(tag)
        return Hints(
            tag=tag if tag != "span" else "div",
            ancestors=frozenset(ancestors),
            words=self.words(label, self.box_words),
            link_share=1.0 if linked else 0.0,
            href=href if linked else None,
            block=1000 + block,
            depth=self.depth + len(self.box),
        )

    def outside(self, label: Label) -> Hints:
        rng = self.rng
        if label is Label.CHROME:
            linked = rng.random() < 0.5
            listed = rng.random() < 0.6
            ancestors = (
                {"li", "ul", *rng.choice((("nav",), ("header",), ("footer",), ()))} if listed else set()
            )
            href = f"/{rng.randrange(99)}" if linked else None
            return Hints("li" if listed else "div", frozenset(ancestors), frozenset(), float(linked), href,
                         block=rng.randrange(3), depth=self.depth - 4)  # fmt: skip
        tag = self.tags.get(label, "p")
        ancestors = {*self.story, *((tag,) if tag[0] in "hf" else ())}
        if label is Label.CAPTION and tag == "figcaption":
            ancestors.add("figure")
        block = 500 if label in (Label.PARAGRAPH, Label.SUBHEADING) else 400
        return Hints(
            tag, frozenset(ancestors), self.words(label, ()), 0.0, None, block=block, depth=self.depth
        )

    def words(self, label: Label, more: Sequence[str]) -> frozenset[str]:
        if not self.named:
            return frozenset()
        return frozenset((*more, *self.rng.sample(_WORDS.get(label, ("content",)), 1)))

    def address(self, title: str) -> str:
        """An address of a story as this publisher makes them."""
        rng = self.rng
        words = [word.lower() for word in title.split() if word.isalnum()]
        return self.form.format(
            slug="-".join(words[: self.spelt]) or "story",
            number=rng.randrange(10_000, 9_999_999),
            few=rng.randrange(100, 9_999),
            code=f"{rng.randrange(16**4, 16**8):x}",
            day=f"{rng.randrange(2008, 2026)}/{rng.randrange(1, 13):02}/{rng.randrange(1, 29):02}",
        )
