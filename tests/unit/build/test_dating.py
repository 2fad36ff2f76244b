"""Which date of a page is which."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.build.dating import date_story
from ingest.build.reading import Reading
from ingest.line import Hints, Label, Line
from ingest.read.claim import TRUST, Claim, Kind

PUBLISHED: Kind = "published"
UPDATED: Kind = "updated"


def dated(
    *texts: tuple[str, Label], claim: str | None = None, changed: str | None = None, **options: Any
) -> Any:
    """Dates a story of one paragraph; the texts stand between it and its headline."""
    told = [*texts, ("The talks failed, two officials said.", Label.PARAGRAPH)]
    lines = [Line(number, text) for number, (text, _) in enumerate(told, 1)]
    labels = [label for _, label in told]
    claims = [
        Claim(text, "meta", kind, TRUST["meta"])
        for text, kind in ((claim, PUBLISHED), (changed, UPDATED))
        if text is not None
    ]
    return date_story(lines, labels, range(len(texts)), claims, Reading(**options))


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


def test_the_metadata_of_several_sources_overrule_a_bare_day_of_the_update() -> None:
    claims = [
        Claim("2024-01-20", source, PUBLISHED, TRUST[source])
        for source in ("JSON-LD article", "meta", "address")
    ] + [Claim("2024-01-26", "meta", UPDATED, TRUST["meta"])]
    texts = ["26 January 2024", "The talks failed, two officials said."]
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    found = date_story(lines, [Label.DATE, Label.PARAGRAPH], range(1), claims, Reading())
    assert (found.published, found.updated, found.updated_raw) == (
        "2024-01-20",
        "2024-01-26",
        "26 January 2024",
    )
    assert found.warnings == ()


def test_a_placeholder_in_the_metadata_is_no_day() -> None:
    for text in ("1970-01-01T00:00:00Z", "0001-01-01"):
        assert dated(claim=text).published is None


def test_a_claim_from_the_future_is_none() -> None:
    assert dated(claim="2030-01-01T10:00:00Z", now="2024-01-26").published is None


@pytest.mark.parametrize(
    "text",
    [
        "Doors open: 26 January 2024",
        "Jane Roe reads to her son in their flat near the river, Springfield, 26 January 2024",
        "He has not been seen since 26 January 2024.",
    ],
)
def test_events_and_captions_are_not_the_storys(text: str) -> None:
    assert dated((text, Label.DATE), claim="2023-05-03T10:00:00Z").published == "2023-05-03T10:00:00+00:00"


def test_a_caption_alone_dates_nothing() -> None:
    text = "Jane Roe reads to her son in their flat near the river, Springfield, 26 January 2024"
    assert dated((text, Label.DATE)).published is None


def test_a_day_that_opens_the_text() -> None:
    for text, day in (
        ("(26.01.2024) The talks failed, two officials said.", "2024-01-26"),
        ("26.01.2024 The talks failed, two officials said.", "2024-01-26"),
        ("Karlsruhe, (26.01.2024). The talks failed, two officials said.", "2024-01-26"),
        ("26 January 2024 was a Friday, two officials said.", None),
    ):
        found = date_story([Line(1, text)], [Label.PARAGRAPH], range(0), [], Reading())
        assert found.published == day


def test_the_day_of_the_visit_in_the_masthead_is_not_the_storys() -> None:
    texts = ["Friday, January 26, 2024", *["Politics"] * 20, "The talks failed, two officials said."]
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    labels = [Label.DATE, *[Label.CHROME] * 20, Label.PARAGRAPH]
    assert date_story(lines, labels, range(20, 21), [], Reading()).published is None


def test_marks_and_links_of_the_markup() -> None:
    """A comment's date and a related story's stand off; the one that the markup calls the date is taken."""

    def line(number: int, text: str, words: str, href: str | None = None) -> Line:
        hints = Hints("div", words=frozenset(words.split()), href=href, link_share=1.0 if href else 0.0)
        return Line(number, text, 0, hints)

    lines = [
        line(1, "The talks failed, two officials said.", "article body"),
        line(2, "27 January 2024", "comment meta date"),
        line(3, "28 January 2024", "meta", "/2024/other-story"),
        line(4, "26 January 2024", "post meta date"),
    ]
    labels = [Label.PARAGRAPH, Label.CHROME, Label.CHROME, Label.CHROME]
    assert date_story(lines, labels, range(0), [], Reading()).published == "2024-01-26"


def told(number: int, text: str, href: str | None = None, words: str = "") -> Line:
    """A line with what markup says of it; what has an address is a link."""
    hints = Hints("div", words=frozenset(words.split()), href=href, link_share=1.0 if href else 0.0)
    return Line(number, text, 0, hints)


def test_a_day_in_a_link_to_its_own_story_above_the_headline() -> None:
    """A blog's front page: each post has its day and its headline in links to itself."""
    lines = [
        told(1, "[Friday, 26 January 2024]", "/2024/01/26/talks-fail/", "newsdate"),
        told(2, "Talks fail", "/2024/01/26/talks-fail/"),
        told(3, "The talks failed, two officials said."),
        told(4, "[Thursday, 25 January 2024]", "/2024/01/25/talks-begin/", "newsdate"),
        told(5, "[Wednesday, 24 January 2024]", "/2024/01/24/talks-planned/", "newsdate"),
    ]
    labels = [Label.DATE, Label.HEADLINE, Label.PARAGRAPH, Label.CHROME, Label.CHROME]
    reading = Reading(url="https://star.example/")
    assert date_story(lines, labels, range(2, 3), [], reading).published == "2024-01-26"


@pytest.mark.parametrize("away", [2, 40])
def test_a_list_of_stories_dates_the_one_that_it_is_printed_beside(away: int) -> None:
    lines = [told(1, "The talks failed, two officials said.")]
    lines += [told(number, "Politics") for number in range(2, 2 + away)]
    lines += [
        told(away + 2, "25 January 2024", "/strike-ends"),
        told(away + 3, "26 January 2024", "/talks-fail"),
        told(away + 4, "27 January 2024", "/price-of-bread"),
    ]
    labels = [Label.PARAGRAPH, *[Label.CHROME] * away, *[Label.TEASER_DATE] * 3]
    reading = Reading(url="https://star.example/talks-fail")
    assert date_story(lines, labels, range(0), [], reading).published == "2024-01-26"


@pytest.mark.parametrize(
    ("last", "options", "published"),
    [
        ("© 1998-2026 The Daily Star", {}, "2024-01-26"),
        ("Copyright 2026 The Daily Star", {}, "2024-01-26"),
        ("© 1998-2024 The Daily Star", {}, None),
        ("The Daily Star", {}, None),
        ("The Daily Star", {"now": "2026-03-01T10:00:00+00:00"}, "2024-01-26"),
        ("The Daily Star", {"now": "2024-01-27T10:00:00+00:00"}, None),
    ],
)
def test_the_only_day_is_the_storys_where_it_can_not_be_the_visits(
    last: str, options: dict[str, str], published: str | None
) -> None:
    texts = ["Jan 26, 2024", *["Politics"] * 20, "The talks failed, two officials said.", last]
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    labels = [Label.DATE, *[Label.CHROME] * 20, Label.PARAGRAPH, Label.CHROME]
    found = date_story(lines, labels, range(20, 21), [], Reading(**options))  # type: ignore[arg-type]
    assert found.published == published


@pytest.mark.parametrize(("month", "published"), [("2024-01", "2024-01-26T23:03"), ("2023-12", None)])
def test_the_month_of_the_address(month: str, published: str | None) -> None:
    """A blog's template says it in the sidebar: which post of the page, the month in its address tells."""
    text = "Die Gespräche wurde am 26. Januar 2024 um 23:03 Uhr gepostet und unter Politik, Welt abgelegt."
    lines = [told(1, text, None, "sidebar"), *(told(number, "Archiv") for number in range(2, 22))]
    lines += [told(22, "Die Gespräche sind gescheitert, sagten zwei Beamte.")]
    labels = [*[Label.CHROME] * 21, Label.PARAGRAPH]
    claims = [Claim(month, "address", PUBLISHED, TRUST["address"])]
    assert date_story(lines, labels, range(20, 21), claims, Reading()).published == published


@pytest.mark.parametrize("words", ["site header date", "newsticker meta date"])
def test_the_names_of_a_masthead_and_of_a_ticker_mark_no_storys_day(words: str) -> None:
    lines = [told(1, "26 January 2024", None, words), *(told(number, "Politics") for number in range(2, 22))]
    lines += [told(22, "The talks failed, two officials said.")]
    labels = [Label.DATE, *[Label.CHROME] * 20, Label.PARAGRAPH]
    assert date_story(lines, labels, range(20, 21), [], Reading()).published is None


@pytest.mark.parametrize(
    ("offset", "zone", "value"),
    [
        ("+05:30", "IST", "2024-01-26T10:05+05:30"),
        ("-04:00", "ET", "2024-01-26T10:05-04:00"),
        ("+08:00", "CST", "2024-01-26T10:05+08:00"),
        ("+02:00", "BST", "2024-01-26T10:05"),
    ],
)
def test_the_pages_own_offset_decides_a_zone(offset: str, zone: str, value: str) -> None:
    found = dated((f"Jan 26, 2024 10:05 {zone}", Label.DATE), offsets=(offset,))
    assert found.published == value
    assert bool(found.warnings) == (len(value) == 16)


def test_a_time_without_a_day_under_the_headline_is_of_the_day_of_the_visit() -> None:
    line = ("Uppdaterad 15.59 | Publicerad 14.14", Label.CHROME)
    found = dated(line, now="2024-01-26T16:00:00")
    assert (found.published, found.published_raw) == ("2024-01-26T14:14", "14.14")
    assert (found.updated, found.updated_raw) == ("2024-01-26T15:59", "15.59")
    assert dated(line).published is None
    assert dated(line, claim="2024-01-20", now="2024-01-26T16:00:00").published == "2024-01-20"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("26.01.2024 ∙ Politics", "2024-01-26"),
        ("January 2024 ∙ Politics", None),
        ("By Jane Roe, 26 January 2024", "2024-01-26"),
        ("Published 26 January 2024", "2024-01-26"),
        ("The talks of 26 January 2024", None),
    ],
)
def test_a_day_under_the_headline_on_a_line_without_a_label(text: str, published: str | None) -> None:
    assert dated((text, Label.CHROME)).published == published


@pytest.mark.parametrize(
    ("text", "away", "published"),
    [
        ("By Jane Roe, 26 January 2024", 1, "2024-01-26"),
        ("By Jane Roe, 26 January 2024", 5, None),
        ("Published 26 January 2024", 9, "2024-01-26"),
        ("26 January 2024", 9, "2024-01-26"),
        ("26 January 2024", 30, None),
    ],
)
def test_a_day_below_the_story(text: str, away: int, published: str | None) -> None:
    lines = [told(1, "The talks failed, two officials said.")]
    lines += [told(number, "Politics") for number in range(2, 1 + away)]
    lines += [told(1 + away, text)]
    labels = [Label.PARAGRAPH, *[Label.CHROME] * away]
    assert date_story(lines, labels, range(0), [], Reading()).published == published


@pytest.mark.parametrize(
    ("words", "published"), [("post date", "2024-01-26"), ("comment date", None), ("", None)]
)
def test_a_day_far_from_the_story_needs_a_mark(words: str, published: str | None) -> None:
    lines = [told(1, "The talks failed, two officials said.")]
    lines += [told(number, "Politics") for number in range(2, 40)]
    lines += [told(40, "26 January 2024, 10:05", None, words)]
    labels = [Label.PARAGRAPH, *[Label.CHROME] * 39]
    found = date_story(lines, labels, range(0), [], Reading()).published
    assert (found or "")[:10] == (published or "")


@pytest.mark.parametrize(("many", "published"), [(2, "2024-01-21T10:05"), (3, None)])
def test_days_in_elements_of_one_kind_are_a_list(many: int, published: str | None) -> None:
    lines = [told(1, "The talks failed, two officials said."), *(told(n, "Politics") for n in range(2, 40))]
    lines += [told(40 + n, f"2{n} January 2024, 10:05", None, "post date") for n in range(1, 1 + many)]
    labels = [Label.PARAGRAPH, *[Label.CHROME] * (38 + many)]
    assert date_story(lines, labels, range(0), [], Reading()).published == published


def test_an_entry_says_at_length_when_it_was_posted() -> None:
    text = (
        "This entry was posted on Friday, January 26th, 2024 at 10:05 and is filed under Politics, World. "
        "You can follow any responses to this entry through the feed, leave a response, or trackback from "
        "your own site, where you have one and like to."
    )
    assert len(text) > 200
    lines = [told(1, "The talks failed, two officials said."), told(2, text)]
    found = date_story(lines, [Label.PARAGRAPH, Label.CHROME], range(0), [], Reading())
    assert found.published == "2024-01-26T10:05"


def test_the_time_element_tells_what_its_words_leave_open() -> None:
    hints = Hints("p", datetime="2024-01-26T10:05:00Z")
    lines = [Line(1, "2 hours ago", 0, hints), Line(2, "The talks failed, two officials said.")]
    found = date_story(lines, [Label.DATE, Label.PARAGRAPH], range(1), [], Reading())
    assert (found.published, found.published_raw, found.warnings) == ("2024-01-26", "2 hours ago", ())


@pytest.mark.parametrize(
    ("last", "words", "published"),
    [
        ("Published 26 January 2024 in Politics.", "", "2024-01-26"),
        ("This entry, of 26 January 2024, is filed under Politics.", "postmetadata", "2024-01-26"),
        ("They met on 26 January 2024 for the last time.", "", None),
    ],
)
def test_a_template_says_the_day_in_the_storys_last_line(
    last: str, words: str, published: str | None
) -> None:
    lines = [
        told(1, "The talks failed, two officials said."),
        told(2, "They go on."),
        told(3, last, None, words),
    ]
    found = date_story(lines, [Label.PARAGRAPH] * 3, range(0), [], Reading())
    assert found.published == published


def test_ago_is_counted_from_the_last_change() -> None:
    found = dated(
        ("1 day ago", Label.DATE), claim="2024-01-20", changed="2024-01-26", now="2024-01-27T10:00:00"
    )
    assert (found.published, found.updated, found.updated_raw) == ("2024-01-20", "2024-01-26", "1 day ago")


@pytest.mark.parametrize(("other", "published"), [("date", None), ("footer", "2024-01-26")])
def test_a_teasers_date_is_the_storys_where_no_other_is_of_its_kind(
    other: str, published: str | None
) -> None:
    lines = [
        told(1, "The talks failed, two officials said."),
        told(2, "26 January 2024", None, "date"),
        told(3, "20 January 2024", None, other),
    ]
    labels = [Label.PARAGRAPH, Label.TEASER_DATE, Label.TEASER_DATE]
    assert date_story(lines, labels, range(0), [], Reading()).published == published


def test_a_date_in_an_aside_that_the_story_is_not_in_is_anothers() -> None:
    aside = Hints("p", frozenset({"aside"}), frozenset({"post", "date"}))
    between = [told(number, "Politics") for number in range(2, 40)]
    text, date = "The talks failed, two officials said.", Line(40, "26 January 2024, 10:05", 0, aside)
    labels = [Label.PARAGRAPH, *[Label.CHROME] * 39]
    found = date_story([told(1, text), *between, date], labels, range(0), [], Reading())
    assert found.published is None
    inside = Hints("p", frozenset({"aside"}))
    found = date_story([Line(1, text, 0, inside), *between, date], labels, range(0), [], Reading())
    assert found.published == "2024-01-26T10:05"
