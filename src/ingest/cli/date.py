"""``ingest date``"""

from __future__ import annotations

import click

from ingest.cli.options import COUNTRY, DATE_ORDER, iso_time, needs_input


@click.command("date", short_help="Read printed dates.")
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option("--raw", is_flag=True, help="Print the bare value, an empty line where there is none.")
@click.option("--now", metavar="TIME", callback=iso_time, help="What '2 hours ago' and 'Jan. 26' count from.")
@DATE_ORDER
@COUNTRY
@click.pass_context
def command(
    context: click.Context,
    /,
    texts: tuple[str, ...],
    raw: bool,
    now: str | None,
    date_order: str | None,
    country: str | None,
) -> None:
    """Read the date that each TEXT prints, to ISO 8601 at its own precision.

    Without a TEXT, or with "-", each line of standard input is one. A text gives one JSON object on one
    line: text, value, raw, kind ("published", "updated" or null) and warning; all null where it prints
    no date.

    \b
    $ ingest date --raw "Updated 14 Nov, 2024" "26 janvier 2024 à 10h05"
    2024-11-14
    2024-01-26T10:05
    """
    from ingest.write.values import date_values

    needs_input(texts, "TEXT")
    context.exit(date_values(texts, raw=raw, now=now, order=date_order, country=country))
