"""A trained model, opened once: what it makes of a page's features."""

from __future__ import annotations

from _thread import allocate_lock
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ingest.label.seen import Chances
from ingest.line import Label

Rows = list[list[str]]  # the features of each line
Told = tuple[list[str], dict[str, list[float]]]


def read_page(rows: Rows, model: str) -> tuple[list[Label], Chances]:
    """The likeliest label of each line, and each label's probability for it, by the model at a path.

    The likeliest label line by line, over all sequences, is right for more lines than the likeliest
    sequence is. Raises OSError and ValueError when there is no model.
    """
    _, columns = _reader(model)(rows)
    labels, never = _labels(), [0.0] * len(rows)
    known = [labels[name] for name in columns]
    best = [known[row.index(max(row))] for row in zip(*columns.values(), strict=True)]
    return best, {label: columns.get(name, never) for name, label in labels.items()}


@lru_cache(maxsize=1)
def _labels() -> dict[str, Label]:
    return {label.value: label for label in Label}


@lru_cache(maxsize=4)
def _reader(path: str) -> Callable[[Rows], Told]:
    try:
        from ingest.label._crf import Model
    except ImportError:  # installed where there was no compiler
        return crfsuite_reader(path)
    with open(path, "rb") as file:
        read: Callable[[Rows], Told] = Model(file.read()).read
    return read


def crfsuite_reader(path: str) -> Callable[[Rows], Told]:
    """The same by python-crfsuite."""
    from pycrfsuite import Tagger

    tagger: Any = Tagger()
    tagger.open(path)
    names, lock = tagger.labels(), allocate_lock()

    def read(rows: Rows) -> Told:
        with lock:  # a tagger keeps the page that it was given last
            tagger.set(rows)
            columns = {name: [tagger.marginal(name, at) for at in range(len(rows))] for name in names}
            return tagger.tag(), columns

    return read
