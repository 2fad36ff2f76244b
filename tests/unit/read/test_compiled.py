"""What is compiled of reading says what the Python says that defines it."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from ingest.line import MAX_LINES, Line
from ingest.pipeline import prepare
from ingest.read import floods, html, metadata, mojibake
from ingest.read.decode import decode
from ingest.read.html import line_elements, parse_tree
from ingest.read.marked import TAGS, Marked, marked, marked_in_python
from ingest.read.stamps import CLASSES, PROPERTIES

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/page.html"))
tree = pytest.importorskip("ingest.read._tree", reason="installed where there was no C compiler")


def compiled(root: Any, most: int = MAX_LINES) -> list[Line] | None:
    lines: list[Line] | None = tree.lines(html._top(root), most, html._rules())
    return lines


def in_python(root: Any) -> list[Line]:
    return [line for line, _ in html._walk(root)]


def agree(root: Any) -> None:
    assert compiled(root) == in_python(root)
    found = tree.marked(root, TAGS, PROPERTIES, CLASSES)
    assert Marked._make(found) == marked_in_python(root, PROPERTIES, CLASSES)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_pages_are_read_alike(path: Path) -> None:
    root = parse_tree(decode(path.read_bytes(), html=True).text)
    assert compiled(root)
    agree(root)


# --- Pages of anything ----------------------------------------------------------------------------

ELEMENTS = (
    "html head body div p span a time li ul h1 br table tr td label section nav article script style "
    "template svg button option meta title link base b i sub header ul x-y b:c"
).split()
NAMES = (
    "class id role itemprop data-testid data-component style hidden href datetime title name property rel x "
    "xml:lang xmlns:a a:class"
).split()
VALUES = (
    "/one /two display:none DISPLAY\u2003:\tNone visibility:hidden color:red 2024-01-26 datePublished "
    "dateModified published dt-updated articleBody-main XMLHttp_aB-Cd fooBARBaz ÄrgerÜber ſhared canonical"
).split()
TEXTS = (
    "3", "12", "123", " 7 ", "\u0663", "\u00b2", "\u2003", "\u00a0", "\u0085", "\u3000", "\x1c", "\u200b",
    "Rain", " sun ", "%", ".", "–", "°", "ⅷ", "今日", "😀 ", "\u1680x", "a\u2028b", "&amp;", "&nbsp;",
    "&#x110000;", "<!-- c -->", "<![CDATA[d]]>", "\n\n", "é", "\u00c2", "\ufeff", "<?pi x?>", "</p>",
    "</div>", "</a>", "</span>", "</body>", "</html>",
)  # fmt: skip

attributes = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(VALUES), max_size=3).map(" ".join)), max_size=4
).map(lambda pairs: "".join(f' {name}="{value}"' for name, value in pairs))
starts = st.builds("<{}{}>".format, st.sampled_from(ELEMENTS), attributes)
ends = st.sampled_from(ELEMENTS).map("</{}>".format)
markup = st.lists(starts | ends | st.sampled_from(TEXTS), max_size=60).map("".join)


@settings(max_examples=1500, deadline=None)
@given(markup)
def test_any_markup_is_read_alike(text: str) -> None:
    root = parse_tree(text)
    if root is not None:
        agree(root)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_alike(text: str) -> None:
    root = parse_tree(text.replace("\0", ""))
    if root is not None:
        agree(root)


@pytest.mark.parametrize("form", ["<p>{0}</p>", "<p>a{0}b</p>", "<p><b>3</b>{0}</p>", "<p><b>{0}</b>x</p>"])
def test_every_character_is_read_alike(form: str) -> None:
    codes = [*range(1, 0x3100), *range(0x3100, sys.maxunicode + 1, 37)]
    for at in range(0, len(codes), 1000):
        agree(parse_tree("".join(form.format(chr(code)) for code in codes[at : at + 1000])))


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("aBcDe-_ éÜ1\u00a0"), max_size=30))
def test_any_name_has_the_same_words(name: str) -> None:
    agree(parse_tree(f'<div class="{name}"><p id="{name}">One</p></div>'))


def test_long_names_and_many_words_have_the_same_ends() -> None:
    random.seed(7)
    for size in (398, 399, 400, 401, 900):
        for fill in ("a", "aB", "é", "ab ", "xyZW"):
            agree(parse_tree(f'<p class="{(fill * size)[:size]}Ab">One</p>'))
    words = ["".join(random.choices("abcdefghij", k=5)) for _ in range(400)]
    nest = "".join(f'<div class="{" ".join(words[at : at + 30])}">{at}' for at in range(0, 400, 30))
    agree(parse_tree(nest))


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 1_900 + "Rain",
        "<div>" * 9_000 + "Rain<p>Sun",  # a tree that is made shallow
        "<b>" * 1_500 + "Rain<p>Sun",
        "<p>" + "".join(f"<a href=/{n}>" for n in range(300)) + "Rain" * 3,
        "<a href=/one>One<p>" + "<a href=/two>Two</a>" * 500,
        "".join(f"<p class='c{n} d{n % 7}'><a href=/{n}>Rain {n}</a>" for n in range(5_000)),
        "".join(f"<x{n}>Rain</x{n}>" for n in range(2_000)),  # more tags than the table has places
        "<p>" + "Rain " * 100_000,
        "<p>" + " " * 500_000 + "Rain",
        "<title>Rain</title>",
        "<p hidden>One<p style='Display : none'>Two<p style='color:red' hidden=''>Three",
        "<svg><title>One</title><time datetime=2024>Two</time></svg>",
        "<br>One<br>Two",
        "<frameset><frame></frameset>",
        "<p>One</html><html itemprop=datePublished><p class=published title=2024>Two",  # a second root
    ],
    ids=lambda text: text[:30],
)
def test_hostile_pages_are_read_alike(text: str) -> None:
    agree(parse_tree(text))


def test_a_tree_that_no_parser_makes_is_left_to_python() -> None:
    for odd in (
        "<html xmlns='urn:a'><body><p>One</p></body></html>",
        "<!DOCTYPE html [<!ENTITY e 'x'>]><body><p class='a&e;'>One &e;</p><a href='&e;'>b</a></body>",
    ):
        root = etree.fromstring(odd, etree.XMLParser(resolve_entities=False))
        assert compiled(root) in (None, in_python(root))
        assert marked(root, PROPERTIES, CLASSES) == marked_in_python(root, PROPERTIES, CLASSES)

    class Own(etree.ElementBase):
        pass

    lookup = etree.ElementDefaultClassLookup(element=Own)
    parser = etree.HTMLParser()
    parser.set_element_class_lookup(lookup)
    root = etree.fromstring("<p>One</p>", parser)
    assert compiled(root) is None
    assert [line.text for line in html.tree_lines(root)] == ["One"]


def test_comments_in_a_tree_hide_what_follows_them_from_both() -> None:
    agree(etree.HTML("<p>One<!-- no -->two<b>three</b><!-- no -->four</p>five"))


def test_a_part_of_a_tree_is_read_alike() -> None:
    root = parse_tree("<div id=a><section><p>One</p>two</section>three</div><p>four</p>")
    for element in root.iter():
        agree(element)
    for element in parse_tree("<head><meta name=datePublished><i><meta itemprop=datePublished></i>").iter():
        agree(element)


def test_lines_are_counted_no_further_than_is_asked() -> None:
    root = parse_tree("<p>One<p>two<p>three<p>four")
    for most in range(6):
        assert compiled(root, most) == in_python(root)[: most + 1]
    assert len(line_elements(root)) == 4


@pytest.mark.parametrize("wrong", [None, 1, "x", object()])
def test_what_is_no_element_is_no_tree(wrong: object) -> None:
    assert tree.lines(wrong, 5, html._rules()) is None
    assert tree.marked(wrong, TAGS, PROPERTIES, CLASSES) is None


def test_elements_that_are_not_as_they_are_known_are_left_to_python() -> None:
    code = """
import lxml.etree
from ingest.read.html import _rules, _top, parse_tree, tree_lines
from ingest.read._tree import lines
{}
root = parse_tree("<p>One")
print(lines(_top(root), 5, _rules()) is None, tree_lines(root)[0].text)
"""
    for change, unknown in (
        ("", False),
        ("lxml.etree.LIBXML_VERSION = (3, 0, 0)", True),
        ("del lxml.etree.__pyx_capi__['elementFactory']", True),
        ("lxml.etree._Element = lxml.etree.ElementBase", True),
        ("lxml.etree._Element = None", True),
        ("del lxml.etree.LIBXML_VERSION", True),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code.format(change)], capture_output=True, text=True, check=True
        )
        assert done.stdout == f"{unknown} One\n", change


def test_without_a_compiler_all_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    root = parse_tree(PAGES[0].read_text("utf-8"))
    lines, known = html.tree_lines(root), metadata.page_metadata(root)
    monkeypatch.setattr("ingest.read.html.tree", None)
    monkeypatch.setattr("ingest.read.marked.tree", None)
    assert (html.tree_lines(root), metadata.page_metadata(root)) == (lines, known)


# --- Floods ---------------------------------------------------------------------------------------

tags = st.text(
    st.sampled_from("<<<abp  ==/>>\"'\t\u00a0\u2003é\u0085\x1c"), min_size=1, max_size=60
)  # a tag at every third letter, with everything that an attribute may be made of


@settings(max_examples=3000, deadline=None)
@given(tags, st.integers(0, 6))
def test_attributes_are_counted_alike(text: str, most: int) -> None:
    counts = [len(floods._ATTRIBUTES.findall(tag[2])) for tag in floods._TAG.finditer(text)]
    assert tree.flooded(text.encode(), most) == any(count > most for count in counts)


# --- What is wrongly decoded ----------------------------------------------------------------------

letters = st.text(st.sampled_from("a \n<é”â€™Ã©Ð\x85\x92\u00a0\u00adРС‚µ今日😀ð\x9f"), max_size=80)


@settings(max_examples=2000, deadline=None)
@given(letters)
def test_wrong_decoding_is_suspected_alike(text: str) -> None:
    found = mojibake.may_need_repair(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mojibake, "tree", None)
        assert mojibake.may_need_repair(text.encode()) == found


@settings(max_examples=1000, deadline=None)
@given(letters)
def test_pieces_are_all_of_two_characters_and_controls(text: str) -> None:
    whole = text.encode().translate(mojibake._ASCII_AS_SPACES).decode().split(" ")
    kept = [piece for piece in whole if len(piece) > 1 or "\x80" <= piece < "\xa0"]
    assert tree.pieces(text.encode()).decode() == "".join(piece + " " for piece in kept)


@pytest.mark.parametrize(("words", "times"), [(100, 0), (250_000, 1)])
def test_the_memory_of_a_large_tree_is_given_back(
    words: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[bool] = []
    monkeypatch.setattr(tree, "give_back", lambda: calls.append(True))
    page = prepare(f"<html><p>{'word ' * words}</p></html>", format="html")
    assert len(page.lines) == 1
    assert len(calls) == times
    monkeypatch.undo()
    assert tree.give_back() is None
