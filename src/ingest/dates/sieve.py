"""The quick looks at a text, by compiled code where there is some: every line of a page is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ingest.dates import quick
from ingest.dates.tokens import fold, spaceless
from ingest.pattern import lazy

# "26/01/2024", "26. 01. 24", "2024-1-26", and the marks that no one sees among them
_SIGN = r"\W{0,4}[-./．／－−‐‑]\W{0,4}"
NUMERIC: re.Pattern[str] = lazy(rf"\d{_SIGN}\d{{1,2}}{_SIGN}\d\d")


def may_hold_date(text: str) -> bool:
    """Whether a text may hold a date; where this says no, there is none.

    >>> [may_hold_date(t) for t in ("Updated 14 Nov, 2024", "04/05/24", "Yesterday", "10 ways to wait")]
    [True, True, True, False]
    """
    return looks()[0](text)


@lru_cache(maxsize=1)
def looks() -> tuple[Callable[[str], bool], Callable[[str], bool]]:
    """What to ask about many texts: `may_hold_date`, and whether one has what may be a date of numbers.

    >>> list(map(looks()[1], ("am 26.01.2024", "3-2")))
    [True, False]
    """
    try:
        from ingest.dates._scan import Sieve
        from ingest.dates._scan import has_numbers as numbers
    except ImportError:  # installed where there was no compiler
        return quick.may_hold_date, lambda text: NUMERIC.search(text) is not None
    tables = quick.quick_words()
    sieve = Sieve(tables.telling, tables.second, tables.spaced, tables.spaceless, fold, spaceless)
    return sieve.may_hold_date, numbers
