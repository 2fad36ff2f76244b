"""How far a run is: a bar on a terminal, a line now and then elsewhere, both on standard error."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from ingest.batch.streams import Meter

_LINE_EVERY = 30.0  # seconds between two lines
_DRAW_EVERY = 0.1


class Progress:
    """The progress through all inputs. ``total`` are the bytes to read, None where no one knows."""

    def __init__(self, task: str, total: int | None, meter: Meter, *, quiet: bool) -> None:
        self._task, self._total, self._meter, self._quiet = task, total, meter, quiet
        self._bar: Any = None
        self._began = self._last = time.monotonic()
        self._pages = 0
        terminal = sys.stderr is not None and sys.stderr.isatty()
        if terminal and not quiet:
            self._bar = _bar(task, total)

    def step(self, errors: int) -> None:
        """One more input is done, and so many of them could not be read."""
        self._pages += 1
        now = time.monotonic()
        if self._quiet or now - self._last < (_LINE_EVERY if self._bar is None else _DRAW_EVERY):
            return
        self._last = now
        told = f"{self._pages:,} pages, {self._pages / (now - self._began):,.0f} pages/s, {errors:,} errors"
        if self._bar is not None:
            self._bar.n = self._done
            self._bar.set_postfix_str(told)
        elif sys.stderr is not None:
            share = f"{self._done / self._total:.0%}, " if self._total else ""
            print(f"ingest: {self._task}: {share}{told}", file=sys.stderr, flush=True)

    @property
    def _done(self) -> int:
        """Bytes read; a file that grows meanwhile is no more than read."""
        return min(self._meter.bytes, self._total) if self._total is not None else self._meter.bytes

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.close()


def _has_size() -> bool:
    """Whether the terminal knows its size; some say 0, where tqdm would draw nothing."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns > 0
    except OSError:
        return False


def _bar(task: str, total: int | None) -> Any:
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread of its own: workers are forked
    known = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}B of {total_fmt}B{postfix}, {remaining} left"
    return tqdm(
        desc=task,
        total=total,
        bar_format=known if total is not None else "{desc} {n_fmt}B{postfix}, {elapsed}",
        unit_scale=True,
        colour=None if os.environ.get("NO_COLOR") else "green",
        dynamic_ncols=_has_size(),
        ncols=None if _has_size() else 80,
        nrows=None if _has_size() else 24,
        leave=False,
    )
