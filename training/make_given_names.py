"""Makes the list of given names that tells a byline without "By" from other short lines.

usage: python training/make_given_names.py DATA/pages.jsonl.gz [OUT.json]

The names are those of Faker's locales (MIT licence), from two locales on: what one locale alone has is
seldom a name elsewhere. Those that are a word as well ("Rose", "Will", "Can") are left out: a word is
what the pages' paragraphs print in small letters. The same packages and pages give the same bytes.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import faker.providers.person as people
from data import read

from ingest.vocabulary import load

OUT = Path(__file__).parent.parent / "src" / "ingest" / "vocabulary" / "given_names.json"
_LOCALES = 2  # that know a name


def main() -> int:
    pages = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else OUT
    known: Counter[str] = Counter()
    for locale in pkgutil.iter_modules(people.__path__):
        if locale.ispkg:
            known.update(set(_names(locale.name)))
    words = _small_words(pages)
    words |= {word for terms in load("words.json").values() for own in terms.values() for word in own}
    names = sorted(name for name, count in known.items() if count >= _LOCALES and name not in words)
    out.write_text(json.dumps(names, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(names)} given names in {out.name}", file=sys.stderr)
    return 0


def _names(locale: str) -> Iterator[str]:
    """The first part of every given name of a locale, in small letters."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for attribute in dir(provider):
        if attribute.startswith("first_name"):
            values = getattr(provider, attribute)
            for name in values if isinstance(values, (tuple, list, dict)) else ():
                if isinstance(name, str):
                    yield re.split(r"[\s-]", name.lower())[0]


def _small_words(pages: Path) -> set[str]:
    """The words that stand in small letters more often than with a capital."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for row in read(pages):
        for word in re.findall(r"\w+", " ".join(row["gold"]["paragraphs"])):
            (small if word == word.lower() else large)[word.lower()] += 1
    return {word for word, count in small.items() if count > max(3, large[word]) and word.upper() != word}


if __name__ == "__main__":
    sys.exit(main())
