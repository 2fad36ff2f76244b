"""Records in SQLite: tables pages, paragraphs and teasers, full-text search over the articles.

Made for sqlite-utils and Datasette: foreign keys, plain columns, lists as JSON.
"""

from __future__ import annotations

import json
import os
import sqlite3
from typing import Any

from ingest.batch.journal import sync_folder

_PAGE = (
    "name position format encoding sha256 url retrieved headline deck byline authors publisher section "
    "language dateline place country latitude longitude published published_raw updated updated_raw "
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
DROP VIEW IF EXISTS articles;
DROP TABLE IF EXISTS pages_fts;
CREATE VIEW articles AS SELECT pages.id, headline, deck, byline, published,
    (SELECT group_concat(text, char(10, 10)) FROM (SELECT text FROM paragraphs WHERE page = pages.id
     ORDER BY number)) AS body FROM pages;
CREATE VIRTUAL TABLE pages_fts
    USING fts5(headline, deck, byline, body, content='articles', content_rowid='id');
INSERT INTO pages_fts(pages_fts) VALUES ('rebuild');
"""


class Database:
    """An output that is a database; the place is the number of items that are in it."""

    def __init__(self, path: str, place: int | None, only: str) -> None:
        self.path, self.partial = path, path + ".partial"
        self._only = only
        if place is None and os.path.exists(self.partial):
            os.unlink(self.partial)
        elif place is not None and not os.path.exists(self.partial):
            os.replace(path, self.partial)  # it had its name already when the run was stopped
        self._base = sqlite3.connect(self.partial, isolation_level=None)
        self._base.execute("PRAGMA synchronous = FULL")
        self._done = place or 0
        try:
            if place is None:
                self._base.executescript(_TABLES)
            else:
                self._forget(place)
            self._base.execute("BEGIN")
        except sqlite3.Error as error:
            raise OSError(str(error)) from None

    def _forget(self, place: int) -> None:
        """Page numbers are those of the items: what came after a place is known by them."""
        self._base.execute("BEGIN")
        for table, column in (("teasers", "page"), ("paragraphs", "page"), ("pages", "id")):
            self._base.execute(f"DELETE FROM {table} WHERE {column} > ?", (place,))
        self._base.execute("COMMIT")

    def write(self, number: int, record: str) -> None:
        page = json.loads(record)
        self._done = number + 1
        try:
            self._insert("pages", ["id", *_PAGE], [self._done, *_page_row(page)])
            for at, text in enumerate((page.get("article") or {}).get("paragraphs", ()), 1):
                self._insert("paragraphs", ["page", "number", "text"], [self._done, at, text])
            for at, teaser in enumerate(page.get("teasers", ()), 1):
                values = [_cell(teaser.get(key)) for key in _TEASER]
                self._insert("teasers", ["page", "number", *_TEASER], [self._done, at, *values])
        except sqlite3.Error as error:
            raise OSError(str(error)) from None

    def _insert(self, table: str, columns: list[str], values: list[Any]) -> None:
        marks = ", ".join("?" * len(values))
        self._base.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)

    def mark(self) -> int:
        try:
            self._base.execute("COMMIT")
            self._base.execute("BEGIN")
        except sqlite3.Error as error:
            raise OSError(str(error)) from None
        return self._done

    def finish(self) -> None:
        self.mark()
        try:
            self._base.execute("COMMIT")
            self._base.executescript(
                "DROP VIEW IF EXISTS articles; DROP TABLE IF EXISTS pages_fts;" + _SEARCH
            )
        except sqlite3.Error as error:
            raise OSError(str(error)) from None
        self.close()
        os.replace(self.partial, self.path)
        sync_folder(self.path)

    def close(self) -> None:
        self._base.close()


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
        "warnings": page.get("warnings"),
        "duplicate_of": page.get("duplicate_of"),
    }
    return [_cell(row.get(key)) for key in _PAGE]


def _cell(value: Any) -> Any:
    """Lists and objects as JSON, empty ones as nothing; the rest as it is."""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value
