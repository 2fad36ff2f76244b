from array import array
from collections.abc import Callable, Set
from typing import Any

from ingest.label.context import Context
from ingest.label.features import Claims
from ingest.label.shape import Shape
from ingest.line import Line

class Model:
    """A CRFsuite model, by the path of its file or as bytes. Raises ValueError for bytes that are none."""

    def __init__(self, source: str | bytes, /) -> None: ...
    def look(
        self,
        lines: list[Line],
        shapes: list[Shape],
        context: Context,
        host: str,
        claims: Claims | None,
    ) -> tuple[dict[str, array[float]], bytes]: ...
    def hashes(
        self,
        lines: list[Line],
        shapes: list[Shape],
        context: Context,
        host: str,
        claims: Claims | None,
    ) -> list[list[int]]: ...

class Sight:
    """A page as the decisions weigh its lines; ``columns`` are the probabilities, in `Label`'s order."""

    def __init__(
        self,
        lines: list[Line],
        shapes: list[Shape],
        context: Context,
        columns: list[array[float]],
        weights: dict[str, dict[str, float]],
        /,
    ) -> None: ...
    def line(
        self, at: int, labels: bytes, share: float, into: dict[str, float] | None = None, /
    ) -> float: ...
    def title(
        self, at: int, label: int, start: int, stop: int, into: dict[str, float] | None = None, /
    ) -> float: ...
    def headline(
        self,
        at: int,
        labels: bytes,
        candidates: list[int],
        first: int,
        into: dict[str, float] | None = None,
        /,
    ) -> float: ...

class Told:
    """What the lines of a story tell, by their shapes."""

    def __init__(self, story: list[Shape], /) -> None: ...
    def share(self, shape: Shape, /) -> float: ...
    def found(self, shape: Shape, /) -> tuple[int, list[int], int, int]: ...

def gather(lines: list[Line], shapes: list[Shape], /) -> tuple[Any, ...]: ...
def measure(
    text: str,
    shape: type[Shape],
    index: dict[str, list[tuple[str, ...]]],
    moments: Set[str],
    date: Callable[[str], int],
) -> Shape: ...
