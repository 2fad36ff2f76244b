"""Words by language and trade, as data files that anyone can add to without reading the engine."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from ingest.pattern import lazy

# Vowel signs and points of Indic, Arabic, Hebrew and Thai script and the joiners between letters belong
# to words, though Python's \\w leaves them out.
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0963\u0971-\u0d7f\u0e31-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
_POINTERS = ":»›>►→|"
_POINTER = lazy(f"[{_POINTERS}]")  # what stands between "Read more" and a title
_LEAD = 60  # characters of a line in which it stands
_NOT_WORDS = lazy(rf"(?:(?![{MARKS}])[\W_])+")
_HERE = os.path.dirname(__file__)


@cache
def load(name: str) -> Any:
    """The content of a JSON data file of this folder, read once.

    >>> "months" in load("dates/en.json")
    True
    """
    with open(os.path.join(_HERE, name), "rb") as file:  # half the time of reading it as text
        return json.loads(file.read().decode())


def plain(text: str) -> str:
    """Words alone, for telling whether two texts say the same.

    >>> plain("Steep price!") == plain("STEEP PRICE"), plain("İlgili") == plain("ilgili")
    (True, True)
    """
    return _plainer()(text)


def _plain(text: str) -> str:
    low = text.casefold()
    if "\u0307" in low:
        low = low.replace("i\u0307", "i")  # "İlgili" is Turkish for "ilgili"
    if low.replace(" ", "").isalnum() and "  " not in low:  # most lines are words and single spaces
        return low.strip(" ")
    return _NOT_WORDS.sub(" ", low).strip()


_SHORT = 200  # characters of a text that is remembered: titles and labels are asked for again and again
_plain_again = lru_cache(maxsize=1024)(_plain)


@lru_cache(maxsize=1)
def _plainer() -> Callable[[str], str]:
    try:
        from ingest.vocabulary._words import plain
    except ImportError:  # installed where there was no compiler
        return lambda text: _plain_again(text) if len(text) <= _SHORT else _plain(text)
    return plain


@cache
def phrases(category: str) -> frozenset[str]:
    """The phrases of one category of words.json in all languages, as `plain` makes them.

    >>> "read more" in phrases("read_more"), "lesen sie auch" in phrases("read_more")
    (True, True)
    """
    return frozenset(
        plain(phrase) for language in load("words.json")[category].values() for phrase in language
    )


def behind_read_more(text: str) -> str | None:
    """The title behind a "Read more:" in any language; None for other texts.

    >>> behind_read_more("Lesen Sie auch: Regen kommt"), behind_read_more("Budget: rain is coming")
    ('Regen kommt', None)
    >>> behind_read_more("À lire aussi » La pluie arrive"), behind_read_more("Read more:")
    ('La pluie arrive', None)
    """
    sign = _POINTER.search(text[:_LEAD])
    if sign is None or plain(text[: sign.start()]) not in phrases("read_more"):
        return None
    return text[sign.end() :].strip(_POINTERS + " ") or None


@cache
def names(folder: str) -> tuple[str, ...]:
    """The data files of a folder, without ".json", in alphabetical order."""
    return tuple(sorted(n[:-5] for n in os.listdir(os.path.join(_HERE, folder)) if n.endswith(".json")))
