"""Which dates of a page were considered, and why one won."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.build.printed import WEIGHTS, Candidate
from ingest.explain.reading import Explained
from ingest.vocabulary import load


class Verdict(NamedTuple):
    """A date of the record, and in words why it is this one; ``value`` is None where it was left open."""

    name: str  # "published" or "updated"
    value: str | None
    why: str


class Considered(NamedTuple):
    """A printed date that may be the story's. ``reasons`` are what speaks for it and against, in words."""

    at: int  # place of its line
    number: int
    raw: str
    value: str | None
    won: str | None  # "published", "updated", or None
    weight: float
    reasons: tuple[tuple[str, float], ...]


def considered(page: Explained) -> list[Considered]:
    """The dates that were considered, the heaviest first."""
    names = dict(zip(page.dating.chosen, ("published", "updated"), strict=True))
    found = [
        Considered(
            one.at, one.line.number, one.date.raw, one.date.value, names.get(one), one.weight, _reasons(one)
        )
        for one in page.dating.considered
    ]
    return sorted(found, key=lambda one: -one.weight)


def verdicts(page: Explained) -> Iterator[Verdict]:
    """What became of the story's two dates; nothing where the page has no story."""
    dating = page.dating
    if page.page.article is None:
        return
    values = (dating.published, dating.updated)
    for name, value, chosen, claim in zip(
        ("published", "updated"), values, dating.chosen, page.claimed, strict=True
    ):
        rivals = [one for one in dating.considered if (one.date.kind == "updated") == (name == "updated")]
        yield Verdict(name, value, _why(value, chosen, claim, rivals))


def _why(value: str | None, chosen: Candidate | None, claim: str | None, rivals: Sequence[Candidate]) -> str:
    heaviest = max(rivals, key=lambda one: one.weight, default=None)
    if chosen is not None:
        return _won(value, chosen, claim, heaviest)
    if value is not None:
        head = f"the page’s head says {claim}"
        if heaviest is None or heaviest.weight < 0:
            return f"{head}; no printed date has more for it than against it"
        return f"{head}; {_printed(heaviest)} is another day, and nothing on the page calls it the story’s"
    if heaviest is None:
        return "no date of the page may be it"
    return f"{_printed(heaviest)} comes nearest, but more speaks against it than for it"


def _won(value: str | None, chosen: Candidate, claim: str | None, heaviest: Candidate | None) -> str:
    reasons = [text for text, weight in _reasons(chosen) if weight > 0]
    told = f"{_printed(chosen)} has the most for it" + (f" ({', '.join(reasons)})" if reasons else "")
    if heaviest is not None and heaviest is not chosen and chosen.weight < heaviest.weight:
        told = f"{_printed(chosen)} gives the day of {_printed(heaviest)} more precisely"
    if value is None:
        return f"{told}, but it can’t be read as a day"
    if value != chosen.date.value:
        return f"{told}; what it leaves out comes from the page’s head, which says {claim}"
    return told


def _printed(one: Candidate) -> str:
    return f"“{one.date.raw}” on line {one.line.number}"


def _reasons(one: Candidate) -> tuple[tuple[str, float], ...]:
    words = load("evidence.json")["dates"]
    told = ((words.get(reason, reason), WEIGHTS[reason]) for reason in one.reasons)
    return tuple(sorted(told, key=lambda pair: -abs(pair[1])))
