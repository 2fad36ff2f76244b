"""What must hold whatever comes in: for the fuzzer, for random pages, and for pages of our own."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path

import jsonschema

import ingest
from ingest.datelines import parse_dateline
from ingest.dates import find_dates, is_date_line, parse_date
from ingest.errors import InputError
from ingest.line import Line
from ingest.read.claim import Claim
from ingest.read.decode import decode
from ingest.read.dumps import dump_kind, dump_lines
from ingest.read.html import parse_tree, tree_lines
from ingest.read.metadata import page_metadata

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


@cache
def validator() -> jsonschema.Draft202012Validator:
    text = (Path(ingest.__file__).parent / "record.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def is_iso(value: str) -> bool:
    """Whether a date is ISO 8601 that a parser reads back to the same text: a year, month, day or time.

    >>> [is_iso(text) for text in ("2024", "2024-01", "2024-01-26T10:05+05:00", "--02-29")]
    [True, True, True, True]
    >>> [is_iso(text) for text in ("2024-02-30", "24", "2024-01-26T24:10", "--01")]
    [False, False, False, False]
    """
    form = re.fullmatch(r"(\d{4}|-)(?:-(\d\d)(?:-(\d\d)(T.+)?)?)?", value, re.A)
    if form is None or (form[1] == "-" and (form[3] is None or form[4] is not None)):
        return False
    year, month, day = form[1].replace("-", "2024"), form[2] or "01", form[3] or "01"
    whole = f"{year}-{month}-{day}{form[4] or ''}"
    try:
        read = datetime.fromisoformat(whole)
    except ValueError:
        return False
    seconds = "seconds" if form[4] and re.match(r"T\d\d:\d\d:", form[4]) else "minutes"
    return (read.isoformat(timespec=seconds) if form[4] else f"{read.date()}") == whole


def any_bytes(data: bytes) -> None:
    """Bytes become text without controls that UTF-8 can hold, or an InputError."""
    for html in (False, True):
        try:
            decoded = decode(data, html=html)
        except InputError as error:
            assert str(error)
            continue
        decoded.text.encode("utf-8")
        assert not _CONTROLS.search(decoded.text)
        assert b"x".decode(decoded.encoding, "ignore") is not None


def any_text(data: bytes) -> None:
    """Text becomes lines that say all of it, once and in order."""
    text = _text(data)
    lines = dump_lines(text)
    _are_lines(lines)
    if dump_kind(text) == "plain" and "&" not in text:
        assert _letters("".join(line.text for line in lines)) == _letters(text)


def any_html(data: bytes) -> None:
    """HTML becomes lines, and its metadata are text."""
    tree = parse_tree(_text(data))
    if tree is not None:
        _are_lines(tree_lines(tree))
        assert all(
            share <= 1.0 for share in (line.hints.link_share for line in tree_lines(tree) if line.hints)
        )
        for value in vars(page_metadata(tree, "https://star.example/")).values():
            assert value is None or all(isinstance(one, (str, Claim)) and one for one in value)


def any_date(data: bytes) -> None:
    """What is read of a date is printed there, and its value is ISO 8601."""
    text = _text(data)
    is_date_line(text)
    for now in (None, "2024-01-26T10:05+05:00"):
        end = 0
        for date in find_dates(text, now):
            assert date.raw == text[date.start : date.end] and date.raw.strip()
            assert date.start >= end
            end = date.end
            assert date.value is None or is_iso(date.value), date
        found = parse_date(text, now)
        assert found is None or found.raw == text[found.start : found.end]


def any_dateline(data: bytes) -> None:
    """A dateline stands at the head of its text, and what follows it is the text's end."""
    text = _text(data)
    dateline = parse_dateline(text, "2024-01-27")
    if dateline is not None:
        assert dateline.raw and dateline.raw in text
        assert text.strip().endswith(dateline.rest)
        assert dateline.places or dateline.agencies or dateline.date
        assert dateline.date is None or is_iso(dateline.date)


def any_page(data: bytes | str, **options: object) -> ingest.Page | None:
    """A record that the schema allows and UTF-8 can hold, or an InputError."""
    try:
        page = ingest.parse(data, rest=True, **options)  # type: ignore[arg-type]
    except InputError as error:
        assert str(error)
        return None
    record = json.loads(page.to_json().encode("utf-8"))
    assert not [error.message for error in validator().iter_errors(record)]
    return page


def _are_lines(lines: list[Line]) -> None:
    places = [(line.number, line.part) for line in lines]
    assert places == sorted(set(places)), "out of order"
    for line in lines:
        assert line.text and line.text == line.text.strip() and "\n" not in line.text, line


def _letters(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")


def _text(data: bytes) -> str:
    """As the decoder would give it."""
    return _CONTROLS.sub("", data.decode("utf-8", "replace"))
