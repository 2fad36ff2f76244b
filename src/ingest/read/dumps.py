"""Text pages of every common kind -> lines: which kind it is, its content tells.

A page that is no known kind of dump goes through ``text_lines`` untouched; so recognition asks for
more evidence than an article about the matter would hold.
"""

from __future__ import annotations

from typing import Literal

from ingest.line import MAX_LINES, Line, too_many
from ingest.pattern import lazy
from ingest.read.text import text_lines

Kind = Literal["plain", "markdown", "browser", "wrapped", "oneline"]

_ONE_LINE = 2000  # characters from which a line is no paragraph any more
_MARKDOWN = ("](", "][", "\n#", "\n---", "\n===", "\nMarkdown Content:")
_LONG = 130  # characters: wrapped text has few such lines
# "[12]Steep price": what lynx and elinks set before each link
_NUMBERED = lazy(r"\[\d{1,4}\](?=[^\s\[\](:])")


def dump_lines(text: str, max_lines: int = MAX_LINES) -> list[Line]:
    """The lines of a text page: paragraphs whole, with the hints that its kind of dump carries.

    Raises InputError: too-large, for more than ``max_lines`` of them, blank ones included.

    >>> [line.text for line in dump_lines("Rain\\n\\nA dry day\\n")]
    ['Rain', 'A dry day']
    """
    if len(text) > max_lines and _line_ends(text) > max_lines:
        raise too_many(max_lines)
    kind = dump_kind(text)
    if kind == "plain":
        return text_lines(text)
    if kind == "oneline":
        from ingest.read.oneline import split_lines

        return split_lines(text, max_lines)
    if kind == "markdown":
        from ingest.read.markdown import markdown_lines

        return markdown_lines(text)
    from ingest.read.wrapped import margin_of, raws, wrapped_lines

    lines = raws(text)
    if kind == "browser":
        from ingest.read.browser import browser_lines

        return browser_lines(lines)
    margin = margin_of(lines)
    return wrapped_lines(margin) if margin is not None else text_lines(text)


def _line_ends(text: str) -> int:
    """How often ``str.splitlines`` will split the text, without splitting it."""
    return sum(map(text.count, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")) - text.count("\r\n")


def dump_kind(text: str) -> Kind:
    """The kind of dump that a text is.

    >>> dump_kind("Rain fell. " * 300), dump_kind("Rain\\nfell.")
    ('oneline', 'plain')
    """
    lengths = [len(line) for line in text.splitlines()]
    whole = sum(lengths)
    if not whole:
        return "plain"
    if _may_be_markdown(text):
        from ingest.read.markdown import is_markdown

        if is_markdown(text):
            return "markdown"
    if whole > _ONE_LINE / 2 and _is_one_line(text, lengths, whole):
        return "oneline"
    if ("[1]" in text and len(_NUMBERED.findall(text)) >= 5) or "\nReferences\n" in text:
        from ingest.read.browser import is_browser

        if is_browser(text):
            return "browser"
    long = sum(length for length in lengths if length > _LONG)
    if 4 * long > whole or len(lengths) < 5:
        return "plain"
    from ingest.read.wrapped import margin_of, raws

    return "wrapped" if margin_of(raws(text)) is not None else "plain"


def _is_one_line(text: str, lengths: list[int], whole: int) -> bool:
    if 10 * sum(length for length in lengths if length > _ONE_LINE // 2) < 8 * whole:
        return False
    least = _ONE_LINE if text.isascii() or not _is_wide(text) else _ONE_LINE // 2
    return 10 * sum(length for length in lengths if length > least) >= 8 * whole


def _is_wide(text: str) -> bool:
    """Chinese and Japanese say as much in half the characters."""
    sample = text[:1000]
    return 2 * sum("\u2e80" <= char <= "\uffef" for char in sample) > len(sample)


def _may_be_markdown(text: str) -> bool:
    return text.startswith("#") or any(sign in text for sign in _MARKDOWN)
