"""What is compiled sees a line among its neighbours as context.py says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.label import context
from ingest.label.context import context_of, gathered
from ingest.label.shape import Shape, shape_of
from ingest.line import Hints, Line
from ingest.pipeline import prepare

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/page.*"))
crf = pytest.importorskip("ingest.label._crf", reason="installed where there was no C compiler")


def agree(lines: list[Line]) -> None:
    shapes = [shape_of(line) for line in lines]
    assert context_of(lines, shapes) == gathered(lines, shapes)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_pages_have_the_same_context(path: Path) -> None:
    lines = prepare(path.read_bytes()).lines
    agree(lines)
    agree([line._replace(hints=None) for line in lines])


PROSE = "The harbour board voted on the ferry. It rained on the old pier all day, officials said. "
TEXTS = st.sampled_from(
    [
        *(
            "Steep price",
            "STEEP price",
            "The ferry is late",
            "The ferry is late again, board says",
            "14 Nov, 2024",
        ),
        *(
            "Read more",
            "Menu:",
            "…",
            "A–Z",
            "ß",
            "SS",
            "今日の天気は晴れ。港の船は遅れた。" * 9,
            "港の船は遅れた",
        ),
        *(
            PROSE,
            PROSE * 2,
            PROSE.upper(),
            "“The ferry voted,” the board said of the pier and of the rain.”" * 2,
        ),
    ]
)
LINKED = st.none() | st.builds(
    Hints,
    st.sampled_from(["p", "li"]),
    link_share=st.sampled_from([0.0, 0.6, 0.7, 1]),
    block=st.integers(0, 2),
)
LINES = st.builds(Line, st.just(1), TEXTS | st.text(min_size=1, max_size=50), st.just(0), LINKED)


@settings(max_examples=500, deadline=None)
@given(st.lists(LINES, max_size=60) | st.lists(LINES, min_size=1, max_size=6).map(lambda few: few * 7))
def test_any_lines_have_the_same_context(lines: list[Line]) -> None:
    agree(lines)


def test_as_many_stems_as_a_page_has_are_told_apart() -> None:
    story = [Line(1, " ".join(f"w{n:04}x" for n in range(at, at + 30)) + ".") for at in range(0, 9000, 30)]
    agree([Line(1, "w0031x w8999x w9000x"), *story, Line(1, "w1234y w12345 again")])


def test_without_the_compiler_the_same_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [Line(at, PROSE) for at in range(4)]
    shapes = [shape_of(line) for line in lines]
    seen = context_of(lines, shapes)
    monkeypatch.setitem(sys.modules, "ingest.label._crf", None)
    context._compiled.cache_clear()
    try:
        assert context._compiled() is None
        assert context_of(lines, shapes) == seen
    finally:
        monkeypatch.undo()
        context._compiled.cache_clear()


def test_what_are_no_lines_and_shapes_is_refused() -> None:
    line = Line(1, "Steep price")
    shape = shape_of(line)
    odd: list[Shape] = [shape._replace(size=9), shape._replace(end=""), shape._replace(words=(1,))]  # type: ignore[arg-type]
    for lines, shapes in [
        ([line], []),
        ((line,), [shape]),
        ([(1,)], [shape]),
        ([line], [(1,)]),
        ([line._replace(text=1)], [shape]),  # type: ignore[arg-type]
        *(([line], [one]) for one in odd),
    ]:
        with pytest.raises(TypeError):
            crf.gather(lines, shapes)
