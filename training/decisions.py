"""The regressions that decide what needs the whole page: their weights, from pages that a model has not seen.

A labeller is surer of the pages that it was trained on than of any other, so what it makes of those would
teach nothing. Each page is therefore read with the model of the fold that its publisher was kept out of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from data import SEED, Example, Pages, composed_pages, fold_of, heard
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from ingest.label import first_labels
from ingest.label.box import box_of
from ingest.label.headline import find_headline, headline_candidates, headline_evidence, page_of
from ingest.label.rescue import find_story
from ingest.label.seen import Seen
from ingest.label.shape import shape_of
from ingest.label.story import (
    FIXED,
    box_of_story,
    keep_story,
    line_evidence,
    main_run,
    mend_story,
    near_story,
    outward,
    run_evidence,
    runs_of,
    words_of_story,
)
from ingest.label.titles import places_of, story_range, title_candidates, title_evidence
from ingest.line import BODY, Label
from ingest.vocabulary import plain

Row = tuple[dict[str, float], bool, float]  # evidence, the true answer, how much it counts

_LEAST = -1.0  # score from which a line is believed to be the headline; no headline has 0
_FEW = 0.1  # trust in the rows about runs, which are few
_PENALTY = 2.0  # on the squares of the headline's weights


class Reading(NamedTuple):
    """A labelled page as a model read it that has not seen its publisher."""

    fold: int
    seen: Seen
    labels: list[Label]
    truth: Sequence[Label]
    weight: int
    dump: bool  # by another program: its labels are carried over, and less sure


def unseen_readings(pages: Pages, prefix: str, folds: int, composed: int) -> list[Reading]:
    """All pages, and composed ones, each read with the model ``prefix``.N of its fold."""
    whole = [*pages.html, *pages.flat, *pages.agreed, *pages.flattened]
    jobs = [(example, fold_of(example.publisher, folds), False) for example in whole]
    jobs += [(example, fold_of(example.publisher, folds), True) for example in pages.dumped]
    for fold in range(folds):
        own = pages.where(lambda example, fold=fold: fold_of(example.publisher, folds) == fold)
        jobs += [(example, fold, False) for example in composed_pages(own, composed // folds, SEED + fold)]
    for fold in range(folds):
        Path(f"{prefix}.{fold}.json").write_text("{}", encoding="utf-8")  # weights are to come
    with Pool() as pool:
        return pool.map(partial(_reading, prefix=prefix), jobs, chunksize=16)


def _reading(job: tuple[Example, int, bool], prefix: str) -> Reading:
    page, fold, dump = job
    example = heard(page)
    shapes = [shape_of(line) for line in example.lines]
    seen, labels = first_labels(example.lines, shapes, example.metadata, f"{prefix}.{fold}")
    find_story(seen, labels)
    return Reading(fold, seen, labels, example.labels, example.weight, dump)


def write_weights(readings: Sequence[Reading], model: Path) -> None:
    """Learns the weights, a question after the other as they are asked, and writes them beside the model."""
    weights: dict[str, Any] = {}
    readings = [one._replace(seen=one.seen._replace(weights=weights)) for one in readings]
    sure = [one for one in readings if not one.dump]
    weights["run"] = _regression((row for one in readings for row in _runs(one)), _FEW)
    weights["line"] = _regression(row for one in readings for row in _lines(one))
    weights["headline"] = _choice([rows for one in readings if (rows := _headlines(one))])
    weights["headline"]["least"] = _LEAST
    weights["title"] = _regression(row for one in sure for row in _titles(one))
    text = json.dumps(weights, ensure_ascii=False, indent=1, sort_keys=True)
    Path(f"{model}.json").write_text(text + "\n", encoding="utf-8")


def _length(reading: Reading, lines: Sequence[int], true: bool = False) -> int:
    shapes, truth = reading.seen.shapes, reading.truth
    return sum(shapes[at].length for at in lines if not true or truth[at] in BODY)


def _runs(reading: Reading) -> list[Row]:
    runs, rows = runs_of(reading.labels), list[Row]()
    if len(runs) < 2:
        return rows
    main = main_run(runs, reading.seen, reading.labels)
    if 2 * _length(reading, main, true=True) < _length(reading, main):
        return rows
    box = box_of(reading.seen.lines, main)

    def keeps(run: Sequence[int], near: Sequence[int]) -> bool:
        size = _length(reading, run)
        true = 2 * _length(reading, run, true=True) > size
        found = run_evidence(run, near, main, box, reading.seen, reading.labels)
        rows.append((found, true, reading.weight * size / 300))
        return true

    outward(runs, main, keeps)
    return rows


def _lines(reading: Reading) -> Iterator[Row]:
    labels = list(reading.labels)
    keep_story(reading.seen, labels)
    if Label.PARAGRAPH not in labels:
        return
    known, box = words_of_story(reading.seen, labels), box_of_story(reading.seen, labels)
    for at in near_story(reading.seen, labels, box):
        if labels[at] not in FIXED:
            size = min(3.0, 0.3 + reading.seen.shapes[at].length / 200)
            found = line_evidence(at, reading.seen, labels, known, box)
            yield found, reading.truth[at] in BODY, reading.weight * size


def _mended(reading: Reading) -> list[Label]:
    labels = list(reading.labels)
    if Label.PARAGRAPH in labels:
        keep_story(reading.seen, labels)
        mend_story(reading.seen, labels)
    return labels


def _headlines(reading: Reading) -> list[Row]:
    """The candidates of one page; none where the story itself was not found."""
    labels = _mended(reading)
    body = [at for at, label in enumerate(labels) if label in BODY]
    if Label.PARAGRAPH not in labels or 2 * _length(reading, body, true=True) < _length(reading, body):
        return []
    lines, candidates = reading.seen.lines, headline_candidates(reading.seen, labels)
    true = {
        plain(line.text) for line, label in zip(lines, reading.truth, strict=True) if label is Label.HEADLINE
    }
    page = page_of(reading.seen, labels, candidates)
    return [(headline_evidence(at, page), plain(lines[at].text) in true, reading.weight) for at in candidates]


def _titles(reading: Reading) -> Iterator[Row]:
    labels = _mended(reading)
    if Label.PARAGRAPH in labels:
        find_headline(reading.seen, labels)
    story, places = story_range(labels), places_of(reading.seen)
    for at in title_candidates(reading.seen, labels):
        found = title_evidence(at, reading.seen, labels, story, places)
        yield found, reading.truth[at] is Label.TEASER_TITLE, reading.weight


def _named(names: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}


def _regression(rows: Iterator[Row], trust: float = 1.0) -> dict[str, float]:
    """A logistic regression's weights by name; the less the rows are trusted, the smaller."""
    evidence, answers, counts = zip(*rows, strict=True)
    vectors = DictVectorizer()
    fitted = LogisticRegression(C=trust, max_iter=3000).fit(
        vectors.fit_transform(evidence), answers, sample_weight=counts
    )
    return _named(vectors.feature_names_, fitted.coef_[0]) | {"bias": round(float(fitted.intercept_[0]), 3)}


def _choice(pages: Sequence[Sequence[Row]]) -> dict[str, float]:
    """Weights that make the true line of each page the likeliest of it, or where none is true, none at all.

    A conditional logit (McFadden 1974): the candidates of a page share one probability, of which "none of
    them", with the score 0, has its part.
    """
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{**found, "bias": 1.0} for rows in pages for found, _, _ in rows]).tocsr()
    true = np.array([answer for rows in pages for _, answer, _ in rows])
    page = np.repeat(np.arange(len(pages)), [len(rows) for rows in pages])
    counts = np.array([rows[0][2] for rows in pages])
    titled = np.zeros(len(pages), bool)
    np.logical_or.at(titled, page, true)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        top = np.zeros(len(pages))
        np.maximum.at(top, page, scores)
        parts = np.exp(scores - top[page])
        whole, right = np.exp(-top), np.where(titled, 0.0, np.exp(-top))
        np.add.at(whole, page, parts)
        np.add.at(right, page, parts * true)
        slope = parts / whole[page] - np.where(true, parts / right[page], 0.0)
        value = (counts * (np.log(whole) - np.log(right))).sum() + _PENALTY / 2 * (weights**2).sum()
        return value, matrix.T @ (slope * counts[page]) + _PENALTY * weights

    fitted = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return _named(vectors.feature_names_, fitted.x)
