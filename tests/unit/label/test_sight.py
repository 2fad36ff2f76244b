"""The compiled sums of what the decisions weigh are those of the evidence that Python names."""

from __future__ import annotations

import sys
from array import array
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.label import MODEL, decide, first_labels, seen
from ingest.label.context import context_of
from ingest.label.headline import headline_candidates, headline_evidence, page_of
from ingest.label.seen import Seen, codes_of, read_weights
from ingest.label.shape import shape_of
from ingest.label.story import line_evidence, words_of_story
from ingest.label.titles import places_of, story_range, title_evidence
from ingest.line import Label, Line
from ingest.pipeline import prepare

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/page.*"))
crf = pytest.importorskip("ingest.label._crf", reason="installed where there was no C compiler")


def page_at(path: Path) -> tuple[Seen, list[Label]]:
    """A page without its markup, as the labeller sees it."""
    lines = [line._replace(hints=None) for line in prepare(path.read_bytes()).lines]
    return first_labels(lines, [shape_of(line) for line in lines], None, MODEL)


def assert_same_evidence(page: Seen, labels: list[Label]) -> None:
    sight, codes, story = page.sighted().sight, codes_of(labels), story_range(labels)
    assert sight is not None
    places, known = places_of(page), words_of_story(page, labels)
    for at in range(len(labels)):
        share, own = known.share(page.shapes[at]), dict[str, float]()
        sight.line(at, codes, share, own)
        named = line_evidence(at, page, labels, known, None)
        assert own == pytest.approx(named, abs=1e-12)
        assert sight.line(at, codes, share) == pytest.approx(weight(page, "line", named), abs=1e-9)
        own = {}
        sight.title(at, codes[at], story.start, story.stop, own)
        named = title_evidence(at, page, labels, story, places)
        assert own == pytest.approx(named, abs=1e-12)
        told = sight.title(at, codes[at], story.start, story.stop)
        assert told == pytest.approx(weight(page, "title", named), abs=1e-9)
    assert_same_headlines(page, labels)


def assert_same_headlines(page: Seen, labels: list[Label]) -> None:
    sight, codes = page.sighted().sight, codes_of(labels)
    candidates = headline_candidates(page, labels)
    if sight is None or not candidates:
        return
    asked = page_of(page, labels, candidates)
    for at in candidates:
        own = dict[str, float]()
        sight.headline(at, codes, candidates, asked.first, own)
        named = headline_evidence(at, asked)
        assert own == pytest.approx({name: named[name] for name in own}, abs=1e-12)
        words = {"held", "held twice", "held on top", "glued"} | {
            name for name in named if name.startswith(("tells", "quotes", "claimed", "in a claim"))
        }
        assert named.keys() == own.keys() | words


def weight(page: Seen, question: str, evidence: dict[str, float]) -> float:
    return page.weighed(question, evidence) - page.weights[question]["bias"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_of_pages(path: Path) -> None:
    assert_same_evidence(*page_at(path))


TEXTS = (
    *(
        "Steep price",
        "14 Nov, 2024",
        "Read more",
        "THE END",
        "By Jane Roe",
        "Opinion | Editorial",
        "“Quoted”",
    ),
    *(
        "The harbour board voted. It rained. " * 4,
        "Talks fail: officials",
        "a",
        "1 2 3",
        "« Retour »",
        "日本語",
    ),
)
LINES = st.builds(Line, st.just(1), st.sampled_from(TEXTS), st.integers(0, 2), st.none())
PARTS = st.lists(st.sampled_from([0, 0, 0, 1, 5, 300]), min_size=len(Label), max_size=len(Label)).filter(any)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(LINES, PARTS, st.sampled_from(list(Label))), min_size=1, max_size=12))
def test_of_any_lines(told: list[tuple[Line, list[int], Label]]) -> None:
    lines = [line for line, _, _ in told]
    shapes = [shape_of(line) for line in lines]
    columns = {label: [parts[code] / sum(parts) for _, parts, _ in told] for code, label in enumerate(Label)}
    page = Seen(lines, shapes, context_of(lines, shapes), columns, read_weights(MODEL))
    assert_same_evidence(page, [label for _, _, label in told])


def test_the_labels_have_the_numbers_that_are_compiled() -> None:
    """_sight.h names them in this order."""
    order = "HEADLINE DECK BYLINE DATE PARAGRAPH SUBHEADING CAPTION PUBLICATION SECTION TITLE TEASER_DATE"
    names = [*order.split(), "TEASER_BYLINE", "BLURB", "CHROME"]
    assert [label.name.removeprefix("TEASER_") for label in Label] == [
        name.removeprefix("TEASER_") for name in names
    ]


@pytest.mark.parametrize("path", PAGES[::6], ids=lambda path: path.parent.name)
def test_without_the_compiled_sums_the_decisions_are_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, labels = page_at(path)
    own, slow = list(labels), list(labels)
    decide(page, own)
    seen._compiled.cache_clear()
    monkeypatch.setitem(sys.modules, "ingest.label._crf", None)
    try:
        assert page.sighted().sight is None
        decide(page, slow)
    finally:
        seen._compiled.cache_clear()
    assert slow == own


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("wrong", [None, 1, [], [()], [1, 2], (), ((0, 0),) * 11])
def test_what_is_no_page_is_refused(place: int, wrong: Any) -> None:
    lines = [Line(1, "Steep price")]
    shapes = [shape_of(line) for line in lines]
    given: list[Any] = [lines, shapes, context_of(lines, shapes), [array("d", [0.0])] * len(Label), {}]
    given[place] = wrong
    with pytest.raises((TypeError, ValueError)):
        crf.Sight(*given)


def test_lines_and_weights_that_are_not_there_are_refused() -> None:
    lines = [Line(1, "Steep price")]
    shapes = [shape_of(line) for line in lines]
    columns = [array("d", [0.0])] * len(Label)
    sight = crf.Sight(lines, shapes, context_of(lines, shapes), columns, {})
    for at in (-1, 1):
        with pytest.raises(IndexError):
            sight.line(at, b"\0", 0.0, {})
        with pytest.raises(IndexError):
            sight.title(at, 0, 0, 0, {})
        with pytest.raises(IndexError):
            sight.headline(at, b"\0", [], 0, {})
    with pytest.raises(IndexError):
        sight.headline(0, b"\0", [7], 0, {})
    with pytest.raises(IndexError):
        sight.line(0, b"", 0.0, {})
    with pytest.raises(KeyError, match="no weights for line"):
        sight.line(0, b"\0", 0.0)
    with pytest.raises(TypeError, match="into a dict"):
        sight.line(0, b"\0", 0.0, [])
    with pytest.raises(RuntimeError, match="once"):
        sight.__init__(lines, shapes, context_of(lines, shapes), columns, {})
