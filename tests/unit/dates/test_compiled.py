"""What is compiled reads dates as the Python does that says what it means."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.dates import quick, sieve
from ingest.dates.terms import Term, terms, terms_read
from ingest.dates.words import index
from ingest.pipeline import prepare

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/page.*"))
scan = pytest.importorskip("ingest.dates._scan", reason="installed where there was no C compiler")

PHRASES = [
    f"{first} {rest}".strip()
    for first, entry in index().items()
    for rest in ([""] if isinstance(entry, str) else entry)
]


def told(found: list[Term]) -> list[tuple[object, ...]]:
    return [tuple(getattr(term, name) for name in Term.__slots__) for term in found]


def agree(text: str) -> None:
    assert told(terms(text)) == told(terms_read(text)), text
    assert sieve.may_hold_date(text) == quick.may_hold_date(text), text
    assert sieve.looks()[1](text) == bool(sieve.NUMERIC.search(text)), text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_lines_of_pages_are_read_alike(path: Path) -> None:
    for line in prepare(path.read_bytes()).lines:
        agree(line.text)


def test_phrases_are_read_alike() -> None:
    for phrase in PHRASES:
        for form in ("{0}", "({0}) 3", "{0}-{0}.", "x {0}|"):
            agree(form.format(phrase.replace("#", "12")))
            agree(form.format(phrase.upper()))


@pytest.mark.parametrize("form", ["{0}", "5 {0} 6", "am{0}pm 3", "may{0} yesterday", "1{0}/2{0}24"])
def test_every_character_is_read_alike(form: str) -> None:
    for code in (*range(1, 0x3100), *range(0x3100, sys.maxunicode + 1, 3 if form == "{0}" else 101)):
        agree(form.format(chr(code)))


EDGES = (
    *("Jan 26, 202410:05", "26.01.202426. Januar", "202410:055", "2024 10:05", "120241:05", "20241. a", ""),
    *("2024", "19991999:10", "2024101:05", "20241.", "20241. ", "20241:0", "٢٠٢٤1:05", "20241.٢", "don't"),
    *("1 -  - 2", "1     - 2", "1 -     2", "1    -    2", "1|2", "1|2|34", "1-23-4", "1-23-45", "1-234-56"),
    *("don’t’", "'tis", "l'1", "İstanbul 5 ekim", "ε’ε", "vor\u200beinem", "un'ora fa"),
)


@pytest.mark.parametrize("text", EDGES)
def test_edges_are_read_alike(text: str) -> None:
    agree(text)


ODD = "1290٢２aZé'’.,:;-–/|()©“ \u00a0\u200b\u200d\u0301今日年วันyesterdaymayİß\ud800\n\U0001f600"
SIGNS = st.text(st.sampled_from(ODD), max_size=70)
PIECES = st.lists(st.one_of(st.sampled_from(PHRASES), SIGNS, st.just("#")), max_size=6)


@settings(max_examples=1500, deadline=None)
@given(st.text(max_size=300) | SIGNS | st.builds(" ".join, PIECES).map(lambda text: text.replace("#", "26")))
def test_any_text_is_read_alike(text: str) -> None:
    agree(text)


def test_without_the_compiler_the_same_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ingest.dates._scan", None)
    sieve.looks.cache_clear()
    try:
        assert sieve.looks()[0] is quick.may_hold_date
        assert [sieve.looks()[1](text) for text in ("26. 01. 24", "26 01 24")] == [True, False]
    finally:
        monkeypatch.undo()
        sieve.looks.cache_clear()
    assert sieve.looks()[0] is not quick.may_hold_date


@pytest.mark.parametrize("arguments", [(), ({}, {}, frozenset(), frozenset(), 1), ([], 1, 2, 3, 4, 5)])
def test_a_sieve_of_other_things_is_refused(arguments: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        scan.Sieve(*arguments)


def test_what_is_no_text_is_refused() -> None:
    for wrong in (None, b"26", 26):
        for look in (sieve.may_hold_date, sieve.looks()[1], terms):
            with pytest.raises(TypeError):
                look(wrong)  # type: ignore[arg-type]


def test_an_error_in_what_is_asked_comes_through() -> None:
    def fail(token: str) -> str:
        raise KeyError(token)

    broken = scan.Sieve({}, {}, frozenset(), frozenset(), fail, fail)
    for text in ("né heute", "1 été", "1 été’s"):
        with pytest.raises(KeyError):
            broken.may_hold_date(text)
