"""The words of dates in every language, as one look-up: from the tokens of a phrase to what it can mean.

What people edit are the files of ``vocabulary/dates/`` (one a language), ``vocabulary/calendars.json`` and
``vocabulary/zones.json``. What the program reads is ``vocabulary/dates.index.json``, made from them with
``python -m ingest.dates.index``: opening one file takes a third of the time of opening seventy.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from ingest import vocabulary

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
    return unpacked(vocabulary.load(INDEX))


def unpacked(tables: dict[str, Any]) -> Index:
    """The index from the form in which it is kept, words with the same roles as one text: it opens quickly.

    >>> unpacked({"words": {"weekday=5": "fri friday"}, "phrases": {"vor": {"# stunden": "ago=hour"}}})
    {'vor': {'# stunden': 'ago=hour'}, 'fri': 'weekday=5', 'friday': 'weekday=5'}
    """
    found: Index = dict(tables["phrases"])
    for packed, words in tables["words"].items():
        found.update(dict.fromkeys(words.split(" "), packed))
    return found


def packed(index: Index) -> dict[str, Any]:
    """The form in which `unpacked` wants the index."""
    words: dict[str, list[str]] = {}
    for token, entry in sorted(index.items()):
        if isinstance(entry, str):
            words.setdefault(entry, []).append(token)
    phrases = {token: entry for token, entry in index.items() if not isinstance(entry, str)}
    return {"words": {roles: " ".join(tokens) for roles, tokens in words.items()}, "phrases": phrases}


@cache
def roles(packed: str) -> Roles:
    """What a phrase can mean: roles are kept as one short string, which opens quickly.

    >>> roles("month=3|weekday=1")
    {'month': '3', 'weekday': '1'}
    """
    return dict(role.split("=", 1) for role in packed.split("|"))
