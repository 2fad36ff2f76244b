"""Regular expressions that are compiled when they are first used.

Compiling costs a third of a millisecond each, and a command that reads one page needs few of them.
"""

from __future__ import annotations

import re
from typing import Any


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Asked for once a method; from then on the method is found on the object itself."""
        method = getattr(re.compile(self._pattern, self._flags), name)
        setattr(self, name, method)
        return method


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, but compiled at its first use.

    >>> lazy("a+").sub("b", "caat")
    'cbt'
    """
    return _Lazy(pattern, flags)  # type: ignore[return-value]
