"""A line measured by the compiled labeller has the shape that Python gives it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.dates.quick import moments
from ingest.label.shape import Shape, measured, shape_of
from ingest.line import Line
from ingest.pipeline import prepare
from ingest.vocabulary import load

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/page.*"))
crf = pytest.importorskip("ingest.label._crf", reason="installed where there was no C compiler")


def compiled(text: str) -> Shape:
    return shape_of(Line(1, text))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_lines_of_pages_have_the_same_shape(path: Path) -> None:
    for line in prepare(path.read_bytes()).lines:
        assert compiled(line.text) == measured(line.text)


def test_phrases_and_moments_have_the_same_shape() -> None:
    phrases = [one for of in load("words.json").values() for said in of.values() for one in said]
    for phrase in [*phrases, *moments()]:
        for text in (
            phrase,
            phrase.upper(),
            f"{phrase} rain",
            f"The rain, {phrase}.",
            f"({phrase}|x)-{phrase}",
        ):
            assert compiled(text) == measured(text)


@pytest.mark.parametrize("form", ["{0}", "a{0}b", "Rain{0} sun", "Rain.{0} ", "A {0}A {0}.", "12{0}"])
def test_every_character_is_of_the_same_kind(form: str) -> None:
    for code in range(1, sys.maxunicode + 1, 1 if form == "{0}" else 17):
        text = form.format(chr(code))
        assert compiled(text) == measured(text), hex(code)


SIGNS = st.text(
    st.sampled_from("aBßİ ſǅ0²१ .!?…。！॥'’-–—\"”»)]）|·•@#©:“(/_\u0301\u200c\u200d今日昨一\ud800\n\u00a0"),
    max_size=80,
)


@settings(max_examples=1500, deadline=None)
@given(st.text(min_size=1, max_size=700) | SIGNS.filter(bool))
def test_any_text_has_the_same_shape(text: str) -> None:
    assert compiled(text) == measured(text)


def test_only_so_many_characters_and_words_are_looked_at() -> None:
    for text in (
        "ab " * 300,
        "a. " * 300,
        "x" * 599 + ". A.",
        "x" * 600 + ". A.",
        "Ab " * 39 + "AB " * 3,
        "雨" * 700,
    ):
        assert compiled(text) == measured(text)


@pytest.mark.parametrize(
    "given",
    [(), ("a",), (1, Shape, {}, set(), len), ("a", int, {}, set(), len), ("a", Shape, [], set(), len),
     ("a", Shape, {}, [], len), ("a", Shape, {}, set(), len, 1)],
)  # fmt: skip
def test_what_is_no_line_is_refused(given: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError):
        crf.measure(*given)
    with pytest.raises(ValueError, match="characters"):
        crf.measure("", Shape, {}, set(), len)
