"""What comes out of a batch: the same records in every form."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from ingest.write.forms import FORMS

from .conftest import COMMAND, html_story, records, story


def test_packed_outputs_hold_the_same_records(run, tmp_path, folder):
    for name in ("a.jsonl", "a.jsonl.gz", "a.jsonl.zst"):
        assert run("pages", "-q", "-o", name).returncode == 0
    plain = (tmp_path / "a.jsonl").read_bytes()
    assert plain == run("pages", "-q").stdout
    assert gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()) == plain
    with zstandard.open(tmp_path / "a.jsonl.zst", "rb") as file:
        assert file.read() == plain


def test_sqlite_has_tables_and_a_search(run, tmp_path, folder):
    assert run("pages", "-q", "-o", "news.db").returncode == 0
    base = sqlite3.connect(tmp_path / "news.db")
    assert base.execute("SELECT count(*) FROM pages").fetchone() == (12,)
    headline, country = base.execute("SELECT headline, authors FROM pages WHERE id = 1").fetchone()
    assert (headline, country) == ("Council number 0 keeps its ferry", '["Ines Dahl"]')
    assert base.execute("SELECT title, published FROM teasers WHERE page = 1").fetchone() == (
        "Harbour 0 dredged",
        "2023-11-14",
    )
    found = base.execute("SELECT rowid FROM pages_fts WHERE pages_fts MATCH 'ferrytown AND 3'").fetchall()
    assert found == [(4,), (10,)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_parquet_has_nested_columns(run, tmp_path, folder):
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run("pages", "-q", "-o", "news.parquet").returncode == 0
    rows = parquet.read_table(tmp_path / "news.parquet").to_pylist()
    expected = records(run("pages", "-q").stdout)
    for row, record in zip(rows, expected, strict=True):
        assert row.pop("duplicate_of") is None
        for teaser in row["teasers"]:
            assert teaser.pop("target") is None
        assert row == record


def test_csv_has_a_row_for_each_article_or_teaser(run, tmp_path, folder):
    (tmp_path / "pages" / "formula.txt").write_text(story(7).replace("Council", "=Council"), "utf-8")
    rows = list(csv.DictReader(io.StringIO(run("pages", "-q", "--to", "csv").stdout.decode())))
    assert len(rows) == 13
    assert rows[0]["article.published"] == "2024-01-01"
    assert rows[6]["article.headline"].startswith("'=Council")
    teasers = run("pages", "-q", "--to", "csv", "--teasers").stdout.decode()
    assert next(csv.DictReader(io.StringIO(teasers)))["title"] == "Harbour 0 dredged"


def test_only_and_select(run, folder):
    assert all("teasers" not in record for record in records(run("pages", "-q", "--only", "articles").stdout))
    assert all("article" not in record for record in records(run("pages", "-q", "--only", "teasers").stdout))
    done = run("pages", "-q", "--select", "article.headline,teasers.title")
    assert records(done.stdout)[1] == {
        "article.headline": "Council number 1 keeps its ferry",
        "teasers.title": ["Harbour 1 dredged", "School 1 has a new roof", "Nobody saw the whale of pier 1"],
    }


@pytest.mark.parametrize("form", FORMS)
def test_other_forms_are_those_of_parse(run, tmp_path, folder, form):
    files = filter(Path.is_file, (tmp_path / "pages").rglob("*"))
    pages = [record["source"]["name"] for record in records(run("pages", "-q").stdout)]
    assert len(pages) == len(list(files))
    done = run("pages", "-q", "--to", form, "--no-site-memory")
    parse = [sys.executable, "-m", "ingest", "parse", "--to", form, *pages]
    assert done.stdout == subprocess.run(parse, cwd=tmp_path, capture_output=True, check=True).stdout
    assert run("pages", "-q", "--to", form, "--select", "article.headline").returncode == 2


def test_suffixes_of_text(run, tmp_path, folder):
    for name, start in (("a.md", "---\ntitle: "), ("a.txt", "Council number 0 keeps its ferry\n")):
        assert run("pages", "-q", "-o", name).returncode == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_nothing_is_written_over(run, tmp_path, folder):
    (tmp_path / "a.jsonl").write_text("mine")
    for options in ([], ["--resume"]):
        done = run("pages", "-o", "a.jsonl", *options)
        assert done.returncode == 2 and b"a.jsonl: " in done.stderr
    assert (tmp_path / "a.jsonl").read_text() == "mine"


def test_the_summary_counts(run, tmp_path, folder):
    (tmp_path / "pages" / "front.txt").write_text("Home\nSport\nWeather\n")
    done = run("pages", "-o", "a.jsonl", "--summary", "s.json")
    told = json.loads((tmp_path / "s.json").read_text())
    teasers = sum(len(record["teasers"]) for record in records((tmp_path / "a.jsonl").read_bytes()))
    assert (told["pages"], told["articles"], told["without_article"], told["teasers"]) == (13, 12, 1, teasers)
    assert teasers >= 18
    assert b"13 pages, 12 articles" in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full disk here")
def test_a_summary_that_fails_is_what_is_told(run, tmp_path, folder):
    done = run("pages", "-q", "-o", "a.jsonl", "--summary", "/dev/full")
    assert (done.returncode, done.stderr) == (1, b"ingest: /dev/full: No space left on device\n")
    assert len(records((tmp_path / "a.jsonl").read_bytes())) == 12, "the output is whole"
    done = run("pages", "-q", "--summary", "no/s.json")
    assert (done.returncode, done.stderr) == (1, b"ingest: no/s.json: No such file or directory\n")


def test_duplicates_are_marked(run, tmp_path):
    rows = [
        story(1),
        story(2),
        story(1).replace("Most read", "Latest"),
        story(1).replace("Monday", "Tuesday"),
    ]
    (tmp_path / "r.jsonl").write_text("".join(json.dumps({"text": row}) + "\n" for row in rows))
    exact = [r["duplicate_of"] for r in records(run("r.jsonl", "-q", "--dedupe", "exact").stdout)]
    assert exact == [None, None, "r.jsonl#1", None]
    pytest.importorskip("datasketch")
    near = [r["duplicate_of"] for r in records(run("r.jsonl", "-q", "--dedupe", "near").stdout)]
    assert near[2:] == ["r.jsonl#1", "r.jsonl#1"]


def test_teasers_are_linked_to_their_stories(run, tmp_path):
    other = story(2).replace("Council number 2 keeps its ferry", "Harbour 1 dredged")
    (tmp_path / "r.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in (story(1), other)))
    assert run("r.jsonl", "-q", "-o", "a.jsonl.gz", "--link-teasers").returncode == 0
    first, second = records(gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()))
    assert first["teasers"][0]["target"] == "r.jsonl#2"
    assert second["teasers"][0]["target"] is None
    assert not list(tmp_path.glob("*.partial")) and not list(tmp_path.glob("*.linked"))


def test_what_a_publisher_repeats_is_in_no_article(run, tmp_path):
    """On one page alone the sentences of a box read like the story's own."""
    box = (
        "The islands have had a ferry since 1911, and a bridge was first talked of in 1936, the archive says."
    )
    rows = []
    for number in range(30):
        text = story(number).replace("Two of", box + "\n\nTwo of")
        rows.append({"text": text, "url": f"https://ferry.example/{number}"})
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    def with_box(*options: str) -> int:
        done = run("r.jsonl", "-q", *options)
        return sum(box in record["article"]["paragraphs"] for record in records(done.stdout))

    assert with_box() == 0
    assert with_box("-j", "1") == 0
    assert with_box("--no-site-memory") > 0


def test_a_story_that_was_fetched_often_is_not_taken_for_what_a_publisher_repeats(run, tmp_path):
    rows = [{"text": story(max(0, n - 8)), "url": f"https://ferry.example/{n}"} for n in range(40)]
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = records(run("r.jsonl", "-q").stdout)
    assert found[0]["article"]["paragraphs"] == found[8]["article"]["paragraphs"]
    assert all(len(record["article"]["paragraphs"]) == 3 for record in found)


def test_html_comes_out_as_from_parse(run, tmp_path):
    import ingest

    (tmp_path / "a.html").write_text(html_story(3))
    (record,) = records(run("a.html", "-q").stdout)
    assert record == ingest.parse(html_story(3), name="a.html").to_dict()


def test_sqlite_utils_finds_and_uses_the_search(run, tmp_path, folder):
    sqlite_utils = pytest.importorskip("sqlite_utils")
    assert run("pages", "-q", "-o", "news.db").returncode == 0
    base = sqlite_utils.Database(tmp_path / "news.db")
    assert base["pages"].detect_fts() == "pages_fts"
    assert [row["name"] for row in base["pages"].search("ferrytown 3")] == [
        "pages/3.txt",
        "pages/more/3.html.gz",
    ]
    assert [key.other_table for key in base["teasers"].foreign_keys] == ["pages"]


def test_chosen_keys_in_tables(run, tmp_path, folder):
    keys = "article.headline,teasers.title,source.position"
    for name in ("a.db", "a.parquet", "a.csv"):
        assert run("pages", "-q", "-o", name, "--select", keys, "--dedupe", "exact").returncode == 0
    titles = ["Harbour 1 dredged", "School 1 has a new roof", "Nobody saw the whale of pier 1"]
    row = sqlite3.connect(tmp_path / "a.db").execute("SELECT * FROM pages WHERE id = 2").fetchone()
    assert row == (2, "Council number 1 keeps its ferry", json.dumps(titles), None, None)
    with open(tmp_path / "a.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[1]["teasers.title"] == "; ".join(titles)
    assert rows[7]["duplicate_of"] == "pages/1.txt"
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(tmp_path / "a.parquet")
    assert table.column_names == [*keys.split(","), "duplicate_of"]
    assert table.to_pylist()[1]["teasers.title"] == titles


def test_links_in_every_form(run, tmp_path):
    other = story(2).replace("Council number 2 keeps its ferry", "Harbour 1 dredged")
    (tmp_path / "r.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in (story(1), other)))
    for name in ("a.db", "a.parquet", "a.csv"):
        teasers = ["--teasers"] if name == "a.csv" else []
        assert run("r.jsonl", "-q", "-o", name, "--link-teasers", *teasers).returncode == 0
    found = sqlite3.connect(tmp_path / "a.db").execute("SELECT target FROM teasers WHERE page = 1")
    assert [target for (target,) in found] == ["r.jsonl#2", None, None]
    with open(tmp_path / "a.csv", newline="", encoding="utf-8") as file:
        assert [row["target"] for row in csv.DictReader(file)][:3] == ["r.jsonl#2", "", ""]
    parquet = pytest.importorskip("pyarrow.parquet")
    first = parquet.read_table(tmp_path / "a.parquet").to_pylist()[0]
    assert [teaser["target"] for teaser in first["teasers"]] == ["r.jsonl#2", None, None]
    assert not [path for path in tmp_path.iterdir() if path.name.count(".") > 1 and "errors" not in path.name]


def test_records_obey_the_schema(run, tmp_path, folder):
    import jsonschema

    from ingest.write.schema import schema_text

    options = ["--dedupe", "exact", "--link-teasers", "--rest", "-o", "a.jsonl"]
    assert run("pages", "-q", *options).returncode == 0
    for record in records((tmp_path / "a.jsonl").read_bytes()):
        jsonschema.validate(record, json.loads(schema_text()))


def test_a_device_is_written_as_it_is(run, folder):
    assert run("pages", "-q", "-o", "/dev/null").returncode == 0
    assert len(records(run("pages", "-q", "-o", "/dev/stdout").stdout)) == 12


def test_a_bar_on_a_terminal_and_none_elsewhere(run, folder):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [*COMMAND, "pages", "-o", "/dev/null", "-j", "1"]
    process = subprocess.Popen(
        command,
        cwd=folder.parent,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            chunk = os.read(ours, 2**16)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        shown += chunk
    os.close(ours)
    assert process.wait(60) == 0
    assert b"reading" in shown and b"pages/s" in shown and b" left" in shown
    assert run("pages", "-o", "/dev/null").stderr.count(b"\n") == 1
