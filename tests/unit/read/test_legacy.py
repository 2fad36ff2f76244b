"""Legacy encodings, told by the letters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.read.legacy import encoding_by_evidence

TEXTS = json.loads(Path(__file__).with_name("legacy_texts.json").read_text(encoding="utf-8"))
CASES = [(language, encoding) for language, text in TEXTS.items() for encoding in text["encodings"]]
CHROME = "Home News Sport Weather\nhttps://news.example/2024/01/26/index.html\nFacebook Twitter RSS\n" * 5
PLAIN = str.maketrans({"«": '"', "»": '"', "–": "-", "“": '"', "”": '"', "„": '"', "…": "..."})


@pytest.mark.parametrize(("language", "encoding"), CASES)
@pytest.mark.parametrize("size", ["line", "text", "page"])
def test_each_language_reads_right(language: str, encoding: str, size: str) -> None:
    text = TEXTS[language]["text"]
    if not encoding.startswith("windows-"):
        text = text.translate(PLAIN)  # these encodings have no such quotes
    if size == "line":
        text = text.split("\n")[0]
    elif size == "page":
        text = CHROME + text + CHROME
    data = text.encode(encoding)
    found = encoding_by_evidence(data)
    assert found is not None
    assert data.decode(found) == text


@pytest.mark.parametrize("text", ["café", "We don’t know", "Price: £900", "© 2024", "Müller", "“No”"])
def test_a_lone_sign_in_an_english_page(text: str) -> None:
    assert encoding_by_evidence(text.encode("windows-1252")) == "windows-1252"


def test_a_foreign_name_does_no_harm() -> None:
    text = "Über die Brücke in Íñigo, Núñez und Ibáñez: größer, schöner und früher fertig als erwartet"
    assert encoding_by_evidence(text.encode("windows-1252")) == "windows-1252"


def test_no_evidence_no_encoding() -> None:
    assert encoding_by_evidence(b"plain") is None
    assert encoding_by_evidence(bytes(range(0x80, 0x100))) is None
