"""``ingest check``"""

from __future__ import annotations

import click

from ingest.cli.options import iso_time, needs_input


@click.command("check", short_help="Find invalid and doubtful records.")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())
@click.option("--list", "listing", is_flag=True, help="Print each finding instead, as a line of JSON.")
@click.option("--top", type=click.IntRange(0), default=20, help="Publishers in the table [20]; 0 is all.")
@click.option("--now", metavar="TIME", callback=iso_time, help="What is the future: after this, not today.")
@click.pass_context
def command(
    context: click.Context, /, files: tuple[str, ...], listing: bool, top: int, now: str | None
) -> None:
    """Check records: are they valid, which are doubtful, and what should a person look at first?

    FILE holds records as JSON Lines, packed or not; "-", or no FILE, is standard input. Each is held
    against the schema (ingest schema). Doubtful are those without headline or text, dates in the future,
    an update before the publication, a teaser with the article's own headline, and paragraphs that occur
    in several records. The table has a line for each publisher, the most doubtful first.

    Exit status: 1 when a record is invalid or a FILE can't be read; doubts are no failure.

    \b
    $ ingest batch crawl/ -o news.jsonl && ingest check news.jsonl
    $ ingest check --list news.jsonl | jq -r '[.line, .message] | @tsv'
    """
    from ingest.check.run import check_files

    needs_input(files, "FILE")
    context.exit(check_files(files, now=now, listing=listing, most=top))
