"""The section that a story stands in: over its headline, in the breadcrumbs, or known to the metadata."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from ingest.build.teasers import clean_label
from ingest.line import Label, Line
from ingest.pattern import lazy
from ingest.vocabulary import load, phrases, plain

if TYPE_CHECKING:
    from ingest.read.metadata import Metadata

_NAME = 30  # characters that a section's name may have
_LABELLED = 50  # and what is labelled as one
_LINKED = 0.8  # share of a line that is links, from which on it is nothing else
_CRUMBS = 160  # characters that a line of breadcrumbs may have
_DEEP = 4  # lines that breadcrumbs take that are printed one below the other
_STEP = lazy(r"\s{0,3}[>›»→]\s{0,3}|\s{1,3}/\s{1,3}")  # "Home › News › Weird News"


def section_of(
    lines: Sequence[Line],
    labels: Sequence[Label],
    headline: int | None,
    metadata: Metadata | None,
    publisher: str | None,
    url: str | None,
) -> tuple[str | None, Line | None]:
    """The section's name, and the line that it was printed on for itself.

    ``headline`` is the number of the line in ``lines``, None where the page prints no headline.
    """
    claims = metadata.sections if metadata is not None else ()
    at = (headline or 0) - 1
    if at >= 0:
        above = lines[at]
        if labels[at] is Label.SECTION and _names_one(above):
            crumb = _last_crumb(above.text, lines[at + 1].text)
            return (crumb, None) if crumb else (_without_label(clean_label(above.text)), above)
        if labels[at] is Label.CHROME and above.text != publisher:
            key = plain(above.text)
            known = key in phrases("section") or key in map(plain, claims) or _stands_alone(lines, labels, at)
            if known or (not claims and _is_named(lines, labels, at, url)):
                return clean_label(above.text), above
    if not claims and headline is not None:
        crumb = next(filter(None, (_last_crumb(lines[one].text, lines[headline].text)
                                   for one in range(at, max(-1, at - _DEEP), -1))), None)  # fmt: skip
        return crumb, None
    return next(iter(claims), None), None


def _names_one(line: Line) -> bool:
    """Whether a line that is labelled a section's name is one: no "LIVE", no headline, not all of a menu."""
    if len(line.text) > _LABELLED or _is_menu(line):
        return False
    key = plain(line.text)
    return not any(key in known for known in (phrases("by"), phrases("chrome"), _words("state")))


def _is_menu(line: Line) -> bool:
    """Whether a line is several links: what is between them is no part of any."""
    return line.hints is not None and _LINKED < line.hints.link_share < 1 and " " in line.text


def _without_label(text: str) -> str:
    """A section's name without what says that it is one.

    >>> _without_label("Topic: Housing"), _without_label("Euro 2024: Groups"), _without_label("Topic:")
    ('Housing', 'Euro 2024: Groups', 'Topic:')
    """
    label, sign, name = text.replace("：", ":").partition(":")
    return name.strip() if sign and name.strip() and plain(label) in _words("label") else text


def _may_be(text: str) -> bool:
    """Whether a text may be a section's name, and is no "Sign in"."""
    key = plain(text)
    if not key or len(text) > _NAME or text[0].islower() or any(map(str.isdigit, text)):
        return False
    return not phrases("chrome") & {key, *key.split()}


def _stands_alone(lines: Sequence[Line], labels: Sequence[Label], at: int) -> bool:
    """Whether a short line is a block of its own on a page whose navigation comes in longer ones.

    "Sport / Culture / Opinions / (blank) / Environment / (blank) / After the flood, …"
    """
    text, head = lines[at].text, lines[: at + 2]
    if not lines[at].gap or not lines[at + 1].gap or not text[0].isupper() or not _may_be(text):
        return False
    runs = sum(line.gap == 0 and label is Label.CHROME for line, label in zip(head, labels, strict=False))
    return 2 * runs > len(head)


def _is_named(lines: Sequence[Line], labels: Sequence[Label], at: int, url: str | None) -> bool:
    """Whether the page's address, its navigation or its breadcrumbs have a line for a section's name."""
    text = lines[at].text
    if not _may_be(text) or plain(text) in _words("home"):
        return False
    key = plain(text)
    if key in _path(url):
        return True
    before = lines[at - 1].text if at else ""
    same = [one for one in range(at - 1) if plain(lines[one].text) == key]
    if same and not any(one and lines[one - 1].text == before for one in same):
        return (
            True  # "Weird News", in the navigation and again over the headline; but not all of the navigation
        )
    for one in range(at - 1, max(-1, at - _DEEP), -1):
        if labels[one] is not Label.CHROME or len(lines[one].text) > _NAME:
            return False
        if plain(lines[one].text) in _words("home"):
            return True
    return False


def _path(url: str | None) -> set[str]:
    """The folders of an address, as `plain` makes them: "/news/south-africa/…" are news and south africa."""
    if not url:
        return set()
    from urllib.parse import unquote, urlsplit  # which many flat pages have no use for

    try:
        path = urlsplit(url).path
    except ValueError:  # "http://[/"
        return set()
    return {plain(unquote(part)) for part in path.split("/")[:-1]}


def _last_crumb(text: str, headline: str) -> str | None:
    """The innermost section of a line of breadcrumbs; the headline itself may come after it.

    >>> _last_crumb("Home › News › Weird News › Gull banned", "Gull banned from chip shop")
    'Weird News'
    """
    crumbs = _STEP.split(text) if len(text) <= _CRUMBS else []
    if len(crumbs) < 2 or plain(crumbs[0]) not in _words("home"):
        return None
    if plain(crumbs[-1]) and plain(headline).startswith(plain(crumbs[-1])):
        crumbs.pop()
    return crumbs[-1].strip() if len(crumbs) > 1 and _may_be(crumbs[-1].strip()) else None


@cache
def _words(kind: str) -> frozenset[str]:
    """Words for "home", a section's "label" or a story's "state" in all languages, as `plain` makes them."""
    return frozenset(plain(word) for words in load("crumbs.json")[kind].values() for word in words)
