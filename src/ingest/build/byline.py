"""A printed byline -> names: no "By", no "and", no job titles, no e-mail addresses, no agencies' cities."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.build.signed import is_phrase, names_by_role
from ingest.dates import without_dates
from ingest.pattern import lazy
from ingest.vocabulary import MARKS, load, phrases, plain

_EMAIL = lazy(r"\S{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_HANDLE = lazy(r"@\w{2,30}")
_BRACKETS = lazy(r"[(\[（][^()\[\]（）]{0,80}[)\]）]")
# "Jane Roe and John Doe", "Jane Roe, John Doe", "Jane Roe | Reuters", "Jane Roe · 5 May", "A/B"
_JOINTS = lazy(
    r"\s+(?:and|und|et|y|e|en|och|og|ja|i|и|та|ve|dan|na|és|și|und|and|with|mit|avec|con)\s+"
    r"|\s+(?:in|à|aus|em|reports?)\s+(?=[A-Z])"  # "Jane Roe in Cairo"
    r"|\s*[,;|/•·&、，؛،]\s*|\s+[-–—]\s+|\s{3,}|:\s+",
    re.I,
)
_DIGIT = lazy(r"\d")
_GLUED = lazy(r"^by(?=[A-Z])|(?<=[a-z]{4})(?=[A-Z][a-z])")  # "byJane Roe", "Jane RoeNews Reporter"
_LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
_NAME_WORD = lazy(rf"{_LETTER}+(?:[.'’`ʼ-]{_LETTER}*)*")
_PARTICLES = frozenset(
    "de da do dos das di del della der den des du von van vom zu zum zur la le el al bin ibn ben ter ten te "
    "y e af av und o' d' 't op bint abu ap".split()
)
_PLACING = frozenset("in on at for from with the to about im".split())  # "In Local News", "For the Example"
_ABBREVIATED = 3  # characters of an abbreviation in a name, with its full stop
_MAX_NAMES = 12
_LONGEST_NAME = 4  # words


def names_of(byline: str) -> tuple[str, ...]:
    """The names of people (or of a desk or agency, where it signs alone) in a printed byline.

    >>> names_of("By Jane Roe and John Doe, Cairo correspondent")
    ('Jane Roe', 'John Doe')
    >>> names_of("Von Patrick Hyslop")
    ('Patrick Hyslop',)
    >>> names_of("By TPN, in News, Portugal · 31 Jan 2025, 20:02 · 0 Comments")
    ('TPN',)
    >>> names_of("By Associated Press"), names_of("Jane Roe and AP"), names_of("By RDN Staff")
    (('Associated Press',), ('Jane Roe',), ('RDN Staff',))
    """
    signed = names_by_role(byline)
    if signed is not None:
        return signed[:_MAX_NAMES]
    text = _BRACKETS.sub(" | ", without_dates(byline, " | "))
    if "@" in text:
        text = _HANDLE.sub(" ", _EMAIL.sub(" ", text))
    text, introduced = _without_by(_apart(text))
    pieces = _JOINTS.split(text)
    names = [
        name
        for number, piece in enumerate(pieces)
        if not is_agency(piece) and not (number and _describes(piece))
        for name in _parted(_trim(piece))
        if is_name(name) and not is_agency(name)
    ]
    if not all(map(str.isupper, names)):  # "Jane Roe, MDR THÜRINGEN"
        names = [name for name in names if not name.isupper()]
    desk = pieces[0].strip()
    if not names and (
        is_agency(desk)
        or (introduced and _is_desk(desk) and (desk.split()[0].isupper() or not _role_words(desk)))
    ):
        names = [desk]
    return tuple(dict.fromkeys(_cased(name) for name in names))[:_MAX_NAMES]


def _describes(piece: str) -> bool:
    """Whether a piece behind a name tells what its bearer is: "Middle East correspondent", "editor of X"."""
    words = piece.split()
    first = words[0].lower() if words else ""
    last = len(words) > 2 and _role_words(words[-1]) and first not in _given_names()
    return last and not _without_by(piece)[1] and not _role_words(words[0])


def _parted(text: str) -> list[str]:
    """Names that follow each other with nothing between: "Anna Maria Roe Jan Doe", by their given names."""
    words = text.split()
    if len(words) <= _LONGEST_NAME:
        return [text]
    names: list[list[str]] = []
    for word in words:
        if not names or (len(names[-1]) > 1 and word.lower() in _given_names()):
            names.append([])
        names[-1].append(word)
    return [" ".join(name) for name in names]


def _apart(text: str) -> str:
    """A byline with a bar where two texts were run together: "byJane Roe", "Jane RoeNews Reporter"."""
    at = 0
    for joint in _GLUED.finditer(text):
        if joint[0]:
            return "by " + _apart(text[joint.end() :])
        at = joint.start()
    return f"{text[:at]} | {text[at:]}" if at and _role_words(text[at:]) else text


def signs(text: str) -> bool:
    """Whether a line is somebody's name and nothing else that counts, by a given name, a role or an agency.

    >>> [signs(t) for t in ("Jane Roe", "Uzo Roe Senior Reporter", "AFP", "Key Points", "Jane Roe left")]
    [True, True, True, False, False]
    """
    names = names_of(text) if _may_sign(text) else ()
    if not names:
        return False
    if is_agency(names[0]):  # "PA" are somebody's initials too, and "Mehr" is a word
        return " " in names[0] or (len(names[0]) > 2 and names[0].isupper())
    text = _apart(_HANDLE.sub(" ", without_dates(text, " ")))
    words, known = text.split(), len(names[0].split())
    beside = words[known:]
    return (
        " ".join(words[:known]).rstrip(",") == names[0]
        and len(beside) <= _BESIDE
        and (words[0].lower().split("-")[0] in _given_names() or _role_words(" ".join(beside)))
    )


def signs_for_all(text: str) -> bool:
    """Whether a byline without a name is one all the same: a desk, a role, an agency, whatever follows "By".

    >>> [signs_for_all(t) for t in ("By Roe Post staff", "Court Reporter", "Bron: BELGA", "Need for Speed")]
    [True, True, True, False]
    """
    if "›" in text or "»" in text:
        return False  # breadcrumbs
    return _without_by(text)[1] or _role_words(text) or any(map(is_agency, _JOINTS.split(text)))


def _may_sign(text: str) -> bool:
    """Whether there is a given name, a role or the beginning of an agency's name anywhere in a text."""
    if _GLUED.search(text):
        return True
    words = plain(text).split()
    return any(not known().isdisjoint(words) for known in (_given_names, _roles, _agency_starts))


_BETWEEN = 3  # words that may stand between "By" and a name: "By our special correspondent Jane Roe"
_BESIDE = 5  # words that may stand beside a name: "Senior Political Correspondent", "2 minutes read"


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(load("given_names.json"))


def is_agency(text: str) -> bool:
    """Whether a text is an agency's name in any of its spellings.

    >>> is_agency("The Associated Press"), is_agency("Jane Roe")
    (True, False)
    """
    return text[:1].isalnum() and plain(text) in _agencies()  # "© dpa" signs nothing


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    rows = load("agencies.json")
    return frozenset(plain(name) for row in rows for name in (row["name"], *row["spellings"]))


@lru_cache(maxsize=1)
def _agency_starts() -> frozenset[str]:
    return frozenset(name.split()[0] for name in _agencies() if name)


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
        short = 2 <= len(text) <= 30 and (1 < len(words) < 5 or len(text) <= 5)
        return short and not is_phrase(text) and plain(text) not in phrases("chrome")  # "シェアする"
    own = [word for word in words if word.lower() not in _PARTICLES]
    return len(own) > 1 and words[0].lower() not in _PLACING and all(word[0].isupper() for word in own)


def says_by(text: str) -> bool:
    """Whether a line begins with "By" or its like, and a name after it.

    >>> [says_by(t) for t in ("By Jane Roe", "Von Anna Groß", "By signing up to all of Roe Media", "Ann Roe")]
    [True, True, False, False]
    """
    behind, introduced = _without_by(text)
    names = names_of(text) if introduced else ()
    return bool(names) and len(behind.partition(names[0].split()[0])[0].split()) <= _BETWEEN


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
    words = _without_by(" ".join(words))[0].split()  # "Kommentar von Jane Roe"
    while words and (_role_words(words[-1]) or _DIGIT.search(words[-1]) or _DIGIT.search(words[-2:][0])):
        del words[-1]  # a role, "2 minutes"
    name = " ".join(words)
    return name.rstrip(".,") if len(name.rpartition(" ")[2]) > _ABBREVIATED else name  # but "John Doe Jr."


@lru_cache(maxsize=1)
def _by_words() -> dict[str, tuple[str, ...]]:
    """What introduces a name, with the sign after it, by its first letter and the longest first."""
    phrases = {phrase for language in load("words.json")["by"].values() for phrase in language}
    known: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        known[phrase[0]] = (*known.get(phrase[0], ()), *(phrase + sign for sign in (" ", ":", "\u00a0")))
    return known


def _without_by(text: str) -> tuple[str, bool]:
    text = text.strip()
    low = text[:_LONGEST_BY].lower()
    words = _by_words().get(low[:1], ())
    if not low.startswith(words):
        return text, False
    size = next(len(phrase) - 1 for phrase in words if low.startswith(phrase))
    return text[size:].lstrip(" :\u00a0"), True


_LONGEST_BY = 60  # characters that "By" and its like have at most, with room to spare


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    return frozenset(word for words in load("roles.json").values() for word in words)


def _role_words(text: str) -> bool:
    roles = _roles()
    return any(word.strip(".,'’").lower() in roles for word in text.split())
