"""Lines -> labelled lines: a linear-chain CRF over what one sees of each line and its neighbours.

What needs the whole page is decided after it, by small regressions: `story`, `headline` and `titles`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ingest.label.context import context_of, interruptions
from ingest.label.features import features, own_site
from ingest.label.headline import claims_of, find_headline, find_kicker, keep_head
from ingest.label.model import read_lines
from ingest.label.rescue import find_story, look_again
from ingest.label.rhythm import even_lists
from ingest.label.seen import Chances, Seen, read_weights
from ingest.label.shape import Shape, shape_of
from ingest.label.story import keep_story, mend_story
from ingest.label.titles import date_titles, find_titles, head_entries
from ingest.line import Labels as Label
from ingest.line import Line

if TYPE_CHECKING:
    from ingest.read.metadata import Metadata

MODEL = os.path.join(os.path.dirname(__file__), "model.crfsuite")


def label_lines(lines: Sequence[Line], metadata: Metadata | None = None, model: str = MODEL) -> list[Label]:
    """The most probable labels for the lines of one page.

    ``model`` is the path of a trained model, which has its weights beside it; the shipped one unless given.
    """
    return _labelled(lines, metadata, model).labels


class Tagged(NamedTuple):
    """The labels of a page's lines, with the labeller's first word and what it saw."""

    labels: list[Label]
    first: Sequence[Label]
    seen: Sequence[Sequence[str]]  # the features of each line
    chances: Chances  # of the lines that the labeller was shown
    places: Mapping[int, int]  # where a line stands among those

    def probability(self, label: Label, at: int) -> float:
        """What the labeller gives to a label of a line, 0 to 1."""
        if at not in self.places:
            return float(label is Label.CHROME)
        return self.chances[label][self.places[at]]


def tagged_lines(lines: Sequence[Line], metadata: Metadata | None = None, model: str = MODEL) -> Tagged:
    """What `label_lines` finds, told as well."""
    tagged = _labelled(lines, metadata, model)
    heard = [lines[at] for at in tagged.places]
    seen: list[Sequence[str]] = [()] * len(lines)
    for at, row in zip(tagged.places, features(heard, metadata) if heard else [], strict=True):
        seen[at] = row
    return tagged._replace(seen=seen)


def _labelled(lines: Sequence[Line], metadata: Metadata | None, model: str) -> Tagged:
    if not lines:
        return Tagged([], [], [], {}, {})
    shapes = [shape_of(line) for line in lines]
    mute = interruptions(lines, shapes)
    heard = [at for at in range(len(lines)) if at not in mute]
    page, best = first_labels([lines[at] for at in heard], [shapes[at] for at in heard], metadata, model)
    decided = list(best)
    decide(page, decided)
    labels, first = [Label.CHROME] * len(lines), [Label.CHROME] * len(lines)
    for place, at in enumerate(heard):
        labels[at], first[at] = decided[place], best[place]
    return Tagged(labels, first, [], page.chance, {at: place for place, at in enumerate(heard)})


def first_labels(
    lines: Sequence[Line], shapes: Sequence[Shape], metadata: Metadata | None, model: str
) -> tuple[Seen, list[Label]]:
    """The page as the labeller sees it, and each line's likeliest label."""
    context = context_of(lines, shapes)
    best, chances = read_lines(lines, shapes, context, metadata, model)
    weights = read_weights(model)
    return Seen(lines, shapes, context, chances, weights, claims_of(metadata), own_site(metadata)), best


def decide(page: Seen, labels: list[Label]) -> None:
    """Goes over the labels, in place, with what only the whole page tells."""
    page = page.sighted()
    find_story(page, labels)
    if Label.PARAGRAPH in labels:
        keep_story(page, labels)
        mend_story(page, labels)
        look_again(page, labels)
        find_headline(page, labels)
        find_kicker(page, labels)
    titles = find_titles(page, labels)
    date_titles(page, labels)
    even_lists(page, labels, titles)
    head_entries(page, labels)
    keep_head(page, labels)
