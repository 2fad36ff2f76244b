"""One long line a page -> pseudo-lines: sentences, and the runs of labels and titles between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from ingest.line import MAX_LINES, Line, few
from ingest.pattern import lazy
from ingest.read.text import collapse, decode_entities
from ingest.vocabulary import load

_LONG = 1000  # characters from which a line is cut
# The end of a sentence: "said. “We", "said.” He"; in scripts that set no space, the stop alone
_STOP = lazy(r"[.!?…؟।۔][\"'”’»)\]]{0,2}\s+|[。！？][」』”）]?\s*")
_LABELS = ("section", "read_more", "chrome")  # of words.json: what is printed as a line of its own
_ALONE = ("chrome",)  # of them those that a single word may be: "National" may begin a name
_LABEL_WORDS = 4
_RUN = 9  # words of a run of titles that stay together
_BARS = (":", "|", "»", ">", "·")
_LEAST_RUN = 3  # words of labels and titles that are cut off the sentence after them
_LONGEST = 400  # characters of a sentence


def split_lines(text: str, max_lines: int = MAX_LINES) -> list[Line]:
    """The lines of the page; a long one comes in pieces, which share its number.

    Raises InputError: too-large, for more than ``max_lines`` of them.

    >>> page = "Home News Sport Weather The ferries stayed in port. The wind will ease. " * 20
    >>> [line.text for line in split_lines(page)[:3]]
    ['Home News Sport Weather', 'The ferries stayed in port.', 'The wind will ease.']
    """
    return few(_lines(text, max_lines), max_lines)


def _lines(text: str, most: int) -> Iterator[Line]:
    last = 0
    for number, raw in enumerate(text.splitlines(), 1):
        whole = collapse(raw)
        if "&" in whole:
            whole = decode_entities(whole)
        if not whole:
            continue
        pieces = _pieces(whole, most) if len(whole) > _LONG else [whole]
        for part, piece in enumerate(pieces):
            yield Line(number, piece, number - last - 1 if part == 0 else 0, part=part)
        last = number


def _pieces(text: str, most: int) -> Iterator[str]:
    sentences = list(islice(_sentences(text), most + 1))  # each gives a line at least
    repeated = _openings(sentences)
    for sentence in sentences:
        yield from _parted(sentence, repeated)


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        if (
            end < len(text)
            and _begins(text[end : end + 3])
            and not _is_short_form(text[max(start, stop.start() - 12) : stop.start() + 1])
        ):
            yield text[start:end].strip()
            start = end
    if text[start:].strip():
        yield text[start:].strip()


def _begins(text: str) -> bool:
    first = text.lstrip("\"'“‘„«‹「『([¿¡")[:1]
    return bool(first) and not first.islower()


def _is_short_form(text: str) -> bool:
    """ "Mr.", "Jan.", "J.", "U.S.": a short word with a capital before its full stop ends no sentence."""
    if text[-1] != ".":
        return False
    word = text[:-1].rsplit(None, 1)[-1] if text[:-1].strip() else ""
    letters = word.lstrip("\"'“‘„«(")
    return letters[:1].isupper() and (len(letters) < 4 or "." in letters)


def _openings(sentences: list[str]) -> frozenset[str]:
    """What stands before several sentences and belongs to none: "Article content", "Advertisement"."""
    followers: dict[str, set[str]] = {}
    others: Counter[str] = Counter()
    for sentence in sentences:
        words = sentence.split(" ", _LABEL_WORDS + 1)
        for size in range(2, min(_LABEL_WORDS, len(words) - 1) + 1):
            opening = " ".join(words[:size])
            if _is_title(words[size]) and not _is_title(words[size - 1]):
                followers.setdefault(opening, set()).add(words[size])
            else:
                others[opening] += 1
    return frozenset(text for text, seen in followers.items() if len(seen) > max(2, others[text]))


def _is_title(word: str) -> bool:
    first = word.lstrip("\"'“‘„«‹([#")[:1]
    return first.isupper() or first.isdigit()


def _parted(sentence: str, repeated: frozenset[str]) -> Iterator[str]:
    """A sentence, and before it the labels and titles that no full stop ends."""
    words = sentence.split(" ")
    while len(words) > 2 and (size := _label(words, repeated)):
        yield " ".join(words[:size])
        words = words[size:]
    start = _prose_start(words)
    yield from _runs(words[:start])
    rest = words[start:]
    if rest and len(" ".join(rest)) > _LONGEST and not _STOP.search(" ".join(rest[-2:]) + " "):
        yield from _runs(rest)
    elif rest:
        yield " ".join(rest)


def _label(words: list[str], repeated: frozenset[str]) -> int:
    """Number of words of a known label at the start that another start follows; 0 for none."""
    for size in range(min(_LABEL_WORDS, len(words) - 1), 0, -1):
        opening = " ".join(words[:size])
        if not _is_title(words[size]) or (opening.isupper() and words[size].isupper()):
            continue
        if size == 1 and _is_title(words[2]):  # "Home News Sport" is one run
            continue
        if opening in repeated or (words[0][:1].isupper() and opening.lower() in _labels(size > 1)):
            return size
    return 0


@lru_cache(maxsize=2)
def _labels(several: bool) -> frozenset[str]:
    """The known labels of several words, or those of one."""
    known = load("words.json")
    names = _LABELS if several else _ALONE
    return frozenset(phrase for name in names for language in known[name].values() for phrase in language)


def _prose_start(words: list[str]) -> int:
    """Where running text begins: the rear stretch with the most small letters, and the name before it."""
    if len(words) < 4 or not any(word[:1].islower() for word in words):
        return 0
    best = total = 0.0
    start = len(words)
    for at in range(len(words) - 1, -1, -1):
        total += -1.0 if _is_title(words[at]) else 0.8
        if total >= best:
            best, start = total, at
    if start == len(words):
        return 0
    run = 0
    while run < start and _is_title(words[start - run - 1]) and not words[start - run - 1].endswith(_BARS):
        run += 1
    opening = start - (
        run if run <= 3 else 2 if len(words[start - 1]) > 3 else 1
    )  # "Jane Roe said", "The board"
    titles = sum(map(_is_title, words[:opening]))
    return opening if opening >= _LEAST_RUN and 3 * titles >= 2 * opening else 0


def _runs(words: list[str]) -> Iterator[str]:
    """A row of labels and titles in pieces of some words, cut before capitals."""
    start = 0
    for at in range(1, len(words)):
        size = at - start
        if _is_title(words[at]) and (size >= _RUN or (size > 3 and words[at - 1][:1].islower())):
            yield " ".join(words[start:at])
            start = at
    if words[start:]:
        yield " ".join(words[start:])
