"""Words by language and trade, as data files that anyone can add to without reading the engine."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from typing import Any

_HERE = os.path.dirname(__file__)


@lru_cache(maxsize=None)
def load(name: str) -> Any:
    """The content of a JSON data file of this folder, read once.

    >>> "months" in load("dates/en.json")
    True
    """
    with open(os.path.join(_HERE, name), encoding="utf-8") as file:
        return json.load(file)


@lru_cache(maxsize=None)
def names(folder: str) -> tuple[str, ...]:
    """The data files of a folder, without ".json", in alphabetical order."""
    return tuple(sorted(n[:-5] for n in os.listdir(os.path.join(_HERE, folder)) if n.endswith(".json")))
