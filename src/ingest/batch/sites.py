"""What a publisher prints on many of its pages is no story: lines that repeat are learned before reading.

A first pass looks at no more than ``PAGES_A_HOST`` pages of a host and keeps no more than ``MOST_LINES``
counts, 8 bytes of digest each: some 250 MB at the worst. The result does not depend on the workers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from ingest.batch.item import Failure, Item
from ingest.batch.pool import in_order
from ingest.batch.work import host_of, prepared_item
from ingest.errors import InputError
from ingest.vocabulary import plain

ENOUGH_PAGES = 20  # of one host: with fewer nothing is learned
PAGES_A_HOST = 500
UNKNOWN_HOSTS = 5_000  # pages without an address that are looked into for one
MOST_LINES = 2_000_000
_OFTEN = 0.05  # share of a host's pages on which a line must stand,
_LEAST = 4  # and their number: a story may be printed twice


class Repeated:
    """The texts that a host repeats, as a container of what `ingest.vocabulary.plain` makes of them.

    >>> "subscribe now" in Repeated({digest("subscribe now")})
    True
    """

    def __init__(self, digests: Iterable[bytes]) -> None:
        self._digests = frozenset(digests)

    def __contains__(self, text: object) -> bool:
        return digest(str(text)) in self._digests

    def __len__(self) -> int:
        return len(self._digests)


def digest(text: str) -> bytes:
    """Eight bytes that stand for a text."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()


def repeated_lines(
    items: Iterable[Item | Failure], *, workers: int, timeout: float, memory: int | None = None
) -> dict[str, Repeated]:
    """By host, the lines that stand on many of its pages."""
    pages = Counter[str]()
    lines: dict[str, Counter[bytes]] = defaultdict(Counter)
    kept = 0
    for _, result in in_order(
        _sampled(items), _digests, None, workers=workers, timeout=timeout, memory=memory
    ):
        if isinstance(result, Failure) or not result[0]:
            continue
        host, digests = result
        pages[host] += 1
        before = len(lines[host])
        lines[host].update(digests)
        kept += len(lines[host]) - before
        if kept > MOST_LINES:
            kept = _forget_rare(lines)
    found = {}
    for host, count in pages.items():
        often = max(_LEAST, _OFTEN * count)
        if count > ENOUGH_PAGES:
            found[host] = Repeated(key for key, times in lines[host].items() if times >= often)
    return {host: repeated for host, repeated in found.items() if repeated}


def _sampled(items: Iterable[Item | Failure]) -> Iterator[Item]:
    seen = Counter[str]()
    for item in items:
        if isinstance(item, Item):
            host = host_of(item.url)
            seen[host] += 1
            if seen[host] <= (PAGES_A_HOST if host else UNKNOWN_HOSTS):
                yield item


def _digests(item: Item, _: Any) -> tuple[str, set[bytes]]:
    """A page's host and the digests of its lines: what a worker does in the first pass."""
    try:
        prepared = prepared_item(item)
    except InputError:
        return "", set()
    host = host_of(prepared.source.url)
    return host, {digest(plain(line.text)) for line in prepared.lines} if host else set()


def _forget_rare(lines: dict[str, Counter[bytes]]) -> int:
    for host, counts in lines.items():
        lines[host] = Counter({key: times for key, times in counts.items() if times > 1})
    return sum(map(len, lines.values()))
