"""Which lines outside the story are titles of other stories: a list makes each of its lines likelier."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.label.features import destination
from ingest.label.seen import Seen, flags, odds
from ingest.line import BODY
from ingest.line import Labels as Label
from ingest.vocabulary import behind_read_more

_DOUBT = 0.04  # probability from which a line is asked again whether it is a title
_SURE = 0.95  # and from which it is one
# Log-odds from which a line is a title. F1 is greatest with all that are likelier than half of its own value
# (Lipton, Elkan and Naryanaswamy, "Optimal thresholding of classifiers to maximize F1 measure", 2014).
_ENOUGH = -0.4
_AROUND = 6  # lines up and down that a list of titles would go on in
_LIST = 8  # lines up and down in which another title of the list has its date
_ENTRY = range(2, 7)  # lines that a title with what belongs to it may take
_THINKABLE = 0.02  # probability from which a line may head another entry of a list
_UNEVEN = 2  # steps of length, of nine, that the entries' lines may differ by
_PARTS = frozenset({Label.TEASER_TITLE, Label.TEASER_BYLINE, Label.TEASER_BLURB})
_OPEN = _PARTS | {Label.CHROME, Label.TEASER_DATE}  # what a line may be that a list takes for its own
_TELLING = frozenset("nav header footer aside main article h1 h2 h3 h4 li form".split())


def title_candidates(seen: Seen, labels: Sequence[Label]) -> list[int]:
    """The lines outside the story that may be titles of other stories."""
    chance = seen.chance[Label.TEASER_TITLE]
    return [
        at
        for at, label in enumerate(labels)
        if (
            (label is Label.TEASER_TITLE and chance[at] < _SURE)
            or (label is Label.CHROME and chance[at] > _DOUBT and seen.shapes[at].size > 1)
        )
        and labels[at + 1 : at + 2] != [Label.HEADLINE]  # a section's name
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
        "day beside": max(chance[Label.TEASER_DATE][max(0, at - 1) : at + 3]),
        "blurb follows": max(chance[Label.TEASER_BLURB][at + 1 : at + 3], default=0.0),
        "section above": max(chance[Label.SECTION][max(0, at - 2) : at], default=0.0),
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
        titled = (
            behind_read_more(seen.lines[at].text) is not None  # it says so itself
            or seen.weighed("title", title_evidence(at, seen, before, story)) > _ENOUGH
        )
        labels[at] = Label.TEASER_TITLE if titled else Label.CHROME


def date_titles(seen: Seen, labels: list[Label]) -> None:
    """Gives a list's bare dates to its titles, in place, where the labeller gave it only some of them."""
    for at in range(1, len(labels)):
        bare = labels[at] is Label.CHROME and seen.shapes[at].date == 2 and labels[at - 1] in _PARTS
        if bare and Label.TEASER_DATE in labels[max(0, at - _LIST) : at + _LIST + 1]:
            labels[at] = Label.TEASER_DATE


def continue_lists(seen: Seen, labels: list[Label]) -> None:
    """Lets a list go on above and below as it stands, in place: title, date, blurb, and so again."""
    titles = [at for at, label in enumerate(labels) if label is Label.TEASER_TITLE]
    for first, second in pairwise(titles):
        entry = labels[first:second]
        if len(entry) not in _ENTRY or Label.TEASER_DATE not in entry:
            continue
        after = second + len(entry) if labels[second : second + len(entry)] == entry else second
        for at, step in ((first - len(entry), -len(entry)), (after, len(entry))):
            while _is_entry_like(at, first, entry, seen, labels):
                labels[at : at + len(entry)] = entry
                at += step


def _is_entry_like(at: int, known: int, entry: Sequence[Label], seen: Seen, labels: Sequence[Label]) -> bool:
    """Whether lines that were passed over look like a known entry of a list, line by line."""
    if at < 0 or at + len(entry) > len(labels) or labels[at] is not Label.CHROME:
        return False
    if seen.chance[Label.TEASER_TITLE][at] < _THINKABLE:
        return False
    return all(
        labels[at + place] in _OPEN
        and (seen.shapes[at + place].date == 2) == (label is Label.TEASER_DATE)
        and abs(seen.shapes[at + place].size - seen.shapes[known + place].size) <= _UNEVEN
        for place, label in enumerate(entry)
    )
