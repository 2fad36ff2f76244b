"""Two readings beside each other: what differs, on the side that it is on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import ingest
from ingest.errors import InputError
from ingest.explain.difference import Reading, difference, different_fields, reading_of
from ingest.explain.difference_report import difference_page
from ingest.explain.reading import explained
from ingest.explain.terminal import Look

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "samples" / "dawn-coalition-talks.txt").read_bytes()
HTML = (ROOT / "tests" / "pages" / "html-dawn-coalition-talks" / "page.html").read_bytes()


def reading(data: bytes, name: str = "a") -> Reading:
    return Reading.of(explained(data, name=name))


def rows(one: Reading, other: Reading) -> list[str]:
    return list(difference(one, other, Look(100)))


def test_a_page_is_like_itself():
    told = rows(reading(TEXT), reading(TEXT, "b"))
    assert told[2:] == ["The records are alike.", "", "Lines", "  … 36 lines read alike"]


def test_a_change_of_the_page():
    changed = TEXT.replace(b"January 26th, 2024", b"January 27th, 2024").replace(
        b"Steep price", b"Deep price"
    )
    one, other = reading(TEXT), reading(changed, "b")
    found = list(different_fields(one.record, other.record))
    assert (".article.published", "2024-01-26", "2024-01-27") in found
    assert (".teasers[]", "Steep price", None) in found
    assert (".teasers[]", None, "Deep price") in found
    told = rows(one, other)
    at = told.index(".article.published")
    assert [side.strip() for side in told[at + 1].split("│")] == ["2024-01-26", "2024-01-27"]
    sides = [row.split("│") for row in told if "Published in Dawn" in row]
    assert [bool(left.strip()) for left, _ in sides] == [True, False]
    assert [bool(right.strip()) for _, right in sides] == [False, True]
    assert any(row.startswith("  … ") for row in told)


def test_two_formats_of_a_page():
    found = list(different_fields(reading(HTML).record, reading(TEXT).record))
    addresses = [(left, right) for path, left, right in found if path.startswith(".teasers[].url")]
    assert len(addresses) == 6
    assert all(left and left.startswith("https://") and right is None for left, right in addresses)


def test_a_record_that_was_written_down():
    record = ingest.parse(TEXT, name="then.json")
    then = replace(record, article=replace(record.article, publisher="Dusk"))
    for text in (then.to_json(), then.to_json(indent=2)):
        other = reading_of(text.encode(), "then.json", {})
        assert other.lines is None
        told = rows(reading(TEXT), other)
        assert ".article.publisher" in told
        assert [side.strip() for side in told[3].split("│")] == ["Dawn", "Dusk"]
        assert "Lines" not in told
    with pytest.raises(InputError, match="several records"):
        reading_of((record.to_json() + "\n" + record.to_json()).encode(), "x", {})


def test_a_record_does_not_drive_the_terminal():
    text = ingest.parse(TEXT).to_json().replace("Steep price", "Steep\\u001b[2J price")
    one, other = (
        reading_of(text.encode(), "a", {}),
        reading_of(text.replace("14 Nov", "15 Nov").encode(), "b", {}),
    )
    told = rows(one, other)
    assert any("Steep" in row for row in told)
    assert not any("\x1b" in row for row in told)


@pytest.mark.parametrize("field", ['"article": 5, "teasers": []', '"article": null, "teasers": [1]'])
def test_what_only_looks_like_a_record_is_read_as_a_page(field):
    assert reading_of(f'{{"source": {{}}, {field}}}'.encode(), "x", {}).lines
    assert reading_of(b'{"a":' * 100_000, "x", {}).lines


def test_what_is_no_record_is_read_as_a_page():
    assert reading_of(TEXT, "talks.txt", {}).lines
    assert reading_of(json.dumps({"a": "A page of text."}).encode(), "x", {}).lines


def test_an_article_that_only_one_has():
    found = list(different_fields(reading(TEXT).record, reading(b"Steep price").record))
    assert (".article.published", "2024-01-26", None) in found
    assert len([path for path, *_ in found if path == ".article.paragraphs[]"]) == 9


def test_beside_each_other_in_a_browser(tmp_path, chromium):
    path = tmp_path / "two.html"
    path.write_text(difference_page(reading(HTML, "a.html"), reading(TEXT, "b.txt")), encoding="utf-8")
    for screen in ({"width": 1280}, {"width": 390, "phone": True}, {"width": 1280, "dark": True}):
        chromium.open(path, **screen)
        sides = chromium.run(
            "return [...document.querySelectorAll('.pair')].filter(one => one.checkVisibility())"
            ".map(one => [...one.children].map(side => [side.innerText, side.getBoundingClientRect().x]))"
        )
        assert sides[0][0][0] == "a.html" and sides[0][1][0] == "b.txt"
        for (left, x), (right, y) in sides:
            assert x < y
            assert right == "–" or not left.startswith("https")
        assert chromium.run("return document.querySelector('.diff').scrollWidth") <= screen["width"]
    folded = chromium.run("return [...document.querySelectorAll('summary')].map(one => one.textContent)")
    assert "33 lines read alike" in folded


def test_a_hostile_page_stays_text():
    page = reading(b"<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>b</p>")
    text = difference_page(page, reading(b"c", "<b>"))
    assert "<script" not in text
    assert "&lt;script&gt;" in text and '<h1 dir="auto">a and &lt;b&gt;</h1>' in text
