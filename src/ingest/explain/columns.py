"""Text in columns of a terminal: how wide it is there, and where to break it."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

from ingest.write.text import one_line


def width_of(text: str) -> int:
    """The columns that a text takes: two for a wide letter, none for a mark over another.

    >>> width_of("é"), width_of("e\\u0301"), width_of("東京")
    (1, 1, 4)
    """
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, width: int) -> str:
    """The text with spaces up to a width."""
    return text + " " * max(0, width - width_of(text))


def wrapped(text: str, width: int, rows: int | None = None) -> list[str]:
    """A text, made safe for a terminal, in rows of a width; what is beyond ``rows`` of them is cut with "…".

    >>> wrapped("Mayor opens the mill", 11), wrapped("Mayor opens the mill", 11, 1), wrapped("東京の港", 4)
    (['Mayor opens', 'the mill'], ['Mayor …'], ['東京', 'の港'])
    """
    lines = _broken(one_line(text), width)
    if rows is None or len(lines) <= rows:
        return lines
    last = lines[rows - 1]
    while last and width_of(last) > width - 2:
        last = last.rpartition(" ")[0] if " " in last else last[:-1]
    return [*lines[: rows - 1], f"{last} …"]


def _broken(text: str, width: int) -> list[str]:
    lines, line, taken = [], "", 0
    for word in text.split():
        size = width_of(word)
        if line and taken + 1 + size > width:
            lines.append(line)
            line, taken = "", 0
        while size > width:  # an address, or a script without spaces
            head = _head(word, width)
            lines.append(head)
            word = word[len(head) :]
            size = width_of(word)
        line, taken = (f"{line} {word}", taken + 1 + size) if line else (word, size)
    return [*lines, line] if line or not lines else lines


def _head(word: str, width: int) -> str:
    taken = 0
    for at, char in enumerate(word):
        taken += width_of(char)
        if taken > width and at:
            return word[:at]
    return word
