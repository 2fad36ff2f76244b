"""Defaults from a file and from the environment, in their order, and what is said of bad ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ingest.cli import app


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No defaults but those of the test."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """A page whose date is one of two days."""
    path = tmp_path / "dated.txt"
    path.write_text(
        "Council votes to keep the harbour ferry\n\n04/05/2024\n\n"
        "The town council voted on Monday night to keep the ferry, after a petition signed by islanders.\n\n"
        "Two members voted against the plan. They had asked for a smaller boat and three crossings a day.\n\n"
        "The first ferry under the new timetable leaves the harbour at half past six, the council said.\n\n"
        "© 2024 Roe Times\n",
        encoding="utf-8",
    )
    return path


def published(done) -> str | None:
    assert (done.returncode, done.stderr) == (0, b"")
    (line,) = done.stdout.splitlines()
    return json.loads(line)["article"]["published"]


def test_the_nearest_default_holds(run, quiet, dated, tmp_path):
    assert published(run("parse", "dated.txt")) is None
    home = tmp_path / "xdg" / "ingest"
    home.mkdir(parents=True)
    (home / "ingest.toml").write_text('date-order = "DMY"\n')
    assert published(run("parse", "dated.txt")) == "2024-05-04"
    (tmp_path / "ingest.toml").write_text('date_order = "MDY"\n')
    assert published(run("parse", "dated.txt")) == "2024-04-05"
    (tmp_path / "ingest.toml").write_text('date-order = "MDY"\n[parse]\ndate-order = "DMY"\n')
    assert published(run("parse", "dated.txt")) == "2024-05-04"
    assert published(run("parse", "dated.txt", INGEST_DATE_ORDER="MDY")) == "2024-04-05"
    both = {"INGEST_DATE_ORDER": "MDY", "INGEST_PARSE_DATE_ORDER": "DMY"}
    assert published(run("parse", "dated.txt", **both)) == "2024-05-04"
    assert published(run("parse", "--date-order", "MDY", "dated.txt", **both)) == "2024-04-05"


def test_a_named_file_goes_before_those_that_lie_about(run, quiet, dated, tmp_path):
    (tmp_path / "ingest.toml").write_text('date-order = "MDY"\n')
    (tmp_path / "mine.toml").write_text('date-order = "DMY"\n')
    assert published(run("--config", "mine.toml", "parse", "dated.txt")) == "2024-05-04"
    assert published(run("parse", "--config", "mine.toml", "dated.txt")) == "2024-05-04"
    assert published(run("parse", "dated.txt", INGEST_CONFIG="mine.toml")) == "2024-05-04"
    assert published(run("parse", "dated.txt", INGEST_CONFIG="")) is None


def test_flags_lists_and_dates(run, quiet, page, tmp_path):
    (tmp_path / "ingest.toml").write_text(
        "[parse]\nrest = true\ncompact = false\nretrieved = 2024-01-26\n"
        '[batch]\nselect = ["source.name", "article.headline"]\nquiet = true\n'
    )
    done = run("parse", "page.txt")
    record = json.loads(done.stdout)
    assert done.stdout.startswith(b'{\n  "source"')
    assert (record["source"]["retrieved"], type(record["rest"])) == ("2024-01-26", list)
    assert json.loads(run("parse", "--compact", "page.txt").stdout) == record
    done = run("batch", "page.txt")
    assert done.stderr == b""
    assert json.loads(done.stdout) == {
        "source.name": "page.txt",
        "article.headline": "Council votes to keep the harbour ferry",
    }
    done = run("batch", "page.txt", INGEST_SELECT="source.name source.format")
    assert json.loads(done.stdout) == {"source.name": "page.txt", "source.format": "text"}


def test_publishers_get_the_names_of_the_user(run, quiet, dated, tmp_path):
    (tmp_path / "ingest.toml").write_text(
        '[publishers]\n"roe times" = "The Roe Times"\n"doe.example" = "The Doe Post"\n'
    )

    def publisher(*args: str) -> str | None:
        return json.loads(run(*args, "dated.txt").stdout)["article"]["publisher"]

    assert publisher("parse") == "The Roe Times"
    assert publisher("batch", "-q") == "The Roe Times"
    assert publisher("parse", "--url", "https://www.doe.example/a") == "The Doe Post"
    assert publisher("parse", "--url", "https://notdoe.example/a") == "The Roe Times"
    assert publisher("parse", "--url", "https://[") == "The Roe Times"
    assert run("parse", "--to", "ninjs", "dated.txt").stdout.count(b'"The Roe Times"') == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'date-oder = "DMY"',
            "ingest.toml: date-oder: no command has such an option; did you mean date-order?",
        ),
        ("[parse]\njobs = 3", "ingest.toml: parse.jobs: the command has no such option"),
        ('date-order = "DYM"', "ingest.toml: date-order: 'DYM' is not one of 'dmy', 'mdy', 'ymd'."),
        ("[parse]\nnow = 2024", "ingest.toml: parse.now: '2024' is no ISO 8601 time"),
        ('[batch]\njobs = "many"', "ingest.toml: batch.jobs: 'many' is not a valid integer range."),
        ("[batch]\njobs = [1]", "ingest.toml: batch.jobs: this is not one value."),
        ('[parse]\noutput = "x"', "ingest.toml: parse.output: --output names a file, which only the command"),
        ('[batch]\nerrors = "x"', "ingest.toml: batch.errors: --errors names a file, which only the command"),
        ("batch = 3", "ingest.toml: batch: is a command, so this must be a table: [batch]"),
        ("publishers = 3", "ingest.toml: publishers: is no table of names"),
        ("[publishers]\ndawn = 3", "ingest.toml: publishers: is no table of names"),
        ("no toml", "ingest.toml: no TOML: "),
    ],
)
def test_bad_defaults(run, quiet, page, tmp_path, text, told):
    (tmp_path / "ingest.toml").write_text(text)
    done = run("parse", "page.txt")
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"Error: {told}" in done.stderr.decode()


def test_variables_name_no_files(run, quiet, page, tmp_path):
    assert run("parse", "page.txt", INGEST_OUTPUT="out.json").stdout == run("parse", "page.txt").stdout
    assert not (tmp_path / "out.json").exists()


def test_bad_variables_and_files(run, quiet, page):
    done = run("parse", "page.txt", INGEST_DATE_ORDER="DYM")
    assert done.returncode == 2 and b"Error: INGEST_DATE_ORDER: 'DYM' is not one of" in done.stderr
    for args, env in (
        (["--config", "no.toml", "parse", "page.txt"], {}),
        (["parse", "page.txt"], {"INGEST_CONFIG": "no.toml"}),
    ):
        done = run(*args, **env)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"Error: no.toml: no such file or directory" in done.stderr


def test_every_option_can_have_a_default():
    """No two options of a command are called the same in a file, and none as a table, but for --date."""
    from ingest.cli.defaults import _with_defaults

    for name, known in _with_defaults(app).items():
        params = app.commands[name].params
        named = {one.name for one in params if one.param_type_name == "option" and one.expose_value}
        assert named - {"about_date"} == {option.name for option in known.values()}
        assert not set(known) & {*app.commands, "publishers"}


@pytest.mark.parametrize("env", [{"INGEST_REST": "1"}, {"INGEST_CONFIG": "empty.toml"}])
def test_the_short_path_is_left_only_for_defaults(run, quiet, page, tmp_path, env):
    (tmp_path / "empty.toml").touch()

    def loaded(**env: str) -> bool:
        told = run("parse", "page.txt", PYTHONPROFILEIMPORTTIME="1", **env).stderr
        return re.search(rb"\| +click\n", told) is not None

    assert not loaded()
    assert not loaded(INGEST_TRACEBACK="1")
    assert loaded(**env)
