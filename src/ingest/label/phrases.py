"""Makes ``vocabulary/words.index.json`` from ``words.json``: ``python -m ingest.label.phrases``.

What people edit is words.json. To cut its phrases into words takes longer than to read a short page.
"""

from __future__ import annotations

import json
import os
from typing import Any

from ingest import vocabulary
from ingest.label.shape import PHRASES, words_in


def build() -> dict[str, Any]:
    """The phrases of each category: those of one word as one text, longer ones a line each."""
    index: dict[str, Any] = {}
    for category, languages in vocabulary.load("words.json").items():
        phrases = {" ".join(words_in(phrase)) for phrases in languages.values() for phrase in phrases}
        ones = sorted(phrase for phrase in phrases if phrase and " " not in phrase)
        index[category] = [" ".join(ones), sorted(phrase for phrase in phrases if " " in phrase)]
    return index


def write() -> None:
    """Writes the index beside the words."""
    path = os.path.join(os.path.dirname(vocabulary.__file__), PHRASES)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(build(), file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    write()
