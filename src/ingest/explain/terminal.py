"""How a page was read, for a terminal or a pipe: each line, its label, what decided, where it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.explain.columns import padded, width_of, wrapped
from ingest.explain.dates import considered, verdicts
from ingest.explain.evidence import label_name
from ingest.explain.reading import Explained, ReadLine
from ingest.explain.summary import counts, jq_path, line_numbers, listed, short_value, sure, why
from ingest.line import Label

_HEAD, _STORY, _SIGN, _SECTION, _TEASER, _REST = "1;36", "32", "35", "34", "33", "90"
COLOURS = {
    Label.HEADLINE: _HEAD,
    Label.DECK: "36",
    Label.BYLINE: _SIGN,
    Label.DATE: _SIGN,
    Label.PUBLICATION: _SIGN,
    Label.PARAGRAPH: _STORY,
    Label.SUBHEADING: "1;32",
    Label.SECTION: _SECTION,
    Label.TEASER_TITLE: "1;33",
    Label.TEASER_DATE: _TEASER,
    Label.TEASER_BYLINE: _TEASER,
    Label.TEASER_BLURB: _TEASER,
    Label.CAPTION: _REST,
    Label.CHROME: _REST,
}
_DIM, _BOLD, _WON, _DOUBT = "2", "1", "1;32", "1;33"
_LABEL = 17  # columns of the labels
_ROWS = 2  # of a line's text
_LEAST = 12  # columns that are left to a text on the narrowest terminal


class Look(NamedTuple):
    """What the output is written for: its columns, and whether it takes colours."""

    width: int = 100
    colour: bool = False

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def page_report(page: Explained, look: Look, only: str = "all") -> Iterator[str]:
    """The lines of the report, without line ends; page text can't drive the terminal."""
    yield look.paint(_clipped(page.page.source.name, look.width), _BOLD)
    yield from (look.paint(row, _DIM) for row in wrapped(counts(page), look.width))
    yield ""
    shown = [one for one in page.lines if one.is_of(only)]
    size = max((len(one.name) for one in shown), default=1)
    for one in shown:
        yield from _line(one, look, size)
    yield from _record(page, look, only)


def _clipped(text: str, width: int) -> str:
    return wrapped(text, width, 1)[0]


def _line(one: ReadLine, look: Look, size: int) -> Iterator[str]:
    colour = COLOURS[one.label]
    bar = look.paint("┃", colour)
    left = size + 3 + _LABEL
    width = max(_LEAST, look.width - left)
    rows = wrapped(one.line.text, width, _ROWS)
    for at, row in enumerate(rows):
        number = look.paint(f"{one.name:>{size}}" if at == 0 else " " * size, _DIM)
        label = look.paint(f"{label_name(one.label) if at == 0 else '':<{_LABEL}}", colour)
        yield f"{number} {bar} {label}{look.paint(row, _DIM) if one.part == 'rest' else row}"
    for at, row in enumerate(wrapped(why(one), width)):
        head = sure(one) if at == 0 else ""
        yield f"{' ' * size} {bar} {look.paint(f'{head:<{_LABEL}}{row}', _DIM)}"
    if one.fields:
        for row in wrapped(f"→ {listed(one.fields)}", width):
            yield f"{' ' * size} {bar} {' ' * _LABEL}{look.paint(row, colour)}"


def _record(page: Explained, look: Look, only: str) -> Iterator[str]:
    """The fields of the record, each with the lines that it was built from."""
    if only == "rest":
        return
    yield ""
    yield look.paint("The record", _BOLD)
    rows: list[_Row] = []
    if only != "teasers":
        if page.page.article is None:
            yield "  no main article"
        rows += _article_rows(page)
    if only != "article":
        rows += (
            (f".teasers[{number}]", teaser.title, _where(page, f"teasers.{number}"))
            for number, teaser in enumerate(page.page.teasers)
        )
    yield from _fields(rows, look)
    for warning in page.page.warnings:
        for row in wrapped(f"warning {warning.code}: {warning.message}", look.width - 2):
            yield "  " + look.paint(row, _DOUBT)


_Row = tuple[str, str, str]  # a field's path, its value, where it comes from


def _article_rows(page: Explained) -> Iterator[_Row]:
    paragraphs = [field for path, field in page.fields.items() if path.startswith("article.paragraphs.")]
    for path, field in page.fields.items():
        if path.startswith("article.") and field not in paragraphs:
            yield jq_path(path), short_value(field.value), _where(page, path)
    if paragraphs:
        numbers = line_numbers(page, [at for field in paragraphs for at in field.lines])
        yield ".article.paragraphs", f"{len(paragraphs)} in all", numbers


def _where(page: Explained, path: str) -> str:
    field = page.fields[path]
    return line_numbers(page, field.lines) if field.lines else field.source or ""


def _fields(rows: Sequence[_Row], look: Look) -> Iterator[str]:
    first = max((width_of(path) for path, _, _ in rows), default=0)
    last = min(24, max((width_of(where) for _, _, where in rows), default=0))
    middle = look.width - first - last - 6
    for path, value, where in rows:
        if middle < _LEAST:
            for text, code in ((path, _BOLD), (value, "0"), (where, _DIM)):
                yield "  " + look.paint(_clipped(text, look.width - 2), code)
        else:
            source = look.paint(_clipped(where, max(last, 8)), _DIM)
            yield f"  {padded(path, first)}  {padded(_clipped(value, middle), middle)}  {source}".rstrip()


def date_report(page: Explained, look: Look) -> Iterator[str]:
    """The dates that were considered, the heaviest first, and why one won."""
    yield look.paint(_clipped(page.page.source.name, look.width), _BOLD)
    if page.page.article is None:
        yield "no main article, so no date of one"
        return
    for one in verdicts(page):
        yield f"{one.name:<11}{look.paint(one.value or '–', _WON if one.value else _DIM)}"
        yield from (" " * 11 + row for row in wrapped(one.why, look.width - 11))
    claims = [f"{name} {value}" for name, value in page.claimed._asdict().items() if value]
    if page.page.source.format == "html":
        yield from wrapped(f"the page’s head says: {', '.join(claims) or 'nothing'}", look.width)
    yield ""
    found = considered(page)
    yield look.paint("Considered, the heaviest first" if found else "No printed date was considered", _BOLD)
    for date in found:
        mark = look.paint(f"{date.won or '':<10}", _WON)
        said = f"line {date.number}: “{date.raw}” = {date.value or 'no day'}"
        rows = wrapped(said, max(_LEAST, look.width - 18))
        yield f"{mark} {date.weight:+5.1f}  {rows[0]}"
        yield from (" " * 18 + row for row in rows[1:])
        told = " · ".join(f"{weight:+g} {text}" for text, weight in date.reasons) or "nothing speaks for it"
        yield from (" " * 18 + look.paint(row, _DIM) for row in wrapped(told, max(_LEAST, look.width - 18)))
    for warning in page.dating.warnings:
        for row in wrapped(f"warning {warning.code}: {warning.message}", look.width):
            yield look.paint(row, _DOUBT)
