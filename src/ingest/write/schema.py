"""The record as a JSON Schema (2020-12), which every record that is written obeys."""

from __future__ import annotations

import os

_PATH = os.path.join(os.path.dirname(os.path.dirname(__file__)), "record.schema.json")


def schema_text() -> str:
    """The schema as JSON text.

    >>> schema_text().splitlines()[1].strip()
    '"$schema": "https://json-schema.org/draft/2020-12/schema",'
    """
    with open(_PATH, encoding="utf-8") as file:
        return file.read()
