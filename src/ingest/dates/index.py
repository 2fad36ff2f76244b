"""Makes ``vocabulary/dates.index.json`` from the files that people edit: ``python -m ingest.dates.index``."""

from __future__ import annotations

import json
import os
from typing import Any

from ingest import vocabulary
from ingest.dates import quick
from ingest.dates.quick import QUICK
from ingest.dates.tokens import NUMBER, phrase
from ingest.dates.words import INDEX, Index, packed


def build() -> Index:
    """The index, made anew from the files of every language."""
    meanings: dict[tuple[str, ...], dict[str, list[tuple[str, str]]]] = {}

    def add(text: str, role: str, value: str, language: str) -> None:
        tokens = phrase(text)
        if not tokens or tokens == (NUMBER,) or tokens[0].isdecimal():
            raise ValueError(f"{language}: {text!r} is no phrase")
        meanings.setdefault(tokens, {}).setdefault(role, []).append((value, language))

    traits: dict[str, Any] = {}
    for language in vocabulary.names("dates"):
        words = traits[language] = vocabulary.load(f"dates/{language}.json")
        for text, role, value in _entries(words):
            add(text, role, value, language)
    for text, role, value in _calendar_entries(vocabulary.load("calendars.json")):
        add(text, role, value, "calendars")
    zones = vocabulary.load("zones.json")
    for name, offset in zones["one meaning"].items():
        add(name, "zone", offset, "zones")
    for name, offsets in zones["by country"].items():
        packed = " ".join(f"{country}{offset}" for country, offset in offsets.items())
        add(name, "zone", packed, "zones")
    for name, choices in zones["by offset"].items():
        add(name, "zone", " ".join(f"??{offset}" for offset in choices), "zones")
    found: Index = {}
    for tokens, by_role in meanings.items():
        packed = "|".join(
            sorted(_packed(tokens[0], role, values, traits) for role, values in by_role.items())
        )
        entry = found.setdefault(tokens[0], {})
        assert isinstance(entry, dict)
        entry[" ".join(tokens[1:])] = packed
    for token in {token for tokens in meanings for token in tokens[1:] if token.isalpha()}:
        found.setdefault(token, {"": ""})  # so that every word of a phrase is known
    return {token: entry[""] if list(entry) == [""] else entry for token, entry in found.items()}


def _packed(text: str, role: str, values: list[tuple[str, str]], traits: dict[str, Any]) -> str:
    """One role as text.

    Where languages disagree, a month keeps them apart by the dot after the day ("10. 11"), a weekday is left
    open. A short month that few languages have ("pro", "out") is marked: it is a word of others too.
    """
    distinct = sorted({value for value, _ in values})
    if role == "weekday" and len(distinct) > 1:
        return "weekday=?"
    if role == "month":
        first = " first" if any(traits[language].get("month_first") for _, language in values) else ""
        if len(distinct) == 1:
            rare = " rare" if len(text) <= 3 and text.isascii() and len(values) <= 2 else ""
            return f"month={distinct[0]}{first}{rare}"
        dotted = sorted({(value, bool(traits[language].get("day_dot"))) for value, language in values})
        return "month=" + " ".join(f"{value}{'.' * dot}" for value, dot in dotted) + first
    return f"{role}={distinct[0]}"


def _entries(words: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Every phrase of a language file with its role and value."""
    found: list[tuple[str, str, str]] = []
    for role, lists in (("month", words["months"]), ("weekday", words["weekdays"])):
        first = 1 if role == "month" else 0
        found += [(text, role, str(n)) for n, texts in enumerate(lists, first) for text in texts]
    for role, table in (
        ("label", words["labels"]),
        ("numbered", words.get("numbered", {})),
        ("half", words.get("halves", {})),
        ("clock", words.get("clock", {})),
        ("moment", words.get("moments", {})),
        ("ago", words.get("ago", {})),
    ):
        found += [(text, role, value) for value, texts in table.items() for text in texts]
    for role, name in (("filler", "fillers"), ("of", "of"), ("to", "to"), ("ordinal", "ordinals")):
        found += [(text, role, "") for text in words.get(name, [])]
    return found


def _calendar_entries(calendars: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = [(text, "era", str(offset)) for text, offset in calendars["eras"].items()]
    found += [(text, "first year", "") for text in calendars["first year"]]
    for calendar in ("persian", "afghan", "hijri", "hebrew", "bengali", "nepali"):
        for month, texts in enumerate(calendars[calendar], 1):
            found += [(text, "calendar", f"{calendar} {month}") for text in texts]
    return found


def write() -> None:
    """Writes the index, and what of it is for the quick look, beside the language files."""
    index = build()
    for name, table in ((INDEX, packed(index)), (QUICK, quick.packed(quick.build(index)))):
        with open(os.path.join(os.path.dirname(vocabulary.__file__), name), "w", encoding="utf-8") as file:
            json.dump(table, file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            file.write("\n")


if __name__ == "__main__":
    write()
