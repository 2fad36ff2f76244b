"""Reads tokens as terms: numbers, phrases that dates are made of, and everything between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ingest.dates.tokens import NUMBER, Token, cut, fold, spaceless, visible
from ingest.dates.words import index, roles

LONGEST = 24  # how far a phrase may go on, in signs of spaceless scripts; a word counts as four
NOTHING: dict[str, str] = {}


class Term:
    """A stretch of the line: what it can mean, its number if it has one, and where it stands."""

    __slots__ = ("end", "kind", "number", "roles", "start", "width")

    def __init__(
        self, kind: str, roles: dict[str, str], number: int, width: int, start: int, end: int
    ) -> None:
        self.kind = kind  # "n" a number, "w" a known word, "x" an unknown one, else the character itself
        self.roles = roles
        self.number = number  # 0 when there is none, and then so is its width
        self.width = width  # digits of the number as printed
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        return f"Term({self.kind!r}, {self.roles}, {self.number}, {self.start}:{self.end})"


def terms(text: str) -> list[Term]:
    """The terms of a text: the longest phrase of the index at each place, else the single token.

    >>> [text_term.roles for text_term in terms("Updated 2 hours ago")]
    [{'label': 'updated'}, {'ago': 'hour'}]
    """
    return _reader()(text)


@lru_cache(maxsize=1)
def _reader() -> Callable[[str], list[Term]]:
    try:
        from ingest.dates._scan import terms as read
    except ImportError:  # installed where there was no compiler
        return terms_read
    phrases, opened = index(), dict[str, dict[str, str]]()
    return lambda text: read(text, phrases, roles, opened, NOTHING, Term, fold, spaceless)


def terms_read(text: str) -> list[Term]:
    """What the compiled reader of terms does in a tenth of the time."""
    phrases = index()
    tokens = cut(text)
    found: list[Term] = []
    at, count = 0, len(tokens)
    while at < count:
        token, start, end = tokens[at]
        first = token[0]
        number = width = 0
        if first.isdecimal():
            kind, number, width = "n", int(token[:9]), len(token)
            entry = phrases.get(NUMBER)
        else:
            entry = phrases.get(token)
            kind = ("x" if first.isalpha() else token) if not entry else "w"
        packed, at = entry, at + 1
        if type(entry) is dict:
            packed, more, inner = _longest(entry, tokens, at)
            end = tokens[at + more - 1][2]
            at += more
            if inner is not None:
                number, width = int(inner[:9]), len(inner)
            if packed is None and kind == "w":
                kind = "x" if first.isalpha() else token
        found.append(Term(kind, roles(packed) if packed else NOTHING, number, width, start, end))
    return found


def _longest(entry: dict[str, str], tokens: list[Token], at: int) -> tuple[str | None, int, str | None]:
    """The longest way that a phrase goes on from ``at``: its roles, its tokens, the number within."""
    packed, more, inner = entry.get(""), 0, None
    rest, number = "", None
    ahead, left = at - 1, LONGEST
    while left > 0 and (ahead := ahead + 1) < len(tokens):
        token = tokens[ahead][0]
        left -= 4 if token < "\u0e00" else 1
        if token[0].isdecimal() and f"{rest}{token}" not in entry:
            number, token = token, NUMBER
        rest += token
        if rest in entry:
            packed, more, inner = entry[rest], ahead + 1 - at, number
        rest += " "
    return packed, more, inner


def touching(left: Term, right: Term, text: str) -> bool:
    """Whether nothing visible, not even a space, stands between two terms."""
    if left.end == right.start:
        return True
    return not visible(text[left.end : right.start])
