"""The days that a page's markup claims for its story, each with its source and how far to trust it.

Many sources name a day: JSON-LD, <meta>, microdata, <time>, the hAtom class names of blogs, the state that
scripts carry along, the address. They err in different ways (a template's "date" is often the day of the
last change, a list of other stories has <time> too), so each has a weight, and the weights of those that
agree on a day add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from ingest.pattern import lazy
from ingest.read.claim import TRUST, Claim, Kind, address_claims, leads
from ingest.read.marked import Marked, property_of

# Names of <meta>, without the signs between their words: "article:published_time", "dc.date.issued",
# "parsely-pub-date", "citation_publication_date", "cXenseParse:recs:publishtime", "og:release_date"
_OF_PUBLICATION = lazy(
    r"publi(?:sh|c)\w{0,12}(?:date|time|at|on)|date\w{0,3}publish|publishe?d?$|pub(?:lish)?dat|issued"
    r"|releasedate|onlinedate|firstpubl|articledate$|displaydate|createat$|^ptime$"
)
_OF_CHANGE = lazy(r"modif|updat|chang|revis(?:ed|ion)|lastmod")
_OF_NEITHER = lazy(r"expir|unpubli|review|copyright|embargo|build|birth|event|start|end(?:date|time)|version")
_OF_SOME_DAY = frozenset(
    "date ogdate dcdate dctermsdate dcdatecreated datecreated dccreated dctermscreated createdate "
    "creationdate created datetime pagedate timestamp originaldate contentdate articledateoriginal "
    "articlecreated".split()
)
_SIGNS = re.compile(r"[\W_]+")

_ISO_DAY = r"(?:19|20)\d\d-[01]\d-[0-3]\d"
# "datePublished":"2024-01-26T10:05", \"published_at\":\"2024-01-26", firstPublished: '2024-01-26'
_STATE = lazy(
    rf"(?:date_?published|published_?(?:at|date|on|time)?|publish_?(?:date|time)|publication_?date|pub_?date"
    rf"|first_?published(?:_?(?:at|date))?|date_?created|display_?date)"
    rf"(?:\\?[\"'])?\s{{0,3}}[:=]\s{{0,3}}\\?[\"']({_ISO_DAY}(?:T[0-9:.+-]{{4,30}}Z?)?)",
    re.IGNORECASE,
)
_ENOUGH = 2.0  # trust of a claim beside which the state of scripts is not looked at
_MAX_STATE = 3_000_000  # characters of a script that are looked at

_PROPERTIES: tuple[tuple[str, Kind, str], ...] = (
    ("datePublished", "published", "microdata"),
    ("dateModified", "updated", "microdata"),
    ("dateCreated", "published", "meta date"),
    ("uploadDate", "published", "<time>"),  # of a video in the story, as a rule
)
PROPERTIES = tuple(name for name, _, _ in _PROPERTIES)
_ITEMS = frozenset(name.lower() for name, _, _ in _PROPERTIES)  # are looked for where they stand
_OTHER_DATES = ("datePublished", "uploadDate", "dateCreated")
_NO_STORY = frozenset(
    "Comment UserComments ImageObject Event Organization NewsMediaOrganization Person Place Offer Rating "
    "AggregateRating BreadcrumbList SiteNavigationElement WebSite".split()
)

# Class names that hold other people's dates: those of comments, of other stories.
_ALIEN = lazy(
    r"(?:^|[\s_-])(?:comment(?!s?-(?:open|closed))|reply|respond|related|sidebar|widget|teaser|recommend|recirc"
    r"|read-?more|promo|popular|trending|most-read|latest|carousel|slider|footer)",
    re.IGNORECASE,
)
_MARKED = lazy(
    r"(?:^|[\s_-])(?:published|publish|publication|pubdate|posted|post-?date|entry-?date|date-published)",
    re.I,
)
_CHANGED = lazy(r"(?:^|[\s_-])(?:updated|modified|date-modified)(?:$|[\s_-])", re.I)
_HATOM = {
    "published": "published",
    "dt-published": "published",
    "updated": "updated",
    "dt-updated": "updated",
}
CLASSES = tuple(_HATOM)
_LONGEST = 80  # characters of a date
_MAX_NAMES = 400  # characters of class and id
_MOST = 40  # elements of one kind that are looked at: a page with more of them is a list


def claims_of(
    page: Marked,
    meta: Mapping[str, Sequence[str]],
    article: Mapping[str, Any],
    nodes: Iterable[Mapping[str, Any]],
    address: str | None,
) -> tuple[Claim, ...]:
    """Every claim of a parsed page, in the order of the sources.

    ``page`` are its elements, `marked` by PROPERTIES and CLASSES; ``meta`` are the contents by name, in
    lower case; ``article`` is the JSON-LD object of the story, ``nodes`` are all of them.
    """
    found = [
        *_linked(article, nodes),
        *_metas(meta),
        *_microdata(page.items),
        *_times(page.times, address),
        *_hatom(page.classed),
    ]
    found += address_claims(address)
    if not any(claim.kind == "published" and claim.trust >= _ENOUGH for claim in found):
        found += _states(page.scripts)
    return tuple(found)


def _claim(text: str, source: str, kind: Kind = "published", name: str = "") -> Claim:
    return Claim(text.strip(), name or source, kind, TRUST[source])


def _linked(article: Mapping[str, Any], nodes: Iterable[Mapping[str, Any]]) -> Iterator[Claim]:
    for key, kind in (("datePublished", "published"), ("dateModified", "updated")):
        for text in _strings(article.get(key)):
            yield _claim(text, "JSON-LD article", kind)  # type: ignore[arg-type]
    if "datePublished" in article:
        return
    for node in nodes:
        if node is article or _NO_STORY & set(_strings(node.get("@type"))):
            continue
        for key in _OTHER_DATES:
            if texts := _strings(node.get(key)):
                yield _claim(texts[0], "JSON-LD", name=f"JSON-LD {key}")
                break
        for text in _strings(node.get("dateModified")):
            yield _claim(text, "JSON-LD", "updated")


def _strings(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for item in value[:_MOST] for text in _strings(item)]
    if isinstance(value, dict):
        value = value.get("@value")
    return [value] if isinstance(value, str) and value.strip() else []


def _metas(meta: Mapping[str, Sequence[str]]) -> Iterator[Claim]:
    for name, values in meta.items():
        known = _kind_again if len(name) <= _LONGEST else kind_of_meta
        kind = known(name) if name not in _ITEMS else None
        if kind is not None:
            for text in values[:1]:
                source = "meta date" if kind == "date" else "meta"
                yield _claim(text, source, "updated" if kind == "updated" else "published", f"meta {name}")


def kind_of_meta(name: str) -> Literal["published", "updated", "date"] | None:
    """What a <meta> names by its name; "date" where it may be the day of any version of the page.

    >>> [kind_of_meta(name) for name in ("article:published_time", "DC.date.issued", "og:updated_time")]
    ['published', 'published', 'updated']
    >>> [kind_of_meta(name) for name in ("date", "article:publisher", "expires", "theme-color")]
    ['date', None, None, None]
    """
    plain = _SIGNS.sub("", name.lower())
    if len(plain) > 60 or _OF_NEITHER.search(plain):
        return None
    if _OF_CHANGE.search(plain):
        return "updated"
    if _OF_PUBLICATION.search(plain):
        return "published"
    return "date" if plain in _OF_SOME_DAY else None


_kind_again = lru_cache(maxsize=500)(kind_of_meta)  # pages have the same few names


def _microdata(items: Iterable[Any]) -> Iterator[Claim]:
    """The first of each kind: a page's own stands before those of its comments and of other stories."""
    found: dict[str | None, list[Any]] = {}
    for element in items:
        found.setdefault(property_of(element), []).append(element)
    for name, kind, source in _PROPERTIES:
        stamps = (_stamp(element) for element in _own(found.get(name, ())))
        if text := next(filter(None, stamps), ""):
            yield _claim(text, source, kind, f"microdata {name}")


def _times(elements: Iterable[Any], address: str | None) -> Iterator[Claim]:
    """The <time> elements: those called the publication's, else the day that all of the story's own name."""
    plain: list[str] = []
    marked = False
    for element in _own(elements):
        text, words = (element.get("datetime") or "").strip(), _names(element)
        if not text or element.get("itemprop") or _is_elsewhere(element, address):
            continue
        if element.get("pubdate") is not None or _MARKED.search(words):
            if not marked:
                yield _claim(text, "<time> of publication")
            marked = True
        elif _CHANGED.search(words):
            yield _claim(text, "<time>", "updated")
        else:
            plain.append(text)
    if plain and not marked and len({text[:10] for text in plain}) == 1:
        yield _claim(plain[0], "<time>")


def _names(element: Any) -> str:
    """The class names of a <time>, and of what holds hardly more than it: "<p class=published>On <time>"."""
    own, above = element.get("class") or "", element.getparent()
    if above is None or above.tag not in _HOLDERS or not above.get("class"):
        return own
    more = len("".join(above.itertext()).strip()) - len("".join(element.itertext()))
    return f"{own} {above.get('class')}" if more <= _FEW else own


_HOLDERS = frozenset(("p", "span", "div", "li", "dd"))
_FEW = 20  # characters: "Published on "


def _is_elsewhere(element: Any, address: str | None) -> bool:
    """Whether a <time> stands in a link to another page, whose day it then tells."""
    link = next(element.iterancestors("a"), None)
    href = (link.get("href") or "") if link is not None else ""
    return bool(href and address) and leads(href, (address or "",)) == "another"


def _hatom(elements: Iterable[Any]) -> Iterator[Claim]:
    """ "<abbr class="published" title="2024-01-26T10:05">", as many templates of blogs have it."""
    found: dict[str, str] = {}
    for element in _own(elements):
        kind = next((_HATOM[word] for word in element.get("class").split() if word in _HATOM), None)
        if kind and re.match(_ISO_DAY, element.get("title")):
            found.setdefault(kind, element.get("title"))
    if "published" not in found and "updated" in found:  # templates that know but one time call it so
        found["published"] = found.pop("updated")
    for kind, text in found.items():
        yield _claim(text, "hAtom", kind)  # type: ignore[arg-type]


def _stamp(element: Any) -> str:
    """What an element with a date says: to machines in an attribute, else as it is printed."""
    for name in ("content", "datetime", "title"):
        if text := (element.get(name) or "").strip():
            return str(text)
    return " ".join("".join(element.itertext()).split())[:_LONGEST]


def _own(elements: Iterable[Any]) -> Iterator[Any]:
    """Those that stand in no comment and in no list of other stories."""
    for number, element in enumerate(elements):
        if number >= _MOST:
            return
        if not any(_is_alien(above) for above in element.iterancestors()):
            yield element


def _is_alien(element: Any) -> bool:
    """Whether an element holds comments or other stories: by its tag or its names, and no headline in it."""
    if element.tag == "body":
        return False
    named = element.tag in ("aside", "nav") or _ALIEN.search(
        f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemtype') or ''}"[:_MAX_NAMES]
    )
    return bool(named) and next(element.iter("h1"), None) is None


def _states(scripts: Iterable[Any]) -> Iterator[Claim]:
    """The day in the data of a page's scripts, where all that name a publication name the same."""
    days: dict[str, str] = {}
    for script in scripts:
        text = None if "ld+json" in (script.get("type") or "") else script.text
        if text and len(text) < _MAX_STATE and ("ublish" in text or "ubDate" in text or "ubdate" in text):
            for match in _STATE.finditer(text):
                days.setdefault(match[1][:10], match[1])
    if len(days) == 1:
        yield _claim(next(iter(days.values())), "script")
