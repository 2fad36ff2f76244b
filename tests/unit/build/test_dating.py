"""Which date of a page is which."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.build.dating import date_story
from ingest.build.reading import Reading
from ingest.line import Label, Line


def dated(
    *texts: tuple[str, Label], claim: str | None = None, changed: str | None = None, **options: Any
) -> Any:
    """Dates a story of one paragraph; the texts stand between it and its headline."""
    told = [*texts, ("The talks failed, two officials said.", Label.PARAGRAPH)]
    lines = [Line(number, text) for number, (text, _) in enumerate(told, 1)]
    labels = [label for _, label in told]
    return date_story(lines, labels, range(len(texts)), (claim, changed), Reading(**options))


def test_print_keeps_its_own_precision() -> None:
    found = dated(("January 26, 2024", Label.DATE), claim="2024-01-26T10:05:00+05:00")
    assert (found.published, found.published_raw, found.warnings) == ("2024-01-26", "January 26, 2024", ())


def test_metadata_fill_what_is_not_printed() -> None:
    found = dated(claim="2024-01-26T10:05:00Z", changed="2024-01-28")
    assert (found.published, found.published_raw) == ("2024-01-26T10:05:00+00:00", None)
    assert (found.updated, found.updated_raw) == ("2024-01-28", None)


def test_metadata_choose_between_printed_dates() -> None:
    found = dated(("3 March 2023", Label.DATE), ("26 January 2024", Label.DATE), claim="2024-01-26")
    assert found.published_raw == "26 January 2024"


@pytest.mark.parametrize("printed", ["2 hours ago", "04/05/2024", "Jan. 26"])
def test_metadata_give_the_day_that_print_leaves_open(printed: str) -> None:
    found = dated((printed, Label.DATE), claim="2024-05-04T08:00:00Z")
    assert (found.published, found.published_raw) == ("2024-05-04", printed)


def test_disagreement_is_told() -> None:
    found = dated(("26 January 2024", Label.DATE), claim="2021-03-01")
    assert found.published == "2024-01-26"
    assert [warning.code for warning in found.warnings] == ["date-disagreement"]


def test_an_update_is_no_publication() -> None:
    found = dated(("Updated 27 January 2024", Label.DATE), ("26 January 2024", Label.DATE))
    assert (found.published, found.updated) == ("2024-01-26", "2024-01-27")


def test_the_publication_line_comes_first() -> None:
    found = dated(
        ("27 January 2024", Label.DATE), ("Published in Dawn, January 26th, 2024", Label.PUBLICATION)
    )
    assert found.published == "2024-01-26"


def test_doubt_is_null_with_a_warning() -> None:
    found = dated(("04/05/2024", Label.DATE))
    assert found.published is None
    assert found.published_raw == "04/05/2024"
    assert [(warning.code, warning.line) for warning in found.warnings] == [("ambiguous-date", 1)]
