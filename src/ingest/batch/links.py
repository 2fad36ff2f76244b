"""Teasers that point to another page of the same run: the page that has their title for its headline."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any

from ingest.batch.outputs import AppendedFile, Output
from ingest.batch.shape import Shape
from ingest.batch.work import compact
from ingest.vocabulary import plain
from ingest.write.text import utf_8

MOST_HEADLINES = 1_000_000  # the first so many can be linked to, in some 250 MB
_EVERY = 100  # records between two marks of the final output


class Linked:
    """An output of any kind that is written at the end, from records that wait in a file until then."""

    def __init__(self, path: str, place: int | None, shape: Shape, opened: Callable[[], Output]) -> None:
        self._records = AppendedFile(path + ".linking", place)
        self._shape = shape
        self._opened = opened

    def write(self, number: int, record: str) -> None:
        self._records.write(number, json.dumps([number]) + record)

    def mark(self) -> int:
        return self._records.mark()

    def finish(self) -> None:
        self.mark()
        headlines = _headlines(record for _, record in self._read())
        output = self._opened()
        try:
            for count, (number, record) in enumerate(self._read(), 1):
                _link(record, headlines)
                output.write(number, compact(self._shape.of(record)))
                if count % _EVERY == 0:
                    output.mark()
            output.finish()
        finally:
            output.close()

    def close(self) -> None:
        self._records.close()

    def _read(self) -> Iterator[tuple[int, dict[str, Any]]]:
        with open(self._records.partial, "rb") as file:
            for line in file:
                number, _, record = line.partition(b"]")
                yield int(number[1:]), json.loads(record)


def _headlines(records: Iterator[dict[str, Any]]) -> dict[bytes, str]:
    """The page of each headline, by what stands for it."""
    found: dict[bytes, str] = {}
    for record in records:
        headline = (record.get("article") or {}).get("headline")
        if headline and len(found) < MOST_HEADLINES:
            found.setdefault(_key(headline), page_name(record))
    return found


def _link(record: dict[str, Any], headlines: dict[bytes, str]) -> None:
    own = page_name(record)
    for teaser in record["teasers"]:
        target = headlines.get(_key(teaser["title"]))
        teaser["target"] = target if target != own else None


def page_name(record: dict[str, Any]) -> str:
    """A record's page: NAME, or NAME#POSITION within a container."""
    source = record["source"]
    return str(source["name"]) if source["position"] is None else f"{source['name']}#{source['position']}"


def _key(title: str) -> bytes:
    return blake2b(utf_8(plain(title)), digest_size=12).digest()
