"""What the labeller sees of a line, as people say it. The words are vocabulary/evidence.json."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from ingest.vocabulary import load

_STEP = re.compile(r"(-?[1-3]):(.+)")  # "-1:size=2": of the line before
_NAMED = re.compile(r"([^=]{1,40}=)(.*)", re.S)
_WORDING = re.compile(r"(?:lex:)?([a-z_]+)([=^~])")  # "lex:by^", "read_more="
_KIND = re.compile(r"[smlxSMLX][.…:a]@?|D|-")


class Said(NamedTuple):
    """A feature in words. What has no words lends its weight to its topic alone."""

    topic: str
    words: str | None
    known: bool = True  # whether evidence.json names it


@lru_cache(maxsize=20_000)
def said(feature: str, at: int | None = None) -> Said:
    """A feature of the model in words that "the line" can stand before; ``at`` is the line's place, from 0.

    >>> said("-1:end=.").words, said("has@").words, said("k-=L. sa").words
    ('the line before ends in a full stop', 'has “@” in it', 'comes after running text')
    >>> said("moon=full")  # of a model that is newer than the words
    Said(topic='moon=', words='shows the sign “moon=full”', known=False)
    """
    step = _STEP.fullmatch(feature)
    if step is None:
        if feature in {f"first={place}" for place in range(4)} and at == int(feature[6:]):
            feature = "at=" + feature[6:]  # the place of one of the first lines, and no word of it
        return _said(feature)
    if step[2] == "none":
        return Said("edge", load("evidence.json")["edges"][step[1]])
    inner = _said(step[2])
    if inner.words is None:
        return inner._replace(topic=step[1][0])
    topic = "before" if step[1].startswith("-") else "after"
    return Said(topic, f"{load('evidence.json')['steps'][step[1]]} {inner.words}", inner.known)


def _said(feature: str) -> Said:
    vocabulary = load("evidence.json")
    signs = vocabulary["signs"]
    wording = _WORDING.fullmatch(feature)
    if wording and wording[1] in vocabulary["wording"]:
        return Said("wording", vocabulary["wording"][wording[1]][wording[2]])
    if _KIND.fullmatch(feature):
        return Said("kind", f"is {_kind(feature)}")
    if feature in signs and not feature.endswith("="):
        return Said(signs[feature]["topic"], signs[feature].get("words"))
    if feature.startswith("has") and len(feature) == 4:
        return Said(signs["has"]["topic"], signs["has"]["words"].format(feature[3:]))
    named = _NAMED.fullmatch(feature)
    if named and named[1] in signs:
        sign = signs[named[1]]
        return Said(sign["topic"], _filled(sign, named[2]))
    return Said(named[1] if named else feature, f"shows the sign “{feature}”", known=False)


def _filled(sign: dict[str, Any], value: str) -> str | None:
    words = sign.get("words")
    if isinstance(words, dict):
        words = words.get(value, words.get("*"))
    if not words:
        return None
    if sign.get("as") == "kinds":
        return str(words.format(*map(_kind, value.split(" "))))
    if sign.get("as") == "rhythm":
        beats = load("evidence.json")["beats"]
        value = ", ".join(beats.get(beat, beat) for beat in value)
    return str(words.replace("{}", value))


def _kind(kind: str) -> str:
    """A line's coarse class as `ingest.label.context` writes it.

    >>> _kind("sa@"), _kind("L."), _kind("l…"), _kind("m.")
    ('a link', 'running text', 'a text that breaks off', 'a sentence')
    """
    kinds = load("evidence.json")["kinds"]
    if kind in kinds and kind not in "smlx":
        return str(kinds[kind])
    if not _KIND.fullmatch(kind):
        return f"“{kind}”"
    size, end, link = kind[0], kind[1], kind[2:]
    if link:
        return str(kinds["link" if size in "sm" else "long link"])
    if size.isupper():
        return str(kinds["prose"])
    return str(kinds["…" if end == "…" else ":" if end == ":" else "sentence" if end == "." else size])
