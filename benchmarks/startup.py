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
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, env=settings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def table(runs: int) -> dict[str, float]:
    """Prints the table; gives back how many times bare Python each command takes."""
    rows = commands()
    for command, _ in rows.values():
        seconds(command)  # the first run writes the bytecode
    times: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(runs):
        for name, (command, _) in rows.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    bare = next(iter(medians.values()))
    print("| command | median, ms | times bare Python | limit |")
    print("| --- | --- | --- | --- |")
    for name, (_, limit) in rows.items():
        print(f"| `{name}` | {medians[name] * 1000:.1f} | {medians[name] / bare:.2f} | {limit or ''} |")
    return {name: median / bare for name, median in medians.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=21, help="runs of each command (default 21)")
    parser.add_argument("--check", action="store_true", help="exit 1 when a limit is broken")
    options = parser.parse_args()
    ratios = table(options.runs)
    limits = {name: limit for name, (_, limit) in commands().items() if limit is not None}
    return 1 if options.check and any(ratios[name] > limit for name, limit in limits.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
