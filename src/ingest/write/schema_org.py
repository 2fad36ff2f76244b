"""A record as schema.org JSON-LD: a NewsArticle, whose teasers are what it ``mentions``.

A page without an article is a CollectionPage that has the teasers as its parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingest.write.uri import absolute, page_uri, place_uri

Record = Mapping[str, Any]


def schema_org(record: Record) -> dict[str, Any]:
    """The page as JSON-LD. Dates keep the precision that was printed, which ISO 8601 and schema.org allow.

    >>> source = {"sha256": "00" * 32, "url": "https://roe.example/ferry"}
    >>> article = {"headline": "Ferry stays", "paragraphs": ["It stays."], "published": "2024-01-26"}
    >>> page = schema_org({"source": source, "article": article, "teasers": [{"title": "Steep price"}]})
    >>> page["@type"], page["datePublished"], page["mentions"]
    ('NewsArticle', '2024-01-26', [{'@type': 'NewsArticle', 'headline': 'Steep price'}])
    """
    source, article = record["source"], record.get("article")
    kind, parts = ("CollectionPage", "hasPart") if article is None else ("NewsArticle", "mentions")
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": kind,
            "@id": page_uri(source),
            "url": absolute(source.get("url")),
            **(_story(article) if article is not None else {}),
            "identifier": _identifier(source["sha256"]),
            parts: [_teaser(teaser) for teaser in record.get("teasers") or ()],
        }
    )


def _identifier(sha256: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": "sha256", "value": sha256}


def _story(article: Record) -> dict[str, Any]:
    dateline = article.get("dateline") or {}
    publisher = article.get("publisher")
    return {
        **_common(article),
        "headline": article.get("headline"),
        "description": article.get("deck"),
        "inLanguage": article.get("language"),
        "publisher": _organization(publisher) if publisher else None,
        "dateline": dateline.get("raw"),
        "locationCreated": [_place(place) for place in dateline.get("places") or ()],
        "sourceOrganization": [_organization(agency) for agency in dateline.get("agencies") or ()],
        "articleBody": "\n\n".join(article["paragraphs"]),
    }


def _common(story: Record) -> dict[str, Any]:
    """What an article and a teaser both have."""
    return {
        "author": [{"@type": "Person", "name": name} for name in story.get("authors") or ()],
        "creditText": story.get("byline"),
        "articleSection": story.get("section"),
        "datePublished": story.get("published"),
        "dateModified": story.get("updated"),
    }


def _teaser(teaser: Record) -> dict[str, Any]:
    return _without_empty(
        {
            "@type": "NewsArticle",
            "headline": teaser["title"],
            "url": absolute(teaser.get("url")),
            "description": teaser.get("blurb"),
            **_common(teaser),
        }
    )


def _organization(name: str) -> dict[str, str]:
    return {"@type": "NewsMediaOrganization", "name": name}


def _place(place: Record) -> dict[str, Any]:
    region, country = place.get("region"), place.get("country")
    address = {"@type": "PostalAddress", "addressRegion": region, "addressCountry": country}
    known = place.get("latitude") is not None and place.get("longitude") is not None
    point = {"latitude": place.get("latitude"), "longitude": place.get("longitude")}
    return _without_empty(
        {
            "@type": "Place",
            "name": place["name"],
            "address": _without_empty(address) if region or country else None,
            "geo": {"@type": "GeoCoordinates", **point} if known else None,
            "sameAs": place_uri(place),
        }
    )


def _without_empty(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value not in (None, "", [])}
