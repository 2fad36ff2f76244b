"""What a story tells, and how much of it a line tells again: a headline does so, a menu does not."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from ingest.label.shape import Shape

if TYPE_CHECKING:
    from typing import TypeAlias

    from ingest.label import _crf

    Teller: TypeAlias = "_crf.Told | Told"

_STEM = 5  # letters that a word keeps: its ending differs between headline and story in most languages
_LEDE = 3  # paragraphs


def stems(shape: Shape) -> Sequence[str]:
    """The beginnings of a line's longer words; in scripts without spaces, which have none, pairs of letters.

    >>> from ingest.label.shape import shape_of
    >>> from ingest.line import Line
    >>> stems(shape_of(Line(1, "Two officials resigned")))
    ['offic', 'resig']
    """
    cut = _stems_again if len(shape.words) > _FEW else _stems
    return cut(shape.words, shape.wide)


def _stems(words: Sequence[str], wide: bool) -> Sequence[str]:
    if wide:
        return [word[at : at + 2] for word in words for at in range(len(word) - 1)]
    return [word[:_STEM] for word in words if len(word) > 3]


_FEW = 12  # words, which are cut more quickly than found again
_stems_again = lru_cache(maxsize=1024)(_stems)  # half a dozen questions ask for those of a paragraph


class Told(NamedTuple):
    """The stems of a story's words."""

    counts: Mapping[str, int]  # how often each is told
    lede: frozenset[str]  # those of its first paragraphs
    pairs: frozenset[tuple[str, str]]  # stems that follow one another

    def share(self, shape: Shape) -> float:
        """The share of a line's stems that the story has."""
        return share(stems(shape), self.counts)

    def found(self, shape: Shape) -> tuple[int, list[int], int, int]:
        """A line's stems, how often the story tells those that it has, how many the lede has, the pairs."""
        own = stems(shape)
        known = [stem for stem in own if stem in self.counts]
        times = [self.counts[stem] for stem in known]
        begun = sum(map(self.lede.__contains__, known))
        return len(own), times, begun, sum(map(self.pairs.__contains__, pairwise(own)))


def about(told: Teller, shape: Shape) -> dict[str, float]:
    """How much of the story a line tells, as measures of 0 to about 1."""
    own, times, begun, pairs = told.found(shape)
    if not own:
        return {}
    return {
        "tells": len(times) / own,
        "tells much": min(len(times), 6) / 6,
        "tells often": sum(map(math.log1p, times)) / own,
        "tells the lede": begun / own,
        "quotes": pairs / own,
    }


def words_by(story: Iterable[Shape]) -> tuple[Set[str], Set[str]]:
    """The stems of the paragraphs of a story, and those of its first paragraphs: all that most lines need."""
    every = [stems(shape) for shape in story]
    return frozenset().union(*every), frozenset().union(*every[:_LEDE])


def told_by(story: Iterable[Shape]) -> Teller:
    """What the paragraphs of a story tell."""
    return _teller()(list(story))


@lru_cache(maxsize=1)
def _teller() -> Callable[[list[Shape]], Teller]:
    try:
        from ingest.label._crf import Told as Compiled
    except ImportError:  # installed where there was no compiler
        return gathered
    return Compiled


def gathered(story: Iterable[Shape]) -> Told:
    """What the compiled `_crf.Told` holds, in a fifth of the time."""
    every = [stems(shape) for shape in story]
    pairs = frozenset(chain.from_iterable(map(pairwise, every)))
    return Told(Counter(chain.from_iterable(every)), frozenset().union(*every[:_LEDE]), pairs)


def share(words: Sequence[str], known: Container[str]) -> float:
    """Which part of the words is known, 0 to 1.

    >>> share(["offic", "resig"], {"offic"}), share([], {"offic"})
    (0.5, 0.0)
    """
    return sum(map(known.__contains__, words)) / max(1, len(words))
