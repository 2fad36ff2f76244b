"""Dumps of every common kind: recognised, their paragraphs whole, their links hints, nothing lost."""

from __future__ import annotations

import gc
import shutil
import subprocess
import textwrap
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ingest
from ingest.line import Line
from ingest.read.dumps import dump_kind, dump_lines
from ingest.read.hyphens import Hyphens
from ingest.read.inline import inline
from ingest.read.text import text_lines
from ingest.read.wrapped import raws

PAGES = Path(__file__).parents[2] / "pages"
TEXT_PAGES = sorted(PAGES.glob("*/page.txt"))

STORY = [
    "The harbour board has agreed to pay for a second crane, its chairman said on Tuesday, after a winter in "
    "which ships had to wait for up to nine days and two of the larger lines left for the port next door.",
    "Work will begin in June and should be done before the grain comes in. The money comes from a loan "
    "that the "
    "town guarantees; a vote on it was put off twice, and at last taken with a majority of one.",
    "“We have waited for this since my father worked here,” said Jane Roe, who runs the smaller of the two "
    "tugs. “I'll believe it when I see it turn.”",
    "The old crane, built in 1961 and twice repaired, will stay where it is for at least another year.",
    "Not everybody is glad of it. Those who live along the quay fear the noise at night, and a petition "
    "against "
    "the plan has been signed by two hundred of them; the board has promised to hear what they have to say.",
]
GERMAN = [
    "Der Hafenrat hat am Dienstag beschlossen, einen zweiten Kran zu kaufen, nachdem Schiffe im Winter "
    "bis zu "
    "neun Tage auf ihre Ladung warten mussten und zwei große Reedereien in den Nachbarhafen gewechselt sind.",
    "Die Arbeiten sollen im Juni beginnen und vor der Ernte beendet sein, sagte der Vorsitzende des "
    "Rates nach "
    "der Sitzung im alten Rathaus, zu der mehr als hundert Bürger gekommen waren.",
    "Bezahlt wird der Kran mit einem Kredit, für den die Stadt bürgt. Die Abstimmung darüber war zweimal "
    "verschoben worden und endete schließlich mit einer Mehrheit von nur einer einzigen Stimme.",
    "Nicht alle sind froh darüber: Wer am Kai wohnt, fürchtet den Lärm in der Nacht, und zweihundert "
    "Menschen "
    "haben dagegen unterschrieben. Der Rat hat versprochen, sie vor dem Beginn der Arbeiten noch anzuhören.",
]
JAPANESE = [
    "港湾委員会は火曜日、二基目のクレーンを購入することを決めたと発表した。冬の間、船は荷下ろしまで最長九日間も待たされ、"
    "大手二社は隣の港に移っていた。工事は六月に始まり、収穫期の前に終わる予定だという。",
    "費用は町が保証する融資でまかなわれ、採決は二度延期された末に一票差で可決された。古いクレーンは少なくとも一年は"
    "今の場所に残される見通しで、委員長は「父の代から待っていた」と語った。",
    "港の近くに住む人たちは夜の騒音を心配しており、計画に反対する署名が二百人から集まった。委員会は工事を始める前に"
    "住民の意見を聞く会を開くと約束し、作業の時間を朝八時から夕方六時までに限ることも考えているという。",
    "隣の港との競争も激しくなっている。三年前に新しい岸壁を造った隣町では貨物の量が倍に増え、鉄道の引き込み線も来年には"
    "完成する見込みで、町の商店会は客を奪われるのではないかと心配していると会長は話した。",
    "住民からは歓迎の声が上がる一方、税負担が増えることを心配する人もいる。町は来月、説明会を三か所で開くことにしている。",
]
TITLES = ["Ferry to run all winter", "Three new stations for the northern line", "Town's last cinema shuts"]


def texts(text: str) -> list[str]:
    return [line.text for line in dump_lines(text)]


def wrapped(paragraphs: list[str], width: int, indent: str = "") -> str:
    return "\n\n".join(
        textwrap.fill(p, width, initial_indent=indent, subsequent_indent=indent) for p in paragraphs
    )


def squash(text: str) -> str:
    return "".join(filter(str.isalnum, text))


# --- which kind it is ---


@pytest.mark.parametrize("path", TEXT_PAGES, ids=lambda path: path.parent.name)
def test_plain_pages_are_left_alone(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    assert dump_kind(text) == "plain"
    assert dump_lines(text) == text_lines(text)


ABOUT_MARKDOWN = """\
How to write Markdown
By Jane Roe
Markdown is a way of writing text that is easy to read before it becomes anything else.
A heading begins with a hash sign and a space, like this:
# Heading
A link has its text in square brackets and its address in round ones: [text](https://example.com/).
**Two stars** on both sides make letters bold, *one* makes them slanted, and snake_case_names are left alone.
* A star at the start of a line makes an item of a list.
Some programs take [1] for a footnote and others for a reference, which is written as [text][1] or [sic].
Whoever needs more than this should learn HTML instead, its inventor said in an interview last year.
"""
FOOTNOTED = """\
The harbour[1] was built in 1961.[2] It was repaired in 1974[3] and in 1988,[4] and after a storm.[5]
The cranes[6] came later.[7] Nobody knows[8] who paid[9] for the first of them,[10] not even the town.

References
1. The Harbour Board, minutes, 1961.
2. Letter to the town, 1962.
"""
SHORT_LINES = "\n".join(
    [*TITLES, "3 May 2024", "By Jane Roe", *TITLES[:2], "Updated 14 Nov, 2024", "Rain in the south"] * 4
)
LYRICS = "\n".join(
    ["And the crane goes up", "and the crane goes down", "and the boats come in", "to the silent town"] * 9
)


@pytest.mark.parametrize(
    "text", [ABOUT_MARKDOWN, FOOTNOTED, SHORT_LINES, LYRICS, "", "\n", "Rain", "[1]", "#", "]("]
)
def test_what_only_looks_like_a_dump(text: str) -> None:
    assert dump_kind(text) == "plain"
    assert dump_lines(text) == text_lines(text)


# --- hard-wrapped ---


@pytest.mark.parametrize("width", [60, 65, 72, 76, 80, 100, 118])
@pytest.mark.parametrize("story", [STORY, GERMAN], ids=["en", "de"])
@pytest.mark.parametrize("indent", ["", "   "])
def test_wrapped_paragraphs_are_whole(story: list[str], width: int, indent: str) -> None:
    page = f"{indent}Second crane for the harbour\n\n{wrapped(story, width, indent)}\n\n{indent}Most read\n"
    assert texts(page) == ["Second crane for the harbour", *story, "Most read"]


def test_wrapped_without_spaces() -> None:
    lines = [p[at : at + 40] for p in JAPANESE for at in range(0, len(p), 40)]
    marks = iter(lines)
    page = "\n\n".join("\n".join(next(marks) for _ in range(0, len(p), 40)) for p in JAPANESE)
    assert texts(page) == JAPANESE


def test_wrapped_lines_have_the_number_of_their_first() -> None:
    lines = dump_lines("Crane\n\n\n" + wrapped(STORY, 72))
    assert [(line.number, line.gap) for line in lines[:3]] == [(1, 0), (4, 2), (8, 1)]
    assert all(line.hints is None for line in lines)


def test_wrapped_list() -> None:
    items = [f"* {STORY[at][:100].strip()}" for at in range(4)]
    hanging = "\n".join(textwrap.fill(item, 72, subsequent_indent="  ") for item in items)
    assert texts(wrapped(STORY, 72) + "\n\n" + hanging) == [*STORY, *items]


HYPHENATED = """\
The two parties of the governing coali-
tion agreed on Monday to keep the US-
led mission for one more year, said a decision-
maker who is near to the prime minis-
ter. Ein- und Ausfuhr, two- and three-
year terms and a well-
known coalition partner were not men-
tioned in the fourteen-page agree-
ment, nor was the self-
made man who had asked for it.
"""


def test_hyphenation_is_undone() -> None:
    lines = HYPHENATED.splitlines()
    text = Hyphens(lines).joined(lines)
    for whole in (
        "coalition agreed",
        "US-led",
        "minister.",
        "well-known",
        "self-made",
        "mentioned",
        "agreement",
    ):
        assert whole in text
    assert "three-year" in text
    assert "Ein- und Ausfuhr" in text


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("a coali-", "tion", "a coali-tion"),  # nothing on the page says that it is one word
        ("the US-", "led force", "the US-led force"),
        ("a 7-", "day week", "a 7-day week"),
        ("Ein-", "und Ausfuhr", "Ein- und Ausfuhr"),
        ("rain -", "and snow", "rain - and snow"),
        ("coali\u00ad", "tion", "coalition"),
        ("Nord-", "Süd-Dialog", "Nord-Süd-Dialog"),
    ],
)
def test_seams(before: str, after: str, joined: str) -> None:
    assert Hyphens([before, after]).joined([before, after]) == joined


# --- terminal browsers ---

LYNX = """\
   #[1]Harbour Post » Feed

   [2]Skip to content

     * [3]News
     * [4]Sport [5]Football

                          Second crane for the harbour

   The [6]harbour board has agreed to pay for a second crane, its chairman
   said on Tuesday, after a winter in which ships had to wait for up to
   nine days and two of the larger lines left for the port next door. It
   was time, he said [sic].

Most read

     * [7]Ferry to run all winter, says the new owner of the line, though
       nobody asked him
     * [8]Town's last cinema shuts
       [1961] was the year it opened.

References

   Visible links
   1. https://post.example/feed
   2. file:///tmp/page.html#content
   3. https://post.example/news
   4. https://post.example/sport
   5. https://post.example/football
   6. https://post.example/board
   7. https://post.example/ferry
   8. https://post.example/cinema

   Hidden links:
  10. https://post.example/
"""


def test_lynx() -> None:
    lines = {line.text: line for line in dump_lines(LYNX)}
    hints = {text: line.hints for text, line in lines.items()}
    story = next(text for text in lines if text.startswith("The harbour"))
    assert story.endswith("he said [sic].")
    assert story.count("\n") == 0 and "crane, its chairman said on Tuesday" in story
    assert (found := hints[story]) is not None and 0 < found.link_share < 0.5
    ferry = "Ferry to run all winter, says the new owner of the line, though nobody asked him"
    assert (found := hints[ferry]) is not None
    assert (found.tag, found.href, found.link_share) == ("li", "https://post.example/ferry", 1.0)
    assert (found := hints["Second crane for the harbour"]) is not None and found.tag == "h1"
    assert (found := hints["Most read"]) is not None and (found.tag, found.link_share) == ("h2", 0.0)
    last = list(lines.values())[-1]
    assert last.text.startswith("References Visible links 1. https://") and last.text.endswith(
        "10. https://post.example/"
    )
    assert last.hints is not None and last.hints.link_share == 1.0
    assert "Sport Football" in lines
    assert any("[1961] was" in text for text in lines)


PAGE_HTML = (
    "<html><head><title>Crane</title></head><body><ul><li><a "
    "href='https://post.example/news'>News</a></li></ul>"
    "<h1>Second crane for the harbour</h1>"
    + "".join(f"<p>{p}</p>" for p in STORY)
    + "<h2>Most read</h2><ul>"
    + "".join(f"<li><a href='https://post.example/{at}'>{title}</a></li>" for at, title in enumerate(TITLES))
    + "</ul></body></html>"
)
COMMANDS = {
    "lynx": "lynx -dump -stdin -display_charset=UTF-8 -assume_charset=UTF-8",
    "lynx-nolist": "lynx -dump -nolist -width=100 -stdin -display_charset=UTF-8 -assume_charset=UTF-8",
    "w3m": "w3m -dump -T text/html -I UTF-8 -O UTF-8 -cols 80",
    "elinks": 'elinks -dump -dump-charset UTF-8 -force-html -eval set\u00a0document.codepage.assume="UTF-8"',
}


@pytest.mark.parametrize("name", COMMANDS)
def test_real_browsers(name: str) -> None:
    command = [word.replace("\u00a0", " ") for word in COMMANDS[name].split(" ")]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    run = subprocess.run(command, input=PAGE_HTML.encode("utf-8"), capture_output=True, check=True)
    lines = dump_lines(run.stdout.decode("utf-8"))
    found = [line.text for line in lines]
    assert [p for p in STORY if p not in found] == []
    assert "Second crane for the harbour" in found
    if name in ("lynx", "elinks"):
        addresses = {line.text: line.hints.href for line in lines if line.hints}
        assert [addresses.get(t) for t in TITLES] == [f"https://post.example/{at}" for at in range(3)]


# --- Markdown ---

MARKDOWN = """\
[![Harbour Post](/logo.png)](/)

  * [ News ](/news)
    * [Sport](/sport "All \\"sport\\"")

# Second **crane** for the harbour after a long winter of waiting and of
quarrels

By [Jane Roe](/authors/jane_roe)
3\\. May 2024

The [harbour board](https://board.example/a_\\(b\\)) has agreed to pay for a second crane, its
chairman said on _Tuesday_, after a winter in which ships had to wait for [up to
nine days](https://post.example/ships-
waiting/2024) and two of the larger lines left for the port next door, 2*3*4 times in all.

> “We have waited for this since my father worked here,” said Jane Roe, who runs
> the smaller of the two tugs.

![A crane at dusk](https://post.example/crane.jpg)

![](https://post.example/pixel.gif)

Most read
---------

* [Ferry to run all winter][1]
* Town's last cinema [shuts][cinema], see <https://post.example/more>

* * *

   [1]: https://post.example/ferry
   [cinema]: </cinema> "Cinema"
"""


def test_markdown() -> None:
    lines = dump_lines(MARKDOWN)
    seen = {line.text: line.hints for line in lines}
    assert all(line.hints is not None for line in lines)

    def about(text: str) -> tuple[str, str | None, float]:
        hints = seen[text]
        assert hints is not None
        return hints.tag, hints.href, round(hints.link_share, 2)

    assert about("News") == ("li", "/news", 1.0)
    assert about("Sport") == ("li", "/sport", 1.0)
    assert about("By Jane Roe") == ("p", "/authors/jane_roe", 0.73)
    assert about("Ferry to run all winter") == ("li", "https://post.example/ferry", 1.0)
    assert about("Most read") == ("h2", None, 0.0)
    assert about("A crane at dusk")[0] == "img"
    assert about("![](https://post.example/pixel.gif)")[0] == "img"
    assert about("* * *")[0] == "hr"
    assert "3. May 2024" in seen
    story = next(text for text in seen if text.startswith("The harbour board"))
    assert "its chairman said on Tuesday, after" in story and "for up to nine days and two of" in story
    assert story.endswith("2*3*4 times in all.")
    quote = next(text for text in seen if text.startswith("“We have"))
    assert quote.endswith("who runs the smaller of the two tugs.") and about(quote)[0] == "blockquote"
    assert about('[1]: https://post.example/ferry [cinema]: </cinema> "Cinema"')[2] == 1.0


def test_scraper_header() -> None:
    page = "Title: Second crane\n\nURL Source: https://post.example/crane\n\nMarkdown Content:\n"
    page += "The harbour board has agreed.\n"
    lines = dump_lines(page)
    assert [(line.text, line.hints.tag) for line in lines if line.hints] == [
        ("Second crane", "title"),
        ("URL Source: https://post.example/crane", "meta"),
        ("Markdown Content:", "meta"),
        ("The harbour board has agreed.", "p"),
    ]


def test_front_matter() -> None:
    page = "---\ntitle: Second crane\nurl: https://post.example/crane\n---\n# Second crane\n"
    page += "\nThe board agreed.\n"
    found = [(line.text, line.hints.tag) for line in dump_lines(page) if line.hints]
    assert found[1:4] == [
        ("Second crane", "title"),
        ("url: https://post.example/crane", "meta"),
        ("---", "meta"),
    ]
    assert found[4:6] == [("Second crane", "h1"), ("The board agreed.", "p")]


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("**Steep** _price_", "Steep price"),
        ("a lone * star, snake_case and 2 * 3 * 4", "a lone * star, snake_case and 2 * 3 * 4"),
        ("***Steep***", "Steep"),
        (r"\[sic\] 5\. Mai \- \*", "[sic] 5. Mai - *"),
        ("[sic] and [x](", "[sic] and [x]("),
        ("[a [b] c](/d)", "a [b] c"),
        ("![alt](/a.png) text", "alt text"),
        ("](/a) [", "](/a) ["),
        ("~~old~~ new", "old new"),
    ],
)
def test_inline(marked: str, text: str) -> None:
    assert inline(marked, {}).text == text


# --- one long line ---


def test_one_line_a_page() -> None:
    page = " ".join(["Home News Sport Weather Opinion", *STORY, "Article content", *TITLES, *STORY]) * 2
    lines = dump_lines(page)
    assert dump_kind(page) == "oneline"
    assert {line.number for line in lines} == {1} and [line.part for line in lines] == list(range(len(lines)))
    assert squash("".join(line.text for line in lines)) == squash(page)
    assert "Work will begin in June and should be done before the grain comes in." in [
        line.text for line in lines
    ]


def test_one_line_a_page_is_accounted_for() -> None:
    page = " ".join(["Home News Sport Share Share", *STORY * 4, "Share Share"])
    record = ingest.parse(page, rest=True)
    assert record.article is not None and record.rest is not None
    used = squash("".join(record.article.paragraphs)) + squash("".join(line.text for line in record.rest))
    others = [record.article.headline, record.article.deck, record.article.byline, record.article.section]
    used += squash("".join(filter(None, others)) + "".join(t.title + (t.blurb or "") for t in record.teasers))
    assert not Counter(squash(page)) - Counter(used), "lost"


# --- for all of them ---

DUMPS = {"lynx": LYNX, "markdown": MARKDOWN, "wrapped": wrapped(STORY, 72), "oneline": " ".join(STORY * 4)}


@pytest.mark.parametrize("name", DUMPS)
def test_nothing_is_lost(name: str) -> None:
    """Letters of each source line come again in the line that covers it, marks and addresses aside."""
    text = DUMPS[name]
    lines = dump_lines(text)
    numbers = [line.number for line in lines]
    assert numbers == sorted(numbers)
    printed = {at for at, line in enumerate(text.splitlines(), 1) if line.strip()}
    ends = [*(line.number - line.gap for line in lines[1:]), len(text.splitlines()) + 1]
    covered = {
        at
        for line, end in zip(lines, ends, strict=True)
        for at in range(line.number, max(end, line.number + 1))
    }
    assert printed <= covered
    record = ingest.parse(text, format="text", rest=True)
    assert record.rest is not None
    assert [entry.line for entry in record.rest] == sorted(entry.line for entry in record.rest)


SHARDS = [
    "](",
    "[",
    "![",
    "](/a)",
    "](http://x/(",
    "**",
    "_",
    "`",
    "\\",
    "<http://",
    "[1]",
    "* ",
    "# ",
    "> ",
    "|",
    "\n",
    "\n\n",
    "---\n",
    "References\n",
    "1. http://x\n",
    "word ",
    "coali-\n",
    "a" * 70,
    "é" * 40,
    "港" * 40,
    "\u00ad",
    "\t",
    "[1]: /a\n",
    "```\n",
    "&nbsp;",
    "&amp;",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SHARDS) | st.text(max_size=8), max_size=60))
def test_any_text(shards: list[str]) -> None:
    from ingest.read.browser import browser_lines
    from ingest.read.markdown import markdown_lines
    from ingest.read.oneline import split_lines
    from ingest.read.wrapped import Margin, wrapped_lines

    text = "".join(shards)
    lines = raws(text)
    for found in (
        dump_lines(text),
        markdown_lines(text),
        browser_lines(lines),
        split_lines(text),
        wrapped_lines(Margin(72, lines)),
    ):
        assert all(isinstance(line, Line) and line.text == line.text.strip() and line.text for line in found)
        assert len({(line.number, line.part) for line in found}) == len(found)


HARD = [
    *("[" * 40_000, "](" * 20_000, "![" * 20_000, "[a](" + "(" * 40_000, "*a " * 14_000, "_" * 40_000),
    *("[a](<" * 9_000, "a.b " * 10_000, "[1]" * 14_000, "# a\n" * 10_000, "[a](/b " * 7_000, "A. " * 14_000),
    *("coali-\n" * 6_000, ("x" * 71 + "\nx") * 500, "[a]: " * 8_000, "* [" * 14_000, '[a](/b "' * 6_000),
    *("[a][" * 10_000, "a-b " * 10_000, ("x " * 35 + "\n") * 600),
]


@pytest.mark.parametrize("text", HARD, ids=lambda text: text[:8])
def test_time_is_linear(text: str) -> None:
    from ingest.read.markdown import markdown_lines

    def seconds(text: str) -> float:
        start = time.process_time()
        dump_lines(text)
        markdown_lines(text)
        return time.process_time() - start

    gc.collect()
    gc.freeze()  # what other tests left behind is not to be looked through again and again
    once, twice = (min(seconds(text * times) for _ in range(3)) for times in (1, 2))
    gc.unfreeze()
    assert twice < 6 * once + 0.1
