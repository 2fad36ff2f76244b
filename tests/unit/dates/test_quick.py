"""The quick look never passes over a date that the grammar would read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.dates.find import Line, _drafts
from ingest.dates.quick import may_hold_date
from ingest.dates.words import index

PHRASES = sorted(
    f"{first} {rest}".strip()
    for first, entry in index().items()
    for rest in ([""] if isinstance(entry, str) else entry)
)
NUMBERS = st.sampled_from(["1", "5", "12", "26", "31", "24", "2024", "1402", "2567", "٢٦", "２０２４"])
WORDS = st.builds(lambda phrase, n: phrase.replace("#", n), st.sampled_from(PHRASES), NUMBERS)
SIGNS = st.sampled_from([" ", " ", " ", ", ", ". ", "-", "/", " / ", ".", "", "\u200e", " – ", ": ", "．"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(NUMBERS, WORDS), min_size=1, max_size=5), st.data())
def test_no_date_is_passed_over(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(piece + data.draw(SIGNS) for piece in pieces)
    order = data.draw(st.sampled_from([None, "DMY", "YMD"]))
    if any(map(str.isdecimal, text)) and _drafts(Line(text, order)):
        assert may_hold_date(text)


def test_every_moment_without_a_digit_is_seen() -> None:
    moments = [p for p in PHRASES if "#" not in p and len(p) <= 60 and any(d.past for d in _drafts(Line(p)))]
    assert len(moments) > 200
    assert [phrase for phrase in moments if not may_hold_date(phrase)] == []


def test_most_lines_are_told_at_once() -> None:
    lines = ["Photo 5 of 9", "The 10 best ports", "Page 3", "Last orders for an old pier", "24 hours in Roe"]
    assert [line for line in lines if may_hold_date(line)] == []
