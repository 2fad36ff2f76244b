"""Some lines say themselves what they are, and some pages have no story."""

from __future__ import annotations

import pytest

from ingest.build.settle import settled
from ingest.line import Label, Line

P, H, C = Label.PARAGRAPH, Label.HEADLINE, Label.CHROME
PROSE = "The harbour board has agreed to pay for a second crane, its chairman said on Tuesday. " * 5


def settle(*texts: str, labels: list[Label] | None = None) -> list[Label]:
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    return settled(lines, labels or [P] * len(lines))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Read more: Rain is coming", Label.TEASER_TITLE),
        ("Lire aussi : La pluie arrive", Label.TEASER_TITLE),
        ("Published in The Daily Star, April 18th, 2024.", Label.PUBLICATION),
        ("The writer is a former ambassador.", C),
        ("jane.roe@example.org", C),
        ("By Jane Roe, Roe News", Label.BYLINE),
        (
            "By Jane Roe, who had seen it all before and never wrote of it"
            " until the day on which she died alone at sea",
            P,
        ),
        ("By Jane Roe's own account, nothing happened.", P),
        ("The writer Jane Roe left, and the city mourns her.", P),
        ("Published in 1951, the novel was forgotten for fifty years by all but a few.", P),
        ("More: it rained.", Label.TEASER_TITLE),
        ("Barrels in the yard of the old distillery. EFE/Juan Roe", Label.CAPTION),
        ("Rescuers at the quay on Monday (AP Photo/Jane Roe).", Label.CAPTION),
        ("Der Kanzler am Montag in Kiel. Anna Roe/dpa", Label.CAPTION),
        ("Half of them would leave at once, a Reuters/Ipsos poll showed.", P),
        ("The crane and/or the ferry will be paid for by the board, Jane Roe said.", P),
        ("Start the day with our newsletter on the harbour. Sign up here.", C),
        ("Her newsletter had nine readers, and one of them was the mayor.", P),
        ("He wrote to jane.roe@example.org and never had an answer from her.", P),
    ],
)
def test_words(text: str, label: Label) -> None:
    assert settle(PROSE, text) == [P, label]


def test_a_byline_stands_among_the_first_lines() -> None:
    assert settle(*[PROSE] * 3, "Von Anna Groß")[-1] is Label.BYLINE
    assert settle(*[PROSE] * 4, "Von Anna Groß")[-1] is P


def test_an_error_page_has_no_story() -> None:
    assert settle("The page may have been moved. Please check the address.") == [C]


def test_a_headline_makes_a_short_text_a_story() -> None:
    labels = [H, P]
    assert settle("Rain is coming", "It will rain on Friday.", labels=labels) == labels


def test_a_dateline_makes_a_short_text_a_story() -> None:
    assert settle("BAGHDAD: Talks on the coalition's future start soon, officials said.") == [P]


def test_lines_without_a_full_stop_are_no_story() -> None:
    front = ["Water company fined for spills into three rivers"] * 12
    assert set(settle("Rain", *front, labels=[H] + [P] * 12)) == {H, C}
