"""A run that ended early goes on: its journal, and outputs that forget what came after a place."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.batch.files import NameList
from ingest.batch.journal import Journal
from ingest.batch.outputs import AppendedFile, is_durable, kind_of_output, open_output, remove_leftovers
from ingest.batch.repeats import Repeats, signature
from ingest.batch.shape import Shape
from ingest.batch.totals import Totals
from ingest.pipeline import parse

WORDS = "the harbour board voted on tuesday to dredge the eastern channel before winter its chair said " * 3
SELECTED = Shape("all", ("article.headline", "source.name"))


def record(number: int) -> str:
    text = f"Pilot {number} asks for a deeper channel\n\nBy Ines Dahl\n\n26 January 2024\n\n" + "\n\n".join(
        f"The harbour board of town {number} voted {part} on Tuesday to dredge the channel before the winter."
        for part in ("once", "twice")
    )
    return parse(text, name=f"{number}.txt").to_json()


RECORDS = [record(number) for number in range(5)]


def test_the_last_commit_is_where_a_run_goes_on(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path / "out.jsonl"))
    assert journal.last("one") is None
    journal.begin("one", None)
    assert journal.last("one") is None  # begun, and nothing done
    journal.commit({"done": 100})
    journal.commit({"done": 200})
    assert journal.last("one") == {"done": 200}
    with pytest.raises(ValueError, match="other options"):
        journal.last("another")
    journal.begin("one", {"done": 200})
    assert journal.last("one") == {"done": 200}
    journal.remove()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("end", [b"0000", b"00000000 {}\n", b"zz {}\n", b'd202ef8d {"a": 1}', b"1\n", b"\n"])
def test_a_line_that_was_cut_short_tells_nothing(tmp_path: Path, end: bytes) -> None:
    journal = Journal(str(tmp_path / "out"))
    journal.begin("one", {"done": 100})
    journal.close()
    with open(journal.path, "ab") as file:
        file.write(end)
    assert journal.last("one") == {"done": 100}
    Path(journal.path).write_bytes(end)
    assert journal.last("one") is None


def test_two_runs_do_not_write_to_one_output(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    journal = Journal(str(tmp_path / "out"))
    journal.begin("one", None)
    code = "import sys; from ingest.batch.journal import Journal; Journal(sys.argv[1]).begin('one', None)"
    other = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "out")], capture_output=True, text=True, timeout=60
    )
    assert "BlockingIOError" in other.stderr
    journal.close()


@pytest.mark.parametrize(
    "name", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.csv", "out.md", "out.txt"]
)
@pytest.mark.parametrize("named", [False, True])
def test_a_file_goes_on_from_a_place(tmp_path: Path, name: str, named: bool) -> None:
    def run(path: Path, broken: bool) -> bytes:
        out: Any = open_output(str(path), kind_of_output(name), None, Shape())
        for number in (0, 1):
            out.write(number, RECORDS[number])
        place = out.mark()
        if broken:
            out.write(2, RECORDS[4])  # of a run that was stopped before the commit
            out.mark()
            out.close()
            if named:
                os.replace(out.partial, path)
            out = open_output(str(path), kind_of_output(name), place, Shape())
        for number in (2, 3):
            out.write(number, RECORDS[number])
        out.finish()
        return path.read_bytes()

    (tmp_path / "whole").mkdir()
    whole = run(tmp_path / "whole" / name, False)
    assert run(tmp_path / name, True) == whole
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [name]


@pytest.mark.parametrize("shape", [Shape(), SELECTED])
@pytest.mark.parametrize("named", [False, True])
def test_a_database_goes_on_from_a_place(tmp_path: Path, shape: Shape, named: bool) -> None:
    path = str(tmp_path / "out.db")
    lines = [json.dumps(shape.of(json.loads(one))) for one in RECORDS]
    out: Any = open_output(path, "sqlite", None, shape)
    for number in (0, 1):
        out.write(number, lines[number])
    place = out.mark()
    out.write(2, lines[4])
    out.mark()
    out.close()
    if named:
        os.replace(out.partial, path)
    out = open_output(path, "sqlite", place, shape)
    out.write(2, lines[2])
    out.finish()
    base = sqlite3.connect(path)
    column, name = ("article_headline", "source_name") if shape.select else ("headline", "name")
    assert base.execute(f"SELECT id, {column}, {name} FROM pages ORDER BY id").fetchall() == [
        (number + 1, f"Pilot {number} asks for a deeper channel", f"{number}.txt") for number in range(3)
    ]
    if not shape.select:
        assert base.execute("SELECT count(*) FROM paragraphs").fetchone() == (6,)
        found = base.execute("SELECT rowid FROM pages_fts WHERE pages_fts MATCH 'pilot AND 2'").fetchall()
        assert found == [(3,)]
    base.close()


def test_a_database_that_was_begun_anew_forgets_all(tmp_path: Path) -> None:
    path = tmp_path / "out.db"
    out: Any = open_output(str(path), "sqlite", None, SELECTED)
    out.write(0, json.dumps(SELECTED.of(json.loads(RECORDS[0]))))
    out.mark()
    out.close()
    out = open_output(str(path), "sqlite", None, Shape())
    out.finish()
    assert sqlite3.connect(path).execute("SELECT count(*) FROM pages").fetchone() == (0,)
    path.with_name("out.db.partial").write_bytes(b"this is no database, whatever its name says" * 99)
    with pytest.raises(OSError, match="not a database"):
        open_output(str(path), "sqlite", 1, Shape())


def test_parquet_goes_on_from_a_part(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = str(tmp_path / "out.parquet")
    out = open_output(path, "parquet", None, Shape())
    out.write(0, RECORDS[0])
    place = out.mark()
    out.write(1, RECORDS[4])
    out.mark()
    out.close()
    Path(path + ".parts", "00000007.parquet.new").write_bytes(b"half a part")
    out = open_output(path, "parquet", place, Shape())
    out.write(1, RECORDS[1])
    out.finish()
    assert [row["source"]["name"] for row in parquet.read_table(path).to_pylist()] == ["0.txt", "1.txt"]
    remove_leftovers(path)
    assert [one.name for one in tmp_path.iterdir()] == ["out.parquet"]


def test_what_can_be_gone_back_in(tmp_path: Path) -> None:
    assert is_durable(str(tmp_path / "new")) and not is_durable("-") and not is_durable(os.devnull)
    out = open_output(os.devnull, "jsonl", None, Shape())
    out.write(0, RECORDS[0])
    assert out.mark() == 0
    out.finish()
    assert not list(tmp_path.iterdir())


def test_a_packed_file_has_the_same_bytes_whenever_it_is_written(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        out = AppendedFile(str(tmp_path / name), None)
        out.write(0, RECORDS[0])
        out.finish()
    one, other = ((tmp_path / name).read_bytes() for name in ("a.gz", "b.gz"))
    assert one == other
    assert gzip.decompress(one).decode() == RECORDS[0] + "\n"


@pytest.mark.parametrize("how", ["exact", "near"])
def test_a_story_is_known_again_after_going_on(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == "near":
        pytest.importorskip("datasketch")
    monkeypatch.setattr("ingest.batch.repeats.KEPT", {"exact": 2, "near": 2})
    other, third = (
        WORDS.upper().replace("HARBOUR", "village").replace("EASTERN CHANNEL", "road"),
        "東京の港" * 40,
    )
    stories = [signature(text, how) for text in (WORDS, " ".join(reversed(other.split())), third)]
    assert None not in stories and len(set(stories)) == 3
    assert signature("Too short to be compared", how) is None
    first = Repeats(how)
    assert first.first(None, "stub.txt") == (None, "")
    notes = [first.first(story, f"{number}.txt")[1] for number, story in enumerate(stories[:2])]
    assert first.first(stories[0], "again.txt") == ("0.txt", "")
    later = Repeats(how)
    for note in notes:
        later.again(note)
    assert later.first(stories[1], "again.txt") == ("1.txt", "")
    assert later.first(stories[2], "2.txt")[0] is None
    assert later.first(stories[0], "0.txt")[0] is None  # only so many are kept


def test_counts_go_on(tmp_path: Path) -> None:
    totals = Totals()
    totals.counts.update(pages=1200, articles=1000, teasers=7, duplicates=3)
    totals.warnings["imprecise"] += 2
    totals.errors["empty"] += 1
    later = Totals(json.loads(json.dumps(totals.state())))
    later.skipped = {"status 404": 5}
    assert (later.inputs, later.speed) == (1201, 0.0)
    assert str(later) == (
        "1,200 pages, 1,000 articles, 7 teasers, 200 without an article; 3 duplicates; warnings imprecise 2; "
        "errors empty 1; skipped status 404 5; 0.0 pages/s"
    )
    assert later.summary()["without_article"] == 200


@pytest.mark.parametrize(("nul", "mark"), [(False, b"\n"), (True, b"\0")])
def test_a_list_of_names_can_be_gone_through_again(tmp_path: Path, nul: bool, mark: bytes) -> None:
    names = [f"pages/{number:05}.txt" for number in range(9000)]
    path = tmp_path / "list"
    path.write_bytes(mark.join(map(os.fsencode, ["", *names, "b\xe9 c.txt"])))
    listed = NameList(str(path), nul)
    assert list(listed) == [*names, "b\xe9 c.txt"] == list(listed)
    assert repr(listed) == "NameList"
