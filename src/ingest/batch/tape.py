"""A stream that can be read again from a little way back, and the packed members of one."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from functools import partial
from typing import IO, Protocol

from ingest.batch.streams import unpacked

KEPT = 8 * 2**20  # bytes behind the place of reading that can be gone back to
_CHUNK = 2**16
_STEP = 1024  # bytes of zstandard unpacked at once: they can't become more than 32 MB


class Readable(Protocol):
    """What a tape is made from."""

    def read(self, size: int, /) -> bytes:
        """Some bytes, at the most so many; none at the end."""


class Tape:
    """Reads a stream and keeps its last bytes. Offsets are those of the stream, counted from 0.

    >>> import io
    >>> tape = Tape(io.BytesIO(b"one two three"))
    >>> tape.read(7), tape.bytes_at(4, 9), tape.tell()
    (b'one two', b'two three', 7)
    >>> tape.back_to(4); tape.read(3)
    b'two'
    """

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._kept = bytearray()
        self._first = 0  # the offset of the first byte that is kept
        self._next = 0

    def tell(self) -> int:
        """The offset of the byte that is read next."""
        return self._next

    def read(self, size: int = -1) -> bytes:
        """Some bytes, none at the end."""
        at = self._next - self._first
        if at == len(self._kept) and not self._more():
            return b""
        at = self._next - self._first
        data = bytes(self._kept[at : at + (size if size >= 0 else _CHUNK)])
        self._next += len(data)
        return data

    def bytes_at(self, offset: int, size: int) -> bytes:
        """The bytes at an offset, fewer near the end; does not move the place of reading."""
        while self._first + len(self._kept) < offset + size and self._more(keep_from=offset):
            pass
        at = max(0, offset - self._first)
        return bytes(self._kept[at : max(at, offset - self._first + size)])

    def back_to(self, offset: int) -> None:
        """Read on from an offset, or from the first byte behind it that is to be had."""
        if offset < self._first and getattr(self._file, "seekable", bool)():
            self._file.seek(offset)  # type: ignore[attr-defined]
            self._first, self._kept = offset, bytearray()
        self._next = max(offset, self._first)

    def find(self, pattern: re.Pattern[bytes], widest: int) -> int | None:
        """The offset of the next match, at most ``widest`` bytes long; reading goes on from there."""
        while True:
            at = self._next - self._first
            match = pattern.search(self._kept, at)
            if match is not None:
                self._next = self._first + match.start()
                return self._next
            self._next = max(self._next, self._first + len(self._kept) - widest)
            if not self._more():
                return None

    def _more(self, keep_from: int | None = None) -> bool:
        data = self._file.read(_CHUNK)
        if not data:
            return False
        spare = min(self._next, self._next if keep_from is None else keep_from) - self._first - KEPT
        if spare > KEPT:
            del self._kept[:spare]
            self._first += spare
        self._kept += data
        return True


class Member:
    """The unpacked bytes of a packed stream. ``start`` is its offset, ``damaged`` whether it broke off."""

    def __init__(self, start: int, parts: Iterator[bytes]) -> None:
        self.start = start
        self.damaged = False
        self.size = 0  # bytes that were read
        self._parts = parts
        self._ready: bytes | None = b""  # None behind the last part

    def read(self, size: int, /) -> bytes:
        while self._ready == b"":
            try:
                self._ready = next(self._parts, None)
            except Exception:  # zlib.error, ZstdError, LZMAError, EOFError, OSError: each packing has its own
                self.damaged, self._ready = True, None
        if self._ready is None:
            return b""
        data, self._ready = self._ready[:size], self._ready[size:]
        self.size += len(data)
        return data


def members(file: IO[bytes], packing: str, first_bytes: bytes) -> Iterator[Member]:
    """The members of a gzip or zstandard file, one after the other; a bzip2 or xz file as one.

    Behind a damaged member goes on the next that begins with ``first_bytes``.
    """
    if packing not in _UNPACKERS:
        yield Member(0, iter(partial(unpacked(file, packing).read, _CHUNK), b""))
        return
    tape, unpack = Tape(file), _UNPACKERS[packing]
    while tape.bytes_at(tape.tell(), 1):
        member = Member(tape.tell(), unpack(tape))
        yield member
        while member.read(_CHUNK):
            pass
        if member.damaged:
            tape.back_to(member.start + 1)
            if not _find_member(tape, packing, first_bytes):
                return


def _find_member(tape: Tape, packing: str, first_bytes: bytes) -> bool:
    """Go to the next member that begins with certain bytes; packed data hold others that only look so."""
    while (found := tape.find(_MARKS[packing], 4)) is not None:
        head = Tape(io.BytesIO(tape.bytes_at(found, _CHUNK)))
        if Member(0, _UNPACKERS[packing](head)).read(len(first_bytes)) == first_bytes:
            return True
        tape.back_to(found + 1)
    return False


def _unpack_gzip(tape: Tape) -> Iterator[bytes]:
    """The parts of one gzip member; leaves the tape behind it."""
    gzip, packed = zlib.decompressobj(31), b""
    while not gzip.eof:
        packed = packed or tape.read(_CHUNK)
        if not packed:
            raise EOFError
        yield gzip.decompress(packed, _CHUNK)
        packed = gzip.unconsumed_tail
    tape.back_to(tape.tell() - len(gzip.unused_data))


def _unpack_zstandard(tape: Tape) -> Iterator[bytes]:
    """The parts of one zstandard frame; leaves the tape behind it."""
    import zstandard

    frame = zstandard.ZstdDecompressor().decompressobj()
    while not frame.eof:
        packed = tape.read(_STEP)
        if not packed:
            raise EOFError
        yield frame.decompress(packed)
    tape.back_to(tape.tell() - len(frame.unused_data))


_MARKS = {"gzip": re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"), "zstandard": re.compile(rb"\x28\xb5\x2f\xfd")}
_UNPACKERS = {"gzip": _unpack_gzip, "zstandard": _unpack_zstandard}
