"""``ingest date`` and ``ingest dateline``: a text in, a JSON object or a bare value out."""

from __future__ import annotations

import json

import pytest


def objects(output: bytes) -> list[dict]:
    return [json.loads(line) for line in output.decode().split("\n")[:-1]]


def test_a_date_for_each_argument(run):
    done = run("date", "Updated 14 Nov, 2024", "the mill")
    assert (done.returncode, done.stderr) == (0, b"")
    assert objects(done.stdout) == [
        {
            "text": "Updated 14 Nov, 2024",
            "value": "2024-11-14",
            "raw": "14 Nov, 2024",
            "kind": "updated",
            "warning": None,
        },
        {"text": "the mill", "value": None, "raw": None, "kind": None, "warning": None},
    ]


def test_lines_of_standard_input_keep_their_places(run):
    lines = "26 janvier 2024 à 10h05\n\nnichts\n２０２４年1月26日".encode()
    done = run("date", "--raw", stdin=lines)
    assert done.stdout == b"2024-01-26T10:05\n\n\n2024-01-26\n"


@pytest.mark.parametrize(
    ("options", "value"),
    [
        ([], None),
        (["--date-order", "dmy"], "2024-05-04"),
        (["--date-order", "MDY"], "2024-04-05"),
    ],
)
def test_the_order_of_day_and_month_is_the_users(run, options, value):
    (found,) = objects(run("date", *options, "04/05/2024").stdout)
    assert found["value"] == value
    assert found["warning"] == (None if value else "ambiguous-date")


def test_now_and_country(run):
    assert run("date", "--raw", "--now", "2024-01-26T12:00", "2 hours ago").stdout == b"2024-01-26T10:00\n"
    stamp = "26 Jan 2024 10:05 IST"
    assert run("date", "--raw", "--country", "in", stamp).stdout == b"2024-01-26T10:05+05:30\n"
    assert run("date", "--raw", stamp).stdout == b"2024-01-26T10:05\n"


def test_a_dateline_and_what_follows(run):
    done = run(
        "dateline",
        "--published",
        "2024-01-27",
        "-",
        stdin=b"NEW YORK, Jan 26 (Reuters) - Stocks fell.\nNOTE: no\n",
    )
    first, second = objects(done.stdout)
    assert first["dateline"]["places"][0]["country"] == "US"
    assert (first["dateline"]["date"], first["rest"]) == ("2024-01-26", "Stocks fell.")
    assert (second["dateline"], second["rest"]) == (None, "NOTE: no")


def test_a_bare_dateline(run):
    done = run("dateline", "--raw", "SPRINGFIELD, Ill. (AP) — The mill is open.", "The mill is open.")
    assert done.stdout.decode() == "SPRINGFIELD, Ill. (AP)\n\n"


@pytest.mark.parametrize(
    "args",
    [
        ["date", "--now", "yesterday", "x"],
        ["date", "--country", "GBR", "x"],
        ["dateline", "--published", "26/01/2024", "x"],
        ["date", "--order", "DMY", "x"],
    ],
)
def test_wrong_usage(run, args):
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Error: " in done.stderr and b"Traceback" not in done.stderr


def test_any_bytes_no_crash(run):
    done = run("date", stdin=bytes(range(256)) + b"\n" + b"1/" * 2_000_000)
    assert done.returncode == 0
    assert len(objects(done.stdout)) == 3  # a line feed is one of the 256


def test_a_closed_pipe_is_silent(run):
    import subprocess
    import sys

    script = f"yes 'BAGHDAD: Talks' | {sys.executable} -m ingest dateline | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, timeout=60)
    assert (done.stdout.count(b"\n"), done.stderr) == (1, b"")
