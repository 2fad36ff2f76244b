"""What is wrong, or likely to be wrong, with one record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ingest.vocabulary import plain
from ingest.write.schema import schema_text

# What a finding can be, and how the table heads its column. An invalid record breaks the schema; the others
# are doubts, for a person to look at.
CODES = {
    "invalid": "invalid",
    "no-headline": "no headline",
    "no-text": "no text",
    "future-date": "future date",
    "updated-first": "updated first",
    "teaser-is-headline": "teaser = headline",
    "repeated-paragraph": "repeated text",
}


class Finding(NamedTuple):
    """One thing to look at in a record."""

    code: str  # one of CODES
    message: str


def validator() -> Callable[[Any], list[Finding]]:
    """The function that holds a record against the schema."""
    import jsonschema_rs

    compiled = jsonschema_rs.validator_for(json.loads(schema_text()), mask="the value")

    def validate(record: Any) -> list[Finding]:
        if compiled.is_valid(record):
            return []
        return [Finding("invalid", text) for text in _told(compiled.iter_errors(record))]

    return validate


def _told(errors: Iterable[Any]) -> Iterator[str]:
    """The errors as text, each with the place where it lies.

    An object that may be null is reported by the validator as a whole; what is wrong within it is told
    instead.
    """
    for error in errors:
        inner = [one for branch in getattr(error.kind, "context", None) or () for one in branch]
        closer = [
            one
            for one in inner
            if one.kind.name != "type" or len(one.instance_path) > len(error.instance_path)
        ]
        if closer:
            yield from _told(closer)
        else:
            where = ".".join(str(part) for part in error.instance_path)
            yield f"{where}: {error.message}" if where else str(error.message)


def doubts(record: dict[str, Any], today: str) -> list[Finding]:
    """What a person should look at in a valid record. ``today`` is the last day a date may have, ISO 8601.

    >>> article = {"headline": None, "paragraphs": ["It stays."], "published": "2042-01", "updated": None}
    >>> page = {"source": {"retrieved": None}, "article": article, "teasers": []}
    >>> [finding.code for finding in doubts(page, "2024-05-03")]
    ['no-headline', 'future-date']
    """
    article = record["article"]
    found = []
    if article is not None:
        if article["headline"] is None:
            found.append(Finding("no-headline", "the article has no headline"))
        if not article["paragraphs"]:
            found.append(Finding("no-text", "the article has no paragraphs"))
        found += _dating("article", article, today)
        if _later(article["published"], article["updated"]):
            message = f"updated {article['updated']}, published {article['published']}"
            found.append(Finding("updated-first", message))
        headline = plain(article["headline"] or "")
        for number, teaser in enumerate(record["teasers"], 1):
            if headline and plain(teaser["title"]) == headline:
                found.append(Finding("teaser-is-headline", f"teaser {number} has the article's headline"))
    for number, teaser in enumerate(record["teasers"], 1):
        found += _dating(f"teaser {number}", teaser, today)
    return found


def _dating(what: str, dated: dict[str, Any], today: str) -> Iterator[Finding]:
    for kind in ("published", "updated"):
        if _later(dated.get(kind), today):
            yield Finding("future-date", f"{what}: {kind} {dated[kind]}")


def _later(one: str | None, other: str | None) -> bool:
    """Whether a date lies behind another by what both tell, to the day at the most: zones differ by one.

    >>> _later("2024-05", "2024-05-03"), _later("2024-06", "2024-05-03"), _later(None, "2024")
    (False, True, False)
    """
    if one is None or other is None:
        return False
    common = min(len(one), len(other), 10)
    return one[:common] > other[:common]
