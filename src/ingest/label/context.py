"""What a line is among its neighbours: the densest run of prose, repeats, rhythm, the title's words."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.label.shape import Shape
from ingest.line import Line

_PERIODS = range(2, 7)  # lines a teaser may take: title/blurb … title/date/title/byline/blurb/section


class Context(NamedTuple):
    """Page-wide evidence, an entry a line."""

    core: tuple[int, int]  # first line of the densest run of prose, and the one after its last
    kinds: list[str]  # a coarse class of each line, for patterns over neighbours
    repeats: list[int]  # how often the line's text stands on the page
    before: list[int]  # lines back to the same text, 0 when it is the first
    after: list[int]  # lines on to the same text, 0 when it is the last
    shared: list[int]  # share of its words that the core uses, 0 to 4
    rank: list[int]  # 1, 2, … for lines above the core that could be its headline, the likeliest first
    round: list[str]  # the rhythm of the list that the line stands in, from the line on


def context_of(lines: Sequence[Line], shapes: Sequence[Shape]) -> Context:
    """Gathers the evidence that needs the whole page."""
    texts = [line.text.casefold() for line in lines]
    counts = Counter(texts)
    core = densest_run(lines, shapes)
    kinds = [_kind(line, shape) for line, shape in zip(lines, shapes, strict=True)]
    before, after = _distances(texts)
    shared = _shared_words(shapes, core)
    return Context(
        core=core,
        kinds=kinds,
        repeats=[counts[text] for text in texts],
        before=before,
        after=after,
        shared=shared,
        rank=_headline_ranks(shapes, core, shared),
        round=_rhythm([_beat(shape) for shape in shapes]),
    )


def densest_run(lines: Sequence[Line], shapes: Sequence[Shape]) -> tuple[int, int]:
    """The stretch where prose outweighs everything else most: where the article probably stands.

    Each line of running text counts for its length, each other line against the stretch; the
    stretch with the greatest sum wins (Kadane's algorithm, linear in the lines).
    """
    best, best_span, running, start = 0.0, (0, 0), 0.0, 0
    for at, (line, shape) in enumerate(zip(lines, shapes, strict=True)):
        linked = _is_link(line)
        if shape.prose and not linked:
            weight = min(shape.length, 500) / 100
        else:
            weight = -1.2 if linked or shape.size < 3 else -0.7
        if running <= 0:
            running, start = 0.0, at
        running += weight
        if running > best:
            best, best_span = running, (start, at + 1)
    return best_span


def _kind(line: Line, shape: Shape) -> str:
    if shape.date == 2:
        return "D"
    size = "sssmmlllx"[shape.size]  # short, middling, long, very long
    end = "." if shape.end in ".”" else "…" if shape.end == "…" else ":" if shape.end == ":" else "a"
    if shape.prose:
        size = size.upper()
    return size + end + ("@" if _is_link(line) else "")


def _is_link(line: Line) -> bool:
    return line.hints is not None and line.hints.link_share > 0.6


def _beat(shape: Shape) -> str:
    """The coarsest class of a line, for the rhythm of lists: a date, a short text, a long one."""
    return "D" if shape.date == 2 else "L" if shape.prose or shape.size > 4 else "S"


def _distances(texts: Sequence[str]) -> tuple[list[int], list[int]]:
    before, after, last = [0] * len(texts), [0] * len(texts), dict[str, int]()
    for at, text in enumerate(texts):
        if text in last:
            before[at] = after[last[text]] = at - last[text]
        last[text] = at
    return before, after


def _shared_words(shapes: Sequence[Shape], core: tuple[int, int]) -> list[int]:
    """How much of a short line's wording the core repeats: a headline's words come back in its story."""
    start, end = core
    known = {part for shape in shapes[start:end] if shape.prose for part in _telling(shape)}
    shared = []
    for shape in shapes:
        telling = _telling(shape) if shape.size < 7 else ()
        hits = sum(part in known for part in telling)
        shared.append(4 * hits // len(telling) if telling else 0)
    return shared


def _telling(shape: Shape) -> Sequence[str]:
    """A line's longer words; in scripts without spaces, which have none, pairs of letters."""
    if shape.wide:
        return [word[at : at + 2] for word in shape.words for at in range(len(word) - 1)]
    return [word for word in shape.words if len(word) > 3] or shape.words


def _headline_ranks(shapes: Sequence[Shape], core: tuple[int, int], shared: Sequence[int]) -> list[int]:
    """Orders the lines above the story by how much of it they tell, in how many words, and how near."""
    start, end = core
    ranks = [0] * len(shapes)
    if start == end:
        return ranks
    weights = [
        (shared[at] * min(len(shapes[at].words) + 4 * shapes[at].wide, 14) - 0.3 * (start - at), at)
        for at in range(max(0, start - 40), start + 2)
        if at < end and 2 <= shapes[at].size <= 6 and shapes[at].date != 2 and shared[at] > 1
    ]
    for rank, (_, at) in enumerate(sorted(weights, reverse=True)[:3], 1):
        ranks[at] = rank
    return ranks


def _rhythm(beats: Sequence[str]) -> list[str]:
    """The round in which long lines, short ones and dates come back, as it goes on from each line.

    In a list of title/date/title/blurb every title begins "SDSL" and every blurb "LSDS"; three
    rounds at the least make a rhythm, and a line without one has "".
    """
    count, result = len(beats), [""] * len(beats)
    for period in _PERIODS:
        run = 0
        for at in range(period, count + 1):
            if at < count and beats[at] == beats[at - period]:
                run += 1
                continue
            first = at - run - period
            if run >= 2 * period and len(set(beats[first:at])) > 1:
                turn = "".join(beats[first : first + period])
                for inside in range(first, at):
                    phase = (inside - first) % period
                    result[inside] = result[inside] or turn[phase:] + turn[:phase]
            run = 0
    return result
