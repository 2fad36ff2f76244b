"""The forms that a record can be given besides its own: ninjs, schema.org, Markdown, text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ingest.write.json import record_writer
from ingest.write.text import text_for_terminal

if TYPE_CHECKING:
    from ingest.page import Page

FORMS = ("ninjs", "schema.org", "markdown", "text")  # what --to takes, "json" apart
_PAGE_END = {"text": "\f\n", "markdown": "\n"}  # ends a page of many; the form feed is made for it


def exporter(form: str) -> Callable[[Mapping[str, Any]], dict[str, Any] | str]:
    """The function that gives a record (a dictionary, as ``Page.to_dict`` makes it) one of the `FORMS`.

    The result is a dictionary where the form is made of JSON, else text. Raises ValueError for another form.

    >>> exporter("text")({"article": None, "teasers": [{"title": "Steep price"}]})
    'Steep price\\n'
    """
    if form == "ninjs":
        from ingest.write.ninjs import ninjs

        return ninjs
    if form == "schema.org":
        from ingest.write.schema_org import schema_org

        return schema_org
    if form == "markdown":
        from ingest.write.markdown import markdown

        return markdown
    if form == "text":
        from ingest.write.plain import plain_text

        return plain_text
    raise ValueError(f"{form!r} is no form: {', '.join(FORMS)}")


def form_writer(form: str, *, indent: bool, terminal: bool, several: bool) -> Callable[[Page], str]:
    """The function that gives a page one of the `FORMS`, ready to be written; ``several`` are kept apart."""
    export = exporter(form)
    if form not in _PAGE_END:
        return record_writer(
            indent=indent,
            terminal=terminal,
            to_json=lambda page, spaces: _json(export(page.to_dict()), spaces),
        )
    end = _PAGE_END[form] if several else ""

    def write(page: Page) -> str:
        text = str(export(page.to_dict()))
        return text_for_terminal(text) + "\n" * several if terminal else text + end

    return write


def stream_of(form: str) -> Callable[[str], str]:
    """The function that makes of a record's JSON text a piece of a stream of pages in one of the `FORMS`.

    JSON is a line a page; a page of text ends with a form feed, one of Markdown with an empty line.
    """
    export = exporter(form)

    def write(record: str) -> str:
        made = export(json.loads(record))
        return made + _PAGE_END[form] if isinstance(made, str) else _json(made, None) + "\n"

    return write


def _json(value: Any, indent: int | None) -> str:
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
