"""What is told of a page's making agrees with the record: a field's lines hold its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.build import trace_page
from ingest.label import label_lines, tagged_lines
from ingest.pipeline import prepare
from ingest.vocabulary import plain

PAGES = sorted(path for path in (Path(__file__).parents[2] / "pages").glob("*/page.*"))
PRINTED = ("headline", "deck", "byline", "published_raw", "updated_raw")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_the_lines_of_a_field_hold_its_text(path: Path) -> None:
    prepared = prepare(path.read_bytes())
    labels = label_lines(prepared.lines, prepared.metadata)
    page, trace = trace_page(
        prepared.lines, labels, prepared.source, prepared.metadata, warnings=prepared.warnings, rest=True
    )
    assert len(trace.labels) == len(prepared.lines)
    if page.article is not None:
        for name in PRINTED:
            value = getattr(page.article, name)
            for line in trace.fields.get(f"article.{name.removesuffix('_raw')}", ()):
                assert value in line.text
        story = " ".join(line.text for line in trace.fields["article.paragraphs"])
        assert all(text in story for text in page.article.paragraphs)
    for number, teaser in enumerate(page.teasers):
        assert any(plain(teaser.title) in plain(line.text) for line in trace.fields[f"teasers.{number}"])
    told = {line for field in trace.fields.values() for line in field}
    left = {rest.text for rest in page.rest or ()}
    assert all(line in told or line.text in left for line in prepared.lines)


def test_the_labellers_first_word_and_what_it_saw() -> None:
    prepared = prepare(PAGES[0].read_bytes())
    tagged = tagged_lines(prepared.lines, prepared.metadata)
    assert tagged.labels == label_lines(prepared.lines, prepared.metadata)
    assert len(tagged.seen) == len(tagged.first) == len(prepared.lines)
    for at, label in enumerate(tagged.first):
        assert 0 <= tagged.probability(label, at) <= 1
