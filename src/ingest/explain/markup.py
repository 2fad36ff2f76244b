"""Pieces of the HTML report: elements with safe text, and what decided as a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lxml import html

from ingest.explain.evidence import label_name
from ingest.explain.reading import Explained
from ingest.explain.summary import listed, sure
from ingest.write.text import one_line

_NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")  # half characters, and what is none
_TOLD = 6  # lines of a field whose evidence is shown
_STRENGTHS = (0.7, 1.4, 2.3, 4.0)  # weights from which a reason has one more bar


def element(tag: str, classes: str | None = None, /, *parts: Any, **attributes: str) -> Any:
    """An element of text and elements. Text is made safe: no control characters; lxml escapes the rest.

    >>> html.tostring(element("p", "x", "a<b", element("b", None, "c"), id="d")).decode()
    '<p class="x" id="d">a&lt;b<b>c</b></p>'
    """
    made = html.Element(tag)
    if classes:
        made.set("class", classes)
    for key, value in attributes.items():
        made.set(key.rstrip("_").replace("_", "-"), safe(value))
    for part in parts:
        if not isinstance(part, str):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + safe(part)
        else:
            made.text = (made.text or "") + safe(part)
    return made


def safe(text: str) -> str:
    return _NO_TEXT.sub("\ufffd", one_line(text))


def in_classes(paths: Iterable[str], keys: Mapping[str, str]) -> str:
    """The classes that bind lines and fields."""
    return " ".join(keys[path] for path in paths)


def shown(parts: Sequence[Any]) -> Any:
    """What decided, in the box at the report's foot."""
    return element("div", "why", *parts)


def whys(
    page: Explained, places: Sequence[int], fields: Sequence[str] = (), quoted: bool = True
) -> list[Any]:
    """What decided on some lines: a heading and a list for each, the strongest reason first.

    ``fields`` are those that a line went into; ``quoted`` shows it besides, where it may be out of sight.
    """
    parts = []
    for at in places[:_TOLD]:
        one = page.lines[at]
        into = f" → {listed(fields)}" if fields else ""
        name = element("b", None, f"line {one.name}, {label_name(one.label)}")
        reasons = element("ul")
        if one.rule:
            reasons.append(element("li", "rule", f"The line {one.rule}."))
        for reason in one.evidence:
            strength = 1 + sum(reason.weight >= least for least in _STRENGTHS)
            bars = element("span", "bars", "▮" * strength, title=f"+{reason.weight:g}")
            reasons.append(element("li", None, bars, reason.text))
        parts.append(element("h3", None, name, f" · {sure(one)}{into}"))
        if quoted:
            parts.append(element("p", "quote", one.line.text, dir="auto"))
        parts.append(reasons)
    if len(places) > _TOLD:
        parts.append(element("p", None, f"and {len(places) - _TOLD} lines more"))
    return parts
