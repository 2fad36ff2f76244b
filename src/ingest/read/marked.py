"""The elements of a page that speak to machines, found in one pass over the tree."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from lxml import etree

from ingest.read.compiled import tree

TAGS = ("meta", "link", "base", "title", "script", "time")


class Marked(NamedTuple):
    """Elements by what marks them, in document order."""

    metas: list[Any]
    links: list[Any]
    bases: list[Any]
    titles: list[Any]
    scripts: list[Any]
    times: list[Any]
    items: list[Any]  # of one of the properties, as its itemprop; or <meta> in the head, as its name
    classed: list[Any]  # with a title, and one of the names in their class


def marked(root: Any, properties: tuple[str, ...], classes: tuple[str, ...]) -> Marked:
    """The marked elements of a page; ``properties`` and ``classes`` are names that are looked for.

    >>> page = etree.HTML("<title>A</title><p class='b c' title=d><i itemprop=e>f</i>")
    >>> found = marked(page, ("e",), ("c",))
    >>> [one.tag for one in (*found.titles, *found.items, *found.classed)]
    ['title', 'i', 'p']
    """
    found = tree and tree.marked(root, TAGS, properties, classes)
    return Marked._make(found) if found else marked_in_python(root, properties, classes)


def marked_in_python(root: Any, properties: tuple[str, ...], classes: tuple[str, ...]) -> Marked:
    """What `marked` means."""
    found: dict[str, list[Any]] = {tag: [] for tag in TAGS}
    for element in root.iter(*TAGS):
        found[element.tag].append(element)
    items = [one for one in _items()(root) if property_of(one) in properties]
    return Marked._make([*found.values(), items, _classed(classes)(root)])


def property_of(element: Any) -> str | None:
    """The property of microdata that an element holds, or <meta> names as its name."""
    name: str | None = element.get("itemprop") or element.get("name") or element.get("property")
    return name


@cache
def _items() -> Any:
    return etree.XPath("descendant-or-self::*[@itemprop]|self::html/head/meta[@name or @property]")


@cache
def _classed(classes: tuple[str, ...]) -> Any:
    names = " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in classes)
    return etree.XPath(f"descendant-or-self::*[@title][{names}]")
