"""What the README shows is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from ingest.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "samples" / "dawn-coalition-talks.txt"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.M | re.S)


def test_every_option_is_described() -> None:
    told = CliRunner().invoke(app, ["parse", "--help"]).output
    for option in set(re.findall(r"--[a-z-]+", told)) - {"--help"}:
        assert f"`{option}" in README or f", `{option}" in README, option


def test_the_commands_for_a_fresh_machine_are_there() -> None:
    setups = blocks("sh")[:2]
    assert all(setup.startswith("python3 -m venv .venv && .venv/bin/pip install") for setup in setups)
    assert "samples/dawn-coalition-talks.txt" in setups[0]
    assert setups[1].strip().endswith(".venv/bin/pytest -q")
