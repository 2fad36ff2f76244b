"""What a publisher prints on many of its pages is no story: lines that repeat are learned before reading.

A first pass looks at no more than ``PAGES_A_HOST`` pages of a host and ``MOST_HOSTS`` hosts, and counts no
more than ``MOST_LINES`` lines at a time, 8 bytes of digest each: some 300 MB at the worst. What it finds
depends on the pages and their order alone, not on the workers.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from ingest.batch.item import Failure, Item
from ingest.batch.journal import sync_folder
from ingest.batch.work import prepared_item, site_of
from ingest.errors import InputError
from ingest.vocabulary import plain

ENOUGH_PAGES = 20  # of one host: with no more than these nothing is learned
PAGES_A_HOST = 500
UNKNOWN_HOSTS = 5_000  # pages without an address that are looked into for one
MOST_HOSTS = 200_000
MOST_LINES = 2_000_000
_OFTEN = 0.05  # share of a host's pages on which a line must stand,
_LEAST = 4  # and their number: a story may be printed twice


class Repeated:
    """The texts that a host repeats, as a container of what `ingest.vocabulary.plain` makes of them.

    >>> "subscribe now" in Repeated({digest("subscribe now")})
    True
    """

    def __init__(self, digests: Iterable[bytes]) -> None:
        self.digests = frozenset(digests)

    def __contains__(self, text: object) -> bool:
        return digest(str(text)) in self.digests

    def __len__(self) -> int:
        return len(self.digests)


def digest(text: str) -> bytes:
    """Eight bytes that stand for a text."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()


class Lines:
    """Counts the lines of each host's pages."""

    def __init__(self) -> None:
        self._pages = Counter[str]()
        self._lines: dict[str, Counter[bytes]] = {}
        self._kept = 0

    def add(self, host: str, digests: Iterable[bytes]) -> None:
        """Count a page's lines."""
        if not host:
            return
        self._pages[host] += 1
        lines = self._lines.setdefault(host, Counter())
        before = len(lines)
        lines.update(digests)
        self._kept += len(lines) - before
        rare = 1
        while self._kept > MOST_LINES:
            self._forget(rare)
            rare *= 2

    def _forget(self, rare: int) -> None:
        """Room for others: lines that stood on so few pages until now."""
        for host, counts in self._lines.items():
            self._lines[host] = Counter({key: times for key, times in counts.items() if times > rare})
        self._kept = sum(map(len, self._lines.values()))

    def repeated(self) -> dict[str, Repeated]:
        """By host, the lines that stand on many of its pages."""
        found = {}
        for host, pages in self._pages.items():
            if pages > ENOUGH_PAGES:
                least = often(pages)
                found[host] = Repeated(key for key, times in self._lines[host].items() if times >= least)
        return {host: repeated for host, repeated in found.items() if repeated}


def often(pages: int) -> float:
    """On how many of a host's pages a line must stand to be no story's."""
    return max(_LEAST, _OFTEN * pages)


def sampled(items: Iterable[Item | Failure]) -> Iterator[Item]:
    """The pages that are looked at: the first of each host."""
    seen = Counter[str]()
    for item in items:
        if isinstance(item, Item):
            host = site_of(item)
            if host in seen or len(seen) < MOST_HOSTS:
                seen[host] += 1
                if seen[host] <= (PAGES_A_HOST if host else UNKNOWN_HOSTS):
                    yield item


def lines_of(item: Item, _: object = None) -> tuple[str, set[bytes]]:
    """A page's host and the digests of its lines: what a worker does in the first pass."""
    try:
        prepared = prepared_item(item)
    except InputError:
        return "", set()
    host = site_of(item, prepared)
    return host, {digest(plain(line.text)) for line in prepared.lines} if host else set()


def save(path: str, fingerprint: str, learned: Mapping[str, Repeated]) -> None:
    """Keep what was learned, for a run that has to go on. Raises OSError."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(json.dumps(fingerprint) + "\n")
        for host, repeated in learned.items():
            file.write(json.dumps([host, b"".join(sorted(repeated.digests)).hex()]) + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".new", path)
    sync_folder(path)


def load(path: str, fingerprint: str) -> dict[str, Repeated] | None:
    """What a run with this fingerprint has learned, None if there is nothing."""
    try:
        with open(path, encoding="utf-8") as file:
            if json.loads(file.readline()) != fingerprint:
                return None
            return {host: Repeated(_cut(bytes.fromhex(digests))) for host, digests in map(json.loads, file)}
    except (OSError, ValueError):
        return None


def _cut(data: bytes) -> Iterator[bytes]:
    return (data[at : at + 8] for at in range(0, len(data), 8))
