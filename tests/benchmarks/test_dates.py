"""``benchmarks/dates.py``: what counts as right, and that it runs."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "dates.py"
_spec = importlib.util.spec_from_file_location("dates_benchmark", SCRIPT)
dates = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(dates)


def test_a_day_counts_at_the_precision_printed():
    assert dates._verdict("2024-01-26T00:00:00", "2024-01-26T10:05+05:00") == "right"
    assert dates._verdict("2024-01-31", "2024-01") == "right"
    assert dates._verdict("2024-02-01", "2024-01") == "wrong"
    assert dates._verdict("2024-01-26", None) == "wrong"
    assert (dates._verdict(None, None), dates._verdict(None, "2024")) == ("right", "refused")


def test_it_runs_on_lines_and_pages(tmp_path):
    lines, pages = tmp_path / "lines.jsonl", tmp_path / "pages.jsonl"
    lines.write_text('{"text": "14 Nov, 2024", "value": "2024-11-14"}\n{"text": "the mill", "none": true}\n')
    html = "<h1>The mill is open</h1><p>The mill is open, the council said on Friday.</p>" * 9
    pages.write_text(
        json.dumps({"html": html, "url": "https://n.example/1", "published": "2024-01-26"}) + "\n"
    )
    command = [sys.executable, SCRIPT, "--pages", pages, "--lines", lines]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "| ingest | 1.000 | 0.000 | 0.000 |" in done.stdout and "1 pages" in done.stdout
