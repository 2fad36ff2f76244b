"""Quick looks at a text, which tell that most hold no date: to read it takes a hundred times as long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

from ingest.dates.tokens import NUMBER, cut, fold
from ingest.dates.words import index

_LONGEST_WORDY = 60  # characters of a text that is a date without a digit
_DIGIT = re.compile(r"\d")
# "26/01/2024", "26. 01.", "1 / 14": two numbers with a sign between, and maybe marks that no one sees
_PAIR = re.compile(r"\d\W{0,4}[-./．／－−‐‑]\W{0,4}\d")
_TELLING = ("month=", "ago=", "moment=", "calendar=", "numbered=month")  # without one of these, numbers alone

# ASCII in lower case, with spaces for all but letters, and for the signs around words alone
_CAPITALS, _SMALL = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz"
_AROUND = b"-.,:()|"
_WITHOUT_SIGNS = bytes.maketrans(_CAPITALS + _AROUND, _SMALL + b" " * len(_AROUND))
_LETTERS = bytes(code if code in _SMALL else code + 32 if code in _CAPITALS else 32 for code in range(256))

_Word = TypeVar("_Word", str, bytes)


def may_hold_date(text: str) -> bool:
    """Whether a text may hold a date; where this says no, there is none.

    >>> [may_hold_date(t) for t in ("Updated 14 Nov, 2024", "04/05/24", "Yesterday", "10 ways to wait")]
    [True, True, True, False]
    """
    if not _DIGIT.search(text):
        return wordy(text)
    return _speaks_of_days(text) or _PAIR.search(text) is not None


def _speaks_of_days(text: str) -> bool:
    """Whether there is a word without which no date is more than numbers: "Nov", "hours … ago"."""
    if text.isascii():
        return _has_phrase(set(text.encode().translate(_LETTERS).split()), _telling().ascii)
    return _has_phrase({token for token, _, _ in cut(text)}, _telling().folded)


def _has_phrase(words: set[_Word], known: dict[_Word, set[_Word]]) -> bool:
    return any(not known[last].isdisjoint(words) for last in known.keys() & words)


def wordy(text: str) -> bool:
    """Whether a short text without a digit may be a date: "Yesterday", "vor einer Stunde".

    >>> wordy("Updated yesterday"), wordy("Opinion"), wordy("The end")
    (True, False, False)
    """
    if len(text) > _LONGEST_WORDY:
        return False
    moments = _moments()
    ascii = text.isascii()
    if ascii and moments.ascii.isdisjoint(text.encode().translate(_WITHOUT_SIGNS).split()):
        return False
    if ascii or not any(sign in text for sign in moments.spaceless):
        words = text.replace("-", " ").split()
        if not any(fold(word.strip(".,:()|·")) in moments.spaced for word in words):
            return False
    tokens = [token for token, _, _ in cut(text)]
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        second = moments.second.get(token)
        if second is not None and ("" in second or following in second):
            return True
    return False


def _phrases() -> Iterator[tuple[str, str, str]]:
    """First token, the other tokens, and roles of each phrase of the index."""
    for token, entry in index().items():
        if isinstance(entry, str):
            yield token, "", entry
        else:
            for rest, packed in entry.items():
                yield token, rest, packed


class _Telling(NamedTuple):
    """Each phrase that makes a date of numbers: its last word, and the first, which may be the same."""

    folded: dict[str, set[str]]
    ascii: dict[bytes, set[bytes]]


@lru_cache(maxsize=1)
def _telling() -> _Telling:
    found = _Telling({}, {})
    for token, rest, packed in _phrases():
        if any(role in packed for role in _TELLING):
            words = [word for word in (token, *rest.split()) if word != NUMBER and word[0].isalnum()]
            found.folded.setdefault(words[-1], set()).add(words[0])
            if words[0].isascii() and words[-1].isascii():
                first, last = (word.partition("'")[0].encode() for word in (words[0], words[-1]))
                found.ascii.setdefault(last, set()).add(first)
    return found


class _Moments(NamedTuple):
    """The first tokens of dates without a digit ("yesterday"), and what may follow each of them."""

    spaced: frozenset[str]
    ascii: frozenset[bytes]  # those of them that are
    spaceless: tuple[str, ...]
    second: dict[str, set[str]]  # "" where the first token says it all


@lru_cache(maxsize=1)
def _moments() -> _Moments:
    second: dict[str, set[str]] = {}
    for token, rest, packed in _phrases():
        if "moment=" in packed:
            second.setdefault(token, set()).add(rest.partition(" ")[0])
    spaceless = {token for token in second if token[0] >= "\u0e00" and len(token) == 1}
    spaced = frozenset(second.keys() - spaceless)
    ascii = frozenset(token.encode() for token in spaced if token.isascii())
    return _Moments(spaced, ascii, tuple(spaceless), second)
