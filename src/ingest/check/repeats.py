"""Paragraphs that stand in many records: what a publisher prints on all its pages, taken for text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

MANY = 3  # records that share a paragraph before it is a doubt
_SHORTEST = 24  # bytes: "Background" may well stand in many stories
_LIMIT = 500_000  # paragraphs that are remembered, some 80 MB

Record = TypeVar("Record")


class Repeats(Generic[Record]):
    """Counts in how many records a paragraph stands, in memory that does not grow without end.

    Beyond the limit those that were seen once are forgotten: what is on many pages stays.
    """

    def __init__(self, limit: int = _LIMIT) -> None:
        self._limit = limit
        # by hash of the paragraph: the records that have it, while they are fewer than MANY, then None
        self._seen: dict[int, tuple[Record, ...] | None] = {}

    def add(self, record: Record, paragraphs: Iterable[str]) -> list[tuple[Record, str]]:
        """The records that are doubtful now, each with the paragraph that makes it so.

        ``record`` stands for the one that has these paragraphs. Those before it come with it when a
        paragraph turns out to be one of many.

        >>> repeats, notice = Repeats(), "All rights reserved, says the Roe Times."
        >>> [[who for who, _ in repeats.add(n, [notice, f"Story number {n}."])] for n in range(4)]
        [[], [], [0, 1, 2], [3]]
        """
        doubtful: list[tuple[Record, str]] = []
        for text in dict.fromkeys(paragraphs):
            if len(text.encode("utf-8", "replace")) < _SHORTEST:
                continue
            key = hash(text)
            before = self._seen.get(key, ())
            if before is None:
                doubtful.append((record, text))
            elif len(before) + 1 < MANY:
                self._seen[key] = (*before, record)
            else:
                self._seen[key] = None
                doubtful += [(one, text) for one in (*before, record)]
        if len(self._seen) > self._limit:
            self._seen = {key: seen for key, seen in self._seen.items() if seen is None or len(seen) > 1}
        return doubtful
