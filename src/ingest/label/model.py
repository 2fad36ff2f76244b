"""A trained model, opened once: what it makes of a page's features."""

from __future__ import annotations

import os
from _thread import allocate_lock
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingest.label.context import Context
from ingest.label.features import claims_of, features, own_site
from ingest.label.seen import Chances
from ingest.label.shape import Shape
from ingest.line import Label, Line

if TYPE_CHECKING:
    from ingest.label._crf import Model
    from ingest.read.metadata import Metadata

Rows = list[list[str]]  # the features of each line
Told = dict[str, "array[float]"]  # label -> its probability for each line


def read_lines(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    context: Context,
    metadata: Metadata | None,
    model: str,
) -> tuple[list[Label], Chances]:
    """The likeliest label of each line, and each label's probability for it, by the model at a path.

    The likeliest label line by line, over all sequences, is right for more lines than the likeliest
    sequence is. Raises OSError and ValueError when there is no model.
    """
    compiled = _compiled(model)
    if compiled is None:
        told = crfsuite_reader(model)(features(lines, metadata, shapes, context))
        best = bytes(row.index(max(row)) for row in zip(*told.values(), strict=True))
    else:
        claims = claims_of(metadata)
        told, best = compiled.look(list(lines), list(shapes), context, own_site(metadata), claims)
    labels, never = _labels(), array("d", bytes(8 * len(lines)))
    known = [labels[name] for name in told]
    return [known[one] for one in best], {label: told.get(name, never) for name, label in labels.items()}


@lru_cache(maxsize=1)
def _labels() -> dict[str, Label]:
    return {label.value: label for label in Label}


@lru_cache(maxsize=4)
def _compiled(path: str) -> Model | None:
    try:
        from ingest.label._crf import Model
    except ImportError:  # installed where there was no compiler
        return None
    if os.name == "posix":
        return Model(path)  # mapped: most of it no page asks for
    with open(path, "rb") as file:
        return Model(file.read())


@lru_cache(maxsize=4)
def crfsuite_reader(path: str) -> Callable[[Rows], Told]:
    """The same by python-crfsuite."""
    from pycrfsuite import Tagger

    tagger: Any = Tagger()
    tagger.open(path)
    names, lock = tagger.labels(), allocate_lock()

    def read(rows: Rows) -> Told:
        with lock:  # a tagger keeps the page that it was given last
            tagger.set(rows)
            return {
                name: array("d", [tagger.marginal(name, at) for at in range(len(rows))]) for name in names
            }

    return read
