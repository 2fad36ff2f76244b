"""A quicker start for the short path of the command: what it does not need is not loaded.

Four modules of the standard library are loaded by libraries that use them for other work than ours:
inspect by dataclasses (for classes without a docstring), ipaddress by urllib.parse (for addresses in
brackets), tempfile and fractions by python-crfsuite (for training). With all that they load in turn they
cost as much as starting Python does. Here they load themselves when they are first asked for anything.
(importlib.util.LazyLoader does the same, but loading importlib.util costs half of what is saved.)
"""

from __future__ import annotations

import gc
import sys
from types import ModuleType
from typing import Any

_SELDOM_USED = ("inspect", "ipaddress", "tempfile", "fractions")


class _Lazy(ModuleType):
    """Stands in for a module until someone asks it for something."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        real = __import__(self.__name__)
        self.__dict__.update(vars(real))
        return getattr(real, name)


def start_quickly() -> None:
    """Makes the seldom used modules lazy, and the garbage collector patient: start-up leaves no garbage."""
    gc.set_threshold(100_000, 20, 20)
    for name in _SELDOM_USED:
        if name not in sys.modules:
            sys.modules[name] = _Lazy(name)
