"""Which lines outside the story are titles of other stories: a list makes each of its lines likelier."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.label.features import destination
from ingest.label.seen import Seen, flags, odds
from ingest.line import BODY, Label
from ingest.vocabulary import behind_read_more

_DOUBT = 0.04  # probability from which a line is asked again whether it is a title
_STAYS = -1.0  # log-odds from which a title stays one; a new one needs to be likely
_SURE = 0.95  # and from which it is one
_AROUND = 6  # lines up and down that a list of titles would go on in
_LIST = 8  # lines up and down in which another title of the list has its date
_PARTS = frozenset({Label.TEASER_TITLE, Label.TEASER_BYLINE, Label.TEASER_BLURB})
_TELLING = frozenset("nav header footer aside main article h1 h2 h3 h4 li form".split())


def title_candidates(seen: Seen, labels: Sequence[Label]) -> list[int]:
    """The lines outside the story that may be titles of other stories."""
    chance = seen.chance[Label.TEASER_TITLE]
    return [
        at
        for at, label in enumerate(labels)
        if labels[at + 1 : at + 2] != [Label.HEADLINE]  # a section's name
        and (
            (label is Label.TEASER_TITLE and chance[at] < _SURE)
            or (label is Label.CHROME and seen.shapes[at].size > 1 and chance[at] > _DOUBT)
        )
    ]


def story_range(labels: Sequence[Label]) -> range:
    """From the first line of the story to its last."""
    body = [at for at, label in enumerate(labels) if label in BODY]
    return range(body[0], body[-1] + 1) if body else range(0)


def title_evidence(at: int, seen: Seen, labels: Sequence[Label], story: range) -> dict[str, float]:
    """What speaks for a line being another story's title."""
    shape, context, chance = seen.shapes[at], seen.context, seen.chance
    titles = chance[Label.TEASER_TITLE]
    near = [place for place in range(max(0, at - _AROUND), min(len(labels), at + _AROUND + 1)) if place != at]
    around = [titles[place] for place in near]
    alike = [titles[place] for place in near if context.kinds[place] == context.kinds[at]]
    evidence = {
        "chance": odds(titles[at]),
        "blurb": chance[Label.TEASER_BLURB][at],
        "section": chance[Label.SECTION][at],
        "caption": chance[Label.CAPTION][at],
        "labelled": float(labels[at] is Label.TEASER_TITLE),
        "around": sum(around) / max(1, len(around)),
        "best around": max(around, default=0.0),
        "alike": len(alike) / max(1, len(near)),
        "alike and likely": max(alike, default=0.0),
        "above story": float(at < story.start),
        "in story": float(at in story),
        "sentences": min(shape.sentences, 2) / 2,
        "words": min(len(shape.words), 14) / 14,
        "wide": float(shape.wide),
        "repeated": float(context.repeats[at] > 1),
        "known words": float(bool(shape.lexicon)),
        "dated": float(shape.date > 0),
        "told": context.shared[at] / 4,
        **flags(size=shape.size, end=shape.end, start=shape.start, capitals=shape.capitals),
    }
    hints = seen.lines[at].hints
    if hints is not None:
        evidence["linked"] = hints.link_share
        evidence["markup"] = 1.0
        evidence[f"home {context.home[at]}"] = 1.0
        evidence.update({f"in {name}": 1.0 for name in hints.ancestors & _TELLING})
        if hints.href:
            evidence[f"leads {destination(hints.href, seen.host)}"] = 1.0
    return evidence


def find_titles(seen: Seen, labels: list[Label]) -> None:
    """Asks again about the titles of other stories, in place."""
    story, before = story_range(labels), list(labels)
    for at in title_candidates(seen, before):
        if behind_read_more(seen.lines[at].text):  # it says so itself
            labels[at] = Label.TEASER_TITLE
            continue
        least = _STAYS if before[at] is Label.TEASER_TITLE else 0.0
        titled = seen.weighed("title", title_evidence(at, seen, before, story)) > least
        labels[at] = Label.TEASER_TITLE if titled else Label.CHROME


def date_titles(seen: Seen, labels: list[Label]) -> None:
    """Gives a list's bare dates to its titles, in place, where the labeller gave it only some of them."""
    for at in range(1, len(labels)):
        bare = labels[at] is Label.CHROME and seen.shapes[at].date == 2 and labels[at - 1] in _PARTS
        if bare and Label.TEASER_DATE in labels[max(0, at - _LIST) : at + _LIST + 1]:
            labels[at] = Label.TEASER_DATE
