"""Lines -> features: what the labeller sees of each line of a page, as short strings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ingest.label.context import Context, context_of
from ingest.label.shape import Shape, shape_of
from ingest.line import Hints, Line
from ingest.pattern import lazy

if TYPE_CHECKING:
    from ingest.read.metadata import Metadata

_LONG_NUMBER = lazy(r"\d{5}")
_SHORT = 6  # words: up to here a line's wording itself is evidence ("Share this article")


def features(
    lines: Sequence[Line],
    metadata: Metadata | None = None,
    shapes: Sequence[Shape] | None = None,
    context: Context | None = None,
) -> list[list[str]]:
    """The features of each line of one page.

    Flat text gives those of shape, wording, position and neighbourhood; lines with markup have its
    hints besides, so that one model serves both kinds of page. ``shapes`` and ``context`` are
    those of the lines, where the caller has them.
    """
    shapes = shapes or [shape_of(line) for line in lines]
    context = context or context_of(lines, shapes)
    gaps = any(line.gap for line in lines)
    claims = claims_of(metadata)
    host = own_site(metadata)
    views = [
        _views(s.size, s.end, s.capitals, s.date, s.lexicon, k)
        for s, k in zip(shapes, context.kinds, strict=True)
    ]
    views = [_EDGE, _EDGE, _EDGE, *views, _EDGE, _EDGE, _EDGE]
    kinds = ("-", "-", "-", *context.kinds, "-", "-", "-")
    names = _Names(lines)
    result = []
    for at, line in enumerate(lines):
        row = _own(shapes, context, at)
        row += views[at][-3]
        row += views[at + 1][-2]
        row += views[at + 2][-1]
        row += views[at + 4][1]
        row += views[at + 5][2]
        row += views[at + 6][3]
        row += _patterns(*kinds[at : at + 7])
        row += _position(shapes[at], context, at, len(lines))
        if gaps:
            row += _gaps(lines, at)
        if line.hints is not None:
            row += names.markup(line.hints)
            row += _steps(lines, at)
            if line.hints.href:
                row += _link(line.hints.href, shapes[at], host)
            row += (f"home={context.home[at]}", f"home,kind={context.home[at]}{context.kinds[at]}")
        if claims is not None:
            row += claims.about(line.text)
        result.append(row)
    return result


def _own(shapes: Sequence[Shape], context: Context, at: int) -> list[str]:
    shape = shapes[at]
    row = [
        *_measures(
            shape.size, shape.end, shape.start, shape.sentences, shape.capitals, shape.digits, shape.date
        ),
        *_among(
            min(context.repeats[at], 4),
            min(context.before[at], 7),
            min(context.after[at], 7),
            context.round[at],
            context.kinds[at],
            min(context.run[at], 6),
            context.density[at],
        ),
        f"words={min(len(shape.words), 12)}",
        f"shared={context.shared[at]}",
        f"lede={context.lede[at]}",
        f"held={context.held[at]}",
        f"holds={context.holds[at]}",
        f"rank={context.rank[at]}",
        f"named={_named(shape)}",
    ]
    row += _echo(context, shapes, at)
    row += [f"has{mark}" for mark in shape.marks]
    row += [f"lex:{name}" for name in shape.lexicon]
    if shape.words:
        row += (f"first={shape.words[0]}", f"last={shape.words[-1]}")
        if len(shape.words) <= _SHORT:
            row.append("text=" + " ".join(shape.words))
            row += [f"w={word}" for word in shape.words]
    return row


def _named(shape: Shape) -> int:
    """The words of a line that may be a person's name: two to four, all with a capital, nothing else."""
    if shape.capitals in (4, 5) and 2 <= len(shape.words) <= 4 and not shape.digits and not shape.lexicon:
        return len(shape.words) if shape.end == "a" else 0
    return 0


def _echo(context: Context, shapes: Sequence[Shape], at: int) -> list[str]:
    """A line that soon comes again, with a date between: a title as picture text and as heading."""
    row = []
    ahead, back = context.after[at], context.before[at]
    if 0 < ahead < 5:
        row.append(f"echo={ahead}{max(shape.date for shape in shapes[at : at + ahead])}")
    if 0 < back < 5:
        row.append(f"echoed={back}{max(shape.date for shape in shapes[at - back : at])}")
    return row


# Lines of one look come by the hundred, so what depends on few values is put into words once.
@lru_cache(maxsize=50_000)
def _measures(
    size: int, end: str, start: str, sentences: int, capitals: int, digits: int, date: int
) -> tuple[str, ...]:
    return (
        "bias",
        f"size={size}",
        f"end={end}",
        f"start={start}",
        f"stops={sentences}",
        f"caps={capitals}",
        f"digits={digits}",
        f"date={date}",
        f"size,end={size}{end}",
        f"size,stops={size}{sentences}",
    )


@lru_cache(maxsize=20_000)
def _among(
    repeats: int, before: int, after: int, turn: str, kind: str, run: int, density: int
) -> tuple[str, ...]:
    return (
        f"repeats={repeats}",
        f"before={before}",
        f"after={after}",
        f"round={turn}",
        f"round,kind={len(turn)}{kind}",
        f"run={run}",
        f"run,dense={min(run, 3)}{density}",
    )


@lru_cache(maxsize=20_000)
def _views(
    size: int, end: str, capitals: int, date: int, lexicon: tuple[str, ...], kind: str
) -> tuple[tuple[str, ...], ...]:
    """What a line's neighbours see of it, those three lines off its kind alone.

    The entry at -3 is for the line that has this one three lines before it, and so on; so the places
    of a tuple of seven serve for the steps from -3 to 3.
    """
    seen = (kind, f"size={size}", f"end={end}", f"caps={capitals}", f"date={date}", *lexicon)
    steps = (0, 1, 2, 3, -3, -2, -1)
    return tuple(tuple(f"{step}:{name}" for name in (seen if abs(step) < 3 else seen[:1])) for step in steps)


_EDGE = ((), ("1:none",), ("2:none",), ("3:none",), ("-3:none",), ("-2:none",), ("-1:none",))


@lru_cache(maxsize=5_000)
def _patterns(a: str, b: str, c: str, d: str, e: str, f: str, g: str) -> tuple[str, ...]:
    """The kinds of a line (d) and of the three before and behind it, in runs of up to four."""
    return (
        f"k={d}",
        f"k-={c} {d}",
        f"k+={d} {e}",
        f"k-+={c} {d} {e}",
        f"k--={b} {c} {d}",
        f"k++={d} {e} {f}",
        f"k---={a} {b} {c} {d}",
        f"k+++={d} {e} {f} {g}",
    )


def _position(shape: Shape, context: Context, at: int, count: int) -> list[str]:
    start, end = context.core
    if start == end:
        place = "none"
    elif at < start:
        place = f"before{_steps_away(start - at)}"
    elif at >= end:
        place = f"after{_steps_away(at - end + 1)}"
    else:
        place = "in" if at - start > 1 and end - at > 2 else "in-first" if at - start < 2 else "in-last"
    return [
        *_placed(place, context.kinds[at], context.shared[at], _named(shape)),
        f"core,run={place}{min(context.run[at], 4)}",
        f"core,dense={place}{context.density[at]}",
        f"core,lede={place}{context.lede[at]}",
        f"tenth={10 * at // count}",
        f"first={at}" if at < 4 else f"left={min(count - at, 5)}",
    ]


@lru_cache(maxsize=20_000)
def _placed(place: str, kind: str, shared: int, named: int) -> tuple[str, ...]:
    return (
        f"core={place}",
        f"core,kind={place[:6]}{kind}",
        f"core,named={place}{named}",
        f"core,shared={place}{shared}",
    )


def _steps_away(lines: int) -> str:
    return str(lines) if lines < 6 else "-10" if lines < 11 else "-25" if lines < 26 else "-far"


def _gaps(lines: Sequence[Line], at: int) -> list[str]:
    before = min(lines[at].gap, 2)
    after = min(lines[at + 1].gap, 2) if at + 1 < len(lines) else 2
    further = min(lines[at + 2].gap, 1) if at + 2 < len(lines) else 1
    return [f"gap={before}{after}", f"gap+={before}{after}{further}"]


class _Names:
    """What a page's elements are called: ancestors and class words, as lines share them by the dozen."""

    def __init__(self, lines: Sequence[Line]) -> None:
        groups: dict[frozenset[str], int] = defaultdict(int)  # a Counter asks Python for what is new to it
        for line in lines:
            if line.hints is not None:
                groups[line.hints.ancestors] += 1
                groups[line.hints.words] += 1
        counts: dict[str, int] = defaultdict(int)
        for group, number in groups.items():
            for name in group:
                counts[name] += number
        # What nearly every line has, as where all stands in one <form>, tells nothing.
        self.everywhere = frozenset(name for name, count in counts.items() if count > 0.8 * len(lines))
        self.known: dict[tuple[str, frozenset[str]], list[str]] = {}

    def markup(self, hints: Hints) -> list[str]:
        share = int(hints.link_share * 4.99)
        row = [
            "html" if hints.words or hints.ancestors else "dump",  # Markdown and lynx know little of it
            f"tag={hints.tag}",
            f"link={share}",
            f"tag,link={hints.tag}{share}",
            f"depth={hints.depth // 4}",
            *self.told("in=", hints.ancestors),
            *self.told("c=", hints.words),
        ]
        if hints.datetime:
            row.append("time")
        return row

    def told(self, sign: str, names: frozenset[str]) -> list[str]:
        row = self.known.get((sign, names))
        if row is None:
            long = range(3, 20) if sign == "c=" else range(1, 99)
            row = [sign + name for name in names - self.everywhere if len(name) in long]
            self.known[sign, names] = row
        return row


def _link(href: str, shape: Shape, host: str) -> tuple[str, ...]:
    """Where a link leads: a story's address spells its title, or has a long number or name."""
    kind = destination(href, host)
    spelt = words_in(href, shape) if kind else 0
    return (f"href={kind}", f"href,size={kind}{shape.size}", f"slug={min(spelt, 3)}")


def words_in(href: str, shape: Shape) -> int:
    """How many of a line's longer words the path of an address spells."""
    path = href.partition("//")[2].partition("/")[2] if "//" in href[:8] else href
    if "-" not in path and "_" not in path:
        return 0
    path = path.lower()
    return sum([word in path for word in shape.words if len(word) > 3])


def own_site(metadata: Metadata | None) -> str:
    """The host of a page's own address, without "www."; "" where the page does not tell."""
    url = (metadata.url if metadata is not None else None) or ""
    return url.partition("://")[2].partition("/")[0].removeprefix("www.").lower()


@lru_cache(maxsize=5_000)
def destination(href: str, host: str) -> str:
    """What kind of page an address leads to, as its form tells: a story, a section, elsewhere.

    >>> destination("https://www.example.com/news/12345678", "example.com")
    'numbered'
    >>> [destination(href, "") for href in ("/2024/01/steep-price-of-the-war", "/opinion", "#top")]
    ['worded', 'short', '']
    """
    path = href.partition("#")[0]
    if not path or path.startswith(("javascript:", "mailto:", "tel:")):
        return ""
    away = ""
    if path.startswith(("http:", "https:", "//")):
        site, _, path = path.partition("//")[2].partition("/")
        away = "away-" if host and site.removeprefix("www.").lower() != host else ""
    place, _, query = path.partition("?")
    slug = place.rstrip("/").rpartition("/")[2]
    words = max([part.count(sign) for sign in "-_" if sign in place for part in place.split("/")], default=0)
    if words >= 3:
        kind = "worded"
    elif _LONG_NUMBER.search(place) or _LONG_NUMBER.search(query):
        kind = "numbered"
    elif slug.endswith((".html", ".htm", ".shtml", ".php")) and len(slug) > 16:
        kind = "named"
    else:
        kind = "phrase" if words == 2 else "short" if slug else "root"
    return away + kind


def _steps(lines: Sequence[Line], at: int) -> list[str]:
    """How the markup changes to the lines before and after."""
    row: list[str] = []
    own = lines[at].hints
    for step in (-2, -1, 1, 2):
        near = lines[at + step].hints if 0 <= at + step < len(lines) else None
        if own is None or near is None:
            continue
        row += _step(step, near.tag, int(near.link_share * 2.99), _nearness(own, near))
        if own.href and own.href == near.href:
            row.append(f"{step}:href")
    return row


@lru_cache(maxsize=5_000)
def _step(step: int, tag: str, share: int, near: str) -> tuple[str, ...]:
    return f"{step}:tag={tag}", f"{step}:link={share}", f"{step}:same={near}"


def _nearness(one: Hints, other: Hints) -> str:
    return "block" if one.block == other.block else "depth" if one.depth == other.depth else "no"


class Claims(NamedTuple):
    """What the metadata claim, to be found again among the printed lines; all of it in small letters."""

    headlines: frozenset[str]
    titles: str  # all of them: no line has a line break
    descriptions: frozenset[str]  # their beginnings
    authors: tuple[str, ...]

    def about(self, text: str) -> list[str]:
        low, row = text.casefold(), []
        if low in self.headlines:
            row.append("meta:headline")
        elif len(low) > 15 and low in self.titles:
            row.append("meta:part")
        if self.descriptions and low[:60] in self.descriptions:
            row.append("meta:deck")
        if self.authors and len(low) < 200 and any(name in low for name in self.authors):
            row.append("meta:author")
        return row


def claims_of(metadata: Metadata | None) -> Claims | None:
    """What is looked for of a page's metadata; None where it has none."""
    if metadata is None:
        return None
    headlines = frozenset(text.casefold() for text in metadata.headlines)
    return Claims(
        headlines,
        "\n".join(headlines),
        frozenset(text.casefold()[:60] for text in metadata.descriptions if len(text) > 40),
        tuple(name.casefold() for name in metadata.authors if 4 < len(name) < 60),
    )
