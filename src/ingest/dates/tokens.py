"""Cuts a line into tokens and gives each the form under which the vocabulary knows it.

Scripts without spaces (Chinese, Japanese, Korean, Thai) are cut into single characters, which the index of
phrases joins again.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

NUMBER = "#"  # stands for any number in a phrase: "# hours ago"

Token = tuple[str, int, int]

# Scripts without spaces: a character is a token.
_SPACELESS = "\u0e00-\u0e4f\u0e5a-\u0e7f\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
# Marks that belong to the word though they are no letters: accents, Hebrew and Arabic points, Indic vowel signs.
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d" + "".join(
    f"{chr(block)}-{chr(block + 0x63)}" for block in range(0x900, 0xE00, 0x80)
)
_WORD = f"(?:[^\\W\\d_{_SPACELESS}]|[{_MARKS}])"
_TOKEN = re.compile(f"[A-Za-z]+(?![^\\W\\d_]|['’{_MARKS}])|\\d+|{_WORD}+(?:['’]{_WORD}+)*|[^\\s\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c]")

# One letter, several ways to write it: dotless i, typographic apostrophe, Persian and Urdu letters beside the Arabic
# ones, Polish and Scandinavian letters that Unicode does not take apart, wide punctuation.
_SAME = str.maketrans(
    "ı’ʼ`یىکہھەۀةł：．／－−‐‑，（）［］【】〜～٫،۔॰",
    "i'''ييكهههههl:./----,()[][]~~.,..",
    "\u200c\u200d\u0640\u093c\u09bc",
)


@lru_cache(maxsize=4096)
def fold(token: str) -> str:
    """The form of a token that is looked up: lower case, no accents, one form of each letter.

    >>> fold("FÉVRIER"), fold("أغسطس") == fold("اغسطس"), fold("Kasım"), fold("２")
    ('fevrier', True, 'kasim', '２')
    """
    if token.isascii():
        return token.lower()
    # Marks are taken off where readers leave them off (Latin, Greek, Cyrillic, Hebrew, Arabic), not in Indic scripts.
    taken_apart = unicodedata.normalize("NFD", token.casefold())
    bare = "".join(c for c in taken_apart if c >= "\u0900" or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.translate(_SAME))


def phrase(text: str) -> tuple[str, ...]:
    """The tokens of an entry of the vocabulary, "{n}" as the number sign, without the dot of an abbreviation.

    >>> phrase("il y a {n} heures"), phrase("a.m."), phrase("{n}時間前")
    (('il', 'y', 'a', '#', 'heures'), ('a', '.', 'm'), ('#', '時', '間', '前'))
    """
    tokens = [fold(match.group()) for match in _TOKEN.finditer(text.replace("{n}", " 0 ").strip())]
    while tokens and tokens[-1] == ".":
        tokens.pop()
    return tuple(NUMBER if token == "0" else token for token in tokens)


def cut(text: str) -> list[Token]:
    """The tokens of a text, folded, with their spans.

    >>> cut("26. Januar")
    [('26', 0, 2), ('.', 2, 3), ('januar', 4, 10)]
    """
    return [(fold(match.group()), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def visible(text: str) -> str:
    """The text without the marks of writing direction and other signs that no one sees."""
    return _INVISIBLE.sub("", text)
