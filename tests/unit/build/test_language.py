"""The language of a story: what its words say, and the page's own word for it."""

from __future__ import annotations

import pytest

from ingest.build.language import language_of

GERMAN = (
    "Die Regierung hat am Montag einen neuen Plan für die Häfen des Landes vorgestellt, sagten zwei Beamte. "
)
ENGLISH = (
    "The government has announced a new plan for the ports of the country on Monday, two officials said. "
)
NORWEGIAN = (
    "Regjeringen la mandag fram en ny plan for havnene i landet, sa to tjenestemenn til avisen i går kveld. "
)


@pytest.mark.parametrize(
    ("text", "claimed", "language"),
    [
        (GERMAN, None, "de"),
        (GERMAN, "en", "de"),  # a template's word, against the text's
        (GERMAN, "de-AT", "de"),
        (GERMAN * 40, None, "de"),
        (GERMAN * 40, "en", "de"),
        (ENGLISH * 40, "de", "en"),
        ("Kein Kommentar.", "de", "de"),  # too short to tell
        ("Kein Kommentar.", None, None),
        (NORWEGIAN, "nn", "nn"),  # which no detector can tell from its neighbours
        (GERMAN, "not a tag!", "de"),
    ],
)
def test_language(text: str, claimed: str | None, language: str | None) -> None:
    assert language_of(text, claimed) == language
