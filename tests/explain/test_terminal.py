"""How a page was read, in columns: every line, its label, what decided, and the fields built from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.explain.columns import width_of
from ingest.explain.reading import explained
from ingest.explain.terminal import COLOURS, Look, date_report, page_report
from ingest.line import Label

ROOT = Path(__file__).parents[2]
SAMPLE = explained((ROOT / "samples" / "dawn-coalition-talks.txt").read_bytes(), name="talks.txt")
PAGES = sorted((ROOT / "tests" / "pages").glob("*/page.*"))
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def test_a_line_its_label_what_decided_and_where_it_went():
    rows = list(page_report(SAMPLE, Look()))
    assert rows[0] == "talks.txt"
    assert rows[1] == "text, utf-8, 36 lines → an article of 9 paragraphs, 6 teasers, 2 lines left over"
    at = next(at for at, row in enumerate(rows) if row.startswith("19 "))
    assert rows[at] == "19 ┃ publication line Published in Dawn, January 26th, 2024"
    assert "sure " in rows[at + 1]
    assert "Published in” or the like" in " ".join(row.strip("┃ ") for row in rows[at + 1 : at + 4])
    goes = next(row for row in rows[at:] if "→" in row)
    assert goes.strip("┃ ") == "→ .article.publisher, .article.published"


def test_the_record_names_its_lines():
    rows = list(page_report(SAMPLE, Look()))
    record = [" ".join(row.split()) for row in rows[rows.index("The record") :]]
    assert ".article.published 2024-01-26 line 19" in record
    assert ".article.dateline BAGHDAD line 1" in record
    assert ".article.paragraphs 9 in all lines 1–17" in record
    assert ".teasers[1] Steep price lines 31–36" in record


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_every_row_fits(path):
    page = explained(path.read_bytes(), name=str(path))
    for width in (40, 72, 100, 140):
        for row in [*page_report(page, Look(width)), *date_report(page, Look(width))]:
            assert width_of(row) <= width, row


def test_the_part_that_is_asked_for():
    for part in ("article", "teasers", "rest"):
        rows = list(page_report(SAMPLE, Look(), part))
        numbers = [row.split(" ┃")[0].strip() for row in rows if re.match(r" *\d+ ┃", row)]
        assert numbers == [one.name for one in SAMPLE.lines if one.is_of(part)]
    assert not any(".teasers[" in row for row in page_report(SAMPLE, Look(), "article"))
    assert "The record" not in list(page_report(SAMPLE, Look(), "rest"))


def test_colour_changes_nothing_but_the_colour():
    plain, coloured = (list(page_report(SAMPLE, Look(100, colour))) for colour in (False, True))
    assert [COLOUR.sub("", row).rstrip() for row in coloured] == [row.rstrip() for row in plain]
    assert not any("\x1b" in row for row in plain)
    assert any(f"\x1b[{COLOURS[Label.PUBLICATION]}m" in row for row in coloured)
    assert set(COLOURS) == set(Label)


def test_a_page_does_not_drive_the_terminal():
    text = (
        "\x1b[2J\x1b]0;mine\x07 said \u202eofficials\u202c on Monday, \x9b31mand the talks went on there.\n\n"
    )
    page = explained(text * 3 + "Steep\x1b[1A price", name="\x1b[31mevil.txt")
    shown = "\n".join([*page_report(page, Look(60, True)), *date_report(page, Look(60, True))])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", COLOUR.sub("", shown))
    assert r"\x1b[31mevil.txt" in shown


def test_wide_letters_take_two_columns():
    data = (ROOT / "tests" / "pages" / "html-ja-shima-ferry" / "page.html").read_bytes()
    bars = {width_of(row.partition("┃")[0]) for row in page_report(explained(data), Look(80)) if "┃" in row}
    assert len(bars) == 1


def test_a_page_without_a_story():
    rows = list(page_report(explained("Steep price"), Look()))
    assert "  no main article" in rows
    assert list(date_report(explained("Steep price"), Look()))[1] == "no main article, so no date of one"
