"""``lynx -dump``, ``elinks -dump`` and ``links -dump`` with numbered links -> lines with hints.

These browsers set "[12]" before each link and list the addresses at the end. The list becomes one
line of the page, the marks become hints, and the layout (headings at column 0 and 2, text at 3, bullets
at 5) says what a block is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.line import Hints, Line
from ingest.pattern import lazy
from ingest.read.hyphens import Hyphens
from ingest.read.wrapped import MARKER, Margin, Raw, clean, in_columns, margin_of, paragraphs

_WIDTH = 72  # columns, where the page has too little text to tell
_MARK = lazy(r"\[(\d{1,4})\]")
_ATTACHED = lazy(r"\[\d{1,4}\](?=[^\s\[\](:,.;])|^[^\S\n]{0,99}(?:[*+o•]\s{1,9})?\[\d{1,4}\]\[", re.M)
_HEADS = frozenset(
    {"references", "visible links", "hidden links", "links"}
)  # over the list, with ":" or without
_ADDRESS = lazy(r"(?:\d{1,4}\.\s+)?(?:[a-z][a-z0-9+.-]{1,20}:|/|#|\?)\S*$", re.I)
_ENTRY = lazy(r"(\d{1,4})\.\s+(.*)")
_LINKED = 60  # characters of running text that one link holds at most: its end is not marked
_SENTENCE = lazy(r"[.!?…]\s")
_HEADINGS = {0: "h2", 2: "h3", 4: "h4"}  # by column; running text stands at column 3


def is_browser(text: str) -> bool:
    """Whether a terminal browser with numbered links made the text, by its list or by its marks."""
    from ingest.read.wrapped import raws

    lines = raws(text)
    if _references_at(lines) < len(lines):
        return True
    found = [int(mark[1]) for mark in _MARK.finditer(text) if mark.end() < len(text)]
    attached = len(_ATTACHED.findall(text))
    rising = sum(one < other for one, other in pairwise(found))
    # footnotes stand behind words, at the end of sentences; these stand before, and most begin a line
    first = sum(_MARK.match(MARKER.sub("", line.text, count=1)) is not None for line in lines)
    return (
        attached >= 8
        and 2 * attached > len(found)
        and 10 * rising >= 9 * (len(found) - 1)
        and 2 * first > attached
    )


def _references_at(lines: Sequence[Raw]) -> int:
    """Where the list of addresses at the end begins; the number of lines where there is none."""
    last = len(lines)
    addresses = others = 0
    for at in range(len(lines) - 1, -1, -1):
        text = lines[at].text
        if _ADDRESS.match(text):
            addresses += 1
        elif _ENTRY.match(text):  # "12. javascript: void(0)", "12. Steep price" over its address
            others += 1
        elif text.rstrip(":").lower() in _HEADS:
            if addresses and 2 * addresses >= others:
                last = at
        elif others + addresses == 0 or not _ENTRY.match(lines[at - 1].text):  # an entry in two lines
            break
    return last


def browser_lines(lines: list[Raw]) -> list[Line]:
    """The lines of a page, paragraphs whole, link marks turned into hints.

    >>> from ingest.read.wrapped import raws
    >>> page = "   Read [1]the report today.\\n\\nReferences\\n\\n   1. https://example.org/report\\n"
    >>> [(line.text, line.hints.href) for line in browser_lines(raws(page))][0]
    ('Read the report today.', 'https://example.org/report')
    """
    end = _references_at(lines)
    listed = lines[end:]
    addresses = _addresses(listed)
    page = lines[:end]
    margin = margin_of(page) or Margin(_WIDTH, in_columns(page))
    hyphens = Hyphens([])  # these programs break compounds, they never hyphenate
    found = []
    box, last = 0, ""
    for block in paragraphs(margin.lines, margin.width):
        tag, text = _tag(block, hyphens.joined([line.text for line in block]))
        if tag != last or tag != "li":
            box += tag != last
        last = tag
        line = _line(block[0], clean(text), tag, addresses, box)
        if line.text:
            found.append(line)
    if listed:
        text = clean(" ".join(line.text for line in listed))
        hints = Hints("ul", frozenset({"nav", "footer", "ul"}), link_share=1.0, block=box + 1)
        found.append(Line(listed[0].number, text, listed[0].gap, hints))
    return found


def _addresses(listed: Sequence[Raw]) -> dict[str, str | None]:
    """Number -> address. elinks sets some below their titles."""
    addresses: dict[str, str | None] = {}
    number = ""
    for line in listed:
        entry = _ENTRY.match(line.text)
        if entry:
            number, text = entry[1], entry[2]
            addresses.setdefault(number)
        else:
            text = line.text
        if number and " " not in text and _ADDRESS.match(text):
            addresses[number] = text
    return addresses


def _tag(block: Sequence[Raw], text: str) -> tuple[str, str]:
    """What the layout says of a block, and its text without the bullet."""
    first = block[0]
    marker = MARKER.match(text)
    if marker and first.indent > 1:
        return "li", text if text[0].isdigit() else text[marker.end() :]
    if first.indent > 8 and len(block) < 4:
        return "h1", text
    if len(text) < 160 and first.indent in _HEADINGS and not text.startswith("["):
        return _HEADINGS[first.indent], text
    return "", text


def _line(first: Raw, text: str, tag: str, addresses: Mapping[str, str | None], box: int) -> Line:
    marks = [mark for mark in _MARK.finditer(text) if not addresses or mark[1] in addresses]
    if not marks:
        return Line(first.number, text, first.gap, Hints(tag, block=box))
    parts, spans, at = [], [], 0
    for mark in marks:
        parts.append(text[at : mark.start()])
        at = mark.end()
    parts.append(text[at:])
    if len(parts) > 2:  # "Canada[12]World": two links that only their numbers kept apart
        parts = [
            p + " " if p[-1:].isalnum() and after[:1].isalnum() else p for p, after in pairwise(parts)
        ] + parts[-1:]
    printed = "".join(parts)
    prose = len(printed) > 150 or len(_SENTENCE.findall(printed)) > 1
    for mark, part in zip(marks, parts[1:], strict=True):
        stop = _SENTENCE.search(part) if prose else None
        size = min(stop.start() if stop else len(part), _LINKED if prose else len(part))
        spans.append((size, mark[1]))
    collapsed = clean(printed)
    if not collapsed:
        return Line(first.number, text, first.gap, Hints(tag, link_share=1.0, block=box))
    share = min(1.0, sum(size for size, _ in spans) / len(collapsed))
    href = addresses.get(max(spans, key=lambda span: span[0])[1])
    return Line(first.number, collapsed, first.gap, Hints(tag, link_share=share, href=href, block=box))
