"""A page's way from its text to its lines, where it is given decoded."""

from __future__ import annotations

from hashlib import sha256

import pytest

from ingest.pipeline import prepare


class Counted(str):
    """A text that counts how often it is encoded."""

    times = 0

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        self.times += 1
        return super().encode(encoding, errors)


@pytest.mark.parametrize("text", ["Steep price", "<p>Ça va à São Paulo</p>"])
def test_a_text_is_encoded_once(text: str) -> None:
    page = Counted(text)
    assert prepare(page).source.sha256 == sha256(text.encode()).hexdigest()
    assert page.times == 1


@pytest.mark.parametrize("text", ["Steep\ud800 price", "<p>\ud83d\ude00 Ça\udfff va</p>"])
def test_a_text_with_surrogates_has_a_checksum_and_none_in_its_lines(text: str) -> None:
    page = prepare(text)
    assert page.source.sha256 == sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    lines = "\n".join(line.text for line in page.lines)
    assert "\ufffd" in lines
    assert lines.encode().decode() == lines
