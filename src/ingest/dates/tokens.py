"""Cuts a line into tokens and gives each the form under which the vocabulary knows it.

Scripts without spaces (Chinese, Japanese, Korean, Thai) are cut into single characters, which the index of
phrases joins again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ingest.pattern import lazy

NUMBER = "#"  # stands for any number in a phrase: "# hours ago"

Token = tuple[str, int, int]

# Signs that end a word. They are listed because letters can't be: ``re`` takes no Indic vowel sign for one.
_SIGNS = (
    r"!-/:-@\[-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7"
    r"\u060c\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0970"
    r"\u2000-\u200b\u200e-\u206f\u20a0-\u20cf\u2100-\u2bff\u3000-\u3004\u3008-\u3020\u3030\u30fb\ufeff"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff"
)
_WORD = rf"[^\s\d{_SIGNS}]+"
# A year that markup set apart from what follows it: "Jan 26, 202410:05", "26.01.202426. Januar 2024"
_GLUED_YEAR = r"(?<!\d)(?:19|20)\d\d(?=\d{1,2}(?::\d\d(?!\d)|\. ?[^\W\d_]))"
# The first alternative is the last but one for plain English, only quicker.
_TOKEN = lazy(rf"[A-Za-z]+(?=[\s\d,.:;)/-]|$)|{_GLUED_YEAR}|\d+|{_WORD}(?:['’]{_WORD})*|\S")
_INVISIBLE = dict.fromkeys(
    [0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)

# One letter, several ways to write it: dotless i, typographic apostrophe, Persian and Urdu letters beside the
# Arabic ones, the Polish l that Unicode does not take apart, wide punctuation.
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
    bare = unicodedata.normalize("NFD", token.casefold()).translate(_forms())
    # a mark or a joiner that stands alone stays what it is: every token has a form
    return unicodedata.normalize("NFC", bare) or token


@lru_cache(maxsize=1)
def _forms() -> dict[int, int | None]:
    """What becomes of a sign. Marks are taken off where readers leave them off, which is in the scripts
    before the Indic ones: Latin, Greek, Cyrillic, Hebrew, Arabic."""
    marks = [code for code in range(0x300, 0x900) if unicodedata.combining(chr(code))]
    return dict.fromkeys(marks, None) | _SAME


def cut(text: str) -> list[Token]:
    """The tokens of a text, folded, with their spans.

    >>> cut("26. Januar")
    [('26', 0, 2), ('.', 2, 3), ('januar', 4, 10)]
    >>> [token for token, _, _ in cut("更新2024年")]
    ['更', '新', '2024', '年']
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        token, start, end = match.group(), match.start(), match.end()
        if token.isascii():
            found.append((token.lower(), start, end))
        elif token[0].isdecimal():
            found.append((token, start, end))
        elif max(token) >= "\u0e00":
            found += [(part, start + first, start + last) for part, first, last in spaceless(token)]
        else:
            found.append((fold(token), start, end))
    return found


def words_of(text: str) -> set[str]:
    """The tokens of a text, each once, without the time that it takes to say where they stand.

    >>> sorted(words_of("26. Mai bis 26. Mai"))
    ['.', '26', 'bis', 'mai']
    """
    found: set[str] = set()
    for token in set(_TOKEN.findall(text)):
        if token.isascii():
            found.add(token.lower())
        elif token[0].isdecimal():
            found.add(token)
        elif max(token) >= "\u0e00":
            found.update([part for part, _, _ in spaceless(token)])
        else:
            found.add(fold(token))
    return found


def spaceless(token: str) -> Sequence[Token]:
    """The tokens of a word that may hold scripts without spaces; what no one sees is left out.

    >>> spaceless("2024年1月")[1:]
    [('年', 4, 5), ('1', 5, 6), ('月', 6, 7)]
    """
    return _spaceless(token) if len(token) > _SHORT else _spaceless_again(token)


def _spaceless(token: str) -> Sequence[Token]:
    found: list[Token] = []
    run = 0  # where the letters of a script with spaces began
    for at, sign in enumerate(token):
        alone = _stands_alone(sign)
        if alone and run < at:
            found.append((fold(token[run:at]), run, at))
        if alone:
            run = at + 1
            if ord(sign) not in _INVISIBLE:
                found.append((fold(sign), at, at + 1))
    if run < len(token):
        found.append((fold(token[run:]), run, len(token)))
    return found


_SHORT = 12  # characters of a token that is remembered: "don’t", "–"
_spaceless_again = lru_cache(maxsize=2048)(_spaceless)


def _stands_alone(sign: str) -> bool:
    return (
        "\u0e00" <= sign <= "\u0e7f"  # Thai
        or (
            "\u2000" <= sign <= "\u9fff" and sign not in "\u200c\u200d\u2019"
        )  # signs, kana, Chinese characters
        or "\uac00" <= sign <= "\ud7af"  # Korean
        or "\u1100" <= sign <= "\u11ff"
        or "\uf900" <= sign <= "\uff20"
    )


def phrase(text: str) -> tuple[str, ...]:
    """The tokens of an entry of the vocabulary, "{n}" as the number sign, without the dot of an abbreviation.

    >>> phrase("il y a {n} heures"), phrase("a.m."), phrase("{n}時間前")
    (('il', 'y', 'a', '#', 'heures'), ('a', '.', 'm'), ('#', '時', '間', '前'))
    """
    tokens = [token for token, _, _ in cut(text.replace("{n}", " 0 "))]
    while tokens and tokens[-1] == ".":
        tokens.pop()
    return tuple(NUMBER if token == "0" else token for token in tokens)


def visible(text: str) -> str:
    """The text without the marks of writing direction and other signs that no one sees."""
    return text.translate(_INVISIBLE)
