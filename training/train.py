"""Makes the model that `ingest` ships: `python training/train.py DATA -o src/ingest/label/model.crfsuite`.

DATA is a folder with pages.jsonl.gz (hand-checked pages), and dates.jsonl.gz and segments.jsonl.gz
(pages on which two extractors are asked, and believed where they agree). The same data give the
same bytes. `--folds N` trains N models instead, each without the publishers that it is tested on.
"""

from __future__ import annotations

import argparse
import random
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from agreement import agreed_texts
from compose import compose
from data import Example, dumped, flattened, from_agreement, from_gold, parts_of, read
from disguise import disguise
from render import STYLES

from ingest.label.features import features

SEED = 20240126
_STYLES = [style for style in STYLES if style != "oneline"]  # whose pieces mix a page's parts
_DISGUISED = 0.25  # share of composed pages
_MIN_PUBLISHERS = 8  # a word counts as evidence from so many publishers on
_LEXICAL = ("first=", "last=", "text=", "w=", "c=", "in=", "tag=")
_PARAMETERS = {"c1": 2.0, "c2": 0.1, "max_iterations": 120, "feature.possible_transitions": True}


def load(folder: Path, peers: Path) -> tuple[list[Example], list[Example], list[Example]]:
    """Gold HTML pages, their flat dumps, and the pages that two extractors agree on."""
    html, flat = zip(*(from_gold(row) for row in read(folder / "pages.jsonl.gz")), strict=True)
    texts = agreed_texts(folder, peers)
    agreed = []
    for name in ("dates", "segments"):
        for row in read(folder / f"{name}.jsonl.gz"):
            example = from_agreement(row, *texts[name, row["id"]])
            if example is not None:
                agreed.append(example)
    return list(html), list(flat), agreed


def language(example: Example) -> str:
    said = example.metadata.language if example.metadata else None
    return (said or "und").split("-")[0].lower()


def training_set(
    html: Sequence[Example], flat: Sequence[Example], agreed: Sequence[Example], composed: int
) -> list[Example]:
    """Every page in each of its forms, some in languages that nobody speaks, and composed ones."""
    rng = random.Random(SEED)
    examples = [*html, *flat, *agreed]
    examples += [flattened(example, rng) for example in (*html, *agreed)]
    for example in (*html, *agreed):
        for style in rng.sample(_STYLES, example.weight):
            other = dumped(example, style)
            if other is not None:
                examples.append(other)
    lenders = [parts for e in (*html, *agreed) if (parts := parts_of(e, language(e))) is not None]
    for at, page in enumerate(compose(lenders, composed, SEED)):
        lines, labels = zip(*(disguise(page, rng) if rng.random() < _DISGUISED else page), strict=True)
        examples.append(Example(f"composed{at % 50}", lines, labels))
    for example in rng.sample([*html, *agreed], (len(html) + len(agreed)) // 4):
        plain = flattened(example, rng) if rng.random() < 0.5 else example
        page = disguise(list(zip(plain.lines, plain.labels, strict=True)), rng)
        lines, labels = zip(*page, strict=True)
        examples.append(Example(example.publisher, lines, labels))
    return examples


def train(examples: Sequence[Example], model: Path, verbose: bool = False) -> None:
    """Trains on the examples; words that only a few publishers use are left out."""
    from pycrfsuite import Trainer

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


def fold_of(publisher: str, folds: int) -> int:
    return zlib.crc32(publisher.encode()) % folds


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, help="model file; with --folds a prefix")
    parser.add_argument(
        "--peers", type=Path, default=Path("peers.jsonl.gz"), help="cache of the extractors' texts"
    )
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, help="with --folds: train this fold alone")
    parser.add_argument("--composed", type=int, default=700)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    html, flat, agreed = load(options.data, options.peers)
    print(f"{len(html)} gold pages, {len(agreed)} agreed ones", file=sys.stderr)
    for fold in range(max(1, options.folds)):
        if options.only is not None and fold != options.only:
            continue
        sets = [
            [e for e in group if not options.folds or fold_of(e.publisher, options.folds) != fold]
            for group in (html, flat, agreed)
        ]
        output = Path(f"{options.output}.{fold}") if options.folds else options.output
        train(training_set(*sets, options.composed), output, options.verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main())
