"""Lines of one paragraph -> its text, hyphenation undone where the page shows what the word is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ingest.pattern import lazy
from ingest.vocabulary import load

UNSPACED = lazy("[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]")  # written without spaces between words
_LINE_END = lazy(r"([^\W\d_]{2,30})[-\u00ad\u2010]$")
_LINE_START = lazy(r"([^\W\d_]{2,30})")
_WORD = lazy(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_OFTEN = (
    0.06  # share of line ends with a hyphen, from which words were hyphenated and not only compounds broken
)


@lru_cache(maxsize=2)
def _known(kind: str) -> frozenset[str]:
    """The words of hyphens.json: "and" ("Ein- und Ausfuhr"), "compounds" (parts that keep their hyphen)."""
    return frozenset(load("hyphens.json")[kind])


class Hyphens:
    """Joins lines, and undoes hyphenation where the page shows what the whole word is."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.words: frozenset[str] | None = None
        ends = sum(_LINE_END.search(line[-32:]) is not None for line in lines)
        self.often = ends > 2 and ends >= _OFTEN * len(lines)

    def joined(self, block: Sequence[str]) -> str:
        """The text of the lines of one paragraph."""
        if len(block) == 1:
            return block[0]
        parts = [block[0]]
        for line in block[1:]:
            parts[-1], between = self.seam(parts[-1], line)
            parts += (between, line)
        return "".join(parts).replace("\u00ad", "")

    def seam(self, before: str, after: str) -> tuple[str, str]:
        """What is left of the line before, and what stands between the two.

        >>> words = Hyphens(["The coalition met.", "A US-", "led coali-", "tion went."])
        >>> words.seam("led coali-", "tion went."), words.seam("A US-", "led coali-")
        (('led coali', ''), ('A US-', ''))
        """
        if before[-1] == "\u00ad":
            return before[:-1], ""
        end = _LINE_END.search(before[-32:])
        if end is None:
            return before, "" if _unspaced(before, after) else " "
        start = _LINE_START.match(after)
        if start is None:  # "Covid-19"
            return before, "" if after[0].isalnum() else " "
        first, second = end[1], start[1]
        if second.lower() in _known("and"):
            return before, " "
        return (before[:-1], "") if self.is_one_word(first, second) else (before, "")

    def is_one_word(self, first: str, second: str) -> bool:
        """Whether a hyphen between two parts was set by the line break."""
        if not second.islower():
            return False
        if self.words is None:
            self.words = frozenset(self.whole_words())
        low = first.lower()
        if low + second in self.words:
            return True
        if not self.often or not first[1:].islower() or f"{low}-{second}" in self.words:
            return False
        return not {low, second} & _known("compounds") and not {low, second} <= self.words

    def whole_words(self) -> Iterator[str]:
        """The words of the page that no line end has cut."""
        cut = False
        for line in self.lines:
            text = line
            if cut:
                text = text.partition(" ")[2]
            cut = _LINE_END.search(line[-32:]) is not None
            if cut:
                text = text.rpartition(" ")[0]
            yield from (word.lower() for word in _WORD.findall(text))


def _unspaced(before: str, after: str) -> bool:
    """Chinese and Japanese go on without a space, and so does a compound broken at its hyphen ("7-day")."""
    if before[-1] == "-" and len(before) > 1 and before[-2].isalnum():
        return True
    return bool(UNSPACED.match(before[-1]) and UNSPACED.match(after[0]))
