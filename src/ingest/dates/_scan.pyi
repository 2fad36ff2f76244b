from collections.abc import Callable, Sequence

from ingest.dates.terms import Term
from ingest.dates.tokens import Token

class Sieve:
    """The tables of quick.py, and what it asks of Python."""

    def __init__(
        self,
        telling: dict[str, list[str]],
        second: dict[str, list[str]],
        moments: frozenset[str],
        signs: frozenset[str],
        fold: Callable[[str], str],
        parts: Callable[[str], Sequence[Token]],
        /,
    ) -> None: ...
    def may_hold_date(self, text: str, /) -> bool: ...

def has_numbers(text: str, /) -> bool: ...
def terms(
    text: str,
    index: dict[str, object],
    roles: Callable[[str], dict[str, str]],
    opened: dict[str, dict[str, str]],
    nothing: dict[str, str],
    term: type[Term],
    fold: Callable[[str], str],
    parts: Callable[[str], Sequence[Token]],
    /,
) -> list[Term]: ...
