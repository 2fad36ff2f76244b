"""``ingest schema``"""

from __future__ import annotations

import click


@click.command("schema", short_help="Print the JSON Schema of the record.")
@click.pass_context
def command(context: click.Context, /) -> None:
    """Print the JSON Schema (2020-12) that every record obeys.

    \b
    $ ingest schema > record.schema.json
    """
    from ingest.write.output import print_text
    from ingest.write.schema import schema_text

    context.exit(print_text(schema_text()))
