"""Labelled pages, in any of the three forms that quality.py measures on."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple


class LabelledPage(NamedTuple):
    """One page, and what is known of it: its text, or segments that must stay and that must go."""

    id: str
    html: str | None = None
    flat: str | None = None
    url: str | None = None
    retrieved: str | None = None  # ISO 8601
    body: str | None = None
    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None  # ISO 8601
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


def read_pages(path: Path, limit: int | None = None) -> list[LabelledPage]:
    """The pages of a JSON Lines file (plain or .gz), or of a copy of the article-extraction-benchmark.

    Raises ValueError for data in neither form, OSError for what can't be read.
    """
    pages = list(islice(_folder(path) if path.is_dir() else _rows(path), limit))
    if not pages:
        raise ValueError(f"{path}: there is no page in it")
    return pages


def _rows(path: Path) -> Iterator[LabelledPage]:
    """``gold`` (summary, paragraphs, headline, authors, published) or ``keep`` and ``drop`` in each row."""
    with _text(path) as file:
        for line in file:
            row = json.loads(line)
            common = LabelledPage(
                id=row["id"],
                html=row.get("html"),
                flat=row.get("flat"),
                url=row.get("url"),
                retrieved=(row.get("retrieved") or "").replace(" ", "T") or None,
            )
            if "gold" in row:
                yield _with_gold(common, row["gold"])
            elif "keep" in row:
                yield common._replace(keep=tuple(row["keep"]), drop=tuple(row["drop"]))
            else:
                raise ValueError(f"{path}: {row['id']} has neither gold nor keep and drop")


def _with_gold(page: LabelledPage, gold: dict[str, Any]) -> LabelledPage:
    return page._replace(
        body="\n".join([*(gold["summary"] or ()), *gold["paragraphs"]]),
        headline=gold["headline"],
        authors=tuple(gold["authors"] or ()),
        published=gold["published"],
    )


def _folder(path: Path) -> Iterator[LabelledPage]:
    """The public benchmark: ground-truth.json, and html/ID.html.gz for each of its keys."""
    truth = json.loads((path / "ground-truth.json").read_text(encoding="utf-8"))
    for name, label in sorted(truth.items()):
        with _text(path / "html" / f"{name}.html.gz") as file:
            html = file.read()
        yield LabelledPage(id=name, html=html, url=label.get("url"), body=label["articleBody"])


def _text(path: Path) -> Any:
    opened = gzip.open if path.suffix == ".gz" else open
    return opened(path, "rt", encoding="utf-8", errors="replace")
