"""Markdown, as html2text, pandoc, trafilatura and scrapers write it -> lines with hints.

Headings, items, quotes and links become hints, as in HTML; the text is what a reader of the page saw.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.line import Hints, Line
from ingest.pattern import lazy
from ingest.read.hyphens import Hyphens
from ingest.read.inline import inline
from ingest.read.wrapped import Raw, clean, continues, in_columns, margin_of, raws

_HEADING = lazy(r"(#{1,6})\s+(?=\S)")
_UNDERLINE = lazy(r"(?:={3,}|-{3,})$")
_RULE = lazy(r"(?:(?:\*\s?){3,}|(?:-\s?){3,}|(?:_\s?){3,})$")
_ITEM = lazy(r"(?:[*+-]|(\d{1,3}[.)]))\s+(?=\S)")
_QUOTE = lazy(r"(?:>\s?)+")
_TABLE = lazy(r"\|.*\|$")
_TABLE_RULE = lazy(r"[|\s:+-]+$")
_FENCE = lazy(r"(?:```|~~~)")
# "[1]: https://example.org/ "Steep price"", "[1]: </a b>"
_REFERENCE = lazy(r"\[([^\[\]]{1,80})\]:\s{1,4}<?(\S{1,4000}?)>?(?=\s|$)")
# What scrapers write above the page: "Title: Steep price", "URL Source: https://…", "Markdown Content:"
_HEADER = lazy(
    r"(Title|URL Source|URL|Source|Published Time|Markdown Content|Warning|Number of Pages):(?:\s|$)"
)
# An address as converters write it; the examples of an article about Markdown have "url" and example.com
_LINK = lazy(
    r"\]\(\s{0,2}<?((?:https?:)?//[^\s)]|/(?!/)|#|mailto:|\.{1,2}/|\?|[\w-]{1,60}(?:[/.][\w.-]{1,60}){1,8}[)\s])"
)
_EXAMPLE = lazy(r"https?://(?:www\.)?example\.(?:com|org|net)\b")
_KEY = lazy(r"[a-z]{1,20}:\s")  # "title: Steep price": front matter
_ALONE = frozenset({"hr", "pre", "meta", "title", "td"})  # blocks of one line
_LEAST = 3  # marks from which a page may be Markdown
_SHARE = 0.07  # of its lines


def is_markdown(text: str) -> bool:
    """Whether marks are so many and so placed that a converter made the text.

    >>> is_markdown("# Steep price\\n\\nRice costs [more](/a).\\n\\n## Who pays\\n\\n* [Most read](/b)\\n")
    True
    >>> is_markdown("In Markdown a link is written [text](url) and a heading has a # before it.")
    False
    """
    lines = [line.strip() for line in text.splitlines()]
    filled = sum(map(bool, lines))
    links = sum(1 for line in lines if "](" in line and _LINK.search(line) and not _EXAMPLE.search(line))
    named = sum(1 for line in lines if _REFERENCE.match(line))
    headings = _headings(lines)
    if _has_header(lines) or _has_front([line for line in lines[:40] if line]):
        return True
    marks = links + headings + min(named, sum(line.count("][") for line in lines))
    return marks >= _LEAST and marks >= _SHARE * filled


def _has_header(lines: Sequence[str]) -> bool:
    head = [line for line in lines[:12] if line]
    return any(line.startswith("URL Source: http") for line in head) and "Markdown Content:" in head


def _has_front(lines: Sequence[str]) -> bool:
    """The YAML that converters write above a page: "---", "title: Steep price", …, "---"."""
    keyed = lines[1 : lines.index("---", 1)] if lines[:1] == ["---"] and "---" in lines[1:40] else []
    return len(keyed) > 1 and all(_KEY.match(line) for line in keyed)


def _headings(lines: Sequence[str]) -> int:
    """Headings with nothing right below them but what they are underlined with."""
    count = 0
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else ""
        above = lines[at - 1] if at else ""
        if _HEADING.match(line):
            count += not above and (not below or len(line) > 60)
        elif below and _UNDERLINE.match(below) and line and not above:
            after = lines[at + 2] if at + 2 < len(lines) else ""
            count += not after and not _UNDERLINE.match(line)
    return count


def markdown_lines(text: str) -> list[Line]:
    """The lines of a Markdown page with their hints.

    >>> lines = markdown_lines("# Steep **price**\\n\\n* [Most read](/top)\\n")
    >>> [(line.text, line.hints.tag, line.hints.href) for line in lines]
    [('Steep price', 'h1', None), ('Most read', 'li', '/top')]
    """
    return _Page(raws(text)).lines()


class _Block:
    """Lines that make one, and what their first marks say."""

    def __init__(self, tag: str, first: Raw) -> None:
        self.tag = tag
        self.raws = [first]
        self.number, self.gap = first.number, first.gap


class _Page:
    def __init__(self, lines: list[Raw]) -> None:
        margin = margin_of([line for line in lines if "](" not in line.text])
        self.raws = in_columns(lines) if margin is not None and margin.columns else lines
        self.width = margin.width if margin is not None else None
        self.hyphens = Hyphens([])  # converters break compounds, they never hyphenate
        self.references: dict[str, str] = {}
        self.blocks: list[_Block] = []
        self.fenced = self.header = self.front = False

    def lines(self) -> list[Line]:
        self.header = _has_header([line.text for line in self.raws])
        self.front = _has_front([line.text for line in self.raws[:40]])
        for line in self.raws:
            self.take(line)
        found, box, last = [], 0, ""
        for block in self.blocks:
            box += block.tag != last or block.tag[:1] == "h"
            last = block.tag
            found.append(self.line(block, box))
        return [line for line in found if line.text]  # "&nbsp;" alone is a blank line

    def take(self, line: Raw) -> None:
        """Puts a line into the block that it continues or begins."""
        tag, text = self.kind(line)
        last = self.blocks[-1] if self.blocks else None
        if last is not None and tag == "underline":
            last.tag = "h1" if line.text[0] == "=" else "h2"
            return
        line = line._replace(text=text)
        if last is not None and self.goes_on(last, line, tag):
            last.raws.append(line)
            return
        self.blocks.append(_Block("p" if tag == "underline" else tag, line))

    def kind(self, line: Raw) -> tuple[str, str]:
        """The tag of what a line begins, and its text without the mark of it."""
        text = line.text
        if _FENCE.match(text):
            self.fenced = not self.fenced
            return "pre", text
        if self.fenced:
            return "pre", text
        if self.front and line.number > 1:
            self.front = text != "---"
            return ("title", text[6:].strip().strip("\"'")) if text.startswith("title:") else ("meta", text)
        if self.header and (head := _HEADER.match(text)):
            self.header = head[1] != "Markdown Content"
            return ("title", text[head.end() :].strip() or text) if head[1] == "Title" else ("meta", text)
        if match := _HEADING.match(text):
            return f"h{len(match[1])}", text[match.end() :].rstrip("#").rstrip() or text
        if _UNDERLINE.match(text) and not line.gap and self.blocks and self.blocks[-1].tag == "p":
            return "underline", text
        if _RULE.match(text):
            return "hr", text
        if match := _REFERENCE.match(text):
            self.references[" ".join(match[1].split()).casefold()] = match[2]
            return "references", text
        if match := _ITEM.match(text):
            return "li", text if match[1] else text[match.end() :]
        if match := _QUOTE.match(text):
            return "blockquote", text[match.end() :].strip() or text
        if _TABLE.match(text):
            return ("hr", text) if _TABLE_RULE.match(text) else ("td", text.strip("| ") or text)
        return "p", text

    def goes_on(self, last: _Block, line: Raw, tag: str) -> bool:
        """Whether a line belongs to the block before it."""
        before = last.raws[-1]
        if last.tag == "references":  # one list, whose entries may be broken as well
            cut = line.gap == 0 and tag == "p" and (self.width is not None or before.text.count('"') % 2 == 1)
            return tag == "references" or cut
        if line.gap or last.tag in _ALONE or tag in _ALONE or tag == "references":
            return False
        if tag == "blockquote" == last.tag:
            return self.is_broken([before], line)
        return tag == "p" and (_in_link(before.text) or self.is_broken(last.raws, line))

    def is_broken(self, block: Sequence[Raw], line: Raw) -> bool:
        """Whether the converter broke the text here, and not its author."""
        before = block[-1].text
        if self.width is not None:
            return continues(block, line, self.width) or "](" in before
        short = 50 <= len(before) <= 126  # a page too small to show its margin
        return short and line.text[0].islower() and before[-1] not in ".!?:;"

    def line(self, block: _Block, box: int) -> Line:
        if block.tag == "references":
            text = clean(" ".join(line.text for line in block.raws))
            hints = Hints("ul", frozenset({"nav", "footer", "ul"}), link_share=1.0, block=box)
            return Line(block.number, text, block.gap, hints)
        parts = [block.raws[0]]
        for line in block.raws[1:]:
            if _in_address(parts[-1].text):  # an address broken at its hyphens
                parts[-1] = parts[-1]._replace(text=parts[-1].text + line.text)
            else:
                parts.append(line)
        text = self.hyphens.joined([part.text for part in parts])
        if block.tag in ("pre", "hr"):
            return Line(block.number, clean(text), block.gap, Hints(block.tag, block=box))
        read = inline(text, self.references)
        printed = clean(read.text)
        if not printed:  # a picture without words: its address is all there is
            return Line(block.number, clean(text), block.gap, Hints("img", frozenset({"figure"}), block=box))
        share = min(1.0, read.linked / len(read.text))
        picture = 2 * read.pictures > len(read.text)
        ancestors = (
            frozenset({"figure"})
            if picture
            else frozenset({block.tag})
            if block.tag != "p"
            else frozenset[str]()
        )
        hints = Hints("img" if picture else block.tag, ancestors, link_share=share, href=read.href, block=box)
        return Line(block.number, printed, block.gap, hints)


def _in_address(text: str) -> bool:
    """Whether the line broke off within a link's address: "[more](https://example.org/steep-"."""
    at = text.rfind("](")
    return at >= 0 and ")" not in text[at:] and " " not in text[at:]


def _in_link(text: str) -> bool:
    """Whether the line broke off within a link: in its text or in its address."""
    tail = text[-2000:]
    return _in_address(tail) or tail.rfind("[") > tail.rfind("]")
