"""Lists: the entries that are sure, and the blank lines between them, tell what the others are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.label.context import context_of
from ingest.label.rhythm import even_lists
from ingest.label.seen import Seen
from ingest.label.shape import shape_of
from ingest.label.titles import head_entries
from ingest.line import Label, Line

T, D, B, Y, C = (
    Label.TEASER_TITLE,
    Label.TEASER_DATE,
    Label.TEASER_BLURB,
    Label.TEASER_BYLINE,
    Label.CHROME,
)
LETTERS = {"T": T, "D": D, "B": B, "Y": Y, ".": C, "P": Label.PARAGRAPH}
DAY = "14 Nov, 2024"


def seen(labels: str, sure: float = 0.9, doubtful: str = "") -> tuple[Seen, list[Label]]:
    """A page whose lines the labeller takes for these; of those in ``doubtful`` it gives titles 0.2."""
    lines = [Line(n, DAY if letter == "D" else f"Steep price {n}") for n, letter in enumerate(labels, 1)]
    shapes = [shape_of(line) for line in lines]
    chance = {label: [0.01] * len(lines) for label in Label}
    for at, letter in enumerate(labels):
        chance[LETTERS[letter]][at] = sure
        if str(at) in doubtful.split():
            chance[LETTERS[letter]][at], chance[T][at] = 0.75, 0.2
    return Seen(lines, shapes, context_of(lines, shapes), chance, {}), [LETTERS[letter] for letter in labels]


def even(labels: str, doubtful: str = "", titles: dict[int, float] | None = None) -> str:
    page, found = seen(labels, doubtful=doubtful)
    even_lists(page, found, titles or {})
    names = {label: letter for letter, label in LETTERS.items()}
    return "".join(names[label] for label in found)


@pytest.mark.parametrize(
    ("labels", "doubtful", "evened"),
    [
        ("TDTDTD.DTD", "6", "TDTDTDTDTD"),  # a title of two words
        ("DTDTDTD.DT", "7", "DTDTDTDTDT"),
        ("PTDBTDB.DBTDBTDBP", "7", "PTDBTDBTDBTDBTDBP"),
        ("TDTDTDTD", "", "TDTDTDTD"),
        ("TD.DPP", "2", "TD.DPP"),  # two are no list yet
        ("PPPDPPP", "", "PPPDPPP"),
        (".D.D.D.D.D", "", ".D.D.D.D.D"),  # nothing says that these are titles
        ("", "", ""),
    ],
)
def test_what_one_entry_lacks_the_others_tell(labels: str, doubtful: str, evened: str) -> None:
    assert even(labels, doubtful) == evened


def test_a_blurb_that_was_taken_for_a_title() -> None:
    page, found = seen("TDBTDBTDTTDB")
    page.chance[T][8], page.chance[B][8] = 0.6, 0.35
    even_lists(page, found, {})
    assert found == [LETTERS[letter] for letter in "TDBTDBTDBTDB"]


def test_what_is_known_better_of_titles_is_heard() -> None:
    assert even(".D.D.D.D.D", titles=dict.fromkeys(range(0, 10, 2), 0.6)) == "TDTDTDTDTD"
    assert even(".D.D.D.D.D", titles=dict.fromkeys(range(0, 10, 2), 0.001)) == ".D.D.D.D.D"


def test_a_line_of_the_story_ends_a_list() -> None:
    assert even("TDTDPDTDTD", "4").index("P") == 4


def test_no_date_no_rhythm() -> None:
    page, found = seen("TBTB.BTB", doubtful="4")
    before: Sequence[Label] = list(found)
    even_lists(page, found, {})
    assert found == before


def headed(page: str, texts: Sequence[str] = ()) -> str:
    """What becomes of a page's labels; a blank is a blank line."""
    letters = page.replace(" ", "")
    gaps = [int(page[max(0, at - 1)] == " ") for at, letter in enumerate(page) if letter != " "]
    words = texts or [
        DAY if letter == "D" else f"The harbour price of {n}" for n, letter in enumerate(letters)
    ]
    lines = [Line(n, text, gap) for n, (text, gap) in enumerate(zip(words, gaps, strict=True), 1)]
    shapes = [shape_of(line) for line in lines]
    found = [LETTERS[letter] for letter in letters]
    head_entries(Seen(lines, shapes, context_of(lines, shapes), {}, {}), found)
    names = {label: letter for letter, label in LETTERS.items()} | {Label.SECTION: "S"}
    return "".join(names[label] for label in found)


@pytest.mark.parametrize(
    ("page", "headed_so"),
    [
        ("TT TT T", "TBTBT"),
        ("TDT TDT", "TDBTDB"),
        ("TT T T", "TTTT"),  # one block alone may be two titles
        ("TTTTT TTTTT", "TTTTTTTTTT"),  # lists of titles
        ("TDTD TDTD", "TDTDTDTD"),
        ("TD TD TD", "TDTDTD"),
        ("PT PT", "PTPT"),
    ],
)
def test_an_entry_between_blank_lines_has_one_title(page: str, headed_so: str) -> None:
    assert headed(page) == headed_so


@pytest.mark.parametrize(
    ("over", "label"),
    [
        ("Banking", "S"),
        ("Sign in", "."),
        ("Banking 2024", "."),
        ("Of the harbour and of those who live there", "."),
    ],
)
def test_a_few_words_over_such_entries_name_a_section(over: str, label: str) -> None:
    texts = [over, *(f"The harbour price of {n}" for n in "abcdefgh")]
    assert headed(". TT TT TT TT", texts)[0] == label


def test_a_title_that_stands_twice_is_no_blurb() -> None:
    texts = [
        "The price of fish",
        "The price of salt",
        "The price of salt",
        "The price of ice",
        "The price of sand",
    ]
    assert headed("TT TT T", texts) == "TTTBT"
