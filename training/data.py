"""Labelled pages -> labelled lines: what the model learns from, and what it is measured on."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from compose import Parts, compose
from disguise import disguise
from labels import Truth, label_lines, plain
from render import render

from ingest.label.context import interruptions
from ingest.label.shape import shape_of
from ingest.line import Label, Line
from ingest.read.dumps import dump_lines
from ingest.read.html import parse_tree, tree_lines
from ingest.read.metadata import Metadata, page_metadata
from ingest.read.text import text_lines

_BRIEF = 4  # paragraphs of a short story, at most
_SURE = 0.85  # overlap of two extractors from which their common text is believed
_BODY = (Label.PARAGRAPH, Label.SUBHEADING)


SEED = 20240126
_DISGUISED = 0.25  # share of composed pages


@dataclass(frozen=True)
class Example:
    """One page in one form, with a label for each line."""

    publisher: str
    lines: Sequence[Line]
    labels: Sequence[Label]
    metadata: Metadata | None = None
    weight: int = 1
    page: str = ""  # the HTML itself, to be dumped in other styles
    truth: Truth | None = None


class Pages(NamedTuple):
    """Labelled pages in their forms."""

    html: list[Example]  # hand-checked ones
    flat: list[Example]  # their dumps
    agreed: list[Example]  # those that two extractors agree on
    flattened: list[Example]  # all of them without their markup
    dumped: list[Example]  # and as other programs dump them

    def where(self, keep: Callable[[Example], bool]) -> Pages:
        """Some publishers' pages alone."""
        return Pages(*([example for example in group if keep(example)] for group in self))


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in file:
            yield json.loads(row)


def host(url: str | None) -> str:
    """A publisher's name from an address: "www.dawn.com" and "epaper.dawn.com" are "dawn"."""
    parts = (urlsplit(url or "").hostname or "unknown").split(".")
    short = [p for p in parts[:-1] if len(p) > 3] or parts
    return short[-1]


def from_gold(row: dict[str, Any]) -> tuple[Example, Example]:
    """A hand-checked page in both its forms: HTML, and the dump made of it."""
    gold = row["gold"]
    tree = parse_tree(row["html"])
    metadata = page_metadata(tree, row["url"])
    truth = Truth(
        paragraphs=gold["paragraphs"],
        headlines=(gold["headline"],) if gold["headline"] else (),
        decks=gold["summary"] or (),
        authors=gold["authors"] or (),
        teasers=[teaser["title"] for teaser in row["silver_teasers"]],
        sections=metadata.sections,
        url=row["url"],
    )
    lines = tree_lines(tree)
    publisher = host(row["url"])
    html = Example(publisher, lines, label_lines(lines, truth), metadata, 2, row["html"], truth)
    flat = text_lines(row["flat"])
    return html, Example(publisher, flat, carry_over(html, flat, truth), None, 2)


def carry_over(html: Example, flat: Sequence[Line], truth: Truth) -> list[Label]:
    """The labels of a page's HTML lines for the lines of a flat dump of it."""
    own = label_lines(flat, truth)
    a, b = [plain(line.text) for line in html.lines], [plain(line.text) for line in flat]
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        own[block.b : block.b + block.size] = html.labels[block.a : block.a + block.size]
    return own


def from_agreement(row: dict[str, Any], first: str, second: str) -> Example | None:
    """A page without gold whose text two extractors agree on; None when they don't.

    ``keep`` and ``drop`` of a row are pieces that its article holds, and doesn't: a hand marked them.
    """
    known = _common(first, second)
    tree = parse_tree(row["html"]) if known else None
    if known is None or tree is None:
        return None
    metadata, lines = page_metadata(tree, row["url"]), tree_lines(tree)
    truth = Truth(
        paragraphs=[p.lstrip("-•| ") for p in known.split("\n") if p.strip()],
        headlines=_headlines(metadata),
        decks=metadata.descriptions,
        sections=metadata.sections,
        authors=[name for name in metadata.authors if 4 < len(name) < 50 and "/" not in name],
        url=row["url"],
        keep=row.get("keep", ()),
        drop=row.get("drop", ()),
    )
    labels = label_lines(lines, truth)
    if labels.count(Label.PARAGRAPH) < 3:
        return None
    return Example(host(row["url"]), lines, labels, metadata, 1, row["html"], truth)


def _common(first: str, second: str) -> str | None:
    """The lines of the first text that the second has too; None where the two are far apart."""
    a, b = plain(first).split(), plain(second).split()
    if min(len(a), len(b)) < 80 and min(len(first), len(second)) < 600:
        return None
    common = set(_grams(a)) & set(_grams(b))
    if len(common) < _SURE * max(len(set(_grams(a))), len(set(_grams(b)))):
        return None
    return "\n".join(p for p in first.split("\n") if _within(plain(p).split(), common))


def _headlines(metadata: Metadata) -> list[str]:
    """The title in all its forms: with the site's name behind a bar, and without."""
    titles = list(metadata.headlines)
    for mark in (" | ", " - ", " – ", " — ", " :: ", " • "):
        titles += [title.rsplit(mark, 1)[0] for title in metadata.headlines if mark in title]
    return titles


def _grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + 4]) for i in range(len(words) - 3)]


def _within(words: Sequence[str], common: set[tuple[str, ...]]) -> bool:
    grams = _grams(words)
    return not grams or sum(gram in common for gram in grams) >= 0.7 * len(grams)


def flattened(example: Example, rng: random.Random) -> Example:
    """The page without its markup, with blank lines everywhere, nowhere or between boxes."""
    style, lines, number = rng.choice(("none", "all", "boxes")), [], 0
    labels = []
    previous = None
    for line, label in zip(example.lines, example.labels, strict=True):
        assert line.hints is not None
        if "hidden" in line.hints.ancestors and rng.random() < 0.5:
            continue
        boxed = line.hints.block != previous or line.hints.tag == "p"
        gap = 1 if lines and (style == "all" or (style == "boxes" and boxed)) else 0
        previous = line.hints.block
        number += gap + 1
        lines.append(Line(number, line.text, gap))
        labels.append(label)
    return replace(example, lines=lines, labels=labels, metadata=None)


def shortened(example: Example, rng: random.Random) -> Example:
    """The page with a short story: its first paragraphs, of which there are few in many papers."""
    body = [at for at, label in enumerate(example.labels) if label in (Label.PARAGRAPH, Label.SUBHEADING)]
    rest = set(body[rng.randint(1, _BRIEF) :])
    kept = [at for at in range(len(example.lines)) if at not in rest]
    lines, labels = [example.lines[at] for at in kept], [example.labels[at] for at in kept]
    return replace(example, lines=lines, labels=labels, weight=1)


def dumped(example: Example, style: str) -> Example | None:
    """The page as another program dumps it; None where that program is not installed."""
    text = render(example.page, style)
    if text is None or example.truth is None:
        return None
    lines = dump_lines(text)
    labels = carry_over(example, lines, example.truth)
    return Example(example.publisher, lines, labels) if labels.count(Label.PARAGRAPH) > 2 else None


def parts_of(example: Example, language: str) -> Parts | None:
    """What a labelled page lends to composed ones."""
    pairs = list(zip(example.lines, example.labels, strict=True))
    body = [at for at, (_, label) in enumerate(pairs) if label is Label.PARAGRAPH]
    if len(body) < 4:
        return None
    known = example.metadata
    headline = next((line.text for line, label in pairs if label is Label.HEADLINE), "")
    return Parts(
        publisher=example.publisher,
        language=language,
        headline=headline,
        deck=next((line.text for line, label in pairs if label is Label.DECK), ""),
        authors=tuple(n for n in (known.authors if known else ()) if len(n) < 40 and "/" not in n)[:3],
        body=tuple((line.text, label) for line, label in pairs[body[0] : body[-1] + 1] if label in _BODY),
        top=tuple(line.text for line, label in pairs[: body[0]] if label is Label.CHROME),
        bottom=tuple(line.text for line, label in pairs[body[-1] :] if label is Label.CHROME),
        titles=tuple(line.text for line, label in pairs if label is Label.TEASER_TITLE),
    )


def heard(example: Example) -> Example:
    """The page without the lines that interrupt its story again and again, as the labeller sees it."""
    mute = interruptions(example.lines, [shape_of(line) for line in example.lines])
    kept = [at for at in range(len(example.lines)) if at not in mute]
    lines, labels = [example.lines[at] for at in kept], [example.labels[at] for at in kept]
    return replace(example, lines=lines, labels=labels) if mute else example


def fold_of(publisher: str, folds: int) -> int:
    """The fold that a publisher's pages are tested in."""
    return zlib.crc32(publisher.encode()) % folds


def language(example: Example) -> str:
    said = example.metadata.language if example.metadata else None
    return (said or "und").split("-")[0].lower()


def composed_pages(pages: Pages, count: int, seed: int) -> list[Example]:
    """Pages composed of parts of these, some of them in languages that nobody speaks."""
    rng = random.Random(seed)
    marked = [*pages.html, *pages.agreed]
    lenders = [parts for e in marked if (parts := parts_of(e, language(e))) is not None]
    examples = []
    for at, page in enumerate(compose(lenders, count, seed)):
        lines, labels = zip(*(disguise(page, rng) if rng.random() < _DISGUISED else page), strict=True)
        examples.append(Example(f"composed{at % 50}", lines, labels))
    return examples
