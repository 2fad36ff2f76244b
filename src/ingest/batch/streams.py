"""Inputs as streams of bytes: opened without hanging, counted as they are read, unpacked."""

from __future__ import annotations

import errno
import io
import os
import select
import stat
import sys
from collections import Counter
from typing import IO, Any

from ingest.read.open import packing_of

_AHEAD = 64  # bytes that show how a file is packed
_SOME = 2**12  # bytes that show what is in a file whose name does not tell
_CHUNK = 2**16
_WRITER_SECONDS = 5.0  # how long a named pipe may stay without a program that writes to it


class Meter:
    """What was read so far: bytes of files as they lie on disk, and by kind the records that are no page."""

    def __init__(self) -> None:
        self.bytes = 0
        self.skipped = Counter[str]()


def open_input(name: str, meter: Meter) -> IO[bytes]:
    """A file, a pipe or standard input ("-"), packed as it is. Raises OSError."""
    if name == "-":
        if sys.stdin is None:
            raise OSError(errno.EBADF, "there is no standard input")
        return sys.stdin.buffer
    mode = os.stat(name).st_mode
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise OSError(errno.EINVAL, "is a device or a socket, not a file")
    file = _Counted(name, meter)
    if stat.S_ISFIFO(mode):
        _await_writer(file, name)
    return io.BufferedReader(file, _CHUNK)


def open_stream(name: str) -> IO[bytes]:
    """A file, a pipe or standard input ("-") as a stream of unpacked bytes. Raises OSError."""
    return unpacked(open_input(name, Meter()))


def _await_writer(pipe: io.FileIO, name: str) -> None:
    named = not name.startswith(("/dev/fd/", "/dev/stdin", "/proc/"))
    ready = select.poll()
    ready.register(pipe.fileno(), select.POLLIN | select.POLLHUP)
    if not ready.poll(_WRITER_SECONDS * 1000 if named else None):
        pipe.close()
        raise OSError(errno.EPIPE, "is a pipe that no program writes to")
    os.set_blocking(pipe.fileno(), True)


class _Counted(io.FileIO):
    def __init__(self, name: str, meter: Meter) -> None:
        super().__init__(name, "rb", opener=_at_once)
        self._meter = meter

    def readinto(self, buffer: Any, /) -> int | None:
        count = super().readinto(buffer)
        self._meter.bytes += count or 0
        return count


def _at_once(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))  # a pipe without a writer must not hold us


def head_of(file: IO[bytes]) -> bytes:
    """The first bytes of an open stream, which stay to be read."""
    return _peeked(file, _AHEAD)


def _peeked(file: Any, size: int) -> bytes:
    return bytes(file.peek(size)[:size]) if hasattr(file, "peek") else b""


def first_bytes(file: IO[bytes]) -> bytes:
    """The first bytes of what is in an open stream, unpacked, none where damage hides them."""
    head = _peeked(file, _SOME)
    if packing_of(head) is None:
        return head
    try:
        inner: Any = unpacked(io.BufferedReader(io.BytesIO(head)))
        return bytes(inner.read1(_AHEAD))
    except Exception:  # each packing has errors of its own
        return b""


def seekable(file: IO[bytes]) -> IO[bytes]:
    """An open file as it is, if one can move about in it and nothing packs it; else a temporary copy."""
    if file.seekable() and packing_of(head_of(file)) is None:
        return file
    import shutil
    import tempfile

    copy = tempfile.TemporaryFile()
    shutil.copyfileobj(unpacked(file), copy, _CHUNK)
    copy.seek(0)
    return copy


def unpacked(file: IO[bytes], packing: str | None = None) -> IO[bytes]:
    """An open stream as a stream of unpacked bytes; its first bytes tell what packs it.

    Damage shows when it is read: as an error that `is_damage` knows, or an OSError.
    """
    packing = packing or packing_of(head_of(file))
    if packing == "gzip":
        import gzip

        return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]
    if packing == "bzip2":
        import bz2

        return bz2.BZ2File(file)
    if packing == "xz":
        import lzma

        return lzma.LZMAFile(file)
    if packing == "zstandard":
        import zstandard

        return io.BufferedReader(_Whole(file, zstandard.ZstdDecompressor()))
    return file


class _Whole(io.RawIOBase):
    """All frames of zstandard, the last of which must be whole: the library's own reader does not tell."""

    def __init__(self, file: IO[bytes], maker: Any) -> None:
        self._file, self._maker = file, maker
        self._frame: Any = None
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while not self._ready:
            packed = b""
            if self._frame is not None and self._frame.eof:
                packed, self._frame = self._frame.unused_data, None
            packed = packed or self._file.read(1024)  # these can't become more than 32 MB
            if not packed:
                if self._frame is not None:
                    raise EOFError("the data end too soon")
                return 0
            self._frame = self._frame or self._maker.decompressobj()
            self._ready = self._frame.decompress(packed)
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


def is_damage(error: Exception) -> bool:
    """Whether an error of a stream says that its packed data are damaged."""
    home = type(error).__module__.split(".")[0]
    return isinstance(error, EOFError) or home in ("zlib", "_lzma", "lzma", "zstandard", "zstd", "gzip")
