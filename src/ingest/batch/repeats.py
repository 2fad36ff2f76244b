"""The same story on many pages: which page had it first.

``exact`` compares the words of the articles, ``near`` their MinHash signatures (datasketch): stories that
share 70 % of their five-word sequences. The last ``KEPT`` articles are known, in some 240 bytes each for
``exact`` and 7 KB for ``near``.
"""

from __future__ import annotations

import base64
import json
from collections import deque
from hashlib import blake2b
from typing import Any

from ingest.vocabulary import plain

KEPT = {"exact": 1_000_000, "near": 100_000}
_SHINGLE = 5  # words
_SHORTEST = 20  # words of an article that is compared: two stubs are not one story
_ALIKE = 0.7
_PERMUTATIONS = 128
_SCHEME = "affine32"  # of hashing, as datasketch calls it


def signature(text: str, how: str) -> str | None:
    """What stands for an article's text, None for one too short to be compared. Workers make it."""
    body = plain(text)
    words = body.split()
    if len(words) < _SHORTEST and len(body) < 5 * _SHORTEST:  # some scripts have no spaces
        return None
    if how == "exact":
        return blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=16).hexdigest()
    from datasketch import MinHash

    units = words if len(words) >= _SHORTEST else list("".join(words))
    minhash = MinHash(num_perm=_PERMUTATIONS, scheme=_SCHEME)
    minhash.update_batch(
        [
            " ".join(units[at : at + _SHINGLE]).encode("utf-8", "replace")
            for at in range(max(1, len(units) - _SHINGLE + 1))
        ]
    )
    return base64.b64encode(minhash.hashvalues.astype("<u4").tobytes()).decode()


class Repeats:
    """Finds the first page with a story. ``how`` is "exact" or "near"."""

    def __init__(self, how: str) -> None:
        self._near = how == "near"
        self._most = KEPT[how]
        self._order: deque[str] = deque()
        self._names: dict[str, str] = {}  # key -> page
        self._number = 0
        if self._near:
            from datasketch import MinHashLSH

            self._index = MinHashLSH(threshold=_ALIKE - 0.1, num_perm=_PERMUTATIONS)
            self._signatures: dict[str, Any] = {}

    def first(self, story: str | None, page: str) -> tuple[str | None, str]:
        """The page that had a story first (None if this one has), and what `again` needs to know of it."""
        if story is None:
            return None, ""
        earlier = self._earlier(story)
        if earlier is not None:
            return earlier, ""
        self._keep(story, page)
        return None, json.dumps([page, story])

    def again(self, note: str) -> None:
        """Take what `first` noted in an earlier run."""
        page, story = json.loads(note)
        self._keep(story, page)

    def _earlier(self, story: str) -> str | None:
        if not self._near:
            return self._names.get(story)
        minhash = _minhash(story)
        alike = [int(key) for key in self._index.query(minhash) if self._likeness(key, minhash) >= _ALIKE]
        return self._names[str(min(alike))] if alike else None

    def _likeness(self, key: str, minhash: Any) -> float:
        return float((self._signatures[key] == minhash.hashvalues).mean())

    def _keep(self, story: str, page: str) -> None:
        key = str(self._number) if self._near else story
        self._number += 1
        self._names[key] = page
        self._order.append(key)
        if self._near:
            minhash = _minhash(story)
            self._index.insert(key, minhash)
            self._signatures[key] = minhash.hashvalues
        if len(self._order) > self._most:
            oldest = self._order.popleft()
            del self._names[oldest]
            if self._near:
                self._index.remove(oldest)
                del self._signatures[oldest]


def _minhash(story: str) -> Any:
    import numpy
    from datasketch import LeanMinHash

    values = numpy.frombuffer(base64.b64decode(story), dtype="<u4")
    return LeanMinHash(seed=1, hashvalues=values, scheme=_SCHEME)
