"""Which lines outside the story are titles of other stories: a list makes each of its lines likelier."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.label.features import destination
from ingest.label.seen import Chances, Seen, codes_of, flags, odds
from ingest.line import BODY
from ingest.line import Labels as Label
from ingest.vocabulary import behind_read_more

_DOUBT = 0.04  # probability from which a line is asked again whether it is a title
_SURE = 0.95  # and from which it is one
# Log-odds from which a line is a title. F1 is greatest with all that are likelier than half of its own value
# (Lipton, Elkan and Naryanaswamy, "Optimal thresholding of classifiers to maximize F1 measure", 2014).
_ENOUGH = -0.4
_AROUND = 6  # lines up and down that a list of titles would go on in
_ENTRY = 4  # lines that an entry of a list may take
_OF_ENTRIES = frozenset(
    {Label.TEASER_TITLE, Label.TEASER_DATE, Label.TEASER_BYLINE, Label.TEASER_BLURB, Label.CHROME}
)
_WORDS = 4  # of a section's name
_TOLD = 20.0  # log-odds of a line that says itself what it is
_MANY = 8  # lines in the same place of their entries, from which more tell no more
_STEPS = (-2, -1, 1, 2)  # to the lines that are looked at beside a title
_LIST = 8  # lines up and down in which another title of the list has its date
# What those lines may be, and what the lines in the same place of other entries may be:
_PARTS = (Label.TEASER_TITLE, Label.TEASER_DATE, Label.TEASER_BLURB, Label.TEASER_BYLINE, Label.SECTION)
_TOLD_BY = (*_PARTS, Label.CHROME)
_ECHOES = [(label, f"echo {label.value}", f"echoes {label.value}") for label in _TOLD_BY]
_NEIGHBOURS = [(step, label, f"{label.value} {step:+}") for step in _STEPS for label in _PARTS]
_HARDLY = 0.01  # probability that is as good as none
_ENDS = (Label.TEASER_DATE, Label.TEASER_BLURB, Label.TEASER_BYLINE)
# What a whole line may be known for that no title is
_NO_TITLES = frozenset({"section=", "read_more=", "chrome=", "appeal=", "rights=", "publication="})
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


def title_evidence(
    at: int, seen: Seen, labels: Sequence[Label], story: range, places: Places
) -> dict[str, float]:
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
    evidence |= _beside(at, chance)
    evidence |= _echoed(at, seen, places)
    return evidence | _marked_up(at, seen)


def _marked_up(at: int, seen: Seen) -> dict[str, float]:
    """What its markup tells of a line."""
    hints = seen.lines[at].hints
    if hints is None:
        return {}
    evidence = {"linked": hints.link_share, "markup": 1.0, f"home {seen.context.home[at]}": 1.0}
    evidence.update({f"in {name}": 1.0 for name in hints.ancestors & _TELLING})
    if hints.href:
        evidence[f"leads {destination(hints.href, seen.host)}"] = 1.0
    return evidence


def _weigher(seen: Seen, labels: Sequence[Label]) -> Callable[[int], float]:
    """The log-odds of `title_evidence`, of which the numbers are added up by the compiled `Sight`."""
    story, sight = story_range(labels), seen.sight
    if sight is None:
        places = places_of(seen)
        return lambda at: seen.weighed("title", title_evidence(at, seen, labels, story, places))
    codes = codes_of(labels)
    return lambda at: seen.weighed(
        "title", _marked_up(at, seen), sight.title(at, codes[at], story.start, story.stop)
    )


def _beside(at: int, chance: Chances) -> dict[str, float]:
    """What the lines next to it are likely to be: a title is followed by its day, and follows another's."""
    evidence, count = dict[str, float](), len(chance[Label.TEASER_TITLE])
    for step, label, name in _NEIGHBOURS:
        if 0 <= at + step < count and (likely := chance[label][at + step]) > _HARDLY:
            evidence[name] = likely
    if 0 < at < count - 1:
        ends = max(chance[label][at - 1] for label in _ENDS)
        evidence["after an entry"] = ends
        evidence["after an entry, dated"] = ends * chance[Label.TEASER_DATE][at + 1]
        evidence["after an entry, with a blurb"] = ends * chance[Label.TEASER_BLURB][at + 1]
        evidence["between titles"] = chance[Label.TEASER_TITLE][at - 1] * chance[Label.TEASER_TITLE][at + 1]
    return evidence


class Places(NamedTuple):
    """The lines of a page by their place in an entry of a list: of one rhythm, or of the same neighbours."""

    of: Sequence[str]  # the place of each line
    number: Mapping[str, int]  # of lines in a place
    sums: Mapping[str, Sequence[float]]  # of the chances of `_TOLD_BY`, over the lines of a place


def places_of(seen: Seen) -> Places:
    """Gathers the lines that stand in the same place of their entries."""
    beats = [
        "D" if shape.date == 2 else "L" if shape.prose or shape.size > 4 else "S" for shape in seen.shapes
    ]
    gaps = ["-" if line.gap else "" for line in seen.lines]
    around = zip(
        ["", *beats], beats, [*beats[1:], ""], seen.context.round, gaps, [*gaps[1:], ""], strict=False
    )
    of = [f"{gap}{turn or before + own + after}{below}" for before, own, after, turn, gap, below in around]
    sums = {place: [0.0] * len(_TOLD_BY) for place in set(of)}
    for number, label in enumerate(_TOLD_BY):
        for place, chance in zip(of, seen.chance[label], strict=True):
            sums[place][number] += chance
    return Places(of, Counter(of), sums)


def _echoed(at: int, seen: Seen, places: Places) -> dict[str, float]:
    """What those lines are likely to be that stand in the same place of their entries."""
    place = places.of[at]
    others = places.number[place] - 1
    if not others:
        return {"alone": 1.0}
    trust = min(others, _MANY) / _MANY
    evidence = {"echoes": trust}
    for (label, one, all_of_them), total in zip(_ECHOES, places.sums[place], strict=True):
        likely = odds(max(0.0, total - seen.chance[label][at]) / others)
        evidence[one] = likely
        evidence[all_of_them] = trust * likely
    return evidence


def find_titles(seen: Seen, labels: list[Label]) -> dict[int, float]:
    """Asks again about the titles of other stories, in place; says how likely each of those is one."""
    chances = dict[int, float]()
    before = list(labels)
    weigh = _weigher(seen, before)
    for at in title_candidates(seen, before):
        text = seen.lines[at].text
        if behind_read_more(text) is not None:
            score = _TOLD  # it says so itself
        elif not _NO_TITLES.isdisjoint(seen.shapes[at].lexicon) or _is_picture(text):
            score = -_TOLD
        else:
            score = weigh(at)
        chances[at] = 1 / (1 + math.exp(min(_TOLD, _ENOUGH - score)))
        labels[at] = Label.TEASER_TITLE if score > _ENOUGH else Label.CHROME
    return chances


def _is_picture(text: str) -> bool:
    """Whether a line is all in brackets, as w3m and lynx print a picture's text, on one line or on several.

    >>> [_is_picture(t) for t in ("[Wind turbines in a field]", "[Wind turbines", "[Video] Storm hits coast")]
    [True, True, False]
    """
    return text.startswith("[") and text.find("]") in (-1, len(text) - 1)


def date_titles(seen: Seen, labels: list[Label]) -> None:
    """Gives a list's bare dates to its titles, in place, where the labeller gave it only some of them."""
    for at in range(1, len(labels)):
        bare = (
            labels[at] is Label.CHROME
            and seen.shapes[at].date == 2
            and labels[at - 1] in (Label.TEASER_TITLE, Label.TEASER_BLURB, Label.TEASER_BYLINE)
        )
        if bare and Label.TEASER_DATE in labels[max(0, at - _LIST) : at + _LIST + 1]:
            labels[at] = Label.TEASER_DATE


def head_entries(seen: Seen, labels: list[Label]) -> None:
    """Leaves each entry of lists one title, in place, where blank lines keep entries apart: the first line.

    "Bank holds rates / Committee splits seven to two / (blank) / Water company fined / Regulator says …"; and
    a few words that stand alone over such an entry are a section's name.
    """
    starts = [at for at, line in enumerate(seen.lines) if line.gap or not at]
    blocks = [range(first, end) for first, end in pairwise([*starts, len(labels)])]
    entries = [block for block in blocks if _is_entry(labels[block.start : block.stop])]
    if sum(len(entry) > 1 for entry in entries) < 2:
        return  # one block of lines may be a list of titles itself
    for entry in entries:
        for at in entry[1:]:
            longer = seen.shapes[at].size >= seen.shapes[entry[0]].size - 1
            if labels[at] is Label.TEASER_TITLE and longer and seen.context.repeats[at] == 1:
                labels[at] = Label.TEASER_BLURB
    known = set(entries)
    for over, first, second in zip(blocks, blocks[1:], blocks[2:], strict=False):
        at, alone = over[0], len(over) == 1 and first in known and second in known
        if alone and labels[at] is Label.CHROME and _is_heading(at, seen):
            labels[at] = Label.SECTION


def _is_entry(labels: Sequence[Label]) -> bool:
    return (
        labels[0] is Label.TEASER_TITLE
        and len(labels) <= _ENTRY
        and labels.count(Label.TEASER_TITLE) < 3
        and labels.count(Label.TEASER_DATE) < 2
        and all(label in _OF_ENTRIES for label in labels)
    )


def _is_heading(at: int, seen: Seen) -> bool:
    """Whether a line may be a section's name: a few words, on the page once, and no page furniture."""
    shape = seen.shapes[at]
    furniture = any(sign.startswith(("chrome", "appeal")) for sign in shape.lexicon)
    once = seen.context.repeats[at] == 1
    return 0 < len(shape.words) <= _WORDS and not shape.digits and once and not furniture
