"""One page as the labeller sees it, and the small regressions that decide what needs the whole page."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from ingest.label.context import Context
from ingest.label.shape import Shape
from ingest.line import Label, Line

if TYPE_CHECKING:
    from ingest.label._crf import Sight

Weights = dict[str, dict[str, float]]  # question -> measure -> weight in the log-odds of yes
Chances = Mapping[Label, Sequence[float]]  # label -> the labeller's probability of it for each line

_LEAST = 0.003  # probabilities under it are told from none, and from one, no further


class Seen(NamedTuple):
    """One page, as the labeller sees it."""

    lines: Sequence[Line]
    shapes: Sequence[Shape]
    context: Context
    chance: Chances
    weights: Weights
    claims: tuple[str, ...] = ()  # headlines that the metadata claim, as `plain` makes them, the best first
    host: str = ""  # of the page
    sight: Sight | None = None  # the same for the compiled sums

    def weighed(self, question: str, evidence: Mapping[str, float], more: float = 0.0) -> float:
        """The log-odds that the evidence on a question comes to; ``more`` of it has been added up before."""
        weights = self.weights[question]
        told: float = sum(map(mul, map(weights.get, evidence, repeat(0.0)), evidence.values()), more)
        return weights["bias"] + told

    def sighted(self) -> Seen:
        """The page with what the compiled sums need of it, where there are any."""
        sight = _compiled()
        if sight is None:
            return self
        columns = [_as_array(self.chance[label]) for label in _CODES]
        made = sight(list(self.lines), list(self.shapes), self.context, columns, self.weights)
        return self._replace(sight=made)


@lru_cache(maxsize=1)
def _compiled() -> type[Sight] | None:
    try:
        from ingest.label._crf import Sight
    except ImportError:  # installed where there was no compiler
        return None
    return Sight


def _as_array(column: Sequence[float]) -> array[float]:
    return column if isinstance(column, array) else array("d", column)


_CODES = {label: code for code, label in enumerate(Label)}


def codes_of(labels: Sequence[Label]) -> bytes:
    """The labels by their numbers, as the compiled sums take them."""
    return bytes(map(_CODES.__getitem__, labels))


@lru_cache(maxsize=4)
def read_weights(model: str) -> Weights:
    """The weights of the regressions that go with a model; they lie beside it."""
    with open(model + ".json", encoding="utf-8") as file:
        weights: dict[str, dict[str, float]] = json.load(file)
    return weights


def odds(chance: float) -> float:
    """The log-odds of a probability, which a regression can weigh; within limits.

    >>> [round(odds(chance), 1) for chance in (0.0, 0.5, 1.0)]
    [-5.8, 0.0, 5.8]
    """
    return math.log((chance + _LEAST) / (1 + _LEAST - chance))


def flags(**measures: object) -> dict[str, float]:
    """Measures of which only one value holds, by name and value.

    >>> flags(size=3, end=".")
    {'size 3': 1.0, 'end .': 1.0}
    """
    return {f"{name} {value}": 1.0 for name, value in measures.items()}
