"""What a publisher prints on many of its pages is no story: lines that repeat are learned before reading.

A first pass looks at no more than ``PAGES_A_HOST`` pages of a host and ``MOST_HOSTS`` hosts, and counts no
more than ``MOST_LINES`` lines at a time, 8 bytes of digest each: some 300 MB at the worst. What it finds
depends on the pages and their order alone, not on the workers.
"""

from __future__ import annotations

import json
import os
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

from ingest.batch.item import Failure, Item
from ingest.batch.journal import sync_folder
from ingest.batch.work import prepared_item, site_of
from ingest.errors import InputError
from ingest.line import MAX_LINES
from ingest.vocabulary import plain

ENOUGH_PAGES = 20  # of one host: with no more than these nothing is learned
PAGES_A_HOST = 500
UNKNOWN_HOSTS = 5_000  # pages without an address that are looked into for one
MOST_HOSTS = 200_000
MOST_LINES = 2_000_000
_OFTEN = 0.05  # share of a host's pages on which a line must stand,
_LEAST = 4  # and their number: a sentence may be printed twice
_LONG = 80  # characters of a line that tells one story from another
_SAME = 0.8  # share of long lines that two pages with the same story have in common


class Repeated:
    """The texts that a host repeats, as a container of what `ingest.vocabulary.plain` makes of them.

    >>> "subscribe now" in Repeated({digest("subscribe now")})
    True
    """

    def __init__(self, digests: Iterable[bytes]) -> None:
        # Numbers in a row, not objects: single ones among what is counted would hold on to all its memory.
        self.digests = array("Q", sorted(map(_number, digests)))

    def __contains__(self, text: object) -> bool:
        wanted = _number(digest(str(text)))
        at = bisect_left(self.digests, wanted)
        return at < len(self.digests) and self.digests[at] == wanted

    def __len__(self) -> int:
        return len(self.digests)


def digest(text: str) -> bytes:
    """Eight bytes that stand for a text."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()


def _number(digest: bytes) -> int:
    return int.from_bytes(digest, "big")


class PageLines(NamedTuple):
    """What the first pass keeps of a page: its site, and digests of its lines and of the long ones."""

    site: str
    lines: frozenset[bytes] = frozenset()
    long: frozenset[bytes] = frozenset()


class Lines:
    """Counts the lines of each site's pages. A story that was fetched again counts once.

    >>> lines = Lines()
    >>> for number in range(21):
    ...     lines.add(PageLines("roe.example", frozenset([digest("subscribe"), digest(f"story {number}")])))
    >>> found = lines.repeated()["roe.example"]
    >>> "subscribe" in found, "story 1" in found
    (True, False)
    """

    def __init__(self) -> None:
        self._sites: dict[str, _Site] = {}
        self._kept = 0

    def add(self, page: PageLines) -> None:
        """Count a page's lines."""
        if not page.site:
            return
        site = self._sites.setdefault(page.site, _Site())
        before = len(site.times)
        site.add(page)
        self._kept += len(site.times) - before
        rare = 1
        while self._kept > MOST_LINES:
            for one in self._sites.values():
                one.forget(rare)
            self._kept = sum(len(one.times) for one in self._sites.values())
            rare *= 2

    def repeated(self) -> dict[str, Repeated]:
        """By site, the lines that stand on many of its pages."""
        found = {name: site.repeated() for name, site in self._sites.items() if site.pages > ENOUGH_PAGES}
        return {name: repeated for name, repeated in found.items() if repeated}


class _Site:
    """The lines of one site's pages: on how many each stands, and which page had a long one first."""

    def __init__(self) -> None:
        self.pages = 0
        self.times = Counter[bytes]()
        self._first: dict[bytes, int] = {}
        self._brought: list[int] = []  # how many long lines a page was the first to have
        self._again = 0

    def add(self, page: PageLines) -> None:
        self.pages += 1
        known = Counter(self._first[line] for line in page.long if line in self._first)
        if self._is_again(page, known):
            self._again += 1
            return
        self.times.update(page.lines)
        self._first.update((line, len(self._brought)) for line in page.long if line not in self._first)
        self._brought.append(len(page.long) - known.total())

    def _is_again(self, page: PageLines, known: Counter[int]) -> bool:
        """Whether a page has the story of an earlier one: nearly all that was new there, and little else.

        Not where more than half of the site's pages would be: there the long lines are the site's own.
        """
        if not known or 2 * self._again > self.pages + ENOUGH_PAGES:
            return False
        earlier, shared = known.most_common(1)[0]
        new = len(page.long) - known.total()
        return shared >= _SAME * self._brought[earlier] and shared >= _SAME * (shared + new)

    def forget(self, rare: int) -> None:
        """Room for others: lines that stood on so few pages until now."""
        self.times = Counter({line: times for line, times in self.times.items() if times > rare})
        self._first = {line: page for line, page in self._first.items() if line in self.times}

    def repeated(self) -> Repeated:
        least = often(self.pages)
        return Repeated(line for line, times in self.times.items() if times >= least)


def often(pages: int) -> float:
    """On how many of a host's pages a line must stand to be no story's."""
    return max(_LEAST, _OFTEN * pages)


class Sample:
    """Which pages are looked at: the first of each site."""

    def __init__(self) -> None:
        self._seen = Counter[str]()

    def takes(self, site: str) -> bool:
        """Whether one more page is looked at; ``site`` is what `site_of` makes of the bare item."""
        if site not in self._seen and len(self._seen) >= MOST_HOSTS:
            return False
        self._seen[site] += 1
        return self._seen[site] <= (PAGES_A_HOST if site else UNKNOWN_HOSTS)


def sampled(items: Iterable[Item | Failure]) -> Iterator[Item]:
    """The pages that are looked at."""
    sample = Sample()
    return (item for item in items if isinstance(item, Item) and sample.takes(site_of(item)))


def lines_of(item: Item, max_lines: int = MAX_LINES) -> PageLines:
    """What a worker does with a page in the first pass."""
    try:
        prepared = prepared_item(item, max_lines)
    except InputError:
        return PageLines("")
    site = site_of(item, prepared)
    if not site:
        return PageLines("")
    texts = [plain(line.text) for line in prepared.lines]
    return PageLines(
        site, frozenset(map(digest, texts)), frozenset(digest(text) for text in texts if len(text) >= _LONG)
    )


def save(path: str, fingerprint: str, learned: Mapping[str, Repeated]) -> None:
    """Keep what was learned, for a run that has to go on. Raises OSError."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(json.dumps(fingerprint) + "\n")
        for host, repeated in learned.items():
            file.write(json.dumps([host, "".join(f"{number:016x}" for number in repeated.digests)]) + "\n")
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
            return {host: Repeated(cut(bytes.fromhex(digests))) for host, digests in map(json.loads, file)}
    except (OSError, ValueError):
        return None


def cut(data: bytes) -> Iterator[bytes]:
    """Digests that stand one behind the other."""
    return (data[at : at + 8] for at in range(0, len(data), 8))
