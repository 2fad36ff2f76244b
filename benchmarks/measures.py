"""What an extractor's answer is worth: the measures of the public article-extraction benchmark, and
exact ones for the headline, the authors and the day of publication."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_GRAM = 4  # words in a shingle


class Overlap(NamedTuple):
    """Shingles of one page, with multiplicity: in both texts, only in the answer, only in the label."""

    common: int
    extra: int
    missed: int


class Score(NamedTuple):
    """Shares from 0 to 1; ``f1`` is the harmonic mean of the other two."""

    f1: float
    precision: float
    recall: float


def shingles(text: str | None) -> Counter[tuple[str, ...]]:
    """Runs of four lower-cased words, counted; a text of fewer words is one run.

    >>> sorted(shingles("The old mill, the OLD mill."))
    [('mill', 'the', 'old', 'mill'), ('old', 'mill', 'the', 'old'), ('the', 'old', 'mill', 'the')]
    """
    words = re.findall(r"\w+", (text or "").lower())
    starts = range(max(1, len(words) - _GRAM + 1)) if words else ()
    return Counter(tuple(words[at : at + _GRAM]) for at in starts)


def overlap(label: str, answer: str) -> Overlap:
    """What the text of a page shares with its label.

    >>> overlap("one two three four five", "zero one two three four")
    Overlap(common=1, extra=1, missed=1)
    """
    known, found = shingles(label), shingles(answer)
    common = sum((known & found).values())
    return Overlap(common, sum(found.values()) - common, sum(known.values()) - common)


def body_score(pages: Iterable[Overlap]) -> Score:
    """Precision and recall averaged over pages; a page with no answer has no precision, but recall 0.

    >>> body_score([Overlap(3, 1, 0), Overlap(0, 0, 4)])
    Score(f1=0.6, precision=0.75, recall=0.5)
    """
    pages = list(pages)
    precisions = [p.common / (p.common + p.extra) for p in pages if p.common + p.extra]
    recalls = [p.common / (p.common + p.missed) for p in pages if p.common + p.missed]
    return _score(mean(precisions), mean(recalls))


def segment_overlap(keep: Sequence[str], drop: Sequence[str], answer: str) -> Overlap:
    """Segments that must stay and do, that must go and stay, that must stay and are gone.

    >>> segment_overlap(["the mill\\nburned"], ["Share"], "Fire: the mill burned")
    Overlap(common=1, extra=0, missed=0)
    """
    text = _one_line(answer)
    kept = sum(_one_line(segment) in text for segment in keep)
    return Overlap(kept, sum(_one_line(segment) in text for segment in drop), len(keep) - kept)


def segment_score(pages: Iterable[Overlap]) -> Score:
    """Precision and recall over all segments of all pages."""
    common, extra, missed = (sum(column) for column in zip(*pages, strict=True))
    return _score(common / max(1, common + extra), common / max(1, common + missed))


def same_words(a: str | None, b: str | None) -> bool:
    """Whether two headlines or names differ in case and punctuation at most.

    >>> same_words("“Mill burns”, say neighbours", "Mill burns, say Neighbours")
    True
    """
    return plain(a) == plain(b)


def names_score(known: Iterable[str], found: Iterable[str]) -> float:
    """F1 of the authors of one page."""
    a, b = {plain(name) for name in known}, {plain(name) for name in found}
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def plain(text: str | None) -> str:
    return re.sub(r"\W+", " ", (text or "").lower()).strip()


def mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _score(precision: float, recall: float) -> Score:
    total = precision + recall
    return Score(2 * precision * recall / total if total else 0.0, precision, recall)
