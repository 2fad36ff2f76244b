"""A quicker start for the short path of the command: what it does not need is not loaded.

Three modules of the standard library are loaded by libraries that use them for other work than ours:
inspect by dataclasses (for classes without a docstring), tempfile and fractions by python-crfsuite
(for training). They are left to load themselves when they are first asked for anything, the way the
documentation of importlib shows; together they cost as much as starting Python does.
"""

from __future__ import annotations

import gc
import sys

_SELDOM_USED = ("inspect", "tempfile", "fractions")


def start_quickly() -> None:
    """Makes the seldom used modules lazy, and the garbage collector patient: start-up leaves no garbage."""
    from importlib.util import LazyLoader, find_spec, module_from_spec

    gc.set_threshold(100_000, 20, 20)
    for name in _SELDOM_USED:
        spec = None if name in sys.modules else find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
            module = sys.modules[name] = module_from_spec(spec)
            spec.loader.exec_module(module)
