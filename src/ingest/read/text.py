"""Flat text -> lines."""

from __future__ import annotations

from ingest.line import Line
from ingest.pattern import lazy

_ENTITY = lazy(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INVISIBLE_ENDS = " \u200b\u2060\ufeff"  # what no word needs at its ends, and the space between


def text_lines(text: str) -> list[Line]:
    """The lines of a flat page that hold anything, white space collapsed and entities decoded.

    A line ends at LF, CR LF, CR, a form feed, NEL, U+2028 or U+2029. ``number`` counts all lines of
    the input from 1, ``gap`` the blank ones before this one.

    >>> [(line.number, line.gap, line.text) for line in text_lines("Rain &amp; sun\\n\\n \\nA  dry\\tday\\n")]
    [(1, 0, 'Rain & sun'), (4, 2, 'A dry day')]
    """
    lines: list[Line] = []
    append = lines.append
    last = 0
    entities = "&" in text
    plain = text.isascii()
    for number, raw in enumerate(text.splitlines(), 1):
        line = " ".join(raw.split())
        if not plain and not line.isascii():
            line = line.strip(_INVISIBLE_ENDS)
        if entities and "&" in line:
            line = decode_entities(line)
        if line:
            append(Line(number, line, number - last - 1))
            last = number
    return lines


def collapse(text: str) -> str:
    """The text on one line: white space of any kind collapsed to single spaces, none at the ends.

    >>> collapse("\\ufeff A\\u00a0 b\\u3000c\\u200b ")
    'A b c'
    """
    text = " ".join(text.split())
    return text if text.isascii() else text.strip(_INVISIBLE_ENDS)


def decode_entities(line: str) -> str:
    """Well-formed character references decoded; "AT&T", "&copy 2024" and "&nosuch;" stay as they are.

    >>> decode_entities("Q&amp;A: Tom&#8217;s&nbsp;R&D")
    'Q&A: Tom’s R&D'
    """
    if not _ENTITY.search(line):
        return line
    import html

    return collapse(_ENTITY.sub(lambda match: html.unescape(match[0]), line))
