"""The record in the HTML report: the article as a reader knows it, its teasers, dates, warnings, source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.explain.dates import considered, verdicts
from ingest.explain.fields import Field
from ingest.explain.markup import element, shown, whys
from ingest.explain.reading import Explained
from ingest.explain.summary import jq_path
from ingest.line import Label

# The article as a reader meets it.
_ORDER = (
    "section headline deck byline authors published updated dateline paragraphs publisher language".split()
)
_LOOKS = {"headline": "value big", "deck": "value lead"}
_Keys = Mapping[str, str]
_LINKS = 8  # lines of a field that are linked


def record_parts(page: Explained, keys: _Keys) -> Iterator[Any]:
    """The parts of the record's column."""
    yield from _warnings(page)
    yield from _article(page, keys)
    yield from _teasers(page, keys)
    if page.page.article is not None:
        yield _dates(page)
    yield _source(page)


def _article(page: Explained, keys: _Keys) -> Iterator[Any]:
    article = page.page.article
    if article is None:
        yield element("p", "none", "No main article: the page has too little running text of one story.")
        return
    fields = {path: field for path, field in page.fields.items() if path.startswith("article.")}
    for path in sorted(fields, key=lambda path: _ORDER.index(path.split(".")[1].removesuffix("_raw"))):
        name = path.removeprefix("article.")
        shown_name = f"¶ {int(name[11:]) + 1}" if name.startswith("paragraphs.") else name
        yield _field(page, keys, path, shown_name, _value(page, name, fields[path]))
    empty = [
        name for name, value in article.to_dict().items() if value in (None, []) and not name.endswith("_raw")
    ]
    if empty:
        yield element("p", "none", f"Not on the page, so left empty: {', '.join(empty)}")


def _value(page: Explained, name: str, field: Field) -> Any:
    article, value = page.page.article, field.value
    if name in ("published", "updated"):
        raw = getattr(article, f"{name}_raw")
        return element("div", "value", *_date(value, raw))
    if name == "dateline":
        return _dateline(value)
    look = _LOOKS.get(name, "value")
    if any(page.lines[at].label is Label.SUBHEADING for at in field.lines):
        look = "value sub"
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return element("div", look, text, dir="auto")


def _date(value: str, raw: str | None) -> list[Any]:
    printed = f" printed as “{raw}”" if raw else " from the page’s head"
    return [element("b", None, value), element("small", None, printed)]


def _dateline(dateline: dict[str, Any]) -> Any:
    value = element("div", "value", element("b", None, dateline["raw"]), dir="auto")
    for place in dateline["places"]:
        region = [place[key] for key in ("name", "region", "country") if place[key]]
        where = f" {place['latitude']:.2f}, {place['longitude']:.2f}" if place["latitude"] is not None else ""
        value.append(element("span", "chip", ", ".join(region) + where))
        value[-1].tail = " "
    for agency in [*dateline["agencies"], *filter(None, [dateline["date"]])]:
        value.append(element("span", "chip", agency))
    value[0].tail = " "
    return value


def _field(page: Explained, keys: _Keys, path: str, name: str, value: Any) -> Any:
    """A field: its name selects it, the numbers of its lines those."""
    field = page.fields[path]
    key = keys[path]
    origin = element("div", "from")
    for at in field.lines[:_LINKS]:
        origin.append(element("a", None, f"line {page.lines[at].name}", href=f"#l{at}"))
        origin[-1].tail = " "
    if not field.lines:
        origin.text = f"from {field.source}" if field.source else ""
    parts = whys(page, field.lines)
    if not field.lines and field.source:
        parts = [element("h3", None, element("b", None, jq_path(path)), f" · from {field.source}")]
    return element(
        "div",
        f"field {key} {path.rpartition('.')[2] if path.startswith('teasers') else ''}".strip(),
        element("a", "name", name, href=f"#{key}", title=jq_path(path)),
        value,
        origin,
        shown(parts),
        id=key,
    )


def _teasers(page: Explained, keys: _Keys) -> Iterator[Any]:
    if page.page.teasers:
        yield element("h2", None, f"Teasers · {len(page.page.teasers)}")
    for number, teaser in enumerate(page.page.teasers):
        key = keys[f"teasers.{number}"]
        card = element("div", f"card {key}", id=key)  # where a line leads that is part of no field of its own
        prefix = f"teasers.{number}."
        for path, field in page.fields.items():
            if path.startswith(prefix):
                name = path.removeprefix(prefix)
                if name in ("published", "updated"):
                    value = element("div", "value", *_date(field.value, getattr(teaser, f"{name}_raw")))
                else:
                    text = ", ".join(field.value) if isinstance(field.value, list) else str(field.value)
                    value = element("div", "value", text, dir="auto")
                card.append(_field(page, keys, path, name, value))
        yield card


def _warnings(page: Explained) -> Iterator[Any]:
    for warning in page.page.warnings:
        line = f" (line {warning.line})" if warning.line is not None else ""
        yield element("p", "warn", element("b", None, warning.code), f": {warning.message}{line}")


def _dates(page: Explained) -> Any:
    """Which dates were considered, and why one won."""
    box = element("details", None, element("summary", None, "Why this date"))
    facts = element("dl", "facts")
    for one in verdicts(page):
        facts.append(element("dt", None, one.name))
        facts.append(element("dd", None, element("b", None, one.value or "–"), f" {one.why}."))
    box.append(facts)
    rows = element("ul", "dates")
    for date in considered(page):
        head = element("b", None, f"{date.weight:+g}  {date.value or 'no day'}")
        place = element("a", None, f"line {date.number}", href=f"#l{date.at}")
        told = ", ".join(f"{text} {weight:+g}" for text, weight in date.reasons) or "nothing speaks for it"
        won = f" · {date.won}" if date.won else ""
        row = element("li", "won" if date.won else None, head, f" “{date.raw}”, ", place, won)
        row.append(element("div", None, element("small", None, told)))
        rows.append(row)
    box.append(rows)
    return box


def _source(page: Explained) -> Any:
    facts = element("dl", "facts")
    for name, value in page.page.source.to_dict().items():
        if value is not None:
            facts.append(element("dt", None, name))
            facts.append(element("dd", None, str(value)))
    return element("details", None, element("summary", None, "Source"), facts)
