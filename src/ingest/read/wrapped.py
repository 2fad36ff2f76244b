"""Text broken at a fixed width -> one line a paragraph.

``lynx -dump``, ``fold``, mail and old feeds break paragraphs at 65 to 100 columns, so that a line of
the dump is no paragraph any more. A break made for the width shows: the next line's first word would
not have fitted. One width for which that holds at nearly all breaks within sentences gives it away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.line import Line
from ingest.pattern import lazy
from ingest.read.hyphens import UNSPACED, Hyphens
from ingest.read.text import collapse, decode_entities

_NARROWEST, _WIDEST = 50, 126  # columns between which text is wrapped
_LEAST_FULL = 4  # lines that reach the margin, from which a width is believed
_LONGEST_WORD = 24  # columns: a longer "word" (an address, a script without spaces) proves nothing
# Letters that a terminal gives two columns, and signs that it gives none
_TWO = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
_NONE = (
    "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u093c\u0941-\u0948\u094d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u200b-\u200d\u00ad"
)
_WIDE, _FLOATING, _UNEVEN = (lazy(f"[{signs}]") for signs in (_TWO, _NONE, _TWO + _NONE))
_BLANKS = " \t\xa0\u200b\ufeff\r"
_ENDED = (*".!?…。！？।؟۔:;", *(stop + quote for stop in ".!?…。！？।؟۔" for quote in "\"'”’»“)]」"))
# "• Steep price", "* Steep price", "+ sub", "o sub", "1. Steep price", "[x] done"
MARKER = lazy(r"(?:[•·▪●■□☆◇○◦‣►*+@#o–-]|\d{1,3}[.)])(?:\s+)(?=\S)")


class Raw(NamedTuple):
    """A non-blank line as it stands in the dump."""

    number: int
    gap: int  # blank lines before it
    indent: int  # columns
    text: str  # without white space at its ends
    edge: int  # the column where it ends


def raws(text: str) -> list[Raw]:
    """The non-blank lines of a text with their places on the page."""
    result: list[Raw] = []
    last = 0
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip(_BLANKS)
        if not stripped or stripped.isspace():
            continue
        indent = len(line) - len(line.lstrip(_BLANKS))
        result.append(Raw(number, number - last - 1, indent, stripped, indent + len(stripped)))
        last = number
    return result


def in_columns(lines: Sequence[Raw]) -> list[Raw]:
    """The lines as a terminal sets them: Chinese letters two columns wide, vowel signs none."""
    return [
        line if line.text.isascii() else line._replace(edge=line.indent + columns(line.text))
        for line in lines
    ]


def columns(text: str) -> int:
    """Columns that a terminal gives a text.

    >>> columns("Rain"), columns("雨です")
    (4, 6)
    """
    return len(text) + len(_WIDE.findall(text)) - len(_FLOATING.findall(text))


class Margin(NamedTuple):
    """Where a page was broken, and its lines measured as the program that broke it measured them."""

    width: int  # the last column, or the most characters
    lines: list[Raw]
    columns: bool = False  # whether their edges are columns; characters otherwise


def margin_of(lines: list[Raw]) -> Margin | None:
    """The right margin at which paragraphs were broken; None for lines that are whole.

    Terminal browsers count columns, ``fold`` and converters characters: the better explanation counts.

    >>> page = "The harbour board has agreed to pay\\nfor a second crane, its chairman said.\\n"
    >>> margin_of(raws(page)) is None
    True
    """
    best: tuple[int, Margin] | None = None
    readings = [lines]
    if any(not line.text.isascii() and _UNEVEN.search(line.text) for line in lines):
        readings.append(in_columns(lines))
    for reading in readings:
        width, full = _width(reading)
        if full >= _LEAST_FULL and (best is None or full > best[0]) and _is_wrapped(reading, width):
            best = full, Margin(width, reading, reading is not lines)
    return best[1] if best is not None else None


def _width(lines: Sequence[Raw]) -> tuple[int, int]:
    """The width that explains the most breaks, and their number."""
    covered = [0] * (_WIDEST + 2)  # a break is explained by widths from the line's edge to the next word's
    for one, other in pairwise(lines):
        if other.number - one.number == 1 and _NARROWEST <= one.edge <= _WIDEST:
            room = 1 + _first_word(other)
            if room <= _LONGEST_WORD:
                covered[one.edge] += 1
                covered[min(one.edge + room, _WIDEST + 1)] -= 1
    for column in range(1, len(covered)):
        covered[column] += covered[column - 1]
    most = max(covered)
    best = [column for column, count in enumerate(covered) if count == most]
    return best[len(best) // 2], most


def _is_wrapped(lines: Sequence[Raw], width: int) -> bool:
    """Breaks at the width stand within sentences, and few breaks within sentences stand elsewhere."""
    full = inside = lower = cased = early = near = chained = 0
    last = -1  # number of the last line that was full
    seen = set()  # a line that stands ten times on the page is one piece of evidence
    for one, other in pairwise(lines):
        if other.number - one.number > 1 or one.edge > width or 2 * one.edge < width or one.text in seen:
            continue
        seen.add(one.text)
        goes_on = not one.text.endswith(_ENDED)
        first = other.text[0]
        near += 1
        if is_full(one, other, width):
            full += 1
            chained += last == one.number - 1
            last = one.number
            inside += goes_on
            cased += first.isupper() or first.islower()
            lower += first.islower()
        elif goes_on and first.islower():
            early += 1
    over = sum(len(line.text) for line in lines if line.edge > width and " " in line.text[:width])
    whole = sum(len(line.text) for line in lines)
    if full < _LEAST_FULL or inside < 0.7 * full or 4 * over > whole:
        return False
    if 2 * cased > full:  # German has capitals within sentences, headlines of lists hardly anything else
        return lower >= max(0.2 * cased, early, _LEAST_FULL - 1) and (
            3 * full > near or lower >= 2 * _LEAST_FULL
        )
    # a list of headlines, all as long as they may be, has no two full lines in a row
    rows = 5 * chained >= full or (full >= 5 * _LEAST_FULL and 4 * full > 3 * near)
    return full >= 2 * _LEAST_FULL and 2 * full > near and rows


def is_full(one: Raw, other: Raw, width: int) -> bool:
    """Whether the next line's first word would not have fitted any more."""
    return one.edge + 1 + _first_word(other) > width


def _first_word(line: Raw) -> int:
    """Columns of what could not be broken at the start of a line."""
    word = line.text.partition(" ")[0]
    if word.isascii():
        return min(len(word), _WIDEST)
    if UNSPACED.match(word):
        return 2
    unspaced = UNSPACED.search(word)
    return columns(word[: unspaced.start()] if unspaced else word)


def paragraphs(lines: Sequence[Raw], width: int) -> Iterator[list[Raw]]:
    """The lines that belong together, in order."""
    block: list[Raw] = []
    for line in lines:
        if block and not continues(block, line, width):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def continues(block: Sequence[Raw], line: Raw, width: int) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = block[-1]
    if line.gap:
        return False
    first = line.text[0]
    goes_on = not last.text.endswith(_ENDED)
    full = is_full(last, line, width)
    if MARKER.match(line.text):  # a dash or a number may stand at the start of a line by chance
        return full and goes_on and first in "–-o0123456789" and line.indent == last.indent
    if not full:  # a margin of its own: a narrow box, a list
        return goes_on and first.islower() and 2 * last.edge > width
    if line.indent == last.indent or line.indent == _hanging(block[0]):
        return goes_on or not first.isupper() or 10 * last.edge > 8 * width
    return goes_on and (first.islower() or _is_centred(last, line, width))


def _hanging(line: Raw) -> int:
    """Where the text of a list item begins, below which its other lines stand."""
    marker = MARKER.match(line.text)
    return line.indent + (marker.end() if marker else 0)


def _is_centred(one: Raw, other: Raw, width: int) -> bool:
    return other.indent > one.indent and abs((width - other.edge) - other.indent) < 8


def wrapped_lines(margin: Margin) -> list[Line]:
    """Each paragraph as one line, which has the number of its first one.

    >>> page = ["The harbour board has agreed to pay for a second crane, its", "chairman said."]
    >>> wrapped_lines(Margin(60, raws("\\n".join(page))))[0].text
    'The harbour board has agreed to pay for a second crane, its chairman said.'
    """
    words = Hyphens([line.text for line in margin.lines])
    return [
        Line(block[0].number, text, block[0].gap)
        for block in paragraphs(margin.lines, margin.width)
        if (text := clean(words.joined([line.text for line in block])))
    ]


def clean(text: str) -> str:
    """White space collapsed, entities decoded: as in text that was not wrapped."""
    text = collapse(text)
    return decode_entities(text) if "&" in text else text
