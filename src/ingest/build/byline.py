"""A printed byline -> names: no "By", no "and", no job titles, no e-mail addresses, no agencies' cities."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.dates import without_dates
from ingest.pattern import lazy
from ingest.vocabulary import MARKS, load

_EMAIL = lazy(r"\S{1,64}@\S{1,255}")
_HANDLE = lazy(r"(?<!\w)@\w{2,30}")
_BRACKETS = lazy(r"[(\[（][^()\[\]（）]{0,80}[)\]）]")
# "Jane Roe and John Doe", "Jane Roe, John Doe", "Jane Roe | Reuters", "Jane Roe · 5 May", "A/B"
_JOINTS = lazy(
    r"\s+(?:and|und|et|y|e|en|och|og|ja|i|и|та|ve|dan|na|és|și|und|and|with|mit|avec|con)\s+"
    r"|\s+(?:in|à|aus|em|reports?)\s+(?=[A-Z])"  # "Jane Roe in Cairo"
    r"|\s*[,;|/•·&、，؛،]\s*|\s+[-–—]\s+|\s{3,}|:\s+",
    re.I,
)
_LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
_NAME_WORD = lazy(rf"{_LETTER}+(?:[.'’`ʼ-]{_LETTER}*)*")
_PARTICLES = frozenset(
    "de da do dos das di del della der den des du von van vom zu zum zur la le el al bin ibn ben ter ten te "
    "y e af av und o' d' 't op bint abu ap".split()
)
_MAX_NAMES = 12


def names_of(byline: str) -> tuple[str, ...]:
    """The names of people (or of a desk or agency, where it signs alone) in a printed byline.

    >>> names_of("By Jane Roe and John Doe, Cairo correspondent")
    ('Jane Roe', 'John Doe')
    >>> names_of("Von Patrick Hyslop")
    ('Patrick Hyslop',)
    >>> names_of("By TPN, in News, Portugal · 31 Jan 2025, 20:02 · 0 Comments")
    ('TPN',)
    """
    text = without_dates(byline, " | ")
    text = _HANDLE.sub(" ", _EMAIL.sub(" ", _BRACKETS.sub(" | ", text)))
    text, introduced = _without_by(text)
    pieces = _JOINTS.split(text)
    names = [name for piece in pieces if (name := _trim(piece)) and is_name(name)]
    desk = pieces[0].strip()
    if not names and introduced and _is_desk(desk) and not _role_words(desk):
        names = [desk]
    return tuple(dict.fromkeys(_cased(name) for name in names))[:_MAX_NAMES]


def is_name(text: str) -> bool:
    """Whether a text looks like a person's name, in scripts with capitals or without.

    >>> [is_name(n) for n in ("Anna van der Berg", "Cairo correspondent", "Politics", "王小明", "राम कुमार")]
    [True, False, False, True, True]
    """
    words = text.split()
    if not 0 < len(text) <= 60 or len(words) > 6 or _role_words(text):
        return False
    if any(not _NAME_WORD.fullmatch(word) for word in words):
        return False
    if not _has_case(text):
        return 2 <= len(text) <= 30 and (1 < len(words) < 5 or len(text) <= 5)
    own = [word for word in words if word.lower() not in _PARTICLES]
    return len(own) > 1 and all(word[0].isupper() for word in own)


def says_by(text: str) -> bool:
    """Whether a line begins with "By" or its like, and a name after it.

    >>> [says_by(t) for t in ("By Jane Roe", "Von Anna Groß", "By the time help came, it rained", "Ann Roe")]
    [True, True, False, False]
    """
    _, introduced = _without_by(text)
    return introduced and bool(names_of(text))


def _has_case(text: str) -> bool:
    return any(char.islower() or char.isupper() for char in text)


def _is_desk(text: str) -> bool:
    """ "Reuters", "TPN", "Staff Reporter": what signs when nobody does."""
    words = text.split()
    return 0 < len(words) <= 4 and len(text) <= 40 and all(word[0].isupper() for word in words)


def _cased(name: str) -> str:
    """Names printed in capitals come in the usual spelling: "ANNA VAN DER BERG"."""
    words = name.split()
    if len(words) < 2 or not name.isupper():
        return name
    return " ".join(w.lower() if w.lower() in _PARTICLES else w.title() for w in words)


def _trim(piece: str) -> str:
    """A piece without "By" and the titles around a name: "reporter Jane Roe", "Jane Roe Senior Reporter"."""
    words = _without_by(" ".join(piece.split()).strip(" .:,;–—-"))[0].split()
    while words and (_role_words(words[0]) or (words[0].islower() and words[0] not in _PARTICLES)):
        del words[0]
    while words and _role_words(words[-1]):
        del words[-1]
    return " ".join(words)


@lru_cache(maxsize=1)
def _by_words() -> tuple[str, ...]:
    phrases = {phrase for language in load("words.json")["by"].values() for phrase in language}
    return tuple(sorted(phrases, key=len, reverse=True))


def _without_by(text: str) -> tuple[str, bool]:
    text = text.strip()
    low = text.lower()
    for phrase in _by_words():
        if low.startswith(phrase) and low[len(phrase) : len(phrase) + 1] in (" ", ":", "\u00a0"):
            return text[len(phrase) :].lstrip(" :\u00a0"), True
    return text, False


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    return frozenset(word for words in load("roles.json").values() for word in words)


def _role_words(text: str) -> bool:
    roles = _roles()
    return any(word.strip(".,'’").lower() in roles for word in text.split())
