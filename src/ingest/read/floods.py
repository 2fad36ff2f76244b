"""HTML that no page needs and its parser can't bear: thousands of nested elements, floods of attributes.

The parser compares each attribute of a tag with all before it: a hundred thousand of them take a
quarter of a minute, a million half an hour. It stops reading, without a word, at the 2,049th open
element; and where it is made to go on, it looks through all open ones for each end tag.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from ingest.errors import InputError
from ingest.pattern import lazy

MOST = 4_000  # attributes of a tag: so many take a hundredth of a second
_DEEPEST = 512  # open elements, as in browsers
_TOO_DEEP = 10_000  # open elements, from which a page is refused
_CHUNK = 2**16  # bytes
# As a browser reads it: '<p title="a > b" hidden'; what is missing at the end is no reason to fail, so
# that no character is looked at twice.
_ATTRIBUTE = r"""[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>]*))?"""
_TAG = lazy(rf"<([a-zA-Z][^\s/>]*)((?:[\s/]+|{_ATTRIBUTE})*)")
_ATTRIBUTES = lazy(_ATTRIBUTE)
# As `_TAG` takes them one by one, but with nothing found in a tag as most are written: few attributes, each
# value in double quotes right behind the name and its "=". Such a tag ends in both at the same ">".
_FEW = r"""[\w:-]*(?:[\s/][^"'>=]{0,200}(?:(?<=[\w-])="[^"]*"[^"'>=]{0,200}){0,15})?>"""
_UNUSUAL = lazy(rf"<[a-zA-Z](?:{_FEW}|[^\s/>]*((?:[\s/]+|{_ATTRIBUTE})*))")


def without_floods(text: str) -> str:
    """The page, with no attributes in tags that have thousands.

    >>> flood = " ".join(f"a{n}" for n in range(10_000))
    >>> without_floods(f"<p title='a > b'>c</p><p {flood}>d</p>")
    "<p title='a > b'>c</p><p>d</p>"
    """
    return _TAG.sub(_bare, text) if any(map(_is_flood, _UNUSUAL.findall(text))) else text


def _bare(tag: re.Match[str]) -> str:
    return "<" + tag[1] if _is_flood(tag[2]) else tag[0]


def _is_flood(attributes: str) -> bool:
    if len(attributes) < 2 * MOST:
        return False
    return any(count > MOST for count, _ in enumerate(_ATTRIBUTES.finditer(attributes), 1))


def shallow_tree(data: bytes) -> Any:
    """The tree of a page of UTF-8 in which no element stands in more than 512 others.

    What lies deeper is set side by side, as browsers do, and keeps its text. Raises InputError:
    too-large, for elements in more than 10,000 others.

    >>> "".join(shallow_tree(b"<div>" * 9_000 + b"Rain<p>Sun").itertext())
    'RainSun'
    """
    target: Any = _Shallow()
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", huge_tree=True, no_network=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for at in range(0, len(data), _CHUNK):  # so that it can be stopped
        parser.feed(data[at : at + _CHUNK])
        if target.depth > _TOO_DEEP:
            raise InputError("too-large", f"has elements in more than {_TOO_DEEP:,} others")
    return parser.close()


class _Shallow:
    """What the parser tells of each tag -> a tree of limited depth."""

    def __init__(self) -> None:
        self._builder: Any = etree.TreeBuilder()
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self._builder.start(tag, attributes)
        if self.depth > _DEEPEST:
            self._builder.end(tag)

    def end(self, tag: str) -> None:
        if self.depth <= _DEEPEST:
            self._builder.end(tag)
        self.depth -= 1

    def data(self, text: str) -> None:
        self._builder.data(text)

    def comment(self, text: str) -> None:
        pass

    def close(self) -> Any:
        return self._builder.close()
