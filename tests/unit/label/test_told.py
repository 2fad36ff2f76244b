"""What a story tells, and what a line tells of it again: by compiled code as by Python."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.label import told
from ingest.label.shape import Shape, shape_of
from ingest.label.told import about, gathered, told_by
from ingest.line import Line

crf = pytest.importorskip("ingest.label._crf", reason="installed where there was no C compiler")

WORDS = st.text(st.sampled_from("abeĉ1"), min_size=1, max_size=7) | st.sampled_from(
    ["\U0010ffff" * 6, "\x00" * 5]
)
SHAPES = st.builds(
    lambda words, wide: shape_of(Line(1, "x"))._replace(words=tuple(words), wide=wide),
    st.lists(WORDS, max_size=40),
    st.booleans(),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(SHAPES, max_size=9), st.lists(SHAPES, max_size=5))
def test_a_story_tells_the_same(story: list[Shape], lines: list[Shape]) -> None:
    compiled, python = told_by(story), gathered(story)
    assert isinstance(compiled, crf.Told)
    for line in [*story, *lines]:
        assert compiled.found(line) == python.found(line)
        assert compiled.share(line) == python.share(line)
        assert about(compiled, line) == about(python, line)


def test_a_long_story_tells_the_same() -> None:
    story = [shape_of(Line(1, " ".join(f"w{n:04}" for n in range(at, at + 30)))) for at in range(0, 9000, 30)]
    compiled, python = told_by(story), gathered(story)
    for line in (*story[::17], shape_of(Line(1, "w0031 w0032 w8999 w9000 w0031"))):
        assert compiled.found(line) == python.found(line)


def test_a_word_counts_as_often_as_it_is_told() -> None:
    story = [shape_of(Line(1, text)) for text in ("Two officials resigned", "The official resigned")]
    headline = shape_of(Line(1, "Officials resigned today"))
    assert told_by(story).found(headline) == (3, [2, 2], 2, 1)


def test_without_the_compiler_the_same_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ingest.label._crf", None)
    told._teller.cache_clear()
    try:
        assert told._teller() is gathered
    finally:
        monkeypatch.undo()
        told._teller.cache_clear()


def test_what_are_no_shapes_is_refused() -> None:
    shape = shape_of(Line(1, "Steep price"))
    for wrong in ((shape,), [1], [(1,)], [shape._replace(words=(1,))], [shape._replace(words=None)]):  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            crf.Told(wrong)
    with pytest.raises(TypeError):
        crf.Told([shape]).share(1)
    with pytest.raises(TypeError):
        crf.Told([shape]).found(shape._replace(words=(1,)))  # type: ignore[arg-type]
