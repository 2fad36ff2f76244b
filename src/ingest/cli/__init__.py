"""The commands, one file each: click and nothing else. The work is done in the other rooms."""

from __future__ import annotations

import click

from ingest.cli import batch, check, date, dateline, parse, schema
from ingest.version import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="ingest %(version)s")
def app() -> None:
    """Split news page dumps into the main article and its teasers."""


for room in (parse, batch, check, date, dateline, schema):
    app.add_command(room.command)
