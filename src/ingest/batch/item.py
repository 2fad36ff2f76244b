"""What flows through a batch: an item goes in, its record or a failure comes out."""

from __future__ import annotations

from typing import NamedTuple

from ingest.page import Format


class Item(NamedTuple):
    """One page as it was found. ``position`` is its place in a container: a byte offset, a line number."""

    name: str
    position: int | None
    data: bytes | str
    format: Format | None = None
    url: str | None = None
    retrieved: str | None = None
    charset: str | None = None  # as an HTTP header claims it


class Failure(NamedTuple):
    """An input that gave no record, and why."""

    name: str
    position: int | None
    code: str
    message: str

    def to_dict(self) -> dict[str, str | int | None]:
        """The failure as a line of the error file."""
        return self._asdict()


class Outcome(NamedTuple):
    """A record as JSON text, with what the totals count and what tells repeats of its story."""

    record: str
    article: bool
    teasers: int
    warnings: tuple[str, ...]
    story: str | None  # what stands for the article's text, where repeats are looked for
