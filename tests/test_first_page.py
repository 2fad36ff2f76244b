"""The first sample comes out right, to the letter, in whatever form its dump arrives."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ingest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "dawn-coalition-talks.txt"
EXPECTED = json.loads((ROOT / "samples" / "dawn-coalition-talks.expected.json").read_text(encoding="utf-8"))
TEXT = SAMPLE.read_text(encoding="utf-8")
STORY, SIDEBAR = TEXT.split("Opinion\n", 1)
TITLES = [teaser["title"] for teaser in EXPECTED["teasers"]]

NAVIGATION = [
    *("Home", "Latest", "Pakistan", "Opinion", "Business", "Images", "Prism", "World", "Sport", "Breathe"),
    *(
        "Magazines",
        "Videos",
        "Tech",
        "Popular",
        "Archive",
        "In-Depth",
        "E-Paper",
        "Subscribe",
        "Search",
        "Menu",
    ),
]
COOKIES = "We use cookies to give you the best experience on our website. Read our privacy policy."
FOOTER = [
    "Accept",
    "About us",
    "Contact",
    "Terms of use",
    "Privacy policy",
    "Advertise",
    "Follow us",
    "Facebook",
]


def read(text: str | bytes) -> dict[str, Any]:
    record = ingest.parse(text).to_dict()
    return {"article": record["article"], "teasers": record["teasers"]}


def blocks() -> list[str]:
    """The six teasers of the sidebar, each with its lines."""
    starts = []
    for title in TITLES:
        starts.append(SIDEBAR.index(title + "\n", starts[-1] + 1 if starts else 0))
    return [SIDEBAR[a:b] for a, b in zip(starts, [*starts[1:], len(SIDEBAR)], strict=True)]


def test_as_it_is() -> None:
    assert read(TEXT) == EXPECTED


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\n".join(line for line in text.split("\n") if line.strip()),
        lambda text: "\n\n".join(line for line in text.split("\n") if line.strip()),
        lambda text: "\n".join(NAVIGATION) + "\n\n" + text,
        lambda text: text + "\n\n" + COOKIES + "\n" + "\n".join(FOOTER),
        lambda text: "\n".join(NAVIGATION) + "\n\n" + text + "\n\n" + COOKIES + "\n" + "\n".join(FOOTER),
    ],
    ids=["crlf", "no-blank-lines", "blank-lines-everywhere", "navigation", "cookies-and-footer", "both"],
)
def test_in_another_form(form: Any) -> None:
    assert read(form(TEXT)) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_in_another_encoding(encoding: str) -> None:
    assert read(TEXT.encode(encoding)) == EXPECTED


@pytest.mark.parametrize("seed", range(5))
def test_with_its_teasers_in_another_order(seed: int) -> None:
    order = list(range(6))
    random.Random(seed).shuffle(order)
    pieces = [block.rstrip("\n") + "\n" for block in blocks()]
    text = STORY + "Opinion\n\nEditorial\n\n" + "".join(pieces[at] for at in order)
    assert read(text) == {**EXPECTED, "teasers": [EXPECTED["teasers"][at] for at in order]}


@pytest.mark.parametrize(
    "label", ["Most read", "Comment", "Analysis", "Around the world", "Sport", "Letters"]
)
def test_under_another_label(label: str) -> None:
    text = TEXT.replace("Opinion\n\nEditorial\n", f"{label}\n")
    teasers = [{**teaser, "section": label} for teaser in EXPECTED["teasers"]]
    assert read(text) == {**EXPECTED, "teasers": teasers}


def test_on_the_command_line(tmp_path: Path) -> None:
    packed = tmp_path / "page.gz"
    packed.write_bytes(gzip.compress(TEXT.encode()))
    command = [sys.executable, "-m", "ingest", "parse"]
    for arguments, stdin in ([str(packed)], None), ([], TEXT.encode()), (["-"], TEXT.encode("utf-16")):
        run = subprocess.run([*command, *arguments], input=stdin, capture_output=True, check=True)
        record = json.loads(run.stdout)
        assert {"article": record["article"], "teasers": record["teasers"]} == EXPECTED
        assert run.stderr == b""
