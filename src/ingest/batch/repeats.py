"""The same story on many pages: which page had it first.

``exact`` compares the words of the articles, ``near`` their MinHash signatures (datasketch): stories that
share 70 % of their five-word sequences. The last ``KEPT`` articles are known, some 150 bytes each for exact
and 5 KB for near.
"""

from __future__ import annotations

import base64
import json
from collections import deque
from hashlib import blake2b
from typing import Any

KEPT = {"exact": 2_000_000, "near": 100_000}
_SHINGLE = 5  # words
_SHORTEST = 20  # words of an article that is compared: two stubs are not one story
_ALIKE = 0.7
_PERMUTATIONS = 128


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

    def first(self, body: str | None, page: str) -> tuple[str | None, str]:
        """The page that had a story first (None if this one has), and what `again` needs to know of it."""
        words = (body or "").split()
        if len(words) < _SHORTEST and len(body or "") < 5 * _SHORTEST:
            return None, ""
        signature = self._signature(words)
        earlier = self._earlier(signature)
        if earlier is None:
            self._keep(signature, page)
            return None, json.dumps([page, self._packed(signature)])
        return earlier, ""

    def again(self, note: str) -> None:
        """Take what `first` noted in an earlier run."""
        if note:
            page, packed = json.loads(note)
            self._keep(self._unpacked(packed), page)

    def _signature(self, words: list[str]) -> Any:
        if not self._near:
            return blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=16).hexdigest()
        from datasketch import MinHash

        units = words if len(words) >= _SHORTEST else list("".join(words))
        minhash = MinHash(num_perm=_PERMUTATIONS)
        minhash.update_batch(
            [
                " ".join(units[at : at + _SHINGLE]).encode("utf-8", "replace")
                for at in range(max(1, len(units) - _SHINGLE + 1))
            ]
        )
        return minhash

    def _earlier(self, signature: Any) -> str | None:
        if not self._near:
            return self._names.get(signature)
        alike = sorted(
            int(key)
            for key in self._index.query(signature)
            if self._signatures[key].jaccard(signature) >= _ALIKE
        )
        return self._names[str(alike[0])] if alike else None

    def _keep(self, signature: Any, page: str) -> None:
        key = str(self._number) if self._near else signature
        self._number += 1
        if key in self._names:
            return
        self._names[key] = page
        self._order.append(key)
        if self._near:
            self._index.insert(key, signature)
            self._signatures[key] = signature
        if len(self._order) > self._most:
            oldest = self._order.popleft()
            del self._names[oldest]
            if self._near:
                self._index.remove(oldest)
                del self._signatures[oldest]

    def _packed(self, signature: Any) -> str:
        if not self._near:
            return str(signature)
        return base64.b64encode(signature.hashvalues.astype("<u8").tobytes()).decode()

    def _unpacked(self, packed: str) -> Any:
        if not self._near:
            return packed
        import numpy
        from datasketch import MinHash

        values = numpy.frombuffer(base64.b64decode(packed), dtype="<u8")
        return MinHash(num_perm=_PERMUTATIONS, hashvalues=values.astype(numpy.uint64))
