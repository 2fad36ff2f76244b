"""Where the records go: files that appear whole or not at all, pipes that close, signals."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.write.output import OpenFile, StandardOutput, WholeFile, open_output

COMMAND = [sys.executable, "-m", "ingest"]
posix = pytest.mark.skipif(os.name != "posix", reason="signals, devices and pipes as on Unix")


def test_a_file_is_written(run, page, tmp_path):
    done = run("parse", "page.txt", "-o", "out.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "out.json").read_bytes() == run("parse", "page.txt").stdout
    assert sorted(os.listdir(tmp_path)) == ["out.json", "page.txt"]


def test_what_failed_is_missing_and_the_rest_is_written(run, page, tmp_path):
    assert run("parse", "page.txt", "missing", "page.txt", "-o", "out.jsonl").returncode == 1
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_without_a_record_the_file_stays_as_it_was(run, tmp_path):
    (tmp_path / "out.json").write_text("precious")
    assert run("parse", "missing", "-o", "out.json").returncode == 1
    assert (tmp_path / "out.json").read_text() == "precious"
    assert os.listdir(tmp_path) == ["out.json"]


def test_the_file_may_be_one_that_is_read(run, page):
    assert run("parse", "page.txt", "-o", "page.txt").returncode == 0
    assert json.loads(page.read_bytes())["source"]["name"] == "page.txt"


def test_a_dash_is_standard_output(run, page):
    assert run("parse", "page.txt", "-o", "-").stdout == run("parse", "page.txt").stdout


def test_a_folder_that_is_not_there(run, page):
    done = run("parse", "page.txt", "-o", "nowhere/out.json")
    assert done.returncode == 1
    assert done.stderr == b"ingest: nowhere/out.json: No such file or directory\n"


@posix
def test_permissions_and_links_are_kept(run, page, tmp_path):
    target = tmp_path / "target.json"
    target.write_text("old")
    target.chmod(0o640)
    (tmp_path / "link.json").symlink_to("target.json")
    assert run("parse", "page.txt", "-o", "link.json").returncode == 0
    assert (tmp_path / "link.json").is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert json.loads(target.read_bytes())["source"]["name"] == "page.txt"


@posix
def test_a_new_file_obeys_the_umask(tmp_path):
    before = os.umask(0o027)
    try:
        with WholeFile(str(tmp_path / "new")) as out:
            out.write("x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


@posix
def test_a_device_is_never_replaced(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    assert isinstance(open_output(str(fifo)), OpenFile)
    assert isinstance(open_output(os.devnull), OpenFile)
    assert isinstance(open_output("-"), StandardOutput)
    with open_output(os.devnull) as out:
        out.write("x")
    assert not stat.S_ISREG(os.stat(os.devnull).st_mode)


def test_an_exception_leaves_nothing_behind(tmp_path):
    with pytest.raises(ValueError, match="half"), WholeFile(str(tmp_path / "out")) as out:
        out.write("half a rec")
        raise ValueError("half")
    assert os.listdir(tmp_path) == []


@posix
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_leaves_nothing_behind_and_says_nothing(tmp_path, number, status):
    process = subprocess.Popen(
        [*COMMAND, "parse", "-", "-o", "out.json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # under nohup it would be ignored
    )
    wait_for(lambda: os.listdir(tmp_path))
    process.send_signal(number)
    assert process.communicate(timeout=30) == (b"", b"")
    assert process.returncode in (status, -number)  # which a shell calls the same: 128 + number
    assert os.listdir(tmp_path) == []


@posix
@pytest.mark.parametrize("option", [[], ["--compact"]])
def test_a_reader_that_goes_away_is_no_error(page, option):
    """``ingest parse pages/* | head -1``"""
    process = subprocess.Popen(
        [*COMMAND, "parse", *option, *[str(page)] * 2000], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=30) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [["parse", "page.txt"], ["schema"], ["--version"]])
def test_a_full_disk(page, args):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, *args], stdout=full, stderr=subprocess.PIPE, cwd=page.parent)
    assert done.returncode == 1
    assert done.stderr == b"ingest: standard output: No space left on device\n"


@posix
def test_a_closed_standard_output(page):
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *COMMAND, "parse", str(page)], stderr=subprocess.PIPE
    )
    assert (done.returncode, done.stderr) == (1, b"ingest: standard output: is closed\n")


def wait_for(condition, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
