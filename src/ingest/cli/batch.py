"""``ingest batch``"""

from __future__ import annotations

import os
from typing import Any

import click

from ingest.cli.options import DATE_ORDER, MAX_LINES, iso_time, publisher_names, size
from ingest.write.forms import FORMS


def _fields(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for names in value for name in names.split(",") if name)


@click.command("batch", short_help="Convert many pages: files, folders, archives, tables.")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", type=click.Path())
@click.option("-o", "--output", default="-", metavar="OUT", help="File to write; '-' is standard output.")
@click.option(
    "--to",
    type=click.Choice(["jsonl", "sqlite", "parquet", "csv", *FORMS]),
    help="Form of the output, when OUT's suffix does not tell.",
)
@click.option(
    "--from",
    "kind",
    type=click.Choice(["page", "jsonl", "warc", "wacz", "csv", "tsv", "parquet"]),
    help="Kind of all inputs, when their suffixes do not tell.",
)
@click.option(
    "--files-from", metavar="FILE", help="Read names of inputs from FILE, a line each ('-': standard input)."
)
@click.option("-0", "--null", is_flag=True, help="The names of --files-from end with NUL.")
@click.option("--include", multiple=True, metavar="GLOB", help="Of folders, only files like this.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Of folders, no files like this.")
@click.option(
    "--text-field", multiple=True, callback=_fields, metavar="NAME", help="Field of text [text, content]."
)
@click.option("--html-field", multiple=True, callback=_fields, metavar="NAME", help="Field of HTML [html].")
@click.option(
    "--url-field", multiple=True, callback=_fields, metavar="NAME", help="Field of the address [url]."
)
@click.option(
    "--retrieved-field", multiple=True, callback=_fields, metavar="NAME", help="Field of the fetching time."
)
@click.option(
    "--only", type=click.Choice(["all", "articles", "teasers"]), default="all", help="What to write."
)
@click.option(
    "--select", multiple=True, callback=_fields, metavar="KEYS", help="Keys to write: article.headline,…"
)
@click.option("--teasers", is_flag=True, help="The same as --only teasers: in CSV a row for each.")
@click.option("-j", "--jobs", type=click.IntRange(1, 1024), metavar="N", help="Workers [the cores].")
@click.option("--page-timeout", type=click.FloatRange(0.1), default=60.0, help="Seconds for a page [60].")
@click.option("--max-page-size", default="64M", callback=size, metavar="SIZE", help="Largest page [64M].")
@MAX_LINES
@click.option("--max-memory", default="4G", callback=size, metavar="SIZE", help="Memory of a worker [4G].")
@click.option("--errors", metavar="FILE", help="Where failed inputs are told [OUT.errors.jsonl].")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped, or begin one.")
@click.option(
    "--site-memory/--no-site-memory", default=True, help="Learn what a publisher repeats on its pages."
)
@click.option("--dedupe", type=click.Choice(["exact", "near"]), help="Mark pages whose article came before.")
@click.option("--link-teasers", is_flag=True, help="Give teasers the page of their story as target.")
@click.option(
    "--now", metavar="TIME", callback=iso_time, help="What '2 hours ago' counts from, failing that."
)
@DATE_ORDER
@click.option("--rest", is_flag=True, help="Add the lines that are in neither article nor teasers.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@click.option("--summary", metavar="FILE", help="Write the totals as JSON.")
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Convert many pages: files, folders, JSON Lines, WARC, WET, WACZ, CSV, Parquet; packed or not.

    Every INPUT gives one record in OUT or one line in the error file. OUT's suffix tells its form:
    .jsonl, .jsonl.gz, .jsonl.zst, .db, .parquet, .csv, .md, .txt; ninjs and schema.org need --to.
    A run that was stopped goes on with --resume.

    \b
    $ ingest batch crawl/ -o news.jsonl.gz
    $ ingest batch CC-NEWS-*.warc.gz -o news.db --dedupe near
    $ find pages -print0 | ingest batch --files-from - -0 -o news.parquet
    """
    from ingest.batch.run import run_batch

    settings = _settings(options)
    work = settings.work._replace(publishers=publisher_names(context))
    context.exit(run_batch(settings._replace(work=work)))


def _settings(options: dict[str, Any]) -> Any:
    from ingest.batch.inputs import Fields, Inputs
    from ingest.batch.outputs import kind_of_output
    from ingest.batch.run import Settings
    from ingest.batch.work import Work

    listed = _listed(options["files_from"], options["null"])
    if not options["inputs"] and listed is None:
        raise click.UsageError("Name an INPUT, or a list of them with --files-from; '-' is standard input.")
    kind = options["to"] or kind_of_output(options["output"])
    if options["output"] == "-" and kind in ("sqlite", "parquet"):
        raise click.UsageError(f"{kind} can't go to standard output; name a file with -o.")
    if options["select"] and kind in FORMS:
        raise click.UsageError(f"--select is for records and tables; {kind} has fields of its own.")
    shape = _shape(options)
    if options["link_teasers"] and options["output"] == "-":
        raise click.UsageError("--link-teasers has to see all pages first; name a file with -o.")
    defaults = Fields()
    fields = Fields(
        text=options["text_field"] or defaults.text,
        html=options["html_field"] or defaults.html,
        url=options["url_field"] or defaults.url,
        retrieved=options["retrieved_field"] or defaults.retrieved,
    )
    return Settings(
        inputs=Inputs(
            names=options["inputs"],
            listed=listed,
            include=options["include"],
            exclude=options["exclude"],
            kind=options["kind"],
            fields=fields,
            max_bytes=options["max_page_size"],
        ),
        output=options["output"],
        kind=kind,
        work=Work(
            now=options["now"],
            date_order=options["date_order"],
            rest=options["rest"],
            shape=None if options["link_teasers"] else shape,  # links are sought in whole records
            dedupe=options["dedupe"],
            max_lines=options["max_lines"],
            memory=options["max_memory"],
        ),
        shape=shape,
        errors=options["errors"],
        resume=options["resume"],
        workers=options["jobs"] or _cores(),
        timeout=options["page_timeout"],
        site_memory=options["site_memory"],
        dedupe=options["dedupe"],
        link_teasers=options["link_teasers"],
        quiet=options["quiet"],
        summary=options["summary"],
    )


def _shape(options: dict[str, Any]) -> Any:
    """What of a record is written."""
    from ingest.batch.shape import Shape, schema_at

    for key in options["select"]:
        try:
            schema_at(key)
        except KeyError:
            raise click.UsageError(f"--select: a record has no key {key}; see `ingest schema`.") from None
    added = (
        *(["duplicate_of"] if options["dedupe"] else []),
        *(["teasers.target"] if options["link_teasers"] else []),
    )
    return Shape("teasers" if options["teasers"] else options["only"], options["select"], added)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _listed(source: str | None, nul: bool) -> Any:
    """The names that a file or standard input lists, None without one."""
    from ingest.batch.files import NameList

    if source is None:
        return None
    try:
        return NameList(source, nul)
    except OSError as error:
        raise click.UsageError(f"--files-from {source}: {error.strerror}") from None
