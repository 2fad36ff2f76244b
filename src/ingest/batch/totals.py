"""What a run did, counted: for the last line on the screen, for ``--summary``, and for going on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ingest.batch.item import Failure, Outcome


class Totals:
    """The counts of a run. ``state`` is what the journal keeps; speed is of this process alone."""

    def __init__(self, state: dict[str, Any] | None = None) -> None:
        self.counts = Counter[str](state["counts"] if state else {})
        self.warnings = Counter[str](state["warnings"] if state else {})
        self.errors = Counter[str](state["errors"] if state else {})
        self.skipped: Mapping[str, int] = {}
        self._began = time.monotonic()
        self._earlier = self.inputs

    @property
    def inputs(self) -> int:
        return self.counts["pages"] + sum(self.errors.values())

    def add(self, result: Outcome | Failure, duplicate: bool = False) -> None:
        """Count one result."""
        if isinstance(result, Failure):
            self.errors[result.code] += 1
            return
        self.counts["pages"] += 1
        self.counts["articles"] += result.article
        self.counts["teasers"] += result.teasers
        self.counts["duplicates"] += duplicate
        self.warnings.update(result.warnings)

    def state(self) -> dict[str, Any]:
        """What the journal keeps."""
        return {"counts": dict(self.counts), "warnings": dict(self.warnings), "errors": dict(self.errors)}

    @property
    def speed(self) -> float:
        """Inputs a second of this process."""
        return (self.inputs - self._earlier) / max(1e-6, time.monotonic() - self._began)

    def summary(self) -> dict[str, Any]:
        """The totals as JSON has them."""
        pages, articles = self.counts["pages"], self.counts["articles"]
        return {
            "pages": pages,
            "articles": articles,
            "without_article": pages - articles,
            "teasers": self.counts["teasers"],
            "duplicates": self.counts["duplicates"],
            "warnings": dict(sorted(self.warnings.items())),
            "errors": dict(sorted(self.errors.items())),
            "skipped": dict(sorted(self.skipped.items())),
            "pages_per_second": round(self.speed, 1),
        }

    def __str__(self) -> str:
        told = self.summary()
        parts = [
            f"{told['pages']:,} pages, {told['articles']:,} articles, {told['teasers']:,} teasers, "
            f"{told['without_article']:,} without an article"
        ]
        if told["duplicates"]:
            parts.append(f"{told['duplicates']:,} duplicates")
        for name in ("warnings", "errors", "skipped"):
            if told[name]:
                parts.append(
                    name + " " + ", ".join(f"{code} {count:,}" for code, count in told[name].items())
                )
        return "; ".join([*parts, f"{told['pages_per_second']:,} pages/s"])
