"""The manual pages: as the commands are, readable by man, and in the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ingest.cli import app

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "man" / "man1").glob("*.1"))


def test_the_pages_are_as_the_commands_are() -> None:
    done = subprocess.run([sys.executable, ROOT / "man" / "make.py", "--check"], timeout=60)
    assert done.returncode == 0, "run python man/make.py"
    assert {path.stem for path in PAGES} == {"ingest", *(f"ingest-{name}" for name in app.commands)}


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_can_be_read(path: Path) -> None:
    command = ["groff", "-man", "-ww", "-Tutf8", "-rLL=200n", "-P-c", "-P-b", "-P-u", path]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout.replace("−", "-").replace("‐", "-")
    name = path.stem.partition("-")[2]
    command = app.commands[name] if name else app
    for line in (command.help or "").split("\n"):
        if line.strip().startswith("$"):
            assert line.strip() in shown, "an example is as it was"
    for option in command.params:
        if option.param_type_name == "option":
            assert option.opts[-1] in shown


def test_the_wheel_brings_the_pages(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {name.rpartition("/")[2] for name in names if "/share/man/man1/" in name}
    assert shipped == {path.name for path in PAGES}
