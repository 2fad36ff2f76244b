"""A record as Markdown: its fields as front matter, then the text as printed, escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.write.plain import opening

Record = Mapping[str, Any]

# What a Markdown reader takes for markup anywhere in a line: emphasis, code, links, HTML, entities, tables
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&|~$]")
# and at the start of one: headings, quotes, lists, rules, "12." and "12)"
_AT_START = re.compile(r"(?:[#=+:-]|[0-9]{1,9}(?=[.)]))")
_UNLINKABLE = re.compile(r"[<>\\\s]")  # what would end a link or be taken for an escape
# YAML takes JSON's strings, but for characters that it calls unprintable
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def markdown(record: Record) -> str:
    """The page as one Markdown document: front matter in YAML, headline, text, and a list of the teasers.

    >>> source = {"name": "-", "url": None}
    >>> article = {"headline": "Ferry *stays*", "paragraphs": ["It stays."], "published": "2024-01-26"}
    >>> print(markdown({"source": source, "article": article, "teasers": []}), end="")
    ---
    title: "Ferry *stays*"
    date: "2024-01-26"
    source: "-"
    ---
    <BLANKLINE>
    # Ferry \\*stays\\*
    <BLANKLINE>
    It stays.
    """
    article = record.get("article") or {}
    blocks = ["\n".join(["---", *_front_matter(record["source"], article), "---"]), *_story(article)]
    section: str | None = None
    for teaser in record.get("teasers") or ():
        if blocks and (section is None or (teaser.get("section") or "") != section):
            section = teaser.get("section") or ""
            blocks.append(f"## {escaped(section)}" if section else "---")
        blocks.append(_teaser(teaser))
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    r"""Text that a Markdown reader gives back as it is.

    >>> print(escaped("1. *Steep* price <b>"), escaped("#metoo"))
    1\. \*Steep\* price \<b\> \#metoo
    """
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    start = _AT_START.match(text)
    if start is None:
        return text
    end = start.end()
    return text[:end] + "\\" + text[end:] if text[0].isdigit() else "\\" + text


def _front_matter(source: Record, article: Record) -> Iterator[str]:
    fields = {
        "title": article.get("headline"),
        "subtitle": article.get("deck"),
        "byline": article.get("byline"),
        "authors": article.get("authors"),
        "publisher": article.get("publisher"),
        "section": article.get("section"),
        "lang": article.get("language"),
        "dateline": (article.get("dateline") or {}).get("raw"),
        "places": [place["name"] for place in (article.get("dateline") or {}).get("places") or ()],
        "date": article.get("published"),
        "updated": article.get("updated"),
        "url": source.get("url"),
        "source": source["name"],
        "position": source.get("position"),
    }
    for key, value in fields.items():
        if value is not None and value != []:
            text = json.dumps(value, ensure_ascii=False)
            yield f"{key}: " + _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _story(article: Record) -> Iterator[str]:
    if article.get("headline"):
        yield "# " + escaped(article["headline"])
    if article.get("deck"):
        yield f"**{escaped(article['deck'])}**"
    yield from map(escaped, opening(article))


def _teaser(teaser: Record) -> str:
    """One entry of the list: the title, linked; dates and byline; the blurb."""
    title = escaped(teaser["title"])
    if teaser.get("url"):
        title = f"[{title}](<{_UNLINKABLE.sub(_percent, teaser['url'])}>)"
    dates = [teaser.get(kind + "_raw") or teaser.get(kind) for kind in ("published", "updated")]
    details = " · ".join(escaped(text) for text in (*dates, teaser.get("byline")) if text)
    lines = [f"**{title}**" if not teaser.get("url") else title, details, escaped(teaser.get("blurb") or "")]
    return "- " + "\\\n  ".join(line for line in lines if line)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
