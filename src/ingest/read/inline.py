"""Markdown within a line -> its text: links, pictures, emphasis, escaped characters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ingest.pattern import lazy

# "](https://example.org/a_(b) "Steep price")", "](</a b>)"
_TARGET = (
    r"\]\(\s{0,3}(?:<(?P<angled>[^<>]{0,4000})>|(?P<bare>[^\s()<>]{0,4000}(?:\([^\s()<>]{0,400}\)[^\s()<>]{0,4000}){0,4}))"
    r"(?:\s{1,3}(?:\"(?:[^\"\\]|\\.){0,1000}\"|'(?:[^'\\]|\\.){0,1000}'))?\s{0,3}\)"
)
_TOKEN = lazy(
    rf"""
    \\(?P<escaped>[!-/:-@\[-`{{-~])       # "5\. Mai", "A\_B"
    | (?P<open>!?\[)
    | (?P<close>{_TARGET})
    | (?P<named>\]\s?\[(?P<name>[^\[\]]{{0,80}})\])  # "][12]", "][steep price]"
    | (?P<end>\])
    | <(?P<auto>(?:https?://|mailto:)[^\s<>]{{1,2000}})>
    | (?P<mark>\*{{1,3}}|_{{1,3}}|~~)
    """,
    re.X,
)
_SPACES = lazy(r"\s+")


class Inline(NamedTuple):
    """A line without its marks: how much of it links hold, and the address of the longest."""

    text: str
    linked: int = 0  # characters
    href: str | None = None
    pictures: int = 0  # characters that stood for pictures


def inline(text: str, references: Mapping[str, str]) -> Inline:
    r"""Reads the marks of a line.

    >>> inline(r"**Steep** price: [more](/a_b), not 2\*3", {})
    Inline(text='Steep price: more, not 2*3', linked=4, href='/a_b', pictures=0)
    >>> inline("[Steep price][1] *and more", {"1": "https://example.org/"})
    Inline(text='Steep price *and more', linked=11, href='https://example.org/', pictures=0)
    """
    if not any(mark in text for mark in "\\[*_<~"):
        return Inline(text)
    return _Reader(text, references).read()


class _Reader:
    def __init__(self, text: str, references: Mapping[str, str]) -> None:
        self.text = text
        self.references = references
        self.out: list[str] = []
        self.opened: list[int] = []  # where in `out` a bracket stands that may begin a link
        self.marks: list[int] = []  # where emphasis may begin
        self.linked = self.pictures = self.longest = 0
        self.href: str | None = None

    def read(self) -> Inline:
        text, at = self.text, 0
        for token in _TOKEN.finditer(text):
            self.out.append(text[at : token.start()])
            at = token.end()
            kind = token.lastgroup
            if kind == "escaped":
                self.out.append(token["escaped"])
            elif kind == "open":
                self.opened.append(len(self.out))
                self.out.append(token[0])
            elif kind == "mark":
                self.mark(token[0], text[token.start() - 1 : token.start()], text[at : at + 1])
            elif kind == "auto":
                self.out.append(token["auto"])
                self.link(len(self.out) - 1, token["auto"])
            else:
                self.close(token)
        self.out.append(text[at:])
        plain = _SPACES.sub(" ", "".join(self.out)).strip()
        return Inline(plain, min(self.linked, len(plain)), self.href, min(self.pictures, len(plain)))

    def close(self, token: re.Match[str]) -> None:
        """The end of a link or picture, if one was begun and its address is known."""
        start = self.opened.pop() if self.opened else None
        if start is None:
            self.out.append(token[0])
            return
        picture = self.out[start] == "!["
        if token["close"] is not None:
            address: str | None = token["bare"] if token["angled"] is None else token["angled"]
        else:
            inside = "".join(self.out[start + 1 :])
            name = (token["name"] or inside) if token["named"] is not None else inside
            address = self.references.get(_key(name))
            if address is None:  # "[sic]", "[x]": brackets of the text
                self.out.append(token[0])
                return
        self.out[start] = ""
        if picture:
            self.pictures += len("".join(self.out[start:]).strip())
        else:
            self.link(start, address)

    def link(self, start: int, address: str | None) -> None:
        size = len(_SPACES.sub(" ", "".join(self.out[start:])).strip())
        self.linked += size
        if address and (self.href is None or size > self.longest):
            self.href, self.longest = address, size

    def mark(self, mark: str, before: str, after: str) -> None:
        """Emphasis goes where it is begun and ended: not in "2 * 3", "snake_case" or a lone "*"."""
        if before.isdigit() and after.isdigit():  # "2*3*4"
            self.out.append(mark)
            return
        opens = bool(after) and not after.isspace() and (not before or not before.isalnum() or mark[0] == "*")
        closes = bool(before) and not before.isspace() and (not after.isalnum() or mark[0] == "*")
        if closes:
            for place in range(len(self.marks) - 1, -1, -1):
                if self.out[self.marks[place]] == mark:
                    self.out[self.marks[place]] = ""
                    del self.marks[place:]
                    self.out.append("")
                    return
        if opens:
            self.marks.append(len(self.out))
            del self.marks[:-20]
        self.out.append(mark)


def _key(name: str) -> str:
    return _SPACES.sub(" ", name).strip().casefold()
