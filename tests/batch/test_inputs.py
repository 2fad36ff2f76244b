"""What goes into a batch: files, folders, lists, tables, and what of it fails."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import random

import pytest
import zstandard

from .conftest import html_story, records, response, story

PACKERS = {"": bytes, ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
PACKERS[".zst"] = zstandard.ZstdCompressor().compress


def names(done) -> list[str]:
    return [record["source"]["name"] for record in records(done.stdout)]


def test_a_folder_is_walked_in_order(run, folder):
    done = run("pages", "-q")
    assert done.returncode == 0, done.stderr
    expected = [f"pages/{n}.txt" for n in range(6)] + [f"pages/more/{n}.html.gz" for n in range(6)]
    assert names(done) == expected
    assert all(record["article"]["headline"].startswith("Council number") for record in records(done.stdout))


def test_globs_choose_the_files_of_a_folder(run, folder):
    assert names(run("pages", "-q", "--include", "*.txt", "--exclude", "3*")) == [
        f"pages/{n}.txt" for n in (0, 1, 2, 4, 5)
    ]
    assert len(names(run("pages", "-q", "--include", "more/*"))) == 6


@pytest.mark.parametrize(("options", "end"), [([], b"\n"), (["-0"], b"\0")])
def test_names_come_from_a_list(run, folder, options, end):
    listed = b"pages/2.txt" + end + b"pages/1.txt" + end
    assert names(run("--files-from", "-", "-q", *options, stdin=listed)) == ["pages/2.txt", "pages/1.txt"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_json_lines_packed_and_not(run, tmp_path, suffix):
    rows = [
        {"text": story(1), "url": "https://n.example/1", "date": "2024-01-26 10:05:00"},
        {"html": html_story(2), "content": "not this"},
        {"content": "separator\u2028within " + story(3)},
    ]
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    (tmp_path / f"rows.jsonl{suffix}").write_bytes(PACKERS[suffix](data))
    done = run(f"rows.jsonl{suffix}", "-q")
    found = [record["source"] for record in records(done.stdout)]
    assert [source["position"] for source in found] == [1, 2, 3], done.stderr
    assert [source["format"] for source in found] == ["text", "html", "text"]
    assert (found[0]["url"], found[0]["retrieved"]) == ("https://n.example/1", "2024-01-26T10:05:00")


def test_fields_have_the_names_that_the_user_says(run, tmp_path):
    row = {"body": story(1), "link": "https://n.example/1", "text": "not this"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n")
    done = run("rows.jsonl", "-q", "--text-field", "body", "--url-field", "link")
    (record,) = records(done.stdout)
    assert record["source"]["url"] == "https://n.example/1"
    assert record["article"]["headline"] == "Council number 1 keeps its ferry"


@pytest.mark.parametrize(("suffix", "mark"), [(".csv", ","), (".tsv", "\t")])
def test_csv_and_tsv(run, tmp_path, suffix, mark):
    import csv

    with open(tmp_path / f"rows{suffix}", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=mark)
        writer.writerows([["url", "text"], ["https://n.example/1", story(1)], ["", story(2)]])
    done = run(f"rows{suffix}", "-q")
    assert [r["source"]["position"] for r in records(done.stdout)] == [1, 2], done.stderr


def test_parquet(run, tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pyarrow.table({"html": [html_story(1), None], "text": [None, story(2)], "other": [1, 2]})
    parquet.write_table(table, tmp_path / "rows.parquet")
    done = run("rows.parquet", "-q")
    assert [r["source"]["format"] for r in records(done.stdout)] == ["html", "text"], done.stderr


def test_each_bad_input_is_one_line_of_errors(run, tmp_path, folder):
    """Twenty broken files among two hundred good ones: all are accounted for, and nothing is a traceback."""
    for number in range(188):
        (folder / f"more-{number}.txt").write_text(story(number), "utf-8")
    bad = tmp_path / "pages" / "bad"
    bad.mkdir()
    for number in range(5):
        (bad / f"empty{number}.txt").write_bytes(b"")
        (bad / f"cut{number}.html.gz").write_bytes(gzip.compress(html_story(1).encode())[:-20])
        (bad / f"binary{number}.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    (bad / "caf\udce9\n.txt").write_bytes(b"")
    os.symlink(bad, bad / "loop")
    os.symlink("nowhere", bad / "dangling.txt")
    (bad / "cut.warc").write_bytes(response(1)[:99])
    (bad / "no.parquet").write_bytes(b"PAR1 no table")
    (bad / "no.warc.gz").write_bytes(gzip.compress(b"no archive"))
    done = run("pages", "-o", "out.jsonl", "--errors", "err.jsonl")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert len(records((tmp_path / "out.jsonl").read_bytes())) == 200
    errors = records((tmp_path / "err.jsonl").read_bytes())
    assert len(errors) == 20
    assert all(error["code"] and error["message"] and "\n" not in error["message"] for error in errors)
    assert list(errors[0]) == ["name", "position", "code", "message"]


def test_bad_lines_are_told_by_their_number(run, tmp_path):
    lines = [json.dumps({"text": story(1)}), "{no json", "[1]", '{"url": "x"}', "", json.dumps({"text": ""})]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines) + "\n")
    done = run("rows.jsonl", "-q", "-o", "out.jsonl")
    errors = records((tmp_path / "out.jsonl.errors.jsonl").read_bytes())
    assert [(error["position"], error["code"]) for error in errors] == [
        (2, "bad-record"),
        (3, "bad-record"),
        (4, "bad-record"),
        (6, "empty"),
    ]
    assert (done.returncode, len(records((tmp_path / "out.jsonl").read_bytes()))) == (1, 1)


def test_errors_of_a_pipe_go_to_standard_error(run):
    done = run("nowhere.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"ingest: nowhere.txt: no such file\n")


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["x", "--to", "sqlite"],
        ["x", "--select", "article.title"],
        ["x", "--max-page-size", "big"],
    ],
)
def test_wrong_usage(run, args):
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Error: " in done.stderr


def test_a_page_over_the_limit_is_an_error(run, tmp_path):
    (tmp_path / "big.txt").write_text(story(1) * 100)
    done = run("big.txt", "--max-page-size", "10k", "-q")
    assert (done.returncode, done.stderr) == (1, b"ingest: big.txt: holds more than 10,240 bytes\n")


def test_rows_on_standard_input_are_told_from_a_page(run):
    rows = "".join(json.dumps({"text": story(n)}) + "\n" for n in range(3)).encode()
    assert [r["source"]["position"] for r in records(run("-", "-q", stdin=gzip.compress(rows)).stdout)] == [
        1,
        2,
        3,
    ]
    assert [r["source"]["name"] for r in records(run("-", "-q", stdin=story(1).encode()).stdout)] == ["-"]


def test_packed_parquet(run, tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.table({"text": [story(1)]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress((tmp_path / "a.parquet").read_bytes()))
    assert names(run("b.parquet.gz", "-q")) == ["b.parquet.gz"]


def test_csv_of_another_encoding_and_mark(run, tmp_path):
    text = story(1).replace("The council", "Die Täter flüchteten über die Brücke nach Köln. The council")
    cell = '"' + text.replace('"', '""') + '"'
    (tmp_path / "a.csv").write_bytes(f"url;text\nhttps://n.example/1;{cell}\n".encode("cp1252"))
    (record,) = records(run("a.csv", "-q").stdout)
    assert record["source"]["url"] == "https://n.example/1"
    assert record["article"]["paragraphs"][0].startswith("Die Täter flüchteten über die Brücke nach Köln.")


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_where_packed_rows_break_off(run, tmp_path, suffix):
    chance = random.Random(1)
    rows = [json.dumps({"text": story(n), "x": chance.randbytes(20_000).hex()}) + "\n" for n in range(30)]
    packed = PACKERS[suffix]("".join(rows).encode())
    (tmp_path / f"a.jsonl{suffix}").write_bytes(packed[: len(packed) * 2 // 3])
    done = run(f"a.jsonl{suffix}", "-q", "-o", "out.jsonl")
    read = [record["source"]["position"] for record in records((tmp_path / "out.jsonl").read_bytes())]
    (error,) = records((tmp_path / "out.jsonl.errors.jsonl").read_bytes())
    assert done.returncode == 1 and read == list(range(1, len(read) + 1))
    assert (error["position"], error["code"]) == (len(read) + 1, "broken-archive")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_without_a_writer_does_not_hang(run, tmp_path, folder):
    for name in ("a.txt", "b.jsonl"):
        os.mkfifo(tmp_path / "pages" / name)
    done = run("pages", "-q", "-o", "out.jsonl")
    assert done.returncode == 1 and len(records((tmp_path / "out.jsonl").read_bytes())) == 12
    errors = records((tmp_path / "out.jsonl.errors.jsonl").read_bytes())
    assert [(error["name"], error["code"]) for error in errors] == [
        ("pages/a.txt", "unreadable"),
        ("pages/b.jsonl", "unreadable"),
    ]


def test_a_runs_own_files_are_no_inputs(run, tmp_path, folder):
    assert run(".", "-q", "-o", "pages/out.jsonl", "--summary", "pages/sum.json").returncode == 0
    assert len(records((tmp_path / "pages" / "out.jsonl").read_bytes())) == 12


def test_half_a_character_is_no_reason_to_stop(run, tmp_path):
    (tmp_path / "r.jsonl").write_text(json.dumps({"text": story(1).replace("ferry", "\ud83d ferry")}) + "\n")
    for name in ("a.jsonl", "a.db", "a.csv"):
        assert run("r.jsonl", "-q", "-o", name).returncode == 0


def test_a_name_like_it_is_told(run, tmp_path, folder):
    done = run("pages/0.text", "-q")
    assert done.stderr == b"ingest: pages/0.text: no such file; did you mean pages/0.txt?\n"
    done = run(*(f"pages/{number}.text" for number in range(10)), "-q")
    assert done.stderr.count(b"no such file") == 10 and b"did you mean" not in done.stderr
    (tmp_path / "list").write_text("pages/0.text\n")
    done = run("--files-from", "list", "-q")
    assert done.stderr == b"ingest: pages/0.text: no such file\n"


def test_a_page_of_too_many_lines(run, folder):
    done = run("pages/0.txt", "-q", "--max-lines", "10")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"ingest: pages/0.txt: has more than 10 lines\n"
    assert run("pages/0.txt", "-q", "--max-lines", "40").returncode == 0
