"""The compiled arithmetic of the labeller gives what python-crfsuite gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.label import MODEL
from ingest.label.features import features
from ingest.label.model import Rows, crfsuite_reader, read_page
from ingest.line import Label
from ingest.pipeline import prepare

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/page.*"))
crf = pytest.importorskip("ingest.label._crf", reason="installed where there was no C compiler")


def rows_of(path: Path) -> Rows:
    page = prepare(path.read_bytes())
    return features(page.lines, page.metadata)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_labels_and_probabilities_are_those_of_crfsuite(path: Path) -> None:
    rows = rows_of(path)
    best, chances = crf.Model(Path(MODEL).read_bytes()).read(rows)
    expected, columns = crfsuite_reader(MODEL)(rows)
    assert best == expected
    assert chances.keys() == columns.keys()
    for name, column in columns.items():
        assert chances[name] == pytest.approx(column, abs=1e-9)


def test_every_label_has_a_column_and_they_add_up_to_one() -> None:
    best, chances = read_page(rows_of(PAGES[0]), MODEL)
    assert set(chances) == set(Label)
    for at in range(len(best)):
        assert sum(column[at] for column in chances.values()) == pytest.approx(1)


@pytest.mark.parametrize("cut", [0, 3, 47, 48, 200, 5_000, 300_000, -1_000])
def test_a_model_that_breaks_off_is_refused(cut: int) -> None:
    with pytest.raises(ValueError, match="CRFsuite model"):
        crf.Model(Path(MODEL).read_bytes()[:cut])


def test_any_bytes_behind_a_models_head_are_refused_or_read() -> None:
    data = bytearray(Path(MODEL).read_bytes()[:4_000])
    for at in range(8, 48):
        for value in (0, 1, 127, 255):
            spoilt = bytes(data[:at]) + bytes([value]) + bytes(data[at + 1 :])
            with pytest.raises(ValueError, match="CRFsuite model"):
                crf.Model(spoilt)


def test_features_that_the_model_does_not_know_count_for_nothing() -> None:
    model = crf.Model(Path(MODEL).read_bytes())
    assert model.read([["no such feature", "\ud800"]]) == model.read([[]])
    with pytest.raises(TypeError):
        model.read([[1]])
    with pytest.raises(TypeError):
        model.read("bias")
