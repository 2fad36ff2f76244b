"""The words of dates in every language, as one look-up: from the tokens of a phrase to what it can mean.

What people edit are the files of ``vocabulary/dates/`` (one a language), ``vocabulary/calendars.json`` and
``vocabulary/zones.json``. What the program reads is ``vocabulary/dates.index.json``, made from them with
``python -m ingest.dates.index``: opening one file takes a third of the time of opening seventy.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from ingest import vocabulary
from ingest.dates.tokens import fold

INDEX = "dates.index.json"

Roles = dict[str, str]
Index = dict[str, Any]  # first token -> packed roles, or {the other tokens: packed roles}


@lru_cache(maxsize=1)
def index() -> Index:
    """The phrases by their first token: either its roles alone, or the roles of each way to go on.

    >>> index()["january"]
    'month=1 first'
    >>> index()["vor"]["# stunden"]
    'ago=hour'
    """
    return vocabulary.load(INDEX)  # type: ignore[no-any-return]


@cache
def roles(packed: str) -> Roles:
    """What a phrase can mean: roles are kept as one short string, which opens quickly.

    >>> roles("month=3|weekday=1")
    {'month': '3', 'weekday': '1'}
    """
    return dict(role.split("=", 1) for role in packed.split("|"))


@lru_cache(maxsize=1)
def _moments() -> tuple[frozenset[str], tuple[str, ...]]:
    """First tokens of dates without a digit ("yesterday"): those of spaced, those of spaceless scripts."""
    found = set()
    for token, entry in index().items():
        for packed in (entry,) if isinstance(entry, str) else entry.values():
            if "moment=" in packed:
                found.add(token)
                break
    spaceless = {token for token in found if token[0] >= "\u0e00" and len(token) == 1}
    return frozenset(found - spaceless), tuple(spaceless)


def wordy(text: str) -> bool:
    """Whether a short text without a digit may be a date: "Yesterday", "vor einer Stunde".

    >>> wordy("Updated yesterday"), wordy("Opinion")
    (True, False)
    """
    if len(text) > 60:
        return False
    words, signs = _moments()
    if not text.isascii() and any(sign in text for sign in signs):
        return True
    return any(fold(word.strip(".,:()|·")) in words for word in text.replace("-", " ").split())
