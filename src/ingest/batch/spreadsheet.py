"""Records as CSV: a row for each article, or for each teaser. No cell can act as a formula."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from ingest.batch.shape import Shape, at

_ARTICLE = (
    "source.name source.position source.url article.headline article.deck article.byline article.authors "
    "article.publisher article.section article.language article.dateline.raw article.dateline.places.name "
    "article.dateline.places.country article.published "
    "article.published_raw article.updated article.updated_raw article.paragraphs"
).split()
_TEASER = (
    "title section byline authors published published_raw updated updated_raw blurb truncated url".split()
)
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # what makes a spreadsheet calculate; the wide ones do in Japan


class Table:
    """The rows of a run: ``only`` "teasers" gives one for each teaser; ``select`` names the columns."""

    def __init__(self, shape: Shape) -> None:
        self._teasers = shape.only == "teasers" and not shape.select
        self._selected = bool(shape.select)
        added = [key for key in shape.added if not key.startswith("teasers.")]
        self._columns = list(dict.fromkeys([*(shape.select or _ARTICLE), *added]))
        self._of_teaser = [*_TEASER, *(["target"] if "teasers.target" in shape.added else [])]
        names = ["source.name", "source.position", *self._of_teaser] if self._teasers else self._columns
        self.head = _rows([names])

    def rows(self, record: str) -> str:
        """The rows of one record, line ends included; none for a page without what is asked."""
        page = json.loads(record)
        if self._selected:
            return _rows([[cell(page.get(key)) for key in self._columns]])
        if self._teasers:
            source = page["source"]
            own = [cell(source["name"]), cell(source["position"])]
            return _rows(
                [[*own, *(cell(teaser[key]) for key in self._of_teaser)] for teaser in page["teasers"]]
            )
        if page.get("article") is None:
            return ""
        return _rows([[cell(at(page, key)) for key in self._columns]])


def cell(value: Any) -> str:
    """A value as a cell: lists joined, and no text that a spreadsheet would calculate.

    >>> cell("=1+1"), cell(["Jane Roe", "John Doe"]), cell(None)
    ("'=1+1", 'Jane Roe; John Doe', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        long = any(isinstance(one, str) and len(one) > 60 for one in value)
        value = ("\n\n" if long else "; ").join("" if one is None else str(one) for one in value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.replace(
        "\r", "\n"
    )  # which Python leaves unquoted, and which readers take for the end of a row
    return "'" + text if isinstance(value, str) and text.startswith(_FORMULA) else text


def _rows(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
