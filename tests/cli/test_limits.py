"""The limits of ``ingest parse`` as options."""

from __future__ import annotations


def test_the_options(run, page):
    done = run("parse", "--max-lines", "3", "page.txt")
    assert (done.returncode, done.stderr) == (1, b"ingest: page.txt: has more than 3 lines\n")
    done = run("parse", "--max-page-size", "100", "page.txt")
    assert (done.returncode, done.stderr) == (1, b"ingest: page.txt: holds more than 100 bytes\n")
    assert run("parse", "--page-timeout", "30", "--max-memory", "1G", "page.txt").returncode == 0
    for option in (["--max-lines", "0"], ["--page-timeout", "0"], ["--max-memory", "lots"]):
        assert run("parse", *option, "page.txt").returncode == 2
