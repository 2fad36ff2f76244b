"""The words of a text, as compiled code and as Python find them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import vocabulary
from ingest.vocabulary import _plain, plain

words = pytest.importorskip("ingest.vocabulary._words", reason="installed where there was no C compiler")


@pytest.mark.parametrize("form", ["{0}", "a{0}b", "{0} A.", "x,{0}{0}_"])
def test_every_character_is_of_the_same_kind(form: str) -> None:
    for code in range(sys.maxunicode + 1):
        text = form.format(chr(code))
        assert words.plain(text) == _plain(text), hex(code)


@given(st.text() | st.text(st.sampled_from("aBßİ ſǅ0²१ .!?’'-_\u0301\u200c\u200d今\ud800\n\u00a0")))
def test_any_text_has_the_same_words(text: str) -> None:
    assert plain(text) == _plain(text)


def test_what_is_no_text_is_refused() -> None:
    for wrong in (None, b"rain", 5):
        with pytest.raises(TypeError):
            words.plain(wrong)


def test_without_the_compiler_the_words_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ingest.vocabulary._words", None)
    vocabulary._plainer.cache_clear()
    try:
        assert vocabulary._plainer() is not words.plain
        assert [plain("Steep price!"), plain("Steep " * 99)] == ["steep price", ("steep " * 99).strip()]
    finally:
        monkeypatch.undo()
        vocabulary._plainer.cache_clear()
