"""Worker processes: results in the order of their items, a limit of time and memory for each page."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from ingest.batch.item import Failure, Item

_AHEAD = 4  # pages that are under way for each worker: enough to keep it busy, few enough for memory

Result = TypeVar("Result")


def in_order(
    items: Iterable[Item | Failure],
    read: Callable[[Item, Any], Result],
    work: Any,
    *,
    workers: int,
    timeout: float,
    memory: int | None = None,
) -> Iterator[tuple[Item | Failure, Result | Failure]]:
    """Each item with its result, in order; a page that breaks a limit costs its worker, which is replaced.

    ``timeout`` is in seconds of the clock, ``memory`` in bytes that a worker may take. Items are taken
    from their source only as results are taken from here.
    """
    pool = ProcessPool(max_workers=workers, initializer=_begin, initargs=(read, work, memory))
    under_way: deque[tuple[Item | Failure, Any]] = deque()
    try:
        for item in items:
            future = None if isinstance(item, Failure) else pool.schedule(_one, (item,), timeout=timeout)
            under_way.append((item, future))
            if len(under_way) >= _AHEAD * workers:
                yield _result(*under_way.popleft(), timeout)
        while under_way:
            yield _result(*under_way.popleft(), timeout)
        pool.close()  # type: ignore[no-untyped-call]
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _result(item: Item | Failure, future: Any, timeout: float) -> tuple[Item | Failure, Any]:
    if isinstance(item, Failure):
        return item, item
    try:
        return item, future.result()
    except TimeoutError:
        return item, Failure(item.name, item.position, "timeout", f"took longer than {timeout:g} seconds")
    except ProcessExpired:
        return item, Failure(item.name, item.position, "crashed", "its worker died: memory or a fault")
    except MemoryError:
        return item, Failure(item.name, item.position, "out-of-memory", "needs more than a worker may take")
    except Exception as error:  # a result that can't be sent, say
        return item, Failure(item.name, item.position, "internal", f"internal error: {type(error).__name__}")


_task: Any = None


def _begin(read: Callable[[Item, Any], Any], work: Any, memory: int | None) -> None:
    """A worker's start: Ctrl-C is the parent's to answer, and memory has an end."""
    global _task
    _task = (read, work)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if memory is not None:
        try:
            import resource
        except ImportError:  # no such limit on this system
            return
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _one(item: Item) -> Any:
    read, work = _task
    return read(item, work)
