"""The language of an article: the page's own word for it where the text does not contradict it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ingest.pattern import lazy

_TAG = lazy(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ENOUGH = 60  # characters of text from which a guess is worth something
_MAX = 4000  # characters looked at
_SURE = 0.9
_PIECE = 300  # characters that mostly tell as much as all of them
_VERY_SURE = 0.97


def language_of(text: str, claimed: str | None = None) -> str | None:
    """A BCP 47 tag, the primary language alone; None when unsure.

    >>> language_of("Die Regierung hat am Montag einen neuen Plan für die Häfen des Landes vorgestellt.")
    'de'
    """
    claim = _primary(claimed)
    if len(text) < _ENOUGH:
        return claim
    found = _of_pieces(text[:_MAX], claim) or _detected(text[:_MAX], _SURE)
    if claim and (found is None or found == claim or {found, claim} <= _CLOSE.get(claim, frozenset())):
        return claim
    return found


def _of_pieces(text: str, claim: str | None) -> str | None:
    """The language of a long text by little of it, in a fifth of the time: its start bears the page's own
    word out, or start and end agree; None where the whole must tell."""
    if len(text) < 3 * _PIECE:
        return None
    start = _detected(text[:_PIECE], _VERY_SURE)
    if start is None or start == claim:
        return start
    return start if claim is None and start == _detected(text[-_PIECE:], _VERY_SURE) else None


def _detected(text: str, least: float) -> str | None:
    guess = _detector().FindLanguage(text)
    return guess.language.split("-")[0] if guess.is_reliable and guess.probability >= least else None


# Languages that a detector can't tell apart on a short text: the page knows better.
_NORDIC, _SLAVIC, _MALAY = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"bs", "hr", "sr", "sh"}),
    frozenset({"id", "ms"}),
)
_CLOSE = {tag: group for group in (_NORDIC, _SLAVIC, _MALAY) for tag in group}


def _primary(claimed: str | None) -> str | None:
    tag = (claimed or "").strip().lower()
    return tag.split("-")[0] if _TAG.fullmatch(tag) else None


@lru_cache(maxsize=1)
def _detector() -> Any:
    from gcld3 import NNetLanguageIdentifier

    return NNetLanguageIdentifier(0, 2 * _MAX)
