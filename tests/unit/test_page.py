"""The record: its keys, their order, its schema; frozen, as the contract has it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ingest import page as record
from ingest.line import Label
from ingest.page import Article, Dateline, Page, Place, RestLine, Source, Teaser
from ingest.write.schema import schema_text

SCHEMA: dict[str, Any] = json.loads(schema_text())
KINDS = {
    "source": Source,
    "article": Article,
    "dateline": Dateline,
    "place": Place,
    "teaser": Teaser,
    "rest-line": RestLine,
    "warning": record.Warning,
}
FULL = Page(
    Source("page.txt", 7, "html", "utf-8", "0" * 64, "https://news.example/a", "2024-01-26T10:05:00Z"),
    Article(
        headline="Ferry stays",
        deck="A fee on cruise ships will pay for it",
        byline="By Ines Dahl",
        authors=("Ines Dahl",),
        publisher="The Harbour Post",
        section="Local",
        language="en",
        dateline=Dateline(
            "BERGEN, Jan 26 (HP)",
            (Place("Bergen", None, "NO", 60.39299, 5.32415, 3161732),),
            ("HP",),
            "2024-01-26",
            "The council",
        ),
        published="2024-01-26T10:05:00+01:00",
        published_raw="26 January 2024, 10.05 CET",
        updated="2024",
        updated_raw="2024",
        paragraphs=("The council voted.", "It was late."),
    ),
    (Teaser("Rain ahead", "Most read", None, (), "2024-01", "January 2024", None, None, "Bring…", True),),
    (RestLine(3, "section-label", "Most read"),),
    (record.Warning("ambiguous-date", "04/05/2024 may be 4 May or 5 April", 3),),
)

ADDED = ("target", "duplicate_of")  # which `ingest batch` adds where it is asked to


def validate(value: object) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(value)


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("page", [FULL, Page(Source("-", sha256="f" * 64))], ids=["full", "bare"])
def test_records_obey_the_schema(page):
    validate(page.to_dict())
    assert json.loads(page.to_json()) == json.loads(page.to_json(2)) == page.to_dict()


@pytest.mark.parametrize("name", KINDS)
def test_keys_and_their_order(name):
    shape, kind = SCHEMA["$defs"][name], KINDS[name]
    keys = [field.name for field in dataclasses.fields(kind) if field.name not in kind._unwritten]
    assert [key for key in shape["properties"] if key not in ADDED] == shape["required"] == keys
    assert shape["additionalProperties"] is False


def test_keys_of_the_page():
    assert list(FULL.to_dict()) == SCHEMA["required"]
    assert [key for key in SCHEMA["properties"] if key not in ADDED] == SCHEMA["required"]
    assert list(FULL.to_dict()["article"]) == SCHEMA["$defs"]["article"]["required"]
    assert "rest" not in FULL.to_dict()["article"]["dateline"]


def test_labels_are_those_of_a_line():
    labels = SCHEMA["$defs"]["rest-line"]["properties"]["label"]["enum"]
    assert labels == [label.value for label in Label]


@pytest.mark.parametrize("kind", [*KINDS.values(), Page])
def test_frozen(kind):
    assert kind.__dataclass_params__.frozen
    with pytest.raises(dataclasses.FrozenInstanceError):
        FULL.source = None  # type: ignore[misc, assignment]


def test_text_is_utf_8_and_never_escaped():
    assert "\\u" not in Page(Source("-"), Article("“Ærlig” 東京 😀")).to_json()
    assert "\n" not in FULL.to_json()


@pytest.mark.parametrize(
    "date",
    ["2024", "2024-01", "2024-01-26", "2024-01-26T10:05", "2024-01-26T10:05:00", "2024-01-26T10:05+05:00"],
)
def test_dates_of_each_precision(date):
    validate(changed(published=date))


@pytest.mark.parametrize(
    "date",
    ["", "24", "2024-13", "2024-1-26", "2024-01-32", "2024-01-26 10:05", "2024-01-26T24:00", "2024-01T10:05",
     "2024-01-26T10:05Z", "--01-26", "January 26th, 2024", "2024-01-26T10:05:00.5"],
)  # fmt: skip
def test_dates_that_are_none(date):
    with pytest.raises(jsonschema.ValidationError):
        validate(changed(published=date))


@pytest.mark.parametrize(
    "change",
    [
        {"headline": ""},
        {"language": "English"},
        {"authors": [""]},
        {"paragraphs": None},
        {"invented": 1},
        {"dateline": {"raw": "X"}},
    ],
)
def test_what_the_schema_refuses(change):
    with pytest.raises(jsonschema.ValidationError):
        validate(changed(**change))


@pytest.mark.parametrize("date", ["--01-26", "2024-01-26", None])
def test_the_date_of_a_dateline_may_lack_its_year(date):
    validate(changed(dateline={"raw": "BERGEN", "places": [], "agencies": [], "date": date}))


@pytest.mark.parametrize("language", ["en", "pt-BR", "zh-Hant", "es-419", "fil", None])
def test_languages(language):
    validate(changed(language=language))


def test_typed():
    assert (Path(record.__file__).with_name("py.typed")).exists()


def changed(**article: object) -> dict[str, Any]:
    """The full record with some values of its article changed."""
    value = FULL.to_dict()
    value["article"].update(article)
    return value


def test_records_are_equal_by_what_they_say() -> None:
    place = Place("Baghdad", country="IQ")
    assert place == Place("Baghdad", country="IQ") and hash(place) == hash(Place("Baghdad", country="IQ"))
    assert place != Place("Baghdad") and place != "Baghdad"
    assert len({place, Place("Baghdad", country="IQ"), Place("Berlin")}) == 2
    assert repr(place).startswith("Place(name='Baghdad', region=None, country='IQ', ")
