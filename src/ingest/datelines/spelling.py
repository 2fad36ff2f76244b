"""One key for the many spellings of a name, and the way from capitals back to normal spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ingest.pattern import lazy

# NFKD takes accents off; these letters it leaves alone. Arabic and Persian writers mix the forms at the end.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "e"}
    | dict.fromkeys("أإآٱ", "ا")
    | {"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ـ": None}
    | dict.fromkeys("'’‘ʼʻʿʾ`´″\".", None)
    | {"\u200c": " ", "\u200d": None, "\u200e": None, "\u200f": None, "\u00ad": None, "־": " "}
    | {
        c: None
        for c in map(chr, [*range(0x300, 0x370), *range(0x64B, 0x653), *range(0x591, 0x5C8)])
        if c != "־"
    }
)
_GAP = lazy(r"[\s\-‐‑–_/·・]+")
_SHORT = {"saint": "st", "sankt": "st", "fort": "ft", "mount": "mt"}  # "Saint Louis" is "ST. LOUIS"
_LATIN_ABBREVIABLE = lazy(r"\b(?:saint|sankt|fort|mount)\b")

# Words that stay small inside a name: "RIO DE JANEIRO", "DAR ES SALAAM", "STOKE-ON-TRENT".
SMALL = frozenset(
    (
        "a al am an and at au aux d da das de degli dei del della den der des di do dos du e el en es et im "
        "in la las le les los of off on op or over sous sur the to und upon van von y"
    ).split()
)
_WORD = lazy(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCOTS = lazy(r"^(mc)([a-z])", re.I)


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """The form under which spellings of one name meet: no case, accents, dots or hyphens.

    >>> key("ST. JOHN'S"), key("São Paulo"), key("Port-au-Prince"), key("МОСКВА")
    ('st johns', 'sao paulo', 'port au prince', 'москва')
    """
    if name.isascii():  # most names, and most of the time
        folded = name.lower()
        if folded.isalpha():
            return _SHORT.get(folded, folded)
        folded = folded.translate(_LETTERS)
    else:
        folded = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
        folded = (
            unicodedata.normalize("NFC", folded).casefold().encode("utf-8", "ignore").decode()
        )  # no surrogates
    if folded.isalpha():
        return _SHORT.get(folded, folded)
    folded = _GAP.sub(" ", folded).strip()
    return _LATIN_ABBREVIABLE.sub(lambda m: _SHORT[m[0]], folded)


def in_capitals(name: str) -> bool:
    """Whether a name is set in capitals; one slip of the shift key is forgiven ("WALtHAM").

    >>> in_capitals("NEW YORK"), in_capitals("McALLEN"), in_capitals("Berlin"), in_capitals("北京")
    (True, True, False, False)
    """
    upper = sum(map(str.isupper, name))
    lower = sum(map(str.islower, name))
    return upper > 1 and upper >= 3 * lower


def title_case(name: str) -> str:
    """A name in capitals or small letters, in normal spelling; a mixed one as it is.

    >>> title_case("RIO DE JANEIRO"), title_case("PORT-AU-PRINCE"), title_case("N'DJAMENA")
    ('Rio de Janeiro', 'Port-au-Prince', "N'Djamena")
    """
    if not in_capitals(name) and any(map(str.isupper, name)):
        return name
    words = iter(_WORD.finditer(name))
    parts: list[str] = []
    end = 0
    for word in words:
        parts += name[end : word.start()], _title_word(word[0], first=end == 0)
        end = word.end()
    return "".join(parts) + name[end:]


def _title_word(word: str, first: bool) -> str:
    small = _lower(word)
    if small in SMALL and not first:
        return small
    for mark in "'’":  # "L'AQUILA" and "N'DJAMENA", but "JOHN'S"
        if mark in small:
            head, _, tail = small.partition(mark)
            if len(head) <= 2 and len(tail) > 1:
                return _capital(head) + mark + _capital(tail)
    return _SCOTS.sub(lambda m: "Mc" + m[2].upper(), _capital(small))


def _lower(word: str) -> str:
    """Lower case; the Turkish "İ" must not leave a stray dot behind."""
    return word.replace("İ", "i").lower()


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
