"""HTML -> the same lines as flat text, each with what the markup says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ingest.line import Hints, Line

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
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")  # "articleBody-main" -> article, Body, main
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_RANK = re.compile(r"\s*\d{1,2}\s*")
_GOES_ON = frozenset("0123456789.,:;)]%/-–—°'’ \n\t\r\u00a0")  # what may stand right behind a number
_MAX_NAME = 400  # characters of class and id that are looked at


def parse_tree(text: str) -> Any:
    """The page's tree, or None when nothing in it is an element.

    The text is already decoded, so a charset that the page declares can't mislead the parser.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def tree_lines(root: Any) -> list[Line]:
    """The lines that a reader of the page sees, in document order, with their hints.

    >>> [line.text for line in tree_lines(parse_tree("<h1>A <b>b</b></h1><p>c<br>d</p>"))]
    ['A b', 'c', 'd']
    """
    return list(_walk(root).lines())


def line_elements(root: Any) -> list[Any]:
    """The block element that each of the `tree_lines` of a page stands in.

    >>> [one.tag for one in line_elements(parse_tree("<h1>A <b>b</b></h1><p>c<br>d</p>"))]
    ['h1', 'p', 'p']
    """
    walk = _walk(root)
    return [walk.own for _ in walk.lines()]


def _walk(root: Any) -> _Walk:
    body = root.find("body")
    return _Walk(root if body is None else body)


About = tuple[frozenset[str], frozenset[str], int]
_NOTHING: About = (frozenset(), frozenset(), 0)


class _Walk:
    """One pass over the tree, which collects the text between two block boundaries."""

    def __init__(self, top: Any) -> None:
        self.top = top
        self.path: list[Any] = []  # open elements, outermost first
        self.links: list[Any] = []  # the open <a href> among them
        self.parts: list[str] = []
        self.linked: dict[Any, int] = {}  # characters of the line inside each link
        self.times: list[Any] = []  # <time> elements of the line
        self.seen: dict[Any, About] = {}
        self.blocks: dict[Any, int] = {}
        self.number = 0
        self.own: Any = top  # the block element of the line last given

    def lines(self) -> Iterator[Line]:
        walker = etree.iterwalk(self.top, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            block = tag in BLOCKS
            if event == "start":
                if block and self.parts:
                    yield from self.flush()
                if tag in UNSEEN or not isinstance(tag, str):
                    walker.skip_subtree()
                self.path.append(element)
                if tag == "a" and element.get("href"):
                    self.links.append(element)
                elif tag == "time":
                    self.times.append(element)
                if tag not in UNSEEN and element.text:
                    self.add(element.text)
            else:
                if block and self.parts:
                    yield from self.flush()
                self.path.pop()
                if self.links and self.links[-1] is element:
                    self.links.pop()
                if element.tail and element is not self.top:
                    self.add(element.tail)
        yield from self.flush()

    def add(self, text: str) -> None:
        if len(self.parts) == 1 and text[0] not in _GOES_ON and _RANK.fullmatch(self.parts[0]):
            self.parts.append(" ")  # <span>3</span>Title: the style sheet sets them apart
        self.parts.append(text)
        if self.links:
            link = self.links[-1]
            self.linked[link] = self.linked.get(link, 0) + len(text.strip())

    def flush(self) -> Iterator[Line]:
        text = _SPACES.sub(" ", "".join(self.parts)).strip()
        if text:
            self.number += 1
            yield Line(self.number, text, 0, self.hints(len(text)))
            self.times = []
        self.parts, self.linked = [], {}

    def hints(self, length: int) -> Hints:
        own = next((e for e in reversed(self.path) if e.tag in BLOCKS and e.tag != "br"), self.top)
        self.own = own
        ancestors, words, depth = self.about(own)
        held = sum(self.linked.values())
        link = max(self.linked, key=lambda a: self.linked[a]) if self.linked else None
        inline = [e.tag for e in self.path if e.tag in TELLING and e.tag not in ancestors]
        time = next((t.get("datetime") for t in self.times if t.get("datetime")), None)
        parent = own.getparent()
        return Hints(
            tag=own.tag,
            ancestors=ancestors.union(inline) if inline else ancestors,
            words=words,
            link_share=min(1.0, held / length),
            href=link.get("href") if link is not None else None,
            datetime=time,
            block=self.blocks.setdefault(parent if parent is not None else own, len(self.blocks)),
            depth=depth,
        )

    def about(self, element: Any) -> About:
        """Telling ancestors, class words and depth of an element, itself included."""
        unknown = []
        while element is not None and element is not self.top and element not in self.seen:
            unknown.append(element)
            element = element.getparent()
        ancestors, words, depth = self.seen.get(element, _NOTHING)
        for element in reversed(unknown):
            if element.tag in TELLING:
                ancestors = ancestors | {element.tag}
            if _is_hidden(element):
                ancestors = ancestors | {"hidden"}
            words = words | _words(element)
            depth += 1
            self.seen[element] = (ancestors, words, depth)
        return ancestors, words, depth


def _words(element: Any) -> frozenset[str]:
    """The words of an element's class, id, role and the like: "article__body" gives article, body."""
    names = [element.get(key) for key in ("class", "id", "role", "itemprop", "data-testid", "data-component")]
    return frozenset(word.lower() for name in names if name for word in _WORD.findall(name[:_MAX_NAME]))


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN_STYLE.search(style))
