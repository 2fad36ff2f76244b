"""Which lines are the story's, now that the whole page can be looked at.

The labeller weighs each line by its looks and its neighbours. Whether a run of paragraphs further down still
belongs to the story, and whether a line amid it does, is asked again here, by two small logistic regressions.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ingest.label.box import box_of
from ingest.label.seen import Seen, codes_of, flags, odds
from ingest.label.shape import Shape
from ingest.label.told import share, stems, told_by, words_by
from ingest.line import BODY
from ingest.line import Labels as Label
from ingest.vocabulary import plain

if TYPE_CHECKING:
    from ingest.label.box import Box
    from ingest.label.told import Teller

APART = 4  # lines from one paragraph of a run to the next, at most
FIXED = frozenset(
    {Label.HEADLINE, Label.PUBLICATION, Label.DATE}
)  # what a line of the story is not asked for
# Log-odds from which a line is text of the story: half of an F1 of 0.95, as of titles (titles.py).
_ENOUGH = -0.1
_DOUBT = -0.8  # log-odds from which a line stays in the story; a new one needs to be likely
_SURE = 0.85  # probability from which a paragraph is one for sure
_AROUND = (6, 10)  # lines before and behind a story that are asked whether they are of it
ABOVE = 60  # lines above a story in which its headline may stand
_SHORT, _LONG = 2, 4  # sizes of a line above which it may be one that a wrapped paragraph has
_HEADED = 3  # how much more a run weighs that stands below a headline
_ASIDE = 0.05  # what a line counts for that the labeller does not believe in


def runs_of(labels: Sequence[Label]) -> list[list[int]]:
    """The story's lines so far, in runs that other lines keep apart."""
    runs: list[list[int]] = []
    for at, label in enumerate(labels):
        if label in BODY:
            if not runs or at - runs[-1][-1] > APART:
                runs.append([])
            runs[-1].append(at)
    return runs


def main_run(runs: Sequence[Sequence[int]], seen: Seen, labels: Sequence[Label]) -> Sequence[int]:
    """The run that weighs most: its length, as far as the labeller believes in it, more below a headline."""
    chance = seen.chance[Label.PARAGRAPH]

    def weight(place: int) -> float:
        headed = is_headed(runs[place][0], runs[place - 1][-1] + 1 if place else 0, seen, labels)
        length = sum(seen.shapes[at].length * (_ASIDE + chance[at]) for at in runs[place])
        return length * (_HEADED if headed else 1)

    return runs[max(range(len(runs)), key=weight)]


def is_headed(start: int, top: int, seen: Seen, labels: Sequence[Label]) -> bool:
    """Whether a headline stands above a run: by its label, or claimed for one by the page's head."""
    above = range(max(top, start - ABOVE), start)
    return any(labels[at] is Label.HEADLINE or _is_claimed(seen, at) for at in above)


def _is_claimed(seen: Seen, at: int) -> bool:
    return bool(seen.claims) and seen.shapes[at].size > 2 and plain(seen.lines[at].text) in seen.claims


def run_evidence(
    run: Sequence[int],
    near: Sequence[int],
    main: Sequence[int],
    box: Box | None,
    seen: Seen,
    labels: Sequence[Label],
) -> dict[str, float]:
    """What speaks for a run of paragraphs being part of the story that the main run tells.

    ``near`` is the nearest run on the way to the main one that is part of it, ``box`` holds the main one.
    """
    shapes, context = seen.shapes, seen.context
    length = sum(shapes[at].length for at in run)
    whole = sum(shapes[at].length for at in main)
    between = range(run[-1] + 1, near[0]) if run[0] < near[0] else range(near[-1] + 1, run[0])
    kinds = Counter(labels[at] for at in between)
    away = math.log1p(len(between))
    chances = [seen.chance[Label.PARAGRAPH][at] + seen.chance[Label.SUBHEADING][at] for at in run]
    mean = sum(chances) / len(run)
    certain = odds(mean)
    evidence = {
        "before": float(run[0] < main[0]),
        "away": away,
        "size": math.log(length / whole),
        "long": math.log(length),
        "certain": certain,
        "certain and away": certain * away,
        "very certain": float(mean > _SURE),
        "sure lines": math.log1p(sum(chance > _SURE for chance in chances)),
        "dense": len(run) / (1 + run[-1] - run[0]),
        "unbroken": math.log1p(max(context.run[at] for at in run)),
        "longer": math.log((length / len(run)) / (whole / len(main))),
        "titles": math.log1p(kinds[Label.TEASER_TITLE]),
        "sections": float(kinds[Label.SECTION] > 0),
        "headlines": float(kinds[Label.HEADLINE] > 0),
        "ended": float(kinds[Label.PUBLICATION] > 0),
        "titled": float(run[0] > 0 and labels[run[0] - 1] is Label.TEASER_TITLE),
        "told": _told(run, main, shapes),
    }
    homes = [context.home[at] for at in run]
    if homes[0]:
        evidence["markup"] = 1.0
        evidence["markup, certain"] = certain
        evidence["markup, away"] = away
        evidence["at home"] = sum(home.endswith("in") for home in homes) / len(homes)
        evidence["like home"] = sum(home.endswith("like") for home in homes) / len(homes)
    if box is not None:
        evidence |= box.run_evidence(run)
    return evidence


def _told(run: Sequence[int], main: Sequence[int], shapes: Sequence[Shape]) -> float:
    """The share of a run's longer words that the main run has too."""
    known, _ = words_by(shapes[at] for at in main)
    return share([word for at in run for word in stems(shapes[at])], known)


def outward(
    runs: Sequence[Sequence[int]], main: Sequence[int], keeps: Callable[[Sequence[int], Sequence[int]], bool]
) -> list[Sequence[int]]:
    """The runs that are kept, asked for one by one from the main run outward, each with the last kept one."""
    at = next(place for place, run in enumerate(runs) if run is main)
    kept = [main]
    for side in (runs[at + 1 :], runs[:at][::-1]):
        near = main
        for run in side:
            if keeps(run, near):
                kept.append(run)
                near = run
    return kept


def keep_story(seen: Seen, labels: list[Label]) -> None:
    """Takes from the story, in place, the runs of paragraphs that belong to something else."""
    runs = runs_of(labels)
    if len(runs) < 2:
        return
    main, before = main_run(runs, seen, labels), list(labels)
    box = box_of(seen.lines, main)

    def keeps(run: Sequence[int], near: Sequence[int]) -> bool:
        return seen.weighed("run", run_evidence(run, near, main, box, seen, before)) > 0

    kept = {at for run in outward(runs, main, keeps) for at in run}
    for run in runs:
        for at in run:
            if at not in kept:
                titled = at > 0 and labels[at - 1] is Label.TEASER_TITLE
                labels[at] = Label.TEASER_BLURB if titled else Label.CHROME


def near_story(seen: Seen, labels: Sequence[Label], box: Box | None) -> range:
    """The lines among which a story that is found so far may have more of its own.

    Where it stands in the densest run of prose, all of that is looked at, and what goes on in its ``box``.
    """
    body = [at for at, label in enumerate(labels) if label in BODY]
    first, last = body[0], body[-1]
    start, end = seen.context.core
    if any(start <= at < end for at in body):
        first, last = min(first, start), max(last, end - 1)
    if box is not None:
        while first and box.holds(first - 1):
            first -= 1
        while last + 1 < len(labels) and box.holds(last + 1):
            last += 1
    return range(max(0, first - _AROUND[0]), min(len(labels), last + 1 + _AROUND[1]))


def line_evidence(
    at: int, seen: Seen, labels: Sequence[Label], known: Teller, box: Box | None
) -> dict[str, float]:
    """What speaks for a line being text of the story around it; ``known`` are the story's words."""
    shape, context, chance = seen.shapes[at], seen.context, seen.chance
    back = [label in BODY for label in labels[max(0, at - 4) : at]]
    ahead = [label in BODY for label in labels[at + 1 : at + 5]]
    evidence = {
        "chance": odds(chance[Label.PARAGRAPH][at] + chance[Label.SUBHEADING][at]),
        "caption": chance[Label.CAPTION][at],
        "teaser": chance[Label.TEASER_TITLE][at] + chance[Label.TEASER_BLURB][at],
        "head": chance[Label.HEADLINE][at] + chance[Label.DECK][at] + chance[Label.BYLINE][at],
        "in story": float(labels[at] in BODY),
        "back": sum(back) / 4,
        "ahead": sum(ahead) / 4,
        "amid": float(any(back) and any(ahead)),
        "right after": float(back[-1:] == [True]),
        "right before": float(ahead[:1] == [True]),
        "prose": float(shape.prose),
        "sentences": min(shape.sentences, 3) / 3,
        "told": known.share(shape),
        "repeated": float(context.repeats[at] > 1),
        "known words": float(bool(shape.lexicon)),
        "dated": float(shape.date > 0),
        "run": min(context.run[at], 5) / 5,
        **flags(size=shape.size, end=shape.end),
    }
    if shape.prose and back[-1:] == [True]:
        evidence["prose after the story"] = 1.0
        evidence["prose after the story, plain"] = float(not shape.lexicon)
        evidence["prose after the story, at its end"] = float(not any(ahead))
        evidence["prose after the story, alike"] = float(context.kinds[at] == context.kinds[at - 1])
        evidence["prose after the story, as far apart"] = float(seen.lines[at].gap == seen.lines[at - 1].gap)
    return evidence | _marked_up(at, seen, box)


def _marked_up(at: int, seen: Seen, box: Box | None) -> dict[str, float]:
    """What its markup tells of a line."""
    hints = seen.lines[at].hints
    if hints is None:
        return {}
    evidence = {"linked": hints.link_share, f"home {seen.context.home[at]}": 1.0}
    if box is not None:
        evidence |= box.line_evidence(at, seen.shapes[at].prose)
    return evidence


def _weigher(seen: Seen, labels: Sequence[Label], box: Box | None) -> Callable[[int], float]:
    """The log-odds of `line_evidence`, of which the numbers are added up by the compiled `Sight`."""
    known, sight = words_of_story(seen, labels), seen.sight
    if sight is None:
        return lambda at: seen.weighed("line", line_evidence(at, seen, labels, known, box))
    codes = codes_of(labels)
    return lambda at: seen.weighed(
        "line", _marked_up(at, seen, box), sight.line(at, codes, known.share(seen.shapes[at]))
    )


def _goes_on(at: int, seen: Seen, labels: Sequence[Label]) -> bool:
    """Whether a line leaves a sentence open that the next line, one of the story's, takes up.

    A short one needs another line of the story above it.
    """
    if at + 1 >= len(labels) or labels[at + 1] not in BODY or seen.lines[at + 1].gap:
        return False
    own, following = seen.shapes[at], seen.shapes[at + 1]
    amid = at > 0 and labels[at - 1] in BODY
    return own.end in "a,)" and following.start == "a" and own.size > (_SHORT if amid else _LONG)


def box_of_story(seen: Seen, labels: Sequence[Label]) -> Box | None:
    """What holds the lines that are taken for the story so far."""
    return box_of(seen.lines, [at for at, label in enumerate(labels) if label in BODY])


def words_of_story(seen: Seen, labels: Sequence[Label]) -> Teller:
    """The longer words of the lines that are taken for the story so far."""
    return told_by(seen.shapes[at] for at, label in enumerate(labels) if label in BODY)


def mend_story(seen: Seen, labels: list[Label]) -> None:
    """Asks again about each line in and around the story, in place, now that its place is known."""
    box, before = box_of_story(seen, labels), list(labels)
    weigh = _weigher(seen, before, box)
    for at in near_story(seen, before, box):
        if before[at] in FIXED:
            continue
        least = _DOUBT if before[at] in BODY else _ENOUGH
        told = _goes_on(at, seen, before) or weigh(at) > least
        if told and before[at] not in BODY:
            heading = seen.chance[Label.SUBHEADING][at] > seen.chance[Label.PARAGRAPH][at]
            labels[at] = Label.SUBHEADING if heading else Label.PARAGRAPH
        elif not told and before[at] in BODY:
            labels[at] = Label.CHROME
    if Label.PARAGRAPH not in labels:  # there is a story: it has been seen
        labels[:] = before
