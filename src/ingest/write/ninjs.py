"""A record as ninjs 3.1, the IPTC's News in JSON.

Fields are those of the standard. What it has no field for (the dateline as printed, a date without a time)
stands among the ``descriptions``, under a role of our own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ingest.write.uri import absolute, page_uri, place_uri

Record = Mapping[str, Any]

# RFC 3339, which ninjs asks for: a date, a time and an offset
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)")


def ninjs(record: Record) -> dict[str, Any]:
    """The article as a news object with its teasers as ``associations``; without an article "composite".

    >>> source = {"name": "ferry.html", "sha256": "00" * 32, "url": "https://roe.example/ferry"}
    >>> article = {"headline": "Ferry stays", "paragraphs": ["The ferry stays."], "published": "2024-01-26"}
    >>> item = ninjs({"source": source, "article": article, "teasers": []})
    >>> item["uri"], item["headlines"], item["descriptions"]
    ('https://roe.example/ferry', [{'role': 'main', 'value': 'Ferry stays'}], \
[{'role': 'published', 'value': '2024-01-26'}])
    """
    source, article = record["source"], record.get("article")
    uri = page_uri(source)
    name = source["name"] if source.get("position") is None else f"{source['name']}#{source['position']}"
    teasers = [_association(teaser, uri, n) for n, teaser in enumerate(record.get("teasers") or (), 1)]
    return _without_empty(
        {
            "uri": uri,
            "standard": _STANDARD,
            "type": "composite" if article is None else "text",
            **(_story(article) if article is not None else {}),
            "altIds": [{"role": "source", "value": name}, {"role": "sha256", "value": source["sha256"]}],
            "associations": teasers,
        }
    )


_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}


def _story(article: Record) -> dict[str, Any]:
    dateline = article.get("dateline") or {}
    places = dateline.get("places") or ()
    text = "\n\n".join(article["paragraphs"])
    parties = [{"name": agency, "role": "agency"} for agency in dateline.get("agencies") or ()]
    if article.get("publisher"):
        parties.append({"name": article["publisher"], "role": "publisher"})
    descriptions = [_role("dateline", dateline.get("raw")), _role("summary", article.get("deck"))]
    body = {"role": "main", "contentType": "text/plain", "charCount": len(text), "value": text}
    return {
        **_common(article, descriptions),
        "language": article.get("language"),
        "people": [{"name": name, "rel": "author"} for name in article.get("authors") or ()],
        "located": "; ".join(place["name"] for place in places),
        "places": [_place(place) for place in places],
        "infoSources": parties,
        "bodies": [body] if text else [],
    }


def _common(story: Record, descriptions: list[dict[str, str]]) -> dict[str, Any]:
    """What an article and a teaser both have."""
    created, published = _moment("published", story.get("published"))
    changed, updated = _moment("updated", story.get("updated"))
    headline = story.get("headline") or story.get("title")
    return {
        "firstCreated": created,
        "versionCreated": changed or (created if not updated else None),
        "headlines": [_role("main", headline)] if headline else [],
        "by": story.get("byline") or ", ".join(story.get("authors") or ()),
        "descriptions": [d for d in (*descriptions, *published, *updated) if d],
        "subjects": [{"name": story["section"], "rel": "section"}] if story.get("section") else [],
    }


def _association(teaser: Record, page: str, number: int) -> dict[str, Any]:
    """A teaser. Without a link it is named as a part of its page, for an association needs a URI."""
    return _without_empty(
        {
            "name": teaser["title"],
            "rel": "seeAlso",
            "uri": absolute(teaser.get("url")) or f"{page}#teaser-{number}",
            "type": "text",
            "representationType": "partial",
            **_common(teaser, [_role("summary", teaser.get("blurb"))]),
            "people": [{"name": name, "rel": "author"} for name in teaser.get("authors") or ()],
        }
    )


def _place(place: Record) -> dict[str, Any]:
    names = [place["name"], place.get("region"), place.get("country")]
    full = ", ".join(name for name in names if name)
    # no geoJSON: the schema refers to another one in the net, without which no validator can go on
    return _without_empty({"name": place["name"], "rel": "located", "uri": place_uri(place), "literal": full})


def _moment(role: str, value: str | None) -> tuple[str | None, list[dict[str, str]]]:
    """A date as the standard wants it, or, where it has no time or no offset, as a description instead."""
    full = _MOMENT.fullmatch(value or "")
    if full is None:
        return None, [_role(role, value)] if value else []
    return full[1] + (full[2] or ":00") + full[3], []


def _role(role: str, value: str | None) -> dict[str, str]:
    return {"role": role, "value": value} if value else {}


def _without_empty(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value not in (None, "", [])}
