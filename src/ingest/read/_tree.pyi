from collections.abc import Callable, Mapping
from typing import Any

from ingest.line import Hints, Line

Rules = tuple[type[Line], type[Hints], Mapping[str, int], tuple[str, ...], Callable[[str], object], str]

def lines(top: Any, most: int, rules: Rules) -> list[Line] | None: ...
def marked(
    root: Any, tags: tuple[str, ...], properties: tuple[str, ...], classes: tuple[str, ...]
) -> tuple[list[Any], ...] | None: ...
def flooded(data: bytes, most: int) -> bool: ...
