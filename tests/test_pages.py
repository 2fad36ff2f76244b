"""Pages as test cases: a folder a page, the dump and the record it must give.

``tests/pages/NAME/`` holds ``page.txt`` or ``page.html`` (packed: ``page.txt.gz`` …) and
``expected.json``: ``article``, ``teasers`` and, where the page needs them, ``options``, the
arguments of ``ingest.parse``. A new page is a new folder; there is nothing to register.
"""

from __future__ import annotations

import difflib
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import ingest

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.parent.name for path in PAGES.glob("*/expected.json"))


def page_file(name: str) -> Path:
    """The one dump of a folder."""
    (path,) = (PAGES / name).glob("page.*")
    return path


@cache
def validator() -> jsonschema.Draft202012Validator:
    text = (Path(ingest.__file__).parent / "record.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def difference(expected: Any, found: Any) -> str:
    """Two values as indented JSON, line against line; the order of keys counts. Empty when they are equal."""
    lines = [json.dumps(value, ensure_ascii=False, indent=1).split("\n") for value in (expected, found)]
    return "\n".join(difflib.unified_diff(*lines, "expected", "found", n=2, lineterm=""))


@pytest.mark.parametrize("name", NAMES)
def test_page(name: str) -> None:
    path = page_file(name)
    expected = json.loads((PAGES / name / "expected.json").read_text(encoding="utf-8"))
    page = ingest.parse(path.read_bytes(), name=path.name, **expected.get("options", {}))
    record = json.loads(page.to_json())

    errors = [f"{error.json_path}: {error.message}" for error in validator().iter_errors(record)]
    assert not errors, "\n".join(errors)
    different = difference(expected["article"], record["article"])
    different += "\n" + difference(expected["teasers"], record["teasers"])
    if different.strip():
        pytest.fail(f"{name}\n{different}", pytrace=False)


def test_every_folder_is_a_page() -> None:
    assert [folder.name for folder in sorted(PAGES.iterdir()) if folder.is_dir()] == NAMES
    for name in NAMES:
        assert page_file(name).stat().st_size
