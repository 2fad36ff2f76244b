"""What holds for every input: nothing crashes, nothing is lost or used twice, the answer stays the same."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ingest
from ingest.errors import InputError

PAGES = Path(__file__).parent / "pages"
ALL_PAGES = sorted(PAGES.glob("*/page.*"))
TEXT_PAGES = [path for path in ALL_PAGES if path.name.startswith("page.txt")]
text_pages = pytest.mark.parametrize("path", TEXT_PAGES, ids=lambda path: path.parent.name)
modest = settings(max_examples=60, deadline=None)


# --- any bytes: a record or an InputError ---


@cache
def validator() -> jsonschema.Draft202012Validator:
    text = (Path(ingest.__file__).parent / "record.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def survives(data: bytes | str) -> None:
    """A valid record that can be written as UTF-8, or the one exception that people understand."""
    try:
        page = ingest.parse(data, rest=True)
    except InputError as error:
        assert str(error)
        return
    record = json.loads(page.to_json().encode("utf-8"))
    assert not [error.message for error in validator().iter_errors(record)]


# First bytes that send the reader somewhere: archives, byte order marks, binaries, markup.
HEADS = [
    *(b"", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"BZh91AY&SY", b"\xfd7zXZ\x00", b"PK\x03\x04"),
    *(b"%PDF-1.7\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x89PNG\r\n\x1a\n"),
    *(b"<!DOCTYPE html><html>", b'<?xml version="1.0" encoding="utf-16"?>', b'<meta charset="nonsense">'),
]
# What a page is cut from, in any order and never closed properly.
SHARDS = [
    *("<p>", "</p>", "<article>", "<h1>", "<script>", "</script", "<!--", "-->", "<![CDATA[", "<li>"),
    *("<a href='x'>", "<time datetime='2024-01-26'>", '<script type="application/ld+json">{"@type":""'),
    *("LONDON, Jan 26 (Reuters) - ", "BAGHDAD: ", "By ", "Updated ", "Published in Dawn, ", "Read more: "),
    "© 2024 ",
    *("04/05/2024", "99/99/9999", "&amp", "&#0;", "1. ", "...", "“", "\u200f", "\ufeff", "\x00"),
    *("\n", "\n\n", "\r\n", "\x0c", "\x85", "\u2028"),
    *("The committee will meet again on Thursday, the ministry said.", "会议将于星期四再次举行。"),
    "اجتمعت اللجنة يوم الخميس.",
]


@modest
@given(st.sampled_from(HEADS), st.binary(max_size=600))
def test_any_bytes(head: bytes, tail: bytes) -> None:
    survives(head + tail)


@modest
@given(st.lists(st.sampled_from(SHARDS) | st.text(max_size=20), max_size=40))
def test_any_text(shards: list[str]) -> None:
    text = "".join(shards)
    survives(text)
    survives(text.encode("utf-8"))


@modest
@given(st.sampled_from(ALL_PAGES), st.integers(0, 20_000), st.integers(0, 300), st.binary(max_size=8))
def test_damaged_pages(path: Path, start: int, length: int, bytes_: bytes) -> None:
    data = path.read_bytes()
    start %= len(data)
    survives(data[:start] + bytes_ + data[start + length :])


NEXT_TO_NOTHING = [b"", b" ", b"\n\n", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", "", "\ud800", "a"]


@pytest.mark.parametrize("data", NEXT_TO_NOTHING, ids=ascii)
def test_next_to_nothing(data: bytes | str) -> None:
    survives(data)


# --- each line in exactly one of article, teasers, rest ---


def squash(text: str) -> str:
    """Letters and digits alone, or the signs of a line that has none: what survives any joining of lines."""
    return re.sub(r"[\W_]+", "", text).casefold() or re.sub(r"\s+", "", text)


def printed_lines(data: bytes, encoding: str) -> dict[int, str]:
    """The non-blank lines of a text page, by number from 1."""
    unpacked = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    lines = re.split(r"\r\n|\r|\n", unpacked.decode(encoding).removeprefix("\ufeff"))
    return {number: " ".join(line.split()) for number, line in enumerate(lines, 1) if line.strip()}


DERIVED = ("published", "updated", "language", "places", "agencies", "date", "url")  # made from the print


def texts(value: Any) -> list[str]:
    """All texts of a part of the record that were printed on the page."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key not in DERIVED for text in texts(item)]
    return []


LABEL = 40  # letters that may stay behind when a line's text was taken: "Published in …", "Read more:"


def is_used(line: str, used: list[str]) -> bool:
    """Whether a line went into a field: whole, in parts (dateline and text), or but for its label.

    ``used`` are squashed texts, the longest first. A short line inside a long text is no proof ("1").
    """
    left = squash(line)
    if any(left == text or (len(left) >= 12 and left in text) for text in used):
        return True
    size = len(left)
    for text in used:
        left = left.replace(text, " ")
    return len(left.replace(" ", "")) < min(size, LABEL)


def accounts(data: bytes) -> None:
    page = ingest.parse(data, format="text", rest=True)
    record = json.loads(page.to_json())
    lines = printed_lines(data, record["source"]["encoding"])
    rest = {entry["line"]: entry["text"] for entry in record["rest"]}

    assert [entry["line"] for entry in record["rest"]] == sorted(rest), "rest: a line twice, or out of order"
    assert {number: lines.get(number) for number in rest} == rest, "rest: other text than was printed"

    fields = texts([record["article"], record["teasers"]])
    used = sorted({squash(text) for text in fields}, key=len, reverse=True)
    lost = {number: line for number, line in lines.items() if number not in rest and not is_used(line, used)}
    assert not lost, f"lost: {lost}"

    # What is printed twice may be used once; what is printed once may not be used and left over.
    article, teasers = record["article"] or {}, record["teasers"]
    once = [article.get("headline"), article.get("deck"), *article.get("paragraphs", [])]
    once += [teaser[key] for teaser in teasers for key in ("title", "blurb")]
    taken = {squash(text) for text in once if text}
    page_text = [squash(line) for line in lines.values()]
    twice = {
        number: line
        for number, line in rest.items()
        if squash(line) in taken and sum(squash(line) in other for other in page_text) == 1
    }
    assert not twice, f"used and left over: {twice}"

    copies = Counter(page_text)
    paragraphs = Counter(map(squash, article.get("paragraphs", [])))
    repeated = [text for text, times in paragraphs.items() if 0 < copies[text] < times]
    assert not repeated, f"a paragraph more often than it was printed: {repeated}"


@text_pages
def test_accounts_for_every_line(path: Path) -> None:
    accounts(path.read_bytes())


LINES = {
    "paragraph": [
        "The harbour board has agreed to pay for a second crane, its chairman said. Work will begin in June.",
        "KARACHI: Fishermen returned to the jetty on Tuesday after nine days at sea, port officials said.",
        "NEW YORK, Jan 26 (Reuters) - Shares in the company fell by a tenth, wiping out this year's gain.",
        "„Wir haben lange darauf gewartet“, sagte die Bürgermeisterin am Freitag vor tausend Gästen.",
        "Жители поселка добились ремонта моста, который был закрыт с прошлой весны, сообщили в районе.",
        "وقالت الوزارة في بيان إن العمل في الجسر الجديد سيبدأ مطلع الشهر المقبل ويستمر نحو عامين.",
        "村民说，这座桥修好以后，孩子们上学的路近了三公里，再也不用绕到山的另一边去了。",
        "“We shall see,” he said.",
    ],
    "title": [
        "Ferry to run all winter",
        "Three new stations for the northern line",
        "Winzer fürchten den späten Frost",
        "В горах выпал первый снег",
        "Opinion: The case for a slower train",
        "Town's last cinema shuts...",
    ],
    "date": [
        *("3 May 2024", "Updated 14 Nov, 2024", "2 hours ago", "04/05/2024"),
        "Published in Dawn, January 26th, 2024",
    ],
    "byline": ["By Jane Roe and John Doe", "Von Anna Beispiel", "Our Correspondent", "JOHN DOE"],
    "label": [
        *("Related stories", "Most read", "Editorial", "Lesen Sie auch"),
        "Read more: Rain stops play in Galle",
    ],
    "chrome": [
        *("Home", "Sport", "Share", "Advertisement", "Menu", "1", "2.", "***", "—", "0 comments"),
        *("Photo: Jane Roe", "We use cookies to make this site work.", "Sign up for our newsletter"),
        "© 2024 The Harbour Post",
    ],
}
NEWLINES = ["\n", "\r\n"]
a_line = st.sampled_from(sorted(LINES)).flatmap(lambda kind: st.sampled_from(LINES[kind]))


@modest
@given(st.lists(st.tuples(a_line, st.integers(1, 3)), min_size=1, max_size=40), st.sampled_from(NEWLINES))
def test_accounts_for_every_line_of_any_page(lines: list[tuple[str, int]], newline: str) -> None:
    accounts("".join(line + newline * gap for line, gap in lines).encode("utf-8"))


# --- the same input, the same bytes ---

HASHES = """
import hashlib, pathlib, sys, ingest
for name in sys.argv[1:]:
    page = ingest.parse(pathlib.Path(name).read_bytes(), name="page", rest=True)
    print(hashlib.sha256(page.to_json().encode()).hexdigest())
"""


def test_same_input_same_bytes() -> None:
    """Twice in one process, in the other order the second time; and with another hash seed in another."""
    names = [str(path) for path in ALL_PAGES]
    runs = []
    for seed in ("1", "2"):
        command = [sys.executable, "-c", HASHES, *names, *reversed(names)]
        env = os.environ | {"PYTHONHASHSEED": seed}
        run = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        runs.append(run.stdout.split())
    assert runs[0] == runs[1]
    assert runs[0][: len(names)] == runs[0][len(names) :][::-1]


def repacked(data: bytes, encoding: str) -> dict[str, bytes]:
    """The same page as it comes from other machines."""
    text = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    text = text.decode(encoding).removeprefix("\ufeff").replace("\r\n", "\n").encode("utf-8")
    printed = text.decode("utf-8")
    return {
        "\\n": text,
        "CRLF": printed.replace("\n", "\r\n").encode("utf-8"),
        "BOM": printed.encode("utf-8-sig"),
        "UTF-16": printed.encode("utf-16"),
        "gz": gzip.compress(text),
    }


@text_pages
def test_packing_changes_nothing(path: Path) -> None:
    data = path.read_bytes()
    page = ingest.parse(data)
    for how, other in repacked(data, page.source.encoding).items():
        again = ingest.parse(other)
        assert (again.article, again.teasers) == (page.article, page.teasers), how
