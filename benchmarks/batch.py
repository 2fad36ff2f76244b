#!/usr/bin/env python3
"""How fast `ingest batch` is, how it grows with workers, and that its memory does not grow with its input.

usage: python benchmarks/batch.py [--pages N] [--more N] [FOLDER...]

The pages of the FOLDERs (tests/pages unless others are named) are repeated and varied until there are N
(5,000): numbers in them change, so that no two are the same. They are read from one file of JSON Lines and
written to another, with 1 worker and with 2. Then short pages, N and --more of them (50,000; 0 leaves them
out), are read with 2. Peak memory is that of the whole process tree, sampled twice a second. The first
record is awaited on standard output. On a machine with other work to do, CPU seconds tell more than pages
a second: those of all processes, and those of the main one, which no worker can take over. A Markdown table
goes to standard output.
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
SHORT = """\
Council number {number} keeps its ferry

By Ines Dahl, {day} January 2024

The council of Ferrytown {number} voted on Monday to keep the ferry, after islanders had signed a petition.

Mayor Jonas Lind said the service would be paid for by a fee on the ships that call in summer.
"""


class Result(NamedTuple):
    """One run: pages, workers, seconds, CPU seconds of all and of the main process, peak memory in MB."""

    pages: int
    workers: int
    seconds: float
    cpu: float
    main_cpu: float
    memory: float


def write_pages(folders: list[Path], count: int, path: Path) -> None:
    """A file of JSON Lines with so many pages; short ones where there are no folders."""
    found = sorted(
        file for folder in folders for file in folder.rglob("*") if file.suffix in (".txt", ".html")
    )
    texts = [(file.suffix[1:], file.read_text("utf-8", "replace")) for file in found]
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            kind, text = texts[number % len(texts)] if texts else ("text", _short(number))
            row = {
                "html" if kind == "html" else "text": _varied(text, number) if texts else text,
                "url": f"https://n{number % 200}.example/{number}",
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _short(number: int) -> str:
    return SHORT.format(number=number, day=number % 28 + 1)


def _varied(text: str, number: int) -> str:
    """The text with other numbers of two digits, days of a month at the most."""
    return re.sub(r"\b\d\d\b", lambda digits: f"{(int(digits[0]) + number) % 28 + 1:02}", text)


def command(path: Path, output: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "ingest", "batch", str(path), "-o", output, "-q", *options]


def measured(path: Path, pages: int, workers: int, folder: Path) -> Result:
    """Run it once."""
    output = folder / "out.jsonl"
    start, peak, main_cpu = time.perf_counter(), 0.0, 0.0
    process = subprocess.Popen(command(path, str(output), "-j", str(workers)))
    while True:
        pid, _, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        peak = max(peak, _tree_memory(process.pid))
        main_cpu = max(main_cpu, _cpu(process.pid))
        time.sleep(0.5)  # looking takes time as well
    seconds = time.perf_counter() - start
    with open(output, "rb") as file:
        assert sum(1 for _ in file) == pages, "a record for each page"
    output.unlink()
    return Result(pages, workers, seconds, usage.ru_utime + usage.ru_stime, main_cpu, peak)


def first_record(path: Path, *options: str) -> float:
    """Seconds until the first record comes out of a pipe."""
    start = time.perf_counter()
    with subprocess.Popen(command(path, "-", "-j", "2", *options), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline()
        seconds = time.perf_counter() - start
        process.kill()
    return seconds


def _cpu(pid: int) -> float:
    """CPU seconds of one process, without those of its children."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
        if found := re.search(r"^Pss:\s+(\d+)", rollup, re.M):  # none of a process that is ending
            total += int(found[1])
    return total / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[PAGES])
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--more", type=int, default=50_000)
    options = parser.parse_args()
    print("| pages | workers | pages/s | CPU, s | of the main process | peak memory, MB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        whole, short = folder / "pages.jsonl", folder / "short.jsonl"
        write_pages(options.folders, options.pages, whole)
        runs = [(whole, options.pages, "", 1), (whole, options.pages, "", 2)]
        if options.more:
            runs += [(short, options.pages, " short", 2), (short, options.more, " short", 2)]
        for path, pages, kind, workers in runs:
            if kind:
                write_pages([], pages, path)
            one = measured(path, pages, workers, folder)
            print(
                f"| {pages:,}{kind} | {workers} | {pages / one.seconds:,.0f} | {one.cpu:,.0f} "
                f"| {one.main_cpu:,.1f} | {one.memory:,.0f} |",
                flush=True,
            )
        learning, without = first_record(whole), first_record(whole, "--no-site-memory")
    print(f"\nfirst record after {learning:.1f} s; {without:.1f} s with --no-site-memory")
    return 0


if __name__ == "__main__":
    sys.exit(main())
