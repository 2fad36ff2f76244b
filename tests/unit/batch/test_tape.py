"""A stream that can be gone back in, and packed members behind damaged ones."""

from __future__ import annotations

import bz2
import gzip
import io
import re

import pytest
import zstandard

from ingest.batch import tape as tapes
from ingest.batch.tape import Tape, members

MARK = re.compile(rb"WARC/1")


class Pipe(io.RawIOBase):
    """Bytes that can be read once."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:
        return self._data.read(size)

    def seekable(self) -> bool:
        return False


def test_it_goes_no_further_back_than_it_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tapes, "KEPT", 2**10)
    data = b"".join(b"%07d\n" % number for number in range(100_000))
    for file, first in ((io.BytesIO(data), b"0000001\n"), (Pipe(data), None)):
        tape = Tape(file)
        while tape.tell() < 700_000:
            assert tape.read()
        assert len(tape._kept) < 2 * 2**16 + 2 * 2**10
        tape.back_to(tape.tell() - 8)
        assert tape.bytes_at(tape.tell(), 8) == data[tape.tell() : tape.tell() + 8]
        tape.back_to(8)  # a file can be read anew, a pipe goes on with the first byte that it has
        assert tape.tell() == 8 if first else tape.tell() > 8
        assert tape.read(8) == (first or data[tape.tell() - 8 : tape.tell()])


def test_a_mark_is_found_where_two_reads_meet() -> None:
    data = b"." * (2**16 - 3) + b"WARC/1" + b"." * 2**17
    tape = Tape(Pipe(data))
    assert tape.find(MARK, 6) == 2**16 - 3
    assert tape.read(6) == b"WARC/1"
    assert tape.find(MARK, 6) is None


@pytest.mark.parametrize(
    ("packing", "pack"), [("gzip", gzip.compress), ("zstandard", zstandard.ZstdCompressor().compress)]
)
def test_behind_a_damaged_member_the_next_is_found(packing: str, pack) -> None:
    one, other = (pack(b"WARC/1.0 " + text * 200) for text in (b"first", b"third"))
    broken = bytearray(pack(b"WARC/1.0 " + bytes(range(256)) * 4))
    broken[len(broken) // 2] ^= 0xFF
    notes = pack(b"notes of the crawler")  # begins otherwise, and is passed over behind damage
    file = io.BytesIO(one + bytes(broken)[:-20] + notes + other)
    found = []
    for member in members(file, packing, b"WARC/"):
        data = b""
        while part := member.read(64):
            data += part
        found.append((member.start, data, member.damaged, member.size == len(data)))
    starts, texts, damaged, counted = zip(*found, strict=True)
    assert starts == (0, len(one), len(one) + len(broken) - 20 + len(notes))
    assert (texts[0], texts[2]) == (b"WARC/1.0 " + b"first" * 200, b"WARC/1.0 " + b"third" * 200)
    assert damaged == (False, True, False)
    assert all(counted)


@pytest.mark.parametrize("packing", ["gzip", "zstandard"])
def test_damage_with_nothing_behind_it_is_the_end(packing: str) -> None:
    pack = gzip.compress if packing == "gzip" else zstandard.ZstdCompressor().compress
    file = io.BytesIO(pack(b"WARC/1.0 " + bytes(range(256)) * 40)[:-30])
    (member,) = members(file, packing, b"WARC/")
    while member.read(2**16):
        pass
    assert member.damaged


def test_other_packings_are_one_member() -> None:
    (member,) = members(io.BytesIO(bz2.compress(b"WARC/1.0 all of it")), "bzip2", b"WARC/")
    assert (member.read(8), member.read(99), member.read(1)) == (b"WARC/1.0", b" all of it", b"")
    assert not member.damaged
