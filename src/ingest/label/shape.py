"""What one line looks like, in any language or script: length, ends, capitals, digits, known words."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ingest.dates import find_dates, is_date_line
from ingest.dates.quick import moments
from ingest.dates.sieve import looks
from ingest.line import Line
from ingest.pattern import lazy
from ingest.vocabulary import MARKS, load

# A full stop, question or exclamation mark of any script, perhaps inside closing quotes or brackets.
_STOP = ".!?…。！？｡।॥؟۔։።᙮᠃"
_CLOSING = "\"'”’»›)]）」』】〉》"
_SENTENCE_END = lazy(rf"[{re.escape(_STOP)}][{re.escape(_CLOSING)}]*(?=\s|$)|[。！？｡।॥۔]")
_WORD = lazy(rf"[\w{MARKS}]+(?:['’-][\w{MARKS}]+)*")
PHRASES = "words.index.json"  # of the vocabulary, made by phrases.py
_WIDE = "\u2e80"  # from here on the letters that take two columns begin
_DATED = 200  # longer lines are prose, and the dates in it are of events
_MAX_WORDS = 40  # words looked at: more tell nothing new

_LENGTHS = (8, 16, 28, 45, 70, 110, 180, 320)


class Shape(NamedTuple):
    """The measures of one line that features are made of."""

    words: tuple[str, ...]  # lower case, at most 40
    length: int  # characters, wide ones twice
    wide: bool  # mostly in a script that sets no spaces between words
    size: int  # length in nine steps, 0 to 8
    end: str  # class of the last character: "." "…" ":" "," ")" "a" "0" …
    start: str  # class of the first: "A" "a" "0" "“" "•" …
    sentences: int  # 0 to 4
    capitals: int  # share of words with a capital, 0 to 4; 5: all letters are capitals
    digits: int  # share of digits, 0 to 3
    marks: tuple[str, ...]  # telling signs within: "|" "·" "@" "“" …
    date: int  # 0 none, 1 has one, 2 is nothing else
    lexicon: tuple[str, ...]  # vocabulary that it meets: "section=", "read_more^" …

    @property
    def prose(self) -> bool:
        """Long enough and punctuated as running text."""
        return self.size >= 5 and (self.sentences > 1 or (self.sentences == 1 and self.end in ".”"))


def shape_of(line: Line) -> Shape:
    """Measures one line.

    >>> shape_of(Line(1, "The talks failed, two officials said.")).end
    '.'
    >>> shape_of(Line(1, "MOST READ")).capitals
    5
    """
    return _again(line.text) if len(line.text) <= _SHORT else _measure()(line.text)


def measured(text: str) -> Shape:
    """What the compiled labeller does in a tenth of the time."""
    head = text[:600]
    words = tuple(words_in(head)[:_MAX_WORDS])
    wide = sum(char >= _WIDE for char in head) if max(head) >= _WIDE else 0
    length = len(text) + wide
    lower = tuple(word.lower() for word in words)
    return Shape(
        words=lower,
        length=length,
        wide=2 * wide > len(head),
        size=next((i for i, limit in enumerate(_LENGTHS) if length < limit), len(_LENGTHS)),
        end=_end(text),
        start=_start(text),
        sentences=min(4, len(_SENTENCE_END.findall(head))),
        capitals=_capitals(words),
        digits=_share(sum(map(str.isdigit, head)), len(head)),
        marks=tuple(mark for mark in '|·•/›»@#©:–—“"(' if mark in head),
        date=_date(text) if length < _DATED else 0,
        lexicon=_lexicon(lower, head) if length < 220 else (),
    )


# A publisher's pages have most of their short lines in common: navigation, labels, the day's titles.
_SHORT = 100  # characters


@lru_cache(maxsize=500)
def _again(text: str) -> Shape:
    return _measure()(text)


@lru_cache(maxsize=1)
def _measure() -> Callable[[str], Shape]:
    try:
        from ingest.label._crf import measure
    except ImportError:  # installed where there was no compiler
        return measured
    index, known, (may_hold_date, _) = _index(), moments(), looks()

    def dated(text: str) -> int:
        return _date(text) if may_hold_date(text) else 0  # most can't, and are told apart quickly

    return lambda text: measure(text, Shape, index, known, dated)


def words_in(text: str) -> list[str]:
    """The words of a text, by which its phrases are known.

    >>> words_in("Lire l'article – 3/5")
    ['Lire', "l'article", '3', '5']
    """
    return _WORD.findall(text)


def _date(text: str) -> int:
    return 0 if not find_dates(text) else 2 if is_date_line(text) else 1


def _end(text: str) -> str:
    stripped = text.rstrip(_CLOSING) or text
    last = stripped[-1]
    if last in "…" or stripped.endswith(("...", "[…", "..")):
        return "…"
    if last in _STOP:
        return "." if stripped is text or len(stripped) == len(text) else "”"
    if last.isalpha():
        return "a" if stripped == text else ")"
    return "0" if last.isdigit() else last if last in ":,;–—-|›»/" else "*"


def _start(text: str) -> str:
    first = text[0]
    if first.isupper():
        return "A"
    if first.isalpha():
        return "a" if first.islower() else "字"
    if first.isdigit():
        return "0"
    return (
        first
        if first in "([@#©|+/"
        else "“"
        if first in "\"'“‘„«‹「『"
        else "•"
        if first in "•·*-–—►▪●■>»›→"
        else "*"
    )


def _capitals(words: tuple[str, ...]) -> int:
    lettered = [word for word in words if word[0].isalpha()]
    if not lettered:
        return 0
    if all(word.isupper() for word in lettered):
        return 5
    return 1 + min(3, 4 * sum(word[0].isupper() for word in lettered) // len(lettered))


def _share(part: int, whole: int) -> int:
    share = part / whole
    return 0 if not part else 1 if share < 0.1 else 2 if share < 0.35 else 3


_WITHIN = (
    "appeal",
    "chrome",
    "credit",
    "read_more",
    "rights",
)  # categories told wherever in a line they stand


@lru_cache(maxsize=1)
def _index() -> dict[str, list[tuple[str, ...]]]:
    """First word of a phrase -> (category, word, …) entries, so that most lines cost one look-up a word."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for category, (ones, longer) in load(PHRASES).items():
        for word in ones.split():
            index.setdefault(word, []).append((category, word))
        for phrase in longer:
            words = phrase.split(" ")
            index.setdefault(words[0], []).append((category, *words))
    return index


def _lexicon(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The categories that a line is ("="), begins with ("^") or holds ("~")."""
    index, found = _index(), set()
    for at, word in enumerate(words[:25]):
        for category, *phrase in index.get(word, ()):
            size = len(phrase)
            if words[at : at + size] == tuple(phrase):
                where = "=" if size == len(words) else "^" if at == 0 else "~"
                if where != "~" or category in _WITHIN:
                    found.add(category + where)
    if "©" in text:
        found.add("rights~")
    return tuple(sorted(found))
