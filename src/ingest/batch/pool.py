"""Worker processes: results in the order of their items, a limit of time and memory for each page."""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError, wait
from contextlib import contextmanager
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from ingest.batch.item import Failure, Item

_AHEAD = 32  # pages that are under way for each worker: so many wait behind a slow one,
_MOST_BYTES = 32 * 2**20  # unless they take more than this, and one at the least for each worker
_SIGNAL_SECONDS = 0.2  # how long a signal may wait
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
    under_way: deque[tuple[Item | Failure, Any]] = deque()
    waiting = 0  # bytes of these pages
    with _signals_wait() as signals:
        pool = ProcessPool(max_workers=workers, initializer=_begin, initargs=(read, work, memory))
        try:
            for item in items:
                future = None if isinstance(item, Failure) else pool.schedule(_one, (item,), timeout=timeout)
                under_way.append((item, future))
                waiting += _size(item)
                while len(under_way) >= _AHEAD * workers or (
                    waiting > _MOST_BYTES and len(under_way) > workers
                ):
                    waiting -= _size(under_way[0][0])
                    if not _awaited(under_way[0][1], signals):
                        return
                    yield _result(*under_way.popleft(), timeout)
            while under_way:
                if not _awaited(under_way[0][1], signals):
                    return
                yield _result(*under_way.popleft(), timeout)
            pool.close()  # type: ignore[no-untyped-call]
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def _awaited(future: Any, signals: list[int]) -> bool:
    """Wait for a result; False if a signal came meanwhile."""
    while future is not None and not future.done() and not signals:
        wait([future], timeout=_SIGNAL_SECONDS)
    return not signals


@contextmanager
def _signals_wait() -> Iterator[list[int]]:
    """Signals that end the run are noted, and obeyed at the end, when the workers have gone.

    An exception in the midst of starting a worker would leave a lock closed, or get lost. A second signal
    does not wait: the run may hang on a pipe.
    """
    noted: list[int] = []
    before: dict[int, Any] = {}

    def note(number: int, frame: object) -> None:
        if noted:
            before[number](number, frame)
        noted.append(number)

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            if callable(signal.getsignal(number)):
                before[number] = signal.signal(number, note)
    try:
        yield noted
    finally:
        for caught, handler in before.items():
            signal.signal(caught, handler)
    if noted:
        before[noted[0]](noted[0], None)


def _size(item: Item | Failure) -> int:
    return len(item.data) if isinstance(item, Item) else 0


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
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if memory is not None:
        try:
            import resource
        except ImportError:  # no such limit on this system
            return
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _one(item: Item) -> Any:
    read, work = _task
    return read(item, work)
