"""Where in the original page each line of an HTML page stood: the elements around it, outermost first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from ingest.read.decode import decode, decode_text
from ingest.read.html import line_elements, parse_tree
from ingest.read.open import unpack

_DEEPEST = 32  # elements of a path: a hostile page nests them by the thousand
_NAME = 24  # characters of a class or id
_FIRST = re.compile(r"\S+")


class Element(NamedTuple):
    """An element of the page: what it was, told from its like by a number, and its name ("div.story")."""

    number: int
    name: str


def paths_of(data: bytes | str, encoding: str | None = None) -> list[tuple[Element, ...]]:
    """The elements around each line of an HTML page, in the order of its lines.

    >>> [[one.name for one in path] for path in paths_of("<main class=story><h1>A</h1>b</main>")]
    [['main.story', 'h1'], ['main.story']]
    """
    if isinstance(data, str):
        text = decode_text(data).text
    else:
        text = decode(unpack(data), encoding=encoding, html=True).text
    tree = parse_tree(text)
    elements = line_elements(tree) if tree is not None else []
    known: dict[Any, tuple[Element, ...]] = {}
    return [_path(element, known) for element in elements]


def _path(element: Any, known: dict[Any, tuple[Element, ...]]) -> tuple[Element, ...]:
    """The path of an element below <body>, each worked out once."""
    unknown = []
    while element is not None and element not in known and element.tag not in ("body", "html"):
        unknown.append(element)
        element = element.getparent()
    path = known.get(element, ())
    for one in reversed(unknown):
        if len(path) < _DEEPEST:
            path = (*path, Element(len(known), _name(one)))
        known[one] = path
    return path


def _name(element: Any) -> str:
    """An element as style sheets name it: its tag, with its id or its first class."""
    for mark, key in (("#", "id"), (".", "class")):
        first = _FIRST.search((element.get(key) or "")[:400])
        if first:
            name = first[0]
            return f"{element.tag}{mark}{name if len(name) <= _NAME else name[: _NAME - 1] + '…'}"
    return str(element.tag)


class Box(NamedTuple):
    """Neighbouring lines that stand in one element, among them the boxes within."""

    names: tuple[str, ...]  # of the element and of those within it that hold the same lines
    parts: list[Any]  # Box, or (place of a line, names of what is around it alone)


def boxes(paths: Sequence[tuple[Element, ...]]) -> Box:
    """The page's own structure: lines in the boxes that hold more than one of them.

    >>> page = boxes(paths_of("<main><div class=a><h1>A</h1><p>b</p></div></main><p>c"))
    >>> page.parts
    [Box(names=('main', 'div.a'), parts=[(0, ('h1',)), (1, ('p',))]), (2, ('p',))]
    """
    return Box((), _parts(paths, 0, len(paths), 0))


def _parts(paths: Sequence[tuple[Element, ...]], start: int, end: int, depth: int) -> list[Any]:
    parts: list[Any] = []
    at = start
    while at < end:
        one = paths[at][depth] if len(paths[at]) > depth else None
        stop = at + 1
        while one is not None and stop < end and paths[stop][depth : depth + 1] == (one,):
            stop += 1
        if stop - at == 1:
            parts.append((at, tuple(element.name for element in paths[at][depth:])))
        else:
            inner = depth + 1
            while len(paths[at]) > inner and all(
                path[inner : inner + 1] == paths[at][inner : inner + 1] for path in paths[at:stop]
            ):
                inner += 1
            names = tuple(element.name for element in paths[at][depth:inner])
            parts.append(Box(names, _parts(paths, at, stop, inner)))
        at = stop
    return parts
