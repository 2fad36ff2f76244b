"""A record as plain text, laid out as a page dump is, so that ``ingest parse`` reads it again.

Headline, deck, byline, dates, paragraphs with the dateline before the first, the publication line, then
the teasers under the labels of their lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Record = Mapping[str, Any]


def plain_text(record: Record) -> str:
    """The article and the teasers as text, an empty line between two blocks.

    >>> story = {"headline": "Mill reopens", "paragraphs": ["The mill is open."], "dateline": None}
    >>> print(plain_text({"article": story, "teasers": [{"title": "Steep price"}]}), end="")
    Mill reopens
    <BLANKLINE>
    The mill is open.
    <BLANKLINE>
    Steep price
    """
    blocks = [*_article(record.get("article")), *_teasers(record.get("teasers") or ())]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def opening(article: Record) -> list[str]:
    """The paragraphs as the newspaper prints them: the first begins with the dateline.

    >>> opening({"dateline": {"raw": "BAGHDAD", "agencies": []}, "paragraphs": ["Talks start soon."]})
    ['BAGHDAD: Talks start soon.']
    """
    paragraphs = list(article.get("paragraphs") or ())
    dateline = article.get("dateline")
    if dateline is None:
        return paragraphs
    raw = dateline["raw"]
    first = " ".join([raw + _separator(raw), *paragraphs[:1]])
    return [first, *paragraphs[1:]]


def _separator(raw: str) -> str:
    """What stands between a dateline and its text: the record holds the dateline without it.

    >>> [_separator(raw) for raw in ("BAGHDAD", "IQALUIT, Nunavut", "ROME (Reuters)", "新华社北京1月26日电")]
    [':', ' —', ' -', '']
    """
    if any("\u2e80" <= char <= "\ud7af" for char in raw):  # Chinese, Japanese, Korean: a space, or nothing
        return ""
    if raw.endswith((")", "]")):
        return " -"
    return " —" if "," in raw else ":"


def _article(article: Record | None) -> Iterator[str]:
    if article is None:
        return
    for key in ("section", "headline", "deck", "byline"):
        if article.get(key):
            yield article[key]
    if not article.get("byline") and article.get("authors"):
        yield ", ".join(article["authors"])
    dates = list(_dates(article))
    published_in = f"Published in {article['publisher']}" if article.get("publisher") else None
    if dates:
        yield "\n".join(dates)
    yield from opening(article)
    if published_in:
        printed = article.get("published_raw") or article.get("published")
        yield f"{published_in}, {printed}" if printed else published_in


def _teasers(teasers: Any) -> Iterator[str]:
    section = None
    for teaser in teasers:
        if teaser.get("section") and teaser["section"] != section:
            section = teaser["section"]
            yield section
        lines = [teaser["title"], *_dates(teaser)]
        if teaser.get("byline"):
            lines.append(teaser["byline"])
        if teaser.get("blurb"):
            lines.append(teaser["blurb"])
        yield "\n".join(lines)


def _dates(dated: Record) -> Iterator[str]:
    """The dates as printed, those of the page's metadata in ISO 8601."""
    for kind, label in (("published", ""), ("updated", "Updated ")):
        if printed := dated.get(kind + "_raw") or dated.get(kind):
            yield label + printed
