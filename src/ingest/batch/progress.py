"""How far a run is: a bar on a terminal, a line now and then elsewhere, both on standard error."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from ingest.batch.inputs import Inputs, files, kind_of_name
from ingest.batch.item import Failure, Item
from ingest.batch.totals import Totals

_EVERY = 30.0  # seconds between two lines


class Progress:
    """The progress of a run; ``step`` after every input."""

    def __init__(self, inputs: Inputs, totals: Totals, *, quiet: bool) -> None:
        self._totals = totals
        self._quiet = quiet
        self._bar: Any = None
        self._last = time.monotonic()
        terminal = sys.stderr is not None and sys.stderr.isatty()
        if terminal and not quiet:
            from tqdm import tqdm

            colour = None if os.environ.get("NO_COLOR") else "green"
            self._bar = tqdm(
                total=_count(inputs), unit=" pages", colour=colour, dynamic_ncols=True, leave=False
            )
            self._bar.update(totals.inputs)

    def step(self, item: Item | Failure) -> None:
        """One more input is done."""
        if self._bar is not None:
            errors = sum(self._totals.errors.values())
            if errors:
                self._bar.set_postfix(errors=errors, refresh=False)
            self._bar.update()
        elif not self._quiet and time.monotonic() - self._last >= _EVERY:
            self._last = time.monotonic()
            print(f"ingest: {self._totals}", file=sys.stderr, flush=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.close()


def _count(inputs: Inputs) -> int | None:
    """How many pages there will be, where every file is one; None where that takes reading them."""
    count = 0
    for name in files(inputs.names, inputs.include, inputs.exclude):
        if name == "-" or (inputs.kind or kind_of_name(name)) != "page":
            return None
        count += 1
    return count
