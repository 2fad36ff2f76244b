"""What the whole page decides after the labeller: runs of a story, its headline, other stories' titles."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ingest.label.context import context_of, interruptions
from ingest.label.headline import find_headline, headline_candidates
from ingest.label.rescue import find_story, look_again
from ingest.label.seen import Seen
from ingest.label.shape import shape_of
from ingest.label.story import keep_story, mend_story, runs_of
from ingest.label.titles import date_titles, find_titles
from ingest.line import Label, Line

PROSE = (
    "The harbour board voted on Tuesday to dredge the eastern channel before winter, its chair said.",
    "Two ferries ran aground there in the spring, and the pilots have asked for deeper water since.",
    "The dredging will cost nine million crowns. It is to begin when the herring have gone.",
    "Fishermen at the quay said that nobody had asked them, and that they would write to the board.",
)


def seen(texts: list[str], weights: dict[str, Any], **chances: dict[int, float]) -> Seen:
    """A page of flat text, with what a labeller would make of some of its lines."""
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    shapes = [shape_of(line) for line in lines]
    columns: Any = defaultdict(lambda: [0.0] * len(lines))
    for name, column in chances.items():
        columns[Label[name]] = [column.get(at, 0.0) for at in range(len(lines))]
    return Seen(lines, shapes, context_of(lines, shapes), columns, weights)


def test_lines_that_come_again_between_paragraphs_interrupt_the_story() -> None:
    texts = [part for prose in PROSE for part in (prose, "Article content")]
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    assert interruptions(lines, [shape_of(line) for line in lines]) == {1, 3, 5, 7}


def test_a_repeated_date_or_kicker_of_a_list_is_no_interruption() -> None:
    teasers = ["14 Nov, 2024", "Opinion", "Steep price", "14 Nov, 2024", "Opinion", "Late thaw",
               "14 Nov, 2024", "Opinion", "Dry docks"]  # fmt: skip
    lines = [Line(number, text) for number, text in enumerate([*PROSE, *teasers], 1)]
    assert not interruptions(lines, [shape_of(line) for line in lines])


def test_runs_are_kept_apart_by_four_lines() -> None:
    gap = [Label.CHROME]
    labels = [Label.PARAGRAPH, *gap * 3, Label.SUBHEADING, *gap * 4, Label.PARAGRAPH]
    assert runs_of(labels) == [[0, 4], [9]]


def test_a_run_far_from_the_story_goes_and_one_near_it_stays() -> None:
    texts = [*PROSE, *["Share"] * 6, PROSE[0][::-1], *["Menu"] * 40, PROSE[1][::-1]]
    labels = [Label.PARAGRAPH if len(text) > 20 else Label.CHROME for text in texts]
    weights = {"run": {"bias": 3.0, "away": -1.0}}  # e³ is 20 lines
    keep_story(seen(texts, weights, PARAGRAPH=dict.fromkeys(range(4), 0.9)), labels)
    assert [at for at, label in enumerate(labels) if label is Label.PARAGRAPH] == [0, 1, 2, 3, 10]


def test_a_line_amid_the_story_is_taken_back_into_it() -> None:
    labels = [Label.PARAGRAPH, Label.CHROME, Label.PARAGRAPH, Label.PARAGRAPH]
    weights = {"line": {"bias": -0.5, "amid": 1.0, "in story": 1.0}}
    mend_story(seen(list(PROSE), weights, PARAGRAPH={1: 0.4}), labels)
    assert labels == [Label.PARAGRAPH] * 4


def test_a_long_line_that_the_next_goes_on_with_is_of_the_story() -> None:
    """Text that was wrapped: the first line of a story, too."""
    wrapped = "The harbour board voted on Monday night to keep the ferry running through the winter, after a"
    rest = "petition signed by more than four thousand people of the islands had come in."
    for first, label in ((wrapped, Label.PARAGRAPH), ("Harbour board votes", Label.CHROME)):
        labels = [Label.CHROME, Label.PARAGRAPH, Label.PARAGRAPH]
        weights = {"line": {"bias": -3.0, "in story": 9.0}}
        mend_story(seen([first, rest, PROSE[0]], weights), labels)
        assert labels == [label, Label.PARAGRAPH, Label.PARAGRAPH]


def test_a_story_is_never_mended_away() -> None:
    labels = [Label.PARAGRAPH] * 4
    mend_story(seen(list(PROSE), {"line": {"bias": -9.0}}), labels)
    assert labels == [Label.PARAGRAPH] * 4


HEADED = ["Log in to save this story", "Harbour board votes to dredge the channel", "A ferry.", *PROSE]


def test_the_headline_is_the_line_that_the_story_tells_again() -> None:
    labels = [Label.HEADLINE, Label.CHROME, Label.CHROME, *[Label.PARAGRAPH] * 4]
    weights = {"headline": {"bias": -4.0, "told": 4.0, "chance": 0.1, "paragraph": -0.5, "least": 0.0}}
    page = seen(HEADED, weights, HEADLINE={0: 0.6, 1: 0.1}, PARAGRAPH=dict.fromkeys(range(3, 7), 0.9))
    find_headline(page, labels)
    assert labels[:2] == [Label.CHROME, Label.HEADLINE]


def test_no_line_is_the_headline_when_none_is_likely() -> None:
    labels = [Label.HEADLINE, Label.CHROME, Label.CHROME, *[Label.PARAGRAPH] * 4]
    weights = {"headline": {"bias": -2.0, "told": 1.0, "least": 0.0}}
    find_headline(seen(HEADED, weights), labels)
    assert Label.HEADLINE not in labels


def test_dates_and_navigation_are_no_candidates() -> None:
    texts = ["Menu", "January 26th, 2024", "Harbour board votes to dredge the channel", *PROSE]
    labels = [*[Label.CHROME] * 3, *[Label.PARAGRAPH] * 4]
    assert headline_candidates(seen(texts, {}, HEADLINE={1: 0.5}), labels)[0] == 2


def test_a_list_makes_each_of_its_lines_likelier_to_be_a_title() -> None:
    texts = ["Late thaw empties the northern docks", "Dry summer drains the upper lakes", "Contact us"]
    labels = [Label.TEASER_TITLE, Label.CHROME, Label.CHROME]
    weights = {"title": {"bias": -1.0, "alike and likely": 2.0, "labelled": 3.0}}
    find_titles(seen(texts, weights, TEASER_TITLE={0: 0.9, 1: 0.3, 2: 0.01}), labels)
    assert labels == [Label.TEASER_TITLE, Label.TEASER_TITLE, Label.CHROME]


def test_a_story_that_was_missed_is_found_where_it_was_thought_possible() -> None:
    texts = ["Menu", "Search", *PROSE, "Contact us", "Imprint", "Privacy"]
    labels = [Label.CHROME] * len(texts)
    find_story(seen(texts, {}, PARAGRAPH=dict.fromkeys(range(2, 6), 0.2)), labels)
    assert labels[2:6] == [Label.PARAGRAPH] * 4
    assert labels.count(Label.PARAGRAPH) == 4


def test_what_nothing_speaks_for_is_no_story() -> None:
    texts = ["Menu", "Search", *PROSE, *["Contact us and all our branches in the county"] * 12]
    labels = [Label.CHROME] * len(texts)
    find_story(seen(texts, {}, PARAGRAPH=dict.fromkeys(range(2, 6), 0.001)), labels)
    assert Label.PARAGRAPH not in labels


def test_a_byline_that_was_outvoted_is_looked_for_again() -> None:
    texts = ["Harbour board votes", "Jane Roe", "Share", *PROSE]
    labels = [Label.HEADLINE, Label.CHROME, Label.CHROME, *[Label.PARAGRAPH] * 4]
    look_again(seen(texts, {}, BYLINE={1: 0.3}), labels)
    assert labels[1] is Label.BYLINE


def test_a_lists_dates_all_belong_to_its_titles() -> None:
    texts = ["Steep price", "14 Nov, 2024", "Late thaw", "13 Nov, 2024", "Contact", "12 Nov, 2024"]
    labels = [Label.TEASER_TITLE, Label.TEASER_DATE, Label.TEASER_TITLE, *[Label.CHROME] * 3]
    date_titles(seen(texts, {}), labels)
    assert labels[3:] == [Label.TEASER_DATE, Label.CHROME, Label.CHROME]
