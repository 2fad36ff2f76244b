"""Labelled lines and metadata -> the article."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ingest.build.byline import is_name, names_of, says_by, signs, signs_for_all
from ingest.build.dating import Dating, date_story
from ingest.build.printed import Candidate
from ingest.build.publisher import publisher_of
from ingest.build.reading import Reading
from ingest.build.section import section_of
from ingest.build.signed import names_by_role
from ingest.datelines import parse_dateline
from ingest.line import BODY, Line
from ingest.line import Labels as Label
from ingest.page import Article, Dateline, Warning
from ingest.pattern import lazy
from ingest.read.claim import TRUST, Claim, address_claims
from ingest.vocabulary import plain

if TYPE_CHECKING:
    from ingest.read.metadata import Metadata

_HEAD = 10  # lines above a story in which its byline may stand
_REACH = 40  # lines above a story in which its headline may stand, and the byline below that
_INSIDE = 6  # lines from a story's first paragraph on in which it may still stand
_BYLINE = 160  # characters that a byline may have
_NAME = 60  # characters that a name with its role may have
_UNSURE = frozenset(
    {Label.CHROME, Label.DECK, Label.SUBHEADING, Label.TEASER_BYLINE, Label.TEASER_TITLE, Label.DATE}
)
_NOTES = 3  # lines at a story's end that may tell of its writers
_LONG = 60  # characters from which a paragraph that stands twice is the page's second copy of it
_PIECES = lazy(r"\s{1,9}[|•·]\s{1,9}")  # "Jane Roe · Roe News · Posted: Aug 08, 2024"
_TITLE_ENDS = lazy(r"\s{1,9}(?:[|•·:»]|::|[-–—])\s{1,9}")  # "Steep price | Opinion | Dawn"


class Story(NamedTuple):
    """An article with its lines, by the field that each went into, and how it was dated."""

    article: Article | None
    lines: frozenset[Line] = frozenset()
    warnings: tuple[Warning, ...] = ()
    fields: Mapping[str, tuple[Line, ...]] = MappingProxyType({})
    dating: Dating = Dating()


def build_article(
    lines: Sequence[Line],
    labels: Sequence[Label],
    metadata: "Metadata | None",
    language: str | None,
    reading: Reading,
) -> Story:
    """The page's main article; none where no line is running text of one and the page calls itself none."""
    claims = metadata.claims if metadata is not None else address_claims(reading.url)
    body = _body(lines, labels)
    if not any(label is Label.PARAGRAPH for _, label in body):
        return _textless(lines, labels, metadata, language, reading, claims)
    headline, headline_line = _headline(lines, labels, metadata)
    place = {id(line): at for at, line in enumerate(lines)}
    text = [place[id(line)] for line, label in body if label is Label.PARAGRAPH]
    story = _under(text, place.get(id(headline_line))), place[id(body[-1][0])]
    head = _head(lines, headline_line, story[0])
    byline, authors = _byline(lines, labels, metadata, headline_line, head)
    body = _without_notes(body, authors)
    deck = next((line for line in _labelled(lines, labels, Label.DECK) if line is not byline), None)
    dating = date_story(lines, labels, head, claims, reading, story)
    publisher, imprint = publisher_of(lines, labels, metadata)
    section = section_of(lines, labels, place.get(id(headline_line)), metadata, publisher, reading.url)
    paragraphs = [line.text for line, _ in body]
    dateline = _dateline(paragraphs, body, dating.published, reading.country)
    told = _told(dating)
    single = {
        "headline": headline_line,
        "deck": deck,
        "byline": byline,
        "section": section[1],
        "publisher": imprint,
    }
    used = {line for line, _ in body}
    used |= {line for line in single.values() if line is not None} | dating.lines
    places = {**single, "published": told[0], "updated": told[1]}
    fields = {name: (line,) for name, line in places.items() if line is not None}
    return Story(
        Article(
            headline=headline,
            deck=deck.text if deck else None,
            byline=byline.text if byline else None,
            authors=authors,
            publisher=publisher,
            section=section[0],
            language=language,
            dateline=dateline,
            published=dating.published,
            published_raw=dating.published_raw,
            updated=dating.updated,
            updated_raw=dating.updated_raw,
            paragraphs=tuple(paragraphs),
        ),
        frozenset(used),
        dating.warnings,
        {**fields, "paragraphs": tuple(line for line, _ in body)},
        dating,
    )


def _textless(
    lines: Sequence[Line],
    labels: Sequence[Label],
    metadata: "Metadata | None",
    language: str | None,
    reading: Reading,
    claims: Sequence[Claim],
) -> Story:
    """A story that the page has no running text of: a video, a table of results, what a script would fetch.

    It is one where the markup names its publication, or where a day is printed right under its headline;
    a front page is none.
    """
    headline, printed = _headline(lines, labels, metadata)
    if headline is None:
        return Story(None)
    top = lines.index(printed) + 1 if printed is not None else 0
    head = range(top, min(top + _HEAD, len(lines)) if printed is not None else top)
    dating = date_story(lines, labels, head, claims, reading, (len(lines), len(lines)))
    if not _is_declared(claims, reading.url) and not _is_dated(dating.chosen[0], labels, head):
        return Story(None)
    publisher, _ = publisher_of(lines, labels, metadata)
    _, authors = _byline(lines, labels, metadata, printed, head)
    told = {"headline": printed, **dict(zip(("published", "updated"), _told(dating), strict=True))}
    fields = {name: (line,) for name, line in told.items() if line is not None}
    return Story(
        Article(
            headline=headline,
            authors=authors,
            publisher=publisher,
            language=language,
            published=dating.published,
            published_raw=dating.published_raw,
            updated=dating.updated,
            updated_raw=dating.updated_raw,
        ),
        dating.lines | {line for line in (printed,) if line is not None},
        dating.warnings,
        {**fields, "paragraphs": ()},
        dating,
    )


def _is_declared(claims: Sequence[Claim], url: str | None) -> bool:
    """Whether the markup names the publication of a story, and the page is not the site's first."""
    return not _is_front(url) and any(
        one.kind == "published" and one.trust >= TRUST["JSON-LD"] for one in claims
    )


def _is_dated(printed: Candidate | None, labels: Sequence[Label], head: range) -> bool:
    """Whether a day stands right under the headline as that of the story."""
    return (
        printed is not None
        and printed.at in head
        and (labels[printed.at] is Label.DATE or "metadata say the same" in printed.reasons)
    )


def _told(dating: Dating) -> tuple[Line | None, Line | None]:
    """The lines on which publication and update are printed."""
    published, updated = (one.line if one is not None else None for one in dating.chosen)
    return published, updated


def _is_front(url: str | None) -> bool:
    """Whether an address is that of a site's first page."""
    path = (url or "").partition("://")[2].partition("?")[0].partition("#")[0].partition("/")[2].strip("/")
    return url is not None and (not path or path.startswith(("index.", "home")))


def _body(lines: Sequence[Line], labels: Sequence[Label]) -> list[tuple[Line, Label]]:
    """The story's lines in order, without the second copy that some pages keep of it."""
    body, seen = [], set()
    labels = _seen(lines, _ended(lines, labels))
    for line, label in zip(lines, labels, strict=True):
        if label in BODY:
            key = line.text if len(line.text) >= _LONG else None
            if key is None or key not in seen:
                body.append((line, label))
            seen.add(key)
    while body and body[-1][1] is Label.SUBHEADING:  # a heading over nothing belongs to what follows
        body.pop()
    return body


def _without_notes(body: list[tuple[Line, Label]], authors: Sequence[str]) -> list[tuple[Line, Label]]:
    """The story without what is told of its writers at its end: "Jane Roe covers schools for the Herald."."""
    names = tuple(name.casefold() for name in authors if " " in name)
    for at in range(max(1, len(body) - _NOTES), len(body)):
        if names and body[at][0].text.casefold().startswith(names):
            return body[:at]
    return body


def _ended(lines: Sequence[Line], labels: Sequence[Label]) -> list[Label]:
    """The labels without the text behind a publication line, which ends a story where it follows one.

    "Published in Dawn, January 26th, 2024" stands under the last paragraph; notes about the writer
    and other people's openings come after it.
    """
    for at, label in enumerate(labels):
        if label is Label.PUBLICATION:
            before, after = (
                sum(len(line.text) for line, other in zip(part, kinds, strict=True) if other in BODY)
                for part, kinds in ((lines[:at], labels[:at]), (lines[at:], labels[at:]))
            )
            if before > after:
                return [*labels[:at], *(Label.CHROME if other in BODY else other for other in labels[at:])]
    return list(labels)


def _seen(lines: Sequence[Line], labels: list[Label]) -> list[Label]:
    """The labels without hidden text, where more is shown: what a paywall hides is often a filler."""
    hidden = [line.hints is not None and "hidden" in line.hints.ancestors for line in lines]
    shown = 0
    for line, label, gone in zip(lines, labels, hidden, strict=True):
        if label is Label.PARAGRAPH:
            shown += -len(line.text) if gone else len(line.text)
    if shown <= 0:  # the story itself is hidden until a script has run
        return labels
    return [
        Label.CHROME if gone and label in BODY else label for label, gone in zip(labels, hidden, strict=True)
    ]


def _dateline(
    paragraphs: list[str], body: Sequence[tuple[Line, Label]], published: str | None, country: str | None
) -> Dateline | None:
    """Cuts the dateline off the first paragraph, in place."""
    at = next(at for at, (_, label) in enumerate(body) if label is Label.PARAGRAPH)
    dateline = parse_dateline(paragraphs[at], published, country)
    if dateline is not None:
        paragraphs[at] = dateline.rest
        if not dateline.rest:
            del paragraphs[at]
    return dateline


def _labelled(lines: Sequence[Line], labels: Sequence[Label], wanted: Label) -> list[Line]:
    return [line for line, label in zip(lines, labels, strict=True) if label is wanted]


def _headline(
    lines: Sequence[Line], labels: Sequence[Label], metadata: "Metadata | None"
) -> tuple[str | None, Line | None]:
    """The printed headline; of several the one that the metadata know; where none is printed, theirs."""
    claims = metadata.headlines if metadata is not None else ()
    known = {plain(form) for claim in claims for form in _forms(claim)}
    printed = _labelled(lines, labels, Label.HEADLINE)
    best = next((line for line in printed if plain(line.text) in known), next(iter(printed), None))
    if best is not None:
        return best.text, best
    return (_unprinted(metadata), None) if metadata is not None else (None, None)


def _forms(title: str) -> list[str]:
    """A page title whole, and without what stands behind or before its bars."""
    parts = _TITLE_ENDS.split(title)
    return [title, parts[0], parts[-1]] if len(parts) > 1 else [title]


def _unprinted(metadata: "Metadata") -> str | None:
    """The metadata's headline without the site's name; None when it is nothing but that."""
    sites = {plain(name) for name in metadata.publishers}
    for claim in metadata.headlines:
        parts = _TITLE_ENDS.split(claim)
        own = [part for part in parts if plain(part) not in sites]
        if own and len(plain(claim).split()) > 2:
            return claim if own == parts else own[0]
    return None


def _byline(
    lines: Sequence[Line],
    labels: Sequence[Label],
    metadata: "Metadata | None",
    headline: Line | None,
    head: range,
) -> tuple[Line | None, tuple[str, ...]]:
    """The byline as printed, and the names: as metadata spell them where the page prints them too."""
    people, desks = _claimed_names(metadata) if metadata is not None else ([], [])
    claims = people or desks
    below = headline.number if headline is not None else 0
    printed = sorted(
        _labelled(lines, labels, Label.BYLINE) + _unlabelled(lines, labels, head, headline is not None),
        key=lambda line: (not says_by(line.text), not signs(line.text), line.number < below),
    )
    told = _printed_of(claims, lines)
    for line in printed:
        if any(name.casefold() in line.text.casefold() for name in claims):
            return line, told
    if told and people:
        return next(iter(printed), None), told
    for line in [*printed, *_signed_below(lines, labels)]:
        if names := names_of(line.text):
            return line, tuple(dict.fromkeys(names + _further(line, lines, labels)))
    if told:
        return next(iter(printed), None), told
    nameless = (
        line
        for line in printed
        if signs_for_all(line.text) and not any(map(str.isdigit, line.text))  # "2 minutes read"
    )
    return next(nameless, None), tuple(claims)


def _further(byline: Line, lines: Sequence[Line], labels: Sequence[Label]) -> tuple[str, ...]:
    """The names on the bylines right below a byline that signs: a line for each writer, with a role."""
    names: tuple[str, ...] = ()
    below = lines.index(byline) + 1
    for line, label in zip(lines[below:], labels[below:], strict=True):
        if label is not Label.BYLINE or not signs(line.text):
            break
        names += names_of(line.text)
    return names


def _signed_below(lines: Sequence[Line], labels: Sequence[Label]) -> list[Line]:
    """The lines at a story's end that sign it by a role against a name, as Korean papers do."""
    last = max((at for at, label in enumerate(labels) if label is Label.PARAGRAPH), default=len(lines))
    near = lines[last : last + _NOTES]
    return [line for line in near if len(line.text) <= _NAME and names_by_role(line.text)]


def _claimed_names(metadata: "Metadata") -> tuple[list[str], list[str]]:
    """The names in the metadata's authors: people's, not the publisher's own, and as they stand there."""
    claims = [
        claim
        for claim in metadata.authors
        if "/" not in claim and "@" not in claim and len(claim) < 80 and any(map(str.isalpha, claim))
    ]
    people = [name for claim in claims for name in (names_of(claim) or ((claim,) if is_name(claim) else ()))]
    papers = {plain(name) for name in metadata.publishers}
    own = dict.fromkeys(name for name in people if plain(name) not in papers)
    return list(own), list(dict.fromkeys(claims))


def _printed_of(names: Sequence[str], lines: Sequence[Line]) -> tuple[str, ...]:
    """Those of the names that the page prints on a line that may be a byline."""
    if not names:
        return ()
    printed = "\n".join(line.text for line in lines if len(line.text) <= _BYLINE).casefold()
    return tuple(name for name in names if name.casefold() in printed)


def _under(text: Sequence[int], headline: int | None) -> int:
    """The place of the first paragraph, not counting what stands above the headline of most of them."""
    below = [at for at in text if headline is not None and at > headline]
    return below[0] if 2 * len(below) >= len(text) > 0 and below else text[0]


def _head(lines: Sequence[Line], headline: Line | None, start: int) -> range:
    """The lines below a headline and among the first paragraphs, which say whose a story is, and of when.

    ``start`` is the place of the first of these.
    """
    reach = range(start - 1, max(0, start - _REACH) - 1, -1)
    same = plain(headline.text) if headline is not None else ""
    near = (at for at in reach if same and 3 * len(lines[at].text) >= len(same))  # plain, one may be three
    title = next((at for at in near if plain(lines[at].text) == same), None)
    top = max(0, start - _HEAD) if title is None else title + 1
    return range(top, min(len(lines), start + _INSIDE))


def _unlabelled(lines: Sequence[Line], labels: Sequence[Label], head: range, titled: bool) -> list[Line]:
    """Lines that sign a story by what they say, whatever their label: "By" and names, or a known name."""
    return [lines[at] for at in head if _is_signed(lines[at].text, labels[at], titled)]


def _is_signed(text: str, label: Label, titled: bool) -> bool:
    if (label is Label.CAPTION or label in _UNSURE) and len(text) < _BYLINE and says_by(text):
        return True
    if not titled or label not in _UNSURE:
        return False
    return (len(text) < _NAME and signs(text)) or (
        label is Label.DATE and signs(_PIECES.split(text, maxsplit=1)[0])
    )
