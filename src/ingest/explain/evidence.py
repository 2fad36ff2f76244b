"""What decided on a line's label: the strongest of the model's reasons, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ingest.explain.words import said
from ingest.label import Tagged
from ingest.line import Label
from ingest.vocabulary import load

_STRONGEST = 3
_FIRST = 4  # lines whose place the model knows
_LEAST = 0.05  # weight below which nothing is called a reason


class Evidence(NamedTuple):
    """A reason for a label: what was seen, in words that "the line" can stand before, and its weight.

    The weight is that of all that says the same, by which the label outdoes the next likeliest one,
    in the model's own unit (the logarithm of odds): 0.7 doubles the odds, 2.3 makes them ten times as good.
    """

    text: str
    weight: float


class _Weights(NamedTuple):
    features: dict[tuple[str, str], float]  # by feature and label
    steps: dict[tuple[str, str], float]  # by label and the next line's label


@lru_cache(maxsize=2)
def _weights(model: str) -> _Weights:
    from pycrfsuite import Tagger

    tagger: Any = Tagger()
    tagger.open(model)
    info = tagger.info()
    return _Weights(dict(info.state_features), dict(info.transitions))


def unworded(model: str) -> set[str]:
    """The features of a model that vocabulary/evidence.json has no words for, as far as their "="."""
    told = ((feature, said(feature)) for feature, _ in _weights(model).features)
    return {feature.partition("=")[0] for feature, one in told if not one.known}


def evidence_of(tagged: Tagged, model: str) -> Callable[[int, Label], tuple[Evidence, ...]]:
    """The function that tells why the line at a place has its label, the strongest reason first."""
    weights = _weights(model)
    known = list(tagged.tagger.labels())

    def reasons(at: int, label: Label) -> tuple[Evidence, ...]:
        rival = max((one for one in known if one != label.value), key=lambda one: _chance(tagged, one, at))
        sums: dict[str, float] = defaultdict(float)
        best: dict[str, Evidence] = {}
        for topic, text, here, there in [
            *_seen(tagged.seen[at], at, weights, label.value, rival),
            *_order(tagged.first, at, weights, label.value, rival),
        ]:
            weight = here - there
            sums[topic] += weight
            if text and weight > 0 and (topic not in best or weight > best[topic].weight):
                best[topic] = Evidence(text, weight)
        ranked = sorted(best, key=lambda topic: -sums[topic])
        told = {best[topic].text: round(sums[topic], 2) for topic in reversed(ranked) if sums[topic] > _LEAST}
        return tuple(Evidence(text, told[text]) for text in list(reversed(told))[:_STRONGEST])

    return reasons


_Weighed = tuple[str, "str | None", float, float]  # topic, words, weight for the label, for its rival


def _seen(seen: Sequence[str], at: int, weights: _Weights, label: str, rival: str) -> list[_Weighed]:
    found = []
    for feature in seen:
        here, there = weights.features.get((feature, label), 0.0), weights.features.get((feature, rival), 0.0)
        if here or there:
            one = said(feature, at if at < _FIRST else None)
            found.append((one.topic, one.words, here, there))
    return found


def _order(first: Sequence[Label], at: int, weights: _Weights, label: str, rival: str) -> list[_Weighed]:
    """What the labels of the lines before and behind say: a byline follows a headline."""
    steps = weights.steps
    pulls: dict[str, tuple[Label, float]] = {}
    if at > 0:
        other = first[at - 1]
        pulls["after"] = other, steps.get((other.value, label), 0.0) - steps.get((other.value, rival), 0.0)
    if at + 1 < len(first):
        other = first[at + 1]
        pulls["before"] = other, steps.get((label, other.value), 0.0) - steps.get((rival, other.value), 0.0)
    text = _neighbours({side: other for side, (other, pull) in pulls.items() if pull > _LEAST})
    return [("order", text, sum(pull for _, pull in pulls.values()), 0.0)]


def _neighbours(sides: dict[str, Label]) -> str | None:
    """The labels of a line's neighbours in words.

    >>> _neighbours({"after": Label.HEADLINE, "before": Label.BYLINE}), _neighbours({"after": Label.DATE})
    ('stands between the headline and the byline', 'comes after the story’s date')
    """
    vocabulary = load("evidence.json")
    order, names = vocabulary["order"], vocabulary["labels"]
    if len(sides) < 2:
        return next((str(order[side].format(_one(one))) for side, one in sides.items()), None)
    before, behind = (names[sides[side].value] for side in ("after", "before"))
    if before is behind:
        return str(order["among"].format(before["many"]))
    return str(order["between"].format(before["one"], behind["one"]))


def _chance(tagged: Tagged, label: str, at: int) -> float:
    return float(tagged.tagger.marginal(label, at))


def rule_of(first: Label, looked: Label, last: Label, story: bool) -> str | None:
    """In words, what made a line's label another than the labeller's first; None where nothing did.

    ``looked`` is the label after the labeller's second look, ``last`` the one after the line's own words
    were heard; ``story`` says whether the page has a story.
    """
    if last is first:
        return None
    stage = "look" if last is looked else "words" if story else "no story"
    rules = load("evidence.json")["rules"]
    return str(rules.get(f"{stage}:{last.value}", f"was taken for {_one(first)} at first"))


def label_name(label: Label) -> str:
    """A label as it is shown: "teaser title", "page furniture"."""
    return str(load("evidence.json")["labels"][label.value]["name"])


def _one(label: Label) -> str:
    return str(load("evidence.json")["labels"][label.value]["one"])
