"""Two readings beside each other: two formats of a page, or a page before and after a change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from ingest.errors import InputError
from ingest.explain.columns import padded, wrapped
from ingest.explain.evidence import label_name
from ingest.explain.reading import Explained, explained
from ingest.explain.summary import jq_path, short_value
from ingest.explain.terminal import COLOURS, Look
from ingest.line import Label
from ingest.vocabulary import plain

_ROWS = 4  # of a value
Differs = tuple[str, "str | None", "str | None"]  # a field, and its value on either side
_Pair = tuple[Any, Any]  # what stands beside each other; None where one side has nothing


class Told(NamedTuple):
    """A line of a reading."""

    name: str
    label: Label
    text: str


class Reading(NamedTuple):
    """A reading to compare: its record, and its lines where they are known."""

    name: str
    record: dict[str, Any]
    lines: Sequence[Told] | None

    @classmethod
    def of(cls, page: Explained) -> Reading:
        lines = [Told(one.name, one.label, one.line.text) for one in page.lines]
        return cls(page.page.source.name, page.page.to_dict(), lines)


def reading_of(data: bytes, name: str, options: dict[str, Any]) -> Reading:
    """What a file holds to compare with: a record as `ingest parse` writes it, else a page.

    Raises InputError as `explained` does, and for several records.
    """
    if data.lstrip()[:1] == b"{":
        record = _json(data)
        if record is None and _is_record(_json(data.lstrip().partition(b"\n")[0])):
            raise InputError("bad-record", "holds several records, and one is compared")
        if _is_record(record):
            return Reading(name, record, None)
    return Reading.of(explained(data, name=name, **options))


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _is_record(value: Any) -> bool:
    """Whether a value is a record, as far as it is looked at here."""
    if not isinstance(value, dict) or not {"source", "article", "teasers"} <= value.keys():
        return False
    article, teasers = value["article"] or {}, value["teasers"]
    paragraphs = article.get("paragraphs", []) if isinstance(article, dict) else None
    return (
        isinstance(paragraphs, list)
        and all(isinstance(text, str) for text in paragraphs)
        and isinstance(teasers, list)
        and all(isinstance(one, dict) and isinstance(one.get("title"), str) for one in teasers)
    )


def difference(one: Reading, other: Reading, look: Look) -> Iterator[str]:
    """The fields and lines that are read differently, side by side."""
    yield _beside(one.name, other.name, look, "1")[0]
    yield look.paint("─" * look.width, "2")
    fields = list(different_fields(one.record, other.record))
    for path, left, right in fields:
        yield look.paint(wrapped(path, look.width, 1)[0], "1")
        yield from _beside(left, right, look, "")
    if not fields:
        yield "The records are alike."
    if one.lines is None or other.lines is None:
        return
    yield ""
    yield look.paint("Lines", "1")
    yield from _lines(one.lines, other.lines, look)


def _beside(left: str | None, right: str | None, look: Look, code: str) -> list[str]:
    half = (look.width - 3) // 2
    sides = [wrapped(text, half, _ROWS) if text else [] if text is None else [""] for text in (left, right)]
    sides = [rows or [look.paint("–", "2") if look.colour else "–"] for rows in sides]
    height = max(map(len, sides))
    rows = zip(*(rows + [""] * (height - len(rows)) for rows in sides), strict=True)
    bar = look.paint("│", "2")
    return [
        f"{_cell(a, half, look, code)} {bar} {look.paint(b, code) if code else b}".rstrip() for a, b in rows
    ]


def _cell(text: str, width: int, look: Look, code: str) -> str:
    if text.startswith("\x1b"):  # the dash for nothing, already painted
        return text + " " * (width - 1)
    return look.paint(padded(text, width), code) if code else padded(text, width)


def different_fields(one: dict[str, Any], other: dict[str, Any]) -> Iterator[Differs]:
    """The fields in which two records differ, each with both values; None where one has nothing."""
    left, right = one["article"] or {}, other["article"] or {}
    for name in dict.fromkeys([*left, *right]):
        if name == "paragraphs":
            continue
        values = [side.get(name) for side in (left, right)]
        if values[0] != values[1]:
            yield jq_path(f"article.{name}"), _shown(values[0]), _shown(values[1])
    texts = [side.get("paragraphs") or [] for side in (left, right)]
    for a, b in _aligned(texts[0], texts[1], plain):
        if a != b:
            yield ".article.paragraphs[]", a, b
    for a, b in _aligned(one["teasers"], other["teasers"], lambda teaser: plain(teaser["title"])):
        if a is None or b is None:
            yield ".teasers[]", a and a["title"], b and b["title"]
            continue
        for name in dict.fromkeys([*a, *b]):
            if a.get(name) != b.get(name):
                yield f".teasers[].{name} of {a['title']}", _shown(a.get(name)), _shown(b.get(name))


def _shown(value: Any) -> str | None:
    if value is None or value == []:
        return None
    if isinstance(value, dict):  # a dateline: its places and agencies may be all that differs
        return json.dumps(value, ensure_ascii=False)
    return short_value(value)


def _aligned(one: Sequence[Any], other: Sequence[Any], key: Any) -> Iterator[_Pair]:
    """The items of two lists in pairs, those of the same key beside each other."""
    matcher = SequenceMatcher(None, [key(item) for item in one], [key(item) for item in other])
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(one[a:b], other[c:d], strict=True)
        else:
            yield from ((item, None) for item in one[a:b])
            yield from ((None, item) for item in other[c:d])


def line_pairs(one: Sequence[Told], other: Sequence[Told]) -> Iterator[_Pair]:
    """The lines of two readings, those of the same words beside each other; None where one has no such."""
    return _aligned(one, other, lambda told: plain(told.text) or told.text)


def _lines(one: Sequence[Told], other: Sequence[Told], look: Look) -> Iterator[str]:
    alike = 0
    for a, b in line_pairs(one, other):
        if a is not None and b is not None and a.label is b.label:
            alike += 1
            continue
        if alike:
            yield _alike(alike, look)
            alike = 0
        yield _line_pair(a, b, look)
    if alike:
        yield _alike(alike, look)


def _alike(count: int, look: Look) -> str:
    return look.paint(f"  … {count} {'line' if count == 1 else 'lines'} read alike", "2")


def _line_pair(a: Told | None, b: Told | None, look: Look) -> str:
    half = (look.width - 3) // 2
    cells = []
    for side in (a, b):
        if side is None:
            cells.append(" " * half)
            continue
        label = f"{label_name(side.label):<17}"
        room = max(8, half - len(side.name) - len(label) - 1)
        text = padded(wrapped(side.text, room, 1)[0], room)
        cells.append(f"{look.paint(side.name, '2')} {look.paint(label, COLOURS[side.label])}{text}")
    return f"{cells[0]} {look.paint('│', '2')} {cells[1]}".rstrip()
