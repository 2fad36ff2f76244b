"""What a line's own words decide, whatever the labeller made of it, and whether there is a story at all.

The labeller weighs looks and neighbourhood; a few kinds of line say themselves what they are, and a
wrong label there would put strangers' words into an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ingest.build.byline import is_agency, is_name, says_by
from ingest.datelines import parse_dateline
from ingest.dates import find_dates
from ingest.label.shape import shape_of
from ingest.line import BODY, Line
from ingest.line import Labels as Label
from ingest.pattern import lazy
from ingest.vocabulary import behind_read_more, phrases, plain

_CREDITED = lazy(r"(?:^|[.!?…(\[|:–—])\s?(\w[\w '’-]{1,40}?)\s?/\s?(\w[\w .'’-]{1,40}?)[\s.)\]]{0,3}$")
_EMAIL = lazy(r"\S{1,64}@\S{1,100}\.\w{2,10}")
_SIGNS = frozenset({Label.HEADLINE, Label.BYLINE, Label.DATE, Label.PUBLICATION})
_FIRST = 4  # lines of text among which a byline may stand
_BYLINE = 100  # characters that such a byline may have
_IMPRINT = 140  # characters that a publication line may have
_STOPS = (".", "!", "?", "।", "。", "”", '"', ":")
_CREDIT = 80  # characters of a line in which it names its photographer
_APPEAL = 200  # characters of a line that asks for something
_FEW_WORDS = 4
_SENTENCE = 30  # characters, from which a line may be a paragraph
_ENOUGH = 400  # characters of a story that needs no headline, byline or date to be believed


def settled(lines: Sequence[Line], labels: Sequence[Label], dated: bool = False) -> list[Label]:
    """The labels, corrected where the wording leaves no doubt; without a story, no line is part of one.

    ``dated`` says that the metadata know the day of a publication.
    """
    result = list(labels)
    begun, text = False, 0  # lines of text so far
    for at, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is Label.PUBLICATION and begun and _says_no_publication(line.text):
            result[at] = Label.PARAGRAPH
        elif label in BODY:
            result[at] = _by_words(line, label, begun)
            if text < _FIRST and _is_byline(line.text):
                result[at] = Label.BYLINE
            begun = begun or result[at] is Label.PARAGRAPH
            text += 1
    if not _is_story(lines, result, dated):
        return [Label.CHROME if label in BODY else label for label in result]
    return result


def _by_words(line: Line, label: Label, begun: bool) -> Label:
    """The label of a line that the labeller took for text of the story."""
    text = line.text
    if behind_read_more(text):
        return Label.TEASER_TITLE
    start = plain(text[:80])
    if len(text) < _IMPRINT:
        if begun and start.startswith(_openings("publication")) and find_dates(text):
            return Label.PUBLICATION  # "Published in Dawn, January 26th, 2024"
        if not text.endswith(_STOPS) and any(date.kind for date in find_dates(text)):
            return Label.DATE  # "Jane Roe · Roe News · Posted: Aug 08, 2024 4:00 AM EDT"
    if start.startswith(_openings("bio")):
        return Label.CHROME  # "The writer is a former ambassador."
    if text.startswith("(") and text.endswith(")") and start.startswith(_openings("by")):
        return Label.CHROME  # "(Reporting by Jane Roe; Editing by A. Karim)"
    if _ends_in_credit(text):
        return Label.CAPTION
    if len(text) < _APPEAL and _appeals(line) > 1:
        return Label.CHROME  # "Start the day with our newsletter. Sign up here."
    if "@" in text and len(text.split()) <= _FEW_WORDS and _EMAIL.search(text):
        return Label.CHROME  # "jane.roe@example.org"
    return label


def _appeals(line: Line) -> int:
    """How many of the words that ask readers for something a line has: one may be what a story tells of."""
    if not any(sign.startswith("appeal") for sign in shape_of(line).lexicon):
        return 0
    words = f" {plain(line.text)} "
    return sum(f" {phrase} " in words for phrase in phrases("appeal"))


def _ends_in_credit(text: str) -> bool:
    """Whether a line ends in who took its picture, an agency on one side of a stroke and a name on the other.

    >>> [_ends_in_credit(t) for t in ("Barrels in the yard. EFE/Juan Roe", "A ship (AP Photo/Jane Roe).")]
    [True, True]
    >>> _ends_in_credit("Half of them would leave, a Reuters/Ipsos poll showed.")
    False
    """
    found = _CREDITED.search(text[-_CREDIT:]) if "/" in text[-_CREDIT:] else None
    if found is None:
        return False
    one, other = found[1].removesuffix(" Photo"), found[2]
    return (is_agency(one) and is_name(other)) or (is_name(one) and is_agency(other))


def _is_byline(text: str) -> bool:
    """Whether a line among a story's first says who wrote it: "By Jane Roe, Roe News"."""
    return len(text) <= _BYLINE and not text.endswith(_STOPS) and says_by(text)


def _says_no_publication(text: str) -> bool:
    """Whether a line that stands where a publication line would is the story's last sentence instead."""
    own = plain(text[:80]).startswith((*_openings("publication"), *_openings("rights")))
    return len(text) >= _SENTENCE and text.endswith(_STOPS) and not own and not find_dates(text)


@cache
def _openings(category: str) -> tuple[str, ...]:
    return tuple(phrases(category))


def _is_story(lines: Sequence[Line], labels: Sequence[Label], dated: bool) -> bool:
    """Running text makes a story, a little of it only under a headline, with a byline, date or dateline.

    An error page has a sentence or two, a section front has lines without a full stop.
    """
    body = [line for line, label in zip(lines, labels, strict=True) if label is Label.PARAGRAPH]
    if not any(shape_of(line).sentences for line in body):
        return False
    if dated or _SIGNS & set(labels) or sum(shape_of(line).length for line in body) >= _ENOUGH:
        return True
    return parse_dateline(body[0].text) is not None
