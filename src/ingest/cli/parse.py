"""``ingest parse``"""

from __future__ import annotations

from typing import Any

import click

from ingest.cli.options import (
    DATE_ORDER,
    MAX_LINES,
    iso_time,
    known_encoding,
    needs_input,
    publisher_names,
    size,
)
from ingest.write.forms import FORMS


@click.command("parse", short_help="Write the record of each page.")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())
@click.option(
    "--format", type=click.Choice(["auto", "text", "html"]), default="auto", help="auto looks at the content."
)
@click.option(
    "--encoding", metavar="NAME", callback=known_encoding, help="Encoding of the input, when you know better."
)
@click.option("--url", help="Address of the page.")
@click.option("--retrieved", metavar="TIME", callback=iso_time, help="When it was fetched, in ISO 8601.")
@click.option("--now", metavar="TIME", callback=iso_time, help="What '2 hours ago' counts from else.")
@DATE_ORDER
@click.option(
    "--to", type=click.Choice(["json", *FORMS]), default="json", help="What to write of a page [json]."
)
@click.option("--rest", is_flag=True, help="Add the lines that are in neither article nor teasers.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, whole or not at all."
)
@click.option("--page-timeout", type=click.FloatRange(0.1), default=60.0, help="Seconds for a page [60].")
@click.option("--max-page-size", default="64M", callback=size, metavar="SIZE", help="Largest page [64M].")
@MAX_LINES
@click.option(
    "--max-memory", default="4G", callback=size, metavar="SIZE", help="Memory for a large page [4G]."
)
@click.option("--indent/--compact", default=None, help="Indented, or a record a line.")
@click.pass_context
def command(
    context: click.Context, /, files: tuple[str, ...], format: str, url: str | None, **options: Any
) -> None:
    """Write a JSON record for each page dump, flat text or HTML.

    FILE may be compressed (gz, zst, bz2, xz); "-", or no FILE, is standard input. On a terminal the
    record of a single page is indented and coloured; else there is one record a line. --to gives other
    forms: the IPTC's ninjs 3.1, schema.org JSON-LD, Markdown with front matter, plain text.

    \b
    $ ingest parse page.html
    $ ingest parse --to markdown -o story.md page.html
    $ curl -s "$address" | ingest parse --url "$address" | jq .article.headline
    """
    from ingest.write.run import parse_files

    needs_input(files, "FILE")
    if url is not None and len(files) > 1:
        raise click.UsageError("--url is the address of one page, but there are several FILEs.")
    form = None if format == "auto" else format
    names = publisher_names(context)
    context.exit(parse_files(files, format=form, url=url, publishers=names, **options))
