"""Fuzzing: bytes that a coverage-guided fuzzer makes, and what must hold of them (tests/invariants.py).

``python tests/fuzz.py decode --seconds 600`` (or text, html, date, dateline, page; ``all`` shares the time)
begins with a corpus cut from the test pages. With ``--corpus FOLDER`` what is found is kept there for the
next run. What breaks an invariant ends the run and is written to ``crash-…`` in the folder: make it a page in
tests/pages or a line of a test. Needs atheris (the extra ``fuzz``).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

TESTS = Path(__file__).parent
TARGETS = {  # name: the check in invariants.py, the most bytes of an input
    "decode": ("any_bytes", 2_000),
    "text": ("any_text", 4_000),
    "html": ("any_html", 4_000),
    "date": ("any_date", 120),
    "dateline": ("any_dateline", 160),
    "page": ("any_page", 6_000),
}


def corpus(target: str) -> Iterator[bytes]:
    """What the fuzzer begins with."""
    if target in ("date", "dateline"):
        name, key = {"date": ("dates.jsonl", "text"), "dateline": ("datelines.jsonl", "line")}[target]
        for row in (TESTS / "data" / name).read_text(encoding="utf-8").splitlines():
            yield json.loads(row)[key].encode()
        return
    from ingest.read.open import read_bytes

    for path in sorted((TESTS / "pages").glob("*/page.*")):
        if target != "html" or path.suffix == ".html":
            data = path.read_bytes() if target == "decode" else read_bytes(str(path))
            for start in range(0, len(data), 2_000):
                yield data[start : start + 2_000]


def fuzz(target: str, seconds: float, folder: Path) -> int:
    """One target in this process, which libFuzzer ends; the number of executions is on standard error."""
    import atheris

    with atheris.instrument_imports(include=["ingest"]):
        import invariants
    name, longest = TARGETS[target]
    check: Callable[[bytes], object] = getattr(invariants, name)
    for number, data in enumerate(corpus(target)):
        (folder / f"page-{number:04}").write_bytes(data)
    arguments = [
        sys.argv[0], str(folder), f"-max_total_time={seconds:.0f}", f"-max_len={longest}", "-timeout=60",
        "-rss_limit_mb=2048", f"-artifact_prefix={folder}/", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup(arguments, lambda data: check(data) and None)
    atheris.Fuzz()
    return 0


def run(target: str, seconds: float, folder: Path) -> tuple[int, str]:
    """One target in a process of its own: its executions, and what went wrong ("" if nothing did)."""
    command = [
        sys.executable,
        __file__,
        target,
        "--inside",
        "--seconds",
        str(seconds),
        "--corpus",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    executions = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    count = int(executions[1]) if executions else 0
    crashes = [path for path in folder.iterdir() if re.match("crash-|timeout-|oom-|slow-unit-", path.name)]
    if done.returncode or not executions:
        return count, f"{done.stderr[-3000:]}\n{[(path.name, path.read_bytes()) for path in crashes]}"
    return count, ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--seconds", type=float, default=60.0, help="in all")
    parser.add_argument("--corpus", type=Path, help="folder of inputs, kept")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return fuzz(options.target, options.seconds, options.corpus)
    targets = list(TARGETS) if options.target == "all" else [options.target]
    status = 0
    for target in targets:
        with tempfile.TemporaryDirectory() as scratch:
            folder = options.corpus / target if options.corpus else Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            count, wrong = run(target, options.seconds / len(targets), folder)
        print(f"{target}: {count:,} executions{wrong and ': ' + wrong}", flush=True)
        status = status or bool(wrong)
    return status


if __name__ == "__main__":
    sys.exit(main())
