#!/usr/bin/env python3
"""How well this program finds the article, beside five others, on labelled pages.

usage: python benchmarks/quality.py DATA [--limit N] [--only NAME] [--json FILE] [--model PREFIX --folds N]

DATA is one of
  pages      JSON Lines, plain or .gz, a page a row: id, url, retrieved, html, flat, gold {summary,
             paragraphs, headline, authors, published}; flat, the page's text without markup, is
             measured too, where no other program has an answer
  segments   the same with keep and drop, lists of texts that must stay and must go, instead of gold
  a folder   a copy of the public article-extraction-benchmark: ground-truth.json, html/ID.html.gz

Markdown tables go to standard output, best first; everything else goes to standard error.
  body F1    4-gram shingles of lower-cased words with multiplicity; precision and recall are averaged
             over pages, F1 is their harmonic mean: the measure of the article-extraction-benchmark
  headline   share that is equal but for case and punctuation; authors: mean F1 of the names;
  published  share of right days, and of wrong ones: a wrong day is worse than none
  pages/s    processor time of one core. The programs take turns, page by page, each beginning as often
             as the others, --rounds times over; the median of a page's times counts. The time to import
             them is left out, and all that the table shows is in it
A program that is not installed (`pip install -e '.[benchmark]'`) is skipped. An exception on a page is
an empty answer.

The model that is shipped has seen data/pages in training, and pages of data/dates and data/segments on
which trafilatura and readability-lxml agree. Its figures there flatter it: give --model and --folds
(see training/train.py) to ask models that have not seen a page's publisher. training/crossvalidate.py
reports on these by field. The public benchmark is none of the inputs of training/train.py.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from measures import (
    Overlap,
    body_score,
    mean,
    names_score,
    overlap,
    same_words,
    segment_overlap,
    segment_score,
)
from pages import LabelledPage, read_pages
from programs import PROGRAMS, Answer, Folds, Program

Reader = Callable[[LabelledPage], Answer]
_WARM_UP = LabelledPage("", "<p>The mill is open.</p>", "The mill is open.", "https://news.example/mill")


class Run(NamedTuple):
    """A program, its answer to each page, and the seconds that each page took, round by round."""

    program: Program
    read: Reader
    answers: list[Answer]
    seconds: list[list[float]]
    errors: list[str]


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def loaded(programs: Sequence[Program], only: Sequence[str]) -> list[Run]:
    """The programs that are installed, warmed up: the first page pays for imports and caches."""
    runs = []
    for program in programs:
        if only and program.name not in only:
            continue
        try:
            run = Run(program, program.load(), [], [], [])
        except ImportError as error:
            tell(f"{program.name} is skipped: {error}")
            continue
        answered(run, _WARM_UP)
        run.errors.clear()
        runs.append(run)
    return runs


def answered(run: Run, page: LabelledPage) -> tuple[Answer, float]:
    """One page read by one program, with the seconds that it took."""
    gc.collect()  # nobody pays for what the others left behind
    start = time.process_time()
    try:
        answer = run.read(page)
    except Exception as error:
        answer = Answer("")
        run.errors.append(f"{page.id}: {type(error).__name__}: {error}")
    return answer, time.process_time() - start


def measure(runs: Sequence[Run], pages: Sequence[LabelledPage], rounds: int) -> None:
    """Lets the programs take turns at each page, and each be the first in its turn."""
    gc.freeze()
    for at in range(rounds):
        for number, page in enumerate(pages):
            if number % 50 == 0:
                tell(f"round {at + 1} of {rounds}, page {number + 1} of {len(pages)}")
            first = number % len(runs)
            for run in (*runs[first:], *runs[:first]):
                answer, seconds = answered(run, page)
                if at == 0:
                    run.answers.append(answer)
                    run.seconds.append([])
                run.seconds[number].append(seconds)
    gc.unfreeze()


def figures(run: Run, pages: Sequence[LabelledPage]) -> dict[str, Any]:
    """The measures of one program; None for what it does not give or the pages don't tell."""
    overlaps = [page_overlap(page, answer) for page, answer in zip(pages, run.answers, strict=True)]
    score = body_score(overlaps) if pages[0].body is not None else segment_score(overlaps)
    time_taken = sum(statistics.median(times) for times in run.seconds)
    return {
        **score._asdict(),
        **fields(run, pages),
        "pages_per_second": len(pages) / time_taken if time_taken else None,
        "errors": len({error.split(":")[0] for error in run.errors}),
        "pages": {page.id: tuple(row) for page, row in zip(pages, overlaps, strict=True)},
    }


def page_overlap(page: LabelledPage, answer: Answer) -> Overlap:
    if page.body is None:
        return segment_overlap(page.keep, page.drop, answer.text)
    return overlap(page.body, answer.text)


def fields(run: Run, pages: Sequence[LabelledPage]) -> dict[str, float | None]:
    """Shares of right headlines, authors and days, over the pages that have one."""
    both = list(zip(pages, run.answers, strict=True))
    days = [(p.published[:10], (a.published or "")[:10]) for p, a in both if p.published]
    shares = {
        "headline": [float(same_words(p.headline, a.headline)) for p, a in both if p.headline],
        "authors": [names_score(p.authors, a.authors) for p, a in both if p.authors],
        "published": [float(known == found) for known, found in days],
        "published_wrong": [float(bool(found) and known != found) for known, found in days],
    }
    given = {name: name.split("_")[0] in run.program.fields for name in shares}
    return {name: mean(values) if values and given[name] else None for name, values in shares.items()}


def table(results: dict[str, dict[str, Any]], body: bool) -> str:
    """Markdown, best first; a column that no program fills is left out."""
    columns = [("f1", "body F1" if body else "segments F"), ("precision", "precision"), ("recall", "recall")]
    columns += [("headline", "headline"), ("authors", "authors F1"), ("published", "day right")]
    columns += [("published_wrong", "day wrong"), ("pages_per_second", "pages/s")]
    columns = [(key, head) for key, head in columns if any(row[key] is not None for row in results.values())]
    rows = [["program", *(head for _, head in columns)], ["---", *("---:" for _ in columns)]]
    for row in sorted(results.values(), key=lambda row: -row["f1"]):
        rows.append([row["title"], *(_cell(key, row[key]) for key, _ in columns)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if key == "pages_per_second" else f"{value:.3f}"


def title(program: Program, model: str) -> str:
    """The program's name with its version, and with the model that it was measured with."""
    try:
        name = f"{program.name} {version(program.name)}"
    except PackageNotFoundError:
        name = program.name
    return f"**{name}**, {model}" if program.name == "ingest" else name


def one_quiet_core() -> None:
    """One core, and no warnings of the programs between the lines of the table."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")


def options_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    names = sorted({program.name for programs in PROGRAMS.values() for program in programs})
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, help="the first N pages alone")
    parser.add_argument("--only", action="append", choices=names, help="this program alone; repeatable")
    parser.add_argument("--rounds", type=int, default=3, help="how often a page is timed (default 3)")
    parser.add_argument("--json", type=Path, help="write the figures here, with those of each page")
    parser.add_argument("--model", help="prefix of the models of training/train.py --folds")
    parser.add_argument("--folds", type=int, help="how many models there are")
    options = parser.parse_args(arguments)
    if (options.model is None) != (options.folds is None):
        parser.error("--model and --folds go together")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    options = options_of(arguments)
    try:
        pages = read_pages(options.data, options.limit)
    except (OSError, ValueError) as error:
        tell(f"quality.py: {error}")
        return 2
    folds = Folds(options.model, options.folds) if options.model else None
    if folds:
        known, pages = len(pages), [page for page in pages if folds.has_model(page)]
        tell(f"{len(pages)} of {known} pages have a model that has not seen their publisher")
    elif not options.data.is_dir() and "ingest" in (options.only or ["ingest"]):
        tell("note: the shipped model has seen data/pages, and parts of data/dates and data/segments, in")
        tell("training; on these its figures are no measure: see --model and --folds")
    model = f"{options.folds}-fold models" if folds else "shipped model"
    report: dict[str, Any] = {"data": options.data.name, "model": model}
    for form in PROGRAMS:
        chosen = [page for page in pages if getattr(page, form) is not None]
        runs = loaded(folds.programs(form) if folds else PROGRAMS[form], options.only or ())
        if not chosen or not runs:
            continue
        measure(runs, chosen, options.rounds)
        results = {
            run.program.name: {"title": title(run.program, model), **figures(run, chosen)} for run in runs
        }
        for run in runs:
            for error in run.errors[:1]:
                tell(f"{run.program.name}: exceptions on some pages, first {' '.join(error.split())[:200]}")
        print(f"{'HTML' if form == 'html' else 'Flat text'}, {len(chosen)} pages\n")
        print(table(results, body=chosen[0].body is not None), end="\n\n", flush=True)
        report[form] = results
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    one_quiet_core()
    sys.exit(main())
