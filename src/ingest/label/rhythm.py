"""Lists with days, entry by entry: what a line leaves open, the other entries of its list tell.

"Steep price / 14 Nov, 2024 / Closed doors / 13 Nov, 2024 / …": a title of two words looks like navigation
when it stands alone. Each entry of a list has the same parts, so the rhythm is sought that makes all its
lines together likeliest: a semi-Markov model whose segments are entries, solved in one pass (Sarawagi and
Cohen, "Semi-Markov conditional random fields for information extraction", 2004).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from ingest.label.seen import Seen
from ingest.line import Labels as Label

_RHYTHMS = "DT TD DTB TDB TBD TDY TYD TYDB TDYB TBYD TDTB DTTB KTD KTDB TDK TDBK".split()
_LABELS = {
    "T": Label.TEASER_TITLE,
    "D": Label.TEASER_DATE,
    "B": Label.TEASER_BLURB,
    "Y": Label.TEASER_BYLINE,
    "K": Label.CHROME,  # a kicker, a rank, "read more"
}
_FREE = frozenset({*_LABELS.values(), Label.SECTION, Label.CAPTION})
_LEAST = 0.01  # probability that any label of a line has
_DATED = 0.5  # and that a bare date in a list is a teaser's
# Log-odds, the best of a few on composed pages by publishers that the labeller hadn't seen:
_BEGIN = -3.0  # of a list, against none
_LEAVE = -1.0
_ORPHAN = -3.0  # of a day that belongs to no entry
_AGAIN = 1.5  # of the same entry once more
_MISSING = {"D": -4.0, "B": -1.5, "Y": -1.5, "K": -1.5}  # of a part that an entry lacks


class _Entry(NamedTuple):
    """A way in which an entry of a list may be printed."""

    rhythm: int
    labels: Sequence[Label]
    cost: float


def _entries() -> dict[str, list[_Entry]]:
    """The entries by where they have their day: each rhythm whole, and without one of its parts."""
    by_days: dict[str, list[_Entry]] = {}
    for number, rhythm in enumerate(_RHYTHMS):
        forms = {
            rhythm[:at] + rhythm[at + 1 :]: _MISSING[part] for at, part in enumerate(rhythm) if part != "T"
        }
        for form, cost in {**forms, rhythm: 0.0}.items():
            days = "".join("D" if part == "D" else "-" for part in form)
            by_days.setdefault(days, []).append(_Entry(number, [_LABELS[part] for part in form], cost))
    return by_days


_ENTRIES = _entries()
_LONGEST = max(map(len, _ENTRIES))


class _Step(NamedTuple):
    """The best way to read the lines up to one: its score, where its last entry begins, and what that is."""

    score: float
    first: int = 0
    labels: Sequence[Label] = ()
    before: _Step | None = None


_NONE = _Step(-math.inf)


def even_lists(seen: Seen, labels: list[Label], titles: Mapping[int, float]) -> None:
    """Gives the lines of lists with days the parts that their rhythm asks for, in place.

    ``titles`` are probabilities of lines being titles, which are better than the labeller's own.
    """
    days = "".join(
        [
            " " if label not in _FREE else "D" if shape.date == 2 else "-"
            for shape, label in zip(seen.shapes, labels, strict=True)
        ]
    )
    worth = cache(partial(_worth, seen=seen, titles=titles))
    for stretch in _stretches(days):
        for at, entry in _best(days, labels, worth, stretch):
            labels[at : at + len(entry)] = entry


def _stretches(days: str) -> Iterator[range]:
    """Where days follow each other so closely that a list may have them: the lines around three of them.

    >>> list(_stretches("--D-D--D---------D---"))
    [range(0, 12)]
    """
    run: list[int] = []
    for at, day in [*enumerate(days), (len(days) + 2 * _LONGEST, "D")]:
        if day == "D":
            if run and at - run[-1] > _LONGEST + 1:
                if len(run) > 2:
                    yield range(max(0, run[0] - _LONGEST), min(len(days), run[-1] + _LONGEST + 1))
                run = []
            run.append(at)


def _worth(at: int, *, seen: Seen, titles: Mapping[int, float]) -> dict[Label, float]:
    """The logarithm of each label's probability."""
    chance: dict[Label, float] = {
        label: seen.chance[label][at] for label in _LABELS.values() if label is not Label.CHROME
    }
    if seen.shapes[at].date == 2:
        chance[Label.TEASER_DATE] = max(chance[Label.TEASER_DATE], _DATED)
    chance[Label.CHROME] = max(0.0, 1.0 - sum(chance.values()))
    own = chance.pop(Label.TEASER_TITLE)
    title = titles.get(at, own)
    others = (1.0 - title) / max(_LEAST, 1.0 - own)
    return {
        Label.TEASER_TITLE: math.log(max(_LEAST, title)),
        **{label: math.log(max(_LEAST, value * others)) for label, value in chance.items()},
    }


def _best(
    days: str, labels: Sequence[Label], worth: Callable[[int], Mapping[Label, float]], stretch: range
) -> Iterator[tuple[int, Sequence[Label]]]:
    """The entries of the lists in a stretch of a page, with their first lines, from the last to the first."""
    outside = _Step(0.0)
    gains = [_gains(worth(at), labels[at]) if days[at] != " " else {} for at in stretch]
    lists: dict[int, dict[int, _Step]] = {}  # line and rhythm -> the best way with an entry that ends there
    for at in range(stretch.start, stretch.stop + 1):
        ended = lists.get(at, {})
        for step in ended.values():
            if step.score + _LEAVE > outside.score:
                outside = step._replace(score=step.score + _LEAVE)
        for rhythm, parts, cost in _possible(days[at : stretch.stop], ended):
            again = ended.get(rhythm, _NONE)
            ahead = again.score + _AGAIN > outside.score + _BEGIN
            before = again if ahead else outside
            score = before.score + (_AGAIN if ahead else _BEGIN) + cost
            for place, part in enumerate(parts, at - stretch.start):
                score += gains[place][part]
            after = lists.setdefault(at + len(parts), {})
            if rhythm not in after or score > after[rhythm].score:
                after[rhythm] = _Step(score, at, parts, before)
        if at < stretch.stop and days[at] == "D" and labels[at] is Label.TEASER_DATE:
            outside = outside._replace(score=outside.score + _ORPHAN)
    last: _Step | None = outside
    while last is not None and last.before is not None:
        yield last.first, last.labels
        last = last.before


def _gains(worth: Mapping[Label, float], label: Label) -> dict[Label, float]:
    """What another label of a line is worth more than the one that it has."""
    own = worth.get(label, worth[Label.CHROME])
    return {other: value - own for other, value in worth.items()}


def _possible(days: str, ended: Mapping[int, _Step]) -> Iterator[_Entry]:
    """The entries that may begin here: those with their days in place; a list's first one has its day."""
    if ended or "D" in days[:_LONGEST]:
        for place, entries in _ENTRIES.items():
            if days.startswith(place):
                for entry in entries:
                    if "D" in place or entry.rhythm in ended:
                        yield entry
