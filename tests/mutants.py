"""How many wrong versions of a room the tests find out: a sample of cosmic-ray's mutants, drawn with a seed.

    pip install cosmic-ray
    python tests/mutants.py dates --sample 300 --seed 7

Works on a copy of the tree, one mutant after the other, and prints those that no test minded. Left out are
mutants that are the same program: of annotations, which nothing evaluates, and of `==` against `is`.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = {  # the quick tests of each room, its doctests beside them
    "dates": ("tests/unit/dates",),
    "datelines": ("tests/unit/datelines",),
    "build": ("tests/unit/build", "tests/test_pages.py"),
}
CONFIG = """[cosmic-ray]
module-path = "src/ingest/{room}"
timeout = {timeout}
excluded-modules = []
test-command = "{python} -m pytest -q -x -p no:cacheprovider {tests} src/ingest/{room}"
[cosmic-ray.distributor]
name = "local"
"""
_SAME = ("Eq_Is", "Is_Eq", "NotEq_IsNot", "IsNot_NotEq")
Place = tuple[int, int]


def annotations(source: str) -> list[tuple[Place, Place]]:
    """Where a module's annotations begin and end: row and column.

    >>> annotations("def f(x: int | None) -> str: ...")
    [((1, 9), (1, 19)), ((1, 24), (1, 27))]
    """
    nodes = []
    for node in ast.walk(ast.parse(source)):
        nodes += [getattr(node, "annotation", None), getattr(node, "returns", None)]
    return sorted(
        ((node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0))
        for node in nodes
        if node is not None
    )


def draw(session: Path, root: Path, most: int, seed: int) -> int:
    """Keeps a sample of a session's mutants; how many there were to draw from."""
    database = sqlite3.connect(session)
    rows = database.execute(
        "select module_path, start_pos_row, start_pos_col, operator_name, occurrence, job_id "
        "from mutation_specs"
    ).fetchall()
    told = {path: annotations((root / path).read_text("utf-8")) for path in {row[0] for row in rows}}
    real = [
        row
        for row in rows
        if not row[3].endswith(_SAME)
        and not any(first <= (row[1], row[2]) < last for first, last in told[row[0]])
    ]
    kept = {row[5] for row in random.Random(seed).sample(sorted(real), min(most, len(real)))}
    for table in ("mutation_specs", "work_items"):
        database.executemany(
            f"delete from {table} where job_id = ?", [(row[5],) for row in rows if row[5] not in kept]
        )
    database.commit()
    return len(real)


def survivors(session: Path) -> list[str]:
    """The mutants that no test minded: where, and the lines that differ."""
    rows = sqlite3.connect(session).execute(
        "select m.module_path, m.start_pos_row, r.diff "
        "from mutation_specs m join work_results r using (job_id) "
        "where r.test_outcome = 'SURVIVED' order by 1, 2"
    )
    return [
        f"{path}:{row} "
        + " => ".join(
            line[1:].strip()
            for line in diff.splitlines()
            if line[:1] in "+-" and line[:3] not in ("+++", "---")
        )
        for path, row, diff in rows
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("room", choices=TESTS)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds a mutant's tests may take")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("src", "tests", "samples", "pyproject.toml"):
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, copy / name)
        tests = " ".join(TESTS[options.room])
        (copy / "room.toml").write_text(
            CONFIG.format(room=options.room, timeout=options.timeout, tests=tests, python=sys.executable)
        )
        environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
        ray = [shutil.which("cosmic-ray") or str(Path(sys.executable).with_name("cosmic-ray"))]
        session = copy / "room.sqlite"
        subprocess.run([*ray, "init", "room.toml", session.name], cwd=copy, env=environment, check=True)
        drawn_from = draw(session, copy, options.sample, options.seed)
        subprocess.run([*ray, "exec", "room.toml", session.name], cwd=copy, env=environment, check=True)
        outcomes = Counter(
            row[0] for row in sqlite3.connect(session).execute("select test_outcome from work_results")
        )
        print(*survivors(session), sep="\n")
        print(f"{options.room}: {dict(outcomes)} of {drawn_from} mutants, seed {options.seed}")


if __name__ == "__main__":
    main()
