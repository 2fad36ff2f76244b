"""What a line is among its neighbours: the densest run of prose, repeats, rhythm, the title's words."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ingest.label.shape import Shape
from ingest.label.told import stems, words_by
from ingest.line import Line

_SHORT, _LONG = 12, 320  # length of a line that tells something when another one holds it
_NEARBY = (-1, 1, -2, 2)  # steps to such a line
_AROUND = 8  # lines up and down that are a line's surroundings
_PERIODS = range(2, 7)  # lines a teaser may take: title/blurb … title/date/title/byline/blurb/section


class Context(NamedTuple):
    """Page-wide evidence, an entry a line."""

    core: tuple[int, int]  # first line of the densest run of prose, and the one after its last
    kinds: list[str]  # a coarse class of each line, for patterns over neighbours
    repeats: list[int]  # how often the line's text stands on the page
    before: list[int]  # lines back to the same text, 0 when it is the first
    after: list[int]  # lines on to the same text, 0 when it is the last
    shared: list[int]  # share of its words that the core uses, 0 to 4
    lede: list[int]  # share of its words that the core's first lines use, 0 to 4
    held: list[int]  # steps to the nearest line, up to two off, that holds the line and more; 0 for none
    holds: list[int]  # steps to the nearest such line that the line holds
    rank: list[int]  # 1, 2, … for lines above the core that could be its headline, the likeliest first
    round: list[str]  # the rhythm of the list that the line stands in, from the line on
    run: list[int]  # consecutive lines of prose that the line is one of
    density: list[int]  # lines of prose within eight lines up and down, 0 to 4
    home: list[str]  # how the line stands to the element that holds most of the core; "" without markup


def context_of(lines: Sequence[Line], shapes: Sequence[Shape]) -> Context:
    """Gathers the evidence that needs the whole page."""
    gather = _compiled()
    if gather is None:
        return gathered(lines, shapes)
    fields = gather(list(lines), list(shapes))
    return Context._make((*fields, _homes(lines, shapes, fields[0])))


@lru_cache(maxsize=1)
def _compiled() -> Callable[[list[Line], list[Shape]], tuple[Any, ...]] | None:
    try:
        from ingest.label._crf import gather
    except ImportError:  # installed where there was no compiler
        return None
    return gather


def gathered(lines: Sequence[Line], shapes: Sequence[Shape]) -> Context:
    """What is compiled in a seventh of the time."""
    texts = [line.text.casefold() for line in lines]
    counts = Counter(texts)
    linked = [_is_link(line) for line in lines]
    running = [shape.prose for shape in shapes]
    core = densest_run(shapes, running, linked)
    kinds = list(map(_kind, shapes, running, linked))
    before, after = _distances(texts)
    shared, lede = _shared_words(shapes, core)
    held, holds = _held(texts, shapes)
    prose = [one and not other for one, other in zip(running, linked, strict=True)]
    return Context(
        core=core,
        kinds=kinds,
        repeats=[counts[text] for text in texts],
        before=before,
        after=after,
        shared=shared,
        lede=lede,
        held=held,
        holds=holds,
        rank=_headline_ranks(shapes, core, shared),
        round=_rhythm(list(map(_beat, shapes, running))),
        run=_runs(prose),
        density=_densities(prose),
        home=_homes(lines, shapes, core),
    )


def densest_run(shapes: Sequence[Shape], prose: Sequence[bool], links: Sequence[bool]) -> tuple[int, int]:
    """The stretch where prose outweighs everything else most: where the article probably stands.

    Each line of running text counts for its length, each other line against the stretch; the
    stretch with the greatest sum wins (Kadane's algorithm, linear in the lines).
    """
    best, best_span, running, start = 0.0, (0, 0), 0.0, 0
    for at, (shape, running_text, linked) in enumerate(zip(shapes, prose, links, strict=True)):
        if running_text and not linked:
            weight = min(shape.length, 500) / 100
        else:
            weight = -1.2 if linked or shape.size < 3 else -0.7
        if running <= 0:
            running, start = 0.0, at
        running += weight
        if running > best:
            best, best_span = running, (start, at + 1)
    return best_span


def _kind(shape: Shape, prose: bool, linked: bool) -> str:
    if shape.date == 2:
        return "D"
    size = "sssmmlllx"[shape.size]  # short, middling, long, very long
    end = "." if shape.end in ".”" else "…" if shape.end == "…" else ":" if shape.end == ":" else "a"
    if prose:
        size = size.upper()
    return size + end + ("@" if linked else "")


def _is_link(line: Line) -> bool:
    return line.hints is not None and line.hints.link_share > 0.6


def _beat(shape: Shape, prose: bool) -> str:
    """The coarsest class of a line, for the rhythm of lists: a date, a short text, a long one."""
    return "D" if shape.date == 2 else "L" if prose or shape.size > 4 else "S"


def _distances(texts: Sequence[str]) -> tuple[list[int], list[int]]:
    before, after, last = [0] * len(texts), [0] * len(texts), dict[str, int]()
    for at, text in enumerate(texts):
        if text in last:
            before[at] = after[last[text]] = at - last[text]
        last[text] = at
    return before, after


def _shared_words(shapes: Sequence[Shape], core: tuple[int, int]) -> tuple[list[int], list[int]]:
    """How much of a short line's wording the core repeats, and the core's beginning."""
    told, begun = words_by(shape for shape in shapes[slice(*core)] if shape.prose)
    shared, lede = [0] * len(shapes), [0] * len(shapes)
    for at, shape in enumerate(shapes):
        words = stems(shape) if shape.size < 7 else ()
        if words and not told.isdisjoint(words):
            shared[at] = 4 * sum(map(told.__contains__, words)) // len(words)
            lede[at] = 4 * sum(map(begun.__contains__, words)) // len(words)
    return shared, lede


def _held(texts: Sequence[str], shapes: Sequence[Shape]) -> tuple[list[int], list[int]]:
    """Which lines stand once more within a longer one nearby: in breadcrumbs, a title, a caption."""
    held, holds = [0] * len(texts), [0] * len(texts)
    for at, text in enumerate(texts):
        if not _SHORT <= shapes[at].length < _LONG:
            continue
        for step in _NEARBY:
            there = at + step
            if 0 <= there < len(texts) and len(text) < len(texts[there]) and text in texts[there]:
                held[at] = held[at] or step
                holds[there] = holds[there] or -step
    return held, holds


def interruptions(lines: Sequence[Line], shapes: Sequence[Shape]) -> frozenset[int]:
    """The lines that cut up a story by coming again and again between its paragraphs.

    "Article content", "Advertisement", "Story continues below": short, without a date, three times or
    more, and one time in four at least between two lines of prose. The rest reads as it was written.
    """
    texts = [line.text for line in lines]
    often: dict[str, list[int]] = {text: [] for text, times in Counter(texts).items() if times > 2}
    for at in [at for at, text in enumerate(texts) if text in often] if often else ():
        if shapes[at].size < 5 and not shapes[at].date:
            often[texts[at]].append(at)
    often = {text: spots for text, spots in often.items() if len(spots) > 2}
    if not often:
        return frozenset()
    within = _within_prose(shapes, sorted(at for spots in often.values() for at in spots))
    found: set[int] = set()
    for spots in often.values():
        amid = sum(map(within.__contains__, spots))
        if amid > 1 and 4 * amid >= len(spots):
            found.update(spots)
    return frozenset(found)


def _within_prose(shapes: Sequence[Shape], mute: Sequence[int]) -> set[int]:
    """Those lines that come again and again before and behind which the next other line is prose."""
    found: set[int] = set()
    run: list[int] = []  # of lines that follow one another
    for at in [*mute, -1]:
        if run and at != run[-1] + 1:
            before, after = run[0] - 1, run[-1] + 1
            if before >= 0 and after < len(shapes) and shapes[before].prose and shapes[after].prose:
                found.update(run)
            run = []
        run.append(at)
    return found


def _runs(prose: Sequence[bool]) -> list[int]:
    """How many lines of prose follow one another there: many in a story, one or two in a list of teasers."""
    runs, start = [0] * len(prose), 0
    for at in range(len(prose) + 1):
        if at == len(prose) or not prose[at]:
            runs[start:at] = [at - start] * (at - start)
            start = at + 1
    return runs


def _densities(prose: Sequence[bool]) -> list[int]:
    """How much of a line's surroundings is prose, the line itself left out."""
    sums = [0]
    for one in prose:
        sums.append(sums[-1] + one)
    last = len(prose)
    return [
        (sums[min(last, at + _AROUND + 1)] - sums[max(0, at - _AROUND)] - one + 3) // 4
        for at, one in enumerate(prose)
    ]


def _homes(lines: Sequence[Line], shapes: Sequence[Shape], core: tuple[int, int]) -> list[str]:
    """Whether a line stands in the container that holds most of the densest run's prose.

    Containers are told by their identity; where each paragraph has one of its own, by depth and element.
    """
    if all(line.hints is None for line in lines):
        return [""] * len(lines)
    weights: Counter[int] = Counter()
    looks: Counter[tuple[int, str]] = Counter()
    for at in range(*core):
        hints = lines[at].hints
        if hints is not None and shapes[at].prose:
            weights[hints.block] += shapes[at].length
            looks[hints.depth, hints.tag] += shapes[at].length
    if not weights:
        return [""] * len(lines)
    total, (block, most) = sum(weights.values()), weights.most_common(1)[0]
    (depth, tag), _ = looks.most_common(1)[0]
    shared = "held" if 2 * most > total else "spread"
    inside, alike, outside = (shared + place for place in ("in", "like", "out"))  # lines share them
    result = []
    for line in lines:
        hints = line.hints
        if hints is None:
            result.append("")
        elif hints.block == block:
            result.append(inside)
        else:
            result.append(alike if hints.depth == depth and hints.tag == tag else outside)
    return result


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
