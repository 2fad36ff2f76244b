"""The documentation: each command that it shows prints what it shows, and the site can be built."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import ingest
from ingest.errors import MEANINGS, WARNINGS, Code

from .shown import ROOT, agrees, commands_of, missing, prepare, printed

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHOWING = [page for page in PAGES if any(commands_of(page.read_text(encoding="utf-8")))]
by_name = pytest.mark.parametrize("page", SHOWING, ids=lambda page: str(page.relative_to(ROOT)))


@by_name
def test_commands_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if missing(text):
        pytest.skip(f"needs {', '.join(missing(text))}")
    prepare(tmp_path)
    for shown in commands_of(text):
        output = printed(shown, tmp_path)
        assert agrees(shown.output, output), f"$ {shown.command}\n{output}"


def test_python_gives_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that ends in "  # VALUE" has this value; "…" stands for any rest of it."""
    monkeypatch.chdir(ROOT)
    tried = 0
    for page in PAGES:
        for block in re.findall(
            r"^```python\n(import ingest\n.*?)^```", page.read_text("utf-8"), re.M | re.S
        ):
            names: dict[str, object] = {}
            for line in block.splitlines():
                code, _, comment = (part.strip() for part in line.partition("  #"))
                if comment:
                    wanted = ".*".join(map(re.escape, comment.split("…")))
                    assert re.fullmatch(wanted, repr(eval(code, names))), line
                    tried += 1
                else:
                    exec(code, names)
    assert tried >= 5


def test_the_site_can_be_built(tmp_path: Path) -> None:
    pytest.importorskip("mkdocstrings", reason="the site needs the docs extra")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) >= len(PAGES) - 1
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert not foreign_assets(html), page
        assert "{{" not in html, page


def foreign_assets(html: str) -> list[str]:
    """What a page would load from elsewhere: scripts, styles, pictures, fonts.

    >>> foreign_assets('<script src="https://roe.example/a.js"></script><script src="a.js"></script>')
    ['<script src="https://roe.example/a.js">']
    """
    tags = re.findall(r"<(?:script|img|iframe|source|link)\b[^>]*>", html)
    loading = [tag for tag in tags if not re.search(r"rel=[\"']?(?:canonical|prev|next|alternate)", tag)]
    return [tag for tag in loading if re.search(r"(?:src|href)=[\"']?(?:https?:)?//", tag)]


def test_every_code_is_explained() -> None:
    assert set(MEANINGS) == set(get_args(Code))
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(ingest.__file__).parent.rglob("*.py"))
    given = set(re.findall(r"(?:Warning\(\s*|\bwarning=)\"([a-z]+(?:-[a-z]+)+)\"", code))
    assert given <= set(WARNINGS)
    assert all(f'"{name}"' in code.replace(f'    "{name}": ', "") for name in WARNINGS), "no longer given"
