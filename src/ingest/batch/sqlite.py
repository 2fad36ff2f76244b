"""Records in SQLite: tables pages, paragraphs and teasers, full-text search over the articles.

Made for sqlite-utils and Datasette: foreign keys, plain columns, lists as JSON, a search table that both
find and use for ``pages``.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ingest.batch.journal import sync_folder
from ingest.batch.shape import Shape, kind_of, schema_at

_PAGE = (
    "name position format encoding sha256 url retrieved headline deck byline authors publisher section "
    "language dateline place country latitude longitude published published_raw updated updated_raw body "
    "warnings duplicate_of"
).split()
_NUMBERS = {"position": "INTEGER", "latitude": "REAL", "longitude": "REAL"}
_TEASER = (
    "title section byline authors published published_raw updated updated_raw blurb truncated url target"
).split()

_TABLES = f"""
CREATE TABLE pages (id INTEGER PRIMARY KEY, {", ".join(f"{c} {_NUMBERS.get(c, 'TEXT')}" for c in _PAGE)});
CREATE TABLE paragraphs (page INTEGER NOT NULL REFERENCES pages(id), number INTEGER NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (page, number)) WITHOUT ROWID;
CREATE TABLE teasers (page INTEGER NOT NULL REFERENCES pages(id), number INTEGER NOT NULL,
    {", ".join(f"{c} {'INTEGER' if c == 'truncated' else 'TEXT'}" for c in _TEASER)},
    PRIMARY KEY (page, number)) WITHOUT ROWID;
"""
_SEARCH = """
DROP TABLE IF EXISTS pages_fts;
CREATE VIRTUAL TABLE pages_fts
    USING fts5(headline, deck, byline, body, content=[pages], content_rowid=[id]);
INSERT INTO pages_fts(pages_fts) VALUES ('rebuild');
"""
_KINDS = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}


class Database:
    """An output that is a database; the place is the number of items that are in it."""

    def __init__(self, path: str, place: int | None, shape: Shape) -> None:
        self.path, self.partial = path, path + ".partial"
        self._keys = list(dict.fromkeys((*shape.select, *shape.added))) if shape.select else []
        if place is None and os.path.exists(self.partial):
            os.unlink(self.partial)
        elif place is not None and not os.path.exists(self.partial):
            os.replace(path, self.partial)  # it had its name already when the run was stopped
        with _told():
            self._base = sqlite3.connect(self.partial, isolation_level=None)
            self._base.execute("PRAGMA synchronous = FULL")
            self._done = place or 0
            if place is None:
                self._base.executescript(_chosen_table(self._keys) if self._keys else _TABLES)
            else:
                self._forget(place)
            self._base.execute("BEGIN")

    def _forget(self, place: int) -> None:
        """Page numbers are those of the items: what came after a place is known by them."""
        tables = (
            [("pages", "id")]
            if self._keys
            else [("teasers", "page"), ("paragraphs", "page"), ("pages", "id")]
        )
        self._base.execute("BEGIN")
        for table, column in tables:
            self._base.execute(f"DELETE FROM {table} WHERE {column} > ?", (place,))
        self._base.execute("COMMIT")

    def write(self, number: int, record: str) -> None:
        page = json.loads(record)
        self._done = number + 1
        with _told():
            if self._keys:
                columns = ["id", *map(_column, self._keys)]
                self._insert("pages", columns, [self._done, *(_cell(page.get(key)) for key in self._keys)])
                return
            self._insert("pages", ["id", *_PAGE], [self._done, *_page_row(page)])
            for at, text in enumerate((page.get("article") or {}).get("paragraphs", ()), 1):
                self._insert("paragraphs", ["page", "number", "text"], [self._done, at, text])
            for at, teaser in enumerate(page.get("teasers", ()), 1):
                values = [_cell(teaser.get(key)) for key in _TEASER]
                self._insert("teasers", ["page", "number", *_TEASER], [self._done, at, *values])

    def _insert(self, table: str, columns: list[str], values: list[Any]) -> None:
        marks = ", ".join("?" * len(values))
        self._base.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)

    def mark(self) -> int:
        with _told():
            self._base.execute("COMMIT")
            self._base.execute("BEGIN")
        return self._done

    def finish(self) -> None:
        with _told():
            self._base.execute("COMMIT")
            if not self._keys:
                self._base.executescript(_SEARCH)
        self.close()
        os.replace(self.partial, self.path)
        sync_folder(self.path)

    def close(self) -> None:
        self._base.close()


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong in a database is told like what goes wrong in a file: as OSError."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(str(error)) from None


def _column(key: str) -> str:
    """The column of a chosen key.

    >>> _column("article.headline")
    'article_headline'
    """
    return key.replace(".", "_")


def _chosen_table(keys: list[str]) -> str:
    columns = [f"{_column(key)} {_KINDS.get(kind_of(schema_at(key)), 'TEXT')}" for key in keys]
    return f"CREATE TABLE pages (id INTEGER PRIMARY KEY, {', '.join(columns)})"


def _page_row(page: dict[str, Any]) -> list[Any]:
    article = page.get("article") or {}
    dateline = article.get("dateline") or {}
    place: dict[str, Any] = next(iter(dateline.get("places") or ()), {})
    row = {
        **page["source"],
        **article,
        **{key: place.get(key) for key in ("country", "latitude", "longitude")},
        "place": place.get("name"),
        "dateline": dateline.get("raw"),
        "body": "\n\n".join(article.get("paragraphs", ())) or None,
        "warnings": page.get("warnings"),
        "duplicate_of": page.get("duplicate_of"),
    }
    return [_cell(row.get(key)) for key in _PAGE]


def _cell(value: Any) -> Any:
    """Lists and objects as JSON, empty ones as nothing; the rest as it is."""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value
