"""Quick looks at a text, which tell that most hold no date: to read it takes a hundred times as long.

They look for a few words of the index alone, which lie in ``vocabulary/dates.quick.json``: to sift them
out of the index would take a tenth of the time of a whole start.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from ingest import vocabulary
from ingest.dates.tokens import NUMBER, cut, fold, words_of
from ingest.pattern import lazy

QUICK = "dates.quick.json"
Lists = dict[str, list[str]]
_LONGEST_WORDY = 60  # characters of a text that is a date without a digit
_DIGIT = lazy(r"\d")
# "26/01/2024", "26. 01.", "1 / 14": two numbers with a sign between, and maybe marks that no one sees
_PAIR = lazy(r"\d\W{0,4}[-./|．／－−‐‑]\W{0,4}\d")
_TELLING = ("month=", "ago=", "moment=", "calendar=", "numbered=month")  # without one of these, numbers alone

# ASCII in lower case, with spaces for all but letters, and for the signs around words alone
_CAPITALS, _SMALL = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz"
_AROUND = b"-.,:()|"
_WITHOUT_SIGNS = bytes.maketrans(_CAPITALS + _AROUND, _SMALL + b" " * len(_AROUND))
_LETTERS = bytes(code if code in _SMALL else code + 32 if code in _CAPITALS else 32 for code in range(256))
# Nothing beyond ASCII but signs that end a word or stand within one, as a space does there
_PLAIN = lazy("[\0-\x7f\xa0–—‘’“”…•€£©]*")


def may_hold_date(text: str) -> bool:
    """Whether a text may hold a date; where this says no, there is none.

    >>> [may_hold_date(t) for t in ("Updated 14 Nov, 2024", "04/05/24", "Yesterday", "10 ways to wait")]
    [True, True, True, False]
    """
    return _may_again(text) if len(text) <= _KEPT else _may_hold(text)


def _may_hold(text: str) -> bool:
    if not _DIGIT.search(text):
        return wordy(text)
    return _PAIR.search(text) is not None or _speaks_of_days(text)


_KEPT = 250  # characters of a text that is remembered: the labeller asks first, then the weighing of dates
_may_again = lru_cache(maxsize=2048)(_may_hold)


def _speaks_of_days(text: str) -> bool:
    """Whether there is a word without which no date is more than numbers: "Nov", "hours … ago"."""
    if text.isascii() or _PLAIN.fullmatch(text):
        words = set(text.encode("ascii", "replace").translate(_LETTERS).decode().split())
    else:
        words = words_of(text)
    known = quick_words().telling
    return any(not words.isdisjoint(known[last]) for last in known.keys() & words)


def wordy(text: str) -> bool:
    """Whether a short text without a digit may be a date: "Yesterday", "vor einer Stunde".

    >>> wordy("Updated yesterday"), wordy("Opinion"), wordy("The end")
    (True, False, False)
    """
    if len(text) > _LONGEST_WORDY:
        return False
    tables = quick_words()
    ascii = text.isascii()
    if ascii and tables.spaced.isdisjoint(text.encode().translate(_WITHOUT_SIGNS).decode().split()):
        return False
    spaced = ascii or tables.spaceless.isdisjoint(text)
    if spaced and not any(map(_begins, text.replace("-", " ").split())):
        return False
    tokens = [token for token, _, _ in cut(text)]
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        second = tables.second.get(token)
        if second is not None and ("" in second or following in second):
            return True
    return False


@lru_cache(maxsize=4096)
def _begins(word: str) -> bool:
    """Whether a date without a digit may begin with a word, whatever signs stand around it."""
    return fold(word.strip(".,:()|·")) in quick_words().spaced


def moments() -> frozenset[str]:
    """The words with which a date without a digit begins, in scripts with spaces: "yesterday", "vor"."""
    return quick_words().spaced


class _Tables(NamedTuple):
    telling: Lists  # phrases that make a date of numbers: last word -> first words
    second: Lists  # dates without a digit: first token -> what may follow, "" for nothing
    spaced: frozenset[str]  # those first tokens that spaces end
    spaceless: frozenset[str]  # and those of other scripts, single signs


@lru_cache(maxsize=1)
def quick_words() -> _Tables:
    telling, second = unpacked(vocabulary.load(QUICK))
    spaceless = {token for token in second if token[0] >= "\u0e00" and len(token) == 1}
    return _Tables(telling, second, frozenset(second.keys() - spaceless), frozenset(spaceless))


def unpacked(tables: dict[str, Any]) -> tuple[Lists, Lists]:
    """The words that tell and the moments, from the form in which they are kept: it opens quickly.

    >>> unpacked({"alone": "heute mai", "telling": {"stunden": "il vor"}, "moments": {"vor": " #"}})
    ({'stunden': ['il', 'vor'], 'heute': ['heute'], 'mai': ['mai']}, {'vor': ['', '#']})
    """
    telling, moments = (
        {word: others.split(" ") for word, others in tables[name].items()} for name in ("telling", "moments")
    )
    telling.update({word: [word] for word in tables["alone"].split(" ")})
    return telling, moments


def packed(tables: dict[str, Lists]) -> dict[str, Any]:
    """The form in which `unpacked` wants what `build` makes."""
    kept = {
        name: {word: " ".join(others) for word, others in table.items()} for name, table in tables.items()
    }
    alone = [word for word, others in kept["telling"].items() if word == others]
    telling = {word: others for word, others in kept["telling"].items() if word != others}
    return {"alone": " ".join(sorted(alone)), "telling": telling, "moments": kept["moments"]}


def build(index: dict[str, Any]) -> dict[str, Lists]:
    """What `may_hold_date` needs of the index of phrases.

    >>> build({"vor": {"# stunden": "ago=hour"}, "heute": "moment=0d"})
    {'telling': {'stunden': ['vor'], 'heute': ['heute']}, 'moments': {'heute': ['']}}
    """
    telling: dict[str, set[str]] = {}
    moments: dict[str, set[str]] = {}
    for token, entry in index.items():
        for rest, packed in {"": entry}.items() if isinstance(entry, str) else entry.items():
            if "moment=" in packed:
                moments.setdefault(token, set()).add(rest.partition(" ")[0])
            if any(role in packed for role in _TELLING):
                words = [word for word in (token, *rest.split()) if word != NUMBER and word[0].isalnum()]
                telling.setdefault(words[-1], set()).add(words[0])
                first, last = (word.partition("'")[0] for word in (words[0], words[-1]))  # "un'ora" in ASCII
                telling.setdefault(last, set()).add(first)
    tables = (("telling", telling), ("moments", moments))
    return {name: {word: sorted(others) for word, others in table.items()} for name, table in tables}
