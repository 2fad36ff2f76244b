"""``ingest explain``"""

from __future__ import annotations

from typing import Any

import click

from ingest.cli.options import DATE_ORDER, iso_time, known_encoding, needs_input, publisher_names


@click.command("explain")
@click.argument("file", required=False, metavar="[FILE]", type=click.Path())
@click.option(
    "--only", type=click.Choice(["all", "article", "teasers", "rest"]), default="all", help="Which lines."
)
@click.option("--date", "about_date", is_flag=True, help="Which dates were considered, and why one won.")
@click.option(
    "--diff", "other", metavar="OTHER", type=click.Path(), help="Beside another page or a written record."
)
@click.option(
    "--html",
    "html",
    metavar="OUT.html",
    type=click.Path(dir_okay=False),
    help="Write a page to look at: lines beside the record.",
)
@click.option("--format", type=click.Choice(["auto", "text", "html"]), default="auto", help="As for parse.")
@click.option("--encoding", metavar="NAME", callback=known_encoding, help="Encoding of the input.")
@click.option("--url", help="Address of the page.")
@click.option("--retrieved", metavar="TIME", callback=iso_time, help="When it was fetched, in ISO 8601.")
@click.option("--now", metavar="TIME", callback=iso_time, help="What '2 hours ago' counts from else.")
@DATE_ORDER
@click.pass_context
def command(context: click.Context, /, file: str | None, **options: Any) -> None:
    """Show how a page was read: each line's label, what decided, and the fields built from it.

    \b
    $ ingest explain page.html --only article
    $ ingest explain page.txt --date
    $ ingest explain page.txt --html how.html
    """
    from ingest.explain.run import explain_file

    needs_input(file, "FILE")
    if options["other"] is not None and (options["about_date"] or options["only"] != "all"):
        raise click.UsageError("--diff shows all that differs: it takes neither --date nor --only.")
    if options["format"] == "auto":
        options["format"] = None
    context.exit(explain_file(file or "-", publishers=publisher_names(context), **options))
