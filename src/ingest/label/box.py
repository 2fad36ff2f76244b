"""The elements that hold a story, by the names its lines share there: "article-body" and not "sidebar"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.line import Hints, Line

_MOST = 0.5  # share of a story's lines that have a name of its box
_EVERYWHERE = 0.8  # share of a page's lines from which a name says nothing
_MANY = 4  # names that the story does not know, from which more say no more

Names = tuple[frozenset[str], frozenset[str]]  # class words, and elements, that a line stands in


class Box:
    """What holds the lines of a story, and how far each other line of the page stands in it."""

    def __init__(self, lines: Sequence[Line], story: Sequence[int]) -> None:
        self.lines = lines
        own = _counts(_groups([lines[at].hints for at in story]))
        self.known = frozenset(own)
        most = frozenset(name for name, count in own.items() if count > _MOST * len(story))
        groups = _groups([line.hints for line in lines])
        everywhere = _counts((names & most, count) for names, count in groups)
        self.names = frozenset(name for name in most if everywhere[name] < _EVERYWHERE * len(lines))
        self.told: dict[Names, tuple[float, float]] = {}

    def place(self, at: int) -> tuple[float, float]:
        """The share of the box's names that a line has, and how many others it has, both 0 to 1."""
        hints = self.lines[at].hints
        if hints is None:
            return 0.0, 0.0
        key = hints.words, hints.ancestors
        place = self.told.get(key)
        if place is None:
            names = hints.words | hints.ancestors
            share = len(self.names & names) / len(self.names) if self.names else 0.0
            place = self.told[key] = share, min(len(names - self.known), _MANY) / _MANY
        return place

    def holds(self, at: int) -> bool:
        """Whether a line stands wholly in the box."""
        return self.place(at)[0] == 1

    def line_evidence(self, at: int, prose: bool) -> dict[str, float]:
        """What speaks for a line being in the story, or against it."""
        share, strangers = self.place(at)
        evidence = {
            "boxed": float(bool(self.names)),
            "in its box": share,
            "wholly in its box": float(share == 1),
            "strangers": strangers,
        }
        if prose:
            evidence["prose, wholly in its box"] = float(share == 1)
            evidence["prose, strangers"] = strangers
        return evidence

    def run_evidence(self, run: Sequence[int]) -> dict[str, float]:
        """What speaks for a run of paragraphs being in the story, or against it."""
        places = [self.place(at) for at in run]
        return {
            "boxed": float(bool(self.names)),
            "in its box": sum(share for share, _ in places) / len(run),
            "wholly in its box": sum(share == 1 for share, _ in places) / len(run),
            "strangers": sum(strangers for _, strangers in places) / len(run),
        }


def _groups(hints: Sequence[Hints | None]) -> list[tuple[frozenset[str], int]]:
    """The names that lines stand under, and how many; they share their sets of names by the dozen."""
    pairs = Counter([(one.words, one.ancestors) for one in hints if one is not None])
    return [(words | ancestors, count) for (words, ancestors), count in pairs.items()]


def _counts(groups: Iterable[tuple[frozenset[str], int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for names, count in groups:
        for name in names:
            counts[name] = counts.get(name, 0) + count
    return counts


def box_of(lines: Sequence[Line], story: Sequence[int]) -> Box | None:
    """The box of a story; None in flat text, which has no elements."""
    return Box(lines, story) if any(lines[at].hints is not None for at in story) else None
