"""``ingest parse``"""

from __future__ import annotations

import re
import sys
from datetime import datetime
from typing import Any

import click

# 2024-01-26, 2024-01-26T10:05, 2024-01-26T10:05:00Z, 2024-01-26T10:05:00.123+05:00
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


def _time(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A day, or a time with or without its offset, in ISO 8601."""
    if value is None:
        return None
    try:
        if not _TIME.fullmatch(value):
            raise ValueError
        # without what fromisoformat can't read before Python 3.11: Z, and most fractions
        datetime.fromisoformat(re.sub(r"\.[0-9]{1,9}", "", value).replace("Z", "+00:00"))
    except ValueError:
        raise click.BadParameter(f"{value!r} is no ISO 8601 time, as 2024-01-26T10:05:00+05:00 is.") from None
    return value


def _encoding(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """An encoding that Python knows."""
    if value is None:
        return None
    try:
        b" ".decode(value)
    except UnicodeError:
        pass  # half a character of UTF-16: the encoding is known
    except (LookupError, ValueError):
        raise click.BadParameter(f"{value!r} is no encoding that Python knows.") from None
    return value


@click.command("parse")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--format", type=click.Choice(["auto", "text", "html"]), default="auto", help="auto looks at the content."
)
@click.option(
    "--encoding", metavar="NAME", callback=_encoding, help="Encoding of the input, when you know better."
)
@click.option("--url", help="Address of the page.")
@click.option("--retrieved", metavar="TIME", callback=_time, help="When the page was fetched, in ISO 8601.")
@click.option("--now", metavar="TIME", callback=_time, help="What '2 hours ago' counts from, failing that.")
@click.option(
    "--date-order",
    type=click.Choice(["DMY", "MDY", "YMD"], case_sensitive=False),
    metavar="[DMY|MDY|YMD]",
    help="How to read 04/05/2024 when the page does not tell.",
)
@click.option("--rest", is_flag=True, help="Add the lines that are in neither article nor teasers.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, whole or not at all."
)
@click.option("--indent/--compact", default=None, help="Indented, or a record a line.")
@click.pass_context
def command(
    context: click.Context, /, files: tuple[str, ...], format: str, url: str | None, **options: Any
) -> None:
    """Write a JSON record for each page dump, flat text or HTML.

    FILE may be compressed (gz, zst, bz2, xz); "-", or no FILE, is standard input. On a terminal the
    record of a single page is indented and coloured; else there is one record a line.
    """
    from ingest.write.run import parse_files

    if not files and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError("Name a FILE, or pipe a page in; '-' reads from the terminal.")
    if url is not None and len(files) > 1:
        raise click.UsageError("--url is the address of one page, but there are several FILEs.")
    context.exit(parse_files(files, format=None if format == "auto" else format, url=url, **options))
