"""How the command ends, whatever happens: a status and a line, never a traceback."""

from __future__ import annotations

import io
import sys
import types
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from ingest import __main__, startup
from ingest.batch import memory, run
from ingest.batch.inputs import Inputs
from ingest.batch.run import Settings, run_batch
from ingest.batch.work import Work
from ingest.cli import app
from ingest.cli.options import known_encoding


def fails(error: BaseException) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_ctrl_c_and_mistakes_of_our_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("INGEST_TRACEBACK", raising=False)
    monkeypatch.setattr(app, "main", fails(KeyboardInterrupt()))
    assert __main__.main(["explain", "a.txt"]) == 130
    monkeypatch.setattr(app, "main", fails(KeyError("headline")))
    assert __main__.main(["explain", "a.txt"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("ingest: internal error: KeyError: 'headline'") and told.count("\n") == 1
    monkeypatch.setenv("INGEST_TRACEBACK", "1")
    with pytest.raises(KeyError):
        __main__.main(["explain", "a.txt"])


def test_the_version_and_a_bare_parse_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert __main__.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("ingest ")
    asked: list[list[str]] = []
    monkeypatch.setattr(app, "main", lambda args, prog_name: asked.append(args))
    monkeypatch.setattr(sys, "stdin", None)
    assert __main__.main(["parse"]) == 0  # click tells how it is used
    assert __main__.main(["parse", "--to", "text", "a"]) == 0
    assert asked == [["parse"], ["parse", "--to", "text", "a"]]


def test_a_reader_that_has_gone_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    left: list[int] = []
    monkeypatch.setattr(__main__.os, "_exit", left.append)
    for out, status in ((Gone(), 0), (Gone(), 2), (io.StringIO(), 0), (None, 0)):
        with monkeypatch.context() as patch:
            patch.setattr(__main__, "main", lambda status=status: status)
            patch.setattr(sys, "stdout", out)
            __main__.run()
    assert left == [1, 2, 0, 0]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(shell: str) -> None:
    done = CliRunner().invoke(app, ["completion", shell], prog_name="ingest")
    assert done.exit_code == 0
    assert f"_INGEST_COMPLETE={shell}_complete" in done.output


def test_encodings_that_are_known() -> None:
    context, option = click.Context(app), click.Option(["--encoding"])
    assert known_encoding(context, option, None) is None
    for name in ("latin1", "utf-16", "cp1251"):
        assert known_encoding(context, option, name) == name
    for name in ("no-such", "a\0b"):
        with pytest.raises(click.BadParameter, match="no encoding that Python knows"):
            known_encoding(context, option, name)


def settings(output: str) -> Settings:
    return Settings(Inputs(("a.txt",)), output, "jsonl", Work())


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (KeyboardInterrupt(), 130, "interrupted; the same command with --resume goes on from here"),
        (run._Terminated(), 143, "interrupted; the same command with --resume goes on from here"),
        (BlockingIOError(), 2, "another run is writing to it"),
        (ImportError("x", name="pyarrow"), 1, "needs a package that is not installed: pyarrow"),
        (OSError(28, "No space left on device"), 1, "no space left on device"),
    ],
)
def test_how_a_batch_ends(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    error: BaseException,
    status: int,
    told: str,
) -> None:
    monkeypatch.setattr(run._Run, "go", fails(error))
    output = str(tmp_path / "out.jsonl")
    assert run_batch(settings(output)) == status
    line = capsys.readouterr().err
    assert line.lower().startswith(f"ingest: {output}: ".lower()) and told in line.lower()
    if status > 2:
        assert run_batch(settings("-")) == status
        assert capsys.readouterr().err == ""  # nothing to go on with


def test_memory_is_given_back_where_that_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    asked: list[int] = []
    library = types.SimpleNamespace(malloc_trim=asked.append)
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    memory.give_back_memory()
    assert asked == [0]
    monkeypatch.setattr(ctypes, "CDLL", fails(OSError()))
    memory.give_back_memory()  # another C library: nothing happens
    assert asked == [0]


def test_a_module_that_is_seldom_used_loads_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    import gc

    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # Python's own; another test may have started the command before
    try:
        monkeypatch.delitem(sys.modules, "fractions", raising=False)
        startup.start_quickly()
        assert gc.get_threshold()[0] > 700
    finally:
        gc.set_threshold(*before)
    lazy = sys.modules["fractions"]
    assert not hasattr(types.ModuleType("x"), "Fraction") and "Fraction" not in vars(lazy)
    assert str(lazy.Fraction(2, 4)) == "1/2"
    assert sys.modules["fractions"] is not lazy and "Fraction" in vars(lazy)
