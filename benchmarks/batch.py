#!/usr/bin/env python3
"""How fast `ingest batch` is, how it grows with workers, and that its memory does not grow with its input.

usage: python benchmarks/batch.py [--pages N] [--more N] [FOLDER...]

The pages of the FOLDERs (tests/pages unless others are named) are repeated and varied until there are N
(5,000): numbers in them change, so that no two are the same. They are read from one file of JSON Lines and
written to another, with 1 worker and with 2; the run with 2 is repeated with --more pages (50,000; 0 leaves
it out). Peak memory is that of the whole process tree, sampled ten times a second. A Markdown table goes to
standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

PAGES = Path(__file__).parent.parent / "tests" / "pages"


class Result(NamedTuple):
    """One run: pages, workers, seconds, seconds to the first record, and peak memory in MB."""

    pages: int
    workers: int
    seconds: float
    first: float
    memory: float


def write_pages(folders: list[Path], count: int, path: Path) -> None:
    """A file of JSON Lines with so many pages."""
    found = sorted(
        file for folder in folders for file in folder.rglob("*") if file.suffix in (".txt", ".html")
    )
    texts = [(file.suffix[1:], file.read_text("utf-8", "replace")) for file in found]
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            kind, text = texts[number % len(texts)]
            varied = _varied(text, number)
            row = {
                "html" if kind == "html" else "text": varied,
                "url": f"https://n{number % 200}.example/{number}",
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _varied(text: str, number: int) -> str:
    """The text with other numbers of two digits, days of a month at the most."""
    return re.sub(r"\b\d\d\b", lambda digits: f"{(int(digits[0]) + number) % 28 + 1:02}", text)


def measured(path: Path, pages: int, workers: int, folder: Path) -> Result:
    """Run it once."""
    output = folder / f"out-{pages}-{workers}.jsonl"
    command = [
        sys.executable,
        "-m",
        "ingest",
        "batch",
        str(path),
        "-o",
        str(output),
        "-j",
        str(workers),
        "-q",
    ]
    start, first, peak = time.perf_counter(), 0.0, 0.0
    process = subprocess.Popen(command)
    partial = Path(f"{output}.partial")
    while process.poll() is None:
        peak = max(peak, _tree_memory(process.pid))
        if not first and partial.exists() and partial.stat().st_size:
            first = time.perf_counter() - start
        time.sleep(0.1)
    seconds = time.perf_counter() - start
    output.unlink()
    return Result(pages, workers, seconds, first, peak)


def _tree_memory(root: int) -> float:
    """Memory that a process and its descendants have to themselves or share, in MB, shared pages once."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                parent = int(Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(name))
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1])  # type: ignore[index]
    return total / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[PAGES])
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--more", type=int, default=50_000)
    options = parser.parse_args()
    print("| pages | workers | pages/s | first commit, s | peak memory, MB |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        runs = [(options.pages, 1), (options.pages, 2), *([(options.more, 2)] if options.more else [])]
        for pages, workers in runs:
            path = folder / f"{pages}.jsonl"
            if not path.exists():
                write_pages(options.folders, pages, path)
            one = measured(path, pages, workers, folder)
            speed = one.pages / one.seconds
            print(
                f"| {pages:,} | {workers} | {speed:,.0f} | {one.first:.1f} | {one.memory:,.0f} |", flush=True
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
