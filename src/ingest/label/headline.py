"""Which line above the story is its headline: a small regression weighs the candidates against each other.

A template's order is what the labeller knows best. Here it also counts what a line says: a headline is told
again in the story's own words, stands on the page more than once, and is claimed by the page's head.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ingest.label.seen import Seen, codes_of, flags
from ingest.label.story import ABOVE
from ingest.label.told import about, told_by
from ingest.line import BODY
from ingest.line import Labels as Label
from ingest.vocabulary import plain

if TYPE_CHECKING:
    from ingest.label.told import Teller
    from ingest.read.metadata import Metadata

_ENOUGH = 350  # characters of a story, wide ones twice, that show which line tells of it
_KICKER = 0.25  # probability of a section label from which the line over the headline is one
_INSIDE = 2  # lines taken for text under which a headline may still stand: breadcrumbs, a blurb
_OVER = 3  # lines over a headline in which a teaser may end
_OF_THE_STORY = {Label.TEASER_DATE: Label.DATE, Label.TEASER_BYLINE: Label.BYLINE}
_NO_CHANCE = 1e-4
_DOUBT = 0.001  # probability of being the headline up to which a line must tell of the story to be weighed
_TOP = 3  # lines of a page among which its title may be printed
_HELD = 10  # characters from which it tells something that another line holds a text
_WHOLE = 20  # characters from which a text that another line ends or begins with is no accident


def claims_of(metadata: Metadata | None) -> tuple[str, ...]:
    """The metadata's headlines as `plain` makes them."""
    return tuple(plain(text) for text in metadata.headlines) if metadata is not None else ()


def headline_candidates(seen: Seen, labels: Sequence[Label]) -> list[int]:
    """The lines that may be the story's headline."""
    body = [at for at, label in enumerate(labels) if label is Label.PARAGRAPH]
    if not body:
        return []
    nearby = range(max(0, body[0] - ABOVE), body[min(_INSIDE, len(body) - 1)])
    near = {at for at in nearby if _may_be(at, seen)}
    return sorted(near | {at for at, label in enumerate(labels) if label is Label.HEADLINE})


def _may_be(at: int, seen: Seen) -> bool:
    """Whether a line is worth weighing: most of those above a story are navigation."""
    shape = seen.shapes[at]
    if shape.date == 2 or not 0 < shape.size < 8:
        return False
    likely = seen.chance[Label.HEADLINE][at] > _DOUBT or seen.context.shared[at] > 1
    return likely or (bool(seen.claims) and plain(seen.lines[at].text) in seen.claims)


class Page(NamedTuple):
    """A page whose headline is sought, and what of it each of the candidates needs."""

    seen: Seen
    labels: Sequence[Label]
    candidates: Sequence[int]
    first: int  # line of the story
    told: Teller  # by the story
    others: str  # the lines that are not of the story and not long, for finding what they repeat
    top: str  # the first of them, where a page's title may stand
    spaced: bool  # the page has blank lines
    plain: Mapping[int, str]  # the words of the candidates


def page_of(seen: Seen, labels: Sequence[Label], candidates: Sequence[int]) -> Page:
    """Gathers what the candidates' evidence needs."""
    shapes = seen.shapes
    others = [
        line.text if shape.size < 8 and label is not Label.PARAGRAPH else ""
        for line, shape, label in zip(seen.lines, shapes, labels, strict=True)
    ]
    return Page(
        seen,
        labels,
        candidates,
        labels.index(Label.PARAGRAPH),
        told_by(shapes[at] for at, label in enumerate(labels) if label is Label.PARAGRAPH),
        "\n".join(others).casefold(),
        "\n".join(others[:_TOP]).casefold(),
        any(line.gap for line in seen.lines),
        {at: plain(seen.lines[at].text) for at in candidates},
    )


def headline_evidence(at: int, page: Page) -> dict[str, float]:
    """What speaks for a line, among the candidates, being the headline of the story below it."""
    seen, labels, others, first = page.seen, page.labels, page.candidates, page.first
    shape, context = seen.shapes[at], seen.context
    own = _log(seen, Label.HEADLINE, at)
    chances = seen.chance[Label.HEADLINE]
    rival = math.log(max((chances[one] for one in others if one != at), default=0.0) + _NO_CHANCE)
    below = [seen.shapes[one] for one in others if 0 < one - at < 4]
    least = max(3, shape.size)
    after = labels[at + 1 : at + 5]
    evidence = {
        "chance": own,
        "likeliest": float(own > rival),
        "ahead by": max(-3.0, min(3.0, own - rival)),
        "paragraph": _log(seen, Label.PARAGRAPH, at),
        "deck": _log(seen, Label.DECK, at),
        "title": _log(seen, Label.TEASER_TITLE, at),
        "caption": _log(seen, Label.CAPTION, at),
        "labelled": float(labels[at] is Label.HEADLINE),
        "told": context.shared[at] / 4,
        "words": min(len(shape.words), 16) / 16,
        "colon": float(":" in seen.lines[at].text),
        "capitals": float(shape.capitals == 5),
        "numbered": float(shape.digits > 1),
        "dated": float(shape.date > 0),
        "known words": float(bool(shape.lexicon)),
        "repeated": float(context.repeats[at] > 1),
        "repeated above": float(context.before[at] > 0),
        "away": math.log1p(max(0, first - at - 1)),
        "below": float(at > first),
        "longer between": sum([one.size > least for one in seen.shapes[at + 1 : first]]) ** 0.5,
        "longer follows": float(any(one.size > shape.size for one in below)),
        "sentence follows": float(any(one.end == "." for one in below)),
        "follows section": float(at > 0 and labels[at - 1] is Label.SECTION),
        "signed": float(Label.BYLINE in after or Label.DATE in after),
        "decked": float(Label.DECK in after),
        **flags(rank=context.rank[at], size=shape.size, end=shape.end, start=shape.start),
    }
    return evidence | _placed(at, page) | _told(at, page)


def _placed(at: int, page: Page) -> dict[str, float]:
    """How a line stands among its neighbours."""
    lines, shapes, kinds = page.seen.lines, page.seen.shapes, page.seen.context.kinds
    chance, size = page.seen.chance, shapes[at].size
    above = [shape.size >= size for shape in shapes[max(0, at - 4) : at]]
    below = [shape.size >= size for shape in shapes[at + 1 : at + 4]]
    evidence = {
        "top": float(at < _TOP),
        "as long above": sum(above) / 4,
        "as long below": sum(below) / 3,
        "stands out": float(not any(above)),
        "alike above": float(kinds[at - 1 : at] == [kinds[at]]),
        "alike below": float(kinds[at + 1 : at + 2] == [kinds[at]]),
        "section above": chance[Label.SECTION][at - 1] if at else 0.0,
        "byline follows": max(chance[Label.BYLINE][at + 1 : at + 5], default=0.0),
        "date follows": max(chance[Label.DATE][at + 1 : at + 5], default=0.0),
        "deck follows": max(chance[Label.DECK][at + 1 : at + 5], default=0.0),
        "title case": float(shapes[at].capitals == 4),
        "low case": float(shapes[at].capitals < 3),
        "barred": float(not {"|", "›", "»"}.isdisjoint(shapes[at].marks)),
        "text above": sum([label in BODY for label in page.labels[page.first : at]]) / 3,
    }
    if page.spaced:
        evidence["spaced"] = 1.0
        evidence["space before"] = float(lines[at].gap > 0)
        evidence["space after"] = float(at + 1 < len(lines) and lines[at + 1].gap > 0)
    return evidence


def _told(at: int, page: Page) -> dict[str, float]:
    """What a line's words say: of the story, in a longer line such as breadcrumbs, as the head has them."""
    text, seen = page.seen.lines[at].text.casefold(), page.seen
    held = page.others.count(text) - seen.context.repeats[at] if len(text) >= _HELD else 0
    return {
        **about(page.told, seen.shapes[at]),
        "held": float(held > 0),
        "held twice": float(held > 1),
        "held on top": float(at >= _TOP and text in page.top),
        **_claimed(at, page),
    }


def _weigher(page: Page) -> Callable[[int], float]:
    """The log-odds of `headline_evidence`, of which the numbers are added up by the compiled `Sight`."""
    seen, sight = page.seen, page.seen.sight
    if sight is None:
        return lambda at: seen.weighed("headline", headline_evidence(at, page))
    codes, candidates = codes_of(page.labels), list(page.candidates)
    return lambda at: seen.weighed(
        "headline", _told(at, page), sight.headline(at, codes, candidates, page.first)
    )


def _claimed(at: int, page: Page) -> dict[str, float]:
    """What markup, metadata and the other candidates say of a line."""
    seen, others = page.seen, page.candidates
    line, text = seen.lines[at], page.plain[at]
    size = len(line.text)
    shorter = [page.plain[one] for one in others if _WHOLE < len(seen.lines[one].text) < size]
    evidence = {"glued": float(any(_glued(text, other) for other in shorter))}
    if line.hints is not None:
        evidence["h1"] = float(line.hints.tag == "h1")
        evidence["h2"] = float(line.hints.tag == "h2")
        evidence["linked"] = line.hints.link_share
        evidence["markup"] = 1.0
    if seen.claims:
        evidence["claimed"] = float(text in seen.claims)
        evidence["claimed first"] = float(text == seen.claims[0])
        evidence["in a claim"] = float(len(text) > 15 and any(text in claim for claim in seen.claims))
    return evidence


def _log(seen: Seen, label: Label, at: int) -> float:
    return math.log(seen.chance[label][at] + _NO_CHANCE)


def _glued(text: str, other: str) -> bool:
    """Whether a line is another with something stuck to it: "HomeNewsSteep price" beside "Steep price"."""
    return len(text) > len(other) > _WHOLE and (text.endswith(other) or text.startswith(other))


def find_headline(seen: Seen, labels: list[Label]) -> None:
    """Chooses the headline, in place: the likeliest of the lines above the story, or none at all.

    Over a few words, which an error page has too, the labeller's own choice stands.
    """
    told = sum(shape.length for shape, label in zip(seen.shapes, labels, strict=True) if label in BODY)
    if told < _ENOUGH:
        return
    candidates = headline_candidates(seen, labels)
    # What the publisher's own markup calls the headline is it, where it stands above the story.
    first = [at for at in candidates if seen.claims and plain(seen.lines[at].text) == seen.claims[0]]
    candidates = first or candidates
    weigh = _weigher(page_of(seen, labels, candidates))
    scores = {at: weigh(at) for at in candidates}
    best = max(scores, key=lambda at: scores[at], default=None)
    for at in candidates:
        if labels[at] is Label.HEADLINE:
            labels[at] = Label.CHROME
    if best is not None and scores[best] >= seen.weights["headline"]["least"]:
        labels[best] = Label.HEADLINE


def find_kicker(seen: Seen, labels: list[Label]) -> None:
    """Takes the line right over the headline for the section's name, in place, where that is likely."""
    at = labels.index(Label.HEADLINE) - 1 if Label.HEADLINE in labels else -1
    if at >= 0 and labels[at] is Label.CHROME and seen.chance[Label.SECTION][at] >= _KICKER:
        labels[at] = Label.SECTION


def keep_head(seen: Seen, labels: list[Label]) -> None:
    """Gives the story, in place, the day and the byline that stand about its headline, and no teaser's."""
    if Label.HEADLINE not in labels or Label.PARAGRAPH not in labels:
        return
    headline, story = labels.index(Label.HEADLINE), labels.index(Label.PARAGRAPH)
    own = seen.lines[headline].text
    others = [
        at
        for at in range(max(0, headline - _OVER), story)
        if labels[at] is Label.TEASER_TITLE and seen.lines[at].text != own
    ]
    if not others or others[-1] < headline:
        for at in range(headline if others else max(0, headline - 1), story):
            labels[at] = _OF_THE_STORY.get(labels[at], labels[at])
