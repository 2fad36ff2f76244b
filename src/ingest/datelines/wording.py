"""The words of datelines from the data files, keyed once: labels, connectors, credits, agencies."""

from functools import cache, lru_cache
from typing import Any, NamedTuple

from ingest.pattern import lazy

from ..vocabulary import load
from .spelling import key


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``vocabulary/datelines.json`` by its name, as keys.

    >>> "exclusive" in words("labels"), "wash" in words("labels")
    (True, False)
    """
    entry: Any = load("datelines.json")[name]
    return frozenset(key(word) for word in (entry["list"] if isinstance(entry, dict) else entry))


class Agency(NamedTuple):
    """A news agency or newspaper's service: its normal name, its country (None: worldwide), its languages."""

    name: str
    country: str | None = None
    languages: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _agencies() -> dict[str, Agency]:
    table: dict[str, Agency] = {}
    for row in load("agencies.json"):
        agency = Agency(row["name"], row["country"], tuple(row["languages"]))
        for spelling in (row["name"], *row["spellings"]):
            table.setdefault(key(spelling), agency)
    return table


def agency(name: str) -> Agency | None:
    """The agency that a printed name means.

    >>> agency("The Associated Press").name, agency("AP").name, agency("the council")
    ('AP', 'AP', None)
    """
    return _agencies().get(key(name.strip(" «»“”\"'.")))


# "(Reuters/AFP)", "(AP, Dawn)", "(Dawn/ANN)"; a bureau's initials after the agency: "(dpa/lno)".
_BETWEEN = lazy(r"\s{0,9}[/,;+|&·・]\s{0,9}|\s{1,9}(?:and|et|y|und|e|и|-)\s{1,9}|\s{0,9}[-–—]\s{0,9}")
_INITIALS = lazy(r"[a-zäöü]{2,4}$|\d{1,4}$")
_SITE = lazy(r"[A-Za-z][\w-]{1,20}(?:\.[A-Za-z]{2,4}){1,2}$")  # "Bisnis.com", "SUARA.COM", "iNews.id"
# An agency that no list has: "(XYZ)", "(Pan Arctic News)".
_UNKNOWN = lazy(r"[^\W\d_a-z]{2,8}$|[^\W\d_a-z]\w+(?: [^\W\d_a-z]\w+){1,3}$")


def agencies_in(group: str) -> tuple[Agency, ...] | None:
    """The agencies named between brackets; an empty tuple for a mere credit, None for something else.

    >>> [a.name for a in agencies_in("Dawn/ANN")], [a.name for a in agencies_in("dpa/lno")]
    (['Dawn', 'ANN'], ['dpa'])
    >>> agencies_in("Staff Reporter"), agencies_in("born 1949")
    ((), None)
    """
    group = group.strip(" ,.-–—")
    whole = agency(group) or (Agency(group) if _SITE.match(group) else None)
    if whole:
        return (whole,)
    found: list[Agency] = []
    known = credit = False
    for part in _BETWEEN.split(group):
        one = agency(part)
        if one:
            known = True
            found.append(one)
        elif key(part) in words("credits"):
            credit = True
        elif not (known and _INITIALS.match(part)):
            return None
    return tuple(dict.fromkeys(found)) if known or credit else None


def unknown_agency(group: str) -> Agency | None:
    """A name between brackets that has an agency's form, for want of a better reading."""
    group = group.strip()
    return Agency(group) if _UNKNOWN.match(group) else None
