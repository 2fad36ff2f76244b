"""The same page in a language that nobody speaks: what is left is shape, place and rhythm.

Letters are exchanged for those of another script, so that no word of the vocabulary is met and the
labeller learns to do without; in scripts without capitals, or without spaces, it must do without those too.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from ingest.label.shape import shape_of
from ingest.line import Label, Line

_SCRIPTS = {
    "latin": (range(0x61, 0x7B), range(0x41, 0x5B)),
    "cyrillic": (range(0x430, 0x450), range(0x410, 0x430)),
    "arabic": (range(0x628, 0x63B), None),
    "devanagari": (range(0x915, 0x93A), None),
    "hangul": (range(0xAC00, 0xD7A3, 59), None),
    "han": (range(0x4E00, 0x9FA0, 7), None),
}
_SIGNS = {
    "arabic": str.maketrans({",": "،", "?": "؟", ";": "؛"}),
    "devanagari": str.maketrans({".": "।"}),
    "han": str.maketrans(
        {".": "。", ",": "，", "?": "？", "!": "！", ":": "：", "“": "「", "”": "」", " ": ""}
    ),
}


def disguise(page: Sequence[tuple[Line, Label]], rng: random.Random) -> list[tuple[Line, Label]]:
    """The labelled lines in an invented language of one script; dates and numbers stay."""
    script = rng.choice([*_SCRIPTS])
    key, signs, wide = rng.random(), _SIGNS.get(script, {}), script == "han"
    result = []
    for line, label in page:
        text = line.text
        if shape_of(line).date != 2:
            words = [_word(word, script, key) for word in text.split(" ")]
            text = ("" if wide else " ").join(words).translate(signs)
        result.append((line._replace(text=text.strip() or line.text), label))
    return result


def _word(word: str, script: str, key: float) -> str:
    """One word, the same each time it comes on a page."""
    if not any(map(str.isalpha, word)) or word[0] in "#@&":
        return word
    small, large = _SCRIPTS[script]
    letters = random.Random(f"{word.lower()} {key}")
    if script == "han":  # two or three letters a word are one sign
        kept = [char for char in word if not char.isalpha()]
        signs = max(1, (len(word) - len(kept) + 1) // 3)
        return "".join(chr(letters.choice(small)) for _ in range(signs)) + "".join(kept)
    made = []
    for char in word:
        if not char.isalpha():
            made.append(char)
        else:
            made.append(chr(letters.choice(large if large and char.isupper() else small)))
    return "".join(made)
