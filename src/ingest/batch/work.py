"""What a worker does: one page in, its record or a failure out, and never an exception."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ingest.batch.item import Failure, Item, Outcome
from ingest.build import Reference
from ingest.errors import InputError
from ingest.page import DateOrder, Page
from ingest.pipeline import Prepared, assemble, prepare
from ingest.vocabulary import plain


class Work(NamedTuple):
    """How pages are read and what of them is written: the same for all pages of a run."""

    now: str | None = None
    date_order: DateOrder | None = None
    rest: bool = False
    only: str = "all"  # "articles", "teasers"
    select: tuple[str, ...] = ()  # dotted keys: "article.headline"
    tell_bodies: bool = False  # for the search of repeats
    memory: int | None = None  # bytes that a worker may take
    publishers: Mapping[str, str] = {}  # names that the user wants, by host or printed name
    repeated: Mapping[str, frozenset[str]] = {}  # by host: texts that stand on many of its pages


def read_item(item: Item, work: Work) -> Outcome | Failure:
    """The record of a page, or why there is none."""
    try:
        prepared = prepared_item(item)
        repeated = work.repeated.get(host_of(prepared.source.url), frozenset())
        reference = Reference(item.retrieved or work.now, work.date_order)
        page = assemble(
            prepared, reference=reference, rest=work.rest, repeated=repeated, publishers=work.publishers
        )
        return _outcome(page, work)
    except InputError as error:
        return Failure(item.name, item.position, error.code, error.message)
    except MemoryError:
        return Failure(item.name, item.position, "out-of-memory", "needs more memory than a worker may take")
    except Exception as error:  # a page that we fail on must not cost the user the others
        message = f"internal error: {type(error).__name__}: {error}"
        return Failure(item.name, item.position, "internal", " ".join(message.split())[:300])


def prepared_item(item: Item) -> Prepared:
    """An item's lines. Raises InputError."""
    return prepare(
        item.data,
        item.format,
        item.name,
        item.url,
        item.retrieved,
        position=item.position,
        encoding=_believed(item),
    )


def _believed(item: Item) -> str | None:
    """The charset of an HTTP header where the bytes agree with it; UTF-8 needs no one to claim it."""
    if item.charset is None or not isinstance(item.data, bytes):
        return None
    for charset in ("utf-8", item.charset):
        try:
            item.data.decode(charset)
        except (UnicodeError, LookupError, ValueError):
            continue
        return None if charset == "utf-8" else charset
    return None


def host_of(url: str | None) -> str:
    """The host of an address, "" where there is none.

    >>> host_of("https://www.roe.example/a"), host_of(None)
    ('www.roe.example', '')
    """
    from urllib.parse import urlsplit

    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _outcome(page: Page, work: Work) -> Outcome:
    article = page.article
    body = plain(" ".join(article.paragraphs)) if work.tell_bodies and article is not None else None
    return Outcome(
        record=written(page, work.only, work.select),
        article=article is not None,
        teasers=len(page.teasers),
        warnings=tuple(warning.code for warning in page.warnings),
        headline=article.headline if article is not None else None,
        body=body,
    )


def written(page: Page, only: str, select: tuple[str, ...]) -> str:
    """A record's JSON text with no more than was asked for."""
    if only == "all" and not select:
        return page.to_json()
    record = page.to_dict()
    if only == "articles":
        del record["teasers"]
    elif only == "teasers":
        del record["article"]
    if select:
        record = {key: _at(record, key) for key in select}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _at(record: Any, key: str) -> Any:
    """The value at a dotted key; of a list the values of its members.

    >>> _at({"teasers": [{"title": "a"}, {"title": "b"}]}, "teasers.title")
    ['a', 'b']
    """
    for name in key.split("."):
        if isinstance(record, list):
            record = [one.get(name) for one in record]
        else:
            record = record.get(name) if record is not None else None
    return record
