"""HTML -> the same lines as flat text, each with what the markup says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from lxml import etree

from ingest.line import MAX_LINES, Hints, Line, few
from ingest.read.beside import apart
from ingest.read.compiled import tree

# Elements that end a line where they begin and where they end; the others run on.
BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol optgroup option p "
    "pre section select summary table tbody td tfoot th thead tr ul amp-sidebar amp-accordion".split()
)
# Elements whose text no reader sees.
UNSEEN = frozenset(
    "script style template noscript svg math iframe object head audio video canvas textarea "
    "amp-ad amp-analytics".split()
)
# Ancestors that tell what a line is for.
TELLING = frozenset(
    "a article aside blockquote button dd dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header label li "
    "main nav ol option p section select table td time ul".split()
)
# What an element's tag means for the walk, as the sum of these.
_BLOCK, _BOX, _UNSEEN, _LINK, _TIME = 1, 2, 4, 8, 16
_RARE = _UNSEEN | _LINK | _TIME
_KINDS: dict[Any, int] = {
    tag: (tag in BLOCKS) * _BLOCK
    | (tag in BLOCKS and tag != "br") * _BOX
    | (tag in UNSEEN) * _UNSEEN
    | (tag == "a") * _LINK
    | (tag == "time") * _TIME
    for tag in BLOCKS | UNSEEN | {"a", "time", "span", "img", "b", "i", "em", "strong", "picture", "source"}
}
# The same for the compiled walk, with a bit for each telling tag
_FLAGS = 8
_TELLING = tuple(sorted(TELLING))
_COMPILED_KINDS = {
    tag: _KINDS.get(tag, 0) | ((1 << _TELLING.index(tag)) << _FLAGS if tag in TELLING else 0)
    for tag in _KINDS.keys() | TELLING
}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")  # "articleBody-main" -> article, Body, main
_NAMING = frozenset(("class", "id", "role", "itemprop", "data-testid", "data-component"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_RANK = re.compile(r"\s*\d{1,2}\s*")
_GOES_ON = frozenset("0123456789.,:;)]%/-–—°'’ \n\t\r\u00a0")  # what may stand right behind a number
_MAX_NAME = 400  # characters of class and id that are looked at
HARMLESS = 256 * 2**10  # characters: a page of so many is read quickly, whatever they are
_MAX_WORDS = 200  # words of class and id that a line has at most; pages have up to 160


def parse_tree(text: str, raw: bytes | None = None) -> Any:
    """The page's tree, or None when nothing in it is an element.

    ``raw`` is the text in UTF-8, where the caller has it. It is decoded already, so a charset that the page
    declares can't mislead the parser.
    """
    data = raw or text.encode("utf-8", "replace")
    if len(text) > HARMLESS:
        from ingest.read.floods import MOST, without_floods

        if not tree or tree.flooded(data, MOST):
            data = without_floods(text).encode("utf-8", "replace")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    error = parser.error_log.last_error
    if error is not None and error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        from ingest.read.floods import shallow_tree

        return shallow_tree(data)
    return root


def tree_lines(root: Any, max_lines: int = MAX_LINES) -> list[Line]:
    """The lines that a reader of the page sees, in document order, with their hints.

    Raises InputError: too-large, for more than ``max_lines`` of them.

    >>> [line.text for line in tree_lines(parse_tree("<h1>A <b>b</b></h1><p>c<br>d</p>"))]
    ['A b', 'c', 'd']
    """
    lines = tree and tree.lines(_top(root), max_lines, _rules())
    if lines is None:
        lines = few((line for line, _ in _walk(root)), max_lines)
    return few((piece for line in lines for piece in apart(line)), max_lines)


def line_elements(root: Any) -> list[Any]:
    """The block element that each of the `tree_lines` of a page stands in.

    >>> [one.tag for one in line_elements(parse_tree("<h1>A <b>b</b></h1><p>c<br>d</p>"))]
    ['h1', 'p', 'p']
    """
    return [element for line, element in _walk(root) for _ in apart(line)]


def _top(root: Any) -> Any:
    body = root.find("body")
    return root if body is None else body


def _walk(root: Any) -> Iterator[tuple[Line, Any]]:
    """The lines with their elements, by one pass over the tree. What this loop does, each element costs."""
    page = _Page(_top(root))
    path, kinds, boxes, links = page.path, page.kinds, page.boxes, page.links
    parts, linked, abouts = page.parts, page.linked, page.abouts
    blank = False  # whether white space stands before the parts of a line
    known, rank, goes_on = _KINDS.get, _RANK.fullmatch, _GOES_ON
    walker = etree.iterwalk(page.top, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            kind = known(element.tag)
            if kind is None:
                kind = 0 if isinstance(element.tag, str) else _UNSEEN
            if kind & _BLOCK:
                if parts:
                    yield page.line()
                elif linked:
                    linked.clear()
                blank = False
                if kind & _BOX:
                    boxes.append(len(path))
            path.append(element)
            kinds.append(kind)
            if kind & _RARE:
                if kind & _UNSEEN:
                    walker.skip_subtree()
                    continue
                if kind & _LINK and (href := element.get("href")):
                    links.append((len(path), len(page.hrefs)))
                    page.hrefs.append(href)
                elif kind & _TIME and (stamp := element.get("datetime")):
                    page.times.append(stamp)
            text = element.text
        else:
            kind = kinds.pop()
            if kind & _BLOCK:
                if parts:
                    yield page.line()
                elif linked:
                    linked.clear()
                blank = False
                if kind & _BOX:
                    boxes.pop()
            elif kind & _LINK and links and links[-1][0] == len(path):
                links.pop()
            path.pop()
            depth = len(path)
            if not depth:
                break
            if len(abouts) > depth:
                abouts.pop()
            text = element.tail
        if text:
            if parts:
                if len(parts) == 1 and not blank and text[0] not in goes_on and rank(parts[0]):
                    parts.append(" ")  # <span>3</span>Title: the style sheet sets them apart
                parts.append(text)
            elif text.isspace():
                blank = True
            else:
                parts.append(text)
            if links:
                number = links[-1][1]
                linked[number] = linked.get(number, 0) + len(text.strip())
    if parts:
        yield page.line()


class _Page:
    """What is open at a place of the tree, and the line that is being collected there."""

    def __init__(self, top: Any) -> None:
        self.top = top
        self.above = top if top.getparent() is None else top.getparent()
        self.path: list[Any] = []  # open elements, outermost first
        self.kinds: list[int] = []  # what each of them is
        self.abouts = [_About(frozenset(), frozenset(), 0)]  # what is known of them, as far as it was asked
        self.boxes: list[int] = []  # places in the path of those that make a block
        self.links: list[tuple[int, int]] = []  # length of the path and number of each open link
        self.hrefs: list[str] = []  # by the number of the link
        self.parts: list[str] = []
        self.linked: dict[int, int] = {}  # characters of the line inside each link
        self.times: list[str] = []  # of the <time> elements of the line
        self.blocks: dict[Any, int] = {}
        self.number = 0

    def line(self) -> tuple[Line, Any]:
        """The line whose end was reached, with its element."""
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        self.number += 1
        place = self.boxes[-1] if self.boxes else 0
        own = self.path[place] if self.path else self.top
        about = self.about(place)
        open_within = self.path[place + 1 :]
        inline = [element.tag for element in open_within if element.tag in TELLING] if open_within else None
        link = max(self.linked, key=self.linked.__getitem__) if self.linked else None
        hints = Hints(
            own.tag,
            about.ancestors_and(inline) if inline else about.ancestors,
            about.words,
            min(1.0, sum(self.linked.values()) / len(text)) if self.linked else 0.0,
            self.hrefs[link] if link is not None else None,
            self.times[0] if self.times else None,
            self.blocks.setdefault(self.path[place - 1] if place else self.above, len(self.blocks)),
            about.depth,
        )
        self.linked.clear()
        self.times.clear()
        return Line(self.number, text, 0, hints), own

    def about(self, place: int) -> _About:
        """What is known of an element of the path."""
        abouts = self.abouts
        while len(abouts) <= place:
            abouts.append(abouts[-1].inside(self.path[len(abouts)]))
        return abouts[place]


@lru_cache(maxsize=2048)
def _words(name: str) -> frozenset[str]:
    """The words of an element's class, id, role and the like: "article__body" gives article, body."""
    return frozenset([word.lower() for word in _WORD.findall(name)])


class _About:
    """Telling ancestors, class words and depth of an element, itself included; equal brothers share one."""

    __slots__ = ("ancestors", "depth", "known", "words")

    def __init__(self, ancestors: frozenset[str], words: frozenset[str], depth: int) -> None:
        self.ancestors = ancestors
        self.words = words
        self.depth = depth
        self.known: dict[Any, Any] = {}  # what was made of it before

    def inside(self, element: Any) -> _About:
        """What is known of a child."""
        names, hidden = [], False
        for key, value in element.items():
            if key in _NAMING:
                names.append(value[:_MAX_NAME])
            elif key == "hidden" or (key == "style" and _HIDDEN_STYLE.search(value)):
                hidden = True
        tag = element.tag
        key = (tag, hidden, *names)
        child: _About | None = self.known.get(key)
        if child is None:
            ancestors, words = self.ancestors, self.words
            if tag in TELLING and tag not in ancestors:
                ancestors |= {tag}
            if hidden:
                ancestors |= {"hidden"}
            if names and len(words) < _MAX_WORDS:
                words = words.union(*map(_words, names))
            child = self.known[key] = _About(ancestors, words, self.depth + 1)
        return child

    def ancestors_and(self, inline: list[str]) -> frozenset[str]:
        """The ancestors, and those of a line that stand within its block."""
        key = frozenset(inline)
        ancestors: frozenset[str] | None = self.known.get(key)
        if ancestors is None:
            ancestors = self.known[key] = self.ancestors | key
        return ancestors


@cache
def _rules() -> tuple[Any, ...]:
    """What the compiled walk goes by."""
    return Line, Hints, _COMPILED_KINDS, (*_TELLING, "hidden"), _HIDDEN_STYLE.search, "".join(_GOES_ON)
