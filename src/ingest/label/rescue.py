"""What the labeller passes over: a whole story now and then, a byline or a date often."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.label.seen import Seen
from ingest.label.story import is_headed, runs_of
from ingest.line import Labels as Label

_STORY = 0.04  # mean probability from which the densest run of prose is believed to be a story
_STORY_LENGTH = 350  # characters, wide ones twice
_TITLED_LENGTH = 120  # the same below a headline
_LIKELY = 0.1  # probability of a paragraph where a page has no other
_BELIEVED = 25  # characters of such paragraphs, each counted for its probability
_STORY_LABELS = (Label.PARAGRAPH, Label.TEASER_BLURB)

# What every story has, and the probability from which a line that the labeller passed over is
# taken for it after all: one byline among hundreds of lines is easily outvoted by its neighbours.
_EXPECTED = {Label.BYLINE: 0.25, Label.DATE: 0.15}


def find_story(seen: Seen, labels: list[Label]) -> None:
    """Takes a run of prose for the story, in place, where the labeller found hardly any.

    A page is labelled as a whole, and now and then as a whole wrongly: a template or a language that
    the model does not know. A run of prose that it thinks at all possible is then the better answer.
    """
    shapes, chance = seen.shapes, seen.chance[Label.PARAGRAPH]
    core = range(*seen.context.core)
    prose = [at for at in core if shapes[at].prose]
    found = sum(shapes[at].length for at in prose if labels[at] in _STORY_LABELS)
    # A page of hardly anything but prose has a story, however short, and whatever else it was taken for.
    whole = 2 * sum(shapes[at].length for at in prose) > sum(shape.length for shape in shapes)
    other = (Label.CHROME, Label.CAPTION, Label.HEADLINE) if whole else (Label.CHROME, Label.CAPTION)
    missed = [at for at in prose if labels[at] in other]
    length = sum(shapes[at].length for at in missed)
    enough = 0 if whole else _TITLED_LENGTH if Label.HEADLINE in labels[: core.start] else _STORY_LENGTH
    dense = missed if length >= max(enough, 3 * found) else []
    if sum(chance[at] for at in dense) < _STORY * len(dense) and not is_headed(core.start, 0, seen, labels):
        dense = []
    short = [] if Label.PARAGRAPH in labels else _likely_run(seen)
    for at in max(dense, short, key=lambda run: _believed(seen, run)):
        labels[at] = Label.PARAGRAPH


def _believed(seen: Seen, run: Sequence[int]) -> float:
    chance = seen.chance[Label.PARAGRAPH]
    return sum(seen.shapes[at].length * chance[at] for at in run)


def _likely_run(seen: Seen) -> Sequence[int]:
    """The lines of a short story that may be paragraphs, though each is likelier something else."""
    chance = seen.chance[Label.PARAGRAPH]
    runs = runs_of([Label.PARAGRAPH if one >= _LIKELY else Label.CHROME for one in chance])
    best: Sequence[int] = max(runs, key=lambda run: _believed(seen, run), default=[])
    length = sum(seen.shapes[at].length for at in best)
    return best if length >= _TITLED_LENGTH and _believed(seen, best) >= _BELIEVED else []


def look_again(seen: Seen, labels: list[Label]) -> None:
    """Fills the roles that no line got, in place, from the lines above the story's second paragraph."""
    body = [at for at, label in enumerate(labels) if label is Label.PARAGRAPH]
    head = [at for at in range(body[min(1, len(body) - 1)]) if labels[at] is Label.CHROME]
    for wanted, enough in _EXPECTED.items():
        if wanted in labels or not head:
            continue
        best = max(head, key=lambda at: (seen.chance[wanted][at], at))
        if seen.chance[wanted][best] >= enough:
            labels[best] = wanted
