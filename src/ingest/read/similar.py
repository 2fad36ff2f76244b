"""A file that the user may have meant."""

from __future__ import annotations

import os
from itertools import islice

_MOST = 2000  # names of a folder that are looked at


def did_you_mean(name: str) -> str:
    """The end of a message about a name that is no file: one like it in the same folder, if there is one.

    >>> did_you_mean("no/such/page.txt")
    ''
    """
    from difflib import get_close_matches

    folder, wanted = os.path.split(name)
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in islice(entries, _MOST)]
    except (OSError, ValueError):
        return ""
    near = get_close_matches(wanted, sorted(names), 1, 0.7)
    return f"; did you mean {os.path.join(folder, near[0])}?" if near else ""
