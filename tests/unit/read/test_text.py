"""Flat text -> lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.text import collapse, decode_entities, text_lines


def texts(text: str) -> list[str]:
    return [line.text for line in text_lines(text)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\u0085", "\u2028", "\u2029"])
def test_every_line_end_ends_a_line(end: str) -> None:
    lines = text_lines(f"one{end}{end}two{end}")
    assert [(line.number, line.gap, line.text) for line in lines] == [(1, 0, "one"), (3, 1, "two")]


def test_gaps_before_between_and_after() -> None:
    lines = text_lines("\n \n\u00a0\none\ntwo\n\u200b\n\n&nbsp;\nthree\n\n")
    assert [(line.number, line.gap) for line in lines] == [(4, 3), (5, 0), (9, 3)]


def test_white_space_is_collapsed() -> None:
    assert texts(" a\t b\u00a0\u00a0c\u3000d\u2009e ") == ["a b c d e"]
    assert texts("\ufeff\u200bRain \u200b") == ["Rain"]
    assert texts("می\u200cشود and 👩\u200d🚒") == ["می\u200cشود and 👩\u200d🚒"], "joiners shape words"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Q&amp;A", "Q&A"),
        ("Tom&#8217;s &#x201C;R&D&#x201d;", "Tom’s “R&D”"),
        ("a&nbsp;&nbsp;b&nbsp;", "a b"),
        ("&lt;p&gt;", "<p>"),
        ("&amp;lt;", "&lt;"),
        ("AT&T, &copy 2024, &nosuch; & ;", "AT&T, &copy 2024, &nosuch; & ;"),
        ("&#; &#x; &#99999999;", "&#; &#x; &#99999999;"),
        ("?a=1&section=2&copy=3", "?a=1&section=2&copy=3"),
        ("&#150; &#0; &#xD800;", "– \ufffd \ufffd"),
    ],
)
def test_entities(printed: str, meant: str) -> None:
    assert texts(printed) == [meant]
    assert decode_entities(printed) == meant


@given(st.text())
def test_no_line_is_lost(text: str) -> None:
    lines = text_lines(text.replace("&", ""))
    kept = "".join("".join(line.text.split()) for line in lines)
    for invisible in "\u200b\u2060\ufeff":
        kept, text = kept.replace(invisible, ""), text.replace(invisible, "")
    assert kept == "".join(text.replace("&", "").split())


@given(st.text())
def test_lines_are_in_order_and_gaps_add_up(text: str) -> None:
    last = 0
    for line in text_lines(text):
        assert line.text and line.number == last + line.gap + 1
        last = line.number


@given(st.text())
def test_collapsing_twice_changes_nothing(text: str) -> None:
    assert collapse(collapse(text)) == collapse(text)
    lines = texts(text.replace("&", ""))
    assert texts("\n".join(lines)) == lines
