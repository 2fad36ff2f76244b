"""``ingest explain`` as a user meets it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def test_lines_labels_evidence_and_fields(run, page):
    done = run("explain", "page.txt")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert text.startswith("page.txt\n")
    assert re.search(r"^ 1 ┃ headline +Council votes to keep the harbour ferry$", text, re.M)
    assert "→ .article.headline" in text
    assert "\x1b" not in text
    assert (
        run("explain", "-", stdin=page.read_bytes()).stdout.decode().splitlines()[1:] == text.splitlines()[1:]
    )


def test_parts_dates_and_differences(run, page):
    article = run("explain", "--only", "article", "page.txt").stdout.decode()
    assert "headline" in article
    assert run("explain", "--only", "rest", "page.txt").stdout.decode().count("┃") == 0
    dates = run("explain", "--date", "page.txt").stdout.decode()
    assert dates.startswith("page.txt\npublished")
    page.with_name("b.txt").write_text(page.read_text("utf-8").replace("harbour", "river"), "utf-8")
    different = run("explain", "page.txt", "--diff", "b.txt").stdout.decode()
    assert ".article.headline" in different


def test_an_html_page(run, page):
    done = run("explain", "page.txt", "--html", "how.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    text = page.with_name("how.html").read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert "Council votes to keep the harbour ferry" in text
    assert run("explain", "page.txt", "--html", "-").stdout.decode() == text
    page.with_name("b.txt").write_text(page.read_text("utf-8").replace("harbour", "river"), "utf-8")
    assert b"--diff" in run("explain", "page.txt", "--diff", "b.txt", "--html", "-").stdout


@pytest.mark.parametrize(
    ("args", "name", "reason"),
    [
        (["none.txt"], "none.txt", "no such file"),
        (["page.txt", "--diff", "none.txt"], "none.txt", "no such file"),
        (["page.txt", "--html", "no/folder/how.html"], "no/folder/how.html", "No such file or directory"),
        (["."], ".", "is a directory"),
    ],
)
def test_what_fails_is_told_in_a_line(run, page, args, name, reason):
    done = run("explain", *args)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"ingest: {name}: {reason}\n"


def test_the_users_own_names_of_publishers(run, page):
    page.with_name("ingest.toml").write_text('[publishers]\n"The Roe Times" = "Roe"\n', "utf-8")
    page.write_text(page.read_text("utf-8") + "\n© 2024 The Roe Times\n", "utf-8")
    shown = run("explain", "page.txt").stdout.decode()
    assert "© 2024 The Roe Times" in shown
    assert re.search(r"^  \.article\.publisher +Roe +line \d+$", shown, re.M)


def test_wrong_usage(run, page):
    assert run("explain", "page.txt", "--only", "nonsense").returncode == 2
    assert run("explain", "page.txt", "more.txt").returncode == 2
    assert b"neither --date" in run("explain", "page.txt", "--diff", "page.txt", "--date").stderr


def test_a_reader_that_has_gone_is_no_error(page):
    command = f"{sys.executable} -m ingest explain page.txt --only article | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=page.parent, timeout=60)
    assert (done.stdout, done.stderr) == (b"page.txt\n", b"")


def test_a_terminal_is_given_colour_unless_it_is_refused(run, page, on_a_terminal):
    plain = run("explain", "page.txt", COLUMNS="80").stdout.decode()
    size = {"LINES": "500", "COLUMNS": "80"}
    status, shown = on_a_terminal("explain", "page.txt", stdin=True, **size)
    assert status == 0
    assert "\x1b[1;36mheadline" in shown
    assert re.sub(r" +\n", "\n", COLOUR.sub("", shown)) == re.sub(r" +\n", "\n", plain)
    for refusal in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert on_a_terminal("explain", "page.txt", stdin=True, **size, **refusal)[1] == plain


def test_what_is_long_goes_through_the_pager(page, on_a_terminal):
    shown = on_a_terminal("explain", "page.txt", stdin=True, LINES="10", COLUMNS="80", PAGER="wc -l")[1]
    assert int(shown) > 10
