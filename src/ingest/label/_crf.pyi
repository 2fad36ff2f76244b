from collections.abc import Callable, Set
from typing import Any

from ingest.label.context import Context
from ingest.label.shape import Shape
from ingest.line import Line

class Model:
    """A CRFsuite model, from the bytes of its file. Raises ValueError for bytes that are none."""

    def __init__(self, data: bytes) -> None: ...
    def look(
        self,
        lines: list[Line],
        shapes: list[Shape],
        context: Context,
        extras: list[list[str | bytes]] | None,
    ) -> dict[str, list[float]]: ...
    def hashes(
        self,
        lines: list[Line],
        shapes: list[Shape],
        context: Context,
        extras: list[list[str | bytes]] | None,
    ) -> list[list[int]]: ...
    def group(self, features: list[str]) -> bytes: ...

def gather(lines: list[Line], shapes: list[Shape], /) -> tuple[Any, ...]: ...
def measure(
    text: str,
    shape: type[Shape],
    index: dict[str, list[tuple[str, ...]]],
    moments: Set[str],
    date: Callable[[str], int],
) -> Shape: ...
