"""Measures the models that `train.py --folds N` made, each on the publishers that it has not seen.

usage: python training/crossvalidate.py DATA/pages.jsonl.gz MODEL_PREFIX SCORE.PY [--folds N] [--worst N]

Prints a report by field for flat dumps and for HTML, with the measures of SCORE.PY.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections import Counter, defaultdict
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from data import fold_of, host, read

Row = dict[str, Any]


def parsed(row: Row, flat: bool, prefix: str, folds: int) -> Row:
    """The record of one page, by the model that has not seen its publisher."""
    from ingest import label, pipeline

    fold = fold_of(host(row["url"]), folds)
    pipeline.label_lines = partial(label.label_lines, model=f"{prefix}.{fold}")
    page = pipeline.parse(
        row["flat" if flat else "html"],
        format="text" if flat else "html",
        url=row["url"],
        retrieved=(row["retrieved"] or "").replace(" ", "T") or None,
    )
    return page.to_dict()


def report(rows: list[Row], records: list[Row], score: Any, worst: int) -> None:
    """Prints the measures over all pages, and the worst pages by body F1."""
    bodies, authors, pages = [], [], []
    counts: Counter[str] = Counter()
    groups: dict[str, list[Any]] = defaultdict(list)
    for row, record in zip(rows, records, strict=True):
        gold, article = row["gold"], record["article"] or {}
        body = score.overlap("\n".join(gold["summary"] + gold["paragraphs"]), score.article_text(record))
        bodies.append(body)
        groups[row["flat_style"]].append(body)
        groups[article.get("language") or "?"].append(body)
        right, extra, missed = body
        pages.append((round(2 * right / max(1, 2 * right + extra + missed), 3), extra, missed, row["id"]))
        if gold["headline"]:
            counts["headlines"] += 1
            counts["headline right"] += score.plain(article.get("headline")) == score.plain(gold["headline"])
        if gold["published"]:
            value = article.get("published")
            same = value and value[:10] == gold["published"][:10]
            counts["date none" if not value else "date right" if same else "date wrong"] += 1
        if gold["authors"]:
            a, b = (
                {score.plain(n) for n in gold["authors"]},
                {score.plain(n) for n in article.get("authors", [])},
            )
            authors.append(2 * len(a & b) / (len(a) + len(b)))
        found, known = record["teasers"], row["silver_teasers"]
        counts["teasers matched"] += len(score.match(found, known, "title"))
        counts["teasers found"] += len(found)
        counts["teasers known"] += len(known)
    precision, recall, f1 = score.body_scores(bodies)
    print(f"body F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}")
    headlines = counts["headline right"] / counts["headlines"]
    print(f"headline {headlines:.3f}  authors {sum(authors) / len(authors):.3f}")
    print("  ".join(f"{name} {number}" for name, number in sorted(counts.items())))
    matched = counts["teasers matched"]
    print(f"teaser titles F1 {2 * matched / max(1, counts['teasers found'] + counts['teasers known']):.3f}")
    for name, group in sorted(groups.items()):
        if len(group) > 4:
            print(f"{name} {score.body_scores(group)[2]:.3f} ({len(group)})", end="  ")
    print()
    for page in sorted(pages)[:worst]:
        print("worst", *page)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=Path)
    parser.add_argument("prefix")
    parser.add_argument("score", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", type=int, help="this fold alone")
    parser.add_argument("--worst", type=int, default=10)
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", options.score)
    assert spec is not None and spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    rows = list(read(options.pages))
    if options.only is not None:
        rows = [row for row in rows if fold_of(host(row["url"]), options.folds) == options.only]
    for flat in (True, False):
        with Pool(2) as pool:
            records = pool.map(partial(parsed, flat=flat, prefix=options.prefix, folds=options.folds), rows)
        print(f"== {'flat' if flat else 'html'}, {len(rows)} pages")
        report(rows, records, score, options.worst)
    return 0


if __name__ == "__main__":
    sys.exit(main())
