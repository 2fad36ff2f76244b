"""The compiled arithmetic of the labeller gives what python-crfsuite gives."""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.label import MODEL, model
from ingest.label.context import context_of
from ingest.label.features import claims_of, features, own_site
from ingest.label.model import crfsuite_reader, read_lines
from ingest.label.seen import Chances
from ingest.label.shape import shape_of
from ingest.line import Hints, Label, Line
from ingest.pipeline import Prepared, prepare
from ingest.read.metadata import Metadata

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/page.*"))
crf = pytest.importorskip("ingest.label._crf", reason="installed where there was no C compiler")


def looked_at(model: Any, page: Prepared) -> dict[str, array[float]]:
    """What the compiled labeller makes of a page: the probability of each label for each line."""
    shapes = [shape_of(line) for line in page.lines]
    host, claims = own_site(page.metadata), claims_of(page.metadata)
    found: dict[str, array[float]]
    found, best = model.look(page.lines, shapes, context_of(page.lines, shapes), host, claims)
    columns = list(found.values())
    assert [columns[one][at] for at, one in enumerate(best)] == list(map(max, zip(*columns, strict=True)))
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_probabilities_are_those_of_crfsuite(path: Path) -> None:
    page = prepare(path.read_bytes())
    chances = looked_at(crf.Model(Path(MODEL).read_bytes()), page)
    columns = crfsuite_reader(MODEL)(features(page.lines, page.metadata))
    assert chances.keys() == columns.keys()
    for name, column in columns.items():
        assert list(chances[name]) == pytest.approx(list(column), abs=1e-9)


def test_every_label_has_a_column_and_they_add_up_to_one() -> None:
    page = prepare(PAGES[0].read_bytes())
    shapes = [shape_of(line) for line in page.lines]
    best, chances = read_lines(page.lines, shapes, context_of(page.lines, shapes), page.metadata, MODEL)
    assert set(chances) == set(Label)
    for at in range(len(best)):
        assert sum(column[at] for column in chances.values()) == pytest.approx(1)


@pytest.mark.parametrize("cut", [0, 3, 47, 48, 200, 5_000, 300_000, -1_000])
def test_a_model_that_breaks_off_is_refused(cut: int) -> None:
    with pytest.raises(ValueError, match="CRFsuite model"):
        crf.Model(Path(MODEL).read_bytes()[:cut])


def test_a_model_is_mapped_from_its_path_or_read_from_bytes(tmp_path: Path) -> None:
    mapped, read = crf.Model(MODEL), crf.Model(bytearray(Path(MODEL).read_bytes()))
    page = prepare(PAGES[0].read_bytes())
    assert looked_at(mapped, page) == looked_at(read, page)
    with pytest.raises(RuntimeError, match="read once"):
        mapped.__init__(MODEL)
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(OSError, match=str(path)):
            crf.Model(str(path))
    (tmp_path / "empty").touch()
    for source in (str(tmp_path / "empty"), b""):
        with pytest.raises(ValueError, match="no CRFsuite model"):
            crf.Model(source)
    for wrong in (None, 1, Path(MODEL)):
        with pytest.raises(TypeError):
            crf.Model(wrong)
    with pytest.raises(ValueError, match="embedded null"):
        crf.Model("a\0b")


def test_a_model_that_was_not_read_knows_nothing() -> None:
    model = crf.Model.__new__(crf.Model)
    with pytest.raises(ValueError, match="CRFsuite model"):
        model.__init__(Path(MODEL).read_bytes()[:300_000])
    with pytest.raises(TypeError):
        model.look([], [], context_of([], []), "", None)


def test_where_files_are_not_mapped_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    model._compiled.cache_clear()
    page = prepare(PAGES[0].read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        compiled = model._compiled(MODEL)
    assert looked_at(compiled, page) == looked_at(crf.Model(MODEL), page)
    model._compiled.cache_clear()


def test_any_bytes_behind_a_models_head_are_refused_or_read() -> None:
    data = bytearray(Path(MODEL).read_bytes()[:4_000])
    for at in range(8, 48):
        for value in (0, 1, 127, 255):
            spoilt = bytes(data[:at]) + bytes([value]) + bytes(data[at + 1 :])
            with pytest.raises(ValueError, match="CRFsuite model"):
                crf.Model(spoilt)


# ---- the features that the compiled labeller makes itself ----


def hash_of(feature: str) -> int:
    """FNV-1a, 64 bits; what no encoding has is one byte that no UTF-8 has."""
    value = 14695981039346656037
    for byte in feature.encode():
        value = (value ^ byte) * 1099511628211 % 2**64
    return value


def assert_same_features(lines: Sequence[Line], metadata: Any = None) -> None:
    shapes = [shape_of(line) for line in lines]
    context = context_of(lines, shapes)
    model = crf.Model(Path(MODEL).read_bytes())
    rows = features(lines, metadata, shapes, context)
    hashes = model.hashes(list(lines), shapes, context, own_site(metadata), claims_of(metadata))
    for row, own in zip(rows, hashes, strict=True):
        assert sorted(map(hash_of, row)) == sorted(own)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_compiled_features_are_those_of_features(path: Path) -> None:
    page = prepare(path.read_bytes())
    assert_same_features(page.lines, page.metadata)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40) | st.sampled_from(
    ["Steep price", "14 Nov, 2024", "Read more", "THE END", "The harbour board voted. It rained. " * 4]
)
NAMES = st.frozensets(st.text("abcé-", max_size=22) | st.just("article"), max_size=4)
WHOLE = ("", "/a-b-c-d", "https://roe.example/1", "https://WWW.Roe.example/steep-price")
PARTS = (
    *("http:", "https:", "//", "www.", "WWW.", "roe.example", "ROE.example", "é.example", "mailto:", "tel:"),
    *("/", "-", "_", "#", "?", "12345", "1234", "١٢٣٤٥", ".html", ".php", "a-very-long-name", "a_b_c_d"),
    *("steep", "PRICE", "price", "harbour", "Straße", "İ", "Σ", "日本語"),
)
HREFS = st.sampled_from(WHOLE) | st.lists(st.sampled_from(PARTS), max_size=9).map("".join)
HINTS = st.none() | st.builds(
    Hints, st.sampled_from(["p", "h1", "é"]), NAMES, NAMES, st.floats(0, 1),
    st.none() | HREFS, st.none() | st.just("2024"),
    st.integers(0, 9), st.integers(0, 300),
)  # fmt: skip
LINES = st.builds(Line, st.just(1), TEXTS, st.integers(0, 3), HINTS)
SAID = st.lists(TEXTS | st.sampled_from(["Jane Roe", "Steep price of the war"]), max_size=3).map(tuple)
HEADS = st.none() | st.builds(
    Metadata, headlines=SAID, descriptions=SAID, authors=SAID,
    url=st.sampled_from([None, "https://www.roe.example/a", "https://É.example/a"]),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=12), HEADS)
def test_compiled_features_are_those_of_features_whatever_the_lines(
    lines: list[Line], metadata: Metadata | None
) -> None:
    assert_same_features(lines, metadata)


def test_a_lone_surrogate_is_in_no_feature() -> None:
    lines = [Line(1, "\ud800 price"), Line(2, "price")]
    shapes = [shape_of(line) for line in lines]
    best, _ = read_lines(lines, shapes, context_of(lines, shapes), None, MODEL)
    assert len(best) == 2


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("wrong", [None, 1, [], [()], [1, 2], (), ((0, 0),) * 11])
def test_what_are_no_lines_or_shapes_is_refused(place: int, wrong: Any) -> None:
    lines = [Line(1, "Steep price", 0, Hints("p"))]
    shapes = [shape_of(line) for line in lines]
    given: list[Any] = [lines, shapes, context_of(lines, shapes), "", None]
    given[place] = wrong
    if place == 4 and wrong is None:
        return
    with pytest.raises((TypeError, ValueError)):
        crf.Model(Path(MODEL).read_bytes()).look(*given)


def test_without_the_compiled_labeller_the_lines_are_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = prepare(PAGES[0].read_bytes())
    shapes = [shape_of(line) for line in page.lines]

    def told() -> tuple[list[Label], Chances]:
        return read_lines(page.lines, shapes, context_of(page.lines, shapes), page.metadata, MODEL)

    best, chances = told()
    model._compiled.cache_clear()
    monkeypatch.setitem(sys.modules, "ingest.label._crf", None)
    try:
        slow_best, slow = told()
    finally:
        model._compiled.cache_clear()
    assert slow_best == best
    for label, column in chances.items():
        assert list(slow[label]) == pytest.approx(list(column), abs=1e-9)
