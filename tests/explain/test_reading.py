"""A page told is the page that `ingest.parse` reads, and every field knows its lines."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import ingest
from ingest.explain.reading import explained
from ingest.explain.structure import Box, boxes, paths_of
from ingest.line import BODY

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "tests" / "pages").glob("*/page.*"))
told = cache(lambda path: explained(path.read_bytes(), name="x"))
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)


@every_page
def test_it_is_the_page_that_is_parsed(path):
    page = told(path)
    assert page.page == ingest.parse(path.read_bytes(), name="x", rest=True)
    left = {(one.line, one.text) for one in page.page.rest}
    for one in page.lines:
        assert (one.part == "rest") == ((one.line.number, one.line.text) in left)
        if one.part == "rest" and one.label in BODY:
            assert one.rule is not None and "apart from the main story" in one.rule


@every_page
def test_every_value_of_the_record_is_a_field(path):
    page = told(path)
    article = page.page.article
    if article is not None:
        for name, value in article.to_dict().items():
            if value not in (None, []) and not name.endswith("_raw"):
                path_ = "article.paragraphs.0" if name == "paragraphs" else f"article.{name}"
                assert path_ in page.fields
    for number, teaser in enumerate(page.page.teasers):
        assert f"teasers.{number}.title" in page.fields
        for name in ("published", "updated", "blurb", "byline"):
            assert (f"teasers.{number}.{name}" in page.fields) == bool(getattr(teaser, name))
    for field in page.fields.values():
        assert field.lines or field.source or field.path.endswith((".section", ".url")), field.path
        assert all(field.path in page.lines[at].fields for at in field.lines)


@every_page
def test_the_lines_of_a_field_say_its_value(path):
    page = told(path)
    article = page.page.article
    for field in page.fields.values():
        texts = [page.lines[at].line.text for at in field.lines]
        name = field.path.rpartition(".")[2]
        if name in ("headline", "deck", "byline", "section", "title"):
            assert all(str(field.value).casefold() in text.casefold() for text in texts), field.path
        elif name.isdigit() and field.path.startswith("article"):
            assert field.value in texts[0]
        elif name == "authors" and texts:
            assert any(author.casefold() in text.casefold() for author in field.value for text in texts)
        elif name == "publisher" and texts:
            assert any(field.value in text for text in texts)
        elif name == "blurb":
            assert all(text in field.value for text in texts)
    if article is not None and article.dateline is not None:
        (at,) = page.fields["article.dateline"].lines
        assert page.lines[at].line.text.startswith(article.dateline.raw)


@every_page
def test_the_structure_holds_every_line_once(path):
    page = told(path)
    if page.page.source.format == "text":
        assert not page.paths
        return
    assert len(page.paths) == len(page.lines)
    for one, around in zip(page.lines, page.paths, strict=True):
        if around:
            assert around[-1].name.partition(".")[0].partition("#")[0] == one.line.hints.tag

    def places(box):
        for part in box.parts:
            yield from places(part) if isinstance(part, Box) else (part[0],)

    assert list(places(boxes(page.paths))) == list(range(len(page.lines)))


def test_the_pieces_of_one_long_line_are_told_apart():
    text = (ROOT / "samples" / "dawn-coalition-talks.txt").read_text("utf-8").replace("\n", " ")
    names = [one.name for one in explained(text).lines]
    assert len(set(names)) == len(names) > 5
    assert names[:2] == ["1.1", "1.2"]


def test_deep_and_wide_pages_are_told():
    deep = "<div>" * 200 + "a" + "</div><p>b</p>" * 200
    paths = paths_of(deep)
    assert max(map(len, paths)) <= 32
    assert boxes(paths).parts
    assert [one.name for one in paths_of(f"<p class='{'x' * 9000}'>a")[0]] == ["p." + "x" * 23 + "…"]


def test_an_empty_page_and_one_without_a_story():
    assert explained("<html><body></body></html>", format="html").lines == []
    page = explained("Steep price")
    assert page.page.article is None
    assert page.fields == {}
