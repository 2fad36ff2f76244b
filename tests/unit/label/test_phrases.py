"""The index of phrases is what words.json makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import vocabulary
from ingest.label import phrases
from ingest.label.shape import PHRASES, _index, words_in


def test_the_index_is_in_step_with_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = Path(vocabulary.__file__).with_name(PHRASES).read_bytes()
    monkeypatch.setattr(phrases.os.path, "dirname", lambda path: str(tmp_path))
    phrases.write()
    assert (tmp_path / PHRASES).read_bytes() == shipped, "run: python -m ingest.label.phrases"


def test_every_phrase_is_found_by_its_first_word() -> None:
    index = _index()
    for category, languages in vocabulary.load("words.json").items():
        for phrase in (phrase for said in languages.values() for phrase in said):
            words = words_in(phrase)
            assert not words or (category, *words) in index[words[0]]
    for entries in index.values():
        assert len(entries) == len(set(entries))
