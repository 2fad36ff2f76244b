"""How a page was read, as one self-contained HTML page: no network, no script, none of the page's markup.

The page's lines stand beside the record, coloured by label. Pointing at a field, tapping it or tabbing to
it marks its lines and shows what decided on them, and the other way round; the style sheet alone does so.
The Content-Security-Policy allows that one style sheet, by its digest, and nothing else. The tree is built
by lxml, which escapes all text.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

from lxml import html

from ingest.explain.evidence import label_name
from ingest.explain.markup import element, in_classes, shown, whys
from ingest.explain.reading import Explained, ReadLine
from ingest.explain.record import record_parts
from ingest.explain.structure import Box, boxes
from ingest.explain.summary import counts, sure
from ingest.line import Label
from ingest.version import VERSION

_CHOICES = {"all": "All lines", "article": "Article", "teasers": "Teasers", "rest": "Left over"}
_MARKED = "box-shadow:0 0 0 2px var(--mark);background:var(--glow)"
_DOUBT = 0.8  # probability below which a line shows how sure the model was


def report(page: Explained, only: str = "all") -> str:
    """The whole HTML page; ``only`` is the part shown at first: "all", "article", "teasers" or "rest"."""
    keys = {path: f"k{number}" for number, path in enumerate(page.fields)}
    main = element("main", None, _map(page, keys), _record(page, keys), _lines(page, keys))
    hint = "Point at a line or a field, or tap its number or name: here stands what decided."
    return document(
        f"{page.page.source.name} · ingest explain",
        [_top(page, only), main, element("p", "hint", hint)],
        "\n".join(_pairs(page, keys)),
    )


def document(title: str, body: list[Any], extra: str = "") -> str:
    """A page around its parts, with the style sheet and the policy that allows it alone."""
    style = files("ingest.explain").joinpath("report.css").read_text("utf-8") + extra
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = element("head")
    head.append(element("meta", charset="utf-8"))
    head.append(element("meta", http_equiv="Content-Security-Policy", content=policy))
    head.append(element("meta", name="viewport", content="width=device-width, initial-scale=1"))
    head.append(element("meta", name="referrer", content="no-referrer"))
    head.append(element("meta", name="generator", content=f"ingest {VERSION}"))
    head.append(element("title", None, title))
    sheet = element("style")
    sheet.text = style
    head.append(sheet)
    root = element("html", None, head, element("body", None, *body), lang="en")
    return str(html.tostring(root, encoding="unicode", doctype="<!doctype html>")) + "\n"


def _pairs(page: Explained, keys: dict[str, str]) -> Iterator[str]:
    """The rules that bind a field to its lines: whoever points at one sees the other."""
    for path, field in page.fields.items():
        if field.lines:
            whole = path.count(".") == 1 and path.startswith("teasers.")  # its lines belong together
            mark = "outline:1px dashed var(--mark)" if whole else _MARKED
            yield f"main:has(.{keys[path]}:is(:hover,:focus-within,:target)) .{keys[path]}{{{mark}}}"


def _top(page: Explained, only: str) -> Any:
    what = element(
        "div",
        "what",
        element("p", "brand", "ingest explain"),
        element("h1", None, page.page.source.name, dir="auto"),
        element("p", "sum", counts(page)),
    )
    choice = element("fieldset", "only", element("legend", None, "Which lines"))
    for name, words in _CHOICES.items():
        box = element("input", type="radio", name="only", id=f"only-{name}")
        if name == only:
            box.set("checked", "checked")
        choice.append(box)
        choice.append(element("label", None, words, for_=f"only-{name}"))
    found = Counter(one.label for one in page.lines)
    keys = element("ul", "keys")
    for label in Label:
        if label in found:
            count = element("b", None, str(found[label]))
            keys.append(element("li", label.value, f"{label_name(label)} ", count))
    places = {"record": "The record", "page": "The page, line by line"}
    jump = element("nav", "jump", *(element("a", None, words, href=f"#{at}") for at, words in places.items()))
    return element("header", "top", what, choice, keys, jump)


def _map(page: Explained, keys: dict[str, str]) -> Any:
    """The whole page at a glance: a bar a line, in its label's colour."""
    bars = element("nav", "map", aria_hidden="true")
    for one in page.lines:
        size = min(5, 1 + len(one.line.text) // 60)
        bar = element("a", f"{one.label.value} m{size} {in_classes(one.fields, keys)}", href=f"#l{one.at}")
        bar.set("tabindex", "-1")
        bars.append(bar)
    return bars


def _record(page: Explained, keys: dict[str, str]) -> Any:
    parts = record_parts(page, keys)
    return element("section", "record", element("h2", None, "The record"), *parts, id="record")


def _lines(page: Explained, keys: dict[str, str]) -> Any:
    rows = element("ol")
    if page.paths:
        _fill(rows, boxes(page.paths).parts, page, keys)
    else:
        for one in page.lines:
            rows.append(_line(one, (), page, keys))
    title = "The page, line by line" + (", in its own boxes" if page.paths else "")
    return element("section", "page", element("h2", None, title), rows, id="page")


def _fill(rows: Any, parts: list[Any], page: Explained, keys: dict[str, str]) -> None:
    for part in parts:
        if isinstance(part, Box):
            inner = element("ol")
            _fill(inner, part.parts, page, keys)
            crumb = element("p", "crumb", " › ".join(part.names))
            rows.append(element("li", "box", crumb, inner))
        else:
            at, names = part
            rows.append(_line(page.lines[at], names, page, keys))


def _line(one: ReadLine, names: tuple[str, ...], page: Explained, keys: dict[str, str]) -> Any:
    """A line: its number selects it, its label the field that it went into."""
    back = next((keys[path] for path in reversed(one.fields)), None)
    label = element("a", "label", element("b", None, label_name(one.label)))
    label.set("href", f"#{back}" if back else f"#l{one.at}")
    if one.rule or one.probability < _DOUBT:
        label.append(element("span", "doubt", sure(one)))
    body = element("div", "body", label, element("span", "text", one.line.text, dir="auto"))
    if names:
        body.append(element("code", "tag", " › ".join(names)))
    parts = " ".join(f"of-{part}" for part in ("article", "teasers", "rest") if one.is_of(part))
    classes = f"line {one.label.value} {parts} {in_classes(one.fields, keys)}".strip()
    return element(
        "li",
        classes,
        element("a", "n", one.name, href=f"#l{one.at}"),
        body,
        shown(whys(page, (one.at,), one.fields, quoted=False)),
        id=f"l{one.at}",
    )
