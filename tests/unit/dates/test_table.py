"""Printed lines and what they say: ``tests/data/dates.jsonl``, one case a line, to which anyone can add.

A case has ``text``, ``value`` (ISO 8601 or null) and, where it matters, ``raw``, ``kind``, ``warning``,
``now``, ``order``, ``country``; one with ``"none": true`` is a text without a date.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.dates import parse_date

TABLE = Path(__file__).parents[2] / "data" / "dates.jsonl"
CASES = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
DATES = [case for case in CASES if not case.get("none")]
NO_DATES = [case["text"] for case in CASES if case.get("none")]


@pytest.mark.parametrize("case", DATES, ids=lambda case: case["text"])
def test_printed_date(case: dict[str, Any]) -> None:
    found = parse_date(
        case["text"], now=case.get("now"), order=case.get("order"), country=case.get("country")
    )
    assert found is not None
    assert found.value == case["value"]
    assert found.kind == case.get("kind")
    assert found.warning == case.get("warning")
    assert found.raw == case["text"][found.start : found.end] == case.get("raw", found.raw)


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date(text: str) -> None:
    assert parse_date(text, now="2024-01-26T10:05:00") is None


def test_table_is_wide_enough() -> None:
    assert len(CASES) >= 600
    assert len(NO_DATES) >= 150
    assert len({case["language"] for case in DATES}) >= 25
