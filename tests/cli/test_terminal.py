"""What a terminal is given: indented, coloured, and nothing that could take hold of it."""

from __future__ import annotations

import json
import re

import pytest

from ingest.page import Article, Page, Source
from ingest.write.json import coloured, record_writer

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def test_one_page_is_indented_and_coloured(page, on_a_terminal):
    status, shown = on_a_terminal("parse", str(page))
    assert status == 0
    assert shown.startswith('{\n  \x1b[34;1m"source"\x1b[0m: {\n')
    plain = COLOUR.sub("", shown)
    assert "\x1b" not in plain
    assert plain == json.dumps(json.loads(plain), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_refused(page, env, on_a_terminal):
    shown = on_a_terminal("parse", str(page), **env)[1]
    assert shown.startswith('{\n  "source": {\n')
    assert "\x1b" not in shown


def test_several_pages_are_a_line_each(page, on_a_terminal):
    shown = on_a_terminal("parse", str(page), str(page))[1]
    assert [json.loads(line)["source"]["name"] for line in shown.splitlines()] == [str(page)] * 2
    assert on_a_terminal("parse", "--compact", str(page))[1] == shown[: len(shown) // 2]


def test_other_forms_do_not_drive_the_terminal(page, on_a_terminal):
    tempting = (
        page.read_text("utf-8").replace("harbour", "\x1b]0;harbour\x07").replace("winter", "\x9bwin\u202eter")
    )
    page.write_text(tempting, encoding="utf-8")
    for form in ("text", "markdown", "ninjs", "schema.org"):
        status, shown = on_a_terminal("parse", "--to", form, str(page))
        assert status == 0 and "council" in shown
        plain = COLOUR.sub("", shown) if form in ("ninjs", "schema.org") else shown
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", plain), form


def test_no_input_at_a_terminal_is_a_mistake(on_a_terminal):
    status, shown = on_a_terminal("parse", stdin=True)
    assert status == 2
    assert "Name a FILE" in shown


def test_a_page_does_not_drive_the_terminal():
    text = "a\x1b[2Jb\x07c\x7fd\x9b31me\u202ef\u2066g\u2028h “é” \U0001f600"
    page = Page(Source("-"), Article(paragraphs=(text,)))
    for indent in (False, True):
        shown = COLOUR.sub("", record_writer(indent=indent, terminal=True)(page))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", shown)
        assert "“é” \U0001f600" in shown
        assert json.loads(shown) == page.to_dict()
        in_a_pipe = record_writer(indent=indent, terminal=False)(page)
        assert "\u202e" in in_a_pipe
        assert json.loads(in_a_pipe) == page.to_dict()


@pytest.mark.parametrize(
    "value",
    [
        {"a_key": 'x": y, \\" "b": ', "list": ['"k": 1,', "null", "[", "{}"], "empty": [], "none": {}},
        {"numbers": [1, -2.5, 1e300], "truth": [True, False, None]},
        ["", ",", ":", '"', "\\", '\\": ', "key: ", 'key": '],
    ],
)
def test_colours_change_no_character(value):
    text = json.dumps(value, indent=2, ensure_ascii=False)
    assert COLOUR.sub("", coloured(text)) == text
