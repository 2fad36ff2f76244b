"""Two readings beside each other, as an HTML page like that of `ingest.explain.report`."""

from __future__ import annotations

from typing import Any

from ingest.explain.difference import Reading, Told, different_fields, line_pairs
from ingest.explain.evidence import label_name
from ingest.explain.markup import element
from ingest.explain.report import document


def difference_page(one: Reading, other: Reading) -> str:
    """The whole page: the fields that differ, then the lines, those that are read alike folded."""
    names = (one.name, other.name)
    top = element(
        "header",
        "top",
        element(
            "div",
            "what",
            element("p", "brand", "ingest explain --diff"),
            element("h1", None, " and ".join(names), dir="auto"),
        ),
    )
    return document(
        f"{names[0]}, {names[1]} · ingest explain", [top, element("div", "diff", *_parts(one, other))]
    )


def _parts(one: Reading, other: Reading) -> list[Any]:
    fields = list(different_fields(one.record, other.record))
    parts = [element("h2", None, f"Fields that differ · {len(fields)}"), _names(one, other)]
    for path, left, right in fields:
        parts.append(element("p", "crumb", path))
        parts.append(element("div", "pair", _value(left), _value(right)))
    if not fields:
        parts.append(element("p", "none", "The records are alike."))
    if one.lines is not None and other.lines is not None:
        parts.append(element("h2", None, "Lines"))
        parts += _lines(one.lines, other.lines)
    return parts


def _names(one: Reading, other: Reading) -> Any:
    return element("div", "pair", *(element("b", None, side.name, dir="auto") for side in (one, other)))


def _value(text: str | None) -> Any:
    return element("div", "none" if text is None else "value", "–" if text is None else text, dir="auto")


def _lines(one: Any, other: Any) -> list[Any]:
    """Rows of two lines each; a run of lines that are read alike is folded."""
    parts: list[Any] = []
    alike: list[Any] = []
    for a, b in [*line_pairs(one, other), (None, None)]:
        if a is not None and b is not None and a.label is b.label:
            alike.append(_row(a, b))
            continue
        if alike:
            words = f"{len(alike)} {'line' if len(alike) == 1 else 'lines'} read alike"
            parts.append(element("details", None, element("summary", None, words), *alike))
            alike = []
        if a is not None or b is not None:
            parts.append(_row(a, b))
    return parts


def _row(a: Told | None, b: Told | None) -> Any:
    return element("div", "pair", *(_told(side) for side in (a, b)))


def _told(one: Told | None) -> Any:
    if one is None:
        return element("div", "none", "–")
    label = element("span", "label", element("b", None, label_name(one.label)))
    body = element("div", "body", label, element("span", "text", one.text, dir="auto"))
    return element("div", f"line {one.label.value}", element("span", "n", one.name), body)
