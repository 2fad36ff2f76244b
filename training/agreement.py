"""What two published extractors make of the pages that have no gold text, cached in a file."""

from __future__ import annotations

import gzip
import json
import logging
from pathlib import Path

from data import read

Texts = dict[tuple[str, str], tuple[str, str]]


def agreed_texts(folder: Path, cache: Path) -> Texts:
    """(data set, page id) -> the text by trafilatura and by readability-lxml."""
    if not cache.exists():
        _extract(folder, cache)
    return {(row["set"], row["id"]): (row["traf"], row["read"]) for row in read(cache)}


def _extract(folder: Path, cache: Path) -> None:
    import trafilatura
    from lxml import html
    from readability import Document

    logging.disable(logging.CRITICAL)  # both complain about every page they can't read
    with gzip.open(cache, "wt", encoding="utf-8") as file:
        for name in ("dates", "segments"):
            for row in read(folder / f"{name}.jsonl.gz"):
                texts = {"set": name, "id": row["id"], "traf": "", "read": ""}
                try:
                    texts["traf"] = trafilatura.extract(row["html"], include_comments=False) or ""
                    summary = html.fromstring(Document(row["html"]).summary())
                    texts["read"] = "\n".join(part.strip() for part in summary.itertext() if part.strip())
                except Exception as error:  # either may fail in many ways: the page is left out
                    logging.debug("%s: %s", row["id"], error)
                file.write(json.dumps(texts, ensure_ascii=False) + "\n")
