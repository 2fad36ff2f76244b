#!/usr/bin/env python3
"""How fast this program is, beside its peers and beside the least that any of them must do.

usage: python benchmarks/speed.py [DATA] [--limit N] [--rounds N] [--only NAME] [--sizes BYTES] [--json FILE]

DATA is a folder of pages (HTML or text, .gz or not), or JSON Lines (.gz or not) whose rows have `html`,
`flat` or `text`. Without it only start-up and growth are measured, on made pages.

Markdown tables go to standard output, everything else to standard error.
  HTML      pages a second and core: this program, trafilatura in both modes, resiliparse, readability-lxml,
            jusText, and lxml's bare parse, the floor under any work on HTML
  text      the same for flat text, beside decoding it and splitting it into lines
  start-up  whole processes, beside a Python that does nothing
  growth    whole processes of `ingest parse` on made pages: processor time and peak memory by size of page,
            and by length of line at one size

The programs take turns, page by page, each beginning as often as the others, --rounds times over. Processor
time counts, and of a page's times the least: what else the machine does can only add to it. The time to
import a program is left out. One that is not installed (`pip install -e '.[benchmark]'`) is skipped.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import logging
import random
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import startup
from pages import LabelledPage
from programs import PROGRAMS, Answer

Reader = Callable[[LabelledPage], object]
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)  # bytes of the made pages
LINES = (20, 100, 500, 2_500)  # characters of their lines, at one size
ONE_SIZE = 500_000


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# --- Pages ------------------------------------------------------------------------------------------


def read_pages(path: Path, limit: int | None) -> list[LabelledPage]:
    """The pages of a folder or of JSON Lines; OSError and ValueError say what can't be read."""
    return list(islice(_files(path) if path.is_dir() else _rows(path), limit))


def _rows(path: Path) -> Iterator[LabelledPage]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            row = json.loads(line)
            flat = row.get("flat") or row.get("text")
            yield LabelledPage(str(number), row.get("html"), flat, row.get("url"))


def _files(folder: Path) -> Iterator[LabelledPage]:
    from ingest.read.sniff import format_of_text

    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")
        html = format_of_text(text) == "html"
        yield LabelledPage(path.name, text if html else None, None if html else text)


def made_page(size: int, html: bool, line: int = 300) -> bytes:
    """A news page of so many bytes: stories of paragraphs, and lists of teasers with their dates.

    >>> 900 < len(made_page(1_000, html=True)) < 1_600, made_page(1_000, True) == made_page(1_000, True)
    (True, True)
    """
    chance = random.Random(size)
    parts, length = ["<html><body>"] if html else [], 0
    while length < size:
        kind = chance.choice(("p", "p", "p", "h2", "li"))
        text = _sentence(chance, line if kind == "p" else min(line, 60))
        if kind == "li":
            text += f" {chance.randint(1, 28)} November 2024"
        block = f'<div class="box {kind}-box"><{kind}>{text}</{kind}></div>' if html else f"{text}\n"
        parts.append(block)
        length += len(block) + 1
    return "\n".join(parts).encode()


_WORDS = "the harbour council said on a ferry island winter bread price of mill and town rain for its".split()


def _sentence(chance: random.Random, length: int) -> str:
    text = f"Story{chance.randint(1, 99_999)}"
    while len(text) < length:
        text += " " + chance.choice(_WORDS) + ("." if chance.random() < 0.06 else "")
    return text + "."


# --- Programs ---------------------------------------------------------------------------------------


def lxml_parse() -> Reader:
    from lxml import etree

    def read(page: LabelledPage) -> object:
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
        return etree.fromstring((page.html or "").encode("utf-8", "replace"), parser)

    return read


def trafilatura_fast() -> Reader:
    from trafilatura import bare_extraction

    return lambda page: bare_extraction(page.html, url=page.url, include_comments=False, fast=True)


def split_lines() -> Reader:
    return lambda page: [line.strip() for line in (page.flat or "").encode().decode().splitlines()]


def readers(form: str, only: Sequence[str]) -> dict[str, Reader]:
    """The programs for a form of page that are installed, by their names; the floor comes first."""
    floor = ("lxml, the bare parse", lxml_parse) if form == "html" else ("decoding, splitting", split_lines)
    loads: dict[str, Callable[[], Reader]] = dict([floor])
    loads |= {p.name: p.load for p in PROGRAMS[form] if p.name not in ("newspaper4k", "everything kept")}
    if form == "html":
        loads["trafilatura, fast"] = trafilatura_fast
    found = {}
    for name, load in loads.items():
        if name == floor[0] or not only or name in only:
            try:
                found[name] = load()
                found[name](LabelledPage("", "<p>The mill is open.</p>", "The mill is open."))
            except ImportError as error:
                tell(f"{name} is left out: {error}")
    return found


def seconds(programs: dict[str, Reader], pages: Sequence[LabelledPage], rounds: int) -> dict[str, float]:
    """The least processor time that each program took for each page, summed."""
    least = {name: [float("inf")] * len(pages) for name in programs}
    order = list(programs)
    for turn in range(rounds):
        for at, page in enumerate(pages):
            for name in order[(turn + at) % len(order) :] + order[: (turn + at) % len(order)]:
                start = time.process_time()
                try:
                    answer: object = programs[name](page)
                except Exception as error:  # a peer may fail on a page; what it took counts
                    answer = Answer("")
                    tell(f"{name}, page {page.id}: {type(error).__name__}")
                least[name][at] = min(least[name][at], time.process_time() - start)
                del answer
            gc.collect(0)
        tell(f"round {turn + 1} of {rounds}")
    return {name: sum(times) for name, times in least.items()}


def speed_table(form: str, pages: Sequence[LabelledPage], rounds: int, only: Sequence[str]) -> dict[str, Any]:
    """Prints the table of one form of page; the figures are given back."""
    size = sum(len(((page.html if form == "html" else page.flat) or "").encode()) for page in pages)
    taken = seconds(readers(form, only), pages, rounds)
    floor = next(iter(taken.values()))
    print(f"\n{len(pages)} pages of {form}, {size / len(pages) / 1000:.0f} KB on average\n")
    print("| program | ms a page | pages a second | MB a second | times the floor |\n" + "| --- " * 5 + "|")
    for name, total in sorted(taken.items(), key=lambda item: item[1]):
        print(
            f"| {name} | {1000 * total / len(pages):.2f} | {len(pages) / total:.0f} "
            f"| {size / total / 1e6:.1f} | {total / floor:.1f} |"
        )
    return {name: len(pages) / total for name, total in taken.items()}


# --- Whole processes --------------------------------------------------------------------------------


# A small process between this one and the measured one, whose peak begins with that of what starts it
_BETWEEN = """
import os, sys
child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "ingest", "parse", sys.argv[1]])
_, status, usage = os.wait4(child, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status), file=sys.stderr)
"""


def process(data: bytes, suffix: str) -> tuple[float, float]:
    """Processor seconds and peak megabytes of `ingest parse` on a page."""
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(data)
        file.flush()
        command = [sys.executable, "-c", _BETWEEN, file.name]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    took, peak, status = done.stderr.splitlines()[-1].split()
    if status != "0":
        raise RuntimeError(f"ingest parse failed: {done.stderr}")
    return float(took), int(peak) / (1000 if sys.platform != "darwin" else 1_000_000)


def growth_table(title: str, pages: Sequence[tuple[str, bytes, str]]) -> list[dict[str, Any]]:
    """Prints time and memory of whole processes, above those of one with next to nothing to do."""
    base, _ = min(process(b"The mill is open.", ".txt") for _ in range(3))
    print(
        f"\n| {title} | bytes | s | above start-up, ms a 100 KB | peak MB | limit MB |\n" + "| --- " * 6 + "|"
    )
    rows = []
    for name, data, suffix in pages:
        took, peak = min(process(data, suffix) for _ in range(2))
        limit = 60 + 3 * len(data) / 1e6
        share = max(0.0, took - base) * 1e8 / len(data)
        print(f"| {name} | {len(data):,} | {took:.2f} | {share:.1f} | {peak:.0f} | {limit:.0f} |", flush=True)
        rows.append({"name": name, "bytes": len(data), "seconds": took, "peak": peak})
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--limit", type=int, help="pages at most")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", action="append", default=[], help="a program's name; may be repeated")
    parser.add_argument(
        "--sizes", default=",".join(map(str, SIZES)), help="bytes of the made pages; '' for none"
    )
    parser.add_argument("--starts", type=int, default=11, help="processes of each kind that are started")
    parser.add_argument("--json", type=Path, help="writes the figures there, too")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")

    figures: dict[str, Any] = {}
    if options.data is not None:
        try:
            pages = read_pages(options.data, options.limit)
        except (OSError, ValueError) as error:
            tell(f"speed.py: {options.data}: {error}")
            return 1
        for form, having in (("html", "html"), ("flat", "flat")):
            fitting = [page for page in pages if getattr(page, having)]
            if fitting:
                figures[form] = speed_table(form, fitting, options.rounds, options.only)
    print()
    figures["start-up"] = startup.table(options.starts)
    sizes = [int(size) for size in options.sizes.split(",") if size]
    if sizes:
        forms = [(form, size) for form in ("html", "txt") for size in sizes]
        made = [(form, made_page(size, form == "html"), f".{form}") for form, size in forms]
        figures["growth"] = growth_table("made page", made)
        one = min(ONE_SIZE, max(sizes))
        lines = [(f"{length} characters", made_page(one, False, length), ".txt") for length in LINES]
        figures["lines"] = growth_table("lines of", lines)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
