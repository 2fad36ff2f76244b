"""What speaks against a dateline, though the line begins like one."""

from __future__ import annotations

import pytest

from ingest.datelines import parse_dateline


@pytest.mark.parametrize(
    "line",
    [
        "PHOTO (Reuters) - The board voted on Tuesday.",
        "BREAKING (AFP) — The board voted on Tuesday.",
        "Caisse Nationale (CNA) is issuing new cards from Monday on.",
        "SPRINGFIELD, Ill. — THE BOARD VOTED ON TUESDAY TO DREDGE THE CHANNEL",
        "London: The play that everybody saw",
        "BAGHDAD | The talks failed on Friday",
        "the board, January 26 - It voted on Tuesday.",
        "Aboard the Plane - The president said on Friday that he would come.",
        "AP. The board voted on Tuesday.",
    ],
)
def test_no_dateline(line: str) -> None:
    assert parse_dateline(line) is None


@pytest.mark.parametrize(
    ("line", "raw", "places"),
    [
        ("BAGHDAD — The talks failed on Friday, two officials said.", "BAGHDAD", ["Baghdad"]),
        ("SPRINGFIELD, Ill. — The board voted on Tuesday to dredge.", "SPRINGFIELD, Ill.", ["Springfield"]),
        ("Karlsruhe (12.11.2021). The court said so on Friday.", "Karlsruhe (12.11.2021)", ["Karlsruhe"]),
    ],
)
def test_a_dateline(line: str, raw: str, places: list[str]) -> None:
    found = parse_dateline(line)
    assert found is not None
    assert (found.raw, [place.name for place in found.places]) == (raw, places)
