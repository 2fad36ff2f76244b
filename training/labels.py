"""Labels without a hand: what is known of a page (its article, its links) -> a label for each line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from ingest.dates import find_dates, is_date_line
from ingest.label.features import words_in
from ingest.label.shape import shape_of
from ingest.line import Label, Line

_NOT_WORDS = re.compile(r"[\W_]+")
_STORY = (Label.PARAGRAPH, Label.SUBHEADING)
_ROOM = 14  # lines above the story in which its headline, deck, byline and date are looked for
_CAPTION_WORDS = {"caption", "credit", "figcaption", "legend", "bildunterschrift", "copyright", "credits"}


def plain(text: str) -> str:
    """Lower-case words alone, for comparing what two programs made of one text."""
    return _NOT_WORDS.sub(" ", text.lower()).strip()


@dataclass(frozen=True)
class Truth:
    """What is known of a page's article; ``teasers`` are known titles of other stories."""

    paragraphs: Sequence[str]
    headlines: Sequence[str] = ()
    decks: Sequence[str] = ()
    authors: Sequence[str] = ()
    teasers: Sequence[str] = ()
    sections: Sequence[str] = ()
    url: str | None = None
    keep: Sequence[str] = ()  # pieces that the article holds
    drop: Sequence[str] = ()  # and doesn't


def squeezed(text: str) -> str:
    """The text with single spaces, for finding a piece of it."""
    return " ".join(text.split())


def label_lines(lines: Sequence[Line], truth: Truth) -> list[Label]:
    """Labels the lines of one page by comparing them with what is known."""
    labels = [Label.CHROME] * len(lines)
    texts = [plain(line.text) for line in lines]
    start, end = _paragraphs(lines, texts, truth, labels)
    if start == end:
        return labels
    _head(lines, texts, truth, labels, start, end)
    _pieces(lines, truth, labels, start, end)
    _teasers(lines, texts, truth, labels, (start, end))
    _captions(lines, labels)
    return labels


def _paragraphs(
    lines: Sequence[Line], texts: Sequence[str], truth: Truth, labels: list[Label]
) -> tuple[int, int]:
    whole = {plain(p) for p in truth.paragraphs}
    joined = "\n".join(plain(p) for p in truth.paragraphs)
    long = [
        at for at, text in enumerate(texts)
        if len(text) > 30 and (text in joined or _holds(text, whole)) and not _linked(lines[at])
    ]  # fmt: skip
    if not long:
        return 0, 0
    used: set[str] = set()
    start, end = _main_stretch(long, lines)
    for at in range(max(0, start - 2), min(len(lines), end + 2)):
        text = texts[at]
        if not text or (text in used and len(text) > 30):
            continue  # a pull quote, or the page's second copy of its text
        if at in set(long) and start <= at < end:
            labels[at] = Label.PARAGRAPH
            used.add(text)
        elif text in whole and start <= at <= end:
            labels[at] = Label.PARAGRAPH
    for at in range(start, end):
        if labels[at] is Label.PARAGRAPH and _is_heading(lines, at):
            labels[at] = Label.SUBHEADING
    return start, end


def _pieces(lines: Sequence[Line], truth: Truth, labels: list[Label], start: int, end: int) -> None:
    """What a hand marked in the page is stronger than what an extractor made of it."""
    texts = [squeezed(line.text) for line in lines]
    for piece in map(squeezed, truth.drop):
        for at, text in enumerate(texts):
            if labels[at] in _STORY and piece in text and len(piece) > 0.25 * len(text):
                labels[at] = Label.CHROME
    for piece in map(squeezed, truth.keep):
        there = [at for at, text in enumerate(texts) if piece in text]
        if any(labels[at] in (*_STORY, Label.DECK) for at in there):
            continue
        free = [at for at in there if labels[at] is not Label.HEADLINE and not _linked(lines[at])]
        if free:
            at = min(free, key=lambda at: max(start - at, at - end))
            labels[at] = Label.SUBHEADING if _is_heading(lines, at) else Label.PARAGRAPH


def _main_stretch(long: Sequence[int], lines: Sequence[Line]) -> tuple[int, int]:
    """From the first to the last line of the story, without stray copies far away."""
    groups: list[list[int]] = [[long[0]]]
    for at in long[1:]:
        if at - groups[-1][-1] > 80:
            groups.append([])
        groups[-1].append(at)
    best = max(groups, key=lambda group: sum(len(lines[at].text) for at in group))
    return best[0], best[-1] + 1


def _holds(text: str, whole: set[str]) -> bool:
    return any(len(p) > 60 and len(text) <= 1.4 * len(p) and p in text for p in whole)


def _linked(line: Line) -> bool:
    return line.hints is not None and line.hints.link_share > 0.9 and len(line.text) < 90


def _is_heading(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if line.hints is not None and line.hints.tag in ("h2", "h3", "h4", "h5", "h6"):
        return True
    shape = shape_of(line)
    following = shape_of(lines[at + 1]).size if at + 1 < len(lines) else 0
    return shape.size <= 4 and shape.end in "a”)0" and following > shape.size + 1 and shape.start in "A“0字"


def _head(
    lines: Sequence[Line], texts: Sequence[str], truth: Truth, labels: list[Label], start: int, end: int
) -> None:
    headlines = [plain(h) for h in truth.headlines if h]
    free = [at for at in range(len(lines)) if labels[at] is Label.CHROME]
    same = [at for at in free if texts[at] and texts[at] in headlines and at <= start + 3]
    if not same:
        same = [at for at in free if len(texts[at]) > 12 and at <= start + 3 and start - at < 40
                and any(texts[at] in h and len(texts[at]) > 0.5 * len(h) for h in headlines)]  # fmt: skip
    if not same:  # worded a little differently on the page than in the metadata
        same = [at for at in free if at <= start + 3 and start - at < 40 and _tag(lines[at]) == "h1"
                and any(_alike(texts[at], h) for h in headlines)]  # fmt: skip
    if same:
        tagged = [at for at in same if _tag(lines[at]) == "h1"]
        headline = (tagged or same)[-1]
        labels[headline] = Label.HEADLINE
        top = min(headline, start)
        _kicker(lines, texts, truth, labels, headline)
    else:
        top = start
    decks = [plain(d) for d in truth.decks if len(d) > 25]
    names = [plain(n) for n in truth.authors if len(n) > 3]
    for at in range(max(0, top - _ROOM), min(len(lines), start + 6)):
        if labels[at] is not Label.CHROME or _in(lines[at], "nav", "footer"):
            continue
        text, line = texts[at], lines[at]
        if at <= start and any(d and (text == d or (len(text) > 40 and text in d)) for d in decks):
            if Label.DECK not in labels:
                labels[at] = Label.DECK
        elif len(line.text) < 160 and any(name in text for name in names):
            labels[at] = Label.BYLINE
        elif (
            len(line.text) < 90 and at >= top - 6 and (is_date_line(line.text) or bool(find_dates(line.text)))
        ):
            labels[at] = Label.DATE
    for at in range(end, min(len(lines), end + 3)):
        if labels[at] is Label.CHROME and len(lines[at].text) < 100 and any(n in texts[at] for n in names):
            labels[at] = Label.BYLINE


def _kicker(
    lines: Sequence[Line], texts: Sequence[str], truth: Truth, labels: list[Label], headline: int
) -> None:
    """The section's name right over the headline, where the metadata or the page's address know it."""
    sections = {plain(name) for name in truth.sections}
    sections.update(plain(part) for part in urlsplit(truth.url or "").path.split("/")[:-1])
    at = headline - 1
    if at >= 0 and labels[at] is Label.CHROME and texts[at] and texts[at] in sections:
        labels[at] = Label.SECTION


def _tag(line: Line) -> str:
    return line.hints.tag if line.hints is not None else ""


def _alike(one: str, other: str) -> bool:
    a, b = set(one.split()), set(other.split())
    return len(a & b) >= 0.6 * min(len(a), len(b)) and len(a & b) > 2


def _in(line: Line, *names: str) -> bool:
    return line.hints is not None and not line.hints.ancestors.isdisjoint(names)


def _captions(lines: Sequence[Line], labels: list[Label]) -> None:
    for at, line in enumerate(lines):
        if labels[at] is Label.CHROME and line.hints is not None and line.hints.link_share < 0.8:
            hints = line.hints
            if "figcaption" in hints.ancestors or (
                len(line.text) > 15 and not _CAPTION_WORDS.isdisjoint(hints.words)
            ):
                labels[at] = Label.CAPTION


def _teasers(
    lines: Sequence[Line], texts: Sequence[str], truth: Truth, labels: list[Label], story: tuple[int, int]
) -> None:
    """Titles by the page's links to other stories, then the dates, bylines and blurbs beside them."""
    known = {plain(t) for t in truth.teasers if len(t) > 12}
    own = {plain(h) for h in truth.headlines}
    titles = []
    for at, line in enumerate(lines):
        if labels[at] is Label.CHROME and texts[at] and texts[at] not in own:
            named = texts[at] in known
            if named or is_story_link(line, truth.url):
                titles.append(at)
    seen: dict[str, int] = {}
    for at in titles:
        href = lines[at].hints.href if lines[at].hints is not None else None
        if href and href in seen and at - seen[href] <= 4 and labels[seen[href]] is Label.TEASER_TITLE:
            first = seen[href]
            if texts[at] != texts[first] and shape_of(lines[at]).prose:
                labels[at] = Label.TEASER_BLURB
                continue
        labels[at] = Label.TEASER_TITLE
        if href:
            seen[href] = at
    for at in titles:
        if labels[at] is Label.TEASER_TITLE:
            _surroundings(lines, texts, labels, at)
    _section_labels(lines, labels, story)


def is_story_link(line: Line, url: str | None) -> bool:
    """A link on a line of its own, worded like a headline, to an address like an article's."""
    hints = line.hints
    if (
        hints is None
        or not hints.href
        or hints.link_share < 0.75
        or _in(line, "footer", "nav", "form", "hidden")
    ):
        return False
    shape = shape_of(line)
    heading = not hints.ancestors.isdisjoint(("h2", "h3", "h4", "h5"))
    if shape.length > 240 or shape.date == 2 or (not heading and shape.size < 3):
        return False
    if len(shape.words) < (2 if heading else 4) and shape.length < 36:
        return False
    try:
        there, here = urlsplit(urljoin(url or "", hints.href)), urlsplit(url or "")
    except ValueError:
        return False
    if there.path.rstrip("/") == here.path.rstrip("/") or not there.path.strip("/"):
        return False
    slug = there.path.rstrip("/").rsplit("/", 1)[-1]
    worded = (
        any(part.count("-") >= 3 or part.count("_") >= 3 for part in there.path.split("/"))
        or (slug.endswith((".html", ".htm")) and len(slug) > 16)
        or words_in(there.path, shape) >= 2
    )
    return worded or bool(re.search(r"\d{5}", there.path + there.query))


def _surroundings(lines: Sequence[Line], texts: Sequence[str], labels: list[Label], title: int) -> None:
    """The teaser's other lines: they follow the title, or stand right before it, in the same box."""
    for at in range(title + 1, min(len(lines), title + 5)):
        if labels[at] is not Label.CHROME or not _beside(lines[title], lines[at]):
            break
        shape, text = shape_of(lines[at]), lines[at].text
        if shape.date == 2:
            labels[at] = Label.TEASER_DATE
        elif "by^" in shape.lexicon and shape.size < 5:
            labels[at] = Label.TEASER_BYLINE
        elif shape.size >= 4 and (shape.sentences or shape.end == "…") and len(text) > 35:
            labels[at] = Label.TEASER_BLURB
        else:
            break
    at = title - 1
    if (
        at >= 0
        and labels[at] is Label.CHROME
        and shape_of(lines[at]).date == 2
        and _beside(lines[title], lines[at])
    ):
        after = title + 1 < len(lines) and labels[title + 1] is Label.TEASER_DATE
        if not after:
            labels[at] = Label.TEASER_DATE


def _beside(title: Line, other: Line) -> bool:
    if title.hints is None or other.hints is None:
        return True
    return (
        title.hints.href == other.hints.href and other.hints.href is not None
    ) or abs(title.hints.depth - other.hints.depth) <= 2  # fmt: skip


def _section_labels(lines: Sequence[Line], labels: list[Label], story: tuple[int, int]) -> None:
    for at in range(len(lines) - 1):
        if labels[at] is not Label.CHROME or labels[at + 1] is not Label.TEASER_TITLE:
            continue
        line, shape = lines[at], shape_of(lines[at])
        heading = line.hints is not None and line.hints.tag in ("h2", "h3", "h4", "h5")
        first = at == 0 or labels[at - 1] not in (
            Label.TEASER_TITLE, Label.TEASER_BLURB, Label.TEASER_DATE, Label.TEASER_BYLINE
        )  # fmt: skip
        if shape.size <= 3 and shape.date == 0 and (heading or ("section=" in shape.lexicon and first)):
            labels[at] = Label.SECTION
