"""Pages as test cases: a folder a page, the dump and the record it must give.

``tests/pages/NAME/`` holds ``page.txt`` or ``page.html`` (packed: ``page.txt.gz`` …) and
``expected.json``: ``article``, ``teasers`` and, where the page needs them, ``options``, the
arguments of ``ingest.parse``. A new page is a new folder; there is nothing to register.

What a page still gets wrong is named in ``open``: "article.section", "teasers", … The rest of the
record must be right, and a field that has come right must leave the list, so that it only shrinks.
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
    different = {
        field: text
        for field in fields(expected) | fields(record)
        if (text := difference(value(expected, field), value(record, field)))
    }
    wrong = {field: text for field, text in different.items() if field not in expected.get("open", ())}
    if wrong:
        pytest.fail("\n".join([name, *map(str, wrong.values())]), pytrace=False)
    right = [field for field in expected.get("open", ()) if field not in different]
    assert not right, f"{name}: right now, to be taken out of its open list: {right}"


def fields(record: dict[str, Any]) -> set[str]:
    """The parts that are compared: each field of the article, and the teasers as a whole."""
    return {"article", "teasers", *(f"article.{key}" for key in record["article"] or ())}


def value(record: dict[str, Any], field: str) -> Any:
    article = record["article"]
    if field == "article":
        return article is not None
    return record["teasers"] if field == "teasers" else (article or {}).get(field.removeprefix("article."))


def test_few_fields_are_open() -> None:
    """Of all fields of all pages that are compared, at least seven in eight are right."""
    pages = [json.loads((PAGES / name / "expected.json").read_text(encoding="utf-8")) for name in NAMES]
    assert sum(len(page.get("open", ())) for page in pages) <= sum(len(fields(page)) for page in pages) / 8


def test_every_folder_is_a_page() -> None:
    assert [folder.name for folder in sorted(PAGES.iterdir()) if folder.is_dir()] == NAMES
    for name in NAMES:
        assert page_file(name).stat().st_size
