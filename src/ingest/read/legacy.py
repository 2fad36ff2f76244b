"""Which legacy encoding bytes are in, told by the letters that they make.

General detectors were measured on short news texts in some 30 languages and read a French or an
Italian paragraph wrongly one time in four. Here each encoding is judged by the languages written in
it: how frequent are the letters that the bytes would be, and do they stand where letters stand?
The knowledge is in ``vocabulary/encodings.json``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from math import exp, log
from typing import Any

from ingest import vocabulary

_SAMPLE = 32_768  # bytes that are judged
_SCANNED = 4 * 2**20  # bytes in which the sample is looked for
_PIECE = re.compile(rb"[\r\n<>]")

# Logarithms of how likely a byte is, by what it would be.
_PUNCTUATION = log(0.01)
_FOREIGN = log(0.003)  # a letter of another language of the encoding: "Ibáñez" in a German page
_STRANGE = log(0.0003)  # a letter or sign that the encoding's languages have no use for
_IMPOSSIBLE = log(0.000001)  # undefined, or a C1 control character
_COMMON_SIGNS = frozenset("‘’“”„‚‹›«»–—…•·€£°§©®™´¿¡\xa0\xad№、。「」،؛؟")
_LEAST_LIKELY = -5.5  # mean logarithm: news texts have -1.5 to -4.9, random bytes -6 to -7


def encoding_by_evidence(data: bytes) -> str | None:
    """The legacy encoding that the bytes are most likely in, or None when no language fits them.

    >>> encoding_by_evidence("Привет, как дела? Хорошо".encode("koi8-r"))
    'koi8-r'
    >>> encoding_by_evidence("« C’est décidé »".encode("windows-1252"))
    'windows-1252'
    """
    sample = _sample(data)
    if not sample:
        return None
    return _two_byte(sample) or _one_byte(sample)


def _sample(data: bytes) -> bytes:
    """The stretches that hold bytes beyond ASCII: a page's scripts and mark-up tell nothing."""
    stretches, size = [], 0
    for stretch in _PIECE.split(data[:_SCANNED]) if len(data) > _SAMPLE else [data]:
        if not stretch.isascii():
            stretches.append(stretch)
            size += len(stretch)
            if size > _SAMPLE:
                break
    return b"\n".join(stretches)[:_SAMPLE]


# --- Two bytes a character: Chinese, Japanese, Korean ---------------------------------------------


def _two_byte(sample: bytes) -> str | None:
    """Such characters stand in rows, and nearly all are of the few thousand that people use."""
    best, best_share = None, 0.75
    for kind in vocabulary.load("encodings.json")["multi_byte"]:
        share = _common_share(sample, kind)
        if share >= 0.98:  # the narrower encodings come first
            return str(kind["encoding"])
        if share > best_share:
            best, best_share = str(kind["encoding"]), share
    return best


def _common_share(sample: bytes, kind: dict[str, Any]) -> float:
    common, telling, token = _patterns(kind["encoding"])
    usual = tells = characters = runs = 0
    end = -1
    for match in token.finditer(sample):
        characters += 1
        runs += match.start() != end
        end = match.end()
        character = match[0]
        usual += common.fullmatch(character) is not None
        tells += telling.fullmatch(character) is not None
    if not characters or runs > characters / 2 or tells < kind["least"] * characters:
        return 0.0
    broken = sample.decode(kind["encoding"], "replace").count("\ufffd")
    cut = len(sample) == _SAMPLE  # perhaps in the middle of a character
    return 0.0 if broken > cut + 0.005 * characters else usual / characters


@cache
def _patterns(encoding: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes], re.Pattern[bytes]]:
    kind = next(k for k in vocabulary.load("encodings.json")["multi_byte"] if k["encoding"] == encoding)
    if encoding == "cp932":  # its one-byte katakana stand between the lead bytes
        token = rb"[\x81-\x9f\xe0-\xfc][\x40-\xfc]?|[\xa0-\xdf\xfd-\xff]"
    else:
        token = rb"[\x81-\xfe][\x40-\xfe]?|[\x80\xff]"
    return (
        re.compile(kind["common"].encode("latin-1")),
        re.compile(kind["telling"].encode("latin-1")),
        re.compile(token),
    )


# --- One byte a character: the Windows code pages and their kin -----------------------------------


def _one_byte(sample: bytes) -> str | None:
    """The encoding in which some language makes the bytes most likely."""
    pairs = Counter(pair for pair in zip(b" " + sample, sample, strict=False) if pair[1] > 0x7F)
    total = sum(pairs.values())
    best, best_likely = "", float("-inf")
    for encoding, languages in vocabulary.load("encodings.json")["single_byte"]:
        table = bytes(range(256)).decode(encoding, "replace")
        foreign = _all_letters(languages)
        for language in languages.split():
            letters = foreign | _letters(language)
            cased = language in vocabulary.load("encodings.json")["cased"].split()
            likely = sum(
                _likelihood(table[before], table[byte], letters, latin=cased) * count
                for (before, byte), count in pairs.items()
            )
            if likely > best_likely:
                best, best_likely = encoding, likely
    return _first_alike(sample, best) if best_likely > _LEAST_LIKELY * total else None


def _first_alike(sample: bytes, best: str) -> str:
    """Of the encodings that read the bytes alike, the first: "é" is the same in many."""
    text = sample.decode(best, "replace")
    encodings: list[str] = [encoding for encoding, _ in vocabulary.load("encodings.json")["single_byte"]]
    return next(encoding for encoding in encodings if sample.decode(encoding, "replace") == text)


@cache
def _letters(language: str) -> dict[str, float]:
    """The language's letters with the logarithm of their frequency, which falls by rank."""
    letters = vocabulary.load("encodings.json")["languages"][language]
    weights = [exp(-3.5 * rank / len(letters)) for rank in range(len(letters))]
    whole = sum(weights) / 0.9
    return {letter: log(weight / whole) for letter, weight in zip(letters, weights, strict=True)}


@cache
def _all_letters(languages: str) -> dict[str, float]:
    return {letter: _FOREIGN for language in languages.split() for letter in _letters(language)}


def _likelihood(before: str, character: str, letters: dict[str, float], *, latin: bool) -> float:
    """How likely is the character after the one before it, in a language with these letters?"""
    if character == "\ufffd" or "\x80" <= character <= "\x9f":
        return _IMPOSSIBLE
    lower = character.lower()
    value = letters.get(lower)
    if value is None:
        return _PUNCTUATION if character in _COMMON_SIGNS else _STRANGE
    if not character.isalpha():
        return value
    if lower != character:  # a capital: rare, and all but impossible within a word
        value += log(0.003) if before.islower() else log(0.1)
    if not before.isalpha():
        return value + log(0.2)
    if before.isascii():  # "é" stands among ASCII letters; a Cyrillic letter never does
        return value if latin else value + log(0.01)
    return value + log(0.1) if latin else value
