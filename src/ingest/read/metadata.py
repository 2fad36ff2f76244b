"""What a page says of itself for machines: JSON-LD, OpenGraph, <meta>, canonical link, lang.

Evidence, not truth: the right answer is the one printed on the page; metadata decides between
candidates and fills what is not printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from ingest.pattern import lazy
from ingest.read.claim import Claim
from ingest.read.marked import marked
from ingest.read.stamps import CLASSES, PROPERTIES, claims_of

_ARTICLE_TYPES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle BlogPosting LiveBlogPosting Report ScholarlyArticle "
    "SatiricalArticle TechArticle".split()
)
_MAX_JSON = 2_000_000  # characters of one JSON-LD script
_MAX_NODES = 5_000  # objects looked at in all of them


@dataclass(frozen=True)
class Metadata:
    """A page's machine-readable evidence; each field in order of trust, empty where it says nothing."""

    headlines: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()  # days of publication and change
    publishers: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None  # the canonical address, absolute where the page makes it so
    base: str | None = None  # what relative links are relative to


def page_metadata(root: Any, url: str | None = None) -> Metadata:
    """Reads the metadata of a parsed page; ``url`` is where it was fetched from, if known."""
    meta: dict[str, list[str]] = {}
    found = marked(root, PROPERTIES, CLASSES)
    for element in found.metas:
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = _clean(element.get("content"))
        if name and content:
            meta.setdefault(name.lower(), []).append(content)
    canonical = next(
        (e.get("href") for e in found.links if (e.get("rel") or "").lower() == "canonical"), None
    )
    address = absolute(canonical or _first(meta, "og:url"), url)
    base_tag = next((e.get("href") for e in found.bases if e.get("href")), None)
    title = next((_clean("".join(e.itertext())) for e in found.titles), None)
    nodes = list(_linked_data(found.scripts))
    linked = _linked_article(nodes, address)

    return Metadata(
        headlines=_unique(
            _texts(linked.get("headline")),
            _texts(linked.get("name")) if linked else (),
            _all(meta, "og:title", "twitter:title", "dc.title", "headline", "title"),
            (title,) if title else (),
        ),
        descriptions=_unique(
            _texts(linked.get("description")),
            _all(meta, "og:description", "description", "twitter:description", "dc.description"),
        ),
        authors=_unique(
            _names(linked.get("author") or linked.get("creator")),
            _all(meta, "author", "article:author", "article:author_name", "parsely-author", "dc.creator",
                 "sailthru.author", "cxenseparse:author", "byl"),
        ),
        claims=claims_of(found, meta, linked, nodes, address or url),
        publishers=_unique(
            _names(linked.get("publisher")),
            _all(meta, "og:site_name", "application-name", "publisher", "dc.publisher",
                 "apple-mobile-web-app-title"),
        ),
        sections=_unique(
            _texts(linked.get("articleSection")),
            _all(meta, "article:section", "section", "parsely-section"),
        ),
        language=_language(root, meta, linked),
        url=address,
        base=absolute(base_tag, url or address) or url or address,
    )  # fmt: skip


def _language(root: Any, meta: dict[str, list[str]], linked: dict[str, Any]) -> str | None:
    lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    said = (lang, *_texts(linked.get("inLanguage")), *_all(meta, "content-language", "language", "og:locale"))
    return next((tag.strip().replace("_", "-") for tag in said if tag and tag.strip()), None)


def _linked_data(scripts: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of the page."""
    for script in scripts:
        if "ld+json" in (script.get("type") or "") and script.text and len(script.text) < _MAX_JSON:
            yield from _nodes(_json(script.text))


def _linked_article(nodes: list[dict[str, Any]], address: str | None) -> dict[str, Any]:
    """The JSON-LD object of the page's article: the one with its address, else the first."""
    articles = [node for node in nodes if _is_article(node)]
    for node in articles:
        where = (node.get("url"), node.get("@id"), node.get("mainEntityOfPage"))
        if address and any(address in _texts(w) for w in where):
            return node
    return articles[0] if articles else {}


def _json(text: str) -> Any:
    try:
        return json.loads(text, strict=False)  # pages put raw line breaks into strings
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD graph, outer ones first; lists of other stories are left aside."""
    todo, left = [value], _MAX_NODES
    while todo and left:
        left -= 1
        item = todo.pop(0)
        if isinstance(item, list):
            todo[:0] = item
        elif isinstance(item, dict):
            yield item
            todo += [item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item]


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(kind in _ARTICLE_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])
               if isinstance(kind, str))  # fmt: skip


def _texts(value: Any) -> tuple[str, ...]:
    """The strings of a JSON-LD value, which may be one, a list, or an object with @value or @id."""
    if isinstance(value, list):
        return tuple(text for item in value for text in _texts(item))
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id") or value.get("name")
    text = _clean(value)
    return (text,) if text else ()


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(name for item in value for name in _names(item))
    if isinstance(value, dict):
        return _names(value.get("name"))
    return _texts(value)


def _clean(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    if "&" in value:  # JSON-LD often holds HTML entities that its script element never decoded
        from html import unescape

        value = unescape(value)
    return " ".join(value.split()) or None


def _first(meta: dict[str, list[str]], *names: str) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _all(meta: dict[str, list[str]], *names: str) -> tuple[str, ...]:
    return tuple(value for name in names for value in meta.get(name, ()))


def _unique(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for group in groups for value in group))


# Addresses for which nothing is left to the standard's rules, as most are
_LETTERS = r"[A-Za-z0-9._~%+,=&-]"
_QUERY = r"(?:\?[A-Za-z0-9._~/%+,=&-]+)?"
_WHOLE_ADDRESS = lazy(rf"https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/%+,=&-]*{_QUERY}")
_PATH = lazy(rf"/(?![/.]){_LETTERS}*(?:/(?!\.){_LETTERS}*)*{_QUERY}")
_ORIGIN = lazy(r"https?://[A-Za-z0-9.-]+(?=/|$)")


def absolute(address: str | None, base: str | None) -> str | None:
    """A link made absolute; None for what is no address of the web.

    >>> absolute("../rain", "https://star.example/news/1"), absolute("mailto:jane", None)
    ('https://star.example/rain', None)
    """
    if not address:
        return None
    address = address.strip()
    if _WHOLE_ADDRESS.fullmatch(address):
        return address
    try:
        origin = _ORIGIN.match(base or "") if _PATH.fullmatch(address) else None
        whole = origin[0] + address if origin else urljoin(base or "", address)
    except ValueError:  # "http://[" is no address
        return None
    return whole if whole.startswith(("http://", "https://")) else None
