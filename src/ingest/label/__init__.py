"""Lines -> labelled lines: a linear-chain CRF over what one sees of each line and its neighbours."""

from __future__ import annotations

import math
import os
from _thread import get_ident
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.label.context import Context, context_of
from ingest.label.features import features
from ingest.label.shape import Shape, shape_of
from ingest.line import Label, Line

if TYPE_CHECKING:
    from ingest.read.metadata import Metadata

MODEL = os.path.join(os.path.dirname(__file__), "model.crfsuite")


@lru_cache(maxsize=32)
def _tagger(model: str, thread: int) -> Any:
    """A tagger keeps the page that it was given last, so that each thread needs one of its own."""
    from pycrfsuite import Tagger

    tagger = Tagger()
    tagger.open(model)
    return tagger


def label_lines(lines: Sequence[Line], metadata: Metadata | None = None, model: str = MODEL) -> list[Label]:
    """The most probable sequence of labels for the lines of one page.

    ``model`` is the path of a trained model; the one that is shipped unless said otherwise.
    """
    return tagged_lines(lines, metadata, model).labels


class Tagged(NamedTuple):
    """The labels of a page's lines, with the labeller's first word and what it saw."""

    labels: list[Label]
    first: Sequence[Label]
    seen: Sequence[Sequence[str]]  # the features of each line
    tagger: Any

    def probability(self, label: Label, at: int) -> float:
        """What the labeller gives to a label of a line, 0 to 1, until it reads another page."""
        known = label.value in self.tagger.labels()
        return float(self.tagger.marginal(label.value, at)) if known else 0.0


def tagged_lines(lines: Sequence[Line], metadata: Metadata | None = None, model: str = MODEL) -> Tagged:
    """What `label_lines` finds, told as well."""
    tagger = _tagger(model, get_ident())
    if not lines:
        return Tagged([], [], [], tagger)
    shapes = [shape_of(line) for line in lines]
    context = context_of(lines, shapes)
    seen = features(lines, metadata, shapes, context)
    tagger.set(seen)
    first = [Label(name) for name in tagger.tag()]
    labels = list(first)
    _rescue(tagger, context.core, shapes, labels)
    if Label.PARAGRAPH in labels:
        _look_again(tagger, labels)
        if metadata is None:  # which know the headline better than a doubtful line
            _find_headline(tagger, shapes, context, labels)
    return Tagged(labels, first, seen, tagger)


# From which mean probability of being paragraphs the densest run of prose is believed to be a story.
_STORY = 0.04
_STORY_LENGTH = 350  # characters, wide ones twice
_TITLED_LENGTH = 120  # the same below a headline


def _rescue(tagger: Any, core: tuple[int, int], shapes: Sequence[Shape], labels: list[Label]) -> None:
    """Takes the densest run of prose for the story where the best sequence found hardly any.

    A page is labelled as a whole, and now and then as a whole wrongly: a template or a language that
    the model does not know. A run of prose that it thinks at all possible is then the better answer.
    """
    prose = [at for at in range(*core) if shapes[at].prose]
    found = sum(shapes[at].length for at in prose if labels[at] in _STORY_LABELS)
    # A page of hardly anything but prose has a story, however short, and whatever else it was taken for.
    whole = 2 * sum(shapes[at].length for at in prose) > sum(shape.length for shape in shapes)
    other = (Label.CHROME, Label.CAPTION, Label.HEADLINE) if whole else (Label.CHROME, Label.CAPTION)
    missed = [at for at in prose if labels[at] in other]
    length = sum(shapes[at].length for at in missed)
    titled = Label.HEADLINE in labels[: core[0]]
    enough = 0 if whole else _TITLED_LENGTH if titled else _STORY_LENGTH
    if not missed or length < max(enough, 3 * found):
        return
    if sum(tagger.marginal(Label.PARAGRAPH.value, at) for at in missed) >= _STORY * len(missed):
        for at in missed:
            labels[at] = Label.PARAGRAPH


_STORY_LABELS = (Label.PARAGRAPH, Label.TEASER_BLURB)

# What every story has, and the probability from which a line that the best sequence passed over is
# taken for it after all: one byline among hundreds of lines is easily outvoted by its neighbours.
_EXPECTED = {Label.BYLINE: 0.15, Label.DATE: 0.15}


def _look_again(tagger: Any, labels: list[Label]) -> None:
    """Fills the roles that no line got, from the lines above the story's second paragraph."""
    body = [at for at, label in enumerate(labels) if label is Label.PARAGRAPH]
    head = [at for at in range(body[min(1, len(body) - 1)]) if labels[at] is Label.CHROME]
    for wanted, enough in _EXPECTED.items():
        if wanted in labels or not head:
            continue
        chance, at = max((tagger.marginal(wanted.value, at), at) for at in head)
        if chance >= enough:
            labels[at] = wanted


_SURE = 0.4  # probability of being the headline from which a line is not asked again
_ABOVE = 20  # lines above a story in which its headline may stand
_DOUBT = 0.003  # least probability that is told from none
_TOLD = -2.5  # score from which a line is believed to be the headline


def _find_headline(tagger: Any, shapes: Sequence[Shape], context: Context, labels: list[Label]) -> None:
    """Chooses the headline where the best sequence has none, or one that it hardly believes itself.

    Whatever stands right above a story, tells of it in the story's own words and is no sentence is
    weighed: the sequence knows a template's order, but a headline is told by what the story says.
    """

    def score(at: int) -> float:
        shape = shapes[at]
        looks = (
            0.5 * context.shared[at] - (shape.end == ".") - (shape.size < 2) - (labels[at] is Label.CAPTION)
        )
        return looks + math.log(tagger.marginal(Label.HEADLINE.value, at) + _DOUBT)

    body = [at for at, label in enumerate(labels) if label is Label.PARAGRAPH]
    if sum(shapes[at].length for at in body) < _STORY_LENGTH:  # no story to speak of: an error page
        return
    old = [at for at, label in enumerate(labels) if label is Label.HEADLINE]
    if any(tagger.marginal(Label.HEADLINE.value, at) >= _SURE for at in old):
        return
    nearby = range(max(0, body[0] - _ABOVE), body[0] + (len(body) > 1))
    wanted = [at for at in nearby if shapes[at].date != 2 and 0 < shapes[at].size < 8]
    best = max({*old, *wanted}, key=score, default=None)
    if best is None or score(best) < _TOLD:
        return
    for at in old:
        labels[at] = Label.CHROME
    labels[best] = Label.HEADLINE
