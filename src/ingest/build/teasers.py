"""Labelled lines -> teasers: the title, date, byline and blurb of one story put together again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.build.byline import names_of
from ingest.dates import PrintedDate, without_dates
from ingest.line import Labels as Label
from ingest.line import Line
from ingest.page import Teaser
from ingest.pattern import lazy
from ingest.vocabulary import behind_read_more, phrases, plain

ReadDate = Callable[[str], "PrintedDate | None"]

_PARTS = frozenset({Label.TEASER_TITLE, Label.TEASER_DATE, Label.TEASER_BYLINE, Label.TEASER_BLURB})
_STORY = frozenset({Label.PARAGRAPH, Label.HEADLINE, Label.DECK, Label.SUBHEADING, Label.PUBLICATION})
_MARKER = lazy(r"(?:[•·▪●■►▶»›→*–—-]{1,9}|\d{1,2}\s?[.):]|#\d{1,2}\b)\s{1,9}(?=\S)")  # "• ", "3. ", "#3 "
_RANK = lazy(r"(\d{1,2})\s+(?=\S)")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LABEL = 80  # characters of a line that may be a section's label
_ENDING = 20  # letters at least of a title that another one may end with
_KICKED = 1.6  # how many times as long a title with its kicker is, at most
_REACH = 6  # lines that may stand between a list and its section label, or between a teaser's parts


class Draft:
    """A teaser while its lines are being collected."""

    def __init__(self, section: str | None) -> None:
        self.section = section
        self.lines: list[Line] = []
        self.title: Line | None = None
        self.dates: list[Line] = []
        self.byline: Line | None = None
        self.blurb: list[Line] = []

    @property
    def bare(self) -> bool:
        return self.title is None

    def retitle(self) -> None:
        """Lets go of the title, which was a kicker: the next one is the story's."""
        self.lines = [line for line in self.lines if line is not self.title]
        self.title = None

    def takes(self, line: Line, label: Label) -> None:
        self.lines.append(line)
        if label is Label.TEASER_TITLE and self.title is None:
            self.title = line
        elif label is Label.TEASER_DATE:
            self.dates.append(line)
        elif label is Label.TEASER_BYLINE:
            if self.byline is None:
                self.byline = line
            else:
                self.lines.remove(line)  # it names someone else, and a teaser has one byline
        elif label is Label.TEASER_BLURB:
            self.blurb.append(line)


def drafts_of(lines: Sequence[Line], labels: Sequence[Label]) -> list[Draft]:
    """Groups the lines of teasers, in page order."""
    drafts: list[Draft] = []
    for members, section in _lists(lines, labels):
        drafts += _unranked(_grouped(members, section))
    return [draft for draft in drafts if draft.title is not None]


def _unranked(drafts: list[Draft]) -> list[Draft]:
    """Drops the ranks from titles that count: "1 Steep price", "2 United stance", …"""
    ranks = [_RANK.match(draft.title.text) if draft.title else None for draft in drafts]
    numbers = [int(rank[1]) if rank else 0 for rank in ranks]
    for at, (draft, rank) in enumerate(zip(drafts, ranks, strict=True)):
        counts = numbers[at - 1 : at] == [numbers[at] - 1] or numbers[at + 1 : at + 2] == [numbers[at] + 1]
        if draft.title is not None and rank and counts and 1 in numbers:
            draft.title = draft.title._replace(text=draft.title.text[rank.end() :])
    return drafts


def _lists(
    lines: Sequence[Line], labels: Sequence[Label]
) -> Iterator[tuple[list[tuple[Line, Label]], str | None]]:
    """Runs of teaser lines with the label that stands over each."""
    run: list[tuple[Line, Label]] = []
    section, since = None, 0
    known = _headings()
    for line, label in zip(lines, labels, strict=True):
        if label in _PARTS:
            run.append((line, label))
            since = 0
            continue
        since += 1
        if label is Label.CHROME and len(line.text) <= _LABEL and plain(line.text) in known:
            label = Label.SECTION
        if label is Label.SECTION or label in _STORY or (since > _REACH and run):
            if run:
                yield run, section
            run = []
            section = (
                clean_label(line.text) if label is Label.SECTION else None if label in _STORY else section
            )
            since = 0 if label is Label.SECTION else since
        if since > _REACH:
            section = None
    if run:
        yield run, section


@cache
def _headings() -> frozenset[str]:
    """What stands over lists in many papers, as `plain` makes it."""
    return phrases("section") | phrases("read_more")


def _grouped(members: Sequence[tuple[Line, Label]], section: str | None) -> list[Draft]:
    """One draft a title. What precedes the first title of a list shows where its dates stand."""
    leading = _leads(members)
    drafts = [Draft(section)]
    for at, (line, label) in enumerate(members):
        draft = drafts[-1]
        if label is Label.TEASER_TITLE:
            if draft.title is not None and not _repeats(draft, line):
                if _heads(draft, line):
                    draft.retitle()
                elif _is_blurb_of(draft, line):
                    label = Label.TEASER_BLURB
                else:
                    draft = Draft(section)
                    drafts.append(draft)
        elif label in leading and not draft.bare and _title_follows(members, at):
            draft = Draft(section)
            drafts.append(draft)
        draft.takes(line, label)
    return drafts


def _leads(members: Sequence[tuple[Line, Label]]) -> frozenset[Label]:
    """The labels that stand before their title in this list ("14 Nov / Steep price / 13 Nov / …")."""
    before = []
    for _, label in members:
        if label is Label.TEASER_TITLE:
            break
        before.append(label)
    return frozenset(before)


def _title_follows(members: Sequence[tuple[Line, Label]], at: int) -> bool:
    following = [label for _, label in members[at + 1 : at + 3]]
    return Label.TEASER_TITLE in following


def _repeats(draft: Draft, line: Line) -> bool:
    """The title again, as picture text and heading: still the same story."""
    assert draft.title is not None
    return plain(draft.title.text) == plain(line.text)


def _heads(draft: Draft, line: Line) -> bool:
    """Whether a line is the heading of the link in which another stood over it: a kicker, no title.

    <a><div>Cycling</div><h3>The ferry is late again</h3></a>
    """
    title = draft.title
    if title is None or title.hints is None or line.hints is None or not line.hints.href:
        return False
    own, over = line.hints.ancestors, title.hints.ancestors
    return (
        title.hints.href == line.hints.href and not own.isdisjoint(_HEADINGS) and over.isdisjoint(_HEADINGS)
    )


def _is_blurb_of(draft: Draft, line: Line) -> bool:
    """A second text in the same link is the story's blurb, not another story."""
    title = draft.title
    if title is None or title.hints is None or line.hints is None or not line.hints.href:
        return False
    return title.hints.href == line.hints.href and len(line.text) > len(title.text)


def finished(
    drafts: Sequence[Draft], read_date: ReadDate, base: str | None, own: Sequence[str | None]
) -> Iterator[tuple[Teaser, list[Line]]]:
    """The teasers with the lines they were made of; repeats are merged, the article itself left out.

    ``own`` are the article's headline and address: what points there is no other story.
    """
    mine = {plain(text) for text in own if text}
    done: dict[str, tuple[Teaser, list[Line]]] = {}
    ends: dict[str, list[str]] = {}  # titles by their last letters
    for draft in drafts:
        teaser, members = _teaser(draft, read_date, base)
        key = plain(teaser.title)
        if not key or key in mine or (teaser.url and teaser.url in own):
            continue
        same = next((k for k in (key, teaser.url or "") if k in done), None)
        ending = ends.setdefault(key[-_ENDING:], [])
        if same is None:
            same = next((other for other in ending if _is_one(done[other][0], teaser)), None)
        ending.append(key)
        if same is None:
            entry = (teaser, members)
            done[key] = entry
            if teaser.url:
                done.setdefault(teaser.url, entry)
        else:
            merged, lines = done[same]
            whole = _merged(merged, teaser)
            entry = (whole, lines + [line for line in members if _told(whole, line)])
            for k in [key, *(k for k, known in done.items() if known[0] is merged)]:
                done[k] = entry
    yield from {id(entry): entry for entry in done.values()}.values()


def _is_one(one: Teaser, other: Teaser) -> bool:
    """Whether two titles are one, with a kicker before it in one place: "PremiumSteep price of the war"."""
    if one.url and other.url and one.url != other.url:
        return False
    short, long = sorted((plain(one.title), plain(other.title)), key=len)
    return len(short) >= _ENDING and len(long) <= _KICKED * len(short) and long.endswith(short)


def _told(teaser: Teaser, line: Line) -> bool:
    """Whether a line went into a teaser: a second byline or blurb of a repeated one did not."""
    if plain(teaser.title) in plain(line.text) or line.text == teaser.byline:
        return True
    dates = (teaser.published_raw, teaser.updated_raw)
    return line.text in (teaser.blurb or "") or any(date and date in line.text for date in dates)


def _merged(first: Teaser, second: Teaser) -> Teaser:
    """The first, with what only the second has."""
    gaps = {
        key: value
        for key, value in vars(second).items()
        if value and not getattr(first, key) and key not in ("truncated", "section")
    }
    if ("published" in gaps and first.updated_raw) or ("updated" in gaps and first.published_raw):
        gaps = {key: value for key, value in gaps.items() if not key.startswith(("published", "updated"))}
    if (
        len(second.title) < len(first.title)
        and plain(first.title) != plain(second.title)
        and _is_one(first, second)
    ):
        gaps["title"] = second.title
    merged = replace(first, **gaps)
    return replace(merged, truncated=is_cut(merged.blurb or merged.title))


def _teaser(draft: Draft, read_date: ReadDate, base: str | None) -> tuple[Teaser, list[Line]]:
    """A draft's teaser, and those of its lines that went into it."""
    assert draft.title is not None
    text, inside = _apart(draft.title, read_date)
    title = clean_title(text)
    blurb = " ".join(line.text for line in draft.blurb if plain(line.text) != plain(title)) or None
    byline = draft.byline.text if draft.byline is not None else None
    dates = [(date, line) for line in draft.dates if (date := read_date(line.text)) is not None]
    if not dates and inside is not None:
        dates = [(inside, draft.title)]
    if not dates and draft.byline is not None and (date := read_date(draft.byline.text)) is not None:
        dates = [(date, draft.byline)]
        byline = without_dates(draft.byline.text).strip(" |·-–—,•") or None
    published, on = next(((d, line) for d, line in dates if d.kind != "updated"), (None, None))
    updated, at = next(((d, line) for d, line in dates if d.kind == "updated"), (None, None))
    unused = {(line.number, line.part) for line in draft.dates if line not in (on, at)}
    teaser = Teaser(
        title=title,
        section=draft.section,
        byline=byline,
        authors=names_of(byline) if byline else (),
        published=published.value if published else None,
        published_raw=published.raw if published else None,
        updated=updated.value if updated else None,
        updated_raw=updated.raw if updated else None,
        blurb=blurb,
        truncated=is_cut(blurb or title),
        url=_address(draft, base),
    )
    return teaser, [line for line in draft.lines if (line.number, line.part) not in unused]


def _apart(line: Line, read_date: ReadDate) -> tuple[str, PrintedDate | None]:
    """A title without the day that an element of its own says beside it, and that day.

    <li><a>The ferry is late again</a> <time datetime="2024-01-26">26 Jan</time></li>
    """
    date = read_date(line.text) if line.hints is not None and line.hints.datetime else None
    if date is None or (date.start and line.text[date.end :].strip(" )]|·•,–—-")):
        return line.text, None  # a day amid the title is part of it
    rest = f"{line.text[: date.start]} {line.text[date.end :]}".strip(" ([)]|·•,–—-")
    return (" ".join(rest.split()), date) if plain(rest) else (line.text, None)


def clean_title(text: str) -> str:
    """A title without its list marker or its "Read more:".

    >>> clean_title("3. Read more: Steep price")
    'Steep price'
    """
    rest = _MARKER.sub("", text, count=1) if _MARKER.match(text) else text
    return behind_read_more(rest) or rest or text


def clean_label(text: str) -> str:
    """A section's label without a list's marker before it, or the arrow behind.

    >>> clean_label("* Recent posts »"), clean_label("U.S. & World")
    ('Recent posts', 'U.S. & World')
    """
    rest = _MARKER.sub("", text, count=1) if _MARKER.match(text) else text
    return rest.rstrip(" ›»>→") or text


def is_cut(text: str) -> bool:
    """Whether a text breaks off: "... if high..." and the like."""
    return text.rstrip(" ]\"'”’»").endswith(("...", "…", "[…"))


def _address(draft: Draft, base: str | None) -> str | None:
    title = draft.title
    href = title.hints.href if title is not None and title.hints is not None else None
    if href is None:
        href = next((line.hints.href for line in draft.lines if line.hints and line.hints.href), None)
    if not href:
        return None
    from ingest.read.metadata import absolute  # which flat pages have no use for

    return absolute(href, base)
