"""The commands, one file each: click and nothing else. The work is done in the other rooms."""

from __future__ import annotations

import os

import click

from ingest.cli import batch, check, completion, date, dateline, explain, parse, schema
from ingest.cli.defaults import configure
from ingest.version import version_line


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a newcomer meets them."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named. A file in its place is no riddle."""
        if args[0] not in self.commands and os.path.isfile(args[0]) and not ctx.resilient_parsing:
            ctx.fail(f"{args[0]} is a file, and no command. Try: ingest parse {args[0]}")
        return super().resolve_command(ctx, args)


def _version(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from ingest.write.output import print_text

        context.exit(print_text(version_line() + "\n"))


CONFIG = click.Option(
    ["--config"],
    metavar="FILE",
    type=click.Path(),
    is_eager=True,  # before the options whose defaults it gives
    expose_value=False,
    callback=configure,
    help="Defaults for the options, instead of ingest.toml.",
)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, params=[CONFIG])
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
def app() -> None:
    """Split news page dumps into the main article and its teasers.

    Defaults for all options can be kept in a file, ./ingest.toml or ~/.config/ingest/ingest.toml, or in
    variables: INGEST_DATE_ORDER=DMY, INGEST_BATCH_JOBS=4.

    \b
    $ ingest parse page.html
    $ ingest batch crawl/ -o news.db
    $ ingest COMMAND --help
    """


for room in (parse, batch, check, explain, date, dateline, schema, completion):
    room.command.params.append(CONFIG)
    app.add_command(room.command)
