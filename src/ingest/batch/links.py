"""Teasers that point to another page of the same run: the page that has their title for its headline."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import blake2b
from typing import IO, Any

from ingest.batch.outputs import AppendedFile, Output
from ingest.batch.tables import open_stream
from ingest.vocabulary import plain
from ingest.write.text import utf_8

MOST_HEADLINES = 2_000_000  # some 200 MB


def link_teasers(output: Output) -> None:
    """Give every teaser of an output of JSON Lines its ``target``: a page's name, or null. Raises OSError."""
    if not isinstance(output, AppendedFile):
        raise OSError("teasers are linked in JSON Lines only")
    headlines: dict[bytes, str] = {}
    for record in _records(output.partial):
        headline = (record.get("article") or {}).get("headline")
        if headline and len(headlines) < MOST_HEADLINES:
            headlines.setdefault(_key(headline), page_name(record))
    linked = output.path + ".linked"
    with open(linked, "wb", buffering=0) as file:
        _write_linked(file, output, headlines)
        os.fsync(file.fileno())
    output.whole = linked  # the one without targets stays until the run is done: a crash goes on with it


def _write_linked(file: IO[bytes], output: AppendedFile, headlines: dict[bytes, str]) -> None:
    waiting: list[str] = []
    for record in _records(output.partial):
        for teaser in record.get("teasers", ()):
            target = headlines.get(_key(teaser["title"]))
            teaser["target"] = target if target != page_name(record) else None
        waiting.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
        if len(waiting) == 100:
            file.write(output.packed("".join(waiting)))
            waiting.clear()
    if waiting:
        file.write(output.packed("".join(waiting)))


def page_name(record: dict[str, Any]) -> str:
    """A record's page: NAME, or NAME#POSITION within a container."""
    source = record["source"]
    return str(source["name"]) if source["position"] is None else f"{source['name']}#{source['position']}"


def _records(path: str) -> Iterator[dict[str, Any]]:
    with open_stream(path) as file:
        for line in file:
            yield json.loads(line)


def _key(title: str) -> bytes:
    return blake2b(utf_8(plain(title)), digest_size=12).digest()
