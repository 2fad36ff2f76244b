"""``ingest parse``: what goes in, what comes out, and what is said of the rest."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

import ingest
from ingest.__main__ import main
from ingest.cli import app


def records(output: bytes) -> list[dict]:
    assert output.endswith(b"\n")
    return [json.loads(line) for line in output.decode().split("\n")[:-1]]


def test_a_record_is_a_line_in_a_pipe(run, page):
    done = run("parse", "page.txt")
    assert (done.returncode, done.stderr) == (0, b"")
    (record,) = records(done.stdout)
    assert list(record) == ["source", "article", "teasers", "rest", "warnings"]
    assert record["source"]["name"] == "page.txt"
    assert "“which nobody in this room will miss”".encode() in done.stdout


@pytest.mark.parametrize("args", [["parse"], ["parse", "-"], ["parse", "--compact", "-"]])
def test_no_name_or_a_dash_is_standard_input(run, page, args):
    done = run(*args, stdin=page.read_bytes())
    assert done.returncode == 0
    assert records(done.stdout)[0]["source"]["name"] == "-"


def test_files_come_out_in_the_order_they_were_named(run, page, tmp_path):
    names = ["b.txt", "a.txt", "page.txt"]
    for name in names[:2]:
        (tmp_path / name).write_bytes(page.read_bytes())
    assert [r["source"]["name"] for r in records(run("parse", *names).stdout)] == names


def test_indent_and_compact(run, page):
    compact, indented = run("parse", "page.txt").stdout, run("parse", "--indent", "page.txt").stdout
    assert json.loads(compact) == json.loads(indented)
    assert indented.startswith(b'{\n  "source": {\n    "name": "page.txt",\n')
    assert run("parse", "--indent", "--compact", "page.txt").stdout == compact
    assert run("parse", "--indent", "page.txt", "page.txt").stdout == indented * 2


def test_the_options_reach_the_record(run, page):
    time = "2024-01-26T10:05:00Z"
    url = "https://news.example/ferry"
    done = run("parse", "--url", url, "--retrieved", time, "--rest", "--format", "text", "page.txt")
    (record,) = records(done.stdout)
    assert (record["source"]["url"], record["source"]["retrieved"]) == (url, time)
    assert isinstance(record["rest"], list)


def test_what_fails_is_told_in_a_line_and_the_others_are_done(run, page, tmp_path):
    (tmp_path / "empty.txt").touch()
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
    (tmp_path / "folder").mkdir()
    done = run("parse", "missing.txt", "empty.txt", "paper.pdf", "folder", "page.txt")
    assert done.returncode == 1
    assert [r["source"]["name"] for r in records(done.stdout)] == ["page.txt"]
    lines = done.stderr.decode().splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["ingest", name] for name in ("missing.txt", "empty.txt", "paper.pdf", "folder")
    ]


def test_our_own_mistakes_cost_one_page_only(monkeypatch, capfd, page):
    def fail_once(*args: object, **options: object) -> object:
        monkeypatch.undo()
        raise RecursionError("too\ndeep")

    monkeypatch.setattr(ingest, "parse", fail_once)
    assert main(["parse", str(page), str(page)]) == 1
    out, err = capfd.readouterr()
    assert out.count("\n") == 1
    assert err == f"ingest: {page}: internal error: RecursionError: too\\x0adeep\n"


def test_file_names_of_any_bytes(run, page, tmp_path):
    os.rename(page, os.fsencode(tmp_path) + b"/caf\xe9.txt")
    done = run("parse", b"caf\xe9.txt")
    assert (done.returncode, done.stderr) == (0, b"")
    assert records(done.stdout)[0]["source"]["name"] == r"caf\xe9.txt"
    done = run("parse", b"th\xe9.txt")
    assert done.returncode == 1
    assert done.stderr.startswith(rb"ingest: th\xe9.txt: ")


def test_a_file_name_does_not_drive_the_terminal(run):
    done = run("parse", "a\n\x1b]0;b\x07\u202etxt")
    assert done.stderr.startswith(rb"ingest: a\x0a\x1b]0;b\x07\u202etxt: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("ninjs", b'{"uri":"ni:///sha-256;'),
        ("schema.org", b'{"@context":"https://schema.org","@type":"NewsArticle"'),
        ("markdown", b'---\ntitle: "Council votes to keep the harbour ferry"\n'),
        ("text", b"Council votes to keep the harbour ferry\n\nThe town council voted"),
    ],
)
def test_other_forms(run, page, form, start):
    one, two = run("parse", "--to", form, "page.txt"), run("parse", "--to", form, "page.txt", "page.txt")
    assert (one.returncode, one.stderr) == (0, b"")
    assert one.stdout.startswith(start)
    end = {"text": b"\f\n", "markdown": b"\n"}.get(form, b"")
    assert two.stdout == (one.stdout + end) * 2


@pytest.mark.parametrize("locale", ["C", "POSIX", "de_DE.ISO-8859-1"])
def test_output_is_utf_8_whatever_the_locale_says(run, page, locale):
    done = run("parse", "page.txt", LC_ALL=locale, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "“which nobody in this room will miss”" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "args",
    [
        ["--nonsense"],
        ["nonsense"],
        ["parse", "--format", "pdf", "page.txt"],
        ["parse", "--encoding", "zork", "page.txt"],
        ["parse", "--encoding", "base64", "page.txt"],
        ["parse", "--now", "yesterday", "page.txt"],
        ["parse", "--now", "2024-02-30", "page.txt"],
        ["parse", "--retrieved", "2024-01-26 10:05", "page.txt"],
        ["parse", "--date-order", "DYM", "page.txt"],
        ["parse", "--url", "https://news.example/", "page.txt", "page.txt"],
        ["parse", "-o", ".", "page.txt"],
    ],
)
def test_usage_errors(run, page, args):
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Error: " in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "time",
    [
        "2024-01-26",
        "2024-01-26T10:05",
        "2024-01-26T10:05:00Z",
        "2024-01-26T10:05:00.1234567Z",
        "2024-01-26T10:05+05:00",
    ],
)
def test_times_that_are_understood(run, page, time):
    (record,) = records(run("parse", "--retrieved", time, "page.txt").stdout)
    assert record["source"]["retrieved"] == time


def test_with_click_and_without_it_is_the_same(page, capfd):
    assert main(["parse", str(page)]) == 0
    short = capfd.readouterr().out
    done = CliRunner().invoke(app, ["parse", str(page)])
    assert (done.exit_code, done.output) == (0, short)


def imported(run, *args: str) -> set[str]:
    report = run(*args, PYTHONPROFILEIMPORTTIME="1").stderr.decode()
    return {line.rpartition("|")[2].strip() for line in report.splitlines()}


@pytest.mark.skipif("COVERAGE_PROCESS_CONFIG" in os.environ, reason="measuring coverage loads modules itself")
def test_the_short_path_loads_nothing_it_does_not_need(run, page):
    modules = imported(run, "parse", "page.txt")
    assert "ingest.write.run" in modules
    assert not {"click", "dateutil.parser", "ftfy", "bs4", "lxml", "rich", "importlib.metadata"} & modules
    assert "click" in imported(run, "parse", "--rest", "page.txt")
    modules = imported(run, "--version")
    assert not {"click", "ingest.page", "json", "importlib.metadata"} & modules


def test_version_and_help(run):
    assert run("--version").stdout.startswith(b"ingest 0.1.0 (model ")
    assert run("-h").stdout.startswith(b"Usage: ingest [OPTIONS] COMMAND")
    assert b"--date-order" in run("parse", "--help").stdout


def test_the_schema(run):
    path = Path(ingest.__file__).with_name("record.schema.json")
    assert run("schema").stdout == path.read_bytes()
