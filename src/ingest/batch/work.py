"""What a worker does: one page in, its record or a failure out, and never an exception."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from ingest.batch.item import Failure, Item, Outcome
from ingest.batch.shape import Shape
from ingest.build import Reference
from ingest.errors import InputError
from ingest.line import MAX_LINES
from ingest.page import DateOrder, Page
from ingest.pipeline import Prepared, assemble, prepare

_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20}")  # as a mirror's folders are called


class Work(NamedTuple):
    """How pages are read and what of them is written: the same for all pages of a run."""

    now: str | None = None
    date_order: DateOrder | None = None
    rest: bool = False
    shape: Shape | None = None  # what of a record is written; None is all of it
    dedupe: str | None = None  # "exact", "near": what of a story is told, to find its repeats
    max_lines: int = MAX_LINES
    memory: int | None = None  # bytes that a worker may take
    publishers: Mapping[str, str] = {}  # names that the user wants, by host or printed name
    repeated: Mapping[str, Container[str]] = {}  # by host: texts that stand on many of its pages


def read_item(item: Item, work: Work) -> Outcome | Failure:
    """The record of a page, or why there is none."""
    try:
        prepared = prepared_item(item, work.max_lines)
        repeated = work.repeated.get(site_of(item, prepared), frozenset())
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


def prepared_item(item: Item, max_lines: int = MAX_LINES) -> Prepared:
    """An item's lines, no more than so many. Raises InputError."""
    return prepare(
        item.data,
        item.format,
        item.name,
        item.url,
        item.retrieved,
        position=item.position,
        encoding=_believed(item),
        max_lines=max_lines,
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


def site_of(item: Item, prepared: Prepared | None = None) -> str:
    """Whose page it is, as far as is known: the host of its address, or a folder named like one, else "".

    >>> site_of(Item("-", None, "", url="https://www.roe.example/a"))
    'roe.example'
    >>> site_of(Item("mirror/roe.example/1.txt", None, ""))
    'roe.example'
    """
    folders = item.name.lower().split("/")[:-1]
    host = host_of(prepared.source.url if prepared is not None else item.url)
    host = host or next((folder for folder in reversed(folders) if _HOST.fullmatch(folder)), "")
    return host.removeprefix("www.")


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
    story = None
    if work.dedupe is not None and article is not None:
        from ingest.batch.repeats import signature

        story = signature(" ".join(article.paragraphs), work.dedupe)
    shape = work.shape
    return Outcome(
        record=page.to_json() if shape is None or shape.whole else compact(shape.of(page.to_dict())),
        article=article is not None,
        teasers=len(page.teasers),
        warnings=tuple(warning.code for warning in page.warnings),
        story=story,
    )


def compact(record: dict[str, Any]) -> str:
    """A record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))
