"""The bytes of what the user names: a file, a pipe or standard input, unpacked."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable
from typing import IO

from ingest.errors import InputError

MAX_BYTES = 64 * 2**20
_CHUNK = 2**20
_MAX_LAYERS = 2  # "page.html.gz.gz" happens; a longer row of wrappers is a trick
_WRITER_SECONDS = 5.0  # how long a named pipe may stay without a program that writes to it

_DEVICES = {stat.S_IFCHR: "a device", stat.S_IFBLK: "a device", stat.S_IFSOCK: "a socket"}


def read_bytes(name: str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of the file, the pipe or ("-") standard input, unpacked if they are gz, bz2, xz or zst.

    What is packed is told by its first bytes, never by its name. ``max_bytes`` caps the bytes read
    and the bytes unpacked, so that a small file can't fill the memory.

    Raises InputError: not-found, is-directory, unreadable, empty, too-large, broken-archive.

    >>> read_bytes("no/such/page.txt")
    Traceback (most recent call last):
    ingest.errors.InputError: no such file
    """
    try:
        data = _stdin_bytes(max_bytes) if name == "-" else _file_bytes(name, max_bytes)
    except FileNotFoundError:
        raise InputError("not-found", "no such file") from None
    except IsADirectoryError:
        raise InputError("is-directory", "is a directory") from None
    except PermissionError:
        raise InputError("unreadable", "permission denied") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name, a closed stdin
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("unreadable", reason.lower()) from None
    data = unpack(data, max_bytes=max_bytes)
    if not data:
        raise InputError("empty", "the file is empty" if name != "-" else "nothing on standard input")
    return data


def _stdin_bytes(max_bytes: int) -> bytes:
    if sys.stdin is None:
        raise InputError("unreadable", "there is no standard input")
    return _capped(sys.stdin.buffer, max_bytes)


def _file_bytes(name: str, max_bytes: int) -> bytes:
    mode = os.stat(name).st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError
    what = _DEVICES.get(stat.S_IFMT(mode))
    if what is not None:
        raise InputError("unreadable", f"is {what}, not a file")
    with open(name, "rb", buffering=0, opener=_open_at_once) as file:
        start = _first_of_pipe(file) if stat.S_ISFIFO(mode) else b""
        return _capped(file, max_bytes, start)


def _open_at_once(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))


def _first_of_pipe(pipe: IO[bytes]) -> bytes:
    """The first bytes of a pipe; then reading may block, for someone holds its other end.

    Read at once, a pipe says that there is nothing yet (a writer is there) or that it has ended:
    so does a named pipe that no one has opened for writing, hence the patience. An unnamed one
    (``<(zcat page.gz)``) has truly ended.
    """
    named = not str(pipe.name).startswith(("/dev/fd/", "/dev/stdin", "/proc/"))
    deadline = time.monotonic() + (_WRITER_SECONDS if named else 0.0)
    while True:
        start = pipe.read(_CHUNK)
        if start != b"":
            os.set_blocking(pipe.fileno(), True)
            return start or b""
        if time.monotonic() >= deadline:
            if named:
                raise InputError("unreadable", "is a pipe that no program writes to")
            return b""
        time.sleep(0.02)


def _capped(file: IO[bytes], max_bytes: int, start: bytes = b"") -> bytes:
    parts, size = [start], len(start)
    while size <= max_bytes:
        part = file.read(min(_CHUNK, max_bytes + 1 - size))
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
    raise _too_large(max_bytes)


def _too_large(max_bytes: int) -> InputError:
    size = f"{max_bytes / 2**20:.0f} MB" if max_bytes >= 2**20 else f"{max_bytes:,} bytes"
    return InputError("too-large", f"holds more than {size}")


def unpack(data: bytes, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes inside gz, bz2, xz or zst, all members of them; other bytes as they are.

    Raises InputError: too-large, broken-archive.

    >>> import gzip
    >>> unpack(gzip.compress(b"Two ") + gzip.compress(b"members"))
    b'Two members'
    """
    for _ in range(_MAX_LAYERS):
        packing = packing_of(data)
        if packing is None:
            break
        data = _unpacked(data, packing, max_bytes)
    if packing_of(data) is not None:
        raise InputError("broken-archive", f"is packed more than {_MAX_LAYERS} times")
    return data


def packing_of(data: bytes) -> str | None:
    """The packing that the first bytes tell: "gzip", "bzip2", "xz" or "zstandard", else None."""
    if data.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if data.startswith(b"BZh") and data[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"):
        return "bzip2"
    if data.startswith(b"\xfd7zXZ\0"):
        return "xz"
    if data.startswith(b"\x28\xb5\x2f\xfd"):
        return "zstandard"
    return None


def _unpacked(data: bytes, packing: str, max_bytes: int) -> bytes:
    try:
        unpacked = _UNPACKERS[packing](data, max_bytes + 1)
    except MemoryError:
        raise _too_large(max_bytes) from None
    except EOFError:
        raise InputError("broken-archive", f"the {packing} data end too soon") from None
    except InputError:
        raise
    except Exception:  # zlib.error, LZMAError, ZstdError, BadGzipFile, OSError: all say that it is damaged
        raise InputError("broken-archive", f"the {packing} data are damaged") from None
    if len(unpacked) > max_bytes:
        raise _too_large(max_bytes)
    return unpacked


def _gzip(data: bytes, limit: int) -> bytes:
    import gzip
    import io

    return gzip.GzipFile(fileobj=io.BytesIO(data)).read(limit)


def _bzip2(data: bytes, limit: int) -> bytes:
    import bz2
    import io

    return bz2.BZ2File(io.BytesIO(data)).read(limit)


def _xz(data: bytes, limit: int) -> bytes:
    import io
    import lzma

    return lzma.LZMAFile(io.BytesIO(data)).read(limit)


def _zstandard(data: bytes, limit: int) -> bytes:
    """In small steps: a step has no limit of its own, and a kilobyte can't become more than 32 MB."""
    try:
        import zstandard
    except ImportError:
        raise InputError("unreadable", "zstandard data need the package zstandard") from None

    parts: list[bytes] = []
    size = 0
    while data:
        frame = zstandard.ZstdDecompressor().decompressobj()
        at = 0
        while at < len(data) and not frame.eof and size < limit:
            parts.append(frame.decompress(data[at : at + 1024]))
            size += len(parts[-1])
            at += 1024
        if size >= limit:
            break
        if not frame.eof:
            raise EOFError
        data = frame.unused_data + data[at:]
    return b"".join(parts)


_UNPACKERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "bzip2": _bzip2,
    "xz": _xz,
    "zstandard": _zstandard,
}
