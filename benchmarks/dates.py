#!/usr/bin/env python3
"""How far dates can be trusted: this program beside htmldate (pages), dateparser and dateutil (lines).

usage: python benchmarks/dates.py [--pages FILE.jsonl.gz] [--lines FILE.jsonl]

  pages   JSON Lines, plain or .gz: html, url and published, the day on which a page was published
  lines   tests/data/dates.jsonl unless another is named: text, value (ISO 8601) and now, or none: true
          where the text prints no date. They are lines that this program's tests hold, written for them

A day counts: what a program adds to it (midnight, a zone) is overlooked, and of a month or a year printed
alone only that is asked. Wrong is another day, or any day where none is printed or two are possible.
Programs take turns, item by item; seconds are of the processor. One that is not installed is skipped
(`pip install -e '.[benchmark]'`). A Markdown table goes to standard output.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

LINES = Path(__file__).parent.parent / "tests" / "data" / "dates.jsonl"
Row = dict[str, Any]
Reader = Callable[[Row], "str | None"]


def page_readers() -> dict[str, Reader]:
    import ingest

    def ours(row: Row) -> str | None:
        article = ingest.parse(row["html"], format="html", url=row["url"]).article
        return article.published if article is not None else None

    readers: dict[str, Reader] = {"ingest": ours}
    try:
        from htmldate import find_date
    except ImportError:
        return readers
    readers["htmldate"] = lambda row: find_date(row["html"], url=row["url"], original_date=True)
    readers["htmldate, fast"] = lambda row: find_date(
        row["html"], url=row["url"], original_date=True, extensive_search=False
    )
    return readers


def line_readers() -> dict[str, Reader]:
    import ingest

    def ours(row: Row) -> str | None:
        date = ingest.parse_date(row["text"], now=row.get("now"), order=row.get("order"))
        return date.value if date is not None else None

    readers: dict[str, Reader] = {"ingest": ours}
    try:
        import dateparser
    except ImportError:
        pass
    else:

        def guessed(row: Row) -> str | None:
            settings: Row = {"REQUIRE_PARTS": ["year", "month"]} if not row.get("now") else {}
            if row.get("now"):
                settings["RELATIVE_BASE"] = _moment(row["now"])
            found = dateparser.parse(row["text"], settings=settings)
            return found.isoformat() if found else None

        readers["dateparser"] = guessed
    from dateutil import parser

    def fuzzy(row: Row) -> str | None:
        try:
            found = parser.parse(row["text"], fuzzy=True, default=_moment(row.get("now") or "1900-01-01"))
        except (ValueError, OverflowError, TypeError):
            return None
        return found.isoformat() if found.year != 1900 else None

    readers["dateutil, fuzzy"] = fuzzy
    return readers


def _moment(text: str) -> Any:
    from dateutil import parser

    return parser.isoparse(text)


def compared(rows: list[Row], readers: dict[str, Reader], key: str) -> list[tuple[str, Counter[str], float]]:
    """Each program's answers counted as right, wrong and refused, and its seconds."""
    counts = {name: Counter[str]() for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    for number, row in enumerate(rows):
        turn = list(readers)
        for name in turn[number % len(turn) :] + turn[: number % len(turn)]:
            start = time.process_time()
            try:
                value = readers[name](row)
            except Exception:
                value = None
            seconds[name] += time.process_time() - start
            counts[name][_verdict(value, row.get(key))] += 1
    return [(name, counts[name], seconds[name]) for name in readers]


def _verdict(value: str | None, wanted: str | None) -> str:
    if wanted is None:
        return "right" if value is None else "wrong"
    if value is None:
        return "refused"
    day = wanted[:10]
    return "right" if value[: len(day)] == day else "wrong"


def show(title: str, rows: list[Row], results: list[tuple[str, Counter[str], float]]) -> None:
    print(f"{title}\n\n| program | right | wrong | refused | a second |\n| --- | ---: | ---: | ---: | ---: |")
    for name, counts, seconds in sorted(results, key=lambda result: -result[1]["right"]):
        shares = " | ".join(f"{counts[kind] / len(rows):.3f}" for kind in ("right", "wrong", "refused"))
        print(f"| {name} | {shares} | {len(rows) / max(seconds, 1e-9):,.0f} |")
    print()


def read_rows(path: Path) -> list[Row]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--pages", type=Path)
    options.add_argument("--lines", type=Path, default=LINES)
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    if chosen.pages is not None:
        rows, readers = read_rows(chosen.pages), page_readers()
        compared(rows[:3], readers, "published")  # the first pages pay for imports and caches
        show(f"{len(rows)} pages", rows, compared(rows, readers, "published"))
    rows, readers = read_rows(chosen.lines), line_readers()
    compared(rows[:50], readers, "value")
    show(f"{len(rows)} lines", rows, compared(rows, readers, "value"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
