"""Makes the model that `ingest` ships: `python training/train.py DATA -o src/ingest/label/model.crfsuite`.

Beside the model, in model.crfsuite.json, lie the weights of the regressions that decide what needs the whole
page (decisions.py); they are learned from what models make of pages by publishers that they have not seen.

DATA is a folder with pages.jsonl.gz (hand-checked pages), and dates.jsonl.gz and segments.jsonl.gz
(pages on which two extractors are asked, and believed where they agree, unless a hand marked otherwise).
The same data give the same bytes. `--folds N` makes N models instead, each without the publishers that it
is tested on.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory

from agreement import agreed_texts
from data import (
    SEED,
    Example,
    Pages,
    composed_pages,
    dumped,
    flattened,
    fold_of,
    from_agreement,
    from_gold,
    heard,
    read,
    shortened,
)
from decisions import unseen_readings, write_weights
from disguise import disguise
from render import STYLES

from ingest.label.features import features

_STYLES = [style for style in STYLES if style != "oneline"]  # whose pieces mix a page's parts
_FOLDS = 3  # for the readings that the regressions learn from
_BRIEFS = 0.3  # share of the pages that are also shown with a short story
_MIN_PUBLISHERS = 8  # a word counts as evidence from so many publishers on
_LEXICAL = ("first=", "last=", "text=", "w=", "c=", "in=", "tag=")
_PARAMETERS = {"c1": 2.0, "c2": 0.1, "max_iterations": 100, "feature.possible_transitions": True}


def load(folder: Path, peers: Path) -> Pages:
    """Gold pages, their flat dumps, the pages that two extractors agree on, and all in other forms."""
    html, flat = zip(*(from_gold(row) for row in read(folder / "pages.jsonl.gz")), strict=True)
    texts = agreed_texts(folder, peers)
    agreed = []
    for name in ("dates", "segments"):
        for row in read(folder / f"{name}.jsonl.gz"):
            example = from_agreement(row, *texts[name, row["id"]])
            if example is not None:
                agreed.append(example)
    pages = [*html, *agreed]
    with Pool() as pool:
        forms = pool.map(_forms, enumerate(pages), chunksize=8)
    flattened_ones, dumped_ones = ([one for form in forms for one in form[kind]] for kind in (0, 1))
    return Pages(list(html), list(flat), agreed, flattened_ones, dumped_ones)


def _forms(numbered: tuple[int, Example]) -> tuple[list[Example], list[Example]]:
    """A page without its markup, perhaps cut short, and as other programs dump it, a gold one as two do."""
    number, example = numbered
    rng = random.Random(SEED + number)
    others = (dumped(example, style) for style in rng.sample(_STYLES, example.weight))
    dumps = [other for other in others if other is not None]
    own = [flattened(example, rng)]
    if rng.random() < _BRIEFS:
        own.append(shortened(example if rng.random() < 0.5 else own[0], rng))
    return own, dumps


def training_set(pages: Pages, composed: int) -> list[Example]:
    """Every page in each of its forms, some in languages that nobody speaks, and composed ones."""
    rng = random.Random(SEED)
    examples = [example for group in pages for example in group]
    marked = [*pages.html, *pages.agreed]
    examples += composed_pages(pages, composed, SEED)
    for example in rng.sample(marked, len(marked) // 4):
        plain = flattened(example, rng) if rng.random() < 0.5 else example
        page = disguise(list(zip(plain.lines, plain.labels, strict=True)), rng)
        lines, labels = zip(*page, strict=True)
        examples.append(Example(example.publisher, lines, labels))
    return examples


def train(examples: Sequence[Example], model: Path, verbose: bool = False) -> None:
    """Trains on the examples; words that only a few publishers use are left out."""
    from pycrfsuite import Trainer

    examples = [heard(example) for example in examples]
    rows = [(example, features(example.lines, example.metadata)) for example in examples]
    common = common_words((example.publisher, row) for example, row in rows)
    trainer = Trainer(algorithm="lbfgs", params=_PARAMETERS, verbose=verbose)
    for example, row in rows:
        kept = [[name for name in names if not _is_word(name) or name in common] for names in row]
        for _ in range(example.weight):
            trainer.append(kept, [str(label.value) for label in example.labels])
    trainer.train(str(model))


def _is_word(name: str) -> bool:
    return name.startswith(_LEXICAL)


def common_words(rows: Iterable[tuple[str, list[list[str]]]]) -> set[str]:
    """The word features that enough publishers share: the others are names, which generalise to nothing."""
    users: dict[str, set[str]] = defaultdict(set)
    for publisher, row in rows:
        for names in row:
            for name in names:
                if _is_word(name):
                    users[name].add(publisher)
    return {name for name, publishers in users.items() if len(publishers) >= _MIN_PUBLISHERS}


def _always_the_same_order() -> None:
    """Starts again with Python's hashes fixed: sums hang on the order of sets, and that on the hashes."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})


def main() -> int:
    _always_the_same_order()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, help="model file; with --folds a prefix")
    parser.add_argument(
        "--peers", type=Path, default=Path("peers.jsonl.gz"), help="cache of the extractors' texts"
    )
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--composed", type=int, default=800)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    pages = load(options.data, options.peers)
    print(f"{len(pages.html)} gold pages, {len(pages.agreed)} agreed ones", file=sys.stderr)
    with TemporaryDirectory() as folder:
        prefix = options.output if options.folds else Path(folder) / "fold"
        folds = options.folds or _FOLDS
        for fold in range(folds):
            others = pages.where(lambda e, fold=fold: fold_of(e.publisher, folds) != fold)
            train(training_set(others, options.composed), Path(f"{prefix}.{fold}"), options.verbose)
        seen = unseen_readings(pages, str(prefix), folds, options.composed // 2)
        for fold in range(folds) if options.folds else ():
            write_weights([one for one in seen if one.fold != fold], Path(f"{prefix}.{fold}"))
        if not options.folds:
            train(training_set(pages, options.composed), options.output, options.verbose)
            write_weights(seen, options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
