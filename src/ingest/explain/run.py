"""``ingest explain``: the page that was named, read and shown."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import Any

from ingest.errors import InputError
from ingest.explain.difference import Reading, difference, reading_of
from ingest.explain.reading import explained
from ingest.explain.terminal import Look, date_report, page_report
from ingest.read.open import read_bytes
from ingest.write.output import complain, failed, open_output, print_text
from ingest.write.text import printable


def explain_file(
    name: str, *, only: str, about_date: bool, other: str | None, html: str | None, **options: Any
) -> int:
    """Show how a page was read; return the exit status. ``options`` are those of `explained`."""
    at = name
    try:
        page = explained(read_bytes(name), name=printable(name), **options)
        if other is not None:
            at = other
            second = reading_of(read_bytes(other), printable(other), options)
    except InputError as error:
        complain(at, error.message)
        return 1
    if html is not None:
        from ingest.explain.difference_report import difference_page
        from ingest.explain.report import report

        text = report(page, only) if other is None else difference_page(Reading.of(page), second)
        return _write(text, html)
    terminal = sys.stdout is not None and sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    look = Look(max(40, min(140, shutil.get_terminal_size((100, 24)).columns)), colour)
    if other is not None:
        lines: Iterable[str] = difference(Reading.of(page), second, look)
    elif about_date:
        lines = date_report(page, look)
    else:
        lines = page_report(page, look, only)
    return _show("".join(line + "\n" for line in lines), terminal)


def _show(text: str, terminal: bool) -> int:
    """On a terminal through a pager when it is long, plain in a pipe."""
    if terminal and text.count("\n") >= shutil.get_terminal_size().lines:
        import click

        click.echo_via_pager(text)
        return 0
    return print_text(text)


def _write(text: str, path: str) -> int:
    try:
        with open_output(path) as out:
            out.write(text)
    except OSError as error:
        return failed(path, error)
    return 0
