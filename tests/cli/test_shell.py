"""What makes a shell pleasant: completion, suggestions, examples that run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.cli import app


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which the command stands under its own name."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "ingest"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ingest "$@"\n')
    script.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


COMPLETE = {
    "bash": """
        eval "$(ingest completion bash)"
        complete -p ingest >/dev/null || exit 1
        COMP_WORDS=(ingest {words}); COMP_CWORD={count}
        _ingest_completion ingest; printf '%s\\n' "${{COMPREPLY[@]}}"
    """,
    "zsh": """
        autoload -Uz compinit && compinit -u -D
        eval "$(ingest completion zsh)"
        [[ $_comps[ingest] == _ingest_completion ]] || exit 1
        function _describe {{ print -l -- ${{(P)3}} }}  # -V unsorted NAME-OF-AN-ARRAY -U
        function compadd {{ print -l -- ${{(P)5}} }}  # -U -V unsorted -a NAME-OF-AN-ARRAY
        words=(ingest {words}); CURRENT=$(( {count} + 1 ))
        _ingest_completion
    """,
    "fish": """
        ingest completion fish | source
        complete -C "ingest {line}"
    """,
}


@pytest.mark.parametrize("shell", COMPLETE)
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("par", "parse"),
        ("parse --date", "--date-order"),
        ("parse --to n", "ninjs"),
        ("batch --dedupe ", "near"),
        ("completion f", "fish"),
    ],
)
def test_completion(shell: str, line: str, expected: str, path: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    words = line.split(" ")
    script = COMPLETE[shell].format(
        words=" ".join(word or "''" for word in words), count=len(words), line=line
    )
    clean = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    env = {"PATH": path, "HOME": str(tmp_path), "TERM": "dumb"}
    done = subprocess.run([shell, *clean, "-c", script], env=env, capture_output=True, text=True, timeout=60)
    shown = [re.split(r"[\t:]", one)[0].strip() for one in done.stdout.splitlines()]
    assert expected in shown, (done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["prase"], "No such command 'prase'.*Did you mean.*parse"),
        (["parse", "--fromat", "text"], "No such option '--fromat'.*Did you mean.*--format"),
        (["page.txt"], r"page\.txt is a file, and no command\. Try: ingest parse page\.txt"),
    ],
)
def test_mistypings_are_seen_through(run, page, args, told):
    done = run(*args)
    assert done.returncode == 2
    assert re.search(told, done.stderr.decode())


def test_a_mistyped_file_is_seen_through(run, page, tmp_path):
    assert run("parse", "pgae.txt").stderr == b"ingest: pgae.txt: no such file; did you mean page.txt?\n"
    many = run("parse", *["pgae.txt"] * 20).stderr
    assert many == b"ingest: pgae.txt: no such file\n" * 20, "a list of many names was not typed"
    assert run("parse", "zzz").stderr == b"ingest: zzz: no such file\n"
    (tmp_path / "sub\x1b[31m").mkdir()
    (tmp_path / "sub\x1b[31m" / "news.txt").touch()
    done = run("parse", "sub\x1b[31m/nwes.txt")
    assert done.stderr.endswith(rb"did you mean sub\x1b[31m/news.txt?" + b"\n")


@pytest.mark.parametrize("name", sorted(app.commands))
def test_every_command_shows_an_example(run, name):
    told = run(name, "--help").stdout.decode()
    assert f"$ ingest {name}" in told
    assert len(max(told.splitlines(), key=len)) <= 80


def test_version_tells_the_model(run):
    shown = run("--version").stdout.decode()
    assert re.fullmatch(r"ingest \d+\.\d+\.\d+ \(model [0-9a-f]{8}\)\n", shown)
    assert run("--version", "parse").stdout.decode() == shown, "by way of click as well"
