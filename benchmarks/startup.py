#!/usr/bin/env python3
"""How long a newcomer waits: whole processes of `ingest` beside a Python that does nothing.

usage: python benchmarks/startup.py [--runs N] [--check]

Run it with the Python that has `ingest` installed. The commands take turns, so that whatever else
the machine does slows them alike, and the median of each counts. --check exits 1 above a limit.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time

SAMPLE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "samples", "dawn-coalition-talks.txt")


def commands() -> dict[str, tuple[list[str], float | None]]:
    """What is run, by the name that the table gives it, with the limit of its ratio."""
    python = sys.executable
    script = shutil.which("ingest", path=os.path.dirname(python))
    ingest = [script] if script else [python, "-m", "ingest"]
    return {
        "python3 -c pass": ([python, "-c", "pass"], None),
        "ingest --version": ([*ingest, "--version"], 3.0),
        f"ingest parse {os.path.basename(SAMPLE)}": ([*ingest, "parse", SAMPLE], 6.0),
        f"ingest parse --rest {os.path.basename(SAMPLE)}": ([*ingest, "parse", "--rest", SAMPLE], None),
    }


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=21, help="runs of each command (default 21)")
    parser.add_argument("--check", action="store_true", help="exit 1 when a limit is broken")
    options = parser.parse_args()

    table = commands()
    for command, _ in table.values():
        seconds(command)  # the first run writes the bytecode
    times: dict[str, list[float]] = {name: [] for name in table}
    for _ in range(options.runs):
        for name, (command, _) in table.items():
            times[name].append(seconds(command))

    medians = {name: statistics.median(values) for name, values in times.items()}
    bare = next(iter(medians.values()))
    broken = False
    print("| command | median, ms | times bare Python | limit |")
    print("| --- | --- | --- | --- |")
    for name, (_, limit) in table.items():
        ratio = medians[name] / bare
        broken |= limit is not None and ratio > limit
        print(f"| `{name}` | {medians[name] * 1000:.1f} | {ratio:.2f} | {limit or ''} |")
    return 1 if options.check and broken else 0


if __name__ == "__main__":
    sys.exit(main())
