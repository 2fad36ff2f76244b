"""A record as JSON text: on one line, indented, or indented and coloured."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from ingest.write.text import json_for_terminal

if TYPE_CHECKING:
    from ingest.page import Page

_RESET = "\x1b[0m"
_KEY = "\x1b[34;1m"
_STRING = "\x1b[32m"
_PLAIN = "\x1b[2m"  # null, true, false and numbers


def record_writer(
    *, indent: bool, terminal: bool, to_json: Callable[[Page, int | None], str] | None = None
) -> Callable[[Page], str]:
    """The function that gives a page's record its form, line end included.

    ``to_json`` makes the JSON text, given the spaces of an indent; by default it is the record's own. On a
    terminal what is indented is coloured as well, unless the environment says otherwise: NO_COLOR set
    to anything (no-color.org) or TERM=dumb.
    """
    colour = terminal and indent and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def write(page: Page) -> str:
        spaces = 2 if indent else None
        text = page.to_json(spaces) if to_json is None else to_json(page, spaces)
        if terminal:
            text = json_for_terminal(text)
        return (coloured(text) if colour else text) + "\n"

    return write


def coloured(text: str) -> str:
    r"""Indented JSON with its keys and values in colour.

    >>> coloured('{\n  "name": "-"\n}')
    '{\n  \x1b[34;1m"name"\x1b[0m: \x1b[32m"-"\x1b[0m\n}'
    """
    return "\n".join(_coloured_line(line) for line in text.split("\n"))


def _coloured_line(line: str) -> str:
    """One line of indented JSON: ``"key": value,`` or ``value,`` or a bracket.

    A key is a plain word (JSON-LD puts "@" before some), so that the first '": ' after it ends it; within
    a string each quotation mark has a backslash before it.
    """
    body = line.lstrip(" ")
    head, tail = line[: len(line) - len(body)], ""
    key, colon, value = body.partition('": ')
    if colon and key[1:].lstrip("@").replace("_", "").isalnum():
        head += f'{_KEY}{key}"{_RESET}: '
        body = value
    if body.endswith(","):
        body, tail = body[:-1], ","
    if body.strip("[]{}"):
        body = (_STRING if body[0] == '"' else _PLAIN) + body + _RESET
    return head + body + tail
