"""What decided, in words: every feature has some, what is strongest comes first, and rules are told."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from ingest.explain.evidence import evidence_of, rule_of, unworded
from ingest.explain.reading import explained
from ingest.explain.words import said
from ingest.label import MODEL, tagged_lines
from ingest.line import Label
from ingest.pipeline import prepare
from ingest.vocabulary import load

SAMPLE = (Path(__file__).parents[2] / "samples" / "dawn-coalition-talks.txt").read_bytes()


def test_every_feature_of_the_model_has_words():
    missing = unworded(MODEL)
    assert not missing, (
        f"the model has features without words: {sorted(missing)}. Say in vocabulary/evidence.json, "
        'under "signs", what each shows ("words") and what it is about ("topic"). '
        "Until then they are told by their names."
    )


def test_all_words_are_words():
    """No feature that a page can have is told as a template, or as a piece of Python."""
    for path in (Path(__file__).parents[1] / "pages").glob("*/page.*"):
        prepared = prepare(path.read_bytes())
        for row in tagged_lines(prepared.lines, prepared.metadata).seen:
            for feature in row:
                words = said(feature).words
                assert words is None or (words and not set(words) & set("{}")), feature


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("lex:by^", "begins with “By” or the like"),
        ("-1:by^", "the line before begins with “By” or the like"),
        ("2:sa@", "the line two down is a link"),
        ("k-+=D sa L.", "stands between a date and running text"),
        ("k---=- - sa ma", "comes after the page’s edge, the page’s edge and a short line"),
        ("round=SDSL", "is part of a list that goes short line, date, short line, text"),
        ("round=", "is part of no list"),
        ("has“", "has ““” in it"),
        ("text=a = b", "says “a = b”"),
        ("-1:none", "is the page’s first line"),
        ("size,end=3a", None),
        ("moon=full", "shows the sign “moon=full”"),
        ("-1:moon=full", "the line before shows the sign “moon=full”"),
        ("k=zz", "is “zz”"),
        ("core=elsewhere", None),
    ],
)
def test_a_feature_in_words(feature, words):
    assert said(feature).words == words


def test_a_place_is_not_taken_for_a_word():
    assert said("first=2", 2).words == "is among the first lines"
    assert said("first=2", 9).words == "begins with “2”"


def test_features_that_are_newer_than_the_words_are_told_all_the_same(monkeypatch):
    tagged = tagged_lines(prepare(SAMPLE).lines)
    monkeypatch.setattr(
        "ingest.explain.evidence._weights",
        lambda model: type("W", (), {"features": {("moon=full", "headline"): 9.0}, "steps": {}}),
    )
    new = tagged._replace(seen=[["moon=full"], *tagged.seen[1:]])
    (reason,) = evidence_of(new, MODEL)(0, Label.HEADLINE)
    assert reason == ("shows the sign “moon=full”", 9.0)


def test_the_strongest_come_first_and_say_different_things():
    for one in explained(SAMPLE).lines:
        weights = [reason.weight for reason in one.evidence]
        assert 1 <= len(weights) <= 3
        assert weights == sorted(weights, reverse=True) and weights[-1] > 0
        assert len({reason.text for reason in one.evidence}) == len(weights)


def test_weights_are_the_models_own():
    """All features and neighbours together make the odds between two labels, as the model computes them."""
    prepared = prepare(SAMPLE)
    tagged = tagged_lines(prepared.lines)
    from pycrfsuite import Tagger

    tagger = Tagger()
    tagger.open(MODEL)
    info = tagger.info()
    at = 9  # a publication line whose neighbours are certain
    label, rival = "publication-line", "paragraph"
    own = sum(
        info.state_features.get((f, label), 0) - info.state_features.get((f, rival), 0)
        for f in tagged.seen[at]
    )
    before, after = tagged.first[at - 1].value, tagged.first[at + 1].value
    steps = sum(
        sign * (info.transitions.get((before, one), 0) + info.transitions.get((one, after), 0))
        for sign, one in ((1, label), (-1, rival))
    )
    odds = math.log(tagged.probability(Label(label), at) / tagged.probability(Label(rival), at))
    assert own + steps == pytest.approx(odds, abs=0.7)


def test_what_overrules_the_model_is_told():
    paragraph, chrome = Label.PARAGRAPH, Label.CHROME
    assert rule_of(paragraph, paragraph, paragraph, True) is None
    assert "longest stretch" in (rule_of(chrome, paragraph, paragraph, True) or "")
    assert "points to another story" in (rule_of(paragraph, paragraph, Label.TEASER_TITLE, True) or "")
    assert "too little" in (rule_of(paragraph, paragraph, chrome, False) or "")
    assert rule_of(chrome, Label.CAPTION, Label.CAPTION, True) == "was taken for page furniture at first"


def test_every_label_has_a_name():
    names = load("evidence.json")["labels"]
    assert set(names) == {label.value for label in Label}
    assert all(set(forms) == {"name", "one", "many"} for forms in names.values())
