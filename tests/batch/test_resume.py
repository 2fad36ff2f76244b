"""A run that is killed goes on: nothing is lost, nothing is written twice.

INGEST_KILLS sets how often each output is killed (3); `INGEST_KILLS=25 pytest tests/batch/test_resume.py` is
the long run.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

from .conftest import COMMAND, records, story

KILLS = int(os.environ.get("INGEST_KILLS", "3"))
PAGES = 600


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    with open(path, "w", encoding="utf-8") as file:
        for number in range(PAGES):
            text = "" if number % 50 == 7 else story(number - number % 9)
            file.write(json.dumps({"text": text, "url": f"https://n{number % 3}.example/{number}"}) + "\n")
    return path


def content(path: Path) -> object:
    """What an output says, whatever its form."""
    if path.suffix == ".db":
        base = sqlite3.connect(path)
        return [
            base.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall()
            for t in ("pages", "paragraphs", "teasers")
        ]
    if path.suffix == ".parquet":
        from pyarrow import parquet

        return parquet.read_table(path).to_pylist()
    return path.read_bytes()


@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz", "jsonl.zst", "csv", "db", "parquet"])
def test_a_killed_run_ends_like_an_undisturbed_one(tmp_path, rows, suffix):
    chance = random.Random(suffix)
    options = ["rows.jsonl", "-q", "-j", "2", "--resume", "--dedupe", "exact", "-o"]
    undisturbed, disturbed = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    subprocess.run([*COMMAND, *options, undisturbed.name], cwd=tmp_path, timeout=300)
    kills = 0
    while kills < KILLS:
        for path in tmp_path.glob("b.*"):
            path.unlink()
        kills += _killed_until_done([*COMMAND, *options, disturbed.name], disturbed, chance, KILLS - kills)
        assert content(disturbed) == content(undisturbed)
        errors = [Path(f"{path}.errors.jsonl").read_bytes() for path in (undisturbed, disturbed)]
        assert errors[0] == errors[1] and len(records(errors[0])) == PAGES // 50
        left = sorted(path.name for path in tmp_path.glob("b.*"))
        assert left == [disturbed.name, disturbed.name + ".errors.jsonl"]


def _killed_until_done(command: list[str], output: Path, chance: random.Random, most: int) -> int:
    """Begin a run and go on with it until it is done; how often it was killed, at random moments."""
    kills = 0
    while not output.exists() or Path(f"{output}.journal").exists():
        process = subprocess.Popen(command, cwd=output.parent, start_new_session=True)
        try:
            process.wait(chance.uniform(0.3, 3.0) if kills < most else 300)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
    return kills


def _obey() -> None:
    """A shell lets what it runs in the background ignore Ctrl-C, and so may the tests have been begun."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_leaves_a_run_that_can_go_on(tmp_path, rows):
    command = [*COMMAND, "rows.jsonl", "-j", "1", "-o", "a.jsonl"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, preexec_fn=_obey)
    while not (tmp_path / "a.jsonl.journal").exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130 and b"--resume" in told and b"Traceback" not in told
    assert not (tmp_path / "a.jsonl").exists()
    refused = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60)
    assert refused.returncode == 2 and b"--resume" in refused.stderr
    other = subprocess.run([*command, "--resume", "--rest"], cwd=tmp_path, capture_output=True, timeout=60)
    assert other.returncode == 2 and b"inputs have changed" in other.stderr
    done = subprocess.run([*command, "--resume", "-q"], cwd=tmp_path, timeout=120)
    assert done.returncode == 1
    assert len(records((tmp_path / "a.jsonl").read_bytes())) == PAGES - PAGES // 50


def test_a_torn_journal_line_tells_nothing(tmp_path):
    from ingest.batch.journal import Journal

    journal = Journal(str(tmp_path / "j"))
    journal.begin("print", None)
    journal.commit({"done": 100})
    journal.close()
    with open(tmp_path / "j", "ab") as file:
        file.write(b'00000000 {"done":200}\n0000')
    assert Journal(str(tmp_path / "j")).last("print") == {"done": 100}
    with pytest.raises(ValueError):
        Journal(str(tmp_path / "j")).last("another")


@pytest.mark.skipif("COVERAGE_PROCESS_CONFIG" in os.environ, reason="what is measured is written to it, too")
@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz", "csv", "db", "parquet"])
def test_a_full_disk(tmp_path, rows, suffix):
    """The system lets files grow so far only, as a disk would that has no more room."""
    most = 10_000 if suffix in ("jsonl.gz", "parquet") else 100_000
    resource = pytest.importorskip("resource")
    options = ["rows.jsonl", "-q", "-j", "1", "-o"]

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [*COMMAND, *options, f"a.{suffix}"], cwd=tmp_path, preexec_fn=full, capture_output=True, timeout=120
    )
    assert done.returncode == 1 and done.stderr.count(b"\n") == 1 and b"Traceback" not in done.stderr
    assert not (tmp_path / f"a.{suffix}").exists()
    for name, more in ((f"a.{suffix}", ["--resume"]), (f"b.{suffix}", [])):
        assert subprocess.run([*COMMAND, *options, name, *more], cwd=tmp_path, timeout=120).returncode == 1
    assert content(tmp_path / f"a.{suffix}") == content(tmp_path / f"b.{suffix}")


def test_changed_inputs_are_not_mixed(tmp_path, rows):
    command = [*COMMAND, "rows.jsonl", "-q", "-j", "1", "-o", "a.jsonl", "--resume"]
    process = subprocess.Popen(command, cwd=tmp_path)
    while not (tmp_path / "a.jsonl.journal").exists():
        assert process.poll() is None
    process.kill()
    process.wait()
    with open(rows, "a", encoding="utf-8") as file:
        file.write(json.dumps({"text": story(0)}) + "\n")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60)
    assert done.returncode == 2 and b"inputs have changed" in done.stderr


def test_two_runs_do_not_write_to_one_output(tmp_path, rows):
    command = [*COMMAND, "-", "-q", "-j", "1", "-o", "a.jsonl", "--resume"]
    first = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE)
    assert first.stdin is not None
    first.stdin.write(rows.read_bytes())  # which does not end before the pipe is closed
    while not (tmp_path / "a.jsonl.journal").exists():
        assert first.poll() is None
    second = subprocess.run(command, cwd=tmp_path, input=b"", capture_output=True, timeout=60)
    assert (second.returncode, second.stderr) == (2, b"ingest: a.jsonl: another run is writing to it\n")
    first.stdin.close()
    assert first.wait(120) == 1
    assert len(records((tmp_path / "a.jsonl").read_bytes())) == PAGES - PAGES // 50
