"""HTML that its parser can't bear."""

from __future__ import annotations

import pytest

from ingest.errors import InputError
from ingest.read.floods import shallow_tree, without_floods
from ingest.read.html import HARMLESS, parse_tree, tree_lines

PAD = "<!--" + "x" * HARMLESS + "-->"  # makes a page large enough to be looked at


def lines(text: str) -> list[str]:
    return [line.text for line in tree_lines(parse_tree(text))]


@pytest.mark.parametrize(
    "attributes",
    [
        "a{}=1",
        "a{}",
        "a{}=''",
        'a{} = "x"',
        "a{}='<>'",
        'a{}=">"',
        "a{}/",
        "=a{}",
        'a{}=="x',
        "a{}='\"'",
    ],
)
def test_a_flood_of_attributes_goes_and_the_text_stays(attributes):
    flood = " ".join(attributes.format(n) for n in range(20_000))
    text = f"<p>One</p><p {flood}>Two</p><p class='a > b'>Three</p>"
    assert without_floods(text) == "<p>One</p><p>Two</p><p class='a > b'>Three</p>"
    assert lines(PAD + text) == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    "text",
    [
        "<p title='a > b' hidden>One</p>",
        '<p title="' + "a " * 20_000 + '">One</p>',
        "<p " + " ".join(f"a{n}" for n in range(4_000)) + ">One</p>",
        "One < two, <3 and <a",
        "<p title='never closed>One</p>",
        "<",
        "<a" * 1000,
    ],
)
def test_all_else_stays_as_it_is(text):
    assert without_floods(text) == text


@pytest.mark.parametrize("inner", ["<div>", "<b>", "<span><em>", "<ul><li>", "<table><tr><td>"])
@pytest.mark.parametrize("depth", [100, 2_000, 3_000])
def test_no_text_is_lost_however_deep_it_stands(inner, depth):
    text = f"<h1>Rain</h1>{inner * depth}Deep{'</div>' * depth}<p>After</p>"
    assert [line.replace("Deep", "") for line in lines(text)] in (["Rain", "", "After"], ["Rain", "After"])
    assert "Deep" in "".join(lines(text))


def test_a_tree_has_an_end_of_its_depth():
    tree = shallow_tree(b"<div>" * 5_000 + b"Rain")
    depth, element = 0, tree
    while len(element):
        depth, element = depth + 1, element[0]
    assert 500 < depth < 520
    with pytest.raises(InputError, match="in more than 10,000 others"):
        shallow_tree(b"<div>" * 20_000 + b"Rain")
    with pytest.raises(InputError, match="in more than 10,000 others"):
        parse_tree("<div>" * 20_000 + "Rain")


def test_class_words_have_an_end():
    names = iter(f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(10_000))
    classes = [" ".join(next(names) for _ in range(90)) for _ in range(100)]
    text = "".join(f"<div class='{words}'>" for words in classes) + "<p>Rain"
    (line,) = tree_lines(parse_tree(text))
    assert line.hints is not None and 90 < len(line.hints.words) < 300
