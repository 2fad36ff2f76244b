"""What the README shows is what the program does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import ingest
from ingest.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "samples" / "dawn-coalition-talks.txt"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.M | re.S)


def test_the_output_shown_is_the_output() -> None:
    record = ingest.parse(SAMPLE.read_bytes()).to_dict()
    assert record["article"] is not None
    shown, decoder, at = [], json.JSONDecoder(), 0
    text = blocks("json")[0]
    while text[at:].strip():
        value, at = decoder.raw_decode(text, at + len(text[at:]) - len(text[at:].lstrip()))
        shown.append(value)
    article = record["article"]
    assert shown == [article["dateline"]["places"][0], article["published"], record["teasers"][1]]


def test_the_python_shown_gives_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    shown = next(block for block in blocks("python") if block.startswith("import ingest\n"))
    for line in shown.splitlines():
        code, _, comment = (part.strip() for part in line.partition("  #"))
        if comment.endswith("'") or comment.endswith(")"):
            assert repr(eval(code, names)) == comment
        else:
            exec(code, names)


def test_every_option_is_described() -> None:
    told = CliRunner().invoke(app, ["parse", "--help"]).output
    for option in set(re.findall(r"--[a-z-]+", told)) - {"--help"}:
        assert f"`{option}" in README or f", `{option}" in README, option


def test_the_commands_for_a_fresh_machine_are_there() -> None:
    setups = blocks("sh")[:2]
    assert all(setup.startswith("python3 -m venv .venv && .venv/bin/pip install") for setup in setups)
    assert "samples/dawn-coalition-talks.txt" in setups[0]
    assert setups[1].strip().endswith(".venv/bin/pytest -q")
