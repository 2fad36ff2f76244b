"""Which dates were considered, and why one won."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.build.dating import WEIGHTS
from ingest.explain.dates import considered, verdicts
from ingest.explain.reading import explained
from ingest.vocabulary import load

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*/page.*"))
STORY = (
    "<p>The council voted on Monday night to keep the harbour ferry running through the winter, after a "
    "petition signed by more than four thousand residents of the islands.</p>"
) * 4


def page(printed: str, head: str = ""):
    html = f"<head>{head}</head><body><h1>Council keeps the harbour ferry</h1><div>{printed}</div>{STORY}"
    return explained(html, format="html")


def meta(day: str) -> str:
    return f'<meta property="article:published_time" content="{day}">'


def why(told, name: str = "published") -> str:
    return next(one.why for one in verdicts(told) if one.name == name)


def test_the_reasons_of_the_winner():
    told = page("5 March 2024")
    (one,) = considered(told)
    assert (one.raw, one.value, one.won) == ("5 March 2024", "2024-03-05", "published")
    assert ("under the headline", WEIGHTS["under the headline"]) in one.reasons
    assert why(told).startswith("“5 March 2024” on line 2 has the most for it (under the headline")
    assert why(told, "updated") == "no date of the page may be it"


def test_what_print_leaves_out_comes_from_the_head():
    told = page("Mar. 5", meta("2024-03-05T08:00:00Z"))
    assert why(told).endswith(
        "what it leaves out comes from the page’s head, which says 2024-03-05T08:00:00+00:00"
    )


def test_the_head_stands_alone():
    told = page("", meta("2024-03-05"))
    assert why(told) == "the page’s head says 2024-03-05; no printed date has more for it than against it"


def test_a_date_that_is_left_open():
    told = page("04/05/2024")
    (verdict, _) = verdicts(told)
    assert verdict.value is None
    assert verdict.why.endswith("but it can’t be read as a day")


def test_the_heaviest_come_first():
    told = page("Published 5 March 2024 10:05 | Updated 6 March 2024")
    found = considered(told)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    assert {one.won for one in found} == {"published", "updated"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_a_page_says_why(path):
    told = explained(path.read_bytes())
    if told.page.article is None:
        assert list(verdicts(told)) == []
        return
    for verdict in verdicts(told):
        assert verdict.value == getattr(told.page.article, verdict.name)
        assert verdict.why
    for one in considered(told):
        assert one.raw in told.lines[one.at].line.text
        assert one.weight == pytest.approx(sum(weight for _, weight in one.reasons))


def test_every_reason_has_words():
    assert set(load("evidence.json")["dates"]) >= set(WEIGHTS)
