"""``ingest dateline``"""

from __future__ import annotations

import click

from ingest.cli.options import COUNTRY, iso_time, needs_input


@click.command("dateline", short_help="Read the datelines of stories.")
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option("--raw", is_flag=True, help="Print the dateline as printed, an empty line where there is none.")
@click.option(
    "--published",
    metavar="TIME",
    callback=iso_time,
    help="The story's date: the year of 'Jan 26'.",
)
@COUNTRY
@click.pass_context
def command(
    context: click.Context,
    /,
    texts: tuple[str, ...],
    raw: bool,
    published: str | None,
    country: str | None,
) -> None:
    """Read the dateline at the head of each TEXT: places, agencies, date, and the text that follows.

    Without a TEXT, or with "-", each line of standard input is one. A text gives one JSON object on one
    line: text, dateline (null where it has none, else raw, places, agencies and date) and rest.

    \b
    $ ingest dateline --raw "SPRINGFIELD, Ill. (AP) — The mill is open."
    SPRINGFIELD, Ill. (AP)
    """
    from ingest.write.values import dateline_values

    needs_input(texts, "TEXT")
    context.exit(dateline_values(texts, raw=raw, published=published, country=country))
