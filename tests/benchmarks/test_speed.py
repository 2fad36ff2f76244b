"""benchmarks/speed.py on a few small pages: it runs, and its tables hold what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "speed.py"
HTML = "<html><body><h1>The mill is open</h1>" + "<p>The mill is open, the council said on Friday.</p>" * 9
FLAT = "The mill is open\n" + "The mill is open, the council said on Friday.\n" * 9


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, SCRIPT, "--rounds", "1", "--starts", "1", "--only", "ingest", *arguments]
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize("form", ["folder", "rows"])
def test_html_and_text_are_measured_beside_the_floor(tmp_path: Path, form: str) -> None:
    if form == "folder":
        data = tmp_path / "pages"
        data.mkdir()
        (data / "a.html").write_text(HTML)
        (data / "b.txt").write_text(FLAT)
    else:
        data = tmp_path / "pages.jsonl"
        data.write_text(json.dumps({"html": HTML}) + "\n" + json.dumps({"flat": FLAT}) + "\n")
    done = run(data, "--sizes", "")
    assert done.returncode == 0, done.stderr
    assert "1 pages of html" in done.stdout and "1 pages of flat" in done.stdout
    assert done.stdout.count("\n| ingest |") == 2
    assert "| lxml, the bare parse |" in done.stdout and "| decoding, splitting |" in done.stdout
    assert "| `python3 -c pass` |" in done.stdout


def test_growth_is_measured_on_made_pages(tmp_path: Path) -> None:
    done = run("--sizes", "1000,20000", "--json", tmp_path / "figures.json")
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert [row["name"] for row in figures["growth"]] == ["html", "html", "txt", "txt"]
    assert all(10 < row["peak"] < 300 for row in figures["growth"] + figures["lines"])
    assert figures["growth"][1]["bytes"] > 15 * figures["growth"][0]["bytes"]


def test_what_is_no_data_is_told() -> None:
    done = run("no-such-folder")
    assert done.returncode == 1
    assert "no-such-folder" in done.stderr and "Traceback" not in done.stderr
