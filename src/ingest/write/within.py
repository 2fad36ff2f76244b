"""Reading a page within limits: what takes too long or too much memory costs itself alone.

A small page can't take long, since everything that reads it is linear. A larger one has a clock set,
which stops whatever Python does. The C libraries answer no clock; so a very large page is read by a process
that can be ended, and that has an end of its memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import ingest
from ingest.errors import InputError
from ingest.read.open import MAX_BYTES, read_bytes
from ingest.write.text import printable

if TYPE_CHECKING:
    from ingest.batch.item import Failure, Item
    from ingest.page import Page

PAGE_SECONDS = 60.0  # of the clock, for a page, unless the user says otherwise
MAX_MEMORY = 4 * 2**30  # bytes, of the process that reads a very large page

_SMALL = 2**16  # bytes; up to here nothing takes longer than some seconds
_LARGE = 2**20  # bytes from which a page has a process of its own, which takes a fifth of a second


def parse_file(
    name: str,
    *,
    max_page_size: int = MAX_BYTES,
    page_timeout: float = PAGE_SECONDS,
    max_memory: int = MAX_MEMORY,
    **options: Any,
) -> Page:
    """The page of a file or ("-") standard input; ``options`` are those of ``ingest.parse``.

    It has no more than ``max_page_size`` bytes, unpacked, and takes no more than ``page_timeout`` seconds
    and, if it is large, ``max_memory`` bytes. Raises InputError as ``ingest.parse`` and ``read_bytes`` do,
    and timeout, out-of-memory, crashed.
    """
    data = read_bytes(name, max_bytes=max_page_size)
    return parse_within(data, printable(name), page_timeout, max_memory, **options)


def parse_within(data: bytes, name: str, seconds: float, memory: int, **options: Any) -> Page:
    """``ingest.parse`` in no more than ``seconds`` and, for a large page, ``memory`` bytes."""
    if len(data) <= _SMALL and seconds >= PAGE_SECONDS:
        return ingest.parse(data, name=name, **options)
    if len(data) <= _LARGE:
        with _clock(seconds):
            return ingest.parse(data, name=name, **options)
    from ingest.batch.item import Failure, Item
    from ingest.batch.pool import in_order

    item = Item(name, None, data)
    ((_, result),) = in_order([item], _read, options, workers=1, timeout=seconds, memory=memory)
    if isinstance(result, Failure):
        raise InputError(result.code, result.message)  # type: ignore[arg-type]
    return result


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    """Raises InputError when the time is over, and each second after that, should someone catch it."""
    import signal

    def ring(number: int, frame: object) -> None:
        raise InputError("timeout", f"took longer than {seconds:g} seconds")

    if not hasattr(signal, "setitimer"):  # no such clock on this system
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def _read(item: Item, options: dict[str, Any]) -> Page | Failure:
    """What the process of a large page does."""
    from ingest.batch.item import Failure

    if not os.environ.get("INGEST_TRACEBACK"):  # what a dying process prints helps no user
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        return ingest.parse(item.data, name=item.name, **options)
    except InputError as error:
        return Failure(item.name, None, error.code, error.message)
    except (MemoryError, ImportError):  # a library that there is no room for
        return Failure(item.name, None, "out-of-memory", "needs more memory than it may take")
    except Exception as error:
        message = f"internal error: {type(error).__name__}: {error}"
        return Failure(item.name, None, "internal", message)
