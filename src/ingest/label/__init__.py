"""Lines -> labelled lines: a linear-chain CRF over what one sees of each line and its neighbours."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingest.label.features import features
from ingest.line import Label, Line

if TYPE_CHECKING:
    from ingest.read.metadata import Metadata

MODEL = os.path.join(os.path.dirname(__file__), "model.crfsuite")


@lru_cache(maxsize=4)
def _tagger(model: str) -> Any:
    from pycrfsuite import Tagger

    tagger = Tagger()
    tagger.open(model)
    return tagger


def label_lines(lines: Sequence[Line], metadata: Metadata | None = None, model: str = MODEL) -> list[Label]:
    """The most probable sequence of labels for the lines of one page.

    ``model`` is the path of a trained model; the one that is shipped unless said otherwise.
    """
    if not lines:
        return []
    return [Label(name) for name in _tagger(model).tag(features(lines, metadata))]
