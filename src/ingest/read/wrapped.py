"""Text broken at a fixed width -> one line a paragraph.

``lynx -dump``, ``fold``, mail and old feeds break paragraphs at 65 to 100 columns, so that a line of
the dump is no paragraph any more. A break made for the width shows: the next line's first word would
not have fitted. One width for which that holds at nearly all breaks within sentences gives it away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.line import Line
from ingest.read.text import collapse, decode_entities

_NARROWEST, _WIDEST = 50, 126  # columns between which text is wrapped
_LEAST_FULL = 4  # lines that reach the margin, from which a width is believed
_LONGEST_WORD = 24  # columns: a longer "word" (an address, a script without spaces) proves nothing
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")
_ENDED = (*".!?…。！？।؟۔:;", *(stop + quote for stop in ".!?…。！？।؟۔" for quote in "\"'”’»“)]」"))
# "• Steep price", "* Steep price", "+ sub", "o sub", "1. Steep price", "[x] done"
MARKER = re.compile(r"(?:[•·▪●■□☆◇○◦‣►*+@#o–-]|\d{1,3}[.)])(?:\s+)(?=\S)")


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
    plain = text.isascii()
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip(" \t\xa0\u200b\ufeff\r")
        if not stripped or stripped.isspace():
            continue
        indent = len(line) - len(line.lstrip(" \t\xa0\u200b\ufeff"))
        edge = indent + len(stripped)
        if not plain and not stripped.isascii():
            edge += len(_WIDE.findall(stripped))
        result.append(Raw(number, number - last - 1, indent, stripped, edge))
        last = number
    return result


def wrap_width(lines: Sequence[Raw]) -> int | None:
    """The column at which paragraphs were broken; None for lines that are whole.

    >>> page = "The harbour board has agreed to pay\\nfor a second crane, its chairman said.\\n"
    >>> wrap_width(raws(page)) is None
    True
    """
    covered = [0] * (_WIDEST + 2)  # breaks that a width explains: those from a line's edge to the next word's
    for one, other in zip(lines, lines[1:], strict=False):
        if other.gap == 0 and _NARROWEST <= one.edge <= _WIDEST:
            room = 1 + _first_word(other)
            if room <= _LONGEST_WORD:
                covered[one.edge] += 1
                covered[min(one.edge + room, _WIDEST + 1)] -= 1
    for column in range(1, len(covered)):
        covered[column] += covered[column - 1]
    most = max(covered)
    if most < _LEAST_FULL:
        return None
    best = [column for column, count in enumerate(covered) if count == most]
    width = best[len(best) // 2]
    return width if _is_wrapped(lines, width) else None


def _is_wrapped(lines: Sequence[Raw], width: int) -> bool:
    """Breaks at the width stand within sentences, and few breaks within sentences stand elsewhere."""
    full = inside = lower = cased = early = 0
    for one, other in zip(lines, lines[1:], strict=False):
        if other.gap or one.edge > width or 2 * one.edge < width:
            continue
        goes_on = not one.text.endswith(_ENDED)
        first = other.text[0]
        if is_full(one, other, width):
            full += 1
            inside += goes_on
            cased += first.isupper() or first.islower()
            lower += first.islower()
        elif goes_on and not first.isupper():
            early += 1
    over = sum(len(line.text) for line in lines if line.edge > width and " " in line.text[:width])
    whole = sum(len(line.text) for line in lines)
    return (
        full >= _LEAST_FULL
        and inside >= 0.6 * full
        and 3 * early <= full + 3
        and 5 * over <= whole
        and (lower >= 0.4 * cased if 2 * cased > full else full >= 2 * _LEAST_FULL)
    )


def is_full(one: Raw, other: Raw, width: int) -> bool:
    """Whether the next line's first word would not have fitted any more."""
    return one.edge + 1 + _first_word(other) > width


def _first_word(line: Raw) -> int:
    """Columns of what could not be broken at the start of a line."""
    word = line.text.split(None, 1)[0]
    if not word.isascii() and (wide := _WIDE.search(word)):
        return wide.start() or 2
    return min(len(word), _WIDEST)


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
    if line.gap or MARKER.match(line.text):
        return False
    first = line.text[0]
    goes_on = not last.text.endswith(_ENDED)
    if not is_full(last, line, width):
        # a margin of its own: a narrow box, a list
        return goes_on and first.islower() and 10 * last.edge > 7 * width
    if line.indent == last.indent or line.indent == _hanging(block[0]):
        return goes_on or not first.isupper() or 10 * last.edge > 8 * width
    return goes_on and (first.islower() or _is_centred(last, line, width))


def _hanging(line: Raw) -> int:
    """Where the text of a list item begins, below which its other lines stand."""
    marker = MARKER.match(line.text)
    return line.indent + (marker.end() if marker else 0)


def _is_centred(one: Raw, other: Raw, width: int) -> bool:
    return other.indent > one.indent and abs((width - other.edge) - other.indent) < 8


def wrapped_lines(lines: Sequence[Raw], width: int) -> list[Line]:
    """Each paragraph as one line, which has the number of its first one.

    >>> page = ["The harbour board has agreed to pay for a second crane, its", "chairman said."]
    >>> wrapped_lines(raws("\\n".join(page)), 60)[0].text
    'The harbour board has agreed to pay for a second crane, its chairman said.'
    """
    words = Hyphens(lines)
    return [
        Line(block[0].number, text, block[0].gap)
        for block in paragraphs(lines, width)
        if (text := clean(words.joined(block)))
    ]


def clean(text: str) -> str:
    """White space collapsed, entities decoded: as in text that was not wrapped."""
    text = collapse(text)
    return decode_entities(text) if "&" in text else text


_LINE_END = re.compile(r"([^\W\d_]{2,30})[-\u00ad\u2010]$")
_LINE_START = re.compile(r"([^\W\d_]{2,30})")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# "Ein- und Ausfuhr", "two- and three-year terms": the hyphen stands for a word to come
_AND = frozenset("and or und oder bzw bis to et ou y o e of en och og eller ja tai i lub".split())
# "self-made": what stands before a hyphen that was printed
_COMPOUND = frozenset(
    "all anti co cross counter ex extra far full half high ill inter long low mid mini multi near neo non off once "
    "one over part post pre pro quasi re second self semi short single so still sub super third three two ultra "
    "under well east west north south year day week month hour time state old like led based".split()
)
_OFTEN = 0.04  # share of line ends with a hyphen, from which words were hyphenated and not only compounds broken


class Hyphens:
    """Joins lines, and undoes hyphenation where the page shows what the whole word is."""

    def __init__(self, lines: Sequence[Raw]) -> None:
        self.lines = lines
        self.words: frozenset[str] | None = None
        ends = sum(_LINE_END.search(line.text[-32:]) is not None for line in lines)
        self.often = ends >= 2 and ends >= _OFTEN * len(lines)

    def joined(self, block: Sequence[Raw]) -> str:
        """The text of the lines of one paragraph."""
        if len(block) == 1:
            return block[0].text
        parts = [block[0].text]
        for line in block[1:]:
            parts[-1], between = self.seam(parts[-1], line.text)
            parts += (between, line.text)
        return "".join(parts).replace("\u00ad", "")

    def seam(self, before: str, after: str) -> tuple[str, str]:
        """What is left of the line before, and what stands between the two.

        >>> words = Hyphens(raws("The coalition met.\\nA US-\\nled coali-\\ntion went."))
        >>> words.seam("led coali-", "tion went."), words.seam("A US-", "led coali-")
        (('led coali', ''), ('A US-', ''))
        """
        if before[-1] == "\u00ad":
            return before[:-1], ""
        end = _LINE_END.search(before[-32:])
        if end is None:
            return before, "" if _unspaced(before, after) else " "
        start = _LINE_START.match(after)
        if start is None:
            return before, " "
        first, second = end[1], start[1]
        if second.lower() in _AND:
            return before, " "
        return (before[:-1], "") if self.is_one_word(first, second) else (before, "")

    def is_one_word(self, first: str, second: str) -> bool:
        """Whether a hyphen between two parts was set by the line break."""
        if not second.islower():
            return False
        if self.words is None:
            self.words = frozenset(
                word.lower() for line in self.lines for word in _WORD.findall(line.text.rstrip("-\u2010"))
            )
        low = first.lower()
        if low + second in self.words:
            return True
        if not self.often or not first[1:].islower() or f"{low}-{second}" in self.words:
            return False
        return low not in _COMPOUND and second not in _COMPOUND and not {low, second} <= self.words


def _unspaced(before: str, after: str) -> bool:
    """Chinese and Japanese go on without a space, and so does a compound broken at its hyphen ("7-day")."""
    if before[-1] == "-" and len(before) > 1 and before[-2].isalnum():
        return True
    return bool(_WIDE.match(before[-1]) and _WIDE.match(after[0]) and not "\uac00" <= after[0] <= "\ud7a3")
