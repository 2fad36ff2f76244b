"""A link and the day printed beside it are two lines, though the page's markup has them in one block.

<li><a href="/2024/03/sugar">Sugar season opens early</a> <span>March 6, 2024</span></li>
"""

from __future__ import annotations

from ingest.dates import is_date_line
from ingest.line import Line

_DAY = 40  # characters that a day with its label may have
_TITLE = 24  # and that a link has which is no name of a writer or a place
_EDGES = " \t|·•,:()[]–—-"  # what stands between the two


def apart(line: Line) -> tuple[Line, ...]:
    """The link that a line is and the day before or after it; the line itself where it is anything else."""
    share = line.hints.link_share if line.hints is not None else 0.0
    if share == 0.0 or share == 1.0:
        return (line,)
    size = round(share * len(line.text))
    return _cut(line, size) if _TITLE <= size < len(line.text) <= size + _DAY else (line,)


def _cut(line: Line, size: int) -> tuple[Line, ...]:
    """The same for a line of which a link is so long."""
    text, hints = line.text, line.hints
    assert hints is not None
    for at, title_first in ((size, True), (len(text) - size, False)):
        link, rest = (text[:at], text[at:]) if title_first else (text[at:], text[:at])
        day = rest.strip(_EDGES)
        if day and not _within_word(text, at) and is_date_line(day):
            title = line._replace(text=link.strip(), hints=hints._replace(link_share=1.0, datetime=None))
            dated = line._replace(text=rest.strip(), hints=hints._replace(link_share=0.0, href=None))
            return (title, dated._replace(part=1)) if title_first else (dated, title._replace(part=1))
    return (line,)


def _within_word(text: str, at: int) -> bool:
    """Whether a text would be cut within a word or a number: "Ma|sthead", but not "late|11 July"."""
    before, after = text[at - 1 : at], text[at : at + 1]
    return (
        before.isalnum()
        and after.isalnum()
        and not (before.isalpha() and (after.isdigit() or after.isupper()))
    )
